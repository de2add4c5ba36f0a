//! The laws of the fold: it depends on the set of ops alone, clashes are found by base and never by
//! time, and nothing a person wrote disappears.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod history;

use domain::fold::{Clash, fold};
use domain::record::{Record, Verb};
use domain::visits::{Note, Observation, Visit};
use domain::{Value, patients::Allergy, patients::Patient};
use history::{History, any_history};
use proptest::prelude::*;

proptest! {
    #[test]
    fn the_order_of_arrival_changes_nothing((history, shuffled) in any_history()) {
        prop_assert_eq!(history.fold_all(), fold(history.kind, history.record, &shuffled));
    }

    #[test]
    fn an_op_that_arrives_twice_changes_nothing((history, shuffled) in any_history()) {
        let twice: Vec<_> = shuffled.iter().chain(&shuffled).cloned().collect();
        prop_assert_eq!(history.fold_all(), fold(history.kind, history.record, &twice));
    }

    #[test]
    fn every_value_that_nobody_overwrote_knowingly_is_a_head((history, _) in any_history()) {
        let state = history.fold_all();
        for op in &history.ops {
            for (path, _) in op.sets() {
                let overwritten = history.ops.iter().any(|other| other.base(path).contains(&op.id()) && other.value(path).is_some());
                let shown = state.base(path).contains(&op.id()) || state.late.contains(&op.id());
                let frozen_out = state.signed.is_some() && !state.base(path).is_empty();
                prop_assert!(overwritten || shown || frozen_out, "{path} of {:?}", op.id());
            }
        }
    }

    #[test]
    fn a_clash_is_flagged_exactly_when_heads_differ((history, _) in any_history()) {
        let state = history.fold_all();
        for (path, settled) in &state.fields {
            let mut values: Vec<&Value> = settled.heads.iter()
                .filter_map(|head| history.ops.iter().find(|op| op.id() == *head))
                .filter_map(|op| op.value(path))
                .collect();
            values.sort();
            values.dedup();
            let flagged = state.conflicts.iter().any(|conflict| conflict.path == *path);
            let moved_on = path == "status";
            prop_assert!(flagged == (values.len() > 1) || (moved_on && !flagged), "{path}");
        }
    }

    #[test]
    fn settling_a_clash_removes_it_and_adds_none((mut history, _) in any_history()) {
        let before = history.fold_all();
        for conflict in before.conflicts.iter().filter(|conflict| conflict.clash == Clash::Values) {
            let chosen = history.ops.iter().find(|op| op.id() == conflict.contenders[0]).unwrap().value(&conflict.path).cloned().unwrap();
            history.write(0, Verb::Resolve, &[(&conflict.path, chosen.clone())], &before, &[&conflict.path]);
            let after = history.fold_all();
            if after.signed.is_none() {
                prop_assert_eq!(after.value(&conflict.path), &chosen);
                prop_assert!(after.conflicts.iter().all(|other| other.path != conflict.path));
            }
            prop_assert!(after.conflicts.iter().all(|other| before.conflicts.contains(other)));
        }
    }
}

fn text(text: &str) -> Value {
    Value::text(text)
}

#[test]
fn different_fields_edited_on_two_sides_merge() {
    let mut history = History::new(Patient::KIND);
    let made = history.make(0, &[("family", text("Reyes")), ("school", text("Law"))]);
    history.write(1, Verb::Patch, &[("school", text("Arts"))], &made, &["school"]);
    history.write(2, Verb::Patch, &[("religion", text("none"))], &made, &["religion"]);
    let state = history.fold_all();
    assert_eq!((state.value("school"), state.value("religion")), (&text("Arts"), &text("none")));
    assert!(state.conflicts.is_empty());
}

#[test]
fn an_ordinary_field_edited_on_two_sides_shows_the_later_and_keeps_both() {
    let mut history = History::new(Patient::KIND);
    let made = history.make(0, &[("school", text("Law"))]);
    history.write(2, Verb::Patch, &[("school", text("Science"))], &made, &["school"]);
    history.write(1, Verb::Patch, &[("school", text("Arts"))], &made, &["school"]);
    let state = history.fold_all();
    assert_eq!(state.value("school"), &text("Arts"));
    assert_eq!((state.conflicts[0].clash, state.conflicts[0].contenders.len()), (Clash::Values, 2));
}

#[test]
fn a_critical_field_edited_on_two_sides_shows_the_last_agreed_value() {
    let mut history = History::new(Patient::KIND);
    let made = history.make(0, &[("family", text("Reyes"))]);
    history.write(1, Verb::Patch, &[("family", text("Reyes-Cruz"))], &made, &["family"]);
    history.write(2, Verb::Patch, &[("family", text("Cruz"))], &made, &["family"]);
    let state = history.fold_all();
    assert_eq!(state.value("family"), &text("Reyes"));
    assert_eq!(state.fields["family"].heads.len(), 2);
}

#[test]
fn the_same_edit_on_two_sides_is_no_clash() {
    let mut history = History::new(Patient::KIND);
    let made = history.make(0, &[("family", text("Reyes"))]);
    history.write(1, Verb::Patch, &[("family", text("Cruz"))], &made, &["family"]);
    history.write(2, Verb::Patch, &[("family", text("Cruz"))], &made, &["family"]);
    let state = history.fold_all();
    assert_eq!(state.value("family"), &text("Cruz"));
    assert!(state.conflicts.is_empty());
}

#[test]
fn an_edit_that_saw_nothing_of_another_clashes_whatever_the_clocks_say() {
    let mut history = History::new(Patient::KIND);
    let made = history.make(0, &[("family", text("Reyes"))]);
    history.clock = 1_000_000;
    history.write(1, Verb::Patch, &[("family", text("Cruz"))], &made, &["family"]);
    history.clock = 1;
    history.write(2, Verb::Patch, &[("family", text("Lim"))], &made, &["family"]);
    assert_eq!(history.fold_all().conflicts.len(), 1);
}

#[test]
fn a_claim_withdrawn_by_one_and_edited_by_another_is_kept_and_flagged() {
    let mut history = History::new(Allergy::KIND);
    let made = history.make(0, &[("substance", text("penicillin"))]);
    history.write(1, Verb::Void, &[], &made, &[""]);
    assert!(history.fold_all().voided.is_some());
    history.write(2, Verb::Patch, &[("reaction", text("anaphylaxis"))], &made, &["reaction"]);
    let state = history.fold_all();
    assert_eq!((state.voided, state.conflicts[0].clash), (None, Clash::Removal));
    history.write(0, Verb::Resolve, &[], &state, &[""]);
    let state = history.fold_all();
    assert_eq!((state.voided, state.conflicts.len()), (None, 0));
}

#[test]
fn the_further_step_of_a_state_machine_holds_and_an_impossible_pair_is_a_conflict() {
    let mut history = History::new(Visit::KIND);
    let made = history.make(0, &[("status", text("arrived"))]);
    let triaged = history.write(1, Verb::Patch, &[("status", text("triaged"))], &made, &["status"]);
    history.write(1, Verb::Patch, &[("status", text("in_progress"))], &triaged, &["status"]);
    history.write(2, Verb::Patch, &[("status", text("triaged"))], &made, &["status"]);
    let state = history.fold_all();
    assert_eq!((state.value("status"), state.conflicts.len()), (&text("in_progress"), 0));
    history.write(2, Verb::Patch, &[("status", text("cancelled"))], &made, &["status"]);
    let state = history.fold_all();
    assert_eq!((state.value("status"), state.conflicts[0].clash), (&text("arrived"), Clash::Moves));
}

#[test]
fn a_signed_note_is_frozen_as_its_signer_saw_it_and_a_late_edit_is_handed_back() {
    let mut history = History::new(Note::KIND);
    let made = history.make(0, &[("plan", text("rest"))]);
    history.write(0, Verb::Sign, &[], &made, &[""]);
    history.write(1, Verb::Patch, &[("plan", text("surgery"))], &made, &["plan"]);
    let state = history.fold_all();
    assert_eq!(state.value("plan"), &text("rest"));
    assert_eq!(state.late, [history.ops[2].id()]);
    assert!(state.signed.is_some());
}

#[test]
fn a_field_of_a_newer_version_is_kept_and_not_shown() {
    let mut history = History::new(Patient::KIND);
    history.make(0, &[("family", text("Reyes")), ("shoe_size", Value::Int(42)), ("sex", text("newer-word"))]);
    let state = history.fold_all();
    assert_eq!(state.unknown.keys().collect::<Vec<_>>(), ["sex", "shoe_size"]);
    let patient: Patient = state.record();
    assert_eq!(patient, Patient { family: Some("Reyes".into()), ..Patient::default() });
}

#[test]
fn entries_added_on_two_sides_both_stay() {
    let mut history = History::new(Patient::KIND);
    let made = history.make(0, &[("family", text("Reyes"))]);
    history.write(1, Verb::Patch, &[("contacts/a/value", text("1"))], &made, &["contacts/a/value"]);
    history.write(2, Verb::Patch, &[("contacts/b/value", text("2"))], &made, &["contacts/b/value"]);
    let patient: Patient = history.fold_all().record();
    let contacts = patient.contacts.unwrap().0;
    assert_eq!(
        contacts.values().filter_map(|contact| contact.value.as_deref()).collect::<Vec<_>>(),
        ["1", "2"]
    );
}

#[test]
fn what_does_not_read_back_is_named_and_takes_nothing_else_with_it() {
    let mut history = History::new(Observation::KIND);
    let nothing = Value::Map([("value".to_owned(), Value::Null)].into());
    let state = history.make(
        1,
        &[
            ("text", Value::text("no growth")),
            // The type of the field lets it in, and no amount is made of it.
            ("quantity", nothing),
            ("side", Value::text("left")),
        ],
    );
    let read: Observation = state.record();
    assert_eq!((read.text.as_deref(), read.quantity), (Some("no growth"), None));
    assert_eq!(state.unread::<Observation>().into_keys().collect::<Vec<_>>(), ["quantity", "side"]);
}
