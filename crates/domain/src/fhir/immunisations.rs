//! Vaccines given (<https://hl7.org/fhir/R4/immunization.html>).

use super::cursor::Cursor;
use super::datatypes::{CVX, named, notes};
use super::draft::{Case, Draft};
use super::plan::Planned;
use super::{Reason, Refused};
use crate::Value;
use crate::patients::Immunisation;
use crate::record::Record;

pub(super) fn map(case: &Case<'_, '_>) -> Result<Planned, Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = entry.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Immunisation::KIND, &mut from)?;
    let Some(mut concept) = from.field("vaccineCode")? else {
        return Err(from.refuse_at("vaccineCode", Reason::Missing));
    };
    let (name, coding) = named(&mut concept, CVX)?;
    let Some(name) = name else { return Err(concept.refuse(Reason::Missing)) };
    draft.set("vaccine", Value::Text(name))?;
    draft.put("code", coding)?;
    let status = from.text("status")?.ok_or_else(|| from.refuse_at("status", Reason::Missing))?;
    if !matches!(status.as_str(), "completed" | "not-done") {
        return Err(from.refuse_at("status", Reason::BadCode));
    }
    // A dose that was not given has no day on which it was.
    if status == "completed" {
        draft.date(&mut from, "occurrenceDateTime", "given")?;
    } else {
        draft.at = from.when("occurrenceDateTime")?.and_then(|when| when.order());
    }
    draft.set("status", Value::Text(status))?;
    if let Some(mut series) = from.first("protocolApplied")? {
        let number = series.number("doseNumberPositiveInt")?.map(|number| number.to_string());
        let words = series.text("doseNumberString")?;
        draft.text("dose", number.or(words))?;
    }
    draft.text("lot", from.text("lotNumber")?)?;
    draft.text("remarks", notes(&mut from, "note")?)?;
    draft.finish(rest, Vec::new())
}
