//! What a treatment did to an eye: readings of one measure before it and after it, beside all that was done meanwhile.
//!
//! Everything is per eye. Nothing is estimated: what cannot be compared is left out, and counted with its reason.

mod compare;
mod courses;
mod lens;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use compare::{AFTER, BEFORE, Compared, MOST, Mean, NEAREST, NotCounted, Reading, compare, in_windows};
pub use courses::{Course, Day, Sort, courses, operation, procedure};
pub use lens::{LENSES, Lens, lens};

/// The number of a day, counted from 1 January 1970.
#[must_use]
pub fn day_number(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours().div_euclid(24)
}
