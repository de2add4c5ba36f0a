//! A copy of a certificate's file outside of the records, where a person chose to keep it.

use std::io::ErrorKind;
use std::path::Path;

use domain::RecordId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pages::paper_of;
use super::{Standing, illegal};
use crate::keep;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A certificate to keep a copy of.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveCertificate {
    /// The certificate.
    pub certificate: RecordId,
    /// The id of the place that the person chose.
    pub place: String,
}

/// A copy that was kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct SavedCertificate {
    /// The name that the person gave it.
    pub name: String,
}

/// Keeps the PDF that was issued where the person chose.
pub(crate) fn save_certificate(seat: &mut Seat, input: SaveCertificate) -> Result<SavedCertificate, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    if standing.record.state.signed.is_none() {
        return Err(illegal("status"));
    }
    let sheets = paper_of(seat, &standing)?;
    keep_copy(seat, &input.place, &sheets.bytes)
}

/// Keeps a file outside of the records, where the person chose under this id.
pub(crate) fn keep_copy(seat: &mut Seat, place: &str, bytes: &[u8]) -> Result<SavedCertificate, Refusal> {
    let place = seat.chosen(place).ok_or_else(|| Refusal::invalid("place"))?;
    if lies_in(&place, &seat.world.folder) {
        return Err(not_saved("records"));
    }
    keep(&place, bytes).map_err(|error| not_saved(reason(error.kind())))?;
    Ok(SavedCertificate {
        name: place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    })
}

/// That a copy was not saved, and why.
pub(crate) fn not_saved(reason: &str) -> Refusal {
    Refusal::new(Code::NotSaved).with("reason", reason)
}

/// Whether `place` is in `folder` or leads there, whose files are nobody's to write over.
fn lies_in(place: &Path, folder: &Path) -> bool {
    let beside = place.parent().and_then(|parent| parent.canonicalize().ok());
    let led = place.canonicalize().ok();
    let folder = folder.canonicalize().ok();
    folder.is_some_and(|folder| [beside, led].iter().flatten().any(|place| place.starts_with(&folder)))
}

fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "full",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "not_allowed",
        ErrorKind::NotFound | ErrorKind::NotADirectory => "gone",
        _ => "failed",
    }
}
