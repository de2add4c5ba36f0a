//! What a person is told when the store does not open as it was left, and what they can do then.

use std::fs;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, intruder, text};
use tests::folder;

use crate::certificates::Story;
use crate::certificates::issue::step_of;

/// The program is killed as it is; what lies in its folder is all that is left.
fn killed(clinic: &mut Clinic) {
    let aside = tempfile::tempdir().unwrap();
    folder::copy(clinic.folder(), aside.path());
    clinic.stop();
    folder::put_back(aside.path(), clinic.folder());
}

fn remove(clinic: &Clinic, names: &[&str]) {
    names.iter().for_each(|name| drop(fs::remove_file(clinic.folder().join(name))));
}

fn findings(clinic: &mut Clinic) -> Vec<Value> {
    clinic.ok("status", json!({}))["findings"].as_array().cloned().unwrap()
}

fn checked(clinic: &mut Clinic) {
    assert_eq!(clinic.ok("check_log", json!({}))["faults"], json!([]));
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    assert_eq!(clinic.ok("verify_audit", json!({}))["whole"], true);
}

#[test]
fn a_damaged_end_is_written_again_and_told_with_its_figures_until_an_administrator_has_seen_it() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.restart();
    clinic.seat(Role::Nurse);
    let people: Vec<String> =
        (0..4).map(|number| clinic.register(&format!("Lito {number}"), "Salonga").0).collect();
    killed(&mut clinic);
    let log = clinic.folder().join("clinic.db-wal");
    let length = fs::metadata(&log).unwrap().len();
    fs::File::options().write(true).open(&log).unwrap().set_len(length / 2).unwrap();
    remove(&clinic, &["clinic.db-shm"]);
    clinic.restart();
    clinic.seat(Role::Nurse);
    let found = findings(&mut clinic);
    assert_eq!((found.len(), &found[0]["kind"]), (1, &json!("mended")));
    assert!(found[0]["ops"].as_u64().unwrap() > 0 && found[0]["trail"].as_u64().unwrap() > 0);
    for person in &people {
        assert_eq!(clinic.ok("patient", json!({"patient": person}))["details"]["family"], "Salonga");
    }
    clinic.register("Ana", "Lim");
    assert_eq!(clinic.refused("acknowledge_findings", json!({})).code, Code::NotPermitted);
    clinic.seat(Role::Administrator);
    checked(&mut clinic);
    clinic.ok("acknowledge_findings", json!({}));
    assert_eq!(findings(&mut clinic), [Value::Null; 0]);
    let trail = clinic.trail();
    let told = trail.iter().find(|row| row["action"] == "found_damage").unwrap();
    assert_eq!(told["reason"], "mended");
    clinic.restart();
    clinic.seat(Role::Administrator);
    assert_eq!(findings(&mut clinic), [Value::Null; 0]);
}

#[test]
fn removed_marks_and_a_store_that_was_rolled_back_are_told_and_work_goes_on() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    remove(&clinic, &["marks.a", "marks.b"]);
    clinic.restart();
    clinic.seat(Role::Administrator);
    assert_eq!(findings(&mut clinic)[0]["kind"], "unmarked");
    clinic.ok("acknowledge_findings", json!({}));
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    let older = fs::read(clinic.folder().join("clinic.db")).unwrap();
    clinic.restart();
    clinic.seat(Role::Nurse);
    clinic.register("Lito", "Salonga");
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    fs::write(clinic.folder().join("clinic.db"), older).unwrap();
    remove(&clinic, &["unsent.a", "unsent.b"]);
    clinic.restart();
    clinic.seat(Role::Nurse);
    let found = findings(&mut clinic);
    assert_eq!((found[0]["kind"].clone(), found[0]["ops"].clone()), (json!("lost"), json!(1)));
    // Nobody else could have it: nothing is waited for.
    clinic.register("Lito", "Salonga");
    clinic.seat(Role::Administrator);
    checked(&mut clinic);
}

#[test]
fn no_number_is_drawn_that_a_lost_certificate_may_bear() {
    let mut story = Story::begin();
    let first = text(&story.issued(json!({}))["number"]);
    story.clinic.ok("sign_out", json!({}));
    story.clinic.stop();
    let older = fs::read(story.clinic.folder().join("clinic.db")).unwrap();
    story.clinic.restart();
    story.clinic.seat(Role::Doctor);
    let issue = |story: &mut Story| {
        let draft = story.draft(json!({}));
        text(&story.clinic.ok("issue_certificate", step_of(&draft))["number"])
    };
    let lost = [issue(&mut story), issue(&mut story)];
    story.clinic.ok("sign_out", json!({}));
    story.clinic.stop();
    fs::write(story.clinic.folder().join("clinic.db"), older).unwrap();
    remove(&story.clinic, &["unsent.a", "unsent.b"]);
    story.clinic.restart();
    story.clinic.seat(Role::Doctor);
    assert_eq!(findings(&mut story.clinic)[0]["kind"], "lost");
    let next = issue(&mut story);
    assert!(!lost.contains(&next) && next != first, "{next} of {lost:?}");
    assert!(next > lost[1]);
}

#[test]
fn the_check_of_the_log_names_what_somebody_with_the_key_has_changed() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.register("Lito", "Salonga");
    clinic.stop();
    let changed = "drop trigger op_update; drop trigger op_body; update op set body = null where seq = 1 and kind = 'patient'";
    intruder(&clinic).execute_batch(changed).unwrap();
    clinic.restart();
    clinic.seat(Role::Nurse);
    let checked = clinic.ok("check_log", json!({}));
    let fault = &checked["faults"][0];
    assert_eq!((&fault["entry"], &fault["what"]), (&json!(1), &json!("changed")), "{checked}");
    assert_eq!(checked["faults"].as_array().unwrap().len(), 1);
}
