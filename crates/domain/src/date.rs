//! A calendar date as exactly as it is known: a day, a month, a year, or an estimate of one of these.
//!
//! Its text is ISO 8601 at reduced precision (`1999-07-14`, `1999-07`, `1999`) with a leading `~`
//! where it was estimated.

mod typed;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

pub use typed::{DateTrouble, Span, read_date};

/// Nobody alive was born before it: an older year is a slip.
pub const FIRST_YEAR: i16 = 1880;

/// A date with its precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, TS, JsonSchema)]
#[ts(type = "string")]
#[schemars(with = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    estimated: bool,
}

/// Text that is no date in the form above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written 1999-07-14, 1999-07, 1999, or with ~ before it when estimated")]
pub struct NotADate;

/// How old somebody is, in the unit that clinicians use at that age; the older is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "unit", content = "count")]
pub enum Age {
    /// Whole days, below four weeks.
    Days(i32),
    /// Whole weeks, below one year.
    Weeks(i32),
    /// Whole months, below two years.
    Months(i32),
    /// Whole years.
    Years(i32),
}

/// The ages that somebody can have: one, where birth and day are known to the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// The least.
    pub youngest: Age,
    /// The greatest.
    pub oldest: Age,
}

impl Ages {
    /// Every age.
    pub const ANY: Self = Self { youngest: Age::Days(0), oldest: Age::Years(i32::MAX) };

    /// This age and no other.
    #[must_use]
    pub const fn exactly(age: Age) -> Self {
        Self { youngest: age, oldest: age }
    }

    /// The least of them, and those among `starts` at which somebody who grows up passes on to the next.
    pub(crate) fn steps(self, starts: impl Iterator<Item = Age>) -> impl Iterator<Item = Age> {
        let passed = starts.filter(move |start| self.youngest < *start && *start <= self.oldest);
        std::iter::once(self.youngest).chain(passed)
    }
}

impl PartialDate {
    /// A date known to the day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()), estimated: false }
    }

    /// The year.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Whether it is known to the month at least.
    #[must_use]
    pub fn has_month(&self) -> bool {
        self.month.is_some()
    }

    /// Whether it was estimated.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.estimated
    }

    /// The day, if it is known to the day.
    #[must_use]
    pub fn exact(&self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn earliest(&self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::ZERO)
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn latest(&self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            (None, _) => self.earliest().last_of_year(),
        }
    }

    /// Whether both can mean the same day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }

    /// The age on `day` of somebody born on this date, by the earliest day that it can mean;
    /// `None` before birth. Who was born on 29 February is a year older on 1 March.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<Age> {
        let born = self.earliest();
        if day < born {
            return None;
        }
        let span = born.until((jiff::Unit::Year, day)).ok()?;
        let days = born.until((jiff::Unit::Day, day)).ok()?.get_days();
        let (years, months) = (i32::from(span.get_years()), span.get_months());
        Some(match (years, days) {
            (0, 0..28) => Age::Days(days),
            (0, _) => Age::Weeks(days / 7),
            (1, _) => Age::Months(12 + months),
            _ => Age::Years(years),
        })
    }

    /// The ages that somebody born on this date can have on `day`; `None` before birth.
    #[must_use]
    pub fn ages_on(&self, day: &Self) -> Option<Ages> {
        let oldest = self.age_on(day.latest())?;
        let first = day.earliest().max(self.earliest());
        let youngest = Self::day(self.latest().min(first)).age_on(first)?;
        Some(Ages { youngest, oldest })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if self.estimated {
            out.write_str("~")?;
        }
        write!(out, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(out, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(out, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let plain = text.strip_prefix('~').unwrap_or(text);
        let mut parts = plain.split('-');
        let mut next = |digits: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse().map(Some).map_err(|_| NotADate)
            }
            Some(_) => Err(NotADate),
        };
        let narrow = |part: Option<i16>| part.map(i8::try_from).transpose().map_err(|_| NotADate);
        let date = Self {
            year: next(4)?.ok_or(NotADate)?,
            month: narrow(next(2)?)?,
            day: narrow(next(2)?)?,
            estimated: plain.len() < text.len(),
        };
        let real = Date::new(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1)).is_ok();
        if real && date.year > 0 && parts.next().is_none() { Ok(date) } else { Err(NotADate) }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Age, Ages, PartialDate};

    fn read(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_keeps_the_precision_in_which_it_was_given() {
        for text in ["1999-07-14", "1999-07", "1999", "~1999", "~1999-07", "0001"] {
            assert_eq!(read(text).to_string(), text);
        }
        for wrong in [
            "",
            "99",
            "1999-13",
            "1999-02-30",
            "1999-7-14",
            "14-07-1999",
            "~",
            "1999-07-14-01",
            "0000",
            "+999",
        ] {
            assert!(wrong.parse::<PartialDate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_date_known_less_exactly_spans_all_days_that_it_can_mean() {
        assert_eq!(read("2024-02").latest(), date(2024, 2, 29));
        assert_eq!(read("1999").earliest(), date(1999, 1, 1));
        assert!(read("1999").overlaps(&read("1999-07-14")));
        assert!(!read("1999-07").overlaps(&read("1999-08-01")));
    }

    #[test]
    fn age_counts_in_the_unit_of_that_age_and_is_none_before_birth() {
        let born = read("2024-02-29");
        let cases: [(Date, Option<Age>); 7] = [
            (date(2024, 2, 28), None),
            (date(2024, 2, 29), Some(Age::Days(0))),
            (date(2024, 3, 27), Some(Age::Days(27))),
            (date(2024, 3, 28), Some(Age::Weeks(4))),
            (date(2025, 3, 1), Some(Age::Months(12))),
            (date(2026, 2, 28), Some(Age::Months(23))),
            (date(2026, 3, 1), Some(Age::Years(2))),
        ];
        for (day, age) in cases {
            assert_eq!(born.age_on(day), age, "{day}");
        }
    }

    #[test]
    fn somebody_whose_birth_date_is_known_less_exactly_can_have_several_ages() {
        let ages =
            |born: &str, day: &str| read(born).ages_on(&read(day)).map(|ages| (ages.youngest, ages.oldest));
        assert_eq!(ages("2026", "2026-11-22"), Some((Age::Days(0), Age::Weeks(46))));
        assert_eq!(ages("2025-10", "2026-11-22"), Some((Age::Months(12), Age::Months(13))));
        assert_eq!(ages("2026-11", "2026"), Some((Age::Days(0), Age::Weeks(8))));
        assert_eq!(ages("2027", "2026-11-22"), None);
        let born = read("2004-02-29");
        let age = born.age_on(date(2026, 11, 22)).map(Ages::exactly);
        assert_eq!(born.ages_on(&read("2026-11-22")), age);
    }
}
