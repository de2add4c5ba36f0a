//! What a thief of the folder sees.

use std::fs;
use std::path::Path;

use domain::access::Role;
use serde_json::json;
use tests::desk::{Clinic, PASSWORD};

/// Everything that must not be readable: names, contents, secrets.
const CANARIES: [&str; 16] = [
    "Canaria",
    "Dalisay",
    "1987-03-09",
    "2019-774-131",
    "0917 313 7713",
    "penicillin-canary",
    "hypertension-canary",
    "feels-dizzy-canary",
    "withdrawn-canary",
    "maria.reyes",
    "Maria Reyes",
    "University Clinic",
    "Main Campus",
    "front_desk",
    "register_patient",
    PASSWORD,
];

fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for file in fs::read_dir(folder).unwrap().flatten() {
        match file.path() {
            path if path.is_dir() => files(&path, found),
            path => found.push((path.display().to_string(), fs::read(path).unwrap())),
        }
    }
}

fn look(clinic: &Clinic, when: &str, secrets: &[String]) {
    let mut found = Vec::new();
    files(clinic.folder(), &mut found);
    assert!(found.iter().any(|(name, bytes)| name.ends_with("clinic.db") && bytes.len() > 4096), "{when}");
    for (name, bytes) in &found {
        assert!(!bytes.starts_with(b"SQLite format"), "{when}: {name}");
        for canary in CANARIES.iter().copied().chain(secrets.iter().map(String::as_str)) {
            for needle in [canary.as_bytes().to_vec(), wide(canary), canary.to_lowercase().into_bytes()] {
                let seen = bytes.windows(needle.len()).any(|window| window == needle);
                assert!(!seen, "{when}: {canary} stands in {name}");
            }
        }
    }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn no_file_of_the_folder_shows_a_name_a_content_or_a_secret_while_open_or_after() {
    let mut clinic = Clinic::found();
    let lines = clinic.founded["sheet"].as_array().unwrap().iter();
    let secrets: Vec<String> = lines.map(tests::desk::text).collect();
    clinic.hire(&[Role::Nurse, Role::FrontDesk]);
    clinic.seat(Role::Nurse);
    let details = json!({
        "family": "Canaria", "given": "Dalisay", "birth_date": "1987-03-09",
        "identifiers": {"1": {"system": "student", "value": "2019-774-131"}},
        "contacts": {"1": {"system": "phone", "value": "0917 313 7713"}},
    });
    let patient = clinic.ok("register_patient", json!({"details": details}))["id"].clone();
    clinic.ok("add_allergy", json!({"patient": patient, "details": {"substance": "penicillin-canary"}}));
    let problem =
        clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "hypertension-canary"}}));
    clinic.ok("keep_scratch", json!({"patient": patient, "subject": "note", "text": "feels-dizzy-canary"}));
    clinic.ok("find_patients", json!({"text": "canaria dalisay"}));
    let void = json!({"id": problem["id"], "version": problem["version"], "reason": "withdrawn-canary"});
    clinic.ok("void_problem", void);
    let refused = json!({"who": "maria.reyes", "password": "wrong"});
    look(&clinic, "open", &secrets);
    clinic.ok("lock", json!({}));
    look(&clinic, "locked", &secrets);
    clinic.refused("sign_in", refused);
    look(&clinic, "signed out", &secrets);
    clinic.seat(Role::Nurse);
    clinic.stop();
    look(&clinic, "killed", &secrets);
}
