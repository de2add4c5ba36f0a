//! When a transaction was written: its log's clock says so, which only goes forward. The wall clock beside it is what
//! people read, and is not believed where it tells another day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Entry;
use crate::op::Op;
use crate::rule::{Fault, View, follows, is_near};
use crate::{Instant, OpId};

/// The day on which `entry` was written, by its log's clock, where its wall stood.
///
/// # Errors
/// [`Fault::Clock`] for stamps that do not follow those before them at their installation, and a wall that is far from
/// them.
pub(super) fn day(view: &impl View, entry: &Entry) -> Result<Date, Fault> {
    let first = entry.ops.first().ok_or(Fault::Torn)?;
    // One clock stamps all logs of an installation: one in which nothing was written for long says little of the time.
    let beside = entry.told.as_ref().and_then(|told| view.stamp_beside(&told.said, entry.transaction.scope));
    let mut last = view.stamp_before(first.id()).max(beside).unwrap_or_default();
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
    let mut bases = ops.iter().filter(|base| seen.contains(&base.id()));
    if bases.all(|base| follows(view, op, base)) { Ok(()) } else { Err(Fault::Clock) }
}
