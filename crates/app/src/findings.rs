//! What was found wrong with the store, at its opening or by what the server says, told in words until whoever answers for the computers has seen it.

use domain::wire::Wire;
use domain::{RecordId, cbor, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Opened, Store};
use ts_rs::TS;

use crate::certificates::numbers_after;
use crate::command::Nothing;
use crate::place::Place;
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sitting::{Moment, unseated};
use crate::world::World;

/// Something that was found wrong with the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Finding {
    /// What: `mended`, `behind`, `returned`, `lost`, `trail_lost`, `changed`, `unmarked`, `gone`, `reckoned`, `unsaid`,
    /// `server_key`, `not_carried` or `dated_back`.
    pub kind: String,
    /// When it was found, with offset.
    pub at: String,
    /// How many entries of the records it is about.
    pub ops: u64,
    /// How many entries of the audit trail it is about.
    pub trail: u64,
}

wire! {
    /// A finding as it is kept.
    pub struct Kept {
        /// What.
        kind: String,
        /// When, in milliseconds since 1970.
        at: u64,
        /// Entries of the records.
        ops: u64,
        /// Entries of the trail.
        trail: u64,
    }
}

const KEPT: &str = "findings";
/// More are as bad.
const MOST: usize = 20;
/// What the server is asked for.
const BEHIND: &str = "behind";
/// The server limited a stamp to a time at which it cannot have had the entry.
pub(crate) const DATED_BACK: &str = "dated_back";

/// Enters what the opening found.
pub(crate) fn enter(
    act: &Act,
    place: &Place,
    world: &mut World,
    moment: &Moment,
    opened: Opened,
) -> Result<(), Refusal> {
    if opened.is_as_left() {
        return Ok(());
    }
    let Opened { mended, mended_trail, missing, missing_trail, changed, unmarked, gone, reckoned, unsaid } =
        opened;
    let attached = act.local("server")?.is_some();
    // While entries may still come back that is told once, and the trail goes on from where it was.
    let waits = read(act)?.iter().any(|kept| kept.kind == BEHIND);
    let (missing, missing_trail, changed) =
        if waits { (0, 0, false) } else { (missing, missing_trail, changed) };
    let found = [
        ("reckoned", reckoned, 0),
        ("mended", mended, mended_trail),
        (if attached { BEHIND } else { "lost" }, missing, if missing > 0 { missing_trail } else { 0 }),
        ("trail_lost", 0, if missing > 0 { 0 } else { missing_trail }),
        ("changed", u64::from(changed), 0),
        ("gone", gone, 0),
        ("unmarked", u64::from(unmarked), 0),
        ("unsaid", unsaid, 0),
    ];
    for (kind, ops, trail) in found {
        if ops + trail > 0 {
            keep(act, place, world, moment, Kept { kind: kind.to_owned(), at: moment.now, ops, trail })?;
        }
    }
    if mended + missing > 0 {
        numbers_after(act, mended + missing, if attached { 0 } else { missing })?;
    }
    Ok(())
}

/// Enters that what lay here of the server, its key or its address, was not what its record says. It is set right.
pub(crate) fn server_key(
    act: &Act,
    place: &Place,
    world: &mut World,
    moment: &Moment,
) -> Result<(), Refusal> {
    let found = Kept { kind: "server_key".to_owned(), at: moment.now, ops: 1, trail: 0 };
    keep(act, place, world, moment, found)
}

/// Enters that entries of another workstation stay here, since the server takes them from nobody else.
pub(crate) fn not_carried(act: &Act, place: &Place, world: &mut World, ops: u64) -> Result<(), Refusal> {
    if ops == 0 {
        return Ok(());
    }
    let moment = Moment::at(act.clock()?.max(world.clock.now()), &place.zone);
    keep(act, place, world, &moment, Kept { kind: "not_carried".to_owned(), at: moment.now, ops, trail: 0 })
}

/// The server has given back what it has: looks whether anything is missing still.
pub(crate) fn look_again(store: &mut Store, place: &Place, world: &mut World) -> Result<(), Refusal> {
    let Some(lost) = store.look_again(true)? else { return Ok(()) };
    let act = store.act()?;
    settle(&act, place, world, lost)?;
    numbers_after(&act, 0, lost)?;
    Ok(act.commit()?)
}

/// Tells of what was missing how much is back, and how much is `lost`, since nobody has it.
pub(crate) fn settle(act: &Act, place: &Place, world: &mut World, lost: u64) -> Result<(), Refusal> {
    let mut kept = read(act)?;
    let behind = kept.iter().rposition(|finding| finding.kind == BEHIND).map(|at| kept.remove(at));
    act.set_local(KEPT, &cbor::encode(&kept.to_value()))?;
    let missing = behind.as_ref().map_or(lost, |behind| behind.ops);
    let moment = Moment::at(act.clock()?.max(world.clock.now()), &place.zone);
    let entry = |kind: &str, ops, trail| Kept { kind: kind.to_owned(), at: moment.now, ops, trail };
    let trail = behind.map_or(0, |behind| behind.trail);
    if missing > lost {
        keep(act, place, world, &moment, entry("returned", missing - lost, 0))?;
    }
    if lost > 0 {
        keep(act, place, world, &moment, entry("lost", lost, trail))?;
    } else if trail > 0 {
        keep(act, place, world, &moment, entry("trail_lost", 0, trail))?;
    }
    Ok(())
}

/// What was found and nobody has set aside.
pub(crate) fn findings(seat: &Seat) -> Result<Vec<Finding>, Refusal> {
    let rows = read(seat.act)?.into_iter().map(|kept| Finding {
        at: seat.place.zone.instant(kept.at).as_str().to_owned(),
        kind: kept.kind,
        ops: kept.ops,
        trail: kept.trail,
    });
    Ok(rows.collect())
}

/// Sets aside what was found: somebody who answers for the computers has seen it, and the trail keeps it.
pub(crate) fn acknowledge_findings(seat: &mut Seat, _: Nothing) -> Result<Nothing, Refusal> {
    let mut kept = read(seat.act)?;
    kept.retain(|finding| finding.kind == BEHIND);
    seat.act.set_local(KEPT, &cbor::encode(&kept.to_value()))?;
    Ok(Nothing {})
}

fn keep(act: &Act, place: &Place, world: &mut World, moment: &Moment, found: Kept) -> Result<(), Refusal> {
    let object: Option<RecordId> = Some(place.workstation);
    let reason = Some(found.kind.clone());
    let detail = Some(found.to_value());
    let said = store::AuditNote { object, reason, detail, ..unseated(moment, "found_damage") };
    act.audit(&place.key, &mut *world.entropy, said)?;
    push(act, found)
}

/// Tells of entries that the server dated back, all such in one line: else a server that goes on with it would take the place
/// of whatever else was found.
pub(crate) fn dated_back(act: &Act, moment: &Moment, ops: u64) -> Result<(), Refusal> {
    let mut kept = read(act)?;
    let before = kept.iter().position(|finding| finding.kind == DATED_BACK).map(|at| kept.remove(at));
    act.set_local(KEPT, &cbor::encode(&kept.to_value()))?;
    let ops = ops + before.map_or(0, |before| before.ops);
    push(act, Kept { kind: DATED_BACK.to_owned(), at: moment.now, ops, trail: 0 })
}

fn push(act: &Act, found: Kept) -> Result<(), Refusal> {
    let mut kept = read(act)?;
    kept.push(found);
    let surplus = kept.len().saturating_sub(MOST);
    kept.drain(..surplus);
    Ok(act.set_local(KEPT, &cbor::encode(&kept.to_value()))?)
}

fn read(act: &Act) -> Result<Vec<Kept>, Refusal> {
    let kept = act.local(KEPT)?.and_then(|bytes| Vec::from_value(&cbor::decode(&bytes).ok()?));
    Ok(kept.unwrap_or_default())
}
