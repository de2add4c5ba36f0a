//! Documents of other systems become files where their bytes are at hand, and facts of the timeline where they are not; and
//! files go out so that they come in again as they were.

use std::collections::BTreeMap;

use domain::fhir::{Document, Encoded, LeftOut, Planned, documents};
use domain::files::{Attachment, FileSort};
use domain::patients::Patient;
use domain::record::Hex;
use domain::visits::{Visit, VisitStatus};
use domain::{BlobRef, RecordId, Value};
use serde_json::{Value as Json, json};

use crate::{bundle, planned, records};

fn document(content: Json) -> Json {
    json!({ "resourceType": "DocumentReference", "id": "d", "status": "current", "content": content,
        "subject": { "reference": "Patient/p" } })
}

fn with(mut document: Json, members: Json) -> Json {
    members.as_object().unwrap().iter().for_each(|(name, member)| document[name] = member.clone());
    document
}

fn binary(id: &str, data: &str) -> Json {
    json!({ "resourceType": "Binary", "id": id, "contentType": "application/pdf", "data": data })
}

/// The records beside the patient and the visit that are in every bundle.
fn others(resources: &[Json]) -> Vec<Planned> {
    let plan = planned(&bundle(resources).to_string());
    records(&plan).filter(|record| !["patient", "visit"].contains(&record.kind)).cloned().collect()
}

fn said<'r>(record: &'r Planned, field: &str) -> Option<&'r str> {
    record.patch.get(field).and_then(Value::as_text)
}

#[test]
fn bytes_in_the_document_or_in_a_binary_of_the_bundle_make_a_file_that_says_what_the_document_says() {
    let attachment = json!({ "contentType": "application/pdf", "title": "Complete blood count", "size": 2,
        "hash": "wiyC2FEcLzTFBcj8DbrtEjkSTJE=", "creation": "2026-09-03" });
    let members = json!({
        "type": { "coding": [{ "system": "http://loinc.org", "code": "11502-2", "display": "Laboratory report" }] },
        "date": "2026-09-04T10:00:00+08:00", "author": [{ "display": "Dr Lim" }], "description": "Fasting",
        "context": { "encounter": [{ "reference": "Encounter/e" }] },
    });
    let mut inline = attachment.clone();
    inline["data"] = json!("SGk=");
    let mut named = attachment;
    named["url"] = json!("Binary/b");
    for resources in [
        vec![with(document(json!([{ "attachment": inline }])), members.clone())],
        vec![with(document(json!([{ "attachment": named }])), members), binary("b", "SGk=")],
    ] {
        let made = others(&resources);
        let [file] = made.as_slice() else { panic!("{made:?}") };
        assert_eq!(file.kind, "attachment");
        let fields = ["sort", "title", "taken_on", "came_by"].map(|field| said(file, field).unwrap());
        assert_eq!(fields, ["laboratory", "Complete blood count", "2026-09-03", "import"]);
        let visit = planned(&bundle(&[]).to_string());
        let visit = records(&visit).find(|record| record.kind == "visit").unwrap().record.to_string();
        assert_eq!(said(file, "about"), Some(visit.as_str()));
        let note = said(file, "note").unwrap();
        for words in ["Fasting", "author: Dr Lim", "type: Laboratory report", "date: 2026-09-04"] {
            assert!(note.contains(words), "{note}");
        }
        let carried = file.carried.as_ref().unwrap();
        let told = (carried.data.as_str(), carried.size.as_deref(), carried.hash.as_deref());
        assert_eq!(told, ("SGk=", Some("2"), Some("wiyC2FEcLzTFBcj8DbrtEjkSTJE=")));
        assert!(carried.place.ends_with(".content[0].attachment"), "{}", carried.place);
        assert!(file.patch.values().all(|value| !format!("{value:?}").contains("SGk=")), "kept once");
    }
}

#[test]
fn an_address_elsewhere_is_told_and_the_document_stays_a_fact() {
    for url in ["https://elsewhere.example/scan.pdf", "Binary/nobody", "Patient/p"] {
        let document = document(
            json!([{ "attachment": { "url": url, "title": "Scan", "contentType": "application/pdf" } }]),
        );
        let plan = planned(&bundle(&[document]).to_string());
        assert_eq!(plan.account["DocumentReference"].cut, [(LeftOut::Elsewhere, 1)].into(), "{url}");
        assert!(plan.left[0].place.ends_with(".content[0].attachment.url"), "{}", plan.left[0].place);
        let fact = records(&plan).find(|record| record.kind == "event").unwrap();
        assert!(said(fact, "text").unwrap().contains("attached: Scan"), "{:?}", fact.patch);
    }
}

#[test]
fn bytes_that_no_document_names_are_left_out_and_those_that_one_names_are_a_part_of_it() {
    let named = document(json!([{ "attachment": { "url": "Binary/b" } }]));
    let plan = planned(&bundle(&[named, binary("b", "SGk="), binary("c", "SGk=")]).to_string());
    let account = &plan.account["Binary"];
    assert_eq!((account.merged, &account.left_out), (1, &[(LeftOut::NotReferredTo, 1)].into()));
}

#[test]
fn several_files_of_one_document_are_records_of_their_own_in_whatever_order_they_come() {
    let one = json!({ "attachment": { "title": "Front", "data": "SGk=" } });
    let other = json!({ "attachment": { "title": "Back", "data": "SG8=" } });
    let by_title = |content: Json| -> BTreeMap<String, RecordId> {
        let made = others(&[document(content)]);
        made.iter().map(|file| (said(file, "title").unwrap().to_owned(), file.record)).collect()
    };
    let found = by_title(json!([one, other]));
    assert_eq!(found.len(), 2);
    assert_eq!(found, by_title(json!([other, one])));
}

#[test]
fn of_a_document_with_hundreds_of_files_a_hundred_are_taken_in_and_the_others_told() {
    let file = |number: u32| json!({ "attachment": { "title": number.to_string(), "data": "SGk=" } });
    let plan = planned(&bundle(&[document((0..130).map(file).collect())]).to_string());
    assert_eq!(records(&plan).filter(|record| record.kind == "attachment").count(), 100);
    assert_eq!(plan.account["DocumentReference"].cut, [(LeftOut::TooLong, 30)].into());
}

#[test]
fn the_words_of_a_document_are_at_hand_for_when_its_file_is_not_taken_in() {
    let made = others(&[with(
        document(json!([{ "attachment": { "data": "SGk=", "title": "Scan" } }])),
        json!({ "description": "A letter", "date": "2026-09-04T10:00:00+08:00" }),
    )]);
    let words = made[0].instead.as_ref().unwrap();
    assert_eq!((words.kind, said(words, "at")), ("event", Some("2026-09-04T10:00:00+08:00")));
    assert!(said(words, "text").unwrap().starts_with("A letter"));
    assert!(!format!("{words:?}").contains("SGk="));
}

#[test]
fn what_is_superseded_says_so_first_and_a_long_name_is_cut_and_said() {
    let content = json!([{ "attachment": { "data": "SGk=", "title": "x".repeat(130) } }]);
    let made = others(&[with(document(content), json!({ "status": "superseded" }))]);
    let title = said(&made[0], "title").unwrap();
    assert!(title.starts_with("Superseded: xxx") && title.ends_with('…') && title.chars().count() == 120);
    assert!(said(&made[0], "note").unwrap().contains(&"x".repeat(130)));
    let nameless = others(&[document(json!([{ "attachment": { "data": "SGk=" } }]))]);
    assert_eq!((said(&nameless[0], "title"), said(&nameless[0], "sort")), (Some("Document"), Some("other")));
}

#[test]
fn a_document_that_its_source_calls_a_mistake_names_every_file_that_it_would_have_been() {
    let content = json!([{ "attachment": { "data": "SGk=" } }, { "attachment": { "data": "SG8=" } }]);
    let made = others(&[document(content.clone())]);
    let mistaken = with(document(content), json!({ "status": "entered-in-error" }));
    let plan = planned(&bundle(&[mistaken]).to_string());
    let mistakes: Vec<RecordId> = plan.mistakes.iter().map(|mistake| mistake.record).collect();
    assert!(made.iter().all(|file| mistakes.contains(&file.record)), "{mistakes:?}");
}

#[test]
fn two_documents_of_one_name_with_other_bytes_are_not_taken_for_one() {
    let one = document(json!([{ "attachment": { "data": "SGk=" } }]));
    let other = document(json!([{ "attachment": { "data": "SG8=" } }]));
    let plan = planned(&bundle(&[one, other]).to_string());
    let account = &plan.account["DocumentReference"];
    assert_eq!((account.stored, &account.left_out), (1, &[(LeftOut::Duplicate, 1)].into()));
}

#[test]
fn a_file_that_goes_out_comes_in_as_it_was() {
    let id = |number: u8| RecordId::new(1_000, &[number; 10]);
    let patient = Patient {
        family: Some("Mejía".to_owned()),
        given: Some("Gustavo".to_owned()),
        birth_date: "1999-07-14".parse().ok(),
        ..Patient::default()
    };
    let visit = Visit { status: Some(VisitStatus::Completed), ..Visit::default() };
    let file = BlobRef { sha256: Hex::of(&[7; 32]), size: 2, media_type: "application/pdf".to_owned() };
    for sort in FileSort::ALL {
        let attachment = Attachment {
            patient: Some(id(1)),
            about: Some(id(2)),
            file: Some(file.clone()),
            sort: Some(*sort),
            title: Some("Complete blood count".to_owned()),
            taken_on: "2026-09".parse().ok(),
            note: Some("Fasting".to_owned()),
            ..Attachment::default()
        };
        let bytes = Encoded { data: "SGk=".to_owned(), hash: "hash".to_owned() };
        let given = Document {
            record: id(3),
            attachment: &attachment,
            filed: "2026-11-22T10:20:00+08:00",
            author: Some("Ana Lim"),
            bytes: Some(bytes),
        };
        let visits = [(id(2), visit.clone())];
        let text = documents((id(1), &patient), &visits, vec![given]).to_string();
        let plan = planned(&text);
        assert_eq!(plan.left, []);
        let visit = records(&plan).find(|record| record.kind == "visit").unwrap();
        let file = records(&plan).find(|record| record.kind == "attachment").unwrap();
        let fields = ["sort", "title", "taken_on"].map(|field| said(file, field).unwrap());
        assert_eq!(fields, [sort.word(), "Complete blood count", "2026-09"]);
        assert_eq!(said(file, "about"), Some(visit.record.to_string().as_str()));
        let note = said(file, "note").unwrap();
        assert!(
            note.contains("Fasting") && note.contains("author: Ana Lim") && !note.contains("type:"),
            "{note}"
        );
        let carried = file.carried.as_ref().unwrap();
        assert_eq!((carried.size.as_deref(), carried.hash.as_deref()), (Some("2"), Some("hash")));
    }
}

#[test]
fn a_file_whose_bytes_are_elsewhere_goes_out_without_an_address_and_comes_in_as_a_fact() {
    let attachment =
        Attachment { title: Some("Scan".to_owned()), sort: Some(FileSort::Other), ..Attachment::default() };
    let id = RecordId::new(1_000, &[1; 10]);
    let given = Document {
        record: id,
        attachment: &attachment,
        filed: "2026-11-22T10:20:00+08:00",
        author: None,
        bytes: None,
    };
    let out = documents((RecordId::new(1_000, &[2; 10]), &Patient::default()), &[], vec![given]);
    assert_eq!(out["entry"].as_array().unwrap().len(), 2);
    let plan = planned(&out.to_string());
    assert!(records(&plan).any(|record| record.kind == "event"));
}
