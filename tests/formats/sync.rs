//! `docs/formats/sync.md`.

use crypto::signed::Signs;
use crypto::{Secret, Signed, SigningKey};
use domain::sync::{Deposit, Question, Receipt, Ticket};
use domain::wire::Message;

use crate::messages;
use crate::vectors::{Vectors, array, bytes, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/sync.json"))
}

#[test]
fn every_message_has_the_same_bytes() {
    messages::agree(vectors().list("messages"));
}

#[test]
fn a_message_of_a_newer_version_is_read_past_what_is_not_known() {
    for case in vectors().list("newer") {
        let (_, written) = messages::read(text(&case["sort"]), &bytes(&case["newer"])).unwrap();
        assert_eq!(written, bytes(&case["bytes"]), "{case}");
    }
}

#[test]
fn a_message_without_its_shape_is_refused() {
    for case in vectors().list("refused") {
        let read = messages::read(text(&case["sort"]), &bytes(&case["bytes"]));
        assert!(read.is_err(), "{}", text(&case["why"]));
    }
}

#[test]
fn a_signed_message_opens_as_what_it_is_and_comes_out_again() {
    fn agree<M: Signs>(key: &SigningKey, encoded: &[u8]) {
        let message = Signed::<M>::from_bytes(encoded).unwrap().open(key.public()).unwrap_or_else(|fault| {
            panic!("{}: {fault}", M::SORT);
        });
        assert_eq!(Signed::new(key, &message).to_bytes(), encoded, "{}", M::SORT);
    }
    let vectors = vectors();
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    for case in vectors.list("signed") {
        let encoded = bytes(&case["signed"]);
        match text(&case["sort"]) {
            "Question" => agree::<Question>(&key, &encoded),
            "Deposit" => agree::<Deposit>(&key, &encoded),
            "Receipt" => agree::<Receipt>(&key, &encoded),
            _ => agree::<Ticket>(&key, &encoded),
        }
    }
}
