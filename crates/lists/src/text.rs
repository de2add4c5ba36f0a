//! Text with separators, in whichever letters it was saved.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::rows::Rows;
use crate::{Format, Unreadable};

/// What may stand between cells; of two that stand there as often, the first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The lines by which the separator is known.
const FIRST_LINES: usize = 20;
/// The bytes by which UTF-16 without a mark is known.
const FIRST_BYTES: usize = 512;

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<Format, Unreadable> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guessed(bytes), 0));
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    // A picture or a program has bytes of nothing; no saved text has.
    if text.contains('\0') {
        return Err(Unreadable::NoList);
    }
    let (text, separator, before) = match named_separator(&text) {
        Some((separator, rest)) => (rest, separator, 1),
        None => (&*text, separator_of(&text), 0),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 + before };
    while reader.read_record(&mut record).map_err(|_| Unreadable::Damaged)? {
        let begins = record.position().map_or(0, csv::Position::byte);
        rows.push(lines.at(usize::try_from(begins).unwrap_or(usize::MAX)), &record)?;
    }
    Ok(match encoding {
        encoding if encoding == UTF_8 => Format::Utf8,
        encoding if encoding == WINDOWS_1252 => Format::Windows1252,
        _ => Format::Utf16,
    })
}

/// The lines of a text as they are passed: the library counts those that it passes over with the row behind them.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the row that begins at `begins` or behind the ends of lines there.
    fn at(&mut self, begins: usize) -> u32 {
        let is_end = |byte: &u8| [b'\r', b'\n'].contains(byte);
        while self.text.get(self.at).is_some_and(|byte| self.at < begins || is_end(byte)) {
            let next = self.text.get(self.at + 1);
            // `\r\n` ends one line.
            let ends = match self.text.get(self.at) {
                Some(b'\n') => true,
                Some(b'\r') => next != Some(&b'\n'),
                _ => false,
            };
            self.line += u32::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// The encoding of bytes that do not say it.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.get(..FIRST_BYTES).unwrap_or(bytes);
    let empty = |from: usize| first.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (empty(0), empty(1));
    // In Latin letters every second byte of UTF-16 is empty.
    if even.max(odd) * 4 > first.len() && even.min(odd) * 4 < even.max(odd) {
        return if odd > even { UTF_16LE } else { UTF_16BE };
    }
    // One broken letter does not make another encoding of a text full of whole ones.
    let (whole, broken) = bytes.utf8_chunks().fold((0, 0), |(whole, broken), chunk| {
        let letters = chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        (whole + letters, broken + usize::from(!chunk.invalid().is_empty()))
    });
    if broken <= whole { UTF_8 } else { WINDOWS_1252 }
}

/// The separator that a first line names, as Excel understands it (`sep=;`), and what follows that line.
fn named_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let named = first.trim_end_matches('\r').strip_prefix("sep=")?;
    let separator = SEPARATORS.into_iter().find(|separator| named.as_bytes() == [*separator])?;
    Some((separator, rest))
}

/// The separator that stands most often in the first lines, outside of quotation marks.
fn separator_of(text: &str) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut is_quoted = false;
    for byte in text.lines().take(FIRST_LINES).flat_map(str::bytes) {
        is_quoted ^= byte == b'"';
        for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
            *count += usize::from(!is_quoted && byte == separator);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let found = counts.iter().zip(SEPARATORS).find(|(count, _)| **count == most);
    found.map_or(b',', |(_, separator)| separator)
}
