//! What turns a meaning reaches the reader: a denial, a rule-out, a thing not done, what is over, and whose it is.

use std::collections::BTreeSet;

use domain::Value;
use domain::fhir::{LeftOut, Planned};
use serde_json::{Value as Json, json};

use crate::{about, bundle, made, planned, records, text};

fn first_line(record: &Planned) -> &str {
    text(record, "text").and_then(|text| text.lines().next()).unwrap_or_default()
}

#[test]
fn what_is_denied_ruled_out_forbidden_or_not_done_says_so_before_its_name_and_has_no_code_alone() {
    let coded =
        json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "1", "display": "Penicillin" }] });
    let refuted = json!({ "coding": [{ "code": "refuted" }] });
    let medicine = |members: Json| {
        let mut all = json!({ "status": "active", "medicationCodeableConcept": coded });
        members.as_object().unwrap().iter().for_each(|(name, member)| all[name] = member.clone());
        all
    };
    for (of, members, said) in [
        (
            "AllergyIntolerance",
            json!({ "code": coded, "verificationStatus": refuted }),
            "Allergy ruled out: Penicillin",
        ),
        ("Condition", json!({ "code": coded, "verificationStatus": refuted }), "Ruled out: Penicillin"),
        (
            "MedicationRequest",
            medicine(json!({ "intent": "order", "doNotPerform": true })),
            "Do not give: Penicillin",
        ),
        ("MedicationRequest", medicine(json!({ "intent": "proposal" })), "Only proposed: Penicillin"),
        ("MedicationRequest", medicine(json!({ "intent": "plan" })), "Only planned: Penicillin"),
        (
            "MedicationRequest",
            medicine(json!({ "intent": "order", "status": "draft" })),
            "Only proposed: Penicillin",
        ),
        (
            "MedicationRequest",
            medicine(json!({ "intent": "order", "status": "cancelled" })),
            "Cancelled: Penicillin",
        ),
        ("MedicationStatement", medicine(json!({ "status": "not-taken" })), "Not taken: Penicillin"),
        (
            "MedicationStatement",
            medicine(json!({ "status": "unknown" })),
            "Not known how it stands: Penicillin",
        ),
        ("MedicationAdministration", medicine(json!({ "status": "not-done" })), "Not given: Penicillin"),
        (
            "ServiceRequest",
            json!({ "status": "active", "intent": "order", "code": coded, "doNotPerform": true }),
            "Do not do: Penicillin",
        ),
        (
            "ServiceRequest",
            json!({ "status": "revoked", "intent": "order", "code": coded }),
            "Cancelled: Penicillin",
        ),
        (
            "Procedure",
            json!({ "status": "not-done", "code": coded, "statusReason": { "text": "refused" } }),
            "Not done: Penicillin",
        ),
        ("Procedure", json!({ "status": "preparation", "code": coded }), "Only planned: Penicillin"),
        ("Immunization", json!({ "status": "not-done", "vaccineCode": coded }), "Not given: Penicillin"),
        ("Observation", json!({ "status": "cancelled", "code": coded }), "Cancelled: Penicillin"),
        (
            "Observation",
            json!({ "status": "final", "code": coded, "focus": [{ "display": "the fetus" }] }),
            "Not about the patient but the fetus: Penicillin",
        ),
        ("Goal", json!({ "lifecycleStatus": "rejected", "description": coded }), "Rejected: Penicillin"),
        ("Flag", json!({ "status": "inactive", "code": coded }), "No longer active: Penicillin"),
        (
            "DocumentReference",
            json!({ "status": "superseded", "type": coded, "content": [] }),
            "Superseded: Penicillin",
        ),
        ("Encounter", json!({ "status": "cancelled", "type": [coded] }), "Cancelled: Penicillin"),
    ] {
        let event = made(of, members);
        assert_eq!((event.kind, first_line(&event), event.patch.get("code")), ("event", said, None), "{of}");
        assert!(text(&event, "original").unwrap().contains("Penicillin"), "{of}");
    }
    let told = made(
        "Procedure",
        json!({ "status": "not-done", "code": coded, "statusReason": { "text": "refused" } }),
    );
    assert!(text(&told, "text").unwrap().contains("status reason: refused"));
}

#[test]
fn a_flag_that_is_raised_is_an_alert_until_its_day_and_one_that_denies_is_none() {
    let flag = |code: Json| {
        let period = json!({ "start": "2020-03-01", "end": "2027-01-31" });
        let category = json!([{ "text": "Safety" }]);
        made("Flag", json!({ "status": "active", "code": code, "category": category, "period": period }))
    };
    let alert = flag(json!({ "text": "Falls", "coding": [{ "system": "urn:local", "code": "F1" }] }));
    let fields = ["text", "since", "until", "remarks"].map(|field| text(&alert, field));
    let said = ["Falls", "2020-03-01", "2027-01-31", "category: Safety"].map(Some);
    assert_eq!((alert.kind, fields), ("banner_alert", said));
    assert_eq!(alert.patch["code"].get("code"), Some(&Value::text("F1")));
    assert_eq!(flag(json!({ "text": "None known" })).kind, "event");
}

#[test]
fn a_statement_that_there_is_nothing_or_nothing_known_is_no_allergy_problem_medicine_or_dose() {
    let ips = |code: &str| {
        json!({ "coding": [{ "code": code,
        "system": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips" }] })
    };
    let snomed = |code: &str| json!({ "coding": [{ "code": code, "system": "http://snomed.info/sct" }] });
    let missing = json!({ "coding": [{ "code": "unknown",
        "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason" }] });
    let medicine = |concept: Json| json!({ "status": "active", "medicationCodeableConcept": concept });
    for (of, members) in [
        ("AllergyIntolerance", json!({ "code": ips("no-allergy-info") })),
        ("AllergyIntolerance", json!({ "code": snomed("716184000") })),
        ("AllergyIntolerance", json!({ "code": snomed("1287211007") })),
        ("AllergyIntolerance", json!({ "code": { "text": "No Known Allergies (Other Types)" } })),
        ("AllergyIntolerance", json!({ "code": { "text": "Denies any allergies" } })),
        ("AllergyIntolerance", json!({ "code": missing })),
        ("Condition", json!({ "code": ips("no-known-problems") })),
        ("Condition", json!({ "code": { "text": "No known problems" } })),
        ("MedicationStatement", medicine(ips("no-known-medications"))),
        ("MedicationStatement", medicine(json!({ "text": "No known medications" }))),
        ("Immunization", json!({ "status": "completed", "vaccineCode": ips("no-immunization-info") })),
    ] {
        let event = made(of, members);
        assert_eq!(event.kind, "event", "{of}");
        assert!(event.patch.contains_key("code") || !first_line(&event).is_empty(), "{of}");
    }
    let but = json!({ "code": { "text": "No known allergies but penicillin" } });
    assert_eq!(made("AllergyIntolerance", but).kind, "allergy");
    let coded_but =
        json!({ "code": { "text": "NKDA except penicillin", "coding": snomed("409137002")["coding"] } });
    assert_eq!(made("AllergyIntolerance", coded_but).kind, "allergy");
    let other = json!({ "code": { "text": "Penicillin", "coding": snomed("409137002")["coding"] } });
    assert_eq!(
        made("AllergyIntolerance", other).kind,
        "allergy",
        "two things are said, and one of them warns"
    );
    let french =
        json!({ "code": { "text": "pas d'allergie connue", "coding": snomed("716186003")["coding"] } });
    assert_eq!(made("AllergyIntolerance", french).kind, "event");
    assert_eq!(made("AllergyIntolerance", json!({ "reaction": [] })).kind, "allergy");
}

fn of_mother(status: &str, conditions: &[Json]) -> Json {
    json!({ "status": status, "relationship": { "text": "mother" }, "condition": conditions })
}

#[test]
fn what_somebody_of_the_family_had_is_told_as_theirs_each_by_itself() {
    let cancer = json!({ "code": { "text": "Breast cancer" }, "onsetAge": { "value": 45, "unit": "years" } });
    let stroke = json!({ "code": { "coding": [{ "code": "230690007", "display": "Stroke" }] },
        "outcome": { "text": "died" } });
    let parts = |conditions: &[Json]| -> Vec<Planned> {
        let plan =
            planned(&bundle(&[about("FamilyMemberHistory", of_mother("partial", conditions))]).to_string());
        assert_eq!(plan.account["FamilyMemberHistory"].stored, 1);
        records(&plan).filter(|record| record.kind == "background").cloned().collect()
    };
    let both = parts(&[cancer.clone(), stroke.clone()]);
    let mut told: Vec<_> = both
        .iter()
        .map(|part| {
            ["sort", "relative", "name", "remarks"].map(|field| text(part, field).unwrap().to_owned())
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            ["family", "mother", "Breast cancer", "onset: 45 years\nstatus: partial"],
            ["family", "mother", "Stroke", "outcome: died\nstatus: partial"],
        ]
    );
    let ids = |parts: &[Planned]| parts.iter().map(|part| part.record).collect::<BTreeSet<_>>();
    assert_eq!(ids(&parts(&[stroke.clone(), json!({ "code": { "text": "Asthma" } }), cancer])).len(), 3);
    assert!(
        ids(&both).is_superset(&ids(&parts(std::slice::from_ref(&stroke)))),
        "one more or less changes no other"
    );
    assert_eq!(parts(&[stroke.clone(), stroke]).len(), 2, "nothing that is said twice is lost");
}

#[test]
fn what_nobody_of_the_family_had_is_never_a_part_of_the_background() {
    let stroke = json!({ "code": { "text": "Stroke" } });
    let none = json!({ "code": { "text": "No family history of stroke" } });
    let father = json!({ "status": "health-unknown", "relationship": { "text": "father" },
        "dataAbsentReason": { "coding": [{ "code": "subject-unknown" }] } });
    for (members, said) in [
        (father, "Family history, father: nothing known (subject-unknown)"),
        (of_mother("health-unknown", std::slice::from_ref(&stroke)), "Family history, mother: Stroke"),
        (of_mother("completed", &[none]), "Family history, mother: No family history of stroke"),
        (of_mother("completed", &[]), "Family history, mother: nothing known"),
    ] {
        let event = made("FamilyMemberHistory", members);
        assert_eq!((event.kind, first_line(&event)), ("event", said));
    }
    let wrong = about("FamilyMemberHistory", of_mother("entered-in-error", std::slice::from_ref(&stroke)));
    let plan = planned(&bundle(&[wrong]).to_string());
    assert!(records(&plan).all(|record| !matches!(record.kind, "background" | "event")));
    let right = made("FamilyMemberHistory", of_mother("completed", std::slice::from_ref(&stroke)));
    assert!(plan.mistakes.iter().any(|mistake| mistake.record == right.record));
    // What cannot be read leaves out itself, and is not "nothing known".
    let obscure = json!({ "code": { "text": "Gout" }, "modifierExtension": [{ "url": "urn:z" }] });
    let plan = planned(
        &bundle(&[about("FamilyMemberHistory", of_mother("completed", &[stroke, obscure.clone()]))])
            .to_string(),
    );
    assert_eq!(records(&plan).filter_map(|record| text(record, "name")).collect::<Vec<_>>(), ["Stroke"]);
    let plan =
        planned(&bundle(&[about("FamilyMemberHistory", of_mother("completed", &[obscure]))]).to_string());
    assert_eq!(plan.account["FamilyMemberHistory"].stored, 0);
}

#[test]
fn a_result_is_its_value_or_that_there_is_none_and_why() {
    let shown = |members: Json| {
        let mut all = json!({ "status": "final", "code": { "text": "Test" } });
        members.as_object().unwrap().iter().for_each(|(name, member)| all[name] = member.clone());
        text(&made("Observation", all), "text").map(str::to_owned).unwrap_or_default()
    };
    let one = |value: Json| json!({ "value": value });
    for (members, said) in [
        (json!({ "valueRatio": { "numerator": one(json!(1)), "denominator": one(json!(128)) } }), "1:128"),
        (
            json!({ "valueRatio": { "numerator": { "value": 5, "unit": "mg" }, "denominator": { "value": 1, "unit": "mL" } } }),
            "5 mg in 1 mL",
        ),
        (
            json!({ "valueRange": { "low": { "value": 2, "unit": "/HPF" }, "high": { "value": 5, "unit": "/HPF" } } }),
            "2 to 5 /HPF",
        ),
        (json!({ "valueRange": { "high": { "value": 5, "unit": "mg" } } }), "at most 5 mg"),
        (
            json!({ "valuePeriod": { "start": "2019-01-01", "end": "2019-02-01" } }),
            "2019-01-01 to 2019-02-01",
        ),
        (json!({ "valueTime": "10:15:00" }), "10:15:00"),
        (json!({ "valueDateTime": "2019-01" }), "2019-01"),
        (json!({ "valueBoolean": false }), "false"),
        (json!({ "valueString": "steady" }), "steady"),
        (
            json!({ "dataAbsentReason": { "coding": [{ "code": "error", "display": "Error" }] } }),
            "No result: Error",
        ),
        (json!({}), "No result given"),
    ] {
        assert_eq!(shown(members), said);
    }
    assert!(shown(json!({ "valueSampledData": { "origin": one(json!(0)), "period": 10, "dimensions": 1, "data": "2 4 8" } })).contains("2 4 8"));
    let noted = made(
        "Observation",
        json!({ "status": "preliminary", "code": { "text": "HIV screen" },
        "note": [{ "text": "Specimen haemolysed" }], "interpretation": [{ "text": "High" }],
        "referenceRange": [{ "high": { "value": 5, "unit": "mg" }, "text": "adults" }] }),
    );
    assert_eq!(text(&noted, "status"), Some("preliminary"));
    let remarks = text(&noted, "remarks").unwrap();
    for said in
        ["note: Specimen haemolysed", "interpretation: High", "reference range: at most 5 mg, text: adults"]
    {
        assert!(remarks.contains(said), "{remarks}");
    }
    let part = made(
        "Observation",
        json!({ "status": "final", "code": { "text": "Panel" }, "component": [
        { "code": { "text": "Sodium" }, "dataAbsentReason": { "text": "not asked" } },
        { "code": { "text": "Potassium" }, "valueQuantity": { "value": 0.1, "comparator": "<", "unit": "mmol/L" },
          "interpretation": [{ "text": "Low" }] }] }),
    );
    let parts: Vec<&str> = part
        .patch
        .iter()
        .filter(|(path, _)| path.ends_with("/text"))
        .filter_map(|(_, text)| text.as_text())
        .collect();
    assert!(parts.contains(&"No result: not asked") && parts.contains(&"< 0.1 mmol/L"), "{parts:?}");
    assert_eq!(text(&part, "remarks"), Some("Potassium interpretation: Low"));
}

#[test]
fn how_sure_and_how_dangerous_an_allergy_is_are_told_and_a_weak_dose_is_no_full_one() {
    let allergy = made(
        "AllergyIntolerance",
        json!({ "code": { "text": "Latex" }, "criticality": "high",
        "type": "intolerance", "lastOccurrence": "2020", "recordedDate": "2018-05-06",
        "verificationStatus": { "coding": [{ "code": "unconfirmed" }] },
        "reaction": [{ "substance": { "text": "glove" }, "manifestation": [{ "text": "hives" }], "onset": "2019",
            "note": [{ "text": "at work" }] }] }),
    );
    let fields = ["certainty", "criticality", "recorded"].map(|field| text(&allergy, field));
    assert_eq!(fields, ["suspected", "high", "2018-05-06"].map(Some));
    let remarks = text(&allergy, "remarks").unwrap();
    for said in
        ["type: intolerance", "last occurrence: 2020", "substance: glove", "onset: 2019", "note: at work"]
    {
        assert!(remarks.contains(said), "{remarks}");
    }
    let weak = made(
        "Immunization",
        json!({ "status": "completed", "vaccineCode": { "text": "MMR" },
        "isSubpotent": true, "occurrenceString": "as a child", "site": { "text": "left arm" } }),
    );
    assert_eq!(text(&weak, "status"), Some("subpotent"));
    assert!(text(&weak, "remarks").unwrap().contains("occurrence: as a child"));
}

#[test]
fn what_no_field_of_a_medicine_holds_is_said() {
    let medicine = made(
        "MedicationRequest",
        json!({ "status": "on-hold", "statusReason": { "text": "surgery" },
        "intent": "order", "medicationCodeableConcept": { "text": "Warfarin" }, "note": [{ "text": "check INR" }],
        "dosageInstruction": [{ "additionalInstruction": [{ "text": "with food" }],
            "asNeededCodeableConcept": { "text": "pain" },
            "maxDosePerPeriod": { "numerator": { "value": 4, "unit": "tablets" }, "denominator": { "value": 1, "unit": "day" } },
            "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d", "when": ["HS"] } },
            "doseAndRate": [{ "doseRange": { "low": { "value": 1 }, "high": { "value": 2, "unit": "tablets" } } }] }],
        "substitution": { "allowedBoolean": false } }),
    );
    assert_eq!(
        (text(&medicine, "status"), text(&medicine, "stopped")),
        (Some("stopped"), Some("on hold: surgery"))
    );
    let remarks = text(&medicine, "remarks").unwrap();
    for said in [
        "with food",
        "as needed: pain",
        "4 tablets in 1 day",
        "1 time in 1 day, when: HS",
        "1 to 2 tablets",
        "allowed: no",
        "note: check INR",
    ] {
        assert!(remarks.contains(said), "{said} in {remarks}");
    }
}

#[test]
fn a_plans_activity_that_must_not_be_done_says_so() {
    let plan = made(
        "CarePlan",
        json!({ "status": "active", "intent": "plan", "category": [{ "text": "Care" }],
        "activity": [
            { "detail": { "code": { "text": "Exercise" }, "status": "in-progress", "doNotPerform": true } },
            { "detail": { "description": "Diet", "status": "cancelled", "statusReason": { "text": "refused" } } }] }),
    );
    let said = text(&plan, "text").unwrap();
    assert!(said.contains("Do not do: Exercise (status: in-progress)"), "{said}");
    assert!(
        said.contains("Diet (") && said.contains("status: cancelled") && said.contains("refused"),
        "{said}"
    );
}

fn person(members: Json) -> (Planned, Vec<(String, LeftOut)>) {
    let mut known = bundle(&[]);
    let patient = &mut known["entry"][0]["resource"];
    members.as_object().unwrap().iter().for_each(|(name, member)| patient[name] = member.clone());
    let mut plan = planned(&known.to_string());
    let left = plan.left.iter().map(|left| (left.place.clone(), left.reason)).collect();
    (plan.patients.swap_remove(0).records.swap_remove(0), left)
}

fn parts(record: &Planned, list: &str, part: &str) -> Vec<String> {
    let of = |(path, _): &(&String, &Value)| path.starts_with(list) && path.ends_with(part);
    record.patch.iter().filter(of).filter_map(|(_, value)| value.as_text()).map(str::to_owned).collect()
}

#[test]
fn a_name_a_number_and_an_address_that_are_over_are_not_the_present_ones() {
    let name = |family: &str, members: Json| {
        let mut name = json!({ "family": family, "given": ["Elena"] });
        members.as_object().unwrap().iter().for_each(|(key, member)| name[key] = member.clone());
        name
    };
    for (names, family) in [
        (
            json!([
                name("Katigbak", json!({ "use": "official", "period": { "end": "2015-06-30" } })),
                name("Laurel", json!({ "use": "official" }))
            ]),
            "Laurel",
        ),
        (
            json!([
                name("Katigbak", json!({ "use": "official", "period": { "start": "1985" } })),
                name("Laurel", json!({ "use": "official", "period": { "start": "2015" } }))
            ]),
            "Laurel",
        ),
        (json!([name("Magsino", json!({ "use": "maiden" })), name("Nieva", json!({}))]), "Nieva"),
        (json!([name("Magsino", json!({ "use": "old" })), name("Nieva", json!({ "use": "temp" }))]), "Nieva"),
        (
            json!([
                name("Laurel", json!({ "use": "official" })),
                name("Soon", json!({ "use": "official", "period": { "start": "2027-01-01" } }))
            ]),
            "Laurel",
        ),
        (json!([name("Magsino", json!({ "use": "old" }))]), "Magsino"),
    ] {
        assert_eq!(text(&person(json!({ "name": names })).0, "family"), Some(family), "{names}");
    }
    let (who, left) = person(json!({
        "telecom": [
            { "system": "phone", "value": "1", "period": { "end": "2012-01-01" } },
            { "system": "phone", "value": "2", "rank": 1 },
            { "system": "phone", "value": "3", "use": "old" }],
        "address": [
            { "use": "home", "line": ["Old St 1"], "period": { "end": "2010-01-01" } },
            { "use": "home", "line": ["New St 2"], "period": { "start": "2010" } },
            { "use": "home", "line": ["Other St 3"] }],
        "identifier": [{ "system": "urn:mrn", "value": "7", "use": "old" }, { "system": "urn:mrn", "value": "8" }],
        "contact": [
            { "name": { "text": "Luz" }, "period": { "end": "2011" }, "telecom": [{ "system": "phone", "value": "4" }] },
            { "name": { "text": "Ben" }, "telecom": [
                { "system": "phone", "value": "5", "rank": 2 }, { "system": "phone", "value": "6", "rank": 1 },
                { "system": "phone", "value": "7", "use": "old", "rank": 1 }] }] }));
    assert_eq!(parts(&who, "contacts/", "/value"), ["2"]);
    assert_eq!(who.patch.iter().find(|(path, _)| path.ends_with("/rank")).unwrap().1, &Value::Int(1));
    assert_eq!(parts(&who, "identifiers/", "/value"), ["8"]);
    assert_eq!(parts(&who, "relations/", "/phone"), ["6"]);
    assert_eq!(parts(&who, "relations/", "/name"), ["Ben"]);
    let present: Vec<&String> =
        who.patch.iter().filter(|(path, _)| path.ends_with("/purpose")).map(|(path, _)| path).collect();
    assert_eq!(present.len(), 1);
    let line = present[0].replace("/purpose", "/line");
    assert_eq!(who.patch[&line], Value::text("New St 2"));
    assert!(left.iter().all(|(_, reason)| *reason == LeftOut::Ended), "{left:?}");
    assert_eq!(left.len(), 6, "{left:?}");
}

#[test]
fn a_retired_record_is_part_of_the_one_that_replaces_it() {
    let replaced = |index: usize, members: Json| {
        let mut all = bundle(&[
            json!({ "resourceType": "Patient", "id": "q", "birthDate": "1999-07", "gender": "female",
                "name": [{ "family": "Reyes", "given": ["Ana"] }], "active": true }),
            about("AllergyIntolerance", json!({ "code": { "text": "Penicillin" } })),
        ]);
        let patient = &mut all["entry"][index]["resource"];
        members.as_object().unwrap().iter().for_each(|(name, member)| patient[name] = member.clone());
        planned(&all.to_string())
    };
    let link = |other: &str, of: &str| json!({ "link": [{ "other": { "reference": other }, "type": of }] });
    for plan in [replaced(0, link("Patient/q", "replaced-by")), replaced(2, link("Patient/p", "replaces"))] {
        assert_eq!(plan.patients.len(), 1);
        assert_eq!((plan.account["Patient"].stored, plan.account["Patient"].merged), (1, 1));
        assert_eq!(plan.patients[0].replaces.len(), 1);
        let kinds: Vec<&str> = records(&plan).map(|record| record.kind).collect();
        assert_eq!(kinds, ["patient", "visit", "allergy"]);
        assert!(text(&plan.patients[0].records[0], "original").unwrap().contains(r#""replaced":{"#));
    }
    let other = replaced(0, json!({ "birthDate": "1980", "link": link("Patient/q", "replaced-by")["link"] }));
    assert_eq!(other.patients.len(), 2, "two births are not one person");
    assert_eq!(other.patients[0].records[0].patch.get("inactive"), Some(&Value::Bool(true)));
    let elsewhere = replaced(0, link("Patient/z", "replaced-by"));
    assert_eq!(elsewhere.patients[0].records[0].patch.get("inactive"), Some(&Value::Bool(true)));
    let inactive = replaced(0, json!({ "active": false }));
    assert_eq!(inactive.patients[0].records[0].patch.get("inactive"), Some(&Value::Bool(true)));
    assert_eq!(inactive.patients[1].records[0].patch.get("inactive"), None);
}

#[test]
fn a_name_that_holds_in_one_file_alone_is_nobodys_identity() {
    let card = |family: &str, urls: [&str; 2], lot: &str| {
        let person =
            json!({ "resourceType": "Patient", "name": [{ "family": family }], "birthDate": "1971-03-09" });
        let dose = json!({ "resourceType": "Immunization", "status": "completed", "vaccineCode": { "text": "C" },
            "patient": { "reference": urls[0] }, "occurrenceDateTime": "2025-01-10", "lotNumber": lot });
        let entries = [
            json!({ "fullUrl": urls[0], "resource": person }),
            json!({ "fullUrl": urls[1], "resource": dose }),
        ];
        let plan =
            planned(&json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }).to_string());
        let [person, dose] = [&plan.patients[0].records[0], &plan.patients[0].records[1]];
        (person.record, dose.record)
    };
    for urls in
        [["resource:0", "resource:1"], ["urn:uuid:1", "urn:uuid:2"], ["/Patient/1", "/Immunization/1"]]
    {
        let first = card("Ebuen", urls, "L-1");
        assert_eq!(first, card("Ebuen", urls, "L-1"));
        assert_eq!(
            first,
            card("Ebuen", ["resource:7", "resource:9"], "L-1"),
            "wherever it stands in its file"
        );
        let second = card("Ebuen", urls, "L-2");
        assert_eq!((first.0, first.1 == second.1), (second.0, false));
        let other = card("Fabro", urls, "L-1");
        assert!(other.0 != first.0 && other.1 != first.1);
    }
    let known =
        ["urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "https://a.example.org/fhir/Immunization/1"];
    assert_eq!(card("Ebuen", known, "L-1"), card("Ebuen", known, "L-2"));
}

#[test]
fn a_resource_without_any_name_is_known_by_all_that_it_says() {
    let mut nameless = about(
        "Observation",
        json!({ "status": "final", "code": { "text": "Gait" }, "valueString": "steady" }),
    );
    nameless.as_object_mut().unwrap().remove("id");
    let text = bundle(&[nameless]).to_string();
    let ids = |text: &str| records(&planned(text)).map(|record| record.record).collect::<Vec<_>>();
    assert_eq!(ids(&text).len(), 3);
    assert_eq!(ids(&text), ids(&text));
    assert_ne!(ids(&text), ids(&text.replace("steady", "unsteady")));
}

#[test]
fn the_eye_of_a_dosage_is_read_from_its_code_or_plain_words_and_two_eyes_that_contradict_name_none() {
    let of = |dosages: Json| {
        let members = json!({
            "status": "active", "intent": "order", "medicationCodeableConcept": { "text": "Latanoprost" },
            "dosageInstruction": dosages,
        });
        made("MedicationRequest", members)
    };
    let side =
        |site: Json| text(&of(json!([{ "text": "at night", "site": site }])), "side").map(str::to_owned);
    let coded = |system: &str, code: &str| json!({ "coding": [{ "system": system, "code": code }] });
    let snomed = "http://snomed.info/sct";
    for (site, eye) in [
        (coded(snomed, "18944008"), Some("right")),
        (coded(snomed, "8966001"), Some("left")),
        (coded(snomed, "40638003"), Some("both")),
        (coded("http://terminology.hl7.org/CodeSystem/v2-0163", "OS"), Some("left")),
        (json!({ "text": "Right eye" }), Some("right")),
        (json!({ "text": "left ear" }), None),
        (coded("urn:ours", "OS"), None),
        (
            json!({ "coding": [{ "system": snomed, "code": "18944008" }, { "system": snomed, "code": "8966001" }] }),
            None,
        ),
    ] {
        assert_eq!(side(site.clone()).as_deref(), eye, "{site}");
    }
    // What names no eye is said beside it, and what does is not said twice.
    let said = |site: &str| {
        text(&of(json!([{ "text": "at night", "site": { "text": site } }])), "remarks").map(str::to_owned)
    };
    assert_eq!(said("right eye"), None);
    assert!(said("left ear").unwrap().contains("left ear"));
    let drops = |eye: &str| json!({ "text": "at night", "site": { "text": eye } });
    assert_eq!(text(&of(json!([drops("right eye"), drops("right eye")])), "side"), Some("right"));
    let apart = of(json!([drops("right eye"), drops("left eye")]));
    assert_eq!(text(&apart, "side"), None);
    assert_eq!(text(&apart, "frequency"), Some("1) right eye, at night; 2) left eye, at night"));
}

#[test]
fn the_eye_of_a_procedure_is_read_from_its_sites_which_are_said_all_the_same() {
    let of = |sites: Json| {
        made("Procedure", json!({ "status": "completed", "code": { "text": "Laser" }, "bodySite": sites }))
    };
    let right = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "18944008", "display": "Right eye" }] });
    let left = json!({ "text": "left eye" });
    for (sites, eye) in [
        (json!([right]), Some("right")),
        (json!([{ "text": "Retina" }, left]), Some("left")),
        (json!([right, left]), Some("both")),
        (json!([{ "text": "left knee" }]), None),
    ] {
        let made = of(sites.clone());
        assert_eq!(text(&made, "side"), eye, "{sites}");
        assert!(text(&made, "text").unwrap().contains("body site: "), "{sites}");
    }
    let order = made(
        "ServiceRequest",
        json!({
            "status": "active", "intent": "order", "code": { "text": "Laser" }, "bodySite": [right],
        }),
    );
    assert_eq!(text(&order, "side"), None, "what is only asked for");
}
