//! Files of a chart: scans, results, X-rays and photographs, what each is, and whom it names.

mod dicom;
mod names;
mod recognise;

pub use dicom::{Colours, DicomHeader, Frame, Grey, Packed, Undrawn, read_dicom, read_frame};
pub use names::{Differs, differs};
pub use recognise::{FileFormat, Unfit, recognise};

use crate::fold::State;
use crate::record::{Kind, Type, Verb};
use crate::rule::{Asked, Fault};
use crate::{BlobRef, PartialDate, RecordId, Value, choice, record};

choice! {
    /// What a file is to whoever looks for it.
    pub enum FileSort {
        /// A consultation that was written on paper.
        Consultation = "consultation",
        /// A laboratory result.
        Laboratory = "laboratory",
        /// An X-ray, or another picture of the inside.
        Xray = "xray",
        /// A prescription.
        Prescription = "prescription",
        /// A consent that was signed on paper.
        Consent = "consent",
        /// A referral, or the answer to one.
        Referral = "referral",
        /// An insurance paper.
        Insurance = "insurance",
        /// A clinical photograph.
        Photo = "photo",
        /// What a device recorded: an ECG, a spirometry.
        Device = "device",
        /// A certificate that somebody else issued.
        OutsideCertificate = "outside_certificate",
        /// A paper that says who somebody is.
        Identity = "identity",
        /// Something else.
        Other = "other",
    }
}

choice! {
    /// How a file came.
    pub enum CameBy {
        /// It was chosen, dropped or pasted.
        File = "file",
        /// From the scanner's tray.
        Scan = "scan",
        /// From a camera.
        Camera = "camera",
        /// From a device.
        Device = "device",
        /// With records of another system.
        Import = "import",
    }
}

choice! {
    /// What a picture held beside its pixels, and does not any more.
    pub enum Removed {
        /// Where it was taken.
        Location = "location",
        /// What took it.
        Camera = "camera",
        /// Who took it, or whose it is.
        Author = "author",
        /// When it was taken and changed.
        Times = "times",
        /// What somebody wrote into it.
        Comments = "comments",
    }
}

choice! {
    /// Whether somebody who answers for it has read a result.
    pub enum ReadMark {
        /// Nobody has.
        Unread = "unread",
        /// Somebody has.
        Read = "read",
    }
    moves {
        "" => "unread": FileAdd,
        "unread" => "read": NoteSign,
    }
}

record! {
    /// A file of somebody's chart.
    pub struct Attachment: "attachment", Ordinary, Site;
    told AttachmentText;
    verbs { Create: FileAdd, Patch: FileEdit, Void: FileVoid, Resolve: FileEdit, }
    happened { taken_on, }
    roles { source: source, original: original, }
    lists { reading, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// Whether a result was read; nothing of what is no result, and of what came from elsewhere.
        reading: ReadMark, State;
        /// What it belongs to: a visit, a note.
        about: RecordId, Fixed;
        /// Its bytes.
        file: BlobRef, Fixed;
        /// A small picture of it; none of what has no picture.
        thumb: BlobRef, Fixed;
        /// How many pages it has.
        pages: i64, Fixed;
        /// How it came.
        came_by: CameBy, Fixed;
        /// What it was before it was taken in (IANA media type).
        original_type: String, Fixed;
        /// How many bytes it had then.
        original_bytes: i64, Fixed;
        /// What it held beside its pixels, and does not any more: words of [`Removed`].
        removed: Vec<String>, Fixed;
        /// Whether it was made smaller.
        reduced: bool, Fixed;
        /// The record under which it stood in another chart.
        moved_from: RecordId, Fixed;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
    written {
        /// What it is.
        sort: FileSort, Ordinary;
        /// What it is called.
        title: String, Ordinary;
        /// The day of what it shows.
        taken_on: PartialDate, Ordinary;
        /// What there is to say about it.
        note: String, Ordinary;
    }
}

/// A title has no more characters.
pub const LONGEST_TITLE: usize = 120;

/// The fields without which nobody finds a file.
const NEEDED: [&str; 5] = ["patient", "file", "sort", "title", "came_by"];

impl FileSort {
    /// How many bytes a file of this sort has at most as it comes.
    #[must_use]
    pub fn largest(self) -> u64 {
        let megabytes = match self {
            Self::Xray => 100,
            Self::Device => 50,
            Self::Photo => 25,
            _ => 10,
        };
        megabytes * 1_000_000
    }

    /// Whether it is a result, which waits until somebody who answers for it has read it.
    #[must_use]
    pub fn is_result(self) -> bool {
        matches!(self, Self::Laboratory | Self::Xray | Self::Device)
    }

    /// Whether each pixel may matter, so that a picture of it stays as large as it came.
    #[must_use]
    pub fn keeps_size(self) -> bool {
        matches!(self, Self::Xray | Self::Photo)
    }
}

/// The rule of files: one that is made says whose it is, what it is and where its bytes are.
///
/// # Errors
/// [`Fault::Lacking`] for what it does not say.
pub(crate) fn check_file(asked: &Asked) -> Result<(), Fault> {
    let Asked { op, .. } = asked;
    let says = |field: &&str| op.value(field).is_some_and(|value| !is_blank(value));
    let makes = op.header.verb == Verb::Create;
    match NEEDED.iter().find(|field| makes && !says(field)) {
        Some(field) => Err(Fault::Lacking((*field).to_owned())),
        None => Ok(()),
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_text().is_some_and(|text| text.trim().is_empty())
}

/// The blobs that a record of `kind` names, by field.
pub fn blobs<'a>(
    kind: &'static Kind,
    state: &'a State,
) -> impl Iterator<Item = (&'static str, BlobRef)> + use<'a> {
    let fields = kind.fields.iter().filter(|field| field.holds == Type::Blob);
    fields.filter_map(|field| Some((field.name, BlobRef::read(state.value(field.name))?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LARGEST_BLOB;
    use crate::record::Record;

    #[test]
    fn no_sort_takes_more_than_a_blob_may_have_and_only_pictures_that_are_measured_keep_their_size() {
        assert!(FileSort::ALL.iter().all(|sort| sort.largest() <= LARGEST_BLOB));
        let kept: Vec<&str> =
            FileSort::ALL.iter().filter(|sort| sort.keeps_size()).map(|sort| sort.word()).collect();
        assert_eq!(kept, ["xray", "photo"]);
    }

    #[test]
    fn what_a_file_needs_are_fields_that_it_has() {
        assert!(NEEDED.iter().all(|field| Attachment::KIND.field(field).is_some()));
    }
}
