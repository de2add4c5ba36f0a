//! A server that leaves out who wrote what: nothing counts of whom nobody here vouches for.

use app::Code;
use crypto::log::EntryBytes;
use domain::access::{Role, User};
use domain::op::Header;
use domain::record::Record;
use domain::sync::{Answer, Fed, Page, Ruling};
use domain::wire::{Bytes, Message};
use serde_json::{Value, json};
use tests::desk::text;

use crate::world::{Server, Workstation};

fn entries(page: &Page) -> impl Iterator<Item = EntryBytes> + '_ {
    page.entries.iter().map(|fed| EntryBytes::from_sent(&fed.entry.0).unwrap())
}

fn tells_of_people(page: &Page) -> bool {
    let mut ops = entries(page).flat_map(|entry| entry.ops);
    ops.any(|op| Header::from_bytes(&op.header.0).unwrap().kind == User::KIND.name)
}

/// The answer with each entry of the pages that tell of nobody retold by `how`, and without the other pages where
/// the people are left out; `later` epochs later, which has the feeds told from their beginning.
fn retold(mut answer: Answer, later: u64, people: bool, how: fn(&mut Fed, &mut EntryBytes)) -> Answer {
    answer.epoch += later;
    answer.pages.retain(|page| people || !tells_of_people(page));
    let pages = answer.pages.iter_mut().filter(|page| !tells_of_people(page));
    for fed in pages.flat_map(|page| &mut page.entries) {
        let mut entry = EntryBytes::from_sent(&fed.entry.0).unwrap();
        how(fed, &mut entry);
        fed.entry = Bytes(entry.to_sent());
    }
    answer
}

fn is_signed(entry: &EntryBytes) -> bool {
    entry.ops.iter().any(|op| op.signature.is_some())
}

fn as_it_is(_: &mut Fed, _: &mut EntryBytes) {}

fn signed_by_nobody(_: &mut Fed, entry: &mut EntryBytes) {
    entry.ops.iter_mut().filter_map(|op| op.signature.as_mut()).for_each(|signature| *signature = [7; 64]);
}

fn unsigned(_: &mut Fed, entry: &mut EntryBytes) {
    entry.ops.iter_mut().for_each(|op| op.signature = None);
}

/// Refused without its signature where it bears one, in the words in which a workstation marks what it holds.
fn refused_unsigned(fed: &mut Fed, entry: &mut EntryBytes) {
    if is_signed(entry) {
        refused(fed, entry);
        unsigned(fed, entry);
    }
}

fn refused(fed: &mut Fed, _: &mut EntryBytes) {
    fed.verdict = Ruling::Quarantined;
    fed.fault = Some(r#"{"code":"unknown_author","held":true}"#.to_owned());
}

fn without_people(answer: Answer) -> Answer {
    retold(answer, 0, false, as_it_is)
}

/// Two workstations, and a note that a colleague whom the second one has not heard of has signed at the first.
struct Story {
    server: Server,
    one: Workstation,
    two: Workstation,
    note: Value,
}

impl Story {
    fn signed() -> Self {
        let server = Server::start();
        let mut one = Workstation::founding(&server);
        one.clinic.hire(&[Role::Pharmacist]);
        one.clinic.seat(Role::Administrator);
        one.sync();
        let mut two = one.enrolled(&server);
        one.clinic.seat(Role::Doctor);
        // Who issues nothing makes no key of the clinic's own there, which a feed without people would not tell back.
        two.clinic.seat(Role::Pharmacist);
        let (patient, _) = one.clinic.register("Gustavo", "Mejía");
        one.sync();
        two.sync();
        one.clinic.seat(Role::Administrator);
        one.clinic.hire(&[Role::Dentist]);
        one.clinic.seat(Role::Dentist);
        let visit =
            json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
        let visit = one.clinic.ok("start_visit", visit)["id"].clone();
        let fresh = json!({"visit": visit, "note": null, "version": null, "details": {"plan": "rest"}});
        let note = one.clinic.ok("save_note", fresh);
        let note = json!({"visit": visit, "note": note["id"], "version": note["version"], "details": {"plan": "rest"}});
        one.clinic.ok("sign_note", note.clone());
        one.sync();
        Self { server, one, two, note: note["note"].clone() }
    }

    /// When the note was signed, as the second workstation knows it, if it knows of the note.
    fn signed_at(&mut self) -> Value {
        let note = self.two.clinic.call("note", json!({"note": self.note}));
        note.map_or(Value::Null, |note| note["signed_at"].clone())
    }

    fn held(&mut self) -> Vec<(String, String)> {
        let rows = self.two.report()["refused"].as_array().cloned().unwrap();
        rows.iter().map(|row| (text(&row["kind"]), text(&row["fault"]))).collect()
    }

    fn receives(&mut self, lie: Option<fn(Answer) -> Answer>) {
        match lie {
            Some(lie) => self.two.line.lie(self.server.key(), lie),
            None => self.two.line.honest(),
        }
        self.two.sync();
    }

    /// That tables and log of both say the same.
    fn agree(&mut self) {
        for workstation in [&mut self.one, &mut self.two] {
            let rebuilt = workstation.clinic.ok("rebuild", json!({"check": true}));
            assert_eq!(rebuilt["differing"], json!([]));
        }
    }
}

fn held_for(fault: &str, kinds: &[&str]) -> Vec<(String, String)> {
    kinds.iter().map(|kind| ((*kind).to_owned(), fault.to_owned())).collect()
}

/// Everything that the colleague did, latest first.
fn all_of_it() -> Vec<(String, String)> {
    held_for("unknown_author", &["note", "note", "visit"])
}

/// The signature alone.
fn the_signature() -> Vec<(String, String)> {
    held_for("not_signed", &["note"])
}

#[test]
fn the_work_of_somebody_unknown_here_counts_once_their_record_has_come() {
    let mut story = Story::signed();
    story.receives(Some(without_people));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, all_of_it()));
    story.agree();
    story.receives(None);
    assert!(story.signed_at().is_string());
    assert_eq!(story.held(), []);
    story.agree();
}

#[test]
fn a_false_signature_of_somebody_unknown_here_never_counts_and_is_told() {
    let mut story = Story::signed();
    story.receives(Some(|answer| retold(answer, 0, false, signed_by_nobody)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, all_of_it()));
    story.receives(None);
    assert_eq!((story.signed_at(), story.held()), (Value::Null, the_signature()));
    story.agree();
}

#[test]
fn a_false_signature_gives_way_to_the_true_one_when_the_feed_is_told_again() {
    let mut story = Story::signed();
    story.receives(Some(|answer| retold(answer, 2, false, signed_by_nobody)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, all_of_it()));
    story.receives(Some(|answer| retold(answer, 1, true, signed_by_nobody)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, the_signature()));
    story.receives(None);
    assert!(story.signed_at().is_string());
    assert_eq!(story.held(), []);
    story.agree();
}

#[test]
fn a_signature_that_is_held_cannot_be_taken_away_when_the_feed_is_told_again() {
    let mut story = Story::signed();
    story.receives(Some(|answer| retold(answer, 2, false, signed_by_nobody)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, all_of_it()));
    story.receives(Some(|answer| retold(answer, 1, true, unsigned)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, the_signature()));
    story.receives(None);
    assert!(story.signed_at().is_string());
    story.agree();
}

#[test]
fn a_fault_in_the_words_of_what_is_held_here_lets_nothing_unsigned_in() {
    let mut story = Story::signed();
    story.receives(Some(|answer| retold(answer, 0, true, refused_unsigned)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, vec![]));
    story.agree();
}

#[test]
fn what_was_refused_unsigned_counts_once_it_comes_with_its_signature_and_not_before() {
    let mut story = Story::signed();
    story.receives(Some(|answer| retold(answer, 2, true, refused_unsigned)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, vec![]));
    story.receives(Some(|answer| retold(answer, 1, true, unsigned)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, the_signature()));
    story.receives(None);
    assert!(story.signed_at().is_string());
    assert_eq!(story.held(), []);
    story.agree();
}

#[test]
fn what_was_refused_is_held_once_it_is_let_in_and_counts_when_its_author_is_known() {
    let mut story = Story::signed();
    let note = json!({"note": story.note});
    story.receives(Some(|answer| retold(answer, 2, false, refused)));
    assert_eq!(story.two.clinic.refused("note", note).code, Code::NotFound);
    story.receives(Some(|answer| retold(answer, 1, false, as_it_is)));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, all_of_it()));
    story.receives(None);
    assert!(story.signed_at().is_string());
    story.agree();
}

#[test]
fn what_was_backed_up_while_it_was_held_and_let_in_later_comes_back_as_it_stands() {
    let mut story = Story::signed();
    story.receives(Some(without_people));
    assert_eq!(story.held(), all_of_it());
    let two = &mut story.two.clinic;
    two.seat(Role::Administrator);
    let stick = two.sticks().join("blue");
    std::fs::create_dir(&stick).unwrap();
    let chosen = two.desk().chose(stick).unwrap();
    let input = json!({"target": null, "name": "Blue", "place": chosen, "sort": "stick", "remove": false});
    let target = two.ok("edit_targets", input)["targets"][0]["id"].clone();
    for receives in [false, true] {
        if receives {
            story.receives(None);
            assert_eq!(story.held(), []);
        }
        let two = &mut story.two.clinic;
        two.ok("test_restore", json!({"target": target}));
        app::jobs::work_alone(two.desk());
        let tested = two.ok("backups", json!({}))["tested"].clone();
        assert_eq!((&tested["differences"], &tested["fault"]), (&json!(0), &Value::Null), "{tested}");
    }
}
