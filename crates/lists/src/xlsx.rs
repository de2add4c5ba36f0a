//! Office Open XML workbooks (ECMA-376), cell by cell: a sheet is never laid out as wide as it says it is.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use crate::Unreadable;
use crate::rows::Rows;
use crate::xls::{date, number, shown_sheets};

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<String, Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    for name in shown_sheets(book.sheets_metadata()) {
        let mut cells = book.worksheet_cells_reader(&name).map_err(refused)?;
        let mut row: (u32, Vec<String>) = (0, Vec::new());
        while let Some(cell) = cells.next_cell().map_err(refused)? {
            let (line, column) = cell.get_position();
            let text = text(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if line != row.0 {
                rows.push(row.0 + 1, row.1.iter().map(String::as_str))?;
                row = (line, Vec::new());
            }
            let column = column as usize;
            if row.1.len() <= column {
                row.1.resize(column + 1, String::new());
            }
            if let Some(place) = row.1.get_mut(column) {
                *place = text;
            }
        }
        rows.push(row.0 + 1, row.1.iter().map(String::as_str))?;
        if !rows.is_empty() {
            return Ok(name);
        }
    }
    Err(Unreadable::Empty)
}

fn text(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(whole) => whole.to_string(),
        DataRef::Float(float) => number(*float),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is_so) => is_so.to_string(),
        DataRef::DateTime(when) => date(when),
        DataRef::Error(error) => error.to_string(),
    }
}

fn refused(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Locked,
        _ => Unreadable::Damaged,
    }
}
