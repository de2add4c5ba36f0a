//! One mouth at two workstations: what was extracted here and filled there, found at both, planned here and done there.

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text};

/// A dentist at each of two workstations, and somebody whom both know.
fn two() -> (Server, Workstation, Workstation, String) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Administrator);
    one.clinic.hire(&[Role::Dentist]);
    one.clinic.seat(Role::Administrator);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Dentist);
    two.clinic.seat(Role::Dentist);
    let (patient, _) = one.clinic.register("Bea", "Villamor");
    exchange(&mut one, &mut two);
    (server, one, two, patient)
}

/// Until both have everything.
fn exchange(one: &mut Workstation, two: &mut Workstation) {
    one.sync();
    two.sync();
    one.sync();
}

/// What each does while neither hears of the other.
fn apart(
    one: &mut Workstation,
    two: &mut Workstation,
    here: impl FnOnce(&mut Workstation),
    there: impl FnOnce(&mut Workstation),
) {
    one.line.cut(true);
    two.line.cut(true);
    here(one);
    there(two);
    one.line.cut(false);
    two.line.cut(false);
    exchange(one, two);
}

fn find(workstation: &mut Workstation, patient: &str, found: Value) {
    let look = json!({
        "patient": patient, "visit": null, "called_by": null, "sound": [], "unerupted": [], "shed": [], "not_seen": [],
        "found": found,
    });
    workstation.clinic.ok("keep_findings", look);
}

fn plan(workstation: &mut Workstation, patient: &str, treatment: &str, tooth: &str) -> Value {
    let teeth = json!({tooth: {"tooth": tooth, "surfaces": "O"}});
    let details = json!({"treatment": treatment, "teeth": teeth, "for_caries": true});
    workstation.clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}))
}

fn agree(workstation: &mut Workstation, patient: &str, treatment: &Value) -> Value {
    let seen = json!([{"id": treatment["id"], "version": treatment["version"]}]);
    let agreed = json!({"patient": patient, "by": "patient", "name": "Bea Villamor", "treatments": seen});
    workstation.clinic.ok("agree_treatments", agreed)
}

fn finish(workstation: &mut Workstation, treatment: &Value, said: Value) {
    let step = json!({
        "id": treatment["id"], "version": treatment["version"], "to": "done", "said": said, "xray": "yes", "sure": false,
        "reason": null,
    });
    workstation.clinic.ok("step_treatment", step);
}

fn mouth(workstation: &mut Workstation, patient: &str) -> Value {
    workstation.clinic.ok("mouth", json!({"patient": patient}))
}

fn sorts(mouth: &Value) -> Vec<(String, String)> {
    let clashes = mouth["clashes"].as_array().unwrap();
    clashes.iter().map(|clash| (text(&clash["tooth"]), text(&clash["sort"]))).collect()
}

#[test]
fn a_tooth_extracted_here_and_filled_there_keeps_both_and_is_told_until_one_is_withdrawn() {
    let (_server, mut one, mut two, patient) = two();
    let here = |workstation: &mut Workstation| {
        let planned = plan(workstation, &patient, "extraction", "46");
        let agreed = agree(workstation, &patient, &planned);
        finish(workstation, &agreed, json!("46"));
    };
    let there = |workstation: &mut Workstation| {
        let planned = plan(workstation, &patient, "filling", "46");
        finish(workstation, &planned, Value::Null);
    };
    apart(&mut one, &mut two, here, there);
    for workstation in [&mut one, &mut two] {
        let mouth = mouth(workstation, &patient);
        assert_eq!(sorts(&mouth), [("46".to_owned(), "found_where_none".to_owned())]);
        let findings = mouth["clashes"][0]["findings"].as_array().unwrap().clone();
        let mut marks: Vec<String> = findings.iter().map(|finding| text(&finding["mark"])).collect();
        marks.sort();
        assert_eq!(marks, ["filled", "missing"], "both stand");
        // The loss counts until a dentist says otherwise.
        assert_eq!(mouth["indices"]["permanent"]["missing"], 1);
    }
    let findings = mouth(&mut two, &patient)["clashes"][0]["findings"].clone();
    let lost = findings.as_array().unwrap().iter().find(|finding| finding["mark"] == "missing").unwrap();
    let void = json!({"id": lost["id"], "version": lost["version"], "reason": "it was 45"});
    two.clinic.ok("void_mark", void);
    exchange(&mut one, &mut two);
    for workstation in [&mut one, &mut two] {
        let mouth = mouth(workstation, &patient);
        assert_eq!((sorts(&mouth), &mouth["indices"]["permanent"]["filled"]), (vec![], &json!(1)));
        let rebuilt = workstation.clinic.ok("rebuild", json!({"check": true}));
        assert_eq!(rebuilt["differing"], json!([]));
    }
}

#[test]
fn decay_that_both_found_counts_once_and_a_treatment_that_one_planned_and_the_other_did_is_told() {
    let (_server, mut one, mut two, patient) = two();
    let caries = json!([{"tooth": "36", "mark": "caries", "surfaces": "O"}]);
    let here = |workstation: &mut Workstation| {
        find(workstation, &patient, caries.clone());
        plan(workstation, &patient, "sealant", "26");
    };
    let there = |workstation: &mut Workstation| {
        find(workstation, &patient, caries.clone());
        let planned = plan(workstation, &patient, "sealant", "26");
        finish(workstation, &planned, Value::Null);
    };
    apart(&mut one, &mut two, here, there);
    for workstation in [&mut one, &mut two] {
        let mouth = mouth(workstation, &patient);
        let told = [("26", "done_already"), ("36", "found_twice")];
        assert_eq!(sorts(&mouth), told.map(|(tooth, sort)| (tooth.to_owned(), sort.to_owned())));
        let twice = &mouth["clashes"][1];
        let found = twice["findings"].as_array().unwrap();
        let authors: Vec<&Value> = found.iter().map(|found| &twice["authors"][text(&found["id"])]).collect();
        assert_eq!(authors.len(), 2, "both are named");
        assert!(authors.iter().all(|author| author.is_string()), "with who found it: {twice}");
        assert_eq!(mouth["indices"]["permanent"]["decayed"], 1);
    }
    // One filling ends both.
    let planned = plan(&mut one, &patient, "filling", "36");
    finish(&mut one, &planned, Value::Null);
    exchange(&mut one, &mut two);
    let after = mouth(&mut two, &patient);
    let counted = json!({"decayed": 0, "missing": 0, "filled": 1, "seen": 2, "of": 32});
    assert_eq!((&after["indices"]["permanent"], sorts(&after).len()), (&counted, 1));
}

#[test]
fn one_treatment_that_is_cancelled_here_and_done_there_waits_for_a_person() {
    let (_server, mut one, mut two, patient) = two();
    let planned = plan(&mut one, &patient, "filling", "36");
    exchange(&mut one, &mut two);
    let row = mouth(&mut two, &patient)["rows"][0]["treatment"].clone();
    let here = |workstation: &mut Workstation| {
        let step = json!({
            "id": planned["id"], "version": planned["version"], "to": "cancelled", "said": null, "xray": null,
            "sure": false, "reason": "moved away",
        });
        workstation.clinic.ok("step_treatment", step);
    };
    apart(&mut one, &mut two, here, |workstation| finish(workstation, &row, Value::Null));
    for workstation in [&mut one, &mut two] {
        assert!(workstation.status()["conflicts"].as_u64().unwrap() > 0);
        let mouth = mouth(workstation, &patient);
        let shown = mouth["teeth"].as_array().unwrap().iter().find(|tooth| tooth["tooth"] == "36").unwrap();
        assert_eq!(shown["marks"], json!([{"mark": "filled", "surfaces": "O"}]), "what was done stands");
    }
}

#[test]
fn who_agreed_to_a_filling_here_has_not_agreed_to_the_extraction_that_it_became_there() {
    let (_server, mut one, mut two, patient) = two();
    let planned = plan(&mut one, &patient, "filling", "36");
    exchange(&mut one, &mut two);
    let row = mouth(&mut two, &patient)["rows"][0]["treatment"].clone();
    let here = |workstation: &mut Workstation| {
        agree(workstation, &patient, &planned);
    };
    let there = |workstation: &mut Workstation| {
        let patch = json!({"treatment": "extraction"});
        let edit = json!({"id": row["id"], "version": row["version"], "patch": patch});
        workstation.clinic.ok("edit_treatment", edit);
    };
    apart(&mut one, &mut two, here, there);
    for workstation in [&mut one, &mut two] {
        let now = mouth(workstation, &patient)["rows"][0]["treatment"].clone();
        assert_eq!((&now["treatment"], &now["agreed"]), (&json!("extraction"), &json!(false)));
        let step = json!({
            "id": now["id"], "version": now["version"], "to": "done", "said": "36", "xray": "yes", "sure": true,
            "reason": null,
        });
        assert_eq!(workstation.clinic.refused("step_treatment", step).code, app::Code::NotAgreed);
    }
}
