//! The key of the clinic's server: who knows it, and what it takes to change it.

use app::Code;
use crypto::SigningKey;
use crypto::testing::TestEntropy;
use domain::access::Role;
use domain::sync::Answer;
use serde_json::{Value, json};
use tests::desk::open_store;

use crate::put_back::kinds;
use crate::world::{Server, Workstation};

fn fingerprint(workstation: &mut Workstation) -> Value {
    workstation.clinic.ok("workstations", json!({}))["server_fingerprint"].clone()
}

fn reason(refusal: &app::Refusal) -> (Code, Value) {
    (refusal.code, refusal.fields["reason"].clone())
}

#[test]
fn a_new_key_of_the_server_counts_once_an_administrator_has_compared_it_and_the_record_carries_it_to_all() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    assert_eq!(
        [fingerprint(&mut one), fingerprint(&mut two)],
        [(); 2].map(|()| json!(server.printed("fingerprint")))
    );
    let new = server.printed("new-key");
    assert_ne!(fingerprint(&mut one), json!(new));
    for workstation in [&mut one, &mut two] {
        let refusal = workstation.try_sync().unwrap_err();
        assert_eq!(reason(&refusal), (Code::ServerNotBelieved, json!("other_key")));
    }
    let trust = |fingerprint: &str| json!({"fingerprint": fingerprint});
    let refused = one.clinic.refused("trust_server", trust(&"0".repeat(32)));
    assert_eq!(reason(&refused), (Code::ServerNotBelieved, json!("other_fingerprint")));
    assert_eq!(one.clinic.refused("trust_server", trust("1234")).code, Code::Invalid);
    assert!(one.try_sync().is_err(), "nothing was changed by that");
    assert_eq!(two.clinic.refused("trust_server", trust(&new)).code, Code::NotPermitted);
    one.clinic.ok("trust_server", trust(&new.to_uppercase()));
    one.sync();
    // The record of it comes in the first answer that the new key signs.
    two.sync();
    assert_eq!([fingerprint(&mut one), fingerprint(&mut two)], [json!(new), json!(new)]);
    let trail = one.clinic.trail();
    assert!(trail.iter().any(|row| row["action"] == "trust_server"));
}

#[test]
fn a_workstation_that_joins_is_told_the_servers_key_by_who_lets_it_in() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let given = one.clinic.ok("enrolment_code", json!({"name": "Room 2"}));
    one.sync();
    assert!(!server.printed("new-key").is_empty());
    let code =
        given["lines"].as_array().unwrap().iter().map(crate::world::text).collect::<Vec<_>>().join(" ");
    let line = std::sync::Arc::new(crate::line::Line::default());
    let mut two = tests::desk::Clinic::on_line(line, 1_000_000);
    two.time.set_wall(crate::world::now());
    let refused = two.refused("enrol", json!({"server": server.url(), "code": code}));
    assert_eq!(reason(&refused), (Code::ServerNotBelieved, json!("other_key")));
}

#[test]
fn an_answer_under_a_new_key_without_the_record_of_it_is_taken_back_whole() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    let new = server.printed("new-key");
    one.clinic.ok("trust_server", json!({"fingerprint": new}));
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    two.line.lie(server.key(), |mut answer: Answer| {
        answer.pages.remove(0);
        answer
    });
    assert_eq!(reason(&two.try_sync().unwrap_err()), (Code::ServerNotBelieved, json!("other_key")));
    assert_eq!(two.find("mejia").len(), 0);
    two.line.honest();
    two.sync();
    assert_eq!(two.find("mejia").len(), 1);
}

#[test]
fn what_somebody_put_in_the_place_of_the_servers_key_counts_for_nothing_beside_the_record_of_it() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let stranger = SigningKey::random(&mut TestEntropy::new(3));
    one.clinic.ok("sign_out", json!({}));
    one.clinic.stop();
    let (mut store, ..) = open_store(&one.clinic);
    let act = store.act().unwrap();
    act.set_local("server_key", stranger.public()).unwrap();
    act.commit().unwrap();
    drop(store);
    one.clinic.restart();
    one.clinic.seat(Role::Administrator);
    assert_eq!(kinds(&mut one), ["server_key"], "it is told, and set right at once");
    assert_eq!(fingerprint(&mut one), json!(server.printed("fingerprint")));
    let trail = one.clinic.trail();
    assert!(trail.iter().any(|row| row["action"] == "found_damage" && row["reason"] == "server_key"));
    one.line.welcome_by(Some(*stranger.public()));
    let refused = one.clinic.refused("introduce_again", json!({}));
    assert_eq!(reason(&refused), (Code::ServerNotBelieved, json!("other_key")));
    one.line.welcome_by(None);
    one.sync();
    one.line.lie(stranger, |answer| answer);
    assert_eq!(reason(&one.try_sync().unwrap_err()), (Code::ServerNotBelieved, json!("other_key")));
}

#[test]
fn an_address_of_the_server_that_was_taken_out_of_the_store_comes_back_from_the_record_of_it() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.ok("sign_out", json!({}));
    one.clinic.stop();
    let (mut store, ..) = open_store(&one.clinic);
    let act = store.act().unwrap();
    act.forget_local("server").unwrap();
    act.commit().unwrap();
    drop(store);
    one.clinic.restart();
    one.clinic.seat(Role::Administrator);
    assert_eq!((kinds(&mut one), &one.status()["attached"]), (vec!["server_key".to_owned()], &json!(true)));
    one.sync();
    one.clinic.ok("sign_out", json!({}));
    one.clinic.seat(Role::Administrator);
    one.clinic.ok("acknowledge_findings", json!({}));
    one.clinic.ok("sign_out", json!({}));
    one.clinic.seat(Role::Administrator);
    assert_eq!(kinds(&mut one), [""; 0]);
}
