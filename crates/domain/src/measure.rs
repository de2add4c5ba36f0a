//! A measure: one number of somebody, or what was found instead of one.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::choice;

choice! {
    /// Of which eye, or of both together.
    pub enum MeasuredSide {
        /// The right.
        Right = "R",
        /// The left.
        Left = "L",
        /// Both together.
        Both = "B",
    }
}

choice! {
    /// Into which eye.
    pub enum EyeSide {
        /// The right.
        Right = "right",
        /// The left.
        Left = "left",
        /// Both.
        Both = "both",
        /// Nobody wrote it down.
        NotRecorded = "not_recorded",
    }
}

choice! {
    /// What is to be known of a measure beside its number.
    pub enum Flag {
        /// Its form is not signed yet.
        Open = "open",
        /// Two people say something else of it.
        Disputed = "disputed",
        /// It is unlikely, was asked about and is meant.
        Meant = "meant",
        /// An addendum says it instead of what was signed.
        Corrected = "corrected",
    }
}

/// A number that was measured of somebody, or what was found instead of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// What was measured: `eye.iop`, `vital.pulse`.
    pub code: String,
    /// Of which eye; none of what has no sides.
    pub side: Option<MeasuredSide>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Which answer or part of its record.
    pub entry: String,
    /// The number, in thousandths of its unit.
    pub number: Option<i64>,
    /// Its unit as people write it.
    pub unit: String,
    /// By what it was measured; of what is no number, or was typed otherwise than as a number, how it was said.
    pub word: Option<String>,
    /// Of what lies below every number its place among those, the least first.
    pub rank: Option<i64>,
    /// What else is to be known.
    pub flags: BTreeSet<Flag>,
}

impl MeasuredSide {
    /// The side that a path or a table names so.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|side| side.word() == word)
    }
}

impl EyeSide {
    /// The eye that a name says in plain words, `Cataract surgery, right eye`; none where it also speaks of another side, or
    /// says that something is not so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        const OTHERWISE: [&str; 8] =
            ["no", "not", "never", "without", "except", "other", "fellow", "refused"];
        let name = name.to_lowercase();
        let words: Vec<&str> =
            name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let sides = words.iter().filter(|word| ["right", "left", "both", "bilateral"].contains(word)).count();
        if sides != 1 || words.iter().any(|word| OTHERWISE.contains(word)) {
            return None;
        }
        words.windows(2).find_map(|pair| match pair {
            ["right", "eye"] => Some(Self::Right),
            ["left", "eye"] => Some(Self::Left),
            ["both", "eyes"] => Some(Self::Both),
            _ => None,
        })
    }

    /// Whether it says that it is, or may be, this eye.
    #[must_use]
    pub fn is_of(self, side: MeasuredSide) -> bool {
        match self {
            Self::Right => side == MeasuredSide::Right,
            Self::Left => side == MeasuredSide::Left,
            Self::Both | Self::NotRecorded => true,
        }
    }
}

impl Measure {
    /// Its flags as a table keeps them.
    #[must_use]
    pub fn flag_words(&self) -> String {
        self.flags.iter().map(|flag| flag.word()).collect::<Vec<_>>().join(" ")
    }
}

/// A number in thousandths, a half away from zero; none of one that is too large.
#[must_use]
pub fn thousandths(number: Decimal) -> Option<i64> {
    let scaled = number.checked_mul(Decimal::ONE_THOUSAND)?;
    scaled.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero).to_i64()
}

/// Thousandths as people write a number: without zeros behind its last digit.
#[must_use]
pub fn written(thousandths: i64) -> String {
    Decimal::new(thousandths, 3).normalize().to_string()
}

/// Thousandths to so many digits behind the point, a half away from zero, all of the digits written.
#[must_use]
pub fn rounded(thousandths: i64, places: u32) -> String {
    let number = Decimal::new(thousandths, 3)
        .round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let number = if number.is_zero() { Decimal::ZERO } else { number };
    format!("{number:.*}", places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_eyes_and_an_eye_that_nobody_wrote_down_may_be_either() {
        let of = |side: EyeSide| [MeasuredSide::Right, MeasuredSide::Left].map(|eye| side.is_of(eye));
        assert_eq!((of(EyeSide::Right), of(EyeSide::Left)), ([true, false], [false, true]));
        assert_eq!((of(EyeSide::Both), of(EyeSide::NotRecorded)), ([true, true], [true, true]));
    }

    #[test]
    fn a_name_says_one_eye_in_plain_words_or_none() {
        for (name, side) in [
            ("Cataract surgery right eye", Some(EyeSide::Right)),
            ("Phaco + IOL, LEFT EYE (2025)", Some(EyeSide::Left)),
            ("Laser of both eyes", Some(EyeSide::Both)),
            ("Cataract surgery", None),
            ("Cataract surgery right eye, left eye not yet", None),
            ("Foreign body from the left lid of the right eye", None),
            ("No surgery of the right eye", None),
            ("Right cataract surgery", None),
            ("Brighteye clinic, eyelid", None),
        ] {
            assert_eq!(EyeSide::named(name), side, "{name}");
        }
    }

    #[test]
    fn a_mean_has_all_its_digits_and_is_never_minus_nothing() {
        let of = |thousandths, places| rounded(thousandths, places);
        assert_eq!([of(27_000, 1), of(-6_333, 1), of(-250, 1), of(-49, 1)], ["27.0", "-6.3", "-0.3", "0.0"]);
        assert_eq!([of(540_500, 0), of(301, 2)], ["541", "0.30"]);
    }
}
