//! The state of this workstation in the words of the top bar, and the check of its tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::Nothing;
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sync::{SyncTrouble, number, refused, trouble};

/// The state of this workstation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Status {
    /// Whether the clinic has a server at all.
    pub attached: bool,
    /// Ops written here that no server has acknowledged.
    pub waiting: u64,
    /// Since when the oldest of them waits, with offset.
    pub waiting_since: Option<String>,
    /// Ops written here that the server has acknowledged.
    pub received: u64,
    /// Ops of others that were taken in here.
    pub applied: u64,
    /// Why rounds with the server do not succeed; none while they do.
    pub trouble: Option<SyncTrouble>,
    /// Transactions written here that were refused and that nobody has looked at yet.
    pub refused: u64,
    /// When this workstation and the server last agreed, `10:42`; none before the first time.
    pub synced: Option<String>,
    /// The day of that.
    pub synced_day: Option<String>,
    /// People who are registered here.
    pub patients: u64,
    /// Clashes that a person has to settle.
    pub conflicts: u64,
    /// The day at the site.
    pub today: String,
    /// The time at the site, `10:42`.
    pub time: String,
    /// Whether the wall clock is behind what was already written down.
    pub clock_behind: bool,
    /// Whether the recovery sheet was printed and read back.
    pub sheet_confirmed: bool,
    /// Where the workstation's own key lies: `file` where there is no keychain.
    pub key_kept_in: String,
}

/// Whether to keep what was made again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rebuild {
    /// Only look: change nothing.
    pub check: bool,
}

/// What making the tables again found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RebuildReport {
    /// Records made again.
    pub records: u64,
    /// The tables that were not what the log says.
    pub differing: Vec<String>,
}

/// What a check of the store's file found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StoreChecked {
    /// Whether every page is as it was written and every table and index is in order.
    pub whole: bool,
}

/// The state of this workstation.
pub(crate) fn status(seat: &mut Seat, _: Nothing) -> Result<Status, Refusal> {
    let counters = seat.act.counters(seat.place.incarnation)?;
    let synced = Some(number(seat.act, "synced")?).filter(|at| *at > 0).map(|at| seat.place.zone.instant(at));
    Ok(Status {
        attached: seat.act.local("server")?.is_some(),
        waiting: counters.waiting,
        waiting_since: counters.since,
        received: counters.received,
        applied: counters.applied,
        trouble: trouble(seat)?,
        refused: refused(seat.act, seat.place)?,
        synced: synced.as_ref().and_then(|at| at.as_str().get(11..16).map(ToOwned::to_owned)),
        synced_day: synced.map(|at| seat.place.zone.day(&at).to_string()),
        patients: seat.act.count("patient")?,
        conflicts: seat.act.conflicting_count()?,
        today: seat.moment.today.to_string(),
        time: seat.moment.wall.as_str().get(11..16).unwrap_or_default().to_owned(),
        clock_behind: seat.moment.is_ahead_of(seat.world.clock.now()),
        sheet_confirmed: seat.act.local("sheet_confirmed")?.is_some(),
        key_kept_in: "file".to_owned(),
    })
}

/// Checks every page of the store's file, every table and every index.
pub(crate) fn check_store(seat: &mut Seat, _: Nothing) -> Result<StoreChecked, Refusal> {
    Ok(StoreChecked { whole: seat.act.is_whole()? })
}

/// Makes every table again from the log.
pub(crate) fn rebuild(seat: &mut Seat, input: Rebuild) -> Result<RebuildReport, Refusal> {
    let rebuilt = if input.check { seat.act.rebuild_check()? } else { seat.act.rebuild(&mut |_, _| {})? };
    Ok(RebuildReport {
        records: rebuilt.records,
        differing: rebuilt.differing.into_iter().map(ToOwned::to_owned).collect(),
    })
}
