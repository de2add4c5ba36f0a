//! The files of codes that the clinic has: taken in at each workstation, with the licence confirmed once.

use ::codes::pack::{self, Fault, Format, Left, Pack, Unreadable};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto::sha256;
use domain::codes::CodePack;
use domain::record::{Hex, Record, Verb};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{CodeTerm, Draft};
use ts_rs::TS;

use crate::answer::{fitting, shortened};
use crate::command::Nothing;
use crate::records::{Kept, Names};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A file of codes to take in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeInCodes {
    /// The file's text: ClaML, an order file of ICD-10-CM, a FHIR CodeSystem, or a table with a header. Of a workbook it
    /// is empty.
    pub text: String,
    /// The bytes of a workbook (XLSX, XLS, ODS) in Base64 (RFC 4648, with padding).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bytes: Option<String>,
    /// Its code system, where the file does not name it or names it otherwise.
    pub system: Option<String>,
    /// Its version, likewise.
    pub version: Option<String>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// The licence by which the clinic uses it.
    pub licence: Option<String>,
    /// Whether this administrator confirms that the clinic has that licence.
    pub confirmed: bool,
    /// Only look: keep nothing.
    pub dry_run: bool,
}

/// A line of the file that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LeftLine {
    /// Its number.
    pub line: u64,
    /// Why.
    #[ts(type = "\"no_code\" | \"no_name\" | \"bad_code\" | \"long_name\" | \"twice\" | \"short\"")]
    #[schemars(with = "String")]
    pub fault: Fault,
}

/// What a file holds, and whether it was taken in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodesTaken {
    /// What it is.
    #[ts(type = "\"claml\" | \"order_file\" | \"code_system\" | \"table\"")]
    #[schemars(with = "String")]
    pub format: Format,
    /// Its code system; empty where the file names none and nobody said one.
    pub system: String,
    /// Its version, likewise.
    pub version: String,
    /// Its names.
    pub names: u64,
    /// The first of them, each with its code.
    pub first: Vec<String>,
    /// The first lines that are left out.
    pub left: Vec<LeftLine>,
    /// How many are.
    pub left_out: u64,
    /// The digest of the file.
    pub sha256: Hex,
    /// The clinic's record of it, where there is one.
    pub pack: Option<RecordId>,
    /// Whether its names are at this workstation now.
    pub here: bool,
}

/// A file of codes that the clinic has.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodePackRow {
    /// The record.
    pub id: RecordId,
    /// The version that was shown.
    pub seen: i64,
    /// Its code system.
    pub system: String,
    /// Its version.
    pub version: String,
    /// Its language.
    pub language: Option<String>,
    /// The licence.
    pub licence: String,
    /// Who confirmed it, with the title.
    pub confirmed_by: Option<String>,
    /// The digest of the file.
    pub sha256: Hex,
    /// Whether its names are found.
    pub active: bool,
    /// How many of its names are at this workstation; none where it was not given the file.
    pub here: u64,
}

/// The files of codes that the clinic has.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodePacks {
    /// The files, those in use first.
    pub rows: Vec<CodePackRow>,
    /// Whether there are more than found room.
    pub more: bool,
    /// The names of the starter set.
    pub starter: u64,
    /// How many of them have a code of their own.
    pub starter_coded: u64,
}

/// A file of codes whose use ends.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCodes {
    /// The record.
    pub pack: RecordId,
    /// The version that was seen.
    pub seen: i64,
}

/// Lines that are told; all of them are counted.
const MOST_LEFT: usize = 100;
/// Names that are shown of a file.
const FIRST: usize = 5;
/// What is said of a file in a word is no longer.
const LONGEST_WORD: usize = 200;
/// What is said of a licence is no longer.
const LONGEST_LICENCE: usize = 1_000;

/// Takes a file of codes in: its names stay at this workstation, the word that the clinic may use it goes to all.
pub(crate) fn take_in_codes(seat: &mut Seat, input: TakeInCodes) -> Result<CodesTaken, Refusal> {
    let TakeInCodes { text, bytes, system, version, language, licence, confirmed, dry_run } = input;
    let (digest, read) = match bytes {
        Some(bytes) => of_workbook(bytes)?,
        // A window hears a file without the mark that some programs put before its text, a terminal with it.
        None => {
            let digest = sha256(&[text.trim_start_matches('\u{feff}').as_bytes()]);
            (digest, pack::read(&text).map_err(|why| Refusal::of_file("file", why))?)
        }
    };
    drop(text);
    let system = said(system, read.system.clone(), "system", LONGEST_WORD)?;
    let version = said(version, read.version.clone(), "version", LONGEST_WORD)?;
    let language = said(language, None, "language", LONGEST_WORD)?;
    let licence = said(licence, None, "licence", LONGEST_LICENCE)?;
    let known = of_digest(seat, &Hex::of(&digest))?;
    let mut taken = told(&read, system.as_deref(), version.as_deref(), Hex::of(&digest));
    taken.pack = known.as_ref().map(|(record, _)| record.id);
    taken.here = seat.act.has_code_terms(&digest)?;
    seat.about(taken.pack, None);
    if dry_run {
        // The trail tells a look from what was taken in.
        seat.reason = Some("dry run".to_owned());
        return Ok(taken);
    }
    let Some(system) = system else { return Err(Refusal::missing("system")) };
    let Some(version) = version else { return Err(Refusal::missing("version")) };
    let Some(licence) = licence else { return Err(Refusal::missing("licence")) };
    if !confirmed {
        return Err(Refusal::missing("confirmed"));
    }
    let user = seat.sitting.user;
    let pack = CodePack {
        system: Some(system),
        version: Some(version),
        language,
        licence: Some(licence.clone()),
        confirmed_by: Some(user),
        sha256: Some(Hex::of(&digest)),
        active: Some(true),
    };
    let id = match known {
        // Another workstation took the same file in: what it says of it holds.
        Some((record, CodePack { active: Some(true), .. })) => record.id,
        Some((record, _)) => {
            let patch = [
                ("active".to_owned(), Value::Bool(true)),
                ("licence".to_owned(), Value::text(licence)),
                ("confirmed_by".to_owned(), Value::text(user.to_string())),
            ];
            seat.change::<CodePack>(record.id, None, patch.into(), record.version)?;
            record.id
        }
        None => {
            let id = seat.new_id();
            seat.write(vec![Draft::make(Verb::Create, id, None, &pack)])?;
            id
        }
    };
    let terms = read
        .terms
        .into_iter()
        .filter_map(|term| Some(CodeTerm { code: term.code?, name: term.name, also: term.also }));
    seat.act.keep_code_terms(&digest, terms)?;
    // The names at hand are of other packs now.
    seat.codebook = None;
    seat.about(Some(id), None);
    Ok(CodesTaken { pack: Some(id), here: true, ..taken })
}

/// The digest of a workbook, and the table in its first sheet.
fn of_workbook(bytes: String) -> Result<([u8; 32], Pack), Refusal> {
    let file = STANDARD.decode(&bytes).map_err(|_| Refusal::of_file("file", Unreadable::NotCodes))?;
    drop(bytes);
    let list = ::lists::read(&file).map_err(|why| Refusal::of_file("file", why))?;
    let rows = list.rows.into_iter().map(|row| (u64::from(row.line), row.cells));
    Ok((sha256(&[&file]), pack::read_rows(rows).map_err(|why| Refusal::of_file("file", why))?))
}

/// What somebody says of the file, or else what it says of itself.
fn said(
    given: Option<String>,
    of_itself: Option<String>,
    field: &str,
    longest: usize,
) -> Result<Option<String>, Refusal> {
    let trimmed =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match trimmed(given) {
        Some(given) if given.chars().count() > longest => Err(Refusal::invalid(field)),
        Some(given) => Ok(Some(given)),
        None => Ok(trimmed(of_itself).map(|text| text.chars().take(longest).collect())),
    }
}

fn told(read: &Pack, system: Option<&str>, version: Option<&str>, sha256: Hex) -> CodesTaken {
    let first = read.terms.iter().take(FIRST);
    let left = read.left.iter().take(MOST_LEFT);
    CodesTaken {
        format: read.format,
        system: system.unwrap_or_default().to_owned(),
        version: version.unwrap_or_default().to_owned(),
        names: read.terms.len() as u64,
        first: first
            .map(|term| shortened(format!("{} · {}", term.name, term.code.as_deref().unwrap_or_default())))
            .collect(),
        left: left.map(|Left { line, fault }| LeftLine { line: *line, fault: *fault }).collect(),
        left_out: read.left.len() as u64,
        sha256,
        pack: None,
        here: false,
    }
}

/// The clinic's record of the file with this digest: one that is in use, where there is such.
fn of_digest(seat: &Seat, digest: &Hex) -> Result<Option<(store::Record, CodePack)>, Refusal> {
    let mut packs = all(seat)?;
    packs.retain(|(_, pack)| pack.sha256.as_ref() == Some(digest));
    packs.sort_by_key(|(record, pack)| (pack.active != Some(true), record.id));
    Ok(packs.into_iter().next())
}

fn all(seat: &Seat) -> Result<Vec<(store::Record, CodePack)>, Refusal> {
    let records = seat.act.records(CodePack::KIND.name, None)?.into_iter();
    let packs = records.map(|record| {
        let pack = record.state.record();
        (record, pack)
    });
    Ok(packs.collect())
}

/// The files of codes that the clinic has.
pub(crate) fn code_packs(seat: &mut Seat, _: Nothing) -> Result<CodePacks, Refusal> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for (record, pack) in all(seat)? {
        let sha256 = pack.sha256.unwrap_or_default();
        rows.push(CodePackRow {
            id: record.id,
            seen: record.version,
            system: shortened(pack.system.unwrap_or_default()),
            version: shortened(pack.version.unwrap_or_default()),
            language: pack.language.map(shortened),
            licence: shortened(pack.licence.unwrap_or_default()),
            confirmed_by: names.of(seat, pack.confirmed_by)?,
            here: seat.act.code_term_count(&sha256.bytes())?,
            sha256,
            active: pack.active == Some(true),
        });
    }
    rows.sort_by_key(|row| (!row.active, std::cmp::Reverse(row.id)));
    let (rows, more) = fitting(rows);
    let starter = ::codes::starter::set().terms;
    let coded = starter.iter().filter(|term| term.code.is_some()).count();
    Ok(CodePacks { rows, more, starter: starter.len() as u64, starter_coded: coded as u64 })
}

/// Ends the use of a file of codes: what was written by it stays as it is. Its names leave this workstation.
pub(crate) fn end_codes(seat: &mut Seat, input: EndCodes) -> Result<Kept, Refusal> {
    let record = seat.read::<CodePack>(input.pack)?;
    let pack: CodePack = record.state.record();
    if pack.active != Some(true) {
        return Err(Refusal::new(Code::IllegalMove).with("field", "active"));
    }
    let patch = [("active".to_owned(), Value::Bool(false))].into();
    let written = seat.change::<CodePack>(input.pack, None, patch, input.seen)?;
    let digest = pack.sha256.unwrap_or_default();
    let still = of_digest(seat, &digest)?.is_some_and(|(_, pack)| pack.active == Some(true));
    if let Ok(digest) = digest.bytes().try_into()
        && !still
    {
        seat.act.forget_code_terms(&digest)?;
    }
    seat.codebook = None;
    Ok(Kept::of(input.pack, written))
}
