//! A table with a header: a column of codes, one of names, and maybe one of other words, parted by semicolons.

use csv::{ReaderBuilder, StringRecord};

use super::{Fault, Format, Left, Pack, Taken, Unreadable};

/// What the column of codes may be called, that of names, and that of other words.
const CODE: [&str; 4] = ["code", "icd", "icd10", "icd-10"];
const NAME: [&str; 6] = ["name", "title", "description", "display", "term", "diagnosis"];
const ALSO: [&str; 4] = ["also", "synonyms", "synonym", "other names"];

/// Which column holds what.
struct Columns {
    code: usize,
    name: usize,
    also: Option<usize>,
    /// What parts other words.
    parts: char,
}

impl Columns {
    fn of<'a>(header: impl Iterator<Item = &'a str>, parts: char) -> Result<Self, Unreadable> {
        let header: Vec<String> = header.map(|head| head.trim().to_lowercase()).collect();
        let column = |names: &[&str]| header.iter().position(|head| names.contains(&head.as_str()));
        let (Some(code), Some(name)) = (column(&CODE), column(&NAME)) else {
            return Err(Unreadable::NoColumns);
        };
        Ok(Self { code, name, also: column(&ALSO), parts })
    }

    /// Takes the row of `line`, whose cells are these.
    fn take<'a>(
        &self,
        taken: &mut Taken,
        line: u64,
        cell: impl Fn(usize) -> Option<&'a str>,
    ) -> Result<(), Unreadable> {
        let (Some(code), Some(name)) = (cell(self.code), cell(self.name)) else {
            taken.left.push(Left { line, fault: Fault::Short });
            return Ok(());
        };
        let others = self.also.and_then(cell).unwrap_or_default();
        let others = others.split(self.parts).map(ToOwned::to_owned).collect();
        taken.take(line, code, name, others)
    }
}

/// Reads the rows of a workbook, each with its line, the header first.
pub(super) fn rows(rows: impl IntoIterator<Item = (u64, Vec<String>)>) -> Result<Pack, Unreadable> {
    let mut rows = rows.into_iter();
    let (_, header) = rows.next().ok_or(Unreadable::NoNames)?;
    let columns = Columns::of(header.iter().map(String::as_str), ';')?;
    let mut taken = Taken::default();
    for (line, cells) in rows {
        columns.take(&mut taken, line, |at| cells.get(at).map(String::as_str))?;
    }
    Ok(taken.pack(Format::Table, None, None))
}

/// Reads one.
pub(super) fn read(text: &str) -> Result<Pack, Unreadable> {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let times = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| times(*sign)).unwrap_or(b',');
    // In a table that semicolons part, other words are parted by a bar.
    let parts = if delimiter == b';' { '|' } else { ';' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let columns = Columns::of(reader.headers().map_err(|_| Unreadable::NotCodes)?.iter(), parts)?;
    let mut taken = Taken::default();
    let mut row = StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(Unreadable::NotCodes),
        }
        let line = row.position().map_or(line, csv::Position::line);
        columns.take(&mut taken, line, |at| row.get(at))?;
    }
    Ok(taken.pack(Format::Table, None, None))
}
