//! The logbook of the day on paper: who came, why, who saw them and where they went.

use documents::blocks::{Block, Head, Table};
use domain::RecordId;
use domain::record::Record;
use domain::visits::{Disposition, Visit, VisitStatus, VisitType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::List;
use ts_rs::TS;

use super::clock;
use crate::answer::shortened;
use crate::certificates::{Printed, SavedCertificate, hand_over, keep_copy};
use crate::paper::sheet;
use crate::records::{Names, name_on_paper};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The day's sheet to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintDaySheet {
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
}

/// The day's sheet to keep as a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDaySheet {
    /// The id of the place that the person chose.
    pub place: String,
}

const TITLE: &str = "Day sheet, {day}";
const HEADS: [(&str, u16); 5] =
    [("Time", 11), ("Name", 28), ("Reason", 28), ("Seen by", 18), ("Outcome", 15)];

/// So many visits are read at once, those that changed last before the others.
const AT_ONCE: u32 = 1_000;
/// How far a visit is of somebody who came.
const CAME: [VisitStatus; 5] = [
    VisitStatus::Arrived,
    VisitStatus::Triaged,
    VisitStatus::InProgress,
    VisitStatus::Completed,
    VisitStatus::Cancelled,
];

/// Prints the day's sheet.
pub(crate) fn print_day_sheet(seat: &mut Seat, input: PrintDaySheet) -> Result<Printed, Refusal> {
    let page = page(seat)?;
    // The spooler keeps titles where other people of the machine read them.
    hand_over(seat, input.printer, "day sheet", 1, page)
}

/// Keeps the day's sheet as a PDF where the person chose.
pub(crate) fn save_day_sheet(seat: &mut Seat, input: SaveDaySheet) -> Result<SavedCertificate, Refusal> {
    let page = page(seat)?;
    keep_copy(seat, &input.place, &page)
}

fn page(seat: &Seat) -> Result<Vec<u8>, Refusal> {
    let rows = rows(seat)?;
    let title = TITLE.replace("{day}", &seat.moment.today.strftime("%d-%b-%Y").to_string());
    let heads = HEADS.map(|(label, share)| Head { label: label.to_owned(), share }).to_vec();
    let table = Block::Table(Table { heads, rows });
    let blocks = vec![Block::Space(6), Block::Title(title.clone()), Block::Space(3), table];
    sheet(seat, &title, None, blocks)
}

/// A row for each visit that began here today, in the order in which people came.
fn rows(seat: &Seat) -> Result<Vec<Vec<String>>, Refusal> {
    let keys = CAME.map(VisitStatus::word);
    let list = List { scope: Some(seat.place.site_scope), ..List::of(Visit::KIND.name, "status", &keys) };
    let mut names = Names::default();
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = seat.act.list(&list, after, AT_ONCE)?;
        // Whoever came today is in a visit that was written today, which an import of that day may bury.
        let written_today = |record: &store::Record| {
            seat.place.zone.day(&seat.place.zone.instant(record.state.made.milliseconds()))
                == seat.moment.today
        };
        let goes_on = page.rows.iter().any(written_today);
        for record in page.rows {
            rows.extend(row(seat, &mut names, record)?);
        }
        after = page.next.filter(|_| goes_on);
        if after.is_none() {
            break;
        }
    }
    rows.sort_by_key(|(came, _)| *came);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// A row behind its place among the others.
type Placed = ((i64, RecordId), Vec<String>);

/// The row of a visit that began here today.
fn row(seat: &Seat, names: &mut Names, record: store::Record) -> Result<Option<Placed>, Refusal> {
    let visit: Visit = record.state.record();
    let Some(came) = visit.arrived_at.as_ref().filter(|at| seat.place.zone.day(at) == seat.moment.today)
    else {
        return Ok(None);
    };
    let person = match record.patient {
        Some(patient) => seat.act.record(patient)?,
        None => None,
    };
    let row = vec![
        clock(seat, came),
        person.map(|person| name_on_paper(&person.state.record())).unwrap_or_default(),
        visit.concern.clone().map(shortened).unwrap_or_else(|| kind(visit.kind).to_owned()),
        names.of(seat, visit.attending)?.unwrap_or_default(),
        outcome(&visit),
    ];
    Ok(Some(((came.milliseconds(), record.id), row)))
}

fn kind(kind: Option<VisitType>) -> &'static str {
    match kind {
        Some(VisitType::Consultation) => "Consultation",
        Some(VisitType::FollowUp) => "Follow-up",
        Some(VisitType::Emergency) => "Emergency",
        Some(VisitType::Procedure) => "Procedure",
        Some(VisitType::Diagnostic) => "Test or examination",
        Some(VisitType::Routine) => "Check-up",
        None => "",
    }
}

fn outcome(visit: &Visit) -> String {
    let went = match visit.disposition {
        Some(Disposition::Home) => "Home",
        Some(Disposition::Class) => "Back to class or work",
        Some(Disposition::Rest) => "To rest here",
        Some(Disposition::Referred) => "Referred",
        Some(Disposition::Hospital) => "To hospital",
        Some(Disposition::Left) => "Left before the end",
        None => match visit.status {
            Some(VisitStatus::Completed) => "Completed",
            Some(VisitStatus::Cancelled) => "Cancelled",
            Some(VisitStatus::InProgress) => "Being seen",
            _ => "Waiting",
        },
    };
    match visit.sent_with.clone().map(shortened) {
        Some(with) => format!("{went}, with {with}"),
        None => went.to_owned(),
    }
}
