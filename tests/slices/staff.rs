//! The people who work here.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, colleague, password, text};

fn staff(clinic: &mut Clinic, sign_in: &str) -> Value {
    let staff = clinic.ok("staff", json!({"before": null}));
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
fn a_misspelt_name_is_corrected_and_stands_at_the_door_and_never_empty() {
    let mut clinic = Clinic::found();
    clinic.hire(&[Role::Nurse]);
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    let edit =
        |name: Value| json!({"user": nurse["id"], "version": nurse["version"], "patch": {"name": name}});
    for empty in [json!(" "), Value::Null] {
        assert_eq!(clinic.refused("edit_user", edit(empty)).fields["field"], "name");
    }
    clinic.ok("edit_user", edit(json!("Anna Nurse")));
    let door = clinic.ok("door", json!({}));
    assert!(door["people"].as_array().unwrap().iter().any(|tile| tile["name"] == "Anna Nurse"), "{door}");
    assert_eq!(clinic.seat(Role::Nurse)["name"], "Anna Nurse");
}

#[test]
fn a_new_role_holds_from_the_next_command_and_the_person_still_signs_in() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    let edit = json!({"user": nurse["id"], "version": nurse["version"], "patch": {"role": "front_desk"}});
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
    assert_eq!(
        clinic.refused("edit_user", mine(json!({"patch": {"role": "nurse"}}))).fields["field"],
        "role"
    );
    assert_eq!(
        clinic.refused("edit_user", mine(json!({"patch": {"valid_until": "2020-01-01"}}))).fields["field"],
        "valid_until"
    );
    let endless = mine(json!({"patch": {"valid_until": null}}));
    assert_eq!(clinic.refused("edit_user", endless).fields["field"], "valid_until");
    clinic.ok("edit_user", mine(json!({"patch": {"title": "Dr."}})));
    assert_eq!(staff(&mut clinic, "maria.reyes")["title"], "Dr.");
}

#[test]
fn an_account_ends_with_its_last_day() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let nurse = staff(&mut clinic, "nurse");
    let edit =
        json!({"user": nurse["id"], "version": nurse["version"], "patch": {"valid_until": "2026-11-22"}});
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
    let of = json!({"user": patient, "version": version});
    let edit = json!({"user": patient, "version": version, "patch": {"title": "Dr."}});
    for (name, input) in [("edit_user", edit), ("deactivate_user", of)] {
        let refusal = clinic.refused(name, input);
        assert_eq!(refusal.code, Code::NotFound, "{name}");
    }
    assert!(!text(&clinic.founded["fingerprint"]).is_empty());
}

#[test]
fn what_is_cleared_is_gone_and_an_account_without_an_end_goes_on() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let edit = |clinic: &mut Clinic, patch: Value| {
        let doctor = staff(clinic, "doctor");
        clinic.ok("edit_user", json!({"user": doctor["id"], "version": doctor["version"], "patch": patch}));
        staff(clinic, "doctor")
    };
    let ends =
        edit(&mut clinic, json!({"valid_until": "2026-11-22", "title": "Dr.", "licence_until": "2030"}));
    let shown = [&ends["valid_until"], &ends["title"], &ends["licence"], &ends["licence_until"]];
    assert_eq!(shown, [&json!("2026-11-22"), &json!("Dr."), &json!("0104417"), &json!("2030")]);
    let endless = edit(&mut clinic, json!({"valid_until": null, "title": null, "licence_until": null}));
    let shown = [&endless["valid_until"], &endless["title"], &endless["licence"], &endless["licence_until"]];
    assert_eq!(shown, [&Value::Null, &Value::Null, &json!("0104417"), &Value::Null]);
    let unlicensed = edit(&mut clinic, json!({"licence": null}));
    assert_eq!((&unlicensed["licence"], &unlicensed["licence_until"]), (&Value::Null, &Value::Null));
    let said = clinic.trail().iter().filter(|row| row["action"] == "edit_user").count();
    assert_eq!(said, 3);
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    clinic.time.pass(86_400);
    clinic.seat(Role::Doctor);
}

#[test]
fn an_edit_sets_nothing_but_what_an_administrator_sets_by_hand() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let before = staff(&mut clinic, "nurse");
    for (field, value) in [
        ("role", Value::Null),
        ("role", json!("sorcerer")),
        ("valid_until", json!("31/12/2030")),
        ("licence_until", json!("soon")),
        ("title", json!("  ")),
        ("name", json!(" ")),
        ("sign_in", json!("other")),
        ("signs_with", json!("00")),
        ("certificate", json!("00")),
        ("bundle", json!("00")),
        ("first_password", Value::Null),
        ("active", json!("true")),
        ("licences/1/number", json!("77")),
    ] {
        let edit = json!({"user": before["id"], "version": before["version"], "patch": {field: value}});
        let refusal = clinic.refused("edit_user", edit);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!(field)));
    }
    let day = json!({"user": before["id"], "version": before["version"], "patch": {"licence_until": "2030"}});
    let refusal = clinic.refused("edit_user", day);
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Missing, &json!("licence")));
    assert_eq!(staff(&mut clinic, "nurse"), before);
}

#[test]
fn a_long_list_of_people_comes_in_pages_of_32_kb_by_name_each_person_once() {
    let mut clinic = Clinic::found();
    for number in (0..60).rev() {
        let mut nurse = colleague(Role::Nurse);
        nurse["sign_in"] = json!(format!("nurse{number}"));
        nurse["name"] = json!(format!("Ana {number:02}"));
        nurse["position"] = json!("ñ".repeat(1_000));
        clinic.ok("add_user", nurse);
    }
    let (mut names, mut pages, mut before) = (Vec::new(), 0, Value::Null);
    loop {
        let page = clinic.ok("staff", json!({"before": before}));
        assert!(page.to_string().len() <= 32_768, "{}", page.to_string().len());
        names.extend(page["people"].as_array().unwrap().iter().map(|person| text(&person["name"])));
        pages += 1;
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    let mut expected: Vec<String> = (0..60).map(|number| format!("Ana {number:02}")).collect();
    expected.push("Maria Reyes".to_owned());
    assert_eq!((names, pages > 3), (expected, true));
}
