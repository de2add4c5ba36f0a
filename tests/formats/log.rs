//! `docs/formats/log.md`.

use crypto::merkle::{self, Frontier, consistency, inclusion, leaf, verify_consistency, verify_inclusion};
use crypto::{Head, NotGenuine, Secret, Signed, SigningKey};
use domain::Digest;
use domain::wire::Message;

use crate::messages;
use crate::vectors::{Vectors, array, arrays, bytes, number, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/log.json"))
}

fn leaves(size: u64) -> Vec<Digest> {
    (0..size).map(|number| leaf(&[u8::try_from(number).unwrap()])).collect()
}

fn root(size: u64) -> Digest {
    merkle::root(&leaves(size))
}

#[test]
fn roots_and_frontiers_are_the_same() {
    let vectors = vectors();
    for case in vectors.list("roots") {
        assert_eq!(root(number(&case["size"])), array(&case["root"]), "{case}");
    }
    messages::agree(vectors.list("frontiers"));
    for (case, sample) in vectors.list("roots").iter().zip(vectors.list("frontiers")) {
        let log: Frontier = leaves(number(&case["size"])).into_iter().collect();
        assert_eq!(log.to_bytes(), bytes(&sample["bytes"]));
    }
}

#[test]
fn proofs_that_a_leaf_is_in_are_the_same_and_hold_for_no_other_leaf() {
    for case in vectors().list("inclusion") {
        let (index, size) = (number(&case["index"]), number(&case["size"]));
        let (proof, leaves) = (arrays(&case["proof"]), leaves(size));
        let at = usize::try_from(index).unwrap();
        assert_eq!(inclusion(&leaves, at), Some(proof.clone()), "{case}");
        let verify = |index, proof: &[Digest]| verify_inclusion(&leaves[at], index, size, &root(size), proof);
        assert_eq!(verify(index, &proof), Ok(()), "{case}");
        assert!(verify(index + 1, &proof).is_err(), "{case}");
        assert!(verify(index, &[&proof[..], &[[0; 32]]].concat()).is_err(), "{case}");
    }
}

#[test]
fn proofs_that_a_log_grew_are_the_same_and_hold_for_no_other_log() {
    for case in vectors().list("consistency") {
        let (first, size) = (number(&case["first"]), number(&case["size"]));
        let proof = arrays(&case["proof"]);
        assert_eq!(
            consistency(&leaves(size), usize::try_from(first).unwrap()),
            Some(proof.clone()),
            "{case}"
        );
        let verify =
            |old: Digest, proof: &[Digest]| verify_consistency(first, &old, size, &root(size), proof);
        assert_eq!(verify(root(first), &proof), Ok(()), "{case}");
        assert!(verify([0; 32], &proof).is_err(), "{case}");
        assert!(verify(root(first), &[&proof[..], &[[0; 32]]].concat()).is_err(), "{case}");
    }
}

#[test]
fn signed_heads_open_for_their_signer_and_come_out_again() {
    let vectors = vectors();
    messages::agree(vectors.list("heads"));
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    for (sample, signed) in vectors.list("heads").iter().zip(vectors.list("signed")) {
        let head = Head::from_bytes(&bytes(&sample["bytes"])).unwrap();
        assert_eq!(Signed::new(&key, &head).to_bytes(), bytes(signed));
        let arrived = Signed::<Head>::from_bytes(&bytes(signed)).unwrap();
        assert_eq!(arrived.open(key.public()), Ok(head));
    }
}

#[test]
fn a_head_that_is_not_genuine_is_refused_for_the_same_reason() {
    let vectors = vectors();
    let public = array(&vectors.get("signer")["public"]);
    for case in vectors.list("refused") {
        let fault = match text(&case["fault"]) {
            "bytes" => NotGenuine::Bytes,
            "signer" => NotGenuine::Signer,
            _ => NotGenuine::Signature,
        };
        let signed = Signed::<Head>::from_bytes(&bytes(&case["signed"])).unwrap();
        assert_eq!(signed.open(&public), Err(fault), "{}", text(&case["why"]));
    }
}
