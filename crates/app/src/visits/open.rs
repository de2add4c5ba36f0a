//! The visits under way at this site: the list that the desk and the nurse work from.

use domain::access::{Object, Permission, allowed};
use domain::visits::{Visit, VisitStatus, VisitType};
use domain::{Instant, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{clock, time_of};
use crate::answer::{ANSWER_BYTES, shortened, within};
use crate::command::Nothing;
use crate::records::{Names, PersonRow};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// A visit under way.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct OpenVisit {
    /// The visit.
    pub visit: RecordId,
    /// The version to send back with a step.
    pub version: i64,
    /// Whose.
    pub person: PersonRow,
    /// What it is for.
    pub kind: Option<VisitType>,
    /// How far it is.
    pub status: VisitStatus,
    /// Since when they wait, or are with the clinician: the time at the site, `10:12`.
    pub since: String,
    /// The day of it, `2026-11-22`.
    pub day: String,
    /// How many minutes ago that is.
    pub minutes: i64,
    /// The concern in the patient's words; nothing for who neither reads charts nor starts visits.
    pub concern: Option<String>,
    /// Who attends, with the title.
    pub attending: Option<String>,
    /// Whether that is this person.
    pub mine: bool,
}

/// The visits under way, who came first first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct OpenVisits {
    /// The visits.
    pub rows: Vec<OpenVisit>,
    /// How many who came later found no room here; left out where all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more: Option<u32>,
}

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
}

/// The latest of them: a visit that nobody ever ended must not hide those of today.
const MOST_OPEN: u32 = 100;

/// The visits under way at this site.
pub(crate) fn open_visits(seat: &mut Seat, _: Nothing) -> Result<OpenVisits, Refusal> {
    let may = |what| allowed(&seat.subject, what, Object::default()).is_ok();
    // Who starts visits wrote the concern down, or may be asked what it was.
    let may_read = may(Permission::ChartRead) || may(Permission::VisitEdit);
    let mut names = Names::default();
    let mut rows = Vec::new();
    for record in seat.act.open_visits(seat.place.site_scope, None, MOST_OPEN)? {
        let visit: Visit = record.state.record();
        let Some((status, since)) = standing(&visit) else { continue };
        let Some(patient) = record.patient else { continue };
        let person = seat.act.record(patient)?.filter(|person| person.state.voided.is_none());
        let Some(person) = person else { continue };
        // Who waits has waited since they came, whoever has measured them meanwhile.
        let since = match status {
            VisitStatus::InProgress => since,
            _ => visit.arrived_at.clone().unwrap_or(since),
        };
        let came = visit.arrived_at.as_ref().unwrap_or(&since).milliseconds();
        let row = OpenVisit {
            visit: record.id,
            version: record.version,
            person: PersonRow::of(patient, person.state.record(), seat),
            kind: visit.kind,
            status,
            since: clock(seat, &since),
            day: seat.place.zone.day(&since).to_string(),
            minutes: (seat.moment.now.cast_signed() - since.milliseconds()).max(0) / 60_000,
            concern: visit.concern.filter(|_| may_read).map(shortened),
            attending: names.of(seat, visit.attending)?,
            mine: visit.attending == Some(seat.sitting.user),
        };
        rows.push((came, row));
    }
    rows.sort_by_key(|(came, row)| (*came, row.visit));
    let (rows, more) = within(rows.into_iter().map(|(_, row)| row).collect(), ANSWER_BYTES);
    Ok(OpenVisits { rows, more: Some(more).filter(|more| *more > 0) })
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
    }))
}

/// How far a visit is and since when.
fn standing(visit: &Visit) -> Option<(VisitStatus, Instant)> {
    let status = visit.status?;
    let since = match time_of(status) {
        "triaged_at" => &visit.triaged_at,
        "started_at" => &visit.started_at,
        _ => &visit.arrived_at,
    };
    Some((status, since.clone().or_else(|| visit.arrived_at.clone())?))
}
