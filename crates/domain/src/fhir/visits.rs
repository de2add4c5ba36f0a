//! Visits from `Encounter` (<https://hl7.org/fhir/R4/encounter.html>).

use super::cursor::Cursor;
use super::datatypes::{SNOMED, concept};
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use super::{Reason, Refused};
use crate::Value;
use crate::record::Record;
use crate::visits::{Visit, VisitStatus, VisitType};

pub(super) const RESOURCE: Resource = Resource {
    of: "Encounter",
    elements: "account- appointment- basedOn- class+ classHistory- diagnosis+ episodeOfCare- hospitalization+ \
        identifier- length+ location partOf- participant period+ priority+ reasonCode reasonReference \
        serviceProvider serviceType+ !status statusHistory- !subject type",
    is_one: is_visit,
    map,
    past: false,
};

/// Whether the encounter takes or took place; others are facts of the timeline.
fn is_visit(encounter: &Node<'_>) -> bool {
    !matches!(encounter.text_at(&["status"]), Some("cancelled" | "entered-in-error"))
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Visit::KIND, &mut from)?;
    let planned = status(&mut draft, &mut from)?;
    if let Some(kind) = kind(case.node) {
        draft.set("kind", Value::text(kind.word()))?;
    }
    if let Some(mut class) = from.field("class")? {
        // R5 has a list here, DSTU2 a word.
        class.peek("code")?;
    }
    if let Some(mut period) = from.field("period")? {
        draft.at(&mut period, "start", if planned { "scheduled_at" } else { "started_at" })?;
        if let Some(super::when::When::Instant(end)) = period.when("end")? {
            draft.set("ended_at", Value::Text(end.to_string()))?;
            period.take("end");
        }
    }
    draft.say_others(&from, "type");
    if let Some(mut of) = from.first("type")? {
        draft.put("code", concept(&mut of, SNOMED)?)?;
    }
    draft.say_others(&from, "reasonCode");
    let reason = match from.first("reasonCode")? {
        Some(mut reason) => concept(&mut reason, SNOMED)?,
        None => None,
    };
    // What is called the reason is said once.
    match reason {
        Some(reason) => {
            draft.set("reason", reason)?;
            draft.say_element(&from, "reasonReference");
        }
        None => {
            draft.say_others(&from, "reasonReference");
            draft.put("reason", condition(case))?;
        }
    }
    draft.text("attended_by", staff(case, &mut from)?)?;
    draft.text("place", place(case, &mut from)?)?;
    draft.finish(rest, Vec::new())
}

/// Sets the status and says whether the visit is still to come.
fn status(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<bool, Refused> {
    let Some(word) = from.peek("status")? else { return Err(from.refuse_at("status", Reason::Missing)) };
    let (status, same) = match word.as_str() {
        "planned" => (Some(VisitStatus::Scheduled), true),
        "arrived" => (Some(VisitStatus::Arrived), true),
        "in-progress" => (Some(VisitStatus::InProgress), true),
        "finished" => (Some(VisitStatus::Completed), true),
        "triaged" => (Some(VisitStatus::Arrived), false),
        "onleave" => (Some(VisitStatus::InProgress), false),
        "unknown" => (None, false),
        _ => return Err(from.refuse_at("status", Reason::BadCode)),
    };
    if same {
        from.take("status");
    }
    draft.text("status", status.map(|status| status.word().to_owned()))?;
    Ok(word == "planned")
}

/// The type where the source's class or code (SNOMED CT) leaves no doubt.
fn kind(encounter: &Node<'_>) -> Option<VisitType> {
    if encounter.text_at(&["class", "code"]) == Some("EMER") {
        return Some(VisitType::Emergency);
    }
    match encounter.text_at(&["type", "coding", "code"])? {
        "185349003" | "162673000" | "410620009" => Some(VisitType::Routine),
        "185345009" | "185347001" | "698314001" => Some(VisitType::Consultation),
        "390906007" | "185389009" => Some(VisitType::FollowUp),
        "50849002" => Some(VisitType::Emergency),
        _ => None,
    }
}

/// The code of the condition that the encounter names as its reason, or its name.
fn condition(case: &Case<'_, '_>) -> Option<Value> {
    let reason = case.node.get("reasonReference")?.items().first()?;
    let coded = || {
        let reference = reason.text_at(&["reference"])?;
        // Of somebody else's nothing is told.
        case.name(reference)?;
        let found = case.links.find(case.index, reference)?;
        let mut code = case.links.entries().get(found)?.node.get("code")?.clone();
        concept(&mut Cursor::new(&mut code, ""), SNOMED).ok().flatten()
    };
    let named = || Some(Value::Map([("display".to_owned(), Value::Text(case.tell(reason)?))].into()));
    coded().or_else(named)
}

fn staff(case: &Case<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<Option<String>, Refused> {
    let mut names = Vec::new();
    for mut participant in from.list("participant")? {
        if let Some(mut person) = participant.field("individual")? {
            names.extend(name(case, &mut person)?);
        }
    }
    Ok(Some(names.join(", ")).filter(|names| !names.is_empty()))
}

fn place(case: &Case<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<Option<String>, Refused> {
    if let Some(mut provider) = from.field("serviceProvider")?
        && let Some(name) = name(case, &mut provider)?
    {
        return Ok(Some(name));
    }
    let Some(mut location) = from.first("location")? else { return Ok(None) };
    let Some(mut place) = location.field("location")? else { return Ok(None) };
    name(case, &mut place)
}

/// The name of what a `Reference` leads to: its own words, else what the bundle says. The reference
/// stays, because it tells apart who shares a name.
fn name(case: &Case<'_, '_>, reference: &mut Cursor<'_, '_>) -> Result<Option<String>, Refused> {
    if let Some(display) = reference.text("display")? {
        return Ok(Some(display));
    }
    Ok(reference.peek("reference")?.and_then(|target| case.name(&target)))
}

/// The words of the reasons that a resource gives: its codes, and the conditions that it names.
pub(super) fn reason(case: &Case<'_, '_>) -> Option<String> {
    let told = ["reasonCode", "reasonReference"].iter().filter_map(|name| case.tell(case.node.get(name)?));
    Some(told.collect::<Vec<_>>().join("; ")).filter(|told| !told.is_empty())
}
