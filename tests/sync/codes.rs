//! A clinic's file of codes: each workstation is given it, and the word that the clinic may use it is said once.

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Workstation, two_doctors};

fn file() -> Value {
    json!({
        "text": "code,name\nQ99.9,Something very rare\n", "system": "urn:own", "version": "1", "licence": "our own",
        "confirmed": true, "dry_run": false,
    })
}

fn finds(workstation: &mut Workstation) -> bool {
    let found = workstation.clinic.ok("find_codes", json!({"text": "something very rare"}));
    found["rows"].as_array().unwrap().iter().any(|row| row["code"] == "Q99.9")
}

#[test]
fn another_workstation_knows_of_the_file_finds_its_names_once_it_has_it_and_loses_them_when_it_ends() {
    let (_server, mut one, mut two, _) = two_doctors();
    one.clinic.seat(Role::Administrator);
    let taken = one.clinic.ok("take_in_codes", file());
    one.sync();
    two.sync();
    one.clinic.seat(Role::Doctor);
    assert_eq!((finds(&mut one), finds(&mut two)), (true, false));
    two.clinic.seat(Role::Administrator);
    let row = two.clinic.ok("code_packs", json!({}))["rows"][0].clone();
    assert_eq!((&row["id"], &row["here"], &row["active"]), (&taken["pack"], &json!(0), &json!(true)));
    let theirs = two.clinic.ok("take_in_codes", file());
    assert_eq!((&theirs["pack"], &theirs["here"]), (&taken["pack"], &json!(true)));
    two.clinic.seat(Role::Doctor);
    assert!(finds(&mut two));
    two.sync();
    one.sync();
    one.clinic.seat(Role::Administrator);
    let rows = one.clinic.ok("code_packs", json!({}))["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1, "one record, however many were given the file");
    one.clinic.ok("end_codes", json!({"pack": rows[0]["id"], "seen": rows[0]["seen"]}));
    one.sync();
    two.sync();
    assert!(!finds(&mut two));
}
