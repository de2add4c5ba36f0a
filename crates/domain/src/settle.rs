//! Who settles a clash chooses among what clashes: no other field, no other value, and nothing about which nobody
//! disagrees.

use crate::fold::{Conflict, State};
use crate::op::{KEPT, Op, WHOLE};
use crate::record::{Class, Kind, Nature};
use crate::rule::Fault;
use crate::{OpId, Value};

/// That `op`, of a record of `kind` with the steps `ops`, settles what clashes in the record as its author saw it.
///
/// # Errors
/// [`Fault::Fixed`] for what is written once, [`Fault::IllegalMove`] where nothing clashes or another value is taken.
pub(crate) fn check(kind: &Kind, op: &Op, ops: &[Op], seen: &State) -> Result<(), Fault> {
    if op.sets().next().is_none() {
        return whole(op, seen);
    }
    for (path, value) in op.sets() {
        let fixed = kind.field(path).is_some_and(|(field, _)| field.class == Class::Fixed);
        if fixed || kind.nature == Nature::Fact {
            return Err(Fault::Fixed(path.to_owned()));
        }
        let conflict = clash(seen, path)?;
        let named = op.base(path);
        let names_contenders = !named.is_empty() && named.iter().all(|id| conflict.contenders.contains(id));
        if !(names_contenders && offers(ops, named, path, value)) {
            return Err(Fault::IllegalMove(path.to_owned()));
        }
    }
    Ok(())
}

/// That the record as a whole was disputed, and that of its signatures one is kept that was.
fn whole(op: &Op, seen: &State) -> Result<(), Fault> {
    let conflict = clash(seen, WHOLE)?;
    let is_one = |kept: &OpId| conflict.contenders.contains(kept) || seen.signed == Some(*kept);
    if op.base(KEPT).iter().all(is_one) { Ok(()) } else { Err(Fault::IllegalMove(WHOLE.to_owned())) }
}

fn clash<'a>(seen: &'a State, path: &str) -> Result<&'a Conflict, Fault> {
    let found = seen.conflicts.iter().find(|conflict| conflict.path == path);
    found.ok_or_else(|| Fault::IllegalMove(path.to_owned()))
}

/// Whether one of `named` says `value`.
fn offers(ops: &[Op], named: &[OpId], path: &str, value: &Value) -> bool {
    let offered = ops.iter().filter(|op| named.contains(&op.id()));
    offered.filter_map(|op| op.value(path)).any(|offer| offer == value)
}
