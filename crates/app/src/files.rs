//! Files of a chart: brought in, looked at, filed, shown, moved to whom they belong, and kept outside as a copy.
//!
//! A window hands a file over by [`Desk::bring`](crate::Desk::bring), and names it from then on by the id that it was
//! given: neither paths nor bytes come with a command.

mod add;
mod handed;
mod list;
mod looked_at;
mod moved;
mod pages;
mod print;
mod reading;
mod tray;
mod view;

pub use crate::brought::{called, read};
pub use add::{AddFile, FileAdded};
pub(crate) use add::{add_file, edit_file, made_of};
pub(crate) use handed::export_files;
pub use handed::{ExportFiles, FilesExported};
pub use list::{FileRow, Files, FilesEnd, ListFiles};
pub(crate) use list::{files, small_picture};
pub(crate) use looked_at::look_at_file;
pub use looked_at::{FileFrom, FileLooked, FileSays, LookAtFile};
pub(crate) use moved::move_file;
pub use moved::{CopyMade, FileMoved, MoveFile};
pub use pages::{FilePages, PagesOfFile, SaveFile};
pub(crate) use pages::{file_pages, save_file};
pub use print::PrintFile;
pub(crate) use print::print_file;
pub use reading::{ListUnread, ReadFile, UnreadEnd, UnreadFiles, UnreadRow};
pub(crate) use reading::{read_file, unread_files};
pub use tray::{AssignFromTray, SetTray, Tray, TrayPaper};
pub(crate) use tray::{assign_from_tray, set_tray, tray};
pub use view::{FileState, FileView, FileWhere, OfFile};
pub(crate) use view::{fetch_file, file};

use domain::RecordId;
use domain::files::Attachment;

use crate::records::{self, Kept, VoidClaim};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Withdraws a file that was filed in error.
pub(crate) fn void_file(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    records::void::<Attachment>(seat, input)
}

/// A file of a chart as it stands.
pub(crate) struct Standing {
    pub(crate) record: store::Record,
    pub(crate) attachment: Attachment,
    pub(crate) patient: RecordId,
}

impl Standing {
    pub(crate) fn of(seat: &mut Seat, file: RecordId) -> Result<Self, Refusal> {
        let record = seat.read::<Attachment>(file)?;
        let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
        seat.about(Some(file), Some(patient));
        Ok(Self { attachment: record.state.record(), record, patient })
    }
}

/// The digest by which the bytes of a file are kept; none of a record that names no bytes.
pub(crate) fn digest_of(attachment: &Attachment) -> Result<Vec<u8>, Refusal> {
    let file = attachment.file.as_ref().ok_or_else(|| Refusal::new(Code::NotFound))?;
    Ok(file.sha256.bytes())
}
