//! Whether a measurement is as expected: of the sign that its code means, in the unit that it says, at the
//! age that the person had. What is not known for certain is unknown, never a guess.

use std::collections::BTreeMap;

use rust_decimal::Decimal as Number;

use super::units::{Unit, rounded};
use super::{Amount, Observation, SignName, bands};
use crate::record::Coding;
use crate::{Age, Ages, choice};

choice! {
    /// How a measured amount lies to what is expected.
    pub enum Level {
        /// So low that somebody has to come.
        CriticalLow = "critical_low",
        /// Low.
        Low = "low",
        /// As expected.
        Normal = "normal",
        /// High.
        High = "high",
        /// So high that somebody has to come.
        CriticalHigh = "critical_high",
        /// Nobody says: no such sign, unit or band.
        Unknown = "unknown",
    }
}

/// The level of a measurement and of each of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    /// The gravest of its parts, or its own.
    pub whole: Level,
    /// By the part's entry.
    pub parts: BTreeMap<String, Level>,
}

impl Level {
    /// Whether somebody has to come.
    #[must_use]
    pub fn is_critical(self) -> bool {
        matches!(self, Self::CriticalLow | Self::CriticalHigh)
    }

    fn gravity(self) -> u8 {
        match self {
            Self::CriticalLow | Self::CriticalHigh => 3,
            Self::Low | Self::High => 2,
            Self::Normal => 1,
            Self::Unknown => 0,
        }
    }
}

/// The level of `amount`, in the sign's first unit, at `ages`. It is judged in the decimals in which people
/// read it, so that 10.0 mmol/L, 180 mg/dL and 180.156 mg/dL are one level.
#[must_use]
pub fn judge(sign: SignName, amount: Number, ages: Option<Ages>) -> Level {
    let amount = rounded(amount, sign.places());
    between(sign, [amount, amount], ages)
}

/// The level of an amount that lies between these two.
fn between(sign: SignName, ends: [Number; 2], ages: Option<Ages>) -> Level {
    let steps = ages.unwrap_or(Ages::ANY).steps(bands::rows(sign).iter().map(|(from, ..)| *from));
    let levels: Vec<Level> = steps.map(|age| agreed(&ends.map(|end| at(sign, end, age)))).collect();
    // Of nobody knows what age it has to hold at every age.
    if ages.is_none() {
        return agreed(&levels);
    }
    let gravest = levels.iter().copied().max_by_key(|level| level.gravity()).unwrap_or(Level::Unknown);
    // Where birth is known less exactly a warning at one of the ages is one; low and high at once, and as
    // expected at some of them only, is no answer.
    let warns = gravest.gravity() > Level::Normal.gravity();
    let agrees = |level: &Level| *level == gravest || warns && level.gravity() < gravest.gravity();
    if levels.iter().all(agrees) { gravest } else { Level::Unknown }
}

/// What holds whichever of `levels` it is: of high and critically high it is high at least.
fn agreed(levels: &[Level]) -> Level {
    let least = levels.iter().copied().min_by_key(|level| level.gravity()).unwrap_or(Level::Unknown);
    let low = levels.iter().all(|level| matches!(level, Level::CriticalLow | Level::Low));
    let high = levels.iter().all(|level| matches!(level, Level::High | Level::CriticalHigh));
    if low || high || levels.iter().all(|level| *level == least) { least } else { Level::Unknown }
}

fn at(sign: SignName, amount: Number, age: Age) -> Level {
    let Some((_, reference, critical)) = bands::rows(sign).iter().rfind(|(from, ..)| *from <= age) else {
        return Level::Unknown;
    };
    let below = |end: Option<i64>| end.is_some_and(|end| amount < Number::new(end, 1));
    let above = |end: Option<i64>| end.is_some_and(|end| amount > Number::new(end, 1));
    if below(critical.0) {
        Level::CriticalLow
    } else if above(critical.1) {
        Level::CriticalHigh
    } else if below(reference.0) {
        Level::Low
    } else if above(reference.1) {
        Level::High
    } else {
        Level::Normal
    }
}

/// The levels of an observation of somebody who was of one of `ages`.
#[must_use]
pub fn levels(observation: &Observation, ages: Option<Ages>) -> Levels {
    let parts: BTreeMap<String, Level> = observation
        .components
        .iter()
        .flat_map(|parts| &parts.0)
        .map(|(entry, part)| (entry.clone(), of(part.code.as_ref(), part.amount(), ages)))
        .collect();
    let own = of(observation.code.as_ref(), observation.amount(), ages);
    let whole = parts.values().copied().chain([own]).max_by_key(|level| level.gravity()).unwrap_or(own);
    Levels { whole, parts }
}

fn of(code: Option<&Coding>, amount: Option<Amount<'_>>, ages: Option<Ages>) -> Level {
    let known = || {
        let (sign, Amount { comparator, quantity }) = (SignName::of(code?)?, amount?);
        let amount = Unit::of(sign, quantity)?.in_first(&quantity.value)?;
        let (least, most, step) = (Number::from(-1_000_000), Number::from(1_000_000), Number::new(1, 6));
        Some(match comparator {
            None => judge(sign, amount, ages),
            Some("<") => between(sign, [least, amount.checked_sub(step)?], ages),
            Some("<=") => between(sign, [least, amount], ages),
            Some(">") => between(sign, [amount.checked_add(step)?, most], ages),
            Some(">=") => between(sign, [amount, most], ages),
            Some(_) => Level::Unknown,
        })
    };
    known().unwrap_or(Level::Unknown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::{Entries, Quantity};
    use crate::visits::Component;
    use crate::visits::signs::LOINC;
    use crate::visits::units::UCUM;

    const ADULT: Option<Ages> = Some(Ages::exactly(Age::Years(20)));

    fn level(sign: SignName, unit: &str, amount: &str, ages: Option<Ages>) -> Level {
        let unit = Unit::written(sign, Some(unit)).unwrap();
        judge(sign, unit.in_first(&amount.parse().unwrap()).unwrap(), ages)
    }

    #[test]
    fn an_adults_signs_have_the_levels_of_their_sources() {
        use Level::{CriticalHigh, CriticalLow, High, Low, Normal};
        for (sign, unit, amounts) in [
            (
                SignName::Systolic,
                "mmHg",
                [("90", CriticalLow), ("91", Low), ("101", Normal), ("140", High), ("181", CriticalHigh)],
            ),
            (
                SignName::Temperature,
                "°C",
                [
                    ("35.0", CriticalLow),
                    ("36.0", Low),
                    ("38.0", Normal),
                    ("38.1", High),
                    ("39.1", CriticalHigh),
                ],
            ),
            (
                SignName::Temperature,
                "°F",
                [
                    ("95.0", CriticalLow),
                    ("96.8", Low),
                    ("100.4", Normal),
                    ("100.6", High),
                    ("102.4", CriticalHigh),
                ],
            ),
            (
                SignName::Pulse,
                "/min",
                [("40", CriticalLow), ("50", Low), ("100", Normal), ("101", High), ("131", CriticalHigh)],
            ),
            (
                SignName::Respiration,
                "/min",
                [("8", CriticalLow), ("11", Low), ("12", Normal), ("21", High), ("25", CriticalHigh)],
            ),
            (
                SignName::Glucose,
                "mmol/L",
                [
                    ("2.9", CriticalLow),
                    ("3.8", Low),
                    ("10.0", Normal),
                    ("10.1", High),
                    ("14.0", CriticalHigh),
                ],
            ),
            (
                SignName::Bmi,
                "kg/m2",
                [
                    ("15.9", CriticalLow),
                    ("18.4", Low),
                    ("24.94", Normal),
                    ("24.98", High),
                    ("40", CriticalHigh),
                ],
            ),
        ] {
            for (amount, expected) in amounts {
                assert_eq!(level(sign, unit, amount, ADULT), expected, "{} {amount}", sign.word());
            }
        }
        assert_eq!(level(SignName::Diastolic, "mmHg", "121", ADULT), CriticalHigh);
        assert_eq!(level(SignName::Spo2, "%", "91", ADULT), CriticalLow);
        assert_eq!(level(SignName::Pain, "/10", "4", ADULT), Normal);
        assert_eq!(level(SignName::Pain, "/10", "5", ADULT), High);
        assert_eq!(level(SignName::Pain, "/10", "7", ADULT), CriticalHigh);
    }

    #[test]
    fn the_same_amount_has_another_level_at_another_age() {
        let at = |sign, unit, amount, age| level(sign, unit, amount, Some(Ages::exactly(age)));
        assert_eq!(at(SignName::Pulse, "/min", "150", Age::Weeks(20)), Level::Normal);
        assert_eq!(at(SignName::Pulse, "/min", "150", Age::Years(4)), Level::High);
        assert_eq!(at(SignName::Pulse, "/min", "150", Age::Years(40)), Level::CriticalHigh);
        assert_eq!(at(SignName::Temperature, "°C", "38.0", Age::Weeks(12)), Level::CriticalHigh);
        assert_eq!(at(SignName::Temperature, "°C", "39.2", Age::Weeks(14)), Level::High);
        assert_eq!(at(SignName::Temperature, "°C", "38.0", Age::Years(3)), Level::High);
        assert_eq!(at(SignName::Systolic, "mmHg", "79", Age::Years(5)), Level::CriticalLow);
        assert_eq!(at(SignName::Bmi, "kg/m2", "22", Age::Years(12)), Level::Unknown);
        assert_eq!(at(SignName::Glucose, "mg/dL", "60", Age::Days(2)), Level::Unknown);
    }

    #[test]
    fn of_nobody_knows_what_age_only_what_holds_at_every_age_is_said() {
        assert_eq!(level(SignName::Spo2, "%", "80", None), Level::CriticalLow);
        assert_eq!(
            level(SignName::Spo2, "%", "91", None),
            Level::Low,
            "critical of an adult, low of a child"
        );
        assert_eq!(level(SignName::Pain, "/10", "2", None), Level::Normal);
        assert_eq!(level(SignName::Weight, "kg", "70", ADULT), Level::Unknown);
    }

    #[test]
    fn a_fever_and_a_pressure_that_are_too_high_at_every_age_are_high_of_anybody() {
        assert_eq!(level(SignName::Temperature, "°C", "41.2", None), Level::High);
        assert_eq!(level(SignName::Systolic, "mmHg", "230", None), Level::High);
        assert_eq!(level(SignName::Diastolic, "mmHg", "140", None), Level::High);
        assert_eq!(level(SignName::Pulse, "/min", "120", None), Level::Unknown, "normal of a newborn");
    }

    #[test]
    fn what_is_only_known_to_lie_below_or_above_an_amount_has_the_level_that_holds_of_all_of_them() {
        let of = |code: &str, comparator: &str, value: &str, unit: &str| {
            let (bound, comparator) = (amount(value, unit), Some(comparator.to_owned()));
            levels(&Observation { code: coded(code), bound, comparator, ..Observation::default() }, ADULT)
                .whole
        };
        assert_eq!(of("59408-5", "<", "60", "%"), Level::CriticalLow);
        assert_eq!(of("59408-5", "<", "92", "%"), Level::CriticalLow);
        assert_eq!(of("59408-5", "<=", "92", "%"), Level::Low);
        assert_eq!(of("59408-5", "<", "99", "%"), Level::Unknown);
        assert_eq!(of("59408-5", ">", "90", "%"), Level::Unknown);
        assert_eq!(of("8867-4", ">", "200", "/min"), Level::CriticalHigh);
        assert_eq!(of("8867-4", ">=", "101", "/min"), Level::High);
        assert_eq!(of("8867-4", "~", "200", "/min"), Level::Unknown);
    }

    #[test]
    fn of_somebody_who_can_have_several_ages_the_graver_level_is_said() {
        let infant = Some(Ages { youngest: Age::Days(0), oldest: Age::Weeks(46) });
        assert_eq!(level(SignName::Temperature, "°C", "38.0", infant), Level::CriticalHigh);
        assert_eq!(level(SignName::Temperature, "°C", "37.0", infant), Level::Normal);
        assert_eq!(level(SignName::Pulse, "/min", "190", infant), Level::High);
        assert_eq!(level(SignName::Glucose, "mg/dL", "100", infant), Level::Unknown, "no bands for newborns");
        assert_eq!(level(SignName::Glucose, "mg/dL", "40", infant), Level::CriticalLow);
        let child = Some(Ages { youngest: Age::Months(12), oldest: Age::Years(20) });
        assert_eq!(level(SignName::Pulse, "/min", "95", child), Level::Low);
        let all = Some(Ages { youngest: Age::Weeks(30), oldest: Age::Years(12) });
        assert_eq!(level(SignName::Respiration, "/min", "24", all), Level::Unknown, "too slow or too fast");
    }

    fn coded(code: &str) -> Option<Coding> {
        Some(Coding { system: Some(LOINC.to_owned()), code: Some(code.to_owned()), display: None })
    }

    fn amount(value: &str, code: &str) -> Option<Quantity> {
        let value = value.parse().unwrap();
        Some(Quantity { value, unit: None, system: Some(UCUM.to_owned()), code: Some(code.to_owned()) })
    }

    #[test]
    fn an_imported_blood_pressure_has_a_level_for_each_part_and_the_gravest_for_the_whole() {
        let part = |code, value, unit| Component {
            code: coded(code),
            quantity: amount(value, unit),
            ..Component::default()
        };
        let parts = [
            ("upper".to_owned(), part("8480-6", "150", "mm[Hg]")),
            ("lower".to_owned(), part("8462-4", "121", "mm[Hg]")),
            ("other".to_owned(), part("8478-0", "99", "mm[Hg]")),
        ];
        let observation = Observation {
            code: coded("85354-9"),
            components: Some(Entries(parts.into())),
            ..Observation::default()
        };
        let levels = levels(&observation, ADULT);
        assert_eq!(levels.whole, Level::CriticalHigh);
        let parts: Vec<(&str, Level)> =
            levels.parts.iter().map(|(entry, level)| (entry.as_str(), *level)).collect();
        assert_eq!(
            parts,
            [("lower", Level::CriticalHigh), ("other", Level::Unknown), ("upper", Level::High)]
        );
    }

    #[test]
    fn what_has_no_known_code_unit_or_number_is_unknown() {
        let of =
            |code, quantity| levels(&Observation { code, quantity, ..Observation::default() }, ADULT).whole;
        assert_eq!(of(coded("8331-1"), amount("39.4", "Cel")), Level::CriticalHigh);
        assert_eq!(of(coded("8331-1"), amount("39.4", "K")), Level::Unknown);
        assert_eq!(of(coded("8332-9"), amount("39.4", "Cel")), Level::Unknown);
        assert_eq!(of(coded("8331-1"), amount("9e400", "Cel")), Level::Unknown);
        assert_eq!(of(coded("8331-1"), None), Level::Unknown);
        assert_eq!(of(None, amount("39.4", "Cel")), Level::Unknown);
    }

    fn ages() -> impl Strategy<Value = Option<Ages>> {
        prop_oneof![
            (0..28).prop_map(Age::Days),
            (4..52).prop_map(Age::Weeks),
            (12..24).prop_map(Age::Months),
            (2..110).prop_map(Age::Years),
        ]
        .prop_map(|age| Some(Ages::exactly(age)))
    }

    proptest! {
        #[test]
        fn a_greater_amount_never_has_a_lower_level(one in 0_i64..40_000, other in 0_i64..40_000, ages in ages()) {
            let (less, more) = (Number::new(one.min(other), 1), Number::new(one.max(other), 1));
            for sign in SignName::ALL {
                let (less, more) = (judge(*sign, less, ages), judge(*sign, more, ages));
                prop_assert_eq!(less == Level::Unknown, more == Level::Unknown);
                prop_assert!(less <= more, "{} {:?} {:?}", sign.word(), less, more);
            }
        }
    }
}
