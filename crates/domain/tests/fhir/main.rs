//! FHIR R4 bundles: the demonstration bundles are taken in to the last digit, one thing wrong leaves out one thing,
//! and what cannot be judged as a whole is refused with the place.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod documents;
mod elements;
mod left_out;
mod meaning;
mod refused;

use std::collections::{BTreeMap, BTreeSet};

use domain::fhir::{Bundle, LeftOut, PatientPlan, Plan, Planned, Reason, Refused, plan};
use domain::{Value, kinds};
use serde_json::{Value as Json, json};

fn bundles() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/bundles");
    let paths = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut bundles: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    bundles.sort();
    assert!(bundles.len() >= 6);
    bundles
}

/// Reads as of a day after all that the bundles tell.
fn read(text: &str) -> Result<Bundle, Refused> {
    domain::fhir::read(text, jiff::civil::date(2026, 11, 22))
}

fn planned(text: &str) -> Plan {
    plan(read(text).unwrap())
}

fn records(plan: &Plan) -> impl Iterator<Item = &Planned> {
    plan.patients.iter().flat_map(|patient: &PatientPlan| &patient.records)
}

/// Every text that a record holds, those inside `original` one by one.
fn said(record: &Planned) -> Vec<String> {
    fn gather(node: &Json, out: &mut Vec<String>) {
        match node {
            Json::Array(items) => items.iter().for_each(|item| gather(item, out)),
            Json::Object(members) => members.values().for_each(|member| gather(member, out)),
            Json::String(text) => out.push(text.clone()),
            _ => {}
        }
    }
    let mut said = Vec::new();
    gather(&serde_json::to_value(&record.patch).unwrap(), &mut said);
    if let Some(original) = record.patch.get("original").and_then(Value::as_text) {
        gather(&serde_json::from_str(original).unwrap(), &mut said);
    }
    said
}

/// The number literals of the resources of each type, from the lines of a pretty-printed bundle.
fn numbers(text: &str) -> Vec<(String, String)> {
    let mut of = String::new();
    let mut found = Vec::new();
    for line in text.lines() {
        let (name, value) = line.trim().split_once(": ").unwrap_or(("", line.trim()));
        let value = value.trim_end_matches(',');
        if name == "\"resourceType\"" && line.starts_with("                \"") {
            of = value.trim_matches('"').to_owned();
        }
        if value.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            found.push((of.clone(), value.to_owned()));
        }
    }
    found
}

#[test]
fn every_resource_is_stored_merged_or_left_out() {
    for (path, text) in bundles() {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        let bundle: Json = serde_json::from_str(&text).unwrap();
        for entry in bundle["entry"].as_array().unwrap() {
            *expected.entry(entry["resource"]["resourceType"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        let plan = planned(&text);
        let counted: BTreeMap<String, u64> = plan
            .account
            .iter()
            .map(|(of, account)| {
                (of.clone(), account.stored + account.merged + account.left_out.values().sum::<u64>())
            })
            .collect();
        assert_eq!(counted, expected, "{path}");
        let stored: u64 = plan.account.values().map(|account| account.stored).sum();
        assert_eq!(stored, records(&plan).count() as u64, "{path}");
        for (of, account) in &plan.account {
            let reasons: Vec<_> = account.left_out.keys().copied().collect();
            let reason = match of.as_str() {
                "Claim" | "ExplanationOfBenefit" => vec![LeftOut::ClaimsNotKept],
                "Organization" => vec![LeftOut::AboutOrganisation],
                "Practitioner" => vec![LeftOut::AboutPractitioner],
                _ => vec![],
            };
            assert_eq!(reasons, reason, "{of} of {path}");
        }
    }
}

#[test]
fn every_value_is_of_its_fields_type_and_names_the_patient_first() {
    for (path, text) in bundles() {
        let plan = planned(&text);
        let all: BTreeSet<_> = records(&plan).map(|record| record.record).collect();
        assert_eq!(all.len(), records(&plan).count(), "{path}");
        for patient in &plan.patients {
            assert_eq!(patient.records[0].record, patient.patient);
            for record in &patient.records {
                let kind = kinds::kind(record.kind).unwrap();
                for (field, value) in &record.patch {
                    let (_, holds) = kind.field(field).unwrap();
                    assert!(!value.is_null() && holds.accepts(value), "{field} of {} in {path}", record.kind);
                }
                for link in ["patient", "visit"] {
                    if let Some(to) = record.patch.get(link) {
                        assert!(all.contains(&to.as_text().unwrap().parse().unwrap()));
                    }
                }
                assert!(record.kind == "patient" || record.at.is_some());
            }
        }
    }
}

#[test]
fn every_measured_number_keeps_its_digits() {
    let mut long = 0;
    for (path, text) in bundles() {
        let plan = planned(&text);
        let mut expected: Vec<String> = numbers(&text)
            .into_iter()
            .filter(|(of, _)| of == "Observation")
            .map(|(_, number)| number)
            .collect();
        let measured = records(&plan).filter(|record| record.kind == "observation");
        let mut kept: Vec<String> = measured
            .flat_map(|record| record.patch.iter().filter(|(field, _)| field.ends_with("quantity")))
            .map(|(_, amount)| amount.get("value").unwrap().as_text().unwrap().to_owned())
            .collect();
        expected.sort();
        kept.sort();
        assert_eq!(kept, expected, "{path}");
        long += kept.iter().filter(|number| number.len() >= 17).count();
    }
    assert!(long > 100, "the bundles hold numbers of 17 places");
}

#[test]
fn nothing_that_a_kept_resource_says_is_lost() {
    fn leaves<'j>(name: &'j str, node: &'j Json, out: &mut Vec<(&'j str, &'j Json)>) {
        match node {
            Json::Array(items) => items.iter().for_each(|item| leaves(name, item, out)),
            Json::Object(members) => members.iter().for_each(|(name, member)| leaves(name, member, out)),
            leaf => out.push((name, leaf)),
        }
    }
    for (path, text) in bundles() {
        let plan = planned(&text);
        let by_source: BTreeMap<&str, &Planned> =
            records(&plan).map(|record| (record.patch["source"].as_text().unwrap(), record)).collect();
        let bundle: Json = serde_json::from_str(&text).unwrap();
        let mut checked = 0;
        for entry in bundle["entry"].as_array().unwrap() {
            let Some(record) = by_source.get(entry["fullUrl"].as_str().unwrap()) else { continue };
            let said = said(record);
            let mut found = Vec::new();
            leaves("", &entry["resource"], &mut found);
            for (name, leaf) in found {
                let Some(text) = leaf.as_str() else { continue };
                let link = ["subject", "patient", "encounter"].iter().any(|link| {
                    name == "reference" && entry["resource"][link]["reference"].as_str() == Some(text)
                });
                // These stand in our own words: the kind, the links, `finished`, `active` of a code system.
                let ours = name == "resourceType"
                    || link
                    || matches!(text, "finished" | "official" | "urn:ietf:bcp:47")
                    // What the sender made of the rest for a page.
                    || name == "div"
                    || text == "generated"
                    || text.starts_with("http://terminology.hl7.org/CodeSystem/condition-");
                let kept = said.iter().any(|said| said.contains(text));
                assert!(ours || kept, "{name}: {text} of {path}");
                checked += 1;
            }
        }
        assert!(checked > 500, "{path}");
        let all: Vec<String> = records(&plan).flat_map(said).collect();
        let all = all.join("\n");
        for (of, number) in numbers(&text) {
            let kept = plan.account.get(&of).is_some_and(|account| account.stored > 0);
            assert!(!kept || all.contains(&number), "{number} of {of} in {path}");
        }
    }
}

#[test]
fn the_same_bundle_gives_the_same_records_however_it_is_laid_out() {
    for (_, text) in bundles() {
        let ids = |plan: &Plan| records(plan).map(|record| (record.kind, record.record)).collect::<Vec<_>>();
        let once = planned(&text);
        assert_eq!(once, planned(&text));
        let compact = serde_json::from_str::<Json>(&text).unwrap().to_string();
        assert_eq!(ids(&once), ids(&planned(&compact)));
    }
}

/// A bundle of one patient and `others`, whose subject and encounter it fills in.
fn bundle(others: &[Json]) -> Json {
    let patient = json!({
        "resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1999-07",
        "name": [{ "use": "official", "family": "Reyes", "given": ["Ana", "Luz"], "prefix": ["Dr."] }],
    });
    let visit = json!({
        "resourceType": "Encounter", "id": "e", "status": "finished", "class": { "code": "AMB" },
        "subject": { "reference": "Patient/p" }, "period": { "start": "2024-02-29" },
    });
    let entries: Vec<Json> = [patient, visit]
        .into_iter()
        .chain(others.iter().cloned())
        .map(|resource| json!({ "resource": resource }))
        .collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

/// A resource about the patient of [`bundle`], with `members`.
fn about(of: &str, members: Json) -> Json {
    let mut resource = json!({ "resourceType": of, "id": "x" });
    let subject = if matches!(of, "AllergyIntolerance" | "Immunization" | "FamilyMemberHistory") {
        "patient"
    } else {
        "subject"
    };
    resource[subject] = json!({ "reference": "Patient/p" });
    for (name, member) in members.as_object().unwrap() {
        resource[name] = member.clone();
    }
    resource
}

/// The record that [`about`] such a resource becomes.
fn made(of: &str, members: Json) -> Planned {
    let plan = planned(&bundle(&[about(of, members)]).to_string());
    records(&plan).find(|record| record.patch["source"] == Value::text(format!("{of}/x"))).unwrap().clone()
}

fn text<'r>(record: &'r Planned, field: &str) -> Option<&'r str> {
    record.patch.get(field).and_then(Value::as_text)
}

#[test]
fn a_date_without_a_time_stays_a_date() {
    let observation = made(
        "Observation",
        json!({ "status": "final", "code": { "text": "Weight" },
        "effectiveDateTime": "2019-03", "valueQuantity": { "value": 61, "unit": "kg" } }),
    );
    assert_eq!((text(&observation, "day"), text(&observation, "at")), (Some("2019-03"), None));
    assert_eq!(observation.at.unwrap().as_str(), "2019-03-01T12:00:00Z");
    let plan = planned(&bundle(&[]).to_string());
    let visit = records(&plan).find(|record| record.kind == "visit").unwrap();
    assert_eq!((text(visit, "day"), text(visit, "started_at")), (Some("2024-02-29"), None));
    let patient = &plan.patients[0].records[0];
    assert_eq!((text(patient, "birth_date"), text(patient, "given")), (Some("1999-07"), Some("Ana Luz")));
    assert_eq!(text(patient, "title"), Some("Dr."));
}

#[test]
fn a_bounded_amount_never_reads_as_an_exact_one() {
    let observation = made(
        "Observation",
        json!({ "status": "final", "code": { "text": "CRP" },
        "valueQuantity": { "comparator": "<", "value": 5, "unit": "mg/L" } }),
    );
    assert_eq!(text(&observation, "text"), Some("< 5 mg/L"));
    assert!(!observation.patch.contains_key("quantity"));
    assert_eq!(text(&observation, "comparator"), Some("<"));
    assert_eq!(observation.patch["bound"].get("value"), Some(&Value::text("5")));
    assert_eq!(text(&observation, "original"), Some(r#"{"status":"final"}"#));
}

#[test]
fn the_code_of_the_usual_terminology_is_taken_and_the_others_keep_their_places() {
    let observation = made(
        "Observation",
        json!({ "status": "final", "code": { "coding": [
        { "system": "urn:local", "code": "W" }, { "system": "http://loinc.org", "code": "29463-7" },
    ] } }),
    );
    assert_eq!(observation.patch["code"].get("code"), Some(&Value::text("29463-7")));
    let original = r#"{"code":{"coding":[{"code":"W","system":"urn:local"}]},"status":"final"}"#;
    assert_eq!(text(&observation, "original"), Some(original));
    let procedure = made(
        "Procedure",
        json!({ "status": "completed", "code": { "coding": [
        { "system": "http://snomed.info/sct", "code": "1" }, { "system": "urn:local", "code": "W" },
    ] } }),
    );
    let original = r#"{"code":{"coding":[null,{"code":"W","system":"urn:local"}]}}"#;
    assert_eq!(text(&procedure, "original"), Some(original));
}

#[test]
fn what_is_denied_proposed_or_cancelled_is_a_fact_and_no_allergy_medicine_or_visit() {
    let concept = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "91936005" }] });
    assert_eq!(made("AllergyIntolerance", json!({ "code": concept })).kind, "allergy");
    let refuted = json!({ "coding": [{ "code": "refuted" }] });
    let none = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "716186003" }] });
    let local = json!({ "system": "urn:local", "code": "X" });
    let refuted_last = json!({ "coding": [local, { "code": "refuted" }] });
    let none_last = json!({ "coding": [local, { "system": "http://snomed.info/sct", "code": "716186003" }] });
    let medicine = json!({ "text": "Ibuprofen 200 mg" });
    let cases = [
        ("AllergyIntolerance", json!({ "code": concept, "verificationStatus": refuted_last }), "allergy"),
        ("AllergyIntolerance", json!({ "code": none_last }), "allergy"),
        ("AllergyIntolerance", json!({ "code": concept, "verificationStatus": refuted }), "allergy"),
        ("AllergyIntolerance", json!({ "code": none }), "allergy"),
        (
            "MedicationRequest",
            json!({ "status": "active", "intent": "proposal", "medicationCodeableConcept": medicine }),
            "medication-request",
        ),
        (
            "MedicationRequest",
            json!({ "status": "active", "doNotPerform": true, "medicationCodeableConcept": medicine }),
            "medication-request",
        ),
        (
            "MedicationRequest",
            json!({ "status": "cancelled", "medicationCodeableConcept": medicine }),
            "medication-request",
        ),
        ("Encounter", json!({ "status": "cancelled" }), "encounter"),
        ("Observation", json!({ "status": "cancelled", "code": medicine }), "observation"),
    ];
    for (of, members, category) in cases {
        let event = made(of, members);
        assert_eq!((event.kind, text(&event, "category")), ("event", Some(category)), "{of}");
    }
}

#[test]
fn an_allergy_keeps_its_reactions_and_the_worst_severity() {
    let allergy = made(
        "AllergyIntolerance",
        json!({ "code": { "text": "Penicillin" }, "onsetDateTime": "2010",
        "clinicalStatus": { "coding": [{ "code": "active",
            "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical" }] },
        "note": [{ "text": "told by mother" }], "reaction": [
            { "manifestation": [{ "text": "wheezing" }], "severity": "severe" },
            { "manifestation": [{ "text": "hives" }], "severity": "mild" } ] }),
    );
    let fields = ["substance", "reaction", "severity", "since", "remarks"].map(|field| text(&allergy, field));
    let expected = ["Penicillin", "wheezing, hives", "severe", "2010", "told by mother"].map(Some);
    assert_eq!((allergy.kind, fields), ("allergy", expected));
    assert_eq!(allergy.patch["resolved"], Value::Bool(false));
}

#[test]
fn a_medicine_that_stands_apart_is_merged_and_one_that_nobody_names_is_left_out() {
    let medicine = |id: &str| {
        json!({ "resourceType": "Medication", "id": id, "code": { "text": "Ibuprofen" },
        "manufacturer": { "display": "Acme" } })
    };
    let request = about(
        "MedicationRequest",
        json!({ "status": "on-hold", "intent": "order",
        "medicationReference": { "reference": "Medication/m" }, "encounter": { "reference": "Encounter/e" },
        "dosageInstruction": [{ "text": "twice a day", "asNeededBoolean": true, "route": { "text": "oral" },
            "doseAndRate": [{ "doseQuantity": { "value": 200.50, "unit": "mg" } }] }],
        "reasonCode": [{ "text": "pain" }] }),
    );
    let plan = planned(&bundle(&[medicine("m"), medicine("n"), request]).to_string());
    let account = &plan.account["Medication"];
    assert_eq!((account.stored, account.merged), (0, 1));
    assert_eq!(account.left_out, [(LeftOut::NotReferredTo, 1)].into());
    let record = records(&plan).find(|record| record.kind == "medicine").unwrap();
    let fields = ["name", "status", "frequency", "route", "dose", "reason"].map(|field| text(record, field));
    assert_eq!(fields, ["Ibuprofen", "stopped", "twice a day", "oral", "200.5 mg", "pain"].map(Some));
    assert!(text(record, "original").unwrap().contains(r#""Medication":{"id":"m","manufacturer""#));
    assert!(record.patch.contains_key("visit"));
}

#[test]
fn a_dosage_keeps_the_prescribers_sentence_beside_the_timing() {
    let frequency = |dosage: Json| {
        let members = json!({ "status": "active", "intent": "order",
            "medicationCodeableConcept": { "text": "Warfarin" }, "dosageInstruction": [dosage] });
        text(&made("MedicationRequest", members), "frequency").map(str::to_owned)
    };
    let timing = json!({ "code": { "text": "once a day" } });
    let cases = [
        (json!({ "timing": timing }), "once a day"),
        (json!({ "text": "not with ibuprofen" }), "not with ibuprofen"),
        (json!({ "timing": timing, "text": "not with ibuprofen" }), "once a day; not with ibuprofen"),
        (json!({ "timing": timing, "text": "one tablet once a day" }), "one tablet once a day"),
    ];
    for (dosage, said) in cases {
        assert_eq!(frequency(dosage).as_deref(), Some(said));
    }
}

#[test]
fn several_dosages_are_told_one_by_one_and_none_of_them_as_the_dose() {
    let step = |dose: u8, said: &str| json!({ "text": said, "doseAndRate": [{ "doseQuantity": { "value": dose, "unit": "mg" } }] });
    let medicine = made(
        "MedicationRequest",
        json!({ "status": "active", "intent": "order", "medicationCodeableConcept": { "text": "Prednisone" },
        "dosageInstruction": [step(40, "daily for 5 days"), step(20, "daily for 5 more days")] }),
    );
    let told = "1) 40 mg, daily for 5 days; 2) 20 mg, daily for 5 more days";
    assert_eq!((text(&medicine, "frequency"), text(&medicine, "dose")), (Some(told), None));
    assert!(text(&medicine, "original").unwrap().contains(r#""text":"daily for 5 more days""#));
}

#[test]
fn dosages_stand_in_the_order_of_their_sequence_and_none_is_passed_over() {
    let frequency = |dosages: Json| {
        let members = json!({ "status": "active", "intent": "order",
            "medicationCodeableConcept": { "text": "Prednisone" }, "dosageInstruction": dosages });
        text(&made("MedicationRequest", members), "frequency").map(str::to_owned)
    };
    let taper = json!([{ "sequence": 2, "text": "20 mg" }, { "sequence": 1, "text": "40 mg" }]);
    assert_eq!(frequency(taper).as_deref(), Some("1) 40 mg; 2) 20 mg"));
    let half = json!([{ "text": "20 mg" }, { "sequence": 1, "maxDosePerAdministration": { "value": 1 } }]);
    let told = "1) 20 mg; 2) max dose per administration: 1";
    assert_eq!(frequency(half).as_deref(), Some(told));
    assert_eq!(frequency(json!([{ "text": "20 mg" }, {}])).as_deref(), Some("1) 20 mg; 2) see the original"));
}

#[test]
fn a_medicine_that_is_needed_for_something_is_taken_as_needed() {
    let members = json!({ "status": "active", "intent": "order",
        "medicationCodeableConcept": { "text": "Tramadol" },
        "dosageInstruction": [{ "asNeededCodeableConcept": { "text": "pain" },
            "timing": { "repeat": { "frequency": 4, "period": 1, "periodUnit": "d" } } }] });
    let medicine = made("MedicationRequest", members);
    assert_eq!(medicine.patch.get("as_needed"), Some(&Value::Bool(true)));
    assert!(text(&medicine, "original").unwrap().contains("pain"));
}

#[test]
fn how_often_a_medicine_is_taken_is_told_from_its_timing_where_that_says_no_more() {
    let frequency = |repeat: Json| {
        let members = json!({ "status": "active", "intent": "order",
            "medicationCodeableConcept": { "text": "Amoxicillin" },
            "dosageInstruction": [{ "timing": { "repeat": repeat } }] });
        text(&made("MedicationRequest", members), "frequency").map(str::to_owned)
    };
    let every = |frequency: u8, period: u8, unit: &str| json!({ "frequency": frequency, "period": period, "periodUnit": unit });
    assert_eq!(frequency(every(3, 1, "d")).as_deref(), Some("3 times in 1 day"));
    assert_eq!(frequency(every(1, 8, "h")).as_deref(), Some("1 time in 8 hours"));
    let mut evening = every(1, 1, "d");
    evening["when"] = json!(["HS"]);
    assert_eq!(frequency(evening), None);
}

#[test]
fn a_denial_in_words_alone_is_no_allergy_and_one_beside_something_else_still_warns() {
    let kind = |code: Json| made("AllergyIntolerance", json!({ "code": code })).kind;
    assert_eq!(kind(json!({ "text": "No known allergies." })), "event");
    assert_eq!(
        kind(json!({ "text": "NKDA", "coding": [{ "display": "No Known Drug Allergies" }] })),
        "event"
    );
    assert_eq!(kind(json!({ "text": "NKDA", "coding": [{ "display": "Penicillin" }] })), "allergy");
    assert_eq!(kind(json!({ "text": "No known allergies except penicillin" })), "allergy");
    assert_eq!(kind(json!({ "text": "NKDA", "coding": [{ "code": "91936005" }] })), "allergy");
    let reaction =
        json!({ "code": { "text": "NKDA" }, "reaction": [{ "manifestation": [{ "text": "hives" }] }] });
    assert_eq!(made("AllergyIntolerance", reaction).kind, "allergy");
}

#[test]
fn an_allergy_is_over_only_where_its_status_says_so_in_a_word_of_r4() {
    let resolved = |coding: Json| {
        let members = json!({ "code": { "text": "Penicillin" }, "clinicalStatus": { "coding": [coding] } });
        made("AllergyIntolerance", members).patch.get("resolved").cloned()
    };
    assert_eq!(resolved(json!({ "code": "resolved" })), Some(Value::Bool(true)));
    assert_eq!(resolved(json!({ "code": "active" })), Some(Value::Bool(false)));
    assert_eq!(resolved(json!({ "code": "A" })), None);
    assert_eq!(resolved(json!({ "system": "urn:local", "code": "resolved" })), None);
}

#[test]
fn mistakes_attached_files_and_what_cannot_be_understood_are_left_out_by_reason() {
    let weight = |members: Json| {
        let mut resource = about("Observation", json!({ "status": "final", "code": { "text": "Weight" } }));
        members.as_object().unwrap().iter().for_each(|(name, member)| resource[name] = member.clone());
        resource
    };
    let group = json!({ "resourceType": "Group", "id": "g", "type": "person", "actual": true });
    let mistake =
        json!({ "coding": [{ "system": "urn:local", "code": "X" }, { "code": "entered-in-error" }] });
    let problem = json!({ "code": { "text": "Asthma" }, "verificationStatus": mistake });
    let cases = [
        (about("Condition", problem), LeftOut::EnteredInError),
        (weight(json!({ "status": "entered-in-error" })), LeftOut::EnteredInError),
        (
            weight(json!({ "modifierExtension": [{ "url": "urn:not", "valueBoolean": true }] })),
            LeftOut::NotUnderstood,
        ),
        (weight(json!({ "subject": { "reference": "Group/g" } })), LeftOut::NotAboutAPatient),
        (json!({ "resourceType": "Slot", "id": "x" }), LeftOut::KindNotKept),
        (json!({ "resourceType": "Location", "id": "x" }), LeftOut::AboutPlace),
    ];
    for (resource, reason) in cases {
        let of = resource["resourceType"].as_str().unwrap().to_owned();
        let plan = planned(&bundle(&[group.clone(), resource]).to_string());
        assert_eq!(plan.account[&of].left_out, [(reason, 1)].into());
    }
}

#[test]
fn a_finding_keeps_its_words_beside_its_code_and_what_says_nothing_stays_in_the_original() {
    let found = |value: Json| {
        made(
            "Observation",
            json!({ "status": "final", "code": { "text": "Smoking" }, "valueCodeableConcept": value }),
        )
    };
    let coded =
        found(json!({ "coding": [{ "code": "8517006", "display": "Former smoker" }], "text": "stopped" }));
    assert_eq!(coded.patch["finding"].get("code"), Some(&Value::text("8517006")));
    assert_eq!(text(&coded, "text"), Some("stopped"));
    let said = found(json!({ "text": "never" }));
    assert_eq!((text(&said, "text"), said.patch.get("finding")), (Some("never"), None));
    let empty = found(json!({ "coding": [{ "system": "urn:local" }] }));
    assert!(text(&empty, "original").unwrap().contains("urn:local"));
}

#[test]
fn an_id_that_only_ends_like_the_source_is_kept() {
    let mut with_url = bundle(&[]);
    with_url["entry"][0]["fullUrl"] = json!("urn:uuid:xp");
    let plan = planned(&with_url.to_string());
    assert_eq!(text(&plan.patients[0].records[0], "original"), Some(r#"{"id":"p"}"#));
}

#[test]
fn a_medicine_named_only_by_what_is_left_out_is_left_out_too() {
    let medicine = json!({ "resourceType": "Medication", "id": "m", "code": { "text": "Ibuprofen" } });
    let request = about(
        "MedicationRequest",
        json!({ "status": "entered-in-error",
        "medicationReference": { "reference": "Medication/m" } }),
    );
    let plan = planned(&bundle(&[medicine, request]).to_string());
    assert_eq!(plan.account["Medication"].left_out, [(LeftOut::NotReferredTo, 1)].into());
}

#[test]
fn other_facts_say_what_they_were_and_when() {
    let concept = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "1" }] });
    let (time, period) =
        ("2020-01-02T03:04:05Z", json!({ "start": "2020-01-02T03:04:05Z", "end": "2021-01-01T00:00:00Z" }));
    let cases = [
        (
            "Procedure",
            json!({ "status": "completed", "code": concept, "performedDateTime": time }),
            "procedure",
        ),
        ("CareTeam", json!({ "status": "active", "category": [concept], "period": period }), "care-team"),
        (
            "ImagingStudy",
            json!({ "status": "available", "modality": [{ "code": "1" }], "started": time }),
            "imaging-study",
        ),
        (
            "MedicationDispense",
            json!({ "status": "completed", "medicationCodeableConcept": concept, "whenHandedOver": time }),
            "medication-dispense",
        ),
        (
            "DocumentReference",
            json!({ "status": "current", "type": concept, "date": time, "content": [] }),
            "document",
        ),
        ("Goal", json!({ "lifecycleStatus": "active", "description": concept }), "goal"),
    ];
    for (of, members, category) in cases {
        let event = made(of, members);
        assert_eq!((event.kind, text(&event, "category")), ("event", Some(category)));
        assert_eq!(event.patch["code"].get("code"), Some(&Value::text("1")), "{of}");
        assert_eq!(text(&event, "at"), (of != "Goal").then_some(time), "{of}");
        assert_eq!(text(&event, "until"), (of == "CareTeam").then_some("2021-01-01T00:00:00Z"), "{of}");
        assert!(event.patch.contains_key("status"), "{of}");
    }
}

#[test]
fn a_word_that_is_only_near_ours_stays_in_the_original_too() {
    let status = |code: &str| {
        let system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
        let members = json!({ "code": { "text": "Asthma" }, "onsetDateTime": "2001-05",
            "clinicalStatus": { "coding": [{ "system": system, "code": code }] } });
        let problem = made("Condition", members);
        assert_eq!((text(&problem, "name"), text(&problem, "since")), (Some("Asthma"), Some("2001-05")));
        let said = text(&problem, "original").is_some_and(|original| original.contains(code));
        (text(&problem, "status").map(str::to_owned), said)
    };
    assert_eq!(status("active"), (Some("active".to_owned()), false));
    assert_eq!(status("relapse"), (Some("active".to_owned()), true));
    assert_eq!(status("inactive"), (Some("resolved".to_owned()), true));
}

#[test]
fn a_dose_that_was_not_given_is_a_fact_that_says_so() {
    let dose = |status: &str| {
        made(
            "Immunization",
            json!({ "status": status, "vaccineCode": { "text": "MMR" }, "lotNumber": "A1",
            "occurrenceDateTime": "2020-01-02", "protocolApplied": [{ "doseNumberPositiveInt": 2 }] }),
        )
    };
    let given = dose("completed");
    let fields = ["given", "dose", "lot"].map(|field| text(&given, field));
    assert_eq!(fields, ["2020-01-02", "2", "A1"].map(Some));
    let not = dose("not-done");
    let fields = (not.kind, text(&not, "day"), not.patch.get("code"));
    assert_eq!(fields, ("event", Some("2020-01-02"), None));
    assert!(text(&not, "text").unwrap().starts_with("Not given: MMR"), "{:?}", text(&not, "text"));
}

#[test]
fn people_to_call_are_relations_and_what_is_no_longer_true_stays_in_the_original() {
    let mut known = bundle(&[]);
    let patient = &mut known["entry"][0]["resource"];
    patient["contact"] = json!([{ "name": { "text": "Luz Reyes" }, "relationship": [{ "text": "mother" }],
        "telecom": [{ "system": "phone", "value": "0917" }] }]);
    patient["address"] = json!([{ "use": "old", "city": "Cebu" }, { "use": "home", "text": "Dumaguete" }]);
    patient["telecom"] = json!([{ "system": "fax", "value": "1" }, { "system": "email", "value": "a@b.ph" }]);
    patient["name"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "use": "maiden", "family": "Cruz", "given": ["Ana"] }));
    patient["maritalStatus"] = json!({ "coding": [{ "code": "W",
        "system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus" }] });
    let plan = planned(&known.to_string());
    let patient = &plan.patients[0].records[0];
    let entry = |list: &str| {
        let parts = patient.patch.iter().filter(|(path, _)| path.starts_with(list));
        parts.filter_map(|(_, value)| value.as_text()).collect::<Vec<_>>()
    };
    assert_eq!(entry("relations/"), ["Luz Reyes", "0917", "mother"]);
    assert_eq!(entry("addresses/"), ["Dumaguete", "present"]);
    assert_eq!(entry("contacts/"), ["email", "a@b.ph"]);
    let fields = ["known_as", "civil_status"].map(|field| text(patient, field));
    assert_eq!(fields, ["Ana Cruz", "widowed"].map(Some));
    let original = text(patient, "original").unwrap();
    assert!(["Cebu", "fax", "maiden"].iter().all(|left| original.contains(left)), "{original}");
}

#[test]
fn who_died_on_an_unknown_day_has_died_all_the_same() {
    let patient = |members: Json| {
        let mut known = bundle(&[]);
        let patient = &mut known["entry"][0]["resource"];
        members.as_object().unwrap().iter().for_each(|(name, member)| patient[name] = member.clone());
        planned(&known.to_string()).patients.swap_remove(0).records.swap_remove(0)
    };
    let died = |members: Json| patient(members).patch.get("deceased").cloned();
    assert_eq!(died(json!({ "deceasedBoolean": true })), Some(Value::Bool(true)));
    assert_eq!(died(json!({ "deceasedBoolean": false })), None);
    assert_eq!(text(&patient(json!({ "deceasedDateTime": "2020-03" })), "died"), Some("2020-03"));
}

#[test]
fn two_patients_in_one_bundle_keep_their_records_apart() {
    let mut two = bundle(&[about("Observation", json!({ "status": "final", "code": { "text": "Weight" } }))]);
    let other = json!({ "resourceType": "Patient", "id": "q", "name": [{ "text": "Budi" }] });
    let theirs = json!({ "resourceType": "Observation", "id": "y", "status": "final",
        "code": { "text": "Weight" }, "subject": { "reference": "Patient/q" } });
    let entries = two["entry"].as_array_mut().unwrap();
    entries.extend([json!({ "resource": other }), json!({ "resource": theirs })]);
    let plan = planned(&two.to_string());
    assert_eq!(plan.patients.len(), 2);
    assert_eq!(plan.patients[1].records.len(), 2);
    assert_eq!(text(&plan.patients[1].records[0], "family"), Some("Budi"));
}

/// A finding without an id, as laboratories hand them over: by the number of the sample.
fn finding(name: &str, value: u8) -> Json {
    json!({ "resourceType": "Observation", "status": "final", "code": { "text": name },
        "identifier": [{ "system": "urn:lab", "value": "S-17" }],
        "valueQuantity": { "value": value, "unit": "mmol/L" }, "subject": { "reference": "Patient/p" } })
}

#[test]
fn findings_with_one_number_are_records_of_their_own_and_the_same_ones_each_time() {
    let text = bundle(&[finding("Sodium", 140), finding("Potassium", 4)]).to_string();
    let found = |text: &str| -> BTreeMap<_, _> {
        let plan = planned(text);
        let findings = records(&plan).filter(|record| record.kind == "observation");
        findings.map(|record| (record.record, record.patch.clone())).collect()
    };
    assert_eq!(found(&text).len(), 2);
    let turned = bundle(&[finding("Potassium", 4), finding("Sodium", 140)]);
    assert_eq!(found(&text), found(&serde_json::to_string_pretty(&turned).unwrap()));
}

#[test]
fn what_is_said_twice_is_one_record_and_two_people_of_one_number_are_refused() {
    let twice = planned(&bundle(&[finding("Sodium", 140), finding("Sodium", 140)]).to_string());
    let account = &twice.account["Observation"];
    assert_eq!((account.stored, account.merged), (1, 1));
    let person = |name: &str| {
        json!({ "resourceType": "Patient", "name": [{ "text": name }],
        "identifier": [{ "system": "urn:ward", "value": "1" }] })
    };
    let refused = read(&bundle(&[person("Budi"), person("Sari")]).to_string()).unwrap_err();
    let place = "Bundle.entry[3].resource".to_owned();
    assert_eq!(refused, Refused { place, reason: Reason::Duplicate });
}
