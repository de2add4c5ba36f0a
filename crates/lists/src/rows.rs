//! Rows as they are gathered, within the limit of cells.

use serde::{Deserialize, Serialize};

use crate::{MOST_CELLS, Unreadable};

/// A longer text is no name, no course and no address, in characters.
const LONGEST_CELL: usize = 1_000;

/// What is wrong with a row whatever its columns mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowFault {
    /// A cell is longer than anything that is meant: a quotation mark may not be closed.
    TooLong,
    /// A cell holds letters that cannot be read.
    Letters,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u32,
    /// Its cells, without what is empty at the end.
    pub cells: Vec<String>,
    /// What is wrong with it.
    pub fault: Option<RowFault>,
}

/// The rows so far.
#[derive(Default)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    cells: usize,
}

impl Rows {
    /// Takes a row in; one without text is passed over.
    pub(crate) fn push<'a>(
        &mut self,
        line: u32,
        cells: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Unreadable> {
        let mut row = Row { line, cells: Vec::new(), fault: None };
        for cell in cells {
            let (text, fault) = clean(cell);
            row.fault = row.fault.or(fault);
            row.cells.push(text);
            if self.cells + row.cells.len() > MOST_CELLS {
                return Err(Unreadable::TooManyCells);
            }
        }
        while row.cells.pop_if(|cell| cell.is_empty()).is_some() {}
        if !row.cells.is_empty() {
            self.cells += row.cells.len();
            self.rows.push(row);
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn done(self) -> Vec<Row> {
        self.rows
    }
}

/// A cell without the space around and between its words that nobody means, and what is wrong with it.
fn clean(cell: &str) -> (String, Option<RowFault>) {
    if cell.chars().nth(LONGEST_CELL).is_some() {
        return (cell.chars().take(LONGEST_CELL).collect(), Some(RowFault::TooLong));
    }
    let words: Vec<&str> = cell.split_whitespace().collect();
    let text = words.join(" ");
    let unread = |sign: char| sign.is_control() || sign == char::REPLACEMENT_CHARACTER;
    let fault = text.contains(unread).then_some(RowFault::Letters);
    (text, fault)
}
