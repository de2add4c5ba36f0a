//! What each version of the declarations accepted, as `tests/vectors/declarations` keeps it: its lines, and of each
//! kind a transaction that sets every field.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crypto::SigningKey;
use crypto::log::{Context, Draft, Next, build};
use crypto::testing::TestEntropy;
use domain::record::{Kind, Type, Verb};
use domain::wire::Message;
use domain::{ClinicId, Hlc, Incarnation, RecordId, Scope, SessionId, Value, declared, hex, kinds};
use serde_json::{Value as Json, json};

/// Where the declarations of version `schema` are kept.
#[must_use]
pub fn file(schema: u64) -> PathBuf {
    crate::root().join(format!("tests/vectors/declarations/{schema}.json"))
}

/// The declarations of this program.
#[must_use]
pub fn today() -> Json {
    let entries: BTreeMap<&str, String> = kinds::KINDS.iter().map(|kind| (kind.name, entry(kind))).collect();
    json!({ "declared": declared(), "entries": entries })
}

/// The bytes of a transaction that makes a record of `kind` with every field.
fn entry(kind: &Kind) -> String {
    let mut entropy = TestEntropy::new(1);
    let who = Context {
        clinic: ClinicId::derived(b"clinic"),
        incarnation: Incarnation::derived(b"incarnation"),
        scope: Scope::derived(b"scope"),
        author: RecordId::derived(b"author"),
        session: SessionId::derived(b"session"),
        site: RecordId::derived(b"site"),
        wall: "2026-11-22T10:31:00+08:00".to_owned(),
        app: "0.1.0".to_owned(),
        repeats: None,
    };
    let draft = Draft {
        kind: kind.name.to_owned(),
        record: RecordId::derived(kind.name.as_bytes()),
        patient: None,
        verb: kind.verbs.iter().map(|(verb, _)| *verb).find(|verb| verb.makes()).unwrap_or(Verb::Create),
        patch: kind.fields.iter().flat_map(|field| values(field.name, field.holds)).collect(),
        base: BTreeMap::new(),
        reason: None,
    };
    let next = Next { seq: 1, last: Hlc::default(), now: 1_795_314_660_000 };
    let author = SigningKey::random(&mut entropy);
    hex::encode(&build(&mut entropy, &who, Some(&author), next, vec![draft]).bytes.to_bytes())
}

/// A value for the field at `path`, one for each part of its entries.
fn values(path: &str, holds: Type) -> Vec<(String, Value)> {
    let text = |text: &str| vec![(path.to_owned(), Value::text(text))];
    let map = |members: &[(&str, &str)]| {
        let members = members.iter().map(|(name, value)| ((*name).to_owned(), Value::text(*value)));
        vec![(path.to_owned(), Value::Map(members.collect()))]
    };
    match holds {
        Type::Text => text("Reyes"),
        Type::Bool => vec![(path.to_owned(), Value::Bool(true))],
        Type::Int => vec![(path.to_owned(), Value::Int(7))],
        Type::Decimal => text("37.50"),
        Type::Date => text("1999-07"),
        Type::Instant => text("2026-11-22T10:31:00+08:00"),
        Type::Record => text(&RecordId::derived(b"other").to_string()),
        Type::Hex => text("00ff"),
        Type::Coding => {
            map(&[("system", "http://loinc.org"), ("code", "8310-5"), ("display", "Temperature")])
        }
        Type::Quantity => map(&[
            ("value", "37.50"),
            ("unit", "°C"),
            ("system", "http://unitsofmeasure.org"),
            ("code", "Cel"),
        ]),
        Type::Choice(words) => text(words.last().copied().unwrap_or_default()),
        Type::Words => vec![(path.to_owned(), Value::List(vec![Value::text("doctor")]))],
        Type::Blob => {
            let digest = Value::text(hex::encode(&[7; 32]));
            let members = [("sha256", digest), ("size", Value::Int(7)), ("media_type", "image/jpeg".into())];
            let members = members.map(|(name, value)| (name.to_owned(), value));
            vec![(path.to_owned(), Value::Map(members.into()))]
        }
        Type::Answer => map(&[("n", "37.50")]),
        Type::Entries(parts) => {
            parts.iter().flat_map(|(part, holds)| values(&format!("{path}/a/{part}"), *holds)).collect()
        }
    }
}
