//! `docs/formats/audit.md`.

use crypto::audit::{Damage, Detail, check};
use crypto::sha256;
use domain::wire::{Message, Wire};
use domain::{Digest, Incarnation, Value};
use serde_json::Value as Json;

use crate::messages;
use crate::vectors::{Vectors, array, bytes, number, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/audit.json"))
}

fn workstation(vectors: &Vectors) -> Incarnation {
    Incarnation::from_value(&Value::Bytes(bytes(vectors.get("workstation")))).unwrap()
}

fn checkpoints(vectors: &Vectors) -> Vec<(u64, Digest)> {
    vectors.list("checkpoints").iter().map(|point| (number(&point["size"]), array(&point["root"]))).collect()
}

fn damage(json: &Json) -> Damage {
    match text(&json[0]) {
        "entry" => Damage::Entry(number(&json[1])),
        "short" => Damage::Short(number(&json[1])),
        _ => Damage::Between { from: number(&json[1]), to: number(&json[2]) },
    }
}

#[test]
fn entries_and_their_details_have_the_same_bytes_and_digests() {
    let vectors = vectors();
    messages::agree(vectors.list("entries"));
    messages::agree(vectors.list("details"));
    for sample in vectors.list("details") {
        let encoded = bytes(&sample["bytes"]);
        assert_eq!(Detail::from_bytes(&encoded).unwrap().digest(), array(&sample["digest"]));
        assert_eq!(sha256(&[&encoded]), array(&sample["digest"]));
    }
}

#[test]
fn a_whole_log_has_the_same_root() {
    let vectors = vectors();
    let entries: Vec<Vec<u8>> =
        vectors.list("entries").iter().map(|sample| bytes(&sample["bytes"])).collect();
    let read = entries.iter().map(Vec::as_slice);
    let log = check(workstation(&vectors), read, &checkpoints(&vectors)).unwrap();
    assert_eq!(log.root(), array(vectors.get("root")));
}

#[test]
fn each_damage_is_found_at_the_same_place() {
    let vectors = vectors();
    for case in vectors.list("damaged") {
        let entries: Vec<Vec<u8>> = case["entries"].as_array().unwrap().iter().map(bytes).collect();
        let read = entries.iter().map(Vec::as_slice);
        let found = check(workstation(&vectors), read, &checkpoints(&vectors));
        assert_eq!(found, Err(damage(&case["damage"])), "{}", text(&case["why"]));
    }
}
