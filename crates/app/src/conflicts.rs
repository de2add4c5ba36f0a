//! What waits for a person to settle it: one card a clash, mine and theirs side by side.

use std::collections::BTreeMap;

use domain::access::{Object, Permission, allowed};
use domain::fold::{Clash, Conflict};
use domain::kinds::KindName;
use domain::record::{Class, Kind, Verb};
use domain::{OpId, RecordId, Value, choice, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::answer::{beginning, fitting};
use crate::certificates::papers_settled;
use crate::records::{Kept, Names, PersonRow, VoidClaim, shown, withdraw};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::visits::holds_ours;

/// One side of a clash.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Side {
    /// What it says; of a certificate's signature its number, and nothing of another one or a removal.
    pub value: String,
    /// Whether only its beginning stands here.
    pub shortened: bool,
    /// Who.
    pub author: Option<String>,
    /// Wall time where it was written.
    pub wall: String,
    /// Its number, to choose it.
    pub choice: u32,
}

choice! {
    /// How a clash is settled.
    pub enum Settling {
        /// By choosing the side that holds.
        Choice = "choice",
        /// By withdrawing the record: what differs is written once and cannot be changed.
        Withdrawal = "withdrawal",
        /// By nothing here: it cannot be changed, and the record is not withdrawn.
        Nothing = "nothing",
    }
}

/// A clash.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ConflictCard {
    /// The conflict.
    pub id: RecordId,
    /// The record.
    pub record: RecordId,
    /// Its version, to send back.
    pub version: i64,
    /// Its kind.
    pub kind: KindName,
    /// The field; empty for the whole record.
    pub path: String,
    /// What two people did differently.
    pub clash: Clash,
    /// How it is settled.
    pub settling: Settling,
    /// What is shown until somebody settles it.
    pub shown: String,
    /// The sides, in the order of time.
    pub sides: Vec<Side>,
    /// Whose chart it is in.
    pub person: Option<PersonRow>,
}

/// The last card of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictEnd {
    /// The record.
    pub record: RecordId,
    /// The conflict; none means all of the record's.
    pub conflict: Option<RecordId>,
}

impl ConflictEnd {
    /// Whether `conflict` of `record` stands behind this end.
    fn is_before(self, record: RecordId, conflict: RecordId) -> bool {
        self.record < record || self.record == record && self.conflict.is_some_and(|end| end < conflict)
    }
}

/// Which page of what waits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListConflicts {
    /// The end of the page before.
    pub before: Option<ConflictEnd>,
}

/// A page of what waits.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Conflicts {
    /// The cards, by record.
    pub cards: Vec<ConflictCard>,
    /// Where the next page begins, when there is one.
    pub next: Option<ConflictEnd>,
}

/// Records looked at for a page.
const LOOKED_AT: u32 = 50;
/// A text that is longer is shown by its beginning.
const SIDE_CHARACTERS: usize = 1_000;

/// A person's word on a clash.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveConflict {
    /// The record.
    pub record: RecordId,
    /// The conflict.
    pub conflict: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// The number of the side that holds.
    pub choice: u32,
}

/// A page of what waits for a person to settle it.
pub(crate) fn conflicts(seat: &mut Seat, input: ListConflicts) -> Result<Conflicts, Refusal> {
    let mut names = Names::default();
    let mut behind = input.before;
    loop {
        let records = seat.act.conflicting(behind.map(|end| end.record), LOOKED_AT)?;
        let last = records.last().filter(|_| records.len() == LOOKED_AT as usize);
        let rest = last.map(|record| ConflictEnd { record: record.id, conflict: None });
        let mut cards = Vec::new();
        for record in records.iter().filter(|record| may_see(seat, record)) {
            let kind = kinds::kind(&record.kind).ok_or_else(|| Refusal::new(Code::NotFound))?;
            let mut conflicts: Vec<&Conflict> = record.state.unsettled(kind).collect();
            conflicts.sort_by_key(|conflict| conflict.id);
            for conflict in conflicts {
                if behind.is_none_or(|end| end.is_before(record.id, conflict.id)) {
                    cards.push(card(seat, &mut names, record, conflict)?);
                }
            }
        }
        let (cards, more) = fitting(cards);
        let end = cards.last().map(|card| ConflictEnd { record: card.record, conflict: Some(card.id) });
        let next = if more { end } else { rest };
        // A page on which this person may see nothing is no end.
        if !cards.is_empty() || next.is_none() {
            return Ok(Conflicts { cards, next });
        }
        behind = next;
    }
}

/// Whether this person may see what the record says: a chart is for those who may read it, and an
/// account for those who may change it.
fn may_see(seat: &Seat, record: &store::Record) -> bool {
    let seen = kinds::kind(&record.kind).map_or(Permission::ChartRead, |kind| kind.seen);
    allowed(&seat.subject, seen, Object::default()).is_ok()
}

fn card(
    seat: &Seat,
    names: &mut Names,
    record: &store::Record,
    conflict: &Conflict,
) -> Result<ConflictCard, Refusal> {
    let mut sides = Vec::new();
    for (choice, op) in (0..).zip(&conflict.contenders) {
        let said = seat.act.said(*op)?.ok_or_else(|| Refusal::new(Code::NotFound))?;
        let path = if conflict.clash == Clash::Signatures { "number" } else { conflict.path.as_str() };
        let value = said.op.value(path).map(shown).unwrap_or_default();
        let (value, shortened) = beginning(value, SIDE_CHARACTERS);
        let author = names.of(seat, Some(said.author))?;
        sides.push((said.op.order(), Side { value, shortened, author, wall: said.wall, choice }));
    }
    sides.sort_by_key(|(order, _)| *order);
    let person = match record.patient {
        Some(patient) => {
            seat.act.record(patient)?.map(|record| PersonRow::of(patient, record.state.record(), seat))
        }
        None => None,
    };
    let kind = KindName::of(&record.kind).ok_or_else(|| Refusal::new(Code::NotFound))?;
    Ok(ConflictCard {
        id: conflict.id,
        record: record.id,
        version: record.version,
        kind,
        path: conflict.path.clone(),
        clash: conflict.clash,
        settling: settling(seat, kind.kind(), record, conflict)?,
        shown: beginning(shown(record.state.value(&conflict.path)), SIDE_CHARACTERS).0,
        sides: sides.into_iter().map(|(_, side)| side).collect(),
        person,
    })
}

/// How a clash of a record of `kind` is settled: nobody changes what is written once, not even to the other value, and a
/// visit in which something was written here stays for its sake.
fn settling(
    seat: &Seat,
    kind: &Kind,
    record: &store::Record,
    conflict: &Conflict,
) -> Result<Settling, Refusal> {
    let is_fixed = kind.field(&conflict.path).is_some_and(|(field, _)| field.class == Class::Fixed);
    Ok(match (is_fixed, kind.permission(Verb::Void)) {
        (false, _) => Settling::Choice,
        (true, Some(_)) if !holds_ours(seat, record)? => Settling::Withdrawal,
        (true, _) => Settling::Nothing,
    })
}

/// Withdraws a record of which two differ in what is written once, as after two imports: what holds is written anew.
pub(crate) fn withdraw_disputed(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let not_found = || Refusal::new(Code::NotFound);
    let record = seat.act.record(input.id)?.filter(|record| record.state.voided.is_none());
    let record = record.ok_or_else(not_found)?;
    if !may_see(seat, &record) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    let kind = kinds::kind(&record.kind).ok_or_else(not_found)?;
    for conflict in record.state.unsettled(kind) {
        if settling(seat, kind, &record, conflict)? == Settling::Withdrawal {
            return withdraw(seat, kind, record.patient, input);
        }
    }
    Err(Refusal::new(Code::IllegalMove).with("field", "record"))
}

/// Settles a clash by an op that names the contenders.
pub(crate) fn resolve_conflict(seat: &mut Seat, input: ResolveConflict) -> Result<Kept, Refusal> {
    let not_found = || Refusal::new(Code::NotFound);
    let record = seat.act.record(input.record)?.ok_or_else(not_found)?;
    seat.about(Some(input.record), record.patient);
    if !may_see(seat, &record) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    let kind = kinds::kind(&record.kind).ok_or_else(not_found)?;
    let seen = seat.act.record_at(&record.kind, input.record, input.version)?;
    let conflict =
        seen.conflicts.iter().find(|conflict| conflict.id == input.conflict).ok_or_else(not_found)?;
    if settling(seat, kind, &record, conflict)? != Settling::Choice {
        return Err(Refusal::new(Code::WrittenOnce));
    }
    let index = usize::try_from(input.choice).unwrap_or(usize::MAX);
    let chosen: OpId = *conflict.contenders.get(index).ok_or_else(|| Refusal::invalid("choice"))?;
    let said = seat.act.said(chosen)?.ok_or_else(not_found)?;
    let (verb, patch): (Verb, BTreeMap<String, Value>) = match conflict.clash {
        Clash::Values | Clash::Moves => {
            let value = said.op.value(&conflict.path).cloned().unwrap_or_default();
            (Verb::Resolve, [(conflict.path.clone(), value)].into())
        }
        // A removal that holds is said again by somebody who has seen the edit.
        Clash::Removal if said.op.header.verb == Verb::Void => (Verb::Void, BTreeMap::new()),
        Clash::Removal | Clash::Signatures => (Verb::Resolve, BTreeMap::new()),
    };
    let keeps = match conflict.clash {
        Clash::Signatures => Some(chosen),
        // It settles the whole record, and is no word on which signature holds.
        Clash::Removal => seen.signed,
        Clash::Values | Clash::Moves => None,
    };
    let mut drafts = vec![Draft {
        kind,
        record: input.record,
        patient: record.patient,
        verb,
        patch,
        reason: said.op.body.as_ref().and_then(|body| body.reason.clone()),
        seen: Some(input.version),
        keeps,
    }];
    if conflict.clash == Clash::Signatures {
        drafts.extend(papers_settled(seat, &conflict.contenders, chosen)?);
    }
    Ok(Kept::of(input.record, seat.write(drafts)?))
}
