//! Every kind of record there is.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Value;
use crate::access::User;
use crate::addenda::{self, Addendum};
use crate::backup::Rehearsal;
use crate::calendar::Calendar;
use crate::certificates::{self, Certificate, Issuer, NumberBlock, Template};
use crate::clinic::{Clinic, Server, Site, Workstation};
use crate::codes::{self, CodePack};
use crate::dental::{self, Procedure, ToothExam, ToothMark};
use crate::enrolment::Enrolment;
use crate::files::{self, Attachment};
use crate::fold::State;
use crate::forms::{self, Filled};
use crate::lists::ImportRun;
use crate::medication::Medicine;
use crate::patients::{self, Allergy, Background, BannerAlert, Consent, Immunisation, Patient, Problem};
use crate::record::{Kind, Record};
use crate::rule::Rule;
use crate::settings::{self, Setting};
use crate::visits::{self, Call, Event, Note, NoteSet, Observation, Snippet, Ticket, Visit};

/// The version of these declarations. It rises when a kind, a field, a word or a step is added; none is ever
/// removed, renamed or narrowed. `tests/vectors/declarations` keeps what each version declared.
pub const SCHEMA: u64 = 3;

macro_rules! kinds {
    (
        apart { $($apart:ident $(, rule $apart_rule:path)?;)* }
        timeline { $($kind:ident $(, rule $rule:path)?;)* }
    ) => {
        /// All kinds, in no order of meaning.
        pub const KINDS: &[&Kind] = &[$(<$apart>::KIND,)* $(<$kind>::KIND,)*];

        /// What `kind` asks of its own steps.
        #[must_use]
        pub fn rule(kind: &Kind) -> Option<Rule> {
            match kind.name {
                $($(name if name == <$apart>::KIND.name => Some($apart_rule),)?)*
                $($(name if name == <$kind>::KIND.name => Some($rule),)?)*
                _ => None,
            }
        }

        /// What `state`, of a record of `kind`, holds and its Rust type cannot say ([`State::unread`]).
        #[must_use]
        pub fn unread<'a>(kind: &Kind, state: &'a State) -> BTreeMap<&'a str, &'a Value> {
            match kind.name {
                $(name if name == <$apart>::KIND.name => state.unread::<$apart>(),)*
                $(name if name == <$kind>::KIND.name => state.unread::<$kind>(),)*
                _ => BTreeMap::new(),
            }
        }

        /// The name of a kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum KindName { $(#[doc = stringify!($apart)] $apart,)* $(#[doc = stringify!($kind)] $kind,)* }

        impl KindName {
            /// The kind of this name, if there is one.
            #[must_use]
            pub fn of(kind: &str) -> Option<Self> {
                match kind {
                    $(name if name == <$apart>::KIND.name => Some(Self::$apart),)*
                    $(name if name == <$kind>::KIND.name => Some(Self::$kind),)*
                    _ => None,
                }
            }

            /// Its declaration.
            #[must_use]
            pub fn kind(self) -> &'static Kind {
                match self { $(Self::$apart => <$apart>::KIND,)* $(Self::$kind => <$kind>::KIND,)* }
            }
        }

        /// What happened: a record of a kind that stands on the timeline.
        #[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(rename_all = "snake_case", tag = "kind", content = "details")]
        #[expect(clippy::large_enum_variant, reason = "there is one a row that is shown")]
        pub enum Fact { $(#[doc = stringify!($kind)] $kind($kind),)* }

        impl Fact {
            /// The record of the kind of this name, if it stands on the timeline.
            #[must_use]
            pub fn of(kind: &str, state: &State) -> Option<Self> {
                match kind {
                    $(name if name == <$kind>::KIND.name => Some(Self::$kind(state.record())),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    apart {
        Clinic;
        Site;
        Workstation;
        Server;
        Calendar;
        CodePack, rule codes::check_pack;
        User;
        Patient;
        Template;
        Snippet, rule visits::check_snippet;
        NoteSet, rule visits::check_set;
        NumberBlock, rule certificates::check_block;
        Issuer, rule certificates::check_made;
        Ticket;
        Call;
        ImportRun;
        Setting, rule settings::check_setting;
        Rehearsal;
    }
    timeline {
        Visit, rule visits::check_withdrawal;
        Note, rule visits::check_note;
        Addendum, rule addenda::check_addendum;
        Observation;
        Event;
        Problem;
        Background;
        Allergy;
        Immunisation;
        Medicine;
        BannerAlert;
        Consent, rule patients::check_consent;
        Enrolment;
        ToothExam, rule dental::check_exam;
        ToothMark, rule dental::check_mark;
        Procedure, rule dental::check_procedure;
        Filled, rule forms::check_filled;
        Certificate, rule certificates::check_step;
        Attachment, rule files::check_file;
    }
}

/// The kind of this name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Fact, KINDS, KindName};
    use crate::fold::State;
    use crate::record::{Class, Nature, Roles, Type};

    #[test]
    fn what_happened_is_told_of_every_kind_that_says_when_and_under_its_own_name() {
        for kind in KINDS {
            let fact = Fact::of(kind.name, &State::default());
            assert_eq!(fact.is_some(), kind.happened.is_some(), "{}", kind.name);
            assert_eq!(serde_json::to_value(KindName::of(kind.name)).unwrap(), kind.name);
            if let Some(fact) = fact {
                assert_eq!(serde_json::to_value(fact).unwrap()["kind"], kind.name);
            }
        }
    }

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
            assert!(
                kind.signed_by_author.iter().all(|verb| kind.permission(*verb).is_some()),
                "{}",
                kind.name
            );
        }
    }

    #[test]
    fn a_field_that_moves_has_steps_and_no_other_has() {
        for field in KINDS.iter().flat_map(|kind| kind.fields) {
            assert_eq!(field.class == Class::State, !field.moves.is_empty(), "{}", field.name);
        }
    }

    #[test]
    fn what_a_kind_says_of_its_fields_it_says_of_fields_that_it_has() {
        for kind in KINDS {
            let holds = |name: &str| kind.field(name).map(|(field, holds)| (field.class, holds));
            for when in kind.happened.unwrap_or_default() {
                assert!(matches!(holds(when), Some((_, Type::Instant | Type::Date))), "{} {when}", kind.name);
            }
            let Roles { author, signer, source, original } = kind.roles;
            // What only an export needs clashes with nothing that anybody sees, so it must be known as that.
            assert_eq!(holds("original").is_some(), original.is_some(), "{}", kind.name);
            for person in [author, signer].into_iter().flatten() {
                assert!(matches!(holds(person), Some((_, Type::Record))), "{} {person}", kind.name);
            }
            // Nobody takes a record over, and what was imported stays imported.
            for fixed in [author, source, original].into_iter().flatten() {
                assert!(matches!(holds(fixed), Some((Class::Fixed, _))), "{} {fixed}", kind.name);
            }
            for state in kind.fields.iter().filter_map(|field| field.with) {
                assert!(matches!(holds(state), Some((Class::State, _))), "{} {state}", kind.name);
            }
        }
    }
}
