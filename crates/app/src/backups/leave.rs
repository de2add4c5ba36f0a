//! The backup before somebody leaves: a closed store does not change, so what is backed up now is complete until the next
//! sign-in.

use domain::backup::BackupSort;
use domain::jobs::JobKind;

use super::ended::ended;
use super::hands::{Hands, alone};
use super::kept::{Kept, targets};
use super::run::{back_up, has_news};
use crate::desk::{Desk, Phase};
use crate::refusal::Refusal;

/// Nobody waits longer than this, in milliseconds; what is left is done the next time.
const AT_MOST: u64 = 20_000;

/// Backs up what is new to every target that is there.
pub(crate) fn before_leaving(desk: &mut Desk) {
    let until = desk.world.clock.monotonic() + AT_MOST;
    let with_news = with_news(desk).unwrap_or_default();
    for kept in with_news {
        let began = desk.world.clock.now();
        let shell = alone(desk);
        let hands = Hands::of(&shell, JobKind::BackUp, &kept.id.to_string(), Some(until));
        let result = back_up(&hands, kept.id, BackupSort::Quick).map(drop);
        drop(hands);
        drop(shell);
        // What cannot be noted is seen by what the target holds.
        ended(desk, JobKind::BackUp, kept.id, began, &result).ok();
    }
}

fn with_news(desk: &mut Desk) -> Result<Vec<Kept>, Refusal> {
    let Phase::Open(open) = &mut desk.phase else { return Ok(Vec::new()) };
    let (own, act) = (open.place.incarnation, open.store.act()?);
    let mut found = Vec::new();
    for kept in targets(&act)? {
        if has_news(&act, &kept, own)? {
            found.push(kept);
        }
    }
    Ok(found)
}
