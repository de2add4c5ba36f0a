//! A workstation whose folder was put back to an older copy of itself.

use std::fs;
use std::path::Path;

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text};

/// What lies in a data folder.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&place).unwrap();
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// The folder as it is now, with nobody at the desk; they sit down again.
fn copied(workstation: &mut Workstation, role: Role) -> tempfile::TempDir {
    let aside = tempfile::tempdir().unwrap();
    workstation.clinic.ok("sign_out", json!({}));
    workstation.clinic.stop();
    copy(workstation.clinic.folder(), aside.path());
    workstation.clinic.restart();
    workstation.clinic.seat(role);
    aside
}

/// The whole folder becomes what `aside` holds.
fn put_back(workstation: &mut Workstation, aside: &Path) {
    workstation.clinic.stop();
    for entry in fs::read_dir(workstation.clinic.folder()).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() && entry.file_name() != "lock" {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    copy(aside, workstation.clinic.folder());
    workstation.clinic.restart();
}

fn allergies(workstation: &mut Workstation, patient: &str) -> Vec<String> {
    let shown = workstation.clinic.ok("allergies", json!({"patient": patient}));
    let rows = shown["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| text(&row["details"]["substance"])).collect()
}

fn allergic(workstation: &mut Workstation, patient: &str, substance: &str) -> Value {
    let details = json!({"patient": patient, "details": {"substance": substance}});
    workstation.clinic.ok("add_allergy", details)
}

#[test]
fn a_workstation_that_was_put_back_after_somebody_had_only_looked_goes_on_and_both_trails_are_named() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.sync();
    two.sync();
    let aside = copied(&mut one, Role::Doctor);
    one.clinic.ok("chart", json!({"patient": patient}));
    one.sync();
    put_back(&mut one, aside.path());
    one.clinic.seat(Role::Doctor);
    allergic(&mut one, &patient, "After the copy");
    allergic(&mut two, &patient, "From room 2");
    two.sync();
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        let known = allergies(workstation, &patient);
        assert!(known.contains(&"After the copy".to_owned()) && known.contains(&"From room 2".to_owned()));
        assert!(workstation.status()["trouble"].is_null());
        assert_eq!(workstation.report()["forked"], json!([]), "a doctor reads no trails");
    }
    // Whoever reads trails is told at either computer, with both heads.
    for (mut workstation, this) in [(one, true), (two, false)] {
        workstation.clinic.seat(Role::Administrator);
        workstation.sync();
        let forked = workstation.report()["forked"].clone();
        let [trail] = forked.as_array().unwrap().as_slice() else { panic!("{forked}") };
        assert_eq!(trail["this"], this);
        assert_ne!(trail["known"]["root"], trail["told"]["root"]);
        let trail = workstation.clinic.trail();
        assert!(trail.iter().any(|row| row["action"] == "trail_forked"));
    }
}
