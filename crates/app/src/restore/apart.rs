//! Where the logs of a backup and those here went on otherwise: a computer that was put back and worked on gave the same
//! numbers to other entries.

use std::collections::BTreeMap;

use crypto::log::{EntryBytes, check_entry};
use domain::kinds;
use domain::restore::{Log, Source as Said};
use store::Act;

use super::refused;
use super::source::Source;
use crate::refusal::Refusal;

/// The logs of which `source` and the store here hold something else under one number, with how many entries both begin.
/// The log of `source` is read for those that may be such, where nothing else keeps it from coming back.
///
/// # Errors
/// [`Refusal`] with the name of the first object that does not read.
pub(super) fn apart(
    act: &Act,
    source: &Source,
    said: &Said,
    here: &BTreeMap<Log, u64>,
) -> Result<BTreeMap<Log, u64>, Refusal> {
    let (mut apart, mut both) = (BTreeMap::new(), BTreeMap::new());
    for (log, (size, root)) in &said.logs {
        let known = here.get(log).copied().unwrap_or_default();
        if known < *size {
            both.extend((known > 0).then_some((*log, known)));
        } else if act.root_at(*log, *size)? != Some(*root) {
            // Whatever its log holds, the point does not say what is here.
            apart.insert(*log, *size);
            both.insert(*log, *size);
        }
    }
    if both.is_empty() || said.gap.is_some() || said.schema > kinds::SCHEMA {
        return Ok(apart);
    }
    source.log(&mut |row| {
        let damaged = || refused("damaged");
        let entry = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
        let told = check_entry(&entry, None).map_err(|_| damaged())?.transaction;
        let log = (told.incarnation, told.scope);
        for (seq, op) in (told.first..).zip(&entry.ops) {
            if both.get(&log).is_some_and(|through| seq <= *through)
                && act.header_at(log, seq)?.as_ref() != Some(&op.header.0)
            {
                apart.insert(log, seq - 1);
                both.remove(&log);
            }
        }
        Ok(())
    })?;
    Ok(apart)
}
