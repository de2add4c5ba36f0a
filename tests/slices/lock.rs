//! The screen that somebody left.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, password, text};

#[test]
fn a_locked_screen_opens_for_the_password_of_whoever_locked_it_and_nobody_elses() {
    let mut clinic = Clinic::staffed();
    let session = clinic.seat(Role::Nurse);
    clinic.ok("lock", json!({}));
    assert_eq!(clinic.refused("session", json!({})).code, Code::ScreenLocked);
    for wrong in [password(Role::Doctor), password(Role::Administrator), String::new()] {
        assert_eq!(clinic.refused("unlock", json!({"password": wrong})).code, Code::NotRecognised);
        assert_eq!(clinic.refused("session", json!({})).code, Code::ScreenLocked);
    }
    let again = clinic.ok("unlock", json!({"password": password(Role::Nurse)}));
    assert_eq!((&again["user"], &again["since"]), (&session["user"], &session["since"]));
}

#[test]
fn tries_at_the_lock_count_as_tries_at_the_door() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.ok("lock", json!({}));
    for _ in 0..4 {
        clinic.refused("unlock", json!({"password": "wrong"}));
    }
    let right = json!({"password": password(Role::Nurse)});
    assert_eq!(clinic.refused("unlock", right.clone()).code, Code::Wait);
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(clinic.refused("sign_in", sign_in.clone()).code, Code::Wait);
    clinic.time.pass(30);
    clinic.ok("sign_in", sign_in);
    clinic.seat(Role::Auditor);
    let refused = clinic.trail().iter().filter(|row| row["outcome"] == "not_recognised").count();
    assert_eq!(refused, 4);
}

#[test]
fn somebody_else_may_sit_down_at_a_locked_screen() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.ok("lock", json!({}));
    assert_eq!(clinic.seat(Role::Doctor)["role"], "doctor");
}

#[test]
fn lock_unlock_and_sign_out_leave_an_entry_each_and_a_signed_head() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Auditor);
    let heads = |clinic: &mut Clinic| clinic.ok("verify_audit", json!({}))["heads"].as_u64().unwrap();
    let before = heads(&mut clinic);
    clinic.ok("lock", json!({}));
    clinic.ok("unlock", json!({"password": password(Role::Auditor)}));
    assert_eq!(heads(&mut clinic), before + 2);
    let acts: Vec<String> = clinic.trail().iter().rev().take(5).map(|row| text(&row["action"])).collect();
    assert_eq!(acts, ["verify_audit", "unlock", "lock", "verify_audit", "sign_in"]);
}

#[test]
fn a_signed_out_desk_is_empty() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    assert_eq!(clinic.ok("sign_out", json!({})), json!({}));
    assert_eq!(clinic.ok("door", json!({}))["user"], Value::Null);
    assert_eq!(clinic.refused("session", json!({})).code, Code::NotSignedIn);
}
