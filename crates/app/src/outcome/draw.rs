//! The course of a measure as a drawing.

use documents::courses::{Band, Chart, Lane, Reading, Sign, Value, scene};
use domain::forms::{self, Holds, Item, Spec};
use domain::measure::{EyeSide, Flag, MeasuredSide, written};
use domain::outcome::{Day, Sort, day_number, in_windows};
use domain::scene::Scene;
use jiff::civil::{Date, date};
use store::Measured;

use super::known::{Eye, Known, Treatment, day};
use super::rows::called;
use crate::answer::beginning;
use crate::seat::Seat;

const LANGUAGE: &str = "en";
const MINUTE: i64 = 60_000;
/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// Treatments of an eye that are drawn at most, and marks.
const MOST_BANDS: usize = 16;
/// Characters of a label.
const LABEL: usize = 48;
/// Kept free before the first reading, in days.
const AIR: i64 = 14;
/// What lies below every number, the best first, by its rank.
const BELOW: [(&str, i64); 4] = [("CF", 3), ("HM", 2), ("PL", 1), ("NPL", 0)];

/// A drawing, and what it is made of.
pub(super) struct Drawn {
    pub(super) scene: Scene,
    pub(super) readings: u64,
    pub(super) not_drawn: u64,
}

/// Draws the course of what is known, of so many years, with the times in which readings are counted before and after the
/// treatment `about`.
pub(super) fn drawn(
    seat: &Seat,
    known: &Known,
    years: Option<u8>,
    about: Option<&str>,
    most: usize,
) -> Drawn {
    let today = day_number(seat.moment.today);
    let first = known.first().map_or(today, |first| day_number(day(seat, first)));
    let from = match years {
        Some(years) => today - i64::from(years.max(1)) * 1_461 / 4,
        None => first.min(today - 30) - AIR,
    };
    let mut chart = Chart {
        from: from * DAY,
        until: (today + 1) * DAY,
        days: days(from, today),
        usual: known.lens.usual,
        less_is_better: known.lens.less_is_better,
        span: known.lens.span,
        below: BELOW.map(|(word, _)| word.to_owned()).to_vec(),
        ..Chart::default()
    };
    let (mut readings, mut not_drawn) = (0, 0);
    for eye in &known.eyes {
        let (lane, left_out) = lane(seat, known, eye, about, (from, most));
        readings += lane.readings.len() as u64;
        not_drawn += left_out;
        chart.lanes.push(lane);
    }
    chart.legend = legend(known, &chart);
    chart.words = words(known, &chart);
    Drawn { scene: scene(&chart), readings, not_drawn }
}

fn side_word(side: MeasuredSide) -> &'static str {
    match side {
        MeasuredSide::Right => "Right",
        MeasuredSide::Left => "Left",
        MeasuredSide::Both => "Both",
    }
}

fn lane(
    seat: &Seat,
    known: &Known,
    eye: &Eye,
    about: Option<&str>,
    (from, most): (i64, usize),
) -> (Lane, u64) {
    let within: Vec<(&Measured, i64)> = eye
        .rows
        .iter()
        .zip(&eye.readings)
        .filter(|(_, reading)| reading.day >= from)
        .map(|(row, reading)| (row, reading.day))
        .collect();
    let skipped = within.len().saturating_sub(most);
    let shown = within.get(skipped..).unwrap_or_default();
    let readings: Vec<Reading> = shown.iter().filter_map(|(row, _)| reading(known, eye, row)).collect();
    let of_eye: Vec<&Treatment> =
        known.treatments.iter().filter(|treatment| treatment.course.side.is_of(eye.side)).collect();
    let (courses, done): (Vec<&Treatment>, Vec<&Treatment>) =
        of_eye.into_iter().partition(|treatment| treatment.course.sort == Sort::Course);
    let in_time =
        |treatment: &&&Treatment| treatment.course.until.is_none_or(|until| day_number(until.day) >= from);
    let courses: Vec<&Treatment> = courses.iter().filter(in_time).copied().collect();
    let done: Vec<&Treatment> =
        done.into_iter().filter(|mark| day_number(mark.course.from.day) >= from).collect();
    let too_many = courses.len().saturating_sub(MOST_BANDS) + done.len().saturating_sub(MOST_BANDS);
    let latest = |of: &[&Treatment]| of.len().saturating_sub(MOST_BANDS);
    let bands = courses.get(latest(&courses)..).unwrap_or_default();
    let marks = done.get(latest(&done)..).unwrap_or_default();
    let counted = known.treatments.iter().filter(|treatment| {
        about == Some(called(treatment).as_str())
            && treatment.course.side != EyeSide::NotRecorded
            && treatment.course.side.is_of(eye.side)
            && treatment.course.from.exact
    });
    let counted = counted.flat_map(|treatment| {
        let (before, after) = in_windows(day_number(treatment.course.from.day));
        [before, after].map(|days| (days.start() * DAY, (days.end() + 1) * DAY))
    });
    let lane = Lane {
        title: side_word(eye.side).to_owned(),
        note: note(seat, known, eye),
        targets: eye.targets.iter().map(|(at, number)| (at / MINUTE, *number)).collect(),
        counted: counted.collect(),
        bands: bands.iter().map(|treatment| band(treatment)).collect(),
        marks: marks
            .iter()
            .map(|mark| (day_number(mark.course.from.day) * DAY, label(&mark.course.label)))
            .collect(),
        latest: last_numbers(known, eye),
        readings,
    };
    (lane, (skipped + too_many) as u64)
}

fn label(text: &str) -> String {
    beginning(text.to_owned(), LABEL).0
}

fn reading(known: &Known, eye: &Eye, row: &Measured) -> Option<Reading> {
    let measure = &row.measure;
    let disputed = measure.flags.contains(&Flag::Disputed);
    let below = || BELOW.iter().position(|(_, rank)| Some(*rank) == measure.rank).map(Value::Below);
    Some(Reading {
        at: measure.at / MINUTE,
        value: measure.number.map(Value::Number).or_else(below)?,
        raised: !disputed && measure.number.is_some_and(|number| is_raised(known, eye, measure.at, number)),
        open: measure.flags.contains(&Flag::Open),
        disputed,
    })
}

/// Whether a number is above the target of its time, else above what is usual.
fn is_raised(known: &Known, eye: &Eye, at: i64, number: i64) -> bool {
    let target = eye.targets.iter().rev().find(|(from, _)| *from <= at).map(|(_, target)| *target);
    target.or(known.lens.raised).is_some_and(|limit| number > limit)
}

/// The numbers of the last day on which people agree, the last three of them.
fn last_numbers(known: &Known, eye: &Eye) -> Vec<(i64, String, bool)> {
    let agreed = || eye.rows.iter().zip(&eye.readings).rev().filter(|(_, reading)| !reading.disputed);
    let last = agreed().next().map(|(_, reading)| reading.day);
    let of = agreed().filter(|(_, reading)| Some(reading.day) == last);
    let said = of.filter_map(|(row, _)| {
        let number = row.measure.number?;
        let words = written(number).replace('-', "−");
        Some((number, words, is_raised(known, eye, row.measure.at, number)))
    });
    said.take(3).collect()
}

fn band(treatment: &Treatment) -> Band {
    let course = &treatment.course;
    let minutes = |day: Day| day_number(day.day) * DAY;
    Band {
        from: minutes(course.from),
        until: course.until.map(|until| minutes(until) + DAY),
        label: label(&course.label),
        ended: course.stopped.as_deref().map(|why| format!("stopped: {}", label(why))),
        unsure: course.side == EyeSide::NotRecorded,
    }
}

/// By what was measured, and what is aimed at since when.
fn note(seat: &Seat, known: &Known, eye: &Eye) -> String {
    let mut ways: Vec<String> = Vec::new();
    for row in eye.rows.iter().rev() {
        if let Some(way) = way(known.lens.code, row).filter(|way| !ways.contains(way)) {
            ways.push(way);
        }
    }
    let more = ways.len() > 2;
    ways.truncate(2);
    let ways = format!("{}{}", ways.join(", "), if more { " and others" } else { "" });
    let target = eye.targets.last().map(|(at, number)| {
        let since = day(seat, *at).strftime("%b-%Y");
        format!("target {} or less since {since}", written(*number))
    });
    let unit = Some(known.lens.unit.to_owned());
    [unit, Some(ways), target]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// By what a reading was measured, in the words of the form that asks it.
pub(super) fn way(code: &str, row: &Measured) -> Option<String> {
    let word = row.measure.word.as_deref()?;
    let of = |spec: &'static Spec, item: &'static Item| {
        let parts: &[Item] = match &item.holds {
            Holds::Reading(reading) => &reading.parts,
            _ => &[],
        };
        let mut asks = std::iter::once(item).chain(parts).flat_map(|asked| &asked.measures);
        let by = asks.find(|measured| measured.code == code)?.by.as_deref()?;
        let scale = parts.iter().chain(spec.items()).find(|part| part.key == by)?.holds.scale()?;
        Some(scale.said(word, LANGUAGE).to_owned())
    };
    forms::newest().find_map(|spec| spec.items().find_map(|item| of(spec, item)))
}

/// The days under the axis: years, quarters or months, never more than a dozen.
fn days(from: i64, until: i64) -> Vec<(i64, String)> {
    let span = until - from;
    let months = match span {
        ..=370 => 1,
        371..=1_130 => 3,
        _ => 12,
    };
    let skip = if months == 12 { span / 366 / 12 + 1 } else { 1 };
    let epoch = date(1970, 1, 1);
    let Ok(first) = epoch.checked_add(jiff::Span::new().days(from)) else { return Vec::new() };
    let starts = (0..400_i64).map_while(|at| {
        let month = Date::new(first.year(), 1, 1).ok()?;
        month.checked_add(jiff::Span::new().months(at * months * skip)).ok()
    });
    let starts = starts.map(|day| (day_number(day), day)).take_while(|(number, _)| *number <= until);
    let within = starts.filter(|(number, _)| *number >= from);
    // January is written as its year.
    let said = |day: Date| day.strftime(if day.month() == 1 { "%Y" } else { "%b" }).to_string();
    within.map(|(number, day)| (number * DAY, said(day))).collect()
}

fn legend(known: &Known, chart: &Chart) -> Vec<(Sign, String)> {
    let mut legend = Vec::new();
    let readings = || chart.lanes.iter().flat_map(|lane| &lane.readings);
    let number = |number: i64| written(number).replace('-', "−");
    if let (true, Some(raised)) = (readings().any(|reading| reading.raised), known.lens.raised) {
        legend.push((Sign::Raised, format!("above target, or above {} before one was set", number(raised))));
    }
    if readings().any(|reading| reading.open) {
        legend.push((Sign::Open, "not signed yet".to_owned()));
    }
    if readings().any(|reading| reading.disputed) {
        legend.push((Sign::Disputed, "disputed".to_owned()));
    }
    if chart.lanes.iter().any(|lane| !lane.targets.is_empty()) {
        legend.push((Sign::Target, "target".to_owned()));
    }
    if let Some((low, high)) = chart.usual {
        legend.push((Sign::Usual, format!("{} to {}", number(low), number(high))));
    }
    if chart.lanes.iter().any(|lane| !lane.counted.is_empty()) {
        legend.push((Sign::Counted, "counted before and after".to_owned()));
    }
    if chart.lanes.iter().any(|lane| lane.bands.iter().any(|band| band.unsure)) {
        legend.push((Sign::Unsure, "eye not recorded".to_owned()));
    }
    legend
}

/// The drawing in words: how much was measured of each eye, the latest numbers, and what was done.
fn words(known: &Known, chart: &Chart) -> String {
    let unit = known.lens.unit;
    let of = |lane: &Lane| {
        let latest: Vec<&str> = lane.latest.iter().map(|(_, words, _)| words.as_str()).collect();
        let latest = if latest.is_empty() {
            String::new()
        } else {
            format!(", the latest {} {unit}", latest.join(" and "))
        };
        let done = lane
            .bands
            .iter()
            .map(|band| band.label.as_str())
            .chain(lane.marks.iter().map(|(_, label)| label.as_str()));
        let done: Vec<&str> = done.collect();
        let done =
            if done.is_empty() { String::new() } else { format!(" Treated with {}.", done.join("; ")) };
        format!("{} eye: {} readings{latest}.{done}", lane.title, lane.readings.len())
    };
    let lanes: Vec<String> = chart.lanes.iter().map(of).collect();
    format!("{} over time. {}", known.lens.title, lanes.join(" "))
}
