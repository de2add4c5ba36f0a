//! The pages of a file as pictures, and a copy of it outside of the records.

use documents::{dicom, photos, pixels};
use domain::RecordId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Standing, digest_of};
use crate::brought::drawn;
use crate::certificates::{PagePicture, SavedCertificate, keep_copy};
use crate::pictures::Picture;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Pages of a file to look at.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PagesOfFile {
    /// The file.
    pub file: RecordId,
    /// The first page, from 1.
    pub from: u32,
    /// How wide the pictures of a PDF are to be, in pixels.
    pub width: u32,
}

/// Pages of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
pub struct FilePages {
    /// As pictures, in order; none of what has none, such as a text, and of a DICOM file the first, where it can be drawn.
    pub pages: Vec<PagePicture>,
    /// The page at which it goes on, where there are more.
    pub next: Option<u32>,
    /// What a text says; a long one in part.
    pub text: Option<String>,
    /// Whether the text goes on.
    pub more: bool,
    /// How many pictures a DICOM file has, where the first of them is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub frames: Option<u32>,
}

/// A file to keep a copy of.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveFile {
    /// The file.
    pub file: RecordId,
    /// The id of the place that the person chose.
    pub place: String,
}

const WIDTHS: std::ops::RangeInclusive<u32> = 200..=2_400;
/// So many pages are drawn at once.
const AT_ONCE: usize = 2;
/// So many bytes of a text are shown.
const MOST_TEXT: usize = 16_000;
pub(super) const PNG: &str = "image/png";
pub(super) const JPEG: &str = "image/jpeg";

/// Pages of a file as pictures.
pub(crate) fn file_pages(seat: &mut Seat, input: PagesOfFile) -> Result<FilePages, Refusal> {
    if !WIDTHS.contains(&input.width) {
        return Err(Refusal::invalid("width"));
    }
    let standing = Standing::of(seat, input.file)?;
    let (media_type, bytes) = bytes_of(seat, &standing)?;
    match media_type.as_str() {
        "application/pdf" => pdf_pages(seat, &bytes, input.from, input.width),
        JPEG => picture(seat, JPEG, bytes),
        PNG => picture(seat, PNG, bytes),
        "text/plain" => Ok(text(&bytes)),
        "application/dicom" => first_frame(seat, &bytes),
        _ => Ok(FilePages::default()),
    }
}

/// The media type and all bytes of a file that is here.
pub(super) fn bytes_of(seat: &Seat, standing: &Standing) -> Result<(String, Vec<u8>), Refusal> {
    let digest = digest_of(&standing.attachment)?;
    let bytes = seat.act.whole_blob(&digest)?.ok_or_else(|| Refusal::new(Code::NotHere))?;
    let media_type = standing.attachment.file.as_ref().map(|file| file.media_type.clone());
    Ok((media_type.unwrap_or_default(), bytes))
}

fn pdf_pages(seat: &mut Seat, pdf: &[u8], from: u32, width: u32) -> Result<FilePages, Refusal> {
    let unread = || Refusal::new(Code::Unprintable).with("reason", "writer");
    let count = drawn(|| pixels::pages(pdf)).ok_or_else(unread)?;
    let first = usize::try_from(from).unwrap_or(usize::MAX).max(1);
    if first > count {
        return Err(Refusal::invalid("from"));
    }
    let last = count.min(first.saturating_add(AT_ONCE - 1));
    let mut pages = Vec::new();
    for number in first..=last {
        let bytes = drawn(|| pixels::page(pdf, number, width)).ok_or_else(unread)?;
        let (width, height) = photos::size(&bytes).unwrap_or((width, 0));
        pages.push(PagePicture { picture: seat.show(Picture { media_type: PNG, bytes }), width, height });
    }
    let next = (last < count).then(|| u32::try_from(last + 1).unwrap_or(u32::MAX));
    Ok(FilePages { pages, next, ..FilePages::default() })
}

fn picture(seat: &mut Seat, media_type: &'static str, bytes: Vec<u8>) -> Result<FilePages, Refusal> {
    let (width, height) = photos::size(&bytes).unwrap_or_default();
    let picture = seat.show(Picture { media_type, bytes });
    Ok(FilePages { pages: vec![PagePicture { picture, width, height }], ..FilePages::default() })
}

/// The first picture of a DICOM file; none where it cannot be drawn.
fn first_frame(seat: &mut Seat, file: &[u8]) -> Result<FilePages, Refusal> {
    match dicom::picture(file) {
        Ok(drawn) => Ok(FilePages { frames: Some(drawn.frames), ..picture(seat, PNG, drawn.png)? }),
        Err(_) => Ok(FilePages::default()),
    }
}

fn text(bytes: &[u8]) -> FilePages {
    let text = String::from_utf8_lossy(bytes);
    let end =
        (0..=MOST_TEXT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let part = text.get(..end).unwrap_or_default().to_owned();
    FilePages { more: part.len() < text.len(), text: Some(part), ..FilePages::default() }
}

/// Keeps a copy of a file where the person chose.
pub(crate) fn save_file(seat: &mut Seat, input: SaveFile) -> Result<SavedCertificate, Refusal> {
    let standing = Standing::of(seat, input.file)?;
    let (_, bytes) = bytes_of(seat, &standing)?;
    keep_copy(seat, &input.place, &bytes)
}
