//! One eye of the chart.

use domain::scene::{Anchor, Drawn, Fill, Ink, Scene, Shape, Stroke};

use super::axis::{Axis, Scale};
use super::{Band, Chart, DROP, LEFT, LINE, Lane, RIGHT, Reading, Value, WIDTH, measure, text};

/// The height of the plot.
const PLOT: i64 = 1_180;
/// The height of a band, and of a row of them.
const BAND: i64 = 150;
const ROW: i64 = 190;
/// Kept free within a band on both sides of its words.
const PAD: i64 = 50;
/// So many rows of words of marks stand over each other at most.
const MARK_ROWS: usize = 3;

/// Draws an eye below `top`, and gives the lower edge of it.
pub(super) fn put(
    scene: &mut Scene,
    chart: &Chart,
    lane: &Lane,
    (axis, scale): (&Axis, &Scale),
    top: i64,
) -> i64 {
    let title = [LEFT, top + LINE / 2 + DROP];
    text(scene, Ink::Title, title, Anchor::Start, &lane.title);
    text(scene, Ink::Note, [LEFT + measure(&lane.title) + 160, title[1]], Anchor::Start, &lane.note);
    let plot = top + LINE + 40;
    let below = lane.readings.iter().any(|reading| matches!(reading.value, Value::Below(_)));
    let rows = if below { i64::try_from(chart.below.len()).unwrap_or(0) } else { 0 };
    let bottom = plot + PLOT + rows * LINE;
    backdrop(scene, chart, lane, (axis, scale), (plot, bottom));
    for (at, word) in (0..rows).zip(&chart.below) {
        let y = plot + PLOT + at * LINE + LINE / 2;
        scene.items.push(line(Ink::Grid, Stroke::Dotted, vec![[LEFT, y], [RIGHT, y]]));
        text(scene, Ink::Axis, [LEFT - 70, y + DROP], Anchor::End, word);
    }
    targets(scene, lane, (axis, scale), plot);
    marks(scene, lane, axis, (plot, bottom));
    readings(scene, lane, (axis, scale), plot);
    latest(scene, lane, scale, plot);
    bands(scene, lane, axis, bottom + 60) + 60
}

fn line(ink: Ink, stroke: Stroke, at: Vec<[i64; 2]>) -> Drawn {
    Drawn::Line { ink, stroke, at }
}

fn backdrop(
    scene: &mut Scene,
    chart: &Chart,
    lane: &Lane,
    (axis, scale): (&Axis, &Scale),
    (plot, bottom): (i64, i64),
) {
    if let Some((low, high)) = chart.usual {
        let (one, other) = (scale.y(low, PLOT), scale.y(high, PLOT));
        let (upper, lower) = (one.min(other), one.max(other));
        let (at, size) = ([LEFT, plot + upper], [RIGHT - LEFT, lower - upper]);
        scene.items.push(Drawn::Band { ink: Ink::Usual, fill: Fill::Even, at, size });
    }
    for (from, until) in
        lane.counted.iter().filter(|(from, until)| *from <= axis.until && *until >= axis.from)
    {
        let (left, right) = (axis.x(*from), axis.x(*until));
        let (at, size) = ([left, plot], [right - left, bottom - plot]);
        scene.items.push(Drawn::Band { ink: Ink::Counted, fill: Fill::Even, at, size });
    }
    for (at, _) in chart.days.iter().filter(|(at, _)| axis.holds(*at)) {
        let x = axis.x(*at);
        scene.items.push(line(Ink::Grid, Stroke::Whole, vec![[x, plot], [x, bottom]]));
    }
    for tick in &scale.ticks {
        let y = plot + scale.y(*tick, PLOT);
        scene.items.push(line(Ink::Grid, Stroke::Whole, vec![[LEFT, y], [RIGHT, y]]));
        text(scene, Ink::Axis, [LEFT - 70, y + DROP], Anchor::End, &Scale::written(*tick));
    }
}

/// What is aimed at, from each day on until another is set.
fn targets(scene: &mut Scene, lane: &Lane, (axis, scale): (&Axis, &Scale), plot: i64) {
    for (at, (from, number)) in lane.targets.iter().enumerate() {
        let until = lane.targets.get(at + 1).map_or(axis.until, |(next, _)| *next);
        if until >= axis.from && *from <= axis.until {
            let y = plot + scale.y(*number, PLOT);
            scene.items.push(line(Ink::Target, Stroke::Dashed, vec![[axis.x(*from), y], [axis.x(until), y]]));
        }
    }
}

/// What was done once: a line down the plot, its words at the top where they meet no others.
fn marks(scene: &mut Scene, lane: &Lane, axis: &Axis, (plot, bottom): (i64, i64)) {
    let mut rows: Vec<Vec<(i64, i64)>> = vec![Vec::new(); MARK_ROWS];
    for (at, words) in lane.marks.iter().filter(|(at, _)| axis.holds(*at)) {
        let x = axis.x(*at);
        scene.items.push(line(Ink::Procedure, Stroke::Dotted, vec![[x, plot], [x, bottom]]));
        scene.items.push(Drawn::Marks { ink: Ink::Procedure, shape: Shape::Down, at: vec![[x, plot + 60]] });
        let width = measure(words);
        let before = x + 80 + width > RIGHT;
        let span = if before { (x - 80 - width, x - 80) } else { (x + 80, x + 80 + width) };
        let free = |row: &Vec<(i64, i64)>| row.iter().all(|(left, right)| span.1 < *left || span.0 > *right);
        let Some((row, taken)) = rows.iter_mut().enumerate().find(|(_, row)| free(row)) else { continue };
        taken.push(span);
        let y = plot + 70 + i64::try_from(row).unwrap_or(0) * LINE + DROP;
        let (x, anchor) = if before { (x - 80, Anchor::End) } else { (x + 80, Anchor::Start) };
        text(scene, Ink::Note, [x, y], anchor, words);
    }
}

/// A sign for each reading, and a line from one to the next. Nothing leads across what lies below every number, nor through
/// what is disputed.
fn readings(scene: &mut Scene, lane: &Lane, (axis, scale): (&Axis, &Scale), plot: i64) {
    let shown: Vec<_> = lane.readings.iter().filter(|reading| axis.holds(reading.at)).collect();
    let place = |at: i64, value: Value| {
        let y = match value {
            Value::Number(number) => scale.y(number, PLOT),
            Value::Below(row) => PLOT + i64::try_from(row).unwrap_or(0) * LINE + LINE / 2,
        };
        [axis.x(at), plot + y]
    };
    let on_scale = |value: Value| matches!(value, Value::Number(_));
    let agreed: Vec<_> = shown.iter().filter(|reading| !reading.disputed).collect();
    for stretch in agreed.chunk_by(|one, next| on_scale(one.value) == on_scale(next.value)) {
        let at: Vec<_> = stretch.iter().map(|reading| place(reading.at, reading.value)).collect();
        if at.len() > 1 && stretch.first().is_some_and(|reading| on_scale(reading.value)) {
            scene.items.push(line(Ink::Reading, Stroke::Whole, at));
        }
    }
    let signs = [
        (Ink::Reading, Shape::Disc),
        (Ink::Reading, Shape::Ring),
        (Ink::Raised, Shape::Up),
        (Ink::Raised, Shape::UpOpen),
        (Ink::Reading, Shape::Cross),
    ];
    for (ink, shape) in signs {
        let of = shown.iter().filter(|reading| sign(reading) == (ink, shape));
        let at: Vec<_> = of.map(|reading| place(reading.at, reading.value)).collect();
        if !at.is_empty() {
            scene.items.push(Drawn::Marks { ink, shape, at });
        }
    }
}

/// The sign of a reading.
fn sign(reading: &Reading) -> (Ink, Shape) {
    match (reading.disputed, reading.raised, reading.open) {
        (true, ..) => (Ink::Reading, Shape::Cross),
        (false, false, false) => (Ink::Reading, Shape::Disc),
        (false, false, true) => (Ink::Reading, Shape::Ring),
        (false, true, false) => (Ink::Raised, Shape::Up),
        (false, true, true) => (Ink::Raised, Shape::UpOpen),
    }
}

/// The latest numbers beside the plot, each at its height where there is room.
fn latest(scene: &mut Scene, lane: &Lane, scale: &Scale, plot: i64) {
    let mut said: Vec<(i64, &String, bool)> =
        lane.latest.iter().map(|(number, words, raised)| (scale.y(*number, PLOT), words, *raised)).collect();
    said.sort_by_key(|(y, ..)| *y);
    let mut least = i64::MIN;
    for (y, words, raised) in said {
        let y = y.max(least);
        least = y + LINE;
        text(scene, Ink::Title, [RIGHT + 90, plot + y + DROP], Anchor::Start, words);
        if raised {
            let at = vec![[RIGHT + 90 + measure(words) + 110, plot + y]];
            scene.items.push(Drawn::Marks { ink: Ink::Raised, shape: Shape::Up, at });
        }
    }
}

/// The treatments in rows, each in the first that is free, and the lower edge of them.
fn bands(scene: &mut Scene, lane: &Lane, axis: &Axis, top: i64) -> i64 {
    let shown = |band: &&Band| band.from <= axis.until && band.until.is_none_or(|until| until >= axis.from);
    let mut rows: Vec<i64> = Vec::new();
    for band in lane.bands.iter().filter(shown) {
        let left = axis.x(band.from);
        let right = band.until.map_or(RIGHT, |until| axis.x(until)).max(left + 30);
        let width = measure(&band.label);
        let within = right - left >= width + PAD * 2;
        let behind = right + 60 + width <= WIDTH;
        let ended = band.ended.as_deref().filter(|_| within);
        let ended = ended.filter(|words| right + 60 + measure(words) <= WIDTH);
        let end = match (within, behind, ended) {
            (true, _, None) => right,
            (true, _, Some(words)) => right + 60 + measure(words),
            (false, true, _) => right + 60 + width,
            (false, false, _) => right,
        };
        let start = if within || behind { left } else { left - 60 - width };
        let free = rows.iter().position(|taken| *taken + 60 <= start);
        let row = free.unwrap_or(rows.len());
        match rows.get_mut(row) {
            Some(taken) => *taken = end,
            None => rows.push(end),
        }
        let y = top + i64::try_from(row).unwrap_or(0) * ROW;
        let (ink, fill) =
            if band.unsure { (Ink::Unsure, Fill::Hatched) } else { (Ink::Course, Fill::Framed) };
        scene.items.push(Drawn::Band { ink, fill, at: [left, y], size: [right - left, BAND] });
        if band.until.is_none() {
            let at = vec![[right + 70, y + BAND / 2]];
            scene.items.push(Drawn::Marks { ink, shape: Shape::Onward, at });
        }
        let baseline = y + BAND / 2 + DROP;
        let (x, anchor) = match (within, behind) {
            (true, _) => (left + PAD, Anchor::Start),
            (false, true) => (right + 60, Anchor::Start),
            (false, false) => (left - 60, Anchor::End),
        };
        text(scene, ink, [x, baseline], anchor, &band.label);
        if let Some(words) = ended {
            text(scene, Ink::Axis, [right + 60, baseline], Anchor::Start, words);
        }
    }
    top + i64::try_from(rows.len()).unwrap_or(0) * ROW
}
