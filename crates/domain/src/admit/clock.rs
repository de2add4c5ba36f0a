//! When a transaction was written: its log's clock says so, which only goes forward. The wall clock beside it is what
//! people read, and is not believed where it tells another day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Entry;
use crate::op::Op;
use crate::rule::{Fault, View, follows, is_near};
use crate::{Hlc, Instant, OpId};

/// The day on which `entry` was written, by its log's clock, where its wall stood.
///
/// # Errors
/// [`Fault::Clock`] for stamps that do not follow those before them at their installation, and a wall that is far from
/// them.
pub(super) fn day(view: &impl View, entry: &Entry) -> Result<Date, Fault> {
    let first = entry.ops.first().ok_or(Fault::Torn)?;
    let mut last = view.stamp_before(first.id()).max(opened_after(view, entry)).unwrap_or_default();
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

/// The last stamp in the other logs of its installation when the session was opened in which `entry` was written: one clock
/// stamps them all, and a log in which nothing was written for long says little of the time.
fn opened_after(view: &impl View, entry: &Entry) -> Option<Hlc> {
    let said = &entry.told.as_ref()?.said;
    let others = said.logs.iter().filter(|log| log.scope != entry.transaction.scope);
    others.filter_map(|log| view.stamp_when(said, log.scope)).max()
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
