//! Files that a window has handed over and that are not filed yet. They lie in memory alone, and go with the sitting.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crypto::{Entropy, sha256};
use documents::active::{Active, active, is_locked};
use documents::dicom;
use documents::photos::{self, Beside, NotTaken};
use documents::pixels;
use domain::files::{DicomHeader, FileFormat, Removed, Unfit, read_dicom, recognise};
use domain::record::Hex;
use domain::{BlobRef, Digest, LARGEST_BLOB, PartialDate};
use jiff::civil::Date;
use store::{Act, StoreError};

use crate::refusal::{Code, Refusal};

/// A file as it will be kept.
pub(crate) struct Ready {
    /// What is kept.
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) media_type: &'static str,
    /// A small picture of it, where there is one.
    pub(crate) thumb: Option<Vec<u8>>,
    pub(crate) pages: Option<i64>,
    pub(crate) original_type: &'static str,
    pub(crate) original_bytes: u64,
    pub(crate) removed: Vec<Removed>,
    pub(crate) reduced: bool,
    /// The day of which it says that it was taken on it.
    pub(crate) taken_on: Option<PartialDate>,
    /// What a DICOM file says of its person.
    pub(crate) header: Option<DicomHeader>,
    /// What a PDF would do by itself elsewhere.
    pub(crate) active: Active,
}

impl Ready {
    /// What names it, and its small picture.
    pub(crate) fn named(&self) -> (BlobRef, Option<BlobRef>) {
        let name = |media_type: &str, bytes: &[u8]| BlobRef {
            sha256: Hex::of(&sha256(&[bytes])),
            size: bytes.len() as u64,
            media_type: media_type.to_owned(),
        };
        (name(self.media_type, &self.bytes), self.thumb.as_deref().map(|thumb| name(THUMB_TYPE, thumb)))
    }

    /// Keeps its bytes and those of its small picture.
    ///
    /// # Errors
    /// [`StoreError::Full`] where the disk has no room for them.
    pub(crate) fn keep(
        &self,
        act: &Act,
        entropy: &mut dyn Entropy,
    ) -> Result<(BlobRef, Option<BlobRef>), StoreError> {
        let file = act.keep_blob(entropy, self.media_type, &self.bytes)?;
        let thumb =
            self.thumb.as_deref().map(|thumb| act.keep_blob(entropy, THUMB_TYPE, thumb)).transpose()?;
        Ok((file, thumb))
    }
}

/// What was handed over, oldest first.
#[derive(Default)]
pub(crate) struct Brought {
    files: Vec<Lying>,
    /// The last that was made ready: who looks at a file files it next.
    last: Option<(Digest, bool, Arc<Ready>)>,
}

struct Lying {
    id: String,
    name: String,
    bytes: Arc<[u8]>,
}

/// More than anybody drops at once.
const MOST: usize = 40;
const MOST_BYTES: usize = 256 << 20;
/// So many bytes tell what a file is.
const BEGINNING: u64 = 4 << 10;
/// How wide the page of a PDF is drawn for its thumbnail, in pixels.
const THUMB: u32 = 480;
/// What a small picture is.
const THUMB_TYPE: &str = "image/jpeg";

impl Brought {
    /// Keeps what was handed over.
    ///
    /// # Errors
    /// Where it has more bytes than any file.
    pub(crate) fn keep(&mut self, id: String, name: String, bytes: Vec<u8>) -> Result<(), Refusal> {
        if bytes.len() as u64 > LARGEST_BLOB {
            return Err(too_large(LARGEST_BLOB));
        }
        self.files.push(Lying { id, name, bytes: bytes.into() });
        while self.files.len() > MOST
            || self.files.iter().map(|file| file.bytes.len()).sum::<usize>() > MOST_BYTES
        {
            self.files.remove(0);
        }
        Ok(())
    }

    /// The name and the bytes of the file with this id.
    pub(crate) fn get(&self, id: &str) -> Option<(String, Arc<[u8]>)> {
        self.files.iter().find(|file| file.id == id).map(|file| (file.name.clone(), Arc::clone(&file.bytes)))
    }

    /// Forgets the file with this id, once it is filed.
    pub(crate) fn forget(&mut self, id: &str) {
        self.files.retain(|file| file.id != id);
        self.last = None;
    }

    /// Makes a file ready to be kept.
    ///
    /// # Errors
    /// [`Unfit`] says why it is not taken in.
    pub(crate) fn ready(&mut self, bytes: &Arc<[u8]>, keeps_size: bool) -> Result<Arc<Ready>, Unfit> {
        let digest = sha256(&[bytes]);
        if let Some((last, kept, ready)) = &self.last
            && (last, *kept) == (&digest, keeps_size)
        {
            return Ok(Arc::clone(ready));
        }
        let ready = Arc::new(made_ready(bytes, keeps_size)?);
        self.last = Some((digest, keeps_size, Arc::clone(&ready)));
        Ok(ready)
    }
}

/// Why a file is not taken in, with the word by which the screen says what to do instead.
pub(crate) fn unfit(why: Unfit) -> Refusal {
    Refusal::new(Code::FileUnfit).with("reason", why.word())
}

/// That a file has more bytes than `most`.
pub(crate) fn too_large(most: u64) -> Refusal {
    unfit(Unfit::TooLarge).with("most", most / 1_000_000)
}

/// What a file is called, of a name in which signs are written as `%` and two hexadecimal digits (RFC 3986, section 2.1).
#[must_use]
pub fn called(name: &str) -> String {
    String::from_utf8_lossy(&decoded(name.as_bytes())).into_owned()
}

/// The bytes of a name in which some are written as `%` and two hexadecimal digits.
pub(crate) fn decoded(name: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = name;
    while let Some((first, behind)) = rest.split_first() {
        let coded =
            behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match coded.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    bytes
}

/// The bytes of a file that a person chose to file. Nothing that is none is opened: a pipe would be waited at.
///
/// # Errors
/// [`Code::FileUnfit`](crate::Code::FileUnfit) where it does not read, or has more bytes than any file.
pub fn read(place: &Path) -> Result<Vec<u8>, Refusal> {
    read_up_to(place, LARGEST_BLOB)
}

/// The bytes of a file of at most so many.
pub(crate) fn read_up_to(place: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    if !fs::metadata(place).is_ok_and(|known| known.is_file()) {
        return Err(unfit(Unfit::Damaged));
    }
    let mut bytes = Vec::new();
    let read = File::open(place).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    match read {
        Err(_) => Err(unfit(Unfit::Damaged)),
        Ok(length) if length as u64 > most => Err(too_large(most)),
        Ok(_) => Ok(bytes),
    }
}

/// The beginning of a file, by which it is recognised.
pub(crate) fn beginning(place: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(place).ok()?.take(BEGINNING).read_to_end(&mut bytes).ok()?;
    // A text may be cut within a letter.
    let cut = std::str::from_utf8(&bytes).err().filter(|error| error.error_len().is_none());
    bytes.truncate(cut.map_or(bytes.len(), |error| error.valid_up_to()));
    Some(bytes)
}

fn made_ready(bytes: &Arc<[u8]>, keeps_size: bool) -> Result<Ready, Unfit> {
    let format = recognise(bytes)?;
    let whole = Ready {
        bytes: Arc::clone(bytes),
        media_type: format.word(),
        thumb: None,
        pages: None,
        original_type: format.word(),
        original_bytes: bytes.len() as u64,
        removed: Vec::new(),
        reduced: false,
        taken_on: None,
        header: None,
        active: Active::default(),
    };
    Ok(match format {
        FileFormat::Text => whole,
        FileFormat::Dicom => {
            let header = read_dicom(bytes);
            // One that cannot be drawn is kept all the same.
            let thumb = dicom::picture(bytes).ok().and_then(|drawn| photos::thumbnail(&drawn.png).ok());
            Ready { taken_on: header.study_date, header: Some(header), thumb, ..whole }
        }
        FileFormat::Pdf => pdf(bytes, whole)?,
        FileFormat::Jpeg | FileFormat::Png | FileFormat::Webp | FileFormat::Tiff => {
            let photo = photos::take_in(bytes, keeps_size).map_err(not_taken)?;
            Ready {
                bytes: photo.bytes.into(),
                media_type: photo.media_type,
                thumb: Some(photo.thumb),
                pages: Some(1),
                removed: removed(&photo.beside),
                reduced: photo.reduced,
                taken_on: photo
                    .beside
                    .day
                    .and_then(|(year, month, day)| Date::new(year, month, day).ok())
                    .map(PartialDate::day),
                ..whole
            }
        }
    })
}

/// A PDF is kept to the byte.
fn pdf(bytes: &[u8], whole: Ready) -> Result<Ready, Unfit> {
    let unread = || if is_locked(bytes) { Unfit::Locked } else { Unfit::Damaged };
    let pages = drawn(|| pixels::pages(bytes)).filter(|pages| *pages > 0).ok_or_else(unread)?;
    // A page that cannot be drawn is told when somebody looks at it; the file is kept all the same.
    let thumb = drawn(|| pixels::page(bytes, 1, THUMB)).and_then(|page| photos::thumbnail(&page).ok());
    Ok(Ready { pages: i64::try_from(pages).ok(), thumb, active: active(bytes), ..whole })
}

/// What other people's reader makes of anybody's bytes; none where it gives up.
pub(crate) fn drawn<T>(read: impl FnOnce() -> Result<T, pixels::PixelError>) -> Option<T> {
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    read.ok().and_then(Result::ok)
}

fn not_taken(why: NotTaken) -> Unfit {
    match why {
        NotTaken::Damaged => Unfit::Damaged,
        NotTaken::TooManyPixels => Unfit::TooManyPixels,
        NotTaken::SeveralPages => Unfit::SeveralPages,
    }
}

fn removed(beside: &Beside) -> Vec<Removed> {
    let Beside { location, camera, author, times, comments, .. } = *beside;
    [
        (location, Removed::Location),
        (camera, Removed::Camera),
        (author, Removed::Author),
        (times, Removed::Times),
        (comments, Removed::Comments),
    ]
    .into_iter()
    .filter_map(|(was, what)| was.then_some(what))
    .collect()
}

#[cfg(all(test, unix))]
mod tests {
    #[test]
    fn a_pipe_is_not_waited_at_and_a_folder_is_no_file() {
        let root = tempfile::tempdir().unwrap();
        let pipe = root.path().join("scan.pdf");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for odd in [pipe.as_path(), root.path()] {
            assert_eq!(super::read(odd).unwrap_err().code, crate::Code::FileUnfit);
        }
    }
}
