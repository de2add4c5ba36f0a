//! The size of an answer: below 32 kB, so that the window never waits for one.

use domain::Value;
use domain::fold::State;
use serde::Serialize;

/// Bytes of JSON that the rows of an answer have; the rest is for what stands around them.
pub(crate) const ANSWER_BYTES: usize = 28_000;
/// A row that is longer shows its texts in part.
pub(crate) const ROW_BYTES: usize = 8_000;
/// How many characters of a text are shown of a row that is too long.
const PART_CHARACTERS: usize = 200;

/// The JSON bytes of `row`.
pub(crate) fn length(row: &impl Serialize) -> usize {
    serde_json::to_string(row).map_or(0, |json| json.len())
}

/// As many of `rows` as an answer holds, the first of them always, and whether some were left out.
pub(crate) fn fitting<T: Serialize>(rows: Vec<T>) -> (Vec<T>, bool) {
    let (rows, more) = within(rows, ANSWER_BYTES);
    (rows, more > 0)
}

/// As many of `rows` as `room` bytes hold, the first of them always, and how many were left out.
pub(crate) fn within<T: Serialize>(mut rows: Vec<T>, room: usize) -> (Vec<T>, u32) {
    let mut bytes = 0;
    let mut fits = |row: &T| {
        bytes += length(row) + 1;
        bytes <= room
    };
    let count = rows.iter().take_while(|row| fits(row)).count().max(1);
    let more = rows.len().saturating_sub(count);
    rows.truncate(count);
    (rows, u32::try_from(more).unwrap_or(u32::MAX))
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

/// The beginning of a text that is longer than a line.
pub(crate) fn shortened(text: String) -> String {
    beginning(text, PART_CHARACTERS).0
}

/// Leaves the beginning of each long text of a record, wherever it stands in it.
pub(crate) fn shorten(state: &mut State) {
    for settled in state.fields.values_mut().chain(state.unknown.values_mut()) {
        shorten_value(&mut settled.value);
    }
}

fn shorten_value(value: &mut Value) {
    match value {
        Value::Text(text) => *text = shortened(std::mem::take(text)),
        Value::List(items) => items.iter_mut().for_each(shorten_value),
        Value::Map(members) => members.values_mut().for_each(shorten_value),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Bytes(_) => {}
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
        assert_eq!(within(vec![row(10); 5], 30), (vec![row(10); 2], 3));
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(beginning("Peña".to_owned(), 3), ("Peñ…".to_owned(), true));
        assert_eq!(beginning("Peña".to_owned(), 4), ("Peña".to_owned(), false));
    }
}
