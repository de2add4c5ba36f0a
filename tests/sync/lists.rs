//! One registrar's list taken in at two workstations that do not hear of each other.

use std::collections::BTreeMap;

use domain::access::Role;
use serde_json::{Value, json};
use tests::lists::{counts, list_of, looked, rows, take};

use crate::world::{Server, Workstation};

fn two_administrators() -> (Server, Workstation, Workstation) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Administrator);
    (server, one, two)
}

#[test]
fn a_list_taken_in_twice_and_at_two_workstations_has_the_counts_of_one_run() {
    let (_server, mut one, mut two) = two_administrators();
    for desk in [&mut one, &mut two] {
        let held = looked(&mut desk.clinic, list_of(1, 230, "1"), "2026-2027");
        take(&mut desk.clinic, &held, Value::Null);
    }
    one.sync();
    two.sync();
    one.sync();
    for desk in [&mut one, &mut two] {
        let status = desk.status();
        assert_eq!((&status["conflicts"], &status["patients"]), (&json!(0), &json!(230)));
        assert_eq!(desk.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
        let again = looked(&mut desk.clinic, list_of(1, 230, "1"), "2026-2027");
        assert_eq!(counts(&again), BTreeMap::from([("returning".to_owned(), 230)]));
        desk.clinic.seat(Role::Doctor);
        let people = desk.find("2026-00007");
        let card = desk.clinic.ok("enrolments", json!({"patient": people[0]["id"]}));
        assert_eq!((people.len(), &card["now"]), (1, &json!(1)));
    }
}

#[test]
fn what_was_changed_at_another_workstation_since_the_list_is_shown_before_the_next_one_changes_it() {
    let (_server, mut one, mut two) = two_administrators();
    let held = looked(&mut one.clinic, list_of(1, 3, "1"), "2026-2027");
    take(&mut one.clinic, &held, Value::Null);
    one.sync();
    two.sync();
    two.clinic.seat(Role::Doctor);
    let person = two.find("2026-00002")[0]["id"].clone();
    let seen = two.clinic.ok("patient", json!({"patient": person}));
    let patch = json!({"course": "BS Pharmacy"});
    two.clinic.ok("edit_patient", json!({"patient": person, "version": seen["version"], "patch": patch}));
    two.sync();
    one.sync();
    let held = looked(&mut one.clinic, list_of(1, 3, "2"), "2027-2028");
    assert_eq!(counts(&held), BTreeMap::from([("changed".to_owned(), 1), ("returning".to_owned(), 2)]));
    let change = json!([{"what": "programme", "here": "BS Pharmacy", "list": "BSN"}]);
    assert_eq!(rows(&mut one.clinic, &held, "changed")[0]["changes"], change);
}
