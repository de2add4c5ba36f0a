//! Who looked at a chart is asked of the server: what it tells of other workstations is entered, shown and not kept.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

use crate::world::{Server, Workstation, two_doctors};

fn elsewhere(workstation: &mut Workstation, patient: &str) -> Value {
    workstation.clinic.ok("looked_elsewhere", json!({"patient": patient}))
}

fn ask(workstation: &mut Workstation, patient: &str) -> Value {
    workstation.clinic.ok("ask_who_looked", json!({"patient": patient}));
    workstation.sync();
    elsewhere(workstation, patient)
}

/// A patient whose chart the doctor at the second workstation has read and told the server of.
fn read_elsewhere() -> (Server, Workstation, Workstation, String) {
    let (server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    two.clinic.ok("chart", json!({"patient": patient}));
    two.sync();
    (server, one, two, patient)
}

#[test]
fn who_looked_at_another_workstation_is_told_to_who_asks_and_to_nobody_else() {
    let (_server, mut one, _two, patient) = read_elsewhere();
    let before = elsewhere(&mut one, &patient);
    assert_eq!(
        (&before["attached"], &before["asked"], &before["rows"]),
        (&json!(true), &json!(false), &Value::Null)
    );
    assert_eq!(before["trails"], json!([{"workstation": "Room 2", "until": null}]));
    let told = ask(&mut one, &patient);
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{told:#}");
    let row = &rows[0];
    assert_eq!(
        (&row["workstation"], &row["user"], &row["role"], &row["action"]),
        (&json!("Room 2"), &json!("Ana doctor"), &json!("doctor"), &json!("chart"))
    );
    assert!(told["trails"][0]["until"].is_string());
    // The question stands in the trail, and in what the next who asks is told.
    one.clinic.seat(Role::Doctor);
    let looked = one.clinic.ok("who_looked", json!({"patient": patient}));
    assert!(looked["rows"].as_array().unwrap().iter().any(|row| row["action"] == "ask_who_looked"));
    // What was told went with who asked.
    assert_eq!(elsewhere(&mut one, &patient)["rows"], Value::Null);
}

#[test]
fn an_answer_waits_for_the_entry_that_asks_and_another_chart_has_none() {
    let (_server, mut one, mut two, patient) = read_elsewhere();
    let (other, _) = one.clinic.register("Ana", "Reyes");
    one.clinic.ok("ask_who_looked", json!({"patient": patient}));
    one.line.cut(true);
    one.try_sync().unwrap_err();
    let told = elsewhere(&mut one, &patient);
    assert_eq!((&told["asked"], &told["rows"]), (&json!(true), &Value::Null), "nothing came");
    one.line.cut(false);
    one.sync();
    assert_eq!(elsewhere(&mut one, &patient)["rows"].as_array().unwrap().len(), 1);
    assert_eq!(elsewhere(&mut one, &other)["asked"], false);
    two.sync();
    let told = ask(&mut two, &other);
    let acts: Vec<&Value> = told["rows"].as_array().unwrap().iter().map(|row| &row["action"]).collect();
    assert_eq!(acts, [&json!("register_patient")]);
}

#[test]
fn without_a_server_nobody_can_be_asked() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Gustavo", "Mejía");
    let refusal = clinic.refused("ask_who_looked", json!({"patient": patient}));
    assert_eq!(refusal.code, Code::NotAttached);
    assert_eq!(clinic.ok("looked_elsewhere", json!({"patient": patient}))["attached"], false);
}
