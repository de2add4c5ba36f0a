//! The units in which vital signs are given, and how one follows exactly from another.

use rust_decimal::Decimal as Number;

use super::SignName;
use crate::Decimal;
use crate::record::Quantity;

/// The system of the units' codes (<https://ucum.org>).
pub const UCUM: &str = "http://unitsofmeasure.org";

/// A unit in which a sign may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code in UCUM.
    pub code: &'static str,
    /// As people write it.
    pub label: &'static str,
    /// Other codes of UCUM that mean the same.
    same: &'static [&'static str],
    /// Other ways in which people write it; in UCUM some of them are codes of something else.
    also: &'static [&'static str],
    to_first: ToFirst,
}

/// How an amount in this unit becomes one in the sign's first unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToFirst {
    /// By a factor of this many of ten to the minus that many.
    Times(i64, u32),
    /// From degrees Fahrenheit to degrees Celsius.
    Fahrenheit,
}

const SAME: ToFirst = ToFirst::Times(1, 0);

const fn unit(code: &'static str, label: &'static str, to_first: ToFirst) -> Unit {
    Unit { code, label, same: &[], also: &[], to_first }
}

/// The code of the unit in which feet are written down.
pub(super) const INCH: &str = "[in_i]";

pub(super) const PRESSURE: &[Unit] = &[Unit { also: &["mm Hg"], ..unit("mm[Hg]", "mmHg", SAME) }];
pub(super) const TEMPERATURE: &[Unit] = &[
    Unit { also: &["C", "degC", "celsius"], ..unit("Cel", "°C", SAME) },
    Unit { also: &["F", "degF", "fahrenheit"], ..unit("[degF]", "°F", ToFirst::Fahrenheit) },
];
pub(super) const RATE: &[Unit] = &[Unit {
    same: &["{beats}/min", "{Beats}/min", "{breaths}/min", "{Breaths}/min", "1/min"],
    also: &["bpm", "per min", "per minute"],
    ..unit("/min", "/min", SAME)
}];
pub(super) const FRACTION: &[Unit] = &[unit("%", "%", SAME)];
pub(super) const SCORE: &[Unit] = &[Unit { same: &["1"], ..unit("{score}", "/10", SAME) }];
pub(super) const GLUCOSE: &[Unit] = &[
    unit("mg/dL", "mg/dL", SAME),
    // The molar mass of glucose, 180.156 g/mol (IUPAC, abridged standard atomic weights of 2021).
    unit("mmol/L", "mmol/L", ToFirst::Times(180_156, 4)),
];
pub(super) const WEIGHT: &[Unit] = &[
    Unit { also: &["kgs", "kilo", "kilos"], ..unit("kg", "kg", SAME) },
    Unit { also: &["lbs", "pound", "pounds"], ..unit("[lb_av]", "lb", ToFirst::Times(45_359_237, 8)) },
    Unit { also: &["gram", "grams"], ..unit("g", "g", ToFirst::Times(1, 3)) },
];
pub(super) const LENGTH: &[Unit] = &[
    Unit { also: &["cms"], ..unit("cm", "cm", SAME) },
    Unit { also: &["inch", "inches", "\""], ..unit(INCH, "in", ToFirst::Times(254, 2)) },
    unit("m", "m", ToFirst::Times(100, 0)),
];
pub(super) const RATIO: &[Unit] = &[Unit { also: &["kg/m^2"], ..unit("kg/m2", "kg/m²", SAME) }];

impl Unit {
    /// The unit of `sign` that somebody wrote so; nothing written means the first.
    #[must_use]
    pub fn written(sign: SignName, word: Option<&str>) -> Option<Self> {
        let Some(word) = word else { return sign.units().first().copied() };
        let mut units = sign.units().iter().copied();
        units.find(|unit| unit.means(word) || unit.label == word || unit.also.contains(&word))
    }

    /// The unit of `sign` that somebody typed, in whatever case, with points, spaces and the sign of degrees or without.
    #[must_use]
    pub fn typed(sign: SignName, word: &str) -> Option<Self> {
        let plain = |word: &str| {
            let kept = word.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '.' | '°'));
            kept.flat_map(char::to_lowercase).collect::<String>()
        };
        let is_it = |known: &str| plain(known) == plain(word);
        let mut units = sign.units().iter().copied();
        units.find(|unit| unit.means(word) || is_it(unit.label) || unit.also.iter().any(|also| is_it(also)))
    }

    /// The unit of `quantity`, by its code where it has one of UCUM, else by the words beside the number.
    /// A number without any unit is a number of the only sign that needs none.
    #[must_use]
    pub fn of(sign: SignName, quantity: &Quantity) -> Option<Self> {
        match (quantity.system.as_deref(), quantity.code.as_deref(), quantity.unit.as_deref()) {
            (Some(UCUM), Some(code), _) => sign.units().iter().copied().find(|unit| unit.means(code)),
            (None, Some(word), _) | (None, None, Some(word)) => Self::written(sign, Some(word)),
            (None, None, None) if sign == SignName::Pain => Self::written(sign, None),
            _ => None,
        }
    }

    fn means(self, code: &str) -> bool {
        self.code == code || self.same.contains(&code)
    }

    /// The amount in the sign's first unit: exact but for thirds, which have 28 digits. `None` where a number
    /// is too large to be one.
    #[must_use]
    pub fn in_first(self, amount: &Decimal) -> Option<Number> {
        let amount = amount.number()?;
        match self.to_first {
            ToFirst::Times(factor, places) => amount.checked_mul(Number::new(factor, places)),
            ToFirst::Fahrenheit => amount
                .checked_sub(Number::from(32))?
                .checked_mul(Number::from(5))?
                .checked_div(Number::from(9)),
        }
    }

    /// `amount` of this unit as it was typed.
    #[must_use]
    pub fn quantity(self, amount: Decimal) -> Quantity {
        Quantity {
            value: amount,
            unit: Some(self.label.to_owned()),
            system: Some(UCUM.to_owned()),
            code: Some(self.code.to_owned()),
        }
    }
}

/// The body mass index to one decimal place: kilograms by the square of metres.
#[must_use]
pub fn bmi(kilograms: Number, centimetres: Number) -> Option<Decimal> {
    let metres = centimetres.checked_div(Number::from(100))?;
    let ratio = kilograms.checked_div(metres.checked_mul(metres)?)?;
    rounded(ratio, SignName::Bmi.places()).to_string().parse().ok()
}

/// To `places` decimals, a half away from zero as people round.
pub(super) fn rounded(number: Number, places: u32) -> Number {
    number.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    fn in_first(sign: SignName, word: &str, amount: &str) -> Number {
        Unit::written(sign, Some(word)).unwrap().in_first(&read(amount)).unwrap()
    }

    #[test]
    fn a_unit_becomes_another_exactly() {
        for (sign, word, amount, first) in [
            (SignName::Temperature, "F", "98.6", "37"),
            (SignName::Temperature, "°F", "-40", "-40"),
            (SignName::Temperature, "Cel", "37.10", "37.10"),
            (SignName::Weight, "lb", "1", "0.45359237"),
            (SignName::Weight, "[lb_av]", "154.3", "69.989302691"),
            (SignName::Weight, "g", "3250", "3.250"),
            (SignName::Height, "in", "70", "177.80"),
            (SignName::Height, "m", "1.75", "175"),
            (SignName::Glucose, "mmol/L", "5.5", "99.0858"),
        ] {
            assert_eq!(in_first(sign, word, amount), number(first), "{amount} {word}");
        }
    }

    #[test]
    fn a_unit_that_is_not_of_the_sign_is_none() {
        for (sign, word) in [
            (SignName::Temperature, "K"),
            (SignName::Temperature, "kg"),
            (SignName::Weight, "st"),
            (SignName::Pulse, "Hz"),
            (SignName::Systolic, "kPa"),
            (SignName::Glucose, "g/L"),
        ] {
            assert_eq!(Unit::written(sign, Some(word)), None, "{word}");
        }
    }

    #[test]
    fn an_imported_unit_is_read_by_its_code_and_never_guessed() {
        let quantity = |unit: Option<&str>, system: Option<&str>, code: Option<&str>| Quantity {
            value: read("98.6"),
            unit: unit.map(str::to_owned),
            system: system.map(str::to_owned),
            code: code.map(str::to_owned),
        };
        let temperature =
            |quantity: &Quantity| Unit::of(SignName::Temperature, quantity).map(|unit| unit.code);
        assert_eq!(temperature(&quantity(Some("C"), Some(UCUM), Some("[degF]"))), Some("[degF]"));
        assert_eq!(temperature(&quantity(Some("degF"), None, None)), Some("[degF]"));
        // `C` is what people write and, as a code, a coulomb.
        assert_eq!(temperature(&quantity(Some("C"), None, None)), Some("Cel"));
        assert_eq!(temperature(&quantity(Some("C"), Some(UCUM), Some("C"))), None);
        assert_eq!(temperature(&quantity(Some("Cel"), Some("urn:other"), Some("Cel"))), None);
        assert_eq!(temperature(&quantity(Some("warm"), None, None)), None);
        assert_eq!(temperature(&quantity(None, None, None)), None);
        let pain = quantity(None, None, None);
        assert_eq!(Unit::of(SignName::Pain, &pain).map(|unit| unit.code), Some("{score}"));
    }

    #[test]
    fn the_body_mass_index_has_one_decimal_and_is_none_of_nothing() {
        assert_eq!(bmi(number("70"), number("175")), Some(read("22.9")));
        assert_eq!(bmi(number("62"), number("157.5")), Some(read("25.0")));
        assert_eq!(bmi(number("70"), number("0")), None);
    }

    proptest! {
        #[test]
        fn a_greater_amount_is_greater_in_every_unit(one in -9_999_999_i64..9_999_999, other in -9_999_999_i64..9_999_999) {
            let written = |tenths: i64| read(&Number::new(tenths, 1).to_string());
            for unit in SignName::ALL.iter().flat_map(|sign| sign.units()) {
                let (first, second) =
                    (unit.in_first(&written(one)).unwrap(), unit.in_first(&written(other)).unwrap());
                prop_assert_eq!(first.cmp(&second), one.cmp(&other), "{}", unit.code);
            }
        }

        #[test]
        fn a_conversion_loses_no_digit_and_turns_round(tenths in -99_999_i64..99_999) {
            let amount = Number::new(tenths, 1);
            let written = read(&amount.to_string());
            for unit in SignName::ALL.iter().flat_map(|sign| sign.units()) {
                let first = unit.in_first(&written).unwrap();
                let back = match unit.to_first {
                    ToFirst::Times(factor, places) => first / Number::new(factor, places),
                    ToFirst::Fahrenheit => rounded(first * Number::from(9) / Number::from(5) + Number::from(32), 20),
                };
                prop_assert_eq!(back, amount, "{}", unit.code);
            }
        }

        #[test]
        fn no_text_of_a_number_breaks_a_conversion(text in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?(e[0-9]{1,3})?") {
            if let Ok(amount) = text.parse::<Decimal>() {
                for unit in SignName::ALL.iter().flat_map(|sign| sign.units()) {
                    let _ = unit.in_first(&amount);
                }
            }
        }
    }
}
