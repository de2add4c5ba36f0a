//! Workbooks of Excel 97 to 2003 ([MS-XLS]), and how the values of a workbook are written.

use std::io::{Cursor, Read};

use calamine::{Data, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError};
use cfb::CompoundFile;

use crate::rows::Rows;
use crate::{MOST_CELLS, Unreadable};

/// How every compound file begins ([MS-CFB] 2.2).
pub(crate) const BEGINS: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Records that hold a cell: its row stands first, its column next ([MS-XLS] 2.4).
const CELLS: [u16; 8] = [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];
/// Where a sheet's records begin ([MS-XLS] 2.4.28).
const BOUND_SHEET: u16 = 0x0085;
/// The first and the last row and column in use ([MS-XLS] 2.4.90).
const DIMENSIONS: u16 = 0x0200;
/// The rows and columns that there can be.
const MOST_ROWS: u32 = 65_536;
const MOST_COLUMNS: u32 = 256;

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<String, Unreadable> {
    guard(&stream(bytes)?)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(refused)?;
    for name in shown_sheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(refused)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (line, row) in (first_row + 1..).zip(range.rows()) {
            let before = std::iter::repeat_n(String::new(), first_column as usize);
            let cells: Vec<String> = before.chain(row.iter().map(text)).collect();
            rows.push(line, cells.iter().map(String::as_str))?;
        }
        if !rows.is_empty() {
            return Ok(name);
        }
    }
    Err(Unreadable::Empty)
}

/// The sheets with cells that somebody is meant to see.
pub(crate) fn shown_sheets(sheets: &[Sheet]) -> Vec<String> {
    let shown = sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && matches!(sheet.typ, SheetType::WorkSheet));
    shown.map(|sheet| sheet.name.clone()).collect()
}

fn text(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(whole) => whole.to_string(),
        Data::Float(float) => number(*float),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(is_so) => is_so.to_string(),
        Data::DateTime(when) => date(when),
        Data::Error(error) => error.to_string(),
    }
}

/// A number as its digits, never as a power of ten.
pub(crate) fn number(float: f64) -> String {
    format!("{float}")
}

/// The day of a date, as ISO 8601 has it.
pub(crate) fn date(when: &ExcelDateTime) -> String {
    let (year, month, day, ..) = when.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

fn refused(error: XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Locked,
        _ => Unreadable::Damaged,
    }
}

/// The records of the workbook.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(Unreadable::Locked);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let mut records = Vec::new();
    let mut stream = file.open_stream(name.ok_or(Unreadable::NoList)?).map_err(|_| Unreadable::Damaged)?;
    stream.read_to_end(&mut records).map_err(|_| Unreadable::Damaged)?;
    Ok(records)
}

/// Refuses sheets that would be laid out larger than what is read: the library trusts the positions that it meets.
fn guard(stream: &[u8]) -> Result<(), Unreadable> {
    let sheets = records(stream).filter(|(kind, _)| *kind == BOUND_SHEET);
    let starts = sheets.filter_map(|(_, data)| whole(data, 0));
    for start in starts.collect::<Vec<_>>() {
        let sheet = stream.get(start as usize..).ok_or(Unreadable::Damaged)?;
        let mut corners: Option<[u32; 4]> = None;
        for (kind, data) in records(sheet) {
            match kind {
                DIMENSIONS => {
                    let (rows, columns) = (whole(data, 4), half(data, 10));
                    let within = data.len() < 14
                        || (rows.is_some_and(|rows| rows <= MOST_ROWS)
                            && columns.is_some_and(|columns| columns <= MOST_COLUMNS));
                    if !within {
                        return Err(Unreadable::TooManyCells);
                    }
                }
                kind if CELLS.contains(&kind) => {
                    let (Some(row), Some(column)) = (half(data, 0), half(data, 2)) else { continue };
                    let [top, bottom, left, right] = corners.unwrap_or([row, row, column, column]);
                    corners = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
                }
                _ => {}
            }
        }
        let [top, bottom, left, right] = corners.unwrap_or_default();
        let cells = (bottom - top + 1) as usize * (right - left + 1) as usize;
        if cells > MOST_CELLS {
            return Err(Unreadable::TooManyCells);
        }
    }
    Ok(())
}

/// The records in `stream`: what each is, and what it holds ([MS-XLS] 2.1.4).
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, data) = rest.split_first_chunk::<4>()?;
        let [kind, length] = [[head[0], head[1]], [head[2], head[3]]].map(u16::from_le_bytes);
        let (data, after) = data.split_at_checked(usize::from(length))?;
        rest = after;
        Some((kind, data))
    })
}

fn half(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at + 2)?.try_into().ok()?;
    Some(u32::from(u16::from_le_bytes(bytes)))
}

fn whole(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}
