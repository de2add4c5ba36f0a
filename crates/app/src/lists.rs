//! The registrar's list: opened, looked at before anything is written, and taken in slice by slice. What is in hand stays
//! at this workstation until the next list is opened, so that a look and a taking in go on after a break.

mod held;
mod look;
mod rows;
mod take;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto::sha256;
use domain::lists::{
    Column, DateOrder, ImportRun, RowOutcome, date_order, guess, header_row, shape, usual_length,
};
use domain::record::Record;
use domain::{RecordId, hex};
pub use lists::LARGEST;
use lists::{List, Unreadable};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::ListRow;
use ts_rs::TS;

pub use held::{HeldList, InHand, ListColumn, ListCount, ListStage};
pub use look::*;
pub use rows::*;
pub use take::*;

use crate::command::Nothing;
use crate::refusal::Refusal;
use crate::seat::Seat;
use held::Held;

/// A file to open.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenList {
    /// What it is called.
    pub name: String,
    /// Its bytes (RFC 4648 base64).
    pub bytes: String,
}

/// The list in hand.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfList {
    /// The list.
    pub list: RecordId,
}

/// The id under which a file is in hand: the same each time that it is opened.
#[must_use]
pub fn id_of(bytes: &[u8]) -> RecordId {
    RecordId::derived(&sha256(&[b"list/", bytes]))
}

/// Rows by which columns are guessed.
const GUESSED_BY: usize = 200;

/// Opens a list in place of the one before: its columns as they were read the last time, else as they look.
pub(crate) fn open_list(seat: &mut Seat, input: OpenList) -> Result<HeldList, Refusal> {
    let bytes = STANDARD.decode(&input.bytes).map_err(|_| Refusal::of_file("", Unreadable::NoList))?;
    drop(input.bytes);
    let (id, sha256) = (id_of(&bytes), hex::encode(&sha256(&[&bytes])));
    let read = ::lists::read(&bytes);
    drop(bytes);
    let List { format, sheet, rows } = read.map_err(|reason| Refusal::of_file("", reason))?;
    let (header, mut rows) = headed(rows);
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().max(header.len());
    let sample: Vec<Vec<String>> = rows.iter().take(GUESSED_BY).map(|row| row.cells.clone()).collect();
    let remembered = remembered(seat, &shape(&header), width)?;
    let is_remembered = remembered.is_some();
    let (columns, dates) = remembered.unwrap_or_else(|| {
        let columns = guess(&header, &sample, width, seat.moment.today);
        let born = columns.iter().position(|column| *column == Some(Column::BirthDate));
        let cells = rows.iter().filter_map(|row| born.and_then(|at| row.cells.get(at))).map(String::as_str);
        let dates = date_order(cells.filter(|cell| !cell.is_empty()), seat.moment.today);
        (columns, dates)
    });
    let end = rows.last().map_or(0, |row| row.line).saturating_add(1);
    let held = Held {
        id,
        sha256,
        name: crate::answer::shortened(input.name),
        format,
        sheet,
        header,
        rows: rows.len() as u64,
        end,
        length: None,
        columns,
        dates,
        zeros_lost: None,
        coverage: None,
        is_remembered,
        stage: ListStage::Opened,
        enrolled: 0,
        marks_left: false,
        run: None,
    };
    if let Some(before) = Held::any(seat)? {
        stopped(seat, &before)?;
    }
    seat.act.forget_list()?;
    for row in rows.drain(..) {
        seat.act.keep_list_row(&ListRow {
            line: row.line,
            cells: row.cells,
            fault: row.fault.map(|fault| word(&fault)),
            ..ListRow::default()
        })?;
    }
    held.keep(seat)?;
    held.shown(seat)
}

/// The list in hand at this workstation.
pub(crate) fn list_in_hand(seat: &mut Seat, _: Nothing) -> Result<InHand, Refusal> {
    let held = Held::any(seat)?;
    Ok(InHand { list: held.map(|held| held.shown(seat)).transpose()? })
}

/// The header and the rows below it. Above a header stand titles; where no row has words that are known, the first is one
/// if no figure stands in it.
fn headed(mut rows: Vec<::lists::Row>) -> (Vec<String>, Vec<::lists::Row>) {
    let known = header_row(rows.iter().map(|row| row.cells.as_slice()));
    let has_figure =
        |row: &::lists::Row| row.cells.iter().any(|cell| cell.contains(|sign: char| sign.is_ascii_digit()));
    let first = rows.first().is_some_and(|row| !has_figure(row)).then_some(0);
    match known.or(first) {
        Some(at) => {
            let below = rows.split_off(at + 1);
            (rows.pop().map(|row| row.cells).unwrap_or_default(), below)
        }
        None => (Vec::new(), rows),
    }
}

/// How a list is read: what each of its columns holds, and how its birth dates are written.
type Reading = (Vec<Option<Column>>, DateOrder);

/// How the columns below this header were read the last time, at whichever workstation.
fn remembered(seat: &Seat, header: &str, width: usize) -> Result<Option<Reading>, Refusal> {
    let runs = seat.act.records(ImportRun::KIND.name, None)?.into_iter();
    let runs = runs.map(|record| (record.version, record.state.record::<ImportRun>()));
    let alike = runs.filter(|(_, run)| !header.is_empty() && run.header.as_deref() == Some(header));
    let Some((_, run)) = alike.max_by_key(|(version, _)| *version) else { return Ok(None) };
    let column = |word: &String| Column::ALL.iter().copied().find(|column| column.word() == word);
    let mut columns: Vec<Option<Column>> = run.columns.iter().flatten().map(column).collect();
    columns.resize(width, None);
    Ok(Some((columns, run.dates.unwrap_or(DateOrder::DayFirst))))
}

/// How long the numbers in the list are, where most have one length.
fn length(seat: &Seat, columns: &[Option<Column>]) -> Result<Option<usize>, Refusal> {
    let Some(at) = columns.iter().position(|column| *column == Some(Column::Number)) else { return Ok(None) };
    let numbers = seat.act.list_column(at)?;
    Ok(usual_length(numbers.iter().map(String::as_str)))
}

/// The word by which a value is told.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The value of a word.
fn of_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// What rows of a list come to, by outcome.
type Counts = BTreeMap<RowOutcome, (u64, u64)>;
