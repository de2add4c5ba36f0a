//! A date as people type it, read the same in the find box and the terminal as in the fields of the page
//! (`ui/src/i18n/date-entry.ts`): `tests/typed.json` holds both to it.

use jiff::civil::Date;
use jiff::{Span as Stretch, ToSpan};
use unicode_normalization::UnicodeNormalization;

use super::{FIRST_YEAR, PartialDate};

/// Why what was typed is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateTrouble {
    /// It is none.
    #[error("unreadable")]
    Unreadable,
    /// The calendar has no such day.
    #[error("no_such_day")]
    NoSuchDay,
    /// A month stands where the day belongs.
    #[error("day_first")]
    DayFirst,
    /// The year has not four digits.
    #[error("short_year")]
    ShortYear,
    /// It lies ahead.
    #[error("future")]
    Future,
    /// Nobody alive was born so long ago.
    #[error("too_long_ago")]
    TooLongAgo,
}

/// Which side of today a date may lie on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Not after today.
    Past,
    /// Either.
    Any,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date as it is typed, day before month: `14/7/1999`, `14 jul 1999`, `jul 14, 1999`, `14071999`, `1999-07-14`,
/// `19990714`, `jul 1999`, `7/1999`, `1999`, `~1999`; `today`, `yesterday` and `2d` for two days ago; an age: `27y` gives
/// an estimated year, `3m` and `5w` of a small child an estimated month.
///
/// # Errors
/// [`DateTrouble`].
pub fn read_date(typed: &str, today: Date, span: Span) -> Result<PartialDate, DateTrouble> {
    let text = typed.nfkc().collect::<String>().trim().to_lowercase();
    let date = read_any(&text, today, span).and_then(within)?;
    if span == Span::Past && date.earliest() > today {
        return Err(DateTrouble::Future);
    }
    Ok(date)
}

fn read_any(text: &str, today: Date, span: Span) -> Result<PartialDate, DateTrouble> {
    if let Some(ago) = ago(text, today).filter(|_| span == Span::Past) {
        return ago;
    }
    if let Some(year) = text.strip_prefix('~').map(str::trim).filter(|year| is_year(year)) {
        return made(&[year], true);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (first, last) = text.split_at(4);
        let (start, end) = (first.split_at(2), last.split_at(2));
        // The standard's form without hyphens, ISO 8601, where it cannot be the other.
        let written = from_parts(&[start.0, start.1, last]).and_then(within);
        return written.or_else(|_| from_parts(&[first, end.0, end.1]));
    }
    if !text.chars().all(|sign| sign.is_alphanumeric() || sign.is_whitespace() || "/.,-".contains(sign)) {
        return Err(DateTrouble::Unreadable);
    }
    from_parts(&runs(text))
}

fn within(date: PartialDate) -> Result<PartialDate, DateTrouble> {
    if date.year < FIRST_YEAR { Err(DateTrouble::TooLongAgo) } else { Ok(date) }
}

/// Runs of digits and of letters.
fn runs(text: &str) -> Vec<&str> {
    let kind = |sign: char| (sign.is_alphabetic(), sign.is_ascii_digit());
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|sign| kind(sign) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if first.is_alphanumeric() {
            runs.push(run);
        }
        rest = after;
    }
    runs
}

/// What is said by how long ago it was.
fn ago(text: &str, today: Date) -> Option<Result<PartialDate, DateTrouble>> {
    let earlier = |stretch: Stretch| today.checked_sub(stretch).map_err(|_| DateTrouble::TooLongAgo);
    match text {
        "today" => return Some(Ok(PartialDate::day(today))),
        "yesterday" => return Some(earlier(1.day()).map(PartialDate::day)),
        _ => {}
    }
    let text = text.strip_prefix('~').map_or(text, str::trim_start);
    let (digits, unit) = text.split_at(text.find(|sign: char| !sign.is_ascii_digit())?);
    let count: i64 = digits.parse().ok()?;
    let unit = unit.trim_start();
    let month = |date: Date| PartialDate { day: None, estimated: true, ..PartialDate::day(date) };
    let year = |date: Date| PartialDate { month: None, ..month(date) };
    let most = if unit == "y" { 3 } else { 2 };
    if digits.len() > most {
        return None;
    }
    Some(match unit {
        "y" => earlier(count.years()).map(year),
        "m" | "mo" | "month" | "months" => earlier(count.months()).map(month),
        "w" | "week" | "weeks" => earlier(count.weeks()).map(month),
        "d" | "day" | "days" => earlier(count.days()).map(PartialDate::day),
        _ => return None,
    })
}

fn from_parts(parts: &[&str]) -> Result<PartialDate, DateTrouble> {
    let mut ordered = parts.to_vec();
    if !(1..=3).contains(&ordered.len()) {
        return Err(DateTrouble::Unreadable);
    }
    // A year that stands first is the written form of the standard, ISO 8601.
    if ordered.len() > 1 && ordered.first().is_some_and(|first| is_year(first)) {
        ordered.reverse();
    }
    // A month that is named is the month wherever it stands.
    if ordered.len() == 3 && ordered.first().is_some_and(|first| !is_digits(first)) {
        ordered.swap(0, 1);
    }
    let (Some(year), length) = (ordered.pop(), ordered.len()) else { return Err(DateTrouble::Unreadable) };
    if !is_digits(year) {
        return Err(DateTrouble::Unreadable);
    }
    if year.len() != 4 {
        return Err(if length > 0 { DateTrouble::ShortYear } else { DateTrouble::Unreadable });
    }
    let Some(month) = ordered.pop() else { return made(&[year], false) };
    let month = month_number(month).ok_or(DateTrouble::Unreadable)?;
    let day = match ordered.pop() {
        Some(day) if is_digits(day) && day.len() <= 2 => Some(day.parse().unwrap_or(0_u8)),
        Some(_) if (1..=12).contains(&month) => return Err(DateTrouble::Unreadable),
        day => day.map(|_| 0),
    };
    if !(1..=12).contains(&month) {
        let turned = day.is_some_and(|first| (1..=12).contains(&first)) && month <= 31;
        return Err(if turned { DateTrouble::DayFirst } else { DateTrouble::NoSuchDay });
    }
    let month = format!("{month:02}");
    match day {
        Some(day) => made(&[year, &month, &format!("{day:02}")], false),
        None => made(&[year, &month], false),
    }
}

fn made(parts: &[&str], estimated: bool) -> Result<PartialDate, DateTrouble> {
    let text = format!("{}{}", if estimated { "~" } else { "" }, parts.join("-"));
    text.parse().map_err(|_| DateTrouble::NoSuchDay)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_digits(text)
}

/// A month by its number, or by its name from three letters on.
fn month_number(text: &str) -> Option<u8> {
    if is_digits(text) && text.len() <= 2 {
        return text.parse().ok();
    }
    let at = MONTHS.iter().position(|name| text.get(..3) == Some(name))?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_people_type_is_read_as_the_page_reads_it() {
        let vectors: Value = serde_json::from_str(include_str!("../../../../tests/typed.json")).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let today = text(&vectors["today"]).parse().unwrap();
        let read = |case: &Value, span| {
            let read = read_date(case["typed"].as_str().unwrap(), today, span);
            read.map(|date| date.to_string()).map_err(|trouble| trouble.to_string())
        };
        for (cases, span) in
            [("dates", Span::Past), ("not_dates", Span::Past), ("days_of_any_time", Span::Any)]
        {
            for case in vectors[cases].as_array().unwrap() {
                let right = match case.get("date") {
                    Some(date) => Ok(text(date)),
                    None => Err(text(&case["trouble"])),
                };
                assert_eq!(read(case, span), right, "{case}");
            }
        }
    }
}
