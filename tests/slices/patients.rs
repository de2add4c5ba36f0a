//! Registering people and changing what is known of them.

use std::collections::BTreeMap;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

fn field(refusal: &app::Refusal) -> (Code, String) {
    (refusal.code, text(refusal.fields.get("field").unwrap_or(&Value::Null)))
}

#[test]
fn a_person_is_registered_with_a_name_alone_and_completed_later() {
    let mut clinic = Clinic::found();
    let (patient, version) = clinic.register("", "Suharto");
    let patch = json!({
        "birth_date": "~1961",
        "sex": "male",
        "contacts/1/value": "0917 555 0101",
        "contacts/1/system": "phone",
        "identifiers/7/system": "student",
        "identifiers/7/value": "2019-104-883",
    });
    let kept = clinic.ok("edit_patient", json!({"patient": patient, "version": version, "patch": patch}));
    assert_eq!(kept["conflict"], false);
    let details = clinic.ok("patient", json!({"patient": patient}));
    assert_eq!(details["version"], kept["version"]);
    let details = &details["details"];
    assert_eq!(details["birth_date"], "~1961");
    assert_eq!(details["contacts"]["1"], json!({"value": "0917 555 0101", "system": "phone"}));
    let banner = clinic.ok("banner", json!({"patient": patient}));
    assert_eq!(banner["person"]["number"], "2019-104-883");
    assert_eq!(banner["person"]["age"], json!({"unit": "years", "count": 65}));
}

#[test]
fn nobody_is_registered_or_left_without_any_name() {
    let mut clinic = Clinic::found();
    for details in
        [json!({}), json!({"family": " "}), json!({"family": "", "given": ""}), json!({"middle": "Cruz"})]
    {
        let refusal = clinic.refused("register_patient", json!({"details": details}));
        assert_eq!(field(&refusal), (Code::Missing, "family".to_owned()));
    }
    let (patient, version) = clinic.register("Lito", "Salonga");
    let one =
        clinic.ok("edit_patient", json!({"patient": patient, "version": version, "patch": {"given": null}}));
    for patch in [json!({"family": null}), json!({"family": "  "}), json!({"family": null, "given": ""})] {
        let refusal = clinic
            .refused("edit_patient", json!({"patient": patient, "version": one["version"], "patch": patch}));
        assert_eq!(field(&refusal), (Code::Missing, "family".to_owned()));
    }
    let moved =
        json!({"patient": patient, "version": one["version"], "patch": {"family": null, "given": "Salonga"}});
    clinic.ok("edit_patient", moved);
}

#[test]
fn more_than_could_ever_be_sent_is_refused_and_nothing_of_it_is_kept() {
    let mut clinic = Clinic::found();
    let (patient, version) = clinic.register("Lito", "Salonga");
    let waiting = clinic.ok("status", json!({}))["waiting"].clone();
    // Too many bytes, and too many values.
    for (contacts, length) in [(320, 20_000), (132_000, 1)] {
        let value = "x".repeat(length);
        let patch: BTreeMap<String, &str> =
            (0..contacts).map(|number| (format!("contacts/{number}/value"), value.as_str())).collect();
        let edit = json!({"patient": patient, "version": version, "patch": patch});
        assert_eq!(clinic.refused("edit_patient", edit).code, Code::TooLarge);
        assert_eq!(clinic.ok("patient", json!({"patient": patient}))["version"], version);
        assert_eq!(clinic.ok("status", json!({}))["waiting"], waiting);
    }
}

#[test]
fn nobody_is_born_or_dies_tomorrow() {
    let mut clinic = Clinic::found();
    let (patient, version) = clinic.register("Lito", "Salonga");
    for (name, date) in [("birth_date", "2026-11-23"), ("birth_date", "2027"), ("died", "2026-12")] {
        let refusal = clinic.refused("register_patient", json!({"details": {"family": "A", name: date}}));
        assert_eq!(field(&refusal), (Code::Invalid, name.to_owned()));
        let edit = json!({"patient": patient, "version": version, "patch": {name: date}});
        assert_eq!(field(&clinic.refused("edit_patient", edit)), (Code::Invalid, name.to_owned()));
    }
    clinic.register("Newborn", "Salonga");
    clinic.ok("register_patient", json!({"details": {"family": "A", "birth_date": "2026-11-22"}}));
}

#[test]
fn who_died_on_an_unknown_day_is_marked_and_no_age_is_told() {
    let mut clinic = Clinic::found();
    let details = json!({"family": "Salonga", "birth_date": "1950-01-02", "deceased": true});
    let patient = clinic.ok("register_patient", json!({"details": details}))["id"].clone();
    let person = clinic.ok("banner", json!({"patient": patient}))["person"].clone();
    assert_eq!((&person["died"], &person["age"]), (&json!(true), &Value::Null));
}

#[test]
fn a_withdrawn_registration_is_gone_with_its_reason_in_the_trail() {
    let mut clinic = Clinic::found();
    let (patient, version) = clinic.register("Lito", "Salonga");
    let void = |reason: &str| json!({"patient": patient, "version": version, "reason": reason});
    assert_eq!(field(&clinic.refused("void_patient", void(" "))).0, Code::Missing);
    clinic.ok("void_patient", void("registered twice"));
    let of = json!({"patient": patient});
    for name in ["patient", "banner", "who_looked"] {
        let answer = clinic.call(name, of.clone());
        assert_eq!(
            answer.err().map(|refusal| refusal.code),
            (name != "who_looked").then_some(Code::NotFound),
            "{name}"
        );
    }
    assert_eq!(clinic.refused("void_patient", void("again")).code, Code::NotFound);
    let trail = clinic.trail();
    let voided =
        trail.iter().find(|row| row["action"] == "void_patient" && row["outcome"] == "done").unwrap();
    assert_eq!((&voided["reason"], &voided["patient"]), (&json!("registered twice"), &json!(patient)));
}

#[test]
fn an_id_of_nobody_or_of_something_else_finds_no_patient() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, version) = clinic.register("Lito", "Salonga");
    let problem = clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "asthma"}}));
    for id in [problem["id"].clone(), json!("00000000-0000-0000-0000-000000000000")] {
        for name in ["patient", "banner", "chart", "latest_vitals", "problems"] {
            assert_eq!(clinic.refused(name, json!({"patient": id})).code, Code::NotFound, "{name}");
        }
        let edit = json!({"patient": id, "version": version, "patch": {"family": "X"}});
        assert_eq!(clinic.refused("edit_patient", edit).code, Code::NotFound);
        let add = json!({"patient": id, "details": {"name": "asthma"}});
        assert_eq!(clinic.refused("add_problem", add).code, Code::NotFound);
    }
    // A record of one kind is not reached by the command of another.
    let wrong_kind = json!({"id": problem["id"], "version": problem["version"], "reason": "x"});
    assert_eq!(clinic.refused("void_allergy", wrong_kind).code, Code::NotFound);
}

#[test]
fn charts_that_were_opened_last_come_first_and_else_who_was_registered_last() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let ids: Vec<String> = ["Abad", "Bacani", "Cruz"].map(|family| clinic.register("Ana", family).0).into();
    let recent = |clinic: &mut Clinic| -> Vec<String> {
        let found = clinic.ok("recent_patients", json!({}));
        found["people"].as_array().unwrap().iter().map(|person| text(&person["family"])).collect()
    };
    assert_eq!(recent(&mut clinic), ["Cruz", "Bacani", "Abad"]);
    for id in [&ids[0], &ids[2], &ids[1], &ids[0]] {
        clinic.ok("chart", json!({"patient": id}));
        clinic.time.pass(1);
    }
    assert_eq!(recent(&mut clinic), ["Abad", "Bacani", "Cruz"]);
    clinic.seat(Role::Nurse);
    assert_eq!(recent(&mut clinic), ["Cruz", "Bacani", "Abad"]);
}
