//! A workstation whose folder was put back to an older copy of itself.

use std::fs;
use std::path::Path;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::folder;

use crate::world::{Server, Workstation, text, two_doctors};

/// The folder as it is now, with nobody at the desk; they sit down again.
pub fn copied(workstation: &mut Workstation, role: Role) -> tempfile::TempDir {
    let aside = tempfile::tempdir().unwrap();
    workstation.clinic.ok("sign_out", json!({}));
    workstation.clinic.stop();
    folder::copy(workstation.clinic.folder(), aside.path());
    workstation.clinic.restart();
    workstation.clinic.seat(role);
    aside
}

/// The whole folder becomes what `aside` holds.
pub fn put_back(workstation: &mut Workstation, aside: &Path) {
    workstation.clinic.stop();
    folder::put_back(aside, workstation.clinic.folder());
    workstation.clinic.restart();
}

/// The store alone becomes what `aside` holds, and nothing beside it has the entries that it lacks.
pub fn put_store_back(workstation: &mut Workstation, aside: &Path) {
    workstation.clinic.ok("sign_out", json!({}));
    workstation.clinic.stop();
    let folder = workstation.clinic.folder();
    for name in ["clinic.db-wal", "clinic.db-shm", "unsent.a", "unsent.b"] {
        drop(fs::remove_file(folder.join(name)));
    }
    fs::copy(aside.join("clinic.db"), folder.join("clinic.db")).unwrap();
    workstation.clinic.restart();
}

pub fn kinds(workstation: &mut Workstation) -> Vec<String> {
    let findings = workstation.status()["findings"].clone();
    findings.as_array().unwrap().iter().map(|finding| text(&finding["kind"])).collect()
}

pub fn allergies(workstation: &mut Workstation, patient: &str) -> Vec<String> {
    let shown = workstation.clinic.ok("allergies", json!({"patient": patient}));
    let rows = shown["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| text(&row["details"]["substance"])).collect()
}

pub fn allergic(workstation: &mut Workstation, patient: &str, substance: &str) -> Value {
    let details = json!({"patient": patient, "details": {"substance": substance}});
    workstation.clinic.ok("add_allergy", details)
}

/// A workstation with a patient, as the server has it, and a copy of its folder.
fn copied_alone() -> (Server, Workstation, String, tempfile::TempDir) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.sync();
    let aside = copied(&mut one, Role::Doctor);
    (server, one, patient, aside)
}

#[test]
fn a_workstation_that_was_put_back_after_somebody_had_only_looked_goes_on_and_both_trails_are_named() {
    let (_server, mut one, mut two, patient) = two_doctors();
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
    // Who looked is told there too, though the trail that asks is not the one that was told first.
    two.clinic.ok("chart", json!({"patient": patient}));
    two.sync();
    one.clinic.ok("ask_who_looked", json!({"patient": patient}));
    one.sync();
    let told = one.clinic.ok("looked_elsewhere", json!({"patient": patient}))["rows"].clone();
    assert!(told.as_array().is_some_and(|rows| !rows.is_empty()), "{told}");
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

#[test]
fn what_an_older_store_lacks_comes_back_from_the_server_before_anything_new_is_written() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.sync();
    let aside = copied(&mut one, Role::Doctor);
    allergic(&mut one, &patient, "Before");
    one.clinic.register("Lito", "Salonga");
    one.sync();
    two.sync();
    allergic(&mut two, &patient, "From room 2");
    two.sync();
    put_store_back(&mut one, aside.path());
    one.line.cut(true);
    one.clinic.seat(Role::Doctor);
    assert_eq!(one.status()["missing"], 2);
    assert_eq!(kinds(&mut one), ["behind"]);
    let input = json!({"patient": patient, "details": {"substance": "Instead"}});
    let refused = one.clinic.refused("add_allergy", input);
    assert_eq!((refused.code, &refused.fields["missing"]), (Code::StoreBehind, &json!(2)));
    assert_eq!(one.find("mejia").len(), 1, "what is there can be read");
    one.line.cut(false);
    one.sync();
    assert_eq!(
        (one.status()["missing"].clone(), kinds(&mut one)[0].clone()),
        (json!(0), "returned".to_owned())
    );
    assert_eq!(one.find("salonga").len(), 1);
    allergic(&mut one, &patient, "After");
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        let mut known = allergies(workstation, &patient);
        known.sort();
        assert_eq!(known, ["After", "Before", "From room 2"]);
        assert!(workstation.status()["trouble"].is_null());
        assert_eq!(workstation.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
        assert_eq!(workstation.clinic.ok("check_log", json!({}))["faults"], json!([]));
    }
}

#[test]
fn what_neither_the_server_nor_the_files_beside_the_store_have_is_told_as_lost_and_work_goes_on() {
    let (_server, mut one, patient, aside) = copied_alone();
    allergic(&mut one, &patient, "Latex");
    one.sync();
    allergic(&mut one, &patient, "Ibuprofen");
    put_store_back(&mut one, aside.path());
    one.clinic.seat(Role::Doctor);
    assert_eq!(one.status()["missing"], 2);
    one.sync();
    assert_eq!(one.status()["missing"], 0);
    assert_eq!(kinds(&mut one), ["returned", "lost"]);
    let lost = one.status()["findings"][1]["ops"].clone();
    assert_eq!(lost, 1);
    allergic(&mut one, &patient, "Pollen");
    one.sync();
    assert_eq!(allergies(&mut one, &patient).len(), 2);
    assert!(one.status()["trouble"].is_null());
    one.clinic.seat(Role::Administrator);
    one.clinic.ok("acknowledge_findings", json!({}));
    assert_eq!(kinds(&mut one), [""; 0]);
    let trail = one.clinic.trail();
    let found = trail.iter().filter(|row| row["action"] == "found_damage");
    assert_eq!(found.map(|row| text(&row["reason"])).collect::<Vec<_>>(), ["behind", "returned", "lost"]);
}

#[test]
fn a_whole_folder_that_was_put_back_gets_from_the_server_what_was_written_after_the_copy() {
    let (_server, mut one, patient, aside) = copied_alone();
    allergic(&mut one, &patient, "After the copy");
    one.sync();
    put_back(&mut one, aside.path());
    one.clinic.seat(Role::Doctor);
    one.sync();
    assert_eq!(allergies(&mut one, &patient), ["After the copy"]);
    allergic(&mut one, &patient, "Later");
    one.sync();
    assert!(one.status()["trouble"].is_null());
    assert_eq!(one.status()["waiting"], 0);
    assert_eq!(one.clinic.ok("check_log", json!({}))["faults"], json!([]));
}
