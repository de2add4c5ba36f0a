//! A clinic's own set of the examination at two workstations.

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation};

/// A version of the set that says `normal`: in the stead of `follows`, or the draft `seen` gone on with.
fn version(follows: &Value, seen: &Value, normal: &str) -> Value {
    let systems = json!({"skin": {"place": 0, "normal": normal}});
    let details = json!({"name": "Sports", "systems": systems});
    json!({"id": seen["id"], "version": seen["version"], "follows": follows["id"], "details": details})
}

/// The clinic's own sets.
fn own(desk: &mut Workstation) -> Vec<Value> {
    let rows = desk.clinic.ok("note_sets", json!({"before": null}))["rows"].clone();
    rows.as_array().unwrap().iter().filter(|row| !row["id"].is_null()).cloned().collect()
}

fn begins(desk: &mut Workstation) -> Vec<Value> {
    own(desk).into_iter().filter(|row| row["begins"] == true).collect()
}

fn two_doctors(server: &Server) -> [Workstation; 2] {
    let mut one = Workstation::founding(server);
    let mut two = one.enrolled(server);
    for desk in [&mut one, &mut two] {
        desk.clinic.seat(Role::Doctor);
    }
    [one, two]
}

#[test]
fn a_set_reaches_every_workstation_and_two_who_change_one_sentence_of_a_draft_apart_are_asked() {
    let server = Server::start();
    let [mut one, mut two] = two_doctors(&server);
    one.clinic.ok("write_note_set", version(&Value::Null, &Value::Null, "Warm"));
    one.sync();
    two.sync();
    let seen = own(&mut two).remove(0);
    assert_eq!((&seen["set"], &seen["systems"][0]["normal"]), (&json!("Sports"), &json!("Warm")));
    two.clinic.ok("write_note_set", version(&Value::Null, &seen, "Warm, no rash"));
    let seen = own(&mut one).remove(0);
    one.clinic.ok("write_note_set", version(&Value::Null, &seen, "Dry"));
    two.sync();
    one.sync();
    two.sync();
    for desk in [&mut one, &mut two] {
        assert_eq!(desk.status()["conflicts"], 1);
        assert_eq!(desk.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    }
}

#[test]
fn of_two_versions_that_were_published_apart_the_older_holds_on_both_sides_until_one_is_withdrawn() {
    let server = Server::start();
    let [mut one, mut two] = two_doctors(&server);
    let first = one.clinic.ok("publish_note_set", version(&Value::Null, &Value::Null, "Warm"));
    one.sync();
    two.sync();
    let dry = one.clinic.ok("publish_note_set", version(&first, &Value::Null, "Dry"));
    two.clinic.time.pass(60);
    let cool = two.clinic.ok("publish_note_set", version(&first, &Value::Null, "Cool"));
    one.sync();
    two.sync();
    one.sync();
    for desk in [&mut one, &mut two] {
        assert_eq!(begins(desk).iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&dry["id"]]);
        let apart: Vec<Value> = own(desk).into_iter().filter(|row| row["apart"] == true).collect();
        assert_eq!(apart.iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&cool["id"]]);
        let refusal = desk.clinic.refused("publish_note_set", version(&dry, &Value::Null, "Dry, warm"));
        assert_eq!(refusal.fields["why"], "apart");
    }
    let void = json!({"id": dry["id"], "version": dry["version"], "reason": "the other is right"});
    one.clinic.ok("void_note_set", void);
    one.sync();
    two.sync();
    for desk in [&mut one, &mut two] {
        assert_eq!(begins(desk)[0]["systems"][0]["normal"], "Cool");
        assert_eq!(desk.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    }
}
