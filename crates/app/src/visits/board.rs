//! What the waiting room sees: the tickets that were called last and to which room. Nothing else is read for it, so
//! nothing else can stand on it.

use std::cmp::Reverse;

use domain::RecordId;
use domain::visits::{Call, Ticket, last_call};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::tickets::calls_today;
use crate::answer::shortened;
use crate::command::Nothing;
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sync::number;

/// A ticket that was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BoardRow {
    /// The last call of it: another id is another call.
    pub call: RecordId,
    /// The ticket, `A12`.
    pub ticket: String,
    /// The room.
    pub room: String,
}

/// The board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Board {
    /// The tickets that were called last, the latest first.
    pub rows: Vec<BoardRow>,
    /// How the calls stood at this time at the site, `10:31`.
    pub as_of: String,
    /// Whether the server was not reached for a minute: somebody may have been called elsewhere since.
    pub cut_off: bool,
}

/// So many calls stand on it.
const ROWS: usize = 5;
/// The server was not reached for so many milliseconds: the board says since when it knows nothing new.
const CUT_OFF: u64 = 60_000;

/// The tickets that were called last at this site.
pub(crate) fn board(seat: &mut Seat, _: Nothing) -> Result<Board, Refusal> {
    let calls = calls_today(seat)?;
    let mut last: Vec<(RecordId, &Call)> = calls.values().filter_map(|calls| last_call(calls)).collect();
    let at = |call: &Call| call.at.as_ref().map_or(i64::MIN, domain::Instant::milliseconds);
    last.sort_by_key(|(id, call)| Reverse((at(call), *id)));
    let mut rows = Vec::new();
    for (id, call) in last.into_iter().take(ROWS) {
        let ticket = call.ticket.and_then(|ticket| seat.read::<Ticket>(ticket).ok());
        let Some(number) = ticket.and_then(|ticket| ticket.state.record::<Ticket>().number) else { continue };
        let room = shortened(call.to.clone().unwrap_or_default());
        rows.push(BoardRow { call: id, ticket: shortened(number), room });
    }
    let (now, synced) = (seat.moment.now, number(seat.act, "synced")?);
    let cut_off = seat.act.local("server")?.is_some() && now.saturating_sub(synced) > CUT_OFF;
    let as_of = seat.place.zone.instant(if cut_off { synced } else { now });
    Ok(Board { rows, as_of: as_of.as_str().get(11..16).unwrap_or_default().to_owned(), cut_off })
}
