//! Before and after, eye by eye, as it is said.

use domain::measure::{EyeSide, Flag, MeasuredSide, rounded};
use domain::outcome::{AFTER, Compared, Mean, Sort, compare, day_number};

use super::known::{Eye, Known, Treatment, said};
use super::{ComparedRow, MeanSaid, NotCompared, ReadingsLeftOut, TreatmentOffered};
use crate::answer::{shortened, within};
use crate::measures;
use crate::seat::Seat;

/// Treatments to choose from at most, the latest.
const MOST_OFFERED: usize = 24;
/// Bytes of an answer that the rows may take.
const ROWS_BYTES: usize = 6_000;
/// Readings that are told of each reason.
const MOST_TOLD: usize = 4;
/// Other treatments that are told of each row.
const MOST_BETWEEN: usize = 4;

/// What can be compared, and what was.
pub(super) struct ComparedRows {
    pub(super) offered: Vec<TreatmentOffered>,
    pub(super) about: Option<String>,
    pub(super) rows: Vec<ComparedRow>,
    pub(super) shortened: bool,
}

/// Compares the treatment that is called `about`, else the latest of which something can be compared, else the latest.
pub(super) fn of(seat: &Seat, known: &Known, about: Option<&str>) -> ComparedRows {
    let mut offered: Vec<TreatmentOffered> = Vec::new();
    for treatment in known.treatments.iter().rev() {
        let label = called(treatment);
        if offered.len() < MOST_OFFERED && offered.iter().all(|offer| offer.label != label) {
            offered.push(TreatmentOffered { label, sort: treatment.course.sort });
        }
    }
    let about = match about.filter(|about| offered.iter().any(|offer| offer.label == *about)) {
        Some(about) => Some(about.to_owned()),
        None => {
            let compares = |offer: &&TreatmentOffered| {
                all(seat, known, &offer.label).iter().any(|row| row.change.is_some())
            };
            offered.iter().find(compares).or(offered.first()).map(|offer| offer.label.clone())
        }
    };
    let rows = about.as_deref().map(|about| all(seat, known, about)).unwrap_or_default();
    let (rows, more) = within(rows, ROWS_BYTES);
    offered.reverse();
    ComparedRows { offered, about, rows, shortened: more > 0 }
}

/// What a treatment is called where one is chosen.
pub(super) fn called(treatment: &Treatment) -> String {
    shortened(treatment.course.label.clone())
}

/// All rows of the treatments that are called `about`, the right eye's first.
pub(super) fn all(seat: &Seat, known: &Known, about: &str) -> Vec<ComparedRow> {
    let of: Vec<&Treatment> =
        known.treatments.iter().filter(|treatment| called(treatment) == about).collect();
    let unsided = of.iter().filter(|treatment| treatment.course.side == EyeSide::NotRecorded);
    let unsided = unsided
        .map(|treatment| ComparedRow { not: vec![NotCompared::EyeNotRecorded], ..empty(treatment, None) });
    let sided = known.eyes.iter().flat_map(|eye| {
        let mine = of.iter().filter(move |treatment| is_sure(treatment, eye.side));
        mine.map(move |treatment| row(seat, known, eye, treatment))
    });
    sided.chain(unsided).collect()
}

fn is_sure(treatment: &Treatment, side: MeasuredSide) -> bool {
    treatment.course.side != EyeSide::NotRecorded && treatment.course.side.is_of(side)
}

fn empty(treatment: &Treatment, side: Option<MeasuredSide>) -> ComparedRow {
    ComparedRow {
        side,
        record: treatment.record,
        start: said(treatment.course.from),
        before: None,
        after: None,
        change: None,
        not: Vec::new(),
        left_out: Vec::new(),
        between: Vec::new(),
    }
}

fn row(seat: &Seat, known: &Known, eye: &Eye, treatment: &Treatment) -> ComparedRow {
    let mut row = empty(treatment, Some(eye.side));
    if !treatment.course.from.exact {
        row.not.push(NotCompared::StartUnknown);
        return row;
    }
    let start = day_number(treatment.course.from.day);
    let compared = compare(start, &eye.readings);
    let mean = |mean: &Option<Mean>| {
        let mean = mean.as_ref()?;
        let is_open = |at: &&usize| {
            eye.rows.get(**at).is_some_and(|measured| measured.measure.flags.contains(&Flag::Open))
        };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Some(MeanSaid {
            number: rounded(mean.number(), known.lens.places),
            count: count(mean.used.len()),
            open: count(mean.used.iter().filter(is_open).count()),
        })
    };
    (row.before, row.after) = (mean(&compared.before), mean(&compared.after));
    row.change = compared.change().map(|change| rounded(change, known.lens.places));
    row.not.extend(compared.before.is_none().then_some(NotCompared::NoneBefore));
    row.not.extend(compared.after.is_none().then_some(NotCompared::NoneAfter));
    row.left_out = left_out(seat, eye, &compared);
    row.between = between(known, eye, treatment, (start, &compared));
    row
}

fn left_out(seat: &Seat, eye: &Eye, compared: &Compared) -> Vec<ReadingsLeftOut> {
    let of = compared.left_out.iter().map(|(why, places)| ReadingsLeftOut {
        why: *why,
        count: u32::try_from(places.len()).unwrap_or(u32::MAX),
        rows: places
            .iter()
            .filter_map(|at| eye.rows.get(*at))
            .take(MOST_TOLD)
            .map(|measured| measures::row(seat, measured))
            .collect(),
    });
    of.collect()
}

/// What else was begun, ended or done to this eye between the first reading that counts and the last. A dosage that this one
/// follows ended by it.
fn between(
    known: &Known,
    eye: &Eye,
    treatment: &Treatment,
    (start, compared): (i64, &Compared),
) -> Vec<String> {
    let day = |at: &usize| eye.readings.get(*at).map(|reading| reading.day);
    let first =
        compared.before.as_ref().and_then(|mean| mean.used.iter().filter_map(day).min()).unwrap_or(start);
    let last = compared.after.as_ref().and_then(|mean| mean.used.iter().filter_map(day).max());
    let (first, last) = (first.min(start), last.unwrap_or(start + AFTER.1));
    let meanwhile = |day: i64| day > first && day <= last;
    let others = known
        .treatments
        .iter()
        .filter(|other| other.course != treatment.course && other.course.side.is_of(eye.side))
        .filter(|other| {
            other.record != treatment.record || other.course.from.day > treatment.course.from.day
        });
    let met = others.filter(|other| {
        let ended = other.course.until.filter(|_| other.course.sort == Sort::Course);
        meanwhile(day_number(other.course.from.day))
            || ended.is_some_and(|until| meanwhile(day_number(until.day)))
    });
    met.map(called).take(MOST_BETWEEN).collect()
}
