//! What can be said of a person's allergies, and what only some may say or see.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

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
    assert_eq!(
        said(&mut clinic, &patient),
        json!({"state": "known", "list": [
            {"substance": "Penicillin", "reaction": "rash", "severe": false},
        ]})
    );
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
fn the_worst_allergy_is_read_first_and_whom_to_call_is_there_for_every_role() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let relations = json!({"1": {"name": "Rosa Mejía", "relation": "mother", "phone": "0917 555 0102"}});
    let details = json!({"family": "Mejía", "given": "Gustavo", "relations": relations});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    for details in [
        json!({"substance": "Penicillin", "reaction": "rash", "severity": "mild"}),
        json!({"substance": "Latex"}),
        json!({"substance": "Cefuroxime", "reaction": "anaphylaxis"}),
        json!({"substance": "Egg", "severity": "severe"}),
    ] {
        clinic.ok("add_allergy", json!({"patient": patient, "details": details}));
    }
    let list = said(&mut clinic, &patient)["list"].clone();
    let read = |field: &str| -> Vec<Value> {
        list.as_array().unwrap().iter().map(|allergy| allergy[field].clone()).collect()
    };
    assert_eq!(read("substance"), ["Cefuroxime", "Egg", "Latex", "Penicillin"]);
    assert_eq!(read("severe"), [true, true, false, false]);
    for role in
        [Role::Doctor, Role::Dentist, Role::Nurse, Role::FrontDesk, Role::Optometrist, Role::Pharmacist]
    {
        clinic.seat(role);
        let called = clinic.ok("banner", json!({"patient": patient}))["emergency"][0].clone();
        assert_eq!(
            called,
            json!({"name": "Rosa Mejía", "relation": "mother", "phone": "0917 555 0102"}),
            "{role:?}"
        );
    }
}

#[test]
fn a_medicine_that_meets_an_allergy_stops_for_a_reason_that_the_record_and_the_trail_keep() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let allergy = |details: Value| json!({"patient": patient, "details": details});
    clinic.ok("add_allergy", allergy(json!({"substance": "Amoxicillin", "severity": "mild"})));
    let worst = json!({"substance": "Penicillin", "reaction": "anaphylaxis"});
    let worst = clinic.ok("add_allergy", allergy(worst))["id"].clone();
    let over = clinic.ok("add_allergy", allergy(json!({"substance": "Sulfa"})));
    clinic.ok(
        "edit_allergy",
        json!({"id": over["id"], "version": over["version"], "patch": {"resolved": true}}),
    );
    let medicine = |details: Value| json!({"patient": patient, "details": details});
    let refusal = clinic.refused("add_medicine", medicine(json!({"name": "amoxicillin 500 mg"})));
    assert_eq!((refusal.code, &refusal.fields["allergy"]), (Code::MeetsAllergy, &worst));
    assert_eq!(refusal.fields["class"], "penicillins");
    assert_eq!(
        clinic.refused("add_medicine", medicine(json!({"name": "amoxicillin", "despite": " "}))).code,
        Code::MeetsAllergy
    );
    clinic.ok("add_medicine", medicine(json!({"name": "Cotrimoxazole"})));
    let other = clinic.ok(
        "add_medicine",
        medicine(json!({"name": "Paracetamol", "strength": ".5g", "dose": "1.0 tablet"})),
    );
    let change = |patch: Value| json!({"id": other["id"], "version": other["version"], "patch": patch});
    assert_eq!(
        clinic.refused("edit_medicine", change(json!({"brand": "Augmentin"}))).code,
        Code::MeetsAllergy
    );
    clinic.ok("edit_medicine", change(json!({"dose": "2.0 tablets"})));
    let reason = "desensitised in 2024";
    clinic.ok("add_medicine", medicine(json!({"name": "amoxicillin", "despite": reason})));
    let medicines = clinic.ok("medicines", json!({"patient": patient}));
    let kept =
        medicines["rows"].as_array().unwrap().iter().map(|each| each["details"].clone()).collect::<Vec<_>>();
    assert!(kept.iter().any(|each| each["name"] == "amoxicillin" && each["despite"] == reason), "{kept:?}");
    assert!(kept.iter().any(|each| each["strength"] == "500 mg" && each["dose"] == "2 tablets"), "{kept:?}");
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    assert!(trail.iter().any(|row| row["action"] == "add_medicine" && row["reason"] == reason));
}

#[test]
fn an_allergy_that_is_known_already_is_recorded_again_for_a_reason_alone() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let add = |details: Value| json!({"patient": patient, "details": details});
    let known = clinic.ok("add_allergy", add(json!({"substance": "Penicillin", "severity": "mild"})));
    let refusal = clinic.refused("add_allergy", add(json!({"substance": "penicilin", "despite": " "})));
    assert_eq!((refusal.code, &refusal.fields["allergy"]), (Code::KnownAllergy, &known["id"]));
    let other = clinic.ok("add_allergy", add(json!({"substance": "Latex"})));
    let edit = |of: &Value, patch: Value| json!({"id": of["id"], "version": of["version"], "patch": patch});
    let taken = clinic.refused("edit_allergy", edit(&other, json!({"substance": "Penicillins"})));
    assert_eq!(taken.code, Code::KnownAllergy);
    // To itself it is not like.
    let known = clinic.ok("edit_allergy", edit(&known, json!({"substance": "Penicilin"})));
    let reason = "another reaction, years apart";
    clinic.ok("add_allergy", add(json!({"substance": "penicillin", "despite": reason})));
    clinic.ok("edit_allergy", edit(&known, json!({"resolved": true})));
    clinic.seat(Role::Auditor);
    assert!(clinic.trail().iter().any(|row| row["action"] == "add_allergy" && row["reason"] == reason));
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
    let allergies = clinic.ok("allergies", json!({"patient": patient}))["rows"].clone();
    assert_eq!((&allergies[0]["past"], &allergies[0]["details"]["substance"]), (&json!(true), &json!("Egg")));
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
