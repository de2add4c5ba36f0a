//! A clinic's own file of codes: ClaML, the order file of ICD-10-CM, a FHIR CodeSystem, or a table with a header, which
//! may be the sheet of a workbook that somebody else has read into rows.
//!
//! What it is, is seen from how it begins. A line that cannot be read is left out and told; a file of which nothing can be
//! read is refused. Nothing in a file leads outside of it.

mod claml;
mod code_system;
mod order;
mod table;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::index::Term;

/// Bytes that a file may have.
pub const MOST_BYTES: usize = 50 << 20;
/// Names that a pack may have.
pub const MOST_TERMS: usize = 300_000;
/// Characters that a code may have.
const LONGEST_CODE: usize = 32;
/// Characters that a name may have.
const LONGEST_NAME: usize = 400;
/// Other words that are kept of a name.
const MOST_ALSO: usize = 20;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Classification Markup Language (CEN/TS 14463, ISO 13120), as WHO and countries hand out ICD-10.
    Claml,
    /// The order file of ICD-10-CM, in fixed columns.
    OrderFile,
    /// A FHIR R4 CodeSystem in JSON.
    CodeSystem,
    /// A table with a header: a sheet, or text whose columns are parted by commas, semicolons or tabs.
    Table,
}

/// Why something of a file is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// There is no code.
    NoCode,
    /// There is no name.
    NoName,
    /// The code is longer than a code is, or holds what none does.
    BadCode,
    /// The name is longer than a name is.
    LongName,
    /// The code stood in the file before.
    Twice,
    /// The line has too few columns.
    Short,
}

/// A line that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its number from 1; in a CodeSystem, which of its codes it is.
    pub line: u64,
    /// Why.
    pub fault: Fault,
}

/// Why a file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// It is larger than [`MOST_BYTES`].
    #[error("too large")]
    TooManyBytes,
    /// It has more names than [`MOST_TERMS`].
    #[error("too many names")]
    TooMany,
    /// It is neither of the kinds that are known, or breaks off.
    #[error("not a file of codes")]
    NotCodes,
    /// Its header names no column of codes, or none of names.
    #[error("no column of codes and names")]
    NoColumns,
    /// It brings definitions of its own, which could make it grow without end.
    #[error("defines entities")]
    Entities,
    /// Nothing in it could be read.
    #[error("no names")]
    NoNames,
}

/// What a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// What it is.
    pub format: Format,
    /// The system that it names, where it names one.
    pub system: Option<String>,
    /// Its version, likewise.
    pub version: Option<String>,
    /// Its names, each with a code.
    pub terms: Vec<Term>,
    /// What is left out.
    pub left: Vec<Left>,
}

/// Reads a file.
///
/// # Errors
/// [`Unreadable`].
pub fn read(text: &str) -> Result<Pack, Unreadable> {
    if text.len() > MOST_BYTES {
        return Err(Unreadable::TooManyBytes);
    }
    let text = text.trim_start_matches('\u{feff}');
    let pack = match text.trim_start().chars().next() {
        Some('<') => claml::read(text)?,
        Some('{') => code_system::read(text)?,
        Some(_) if order::is_one(text) => order::read(text)?,
        Some(_) => table::read(text)?,
        None => return Err(Unreadable::NoNames),
    };
    whole(pack)
}

/// Reads the rows of a workbook's sheet, each with its line; the first is the header.
///
/// # Errors
/// [`Unreadable`].
pub fn read_rows(rows: impl IntoIterator<Item = (u64, Vec<String>)>) -> Result<Pack, Unreadable> {
    whole(table::rows(rows)?)
}

fn whole(pack: Pack) -> Result<Pack, Unreadable> {
    if pack.terms.is_empty() { Err(Unreadable::NoNames) } else { Ok(pack) }
}

/// The names of a file as they are read, one by one.
#[derive(Default)]
struct Taken {
    terms: Vec<Term>,
    left: Vec<Left>,
    codes: BTreeSet<String>,
}

impl Taken {
    /// Takes what stands in `line`.
    fn take(&mut self, line: u64, code: &str, name: &str, also: Vec<String>) -> Result<(), Unreadable> {
        let (code, name) = (code.trim(), flat(name));
        let fault = if code.is_empty() {
            Some(Fault::NoCode)
        } else if code.chars().count() > LONGEST_CODE || !code.chars().all(is_of_a_code) {
            Some(Fault::BadCode)
        } else if name.is_empty() {
            Some(Fault::NoName)
        } else if name.chars().count() > LONGEST_NAME {
            Some(Fault::LongName)
        } else if self.codes.contains(code) {
            Some(Fault::Twice)
        } else {
            None
        };
        if let Some(fault) = fault {
            self.left.push(Left { line, fault });
            return Ok(());
        }
        if self.terms.len() == MOST_TERMS {
            return Err(Unreadable::TooMany);
        }
        self.codes.insert(code.to_owned());
        let mut also: Vec<String> = also.iter().map(|also| flat(also)).collect();
        also.retain(|also| !also.is_empty() && also.chars().count() <= LONGEST_NAME && *also != name);
        also.truncate(MOST_ALSO);
        self.terms.push(Term { name, code: Some(code.to_owned()), also });
        Ok(())
    }

    fn pack(self, format: Format, system: Option<String>, version: Option<String>) -> Pack {
        let said = |text: Option<String>| text.map(|text| flat(&text)).filter(|text| !text.is_empty());
        Pack { format, system: said(system), version: said(version), terms: self.terms, left: self.left }
    }
}

fn is_of_a_code(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || ".-+*/:_".contains(sign)
}

/// `text` in one line, without control characters.
fn flat(text: &str) -> String {
    let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
