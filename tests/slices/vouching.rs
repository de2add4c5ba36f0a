//! Whoever an administrator has hired keeps their place when the administrator gets another role.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

/// A clinic whose founder hired the administrators `ada` and `bo`; `ada` hired the administrator `cy` and `eve`, `cy`
/// hired `flo`.
fn clinic() -> Clinic {
    let mut clinic = Clinic::found();
    clinic.employ("ada", Role::Administrator);
    clinic.seat(Role::Administrator);
    clinic.employ("bo", Role::Administrator);
    clinic.sit("ada");
    clinic.employ("cy", Role::Administrator);
    clinic.sit("ada");
    clinic.employ("eve", Role::Doctor);
    clinic.sit("cy");
    clinic.employ("flo", Role::Nurse);
    clinic
}

fn person(clinic: &mut Clinic, sign_in: &str) -> Value {
    let staff = clinic.ok("staff", json!({"before": null}));
    let people = staff["people"].as_array().unwrap();
    people.iter().find(|person| person["sign_in"] == sign_in).cloned().unwrap()
}

fn edit(clinic: &mut Clinic, sign_in: &str, patch: Value) -> Value {
    let person = person(clinic, sign_in);
    json!({"user": person["id"], "version": person["version"], "patch": patch})
}

#[test]
fn whom_an_administrator_hired_still_signs_in_and_hires_when_that_one_is_none_any_more() {
    let mut clinic = clinic();
    clinic.sit("bo");
    let dentist = edit(&mut clinic, "ada", json!({"role": "dentist"}));
    clinic.ok("edit_user", dentist);
    for who in ["cy", "eve", "flo", "bo"] {
        clinic.sit(who);
    }
    assert_eq!(clinic.sit("ada")["role"], "dentist");
    clinic.sit("cy");
    clinic.employ("gus", Role::Nurse);
    clinic.sit("gus");
}

#[test]
fn nobody_changes_the_role_of_whom_their_own_account_rests_on() {
    let mut clinic = clinic();
    for (who, above) in [("bo", "maria.reyes"), ("cy", "ada"), ("cy", "maria.reyes")] {
        clinic.sit(who);
        let before = person(&mut clinic, above);
        let dentist = edit(&mut clinic, above, json!({"role": "dentist"}));
        assert_eq!(clinic.refused("edit_user", dentist).code, Code::RestsOnThem);
        assert_eq!(person(&mut clinic, above), before);
        let title = edit(&mut clinic, above, json!({"title": "Dr."}));
        clinic.ok("edit_user", title);
    }
    for who in ["ada", "bo", "cy", "eve", "flo"] {
        clinic.sit(who);
    }
}
