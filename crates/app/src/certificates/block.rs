//! This workstation's numbers: drawn one after the other, each accounted for where it is used.

use std::collections::{BTreeMap, BTreeSet};

use domain::certificates::numbers::{self, Parts, parted};
use domain::certificates::{NumberBlock, NumberUse};
use domain::clinic::{Site, Workstation};
use domain::record::{Entries, Record, Verb};
use domain::{OpId, RecordId, Value};
use store::{Act, Draft};
use uuid::Uuid;

use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust::installed;

/// A record holds so many numbers: its state stays small, however many are issued in a year.
const NUMBERS: i64 = 20;
const PURPOSE: &str = "certificate";
const USED: &str = "used";
const VOID: &str = "void";
/// Where the block under way is remembered.
const LOCAL: &str = "number_block";
/// Where it is remembered how many workstations were let in from here.
const GIVEN: &str = "blocks_given";
/// Where it is remembered how many entries were lost since a number was drawn: each may have drawn one.
const LOST: &str = "numbers_lost";

/// The next number, for `certificate`, and the steps that account for it: they must be written in the
/// transaction in which it is used.
pub(super) fn draw(seat: &mut Seat, certificate: RecordId) -> Result<(String, Vec<Draft>), Refusal> {
    let (block, code) = named(seat)?;
    let year = seat.moment.today.year();
    let prefix = numbers::prefix(&code, &block, year);
    let mut drafts = Vec::new();
    let under_way = under_way(seat)?;
    let lost = i64::try_from(remembered(seat.act, LOST)?).unwrap_or_default();
    let serial = match under_way {
        Some((id, open))
            if lost == 0
                && open.prefix.as_ref() == Some(&prefix)
                && next(&open) <= open.last.unwrap_or_default() =>
        {
            let serial = next(&open);
            let mut patch = used(serial, certificate);
            if Some(serial) == open.last {
                patch.insert("closed".to_owned(), Value::Bool(true));
            }
            drafts.push(Draft::patch::<NumberBlock>(id, None, patch, None));
            serial
        }
        before => {
            let same_year = before.as_ref().is_some_and(|(_, open)| open.prefix.as_ref() == Some(&prefix));
            let first =
                before.as_ref().filter(|_| same_year).and_then(|(_, open)| open.last).unwrap_or_default()
                    + lost
                    + 1;
            seat.act.forget_local(LOST)?;
            if let Some((id, open)) = before
                && open.closed != Some(true)
            {
                let closed = BTreeMap::from([("closed".to_owned(), Value::Bool(true))]);
                drafts.push(Draft::patch::<NumberBlock>(id, None, closed, None));
            }
            let id = seat.new_id();
            drafts.push(Draft::make(Verb::Create, id, None, &begun(seat, prefix, first, certificate)));
            seat.act.set_local(LOCAL, id.0.as_bytes())?;
            drafts.extend(ended(seat)?);
            first
        }
    };
    Ok((numbers::number(Parts { site: &code, block: &block, year, serial }), drafts))
}

/// The steps that close what is left of the numbers of the workstations that this one was before, where they have ended.
fn ended(seat: &Seat) -> Result<Vec<Draft>, Refusal> {
    let installed = installed(seat.act, seat.place)?;
    let mut ended = BTreeSet::new();
    let own: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    let mut next = own.follows;
    while let Some(before) = next.take() {
        let workstation: Workstation = seat.read::<Workstation>(before)?.state.record();
        let installation = installed.get(&before).filter(|_| workstation.active != Some(true));
        if installation.is_some_and(|incarnation| ended.insert(incarnation.to_string())) {
            next = workstation.follows;
        }
    }
    if ended.is_empty() {
        return Ok(Vec::new());
    }
    let mut drafts = Vec::new();
    for record in seat.act.records(NumberBlock::KIND.name, None)? {
        let block: NumberBlock = record.state.record();
        if block.closed != Some(true) && block.incarnation.is_some_and(|whose| ended.contains(&whose)) {
            let closed = BTreeMap::from([("closed".to_owned(), Value::Bool(true))]);
            drafts.push(Draft::patch::<NumberBlock>(record.id, None, closed, None));
        }
    }
    Ok(drafts)
}

/// The letters of this workstation's numbers and of its site's, without which it has none.
pub(super) fn named(seat: &Seat) -> Result<(String, String), Refusal> {
    let no_numbers = || Refusal::new(Code::NoNumbers);
    let workstation: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    let site: Site = seat.read::<Site>(seat.place.site)?.state.record();
    Ok((workstation.block.ok_or_else(no_numbers)?, site.code.ok_or_else(no_numbers)?))
}

/// The steps that account for the numbers of `papers` that were issued of one draft, of which only `chosen`
/// holds: the others are void by reason of its number. Their entries name the certificate already.
pub(crate) fn papers_settled(seat: &Seat, papers: &[OpId], chosen: OpId) -> Result<Vec<Draft>, Refusal> {
    let holds = number_of(seat, chosen)?;
    let mut drafts = Vec::new();
    for paper in papers {
        let number = number_of(seat, *paper)?.unwrap_or_default();
        let Some((prefix, serial)) = parted(&number) else { continue };
        let Some(block) = seat.act.number_block(prefix, serial)? else { continue };
        let (outcome, reason) = match &holds {
            Some(number) if *paper != chosen => (VOID, Value::text(number)),
            _ => (USED, Value::Null),
        };
        let path = |part: &str| format!("uses/{serial}/{part}");
        let patch = [(path("outcome"), Value::text(outcome)), (path("reason"), reason)].into();
        let draft = Draft::patch::<NumberBlock>(block.id, None, patch, None);
        drafts.push(Draft { verb: Verb::Resolve, ..draft });
    }
    Ok(drafts)
}

/// The number that a signature has set.
fn number_of(seat: &Seat, signature: OpId) -> Result<Option<String>, Refusal> {
    let said = seat.act.said(signature)?;
    Ok(said.and_then(|said| said.op.value("number")?.as_text().map(ToOwned::to_owned)))
}

/// The name of the block for the workstation that this one is letting in; no other will get it.
pub(crate) fn next_block(seat: &Seat) -> Result<String, Refusal> {
    let own: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    let own = own.block.ok_or_else(|| Refusal::new(Code::NoNumbers))?;
    let given = remembered(seat.act, GIVEN)? + 1;
    // Behind these stand the names of what goes on from an old copy of this one.
    if given > numbers::MOST_LET_IN && own != numbers::FIRST_BLOCK {
        return Err(Refusal::new(Code::NoNumbers));
    }
    seat.act.set_local(GIVEN, &given.to_be_bytes())?;
    Ok(numbers::block_of(&own, given))
}

/// After entries were gone: the block under way is looked up anew, and where some are `lost` for good no number is drawn
/// that one of them may have drawn, nor a workstation let in under a name that one of them may have given.
pub(crate) fn numbers_after(act: &Act, gone: u64, lost: u64) -> Result<(), Refusal> {
    act.forget_local(LOCAL)?;
    if gone + lost > 0 {
        act.set_local(GIVEN, &(remembered(act, GIVEN)? + gone + lost).to_be_bytes())?;
    }
    if lost > 0 {
        act.set_local(LOST, &(remembered(act, LOST)? + lost).to_be_bytes())?;
    }
    Ok(())
}

/// The numbers of another installation are another block's: nothing is remembered of these.
pub(crate) fn numbers_of_another(act: &Act) -> Result<(), Refusal> {
    [LOCAL, GIVEN, LOST].into_iter().try_for_each(|name| Ok(act.forget_local(name)?))
}

fn remembered(act: &Act, name: &str) -> Result<u64, Refusal> {
    let kept = act.local(name)?.and_then(|bytes| bytes.try_into().ok());
    Ok(kept.map_or(0, u64::from_be_bytes))
}

fn begun(seat: &Seat, prefix: String, first: i64, certificate: RecordId) -> NumberBlock {
    let entry =
        NumberUse { certificate: Some(certificate), outcome: Some(USED.to_owned()), ..NumberUse::default() };
    NumberBlock {
        purpose: Some(PURPOSE.to_owned()),
        incarnation: Some(seat.place.incarnation.to_string()),
        prefix: Some(prefix),
        first: Some(first),
        last: Some(first + NUMBERS - 1),
        uses: Some(Entries([(key(first), entry)].into())),
        closed: None,
    }
}

/// The last block that this workstation, as it is installed now, has begun.
fn under_way(seat: &Seat) -> Result<Option<(RecordId, NumberBlock)>, Refusal> {
    let known = seat.act.local(LOCAL)?.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    if let Some(id) = known.map(RecordId) {
        let record = seat.read::<NumberBlock>(id)?;
        return Ok(Some((id, record.state.record())));
    }
    let own = seat.place.incarnation.to_string();
    let blocks = seat.act.records(NumberBlock::KIND.name, None)?.into_iter();
    let own = blocks
        .map(|record| (record.id, record.state.made, record.state.record::<NumberBlock>()))
        .filter(|(_, _, block)| block.incarnation.as_ref() == Some(&own));
    Ok(own.max_by_key(|(_, made, _)| *made).map(|(id, _, block)| (id, block)))
}

/// The first number of `block` that was not drawn.
fn next(block: &NumberBlock) -> i64 {
    let drawn = block.uses.iter().flat_map(|uses| uses.0.keys()).filter_map(|key| key.parse::<i64>().ok());
    drawn.max().map_or(block.first.unwrap_or_default(), |last| last + 1)
}

fn used(serial: i64, certificate: RecordId) -> BTreeMap<String, Value> {
    let path = |part: &str| format!("uses/{}/{part}", key(serial));
    [(path("certificate"), Value::text(certificate.to_string())), (path("outcome"), Value::text(USED))].into()
}

fn key(serial: i64) -> String {
    format!("{serial:05}")
}
