//! Allergies (<https://hl7.org/fhir/R4/allergyintolerance.html>).

use super::cursor::Cursor;
use super::datatypes::{SNOMED, code, each_words, has_code, named, notes, take_code, words};
use super::draft::{Case, Draft};
use super::json::Node;
use super::plan::Planned;
use super::{Reason, Refused};
use crate::Value;
use crate::patients::Allergy;
use crate::record::Record;

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";

/// Codes that deny allergies (SNOMED CT): none at all, to drugs, to the environment, to food.
const NONE_KNOWN: [&str; 4] = ["716186003", "409137002", "428607008", "429625007"];

/// The same in words, for sources that write no code.
const NONE_KNOWN_WORDS: [&str; 13] = [
    "nka",
    "nkda",
    "nil known",
    "none known",
    "no allergies",
    "no known allergies",
    "no known allergy",
    "no known drug allergies",
    "no known drug allergy",
    "no known environmental allergies",
    "no known food allergies",
    "no known food allergy",
    "no known medication allergies",
];

/// Whether it says that somebody has or had an allergy. That one was ruled out or is denied is a fact
/// of the timeline: as an allergy it would warn of nothing.
pub(super) fn is_had(allergy: &Node<'_>) -> bool {
    let told = ["reaction", "criticality"].iter().any(|name| allergy.get(name).is_some());
    let denied =
        has_code(allergy, "code", &NONE_KNOWN) || (!told && allergy.get("code").is_some_and(only_denies));
    !denied && !has_code(allergy, "verificationStatus", &["refuted"])
}

/// Whether all words of the concept `code` deny allergies, and nothing beside them is said.
fn only_denies(code: &Node<'_>) -> bool {
    // A code without words may name anything.
    let codings = code.get("coding").map_or(&[][..], Node::items);
    if codings.iter().any(|coding| coding.get("code").is_some() && coding.get("display").is_none()) {
        return false;
    }
    let mut said = each_words(code).peekable();
    let denies = |words: &str| {
        let words = words.trim().trim_end_matches('.').to_lowercase();
        NONE_KNOWN_WORDS.contains(&words.as_str())
    };
    said.peek().is_some() && said.all(denies)
}

pub(super) fn map(case: &Case<'_, '_>) -> Result<Planned, Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = entry.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Allergy::KIND, &mut from)?;
    let Some(mut concept) = from.field("code")? else { return Err(from.refuse_at("code", Reason::Missing)) };
    let (name, coding) = named(&mut concept, SNOMED)?;
    let Some(name) = name else { return Err(concept.refuse(Reason::Missing)) };
    draft.set("substance", Value::Text(name))?;
    draft.put("code", coding)?;
    // R4 says of `inactive` too that there is no longer a risk.
    let status = code(&mut from, "clinicalStatus", CLINICAL)?;
    let resolved = match status.as_deref() {
        Some("active") => Some(false),
        Some("inactive" | "resolved") => Some(true),
        // A word that R4 does not have warns rather than not.
        _ => None,
    };
    draft.put("resolved", resolved.map(Value::Bool))?;
    if matches!(status.as_deref(), Some("active" | "resolved")) {
        take_code(&mut from, "clinicalStatus", CLINICAL)?;
    }
    draft.date(&mut from, "onsetDateTime", "since")?;
    if draft.at.is_none() {
        draft.at = from.when("recordedDate")?.and_then(|when| when.order());
    }
    reactions(&mut draft, &mut from)?;
    draft.text("remarks", notes(&mut from, "note")?)?;
    draft.finish(rest, Vec::new())
}

/// The words of all reactions and the worst severity; the reactions stay, because they may be several.
fn reactions(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    const WORSE: [&str; 3] = ["mild", "moderate", "severe"];
    let mut said = Vec::new();
    let mut worst = None;
    for mut reaction in from.list("reaction")? {
        if let Some(severity) = reaction.peek("severity")? {
            let place = WORSE.iter().position(|known| *known == severity);
            worst = worst.max(Some(place.ok_or_else(|| reaction.refuse_at("severity", Reason::BadCode))?));
        }
        for manifestation in reaction.list("manifestation")? {
            said.extend(words(manifestation.node()).map(str::to_owned));
        }
    }
    let said = Some(said.join(", ")).filter(|said| !said.is_empty());
    draft.text("reaction", said)?;
    draft.text("severity", worst.and_then(|worst| WORSE.get(worst)).map(|word| (*word).to_owned()))
}
