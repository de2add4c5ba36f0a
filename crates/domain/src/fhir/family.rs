//! What somebody of the family had (<https://hl7.org/fhir/R4/familymemberhistory.html>): each condition is a part of the
//! patient's background, and never theirs.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::datatypes::{SNOMED, notes};
use super::denials::denies;
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::plan::{Left, Planned};
use super::{Reason, Refused};
use crate::patients::Background;
use crate::record::Record;
use crate::{RecordId, Value};

pub(super) const RESOURCE: Resource = Resource {
    of: "FamilyMemberHistory",
    elements: "ageAge+ ageRange+ ageString+ bornDate+ bornPeriod+ bornString+ condition dataAbsentReason date \
        deceasedAge+ deceasedBoolean+ deceasedDate+ deceasedRange+ deceasedString+ estimatedAge+ \
        identifier- instantiatesCanonical- instantiatesUri- name note !patient reasonCode+ \
        reasonReference+ !relationship sex+ !status",
    is_one: is_told,
    map,
    past: true,
};

/// Whether it names what somebody had. One that is empty, or denies or does not know anything of it, is a fact of the
/// timeline as a whole.
fn is_told(history: &Node<'_>) -> bool {
    let mut conditions = conditions(history).peekable();
    matches!(history.text_at(&["status"]), Some("completed" | "partial"))
        && history.get("relationship").is_some()
        && history.get("dataAbsentReason").is_none()
        && conditions.peek().is_some()
        && conditions.all(|condition| condition.get("code").is_some_and(|code| !denies(code)))
}

fn conditions<'n, 'a>(history: &'n Node<'a>) -> impl Iterator<Item = &'n Node<'a>> {
    let all = history.get("condition").map_or(&[][..], Node::items).iter();
    all.filter(|condition| !condition.is_blank())
}

/// The records that the history known as `history` becomes: one a condition, known by what that is, so that neither their
/// order nor one more of them changes which is which.
pub(super) fn records(history: RecordId, node: &Node<'_>) -> Vec<RecordId> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let record = |condition: &Node<'_>| {
        let code = condition.text_at(&["code", "coding", "code"]).map(str::to_owned);
        let what = code.or_else(|| condition.get("code")?.rest()).unwrap_or_default();
        let before = seen.entry(what.clone()).or_default();
        *before += 1;
        RecordId::derived(format!("fhir {history} condition {before} {what}").as_bytes())
    };
    conditions(node).map(record).collect()
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let (_, history) = case.links.identity(case.index, Some(case.patient))?;
    let mut made: Option<(Planned, Vec<Left>)> = None;
    for (nth, record) in records(history, case.node).into_iter().enumerate() {
        let (planned, left) = one(case, nth, record)?;
        match &mut made {
            None => made = Some((planned, left)),
            Some((first, all)) => {
                first.beside.push(planned);
                // What is left out of each of them is told once.
                let more: Vec<Left> = left.into_iter().filter(|left| !all.contains(left)).collect();
                all.extend(more);
            }
        }
    }
    let place = &case.links.entry(case.index)?.place;
    made.ok_or_else(|| Refused::at(format!("{place}.condition"), Reason::Missing))
}

/// The record of the condition `nth`, with all that the history says of the relative.
fn one(case: &Case<'_, '_>, nth: usize, record: RecordId) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Background::KIND, &mut from)?;
    draft.becomes(record);
    draft.set("sort", Value::text("family"))?;
    let relative = from.node().get("relationship").and_then(|relation| case.tell(relation));
    draft.text("relative", Some(relative.unwrap_or_else(|| "relative".to_owned())))?;
    for (at, mut condition) in from.list("condition")?.into_iter().enumerate() {
        if at != nth {
            condition.take_all();
            continue;
        }
        let more = match condition.node() {
            Node::Object(members) => members.iter().filter(|(name, _)| name != "code").cloned().collect(),
            _ => Vec::new(),
        };
        draft.say("", case.tell(&Node::Object(more)));
        draft.named(&mut condition, "code", SNOMED, "name")?;
    }
    if from.text("status")?.as_deref() == Some("partial") {
        draft.say("status", Some("partial".to_owned()));
    }
    draft.say("name", from.text("name")?);
    draft.date(&mut from, "date", "recorded")?;
    draft.text("remarks", notes(&mut from, "note")?)?;
    draft.finish(rest, Vec::new())
}
