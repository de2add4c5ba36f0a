//! `docs/formats/stream.md`.

use crypto::stream::{CHUNK, Stream, name};
use crypto::{Secret, sha256};
use serde_json::Value as Json;

use crate::vectors::{Vectors, array, arrays, bytes, number};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/stream.json"))
}

/// The key of all files under the store's key.
fn files(vectors: &Vectors) -> Secret<32> {
    Secret::<32>::new(&array(vectors.get("key"))).derive("files")
}

/// The sealed chunks of a case, and its stream.
fn sealed(case: &Json, key: &Secret<32>) -> (Stream, Vec<Vec<u8>>) {
    let size = number(&case["size"]);
    let stream = Stream::of(key, &array(&case["salt"]), size);
    let chunks = (0..stream.chunks()).map(|chunk| {
        let from = chunk * CHUNK;
        let mut plain: Vec<u8> =
            (from..from + stream.plain(chunk)).map(|at| u8::try_from(at % 251).unwrap()).collect();
        stream.seal(chunk, &mut plain).unwrap();
        plain
    });
    let chunks = chunks.collect();
    (stream, chunks)
}

#[test]
fn a_file_lies_under_the_same_name() {
    let vectors = vectors();
    let key = files(&vectors).derive("name");
    for case in vectors.list("names") {
        assert_eq!(name(&key, &array(&case["sha256"])), array(&case["name"]), "{case}");
    }
}

#[test]
fn a_file_has_the_same_chunks_and_opens_again() {
    let vectors = vectors();
    let key = files(&vectors);
    for case in vectors.list("streams") {
        let (stream, chunks) = sealed(case, &key);
        match case["chunks"].is_null() {
            true => assert_eq!(chunks.concat(), bytes(&case["sealed"]), "{}", case["size"]),
            false => {
                let digests: Vec<[u8; 32]> = chunks.iter().map(|chunk| sha256(&[chunk])).collect();
                assert_eq!(digests, arrays(&case["chunks"]), "{}", case["size"]);
            }
        }
        for (number, mut chunk) in (0..).zip(chunks) {
            stream.open(number, &mut chunk).unwrap();
            assert_eq!(chunk.len() as u64, stream.plain(number));
        }
    }
}
