//! One's own password.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, FIRST_PASSWORD, PASSWORD, colleague, password, text};

use crate::permissions::{NO_RECORD, input_without_records, needing};

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

/// A clinic with a newcomer of each role, who sign in with what they were told.
fn newcomers() -> Clinic {
    let mut clinic = Clinic::found();
    for role in Role::ALL {
        let mut newcomer = colleague(*role);
        newcomer["sign_in"] = json!(role.word());
        clinic.ok("add_user", newcomer);
    }
    clinic
}

#[test]
fn a_first_password_opens_nothing_but_the_session_and_its_own_change() {
    let mut clinic = newcomers();
    assert_eq!(clinic.ok("session", json!({}))["must_change_password"], false);
    for role in Role::ALL {
        clinic.ok("sign_in", json!({"who": role.word(), "password": FIRST_PASSWORD}));
        assert_eq!(clinic.ok("session", json!({}))["must_change_password"], true);
        let own = ["session", "change_password"];
        for command in needing().filter(|command| !own.contains(&command.name)) {
            let refusal = clinic.refused(command.name, input_without_records(command));
            assert_eq!(refusal.code, Code::PasswordNotChanged, "{} as {}", command.name, role.word());
        }
        clinic.ok("lock", json!({}));
        clinic.ok("unlock", json!({"password": FIRST_PASSWORD}));
        clinic.ok("change_password", json!({"old": FIRST_PASSWORD, "new": password(*role)}));
        assert_eq!(clinic.ok("session", json!({}))["must_change_password"], false);
        for command in needing() {
            let answer = clinic.call(command.name, input_without_records(command));
            let refused = answer.err().map(|refusal| refusal.code);
            assert_ne!(refused, Some(Code::PasswordNotChanged), "{} as {}", command.name, role.word());
        }
    }
}

#[test]
fn what_a_first_password_did_not_open_stands_in_the_trail_even_a_search() {
    let mut clinic = newcomers();
    clinic.ok("sign_in", json!({"who": "auditor", "password": FIRST_PASSWORD}));
    clinic.refused("find_patients", json!({"text": "mejia"}));
    clinic.refused("chart", json!({"patient": NO_RECORD}));
    clinic.ok("change_password", json!({"old": FIRST_PASSWORD, "new": password(Role::Auditor)}));
    let trail = clinic.trail();
    let last = trail.iter().skip_while(|row| row["user"] != "Ana auditor");
    let last: Vec<String> =
        last.map(|row| format!("{} {}", text(&row["action"]), text(&row["outcome"]))).collect();
    let barred = ["find_patients password_not_changed", "chart password_not_changed"];
    assert_eq!(last, ["sign_in done", barred[0], barred[1], "change_password done"]);
}

#[test]
fn a_password_is_not_changed_into_itself_however_it_is_typed() {
    let mut clinic = newcomers();
    let mut accented = colleague(Role::Nurse);
    accented["sign_in"] = json!("bea");
    accented["password"] = json!("nine caf\u{e9}s behind a quiet tram");
    clinic.ok("add_user", accented);
    for (who, old, new) in [
        ("nurse", FIRST_PASSWORD, FIRST_PASSWORD),
        ("bea", "nine caf\u{e9}s behind a quiet tram", "nine cafe\u{301}s behind a quiet tram"),
    ] {
        clinic.ok("sign_in", json!({"who": who, "password": old}));
        let refusal = clinic.refused("change_password", json!({"old": old, "new": new}));
        assert_eq!((refusal.code, &refusal.fields["fault"]), (Code::WeakPassword, &json!("same")), "{who}");
        assert_eq!(clinic.refused("status", json!({})).code, Code::PasswordNotChanged, "{who}");
    }
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
        let mut user = colleague(Role::Nurse);
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
