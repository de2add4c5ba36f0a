//! A clinic's own set of the examination at two workstations.

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation};

fn write(seen: &Value, normal: &str) -> Value {
    let systems = json!({"skin": {"place": 0, "normal": normal}});
    json!({"id": seen["id"], "version": seen["version"], "details": {"name": "Sports", "systems": systems}})
}

fn own(desk: &mut Workstation) -> Value {
    desk.clinic.ok("note_sets", json!({"before": null}))["rows"][1].clone()
}

#[test]
fn a_set_reaches_every_workstation_and_two_who_change_one_sentence_apart_are_asked() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    for desk in [&mut one, &mut two] {
        desk.clinic.seat(Role::Doctor);
    }
    one.clinic.ok("write_note_set", write(&Value::Null, "Warm"));
    one.sync();
    two.sync();
    let seen = own(&mut two);
    assert_eq!((&seen["set"], &seen["systems"][0]["normal"]), (&json!("Sports"), &json!("Warm")));
    two.clinic.ok("write_note_set", write(&seen, "Warm, no rash"));
    let seen = own(&mut one);
    one.clinic.ok("write_note_set", write(&seen, "Dry"));
    two.sync();
    one.sync();
    two.sync();
    for desk in [&mut one, &mut two] {
        assert_eq!(desk.status()["conflicts"], 1);
        assert_eq!(desk.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    }
}
