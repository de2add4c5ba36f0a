//! A decimal number kept digit for digit as it was written: `37.10` stays `37.10`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// A decimal as text in the grammar of a JSON number (RFC 8259, section 6).
///
/// Equality is of the text; [`Decimal::compare`] is of the number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, TS, JsonSchema)]
#[ts(type = "string")]
#[schemars(with = "String")]
pub struct Decimal(String);

/// Text that is no decimal number of at most 64 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a decimal is written 37.1")]
pub struct NotADecimal;

impl Decimal {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as people write it: without an exponent, every digit kept.
    #[must_use]
    pub fn plain(&self) -> String {
        let Some((mantissa, exponent)) = self.0.split_once(['e', 'E']) else { return self.0.clone() };
        let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // A number of more zeros than a line holds is read more easily with its exponent.
        let Some(shift) = exponent.parse::<i32>().ok().filter(|shift| shift.abs() <= 28) else {
            return self.0.clone();
        };
        let digits = format!("{whole}{fraction}");
        let point = i32::try_from(whole.len()).unwrap_or_default() + shift;
        let lacking = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
        let length = i32::try_from(digits.len()).unwrap_or_default();
        let padded = format!("{}{digits}{}", lacking(1 - point), lacking(point - length));
        let cut = usize::try_from(point.max(1)).unwrap_or_default();
        let (whole, fraction) = padded.split_at_checked(cut).unwrap_or((&padded, ""));
        let bare = whole.trim_start_matches('0');
        let whole = if bare.is_empty() { "0" } else { bare };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// Which number is greater; `None` beyond 28 significant digits of whole part.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(self.number()?.cmp(&other.number()?))
    }

    /// The number, rounded where it has more than 28 significant digits; `None` where it is too large.
    #[must_use]
    pub fn number(&self) -> Option<rust_decimal::Decimal> {
        rust_decimal::Decimal::from_scientific(&self.0).or_else(|_| self.0.parse()).ok()
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
            }
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let plain = digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent.is_none_or(digits)
            && text.len() <= 64;
        if plain { Ok(Self(text.to_owned())) } else { Err(NotADecimal) }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Decimal;

    fn read(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_with_an_exponent_is_shown_as_people_write_it() {
        for (written, plain) in [
            ("1.2E+2", "120"),
            ("8E+1", "80"),
            ("1.50e1", "15.0"),
            ("3.71e1", "37.1"),
            ("5e-3", "0.005"),
            ("-1.5E-1", "-0.15"),
            ("0e5", "0"),
            ("12.34", "12.34"),
            ("1e400", "1e400"),
        ] {
            assert_eq!(read(written).plain(), plain, "{written}");
        }
    }

    #[test]
    fn a_decimal_keeps_every_digit_and_compares_as_a_number() {
        for text in ["37.10", "0", "-0.5", "94.29886231743617", "1.5e3", "120"] {
            assert_eq!(read(text).to_string(), text);
        }
        assert_eq!(read("37.10").compare(&read("37.1")), Some(Ordering::Equal));
        assert_eq!(read("9").compare(&read("10")), Some(Ordering::Less));
        assert_eq!(read("1.5e3").compare(&read("1500")), Some(Ordering::Equal));
        for wrong in ["", ".5", "5.", "01", "+1", "1,5", "NaN", "1e", "٣", "--1", " 1"] {
            assert!(wrong.parse::<Decimal>().is_err(), "{wrong}");
        }
        assert!("1".repeat(65).parse::<Decimal>().is_err());
    }
}
