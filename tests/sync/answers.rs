//! An answer is the clinic's server's signed word on one question: nothing else is taken in, and nothing weaker.

use std::sync::{Arc, OnceLock};

use ::sync::pack::{pack, unpack};
use app::{Code, Refusal};
use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::Role;
use domain::sync::Answer;
use serde_json::{Value, json};
use tests::desk::Clinic;

use crate::line::Line;
use crate::world::{Server, Workstation, now};

/// The answer as a server of protocol 1 gives it.
fn as_before(body: Vec<u8>) -> Vec<u8> {
    let signed: Signed<Answer> = unpack(&body).unwrap();
    pack(&Answer { v: 1, question: None, ..signed.claimed().unwrap() }).unwrap()
}

/// One answer again and again.
fn replayed() -> impl Fn(Vec<u8>) -> Vec<u8> + Send {
    let first = OnceLock::new();
    move |body| first.get_or_init(|| body).clone()
}

fn said(refusal: &Refusal) -> (Code, Value) {
    (refusal.code, refusal.fields.get("reason").cloned().unwrap_or_default())
}

/// Two workstations, and a patient whom the second has not heard of.
fn with_news() -> (Server, Workstation, Workstation) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Nurse);
    two.sync();
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    (server, one, two)
}

/// What happens to an answer on the line.
type Lie<'a> = &'a dyn Fn(&Line);

#[test]
fn an_answer_that_the_clinics_server_did_not_sign_is_not_believed_told_by_its_reason_and_forgotten_after_a_true_one()
 {
    let (server, _one, mut two) = with_news();
    let stranger = SigningKey::random(&mut TestEntropy::new(1));
    let lies: [(&str, Lie); 4] = [
        ("other_key", &|line| line.lie(stranger.clone(), |answer| answer)),
        ("older", &|line| line.change(as_before)),
        ("not_signed", &|line| line.change(with_a_false_signature)),
        ("other_question", &|line| {
            line.lie(server.key(), |answer| Answer { question: Some([0; 32]), ..answer })
        }),
    ];
    for (reason, lie) in lies {
        lie(&two.line);
        let before = two.status()["applied"].clone();
        assert_eq!(said(&two.try_sync().unwrap_err()), (Code::ServerNotBelieved, json!(reason)));
        let status = two.status();
        assert_eq!((&status["trouble"]["reason"], &status["applied"]), (&json!(reason), &before));
    }
    two.line.honest();
    two.sync();
    assert_eq!((two.find("mejia").len(), &two.status()["trouble"]), (1, &Value::Null));
}

/// The answer with one bit of its signature turned.
fn with_a_false_signature(body: Vec<u8>) -> Vec<u8> {
    let plain = zstd_of(&body);
    let at = plain.windows(9).position(|bytes| bytes == b"signature").unwrap() + 20;
    let mut turned = plain;
    turned[at] ^= 1;
    let signed: Signed<Answer> = domain::wire::Message::from_bytes(&turned).unwrap();
    pack(&signed).unwrap()
}

fn zstd_of(body: &[u8]) -> Vec<u8> {
    let signed: Signed<Answer> = unpack(body).unwrap();
    domain::wire::Message::to_bytes(&signed)
}

#[test]
fn an_answer_to_an_earlier_question_hides_no_news() {
    let (_server, mut one, mut two) = with_news();
    two.sync();
    two.line.change(replayed());
    two.sync();
    one.clinic.register("Ana", "Lim");
    one.sync();
    assert_eq!(said(&two.try_sync().unwrap_err()), (Code::ServerNotBelieved, json!("other_question")));
    two.line.honest();
    two.sync();
    assert_eq!(two.find("lim").len(), 1);
}

#[test]
fn a_server_that_was_not_updated_yet_is_told_as_that_and_one_that_was_as_what_it_is_no_more() {
    let server = Server::start();
    let line = Arc::new(Line::default());
    let mut clinic = Clinic::found_on_line(line.clone());
    clinic.time.set_wall(now());
    clinic.seat(Role::Administrator);
    clinic.ok("attach", json!({"server": server.url(), "code": server.claim_code()}));
    line.change(as_before);
    let sync = |clinic: &mut Clinic| app::sync::sync(clinic.desk());
    assert_eq!(said(&sync(&mut clinic).unwrap_err()), (Code::ServerRefused, json!("wrong_version")));
    line.honest();
    sync(&mut clinic).unwrap();
    line.change(as_before);
    assert_eq!(said(&sync(&mut clinic).unwrap_err()), (Code::ServerNotBelieved, json!("older")));
    let status = clinic.ok("status", json!({}));
    assert_eq!(status["trouble"]["reason"], json!("older"));
}
