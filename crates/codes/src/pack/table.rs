//! A table with a header: a column of codes, one of names, and maybe one of other words, parted by semicolons.

use csv::{ReaderBuilder, StringRecord};

use super::{Fault, Format, Left, Pack, Taken, Unreadable};

/// What the column of codes may be called, that of names, and that of other words.
const CODE: [&str; 4] = ["code", "icd", "icd10", "icd-10"];
const NAME: [&str; 6] = ["name", "title", "description", "display", "term", "diagnosis"];
const ALSO: [&str; 4] = ["also", "synonyms", "synonym", "other names"];

/// Reads one.
pub(super) fn read(text: &str) -> Result<Pack, Unreadable> {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let times = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| times(*sign)).unwrap_or(b',');
    // In a table that semicolons part, other words are parted by a bar.
    let parts = if delimiter == b';' { '|' } else { ';' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| Unreadable::NotCodes)?.clone();
    let column =
        |names: &[&str]| header.iter().position(|head| names.contains(&head.trim().to_lowercase().as_str()));
    let (Some(code), Some(name)) = (column(&CODE), column(&NAME)) else {
        return Err(Unreadable::NoColumns);
    };
    let also = column(&ALSO);
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
        if row.len() <= code.max(name) {
            taken.left.push(Left { line, fault: Fault::Short });
            continue;
        }
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let others = also.map(cell).unwrap_or_default().split(parts).map(ToOwned::to_owned).collect();
        taken.take(line, cell(code), cell(name), others)?;
    }
    Ok(taken.pack(Format::Table, None, None))
}
