//! Signing in, and what stands against trying.

use std::fs;

use app::{Code, Refusal};
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, FOUNDED_AT, PASSWORD, password, sign_in_name, text};

fn try_password(clinic: &mut Clinic, who: &str, password: &str) -> Result<Value, Refusal> {
    clinic.call("sign_in", json!({"who": who, "password": password}))
}

fn refuse(clinic: &mut Clinic, who: &str) -> Refusal {
    try_password(clinic, who, "not the password at all").unwrap_err()
}

fn wait(refusal: &Refusal) -> u64 {
    refusal.fields.get("seconds").and_then(Value::as_u64).unwrap_or_default()
}

#[test]
fn a_person_added_here_signs_in_with_no_network_and_sees_what_they_may_do() {
    let mut clinic = Clinic::staffed();
    clinic.restart();
    for role in Role::ALL {
        let session = clinic.seat(*role);
        assert_eq!((&session["role"], &session["clinic"]), (&json!(role), &json!("University Clinic")));
        let granted: Vec<&Value> = session["permissions"].as_array().unwrap().iter().collect();
        assert_eq!(
            granted.contains(&&json!("chart.read")),
            *role != Role::Administrator && *role != Role::FrontDesk
        );
    }
}

#[test]
fn the_door_shows_who_may_come_in() {
    let mut clinic = Clinic::staffed();
    let door = clinic.ok("door", json!({}));
    assert_eq!(
        (&door["state"], &door["clinic"], &door["site"]),
        (&json!("locked"), &json!("University Clinic"), &json!("Main Campus"))
    );
    let people: Vec<String> =
        door["people"].as_array().unwrap().iter().map(|tile| text(&tile["sign_in"])).collect();
    assert_eq!(people.len(), Role::ALL.len());
    clinic.seat(Role::Nurse);
    assert_eq!(clinic.ok("door", json!({}))["state"], "open");
    clinic.ok("lock", json!({}));
    let door = clinic.ok("door", json!({}));
    assert_eq!(door["state"], "screen_locked");
    assert!(!door["user"].is_null());
    assert_eq!(Clinic::nowhere().ok("door", json!({}))["state"], "empty");
}

#[test]
fn the_name_is_taken_as_people_type_it() {
    let mut clinic = Clinic::staffed();
    for who in ["MARIA.REYES", "  maria.reyes ", "María.Reyes"] {
        assert!(try_password(&mut clinic, who, PASSWORD).is_ok(), "{who}");
    }
}

#[test]
fn a_wrong_password_and_an_unknown_name_get_the_same_answers() {
    let mut clinic = Clinic::staffed();
    for _ in 0..6 {
        let known = refuse(&mut clinic, sign_in_name(Role::Nurse));
        let unknown = refuse(&mut clinic, "nobody.here");
        assert_eq!(known, unknown);
        clinic.time.pass(7200);
    }
    assert_eq!(refuse(&mut Clinic::found(), "nobody.here").code, Code::NotRecognised);
}

#[test]
fn three_tries_are_free_and_then_the_wait_rises() {
    let mut clinic = Clinic::staffed();
    let mut waits = Vec::new();
    for _ in 0..9 {
        let refusal = refuse(&mut clinic, "nurse");
        assert_eq!(refusal.code, Code::NotRecognised);
        let left = wait(&refusal);
        waits.push(left);
        if left > 0 {
            clinic.time.pass(left - 1);
            let early = try_password(&mut clinic, "nurse", &password(Role::Nurse)).unwrap_err();
            assert_eq!((early.code, wait(&early)), (Code::Wait, 1));
            clinic.time.pass(1);
        }
    }
    assert_eq!(waits, [0, 0, 0, 30, 60, 300, 900, 3600, 3600]);
    assert!(try_password(&mut clinic, "nurse", &password(Role::Nurse)).is_ok());
    assert_eq!(wait(&refuse(&mut clinic, "nurse")), 0);
}

#[test]
fn one_persons_wait_is_not_anothers_and_the_door_shows_it() {
    let mut clinic = Clinic::staffed();
    (0..4).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    clinic.time.pass(10);
    let door = clinic.ok("door", json!({}));
    let waits =
        door["people"].as_array().unwrap().iter().map(|tile| (text(&tile["sign_in"]), tile["wait"].as_u64()));
    for (who, wait) in waits {
        assert_eq!(wait, Some(if who == "nurse" { 20 } else { 0 }), "{who}");
    }
    clinic.seat(Role::Doctor);
}

#[test]
fn a_wait_passes_while_the_program_is_ended_and_while_the_machine_has_been_on_again() {
    let mut clinic = Clinic::staffed();
    (0..4).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    for left in [20, 10] {
        clinic.stop();
        clinic.time.pass(10);
        clinic.restart();
        let early = refuse(&mut clinic, "nurse");
        assert_eq!((early.code, wait(&early)), (Code::Wait, left));
    }
    clinic.time.start_machine();
    clinic.restart();
    assert_eq!(wait(&refuse(&mut clinic, "nurse")), 10);
    clinic.time.pass(10);
    assert!(try_password(&mut clinic, "nurse", &password(Role::Nurse)).is_ok());
}

#[test]
fn neither_a_restart_nor_the_wall_clock_shortens_a_wait() {
    let mut clinic = Clinic::staffed();
    (0..5).for_each(|_| {
        drop(refuse(&mut clinic, "nurse"));
        clinic.time.pass(31);
    });
    clinic.time.pass(9);
    clinic.restart();
    let early = refuse(&mut clinic, "nurse");
    assert!(early.code == Code::Wait && wait(&early) >= 20, "{early:?}");
    for wall in [0, FOUNDED_AT / 2, FOUNDED_AT * 2] {
        clinic.time.set_wall(wall);
        assert_eq!(refuse(&mut clinic, "nurse").code, Code::Wait, "{wall}");
    }
    clinic.time.pass(60);
    assert_eq!(refuse(&mut clinic, "nurse").code, Code::NotRecognised);
}

#[test]
fn a_try_is_on_the_disk_before_the_password_is_looked_at() {
    let mut clinic = Clinic::staffed();
    let door = clinic.folder().join("door.a");
    for tries in 1..=3 {
        let before = fs::read(&door).unwrap();
        drop(refuse(&mut clinic, "nurse"));
        assert_ne!(fs::read(&door).unwrap(), before, "{tries}");
        // The program is killed after each try.
        clinic.restart();
    }
    assert_eq!(wait(&refuse(&mut clinic, "nurse")), 30);
}

#[test]
fn a_try_that_is_killed_before_its_answer_is_no_wrong_password_and_stands_in_the_trail() {
    let mut clinic = Clinic::staffed();
    (0..3).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    let copies = ["door.a", "door.b"].map(|copy| clinic.folder().join(copy));
    for _ in 0..6 {
        // What lies on the disk while a password is looked at is seen where the store that it would open is gone.
        let database = clinic.folder().join("clinic.db");
        let aside = clinic.folder().join("aside");
        fs::rename(&database, &aside).unwrap();
        fs::create_dir(&database).unwrap();
        let right = try_password(&mut clinic, "nurse", &password(Role::Nurse)).unwrap_err();
        assert_eq!(right.code, Code::StoreDamaged);
        fs::remove_dir(&database).unwrap();
        fs::rename(&aside, &database).unwrap();
        clinic.restart();
    }
    assert!(copies.iter().all(|copy| copy.is_file()));
    assert_eq!(wait(&refuse(&mut clinic, "nurse")), 0, "the count was lifted by the right password");
    clinic.seat(Role::Auditor);
    assert_eq!(clinic.trail().iter().filter(|row| row["outcome"] == "not_recognised").count(), 4);
}

#[test]
fn more_refused_tries_than_are_kept_one_by_one_are_counted_and_none_goes_unseen() {
    let mut clinic = Clinic::staffed();
    (0..4).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    (0..300).for_each(|_| assert_eq!(refuse(&mut clinic, "nurse").code, Code::Wait));
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    let early: Vec<u64> = trail
        .iter()
        .filter(|row| row["outcome"] == "wait")
        .map(|row| row["times"].as_u64().unwrap_or(1))
        .collect();
    assert_eq!((early.iter().sum::<u64>(), early.len()), (300, 96));
}

#[test]
fn one_damaged_copy_of_the_door_changes_nothing_and_two_are_named() {
    let mut clinic = Clinic::staffed();
    (0..4).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    fs::write(clinic.folder().join("door.a"), "torn").unwrap();
    assert_eq!(refuse(&mut clinic, "nurse").code, Code::Wait);
    for copy in ["door.a", "door.b"] {
        fs::write(clinic.folder().join(copy), "torn").unwrap();
    }
    assert_eq!(refuse(&mut clinic, "nurse").code, Code::StoreDamaged);
}

#[test]
fn at_fifty_refusals_the_slot_is_disabled_for_good() {
    let mut clinic = Clinic::staffed();
    clinic.switch_off("nurse");
    for _ in 0..2 {
        clinic.time.pass(1_000_000);
        clinic.restart();
        let right = try_password(&mut clinic, "nurse", &password(Role::Nurse)).unwrap_err();
        assert_eq!(right.code, Code::SlotDisabled);
        // No wait is told where waiting never helps.
        let people = clinic.ok("door", json!({}))["people"].clone();
        let nurse =
            people.as_array().unwrap().iter().find(|tile| tile["sign_in"] == "nurse").unwrap().clone();
        assert_eq!((&nurse["off"], &nurse["wait"]), (&json!(true), &json!(0)));
        assert!(people.as_array().unwrap().iter().filter(|tile| tile["off"] == true).count() == 1);
    }
    clinic.seat(Role::Doctor);
}

#[test]
fn refused_tries_stand_in_the_trail_after_the_next_sign_in() {
    let mut clinic = Clinic::staffed();
    (0..4).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    drop(refuse(&mut clinic, "nurse"));
    drop(refuse(&mut clinic, "nobody.here"));
    clinic.restart();
    clinic.seat(Role::Administrator);
    let trail = clinic.trail();
    let refused: Vec<(Value, String)> = trail
        .iter()
        .filter(|row| row["action"] == "sign_in" && row["outcome"] != "done")
        .map(|row| (row["user"].clone(), text(&row["outcome"])))
        .collect();
    let nurse = json!("Ana nurse");
    let mut expected = vec![(nurse.clone(), "not_recognised".to_owned()); 4];
    expected.push((nurse, "wait".to_owned()));
    expected.push((Value::Null, "not_recognised".to_owned()));
    assert_eq!(refused, expected);
    // They are told once.
    clinic.ok("sign_out", json!({}));
    clinic.seat(Role::Administrator);
    let again = clinic.trail().iter().filter(|row| row["outcome"] == "not_recognised").count();
    assert_eq!(again, 5);
}

#[test]
fn another_person_sits_down_and_the_first_ones_session_ends() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    clinic.seat(Role::Administrator);
    let trail = clinic.trail();
    let acts: Vec<(String, String)> =
        trail.iter().rev().take(3).map(|row| (text(&row["user"]), text(&row["action"]))).collect();
    let expected = [("Maria Reyes", "sign_in"), ("Ana doctor", "sign_out"), ("Ana doctor", "sign_in")];
    assert_eq!(acts.iter().map(|(who, what)| (who.as_str(), what.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn no_clinic_no_sign_in() {
    let mut clinic = Clinic::nowhere();
    assert_eq!(refuse(&mut clinic, "maria.reyes").code, Code::NoClinic);
}

#[test]
fn typing_names_at_random_fills_no_disk_and_frees_nobody() {
    let mut clinic = Clinic::staffed();
    for _ in 0..4 {
        refuse(&mut clinic, "nurse");
    }
    let memory = clinic.folder().join("door.a");
    let mut sizes = Vec::new();
    for name in 0..300 {
        refuse(&mut clinic, &format!("stranger {name:03}"));
        sizes.push(fs::metadata(&memory).unwrap().len());
    }
    assert_eq!(sizes.iter().min(), sizes.iter().max());
    assert_eq!(refuse(&mut clinic, "nurse").code, Code::Wait);
}

/// The id of who signs in as `who`, and whether the list of people says that their sign-in is switched off here.
fn staff(clinic: &mut Clinic, who: &str) -> (Value, Value) {
    let people = clinic.ok("staff", json!({"before": null}))["people"].clone();
    let row = people.as_array().unwrap().iter().find(|row| row["sign_in"] == who).unwrap();
    (row["id"].clone(), row["switched_off"].clone())
}

#[test]
fn an_administrator_releases_a_sign_in_with_an_entry_and_nobody_elses_wait_is_shortened() {
    let mut clinic = Clinic::staffed();
    clinic.switch_off("nurse");
    clinic.switch_off("dentist");
    (0..4).for_each(|_| drop(refuse(&mut clinic, "doctor")));
    clinic.seat(Role::Administrator);
    let (nurse, off) = staff(&mut clinic, "nurse");
    assert_eq!((off, staff(&mut clinic, "doctor").1), (json!(true), json!(false)));
    clinic.ok("release_sign_in", json!({"user": nurse}));
    assert_eq!(staff(&mut clinic, "nurse").1, false);
    let last = clinic.trail().last().cloned().unwrap();
    assert_eq!((&last["action"], &last["outcome"]), (&json!("release_sign_in"), &json!("done")));
    clinic.restart();
    clinic.time.set_wall(FOUNDED_AT / 2);
    for (who, role) in [("doctor", Role::Doctor), ("dentist", Role::Dentist)] {
        let code = try_password(&mut clinic, who, &password(role)).unwrap_err().code;
        assert_eq!(code, if who == "doctor" { Code::Wait } else { Code::SlotDisabled });
    }
    // The count begins anew, at its beginning.
    (0..3).for_each(|_| assert_eq!(wait(&refuse(&mut clinic, "nurse")), 0));
    clinic.seat(Role::Nurse);
}

#[test]
fn nothing_is_released_that_is_not_switched_off_or_not_there_or_ones_own_or_by_anybody_else() {
    let mut clinic = Clinic::staffed();
    clinic.switch_off("dentist");
    (0..4).for_each(|_| drop(refuse(&mut clinic, "nurse")));
    clinic.seat(Role::Administrator);
    let ids = ["nurse", "dentist", "maria.reyes"].map(|who| staff(&mut clinic, who).0);
    let [nurse, dentist, maria] = ids.map(|id| json!({"user": id}));
    assert_eq!(clinic.refused("release_sign_in", nurse).code, Code::NotSwitchedOff);
    let own = clinic.refused("release_sign_in", maria);
    assert_eq!((own.code, &own.fields["field"]), (Code::Invalid, &json!("user")));
    let nobody = json!({"user": crate::permissions::NO_RECORD});
    assert_eq!(clinic.refused("release_sign_in", nobody).code, Code::NotFound);
    clinic.seat(Role::Auditor);
    assert_eq!(clinic.refused("release_sign_in", dentist).code, Code::NotPermitted);
    let said = clinic.trail().iter().filter(|row| row["action"] == "release_sign_in").count();
    assert_eq!(said, 4);
    let right = try_password(&mut clinic, "dentist", &password(Role::Dentist)).unwrap_err();
    assert_eq!(right.code, Code::SlotDisabled);
}
