//! A data folder that an older program has written: `tests/vectors/stores` keeps one of each version of the
//! declarations, made by the program of its time.

use std::fs;
use std::path::Path;

use app::{Code, Desk, Refusal, Window, World};
use domain::access::Role;
use domain::kinds::SCHEMA;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::desk::{Clinic, password};

use crate::trust::open_store;

const PASSWORD: &str = "copper lantern ninety tide";

/// A copy of the folder `kept`.
fn copy(kept: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(kept).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => assert!(fs::copy(entry.path(), to).is_ok()),
        }
    }
}

/// The desk of a copy of the folder that version `schema` has written.
fn desk(schema: u64) -> (TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    copy(&tests::root().join(format!("tests/vectors/stores/{schema}")), folder.path());
    let desk = Desk::take(World::real(folder.path().to_owned())).unwrap();
    (folder, desk)
}

fn call(desk: &mut Desk, window: Window, name: &str, input: Value) -> Result<Value, Refusal> {
    app::call(desk, window, name, &input.to_string()).map(|answer| serde_json::from_str(&answer).unwrap())
}

fn sign_in(desk: &mut Desk) -> Result<Value, Refusal> {
    sign_in_as(desk, "doc")
}

fn sign_in_as(desk: &mut Desk, who: &str) -> Result<Value, Refusal> {
    call(desk, Window::Lock, "sign_in", json!({"who": who, "password": PASSWORD}))
}

#[test]
fn a_clinic_from_before_slips_and_spectacles_gets_their_templates_once_when_its_administrator_signs_in() {
    let (_folder, mut desk) = desk(2);
    let mut codes = Vec::new();
    for who in ["doc", "ana", "ana", "doc"] {
        sign_in_as(&mut desk, who).unwrap();
        if who == "doc" {
            let templates = call(&mut desk, Window::Main, "templates", json!({})).unwrap();
            let mut found: Vec<String> = templates["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["details"]["form_code"].as_str().unwrap().to_owned())
                .collect();
            found.sort();
            codes.push(found);
        }
        call(&mut desk, Window::Main, "sign_out", json!({})).unwrap();
    }
    assert_eq!(codes, [vec!["MED-01", "MED-02"], vec!["EYE-01", "MED-01", "MED-02", "MED-03"]]);
}

#[test]
fn a_folder_of_each_older_version_opens_with_everything_that_it_held() {
    for schema in 2..SCHEMA {
        let (folder, mut desk) = desk(schema);
        sign_in(&mut desk).unwrap();
        let ask = |desk: &mut Desk, name: &str, input| call(desk, Window::Main, name, input).unwrap();
        let found = ask(&mut desk, "find_patients", json!({"text": "salonga"}));
        let patient = &found["people"][0]["id"];
        let banner = ask(&mut desk, "banner", json!({"patient": patient}));
        assert!(banner["allergies"]["list"][0].to_string().contains("penicillin"), "{banner}");
        let timeline = ask(&mut desk, "timeline", json!({"patient": patient, "kinds": []}));
        assert_eq!(timeline["rows"].as_array().unwrap().len(), 3, "{timeline}");
        assert_eq!(ask(&mut desk, "rebuild", json!({"check": true}))["differing"], json!([]));
        assert!(folder.path().join("before/clinic.db").exists());
    }
}

#[test]
fn a_program_that_is_older_than_the_folder_changes_nothing_and_names_the_copy_from_before() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let (mut store, ..) = open_store(&clinic);
    let act = store.act().unwrap();
    act.set_local("declared", &[&(SCHEMA + 1).to_be_bytes()[..], &[0; 32]].concat()).unwrap();
    act.commit().unwrap();
    drop(store);
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    let refusal = clinic.refused("sign_in", sign_in.clone());
    assert_eq!((refusal.code, refusal.fields.len()), (Code::StoreNewer, 0));
    let copy = clinic.folder().join("before/clinic.db");
    fs::create_dir(copy.parent().unwrap()).unwrap();
    fs::write(&copy, b"").unwrap();
    let refusal = clinic.refused("sign_in", sign_in);
    assert_eq!(refusal.fields["copy"], json!(copy.display().to_string()));
}
