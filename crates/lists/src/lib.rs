#![doc = include_str!("../README.md")]

mod ods;
mod rows;
mod text;
mod xls;
mod xlsx;
mod zipped;

use std::panic::catch_unwind;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use rows::{Row, RowFault};

use rows::Rows;

/// A larger file is no list of one school, in bytes.
pub const LARGEST: usize = 50 << 20;
/// More than this no workbook unpacks to, in bytes.
pub const LARGEST_UNPACKED: u64 = 200 << 20;
/// More cells than this are not read.
pub const MOST_CELLS: usize = 1_000_000;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text with separators, in UTF-8.
    Utf8,
    /// The same in UTF-16.
    Utf16,
    /// The same in Windows-1252, as older programs write it.
    Windows1252,
    /// An Office Open XML workbook.
    Xlsx,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
}

/// What stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// What the file is.
    pub format: Format,
    /// The name of the sheet, in a workbook.
    pub sheet: Option<String>,
    /// The rows in which something stands.
    pub rows: Vec<Row>,
}

/// Why a file cannot be read as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// It is larger than [`LARGEST`].
    #[error("larger than 50 MB")]
    TooLarge,
    /// It unpacks to more than [`LARGEST_UNPACKED`].
    #[error("more than 200 MB unpacked")]
    Unpacked,
    /// It has more than [`MOST_CELLS`].
    #[error("more than a million cells")]
    TooManyCells,
    /// It is locked with a password.
    #[error("locked with a password")]
    Locked,
    /// It is neither text nor a workbook.
    #[error("no list")]
    NoList,
    /// It is a workbook that is not whole.
    #[error("damaged")]
    Damaged,
    /// Nothing stands in it.
    #[error("empty")]
    Empty,
}

/// Reads a list.
///
/// # Errors
/// [`Unreadable`].
pub fn read(bytes: &[u8]) -> Result<List, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    // The libraries meet files that nobody foresaw: what fails in them has damaged nothing here.
    catch_unwind(|| read_any(bytes)).unwrap_or(Err(Unreadable::Damaged))
}

fn read_any(bytes: &[u8]) -> Result<List, Unreadable> {
    let mut rows = Rows::default();
    let (format, sheet) = if bytes.starts_with(b"PK\x03\x04") {
        match zipped::what(bytes)? {
            Format::Ods => (Format::Ods, Some(ods::read(bytes, &mut rows)?)),
            format => (format, Some(xlsx::read(bytes, &mut rows)?)),
        }
    } else if bytes.starts_with(&xls::BEGINS) {
        (Format::Xls, Some(xls::read(bytes, &mut rows)?))
    } else {
        (text::read(bytes, &mut rows)?, None)
    };
    let rows = rows.done();
    if rows.is_empty() { Err(Unreadable::Empty) } else { Ok(List { format, sheet, rows }) }
}
