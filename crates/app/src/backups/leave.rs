//! The backup before somebody leaves: a closed store does not change, so what is backed up now is complete until the next
//! sign-in.

use std::sync::Arc;
use std::time::Duration;

use domain::backup::BackupSort;
use domain::jobs::JobKind;

use super::ended::ended;
use super::hands::{Hands, alone};
use super::kept::{Kept, targets};
use super::reach::Seen;
use super::run::{back_up, has_news};
use crate::desk::{Desk, Phase};
use crate::refusal::Refusal;

/// How long a job under way has to let go of its target.
const LETS_GO: Duration = Duration::from_secs(5);

/// Backs up what is new to every target that is there. Each has its share of the time: one that is slow or hangs leaves the
/// others theirs.
pub(crate) fn before_leaving(desk: &mut Desk) {
    let end = desk.world.clock.monotonic() + desk.world.leaving;
    let lets_go = LETS_GO.min(Duration::from_millis(desk.world.leaving / 4));
    let held = desk.running.as_ref().filter(|running| !running.stop.lets_go(lets_go));
    let held = held.map(|running| running.about.clone());
    let mut waiting = with_news(desk).unwrap_or_default();
    // A job that does not let go of it: two would write there at once.
    waiting.retain(|kept| held.as_deref() != Some(&kept.id.to_string()));
    // The server comes last: the line is the slowest.
    waiting.sort_by_key(Kept::is_server);
    for (others, kept) in (0..waiting.len()).rev().zip(waiting) {
        let (began, now) = (desk.world.clock.now(), desk.world.clock.monotonic());
        let until = now + end.saturating_sub(now) / (others as u64 + 1);
        let result = {
            let shell = alone(desk);
            let hands = Hands::of(&shell, JobKind::BackUp, &kept.id.to_string(), Some(until)).hurried();
            back_up(&hands, kept.id, BackupSort::Quick).map(drop)
        };
        // What cannot be noted is seen by what the target holds.
        ended(desk, JobKind::BackUp, kept.id, began, &result).ok();
    }
}

fn with_news(desk: &mut Desk) -> Result<Vec<Kept>, Refusal> {
    let (mounts, spares) = (Arc::clone(&desk.world.mounts), Arc::clone(&desk.world.spares));
    let Phase::Open(open) = &mut desk.phase else { return Ok(Vec::new()) };
    let (own, act) = (open.place.incarnation, open.store.act()?);
    let mut found = Vec::new();
    for kept in targets(&act)? {
        if has_news(&act, &kept, own)? {
            found.push(kept);
        }
    }
    if found.iter().any(Kept::is_server) && spares() {
        found.retain(|kept| !kept.is_server());
    }
    let seen = Seen::look(found.iter().filter(|kept| kept.is_stick()), &mounts);
    found.retain(|kept| kept.is_worth_a_try(|| seen.place(kept).is_ok()));
    Ok(found)
}
