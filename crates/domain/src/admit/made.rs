//! A record is made once, and is of one patient from then on.

use crate::fold::{made, patient};
use crate::op::{Op, WHOLE};
use crate::patients::Patient;
use crate::record::{Class, Kind, Record};
use crate::rule::Fault;
use crate::{RecordId, Value};

/// The field by which kinds name their patient.
const PATIENT: &str = "patient";

/// That `op` makes no record that is there, known by its `ops`. Only who saw nothing of it makes it once more: with the same
/// words; with the same fixed fields, where the id follows from what the record is; or from the same source, where two
/// imports tell it differently and one is withdrawn. None of this depends on which came first.
///
/// # Errors
/// [`Fault::IllegalMove`] of the whole record.
pub(super) fn once(kind: &Kind, op: &Op, ops: &[Op]) -> Result<(), Fault> {
    if !op.header.verb.makes() {
        return Ok(());
    }
    let mut others = ops.iter().filter(|other| other.header.verb.makes());
    let is_again = |other: &Op| {
        let is_derived = op.header.record.is_derived();
        op.sets().eq(other.sets())
            || is_derived && (fixed(kind, op).eq(fixed(kind, other)) || have_one_source(kind, op, other))
    };
    if op.saw().next().is_none() && others.all(is_again) {
        return Ok(());
    }
    Err(Fault::IllegalMove(WHOLE.to_owned()))
}

/// What `op` sets that is set when a record is made, and only then.
fn fixed<'a>(kind: &'a Kind, op: &'a Op) -> impl Iterator<Item = (&'a str, &'a Value)> {
    op.sets().filter(|(path, _)| kind.field(path).is_some_and(|(field, _)| field.class == Class::Fixed))
}

fn have_one_source(kind: &Kind, op: &Op, other: &Op) -> bool {
    let source = |op: &Op| kind.roles.source.and_then(|source| op.value(source).cloned()).unwrap_or_default();
    !source(op).is_null() && source(op) == source(other)
}

/// That `op` names the patient of its record: whom the record named when it was made, and then in its field.
///
/// # Errors
/// [`Fault::WrongType`] of the patient.
pub(super) fn of_one_patient(kind: &Kind, op: &Op, ops: &[Op]) -> Result<(), Fault> {
    let said = || op.value(PATIENT).and_then(Value::as_text)?.parse::<RecordId>().ok();
    let whose = match made(ops) {
        Some(_) => patient(ops),
        None if kind.name == Patient::KIND.name => Some(op.header.record),
        None if kind.field(PATIENT).is_some() => said(),
        None => op.header.patient,
    };
    if op.header.patient == whose { Ok(()) } else { Err(Fault::WrongType(PATIENT.to_owned())) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::kinds::KINDS;
    use crate::op::{Body, FORMAT, Header};
    use crate::record::{Type, Verb};
    use crate::{ClinicId, Hlc, Incarnation, OpId, Scope};

    fn op(kind: &Kind, record: RecordId, seq: u64, verb: Verb, patch: &[(&str, &str)], saw: &[OpId]) -> Op {
        let header = Header {
            v: FORMAT,
            clinic: ClinicId::derived(b"c"),
            incarnation: Incarnation::derived(b"i"),
            scope: Scope::derived(b"s"),
            seq,
            tx: [0; 32],
            kind: kind.name.to_owned(),
            record,
            patient: None,
            verb,
            hlc: Hlc::at(seq),
            body: [0; 32],
        };
        let patch = patch.iter().map(|(path, value)| ((*path).to_owned(), Value::text(*value))).collect();
        let base = if saw.is_empty() { BTreeMap::new() } else { [(WHOLE.to_owned(), saw.to_vec())].into() };
        Op { header, body: Some(Body { salt: [0; 16], patch, base, reason: None }), clamp: None }
    }

    /// The steps by which records of `kind` are made.
    fn making(kind: &Kind) -> impl Iterator<Item = Verb> {
        kind.verbs.iter().map(|(verb, _)| *verb).filter(|verb| verb.makes())
    }

    const MADE_ANEW: Result<(), Fault> = Err(Fault::IllegalMove(String::new()));

    #[test]
    fn no_record_of_any_kind_is_made_anew_by_who_saw_it_nor_with_other_words() {
        let new = RecordId::new(7, &[7; 10]);
        for kind in KINDS {
            let field =
                kind.fields.iter().find(|field| field.class == Class::Fixed).unwrap_or(&kind.fields[0]);
            for verb in making(kind) {
                let once = |record, said: &str, saw: &[OpId]| {
                    let first = op(kind, record, 1, verb, &[(field.name, "x")], &[]);
                    let again = op(kind, record, 2, verb, &[(field.name, said)], saw);
                    (once(kind, &again, std::slice::from_ref(&first)), once(kind, &first, &[again]))
                };
                let first = op(kind, new, 1, verb, &[], &[]).id();
                assert_eq!(once(new, "x", &[first]).0, MADE_ANEW, "{}", kind.name);
                assert_eq!(once(new, "y", &[]), (MADE_ANEW, MADE_ANEW), "{}", kind.name);
                assert_eq!(once(new, "x", &[]), (Ok(()), Ok(())), "{}: what is written again", kind.name);
                let derived = RecordId::derived(b"x");
                assert_eq!(once(derived, "x", &[first]).0, MADE_ANEW, "{}", kind.name);
                let differs = if field.class == Class::Fixed { MADE_ANEW } else { Ok(()) };
                assert_eq!(once(derived, "y", &[]), (differs.clone(), differs), "{}", kind.name);
            }
        }
    }

    #[test]
    fn two_imports_from_one_source_tell_a_record_differently_and_nobody_else_does() {
        let with_source = KINDS.iter().filter_map(|kind| Some((kind, kind.roles.source?)));
        for (kind, source) in with_source {
            let fixed = |field: &&crate::record::Field| field.class == Class::Fixed && field.name != source;
            let Some(field) = kind.fields.iter().find(fixed) else { continue };
            let told = |record, first: &[(&str, &str)], again: &[(&str, &str)]| {
                let first = op(kind, record, 1, Verb::Create, first, &[]);
                once(kind, &op(kind, record, 2, Verb::Create, again, &[]), &[first])
            };
            let (derived, new) = (RecordId::derived(b"x"), RecordId::new(7, &[7; 10]));
            let [one, other] = ["x", "y"].map(|said| [(field.name, said), (source, "laboratory")]);
            assert_eq!(told(derived, &one, &other), Ok(()), "{}", kind.name);
            assert_eq!(told(new, &one, &other), MADE_ANEW, "{}", kind.name);
            assert_eq!(
                told(derived, &one[..1], &other),
                MADE_ANEW,
                "{}: over what was written here",
                kind.name
            );
        }
    }

    #[test]
    fn every_step_names_the_patient_whom_its_record_named_when_it_was_made() {
        let [ana, lim] = [b"ana", b"lim"].map(|name| RecordId::derived(name));
        let wrong = Err(Fault::WrongType(PATIENT.to_owned()));
        for kind in KINDS {
            let names = kind.field(PATIENT).is_some_and(|(_, holds)| holds == Type::Record);
            let record = if kind.name == Patient::KIND.name { ana } else { RecordId::derived(b"record") };
            for verb in making(kind) {
                let of = |seq, verb, patient: Option<RecordId>| {
                    let said = ana.to_string();
                    let said = [(PATIENT, said.as_str())];
                    let mut op = op(kind, record, seq, verb, if names { &said } else { &[] }, &[]);
                    op.header.patient = patient;
                    op
                };
                let first = of(1, verb, Some(ana));
                let is_bound = names || record == ana;
                assert_eq!(of_one_patient(kind, &first, &[]), Ok(()), "{}", kind.name);
                for other in [Some(lim), None] {
                    let made = of_one_patient(kind, &of(1, verb, other), &[]);
                    assert_eq!(made, if is_bound { wrong.clone() } else { Ok(()) }, "{}", kind.name);
                    for (verb, _) in kind.verbs {
                        let step = of_one_patient(kind, &of(2, *verb, other), std::slice::from_ref(&first));
                        assert_eq!(step, wrong, "{} {verb:?}", kind.name);
                    }
                }
            }
        }
    }
}
