//! Medicines that somebody takes or took, from `MedicationRequest` and `MedicationStatement`
//! (<https://hl7.org/fhir/R4/medicationrequest.html>).

use std::collections::BTreeSet;

use super::cursor::Cursor;
use super::datatypes::{Amount, RXNORM, named, quantity, words};
use super::draft::{Case, Draft};
use super::json::Node;
use super::links::Links;
use super::plan::{Fate, Planned};
use super::{Reason, Refused, visits};
use crate::Value;
use crate::medication::Medicine;
use crate::record::Record;

/// Whether it says that the person takes or took the medicine. What was only proposed, drafted or
/// cancelled, and what must not be given, is a fact of the timeline.
pub(super) fn is_taken(medication: &Node<'_>) -> bool {
    let status = medication.text_at(&["status"]);
    let meant = !matches!(medication.text_at(&["intent"]), Some("proposal" | "plan" | "option"));
    let forbidden = matches!(medication.get("doNotPerform"), Some(Node::Literal("true")));
    matches!(status, Some("active" | "completed" | "stopped" | "on-hold")) && meant && !forbidden
}

/// The `Medication` resources that stored ones name and that became part of these.
pub(super) fn merged(links: &Links<'_>, fates: &[Fate]) -> BTreeSet<usize> {
    let stored = links.entries().iter().enumerate().zip(fates);
    let stored = stored.filter(|(_, fate)| matches!(fate, Fate::Stored(..)));
    let named = stored.filter_map(|((from, entry), _)| {
        links.find(from, entry.node.text_at(&["medicationReference", "reference"])?)
    });
    named.filter(|to| links.entries().get(*to).is_some_and(|entry| entry.of == "Medication")).collect()
}

pub(super) fn map(case: &Case<'_, '_>) -> Result<Planned, Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = entry.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Medicine::KIND, &mut from)?;
    let (name, coding, merged) = medication(case, &mut from)?;
    let Some(name) = name else { return Err(from.refuse_at("medicationCodeableConcept", Reason::Missing)) };
    draft.set("name", Value::Text(name))?;
    draft.put("code", coding)?;
    if from.peek("status")?.as_deref() == Some("on-hold") {
        draft.set("status", Value::text("stopped"))?;
    } else {
        draft.text("status", from.text("status")?)?;
    }
    draft.date(&mut from, "authoredOn", "since")?;
    draft.date(&mut from, "effectiveDateTime", "since")?;
    if let Some(mut period) = from.field("effectivePeriod")? {
        draft.date(&mut period, "start", "since")?;
        draft.date(&mut period, "end", "until")?;
    }
    draft.text("reason", visits::reason(case, &entry.node))?;
    let stopped = entry.node.get("statusReason").map(|reason| match reason {
        Node::List(reasons) => reasons.first().and_then(words),
        reason => words(reason),
    });
    draft.text("stopped", stopped.flatten().map(str::to_owned))?;
    for name in ["dosageInstruction", "dosage"] {
        if let Some(mut dosage) = from.first(name)? {
            dose(&mut draft, &mut dosage)?;
        }
    }
    draft.finish(rest, merged)
}

/// The medicine's words and code, its own or those of the `Medication` that it names; the rest of that
/// goes with it.
#[expect(clippy::type_complexity, reason = "words, code and rest are read once, by two mappers")]
pub(super) fn medication<'a>(
    case: &Case<'_, 'a>,
    from: &mut Cursor<'_, 'a>,
) -> Result<(Option<String>, Option<Value>, Vec<(&'static str, Node<'a>)>), Refused> {
    if let Some(mut concept) = from.field("medicationCodeableConcept")? {
        let (name, coding) = named(&mut concept, RXNORM)?;
        return Ok((name, coding, Vec::new()));
    }
    let Some(mut reference) = from.field("medicationReference")? else {
        return Ok((None, None, Vec::new()));
    };
    let Some(target) = reference.peek("reference")? else { return Ok((None, None, Vec::new())) };
    if let Some(local) = target.strip_prefix('#') {
        let local = local.to_owned();
        for mut contained in from.list("contained")? {
            if contained.peek("id")?.as_deref() == Some(&local)
                && let Some(mut concept) = contained.field("code")?
            {
                let (name, coding) = named(&mut concept, RXNORM)?;
                return Ok((name, coding, Vec::new()));
            }
        }
        return Ok((None, None, Vec::new()));
    }
    let unknown = || reference.refuse_at("reference", Reason::UnknownReference);
    let entry = case.links.entry(case.links.find(case.index, &target).ok_or_else(unknown)?)?;
    if entry.of != "Medication" {
        return Err(unknown());
    }
    let mut node = entry.node.clone();
    let mut other = Cursor::new(&mut node, &entry.place);
    other.take("resourceType");
    let (name, coding) = match other.field("code")? {
        Some(mut concept) => named(&mut concept, RXNORM)?,
        None => (None, None),
    };
    Ok((name, coding, vec![("Medication", node)]))
}

fn dose(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    if let Some(as_needed) = from.truth("asNeededBoolean")? {
        draft.set("as_needed", Value::Bool(as_needed))?;
    }
    if let Some(route) = from.field("route")? {
        draft.text("route", words(route.node()).map(str::to_owned))?;
    }
    if let Some(mut rate) = from.first("doseAndRate")?
        && let Some(amount) = rate.field("doseQuantity")?
    {
        // The field is words, so the amount with its codes stays where it is.
        let mut copy = amount.node().clone();
        let amount = match quantity(&mut Cursor::new(&mut copy, draft.place()))? {
            Some(Amount::Exact(amount)) => {
                let part = |name: &str| amount.get(name).and_then(Value::as_text).unwrap_or_default();
                let unit = if part("unit").is_empty() { part("code") } else { part("unit") };
                Some(format!("{} {unit}", part("value")).trim_end().to_owned())
            }
            Some(Amount::Bounded(words)) => Some(words),
            None => None,
        };
        draft.text("dose", amount)?;
    }
    let timing =
        from.field("timing")?.and_then(|timing| words(timing.node().get("code")?).map(str::to_owned));
    // The prescriber's own sentence may say more than how often, such as what not to take it with.
    let frequency = match (timing, from.prose("text")?) {
        (Some(timing), Some(said)) if !said.contains(&timing) => Some(format!("{timing}; {said}")),
        (timing, said) => said.or(timing),
    };
    draft.text("frequency", frequency)
}
