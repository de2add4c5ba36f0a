//! Vaccines given (<https://hl7.org/fhir/R4/immunization.html>).

use super::cursor::Cursor;
use super::datatypes::{CVX, notes};
use super::denials::denies;
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use super::{Reason, Refused};
use crate::Value;
use crate::patients::Immunisation;
use crate::record::Record;

pub(super) const RESOURCE: Resource = Resource {
    of: "Immunization",
    elements: "doseQuantity+ education- encounter expirationDate+ fundingSource- identifier- !isSubpotent \
        location- lotNumber manufacturer+ note occurrenceDateTime occurrenceString+ !patient performer- \
        primarySource+ programEligibility- protocolApplied+ reaction+ reasonCode+ reasonReference+ recorded+ \
        reportOrigin+ route+ site+ !status statusReason+ subpotentReason+ !vaccineCode",
    is_one: is_given,
    map,
    past: true,
};

/// Whether a dose was given. One that was not, and what denies doses, is a fact of the timeline.
fn is_given(immunisation: &Node<'_>) -> bool {
    immunisation.text_at(&["status"]) != Some("not-done")
        && !immunisation.get("vaccineCode").is_some_and(denies)
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Immunisation::KIND, &mut from)?;
    draft.named(&mut from, "vaccineCode", CVX, "vaccine")?;
    let status = from.text("status")?.ok_or_else(|| from.refuse_at("status", Reason::Missing))?;
    if status != "completed" {
        return Err(from.refuse_at("status", Reason::BadCode));
    }
    draft.date(&mut from, "occurrenceDateTime", "given")?;
    // R4 says of a weak dose that it is not to be counted.
    let weak = from.truth("isSubpotent")? == Some(true);
    draft.set("status", if weak { Value::text("subpotent") } else { Value::Text(status) })?;
    if let Some(mut series) = from.first("protocolApplied")? {
        let number = series.number("doseNumberPositiveInt")?.map(|number| number.to_string());
        let words = series.text("doseNumberString")?;
        draft.text("dose", number.or(words))?;
    }
    draft.text("lot", from.text("lotNumber")?)?;
    draft.text("remarks", notes(&mut from, "note")?)?;
    draft.finish(rest, Vec::new())
}
