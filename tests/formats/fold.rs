//! `docs/formats/fold.md`.

use std::collections::BTreeMap;

use domain::fold::fold;
use domain::op::{Body, FORMAT, Header, Op};
use domain::record::{Kind, Verb};
use domain::wire::Wire;
use domain::{ClinicId, Hlc, OpId, RecordId, Value};
use serde_json::Value as Json;

use crate::kinds::kind;
use crate::vectors::{Vectors, text, value};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/fold.json"))
}

fn op(record: RecordId, kind: &Kind, json: &Json) -> Op {
    let id: OpId = text(&json["id"]).parse().unwrap();
    let hlc = |json: &Json| Hlc::from_value(&value(json)).unwrap();
    let read = |json: &Json| serde_json::from_value::<Value>(json.clone()).unwrap();
    let body = json["patch"].as_object().map(|patch| Body {
        salt: [0; 16],
        patch: patch.iter().map(|(path, value)| (path.clone(), read(value))).collect(),
        base: serde_json::from_value::<BTreeMap<String, Vec<OpId>>>(json["base"].clone()).unwrap(),
        reason: None,
    });
    let header = Header {
        v: FORMAT,
        clinic: ClinicId::derived(b"clinic"),
        incarnation: id.incarnation,
        scope: id.scope,
        seq: id.seq,
        tx: [0; 32],
        kind: kind.name.to_owned(),
        record,
        patient: None,
        verb: Verb::from_value(&value(&json["verb"])).unwrap(),
        hlc: hlc(&json["hlc"]),
        body: [0; 32],
    };
    Op { header, body, clamp: json["clamp"].as_u64().map(|_| hlc(&json["clamp"])) }
}

/// What our fold differs in from the vectors of the list `name`, one history a line.
fn differences(name: &str) -> Vec<String> {
    let vectors = vectors();
    let record: RecordId = text(vectors.get("record")).parse().unwrap();
    let kinds: BTreeMap<&str, &Kind> = ["ordinary", "fact", "claim", "document"]
        .map(|nature| (nature, kind(nature, vectors.get("fields"))))
        .into();
    let mut differences = Vec::new();
    for case in vectors.list(name) {
        let kind = kinds[text(&case["kind"])];
        let mut ops: Vec<Op> =
            case["ops"].as_array().unwrap().iter().map(|json| op(record, kind, json)).collect();
        for _ in 0..ops.len().max(1) {
            let state = serde_json::to_value(fold(kind, record, &ops)).unwrap();
            if state != case["state"] {
                differences.push(format!("{}\n  ours   {state}\n  theirs {}", case["why"], case["state"]));
                break;
            }
            // The same ops in another order: the state may not notice.
            ops.reverse();
            ops.sort_by_key(|op| op.header.seq % 3);
        }
    }
    differences
}

#[test]
fn each_rule_holds_in_the_history_that_shows_it() {
    let differences = differences("by_hand");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn histories_written_by_chance_amount_to_the_same_state_in_any_order() {
    assert!(vectors().list("by_chance").len() >= 200);
    let differences = differences("by_chance");
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}
