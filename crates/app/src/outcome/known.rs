//! What is known of the eyes of a person: the readings of one measure, and all that was done.

use domain::fold::fold;
use domain::measure::{Flag, MeasuredSide};
use domain::medication::Medicine;
use domain::op::Op;
use domain::outcome::{Course, Day, Lens, Reading, courses, day_number, operation, procedure};
use domain::patients::Background;
use domain::record::Record;
use domain::visits::Event;
use domain::{Instant, RecordId};
use jiff::civil::Date;
use store::{Measured, MeasuresOf};

use crate::measures::{Corrected, corrected, standing};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Rows of the table that are read at once.
const A_PAGE: u32 = 1_000;

/// All of it.
pub(super) struct Known {
    pub(super) lens: &'static Lens,
    /// The right eye's, the left eye's.
    pub(super) eyes: [Eye; 2],
    /// What was done, the earliest first.
    pub(super) treatments: Vec<Treatment>,
}

/// The readings of one eye, the earliest first.
pub(super) struct Eye {
    pub(super) side: MeasuredSide,
    pub(super) rows: Vec<Measured>,
    /// The same, as they are compared.
    pub(super) readings: Vec<Reading>,
    /// What is aimed at, from when on: milliseconds since 1970, thousandths.
    pub(super) targets: Vec<(i64, i64)>,
}

/// A treatment with the record that says so.
pub(super) struct Treatment {
    pub(super) record: RecordId,
    pub(super) course: Course,
}

impl Known {
    pub(super) fn of(seat: &Seat, patient: RecordId, lens: &'static Lens) -> Result<Self, Refusal> {
        let corrected = corrected(seat, patient)?;
        let readings = |code: &str, side| readings(seat, &corrected, patient, code, side);
        let eye = |side: MeasuredSide| -> Result<Eye, Refusal> {
            let rows = readings(lens.code, side)?;
            let reading = |measured: &Measured| Reading {
                day: day_number(day(seat, measured.measure.at)),
                at: measured.measure.at,
                number: measured.measure.number,
                disputed: measured.measure.flags.contains(&Flag::Disputed),
                other_way: lens.compared_by.is_some_and(|way| measured.measure.word.as_deref() != Some(way)),
            };
            let mut targets: Vec<(i64, i64)> = Vec::new();
            for measured in lens.target.map(|code| readings(code, side)).transpose()?.unwrap_or_default() {
                let (at, number) = (measured.measure.at, measured.measure.number);
                // Nothing is above or below a target about which two people disagree.
                let number = number.filter(|_| !measured.measure.flags.contains(&Flag::Disputed));
                // The same target once more was set when it was set first.
                if let Some(number) =
                    number.filter(|number| targets.last().is_none_or(|(_, last)| last != number))
                {
                    targets.push((at, number));
                }
            }
            Ok(Eye { side, readings: rows.iter().map(reading).collect(), rows, targets })
        };
        let eyes = [eye(MeasuredSide::Right)?, eye(MeasuredSide::Left)?];
        Ok(Self { lens, eyes, treatments: treatments(seat, patient)? })
    }

    /// The day of the first reading.
    pub(super) fn first(&self) -> Option<i64> {
        self.eyes.iter().filter_map(|eye| eye.readings.first()).map(|reading| reading.at).min()
    }

    /// How many years there are readings of, the one under way among them.
    pub(super) fn years(&self, seat: &Seat) -> u32 {
        const YEAR: i64 = 365 * 86_400_000;
        let since =
            self.first().map_or(0, |first| i64::try_from(seat.moment.now).unwrap_or(i64::MAX) - first);
        u32::try_from(since / YEAR + 1).unwrap_or(1)
    }
}

/// The day here of milliseconds since 1970.
pub(super) fn day(seat: &Seat, at: i64) -> Date {
    seat.place.zone.day(&instant(seat, at))
}

fn instant(seat: &Seat, at: i64) -> Instant {
    seat.place.zone.instant(u64::try_from(at).unwrap_or_default())
}

/// A day as it is said, as exactly as it is known: `2021-03-15`, or `2021-03` of one that stands for its month.
pub(super) fn said(day: Day) -> String {
    if day.exact { day.day.to_string() } else { day.day.strftime("%Y-%m").to_string() }
}

/// The readings of one code and side, the earliest first.
fn readings(
    seat: &Seat,
    corrected: &Corrected,
    patient: RecordId,
    code: &str,
    side: MeasuredSide,
) -> Result<Vec<Measured>, Refusal> {
    let of = MeasuresOf { patient, code: Some(code), side: Some(side) };
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = seat.act.measures(of, after.as_ref(), A_PAGE)?;
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            let mut all = standing(corrected, of, all, (None, None));
            all.reverse();
            return Ok(all);
        }
    }
}

/// What was done to somebody's eyes, the earliest first.
pub(super) fn treatments(seat: &Seat, patient: RecordId) -> Result<Vec<Treatment>, Refusal> {
    let mut all = Vec::new();
    for record in seat.act.records(Medicine::KIND.name, Some(patient))? {
        let medicine: Medicine = record.state.record();
        if medicine.is_for_an_eye() {
            let courses = courses(&steps(seat, record.id)?, seat.moment.today);
            all.extend(courses.into_iter().map(|course| Treatment { record: record.id, course }));
        }
    }
    for record in seat.act.records(Background::KIND.name, Some(patient))? {
        let mark = operation(&record.state.record());
        all.extend(mark.map(|course| Treatment { record: record.id, course }));
    }
    for record in seat.act.records(Event::KIND.name, Some(patient))? {
        let mark = procedure(&record.state.record());
        all.extend(mark.map(|course| Treatment { record: record.id, course }));
    }
    all.sort_by(|one, other| {
        let key = |treatment: &Treatment| (treatment.course.from.day, treatment.record);
        key(one).cmp(&key(other)).then_with(|| one.course.label.cmp(&other.course.label))
    });
    Ok(all)
}

/// What a medicine said after each step, with the day on which it was written.
fn steps(seat: &Seat, record: RecordId) -> Result<Vec<(Date, Medicine)>, Refusal> {
    let mut said = seat.act.steps(record)?;
    said.sort_by_key(|said| said.op.order());
    let ops: Vec<Op> = said.iter().map(|said| said.op.clone()).collect();
    let step = |(at, said): (usize, &store::Said)| {
        let day = said.wall.get(..10)?.parse().ok()?;
        Some((day, fold(Medicine::KIND, record, ops.get(..=at)?).record()))
    };
    Ok(said.iter().enumerate().filter_map(step).collect())
}
