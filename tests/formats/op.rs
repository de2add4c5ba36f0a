//! `docs/formats/op.md`.

use crypto::log::{EntryBytes, SORT, check_entry, digest_body, digest_transaction};
use crypto::signed::sign_as;
use crypto::{NotGenuine, Secret, SigningKey, sha256};
use domain::wire::{Message, Wire};
use domain::{Hlc, RecordId};

use crate::messages;
use crate::vectors::{Vectors, array, bytes, number, text, value};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/op.json"))
}

fn entry(encoded: &[u8]) -> EntryBytes {
    EntryBytes::from_bytes(encoded).unwrap()
}

#[test]
fn headers_bodies_and_transactions_have_the_same_bytes_and_digests() {
    let vectors = vectors();
    messages::agree(vectors.list("messages"));
    for sample in vectors.list("messages") {
        assert_eq!(sha256(&[&bytes(&sample["bytes"])]), array(&sample["digest"]));
    }
}

#[test]
fn an_entry_is_genuine_and_its_digests_and_signature_come_out_again() {
    let vectors = vectors();
    let encoded = bytes(vectors.get("entry"));
    let (sent, author) = (entry(&encoded), vectors.get("author"));
    assert_eq!(sent.to_bytes(), encoded);
    let key = SigningKey::from_seed(Secret::new(&array(&author["seed"])));
    assert_eq!(key.public(), &array(&author["public"]));
    let read = check_entry(&sent, Some(key.public())).unwrap();
    let signed: Vec<_> = read.ops.iter().map(|op| read.signed.contains(&op.id())).collect();
    assert_eq!(signed, [false, false, true]);
    assert_eq!(Some(sign_as(&key, SORT, &sent.ops[2].header.0)), sent.ops[2].signature);
    for op in &read.ops {
        assert_eq!(digest_body(op.body.as_ref().unwrap()), op.header.body);
        assert_eq!(digest_transaction(&read.transaction), op.header.tx);
    }
}

#[test]
fn an_entry_whose_body_was_erased_is_still_genuine() {
    let read = check_entry(&entry(&bytes(vectors().get("erased"))), None).unwrap();
    assert_eq!((read.ops.len(), &read.ops[0].body), (1, &None));
}

#[test]
fn an_entry_that_does_not_belong_together_is_refused_for_the_same_reason() {
    let vectors = vectors();
    let author = array(&vectors.get("author")["public"]);
    for case in vectors.list("refused") {
        let fault = match text(&case["fault"]) {
            "bytes" => NotGenuine::Bytes,
            "digest" => NotGenuine::Digest,
            _ => NotGenuine::Signature,
        };
        let checked = check_entry(&entry(&bytes(&case["entry"])), Some(&author));
        assert_eq!(checked.unwrap_err(), fault, "{}", text(&case["why"]));
    }
}

#[test]
fn identifiers_follow_from_names_and_times_alike() {
    let vectors = vectors();
    for case in vectors.list("derived") {
        assert_eq!(RecordId::derived(text(&case["name"]).as_bytes()).to_string(), text(&case["id"]));
    }
    for case in vectors.list("timed") {
        let made = RecordId::new(number(&case["milliseconds"]), &array(&case["random"]));
        assert_eq!(made.to_string(), text(&case["id"]));
    }
}

#[test]
fn the_clock_ticks_alike() {
    for case in vectors().list("ticks") {
        let previous = Hlc::from_value(&value(&case["previous"])).unwrap();
        let next = Hlc::tick(previous, number(&case["now"]));
        assert_eq!(next.to_value(), value(&case["next"]), "{case}");
    }
}
