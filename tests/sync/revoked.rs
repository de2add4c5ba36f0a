//! The end of a workstation.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text};

pub fn row(workstation: &mut Workstation, name: &str) -> Value {
    let listed = workstation.clinic.ok("workstations", json!({}));
    let mut rows = listed["rows"].as_array().cloned().unwrap().into_iter();
    rows.find(|row| row["name"] == name).unwrap()
}

#[test]
fn every_workstation_knows_the_others_and_whether_anything_was_heard_from_them() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    assert!(row(&mut one, "Room 2")["heard"].is_null(), "nothing was written there");
    two.clinic.seat(Role::Nurse);
    two.clinic.register("Lito", "Salonga");
    two.sync();
    one.sync();
    let seen = row(&mut one, "Room 2");
    assert_eq!(
        [&seen["this"], &seen["active"], &seen["site"]],
        [&json!(false), &json!(true), &json!("Main Campus")]
    );
    assert!(seen["heard"].is_string());
    assert_eq!(row(&mut two, "Room 2")["this"], json!(true));
    assert_eq!(one.clinic.ok("workstations", json!({}))["server"], json!(server.url()));
}

#[test]
fn an_ended_workstation_is_refused_by_the_server_and_keeps_what_it_has() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    two.sync();
    let seen = row(&mut one, "Room 2");
    let kept =
        one.clinic.ok("revoke_workstation", json!({"workstation": seen["id"], "version": seen["version"]}));
    assert_eq!(kept["id"], seen["id"]);
    assert_eq!(row(&mut one, "Room 2")["active"], json!(false));
    one.sync();
    two.clinic.register("Lito", "Salonga");
    let refused = two.try_sync().unwrap_err();
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::ServerRefused, &json!("revoked")));
    let status = two.status();
    let trouble = &status["trouble"];
    assert_eq!(
        (text(&trouble["code"]), text(&trouble["reason"])),
        ("server_refused".into(), "revoked".into())
    );
    assert_eq!((&status["waiting"], two.find("salonga").len()), (&json!(1), 1));
    one.sync();
    assert_eq!(one.find("salonga").len(), 0);
}

#[test]
fn a_code_for_a_workstation_that_was_ended_before_it_joined_lets_nobody_in() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let given = one.clinic.ok("enrolment_code", json!({"name": "Room 2"}));
    let code = given["lines"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join(" ");
    let seen = row(&mut one, "Room 2");
    one.clinic.ok("revoke_workstation", json!({"workstation": seen["id"], "version": seen["version"]}));
    one.sync();
    let mut two = tests::desk::Clinic::on_line(std::sync::Arc::new(crate::line::Line::default()), 1_000_000);
    two.time.set_wall(crate::world::now());
    let refused = two.refused("enrol", json!({"server": server.url(), "code": code}));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::ServerRefused, &json!("revoked")));
}

#[test]
fn only_an_administrator_ends_a_workstation() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.enrolled(&server);
    let seen = row(&mut one, "Room 2");
    one.clinic.seat(Role::Doctor);
    let end = json!({"workstation": seen["id"], "version": seen["version"]});
    assert_eq!(one.clinic.refused("revoke_workstation", end).code, Code::NotPermitted);
}
