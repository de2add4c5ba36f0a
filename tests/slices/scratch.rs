//! Typing that is no record yet.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, password};

fn rows(clinic: &mut Clinic) -> Vec<Value> {
    clinic.ok("scratches", json!({}))["rows"].as_array().unwrap().clone()
}

#[test]
fn typing_survives_a_kill_a_lock_and_a_change_of_person_and_is_its_authors_alone() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let typing = json!({"patient": patient, "subject": "note", "text": "feels dizzy since"});
    assert_eq!(clinic.ok("keep_scratch", typing.clone())["time"], "10:31");
    clinic.restart();
    clinic.seat(Role::Nurse);
    clinic.ok("lock", json!({}));
    clinic.ok("unlock", json!({"password": password(Role::Nurse)}));
    assert_eq!(rows(&mut clinic)[0]["text"], "feels dizzy since");
    clinic.seat(Role::Doctor);
    assert_eq!(rows(&mut clinic), [Value::Null; 0]);
    clinic.seat(Role::Nurse);
    let forgotten = json!({"patient": patient, "subject": "note", "text": ""});
    clinic.ok("keep_scratch", forgotten);
    assert_eq!(rows(&mut clinic), [Value::Null; 0]);
}

#[test]
fn a_registration_is_kept_under_whoever_types_it_and_nobody_else_sees_it() {
    let mut clinic = Clinic::staffed();
    let user = clinic.seat(Role::FrontDesk)["user"].clone();
    let typing =
        json!({"patient": user, "subject": "register k1", "text": "{\"values\":{\"family\":\"Salonga\"}}"});
    clinic.ok("keep_scratch", typing);
    clinic.restart();
    clinic.seat(Role::FrontDesk);
    assert_eq!(rows(&mut clinic)[0]["subject"], "register k1");
    clinic.seat(Role::Nurse);
    assert_eq!(rows(&mut clinic), [Value::Null; 0]);
}

#[test]
fn more_typing_than_anybody_types_is_refused() {
    let mut clinic = Clinic::found();
    let (patient, _) = clinic.register("Lito", "Salonga");
    let much = json!({"patient": patient, "subject": "note", "text": "x".repeat(200_001)});
    assert_eq!(clinic.refused("keep_scratch", much).code, Code::Invalid);
    let named = json!({"patient": patient, "subject": "n".repeat(201), "text": "x"});
    assert_eq!(clinic.refused("keep_scratch", named).code, Code::Invalid);
}
