//! What a step of a record changed: from what its author saw to what they wrote.

use crate::Value;
use crate::op::Op;

/// A field as a step changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The field, or a part of one of its entries (`contacts/ID/value`).
    pub path: &'a str,
    /// What its author saw there: nothing where it was empty, and several values where two people disagreed.
    pub from: Vec<&'a Value>,
    /// What they wrote; null where they cleared it.
    pub to: &'a Value,
}

/// What `step` changed, one of the steps `all` of its record. What it wrote and what was there before are never the
/// same: a field that was written anew as it was is no change.
#[must_use]
pub fn changes<'a>(all: &'a [Op], step: &'a Op) -> Vec<Change<'a>> {
    let seen = |path: &str| {
        let of = step.base(path).iter().filter_map(|id| all.iter().find(|op| op.id() == *id)?.value(path));
        let mut seen: Vec<&Value> = of.filter(|value| !value.is_null()).collect();
        seen.dedup();
        seen
    };
    let change = |(path, to)| Change { path, from: seen(path), to };
    let is_one = |change: &Change| match change.from[..] {
        [] => !change.to.is_null(),
        [from] => from != change.to,
        _ => true,
    };
    step.sets().map(change).filter(is_one).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::op::{Body, Header};
    use crate::record::Verb;
    use crate::{ClinicId, Hlc, Incarnation, OpId, RecordId, Scope};

    fn op(seq: u64, name: Option<&str>, saw: &[&Op]) -> Op {
        let value = name.map_or(Value::Null, Value::text);
        let saw: Vec<OpId> = saw.iter().map(|op| op.id()).collect();
        Op {
            header: Header {
                v: 1,
                clinic: ClinicId::derived(b"clinic"),
                incarnation: Incarnation::derived(b"here"),
                scope: Scope::derived(b"site"),
                seq,
                tx: [0; 32],
                kind: "problem".to_owned(),
                record: RecordId::derived(b"record"),
                patient: None,
                verb: Verb::Patch,
                hlc: Hlc::at(seq),
                body: [0; 32],
            },
            body: Some(Body {
                salt: [0; 16],
                patch: [("name".to_owned(), value)].into(),
                base: BTreeMap::from([("name".to_owned(), saw)]),
                reason: None,
            }),
            clamp: None,
        }
    }

    #[test]
    fn a_step_goes_from_what_its_author_saw_and_not_from_what_came_between() {
        let first = op(1, Some("cough"), &[]);
        let other = op(2, Some("asthma"), &[&first]);
        let apart = op(3, Some("bronchitis"), &[&first]);
        let settled = op(4, Some("asthma"), &[&other, &apart]);
        let cleared = op(5, None, &[&settled]);
        let again = op(6, None, &[&cleared]);
        let all = [first, other, apart, settled, cleared, again];
        let told = all.iter().map(|step| {
            let changes = changes(&all, step);
            changes.first().map(|change| {
                let from: Vec<&str> = change.from.iter().filter_map(|value| value.as_text()).collect();
                (from.join("|"), change.to.as_text().unwrap_or_default().to_owned())
            })
        });
        let of = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                of("", "cough"),
                of("cough", "asthma"),
                of("cough", "bronchitis"),
                of("asthma|bronchitis", "asthma"),
                of("asthma", ""),
                None,
            ]
        );
    }
}
