//! What one workstation does offline arrives at the other after both were online.

use app::Code;
use domain::access::Role;
use serde_json::json;
use tests::desk::{FIRST_PASSWORD, choose_password, colleague, password};

use crate::world::{Server, Workstation};

#[test]
fn what_one_workstation_writes_offline_arrives_at_the_other_after_both_were_online() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Nurse);
    one.line.cut(true);
    two.line.cut(true);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.clinic.ok("add_allergy", json!({"patient": patient, "details": {"substance": "penicillin"}}));
    two.clinic.register("Ana", "Lim");
    assert_eq!(one.try_sync().unwrap_err().code, Code::Offline);
    assert_eq!((one.find("mejia").len(), two.find("mejia").len()), (1, 0));
    one.line.cut(false);
    two.line.cut(false);
    one.sync();
    two.sync();
    one.sync();
    assert_eq!((one.find("lim").len(), two.find("mejia").len()), (1, 1));
    let banner = two.clinic.ok("banner", json!({"patient": patient}));
    assert_eq!(banner["allergies"]["list"][0]["substance"], "penicillin");
    for workstation in [&mut one, &mut two] {
        let rebuilt = workstation.clinic.ok("rebuild", json!({"check": true}));
        assert_eq!(rebuilt["differing"], json!([]));
    }
}

#[test]
fn a_site_that_is_called_otherwise_is_called_so_at_the_other_workstation_from_the_next_sign_in_on() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    let site = one.clinic.ok("clinic_and_sites", json!({}))["sites"][0].clone();
    let renamed = json!({"id": site["id"], "version": site["version"], "patch": {"name": "Downtown"}});
    one.clinic.ok("edit_site", renamed);
    one.sync();
    two.sync();
    two.clinic.seat(Role::Doctor);
    assert_eq!(two.clinic.ok("session", json!({}))["site"], "Downtown");
    two.clinic.ok("sign_out", json!({}));
    assert_eq!(two.clinic.ok("door", json!({}))["site"], "Downtown");
}

#[test]
fn the_state_of_sync_counts_what_waits_and_since_when() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let status = one.status();
    assert_eq!((&status["attached"], &status["waiting"]), (&json!(true), &json!(0)));
    assert!(status["waiting_since"].is_null() && status["synced"].is_string());
    one.line.cut(true);
    one.clinic.register("Gustavo", "Mejía");
    one.clinic.register("Ana", "Lim");
    assert!(one.try_sync().is_err());
    let status = one.status();
    assert_eq!(status["waiting"], json!(2));
    assert!(status["waiting_since"].as_str().unwrap().ends_with("+08:00"));
    one.line.cut(false);
    one.sync();
    assert_eq!(one.status()["waiting"], json!(0));
}

#[test]
fn a_lost_answer_and_a_repeated_question_change_nothing() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Nurse);
    one.clinic.register("Gustavo", "Mejía");
    one.line.lose(1);
    assert_eq!(one.try_sync().unwrap_err().code, Code::Offline);
    assert_eq!(one.status()["waiting"], json!(1));
    one.line.repeat();
    one.sync();
    two.line.lose(1);
    assert!(two.try_sync().is_err());
    two.line.repeat();
    two.sync();
    assert_eq!((one.status()["waiting"].clone(), two.find("mejia").len()), (json!(0), 1));
    assert_eq!(two.sync().applied, 0);
}

#[test]
fn a_name_changed_on_both_sides_is_one_conflict_on_both_and_one_word_settles_it() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Nurse);
    let (patient, version) = one.clinic.register("Ana", "Reyes");
    one.sync();
    two.sync();
    let theirs = two.clinic.ok("patient", json!({"patient": patient}))["version"].clone();
    one.clinic
        .ok("edit_patient", json!({"patient": patient, "version": version, "patch": {"family": "Cruz"}}));
    two.clinic.ok("edit_patient", json!({"patient": patient, "version": theirs, "patch": {"family": "Lim"}}));
    one.sync();
    two.sync();
    one.sync();
    let conflicts = |workstation: &mut Workstation| {
        workstation.clinic.ok("conflicts", json!({"before": null}))["cards"].clone()
    };
    let (mine, yours) = (conflicts(&mut one), conflicts(&mut two));
    assert_eq!((mine[0]["id"].clone(), mine[0]["shown"].clone()), (yours[0]["id"].clone(), json!("Reyes")));
    let side = mine[0]["sides"].as_array().unwrap().iter().find(|side| side["value"] == "Lim").unwrap();
    let word = json!({
        "record": patient, "conflict": mine[0]["id"], "version": mine[0]["version"], "choice": side["choice"],
    });
    one.clinic.ok("resolve_conflict", word);
    one.sync();
    two.sync();
    assert_eq!((conflicts(&mut one), conflicts(&mut two)), (json!([]), json!([])));
    assert_eq!((one.find("lim").len(), two.find("lim").len()), (1, 1));
}

/// Two workstations that know a dentist with a first password; the administrator sits at one, a nurse at the other.
fn two_with_a_dentist() -> (Server, Workstation, Workstation) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.ok("add_user", colleague(Role::Dentist));
    one.sync();
    two.clinic.seat(Role::Nurse);
    two.sync();
    (server, one, two)
}

#[test]
fn a_colleague_added_on_one_workstation_signs_in_on_the_other_without_a_network() {
    let (_server, _one, mut two) = two_with_a_dentist();
    two.line.cut(true);
    choose_password(two.clinic.desk(), "dentist", &password(Role::Dentist)).unwrap();
    assert_eq!(two.clinic.seat(Role::Dentist)["role"], "dentist");
}

#[test]
fn a_first_password_that_was_changed_elsewhere_bars_nothing_once_that_is_known_here() {
    let (_server, mut one, mut two) = two_with_a_dentist();
    choose_password(one.clinic.desk(), "dentist", &password(Role::Dentist)).unwrap();
    one.clinic.seat(Role::Administrator);
    one.sync();
    two.clinic.ok("sign_in", json!({"who": "dentist", "password": FIRST_PASSWORD}));
    let search = json!({"text": "mejia"});
    assert_eq!(two.clinic.refused("find_patients", search.clone()).code, Code::PasswordNotChanged);
    two.sync();
    two.clinic.ok("find_patients", search.clone());
    let first = json!({"who": "dentist", "password": FIRST_PASSWORD});
    assert_eq!(two.clinic.refused("sign_in", first).code, Code::NotRecognised);
    two.clinic.seat(Role::Dentist);
    two.clinic.ok("find_patients", search);
}

#[test]
fn an_answer_that_was_changed_on_its_way_is_not_believed_and_changes_nothing() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    two.clinic.seat(Role::Nurse);
    two.line.lie(server.key(), crate::enrol::without_the_heads);
    assert_eq!(two.try_sync().unwrap_err().code, Code::ServerNotBelieved);
    two.line.lie(server.key(), crate::enrol::with_one_byte_turned);
    assert_eq!(two.try_sync().unwrap_err().code, Code::ServerNotBelieved);
    assert_eq!(two.find("mejia").len(), 0);
    two.line.honest();
    two.sync();
    assert_eq!(two.find("mejia").len(), 1);
}
