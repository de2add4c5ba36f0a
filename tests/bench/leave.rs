//! From the key that signs out to the next lock screen, which another process shows, and the memory that this process takes
//! while it waits behind the work.
//!
//! The time ends with the last change of what stands on the screen.

use std::time::Duration;

use ::tests::hands::Hands;
use ::tests::keyboard::ENTER;
use ::tests::leash::memory;
use anyhow::{Result, ensure};
use serde_json::json;

use crate::Size;
use crate::clinic::found;
use crate::figure::{Watch, empty_folder, median, ms, percentile, round, tell};

/// Whoever signs out waits no longer for the next lock screen, in milliseconds.
const LIMIT: f64 = 700.0;

pub fn run(size: Size) -> Result<()> {
    let clinic = empty_folder("leave")?;
    drop(found(&clinic)?);
    let hands = Hands::at(&clinic)?;
    let (mut times, mut waiting, mut working) = (vec![], 0, 0);
    for _ in 0..size.leaves {
        let before = hands.processes()?;
        let heir = hands.signs_in()?;
        hands.finds("sign out")?;
        // What the process has started counts with it, and its heir is among that.
        waiting = memory(heir);
        working = before.into_iter().map(memory).sum::<u64>() - waiting;
        let watch = Watch::start();
        let mut done = Duration::ZERO;
        hands.types_and_hears(&ENTER.to_string(), || done = watch.so_far())?;
        ensure!(hands.processes()? == [heir], "another process shows the door");
        times.push(done);
        hands.turns_to(heir)?;
    }
    tell(
        "leave",
        json!({
            "runs": size.leaves,
            "next_door_ms": round(ms(median(&times)), 0),
            "most_ms": round(ms(percentile(&times, 100)), 0),
            "limit_ms": LIMIT,
            "working_mb": round(working as f64 / 1e6, 1),
            "waiting_mb": round(waiting as f64 / 1e6, 1),
        }),
    );
    Ok(())
}
