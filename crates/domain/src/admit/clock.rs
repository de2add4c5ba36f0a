//! When a transaction was written: its log's clock says so, which only goes forward. The wall clock beside it is what
//! people read, and is not believed where it tells another day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Entry;
use crate::op::Op;
use crate::rule::{Fault, View, is_near};
use crate::{Instant, OpId};

/// The day on which `entry` was written, by its log's clock, where its wall stood.
///
/// # Errors
/// [`Fault::Clock`] for stamps that do not follow those before them in their log, and a wall that is far from them.
pub(super) fn day(view: &impl View, entry: &Entry) -> Result<Date, Fault> {
    let first = entry.ops.first().ok_or(Fault::Torn)?;
    let mut last = view.stamp_before(first.id()).unwrap_or_default();
    for op in &entry.ops {
        if op.header.hlc <= last {
            return Err(Fault::Clock);
        }
        last = op.header.hlc;
    }
    let wall: Instant = entry.transaction.wall.parse().map_err(|_| Fault::Clock)?;
    // Nothing is repeated before it was written.
    if let Some(repeated) = &entry.transaction.repeats {
        let before: Instant = repeated.wall.parse().map_err(|_| Fault::Clock)?;
        if before.milliseconds() > wall.milliseconds() {
            return Err(Fault::Clock);
        }
    }
    let written = first.header.hlc;
    if is_near(written, &wall) { Ok(wall.day_there(written.milliseconds())) } else { Err(Fault::Clock) }
}

/// That `op` was written after what its author saw of `ops`.
///
/// # Errors
/// [`Fault::Clock`].
pub(super) fn after(view: &impl View, op: &Op, ops: &[Op]) -> Result<(), Fault> {
    let seen: BTreeSet<&OpId> = op.saw().collect();
    let later = |base: &&Op| base.header.hlc >= op.header.hlc && seen.contains(&base.id());
    if ops.iter().filter(later).any(|base| binds(view, base)) { Err(Fault::Clock) } else { Ok(()) }
}

/// Whether whoever has seen `op` writes later than it. A clock that ran far ahead binds nobody: that of a workstation,
/// which a server limited, or that of both, as is seen where it came.
fn binds(view: &impl View, op: &Op) -> bool {
    let ran_ahead = || view.arrived(op.id()).is_some_and(|arrived| op.header.hlc.is_far_ahead_of(arrived));
    op.clamp.is_none() && !ran_ahead()
}
