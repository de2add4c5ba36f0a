//! The files of a chart, latest first.

use std::collections::BTreeMap;

use domain::files::{Attachment, FileSort, ReadMark};
use domain::patients::Patient;
use domain::record::Record;
use domain::{BlobRef, RecordId, timeline};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::view::{FileState, state_of};
use crate::answer::{ANSWER_BYTES, length, shortened};
use crate::pictures::Picture;
use crate::records::{Names, disputed};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// A page of the files of a chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListFiles {
    /// Whose.
    pub patient: RecordId,
    /// Of one sort, or of all.
    #[serde(default)]
    pub sort: Option<FileSort>,
    /// The end of the page before.
    #[serde(default)]
    pub after: Option<FilesEnd>,
}

/// The last row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilesEnd {
    /// Its place, counted back from 1970 in milliseconds.
    pub back: i64,
    /// The record.
    pub record: RecordId,
}

/// A file in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileRow {
    /// Its record.
    pub id: RecordId,
    /// Its version, for the next edit.
    pub version: i64,
    /// What it is.
    pub sort: Option<FileSort>,
    /// What it is called.
    pub title: Option<String>,
    /// The day on which it stands, as the timeline has it.
    pub day: Option<String>,
    /// When it was filed, with offset.
    pub filed: String,
    /// Who filed it.
    pub author: Option<String>,
    /// What it is (IANA media type).
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// How many pages it has.
    pub pages: Option<i64>,
    /// The id of its small picture, to be fetched once; none of what has no picture, or whose picture has not come yet.
    pub thumb: Option<String>,
    /// Where its bytes are.
    pub state: FileState,
    /// Whether another file of this chart has the same bytes.
    pub twice: bool,
    /// Whether a result was read: nothing of what is no result, and of what came from elsewhere.
    pub reading: Option<ReadMark>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
}

/// A page of files, latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Files {
    /// The rows.
    pub rows: Vec<FileRow>,
    /// How many there are of each sort, on all pages together.
    pub counts: BTreeMap<String, u64>,
    /// The end of this page, where there are more.
    pub next: Option<FilesEnd>,
}

/// As many small pictures are kept for the window at once, and more rows no screen shows.
const MOST_ROWS: usize = 40;

/// A page of the files of a chart.
pub(crate) fn files(seat: &mut Seat, input: ListFiles) -> Result<Files, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    seat.read::<Patient>(input.patient)?;
    let records = seat.act.records(Attachment::KIND.name, Some(input.patient))?;
    let mut all: Vec<(FilesEnd, store::Record, Attachment)> = records
        .into_iter()
        .map(|record| {
            let at = timeline::place(Attachment::KIND.name, &record.state).unwrap_or(timeline::UNDATED);
            let attachment = record.state.record();
            (FilesEnd { back: -at, record: record.id }, record, attachment)
        })
        .collect();
    all.sort_by_key(|(place, ..)| *place);
    let mut counts = BTreeMap::new();
    let mut same = BTreeMap::new();
    for (_, _, attachment) in &all {
        let sort = attachment.sort.unwrap_or(FileSort::Other);
        *counts.entry(sort.word().to_owned()).or_default() += 1;
        *same.entry(attachment.file.as_ref().map(|file| file.sha256.0.clone())).or_default() += 1;
    }
    let mut files = Files { rows: Vec::new(), counts, next: None };
    let (mut names, mut used) = (Names::default(), 0);
    let mut last = None;
    let asked = all.into_iter().filter(|(place, _, attachment)| {
        input.after.is_none_or(|end| *place > end) && (input.sort.is_none() || attachment.sort == input.sort)
    });
    for (place, record, attachment) in asked {
        let twice = attachment.file.as_ref().map(|file| file.sha256.0.clone());
        let twice = same.get(&twice).is_some_and(|count: &u64| *count > 1);
        let row = row(seat, &mut names, &record, attachment, twice)?;
        used += length(&row) + 1;
        if last.is_some() && (used > ANSWER_BYTES || files.rows.len() == MOST_ROWS) {
            files.next = last;
            break;
        }
        files.rows.push(row);
        last = Some(place);
    }
    Ok(files)
}

/// The id by which the window fetches a small picture once; none where there is none, or its bytes have not come yet.
pub(crate) fn small_picture(seat: &mut Seat, thumb: Option<&BlobRef>) -> Result<Option<String>, Refusal> {
    let Some(thumb) = thumb else { return Ok(None) };
    let bytes = seat.act.whole_blob(&thumb.sha256.bytes())?;
    Ok(bytes.map(|bytes| seat.show(Picture { media_type: "image/jpeg", bytes })))
}

fn row(
    seat: &mut Seat,
    names: &mut Names,
    record: &store::Record,
    attachment: Attachment,
    twice: bool,
) -> Result<FileRow, Refusal> {
    let said = seat.act.first_said(record.id)?;
    let author = said.as_ref().map(|said| said.author);
    let happened = timeline::happened(Attachment::KIND.name, &record.state);
    let day = happened.map(|at| seat.place.zone.instant(u64::try_from(at).unwrap_or_default()));
    let file = attachment.file.unwrap_or_default();
    Ok(FileRow {
        id: record.id,
        version: record.version,
        sort: attachment.sort,
        title: attachment.title.map(shortened),
        day: day.map(|day| seat.place.zone.day(&day).to_string()),
        filed: said.map(|said| said.wall).unwrap_or_default(),
        author: names.of(seat, author)?,
        bytes: file.size,
        pages: attachment.pages,
        thumb: small_picture(seat, attachment.thumb.as_ref())?,
        state: state_of(seat, record.id, &file.sha256.bytes())?,
        media_type: file.media_type,
        twice,
        reading: attachment.reading,
        disputed: disputed(Attachment::KIND, &record.state),
    })
}
