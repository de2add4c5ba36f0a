//! The work of people whom an administrator hired counts everywhere after that one got another role.

use domain::access::Role;
use serde_json::json;

use crate::world::{Server, Workstation};

#[test]
fn what_somebody_signs_counts_on_a_new_workstation_though_who_hired_them_is_no_administrator_any_more() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.employ("ada", Role::Administrator);
    one.clinic.seat(Role::Administrator);
    one.clinic.employ("bo", Role::Administrator);
    one.clinic.sit("ada");
    one.clinic.employ("eve", Role::Doctor);
    one.clinic.sit("eve");
    let early = signed_note(&mut one);
    one.clinic.sit("bo");
    let staff = one.clinic.ok("staff", json!({"before": null}));
    let mut people = staff["people"].as_array().unwrap().iter();
    let ada = people.find(|person| person["sign_in"] == "ada").unwrap();
    let dentist = json!({"user": ada["id"], "version": ada["version"], "patch": {"role": "dentist"}});
    one.clinic.ok("edit_user", dentist);
    one.clinic.sit("eve");
    let late = signed_note(&mut one);
    one.sync();
    assert_eq!(one.report()["refused"], json!([]));
    one.clinic.seat(Role::Administrator);
    let mut two = one.enrolled(&server);
    two.clinic.sit("eve");
    for note in [early, late] {
        assert!(two.clinic.ok("note", json!({"note": note}))["signed_at"].is_string());
    }
    assert_eq!(two.report()["refused"], json!([]));
}

fn signed_note(workstation: &mut Workstation) -> serde_json::Value {
    let clinic = &mut workstation.clinic;
    let (patient, _) = clinic.register("Gustavo", "Mejía");
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let visit = clinic.ok("start_visit", visit)["id"].clone();
    let draft = json!({"visit": visit, "note": null, "version": null, "details": {"plan": "rest"}});
    let note = clinic.ok("save_note", draft);
    let signed =
        json!({"visit": visit, "note": note["id"], "version": note["version"], "details": {"plan": "rest"}});
    clinic.ok("sign_note", signed);
    note["id"].clone()
}
