//! A file that was filed in the wrong chart goes to whom it belongs, in one step: withdrawn there, filed here, with the same
//! bytes. Both trails tell it.

use std::collections::BTreeMap;

use domain::RecordId;
use domain::files::{Attachment, FileSort, ReadMark, differs, read_dicom};
use domain::patients::Patient;
use domain::record::{Record, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{AuditSearch, Draft, patch_of};
use ts_rs::TS;

use super::{Standing, digest_of};
use crate::answer::fitting;
use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A file to move to another chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveFile {
    /// The file.
    pub id: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// Whose it is.
    pub to: RecordId,
    /// Why.
    pub reason: String,
    /// That it is theirs although it names another.
    #[serde(default)]
    pub confirmed: bool,
}

/// A copy that left the records while the file stood in the wrong chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CopyMade {
    /// When, with offset.
    pub at: String,
    /// Who kept it.
    pub who: Option<String>,
}

/// A file that was moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileMoved {
    /// Its record in the other chart.
    pub id: RecordId,
    /// Its version, for the next edit.
    pub version: i64,
    /// Whether the withdrawal met an edit that its author had not seen.
    pub conflict: bool,
    /// The copies that were kept of it at this workstation under the wrong name, as many as an answer holds.
    pub copies: Vec<CopyMade>,
}

/// So many entries of the trail are looked through for copies.
const MOST_ENTRIES: usize = 1_000;

/// Moves a file to whom it belongs.
pub(crate) fn move_file(seat: &mut Seat, input: MoveFile) -> Result<FileMoved, Refusal> {
    let MoveFile { id, version, to, reason, confirmed } = input;
    let Standing { attachment, patient: from, .. } = Standing::of(seat, id)?;
    if reason.trim().is_empty() {
        return Err(Refusal::missing("reason"));
    }
    if to == from {
        return Err(Refusal::invalid("to"));
    }
    let person: Patient = seat.read::<Patient>(to)?.state.record();
    if !confirmed {
        let is_dicom = attachment.file.as_ref().is_some_and(|file| file.media_type == "application/dicom");
        let bytes = if is_dicom { seat.act.whole_blob(&digest_of(&attachment)?)? } else { None };
        let differing = bytes.map(|bytes| differs(&read_dicom(&bytes), &person)).unwrap_or_default();
        if !differing.is_empty() {
            let words: Vec<&str> = differing.iter().map(|differs| differs.word()).collect();
            return Err(Refusal::new(Code::AnotherPerson).with("differs", words.join(" ")));
        }
    }
    let copies = copies_of(seat, id, from)?;
    // What it belonged to is the other person's.
    let moved = Attachment {
        patient: Some(to),
        about: None,
        moved_from: Some(id),
        // In that chart nobody has read it.
        reading: attachment.sort.is_some_and(FileSort::is_result).then_some(ReadMark::Unread),
        // It is filed there by somebody here, whatever it came from.
        source: None,
        original: None,
        ..attachment
    };
    let new = seat.new_id();
    let withdrawn = Draft {
        kind: Attachment::KIND,
        record: id,
        patient: Some(from),
        verb: Verb::Void,
        patch: BTreeMap::new(),
        reason: Some(reason.clone()),
        seen: Some(version),
        keeps: None,
    };
    let mut patch = patch_of(&moved);
    patch.retain(|_, value| !value.is_null());
    let filed = Draft { verb: Verb::Create, ..Draft::patch::<Attachment>(new, Some(to), patch, None) };
    let written = seat.write(vec![withdrawn, filed])?;
    seat.reason = Some(reason);
    // The trail of the chart that it left tells it too.
    let left = seat.note("move_file", None);
    seat.act.audit(&seat.place.key, &mut *seat.world.entropy, left)?;
    seat.about(Some(new), Some(to));
    Ok(FileMoved { id: new, version: written.version, conflict: written.conflict, copies })
}

/// What makes a copy of one file, and of all files of a chart.
const OF_ONE: [&str; 2] = ["save_file", "print_file"];
const OF_ALL: &str = "export_files";

/// The copies that were kept or printed of the file `id` of `patient`, latest first.
fn copies_of(seat: &Seat, id: RecordId, patient: RecordId) -> Result<Vec<CopyMade>, Refusal> {
    let mut entries = Vec::new();
    for action in OF_ONE.into_iter().chain([OF_ALL]) {
        let search = AuditSearch { patient: Some(patient), action: Some(action), ..AuditSearch::default() };
        let object = if action == OF_ALL { patient } else { id };
        let found = seat.act.audit_rows(&search, MOST_ENTRIES)?;
        entries.extend(
            found.into_iter().filter(|entry| entry.object == Some(object) && entry.outcome == "done"),
        );
    }
    let mut names = Names::default();
    let mut copies = Vec::new();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    for entry in entries {
        copies.push(CopyMade { at: entry.wall, who: names.of(seat, entry.user)? });
    }
    Ok(fitting(copies).0)
}
