//! Vital signs and other observations (<https://hl7.org/fhir/R4/observation.html>).

use super::Refused;
use super::cursor::Cursor;
use super::datatypes::{Amount, LOINC, SNOMED, concept, quantity};
use super::draft::{Case, Draft};
use super::json::Node;
use super::plan::Planned;
use crate::record::Record;
use crate::visits::Observation;
use crate::{RecordId, Value};

/// Whether the observation was made; others are facts of the timeline.
pub(super) fn is_made(observation: &Node<'_>) -> bool {
    !matches!(observation.text_at(&["status"]), Some("registered" | "cancelled"))
}

pub(super) fn map(case: &Case<'_, '_>) -> Result<Planned, Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = entry.node.clone();
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
    draft.at(&mut from, "effectiveDateTime", "at")?;
    draft.at(&mut from, "effectiveInstant", "at")?;
    if let Some(mut period) = from.field("effectivePeriod")? {
        draft.at(&mut period, "start", "at")?;
    }
    found(&mut draft, &mut from, "")?;
    for (index, mut component) in from.list("component")?.into_iter().enumerate() {
        let id = RecordId::derived(format!("{} component {index}", draft.record()).as_bytes());
        let prefix = format!("components/{id}/");
        if let Some(mut code) = component.field("code")? {
            draft.put(&format!("{prefix}code"), concept(&mut code, LOINC)?)?;
        }
        found(&mut draft, &mut component, &prefix)?;
    }
    draft.finish(rest, Vec::new())
}

/// Takes `value[x]` into the fields at `prefix`.
fn found(draft: &mut Draft, from: &mut Cursor<'_, '_>, prefix: &str) -> Result<(), Refused> {
    let path = |name: &str| format!("{prefix}{name}");
    if let Some(mut value) = from.field("valueQuantity")? {
        match quantity(&mut value)? {
            Some(Amount::Exact(amount)) => draft.set(&path("quantity"), amount)?,
            Some(Amount::Bounded(words)) => draft.set(&path("text"), Value::Text(words))?,
            None => {}
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
    Ok(())
}
