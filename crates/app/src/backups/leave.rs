//! The backup before somebody leaves: a closed store does not change, so what is backed up now is complete until the next
//! sign-in.

use std::time::Duration;

use domain::backup::BackupSort;
use domain::jobs::JobKind;

use super::ended::ended;
use super::hands::{Hands, alone, find};
use super::kept::{Kept, targets};
use super::run::{back_up, has_news};
use crate::desk::{Desk, Phase};
use crate::refusal::Refusal;

/// Nobody waits longer than this, in milliseconds; what is left is done the next time.
const AT_MOST: u64 = 20_000;
/// How long a job under way has to let go of its target.
const LETS_GO: Duration = Duration::from_secs(5);

/// Backs up what is new to every target that is there.
pub(crate) fn before_leaving(desk: &mut Desk) {
    let until = desk.world.clock.monotonic() + AT_MOST;
    let held = desk.running.as_ref().filter(|running| !running.stop.lets_go(LETS_GO));
    let held = held.map(|running| running.about.clone());
    for kept in with_news(desk).unwrap_or_default() {
        // A job that does not let go of it: two would write there at once.
        if held.as_deref() == Some(&kept.id.to_string()) {
            continue;
        }
        let began = desk.world.clock.now();
        let result = {
            let shell = alone(desk);
            let hands = Hands::of(&shell, JobKind::BackUp, &kept.id.to_string(), Some(until));
            back_up(&hands, kept.id, BackupSort::Quick).map(drop)
        };
        // What cannot be noted is seen by what the target holds.
        ended(desk, JobKind::BackUp, kept.id, began, &result).ok();
    }
}

fn with_news(desk: &mut Desk) -> Result<Vec<Kept>, Refusal> {
    let mounts = (desk.world.mounts)();
    let Phase::Open(open) = &mut desk.phase else { return Ok(Vec::new()) };
    let (own, act) = (open.place.incarnation, open.store.act()?);
    let mut found = Vec::new();
    for kept in targets(&act)? {
        if kept.is_worth_a_try(|| find(&kept, &mounts).is_ok()) && has_news(&act, &kept, own)? {
            found.push(kept);
        }
    }
    Ok(found)
}
