//! Files of a chart as another system takes them in: a FHIR R4 bundle of the person, the visits, a `DocumentReference` a
//! file, and a `Binary` for the bytes of each.

use serde_json::{Map, Value as Json, json};

use super::datatypes::LOINC;
use super::documents::{SORTS, loinc};
use crate::files::Attachment;
use crate::patients::{Identifier, Patient};
use crate::visits::{Visit, VisitStatus};
use crate::{PartialDate, RecordId};

/// A file to hand over.
pub struct Document<'d> {
    /// Its record.
    pub record: RecordId,
    /// What is said of it.
    pub attachment: &'d Attachment,
    /// When it was filed, with offset.
    pub filed: &'d str,
    /// Who filed it.
    pub author: Option<&'d str>,
    /// Its bytes; none where they are not here.
    pub bytes: Option<Encoded>,
}

/// The bytes of a file, as FHIR writes them.
pub struct Encoded {
    /// In Base64 (RFC 4648, section 4).
    pub data: String,
    /// Their SHA-1 digest in Base64, which FHIR asks for.
    pub hash: String,
}

/// Numbers of people whose system has no address of its own.
const NUMBERS: &str = "urn:clinicdesk:number:";
/// Visits to a place, not at home and not in a bed (HL7 v3 ActCode).
const AMBULATORY: &str = "AMB";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// The bundle of these files of one person; of `visits` those that a file belongs to.
#[must_use]
pub fn documents(
    patient: (RecordId, &Patient),
    visits: &[(RecordId, Visit)],
    documents: Vec<Document<'_>>,
) -> Json {
    let whose = patient.0;
    let mut entries = vec![entry(whose, person(patient))];
    entries.extend(visits.iter().map(|(id, visit)| entry(*id, encounter(*id, visit, whose))));
    for document in documents {
        let binary = RecordId::derived(format!("binary {}", document.record).as_bytes());
        let Document { record, attachment, filed, author, bytes } = document;
        let media_type = attachment.file.as_ref().map(|file| file.media_type.clone()).unwrap_or_default();
        let mut said = Map::new();
        said.insert("contentType".to_owned(), json!(media_type));
        put(&mut said, "size", attachment.file.as_ref().map(|file| json!(file.size)));
        put(&mut said, "title", attachment.title.as_ref().map(|title| json!(title)));
        put(&mut said, "creation", attachment.taken_on.as_ref().map(day));
        if let Some(Encoded { data, hash }) = bytes {
            said.insert("hash".to_owned(), json!(hash));
            said.insert("url".to_owned(), json!(address(binary)));
            let resource = json!({
                "resourceType": "Binary", "id": binary.to_string(), "contentType": media_type, "data": data,
            });
            entries.push(entry(binary, resource));
        }
        let mut resource = Map::new();
        resource.insert("resourceType".to_owned(), json!("DocumentReference"));
        resource.insert("id".to_owned(), json!(record.to_string()));
        resource.insert("status".to_owned(), json!("current"));
        put(&mut resource, "type", of_type(attachment));
        resource.insert("subject".to_owned(), reference(whose));
        resource.insert("date".to_owned(), json!(filed));
        put(&mut resource, "author", author.map(|author| json!([{ "display": author }])));
        put(&mut resource, "description", attachment.note.as_ref().map(|note| json!(note)));
        resource.insert("content".to_owned(), json!([{ "attachment": said }]));
        let visit = attachment.about.filter(|about| visits.iter().any(|(visit, _)| visit == about));
        put(&mut resource, "context", visit.map(|visit| json!({ "encounter": [reference(visit)] })));
        entries.push(entry(record, Json::Object(resource)));
    }
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

fn put(into: &mut Map<String, Json>, name: &str, value: Option<Json>) {
    into.extend(value.map(|value| (name.to_owned(), value)));
}

fn address(record: RecordId) -> String {
    format!("urn:uuid:{record}")
}

fn reference(record: RecordId) -> Json {
    json!({ "reference": address(record) })
}

fn entry(record: RecordId, resource: Json) -> Json {
    json!({ "fullUrl": address(record), "resource": resource })
}

/// A date as FHIR has one: that it was estimated it cannot say.
fn day(day: &PartialDate) -> Json {
    json!(day.to_string().trim_start_matches('~'))
}

fn of_type(attachment: &Attachment) -> Option<Json> {
    let sort = attachment.sort?;
    let ours = json!({ "system": SORTS, "code": sort.word() });
    let theirs = loinc(sort).map(|code| json!({ "system": LOINC, "code": code }));
    Some(json!({ "coding": std::iter::once(ours).chain(theirs).collect::<Vec<_>>() }))
}

fn person((id, patient): (RecordId, &Patient)) -> Json {
    let mut resource = Map::new();
    resource.insert("resourceType".to_owned(), json!("Patient"));
    resource.insert("id".to_owned(), json!(id.to_string()));
    let numbers: Vec<Json> =
        patient.identifiers.iter().flat_map(|numbers| numbers.0.values()).filter_map(number).collect();
    put(&mut resource, "identifier", Some(numbers).filter(|all| !all.is_empty()).map(Json::Array));
    let given: Vec<&String> = [&patient.given, &patient.middle].into_iter().flatten().collect();
    let mut name = Map::new();
    name.insert("use".to_owned(), json!("official"));
    put(&mut name, "family", patient.family.as_ref().map(|family| json!(family)));
    put(&mut name, "given", Some(json!(given)).filter(|_| !given.is_empty()));
    put(&mut name, "suffix", patient.suffix.as_ref().map(|suffix| json!([suffix])));
    resource.insert("name".to_owned(), json!([name]));
    put(&mut resource, "gender", patient.sex.map(|sex| json!(sex.word())));
    put(&mut resource, "birthDate", patient.birth_date.as_ref().map(day));
    put(&mut resource, "deceasedDateTime", patient.died.as_ref().map(day));
    Json::Object(resource)
}

fn number(number: &Identifier) -> Option<Json> {
    let value = number.value.as_ref()?;
    let system = number.system.as_deref().map(|system| match system.contains(':') {
        true => system.to_owned(),
        false => format!("{NUMBERS}{system}"),
    });
    let mut said = Map::new();
    put(&mut said, "system", system.map(Json::String));
    said.insert("value".to_owned(), json!(value));
    Some(Json::Object(said))
}

fn encounter(id: RecordId, visit: &Visit, whose: RecordId) -> Json {
    let status = match visit.status {
        Some(VisitStatus::Scheduled) => "planned",
        Some(VisitStatus::Arrived) => "arrived",
        Some(VisitStatus::Triaged) => "triaged",
        Some(VisitStatus::InProgress) => "in-progress",
        Some(VisitStatus::Completed) => "finished",
        Some(VisitStatus::Cancelled | VisitStatus::NoShow) => "cancelled",
        None => "unknown",
    };
    let mut period = Map::new();
    let start = visit.started_at.as_ref().or(visit.arrived_at.as_ref());
    put(&mut period, "start", start.map(|at| json!(at.as_str())));
    put(&mut period, "end", visit.ended_at.as_ref().map(|at| json!(at.as_str())));
    let mut resource = Map::new();
    resource.insert("resourceType".to_owned(), json!("Encounter"));
    resource.insert("id".to_owned(), json!(id.to_string()));
    resource.insert("status".to_owned(), json!(status));
    resource.insert("class".to_owned(), json!({ "system": ACT_CODE, "code": AMBULATORY }));
    resource.insert("subject".to_owned(), reference(whose));
    put(&mut resource, "period", Some(Json::Object(period)).filter(|period| period != &json!({})));
    Json::Object(resource)
}
