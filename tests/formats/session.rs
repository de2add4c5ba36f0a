//! `docs/formats/session.md`.

use crypto::session::told;
use crypto::{Secret, Signed, SigningKey};
use domain::op::Transaction;
use domain::session::{Session, before};
use domain::wire::{Message, Wire};
use domain::{Scope, Value};

use crate::messages;
use crate::vectors::{Vectors, array, bytes, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/session.json"))
}

#[test]
fn openings_and_endings_open_for_their_person_and_come_out_again() {
    let vectors = vectors();
    messages::agree(vectors.list("messages"));
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    for (sample, signed) in vectors.list("messages").iter().zip(vectors.list("signed")) {
        let said = Session::from_bytes(&bytes(&sample["bytes"])).unwrap();
        assert_eq!(Signed::new(&key, &said).to_bytes(), bytes(signed));
        let arrived = Signed::<Session>::from_bytes(&bytes(signed)).unwrap();
        assert_eq!(arrived.open(key.public()), Ok(said));
    }
}

#[test]
fn each_transaction_is_of_whoever_sat_there() {
    for case in vectors().list("judged") {
        let messages = case["told"].as_array().unwrap().iter().map(|item| {
            let signed = Signed::<Session>::from_bytes(&bytes(&item["signed"])).unwrap();
            (Scope::from_value(&Value::Bytes(bytes(&item["to"]))).unwrap(), signed.claimed().unwrap(), signed)
        });
        let messages: Vec<_> = messages.collect();
        let transaction = Transaction::from_bytes(&bytes(&case["transaction"])).unwrap();
        let place = messages.iter().map(|(to, said, _)| (*to, said));
        let at = before(place, transaction.scope, transaction.first);
        let author = array(&case["author"]);
        let seated = at.map(|at| told(&messages[at].2, Some(&author)).unwrap().seats(&transaction));
        assert_eq!(seated, case["seated"].as_bool(), "{}", text(&case["why"]));
    }
}
