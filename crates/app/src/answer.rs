//! The size of an answer: below 32 kB, so that the window never waits for one.

use serde::Serialize;

/// Bytes of JSON that the rows of an answer have; the rest is for what stands around them.
pub(crate) const ANSWER_BYTES: usize = 28_000;

/// The JSON bytes of `row`.
pub(crate) fn length(row: &impl Serialize) -> usize {
    serde_json::to_string(row).map_or(0, |json| json.len())
}

/// As many of `rows` as an answer holds, the first of them always, and whether some were left out.
pub(crate) fn fitting<T: Serialize>(mut rows: Vec<T>) -> (Vec<T>, bool) {
    let mut bytes = 0;
    let mut fits = |row: &T| {
        bytes += length(row) + 1;
        bytes <= ANSWER_BYTES
    };
    let count = rows.iter().take_while(|row| fits(row)).count().max(1);
    let more = rows.len() > count;
    rows.truncate(count);
    (rows, more)
}

/// The beginning of a text that has more than `characters`, and whether it was cut.
pub(crate) fn beginning(mut text: String, characters: usize) -> (String, bool) {
    match text.char_indices().nth(characters) {
        Some((end, _)) => {
            text.truncate(end);
            text.push('…');
            (text, true)
        }
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_its_first_row_however_long_and_then_what_fits() {
        let row = |bytes: usize| "x".repeat(bytes);
        assert_eq!(fitting(Vec::<String>::new()), (Vec::new(), false));
        assert_eq!(fitting(vec![row(40_000)]), (vec![row(40_000)], false));
        assert_eq!(fitting(vec![row(40_000), row(1)]), (vec![row(40_000)], true));
        let (rows, more) = fitting(vec![row(10_000); 3]);
        assert_eq!((rows.len(), more), (2, true));
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(beginning("Peña".to_owned(), 3), ("Peñ…".to_owned(), true));
        assert_eq!(beginning("Peña".to_owned(), 4), ("Peña".to_owned(), false));
    }
}
