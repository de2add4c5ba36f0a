//! What was accepted once is accepted for ever.

use std::fs;

use crypto::log::{EntryBytes, check_entry};
use domain::fold::fold;
use domain::kinds::{self, SCHEMA};
use domain::wire::Message;
use domain::{declared, hex};
use serde_json::Value as Json;
use tests::declarations::{file, today};

/// The first version of which the declarations are kept.
const FIRST: u64 = 2;

fn kept(schema: u64) -> Json {
    let text = fs::read_to_string(file(schema));
    let text = text
        .unwrap_or_else(|_| panic!("no declarations of version {schema}: cargo run --locked --bin declare"));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn other_declarations_have_another_number() {
    assert!(
        kept(SCHEMA) == today(),
        "The declarations have changed since version {SCHEMA}: raise SCHEMA in crates/domain/src/kinds.rs, then \
         cargo run --locked --bin declare"
    );
}

#[test]
fn no_line_of_an_older_declaration_is_missing_today() {
    let today = declared();
    for schema in FIRST..=SCHEMA {
        let older = kept(schema);
        let lines = older["declared"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        let lost: Vec<&str> = lines
            .filter(|line| !line.starts_with("shown ") && !today.iter().any(|known| known == line))
            .collect();
        assert_eq!(lost, [""; 0], "accepted by version {schema}, and no more");
    }
}

#[test]
fn ops_of_every_older_declaration_read_back_whole() {
    for schema in FIRST..=SCHEMA {
        for (name, bytes) in kept(schema)["entries"].as_object().unwrap() {
            let bytes = EntryBytes::from_bytes(&hex::decode(bytes.as_str().unwrap()).unwrap()).unwrap();
            let entry = check_entry(&bytes, None).unwrap();
            let (kind, [op]) = (kinds::kind(name).unwrap(), entry.ops.as_slice()) else { panic!("{name}") };
            let state = fold(kind, op.header.record, &entry.ops);
            assert!(state.unknown.is_empty(), "{name} of version {schema}: {:?}", state.unknown);
            assert_eq!(state.fields.len(), op.sets().count(), "{name} of version {schema}");
            assert!(kinds::unread(kind, &state).is_empty(), "{name} of version {schema}");
        }
    }
}
