//! Taking in what another system hands over: accounted for, once, and without what is wrong in it.

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
    assert_eq!(again["changed"], json!([]));
    for (of, account) in written["by_type"].as_object().unwrap() {
        let here = &again["by_type"][of];
        assert_eq!((&here["stored"], &here["known"]), (&json!(0), &account["stored"]), "{of}");
    }
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
    let known = clinic.ok("allergies", json!({"patient": row["id"]}));
    assert_eq!(known["rows"][0]["details"]["substance"], "Penicillin");
}

#[test]
fn a_damaged_or_foreign_file_is_refused_with_place_and_reason_and_nothing_of_it_stays() {
    let (_, whole) = bundles().swap_remove(0);
    let damage = |change: &dyn Fn(&mut Value)| {
        let mut bundle: Value = serde_json::from_str(&whole).unwrap();
        change(&mut bundle);
        bundle.to_string()
    };
    let mut clinic = clinic();
    for (text, reason) in [
        (whole[..whole.len() / 2].to_owned(), "not_json"),
        ("{}".to_owned(), "not_a_bundle"),
        ("a,b\n1,2\n".to_owned(), "not_json"),
        (damage(&|bundle| bundle["type"] = json!("history")), "unknown_bundle_type"),
        (damage(&|bundle| bundle["entry"] = json!([])), "no_patient"),
    ] {
        let refusal = clinic.refused("import_fhir", json!({"text": text, "dry_run": false}));
        assert_eq!((refusal.code, &refusal.fields["reason"]), (Code::FileRefused, &json!(reason)));
        assert!(refusal.fields["place"].as_str().is_some_and(|place| !place.is_empty()), "{refusal:?}");
        assert_eq!(patients(&mut clinic), 0, "{reason}");
    }
}

/// A bundle of Ana Reyes and `others`.
fn of_ana(others: &[Value]) -> String {
    let patient = json!({"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1990-05-06",
        "name": [{"family": "Reyes", "given": ["Ana"]}]});
    let entries: Vec<Value> =
        std::iter::once(&patient).chain(others).map(|resource| json!({"resource": resource})).collect();
    json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
}

fn about(of: &str, id: &str, members: Value) -> Value {
    let whose = if of == "AllergyIntolerance" { "patient" } else { "subject" };
    let mut resource = json!({"resourceType": of, "id": id, whose: {"reference": "Patient/1"}});
    members.as_object().unwrap().iter().for_each(|(name, member)| resource[name] = member.clone());
    resource
}

/// The id of the person who is found first by `text`.
fn found(clinic: &mut Clinic, text: &str) -> Value {
    clinic.ok("find_patients", json!({"text": text}))["people"][0].clone()
}

#[test]
fn one_thing_wrong_leaves_out_one_thing_and_is_told_with_its_place() {
    let mut clinic = clinic();
    let text = of_ana(&[
        json!({"resourceType": "Spell", "id": "s"}),
        about("AllergyIntolerance", "a", json!({"code": {"text": "Peanut"}, "onsetDateTime": "2010-02-30"})),
        about("Observation", "o", json!({"status": "final", "code": "Pulse"})),
    ]);
    for dry_run in [true, false] {
        let told = import(&mut clinic, &text, dry_run);
        assert_eq!((&told["records"], &told["patients"]), (&json!(2), &json!(1)));
        let left = json!([
            {"place": "Bundle.entry[1].resource.resourceType", "reason": "not_r4"},
            {"place": "Bundle.entry[2].resource.onsetDateTime", "reason": "bad_date"},
            {"place": "Bundle.entry[3].resource.code", "reason": "wrong_type"},
        ]);
        assert_eq!(told["left"], left);
        assert_eq!(told["by_type"]["AllergyIntolerance"]["cut"], json!({"bad_date": 1}));
    }
    clinic.seat(Role::Doctor);
    let who = found(&mut clinic, "reyes")["id"].clone();
    let known = clinic.ok("allergies", json!({"patient": who}));
    assert_eq!(known["rows"][0]["details"]["substance"], "Peanut");
    assert_eq!(known["rows"][0]["details"]["remarks"], "onset: 2010-02-30 (cannot be read)");
}

#[test]
fn what_has_no_time_of_its_own_stands_behind_everything_and_pages_reach_it() {
    let mut clinic = clinic();
    let pulse = |id: String, members: Value| {
        let mut pulse = about(
            "Observation",
            &id,
            json!({"status": "final",
            "category": [{"coding": [{"code": "vital-signs"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
            "valueQuantity": {"value": 72, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"}}),
        );
        members.as_object().unwrap().iter().for_each(|(name, member)| pulse[name] = member.clone());
        pulse
    };
    let mut all: Vec<Value> =
        (0..45).map(|at| pulse(format!("u{at}"), json!({"issued": "2017-01-02T10:00:00+08:00"}))).collect();
    all.push(pulse("d".to_owned(), json!({"effectiveDateTime": "2019-01-02T10:00:00+08:00"})));
    all.push(about("Condition", "c", json!({"code": {"text": "Gout"}, "recordedDate": "2019-03-04"})));
    import(&mut clinic, &of_ana(&all), false);
    clinic.seat(Role::Doctor);
    let who = found(&mut clinic, "reyes")["id"].clone();
    let mut days = Vec::new();
    let mut before = Value::Null;
    loop {
        let page = clinic.ok("timeline", json!({"patient": who, "kinds": [], "before": before}));
        days.extend(
            page["rows"].as_array().unwrap().iter().map(|row| (row["day"].clone(), row["time"].clone())),
        );
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert_eq!(days.len(), 47);
    assert_eq!(days[0], (json!("2019-03-04"), Value::Null));
    assert_eq!(days[1], (json!("2019-01-02"), json!("10:00")));
    assert!(days[2..].iter().all(|day| *day == (Value::Null, Value::Null)));
    let rows = clinic.ok("vital_signs", json!({"patient": who}))["rows"].clone();
    let dated = rows.as_array().unwrap().iter().map(|row| row["day"].clone()).collect::<Vec<_>>();
    assert_eq!(dated, [json!("2019-01-02"), Value::Null]);
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn a_number_is_judged_behind_its_comparator_and_shown_without_its_exponent() {
    let mut clinic = clinic();
    let measured = |id: &str, code: &str, unit: &str, value: Value| {
        about(
            "Observation",
            id,
            json!({"status": "final", "category": [{"coding": [{"code": "vital-signs"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "effectiveDateTime": "2026-03-02T09:15:00+08:00", "valueQuantity": {"value": value["value"],
                "comparator": value["comparator"], "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}}),
        )
    };
    let saturation = measured("s", "59408-5", "%", json!({"value": 60, "comparator": "<"}));
    let mut pulse = measured("p", "8867-4", "/min", json!({"value": 1}));
    pulse["valueQuantity"].as_object_mut().unwrap().remove("comparator");
    let text = of_ana(&[saturation, pulse])
        .replace("\"value\":1}", "\"value\":1.2E+2}")
        .replace("\"value\":1,", "\"value\":1.2E+2,");
    import(&mut clinic, &text, false);
    clinic.seat(Role::Doctor);
    let who = found(&mut clinic, "reyes")["id"].clone();
    let rows = clinic.ok("vital_signs", json!({"patient": who}))["rows"].clone();
    let values: Vec<_> = rows[0]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| ["sign", "value", "level"].map(|name| value[name].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(values, [["pulse", "120", "high"], ["spo2", "< 60", "critical_low"]]);
}

#[test]
fn a_record_that_its_source_retired_is_marked_and_one_that_another_replaces_is_part_of_it() {
    let mut clinic = clinic();
    let old = json!({"resourceType": "Patient", "id": "old", "gender": "female", "birthDate": "1990-05-06",
        "name": [{"family": "Sandoval"}], "active": false,
        "link": [{"other": {"reference": "Patient/1"}, "type": "replaced-by"}]});
    let mut allergy = about("AllergyIntolerance", "a", json!({"code": {"text": "Penicillin"}}));
    allergy["patient"] = json!({"reference": "Patient/old"});
    let mut alone: Value = serde_json::from_str(&of_ana(&[old.clone(), allergy.clone()])).unwrap();
    alone["entry"][1]["resource"].as_object_mut().unwrap().remove("link");
    import(&mut clinic, &alone.to_string(), false);
    clinic.seat(Role::Doctor);
    let row = found(&mut clinic, "sandoval");
    assert_eq!((&row["inactive"], &found(&mut clinic, "reyes")["inactive"]), (&json!(true), &json!(false)));
    // Now the source says who replaces it: what is here stays, and is told.
    clinic.seat(Role::Administrator);
    let told = import(&mut clinic, &of_ana(&[old, allergy]), false);
    assert_eq!((&told["patients"], &told["records"]), (&json!(1), &json!(0)));
    assert!(
        told["changed"].as_array().unwrap().iter().any(|changed| changed["record"] == row["id"]),
        "{told}"
    );
}

#[test]
fn a_birth_that_cannot_be_is_refused_at_every_door() {
    let mut clinic = clinic();
    let text = of_ana(&[]).replace("1990-05-06", "2096-01-01");
    assert_eq!(import(&mut clinic, &text, false)["by_type"]["Patient"]["cut"], json!({"unlikely": 1}));
    clinic.seat(Role::FrontDesk);
    for (details, field) in [
        (json!({"family": "Sabio", "birth_date": "0027-01-01"}), "birth_date"),
        (json!({"family": "Sabio", "birth_date": "2001-02-20", "died": "2000-01-01"}), "died"),
    ] {
        let refusal = clinic.refused("register_patient", json!({"details": details}));
        assert_eq!(refusal.fields["field"], json!(field));
    }
}
