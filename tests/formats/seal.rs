//! `docs/formats/seal.md`.

use crypto::seal::{About, NotSealed, open, open_with, seal, seal_to};
use crypto::testing::TestEntropy;
use crypto::{SealingKey, Secret};
use serde_json::Value as Json;

use crate::vectors::{Vectors, array, bytes, number, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/seal.json"))
}

/// What a case is about, handed on.
fn about<T>(case: &Json, then: impl FnOnce(About) -> T) -> T {
    let ids: Vec<Vec<u8>> = case["ids"].as_array().unwrap().iter().map(bytes).collect();
    let ids: Vec<&[u8]> = ids.iter().map(Vec::as_slice).collect();
    then(About { kind: text(&case["kind"]), ids: &ids, epoch: number(&case["epoch"]) })
}

#[test]
fn the_keys_for_a_purpose_are_the_same() {
    for case in vectors().list("derived") {
        let key = Secret::<32>::new(&array(&case["secret"])).derive(text(&case["purpose"]));
        assert_eq!(key.expose(), &array(&case["key"]), "{case}");
    }
}

#[test]
fn what_is_sealed_under_a_shared_key_opens_and_comes_out_again() {
    let vectors = vectors();
    let key = Secret::new(&array(vectors.get("key")));
    for case in vectors.list("shared") {
        let (plain, sealed) = (bytes(&case["plain"]), bytes(&case["sealed"]));
        about(case, |about| {
            assert_eq!(*open(&key, about, &sealed).unwrap(), plain);
            let mut entropy = TestEntropy::new(number(&case["seed"]));
            assert_eq!(seal(&mut entropy, &key, about, &plain), sealed, "{case}");
        });
    }
}

#[test]
fn what_is_sealed_to_a_person_opens_and_comes_out_again() {
    let vectors = vectors();
    let key = SealingKey::from_private(Secret::new(&array(vectors.get("private"))));
    assert_eq!(key.public(), &array(vectors.get("public")));
    for case in vectors.list("to") {
        let (plain, sealed) = (bytes(&case["plain"]), bytes(&case["sealed"]));
        about(case, |about| {
            assert_eq!(*open_with(&key, about, &sealed).unwrap(), plain);
            let mut entropy = TestEntropy::new(number(&case["seed"]));
            assert_eq!(seal_to(&mut entropy, key.public(), about, &plain), Ok(sealed), "{case}");
        });
    }
}

#[test]
fn what_was_sealed_otherwise_does_not_open() {
    let vectors = vectors();
    let shared = Secret::new(&array(vectors.get("key")));
    let private = SealingKey::from_private(Secret::new(&array(vectors.get("private"))));
    let bundle = vectors.list("shared").iter().find(|case| case["kind"] == "bundle").unwrap();
    for case in vectors.list("refused") {
        let sealed = bytes(&case["sealed"]);
        let refused = about(bundle, |about| match text(&case["form"]) {
            "shared" => open(&shared, about, &sealed).is_err(),
            _ => open_with(&private, about, &sealed).is_err(),
        });
        assert!(refused, "{}", text(&case["why"]));
    }
}

#[test]
fn nothing_is_sealed_to_a_point_of_small_order() {
    let about = About { kind: "bundle", ids: &[], epoch: 0 };
    for point in vectors().list("small_order") {
        assert_eq!(seal_to(&mut TestEntropy::new(1), &array(point), about, b"plain"), Err(NotSealed));
    }
}
