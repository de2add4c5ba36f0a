//! Vital signs and other observations (<https://hl7.org/fhir/R4/observation.html>).

use super::Refused;
use super::cursor::Cursor;
use super::datatypes::{Amount, LOINC, SNOMED, concept, quantity};
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use super::words::label;
use crate::record::Record;
use crate::visits::Observation;
use crate::{RecordId, Value};

pub(super) const RESOURCE: Resource = Resource {
    of: "Observation",
    elements: "basedOn- bodySite+ category !code !component dataAbsentReason derivedFrom- device- \
        effectiveDateTime effectiveInstant effectivePeriod+ effectiveTiming+ encounter !focus hasMember \
        identifier- interpretation+ issued- method+ note+ partOf- performer- referenceRange+ specimen+ !status \
        !subject !valueBoolean !valueCodeableConcept !valueDateTime !valueInteger !valuePeriod \
        !valueQuantity !valueRange !valueRatio !valueSampledData !valueString !valueTime",
    is_one: is_made,
    map,
    past: true,
};

/// Whether the observation was made of the patient; others are facts of the timeline.
fn is_made(observation: &Node<'_>) -> bool {
    !matches!(observation.text_at(&["status"]), Some("registered" | "cancelled"))
        && observation.get("focus").is_none()
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Observation::KIND, &mut from)?;
    let Some(mut code) = from.field("code")? else {
        return Err(from.refuse_at("code", super::Reason::Missing));
    };
    draft.put("code", concept(&mut code, LOINC)?)?;
    if let Some(mut category) = from.first("category")?
        && let Some(mut coding) = category.first("coding")?
    {
        draft.text("category", coding.text("code")?)?;
    }
    // Of most the status is that they are final; of one that is not it has to be seen.
    if from.peek("status")?.is_some_and(|status| status != "final") {
        draft.text("status", from.text("status")?)?;
    }
    draft.at(&mut from, "effectiveDateTime", "at")?;
    draft.at(&mut from, "effectiveInstant", "at")?;
    if let Some(mut period) = from.field("effectivePeriod")? {
        draft.at(&mut period, "start", "at")?;
    }
    found(case, &mut draft, &mut from, "")?;
    for (index, mut component) in from.list("component")?.into_iter().enumerate() {
        let id = RecordId::derived(format!("{} component {index}", draft.record()).as_bytes());
        let prefix = format!("components/{id}/");
        let name = component.node().get("code").and_then(|code| case.tell(code)).unwrap_or_default();
        if let Some(mut code) = component.field("code")? {
            draft.put(&format!("{prefix}code"), concept(&mut code, LOINC)?)?;
        }
        found(case, &mut draft, &mut component, &prefix)?;
        for more in ["interpretation", "referenceRange"] {
            let words = component.node().get(more).and_then(|node| case.tell(node));
            draft.say(&format!("{name} {}", label(more)), words);
        }
    }
    let parts = ["component", "hasMember", "note"].iter().any(|name| case.node.get(name).is_some());
    if !parts && ["text", "quantity", "finding"].iter().all(|path| !draft.has(path)) {
        draft.set("text", Value::text("No result given"))?;
    }
    draft.finish(rest, Vec::new())
}

/// Takes `value[x]` into the fields at `prefix`, or why there is none.
fn found(
    case: &Case<'_, '_>,
    draft: &mut Draft<'_, '_>,
    from: &mut Cursor<'_, '_>,
    prefix: &str,
) -> Result<(), Refused> {
    let path = |name: &str| format!("{prefix}{name}");
    if let Some(mut value) = from.field("valueQuantity")? {
        match quantity(&mut value)? {
            Some(Amount::Exact(amount)) => draft.set(&path("quantity"), amount)?,
            Some(Amount::Bounded { words, comparator, bound }) => {
                draft.set(&path("text"), Value::Text(words))?;
                draft.set(&path("comparator"), Value::Text(comparator))?;
                draft.set(&path("bound"), bound)?;
            }
            None => draft.text(&path("text"), case.tell(value.node()))?,
        }
    }
    if let Some(number) = from.number("valueInteger")? {
        let amount = Value::Map([("value".to_owned(), Value::Text(number.to_string()))].into());
        draft.set(&path("quantity"), amount)?;
    }
    if let Some(mut value) = from.field("valueCodeableConcept")? {
        if value.node().get("coding").is_some() {
            draft.put(&path("finding"), concept(&mut value, SNOMED)?)?;
        }
        draft.text(&path("text"), value.text("text")?)?;
    }
    for name in ["valueString", "valueDateTime", "valueTime"] {
        draft.text(&path("text"), from.text(name)?)?;
    }
    if let Some(truth) = from.truth("valueBoolean")? {
        draft.set(&path("text"), Value::text(if truth { "true" } else { "false" }))?;
    }
    // Their parts stay, because words cannot be counted with.
    for name in ["valueRange", "valueRatio", "valuePeriod", "valueSampledData"] {
        if let Some(value) = from.field(name)? {
            draft.text(&path("text"), case.tell(value.node()))?;
        }
    }
    if let Some(reason) = from.field("dataAbsentReason")?
        && let Some(why) = case.tell(reason.node())
    {
        // R4 has it only where there is no value; beside one it is said.
        let valued = ["text", "quantity", "finding"].iter().any(|name| draft.has(&path(name)));
        match valued {
            true => draft.say("no result", Some(why)),
            false => draft.set(&path("text"), Value::Text(format!("No result: {why}")))?,
        }
    }
    Ok(())
}
