//! What happened elsewhere, as facts of the timeline: procedures, care plans, reports and the like, and what other
//! records would show as if it were so, such as what was ruled out, not done, or forbidden.

use super::Refused;
use super::cursor::Cursor;
use super::datatypes::{SNOMED, coding, concept, has_code, notes};
use super::draft::{Case, Draft};
use super::elements::{Becomes, element};
use super::eyes::eyes;
use super::json::Node;
use super::medicines::{Named, medication};
use super::plan::{Left, Planned};
use super::when::When;
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
    Shape { of: "FamilyMemberHistory", category: "family-history", code: &[], times: &["date"], status: "status", text: &[] },
    Shape { of: "ClinicalImpression", category: "clinical-impression", code: &["code"], times: &["effectiveDateTime", "effectivePeriod", "date"], status: "status", text: &["summary", "description"] },
    Shape { of: "QuestionnaireResponse", category: "questionnaire-response", code: &[], times: &["authored"], status: "status", text: &[] },
    Shape { of: "EpisodeOfCare", category: "episode-of-care", code: &["type"], times: &["period"], status: "status", text: &[] },
    Shape { of: "Device", category: "device", code: &["type"], times: &["manufactureDate"], status: "status", text: &["distinctIdentifier"] },
    Shape { of: "Flag", category: "flag", code: &["code"], times: &["period"], status: "status", text: &[] },
    Shape { of: "Encounter", category: "encounter", code: &["type"], times: &["period"], status: "status", text: &[] },
    Shape { of: "Observation", category: "observation", code: &["code"], times: &["effectiveDateTime", "effectiveInstant", "effectivePeriod"], status: "status", text: &[] },
    Shape { of: "Condition", category: "problem", code: &["code"], times: &["onsetDateTime", "onsetPeriod"], status: "", text: &[] },
    Shape { of: "AllergyIntolerance", category: "allergy", code: &["code"], times: &["onsetDateTime", "onsetPeriod"], status: "", text: &[] },
    Shape { of: "Immunization", category: "immunisation", code: &["vaccineCode"], times: &["occurrenceDateTime"], status: "status", text: &[] },
];

/// Whether resources of this type become events.
pub(super) fn is_known(of: &str) -> bool {
    SHAPES.iter().any(|shape| shape.of == of)
}

/// What is said before the name of something that was not done, is not so, or is not about the patient: such a name
/// alone would say the opposite.
fn turned(case: &Case<'_, '_>, shape: &Shape) -> Option<String> {
    let node = case.node;
    let word = |name: &str| node.text_at(&[name]);
    let medicine = shape.of.starts_with("Medication") || shape.of == "Immunization";
    let words = if matches!(node.get("doNotPerform"), Some(Node::Literal("true"))) {
        if medicine { "Do not give" } else { "Do not do" }
    } else if has_code(node, "verificationStatus", &["refuted"]) {
        if shape.of == "AllergyIntolerance" { "Allergy ruled out" } else { "Ruled out" }
    } else if let Some(focus) = node.get("focus") {
        let whom = case.tell(focus).unwrap_or_else(|| "somebody or something else".to_owned());
        return Some(format!("Not about the patient but {whom}"));
    } else {
        match (word(shape.status).unwrap_or_default(), word("intent").unwrap_or_default()) {
            ("not-done", _) if medicine => "Not given",
            ("not-done", _) => "Not done",
            ("not-taken", _) => "Not taken",
            ("cancelled" | "revoked", _) => "Cancelled",
            ("rejected", _) => "Rejected",
            ("registered", _) => "No result yet",
            ("superseded", _) => "Superseded",
            ("inactive", _) => "No longer active",
            ("unknown", _) => "Not known how it stands",
            ("draft" | "proposed", _) | (_, "proposal" | "option") => "Only proposed",
            (_, "plan") if shape.of != "CarePlan" => "Only planned",
            ("planned" | "preparation" | "waitlist" | "intended" | "accepted", _) => "Only planned",
            _ => return None,
        }
    };
    Some(words.to_owned())
}

pub(super) fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Event::KIND, &mut from)?;
    let Some(shape) = SHAPES.iter().find(|shape| shape.of == entry.of) else {
        return draft.finish(rest, Vec::new());
    };
    draft.set("category", Value::text(shape.category))?;
    let mut text = Vec::new();
    let mut whole = case.node.clone();
    let turned = turned(case, shape);
    // The code of what is turned round stays in the original, where nobody takes it for what was so.
    let medicine = match turned {
        Some(_) => &mut Cursor::new(&mut whole, &entry.place),
        None => &mut from,
    };
    let Named { name, coding, mut merged, .. } = medication(case, medicine)?;
    match turned {
        Some(turned) => {
            let named = case.node.text_at(&["medicationReference", "reference"]);
            let found = named.and_then(|named| case.links.find(case.index, named));
            let found = found.and_then(|found| case.links.entries().get(found));
            merged = found.iter().map(|entry| ("Medication", entry.node.clone())).collect();
            let named = shape.code.iter().find_map(|element| case.tell(case.node.get(element)?));
            let name = named.or(name).unwrap_or_else(|| shape.category.to_owned());
            text.push(format!("{turned}: {name}"));
        }
        None => {
            let mut code = coding;
            for element in shape.code {
                if code.is_none() {
                    code = coded(&mut from, element)?;
                    draft.say_others(&from, element);
                }
            }
            draft.put("code", code)?;
            text.extend(name);
        }
    }
    for name in shape.times {
        time(&mut draft, &mut from, name)?;
    }
    draft.text("status", from.text(shape.status)?)?;
    // The words of the site are said all the same: they may say more than which eye.
    let side = case.node.get("bodySite").filter(|_| shape.of == "Procedure").and_then(eyes);
    draft.text("side", side.map(|side| side.word().to_owned()))?;
    for name in shape.text {
        text.extend(from.text(name)?);
    }
    text.extend(activities(case));
    text.extend(family(case));
    text.extend(notes(&mut from, "note")?);
    draft.text("text", Some(text.join("\n")).filter(|text| !text.is_empty()))?;
    say_more(case, &mut draft, shape);
    draft.finish(rest, merged)
}

/// Says what other records have fields for and an event has none.
fn say_more(case: &Case<'_, '_>, draft: &mut Draft<'_, '_>, shape: &Shape) {
    const TOLD: [&str; 15] = [
        "resourceType",
        "id",
        "subject",
        "patient",
        "encounter",
        "note",
        "activity",
        "condition",
        "relationship",
        "medicationCodeableConcept",
        "medicationReference",
        "doNotPerform",
        "focus",
        "extension",
        "intent",
    ];
    let Node::Object(members) = case.node else { return };
    let told = |name: &str| {
        let here = [shape.code, shape.times, shape.text].concat();
        here.contains(&name) || name == shape.status || TOLD.contains(&name)
    };
    for (name, node) in members.iter().filter(|(name, _)| !told(name)) {
        let held = element(shape.of, name).is_some_and(|element| element.becomes == Becomes::Field);
        if held && !(name == "context" && node.get("reference").is_some()) {
            draft.say(&super::words::label(name), case.tell(node));
        }
    }
}

/// Takes the concept `name`, or the first of several; a `modality` is a bare coding.
fn coded(from: &mut Cursor<'_, '_>, name: &str) -> Result<Option<Value>, Refused> {
    let Some(found) = from.field(name)? else { return Ok(None) };
    let bare = name == "modality";
    let several = matches!(found.node(), Node::List(_));
    drop(found);
    let found = if several { from.first(name)? } else { from.field(name)? };
    match found {
        Some(mut found) if bare => coding(&mut found),
        Some(mut found) => concept(&mut found, SNOMED),
        None => Ok(None),
    }
}

fn time(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, name: &str) -> Result<(), Refused> {
    if draft.at.is_some() {
        draft.say_element(from, name);
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

/// The words of a care plan's activities, each with how it stands; one that is not to be done says so.
fn activities(case: &Case<'_, '_>) -> Vec<String> {
    let list = case.node.get("activity").map_or(&[][..], Node::items);
    let words = |activity: &Node<'_>| {
        let Some(detail) = activity.get("detail") else { return case.tell(activity) };
        let what = ["code", "description", "productCodeableConcept", "productReference"];
        let what = what.iter().find_map(|name| case.tell(detail.get(name)?))?;
        let forbidden = matches!(detail.get("doNotPerform"), Some(Node::Literal("true")));
        let what = if forbidden { format!("Do not do: {what}") } else { what };
        let mut rest = detail.clone();
        if let Node::Object(members) = &mut rest {
            members.retain(|(name, _)| !matches!(&**name, "code" | "doNotPerform" | "kind"));
        }
        let more = [case.tell(&rest), activity.get("progress").and_then(|progress| case.tell(progress))];
        let more: Vec<String> = more.into_iter().flatten().collect();
        Some(if more.is_empty() { what } else { format!("{what} ({})", more.join("; ")) })
    };
    list.iter().filter_map(words).collect()
}

/// What somebody of the family had, which is never the patient's.
fn family(case: &Case<'_, '_>) -> Vec<String> {
    let Some(relationship) = case.node.get("relationship") else { return Vec::new() };
    let whose = case.tell(relationship).unwrap_or_else(|| "relative".to_owned());
    let missing = case.node.get("dataAbsentReason").and_then(|reason| case.tell(reason));
    let list = case.node.get("condition").map_or(&[][..], Node::items);
    let had = |condition: &Node<'_>| {
        let what = condition.get("code").and_then(|code| case.tell(code))?;
        let mut rest = condition.clone();
        if let Node::Object(members) = &mut rest {
            members.retain(|(name, _)| name != "code");
        }
        let more = case.tell(&rest).map(|more| format!(" ({more})")).unwrap_or_default();
        Some(format!("Family history, {whose}: {what}{more}"))
    };
    let mut said: Vec<String> = list.iter().filter_map(had).collect();
    let unknown = case.node.text_at(&["status"]) == Some("health-unknown");
    if unknown || said.is_empty() {
        let what = if unknown || list.is_empty() { "nothing known" } else { "not told what" };
        let why = missing.map(|why| format!(" ({why})")).unwrap_or_default();
        said.push(format!("Family history, {whose}: {what}{why}"));
    }
    said
}
