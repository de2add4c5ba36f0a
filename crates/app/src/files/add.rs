//! Filing: a file becomes part of a chart, and what is said of it is changed.

use domain::files::{Attachment, AttachmentText, CameBy, LONGEST_TITLE, ReadMark, Removed, differs};
use domain::patients::Patient;
use domain::record::{Record, Verb};
use domain::{BlobRef, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, patch_of, said_of};
use ts_rs::TS;

use super::Standing;
use super::looked_at::{FileFrom, bytes_of, made_ready, twice};
use crate::brought::Ready;
use crate::claims::Edit;
use crate::records::Kept;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A file to add to a chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddFile {
    /// The id under which the window brought it.
    pub file: String,
    /// In whose chart.
    pub patient: RecordId,
    /// The visit or the note to which it belongs.
    pub about: Option<RecordId>,
    /// How it came.
    pub came_by: CameBy,
    /// What is said of it: sort and title at least.
    pub details: AttachmentText,
    /// That it is this person's although it names another.
    #[serde(default)]
    pub confirmed: bool,
}

/// A file that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileAdded {
    /// Its record.
    pub id: RecordId,
    /// Its version, for the next edit.
    pub version: i64,
    /// The file of this chart that has the same bytes: it is filed twice.
    pub twice: Option<RecordId>,
}

/// Adds a file to a chart.
pub(crate) fn add_file(seat: &mut Seat, input: AddFile) -> Result<FileAdded, Refusal> {
    let AddFile { file, patient, about, came_by, details, confirmed } = input;
    let from = FileFrom::Brought(file.clone());
    let added = filed(seat, &Filing { from, patient, about, came_by, details, confirmed })?;
    seat.brought.forget(&file);
    Ok(added)
}

/// What is filed, and where.
pub(super) struct Filing {
    pub(super) from: FileFrom,
    pub(super) patient: RecordId,
    pub(super) about: Option<RecordId>,
    pub(super) came_by: CameBy,
    pub(super) details: AttachmentText,
    pub(super) confirmed: bool,
}

pub(super) fn filed(seat: &mut Seat, filing: &Filing) -> Result<FileAdded, Refusal> {
    let Filing { from, patient, about, came_by, details, confirmed } = filing;
    let (patient, about) = (*patient, *about);
    seat.about(None, Some(patient));
    let person: Patient = seat.read::<Patient>(patient)?.state.record();
    let sort = details.sort.flatten().ok_or_else(|| Refusal::missing("sort"))?;
    check_title(details, true)?;
    if let Some(about) = about {
        check_about(seat, about, patient)?;
    }
    let (_, bytes) = bytes_of(seat, from)?;
    let ready = made_ready(seat, &bytes, Some(sort))?;
    let differing = ready.header.as_ref().map(|header| differs(header, &person)).unwrap_or_default();
    if !differing.is_empty() && !confirmed {
        let words: Vec<&str> = differing.iter().map(|differs| differs.word()).collect();
        return Err(Refusal::new(Code::AnotherPerson).with("differs", words.join(" ")));
    }
    if !differing.is_empty() {
        // The trail tells what was confirmed.
        let words: Vec<&str> = differing.iter().map(|differs| differs.word()).collect();
        seat.reason = Some(format!("confirmed although it differs: {}", words.join(", ")));
    }
    let twice = twice(seat, &ready, patient)?;
    let (file, thumb) = ready.keep(seat.act, &mut *seat.world.entropy)?;
    let made = Attachment {
        patient: Some(patient),
        about,
        came_by: Some(*came_by),
        reading: sort.is_result().then_some(ReadMark::Unread),
        ..made_of(&ready, file, thumb)
    };
    let id = seat.new_id();
    seat.about(Some(id), Some(patient));
    let mut patch = patch_of(&made);
    patch.extend(said_of(Attachment::KIND, details));
    patch.retain(|_, value| !value.is_null());
    let draft = Draft { verb: Verb::Create, ..Draft::patch::<Attachment>(id, Some(patient), patch, None) };
    let written = seat.write(vec![draft])?;
    Ok(FileAdded { id, version: written.version, twice })
}

/// What its bytes say of a file.
pub(crate) fn made_of(ready: &Ready, file: BlobRef, thumb: Option<BlobRef>) -> Attachment {
    Attachment {
        file: Some(file),
        thumb,
        pages: ready.pages,
        original_type: Some(ready.original_type.to_owned()),
        original_bytes: i64::try_from(ready.original_bytes).ok(),
        removed: words(&ready.removed),
        reduced: ready.reduced.then_some(true),
        ..Attachment::default()
    }
}

fn words(removed: &[Removed]) -> Option<Vec<String>> {
    let words: Vec<String> = removed.iter().map(|removed| removed.word().to_owned()).collect();
    Some(words).filter(|words| !words.is_empty())
}

/// Changes what is said of a file.
pub(crate) fn edit_file(seat: &mut Seat, input: Edit<AttachmentText>) -> Result<Kept, Refusal> {
    let Standing { record, patient, .. } = Standing::of(seat, input.id)?;
    check_title(&input.patch, false)?;
    if input.patch.sort == Some(None) {
        return Err(Refusal::missing("sort"));
    }
    let patch = said_of(Attachment::KIND, &input.patch);
    let written = seat.change::<Attachment>(record.id, Some(patient), patch, input.version)?;
    Ok(Kept::of(record.id, written))
}

/// That a title is given, where it must be or is changed, and is no longer than one.
fn check_title(details: &AttachmentText, is_new: bool) -> Result<(), Refusal> {
    match details.title.as_ref().map(|title| title.as_deref().unwrap_or_default().trim()) {
        None if !is_new => Ok(()),
        None | Some("") => Err(Refusal::missing("title")),
        Some(title) if title.chars().count() > LONGEST_TITLE => Err(Refusal::invalid("title")),
        Some(_) => Ok(()),
    }
}

/// That what a file belongs to is this person's.
fn check_about(seat: &Seat, about: RecordId, patient: RecordId) -> Result<(), Refusal> {
    let record = seat.act.record(about)?.filter(|record| record.state.voided.is_none());
    match record.filter(|record| record.patient == Some(patient)) {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid("about")),
    }
}
