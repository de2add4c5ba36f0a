//! Alerts from `Flag` (<https://hl7.org/fhir/R4/flag.html>).

use super::Refused;
use super::cursor::Cursor;
use super::datatypes::SNOMED;
use super::denials::denies;
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use crate::patients::BannerAlert;
use crate::record::Record;

pub(super) const RESOURCE: Resource = Resource {
    of: "Flag",
    elements: "author- category+ !code encounter identifier- period !status !subject",
    is_one: is_raised,
    map,
    past: false,
};

/// Whether it warns of something. One that does no longer, and what denies, is a fact of the timeline.
fn is_raised(flag: &Node<'_>) -> bool {
    flag.text_at(&["status"]) == Some("active") && flag.get("code").is_some_and(|code| !denies(code))
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, BannerAlert::KIND, &mut from)?;
    draft.named(&mut from, "code", SNOMED, "text")?;
    from.take("status");
    if let Some(mut period) = from.field("period")? {
        draft.date(&mut period, "start", "since")?;
        draft.date(&mut period, "end", "until")?;
    }
    draft.finish(rest, Vec::new())
}
