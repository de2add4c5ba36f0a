//! The people who work here.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, colleague, password, text};

fn staff(clinic: &mut Clinic, sign_in: &str) -> Value {
    let staff = clinic.ok("staff", json!({}));
    let people = staff["people"].as_array().unwrap();
    people.iter().find(|person| person["sign_in"] == sign_in).cloned().unwrap()
}

#[test]
fn a_person_is_added_with_everything_that_is_printed() {
    let mut clinic = Clinic::found();
    let mut doctor = colleague(Role::Doctor);
    doctor["title"] = json!("Dr.");
    doctor["position"] = json!("School physician");
    clinic.ok("add_user", doctor);
    let row = staff(&mut clinic, "doctor");
    assert_eq!(
        [
            &row["title"],
            &row["position"],
            &row["role"],
            &row["licence"],
            &row["licence_until"],
            &row["active"]
        ],
        [
            &json!("Dr."),
            &json!("School physician"),
            &json!("doctor"),
            &json!("0104417"),
            &json!("2027-12-31"),
            &json!(true)
        ]
    );
    let door = clinic.ok("door", json!({}));
    assert!(door["people"].as_array().unwrap().iter().any(|tile| tile["name"] == "Dr. Ana doctor"));
}

#[test]
fn a_name_to_sign_in_belongs_to_one_person_and_nothing_may_be_blank() {
    let mut clinic = Clinic::found();
    let mut taken = colleague(Role::Nurse);
    taken["sign_in"] = json!(" Maria.REYES ");
    let refusal = clinic.refused("add_user", taken);
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("sign_in")));
    for field in ["sign_in", "name"] {
        let mut blank = colleague(Role::Nurse);
        blank[field] = json!("  ");
        let refusal = clinic.refused("add_user", blank);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Missing, &json!(field)));
    }
}

#[test]
fn a_new_role_holds_from_the_next_command_and_the_person_still_signs_in() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    let edit = json!({"user": nurse["id"], "version": nurse["version"], "role": "front_desk"});
    clinic.ok("edit_user", edit);
    let session = clinic.seat(Role::Nurse);
    assert_eq!(session["role"], "front_desk");
    let (patient, _) = clinic.register("Lito", "Salonga");
    assert_eq!(clinic.refused("chart", json!({"patient": patient})).code, Code::NotPermitted);
}

#[test]
fn a_deactivated_person_is_gone_from_the_door_and_what_they_wrote_stays() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    clinic.ok("deactivate_user", json!({"user": nurse["id"], "version": nurse["version"]}));
    let door = clinic.ok("door", json!({}));
    assert!(door["people"].as_array().unwrap().iter().all(|tile| tile["sign_in"] != "nurse"));
    let refusal = clinic.refused("sign_in", json!({"who": "nurse", "password": password(Role::Nurse)}));
    assert_eq!(refusal.code, Code::NotRecognised);
    clinic.seat(Role::Administrator);
    assert_eq!(staff(&mut clinic, "nurse")["active"], false);
    assert_eq!(clinic.ok("patient", json!({"patient": patient}))["details"]["family"], "Salonga");
}

#[test]
fn a_deactivated_person_whose_file_was_put_back_is_refused_all_the_same() {
    let mut clinic = Clinic::staffed();
    let people = clinic.folder().join("people");
    let kept: Vec<_> = std::fs::read_dir(&people)
        .unwrap()
        .flatten()
        .map(|file| (file.path(), std::fs::read(file.path()).unwrap()))
        .collect();
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    clinic.ok("deactivate_user", json!({"user": nurse["id"], "version": nurse["version"]}));
    clinic.ok("sign_out", json!({}));
    kept.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).unwrap());
    let refusal = clinic.refused("sign_in", json!({"who": "nurse", "password": password(Role::Nurse)}));
    assert_eq!(refusal.code, Code::AccountInactive);
    assert_eq!(clinic.ok("door", json!({}))["state"], "locked");
}

#[test]
fn nobody_ends_or_changes_their_own_rights() {
    let mut clinic = Clinic::found();
    let own = staff(&mut clinic, "maria.reyes");
    let mine = |more: Value| {
        let mut input = json!({"user": own["id"], "version": own["version"]});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(clinic.refused("deactivate_user", mine(json!({}))).fields["field"], "user");
    assert_eq!(clinic.refused("edit_user", mine(json!({"role": "nurse"}))).fields["field"], "role");
    assert_eq!(
        clinic.refused("edit_user", mine(json!({"valid_until": "2020-01-01"}))).fields["field"],
        "valid_until"
    );
    clinic.ok("edit_user", mine(json!({"title": "Dr."})));
    assert_eq!(staff(&mut clinic, "maria.reyes")["title"], "Dr.");
}

#[test]
fn an_account_ends_with_its_last_day() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    let edit = json!({"user": nurse["id"], "version": nurse["version"], "valid_until": "2026-11-22"});
    clinic.ok("edit_user", edit);
    clinic.seat(Role::Nurse);
    clinic.time.pass(86_400);
    assert_eq!(clinic.refused("session", json!({})).code, Code::AccountExpired);
    let refusal = clinic.refused("sign_in", json!({"who": "nurse", "password": password(Role::Nurse)}));
    assert_eq!(refusal.code, Code::AccountExpired);
}

#[test]
fn nobody_who_works_here_is_changed_by_an_id_that_is_not_theirs() {
    let mut clinic = Clinic::found();
    let (patient, version) = clinic.register("Lito", "Salonga");
    for name in ["edit_user", "deactivate_user"] {
        let refusal = clinic.refused(name, json!({"user": patient, "version": version}));
        assert_eq!(refusal.code, Code::NotFound, "{name}");
    }
    assert!(!text(&clinic.founded["fingerprint"]).is_empty());
}
