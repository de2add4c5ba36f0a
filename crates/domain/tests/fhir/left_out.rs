//! One thing wrong leaves out that one thing, with its place and its reason; never a person, never their other records.

use domain::Value;
use domain::fhir::{LeftOut, Plan};
use serde_json::{Value as Json, json};

use crate::{about, bundle, planned, records, text};

/// Places in a bundle of one patient, one visit and one observation, each set to something wrong.
fn with(pointer: &str, value: Json) -> Plan {
    let weight =
        about("Observation", json!({ "status": "final", "code": { "text": "Weight" }, "valueInteger": 61 }));
    let mut bundle =
        bundle(&[weight, about("AllergyIntolerance", json!({ "id": "a", "code": { "text": "Latex" } }))]);
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match bundle.pointer_mut(parent).unwrap() {
        Json::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        parent => parent[name] = value,
    }
    let plan = planned(&bundle.to_string());
    assert_eq!(records(&plan).filter(|record| record.kind == "patient").count(), 1, "{pointer}");
    assert_eq!(records(&plan).filter(|record| record.kind == "allergy").count(), 1, "{pointer}");
    plan
}

fn left(plan: &Plan) -> Vec<(&str, LeftOut)> {
    plan.left.iter().map(|left| (left.place.as_str(), left.reason)).collect()
}

#[test]
fn a_resource_that_cannot_stand_is_left_out_and_the_others_are_kept() {
    let x = "/entry/2/resource";
    let cases = [
        ("/entry/2".to_owned(), json!("x"), "Bundle.entry[2]", LeftOut::WrongType),
        ("/entry/2".to_owned(), json!({}), "Bundle.entry[2].resource", LeftOut::NoResource),
        (
            "/entry/2/request".to_owned(),
            json!({ "method": "DELETE" }),
            "Bundle.entry[2].request.method",
            LeftOut::UnknownRequest,
        ),
        (
            format!("{x}/resourceType"),
            json!("ProcedureRequest"),
            "Bundle.entry[2].resource.resourceType",
            LeftOut::NotR4,
        ),
        (format!("{x}/context"), json!({}), "Bundle.entry[2].resource.context", LeftOut::NotR4),
        (format!("{x}/Ana Reyes"), json!({}), "Bundle.entry[2].resource.?", LeftOut::NotR4),
        (
            "/entry/1/resource/status".to_owned(),
            json!("ended"),
            "Bundle.entry[1].resource.status",
            LeftOut::BadCode,
        ),
        (
            format!("{x}/subject"),
            json!({ "display": "Ana" }),
            "Bundle.entry[2].resource.subject",
            LeftOut::NoSubject,
        ),
        (
            format!("{x}/subject/reference"),
            json!("Patient/q"),
            "Bundle.entry[2].resource.subject.reference",
            LeftOut::NoSubject,
        ),
        (format!("{x}/code"), json!("Weight"), "Bundle.entry[2].resource.code", LeftOut::WrongType),
        (
            format!("{x}/valueInteger"),
            json!("61"),
            "Bundle.entry[2].resource.valueInteger",
            LeftOut::WrongType,
        ),
        (
            format!("{x}/modifierExtension"),
            json!([{ "url": "urn:not", "valueBoolean": true }]),
            "Bundle.entry[2].resource",
            LeftOut::NotUnderstood,
        ),
    ];
    for (pointer, value, place, reason) in cases {
        assert_eq!(left(&with(&pointer, value)), [(place, reason)], "{pointer}");
    }
}

#[test]
fn an_element_that_a_record_can_do_without_is_left_out_of_it_and_what_stood_there_is_told() {
    let plan = with("/entry/2/resource/effectiveDateTime", json!("2019-02-30"));
    assert_eq!(left(&plan), [("Bundle.entry[2].resource.effectiveDateTime", LeftOut::BadDate)]);
    assert_eq!(plan.account["Observation"].cut, [(LeftOut::BadDate, 1)].into());
    let weight = records(&plan).find(|record| record.kind == "observation").unwrap();
    assert_eq!(text(weight, "remarks"), Some("effective: 2019-02-30 (cannot be read)"));
    assert_eq!(weight.at, None);
    for (date, reason) in [
        ("2019-02-28T10:00:00", LeftOut::BadInstant),
        ("2096-01-01", LeftOut::Unlikely),
        ("0209-01-01", LeftOut::Unlikely),
    ] {
        let plan = with("/entry/2/resource/effectiveDateTime", json!(date));
        assert_eq!(left(&plan), [("Bundle.entry[2].resource.effectiveDateTime", reason)], "{date}");
        let onset = with("/entry/3/resource/onsetDateTime", json!(date));
        assert_eq!(left(&onset), [("Bundle.entry[3].resource.onsetDateTime", reason)], "{date}");
    }
    let nested = with(
        "/entry/3/resource/reaction",
        json!([
            { "manifestation": [{ "text": "hives" }], "severity": "awful" },
            { "manifestation": [{ "text": "wheezing" }], "modifierExtension": [{ "url": "urn:not" }] },
        ]),
    );
    let expected = [
        ("Bundle.entry[3].resource.reaction[1]", LeftOut::NotUnderstood),
        ("Bundle.entry[3].resource.reaction[0].severity", LeftOut::BadCode),
    ];
    assert_eq!(left(&nested), expected);
    let allergy = records(&nested).find(|record| record.kind == "allergy").unwrap();
    assert_eq!((text(allergy, "reaction"), text(allergy, "severity")), (Some("hives"), None));
}

#[test]
fn a_person_is_kept_without_what_is_wrong_about_them() {
    let p = "/entry/0/resource";
    for (name, value, reason) in [
        ("gender", json!("f"), LeftOut::BadCode),
        ("birthDate", json!("7/99"), LeftOut::BadDate),
        ("birthDate", json!("2096-01-01"), LeftOut::Unlikely),
        ("birthDate", json!("0027-01-01"), LeftOut::Unlikely),
        ("deceasedDateTime", json!("1980-01-01"), LeftOut::Unlikely),
        ("animal", json!({}), LeftOut::NotR4),
        ("address", json!("Cebu"), LeftOut::WrongType),
        ("photo", json!([{ "contentType": "image/jpeg", "data": "QUJD".repeat(10_000) }]), LeftOut::TooLong),
        ("maritalStatus", json!({ "text": "x".repeat(15_000), "id": "y".repeat(10_000) }), LeftOut::TooLong),
    ] {
        let plan = with(&format!("{p}/{name}"), value);
        assert_eq!(left(&plan), [(format!("Bundle.entry[0].resource.{name}").as_str(), reason)], "{name}");
    }
    let unnamed = with(&format!("{p}/name"), json!([]));
    assert_eq!(left(&unnamed), [("Bundle.entry[0].resource.name", LeftOut::Missing)]);
    assert_eq!(text(&unnamed.patients[0].records[0], "family"), Some("Unknown"));
    let story = json!({ "status": "generated", "div": "x".repeat(20_001) });
    assert_eq!(left(&with(&format!("{p}/text"), story.clone())), []);
    assert_eq!(left(&with("/entry/1/resource/text", story)), []);
}

#[test]
fn links_out_of_the_file_are_allowed_where_nobody_is_mistaken_by_them() {
    for (name, value) in [
        ("encounter", json!({ "reference": "Encounter/9911" })),
        ("performer", json!([{ "reference": "urn:uuid:0" }])),
        ("performer", json!([{ "reference": "#doctor" }])),
        ("basedOn", json!([{ "reference": "https://elsewhere.example.org/ServiceRequest/1" }])),
    ] {
        let plan = with(&format!("/entry/2/resource/{name}"), value);
        assert_eq!(left(&plan), [], "{name}");
        assert_eq!(plan.account["Observation"].stored, 1);
    }
    let request = about(
        "MedicationRequest",
        json!({ "status": "active", "intent": "order",
        "medicationReference": { "reference": "Medication/elsewhere", "display": "Warfarin 2 mg" } }),
    );
    let plan = planned(&bundle(&[request]).to_string());
    let medicine = records(&plan).find(|record| record.kind == "medicine").unwrap();
    assert_eq!(text(medicine, "name"), Some("Warfarin 2 mg"));
}

#[test]
fn what_names_somebody_elses_records_is_left_out_alone() {
    let other = json!({ "resourceType": "Patient", "id": "q", "name": [{ "text": "Budi" }] });
    let theirs = json!({ "resourceType": "Condition", "id": "c", "code": { "text": "HIV" },
        "subject": { "reference": "Patient/q" } });
    let mixed = about(
        "Procedure",
        json!({ "status": "completed", "code": { "text": "Biopsy" },
        "reasonReference": [{ "reference": "Condition/c" }] }),
    );
    let plan = planned(&bundle(&[other, theirs, mixed]).to_string());
    let place = "Bundle.entry[4].resource.reasonReference[0].reference";
    assert_eq!(left(&plan), [(place, LeftOut::TwoPatients)]);
    assert_eq!(plan.patients.len(), 2);
}

#[test]
fn windows_line_ends_and_stray_signs_keep_the_text_that_they_stand_in() {
    let note = json!([{ "text": "Anaphylaxis in 2019,\r\nintubated.\rNever give again.\u{7}" }]);
    let plan = with("/entry/3/resource/note", note);
    let allergy = records(&plan).find(|record| record.kind == "allergy").unwrap();
    let remarks = "Anaphylaxis in 2019,\nintubated.\nNever give again.\u{fffd}";
    assert_eq!(text(allergy, "remarks"), Some(remarks));
    let plan =
        with("/entry/0/resource/address", json!([{ "use": "home", "text": "14 Mabini St\r\nCebu City" }]));
    let person = &plan.patients[0].records[0];
    let line = person.patch.iter().find(|(path, _)| path.ends_with("/line")).unwrap().1;
    assert_eq!(line, &Value::text("14 Mabini St, Cebu City"));
}

#[test]
fn text_that_is_longer_than_a_field_is_cut_and_that_is_told() {
    let plan = with("/entry/3/resource/note", json!([{ "text": "é".repeat(30_000) }]));
    assert_eq!(left(&plan), [("Bundle.entry[3].resource", LeftOut::TooLong)]);
    let allergy = records(&plan).find(|record| record.kind == "allergy").unwrap();
    let remarks = text(allergy, "remarks").unwrap();
    assert_eq!((remarks.chars().count(), remarks.ends_with("é…")), (20_000, true));
}

#[test]
fn resources_one_a_line_are_read_and_told_by_their_type_and_place() {
    let person = json!({ "resourceType": "Patient", "id": "p", "name": [{ "text": "Budi" }] });
    let allergy = about("AllergyIntolerance", json!({ "code": { "text": "Latex" } }));
    let strange = json!({ "resourceType": "Spell", "id": "s" });
    let lines = format!("{person}\n\n{allergy}\r\n{strange}\n");
    let plan = planned(&lines);
    assert_eq!(records(&plan).map(|record| record.kind).collect::<Vec<_>>(), ["patient", "allergy"]);
    assert_eq!(left(&plan), [("Resource[0].resourceType", LeftOut::NotR4)]);
    let alone = planned(&serde_json::to_string_pretty(&person).unwrap());
    assert_eq!(records(&alone).count(), 1);
}
