//! A server that is put back to an older copy and does not know it: no epoch tells, the feeds do.

use app::Code;
use crypto::SigningKey;
use crypto::testing::TestEntropy;
use domain::access::Role;
use serde_json::json;

use crate::world::{Server, Workstation, text};

#[test]
fn a_server_put_back_in_silence_is_offered_everything_again_and_new_work_still_arrives() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Nurse);
    one.clinic.register("Gustavo", "Mejía");
    one.clinic.register("Lito", "Salonga");
    one.sync();
    two.sync();
    server.put_back();
    two.sync();
    one.clinic.register("Ana", "Lim");
    one.sync();
    two.sync();
    assert_eq!((two.find("mejia").len(), two.find("salonga").len(), two.find("lim").len()), (1, 1, 1));
    for workstation in [&mut one, &mut two] {
        let status = workstation.status();
        assert_eq!((&status["waiting"], &status["trouble"]), (&json!(0), &json!(null)));
    }
    let mut late = {
        one.clinic.seat(Role::Administrator);
        one.enrolled_as(&server, 3)
    };
    late.clinic.seat(Role::Nurse);
    assert_eq!((late.find("mejia").len(), late.find("lim").len()), (1, 1), "the server has all of it again");
}

#[test]
fn what_the_server_lacked_after_it_was_put_back_counts_as_waiting_and_its_old_receipt_does_not_hold() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    let before = one.report()["receipt"]["entries"].clone();
    assert_eq!(before, one.status()["received"]);
    server.put_back();
    one.line.lose(1);
    assert!(one.try_sync().is_err(), "the answer is lost on its way");
    assert_eq!(one.report()["receipt"]["entries"], before, "nobody could know yet");
    one.sync();
    assert_eq!(one.status()["waiting"], json!(0));
    assert_eq!(one.report()["receipt"]["entries"], one.status()["received"]);
}

#[test]
fn a_feed_that_was_put_back_and_has_grown_since_is_read_anew_when_it_does_not_follow() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled_as(&server, 2);
    let mut three = one.enrolled_as(&server, 3);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Nurse);
    three.clinic.seat(Role::Nurse);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    two.clinic.register("Lito", "Salonga");
    two.clinic.register("Nena", "Salonga");
    two.sync();
    three.sync();
    server.put_back();
    // The feed grows beyond the place of the third, in another order than it knows.
    for name in ["Ana", "Berta", "Carla"] {
        one.clinic.register(name, "Lim");
    }
    one.sync();
    two.sync();
    three.sync();
    one.clinic.register("Dora", "Lim");
    one.sync();
    three.sync();
    assert_eq!((three.find("lim").len(), three.find("salonga").len()), (4, 2));
    assert!(three.status()["trouble"].is_null());
    let rebuilt = three.clinic.ok("rebuild", json!({"check": true}));
    assert_eq!(rebuilt["differing"], json!([]));
}

#[test]
fn a_workstation_that_a_server_from_an_older_copy_does_not_know_is_introduced_again_and_loses_nothing() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    two.clinic.register("Gustavo", "Mejía");
    two.sync();
    server.put_back();
    one.clinic.seat(Role::Administrator);
    let rows = one.clinic.ok("workstations", json!({}))["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["name"] == "Room 2").unwrap();
    server.forget(&text(&row["id"]));
    let refused = two.try_sync().unwrap_err();
    assert_eq!(
        (refused.code, &refused.fields["reason"]),
        (Code::ServerRefused, &json!("unknown_workstation"))
    );
    assert_eq!(two.clinic.refused("introduce_again", json!({})).code, Code::NotPermitted);
    two.clinic.seat(Role::Administrator);
    let stranger = SigningKey::random(&mut TestEntropy::new(4));
    two.line.welcome_by(Some(*stranger.public()));
    let refused = two.clinic.refused("introduce_again", json!({}));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::ServerNotBelieved, &json!("other_key")));
    two.line.welcome_by(None);
    two.clinic.ok("introduce_again", json!({}));
    two.sync();
    one.sync();
    assert_eq!(one.find("mejia").len(), 1);
    let mut late = one.enrolled_as(&server, 3);
    late.clinic.seat(Role::Nurse);
    assert_eq!(late.find("mejia").len(), 1, "the server has it again");
    for workstation in [&mut one, &mut two] {
        let status = workstation.status();
        assert_eq!((&status["waiting"], &status["trouble"]), (&json!(0), &json!(null)));
    }
}
