//! Problems from `Condition` (<https://hl7.org/fhir/R4/condition.html>).

use super::Refused;
use super::cursor::Cursor;
use super::datatypes::{SNOMED, code, has_code, notes, take_code};
use super::denials::denies;
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use crate::Value;
use crate::patients::Problem;
use crate::record::Record;

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

pub(super) const RESOURCE: Resource = Resource {
    of: "Condition",
    elements: "abatementAge+ abatementDateTime abatementPeriod+ abatementRange+ abatementString+ asserter- \
        bodySite+ category- clinicalStatus !code encounter evidence+ identifier- note onsetAge+ \
        onsetDateTime onsetPeriod+ onsetRange+ onsetString+ recordedDate recorder- severity stage+ \
        !subject !verificationStatus",
    is_one: is_had,
    map,
    past: true,
};

/// Whether somebody has or had it. What was ruled out, what denies problems, and what does not say which problem it
/// is, is a fact of the timeline.
fn is_had(condition: &Node<'_>) -> bool {
    condition.get("code").is_some_and(|code| !denies(code))
        && !has_code(condition, "verificationStatus", &["refuted"])
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Problem::KIND, &mut from)?;
    draft.named(&mut from, "code", SNOMED, "name")?;
    let ended = ["DateTime", "Age", "Period", "Range", "String"];
    let ended = ended.iter().any(|of| from.node().get(&format!("abatement{of}")).is_some());
    // A word that means the same is taken; one that is only near is said too.
    let status = match code(&mut from, "clinicalStatus", CLINICAL)?.as_deref() {
        Some("active") => Some(("active", true)),
        Some("resolved") => Some(("resolved", true)),
        Some("recurrence" | "relapse") => Some(("active", false)),
        Some("remission") => Some(("managed", false)),
        // R4 says of it that there is no sign of it any more.
        Some("inactive") => Some(("resolved", false)),
        None if ended && from.node().get("clinicalStatus").is_none() => Some(("resolved", false)),
        _ => None,
    };
    set(&mut draft, &mut from, "status", status, ("clinicalStatus", CLINICAL))?;
    let certainty = match code(&mut from, "verificationStatus", VERIFICATION)?.as_deref() {
        Some("confirmed") => Some(("confirmed", true)),
        Some("unconfirmed" | "provisional" | "differential") => Some(("suspected", false)),
        _ => None,
    };
    set(&mut draft, &mut from, "certainty", certainty, ("verificationStatus", VERIFICATION))?;
    let severity = match code(&mut from, "severity", SNOMED)?.as_deref() {
        Some("255604002") => Some(("mild", true)),
        Some("6736007") => Some(("moderate", true)),
        Some("24484000") => Some(("severe", true)),
        _ => None,
    };
    set(&mut draft, &mut from, "severity", severity, ("severity", SNOMED))?;
    draft.date(&mut from, "onsetDateTime", "since")?;
    if let Some(mut period) = from.field("onsetPeriod")? {
        draft.date(&mut period, "start", "since")?;
    }
    draft.date(&mut from, "recordedDate", "recorded")?;
    draft.date(&mut from, "abatementDateTime", "until")?;
    if let Some(mut period) = from.field("abatementPeriod")? {
        draft.date(&mut period, "end", "until")?;
    }
    draft.text("remarks", notes(&mut from, "note")?)?;
    draft.finish(rest, Vec::new())
}

fn set(
    draft: &mut Draft<'_, '_>,
    from: &mut Cursor<'_, '_>,
    path: &str,
    word: Option<(&str, bool)>,
    (name, system): (&str, &str),
) -> Result<(), Refused> {
    match word {
        Some((_, true)) => take_code(from, name, system)?,
        _ => draft.say_element(from, name),
    }
    word.map_or(Ok(()), |(word, _)| draft.set(path, Value::text(word)))
}
