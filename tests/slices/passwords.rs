//! One's own password.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, PASSWORD, password};

const NEW: &str = "seven violet herons at dusk";

#[test]
fn after_a_change_the_new_password_opens_and_the_old_one_does_not() {
    for role in Role::ALL {
        let mut clinic = Clinic::staffed();
        clinic.seat(*role);
        clinic.ok("change_password", json!({"old": password(*role), "new": NEW}));
        clinic.ok("lock", json!({}));
        assert_eq!(clinic.refused("unlock", json!({"password": password(*role)})).code, Code::NotRecognised);
        clinic.ok("unlock", json!({"password": NEW}));
        clinic.restart();
        let who = tests::desk::sign_in_name(*role);
        let old = json!({"who": who, "password": password(*role)});
        assert_eq!(clinic.refused("sign_in", old).code, Code::NotRecognised, "{who}");
        clinic.ok("sign_in", json!({"who": who, "password": NEW}));
        clinic.ok("change_password", json!({"old": NEW, "new": password(*role)}));
    }
}

#[test]
fn a_first_password_says_so_until_it_is_changed() {
    let mut clinic = Clinic::staffed();
    assert_eq!(clinic.seat(Role::Administrator)["must_change_password"], false);
    assert_eq!(clinic.seat(Role::Nurse)["must_change_password"], true);
    clinic.ok("change_password", json!({"old": password(Role::Nurse), "new": NEW}));
    assert_eq!(clinic.ok("session", json!({}))["must_change_password"], false);
}

#[test]
fn a_weak_password_is_refused_by_its_fault_wherever_one_is_made() {
    let mut clinic = Clinic::found();
    for (weak, fault) in [
        ("tram9lemons".to_owned(), "short"),
        ("ab cd ".repeat(100), "long"),
        ("passwordpassword".to_owned(), "guessable"),
        ("maria reyes university clinic".to_owned(), "personal"),
        (PASSWORD.to_owned(), "same"),
    ] {
        let refusal = clinic.refused("change_password", json!({"old": PASSWORD, "new": weak}));
        assert_eq!((refusal.code, &refusal.fields["fault"]), (Code::WeakPassword, &json!(fault)));
        if fault == "same" {
            continue;
        }
        let mut user = tests::desk::colleague(Role::Nurse);
        user["password"] = json!(weak);
        if fault != "personal" {
            assert_eq!(clinic.refused("add_user", user).fields["fault"], fault);
        }
        let mut founding = tests::desk::found_input();
        founding["password"] = json!(weak);
        assert_eq!(Clinic::nowhere().refused("found_clinic", founding).fields["fault"], fault);
    }
}

#[test]
fn the_old_password_has_to_be_right() {
    let mut clinic = Clinic::found();
    let refusal = clinic.refused("change_password", json!({"old": "not mine", "new": NEW}));
    assert_eq!(refusal.code, Code::NotRecognised);
    clinic.ok("sign_out", json!({}));
    clinic.seat(Role::Administrator);
    let last: Vec<Value> = clinic.trail().iter().map(|row| row["outcome"].clone()).collect();
    assert!(last.contains(&json!("not_recognised")));
}

#[test]
fn a_wrong_old_password_is_slowed_like_one_at_the_door_and_counts_there_too() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let wrong = json!({"old": "not mine", "new": NEW});
    for _ in 0..4 {
        assert_eq!(clinic.refused("change_password", wrong.clone()).code, Code::NotRecognised);
    }
    let right = json!({"old": password(Role::Nurse), "new": NEW});
    let early = clinic.refused("change_password", right.clone());
    assert_eq!((early.code, &early.fields["seconds"]), (Code::Wait, &json!(30)));
    clinic.ok("lock", json!({}));
    assert_eq!(clinic.refused("unlock", json!({"password": password(Role::Nurse)})).code, Code::Wait);
    clinic.time.pass(30);
    clinic.ok("unlock", json!({"password": password(Role::Nurse)}));
    clinic.ok("change_password", right);
    let again = json!({"old": "not mine", "new": PASSWORD});
    assert!(!clinic.refused("change_password", again).fields.contains_key("seconds"));
}
