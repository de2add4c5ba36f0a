//! Before and after: which readings count, and what they come to.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::choice;

/// So many days before a treatment begins, until its first day, its readings before are taken.
pub const BEFORE: i64 = 180;
/// From so many days after it began until so many its readings after are taken: 4 to 26 weeks.
pub const AFTER: (i64, i64) = (28, 182);
/// The readings after are those nearest to so many days: 12 weeks.
pub const NEAREST: i64 = 84;
/// No more readings than these make a mean.
pub const MOST: usize = 3;

choice! {
    /// Why a reading counts in no mean.
    pub enum NotCounted {
        /// It lies below every chart, or is no number.
        OffChart = "off_chart",
        /// Two people say something else of it.
        Disputed = "disputed",
        /// It was measured in another way than those that are compared.
        OtherWay = "other_way",
    }
}

/// A reading of one eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day, counted from 1970.
    pub day: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The number, in thousandths of its unit; none of what is off the chart.
    pub number: Option<i64>,
    /// Whether two people say something else of it.
    pub disputed: bool,
    /// Whether it was measured in another way than those that are compared.
    pub other_way: bool,
}

/// The mean of a few readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mean {
    /// Their sum, in thousandths.
    pub sum: i64,
    /// Which of the readings, the earliest first.
    pub used: Vec<usize>,
}

/// What the readings of one eye say of a treatment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Before it; none where nothing was measured in time.
    pub before: Option<Mean>,
    /// After it.
    pub after: Option<Mean>,
    /// The readings of both times that count in neither, by their reason.
    pub left_out: BTreeMap<NotCounted, Vec<usize>>,
}

impl Reading {
    fn why(&self) -> Option<NotCounted> {
        match self {
            Self { number: None, .. } => Some(NotCounted::OffChart),
            Self { disputed: true, .. } => Some(NotCounted::Disputed),
            Self { other_way: true, .. } => Some(NotCounted::OtherWay),
            _ => None,
        }
    }
}

impl Mean {
    fn of(readings: &[Reading], mut used: Vec<usize>) -> Option<Self> {
        used.sort_unstable();
        let numbers = used.iter().filter_map(|at| readings.get(*at)?.number);
        let sum = numbers.sum();
        (!used.is_empty()).then_some(Self { sum, used })
    }

    /// The mean in thousandths, a half away from zero.
    #[must_use]
    pub fn number(&self) -> i64 {
        divided(self.sum, self.count())
    }

    fn count(&self) -> i64 {
        i64::try_from(self.used.len()).unwrap_or(i64::MAX)
    }
}

impl Compared {
    /// By how much the mean changed, in thousandths; from what was measured and not from the means as they are written.
    #[must_use]
    pub fn change(&self) -> Option<i64> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        let common = before.count() * after.count();
        Some(divided(after.sum * before.count() - before.sum * after.count(), common))
    }
}

/// The quotient, a half away from zero.
fn divided(sum: i64, by: i64) -> i64 {
    let by = by.max(1);
    let half = if sum < 0 { -by } else { by };
    (sum * 2 + half) / (by * 2)
}

/// The days of a treatment that began on `start` on which its readings before are taken, and those after.
#[must_use]
pub fn in_windows(start: i64) -> (RangeInclusive<i64>, RangeInclusive<i64>) {
    (start - BEFORE..=start, start + AFTER.0..=start + AFTER.1)
}

/// What `readings` of one eye, the earliest first, say of a treatment that began on the day `start`: before it the mean of
/// the last three or fewer, after it of the three or fewer nearest to twelve weeks, the earlier of two that are as near.
#[must_use]
pub fn compare(start: i64, readings: &[Reading]) -> Compared {
    let (before, after) = in_windows(start);
    let within = |days: &RangeInclusive<i64>| -> Vec<(usize, &Reading)> {
        readings.iter().enumerate().filter(|(_, reading)| days.contains(&reading.day)).collect()
    };
    let (early, late) = (within(&before), within(&after));
    let counts = |of: &[(usize, &Reading)]| -> Vec<(usize, Reading)> {
        of.iter()
            .filter(|(_, reading)| reading.why().is_none())
            .map(|(at, reading)| (*at, **reading))
            .collect()
    };
    let mut last = counts(&early);
    last.sort_by_key(|(at, reading)| (reading.at, *at));
    let last = last.split_off(last.len().saturating_sub(MOST));
    let mut nearest = counts(&late);
    nearest.sort_by_key(|(at, reading)| ((reading.day - start - NEAREST).abs(), reading.at, *at));
    nearest.truncate(MOST);
    let places = |of: Vec<(usize, Reading)>| of.into_iter().map(|(at, _)| at).collect();
    let mut left_out: BTreeMap<NotCounted, Vec<usize>> = BTreeMap::new();
    for (at, why) in early.iter().chain(&late).filter_map(|(at, reading)| Some((*at, reading.why()?))) {
        left_out.entry(why).or_default().push(at);
    }
    Compared {
        before: Mean::of(readings, places(last)),
        after: Mean::of(readings, places(nearest)),
        left_out,
    }
}
