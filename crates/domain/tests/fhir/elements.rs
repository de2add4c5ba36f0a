//! `docs/formats/fhir.md` walked row by row: each element is tried by an input that has it.

use std::collections::{BTreeMap, BTreeSet};

use domain::fhir::{Becomes, elements};
use serde_json::{Value as Json, json};

use crate::{bundle, planned, records};

/// Words, numbers and dates by which the samples are known again.
const MARKS: [&str; 4] = ["Zebra", "7777", "2003-05-0", "07:07:07"];

/// The types of the elements by resource, from the definitions of R4: `*` many, `!` a modifier.
fn types() -> BTreeMap<&'static str, BTreeMap<&'static str, &'static str>> {
    let lines = include_str!("r4.txt").lines().filter(|line| !line.starts_with('#'));
    let of = |line: &'static str| {
        let (of, rest) = line.split_once(' ').unwrap();
        (of, rest.split(' ').map(|element| element.split_once(':').unwrap()).collect())
    };
    lines.map(of).collect()
}

/// The rows of the table: resource, element, whether it is called a modifier, what becomes of it.
fn rows() -> Vec<(String, String, bool, Becomes)> {
    let text = include_str!("../../../../docs/formats/fhir.md");
    let lines = text.lines().skip_while(|line| !line.starts_with("| resource |")).skip(2);
    let mut rows = Vec::new();
    for line in lines.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [of, names, becomes, why] = cells.as_slice() else { panic!("{line}") };
        assert!(!why.is_empty(), "{line}");
        let becomes = match *becomes {
            "shown" => Becomes::Field,
            "said" => Becomes::Words,
            "original" => Becomes::Original,
            "left out" => Becomes::LeftOut,
            other => panic!("{other}"),
        };
        for name in names.split(", ") {
            let (name, modifier) =
                name.strip_suffix(" (modifier)").map_or((name, false), |name| (name, true));
            rows.push(((*of).to_owned(), name.trim_matches('`').to_owned(), modifier, becomes));
        }
    }
    rows
}

#[test]
fn the_table_the_code_and_the_definitions_of_r4_have_the_same_elements() {
    let told: Vec<_> = rows().into_iter().map(|(of, name, _, becomes)| (of, name, becomes as u8)).collect();
    let known: BTreeSet<_> = elements()
        .map(|element| (element.of.to_owned(), element.name.to_owned(), element.becomes as u8))
        .collect();
    assert_eq!(told.len(), known.len());
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), known);
    let defined: BTreeSet<_> =
        types().into_iter().flat_map(|(of, names)| names.into_keys().map(move |name| (of, name))).collect();
    let kept: BTreeSet<_> =
        elements().filter(|element| element.of != "*").map(|element| (element.of, element.name)).collect();
    assert_eq!(kept, defined);
    for (of, name, modifier, becomes) in rows().into_iter().filter(|(of, ..)| of != "*") {
        assert_eq!(modifier, types()[of.as_str()][name.as_str()].ends_with('!'), "{of}.{name}");
        let reaches = matches!(becomes, Becomes::Field | Becomes::Words);
        assert!(reaches || !modifier, "{of}.{name} turns a meaning and reaches nobody");
    }
}

/// A value of the type, with a mark where it can have one.
fn sample(of: &str, name: &str, of_type: &str) -> Json {
    let quantity = json!({ "value": 7777, "unit": "Zebra" });
    let special = match (of, name) {
        ("Patient", "active") => json!(false),
        ("Patient", "gender") => json!("male"),
        ("Patient", "link") => json!({ "other": { "reference": "Patient/zz" }, "type": "replaced-by" }),
        ("Patient", "communication") => json!({ "language": { "text": "Zebra" } }),
        ("Patient", "contact") => json!({ "name": { "text": "Zebra" } }),
        ("Patient", "birthDate") => json!("2003-05-07"),
        ("DocumentReference", "content") => {
            json!({ "attachment": { "contentType": "text/plain", "title": "Zebra", "data": "SGk=" } })
        }
        ("Encounter", "status") => json!("arrived"),
        ("Encounter", "location") => json!({ "location": { "display": "Zebra" } }),
        ("Encounter", "participant") => json!({ "individual": { "display": "Zebra" } }),
        ("Observation", "status") => json!("amended"),
        ("Observation", "category") => json!({ "coding": [{ "code": "Zebra" }] }),
        ("Observation", "component") => json!({ "code": { "text": "Zebra" }, "valueString": "Zebra" }),
        ("AllergyIntolerance", "criticality") => json!("high"),
        ("AllergyIntolerance", "reaction") => json!({ "manifestation": [{ "text": "Zebra" }] }),
        ("Immunization", "status") => json!("not-done"),
        ("MedicationRequest" | "MedicationStatement", "status") => json!("stopped"),
        ("FamilyMemberHistory", "status") => json!("health-unknown"),
        ("FamilyMemberHistory", "condition") => json!({ "code": { "text": "Zebra" } }),
        ("CarePlan", "activity") => json!({ "detail": { "code": { "text": "Zebra" } } }),
        ("QuestionnaireResponse", "item") => {
            json!({ "linkId": "1", "text": "Which?", "answer": [{ "valueString": "Zebra" }] })
        }
        (_, "intent") => json!("proposal"),
        (_, "encounter" | "context") if of_type.starts_with("Reference") => {
            json!({ "reference": "Encounter/e" })
        }
        _ => match of_type.trim_end_matches(['!', '*']) {
            "boolean" => json!(true),
            "integer" | "positiveInt" | "unsignedInt" | "decimal" => json!(7777),
            "date" | "dateTime" => json!("2003-05-07"),
            "instant" => json!("2003-05-07T01:02:03Z"),
            "time" => json!("07:07:07"),
            "CodeableConcept" | "Annotation" | "Dosage" => json!({ "text": "Zebra" }),
            "Coding" => json!({ "system": "urn:z", "code": "Zebra", "display": "Zebra" }),
            "Quantity" | "Age" | "Duration" => quantity,
            "Range" => json!({ "low": quantity }),
            "Ratio" => json!({ "numerator": quantity, "denominator": quantity }),
            "Period" => json!({ "start": "2003-05-07", "end": "2003-05-08" }),
            "Timing" => json!({ "code": { "text": "Zebra" } }),
            "Reference" => json!({ "display": "Zebra" }),
            "Identifier" => json!({ "system": "urn:z", "value": "Zebra" }),
            "Attachment" => json!({ "contentType": "text/plain", "title": "Zebra" }),
            "HumanName" => json!({ "family": "Zebra" }),
            "ContactPoint" => json!({ "system": "phone", "value": "Zebra" }),
            "Address" => json!({ "city": "Zebra" }),
            "SampledData" => {
                json!({ "origin": { "value": 0 }, "period": 1, "dimensions": 1, "data": "Zebra" })
            }
            "BackboneElement" => json!({ "part": { "text": "Zebra" } }),
            _ => json!("Zebra"),
        },
    };
    if of_type.contains('*') { json!([special]) } else { special }
}

/// A resource with no more than it must have.
fn least(of: &str) -> Json {
    let text = |text: &str| json!({ "text": text });
    let mut least = match of {
        "Encounter" => json!({ "status": "finished", "class": { "code": "AMB" } }),
        "Observation" => json!({ "status": "final", "code": text("Test") }),
        "Condition" | "AllergyIntolerance" | "Flag" => json!({ "status": "active", "code": text("Test") }),
        "Immunization" => json!({ "status": "completed", "vaccineCode": text("Test") }),
        "MedicationRequest" => {
            json!({ "status": "active", "intent": "order", "medicationCodeableConcept": text("Test") })
        }
        "MedicationStatement" | "MedicationAdministration" | "MedicationDispense" => {
            json!({ "status": "completed", "medicationCodeableConcept": text("Test") })
        }
        "Goal" => json!({ "lifecycleStatus": "active", "description": text("Test") }),
        "FamilyMemberHistory" => {
            json!({ "status": "completed", "relationship": text("mother"), "condition": [{ "code": text("Test") }] })
        }
        "Patient" => json!({}),
        "Binary" => json!({ "contentType": "text/plain", "data": "SGk=" }),
        "DocumentReference" => {
            let attachment = json!({ "contentType": "text/plain", "title": "Scan", "data": "SGk=" });
            json!({ "status": "current", "content": [{ "attachment": attachment }] })
        }
        "CarePlan" => json!({ "status": "active", "intent": "plan" }),
        _ => json!({ "status": "completed" }),
    };
    if matches!(of, "Condition" | "AllergyIntolerance") {
        least.as_object_mut().unwrap().remove("status");
    }
    least
}

/// What is seen of the resource and what its original holds, and what was left out.
fn seen(of: &str, members: &Json) -> (String, String, usize) {
    let mut resource = json!({ "resourceType": of, "id": "x" });
    let merge = |into: &mut Json, from: &Json| {
        from.as_object().unwrap().iter().for_each(|(name, member)| into[name] = member.clone());
    };
    let mut all = match of {
        "Patient" => {
            let mut all = bundle(&[]);
            merge(&mut all["entry"][0]["resource"], members);
            all
        }
        "Medication" => {
            merge(&mut resource, members);
            let request = json!({ "resourceType": "MedicationRequest", "id": "y", "status": "active", "intent": "order",
                "medicationReference": { "reference": "Medication/x" }, "subject": { "reference": "Patient/p" } });
            bundle(&[resource, request])
        }
        "Binary" => {
            merge(&mut resource, members);
            let document = json!({ "resourceType": "DocumentReference", "id": "y", "status": "current",
                "content": [{ "attachment": { "url": "Binary/x" } }], "subject": { "reference": "Patient/p" } });
            bundle(&[resource, document])
        }
        of => {
            let whose = if types()[of].contains_key("subject") { "subject" } else { "patient" };
            resource[whose] = json!({ "reference": "Patient/p" });
            merge(&mut resource, members);
            if members.get("medicationReference").is_some() {
                resource.as_object_mut().unwrap().remove("medicationCodeableConcept");
            }
            bundle(&[resource])
        }
    };
    all["type"] = json!("collection");
    let plan = planned(&all.to_string());
    let at = match of {
        "Patient" => 0,
        "Medication" | "Binary" => 3,
        _ => 2,
    };
    let place = format!("Bundle.entry[{at}].resource");
    let Some(record) = records(&plan).find(|record| record.place == place) else {
        return (format!("none {:?}", plan.left), String::new(), plan.left.len());
    };
    let mut patch = record.patch.clone();
    // By which of its names it is known is another matter.
    patch.remove("source");
    let original =
        patch.remove("original").and_then(|text| text.as_text().map(str::to_owned)).unwrap_or_default();
    let data = record.carried.as_ref().map(|carried| &carried.data);
    (format!("{} {:?} {patch:?} {data:?}", record.kind, record.at), original, plan.left.len())
}

#[test]
fn every_row_holds_of_an_input_that_has_the_element() {
    let types = types();
    let marked = |text: &str| MARKS.iter().any(|mark| text.contains(mark));
    let mut wrong = Vec::new();
    for (of, name, _, becomes) in rows().into_iter().filter(|(of, ..)| of != "*") {
        if matches!(name.as_str(), "subject" | "patient") {
            continue;
        }
        let of_type = types[of.as_str()][name.as_str()];
        let without = least(&of);
        let mut with = without.clone();
        with[&name] = sample(&of, &name, of_type);
        let ((before, kept, _), (after, original, left)) = (seen(&of, &without), seen(&of, &with));
        let holds = match becomes {
            Becomes::Field => before != after && !after.starts_with("none"),
            Becomes::Words => before != after && (marked(&after) || after.contains(": yes")),
            Becomes::Original => {
                before == after
                    && original != kept
                    && (marked(&original) || original.contains("true") || original.contains("Encounter/e"))
            }
            Becomes::LeftOut => before == after && !marked(&original) && left == 1,
        };
        if !holds {
            wrong.push(format!("{of}.{name} {becomes:?}: {after} | {original}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
}

#[test]
fn what_every_resource_has_becomes_what_the_table_says() {
    let with = |name: &str, value: Json| {
        let mut all = least("Observation");
        all[name] = value;
        seen("Observation", &all)
    };
    let (before, kept, _) = seen("Observation", &least("Observation"));
    for (name, value) in [
        ("meta", json!({ "versionId": "Zebra" })),
        ("language", json!("Zebra")),
        ("extension", json!([{ "url": "urn:z", "valueString": "Zebra" }])),
        ("contained", json!([{ "resourceType": "Device", "id": "Zebra" }])),
    ] {
        let (after, original, _) = with(name, value);
        assert!(after == before && original.contains("Zebra"), "{name}: {after} | {original}");
    }
    for name in ["modifierExtension", "implicitRules"] {
        assert!(with(name, json!("Zebra")).0.starts_with("none"), "{name}");
    }
    let narrative =
        |status: &str| with("text", json!({ "status": status, "div": "<div>Zebra &amp; co</div>" }));
    assert_eq!(narrative("generated"), (before, kept, 0));
    assert!(narrative("additional").0.contains("Zebra & co"));
}
