//! `docs/formats/marks.md`.

use crypto::marks::{Last, Marks};
use crypto::seal::{About, open};
use crypto::{Secret, Signed, SigningKey, sha256};
use domain::wire::Message;

use crate::messages;
use crate::vectors::{Vectors, array, bytes, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/marks.json"))
}

#[test]
fn every_message_has_the_same_bytes_and_one_without_its_shape_is_refused() {
    messages::agree(vectors().list("messages"));
    for case in vectors().list("refused") {
        let read = messages::read(text(&case["sort"]), &bytes(&case["bytes"]));
        assert!(read.is_err(), "{}", text(&case["why"]));
    }
}

#[test]
fn a_copy_is_the_digest_and_then_the_signed_marks() {
    let vectors = vectors();
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    let copy = bytes(vectors.get("copy"));
    let (digest, content) = copy.split_at(32);
    assert_eq!(sha256(&[content]), *digest);
    let marks = Signed::<Marks>::from_bytes(content).unwrap().open(key.public()).unwrap();
    assert_eq!(Signed::new(&key, &marks).to_bytes(), content);
    assert_eq!((marks.number, marks.logs.len(), marks.position), (7, 3, 113));
}

#[test]
fn a_file_of_entries_is_its_generation_and_then_each_sealed_behind_its_length() {
    let vectors = vectors();
    let key = Secret::new(&array(vectors.get("key")));
    let file = bytes(vectors.get("file"));
    let (generation, mut rest) = file.split_at(8);
    assert_eq!(generation, 3_u64.to_be_bytes());
    let mut lasts = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (sealed, after) = after.split_at(u32::from_be_bytes(*length) as usize);
        let plain = open(&key, About { kind: "unsent", ids: &[], epoch: 0 }, sealed).unwrap();
        lasts.push(Last::from_bytes(&plain).unwrap());
        rest = after;
    }
    let [entry, trail] = lasts.as_slice() else { panic!("{lasts:?}") };
    assert_eq!((entry.entry.as_ref().unwrap().0.as_slice(), &entry.trail), (b"entry".as_slice(), &None));
    assert_eq!(trail.detail.as_ref().unwrap().0, b"detail");
}
