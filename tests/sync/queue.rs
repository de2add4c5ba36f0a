//! The queue at two workstations of one site: tickets, calls and moves that were made apart.

use std::collections::BTreeSet;

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text};

/// The front desk at one workstation and a nurse at the other, who have what the other has.
fn two() -> (Server, Workstation, Workstation) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::FrontDesk);
    two.clinic.seat(Role::Nurse);
    (server, one, two)
}

fn arrive(workstation: &mut Workstation, family: &str) {
    let (patient, _) = workstation.clinic.register("Lito", family);
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "arrived"});
    workstation.clinic.ok("start_visit", visit);
}

fn rows(workstation: &mut Workstation) -> Vec<Value> {
    workstation.clinic.ok("queue", json!({}))["rows"].as_array().cloned().unwrap()
}

fn ticket(workstation: &mut Workstation) -> Value {
    rows(workstation).remove(0)["ticket"].clone()
}

fn call(workstation: &mut Workstation, to: &str) {
    let ticket = ticket(workstation);
    let call = json!({"ticket": ticket["id"], "version": ticket["version"], "to": to});
    workstation.clinic.ok("call", call);
}

/// Until both have everything.
fn exchange(one: &mut Workstation, two: &mut Workstation) {
    one.sync();
    two.sync();
    one.sync();
}

#[test]
fn tickets_that_two_workstations_give_offline_are_never_the_same() {
    let (_server, mut one, mut two) = two();
    for workstation in [&mut one, &mut two] {
        workstation.line.cut(true);
        for family in ["Salonga", "Reyes", "Lim"] {
            arrive(workstation, family);
        }
        workstation.line.cut(false);
    }
    exchange(&mut one, &mut two);
    let numbers = |workstation: &mut Workstation| -> BTreeSet<String> {
        rows(workstation).iter().map(|row| text(&row["ticket"]["number"])).collect()
    };
    let expected: BTreeSet<String> = ["A01", "A02", "A03", "C01", "C02", "C03"].map(str::to_owned).into();
    assert_eq!((numbers(&mut one), numbers(&mut two)), (expected.clone(), expected));
}

#[test]
fn a_ticket_called_to_two_rooms_apart_is_told_at_both_desks_until_it_is_called_again() {
    let (_server, mut one, mut two) = two();
    arrive(&mut one, "Salonga");
    exchange(&mut one, &mut two);
    one.line.cut(true);
    two.line.cut(true);
    call(&mut one, "Room 1");
    two.clinic.time.pass(90);
    call(&mut two, "Room 2");
    one.line.cut(false);
    two.line.cut(false);
    exchange(&mut one, &mut two);
    for workstation in [&mut one, &mut two] {
        let called = ticket(workstation)["called"].clone();
        assert_eq!((&called["to"], &called["elsewhere"]), (&json!("Room 2"), &json!("Room 1")));
        let board = workstation.clinic.ok("board", json!({}));
        let shown: Vec<_> = board["rows"].as_array().unwrap().iter().map(|row| text(&row["room"])).collect();
        assert_eq!(shown, ["Room 2"]);
    }
    two.clinic.time.pass(30);
    call(&mut two, "Room 2");
    exchange(&mut one, &mut two);
    for workstation in [&mut one, &mut two] {
        let called = ticket(workstation)["called"].clone();
        assert_eq!((&called["times"], &called["elsewhere"]), (&json!(3), &Value::Null));
        let rebuilt = workstation.clinic.ok("rebuild", json!({"check": true}));
        assert_eq!(rebuilt["differing"], json!([]));
    }
}

#[test]
fn who_is_moved_to_one_queue_by_two_apart_waits_there_once() {
    let (_server, mut one, mut two) = two();
    arrive(&mut one, "Salonga");
    exchange(&mut one, &mut two);
    for workstation in [&mut one, &mut two] {
        workstation.line.cut(true);
        let ticket = ticket(workstation);
        let step =
            json!({"ticket": ticket["id"], "version": ticket["version"], "to": "moved", "queue": "eye"});
        workstation.clinic.ok("step_ticket", step);
        workstation.line.cut(false);
    }
    exchange(&mut one, &mut two);
    let (here, there) = (ticket(&mut one), ticket(&mut two));
    assert_eq!(
        (&here["number"], &here["queue"], &here["status"]),
        (&json!("A01"), &json!("eye"), &json!("waiting"))
    );
    assert_eq!(here["id"], there["id"]);
    assert_eq!(one.status()["conflicts"], json!(0));
}

#[test]
fn a_call_shows_on_the_board_of_another_workstation_after_one_exchange_and_a_cut_line_is_told() {
    let (_server, mut one, mut two) = two();
    arrive(&mut one, "Salonga");
    exchange(&mut one, &mut two);
    call(&mut two, "Room 2");
    two.sync();
    one.sync();
    let board = one.clinic.ok("board", json!({}));
    assert_eq!((&board["rows"][0]["ticket"], &board["rows"][0]["room"]), (&json!("A01"), &json!("Room 2")));
    assert_eq!(board["cut_off"], false);
    one.line.cut(true);
    one.clinic.time.pass(61);
    let later = one.clinic.ok("board", json!({}));
    assert_eq!((&later["cut_off"], &later["as_of"]), (&json!(true), &board["as_of"]));
}
