//! What is refused, and that whatever is done to a bundle it is read or refused.

use domain::fhir::{Reason, Refused, plan};
use domain::kinds;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};

use crate::{about, bundle, bundles, read, records};

#[test]
fn what_cannot_be_judged_as_a_whole_is_refused_with_the_place() {
    let good = bundle(&[about("Observation", json!({ "status": "final", "code": { "text": "Weight" } }))]);
    let set = |name: &str, value: Json| {
        let mut bundle = good.clone();
        bundle[name] = value;
        bundle.to_string()
    };
    let mut obscure = good.clone();
    obscure["entry"][0]["resource"]["implicitRules"] = json!("urn:x");
    let patient =
        json!({ "resource": { "resourceType": "Patient", "id": "p", "name": [{ "text": "Budi" }] } });
    let mut two = good.clone();
    two["entry"].as_array_mut().unwrap().push(patient);
    let cases = [
        (set("resourceType", json!("Patient")), "Bundle.resourceType", Reason::NotABundle),
        (set("type", json!("transaction-response")), "Bundle.type", Reason::UnknownBundleType),
        (set("entry", json!({})), "Bundle.entry", Reason::WrongType),
        (set("entry", json!([])), "Bundle.entry", Reason::NoPatient),
        (
            set("meta", json!({ "profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Bundle"] })),
            "Bundle.meta.profile[0]",
            Reason::NotR4,
        ),
        (obscure.to_string(), "Bundle.entry[0].resource", Reason::NotUnderstood),
        (two.to_string(), "Bundle.entry[3].resource", Reason::Duplicate),
    ];
    for (text, place, reason) in cases {
        assert_eq!(read(&text).unwrap_err(), Refused { place: place.to_owned(), reason });
    }
    let lines = "{\"resourceType\":\"Patient\",\"id\":\"p\"}\n\n{\"resourceType\":\"Pat";
    let torn = read(lines).unwrap_err();
    assert_eq!(
        (torn.reason, torn.place.starts_with("line 3 column")),
        (Reason::NotJson, true),
        "{}",
        torn.place
    );
}

#[test]
fn a_resource_about_two_patients_is_refused() {
    let other = json!({ "resourceType": "Patient", "id": "q", "name": [{ "text": "Budi" }] });
    let theirs = json!({ "resourceType": "Observation", "id": "y", "status": "final",
        "code": { "text": "Weight" }, "subject": { "reference": "Patient/q" },
        "encounter": { "reference": "Encounter/e" } });
    let place = "Bundle.entry[3].resource.encounter.reference".to_owned();
    let refused = read(&bundle(&[other, theirs]).to_string()).unwrap_err();
    assert_eq!(refused, Refused { place, reason: Reason::TwoPatients });
}

#[test]
fn a_refusal_is_a_place_and_a_code() {
    let refused = read("[]").unwrap_err();
    let expected = json!({ "place": "Bundle.resourceType", "reason": "not_a_bundle" });
    assert_eq!(serde_json::to_value(&refused).unwrap(), expected);
    assert_eq!(read("{").unwrap_err().place, "line 1 column 1");
}

/// The `nth` node of a tree, in its order.
fn nth<'j>(node: &'j mut Json, nth: &mut usize) -> Option<&'j mut Json> {
    if *nth == 0 {
        return Some(node);
    }
    *nth -= 1;
    match node {
        Json::Array(items) => items.iter_mut().find_map(|item| self::nth(item, nth)),
        Json::Object(members) => members.values_mut().find_map(|member| self::nth(member, nth)),
        _ => None,
    }
}

fn size(node: &Json) -> usize {
    1 + match node {
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

fn any_node() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!(null)),
        Just(json!([])),
        Just(json!({})),
        Just(json!([{ "system": "phone", "value": "1" }, null, "x"])),
        Just(json!({ "reference": "urn:uuid:0", "coding": "x", "value": [] })),
        any::<i64>().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        "\\PC{0,12}".prop_map(Json::from),
        Just(json!("2019-13-45T99:00:00Z")),
        Just(json!("entered-in-error")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_damaged_bundle_is_read_or_refused_and_never_panics(
        file in any::<Index>(),
        damage in prop::collection::vec((any::<Index>(), any_node(), any::<bool>()), 1..4),
    ) {
        let bundles = bundles();
        let mut bundle: Json = serde_json::from_str(&file.get(&bundles).1).unwrap();
        for (place, with, delete) in damage {
            let mut place = place.index(size(&bundle));
            if let Some(node) = nth(&mut bundle, &mut place) {
                match node {
                    Json::Object(members) if delete => { let first = members.keys().next().cloned(); first.and_then(|key| members.remove(&key)); }
                    Json::Array(items) if delete => { items.pop(); }
                    node => *node = with,
                }
            }
        }
        let resources = bundle["entry"].as_array().map_or(0, Vec::len) as u64;
        if let Ok(bundle) = read(&bundle.to_string()) {
            let plan = plan(bundle);
            let counted = |account: &domain::fhir::Account| account.stored + account.merged + account.left_out.values().sum::<u64>();
            prop_assert_eq!(plan.account.values().map(counted).sum::<u64>(), resources);
            for record in records(&plan) {
                let kind = kinds::kind(record.kind).unwrap();
                for (field, value) in &record.patch {
                    prop_assert!(kind.field(field).unwrap().1.accepts(value), "{}", field);
                }
            }
        }
    }

    #[test]
    fn a_torn_file_is_refused_and_never_panics(file in any::<Index>(), end in any::<Index>()) {
        let bundles = bundles();
        let text = &file.get(&bundles).1;
        let end = text.floor_char_boundary(end.index(text.trim_end().len()));
        prop_assert_eq!(read(&text[..end]).unwrap_err().reason, Reason::NotJson);
    }
}
