//! Under which values of its fields a record is listed.

use crate::fold::State;
use crate::record::Kind;

/// The fields under which the record is listed, with their values. What came from elsewhere took place elsewhere:
/// it stands in no list.
pub fn listed<'s>(kind: &Kind, state: &'s State) -> impl Iterator<Item = (&'static str, &'s str)> {
    let here = kind.roles.source.is_none_or(|source| state.value(source).is_null());
    let key = |field: &'static str| Some((field, state.value(field).as_text()?));
    kind.lists.iter().filter(move |_| here).filter_map(move |field| key(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;
    use crate::fold::Settled;
    use crate::kinds::{KINDS, kind};

    #[test]
    fn a_record_is_listed_under_what_its_fields_say_unless_it_came_from_elsewhere() {
        let settled = |value: &str| Settled { value: Value::text(value), heads: Vec::new() };
        let mut state = State {
            fields: [("status".to_owned(), settled("arrived")), ("concern".to_owned(), settled("cough"))]
                .into(),
            ..State::default()
        };
        let visit = kind("visit").unwrap();
        assert_eq!(listed(visit, &state).collect::<Vec<_>>(), [("status", "arrived")]);
        state.fields.insert("source".to_owned(), settled("urn:elsewhere"));
        assert_eq!(listed(visit, &state).count(), 0);
    }

    #[test]
    fn every_listed_field_is_declared() {
        for kind in KINDS {
            assert!(kind.lists.iter().all(|field| kind.field(field).is_some()), "{}", kind.name);
        }
    }
}
