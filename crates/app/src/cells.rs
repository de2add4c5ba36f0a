//! Tables for a spreadsheet, as text.

/// What a file begins with, so that every program reads its letters rightly.
pub(crate) const BEGIN: &str = "\u{feff}";

/// A line of a table. A cell that would be taken for a formula or a day, as an acuity of 6/9, is marked as text; a number is neither.
pub(crate) fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    format!("\"{}{}\"", if formula || is_day(text) { "'" } else { "" }, text.replace('"', "\"\""))
}

/// Whether a spreadsheet would make a day of `text`: two numbers or three with strokes between them, of which one can be a month.
fn is_day(text: &str) -> bool {
    let numbers: Option<Vec<u16>> = text.split('/').map(|part| part.parse().ok()).collect();
    numbers
        .is_some_and(|numbers| (2..=3).contains(&numbers.len()) && numbers.iter().any(|number| *number <= 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_no_formula_or_day_and_a_number_stays_one() {
        assert_eq!(cell("Reyes, \"Ana\""), "\"Reyes, \"\"Ana\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(cell("-2.25 -0.75"), "\"'-2.25 -0.75\"");
        assert_eq!([cell("a-b"), cell("-2.25")], ["\"a-b\"", "\"-2.25\""]);
        assert_eq!([cell("6/9"), cell("6/60"), cell("6/9-2")], ["\"'6/9\"", "\"'6/60\"", "\"6/9-2\""]);
        assert_eq!(
            [cell("120/80"), cell("20/40"), cell("and/or")],
            ["\"120/80\"", "\"20/40\"", "\"and/or\""]
        );
        assert_eq!(line(["a", "b"]), "\"a\",\"b\"\r\n");
    }
}
