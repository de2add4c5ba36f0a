//! Audit logs of which the server was told two: a workstation was put back to an older copy, or is there twice. Nothing
//! stops for it; whoever reads trails is told, with both heads.

use crypto::head::Log;
use crypto::{Head, Signed};
use domain::clinic::Workstation;
use domain::sync::TrailFork;
use domain::wire::{Message, Wire};
use domain::{RecordId, cbor, hex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Keys};
use ts_rs::TS;

use crate::place::Place;
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sitting::{Moment, unseated};
use crate::trust::{Vouched, installed};
use crate::world::World;

/// An audit trail of which the server was told two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ForkedTrail {
    /// The workstation's name.
    pub workstation: String,
    /// Whether it is this one.
    pub this: bool,
    /// The first entry that differs, as far as that shows.
    pub entry: u64,
    /// What it signed first.
    pub known: HeadShown,
    /// What it signed otherwise.
    pub told: HeadShown,
}

/// A signed head of a trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct HeadShown {
    /// Over how many entries.
    pub entries: u64,
    /// The beginning of its root.
    pub root: String,
}

const KEPT: &str = "forked_trails";
/// So many signs of a root tell two of them apart by eye.
const SIGNS: usize = 16;

/// Keeps what the server says of forked trails, where their workstations signed both heads, and enters what is new.
pub(crate) fn keep(
    act: &Act,
    place: &Place,
    world: &mut World,
    forks: Option<&[TrailFork]>,
) -> Result<(), Refusal> {
    let mut known = kept(act)?;
    let before = known.len();
    for fork in forks.unwrap_or_default() {
        if heads(act, place, fork).is_some() && !known.iter().any(|one| one.incarnation == fork.incarnation) {
            known.push(fork.clone());
        }
    }
    if known.len() == before {
        return Ok(());
    }
    let moment = Moment::at(world.clock.now(), &place.zone);
    act.audit(&place.key, &mut *world.entropy, unseated(&moment, "trail_forked"))?;
    Ok(act.set_local(KEPT, &cbor::encode(&known.to_value()))?)
}

/// The forked trails of the workstations as they are installed now.
pub(crate) fn shown(seat: &Seat) -> Result<Vec<ForkedTrail>, Refusal> {
    let known = kept(seat.act)?;
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let installed = installed(seat.act, seat.place)?;
    let mut rows = Vec::new();
    for fork in known {
        let here = installed.iter().find(|(_, incarnation)| **incarnation == fork.incarnation);
        if let Some(((workstation, _), (known, told))) = here.zip(heads(seat.act, seat.place, &fork)) {
            rows.push(ForkedTrail {
                workstation: name(seat, *workstation)?,
                this: *workstation == seat.place.workstation,
                entry: fork.seq,
                known: head(&known),
                told: head(&told),
            });
        }
    }
    Ok(rows)
}

fn kept(act: &Act) -> Result<Vec<TrailFork>, Refusal> {
    let kept = act.local(KEPT)?.and_then(|bytes| Vec::from_value(&cbor::decode(&bytes).ok()?));
    Ok(kept.unwrap_or_default())
}

/// Both heads, when the workstation signed both over its trail and they are two.
fn heads(act: &Act, place: &Place, fork: &TrailFork) -> Option<(Head, Head)> {
    let key = Vouched { place }.workstation(act, fork.incarnation)?;
    let open = |bytes: &[u8]| {
        let head = Signed::<Head>::from_bytes(bytes).ok()?.open(&key).ok()?;
        (head.kind == Log::Audit && head.incarnation == fork.incarnation).then_some(head)
    };
    let (known, told) = (open(&fork.known.0)?, open(&fork.told.0)?);
    ((known.size, known.root) != (told.size, told.root)).then_some((known, told))
}

fn head(head: &Head) -> HeadShown {
    let root = hex::encode(&head.root).chars().take(SIGNS).collect();
    HeadShown { entries: head.size, root }
}

fn name(seat: &Seat, workstation: RecordId) -> Result<String, Refusal> {
    let record = seat.act.record(workstation)?;
    Ok(record.and_then(|record| record.state.record::<Workstation>().name).unwrap_or_default())
}
