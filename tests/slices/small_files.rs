//! The small files beside the store, damaged or gone: told as damage, with a way back, and never taken for an empty folder.

use std::fs;
use std::path::PathBuf;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, found_input, password};

/// Both copies of the small file `name`.
fn copies(clinic: &Clinic, name: &str) -> [PathBuf; 2] {
    ["a", "b"].map(|copy| clinic.folder().join(format!("{name}.{copy}")))
}

fn remove(clinic: &Clinic, name: &str) {
    copies(clinic, name).iter().for_each(|copy| fs::remove_file(copy).unwrap());
}

fn damage(clinic: &Clinic, name: &str) {
    for copy in copies(clinic, name) {
        let bytes = fs::read(&copy).unwrap();
        fs::write(&copy, &bytes[..bytes.len() - 1]).unwrap();
    }
}

/// The name of the file of who signs in as `who`.
fn file_of(clinic: &mut Clinic, who: &str) -> String {
    let door = clinic.ok("door", json!({}));
    let tile =
        door["people"].as_array().unwrap().iter().find(|tile| tile["sign_in"] == who).cloned().unwrap();
    format!("people/{}", tile["user"].as_str().unwrap())
}

fn sheet(clinic: &Clinic) -> Value {
    let lines: Vec<&str> =
        clinic.founded["sheet"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    json!({"sheet": lines.join("\n").to_lowercase()})
}

#[test]
fn a_store_without_its_door_or_key_is_damage_and_nothing_is_founded_over_it() {
    for name in ["door", "device"] {
        for hurt in [remove, damage] {
            let mut clinic = Clinic::found();
            clinic.hire(&[Role::Nurse]);
            hurt(&clinic, name);
            clinic.restart();
            let door = clinic.ok("door", json!({}));
            assert_eq!((&door["state"], &door["damaged"]), (&json!("damaged"), &json!([name])));
            let nurse = json!({"who": "nurse", "password": password(Role::Nurse)});
            let refused = clinic.refused("sign_in", nurse.clone());
            assert_eq!((refused.code, &refused.fields["file"]), (Code::StoreDamaged, &json!(name)));
            let founding = clinic.refused("found_clinic", found_input()).code;
            assert!([Code::StoreDamaged, Code::ClinicExists].contains(&founding), "{founding:?}");
            assert!(clinic.folder().join("clinic.db").is_file());
            // The sheet is the way back, and nobody needs another password than before.
            let mended = clinic.ok("open_by_sheet", sheet(&clinic))["mended"].clone();
            assert!(mended.as_array().unwrap().contains(&json!(name)), "{mended}");
            assert_eq!(clinic.ok("door", json!({}))["state"], "locked");
            clinic.ok("sign_in", nurse);
            clinic.seat(Role::Administrator);
            assert_eq!(
                clinic.ok("check_store", json!({})),
                json!({"whole": true, "faults": [], "damaged": [], "files": []})
            );
        }
    }
}

#[test]
fn the_sheet_opens_the_door_and_seats_nobody_and_leaves_an_entry() {
    let mut clinic = Clinic::found();
    clinic.hire(&[Role::Auditor]);
    remove(&clinic, "door");
    clinic.restart();
    let mut wrong = sheet(&clinic);
    let text = wrong["sheet"].as_str().unwrap().to_owned();
    let first = if text.starts_with('2') { "3" } else { "2" };
    wrong["sheet"] = json!(format!("{first}{}", &text[1..]));
    let refused = clinic.refused("open_by_sheet", wrong);
    assert_eq!((refused.code, &refused.fields["line"]), (Code::WrongSheet, &json!(1)));
    let another = sheet(&Clinic::on_line(tests::desk::unplugged(), 7).founded_anew());
    assert_eq!(clinic.refused("open_by_sheet", another).code, Code::WrongSheet);
    clinic.ok("open_by_sheet", sheet(&clinic));
    assert_eq!(clinic.refused("session", json!({})).code, Code::NotSignedIn);
    clinic.seat(Role::Auditor);
    assert_eq!(clinic.refused("open_by_sheet", sheet(&clinic)).code, Code::SomebodySitsHere);
    let said: Vec<Value> = clinic
        .trail()
        .iter()
        .filter(|row| row["action"] == "open_by_sheet")
        .map(|row| row["user"].clone())
        .collect();
    assert_eq!(said, [Value::Null]);
}

#[test]
fn a_lost_file_of_a_person_is_told_as_damage_and_made_again_when_a_colleague_signs_in() {
    for hurt in [remove, damage] {
        let mut clinic = Clinic::staffed();
        let file = file_of(&mut clinic, "nurse");
        hurt(&clinic, &file);
        let nurse = json!({"who": "nurse", "password": password(Role::Nurse)});
        assert_eq!(clinic.ok("door", json!({}))["damaged"], json!(["people"]));
        for _ in 0..6 {
            let refused = clinic.refused("sign_in", nurse.clone());
            assert_eq!((refused.code, &refused.fields["file"]), (Code::StoreDamaged, &json!("people")));
        }
        clinic.seat(Role::Doctor);
        clinic.ok("sign_out", json!({}));
        assert_eq!(clinic.ok("door", json!({}))["damaged"], json!([]));
        clinic.ok("sign_in", nurse);
    }
}

#[test]
fn damaged_slots_are_named_and_made_again_by_a_sign_in_and_by_a_new_sheet() {
    let mut clinic = Clinic::found();
    damage(&clinic, "slots/clinic");
    remove(&clinic, "slots/sheet");
    assert_eq!(clinic.ok("check_store", json!({}))["damaged"], json!(["slots/sheet", "slots/clinic"]));
    clinic.seat(Role::Administrator);
    assert_eq!(clinic.ok("check_store", json!({}))["damaged"], json!(["slots/sheet"]));
    let old = sheet(&clinic);
    clinic.founded = clinic.ok("new_sheet", json!({}));
    assert_eq!(clinic.ok("check_store", json!({}))["damaged"], json!([]));
    assert_eq!(clinic.ok("session", json!({}))["must_confirm_sheet"], true);
    clinic.restart();
    assert_eq!(clinic.refused("open_by_sheet", old).code, Code::WrongSheet);
    clinic.ok("open_by_sheet", sheet(&clinic));
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone_and_no_link_in_it_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mut clinic = Clinic::staffed();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for name in ["", "people", "slots"] {
        assert_eq!(mode(clinic.folder().join(name)), 0o700, "{name}");
    }
    for name in ["clinic.db", "door.a", "device.b", "slots/sheet.a", "lock"] {
        assert_eq!(mode(clinic.folder().join(name)), 0o600, "{name}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let victim = elsewhere.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    symlink(&victim, clinic.folder().join("door.new")).unwrap();
    clinic.seat(Role::Nurse);
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    assert_eq!(fs::read(&victim).unwrap(), b"precious");
    let database = clinic.folder().join("clinic.db");
    fs::copy(&database, elsewhere.path().join("clinic.db")).unwrap();
    fs::remove_file(&database).unwrap();
    symlink(elsewhere.path().join("clinic.db"), &database).unwrap();
    clinic.restart();
    let nurse = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(clinic.refused("sign_in", nurse).code, Code::StoreDamaged);
    clinic.stop();
    fs::remove_file(clinic.folder().join("lock")).unwrap();
    symlink(&victim, clinic.folder().join("lock")).unwrap();
    let taken = app::Desk::take(clinic.world()).err().map(|refusal| refusal.code);
    assert_eq!(taken, Some(Code::StoreDamaged));
}
