//! The outcome on paper: the drawing, before and after, what was done, and every reading as a row.

use documents::blocks::{Block, Head, Table};
use domain::measure::{EyeSide, Flag, MeasuredSide, written};
use domain::outcome::Sort;
use domain::patients::Patient;
use store::Measured;

use super::known::{Known, day, said};
use super::{
    AskOutcome, ComparedRow, MeanSaid, NotCompared, PrintOutcome, SaveOutcome, chosen, draw, offered, rows,
};
use crate::answer::shortened;
use crate::certificates::{Printed, SavedCertificate, hand_over, keep_copy};
use crate::paper::sheet;
use crate::records::{day_on_paper, name_on_paper};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

const TITLE: &str = "Outcome against treatment";
/// Readings of an eye that are drawn on paper at most.
const MOST_DRAWN: usize = 400;
const NOTES: [&str; 2] = [
    "Before: the mean of the last three readings or fewer in the 180 days up to the first day of the treatment. After: of the three or fewer nearest to 12 weeks, from 28 to 182 days after it.",
    "Treatment often begins when a number is bad, so part of a change would have come by itself.",
];
const COMPARED: [(&str, u16); 7] = [
    ("Eye", 9),
    ("Begun", 16),
    ("Before", 16),
    ("After", 16),
    ("Change", 12),
    ("Left out", 18),
    ("Meanwhile", 21),
];
const TREATMENTS: [(&str, u16); 5] =
    [("Eye", 12), ("What", 36), ("From", 17), ("Until", 17), ("Why stopped", 22)];
const READINGS: [(&str, u16); 5] = [("Day", 20), ("Eye", 10), ("Reading", 24), ("By", 24), ("Note", 24)];

/// Prints an outcome.
pub(crate) fn print_outcome(seat: &mut Seat, input: PrintOutcome) -> Result<Printed, Refusal> {
    seat.about(Some(input.of.patient), Some(input.of.patient));
    let page = page(seat, &input.of)?;
    // The spooler keeps titles where other people of the machine read them.
    hand_over(seat, input.printer, "outcome", 1, page)
}

/// Keeps an outcome as a PDF where the person chose.
pub(crate) fn save_outcome(seat: &mut Seat, input: SaveOutcome) -> Result<SavedCertificate, Refusal> {
    seat.about(Some(input.of.patient), Some(input.of.patient));
    let page = page(seat, &input.of)?;
    keep_copy(seat, &input.place, &page)
}

fn page(seat: &Seat, input: &AskOutcome) -> Result<Vec<u8>, Refusal> {
    let person: Patient = seat.read::<Patient>(input.patient)?.state.record();
    let lens = chosen(input, &offered(seat, input.patient)?)?;
    let known = Known::of(seat, input.patient, lens.ok_or_else(|| Refusal::new(Code::NothingMeasured))?)?;
    let compared = rows::of(seat, &known, input.about.as_deref());
    let drawn = draw::drawn(seat, &known, input.years, compared.about.as_deref(), MOST_DRAWN);
    if drawn.readings == 0 {
        return Err(Refusal::new(Code::NothingMeasured));
    }
    let unit = Some(known.lens.unit).filter(|unit| !unit.is_empty()).map(|unit| format!(", {unit}"));
    let table = |title: &str, heads: &[(&str, u16)], rows: Vec<Vec<String>>| {
        let heads = heads.iter().map(|(label, share)| Head { label: (*label).to_owned(), share: *share });
        let table = Table { heads: heads.collect(), rows };
        let is_empty = table.rows.is_empty();
        let blocks = [Block::Space(4), Block::Heading(title.to_owned()), Block::Fitted(table)];
        blocks.into_iter().filter(move |_| !is_empty)
    };
    let about = compared.about.clone().unwrap_or_default();
    let both =
        compared.about.iter().flat_map(|about| rows::all(seat, &known, about)).map(compared_row).collect();
    let mut blocks = vec![
        Block::Space(5),
        Block::Title(TITLE.to_owned()),
        Block::Space(1),
        Block::Small(whose(&person)),
        Block::Small(format!("{}{}", known.lens.title, unit.unwrap_or_default())),
        Block::Space(3),
        Block::Drawing(drawn.scene),
        Block::Space(1),
    ];
    blocks.extend(NOTES.map(|note| Block::Note(note.to_owned())));
    blocks.extend(table(&format!("Before and after {about}"), &COMPARED, both));
    blocks.extend(table("Treatments of the eyes", &TREATMENTS, treatments(&known)));
    blocks.extend(table("Readings", &READINGS, readings(seat, &known, input.years)));
    sheet(seat, TITLE, None, blocks)
}

fn whose(person: &Patient) -> String {
    let born = person.birth_date.map(|born| format!(", born {}", day_on_paper(born))).unwrap_or_default();
    let number = person.known_number().and_then(|number| number.value.clone()).map(shortened);
    let number = number.map(|number| format!(", {number}")).unwrap_or_default();
    format!("{}{born}{number}", name_on_paper(person))
}

fn eye(side: Option<MeasuredSide>) -> &'static str {
    match side {
        Some(MeasuredSide::Right) => "Right",
        Some(MeasuredSide::Left) => "Left",
        Some(MeasuredSide::Both) => "Both",
        None => "Not recorded",
    }
}

/// A day, or a month, as papers write it.
fn on_paper(date: &str) -> String {
    date.parse().map_or_else(|_| date.to_owned(), day_on_paper)
}

fn minus(number: &str) -> String {
    number.replace('-', "−")
}

fn compared_row(row: ComparedRow) -> Vec<String> {
    let mean = |mean: &Option<MeanSaid>| {
        let open = |mean: &MeanSaid| match mean.open {
            0 => String::new(),
            open => format!(", {open} not signed"),
        };
        let said = |mean: &MeanSaid| format!("{} (n = {}{})", minus(&mean.number), mean.count, open(mean));
        mean.as_ref().map(said).unwrap_or_default()
    };
    let why = row.not.iter().map(|not| match not {
        NotCompared::EyeNotRecorded => "the eye was not recorded".to_owned(),
        NotCompared::StartUnknown => "its first day is not known".to_owned(),
        NotCompared::NoneBefore => "no reading before".to_owned(),
        NotCompared::NoneAfter => "no reading after".to_owned(),
    });
    let left_out = row.left_out.iter().map(|left| match left.why {
        domain::outcome::NotCounted::OffChart => format!("off the chart {}", left.count),
        domain::outcome::NotCounted::Disputed => format!("disputed {}", left.count),
        domain::outcome::NotCounted::OtherWay => format!("not found subjectively {}", left.count),
    });
    vec![
        eye(row.side).to_owned(),
        on_paper(&row.start),
        mean(&row.before),
        mean(&row.after),
        row.change.as_deref().map(minus).unwrap_or_default(),
        why.chain(left_out).collect::<Vec<_>>().join("; "),
        row.between.join("; "),
    ]
}

fn treatments(known: &Known) -> Vec<Vec<String>> {
    let side = |side: EyeSide| match side {
        EyeSide::Right => "Right",
        EyeSide::Left => "Left",
        EyeSide::Both => "Both",
        EyeSide::NotRecorded => "Not recorded",
    };
    let row = |treatment: &super::known::Treatment| {
        let course = &treatment.course;
        let until = match (course.sort, course.until) {
            (_, Some(until)) => on_paper(&said(until)),
            (Sort::Course, None) => "goes on".to_owned(),
            (Sort::Procedure, None) => String::new(),
        };
        vec![
            side(course.side).to_owned(),
            shortened(course.label.clone()),
            on_paper(&said(course.from)),
            until,
            course.stopped.clone().map(shortened).unwrap_or_default(),
        ]
    };
    known.treatments.iter().rev().map(row).collect()
}

/// Every reading that the drawing could show, the latest first.
fn readings(seat: &Seat, known: &Known, years: Option<u8>) -> Vec<Vec<String>> {
    let since = years.map(|years| {
        let now = i64::try_from(seat.moment.now).unwrap_or(i64::MAX);
        now - i64::from(years.max(1)) * 1_461 / 4 * 86_400_000
    });
    let mut rows: Vec<(&Measured, MeasuredSide)> = known
        .eyes
        .iter()
        .flat_map(|eye| eye.rows.iter().map(move |row| (row, eye.side)))
        .filter(|(row, _)| since.is_none_or(|since| row.measure.at >= since))
        .collect();
    rows.sort_by_key(|(row, side)| (std::cmp::Reverse(row.measure.at), *side, row.record));
    rows.into_iter().map(|(row, side)| of_reading(seat, known, row, side)).collect()
}

fn of_reading(seat: &Seat, known: &Known, row: &Measured, side: MeasuredSide) -> Vec<String> {
    let measure = &row.measure;
    let number = measure.number.map(|number| minus(&written(number)));
    let way = draw::way(known.lens.code, row);
    let typed = measure.word.clone().filter(|_| way.is_none());
    let value = match (number, typed) {
        (Some(number), Some(typed)) => format!("{typed} ({number} {})", measure.unit),
        (Some(number), None) => format!("{number} {}", measure.unit),
        (None, typed) => typed.unwrap_or_default(),
    };
    let flags = measure.flags.iter().map(|flag| match flag {
        Flag::Open => "not signed yet",
        Flag::Disputed => "disputed",
        Flag::Meant => "unlikely, and meant",
        Flag::Corrected => "corrected since",
    });
    vec![
        on_paper(&day(seat, measure.at).to_string()),
        eye(Some(side)).to_owned(),
        value.trim().to_owned(),
        way.unwrap_or_default(),
        flags.collect::<Vec<_>>().join(", "),
    ]
}
