//! Where times and numbers stand in a drawing.

use domain::measure::written;

use super::{Chart, LEFT, RIGHT, Value};

/// The axis of time.
pub(super) struct Axis {
    pub(super) from: i64,
    pub(super) until: i64,
}

impl Axis {
    /// Whether a time lies on it.
    pub(super) fn holds(&self, at: i64) -> bool {
        (self.from..=self.until).contains(&at)
    }

    /// How far from the left a time stands; what lies outside stands at the end.
    pub(super) fn x(&self, at: i64) -> i64 {
        let at = at.clamp(self.from, self.until);
        LEFT + (at - self.from) * (RIGHT - LEFT) / (self.until - self.from).max(1)
    }
}

/// The scale of numbers, the same for each eye.
pub(super) struct Scale {
    low: i64,
    high: i64,
    less_is_better: bool,
    /// The numbers at its lines.
    pub(super) ticks: Vec<i64>,
}

impl Scale {
    /// How far below the top of a plot of this height a number stands.
    pub(super) fn y(&self, number: i64, height: i64) -> i64 {
        let number = number.clamp(self.low, self.high);
        let from_low = (number - self.low) * height / (self.high - self.low).max(1);
        if self.less_is_better { from_low } else { height - from_low }
    }

    /// A number at a line, as it is written.
    pub(super) fn written(number: i64) -> String {
        written(number).replace('-', "−")
    }
}

/// A scale that holds all readings, what is usual and what is aimed at, with lines at round numbers.
pub(super) fn scale_of(chart: &Chart) -> Scale {
    const MOST_LINES: i64 = 5;
    let readings = chart.lanes.iter().flat_map(|lane| &lane.readings);
    let numbers = readings.filter_map(|reading| match reading.value {
        Value::Number(number) => Some(number),
        Value::Below(_) => None,
    });
    let targets = chart.lanes.iter().flat_map(|lane| &lane.targets).map(|(_, number)| *number);
    let usual = chart.usual.into_iter().flat_map(|(low, high)| [low, high]);
    let all: Vec<i64> = numbers.chain(targets).chain(usual).collect();
    let (low, high) = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(0));
    let lacking = (chart.span.max(1) - (high - low)).max(0);
    let (low, high) = (low - lacking / 2, high + lacking - lacking / 2);
    let steps = (0..12).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)));
    let step = steps.into_iter().find(|step| (high - low) / step <= MOST_LINES).unwrap_or(1);
    let (low, high) =
        (low.div_euclid(step) * step, high.div_euclid(step) * step + if high % step == 0 { 0 } else { step });
    let ticks = (0..=(high - low) / step).map(|at| low + at * step).collect();
    Scale { low, high, less_is_better: chart.less_is_better, ticks }
}
