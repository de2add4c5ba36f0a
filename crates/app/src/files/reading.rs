//! Results that nobody has read: they wait, the longest first, until somebody who answers for it says that they have read
//! one.

use domain::RecordId;
use domain::files::{Attachment, FileSort, ReadMark};
use domain::patients::Patient;
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::List;
use ts_rs::TS;

use super::Standing;
use crate::answer::{ANSWER_BYTES, shortened, within};
use crate::records::{Kept, Names, PersonRow};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A result that was read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadFile {
    /// The file.
    pub id: RecordId,
    /// The version that was seen.
    pub version: i64,
}

/// A page of results that nobody has read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListUnread {
    /// The end of the page before.
    #[serde(default)]
    pub after: Option<UnreadEnd>,
}

/// The last row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnreadEnd {
    /// Its version.
    pub version: i64,
    /// The record.
    pub id: RecordId,
}

/// A result that nobody has read.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct UnreadRow {
    /// Its record.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// Whose it is.
    pub person: PersonRow,
    /// What it is.
    pub sort: Option<FileSort>,
    /// What it is called.
    pub title: Option<String>,
    /// When it was filed, with offset.
    pub filed: String,
    /// Who filed it.
    pub author: Option<String>,
}

/// Results that nobody has read, those first that wait longest.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct UnreadFiles {
    /// The rows.
    pub rows: Vec<UnreadRow>,
    /// How many there are on all pages together.
    pub count: u64,
    /// The end of this page, where there are more.
    pub next: Option<UnreadEnd>,
}

const PAGE_ROWS: u32 = 40;

/// A page of the results that nobody has read.
pub(crate) fn unread_files(seat: &mut Seat, input: ListUnread) -> Result<UnreadFiles, Refusal> {
    let unread = List::of(Attachment::KIND.name, "reading", &[ReadMark::Unread.word()]);
    let list = List { oldest_first: true, ..unread };
    let count = seat.act.list_count(&list)?;
    let page = seat.act.list(&list, input.after.map(|end| (end.version, end.id)), PAGE_ROWS)?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    for record in page.rows {
        let attachment: Attachment = record.state.record();
        let whose = record.patient.map(|patient| seat.read::<Patient>(patient)).transpose();
        // Of somebody whose registration was withdrawn nothing waits.
        let Ok(Some(whose)) = whose else { continue };
        let said = seat.act.first_said(record.id)?;
        rows.push(UnreadRow {
            id: record.id,
            version: record.version,
            person: PersonRow::of(whose.id, whose.state.record(), seat),
            sort: attachment.sort,
            title: attachment.title.map(shortened),
            author: names.of(seat, said.as_ref().map(|said| said.author))?,
            filed: said.map(|said| said.wall).unwrap_or_default(),
        });
    }
    let (rows, more) = within(rows, ANSWER_BYTES);
    let next = match rows.last() {
        Some(UnreadRow { version, id, .. }) if more > 0 => Some(UnreadEnd { version: *version, id: *id }),
        _ => page.next.map(|(version, id)| UnreadEnd { version, id }),
    };
    Ok(UnreadFiles { rows, count, next })
}

/// Notes that the person has read a result.
pub(crate) fn read_file(seat: &mut Seat, input: ReadFile) -> Result<Kept, Refusal> {
    let Standing { record, attachment, patient } = Standing::of(seat, input.id)?;
    if attachment.reading != Some(ReadMark::Unread) {
        return Err(Refusal::new(Code::IllegalMove).with("field", "reading"));
    }
    let patch = [("reading".to_owned(), domain::Value::text(ReadMark::Read.word()))].into();
    let written = seat.change::<Attachment>(record.id, Some(patient), patch, input.version)?;
    Ok(Kept::of(record.id, written))
}
