//! Tables for a spreadsheet, as text.

/// What a file begins with, so that every program reads its letters rightly.
pub(crate) const BEGIN: &str = "\u{feff}";

/// A line of a table. A cell that would be taken for a formula is marked as text; a number is none.
pub(crate) fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_no_formula_and_a_number_stays_one() {
        assert_eq!(cell("Reyes, \"Ana\""), "\"Reyes, \"\"Ana\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(cell("-2.25 -0.75"), "\"'-2.25 -0.75\"");
        assert_eq!([cell("a-b"), cell("-2.25")], ["\"a-b\"", "\"-2.25\""]);
        assert_eq!(line(["a", "b"]), "\"a\",\"b\"\r\n");
    }
}
