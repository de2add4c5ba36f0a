//! Allergies (<https://hl7.org/fhir/R4/allergyintolerance.html>).

use super::cursor::Cursor;
use super::datatypes::{SNOMED, code, has_code, named, notes, take_code, words};
use super::denials::denies;
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use super::{Reason, Refused};
use crate::Value;
use crate::patients::Allergy;
use crate::record::Record;

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

pub(super) const RESOURCE: Resource = Resource {
    of: "AllergyIntolerance",
    elements: "asserter- category+ clinicalStatus !code criticality encounter- identifier- lastOccurrence+ note \
        onsetAge+ onsetDateTime onsetPeriod+ onsetRange+ onsetString+ !patient reaction recordedDate \
        recorder- type+ verificationStatus",
    is_one: is_had,
    map,
    past: true,
};

/// Whether it says that somebody has or had an allergy. That one was ruled out or is denied is a fact of the
/// timeline: as an allergy it would warn of nothing.
fn is_had(allergy: &Node<'_>) -> bool {
    let told = ["reaction", "criticality"].iter().any(|name| allergy.get(name).is_some());
    let denied = allergy.get("code").is_some_and(denies) && !told;
    !denied && !has_code(allergy, "verificationStatus", &["refuted"])
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Allergy::KIND, &mut from)?;
    let (name, coding) = match from.field("code")? {
        Some(mut concept) => named(&mut concept, SNOMED)?,
        None => (None, None),
    };
    // Of which substance is not always said; that there is an allergy warns all the same.
    let met = case.node.get("reaction").map_or(&[][..], Node::items).iter();
    let met = met.filter_map(|reaction| words(reaction.get("substance")?)).next().map(str::to_owned);
    let name = name.or(met).unwrap_or_else(|| "Substance not named".to_owned());
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
    } else {
        draft.say_element(&from, "clinicalStatus");
    }
    match code(&mut from, "verificationStatus", VERIFICATION)?.as_deref() {
        Some("confirmed") => {
            take_code(&mut from, "verificationStatus", VERIFICATION)?;
            draft.set("certainty", Value::text("confirmed"))?;
        }
        Some("unconfirmed") => draft.set("certainty", Value::text("suspected"))?,
        _ => draft.say_element(&from, "verificationStatus"),
    }
    if let Some(criticality) = from.text("criticality")? {
        if !["low", "high", "unable-to-assess"].contains(&criticality.as_str()) {
            return Err(from.refuse_at("criticality", Reason::BadCode));
        }
        draft.set("criticality", Value::Text(criticality))?;
    }
    draft.date(&mut from, "onsetDateTime", "since")?;
    if let Some(mut period) = from.field("onsetPeriod")? {
        draft.date(&mut period, "start", "since")?;
    }
    draft.date(&mut from, "recordedDate", "recorded")?;
    draft.text("remarks", notes(&mut from, "note")?)?;
    reactions(case, &mut draft, &mut from)?;
    draft.finish(rest, Vec::new())
}

/// The words of all reactions and the worst severity; the reactions stay, because they may be several. What else
/// is told of each is said.
fn reactions(
    case: &Case<'_, '_>,
    draft: &mut Draft<'_, '_>,
    from: &mut Cursor<'_, '_>,
) -> Result<(), Refused> {
    const WORSE: [&str; 3] = ["mild", "moderate", "severe"];
    let mut said = Vec::new();
    let mut worst = None;
    let mut more = Vec::new();
    for mut reaction in from.list("reaction")? {
        if let Some(severity) = reaction.peek("severity")? {
            let place = WORSE.iter().position(|known| *known == severity);
            worst = worst.max(Some(place.ok_or_else(|| reaction.refuse_at("severity", Reason::BadCode))?));
        }
        for manifestation in reaction.list("manifestation")? {
            said.extend(case.tell(manifestation.node()));
        }
        let mut rest = reaction.node().clone();
        if let Node::Object(members) = &mut rest {
            members.retain(|(key, _)| !matches!(&**key, "manifestation" | "severity"));
        }
        more.extend(case.tell(&rest));
    }
    let said = Some(said.join(", ")).filter(|said| !said.is_empty());
    draft.text("reaction", said)?;
    draft.say("reaction", Some(more.join("; ")).filter(|more| !more.is_empty()));
    draft.text("severity", worst.and_then(|worst| WORSE.get(worst)).map(|word| (*word).to_owned()))
}
