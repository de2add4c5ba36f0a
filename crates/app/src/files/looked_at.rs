//! A file looked at before it is filed: what it is, what will be kept of it, and whom it names.

use std::sync::Arc;

use domain::PartialDate;
use domain::RecordId;
use domain::files::{Differs, FileSort, Removed, differs};
use domain::patients::Patient;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::tray;
use crate::answer::shortened;
use crate::brought::Ready;
use crate::brought::{too_large, unfit};
use crate::pictures::Picture;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Where a file comes from.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FileFrom {
    /// The window brought it under this id.
    Brought(String),
    /// It lies in the tray under this name.
    Tray(String),
}

/// A file to look at before it is filed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtFile {
    /// The file.
    pub file: FileFrom,
    /// In whose chart it is to be filed.
    pub patient: RecordId,
    /// As what, where that is known.
    pub sort: Option<FileSort>,
}

/// Whom a file names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileSays {
    /// Family name.
    pub family: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Birth date.
    pub birth_date: Option<PartialDate>,
}

/// A file as it will be filed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileLooked {
    /// What it is called where it comes from.
    pub name: String,
    /// What it is (IANA media type).
    pub original_type: String,
    /// How many bytes it has.
    pub original_bytes: u64,
    /// How many are kept of it.
    pub bytes: u64,
    /// How many pages it has.
    pub pages: Option<i64>,
    /// What it holds beside its pixels, and will not any more.
    pub removed: Vec<Removed>,
    /// Whether it is made smaller.
    pub reduced: bool,
    /// When it says that it was taken.
    pub taken_on: Option<PartialDate>,
    /// What it says that it shows.
    pub title: Option<String>,
    /// What a PDF would do by itself in another program: `script`, `launch`, `embedded`. Here it does nothing.
    pub active: Vec<String>,
    /// Whom it names.
    pub says: Option<FileSays>,
    /// What of that is not so of this person: it is filed only when somebody confirms it.
    pub differs: Vec<Differs>,
    /// The file of this chart that has the same bytes.
    pub twice: Option<RecordId>,
    /// The id of its small picture, to be fetched once.
    pub thumb: Option<String>,
}

/// Looks at a file before it is filed.
pub(crate) fn look_at_file(seat: &mut Seat, input: LookAtFile) -> Result<FileLooked, Refusal> {
    seat.about(None, Some(input.patient));
    let patient: Patient = seat.read::<Patient>(input.patient)?.state.record();
    let (name, bytes) = bytes_of(seat, &input.file)?;
    let ready = made_ready(seat, &bytes, input.sort)?;
    let twice = twice(seat, &ready, input.patient)?;
    let thumb = ready.thumb.clone();
    let thumb = thumb.map(|bytes| seat.show(Picture { media_type: "image/jpeg", bytes }));
    let says = ready.header.as_ref().map(|header| FileSays {
        family: header.family.clone(),
        given: header.given.clone(),
        number: header.number.clone(),
        birth_date: header.birth_date,
    });
    Ok(FileLooked {
        name: shortened(name),
        original_type: ready.original_type.to_owned(),
        original_bytes: ready.original_bytes,
        bytes: ready.bytes.len() as u64,
        pages: ready.pages,
        removed: ready.removed.clone(),
        reduced: ready.reduced,
        taken_on: ready.taken_on,
        title: ready.header.as_ref().and_then(|header| header.study.clone()),
        active: active_words(&ready.active),
        says,
        differs: ready.header.as_ref().map(|header| differs(header, &patient)).unwrap_or_default(),
        twice,
        thumb,
    })
}

/// The name and the bytes of a file.
pub(super) fn bytes_of(seat: &Seat, from: &FileFrom) -> Result<(String, Arc<[u8]>), Refusal> {
    match from {
        FileFrom::Brought(id) => seat.brought.get(id).ok_or_else(|| Refusal::new(Code::NotFound)),
        FileFrom::Tray(name) => Ok((name.clone(), tray::paper(seat, name)?.into())),
    }
}

/// The file ready to be kept as `sort`, of which no limit is exceeded.
pub(super) fn made_ready(
    seat: &mut Seat,
    bytes: &Arc<[u8]>,
    sort: Option<FileSort>,
) -> Result<Arc<Ready>, Refusal> {
    let largest = sort.map_or(domain::LARGEST_BLOB, FileSort::largest);
    if bytes.len() as u64 > largest {
        return Err(too_large(largest));
    }
    seat.brought.ready(bytes, sort.is_some_and(FileSort::keeps_size)).map_err(unfit)
}

/// The file of `patient` that has the same bytes.
pub(super) fn twice(seat: &Seat, ready: &Ready, patient: RecordId) -> Result<Option<RecordId>, Refusal> {
    for record in seat.act.naming_blob(&crypto::sha256(&[&ready.bytes]))? {
        if seat.act.record(record)?.is_some_and(|record| record.patient == Some(patient)) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// The words of what a PDF would do by itself.
pub(super) fn active_words(active: &documents::active::Active) -> Vec<String> {
    [(active.script, "script"), (active.launch, "launch"), (active.embedded, "embedded")]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| word.to_owned())
        .collect()
}
