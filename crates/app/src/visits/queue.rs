//! The queue of this site: the visits under way with their tickets, in the order in which people are called.

use std::collections::BTreeMap;

use domain::access::{Object, Permission, allowed};
use domain::record::Record;
use domain::visits::{
    Call, Station, Ticket, TicketStatus, Turn, Urgency, Visit, VisitStatus, VisitType, Why, called_elsewhere,
    estimate, last_call, pace, why,
};
use domain::{Instant, PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::List;
use ts_rs::TS;

use super::clock;
use super::open::standing;
use super::tickets::{IN_QUEUE, MOST_TICKETS, calls_today, own_name, said_room};
use crate::answer::{ANSWER_BYTES, shortened, within};
use crate::command::Nothing;
use crate::records::{Names, PersonRow};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The last call of a ticket.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Called {
    /// To which room.
    pub to: String,
    /// When, the time at the site, `10:31`.
    pub at: String,
    /// How many minutes ago that is.
    pub minutes: i64,
    /// How often the ticket was called.
    pub times: usize,
    /// To which other room somebody called it who did not know of that.
    pub elsewhere: Option<String>,
}

/// The ticket of a visit under way.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct QueueTicket {
    /// The ticket.
    pub id: RecordId,
    /// The version to send back with a call or a step.
    pub version: i64,
    /// What is called, `A12`.
    pub number: String,
    /// For whom they wait.
    pub queue: Option<Station>,
    /// How far it is.
    pub status: TicketStatus,
    /// Its last call.
    pub called: Option<Called>,
}

/// A visit under way.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct QueueRow {
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
    /// How soon they have to be seen; nothing means in turn.
    pub urgency: Option<Urgency>,
    /// Which sign makes them urgent; nothing for who reads no charts.
    pub urgent_for: Option<String>,
    /// Why they stand where they stand.
    pub why: Why,
    /// Their ticket; none where the visit was begun before there were any.
    pub ticket: Option<QueueTicket>,
    /// In about how many minutes they are called; nothing where they do not wait, or too few were called today.
    pub estimate: Option<i64>,
    /// Whether they are left from another day: they stand behind, and nobody calls them.
    pub earlier: bool,
}

/// The visits under way: those who wait in the order in which they are called.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Queue {
    /// The visits.
    pub rows: Vec<QueueRow>,
    /// The room to which this workstation calls; as long as nobody said one here, its own name.
    pub room: String,
    /// Whether somebody said that room: where nobody did, the first call asks for it.
    pub room_said: bool,
    /// How many of the last found no room here; left out where all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more: Option<u32>,
}

/// The latest of them: a visit that nobody ever ended must not hide those of today.
const MOST_OPEN: u32 = 100;

/// The queue of this site.
pub(crate) fn queue(seat: &mut Seat, _: Nothing) -> Result<Queue, Refusal> {
    let may = |what| allowed(&seat.subject, what, Object::default()).is_ok();
    let reads_charts = may(Permission::ChartRead);
    // Who starts visits wrote the concern down, or may be asked what it was.
    let may_read = reads_charts || may(Permission::VisitEdit);
    let now = seat.moment.now.cast_signed();
    let calls = calls_today(seat)?;
    let tickets = tickets(seat)?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    let mut visits = seat.act.open_visits(seat.place.site_scope, None, MOST_OPEN)?;
    // Whoever was moved on waits for their medicines although the visit is over.
    let of_today = |ticket: &store::Record| {
        ticket.state.record::<Ticket>().day == Some(PartialDate::day(seat.moment.today))
    };
    let waiting = tickets.iter().filter(|(_, ticket)| of_today(ticket)).map(|(visit, _)| *visit);
    let moved_on: Vec<RecordId> =
        waiting.filter(|visit| visits.iter().all(|open| open.id != *visit)).collect();
    for visit in moved_on {
        visits.extend(seat.act.record(visit)?.filter(|visit| visit.state.voided.is_none()));
    }
    for record in visits {
        let visit: Visit = record.state.record();
        let over = || {
            let status = visit.status.filter(|status| *status == VisitStatus::Completed)?;
            Some((status, visit.arrived_at.clone()?))
        };
        let Some((status, since)) = standing(&visit).or_else(over) else { continue };
        let Some(patient) = record.patient else { continue };
        let person = seat.act.record(patient)?.filter(|person| person.state.voided.is_none());
        let Some(person) = person else { continue };
        // Who waits has waited since they came, whoever has measured them meanwhile.
        let since = match status {
            VisitStatus::InProgress => since,
            _ => visit.arrived_at.clone().unwrap_or(since),
        };
        let came = visit.arrived_at.as_ref().unwrap_or(&since).milliseconds();
        let ticket = tickets.get(&record.id).map(|ticket| shown(seat, ticket, &calls));
        let number = ticket.as_ref().map(|ticket| ticket.number.clone()).unwrap_or_default();
        let row = QueueRow {
            visit: record.id,
            version: record.version,
            person: PersonRow::of(patient, person.state.record(), seat),
            kind: visit.kind,
            status,
            since: clock(seat, &since),
            day: seat.place.zone.day(&since).to_string(),
            minutes: minutes_since(seat, &since),
            concern: visit.concern.filter(|_| may_read).map(shortened),
            attending: names.of(seat, visit.attending)?,
            mine: visit.attending == Some(seat.sitting.user),
            urgency: visit.urgency,
            urgent_for: visit.urgent_for.filter(|_| reads_charts).map(shortened),
            why: why(visit.urgency, came, now),
            ticket,
            estimate: None,
            earlier: seat.place.zone.day(&since) != seat.moment.today,
        };
        rows.push((Turn::of(visit.urgency, came, &number, now), row));
    }
    // Whoever is left from another day stands behind all of today and is not called.
    rows.sort_by(|(one, row), (other, next)| {
        (row.earlier, one, row.visit).cmp(&(next.earlier, other, next.visit))
    });
    let mut rows: Vec<QueueRow> = rows.into_iter().map(|(_, row)| row).collect();
    estimated(&mut rows, &paces(&calls, now));
    let (rows, more) = within(rows, ANSWER_BYTES);
    let said = said_room(seat)?;
    let room_said = said.is_some();
    let room = said.map_or_else(|| own_name(seat), Ok)?;
    Ok(Queue { rows, room, room_said, more: Some(more).filter(|more| *more > 0) })
}

fn minutes_since(seat: &Seat, instant: &Instant) -> i64 {
    (seat.moment.now.cast_signed() - instant.milliseconds()).max(0) / 60_000
}

/// The tickets that stand in the queue, by their visits; of two of one visit, which two gave apart, the later.
fn tickets(seat: &Seat) -> Result<BTreeMap<RecordId, store::Record>, Refusal> {
    let list =
        List { scope: Some(seat.place.site_scope), ..List::of(Ticket::KIND.name, "status", &IN_QUEUE) };
    let mut tickets = BTreeMap::new();
    // The list comes latest first.
    for record in seat.act.list(&list, None, MOST_TICKETS)?.rows {
        if let Some(visit) = record.state.record::<Ticket>().visit {
            tickets.entry(visit).or_insert(record);
        }
    }
    Ok(tickets)
}

fn shown(
    seat: &Seat,
    record: &store::Record,
    calls: &BTreeMap<RecordId, Vec<(RecordId, Call)>>,
) -> QueueTicket {
    let ticket: Ticket = record.state.record();
    let calls = calls.get(&record.id).map(Vec::as_slice).unwrap_or_default();
    let called = last_call(calls).and_then(|(_, call)| {
        let at = call.at.as_ref()?;
        Some(Called {
            to: call.to.clone().map(shortened).unwrap_or_default(),
            at: clock(seat, at),
            minutes: minutes_since(seat, at),
            times: calls.len(),
            elsewhere: called_elsewhere(calls).map(|room| shortened(room.to_owned())),
        })
    });
    QueueTicket {
        id: record.id,
        version: record.version,
        number: ticket.number.map(shortened).unwrap_or_default(),
        queue: ticket.queue,
        status: ticket.status.unwrap_or(TicketStatus::Waiting),
        called,
    }
}

/// How fast each queue goes today, in milliseconds from one person to the next.
fn paces(calls: &BTreeMap<RecordId, Vec<(RecordId, Call)>>, now: i64) -> BTreeMap<Station, i64> {
    let mut firsts: BTreeMap<Station, Vec<i64>> = BTreeMap::new();
    for calls in calls.values() {
        let first =
            calls.iter().filter_map(|(_, call)| Some((call.at.as_ref()?.milliseconds(), call.queue?)));
        if let Some((at, queue)) = first.min() {
            firsts.entry(queue).or_default().push(at);
        }
    }
    firsts.into_iter().filter_map(|(queue, firsts)| Some((queue, pace(firsts, now)?))).collect()
}

/// Says of everybody who waits when about they are called.
fn estimated(rows: &mut [QueueRow], paces: &BTreeMap<Station, i64>) {
    let mut before: BTreeMap<Station, usize> = BTreeMap::new();
    for row in rows.iter_mut().filter(|row| !row.earlier) {
        let waits = row.ticket.as_ref().filter(|ticket| ticket.status == TicketStatus::Waiting);
        let Some(queue) = waits.and_then(|ticket| ticket.queue) else { continue };
        let before = before.entry(queue).or_default();
        row.estimate = paces.get(&queue).map(|pace| estimate(*before, *pace));
        *before += 1;
    }
}
