//! Tickets: given when a visit begins, called, moved to somebody else's queue, and ended with their visit.

use std::collections::BTreeMap;

use domain::access::{Object, Permission, Role, allowed};
use domain::clinic::Workstation;
use domain::record::{Record, Verb};
use domain::visits::{
    Call, Disposition, Station, Ticket, TicketStatus, Visit, VisitStatus, last_call, ticket_count,
    ticket_letters, ticket_number,
};
use domain::{PartialDate, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, List, patch_of};
use ts_rs::TS;

use super::time_of;
use crate::records::Kept;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A ticket to call.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallTicket {
    /// The ticket.
    pub ticket: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// To which room; nothing means the one to which this workstation called last, else its own name.
    pub to: Option<String>,
}

/// A step of a ticket.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepTicket {
    /// The ticket.
    pub ticket: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// `moved`; `left`, which ends the visit too; or `done`, where the visit is over.
    pub to: TicketStatus,
    /// For whom they wait from now on, where they are moved.
    pub queue: Option<Station>,
}

/// Where it is remembered to which room this workstation called last.
const ROOM: &str = "room";
/// A room stands on the board beside its ticket, in letters that are read from across a hall.
const LONGEST_ROOM: usize = 12;
/// Where the day and the count of the last ticket are remembered.
const GIVEN: &str = "tickets_given";
/// How far a ticket is that stands in the queue.
pub(super) const IN_QUEUE: [&str; 2] = ["waiting", "serving"];
/// Among so many tickets that changed last those in the queue are looked for.
pub(super) const MOST_TICKETS: u32 = 200;
/// Of so many calls of the day the latest are read.
const MOST_CALLS: u32 = 400;

/// The ticket of a visit that begins; none at a workstation that has no letters.
pub(super) fn given(
    seat: &mut Seat,
    patient: RecordId,
    visit: RecordId,
    begun: VisitStatus,
) -> Result<Option<Draft>, Refusal> {
    let own: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    let Some(block) = own.block else { return Ok(None) };
    let letters = ticket_letters(&block);
    let number = ticket_number(&letters, next_count(seat, &letters)?);
    let (status, queue) = match begun {
        VisitStatus::InProgress => (TicketStatus::Serving, station_of(seat.subject.role)),
        _ => (TicketStatus::Waiting, Station::Nurse),
    };
    let ticket = Ticket {
        number: Some(number),
        day: Some(PartialDate::day(seat.moment.today)),
        visit: Some(visit),
        queue: Some(queue),
        status: Some(status),
    };
    Ok(Some(Draft::make(Verb::Create, seat.new_id(), Some(patient), &ticket)))
}

/// The next count of the day: from where it is remembered, else from the tickets that this workstation has given.
fn next_count(seat: &Seat, letters: &str) -> Result<u64, Refusal> {
    let day = seat.moment.today.to_string();
    let kept = seat.act.local(GIVEN)?.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let known = kept.split_once(' ').filter(|(on, _)| *on == day).and_then(|(_, count)| count.parse().ok());
    let last: u64 = match known {
        Some(count) => count,
        None => {
            let given = seat.act.listed(Ticket::KIND.name, "day", &day)?;
            let count =
                |ticket: &store::Record| ticket_count(letters, ticket.state.value("number").as_text()?);
            given.iter().filter_map(count).max().unwrap_or_default()
        }
    };
    let next = last + 1;
    seat.act.set_local(GIVEN, format!("{day} {next}").as_bytes())?;
    Ok(next)
}

/// For whom those wait whom somebody of this role sees.
fn station_of(role: Option<Role>) -> Station {
    match role {
        Some(Role::Doctor) => Station::Physician,
        Some(Role::Dentist) => Station::Dental,
        Some(Role::Optometrist) => Station::Eye,
        Some(Role::Pharmacist) => Station::Pharmacy,
        _ => Station::Nurse,
    }
}

/// The steps of a visit's tickets that follow when the visit goes to `to`.
pub(super) fn followed(
    seat: &Seat,
    patient: RecordId,
    visit: RecordId,
    to: VisitStatus,
) -> Result<Vec<Draft>, Refusal> {
    let mut drafts = Vec::new();
    for record in in_queue(seat, patient, visit)? {
        let ticket: Ticket = record.state.record();
        match to {
            VisitStatus::Triaged if ticket.queue == Some(Station::Nurse) => {
                drafts.extend(moved(&record, ticket, Station::Physician));
            }
            VisitStatus::InProgress if ticket.status == Some(TicketStatus::Waiting) => {
                drafts.push(stepped(&record, TicketStatus::Serving));
            }
            // Whoever was moved on still waits, for their medicines or for somebody else.
            VisitStatus::Completed if ticket.status == Some(TicketStatus::Waiting) => {}
            VisitStatus::Completed => drafts.push(stepped(&record, TicketStatus::Done)),
            VisitStatus::Cancelled | VisitStatus::NoShow => {
                drafts.push(stepped(&record, TicketStatus::Left));
            }
            _ => {}
        }
    }
    Ok(drafts)
}

/// The tickets of a visit that still stand in the queue: one, but for what two did apart.
fn in_queue(seat: &Seat, patient: RecordId, visit: RecordId) -> Result<Vec<store::Record>, Refusal> {
    let list = List { patient: Some(patient), ..List::of(Ticket::KIND.name, "status", &IN_QUEUE) };
    let mut tickets = seat.act.list(&list, None, MOST_TICKETS)?.rows;
    tickets.retain(|record| record.state.record::<Ticket>().visit == Some(visit));
    Ok(tickets)
}

fn is_in_queue(status: Option<TicketStatus>) -> bool {
    status.is_some_and(|status| IN_QUEUE.contains(&status.word()))
}

fn stepped(record: &store::Record, to: TicketStatus) -> Draft {
    let patch = BTreeMap::from([("status".to_owned(), Value::text(to.word()))]);
    Draft::patch::<Ticket>(record.id, record.patient, patch, None)
}

/// Ends a ticket as moved and gives one of the same number for another queue. Two who move it there apart give the same.
fn moved(record: &store::Record, ticket: Ticket, to: Station) -> [Draft; 2] {
    let id =
        RecordId::derived(&[b"ticket".as_slice(), record.id.0.as_bytes(), to.word().as_bytes()].concat());
    let ticket = Ticket { queue: Some(to), status: Some(TicketStatus::Waiting), ..ticket };
    [Draft::make(Verb::Create, id, record.patient, &ticket), stepped(record, TicketStatus::Moved)]
}

/// The calls of today at this site, by their ticket.
pub(super) fn calls_today(seat: &Seat) -> Result<BTreeMap<RecordId, Vec<(RecordId, Call)>>, Refusal> {
    let day = seat.moment.today.to_string();
    let list =
        List { scope: Some(seat.place.site_scope), ..List::of(Call::KIND.name, "day", &[day.as_str()]) };
    let mut calls: BTreeMap<RecordId, Vec<(RecordId, Call)>> = BTreeMap::new();
    for record in seat.act.list(&list, None, MOST_CALLS)?.rows {
        let call: Call = record.state.record();
        if let Some(ticket) = call.ticket {
            calls.entry(ticket).or_default().push((record.id, call));
        }
    }
    Ok(calls)
}

/// The room to which this workstation called last; nothing where nobody said one here yet.
pub(super) fn said_room(seat: &Seat) -> Result<Option<String>, Refusal> {
    Ok(seat.act.local(ROOM)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The beginning of this workstation's own name, which is often that of its room; empty where it has none.
pub(super) fn own_name(seat: &Seat) -> Result<String, Refusal> {
    let own: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    let name: String = own.name.unwrap_or_default().trim().chars().take(LONGEST_ROOM).collect();
    Ok(name.trim_end().to_owned())
}

/// Calls a ticket to a room, also one that was called before.
pub(crate) fn call(seat: &mut Seat, input: CallTicket) -> Result<Kept, Refusal> {
    let record = seat.read::<Ticket>(input.ticket)?;
    let ticket: Ticket = record.state.record();
    if !is_in_queue(ticket.status) {
        return Err(Refusal::new(Code::IllegalMove).with("field", "status"));
    }
    let waits = |status: &Value| status.as_text() == Some(TicketStatus::Waiting.word());
    let seen = seat.act.record_at(Ticket::KIND.name, record.id, input.version)?;
    if waits(seen.value("status")) && ticket.status != Some(TicketStatus::Waiting) {
        return Err(Refusal::new(Code::Stale));
    }
    if ticket.day != Some(PartialDate::day(seat.moment.today)) {
        return Err(Refusal::new(Code::IllegalMove).with("field", "day"));
    }
    let called = calls_today(seat)?.remove(&record.id).unwrap_or_default();
    let last = last_call(&called);
    let to = match input.to.as_deref().map(str::trim) {
        Some(said) if said.is_empty() || said.chars().count() > LONGEST_ROOM => {
            return Err(Refusal::invalid("to"));
        }
        Some(said) => {
            // Who calls again for another room goes on calling to their own.
            if last.is_none_or(|(_, call)| call.to.as_deref() != Some(said)) {
                seat.act.set_local(ROOM, said.as_bytes())?;
            }
            said.to_owned()
        }
        None => match said_room(seat)? {
            Some(room) => room,
            None => {
                Some(own_name(seat)?).filter(|name| !name.is_empty()).ok_or_else(|| Refusal::missing("to"))?
            }
        },
    };
    let call = Call {
        ticket: Some(record.id),
        queue: ticket.queue,
        to: Some(to),
        at: Some(seat.moment.wall.clone()),
        day: Some(PartialDate::day(seat.moment.today)),
        after: last.map(|(id, _)| id),
    };
    let id = seat.new_id();
    seat.about(Some(id), record.patient);
    let mut drafts = vec![Draft::make(Verb::Create, id, record.patient, &call)];
    if ticket.status == Some(TicketStatus::Waiting) {
        drafts.push(stepped(&record, TicketStatus::Serving));
    }
    Ok(Kept::of(id, seat.write(drafts)?))
}

/// Moves a ticket to another queue, or ends it: alone where its visit is over, or with its visit because its holder went away.
pub(crate) fn step_ticket(seat: &mut Seat, input: StepTicket) -> Result<Kept, Refusal> {
    let record = seat.read::<Ticket>(input.ticket)?;
    let ticket: Ticket = record.state.record();
    if !is_in_queue(ticket.status) {
        return Err(Refusal::new(Code::IllegalMove).with("field", "status"));
    }
    seat.about(Some(record.id), record.patient);
    let drafts = match input.to {
        TicketStatus::Moved => {
            let to = input.queue.ok_or_else(|| Refusal::missing("queue"))?;
            if ticket.queue == Some(to) && ticket.status == Some(TicketStatus::Waiting) {
                return Err(Refusal::invalid("queue"));
            }
            let [given, ended] = moved(&record, ticket, to);
            vec![given, Draft { seen: Some(input.version), ..ended }]
        }
        TicketStatus::Done => vec![Draft { seen: Some(input.version), ..done(seat, &record, &ticket)? }],
        TicketStatus::Left => left(seat, &record, &ticket)?,
        _ => return Err(Refusal::invalid("to")),
    };
    Ok(Kept::of(record.id, seat.write(drafts)?))
}

/// The end of a ticket that outlasted its visit; of a visit under way it ends with the visit.
fn done(seat: &Seat, record: &store::Record, ticket: &Ticket) -> Result<Draft, Refusal> {
    let visit = ticket.visit.map(|visit| seat.read::<Visit>(visit)).transpose()?;
    let status = visit.and_then(|visit| visit.state.record::<Visit>().status);
    if status != Some(VisitStatus::Completed) {
        return Err(Refusal::invalid("to"));
    }
    Ok(stepped(record, TicketStatus::Done))
}

/// The steps of a ticket and its visit when their holder went away before it was over.
fn left(seat: &Seat, record: &store::Record, ticket: &Ticket) -> Result<Vec<Draft>, Refusal> {
    allowed(&seat.subject, Permission::VisitEdit, Object::default())?;
    let mut drafts = vec![stepped(record, TicketStatus::Left)];
    let Some(visit) = ticket.visit else { return Ok(drafts) };
    let status = match seat.read::<Visit>(visit)?.state.record::<Visit>().status {
        Some(VisitStatus::Arrived | VisitStatus::Triaged) => VisitStatus::Cancelled,
        Some(VisitStatus::InProgress) => VisitStatus::Completed,
        _ => return Ok(drafts),
    };
    let mut patch =
        patch_of(&Visit { status: Some(status), disposition: Some(Disposition::Left), ..Visit::default() });
    patch.insert(time_of(status).to_owned(), Value::text(seat.moment.wall.as_str()));
    drafts.push(Draft::patch::<Visit>(visit, record.patient, patch, None));
    Ok(drafts)
}
