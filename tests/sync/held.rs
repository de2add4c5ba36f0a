//! A server that leaves out who wrote what: nothing of weight counts by a key that nobody here vouches for.

use ::sync::pack::{pack, unpack};
use crypto::log::EntryBytes;
use domain::access::{Role, User};
use domain::op::Header;
use domain::record::Record;
use domain::sync::{Answer, Page};
use domain::wire::{Bytes, Message};
use serde_json::{Value, json};
use tests::desk::text;

use crate::world::{Server, Workstation, two_doctors};

fn entries(page: &Page) -> impl Iterator<Item = EntryBytes> + '_ {
    page.entries.iter().map(|fed| EntryBytes::from_bytes(&fed.entry.0).unwrap())
}

fn tells_of_people(page: &Page) -> bool {
    let mut ops = entries(page).flat_map(|entry| entry.ops);
    ops.any(|op| Header::from_bytes(&op.header.0).unwrap().kind == User::KIND.name)
}

/// The answer that leaves the people out.
fn without_people(body: Vec<u8>) -> Vec<u8> {
    let mut answer: Answer = unpack(&body).unwrap();
    answer.pages.retain(|page| !tells_of_people(page));
    pack(&answer).unwrap()
}

/// The same, with signatures that are nobody's.
fn without_people_and_signed_by_nobody(body: Vec<u8>) -> Vec<u8> {
    let mut answer: Answer = unpack(&body).unwrap();
    answer.pages.retain(|page| !tells_of_people(page));
    for fed in answer.pages.iter_mut().flat_map(|page| &mut page.entries) {
        let mut entry = EntryBytes::from_bytes(&fed.entry.0).unwrap();
        for signature in entry.ops.iter_mut().filter_map(|op| op.signature.as_mut()) {
            *signature = [7; 64];
        }
        fed.entry = Bytes(entry.to_bytes());
    }
    pack(&answer).unwrap()
}

/// Two workstations, and a note that a colleague whom the second one has not heard of has signed at the first.
struct Story {
    _server: Server,
    one: Workstation,
    two: Workstation,
    note: Value,
}

impl Story {
    fn signed() -> Self {
        let (server, mut one, mut two, patient) = two_doctors();
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
        Self { _server: server, one, two, note: note["note"].clone() }
    }

    /// When the note was signed, as the second workstation knows it.
    fn signed_at(&mut self) -> Value {
        self.two.clinic.ok("note", json!({"note": self.note}))["signed_at"].clone()
    }

    fn held(&mut self) -> Vec<(String, String)> {
        let rows = self.two.report()["refused"].as_array().cloned().unwrap();
        rows.iter().map(|row| (text(&row["kind"]), text(&row["fault"]))).collect()
    }

    fn receives(&mut self, lie: Option<fn(Vec<u8>) -> Vec<u8>>) {
        self.two.line.change(lie);
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

fn one_note() -> Vec<(String, String)> {
    vec![("note".to_owned(), "unknown_author".to_owned())]
}

#[test]
fn a_signature_of_somebody_unknown_here_counts_once_their_record_has_come() {
    let mut story = Story::signed();
    story.receives(Some(without_people));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, one_note()));
    story.agree();
    story.receives(None);
    assert!(story.signed_at().is_string());
    assert_eq!(story.held(), []);
    story.agree();
}

#[test]
fn a_false_signature_of_somebody_unknown_here_never_counts_and_is_told() {
    let mut story = Story::signed();
    story.receives(Some(without_people_and_signed_by_nobody));
    assert_eq!((story.signed_at(), story.held()), (Value::Null, one_note()));
    story.receives(None);
    assert_eq!((story.signed_at(), story.held()), (Value::Null, one_note()));
    story.agree();
}
