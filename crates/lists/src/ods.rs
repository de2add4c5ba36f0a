//! OpenDocument spreadsheets (OASIS ODF 1.3), cell by cell: rows and cells that are said to repeat are never laid out
//! beyond the limit.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use crate::rows::Rows;
use crate::zipped::{open, refused};
use crate::{MOST_CELLS, Unreadable};

/// What says whether it is locked stands within so many bytes.
const LONGEST_MANIFEST: u64 = 1 << 20;
/// Rows beyond these are only formatted.
const MOST_ROWS: u32 = 1_048_576;

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<String, Unreadable> {
    let mut archive = open(bytes)?;
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        let mut manifest = Vec::new();
        part.take(LONGEST_MANIFEST).read_to_end(&mut manifest).map_err(|_| Unreadable::Damaged)?;
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(Unreadable::Locked);
        }
    }
    let part = archive.by_name("content.xml").map_err(refused)?;
    let mut sheets = Sheets { reader: Reader::from_reader(BufReader::new(part)), buffer: Vec::new() };
    let mut name = String::new();
    let mut line = 1_u32;
    loop {
        match sheets.next()? {
            Part::Sheet(next) if rows.is_empty() => (name, line) = (next, 1),
            Part::Row { cells, times } => {
                // Nothing stands in most rows that repeat; the sheet only goes on.
                if cells.iter().any(|cell| !cell.is_empty()) {
                    for line in (line..).take(times as usize) {
                        rows.push(line, cells.iter().map(String::as_str))?;
                    }
                }
                line = line.saturating_add(times).min(MOST_ROWS);
            }
            Part::Sheet(_) | Part::End if !rows.is_empty() => return Ok(name),
            Part::Sheet(_) => {}
            Part::End => return Err(Unreadable::Empty),
        }
    }
}

enum Part {
    Sheet(String),
    Row { cells: Vec<String>, times: u32 },
    End,
}

struct Sheets<R: Read> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
}

impl<R: Read> Sheets<R> {
    /// The next sheet or row.
    fn next(&mut self) -> Result<Part, Unreadable> {
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| Unreadable::Damaged)?;
            match event {
                Event::Start(start) if start.name().as_ref() == "table:table" => {
                    return Ok(Part::Sheet(attribute(&start, "table:name")?.unwrap_or_default()));
                }
                Event::Start(start) if start.name().as_ref() == "table:table-row" => {
                    let times = times(&start, "table:number-rows-repeated")?;
                    return Ok(Part::Row { cells: self.cells()?, times });
                }
                Event::Eof => return Ok(Part::End),
                _ => {}
            }
        }
    }

    /// The cells of the row that has begun.
    fn cells(&mut self) -> Result<Vec<String>, Unreadable> {
        let is_cell = |start: &BytesStart| {
            ["table:table-cell", "table:covered-table-cell"].contains(&start.name().as_ref())
        };
        let mut cells: Vec<String> = Vec::new();
        // Empty cells count once something stands behind them.
        let mut empty = 0_usize;
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| Unreadable::Damaged)?;
            let (text, times) = match event {
                Event::Empty(start) if is_cell(&start) => {
                    (value(&start)?.unwrap_or_default(), columns(&start)?)
                }
                Event::Start(start) if is_cell(&start) => {
                    let (told, times) = (value(&start)?, columns(&start)?);
                    let shown = self.paragraphs()?;
                    (told.unwrap_or(shown), times)
                }
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err(Unreadable::Damaged),
                _ => continue,
            };
            if text.is_empty() {
                empty = empty.saturating_add(times);
                continue;
            }
            if cells.len().saturating_add(empty).saturating_add(times) > MOST_CELLS {
                return Err(Unreadable::TooManyCells);
            }
            cells.extend(std::iter::repeat_n(String::new(), empty));
            cells.extend(std::iter::repeat_n(text, times));
            empty = 0;
        }
    }

    /// The text of the cell that has begun, without the remarks that hang on it.
    fn paragraphs(&mut self) -> Result<String, Unreadable> {
        let mut text = String::new();
        let (mut depth, mut aside) = (1_u32, 0_u32);
        while depth > 0 {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| Unreadable::Damaged)?;
            match event {
                Event::Start(start) => {
                    depth += 1;
                    if aside > 0 || start.name().as_ref() == "office:annotation" {
                        aside += 1;
                    } else if start.name().as_ref() == "text:p" && !text.is_empty() {
                        text.push(' ');
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    aside = aside.saturating_sub(1);
                }
                // A space, a tab or the end of a line.
                Event::Empty(_) if aside == 0 => text.push(' '),
                Event::Text(said) if aside == 0 => text.push_str(&said.xml10_content()),
                Event::CData(said) if aside == 0 => text.push_str(&said.xml10_content()),
                Event::GeneralRef(named) if aside == 0 => match resolve_xml_entity(named.as_ref()) {
                    Some(sign) => text.push_str(sign),
                    None => {
                        let sign = named.resolve_char_ref().map_err(|_| Unreadable::Damaged)?;
                        text.push(sign.unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                },
                Event::Eof => return Err(Unreadable::Damaged),
                _ => {}
            }
        }
        Ok(text)
    }
}

/// The value of a cell where it says one apart from what it shows: a number's digits, a date's day.
fn value(start: &BytesStart) -> Result<Option<String>, Unreadable> {
    let kind = attribute(start, "office:value-type")?;
    match kind.as_deref() {
        Some("float" | "percentage" | "currency") => {
            let told = attribute(start, "office:value")?;
            Ok(told.map(|told| told.parse::<f64>().map_or(told, crate::xls::number)))
        }
        Some("date") => {
            let told = attribute(start, "office:date-value")?;
            Ok(told.map(|told| told.split('T').next().unwrap_or_default().to_owned()))
        }
        Some("string") => attribute(start, "office:string-value"),
        _ => Ok(None),
    }
}

fn columns(start: &BytesStart) -> Result<usize, Unreadable> {
    Ok(times(start, "table:number-columns-repeated")? as usize)
}

fn times(start: &BytesStart, name: &str) -> Result<u32, Unreadable> {
    let told = attribute(start, name)?;
    told.map_or(Ok(1), |told| told.parse().map_err(|_| Unreadable::Damaged))
}

fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, Unreadable> {
    let found = start.try_get_attribute(name).map_err(|_| Unreadable::Damaged)?;
    let text = |value: &str| quick_xml::escape::unescape(value).map(|text| text.into_owned());
    found.map(|found| text(&found.value)).transpose().map_err(|_| Unreadable::Damaged)
}
