//! The audit trail as people read it.

use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

#[test]
fn a_trail_of_several_pages_is_whole_and_says_who_did_what_when_to_whom() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    for _ in 0..130 {
        clinic.refused("void_patient", json!({"patient": patient, "version": 1, "reason": "x"}));
    }
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    let places: Vec<i64> = trail.iter().map(|row| row["seq"].as_i64().unwrap()).collect();
    assert_eq!(places, (1..=i64::try_from(trail.len()).unwrap()).collect::<Vec<_>>());
    let registered = trail.iter().find(|row| row["action"] == "register_patient").unwrap();
    assert_eq!(
        [&registered["user"], &registered["role"], &registered["patient"], &registered["outcome"]],
        [&json!("Ana nurse"), &json!("nurse"), &json!(patient), &json!("done")]
    );
    assert!(text(&registered["wall"]).starts_with("2026-11-22T10:31"));
    assert!(text(&registered["wall"]).ends_with("+08:00"));
    let verified = clinic.ok("verify_audit", json!({}));
    assert_eq!((&verified["whole"], &verified["fault"]), (&json!(true), &Value::Null));
    assert!(verified["heads"].as_u64().unwrap() >= 2);
}

#[test]
fn a_wall_clock_that_was_set_back_writes_no_earlier_entry_and_the_status_says_so() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.register("Lito", "Salonga");
    assert_eq!(clinic.ok("status", json!({}))["clock_behind"], false);
    clinic.time.set_wall(tests::desk::FOUNDED_AT - 86_400_000);
    let (_, version) = clinic.register("Ana", "Reyes");
    assert!(version > 0);
    let status = clinic.ok("status", json!({}));
    assert_eq!((&status["clock_behind"], &status["today"]), (&json!(true), &json!("2026-11-22")));
    clinic.seat(Role::Auditor);
    let walls: Vec<String> = clinic.trail().iter().map(|row| text(&row["wall"])).collect();
    assert!(walls.iter().all(|wall| wall.starts_with("2026-11-22")), "{walls:?}");
    assert_eq!(clinic.ok("verify_audit", json!({}))["whole"], true);
}

#[test]
fn an_older_store_put_back_is_found_by_the_head_beside_it() {
    let mut clinic = Clinic::staffed();
    let database = clinic.folder().join("clinic.db");
    clinic.stop();
    let older = std::fs::read(&database).unwrap();
    clinic.restart();
    clinic.seat(Role::Nurse);
    clinic.register("Lito", "Salonga");
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    std::fs::write(&database, older).unwrap();
    clinic.restart();
    clinic.seat(Role::Auditor);
    let verified = clinic.ok("verify_audit", json!({}));
    assert_eq!(verified["whole"], false, "{verified}");
    assert!(text(&verified["fault"]).contains("before a head that was signed"), "{verified}");
}
