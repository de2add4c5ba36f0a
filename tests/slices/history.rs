//! What happened to a record, told step by step.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

use crate::permissions::NO_RECORD;

fn steps(clinic: &mut Clinic, record: &Value) -> Vec<Value> {
    let mut steps: Vec<Value> = Vec::new();
    let mut before = Value::Null;
    loop {
        let page = clinic.ok("history", json!({"record": record, "before": before}));
        assert!(page.to_string().len() <= 32_768);
        steps.extend(page["steps"].as_array().unwrap().clone());
        before = page["next"].clone();
        if before.is_null() {
            return steps;
        }
    }
}

#[test]
fn who_changed_what_when_and_where_from_what_to_what_and_why_it_was_withdrawn() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let details = json!({"name": "cough", "side": "left", "code": {"code": "R05", "display": "Cough"}});
    let made = clinic.ok("add_problem", json!({"patient": patient, "details": details}));
    clinic.seat(Role::Doctor);
    let edit =
        json!({"id": made["id"], "version": made["version"], "patch": {"name": "asthma", "side": null}});
    let edited = clinic.ok("edit_problem", edit);
    let void = json!({"id": made["id"], "version": edited["version"], "reason": "another person's"});
    clinic.ok("void_problem", void);
    let told = steps(&mut clinic, &made["id"]);
    let seen: Vec<[Value; 5]> = told
        .iter()
        .map(|step| ["number", "verb", "who", "place", "reason"].map(|name| step[name].clone()))
        .collect();
    let place = told[0]["place"].clone();
    assert!(!text(&place).is_empty());
    assert_eq!(
        seen,
        [
            [json!(3), json!("void"), json!("Ana doctor"), place.clone(), json!("another person's")],
            [json!(2), json!("patch"), json!("Ana doctor"), place.clone(), Value::Null],
            [json!(1), json!("create"), json!("Ana nurse"), place, Value::Null],
        ]
    );
    assert_eq!(
        told[1]["changes"],
        json!([
            {"path": "name", "from": ["cough"], "to": "asthma"},
            {"path": "side", "from": ["left"], "to": null},
        ])
    );
    let created = told[2]["changes"].as_array().unwrap();
    assert!(created.contains(&json!({"path": "code", "from": [], "to": "Cough"})), "{created:?}");
    assert!(created.iter().all(|change| change["path"] != "patient"), "the id of a record says nothing");
    assert!(text(&told[2]["at"]).starts_with("2026-11-22T"));
}

#[test]
fn what_two_people_said_apart_is_told_until_and_after_it_is_settled() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, version) = clinic.register("Lito", "Salonga");
    for family in ["Salonga-Cruz", "Salonga-Reyes"] {
        clinic
            .ok("edit_patient", json!({"patient": patient, "version": version, "patch": {"family": family}}));
    }
    let card = clinic.ok("conflicts", json!({"before": null}))["cards"][0].clone();
    let settle =
        json!({"record": card["record"], "conflict": card["id"], "version": card["version"], "choice": 0});
    clinic.ok("resolve_conflict", settle);
    let told = steps(&mut clinic, &json!(patient));
    let change = |at: usize| told[at]["changes"][0].clone();
    assert_eq!(change(2), json!({"path": "family", "from": ["Salonga"], "to": "Salonga-Cruz"}));
    assert_eq!(change(1), json!({"path": "family", "from": ["Salonga"], "to": "Salonga-Reyes"}));
    assert_eq!(told[0]["verb"], "resolve");
    let mut apart: Vec<String> = change(0)["from"].as_array().unwrap().iter().map(text).collect();
    apart.sort();
    assert_eq!(apart, ["Salonga-Cruz", "Salonga-Reyes"]);
}

#[test]
fn a_long_history_comes_in_pages_and_only_charts_have_one() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let made = clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "cough"}}));
    let mut version = made["version"].clone();
    for number in 0..60 {
        let patch =
            json!({"name": format!("cough {number}"), "remarks": format!("{number}{}", "é".repeat(9_000))});
        version = clinic.ok("edit_problem", json!({"id": made["id"], "version": version, "patch": patch}))["version"]
            .clone();
    }
    let told = steps(&mut clinic, &made["id"]);
    let numbers: Vec<i64> = told.iter().map(|step| step["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=61).rev().collect::<Vec<_>>());
    let user = clinic.ok("session", json!({}))["user"].clone();
    for record in [user, json!(NO_RECORD)] {
        assert_eq!(clinic.refused("history", json!({"record": record})).code, Code::NotFound);
    }
}
