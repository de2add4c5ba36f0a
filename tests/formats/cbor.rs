//! `docs/formats/cbor.md`.

use domain::cbor::{decode, encode};

use crate::vectors::{Vectors, bytes, text, value};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/cbor.json"))
}

#[test]
fn every_value_has_the_bytes_that_the_other_hand_wrote() {
    for item in vectors().list("values") {
        let (value, bytes) = (value(&item["value"]), bytes(&item["bytes"]));
        assert_eq!(encode(&value), bytes, "{item}");
        assert_eq!(decode(&bytes), Ok(value), "{item}");
    }
}

#[test]
fn every_other_encoding_is_refused() {
    for item in vectors().list("refused") {
        assert!(decode(&bytes(&item["bytes"])).is_err(), "{}", text(&item["why"]));
    }
}
