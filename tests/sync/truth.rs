//! What a workstation says of its sync is so: counters, trouble, the server's receipt, what was refused.

use app::Code;
use crypto::log::EntryBytes;
use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::Role;
use domain::sync::{Answer, Receipt};
use domain::wire::{Bytes, Message};
use serde_json::{Value, json};
use tests::desk::colleague;

use crate::world::{Server, Workstation, text};

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn every_op_is_counted_once_as_waiting_or_received_and_those_of_others_as_applied() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    let before = (one.status(), two.status());
    assert_eq!(number(&before.1["applied"]), number(&before.0["received"]), "the founding and its people");
    one.clinic.seat(Role::Doctor);
    one.line.cut(true);
    one.clinic.register("Gustavo", "Mejía");
    one.clinic.register("Ana", "Lim");
    let offline = one.status();
    assert_eq!((number(&offline["waiting"]), &offline["received"]), (2, &before.0["received"]));
    one.line.cut(false);
    one.sync();
    two.sync();
    let (mine, theirs) = (one.status(), two.status());
    assert_eq!((number(&mine["waiting"]), number(&mine["received"])), (0, number(&before.0["received"]) + 2));
    assert_eq!(number(&theirs["applied"]), number(&before.1["applied"]) + 2);
    assert!(mine["waiting_since"].is_null());
}

#[test]
fn trouble_is_told_by_its_code_since_its_beginning_and_gone_with_the_next_answer() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    assert!(one.status()["trouble"].is_null());
    one.line.cut(true);
    assert!(one.try_sync().is_err());
    let first = one.status()["trouble"].clone();
    one.clinic.time.pass(120);
    assert!(one.try_sync().is_err());
    let second = one.status()["trouble"].clone();
    assert_eq!((text(&second["code"]), &second["since"]), ("offline".to_owned(), &first["since"]));
    assert_ne!(second["tried"], first["tried"]);
    one.line.cut(false);
    one.line.change(|_| Vec::new());
    assert!(one.try_sync().is_err());
    let third = one.status()["trouble"].clone();
    assert_eq!(text(&third["code"]), "server_not_believed");
    assert_eq!(third["since"], second["tried"].clone(), "within the same minute it would be");
    one.line.honest();
    one.sync();
    assert!(one.status()["trouble"].is_null());
}

#[test]
fn the_servers_receipt_says_what_it_has_and_covers_nothing_that_waits() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    let (receipt, status) = (one.report()["receipt"].clone(), one.status());
    assert_eq!(receipt["entries"], status["received"]);
    assert!(receipt["at"].as_str().unwrap().ends_with("+08:00"));
    one.clinic.register("Ana", "Lim");
    assert_eq!(one.report()["receipt"], receipt, "what waits is not covered");
    let waiting = one.report()["waiting"].clone();
    assert_eq!(waiting, json!([{"kind": "patient", "count": 1}]));
}

/// The answer with its receipt signed by somebody else than the server.
fn with_a_strangers_receipt(answer: Answer) -> Answer {
    changed(answer, |receipt| {
        Signed::new(&SigningKey::random(&mut TestEntropy::new(1)), &receipt.claimed().unwrap()).to_bytes()
    })
}

fn changed(mut answer: Answer, how: fn(&Signed<Receipt>) -> Vec<u8>) -> Answer {
    if let Some(receipt) = &mut answer.receipt {
        *receipt = Bytes(how(&Signed::from_bytes(&receipt.0).unwrap()));
    }
    answer
}

/// The answer that says the server has less than its receipt says.
fn with_a_receipt_of_other_ops(mut answer: Answer) -> Answer {
    answer.received.truncate(1);
    answer
}

#[test]
fn a_receipt_that_the_server_did_not_sign_or_that_says_something_else_is_not_believed() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    let before = one.report()["receipt"].clone();
    one.clinic.register("Gustavo", "Mejía");
    for lie in [with_a_strangers_receipt as fn(Answer) -> Answer, with_a_receipt_of_other_ops] {
        one.line.lie(server.key(), lie);
        assert_eq!(one.try_sync().unwrap_err().code, Code::ServerNotBelieved);
        assert_eq!((&one.report()["receipt"], &one.status()["waiting"]), (&before, &json!(1)));
    }
    one.line.honest();
    one.sync();
    assert_eq!(one.report()["receipt"]["entries"], one.status()["received"]);
}

/// The answer whose pages hold no author's signature.
fn without_signatures(mut answer: Answer) -> Answer {
    for fed in answer.pages.iter_mut().flat_map(|page| &mut page.entries) {
        let mut entry = EntryBytes::from_sent(&fed.entry.0).unwrap();
        entry.ops.iter_mut().for_each(|op| op.signature = None);
        fed.entry = Bytes(entry.to_sent());
    }
    answer
}

#[test]
fn a_step_of_weight_whose_signature_the_server_took_away_is_not_believed() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Doctor);
    let mut user = colleague(Role::Nurse);
    user["sign_in"] = json!("second");
    one.clinic.ok("add_user", user);
    one.sync();
    let before = two.status();
    two.line.lie(server.key(), without_signatures);
    assert_eq!(two.try_sync().unwrap_err().code, Code::ServerNotBelieved);
    assert_eq!(two.status()["applied"], before["applied"]);
    two.line.honest();
    two.sync();
    assert_eq!(number(&two.status()["applied"]), number(&before["applied"]) + 1);
}

#[test]
fn what_the_server_refuses_is_kept_outside_the_records_told_with_its_reason_and_set_aside_by_a_person() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    two.sync();
    two.line.cut(true);
    two.clinic.register("Lito", "Salonga");
    two.clinic.seat(Role::Doctor);
    one.clinic.seat(Role::Administrator);
    let staff = one.clinic.ok("staff", json!({"before": null}));
    let nurse =
        staff["people"].as_array().unwrap().iter().find(|person| person["role"] == "nurse").cloned().unwrap();
    one.clinic.ok("deactivate_user", json!({"user": nurse["id"], "version": nurse["version"]}));
    one.sync();
    assert_eq!((&two.status()["refused"], two.find("salonga").len()), (&json!(0), 1));
    two.line.cut(false);
    two.sync();
    let status = two.status();
    assert_eq!(
        (&status["refused"], &status["waiting"], two.find("salonga").len()),
        (&json!(1), &json!(0), 0)
    );
    let row = two.report()["refused"][0].clone();
    assert_eq!(
        [&row["kind"], &row["fault"], &row["field"], &row["author"], &row["aside"]],
        [&json!("patient"), &json!("not_allowed"), &json!("inactive"), &json!("Ana nurse"), &json!(false)]
    );
    two.clinic.ok("set_aside", json!({"id": row["id"]}));
    assert_eq!(two.status()["refused"], json!(0));
    assert_eq!(two.report()["refused"][0]["aside"], json!(true), "it stays where it is");
    one.sync();
    assert_eq!(one.status()["refused"], json!(0), "it was written elsewhere");
}
