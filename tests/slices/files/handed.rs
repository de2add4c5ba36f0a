//! Files from other systems and for them: what comes in an import is judged as by hand, and what goes out comes in again.

use app::Code;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::Role;
use serde_json::{Value, json};

use super::Story;
use super::samples::{dicom, exif, pdf, phone};

/// A bundle about Gustavo Mejía with a document for each of `files`.
fn bundle(files: &[Value]) -> String {
    let patient = json!({"resourceType": "Patient", "id": "1", "gender": "male", "birthDate": "1999-07-14",
        "name": [{"family": "Mejía", "given": ["Gustavo"]}],
        "identifier": [{"system": "student", "value": "2019-104-883"}]});
    let document = |(number, attachment): (usize, &Value)| {
        json!({"resourceType": "DocumentReference", "id": format!("d{number}"), "status": "current",
            "description": "A paper", "date": "2026-09-04T10:00:00+08:00", "subject": {"reference": "Patient/1"},
            "content": [{"attachment": attachment}]})
    };
    let all = std::iter::once(patient).chain(files.iter().enumerate().map(document));
    let entries: Vec<Value> = all.map(|resource| json!({"resource": resource})).collect();
    json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
}

fn attached(title: &str, bytes: &[u8]) -> Value {
    json!({"title": title, "data": STANDARD.encode(bytes), "size": bytes.len(),
        "hash": STANDARD.encode(crypto::sha1(bytes))})
}

fn import(story: &mut Story, text: &str, dry_run: bool) -> Value {
    story.clinic.seat(Role::Administrator);
    let imported = story.clinic.ok("import_fhir", json!({"text": text, "dry_run": dry_run}));
    story.clinic.seat(Role::Doctor);
    imported
}

/// The chart of whoever was imported, in the hands of the doctor.
fn imported(story: &mut Story) -> Vec<Value> {
    let people = story.clinic.ok("recent_patients", json!({}))["people"].clone();
    let other = people.as_array().unwrap().iter().find(|row| row["id"] != json!(story.patient)).cloned();
    story.patient = tests::desk::text(&other.unwrap()["id"]);
    story.rows()
}

#[test]
fn files_of_another_system_stand_in_the_chart_as_if_they_were_filed_by_hand() {
    let mut story = Story::begin();
    let letter = pdf("a letter");
    let xray = dicom("MEJIA^Gustavo", "2019-104-883", "19990714");
    let files = [attached("Letter", &letter), attached("Chest", &xray), attached("Rash", &phone(&exif()))];
    let text = bundle(&files);
    let looked = import(&mut story, &text, true);
    assert_eq!((&looked["records"], &looked["left"]), (&json!(4), &json!([])));
    let written = import(&mut story, &text, false);
    assert_eq!(written, looked);
    let again = import(&mut story, &text, false);
    assert_eq!((&again["records"], &again["changed"]), (&json!(0), &json!([])));
    let rows = imported(&mut story);
    assert_eq!(rows.len(), 3);
    let by_title = |title: &str| rows.iter().find(|row| row["title"] == title).cloned().unwrap();
    assert_eq!(story.saved(&by_title("Letter")), letter);
    assert_eq!(story.saved(&by_title("Chest")), xray);
    let rash = story.file(&by_title("Rash"));
    assert_eq!((&rash["media_type"], &rash["came_by"]), (&json!("image/jpeg"), &json!("import")));
    assert!(rash["removed"].as_array().unwrap().contains(&json!("location")), "{rash}");
    assert!(by_title("Rash")["thumb"].is_string() && by_title("Letter")["pages"] == 1);
    assert_eq!(story.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn what_is_not_taken_in_by_hand_is_not_in_an_import_either_and_its_words_stay() {
    let mut story = Story::begin();
    let other = dicom("CRUZ^Ana", "77", "19890714");
    let cut = json!({"title": "Cut", "data": STANDARD.encode(b"abc"), "size": 4});
    let changed = json!({"title": "Changed", "data": STANDARD.encode(b"abc"),
        "hash": STANDARD.encode(crypto::sha1(b"abd"))});
    let large = json!({"title": "Large", "data": STANDARD.encode(vec![b'a'; 10_000_001])});
    let cases = [
        (attached("A program", b"MZ\x90\0"), "unfit"),
        (attached("Records", br#"{"resourceType": "Bundle"}"#), "unfit"),
        (attached("Damaged", b"\xff\xd8\xff\xe0"), "unfit"),
        (attached("Another's", &other), "names_another"),
        (cut, "not_as_told"),
        (changed, "not_as_told"),
        (large, "file_too_large"),
        (json!({"title": "No Base64", "data": "%%"}), "bad_text"),
        (json!({"title": "Far", "url": "https://elsewhere.example/1"}), "elsewhere"),
    ];
    let files: Vec<Value> = cases.iter().map(|(file, _)| file.clone()).collect();
    let told = import(&mut story, &bundle(&files), false);
    let left = told["left"].as_array().unwrap();
    for (number, (file, reason)) in cases.iter().enumerate() {
        let place = format!("Bundle.entry[{}].resource.content[0].attachment", number + 1);
        let found = left.iter().find(|left| left["place"].as_str().unwrap().starts_with(&place));
        assert_eq!(found.map(|left| &left["reason"]), Some(&json!(reason)), "{file}");
    }
    let account = &told["by_type"]["DocumentReference"];
    assert_eq!((&account["stored"], &account["left_out"]), (&json!(cases.len()), &json!({})));
    assert_eq!(imported(&mut story), Vec::<Value>::new());
    let facts = json!({"patient": story.patient, "kinds": ["event"], "before": null});
    let facts = story.clinic.ok("timeline", facts)["rows"].clone();
    assert_eq!(facts.as_array().unwrap().len(), cases.len());
    assert!(facts.to_string().contains("A paper"));
}

#[test]
fn the_files_of_a_chart_go_out_as_one_bundle_that_another_clinic_takes_in() {
    let mut story = Story::begin();
    let letter = pdf("a letter");
    let mut input = story.input(&letter, "referral");
    input["details"] =
        json!({"sort": "referral", "title": "To the surgeon", "taken_on": "2026-09-03", "note": "Seen"});
    story.clinic.ok("add_file", input);
    story.add("Hämoglobin 131 g/l".as_bytes(), "laboratory");
    let folder = tempfile::tempdir().unwrap();
    let export = |story: &mut Story, sort: Value| {
        let out = folder.path().join("files.json");
        let place = story.clinic.desk().chose(out.clone()).unwrap();
        let input = json!({"patient": story.patient, "sort": sort, "place": place});
        let exported = story.clinic.ok("export_files", input);
        (exported, std::fs::read_to_string(out).unwrap())
    };
    let (one, _) = export(&mut story, json!("laboratory"));
    assert_eq!(one, json!({"name": "files.json", "files": 1, "absent": 0}));
    let (all, text) = export(&mut story, Value::Null);
    assert_eq!((&all["files"], &all["absent"]), (&json!(2), &json!(0)));
    let mut there = Story::begin();
    let told = import(&mut there, &text, false);
    assert_eq!((&told["left"], &told["records"]), (&json!([]), &json!(3)));
    assert_eq!(told["by_type"]["Binary"]["merged"], 2);
    let rows = imported(&mut there);
    let row = rows.iter().find(|row| row["title"] == "To the surgeon").unwrap();
    assert_eq!((&row["sort"], &row["day"]), (&json!("referral"), &json!("2026-09-03")));
    assert_eq!(there.saved(row), letter);
    assert!(there.file(row)["details"]["note"].as_str().unwrap().contains("author: Ana doctor"));
}

#[test]
fn files_go_out_only_where_somebody_who_may_has_chosen() {
    let mut story = Story::begin();
    story.add(&pdf("a letter"), "referral");
    let input = json!({"patient": story.patient, "place": "nowhere"});
    let refused = story.clinic.refused("export_files", input.clone());
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("place")));
    story.clinic.seat(Role::FrontDesk);
    assert_eq!(story.clinic.refused("export_files", input).code, Code::NotPermitted);
}
