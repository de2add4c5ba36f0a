//! An amount as people type it, read the same as in the row of the page (`entry-value.ts`): `tests/typed.json`
//! holds both to it.

use unicode_normalization::UnicodeNormalization;

use super::SignName;
use super::units::{INCH, Unit};
use crate::Decimal;

/// Why what was typed is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountTrouble {
    /// Nothing stands there.
    #[error("empty")]
    Empty,
    /// It does not begin with a number.
    #[error("no_number")]
    NoNumber,
    /// The sign has no such unit.
    #[error("no_unit")]
    NoUnit,
}

/// Reads an amount of `sign` with a comma or a point, and behind it a unit where it is not the sign's first:
/// `38,4`, `120.`, `101.2 ºF`, `5 ft 7 in`.
///
/// # Errors
/// [`AmountTrouble`].
pub fn read_amount(sign: SignName, typed: &str) -> Result<(Decimal, Option<Unit>), AmountTrouble> {
    let text = typed.replace(['º', '˚'], "°").nfkc().collect::<String>();
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountTrouble::Empty);
    }
    if let Some((feet, rest)) = feet(text)
        && let Some(inch) = sign.units().iter().copied().find(|unit| unit.code == INCH)
    {
        return inches(feet, rest).map(|value| (value, Some(inch))).ok_or(AmountTrouble::NoNumber);
    }
    let (value, word) = leading(text).ok_or(AmountTrouble::NoNumber)?;
    match word.trim() {
        "" => Ok((value, None)),
        word => Unit::typed(sign, word).map(|unit| (value, Some(unit))).ok_or(AmountTrouble::NoUnit),
    }
}

/// The number at the beginning, and what stands behind it.
fn leading(text: &str) -> Option<(Decimal, &str)> {
    let (whole, rest) = digits(text);
    let after_point = rest.strip_prefix(['.', ',']);
    let (part, rest) = after_point.map_or(("", rest), digits);
    if whole.len() + part.len() == 0 || whole.len() > MOST_DIGITS || part.len() > MOST_DIGITS {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let text = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    Some((text.parse().ok()?, rest))
}

const MOST_DIGITS: usize = 6;

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len()))
}

/// Feet at the beginning, and what stands behind their sign.
fn feet(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = digits(text);
    let feet = Some(number).filter(|number| (1..=2).contains(&number.len()))?.parse().ok()?;
    after(rest, &["feet", "foot", "ft.", "ft", "'", "\u{2019}", "\u{2032}"]).map(|rest| (feet, rest))
}

/// Feet and the inches behind them, of which there are eleven at most, in inches.
fn inches(feet: u32, rest: &str) -> Option<Decimal> {
    if rest.is_empty() {
        return (feet * 12).to_string().parse().ok();
    }
    let (inches, rest) = leading(rest)?;
    let signs =
        ["inches", "inch", "in.", "in", "\"", "''", "\u{201d}", "\u{2019}\u{2019}", "\u{2032}\u{2032}"];
    let rest = if rest.trim().is_empty() { "" } else { after(rest, &signs)? };
    let (whole, part) = inches.as_str().split_once('.').unwrap_or((inches.as_str(), ""));
    let whole: u32 = whole.parse().ok().filter(|whole| *whole < 12 && rest.is_empty())?;
    let point = if part.is_empty() { "" } else { "." };
    format!("{}{point}{part}", feet * 12 + whole).parse().ok()
}

fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let text = text.trim_start();
    let begins = |word: &&&str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    words.iter().find(begins).and_then(|word| text.get(word.len()..)).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_people_type_is_read_as_the_page_reads_it() {
        let vectors: Value = serde_json::from_str(include_str!("../../../../tests/typed.json")).unwrap();
        let read = |case: &Value| {
            let sign = serde_json::from_value(case["sign"].clone()).unwrap();
            read_amount(sign, case["typed"].as_str().unwrap())
        };
        for case in vectors["amounts"].as_array().unwrap() {
            let (value, unit) = read(case).unwrap();
            let unit = unit.map(|unit| unit.label);
            assert_eq!((json!(value), json!(unit)), (case["value"].clone(), case["unit"].clone()), "{case}");
        }
        for case in vectors["not_amounts"].as_array().unwrap() {
            assert_eq!(json!(read(case).unwrap_err().to_string()), case["trouble"], "{case}");
        }
    }
}
