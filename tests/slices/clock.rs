//! The clock of one computer, set wrong and set right again.

use app::Code;
use domain::RecordId;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, FOUNDED_AT, text};

const A_DAY: u64 = 86_400_000;

/// What the status says of the day, and whether the clock is behind.
fn day(clinic: &mut Clinic) -> (Value, Value) {
    let status = clinic.ok("status", json!({}));
    (status["today"].clone(), status["clock_behind"].clone())
}

#[test]
fn a_clock_that_ran_ahead_is_behind_afterwards_until_an_administrator_has_acknowledged_it() {
    let mut clinic = Clinic::staffed();
    clinic.time.set_wall(FOUNDED_AT + 3650 * A_DAY);
    clinic.seat(Role::Nurse);
    clinic.register("Lito", "Salonga");
    clinic.time.set_wall(FOUNDED_AT);
    clinic.seat(Role::Nurse);
    assert_eq!(day(&mut clinic), (json!("2036-11-19"), json!(true)));
    assert_eq!(clinic.refused("acknowledge_clock", json!({})).code, Code::NotPermitted);
    clinic.seat(Role::Doctor);
    let issue = json!({"certificate": RecordId::derived(b"any"), "version": 1});
    assert_eq!(clinic.refused("issue_certificate", issue).code, Code::ClockBehind, "no licence ended");
    clinic.seat(Role::Administrator);
    clinic.ok("acknowledge_clock", json!({}));
    assert_eq!(day(&mut clinic), (json!("2026-11-22"), json!(false)));
    assert_eq!(clinic.refused("acknowledge_clock", json!({})).code, Code::ClockRight);
    clinic.seat(Role::Nurse);
    clinic.register("Ana", "Lim");
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    let said = trail.iter().find(|row| row["action"] == "acknowledge_clock" && row["outcome"] == "done");
    let said = said.unwrap();
    assert_eq!((&said["user"], &text(&said["wall"])[..10]), (&json!("Maria Reyes"), "2026-11-22"));
    assert_eq!(clinic.ok("verify_audit", json!({}))["whole"], true);
}

#[test]
fn five_minutes_are_what_clocks_that_are_set_well_may_differ() {
    let mut clinic = Clinic::staffed();
    for (minutes, behind) in [(4, false), (6, true)] {
        clinic.time.set_wall(FOUNDED_AT + 60 * 60_000);
        clinic.seat(Role::Nurse);
        clinic.time.set_wall(FOUNDED_AT + (60 - minutes) * 60_000);
        assert_eq!(day(&mut clinic).1, behind, "{minutes}");
    }
}
