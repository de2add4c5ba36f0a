//! What happened to a record: who changed what, when and where, from what to what.

use std::collections::BTreeMap;

use domain::clinic::Workstation;
use domain::history::changes;
use domain::kinds::KindName;
use domain::op::Op;
use domain::record::{Kind, Record, Type, Verb};
use domain::{BlobRef, Incarnation, Instant, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Said;
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, length, shortened};
use crate::records::{NOT_SHOWN, Names, imported, shown};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust::installed;

/// A page of a record's history.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryOf {
    /// The record.
    pub record: RecordId,
    /// The number of the last step of the page before.
    #[serde(default)]
    pub before: Option<u32>,
}

/// A field as a step changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FieldChange {
    /// The field, or a part of one of its entries (`contacts/ID/value`).
    pub path: String,
    /// What its author saw there; nothing where it was empty, several where two people disagreed.
    pub from: Vec<String>,
    /// What they wrote; nothing where they cleared it.
    pub to: Option<String>,
}

/// A step of a record.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct HistoryStep {
    /// Its number, from 1 for the step that made it.
    pub number: u32,
    /// What was done.
    pub verb: Verb,
    /// When, by the wall where it was written.
    pub at: Option<Instant>,
    /// Who.
    pub who: Option<String>,
    /// At which workstation, where that is known here.
    pub place: Option<String>,
    /// When it was written first and by whom, where it was written again: its workstation went on from an old copy, and the
    /// server never had it.
    pub repeats: Option<Repeats>,
    /// Why, in their words.
    pub reason: Option<String>,
    /// What it changed.
    pub changes: Vec<FieldChange>,
    /// How many changes found no room here.
    pub more: u32,
}

/// A step that was written again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Repeats {
    /// When it was written first, by the wall there.
    pub at: Option<Instant>,
    /// Who wrote it.
    pub who: Option<String>,
}

/// What happened to a record, the last step first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct History {
    /// Its kind.
    pub kind: KindName,
    /// Whether it came from elsewhere.
    pub imported: bool,
    /// The steps.
    pub steps: Vec<HistoryStep>,
    /// The number of the last step here, where there are earlier ones.
    pub next: Option<u32>,
}

/// More changes of one step than these are counted, not told.
const MOST_CHANGES: usize = 30;

/// What happened to a record of somebody's chart, withdrawn or not.
pub(crate) fn history(seat: &mut Seat, input: HistoryOf) -> Result<History, Refusal> {
    let not_found = || Refusal::new(Code::NotFound);
    let record = seat.act.record(input.record)?.filter(|record| record.patient.is_some());
    let record = record.ok_or_else(not_found)?;
    let name = KindName::of(&record.kind).ok_or_else(not_found)?;
    let kind = name.kind();
    seat.about(Some(input.record), record.patient);
    let mut said = seat.act.steps(input.record)?;
    said.sort_by_key(|said| said.op.order());
    let ops: Vec<Op> = said.iter().map(|said| said.op.clone()).collect();
    let workstations = workstations(seat)?;
    let mut teller = Teller { kind, ops: &ops, names: Names::default(), workstations };
    let mut steps = Vec::new();
    let mut used = 0;
    let numbered = (1..).zip(&said).collect::<Vec<(u32, &Said)>>();
    let earlier =
        numbered.into_iter().rev().filter(|(number, _)| input.before.is_none_or(|end| *number < end));
    let mut next = None;
    for (number, said) in earlier {
        let step = teller.step(seat, number, said)?;
        used += length(&step) + 1;
        if used > ANSWER_BYTES && !steps.is_empty() {
            next = Some(number + 1);
            break;
        }
        steps.push(step);
    }
    Ok(History { imported: imported(&record.state), kind: name, steps, next })
}

/// A workstation of the clinic.
struct Known {
    name: Option<String>,
    /// What is installed there, where that is known here.
    installed: Option<Incarnation>,
    follows: Option<RecordId>,
}

fn workstations(seat: &Seat) -> Result<BTreeMap<RecordId, Known>, Refusal> {
    let installed = installed(seat.act, seat.place)?;
    let mut workstations = BTreeMap::new();
    for record in seat.act.records(Workstation::KIND.name, None)? {
        let Workstation { name, follows, .. } = record.state.record();
        let installed = installed.get(&record.id).copied();
        workstations.insert(record.id, Known { name, installed, follows });
    }
    Ok(workstations)
}

/// Whether `now` went on from `before`, at once or by others in between.
fn went_on(workstations: &BTreeMap<RecordId, Known>, before: Incarnation, now: Incarnation) -> bool {
    let mut here = workstations.values().find(|known| known.installed == Some(now));
    // As many steps as there are workstations: records of others might lead around in a circle.
    for _ in 0..workstations.len() {
        here = here.and_then(|known| workstations.get(&known.follows?));
        if here.is_some_and(|known| known.installed == Some(before)) {
            return true;
        }
    }
    false
}

struct Teller<'a> {
    kind: &'static Kind,
    ops: &'a [Op],
    names: Names,
    workstations: BTreeMap<RecordId, Known>,
}

impl Teller<'_> {
    fn step(&mut self, seat: &Seat, number: u32, said: &Said) -> Result<HistoryStep, Refusal> {
        let mut told = Vec::new();
        for change in changes(self.ops, &said.op) {
            if NOT_SHOWN.contains(&change.path) {
                continue;
            }
            let mut from = Vec::new();
            for value in &change.from {
                from.extend(self.words(seat, change.path, value)?);
            }
            let to = self.words(seat, change.path, change.to)?;
            if to.is_some() || !from.is_empty() {
                told.push(FieldChange { path: change.path.to_owned(), from, to });
            }
        }
        let here = said.op.header.incarnation;
        // Only a workstation that went on has anything to repeat, and that alone which it wrote before.
        let repeats =
            said.repeats.as_ref().filter(|first| went_on(&self.workstations, first.incarnation, here));
        let repeats = match repeats {
            Some(first) => {
                let who = self.names.of(seat, Some(first.author))?;
                Some(Repeats { at: first.wall.parse().ok(), who })
            }
            None => None,
        };
        let more = u32::try_from(told.len().saturating_sub(MOST_CHANGES)).unwrap_or(u32::MAX);
        told.truncate(MOST_CHANGES);
        Ok(HistoryStep {
            number,
            verb: said.op.header.verb,
            at: said.wall.parse().ok(),
            who: self.names.of(seat, Some(said.author))?,
            place: self.place(here),
            repeats,
            reason: said.op.body.as_ref().and_then(|body| body.reason.clone()).map(shortened),
            changes: told,
            more,
        })
    }

    fn place(&self, installed: Incarnation) -> Option<String> {
        self.workstations.values().find(|known| known.installed == Some(installed))?.name.clone()
    }

    /// A value for a person to read: a code by its words, and somebody who works here by their name. The id of
    /// another record says nothing to anybody.
    fn words(&mut self, seat: &Seat, path: &str, value: &Value) -> Result<Option<String>, Refusal> {
        if value.is_null() {
            return Ok(None);
        }
        let part = |name: &str| value.get(name).and_then(Value::as_text);
        let words = match self.kind.field(path).map(|(_, holds)| holds) {
            Some(Type::Coding) => part("display").or_else(|| part("code")).map(ToOwned::to_owned),
            Some(Type::Quantity) => {
                let amount = [part("value"), part("unit")];
                Some(amount.into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
            Some(Type::Blob) => {
                BlobRef::read(value).map(|blob| format!("{} · {} B", blob.media_type, blob.size))
            }
            Some(Type::Record) => {
                let id = value.as_text().and_then(|id| id.parse().ok());
                return self.names.of(seat, id);
            }
            _ => None,
        };
        Ok(Some(shortened(words.unwrap_or_else(|| shown(value)))))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::{Incarnation, RecordId};

    use super::{Known, went_on};

    #[test]
    fn a_step_repeats_what_its_own_workstation_wrote_before_and_nothing_of_another() {
        let id = |name: &str| RecordId::derived(name.as_bytes());
        let installed = |name: &str| Incarnation::derived(name.as_bytes());
        let known = |name: &str, follows: Option<&str>| {
            (id(name), Known { name: None, installed: Some(installed(name)), follows: follows.map(id) })
        };
        let all = [known("a", None), known("b", Some("a")), known("c", Some("b")), known("d", None)];
        let all: BTreeMap<RecordId, Known> = all.into();
        assert!(went_on(&all, installed("a"), installed("b")));
        assert!(went_on(&all, installed("a"), installed("c")));
        for (before, now) in [("b", "a"), ("d", "c"), ("a", "a"), ("a", "d"), ("nowhere", "b")] {
            assert!(!went_on(&all, installed(before), installed(now)), "{before} {now}");
        }
        let circle: BTreeMap<_, _> = [known("a", Some("b")), known("b", Some("a"))].into();
        assert!(!went_on(&circle, installed("d"), installed("a")));
    }
}
