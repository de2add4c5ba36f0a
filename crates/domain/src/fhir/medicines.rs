//! Medicines that somebody takes or took, from `MedicationRequest` and `MedicationStatement`
//! (<https://hl7.org/fhir/R4/medicationrequest.html>).

use std::collections::{BTreeMap, BTreeSet};

use super::cursor::Cursor;
use super::datatypes::{RXNORM, named, words};
use super::denials::denies;
use super::draft::{Case, Draft, Resource};
use super::eyes::eye;
use super::json::Node;
use super::links::Links;
use super::plan::{Fate, Left, Planned};
use super::words::{amount, often};
use super::{Reason, Refused, visits};
use crate::Value;
use crate::measure::EyeSide;
use crate::medication::Medicine;
use crate::record::Record;

pub(super) const REQUEST: Resource = Resource {
    of: "MedicationRequest",
    elements: "authoredOn basedOn- category- courseOfTherapyType+ detectedIssue- dispenseRequest+ !doNotPerform \
        dosageInstruction encounter eventHistory- groupIdentifier- identifier- instantiatesCanonical- \
        instantiatesUri- insurance- !intent !medicationCodeableConcept !medicationReference note+ \
        performer- performerType- priorPrescription- priority+ reasonCode reasonReference recorder- \
        reportedBoolean+ reportedReference+ requester- !status statusReason !subject substitution+ \
        supportingInformation-",
    is_one: is_taken,
    map,
    past: false,
};

pub(super) const STATEMENT: Resource = Resource {
    of: "MedicationStatement",
    elements: "basedOn- category- context dateAsserted+ derivedFrom- dosage effectiveDateTime effectivePeriod \
        identifier- informationSource+ !medicationCodeableConcept !medicationReference note+ partOf- \
        reasonCode reasonReference !status statusReason !subject",
    is_one: is_taken,
    map,
    past: false,
};

/// Whether it says that the person takes or took the medicine. What was only proposed, drafted or
/// cancelled, what must not be given, and what denies medicines is a fact of the timeline.
fn is_taken(medication: &Node<'_>) -> bool {
    let status = medication.text_at(&["status"]);
    let meant = !matches!(medication.text_at(&["intent"]), Some("proposal" | "plan" | "option"));
    let forbidden = matches!(medication.get("doNotPerform"), Some(Node::Literal("true")));
    let denied = medication.get("medicationCodeableConcept").is_some_and(denies);
    matches!(status, Some("active" | "completed" | "stopped" | "on-hold")) && meant && !forbidden && !denied
}

/// The `Medication` resources that stored ones name and that became part of these.
pub(super) fn merged(links: &Links<'_>, fates: &BTreeMap<usize, Fate>) -> BTreeSet<usize> {
    let stored = fates.iter().filter(|(_, fate)| matches!(fate, Fate::Stored(..)));
    let named = stored.filter_map(|(from, _)| {
        let entry = links.entries().get(*from)?;
        links.find(*from, entry.node.text_at(&["medicationReference", "reference"])?)
    });
    named.filter(|to| links.entries().get(*to).is_some_and(|entry| entry.of == "Medication")).collect()
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Medicine::KIND, &mut from)?;
    let Named { name, coding, form, merged } = medication(case, &mut from)?;
    let Some(name) = name else { return Err(from.refuse_at("medicationCodeableConcept", Reason::Missing)) };
    draft.set("name", Value::Text(name))?;
    draft.put("code", coding)?;
    draft.text("form", form)?;
    let held = from.peek("status")?.as_deref() == Some("on-hold");
    match held {
        true => draft.set("status", Value::text("stopped"))?,
        false => draft.text("status", from.text("status")?)?,
    }
    draft.date(&mut from, "authoredOn", "since")?;
    draft.date(&mut from, "effectiveDateTime", "since")?;
    if let Some(mut period) = from.field("effectivePeriod")? {
        draft.date(&mut period, "start", "since")?;
        draft.date(&mut period, "end", "until")?;
    }
    draft.text("reason", visits::reason(case))?;
    let why = case.node.get("statusReason").and_then(|reason| case.tell(reason));
    let stopped = match (held, why) {
        (true, Some(why)) => Some(format!("on hold: {why}")),
        (true, None) => Some("on hold".to_owned()),
        (false, why) => why,
    };
    draft.text("stopped", stopped)?;
    for name in ["dosageInstruction", "dosage"] {
        let mut dosages = from.list(name)?;
        match dosages.as_mut_slice() {
            [] => {}
            [only] => dose(case, &mut draft, only)?,
            several => doses(case, &mut draft, several)?,
        }
    }
    draft.finish(rest, merged)
}

/// A medicine by its words, and what is left of the `Medication` that says them.
#[derive(Default)]
pub(super) struct Named<'a> {
    pub(super) name: Option<String>,
    pub(super) coding: Option<Value>,
    form: Option<String>,
    pub(super) merged: Vec<(&'static str, Node<'a>)>,
}

/// The medicine's words and code, its own or those of the `Medication` that it names; the rest of that
/// goes with it. One that is elsewhere has the words of the reference.
pub(super) fn medication<'a>(case: &Case<'_, 'a>, from: &mut Cursor<'_, 'a>) -> Result<Named<'a>, Refused> {
    if let Some(mut concept) = from.field("medicationCodeableConcept")? {
        let (name, coding) = named(&mut concept, RXNORM)?;
        return Ok(Named { name, coding, ..Named::default() });
    }
    let Some(mut reference) = from.field("medicationReference")? else { return Ok(Named::default()) };
    let said = reference.node().text_at(&["display"]).or(reference.node().text_at(&["identifier", "value"]));
    let said = said.map_or_else(|| "Medicine not named in the file".to_owned(), str::to_owned);
    let target = reference.peek("reference")?.unwrap_or_default();
    let found = match target.strip_prefix('#') {
        Some(local) => {
            let mut contained = from.list("contained")?;
            contained
                .iter_mut()
                .find(|node| node.node().text_at(&["id"]) == Some(local))
                .map(|node| (node.place().to_owned(), node.take_all()))
        }
        None => {
            let entry =
                case.links.find(case.index, &target).map(|found| case.links.entry(found)).transpose()?;
            let entry = entry.filter(|entry| entry.of == "Medication");
            entry.map(|entry| (entry.place.clone(), entry.node.clone()))
        }
    };
    let Some((place, mut node)) = found else { return Ok(Named { name: Some(said), ..Named::default() }) };
    let mut other = Cursor::new(&mut node, &place);
    other.take("resourceType");
    let (name, coding) = match other.field("code")? {
        Some(mut concept) => named(&mut concept, RXNORM)?,
        None => (None, None),
    };
    let form = other.field("form")?.and_then(|form| case.tell(form.node()));
    Ok(Named { name: name.or(Some(said)), coding, form, merged: vec![("Medication", node)] })
}

/// Takes the one dosage that there is, part by part.
fn dose(case: &Case<'_, '_>, draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    let dosage = Dosage::take(case, from)?;
    draft.put("as_needed", dosage.as_needed.map(Value::Bool))?;
    draft.text("route", dosage.route)?;
    draft.text("side", dosage.side.map(|side| side.word().to_owned()))?;
    draft.text("dose", dosage.amount)?;
    draft.text("frequency", dosage.frequency)?;
    draft.say("", dosage.more);
    Ok(())
}

/// Several dosages, such as of a dose that is lowered step by step: the parts of one alone would be a
/// wrong dose, so that all stand as numbered sentences, and as they came in the original.
fn doses(case: &Case<'_, '_>, draft: &mut Draft<'_, '_>, from: &mut [Cursor<'_, '_>]) -> Result<(), Refused> {
    // R4 orders them by `sequence`, where that is said, and not by their place.
    let turn = |dosage: &Cursor<'_, '_>| match dosage.node().get("sequence") {
        Some(Node::Literal(number)) => number.parse::<i64>().ok(),
        _ => None,
    };
    if from.iter().all(|dosage| turn(dosage).is_some()) {
        from.sort_by_key(turn);
    }
    let mut sentences = Vec::new();
    let mut sides = BTreeSet::new();
    for (number, dosage) in (1..).zip(from) {
        let mut copy = dosage.node().clone();
        let Dosage { as_needed, route, side, amount, frequency, more } =
            Dosage::take(case, &mut Cursor::new(&mut copy, dosage.place()))?;
        sides.insert(side);
        let as_needed = as_needed.filter(|needed| *needed).map(|_| "as needed".to_owned());
        let side = side.map(eye_words).map(str::to_owned);
        let parts: Vec<_> = [amount, route, side, frequency, as_needed, more].into_iter().flatten().collect();
        let said = if parts.is_empty() { "see the original".to_owned() } else { parts.join(", ") };
        sentences.push(format!("{number}) {said}"));
    }
    // Of drops that go now into one eye and now into the other only the sentences say which.
    if let (Some(Some(side)), 1) = (sides.first(), sides.len()) {
        draft.text("side", Some(side.word().to_owned()))?;
    }
    draft.text("frequency", Some(sentences.join("; ")))
}

fn eye_words(side: EyeSide) -> &'static str {
    match side {
        EyeSide::Right => "right eye",
        EyeSide::Left => "left eye",
        EyeSide::Both => "both eyes",
        EyeSide::NotRecorded => "eye not recorded",
    }
}

/// What a `Dosage` says in our words.
struct Dosage {
    as_needed: Option<bool>,
    route: Option<String>,
    side: Option<EyeSide>,
    amount: Option<String>,
    frequency: Option<String>,
    /// What no field holds, such as what not to take it with, or the most in a day.
    more: Option<String>,
}

impl Dosage {
    fn take(case: &Case<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<Self, Refused> {
        let mut rest = from.node().clone();
        let needed_for = from.field("asNeededCodeableConcept")?.is_some();
        let as_needed = from.truth("asNeededBoolean")?.or(needed_for.then_some(true));
        let route = from.field("route")?.and_then(|route| words(route.node()).map(str::to_owned));
        let side = from.node().get("site").and_then(eye);
        let mut amount = None;
        if let Some(mut rate) = from.first("doseAndRate")?
            && let Some(mut dose) = rate.field("doseQuantity")?
        {
            // The field is words, so the amount with its codes stays where it is.
            dose.checked_number("value")?;
            amount = self::amount(dose.node());
        }
        let timing = from.field("timing")?.and_then(|timing| {
            let coded = timing.node().get("code").and_then(words).map(str::to_owned);
            let simple = || often(timing.node().get("repeat")?).filter(|(_, more)| more.is_none());
            coded.or_else(|| simple().map(|(often, _)| often))
        });
        let told = |name: &str| match name {
            "sequence" | "text" | "asNeededBoolean" | "id" => true,
            "route" => route.is_some(),
            "site" => side.is_some(),
            "timing" => {
                timing.is_some()
                    && from.node().get("timing").is_some_and(|timing| timing.get("code").is_none())
            }
            _ => false,
        };
        if let Node::Object(members) = &mut rest {
            members.retain(|(name, _)| !told(name));
            for (name, node) in members {
                if name == "doseAndRate" && amount.is_some() {
                    drop_first_dose(node);
                }
                // The code of a timing was told, but it may say more.
                if name == "timing"
                    && timing.is_some()
                    && let Node::Object(members) = node
                {
                    members.retain(|(name, _)| name != "code");
                }
            }
        }
        let more = case.tell(&rest);
        // The prescriber's own sentence may say more than how often, such as what not to take it with.
        let frequency = match (timing, from.text("text")?) {
            (Some(timing), Some(said)) if !said.contains(&timing) => Some(format!("{timing}; {said}")),
            (timing, said) => said.or(timing),
        };
        Ok(Self { as_needed, route, side, amount, frequency, more })
    }
}

/// Takes the amount of the first of several doses away, which has a field, with the sort of dose that it is.
fn drop_first_dose(rates: &mut Node<'_>) {
    if let Node::List(rates) = rates
        && let Some(Node::Object(members)) = rates.first_mut()
    {
        members.retain(|(name, _)| name != "doseQuantity" && name != "type");
    }
}
