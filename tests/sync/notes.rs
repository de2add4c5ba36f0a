//! A note that one author writes at two workstations.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, two_doctors};

fn write(visit: &Value, note: &Value, details: Value) -> Value {
    json!({"visit": visit, "note": note["id"], "version": note["version"], "details": details})
}

#[test]
fn an_edit_that_arrives_after_the_signature_is_handed_back_and_the_note_stays_as_it_was_signed() {
    let (_server, mut one, mut two, patient) = two_doctors();
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let visit = one.clinic.ok("start_visit", visit)["id"].clone();
    let fresh = write(&visit, &json!({"id": null, "version": null}), json!({"plan": "rest"}));
    let note = one.clinic.ok("save_note", fresh);
    one.sync();
    two.sync();
    let view = |workstation: &mut Workstation| workstation.clinic.ok("note", json!({"note": note["id"]}));
    let theirs = view(&mut two);
    assert_eq!((&theirs["mine"], &theirs["signed_at"]), (&json!(true), &Value::Null));
    two.line.cut(true);
    two.clinic.ok("save_note", write(&visit, &theirs, json!({"plan": "rest and fluids"})));
    one.clinic.ok("sign_note", write(&visit, &note, json!({"plan": "rest"})));
    one.sync();
    two.line.cut(false);
    two.sync();
    one.sync();
    for workstation in [&mut one, &mut two] {
        let seen = view(workstation);
        let late = seen["late"].as_array().unwrap();
        assert_eq!((&seen["details"]["plan"], late.len()), (&json!("rest"), 1));
        assert_eq!((&late[0]["field"], &late[0]["value"]), (&json!("plan"), &json!("rest and fluids")));
        assert!(seen["signed_at"].is_string() && late[0]["at"].is_string());
        let rebuilt = workstation.clinic.ok("rebuild", json!({"check": true}));
        assert_eq!(rebuilt["differing"], json!([]));
    }
}

#[test]
fn two_visits_of_one_person_that_were_started_offline_are_both_under_way_at_both_workstations() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let mut started = [&mut one, &mut two].map(|workstation| {
        workstation.line.cut(true);
        let visit = workstation.clinic.ok("start_visit", visit.clone())["id"].clone();
        workstation.line.cut(false);
        visit
    });
    one.sync();
    two.sync();
    one.sync();
    let ids = |workstation: &mut Workstation| -> Vec<Value> {
        let rows = workstation.clinic.ok("open_visits", json!({}))["rows"].clone();
        rows.as_array().unwrap().iter().map(|row| row["visit"].clone()).collect()
    };
    started.sort_by_key(Value::to_string);
    for workstation in [&mut one, &mut two] {
        let mut open = ids(workstation);
        open.sort_by_key(Value::to_string);
        assert_eq!(open, started);
        let refusal = workstation.clinic.refused("start_visit", visit.clone());
        assert_eq!(refusal.code, Code::InVisit);
        assert!(started.contains(&refusal.fields["visit"]));
    }
}

#[test]
fn a_visit_is_under_way_at_both_workstations_of_its_site() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::FrontDesk);
    two.clinic.seat(Role::Nurse);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    let visit =
        json!({"patient": patient, "kind": "consultation", "concern": "a cough", "status": "arrived"});
    one.clinic.ok("start_visit", visit);
    one.sync();
    two.sync();
    let row = two.clinic.ok("open_visits", json!({}))["rows"][0].clone();
    assert_eq!((&row["person"]["id"], &row["concern"]), (&json!(patient), &json!("a cough")));
    let step = json!({"visit": row["visit"], "version": row["version"], "to": "triaged"});
    two.clinic.ok("step_visit", step);
    two.sync();
    one.sync();
    assert_eq!(one.clinic.ok("open_visits", json!({}))["rows"][0]["status"], "triaged");
}

#[test]
fn systems_that_one_author_examines_apart_come_together_and_one_that_differs_is_disputed() {
    let (_server, mut one, mut two, patient) = two_doctors();
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let visit = one.clinic.ok("start_visit", visit)["id"].clone();
    let says = |exam: &[(&str, &str)]| {
        let exam: serde_json::Map<String, Value> = exam
            .iter()
            .map(|(system, text)| ((*system).to_owned(), json!({"finding": "finding", "text": text})))
            .collect();
        json!({"plan": "rest", "set": "general", "exam": exam})
    };
    let note = one.clinic.ok("save_note", write(&visit, &Value::Null, says(&[("skin", "Rash")])));
    one.sync();
    two.sync();
    let view = |workstation: &mut Workstation| workstation.clinic.ok("note", json!({"note": note["id"]}));
    let theirs = view(&mut two);
    two.line.cut(true);
    let apart = says(&[("skin", "Rash on both arms"), ("heart", "Murmur")]);
    two.clinic.ok("save_note", write(&visit, &theirs, apart));
    let apart = says(&[("skin", "Rash on the left arm"), ("lungs", "Wheeze")]);
    one.clinic.ok("save_note", write(&visit, &note, apart));
    one.sync();
    two.line.cut(false);
    two.sync();
    one.sync();
    for workstation in [&mut one, &mut two] {
        let seen = view(workstation);
        let exam = &seen["details"]["exam"];
        assert_eq!((&exam["heart"]["text"], &exam["lungs"]["text"]), (&json!("Murmur"), &json!("Wheeze")));
        assert_eq!(seen["disputed"], json!(["exam/skin/text"]));
    }
}
