//! A computer that was ended, a copy of one, and a copy of a folder from before its first exchange: each goes on by an
//! administrator's leave, and what only it has is written again by its authors.

use app::Code;
use domain::access::Role;
use serde_json::json;
use tests::desk::Clinic;

use crate::put_back::{allergic, copied, put_back};
use crate::rejoin::{is_whole, sorted, stranded};
use crate::revoked::row;
use crate::world::{Server, Workstation, now, two_doctors};

/// An administrator gives leave, and what the server has comes here.
fn go_on(workstation: &mut Workstation) -> String {
    workstation.clinic.seat(Role::Administrator);
    let went = workstation.clinic.ok("rejoin", json!({"other_runs": false}));
    workstation.sync();
    crate::world::text(&went["block"])
}

fn is_ended(workstation: &mut Workstation) -> bool {
    let refused = workstation.try_sync().unwrap_err();
    (refused.code, &refused.fields["reason"]) == (Code::ServerRefused, &json!("revoked"))
}

#[test]
fn a_computer_that_was_ended_goes_on_by_leave_and_what_only_it_has_is_written_again() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    allergic(&mut two, &patient, "Only here");
    two.clinic.register("Lito", "Salonga");
    one.clinic.seat(Role::Administrator);
    let seen = row(&mut one, "Room 2");
    let end = json!({"workstation": seen["id"], "version": seen["version"]});
    one.clinic.ok("revoke_workstation", end);
    one.sync();
    assert!(is_ended(&mut two));
    assert_eq!(two.clinic.refused("rejoin", json!({"other_runs": false})).code, Code::NotPermitted);
    two.clinic.seat(Role::Administrator);
    two.line.cut(true);
    assert_eq!(two.clinic.refused("rejoin", json!({"other_runs": false})).code, Code::Offline);
    two.line.cut(false);
    assert_eq!(two.status()["waiting"], json!(2), "nothing was changed");
    go_on(&mut two);
    assert_eq!(stranded(&mut two).len(), 2);
    two.clinic.seat(Role::Doctor);
    two.sync();
    one.clinic.seat(Role::Doctor);
    one.sync();
    for workstation in [&mut one, &mut two] {
        assert_eq!(sorted(workstation, &patient), ["Only here"]);
        assert_eq!(workstation.find("salonga").len(), 1);
        is_whole(workstation);
    }
    // The fleet shows the one that was ended, and the one that follows it.
    let rows = one.clinic.ok("workstations", json!({}))["rows"].clone();
    let named: Vec<_> = rows.as_array().unwrap().iter().filter(|row| row["name"] == "Room 2").collect();
    assert_eq!(named.len(), 2, "{rows:#}");
    assert_eq!(named.iter().filter(|row| row["active"] == true).count(), 1);
    two.clinic.seat(Role::Administrator);
    assert_eq!(two.clinic.ok("verify_audit", json!({}))["whole"], true);
}

#[test]
fn the_computer_whose_copy_went_on_in_its_place_goes_on_too_and_nothing_is_lost_or_there_twice() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.sync();
    let copy = copied(&mut one, Role::Doctor);
    allergic(&mut one, &patient, "After the copy");
    one.sync();
    allergic(&mut one, &patient, "Only the first has");
    let first = copied(&mut one, Role::Doctor);
    put_back(&mut one, copy.path());
    one.clinic.seat(Role::Doctor);
    allergic(&mut one, &patient, "Only the copy has");
    assert_eq!(one.try_sync().unwrap_err().code, Code::Forked);
    assert_eq!(go_on(&mut one), "01A");
    one.clinic.seat(Role::Doctor);
    one.sync();
    // The first works on, though somebody said that it does not.
    put_back(&mut one, first.path());
    one.clinic.seat(Role::Doctor);
    assert!(is_ended(&mut one));
    assert_eq!(go_on(&mut one), "01C", "with numbers of its own");
    assert_eq!(stranded(&mut one).len(), 1);
    one.clinic.seat(Role::Doctor);
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        let known = sorted(workstation, &patient);
        assert_eq!(known, ["After the copy", "Only the copy has", "Only the first has"]);
        is_whole(workstation);
    }
}

/// A clinic without a server, with a doctor.
fn alone() -> Workstation {
    let line = std::sync::Arc::new(crate::line::Line::default());
    let mut clinic = Clinic::found_on_line(line.clone());
    clinic.time.set_wall(now());
    clinic.hire(&[Role::Doctor]);
    // Whoever issues makes a key of their own at the first sign-in.
    clinic.seat(Role::Doctor);
    clinic.seat(Role::Administrator);
    Workstation { clinic, line }
}

fn attach(workstation: &mut Workstation, server: &Server, code: &str) {
    workstation.clinic.seat(Role::Administrator);
    workstation.clinic.ok("attach", json!({"server": server.url(), "code": code}));
}

/// The folder of `one` becomes the copy `aside`, which is written on; then it goes on.
fn goes_on_from(server: &Server, mut one: Workstation, aside: &std::path::Path, attached: bool) {
    one.sync();
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    one.clinic.seat(Role::Administrator);
    let mut two = one.enrolled(server);
    two.clinic.seat(Role::Doctor);
    put_back(&mut one, aside);
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Lito", "Salonga");
    if !attached {
        // The clinic has the server already: no code is asked of whom it knows.
        attach(&mut one, server, "none");
    }
    assert_eq!(one.try_sync().unwrap_err().code, Code::Forked);
    go_on(&mut one);
    let waiting = stranded(&mut one);
    assert_eq!(waiting.len(), 1, "only what it alone has: {waiting:#?}");
    one.clinic.seat(Role::Doctor);
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        assert_eq!((workstation.find("mejia").len(), workstation.find("salonga").len()), (1, 1));
        is_whole(workstation);
    }
    one.clinic.seat(Role::Administrator);
    one.sync();
    is_whole(&mut one);
}

#[test]
fn a_copy_from_before_its_first_exchange_goes_on_and_only_what_it_alone_has_is_stranded() {
    let server = Server::start();
    let mut one = alone();
    attach(&mut one, &server, &server.claim_code());
    let aside = copied(&mut one, Role::Administrator);
    goes_on_from(&server, one, aside.path(), true);
}

#[test]
fn a_copy_from_before_the_clinic_had_a_server_goes_on_too() {
    let server = Server::start();
    let mut one = alone();
    let aside = copied(&mut one, Role::Administrator);
    attach(&mut one, &server, &server.claim_code());
    goes_on_from(&server, one, aside.path(), false);
}
