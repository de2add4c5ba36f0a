//! What happened elsewhere, as facts of the timeline: procedures, care plans, reports and the like.

use super::cursor::Cursor;
use super::datatypes::{SNOMED, concept, notes, words};
use super::draft::{Case, Draft};
use super::json::Node;
use super::plan::Planned;
use super::when::When;
use super::{Refused, medicines};
use crate::Value;
use crate::record::Record;
use crate::visits::Event;

/// How one type of resource says what, when and how it stands.
struct Shape {
    of: &'static str,
    category: &'static str,
    /// The elements that hold what it was, the first that is there.
    code: &'static [&'static str],
    /// The elements that hold when it was, as a time or a period.
    times: &'static [&'static str],
    status: &'static str,
    /// The elements that hold more in words.
    text: &'static [&'static str],
}

/// The types, and those of other mappers for what is no record of theirs, such as a cancelled visit.
#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    Shape { of: "Procedure", category: "procedure", code: &["code"], times: &["performedDateTime", "performedPeriod"], status: "status", text: &[] },
    Shape { of: "CarePlan", category: "care-plan", code: &["category"], times: &["period"], status: "status", text: &["title", "description"] },
    Shape { of: "DiagnosticReport", category: "report", code: &["code"], times: &["effectiveDateTime", "effectivePeriod"], status: "status", text: &["conclusion"] },
    Shape { of: "ImagingStudy", category: "imaging-study", code: &["procedureCode", "modality"], times: &["started"], status: "status", text: &["description"] },
    Shape { of: "CareTeam", category: "care-team", code: &["category"], times: &["period"], status: "status", text: &["name"] },
    Shape { of: "Goal", category: "goal", code: &["description"], times: &["startDate"], status: "lifecycleStatus", text: &[] },
    Shape { of: "MedicationAdministration", category: "medication-administration", code: &[], times: &["effectiveDateTime", "effectivePeriod"], status: "status", text: &[] },
    Shape { of: "MedicationDispense", category: "medication-dispense", code: &[], times: &["whenHandedOver", "whenPrepared"], status: "status", text: &[] },
    Shape { of: "MedicationRequest", category: "medication-request", code: &[], times: &["authoredOn"], status: "status", text: &[] },
    Shape { of: "MedicationStatement", category: "medication-statement", code: &[], times: &["effectiveDateTime", "effectivePeriod"], status: "status", text: &[] },
    Shape { of: "DocumentReference", category: "document", code: &["type"], times: &["date"], status: "status", text: &["description"] },
    Shape { of: "ServiceRequest", category: "service-request", code: &["code"], times: &["authoredOn"], status: "status", text: &["patientInstruction"] },
    Shape { of: "FamilyMemberHistory", category: "family-history", code: &["relationship"], times: &["date"], status: "status", text: &["name"] },
    Shape { of: "ClinicalImpression", category: "clinical-impression", code: &["code"], times: &["effectiveDateTime", "effectivePeriod", "date"], status: "status", text: &["summary", "description"] },
    Shape { of: "QuestionnaireResponse", category: "questionnaire-response", code: &[], times: &["authored"], status: "status", text: &[] },
    Shape { of: "EpisodeOfCare", category: "episode-of-care", code: &["type"], times: &["period"], status: "status", text: &[] },
    Shape { of: "Device", category: "device", code: &["type"], times: &["manufactureDate"], status: "status", text: &["distinctIdentifier"] },
    Shape { of: "Flag", category: "flag", code: &["code"], times: &["period"], status: "status", text: &[] },
    Shape { of: "Encounter", category: "encounter", code: &["type"], times: &["period"], status: "status", text: &[] },
    Shape { of: "Observation", category: "observation", code: &["code"], times: &["effectiveDateTime", "effectivePeriod", "issued"], status: "status", text: &[] },
    Shape { of: "AllergyIntolerance", category: "allergy", code: &["code"], times: &["recordedDate"], status: "", text: &[] },
];

/// Whether resources of this type become events.
pub(super) fn is_known(of: &str) -> bool {
    SHAPES.iter().any(|shape| shape.of == of)
}

pub(super) fn map(case: &Case<'_, '_>) -> Result<Planned, Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = entry.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Event::KIND, &mut from)?;
    let Some(shape) = SHAPES.iter().find(|shape| shape.of == entry.of) else {
        return draft.finish(rest, Vec::new());
    };
    draft.set("category", Value::text(shape.category))?;
    let (name, medicine, merged) = medicines::medication(case, &mut from)?;
    let mut code = medicine;
    for element in shape.code {
        if code.is_none() {
            code = coded(&mut from, element)?;
        }
    }
    draft.put("code", code)?;
    for name in shape.times {
        time(&mut draft, &mut from, name)?;
    }
    draft.text("status", from.text(shape.status)?)?;
    let mut text: Vec<String> = name.into_iter().collect();
    for name in shape.text {
        text.extend(from.prose(name)?);
    }
    text.extend(activities(&entry.node));
    text.extend(notes(&mut from, "note")?);
    draft.text("text", Some(text.join("\n")).filter(|text| !text.is_empty()))?;
    draft.finish(rest, merged)
}

/// Takes the concept `name`, or the first of several; a `modality` is a bare coding.
fn coded(from: &mut Cursor<'_, '_>, name: &str) -> Result<Option<Value>, Refused> {
    let Some(found) = from.field(name)? else { return Ok(None) };
    let bare = name == "modality";
    let several = matches!(found.node(), Node::List(_));
    drop(found);
    let found = if several { from.first(name)? } else { from.field(name)? };
    match found {
        Some(mut found) if bare => super::datatypes::coding(&mut found),
        Some(mut found) => concept(&mut found, SNOMED),
        None => Ok(None),
    }
}

fn time(draft: &mut Draft, from: &mut Cursor<'_, '_>, name: &str) -> Result<(), Refused> {
    if draft.at.is_some() {
        return Ok(());
    }
    let Some(found) = from.field(name)? else { return Ok(()) };
    if !matches!(found.node(), Node::Object(_)) {
        return draft.at(from, name, "at");
    }
    let mut period = found;
    draft.at(&mut period, "start", "at")?;
    if let Some(When::Instant(end)) = period.when("end")? {
        draft.set("until", Value::Text(end.to_string()))?;
        period.take("end");
    }
    Ok(())
}

/// The words of a care plan's activities; the activities stay, because each has more to say.
fn activities(resource: &Node<'_>) -> Vec<String> {
    let list = resource.get("activity").map_or(&[][..], Node::items);
    let code = |activity: &Node<'_>| words(activity.get("detail")?.get("code")?).map(str::to_owned);
    list.iter().filter_map(code).collect()
}
