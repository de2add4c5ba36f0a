//! How many days a certificate covers. Which of them are class days the school's calendar says: a figure that a signed paper
//! states has to be true, so without one none is told.

use jiff::ToSpan;
use jiff::civil::{self, Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Certificate;
use crate::calendar::Calendar;
use crate::{PartialDate, choice};

choice! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

/// The days that a certificate covers, first and last among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Days {
    /// How many.
    pub count: u32,
    /// How many of them are class days; nothing where no calendar says which days have classes.
    pub class_days: Option<u32>,
    /// The weekdays of the first and the last.
    pub weekdays: Ends,
    /// The first class day after them; where no calendar says, the first of Monday to Friday.
    pub return_day: Option<PartialDate>,
    /// How many of them lie before the examination: those are by the patient's account.
    pub before_examination: u32,
}

/// The weekdays of the first and the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Ends {
    /// Of the first.
    pub from: Weekday,
    /// Of the last.
    pub until: Weekday,
}

/// Nobody is certified for longer: ten years.
const MOST_DAYS: i32 = 3_660;
/// Days after the last that are looked through for one with classes.
const AHEAD: usize = 200;

impl Days {
    /// The days of `certificate` by the clinic's `calendar`; `None` where the first or last is not known to the day, or they are in
    /// the wrong order, or further apart than ten years.
    #[must_use]
    pub fn of(certificate: &Certificate, calendar: Option<&Calendar>) -> Option<Self> {
        let (from, until) = (certificate.from?.exact()?, certificate.until?.exact()?);
        let apart = between(from, until)?;
        if !(0..=MOST_DAYS).contains(&apart) {
            return None;
        }
        let count = u32::try_from(apart).ok()? + 1;
        let classes = |day: Date| calendar.and_then(|calendar| calendar.has_classes(day));
        let covered = from.series(1.day()).take(count as usize);
        let class_days = covered.map(|day| classes(day).map(u32::from)).sum::<Option<u32>>();
        // As far ahead as a vacation lasts.
        let mut after = until.series(1.day()).skip(1).take(AHEAD);
        let back =
            after.clone().take_while(|day| classes(*day).is_some()).find(|day| classes(*day) == Some(true));
        let examined = certificate.examined.and_then(|day| day.exact());
        let before = examined.and_then(|examined| between(from, examined)).unwrap_or_default();
        Some(Self {
            count,
            class_days,
            weekdays: Ends { from: weekday(from), until: weekday(until) },
            return_day: back.or_else(|| after.find(|day| is_weekday(*day))).map(PartialDate::day),
            before_examination: u32::try_from(before.max(0)).ok()?.min(count),
        })
    }
}

fn between(from: Date, until: Date) -> Option<i32> {
    Some(from.until((jiff::Unit::Day, until)).ok()?.get_days())
}

/// Whether it is one of Monday to Friday.
fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday)
}

/// The day of the week of `day`.
pub(super) fn weekday(day: Date) -> Weekday {
    match day.weekday() {
        civil::Weekday::Monday => Weekday::Monday,
        civil::Weekday::Tuesday => Weekday::Tuesday,
        civil::Weekday::Wednesday => Weekday::Wednesday,
        civil::Weekday::Thursday => Weekday::Thursday,
        civil::Weekday::Friday => Weekday::Friday,
        civil::Weekday::Saturday => Weekday::Saturday,
        civil::Weekday::Sunday => Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Stretch;
    use crate::record::Entries;

    fn covering(from: &str, until: &str, examined: &str) -> Option<Days> {
        let date = |text: &str| text.parse().ok();
        let certificate = Certificate {
            from: date(from),
            until: date(until),
            examined: date(examined),
            ..Certificate::default()
        };
        Days::of(&certificate, None)
    }

    fn stretch(from: &str, until: &str) -> Option<Entries<Stretch>> {
        let stretch = Stretch { name: Some("x".into()), from: from.parse().ok(), until: until.parse().ok() };
        Some(Entries([("1".to_owned(), stretch)].into()))
    }

    #[test]
    fn class_days_are_counted_by_the_calendar_and_a_return_passes_over_holidays() {
        let calendar = Calendar {
            years: stretch("2026-08-01", "2027-06-30"),
            terms: stretch("2026-08-10", "2027-05-28"),
            holidays: stretch("2026-12-30", "2027-01-03"),
        };
        let certificate = Certificate {
            from: "2026-12-29".parse().ok(),
            until: "2027-01-02".parse().ok(),
            ..Certificate::default()
        };
        let days = Days::of(&certificate, Some(&calendar)).unwrap();
        assert_eq!((days.count, days.class_days, days.return_day), (5, Some(1), "2027-01-04".parse().ok()));
        let beyond = Certificate { until: "2027-07-01".parse().ok(), ..certificate };
        assert_eq!(Days::of(&beyond, Some(&calendar)).unwrap().class_days, None);
    }

    #[test]
    fn both_ends_count_and_no_class_days_are_told() {
        let days = covering("2026-11-21", "2026-11-23", "2026-11-22").unwrap();
        assert_eq!((days.count, days.class_days, days.before_examination), (3, None, 1));
        assert_eq!(days.weekdays, Ends { from: Weekday::Saturday, until: Weekday::Monday });
        assert_eq!(days.return_day, "2026-11-24".parse().ok());
    }

    #[test]
    fn who_is_away_until_friday_returns_on_monday() {
        let days = covering("2026-11-27", "2026-11-27", "2026-11-27").unwrap();
        assert_eq!((days.count, days.before_examination), (1, 0));
        assert_eq!(days.return_day, "2026-11-30".parse().ok());
    }

    #[test]
    fn days_that_are_not_known_or_in_the_wrong_order_are_not_counted() {
        assert_eq!(covering("2026-11", "2026-11-23", ""), None);
        assert_eq!(covering("2026-11-23", "", ""), None);
        assert_eq!(covering("2026-11-24", "2026-11-23", ""), None);
        assert_eq!(covering("2026-11-24", "2037-11-23", ""), None);
        assert_eq!(covering("2026-11-01", "2026-11-03", "2026-11-20").unwrap().before_examination, 3);
        assert_eq!(covering("2026-11-01", "2026-11-03", "").unwrap().before_examination, 0);
    }

    proptest! {
        #[test]
        fn every_day_is_counted_and_a_return_is_on_a_weekday(start in 0_i32..20_000, length in 0_i32..700, examined in -10_i32..710) {
            let day = |offset: i32| PartialDate::day(Date::ZERO.checked_add((700_000 + offset).days()).unwrap());
            let certificate = Certificate {
                from: Some(day(start)),
                until: Some(day(start + length)),
                examined: Some(day(start + examined)),
                ..Certificate::default()
            };
            let days = Days::of(&certificate, None).unwrap();
            prop_assert_eq!(i64::from(days.count), i64::from(length) + 1);
            let before = (0..=length).filter(|offset| *offset < examined).count();
            prop_assert_eq!(days.before_examination as usize, before);
            let back = days.return_day.unwrap().earliest();
            prop_assert!(back > day(start + length).earliest() && is_weekday(back));
        }
    }
}
