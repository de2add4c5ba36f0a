//! Strengths and doses as they are written down: never with a bare point or a trailing zero, which are read tenfold
//! (ISMP, List of Error-Prone Abbreviations, 2024).

/// Units as they are written, and as people type them.
const UNITS: [(&str, &[&str]); 4] = [
    ("g", &["g", "gm", "gms", "gram", "grams"]),
    ("mg", &["mg", "mgs"]),
    ("microgram", &["mcg", "ug", "µg", "μg", "microgram", "micrograms"]),
    ("mL", &["ml", "mls", "cc"]),
];

/// `text` with each of its amounts written safely: `.5g` is `500 mg`, `1.0 capsule` is `1 capsule`, `5,0 ml` is `5 mL`.
/// What is no amount stays as it stands.
#[must_use]
pub fn safely_written(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = begins(rest) {
        let (before, from) = rest.split_at(at);
        let (written, after) = amount(from);
        out.push_str(before);
        out.push_str(&written);
        rest = after;
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the next number begins, with its point, that is no part of a word or of another number.
fn begins(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        let next = text.get(at + sign.len_utf8()..).and_then(|rest| rest.chars().next());
        let opens = is_point(sign) && next.is_some_and(|next| next.is_ascii_digit());
        if (sign.is_ascii_digit() || opens) && !before.is_alphanumeric() && !is_point(before) {
            return Some(at);
        }
        before = sign;
    }
    None
}

fn is_point(sign: char) -> bool {
    matches!(sign, '.' | ',')
}

/// The amount at the beginning with its unit, and what stands behind it.
fn amount(text: &str) -> (String, &str) {
    let end = text.find(|sign: char| !sign.is_ascii_digit() && !is_point(sign)).unwrap_or(text.len());
    let (number, after) = text.split_at(end);
    let digits = number.trim_end_matches(is_point);
    let (whole, part) = digits.split_once(is_point).unwrap_or((digits, ""));
    let is_thousands = digits.contains(',') && part.len() == 3 && !whole.trim_start_matches('0').is_empty();
    // With several points it is a date or a version.
    if part.contains(is_point) || is_thousands || digits.len() > 12 {
        return (number.to_owned(), after);
    }
    let word = after.trim_start();
    let (word, rest) = word.split_at(word.find(|sign: char| !sign.is_alphabetic()).unwrap_or(word.len()));
    let unit = UNITS.iter().find(|(_, typed)| typed.contains(&word.to_lowercase().as_str()));
    match unit.map(|(unit, _)| *unit) {
        Some(unit) => {
            let (value, unit) = in_whole(whole, part, unit);
            (format!("{value} {unit}"), rest)
        }
        // Only a number ends with a point here, and no sentence.
        None if word.is_empty() => {
            (format!("{}{}", plain(whole, part), number.get(digits.len()..).unwrap_or_default()), after)
        }
        None => (plain(whole, part), after),
    }
}

/// Less than one of a unit of weight, in the next smaller one.
fn in_whole<'a>(whole: &str, part: &str, unit: &'a str) -> (String, &'a str) {
    let smaller = match unit {
        "g" => "mg",
        "mg" => "microgram",
        _ => return (plain(whole, part), unit),
    };
    if plain(whole, "") != "0" || plain("", part) == "0" {
        return (plain(whole, part), unit);
    }
    let padded = format!("{part:0<3}");
    let (thousandths, rest) = padded.split_at(3);
    (plain(thousandths, rest), smaller)
}

/// A number with a digit before its point and none behind it that says nothing.
fn plain(whole: &str, part: &str) -> String {
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::safely_written;

    #[test]
    fn an_amount_has_a_zero_before_its_point_none_behind_it_and_a_unit_in_which_it_is_whole() {
        for (typed, written) in [
            (".5g", "500 mg"),
            ("0.5 g", "500 mg"),
            ("1.0 capsule", "1 capsule"),
            ("1.50 g", "1.5 g"),
            ("500mg", "500 mg"),
            ("5,0 ml", "5 mL"),
            (".25 mg", "250 microgram"),
            ("0.0625mg", "62.5 microgram"),
            ("50 mcg", "50 microgram"),
            (".5 tablet", "0.5 tablet"),
            ("250 mg/5 ml", "250 mg/5 mL"),
            ("1,000 units", "1,000 units"),
            ("2.0", "2"),
            ("1 tab. at night", "1 tab. at night"),
            ("twice daily", "twice daily"),
            ("B12 1.0 mg", "B12 1 mg"),
            ("2026.11.22", "2026.11.22"),
            ("0", "0"),
            ("", ""),
        ] {
            assert_eq!(safely_written(typed), written, "{typed}");
            assert_eq!(safely_written(written), written, "it stays so");
        }
    }
}
