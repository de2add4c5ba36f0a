//! Taking in what another system hands over: whole or not at all, accounted for, and once.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

fn bundles() -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(tests::root().join("demo/bundles")).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect()
}

fn import(clinic: &mut Clinic, text: &str, dry_run: bool) -> Value {
    clinic.ok("import_fhir", json!({"text": text, "dry_run": dry_run}))
}

/// A clinic with its administrator at the desk, who may take in files.
fn clinic() -> Clinic {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    clinic
}

fn patients(clinic: &mut Clinic) -> u64 {
    clinic.ok("status", json!({}))["patients"].as_u64().unwrap()
}

#[test]
fn each_resource_of_each_bundle_is_accounted_for_by_type() {
    let mut clinic = clinic();
    for (file, text) in bundles() {
        let bundle: Value = serde_json::from_str(&text).unwrap();
        let mut counts = BTreeMap::<&str, u64>::new();
        for entry in bundle["entry"].as_array().unwrap() {
            *counts.entry(entry["resource"]["resourceType"].as_str().unwrap()).or_default() += 1;
        }
        let told = import(&mut clinic, &text, false);
        let account = |of: &Value| {
            let left_out =
                of["left_out"].as_object().unwrap().values().filter_map(Value::as_u64).sum::<u64>();
            of["stored"].as_u64().unwrap() + of["merged"].as_u64().unwrap() + left_out
        };
        let by_type = told["by_type"].as_object().unwrap();
        let accounted: BTreeMap<&str, u64> =
            by_type.iter().map(|(of, account_of)| (of.as_str(), account(account_of))).collect();
        assert_eq!(accounted, counts, "{}", file.display());
        let stored: u64 = by_type.values().filter_map(|of| of["stored"].as_u64()).sum();
        assert_eq!(told["records"].as_u64(), Some(stored), "{}", file.display());
    }
    assert_eq!(patients(&mut clinic), bundles().len() as u64);
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn looking_writes_nothing_and_the_second_time_changes_nothing() {
    let mut clinic = clinic();
    let (_, text) = bundles().swap_remove(0);
    let looked = import(&mut clinic, &text, true);
    assert_eq!(patients(&mut clinic), 0);
    let written = import(&mut clinic, &text, false);
    assert_eq!(looked, written);
    let waiting = clinic.ok("status", json!({}))["waiting"].clone();
    let again = import(&mut clinic, &text, false);
    assert_eq!((&again["records"], &again["already_here"]), (&json!(0), &written["records"]));
    assert_eq!((&again["changed"], &again["by_type"]), (&json!([]), &written["by_type"]));
    assert_eq!(clinic.ok("status", json!({}))["waiting"], waiting);
}

#[test]
fn whoever_is_met_again_is_counted_and_the_trail_tells_a_look_from_what_was_taken_in() {
    let mut clinic = clinic();
    let (_, text) = bundles().swap_remove(0);
    for (dry_run, met_again, reason) in
        [(true, 0, json!("dry run")), (false, 0, Value::Null), (true, 1, json!("dry run"))]
    {
        let told = import(&mut clinic, &text, dry_run);
        assert_eq!((&told["patients"], &told["met_again"]), (&json!(1), &json!(met_again)));
        let entry = clinic.trail().into_iter().rfind(|entry| entry["action"] == "import_fhir").unwrap();
        assert_eq!((&entry["reason"], entry["patient"].is_null()), (&reason, dry_run), "{entry}");
    }
}

#[test]
fn what_was_corrected_here_is_not_undone_by_a_later_import() {
    let mut clinic = clinic();
    let (_, text) = bundles().swap_remove(0);
    import(&mut clinic, &text, false);
    clinic.seat(Role::Doctor);
    let row = clinic.ok("recent_patients", json!({}))["people"][0].clone();
    let seen = clinic.ok("patient", json!({"patient": row["id"]}));
    let edit = json!({"patient": row["id"], "version": seen["version"], "patch": {"given": "Corrected"}});
    clinic.ok("edit_patient", edit);
    clinic.seat(Role::Administrator);
    import(&mut clinic, &text, false);
    clinic.seat(Role::Doctor);
    assert_eq!(clinic.ok("patient", json!({"patient": row["id"]}))["details"]["given"], "Corrected");
}

/// A bundle that says neither where it comes from nor more than `Patient/1` of whom it is about.
fn export(family: &str, given: &str, birth_date: &str, substance: &str) -> String {
    let patient = json!({"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": birth_date,
        "name": [{"family": family, "given": [given]}]});
    let allergy = json!({"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": substance},
        "patient": {"reference": "Patient/1"}});
    json!({"resourceType": "Bundle", "type": "collection",
        "entry": [{"resource": patient}, {"resource": allergy}]})
    .to_string()
}

#[test]
fn somebody_with_the_number_of_somebody_else_is_refused_and_nothing_is_mixed() {
    let mut clinic = clinic();
    let maria = export("Reyes", "Maria", "1980-01-02", "Penicillin");
    import(&mut clinic, &maria, false);
    let waiting = clinic.ok("status", json!({}))["waiting"].clone();
    for other in [
        export("Cruz", "Maria", "1980-01-02", "Latex"),
        export("Reyes", "Juana", "1980-01-02", "Latex"),
        export("Reyes", "Maria", "1981-01-02", "Latex"),
        maria.replace("female", "male"),
        maria.replace("\"gender\":\"female\",", ""),
    ] {
        for dry_run in [true, false] {
            let refusal = clinic.refused("import_fhir", json!({"text": other, "dry_run": dry_run}));
            let told = (refusal.code, &refusal.fields["reason"], &refusal.fields["place"]);
            let place = json!("Bundle.entry[0].resource");
            assert_eq!(told, (Code::FileRefused, &json!("another_person"), &place), "{other}");
        }
    }
    assert_eq!(clinic.ok("status", json!({}))["waiting"], waiting);
    assert_eq!(import(&mut clinic, &maria, false)["already_here"], 2);
}

#[test]
fn a_record_with_the_number_of_somebody_elses_is_refused_and_nothing_of_its_file_stays() {
    let mut clinic = clinic();
    let maria = export("Reyes", "Maria", "1980-01-02", "Penicillin");
    import(&mut clinic, &maria, false);
    let juan = export("Cruz", "Juan", "1970-01-02", "Latex");
    let juan = juan.replace("\"id\":\"1\"", "\"id\":\"7\"").replace("Patient/1", "Patient/7");
    let refusal = clinic.refused("import_fhir", json!({"text": juan, "dry_run": false}));
    let told = (&refusal.fields["reason"], &refusal.fields["place"]);
    assert_eq!(told, (&json!("another_person"), &json!("Bundle.entry[1].resource")));
    assert_eq!(patients(&mut clinic), 1);
}

#[test]
fn somebody_whose_name_changed_is_met_again_once_the_change_stands_here_too() {
    let mut clinic = clinic();
    let before = export("Reyes", "Maria", "1980-01-02", "Penicillin");
    let after = export("Santos", "Maria", "1980-01-02", "Penicillin");
    import(&mut clinic, &before, false);
    assert_eq!(
        clinic.refused("import_fhir", json!({"text": after, "dry_run": false})).code,
        Code::FileRefused
    );
    clinic.seat(Role::Doctor);
    let row = clinic.ok("recent_patients", json!({}))["people"][0].clone();
    let seen = clinic.ok("patient", json!({"patient": row["id"]}));
    let edit = json!({"patient": row["id"], "version": seen["version"], "patch": {"family": "Santos"}});
    clinic.ok("edit_patient", edit);
    clinic.seat(Role::Administrator);
    for text in [before, after] {
        assert_eq!(import(&mut clinic, &text, false)["met_again"], 1);
    }
}

#[test]
fn what_the_other_system_has_changed_since_is_counted_and_stays_as_it_was() {
    let mut clinic = clinic();
    let first = export("Reyes", "Maria", "1980-01-02", "Penicillin");
    assert_eq!(import(&mut clinic, &first, false)["changed"], json!([]));
    let reworded = first.replace("Penicillin", "Amoxicillin");
    let withdrawn = first.replace(
        "\"id\":\"a\"",
        "\"id\":\"a\",\"verificationStatus\":{\"coding\":[{\"code\":\"entered-in-error\"}]}",
    );
    for (text, already_here) in [(reworded, 2), (withdrawn, 1)] {
        for dry_run in [true, false] {
            let told = import(&mut clinic, &text, dry_run);
            let counts = ["records", "already_here"].map(|of| told[of].as_u64().unwrap());
            assert_eq!(counts, [0, already_here], "{text}");
            let changed = told["changed"].as_array().unwrap();
            assert_eq!(changed.len(), 1, "{text}");
            assert_eq!(changed[0]["kind"], "allergy");
            assert_eq!(changed[0]["place"], "Bundle.entry[1].resource");
        }
    }
    clinic.seat(Role::Doctor);
    let row = clinic.ok("recent_patients", json!({}))["people"][0].clone();
    let chart = clinic.ok("chart", json!({"patient": row["id"]}));
    assert_eq!(chart["allergies"][0]["details"]["substance"], "Penicillin");
}

#[test]
fn a_damaged_or_foreign_file_is_refused_with_place_and_reason_and_nothing_of_it_stays() {
    let (_, whole) = bundles().swap_remove(0);
    let damage = |change: &dyn Fn(&mut Value)| {
        let mut bundle: Value = serde_json::from_str(&whole).unwrap();
        change(&mut bundle);
        bundle.to_string()
    };
    let last = |bundle: &Value| bundle["entry"].as_array().unwrap().len() - 1;
    let mut clinic = clinic();
    for (text, reason) in [
        (whole[..whole.len() / 2].to_owned(), "not_json"),
        ("{}".to_owned(), "not_a_bundle"),
        ("a,b\n1,2\n".to_owned(), "not_json"),
        (damage(&|bundle| bundle["type"] = json!("history")), "unknown_bundle_type"),
        (
            damage(&|bundle| {
                let at = last(bundle);
                bundle["entry"][at]["resource"]["resourceType"] = json!("Spell");
            }),
            "not_r4",
        ),
        (
            damage(&|bundle| {
                let at = last(bundle);
                bundle["entry"][at].as_object_mut().unwrap().remove("resource");
            }),
            "no_resource",
        ),
        (damage(&|bundle| bundle["entry"] = json!([])), "no_patient"),
    ] {
        let refusal = clinic.refused("import_fhir", json!({"text": text, "dry_run": false}));
        assert_eq!((refusal.code, &refusal.fields["reason"]), (Code::FileRefused, &json!(reason)));
        assert!(refusal.fields["place"].as_str().is_some_and(|place| !place.is_empty()), "{refusal:?}");
        assert_eq!(patients(&mut clinic), 0, "{reason}");
    }
}
