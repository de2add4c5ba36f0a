//! What can be said of a person's allergies, and what only some may say or see.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

fn said(clinic: &mut Clinic, patient: &str) -> Value {
    clinic.ok("banner", json!({"patient": patient}))["allergies"].clone()
}

#[test]
fn the_four_things_that_can_be_said_of_allergies() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Pharmacist);
    assert_eq!(
        clinic.refused("register_patient", json!({"details": {"family": "A"}})).code,
        Code::NotPermitted
    );
    clinic.seat(Role::Nurse);
    let (patient, version) = clinic.register("Lito", "Salonga");
    assert_eq!(said(&mut clinic, &patient), json!({"state": "not_recorded"}));
    clinic.seat(Role::Pharmacist);
    clinic.ok("declare_no_allergies", json!({"patient": patient, "version": version}));
    assert_eq!(said(&mut clinic, &patient), json!({"state": "none_known"}));
    let details = json!({"substance": "Penicillin", "reaction": "rash", "severity": "moderate"});
    let allergy = clinic.ok("add_allergy", json!({"patient": patient, "details": details}));
    assert_eq!(said(&mut clinic, &patient), json!({"state": "known", "list": ["Penicillin (rash)"]}));
    clinic.seat(Role::FrontDesk);
    assert_eq!(said(&mut clinic, &patient), json!({"state": "unavailable"}));
    clinic.seat(Role::Nurse);
    let version = clinic.ok("patient", json!({"patient": patient}))["version"].clone();
    let refusal = clinic.refused("declare_no_allergies", json!({"patient": patient, "version": version}));
    assert_eq!(refusal.fields["field"], "no_known_allergies");
    // An allergy takes the word back: withdrawn, nobody has asked.
    let void = json!({"id": allergy["id"], "version": allergy["version"], "reason": "of another patient"});
    clinic.ok("void_allergy", void);
    assert_eq!(said(&mut clinic, &patient), json!({"state": "not_recorded"}));
}

#[test]
fn an_allergy_that_is_over_is_not_in_the_banner_and_stays_in_the_chart() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let allergy = clinic.ok("add_allergy", json!({"patient": patient, "details": {"substance": "Egg"}}));
    let over = json!({"id": allergy["id"], "version": allergy["version"], "patch": {"resolved": true}});
    clinic.ok("edit_allergy", over);
    assert_eq!(said(&mut clinic, &patient), json!({"state": "not_recorded"}));
    let chart = clinic.ok("chart", json!({"patient": patient}));
    assert_eq!(
        (&chart["allergies"][0]["past"], &chart["allergies"][0]["details"]["substance"]),
        (&json!(true), &json!("Egg"))
    );
}

#[test]
fn the_front_desk_neither_says_nor_sees_that_there_are_none() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::FrontDesk);
    let none = json!({"details": {"family": "A", "no_known_allergies": true}});
    assert_eq!(clinic.refused("register_patient", none).code, Code::NotPermitted);
    let (patient, version) = clinic.register("Lito", "Salonga");
    let edit = |version: &Value, value: Value| json!({"patient": patient, "version": version, "patch": {"no_known_allergies": value, "course": "BS Biology"}});
    assert_eq!(clinic.refused("edit_patient", edit(&json!(version), json!(true))).code, Code::NotPermitted);
    clinic.seat(Role::Nurse);
    let kept = clinic.ok("edit_patient", edit(&json!(version), json!(true)));
    assert_eq!(clinic.ok("patient", json!({"patient": patient}))["details"]["no_known_allergies"], true);
    clinic.seat(Role::FrontDesk);
    let details = clinic.ok("patient", json!({"patient": patient}));
    assert_eq!((&details["version"], details["details"].get("no_known_allergies")), (&kept["version"], None));
}

#[test]
fn a_claim_without_its_name_is_refused() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Lito", "Salonga");
    for (name, field) in [
        ("add_allergy", "substance"),
        ("add_problem", "name"),
        ("add_immunisation", "vaccine"),
        ("add_medicine", "name"),
    ] {
        for details in [json!({}), json!({field: " "})] {
            let refusal = clinic.refused(name, json!({"patient": patient, "details": details}));
            assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Missing, &json!(field)), "{name}");
        }
    }
}
