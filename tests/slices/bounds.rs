//! Every answer has an end: 32 kB, however long the texts and however many the records.

use app::commands::COMMANDS;
use domain::access::{Role, grants};
use serde_json::{Value, json};
use tests::claims::{CLAIMS, Claim};
use tests::desk::{Clinic, text};

use crate::inputs::{input, targets};

/// No answer is longer.
const MOST: usize = 32_768;
/// As long as a text may be.
const LONGEST: usize = 20_000;

/// Answers that hold one record whole, so that it can be changed, beside each claim by itself.
const WHOLE: [&str; 7] = [
    "patient",
    "note",
    // Its own words, and the open note that the one who asks goes on writing.
    "visit",
    "visit_details",
    "certificate",
    "certificate_file",
    "file",
];

/// Answers that tell of what waits at this workstation, each of them cut where it is kept: the refused, and typing.
const APART: [&str; 2] = ["sync_report", "scratches"];

fn long() -> String {
    "é".repeat(LONGEST)
}

/// Longer than any name, and still compared with others in no time.
fn long_name() -> String {
    "é".repeat(1_000)
}

/// A person with everything at its longest.
fn fill(clinic: &mut Clinic) -> String {
    let relation =
        |number: usize| (number.to_string(), json!({"name": long(), "relation": long(), "phone": long()}));
    let relations: serde_json::Map<String, Value> = (0..12).map(relation).collect();
    let details = json!({
        "family": long_name(), "given": long_name(), "title": long(), "course": long(), "school": long(),
        "relations": relations,
    });
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    // A medicine is held against every allergy: medicines come first.
    for Claim { kind, field, .. } in CLAIMS.into_iter().rev() {
        for number in 0..100 {
            let length = if number < 3 { LONGEST } else { 300 };
            let word = format!("{kind} {number}{}", "é".repeat(length - 20));
            let mut details = json!({field: word, "remarks": word});
            if kind == "allergy" {
                details["despite"] = json!("the test says so");
                details["reaction"] = json!(if number == 70 { "anaphylaxis".to_owned() } else { word });
            }
            clinic.ok(&format!("add_{kind}"), json!({"patient": patient, "details": details}));
        }
    }
    patient
}

#[test]
fn no_answer_about_a_chart_is_longer_than_32_kilobytes_and_nothing_is_cut_without_a_word() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let patient = fill(&mut clinic);
    let visit =
        json!({"patient": patient, "kind": "consultation", "concern": long(), "status": "in_progress"});
    let visit = clinic.ok("start_visit", visit)["id"].clone();
    for _ in 0..3 {
        let details = json!({"concern": long(), "plan": long(), "history": long(), "treatment": long()});
        let note = json!({"visit": visit, "note": null, "version": null, "details": details});
        clinic.ok("sign_note", note);
    }
    let of = json!({"patient": patient});
    let page = json!({"patient": patient, "kinds": []});
    let mut asked = vec![("banner", of.clone()), ("chart", of.clone()), ("latest_vitals", of.clone())];
    asked.extend([("timeline", page), ("certificates_of", of.clone()), ("vital_signs", of.clone())]);
    asked.extend(CLAIMS.map(|Claim { card, .. }| (card, of.clone())));
    asked.extend([
        ("recent_patients", json!({})),
        ("find_patients", json!({"text": "ééé"})),
        ("queue", json!({})),
        ("history", json!({"record": patient})),
        ("history", json!({"record": visit})),
    ]);
    for (name, input) in asked {
        let answer = clinic.ok(name, input).to_string();
        assert!(answer.len() <= MOST, "{name}: {}", answer.len());
    }
    let mut view = clinic.ok("visit", json!({"visit": visit}));
    assert_eq!((&view["notes"][0]["shortened"], view.get("more")), (&json!(true), None));
    view["details"] = Value::Null;
    assert!(view.to_string().len() <= MOST);

    let banner = clinic.ok("banner", of.clone());
    let allergies = &banner["allergies"];
    let shown = allergies["list"].as_array().unwrap();
    assert_eq!(shown.len() as u64 + allergies["more"].as_u64().unwrap(), 100);
    assert_eq!(shown[0]["reaction"], "anaphylaxis", "the gravest stays first");
    let called = banner["emergency"].as_array().unwrap().len() as u64;
    assert_eq!(called + banner["more_emergency"].as_u64().unwrap(), 12);
    let alerts = banner["alerts"].as_array().unwrap().len() as u64;
    assert_eq!(alerts + banner["more_alerts"].as_u64().unwrap(), 100);
    assert_eq!(clinic.ok("chart", of)["counts"]["allergy"], 100);
}

#[test]
fn every_command_that_reads_keeps_the_bound_or_is_named_here_with_its_reason() {
    let mut clinic = Clinic::staffed();
    let targets = targets(&mut clinic, Role::ALL.len());
    clinic.seat(Role::Doctor);
    for _ in 0..15 {
        let named = json!({"family": long_name(), "given": long_name(), "course": long()});
        clinic.ok("register_patient", json!({"details": named}));
    }
    for (role, targets) in Role::ALL.iter().zip(&targets) {
        clinic.seat(*role);
        let reads = COMMANDS.iter().filter(|command| command.stales.is_empty());
        let may = reads.filter(|command| command.permission.is_some_and(|needs| grants(*role, needs)));
        let whole = |name| WHOLE.contains(&name) || CLAIMS.iter().any(|claim| claim.kind == name);
        for command in may.filter(|command| !whole(command.name) && !APART.contains(&command.name)) {
            if let Ok(answer) = clinic.call(command.name, input(command, targets)) {
                let length = answer.to_string().len();
                assert!(length <= MOST, "{} as {}: {length}", command.name, role.word());
            }
        }
    }
}
