//! The visit under way that somebody is in.

use domain::visits::{Urgency, Visit, VisitStatus};
use domain::{Instant, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{clock, time_of};
use crate::records::Names;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The visit that somebody is in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PresentVisit {
    /// The visit.
    pub id: RecordId,
    /// The version to send back with a step.
    pub version: i64,
    /// How far it is.
    pub status: VisitStatus,
    /// Since when it is there, the time at the site, `10:12`.
    pub since: String,
    /// The day of it, `2026-11-22`.
    pub day: String,
    /// Who attends, with the title.
    pub attending: Option<String>,
    /// Whether that is this person.
    pub mine: bool,
    /// How soon they have to be seen; nothing means in turn.
    pub urgency: Option<Urgency>,
}

/// The latest visit under way here of one person.
pub(crate) fn present_visit(seat: &Seat, patient: RecordId) -> Result<Option<PresentVisit>, Refusal> {
    let latest = seat.act.open_visits(seat.place.site_scope, Some(patient), 1)?;
    let Some(record) = latest.first() else { return Ok(None) };
    let visit: Visit = record.state.record();
    let Some((status, since)) = standing(&visit) else { return Ok(None) };
    Ok(Some(PresentVisit {
        id: record.id,
        version: record.version,
        status,
        since: clock(seat, &since),
        day: seat.place.zone.day(&since).to_string(),
        attending: Names::default().of(seat, visit.attending)?,
        mine: visit.attending == Some(seat.sitting.user),
        urgency: visit.urgency,
    }))
}

/// How far a visit is and since when.
pub(super) fn standing(visit: &Visit) -> Option<(VisitStatus, Instant)> {
    let status = visit.status?;
    let since = match time_of(status) {
        "triaged_at" => &visit.triaged_at,
        "started_at" => &visit.started_at,
        _ => &visit.arrived_at,
    };
    Some((status, since.clone().or_else(|| visit.arrived_at.clone())?))
}
