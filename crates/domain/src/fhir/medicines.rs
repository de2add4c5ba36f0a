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
        let mut dosages = from.list(name)?;
        match dosages.as_mut_slice() {
            [] => {}
            [only] => dose(&mut draft, only)?,
            several => doses(&mut draft, several)?,
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

/// Takes the one dosage that there is, part by part.
fn dose(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    let dosage = Dosage::take(from)?;
    draft.put("as_needed", dosage.as_needed.map(Value::Bool))?;
    draft.text("route", dosage.route)?;
    draft.text("dose", dosage.amount)?;
    draft.text("frequency", dosage.frequency)
}

/// Several dosages, such as of a dose that is lowered step by step: the parts of one alone would be a
/// wrong dose, so that all stand as numbered sentences, and as they came in the original.
fn doses(draft: &mut Draft, from: &mut [Cursor<'_, '_>]) -> Result<(), Refused> {
    // R4 orders them by `sequence`, where that is said, and not by their place.
    let turn = |dosage: &Cursor<'_, '_>| match dosage.node().get("sequence") {
        Some(Node::Literal(number)) => number.parse::<i64>().ok(),
        _ => None,
    };
    if from.iter().all(|dosage| turn(dosage).is_some()) {
        from.sort_by_key(turn);
    }
    let mut sentences = Vec::new();
    for (number, dosage) in (1..).zip(from) {
        let mut copy = dosage.node().clone();
        let Dosage { as_needed, route, amount, frequency } =
            Dosage::take(&mut Cursor::new(&mut copy, dosage.place()))?;
        let as_needed = as_needed.filter(|needed| *needed).map(|_| "as needed".to_owned());
        let parts: Vec<_> = [amount, route, frequency, as_needed].into_iter().flatten().collect();
        let said = if parts.is_empty() { "see the original".to_owned() } else { parts.join(", ") };
        sentences.push(format!("{number}) {said}"));
    }
    draft.text("frequency", Some(sentences.join("; ")))
}

/// What a `Dosage` says in our words.
struct Dosage {
    as_needed: Option<bool>,
    route: Option<String>,
    amount: Option<String>,
    frequency: Option<String>,
}

impl Dosage {
    fn take(from: &mut Cursor<'_, '_>) -> Result<Self, Refused> {
        // What it is needed for stays in the original.
        let needed_for = from.field("asNeededCodeableConcept")?.is_some();
        let as_needed = from.truth("asNeededBoolean")?.or(needed_for.then_some(true));
        let route = from.field("route")?.and_then(|route| words(route.node()).map(str::to_owned));
        let mut amount = None;
        if let Some(mut rate) = from.first("doseAndRate")?
            && let Some(dose) = rate.field("doseQuantity")?
        {
            // The field is words, so the amount with its codes stays where it is.
            let mut copy = dose.node().clone();
            amount = match quantity(&mut Cursor::new(&mut copy, dose.place()))? {
                Some(Amount::Exact(amount)) => {
                    let part = |name: &str| amount.get(name).and_then(Value::as_text).unwrap_or_default();
                    let unit = if part("unit").is_empty() { part("code") } else { part("unit") };
                    Some(format!("{} {unit}", part("value")).trim_end().to_owned())
                }
                Some(Amount::Bounded(words)) => Some(words),
                None => None,
            };
        }
        let timing = from.field("timing")?.and_then(|timing| {
            let coded = timing.node().get("code").and_then(words).map(str::to_owned);
            coded.or_else(|| often(timing.node().get("repeat")?))
        });
        // The prescriber's own sentence may say more than how often, such as what not to take it with.
        let frequency = match (timing, from.prose("text")?) {
            (Some(timing), Some(said)) if !said.contains(&timing) => Some(format!("{timing}; {said}")),
            (timing, said) => said.or(timing),
        };
        Ok(Self { as_needed, route, amount, frequency })
    }
}

/// How often, such as `2 times in 1 day`, from a `Timing.repeat` that says no more than that. One with more,
/// such as a time of day, would say less in these words.
fn often(repeat: &Node<'_>) -> Option<String> {
    let Node::Object(members) = repeat else { return None };
    if !members.iter().all(|(name, _)| matches!(&**name, "frequency" | "period" | "periodUnit")) {
        return None;
    }
    let number = |name: &str| match repeat.get(name) {
        Some(Node::Literal(number)) => Some(*number),
        _ => None,
    };
    let plural = |number: &str| if number == "1" { "" } else { "s" };
    let (times, period) = (number("frequency").unwrap_or("1"), number("period")?);
    let unit = match repeat.text_at(&["periodUnit"])? {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "wk" => "week",
        "mo" => "month",
        "a" => "year",
        _ => return None,
    };
    Some(format!("{times} time{} in {period} {unit}{}", plural(times), plural(period)))
}
