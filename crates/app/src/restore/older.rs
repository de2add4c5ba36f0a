//! Where a point does not come back: which older one is whole, and brings back most.

use std::collections::BTreeSet;

use domain::Zone;
use domain::backup::Stream;
use store::backup::Walk;

use super::refused;
use super::source::{Found, Source};
use crate::refusal::{Code, Refusal};

/// So many points are looked at.
const MOST: usize = 100;

/// `refusal` with the newest point before `before` that is whole, where damage is why: whoever restores takes that one. Where
/// there is none that is told too. Nobody waits for so much to come over a line.
pub(super) fn with_older(refusal: Refusal, found: &Found, before: u64, zone: &Zone) -> Refusal {
    let reason = refusal.fields.get("reason").and_then(|reason| reason.as_str()).unwrap_or_default();
    let is_damage = ["damaged", "missing", "gap", "changed"].contains(&reason);
    if refusal.code != Code::BackupRefused || !is_damage || found.is_far() {
        return refusal;
    }
    match whole_before(found, before) {
        None => no_older(refusal),
        Some(source) => {
            let point = source.shown(zone);
            refusal
                .with("installation", source.installation.clone())
                .with("whole_point", point.number)
                .with("whole_at", point.at)
                .with("whole_entries", point.entries)
        }
    }
}

/// `refusal` with the word that no older point helps: whoever restores needs another place.
pub(super) fn no_older(refusal: Refusal) -> Refusal {
    refusal.with("older", "none")
}

fn whole_before(found: &Found, before: u64) -> Option<Source> {
    let mut damaged = BTreeSet::new();
    let numbers = found.points().into_iter().rev().filter(|number| *number < before);
    let mut sources = numbers.take(MOST).filter_map(|number| found.clone().opened_at(number));
    sources.find(|source| is_whole(source, &mut damaged))
}

/// Whether all streams of `source` read. What does not is kept in `damaged`: no other point that needs it is read for that.
fn is_whole(source: &Source, damaged: &mut BTreeSet<String>) -> bool {
    let Ok(needed) = source.needed() else { return false };
    if needed.iter().any(|name| damaged.contains(name)) {
        return false;
    }
    let mut walk = Walk::of(source.point());
    let read = Stream::ALL.iter().try_for_each(|stream| {
        source.segments(*stream, &mut |segment| {
            if walk.segment(&segment) { Ok(()) } else { Err(refused("damaged")) }
        })
    });
    if let Err(refusal) = &read {
        let object = refusal.fields.get("object").and_then(|object| object.as_str());
        damaged.extend(object.map(ToOwned::to_owned));
    }
    read.is_ok() && walk.differing().is_empty()
}
