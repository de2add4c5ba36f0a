//! One file: what is said of it, where its bytes are, and how it may be shown.

use domain::RecordId;
use domain::files::{Attachment, AttachmentText, ReadMark};
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::BlobState;
use ts_rs::TS;

use super::looked_at::active_words;
use super::{Standing, digest_of};
use crate::records::{Names, disputed, unread};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust::installed;

/// A file of a chart.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfFile {
    /// Its record.
    pub file: RecordId,
}

/// Where the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileWhere {
    /// Here.
    Here,
    /// They are coming.
    Coming,
    /// At the server.
    Server,
    /// Only where it was filed.
    Elsewhere,
    /// Here, and damaged.
    Damaged,
    /// Erased.
    Erased,
}

/// Where the bytes of a file are, with what the words need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileState {
    /// Where.
    pub at: FileWhere,
    /// How much has come, in percent, of what is coming.
    pub percent: Option<u8>,
    /// The workstation where it was filed, of what is only there.
    pub workstation: Option<String>,
    /// Whether somebody waits for it.
    pub asked: bool,
}

/// One file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileView {
    /// Its record.
    pub id: RecordId,
    /// Its version, for the next edit.
    pub version: i64,
    /// In whose chart.
    pub patient: RecordId,
    /// What is said of it, the words for a form too.
    pub details: AttachmentText,
    /// What it belongs to.
    pub about: Option<RecordId>,
    /// What it is (IANA media type).
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it was before it was taken in.
    pub original_type: Option<String>,
    /// How many bytes it had then.
    pub original_bytes: Option<i64>,
    /// How many pages it has.
    pub pages: Option<i64>,
    /// How it came: a word of `CameBy`.
    pub came_by: Option<String>,
    /// What was taken out of it.
    pub removed: Vec<String>,
    /// Whether it was made smaller.
    pub reduced: bool,
    /// What a PDF would do by itself in another program: `script`, `launch`, `embedded`.
    pub active: Vec<String>,
    /// When it was filed, with offset.
    pub filed: String,
    /// Who filed it.
    pub author: Option<String>,
    /// The other files of this chart that have the same bytes.
    pub twice: Vec<RecordId>,
    /// Whether it was moved here from another chart.
    pub moved: bool,
    /// Where its bytes are.
    pub state: FileState,
    /// Whether a result was read: nothing of what is no result, and of what came from elsewhere.
    pub reading: Option<ReadMark>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// What this version cannot read of it, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unread: Option<Vec<String>>,
}

/// One file.
pub(crate) fn file(seat: &mut Seat, input: OfFile) -> Result<FileView, Refusal> {
    let standing = Standing::of(seat, input.file)?;
    let Standing { record, attachment, patient } = standing;
    let blob = attachment.file.clone().ok_or_else(|| Refusal::new(Code::NotFound))?;
    let digest = blob.sha256.bytes();
    noted(seat, &digest)?;
    let said = seat.act.first_said(record.id)?;
    let mut twice = Vec::new();
    for other in seat.act.naming_blob(&digest)?.into_iter().filter(|other| *other != record.id) {
        let theirs = seat.act.record(other)?.is_some_and(|other| other.patient == Some(patient));
        twice.extend(theirs.then_some(other));
    }
    let active = match seat.act.whole_blob(&digest)? {
        Some(bytes) if blob.media_type == "application/pdf" => {
            active_words(&documents::active::active(&bytes))
        }
        _ => Vec::new(),
    };
    let author = said.as_ref().map(|said| said.author);
    Ok(FileView {
        id: record.id,
        version: record.version,
        patient,
        about: attachment.about,
        media_type: blob.media_type,
        bytes: blob.size,
        original_type: attachment.original_type.clone(),
        original_bytes: attachment.original_bytes,
        pages: attachment.pages,
        came_by: attachment.came_by.map(|came_by| came_by.word().to_owned()),
        removed: attachment.removed.clone().unwrap_or_default(),
        reduced: attachment.reduced == Some(true),
        active,
        filed: said.map(|said| said.wall).unwrap_or_default(),
        author: Names::default().of(seat, author)?,
        twice,
        moved: attachment.moved_from.is_some(),
        reading: attachment.reading,
        state: state_of(seat, record.id, &digest)?,
        disputed: disputed(Attachment::KIND, &record.state),
        unread: unread(Attachment::KIND.name, &record.state),
        details: told(attachment),
    })
}

/// Notes that somebody looked at it, once a day: reading writes as little as it can.
fn noted(seat: &Seat, digest: &[u8]) -> Result<(), Refusal> {
    const DAY: u64 = 86_400_000;
    let used = seat.act.blob(digest)?.map_or(0, |blob| blob.used);
    if used / DAY != seat.moment.now / DAY {
        seat.act.use_blob(digest, seat.moment.now)?;
    }
    Ok(())
}

/// What a person says of a file, as a form has it.
fn told(attachment: Attachment) -> AttachmentText {
    let Attachment { sort, title, taken_on, note, .. } = attachment;
    AttachmentText { sort: Some(sort), title: Some(title), taken_on: Some(taken_on), note: Some(note) }
}

/// Where the bytes with this digest are, which `record` names.
pub(super) fn state_of(seat: &Seat, record: RecordId, digest: &[u8]) -> Result<FileState, Refusal> {
    let blob = seat.act.blob(digest)?;
    let mut state = FileState { at: FileWhere::Elsewhere, percent: None, workstation: None, asked: false };
    if let Some(blob) = blob {
        state.asked = blob.asked > 0;
        (state.at, state.percent) = match blob.state {
            BlobState::Here => (FileWhere::Here, None),
            BlobState::Coming(through) => {
                let percent = through.saturating_mul(100) / blob.blob.size.max(1);
                (FileWhere::Coming, u8::try_from(percent).ok())
            }
            BlobState::Damaged => (FileWhere::Damaged, None),
            BlobState::Erased => (FileWhere::Erased, None),
            BlobState::Elsewhere if blob.received => (FileWhere::Server, None),
            BlobState::Elsewhere => (FileWhere::Elsewhere, None),
        };
    }
    if state.at == FileWhere::Elsewhere
        && let Some(said) = seat.act.first_said(record)?
    {
        let installed = installed(seat.act, seat.place)?;
        let filed_at = installed.iter().find(|(_, at)| **at == said.op.header.incarnation);
        let workstation =
            filed_at.map(|(workstation, _)| seat.act.record(*workstation)).transpose()?.flatten();
        state.workstation =
            workstation.and_then(|record| record.state.value("name").as_text().map(ToOwned::to_owned));
    }
    Ok(state)
}

/// Asks for the bytes of a file: they come before all others.
pub(crate) fn fetch_file(seat: &mut Seat, input: OfFile) -> Result<FileState, Refusal> {
    let standing = Standing::of(seat, input.file)?;
    let digest = digest_of(&standing.attachment)?;
    seat.act.ask_blob(&digest, seat.moment.now)?;
    state_of(seat, input.file, &digest)
}
