//! Every kind of record there is.

use crate::access::User;
use crate::certificates::{Certificate, NumberBlock, Template};
use crate::clinic::{Clinic, Site, Workstation};
use crate::medication::Medicine;
use crate::patients::{Allergy, Immunisation, Patient, Problem};
use crate::record::{Kind, Record};
use crate::visits::{Addendum, Event, Note, Observation, Visit};

/// The version of these declarations; it rises when a kind or a field is added.
pub const SCHEMA: u64 = 2;

/// All kinds, in no order of meaning.
pub const KINDS: &[&Kind] = &[
    Clinic::KIND,
    Site::KIND,
    Workstation::KIND,
    User::KIND,
    Patient::KIND,
    Allergy::KIND,
    Problem::KIND,
    Immunisation::KIND,
    Medicine::KIND,
    Visit::KIND,
    Note::KIND,
    Addendum::KIND,
    Observation::KIND,
    Event::KIND,
    Template::KIND,
    Certificate::KIND,
    NumberBlock::KIND,
];

/// The kind of this name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::KINDS;
    use crate::record::{Class, Nature};

    #[test]
    fn no_two_kinds_or_fields_share_a_name_and_facts_have_fixed_fields_only() {
        let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), KINDS.len());
        for kind in KINDS {
            let fields: BTreeSet<&str> = kind.fields.iter().map(|field| field.name).collect();
            assert_eq!(fields.len(), kind.fields.len(), "{}", kind.name);
            let fixed = kind.fields.iter().all(|field| field.class == Class::Fixed);
            assert_eq!(fixed, kind.nature == Nature::Fact, "{}", kind.name);
            assert!(kind.verbs.iter().any(|(verb, _)| verb.makes()), "{}", kind.name);
            assert!(kind.weighty.iter().all(|verb| kind.permission(*verb).is_some()), "{}", kind.name);
        }
    }

    #[test]
    fn a_field_that_moves_has_steps_and_no_other_has() {
        for field in KINDS.iter().flat_map(|kind| kind.fields) {
            assert_eq!(field.class == Class::State, !field.moves.is_empty(), "{}", field.name);
        }
    }
}
