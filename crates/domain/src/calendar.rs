//! When the school that a clinic serves holds classes: its years, its terms, and the days without any.

use jiff::civil::{Date, Weekday};

use crate::record::Entries;
use crate::{PartialDate, entry, record};

entry! {
    /// A stretch of days with a name, first and last among them.
    pub struct Stretch {
        /// What it is called: `1st semester`, `Rizal Day`.
        name: String,
        /// Its first day.
        from: PartialDate,
        /// Its last day.
        until: PartialDate,
    }
}

record! {
    /// The clinic's calendar.
    pub struct Calendar: "calendar", Ordinary, Clinic;
    verbs { Create: ClinicEdit, Patch: ClinicEdit, Resolve: ClinicEdit, }
    fields {
        /// School years: outside of them nobody knows which days have classes.
        years: Entries<Stretch>, Ordinary;
        /// Terms: within a year classes are held in these alone.
        terms: Entries<Stretch>, Ordinary;
        /// Holidays and other days without classes.
        holidays: Entries<Stretch>, Ordinary;
    }
}

impl Stretch {
    /// Whether `day` lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        let ends = self.from.and_then(|from| from.exact()).zip(self.until.and_then(|until| until.exact()));
        ends.is_some_and(|(from, until)| from <= day && day <= until)
    }

    /// Whether it has a name and both days, in their order.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let named = self.name.as_deref().is_some_and(|name| !name.trim().is_empty());
        let ends = self.from.and_then(|from| from.exact()).zip(self.until.and_then(|until| until.exact()));
        named && ends.is_some_and(|(from, until)| from <= until)
    }
}

impl Calendar {
    /// Whether classes are held on `day`; nothing where no school year of the calendar has it.
    #[must_use]
    pub fn has_classes(&self, day: Date) -> Option<bool> {
        if !any(self.years.as_ref(), day) {
            return None;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Some(!weekend && any(self.terms.as_ref(), day) && !any(self.holidays.as_ref(), day))
    }
}

fn any(stretches: Option<&Entries<Stretch>>, day: Date) -> bool {
    stretches.is_some_and(|stretches| stretches.0.values().any(|stretch| stretch.holds(day)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn classes_are_held_on_weekdays_of_a_term_but_for_holidays_and_elsewhere_nobody_knows() {
        let stretches = |of: &[(&str, &str)]| {
            let one = |(at, (from, until)): (usize, &(&str, &str))| {
                let name = Some(format!("{at}"));
                (at.to_string(), Stretch { name, from: from.parse().ok(), until: until.parse().ok() })
            };
            Some(Entries(of.iter().enumerate().map(one).collect()))
        };
        let calendar = Calendar {
            years: stretches(&[("2026-08-01", "2027-06-30")]),
            terms: stretches(&[("2026-08-10", "2026-12-18"), ("2027-01-11", "2027-05-28")]),
            holidays: stretches(&[("2026-11-30", "2026-11-30")]),
        };
        assert_eq!(calendar.has_classes(date(2026, 11, 27)), Some(true));
        assert_eq!(calendar.has_classes(date(2026, 11, 28)), Some(false), "a Saturday");
        assert_eq!(calendar.has_classes(date(2026, 11, 30)), Some(false), "a holiday");
        assert_eq!(calendar.has_classes(date(2026, 12, 30)), Some(false), "between the terms");
        assert_eq!(calendar.has_classes(date(2027, 7, 1)), None, "no year is known");
    }
}
