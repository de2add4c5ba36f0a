//! Files that a person dropped on the window or pasted into it, until the page reads them. They stay where they lie; the page
//! knows each by an id and never names a place itself.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use domain::files::recognise;
use serde::Serialize;

use crate::brought::{beginning, decoded, read_up_to};
use crate::refusal::Refusal;

/// What a person dropped or pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A file that lies here.
    At(PathBuf),
    /// A picture that another program copied.
    Picture(Arc<[u8]>),
}

/// A file that the page may read, as it would know one that was chosen in the system's dialog.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Offered {
    /// What stands for it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// What it is (IANA media type), as far as that is known.
    pub media_type: Option<String>,
}

/// What was offered in this sitting, oldest first.
#[derive(Default)]
pub(crate) struct Offers(Vec<(String, Offer)>);

/// More than anybody drops before they file the first.
const MOST: usize = 1000;
/// Pictures that were copied lie in memory: no more than so many bytes of them.
const MOST_BYTES: usize = 64 << 20;
/// A larger file is taken nowhere.
const LARGEST: u64 = 256 << 20;
/// What a copied picture is called.
const PICTURE: (&str, &str) = ("image.png", "image/png");

impl Offers {
    /// Remembers an offer under `id`.
    pub(crate) fn keep(&mut self, id: String, offer: Offer) -> Offered {
        let offered = offer.named(id.clone());
        self.0.push((id, offer));
        while self.0.len() > MOST {
            self.0.remove(0);
        }
        while self.0.iter().map(|(_, offer)| offer.held()).sum::<usize>() > MOST_BYTES
            && let Some(at) = self.0[..self.0.len() - 1].iter().position(|(_, offer)| offer.held() > 0)
        {
            self.0.remove(at);
        }
        offered
    }

    /// What was offered under `id`.
    pub(crate) fn get(&self, id: &str) -> Option<&Offer> {
        self.0.iter().find(|(each, _)| each == id).map(|(_, offer)| offer)
    }
}

impl Offer {
    /// Its bytes.
    ///
    /// # Errors
    /// [`Code::FileUnfit`](crate::Code::FileUnfit) where it is not there any more, is no file, or is larger than any that is taken.
    pub fn read(&self) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::At(place) => read_up_to(place, LARGEST),
            Self::Picture(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// How many bytes of it lie in memory.
    fn held(&self) -> usize {
        if let Self::Picture(bytes) = self { bytes.len() } else { 0 }
    }

    fn named(&self, id: String) -> Offered {
        match self {
            Self::At(place) => {
                let known = fs::metadata(place).ok().filter(fs::Metadata::is_file);
                let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let begins = known.as_ref().and_then(|_| beginning(place));
                let format = begins.and_then(|begins| recognise(&begins).ok());
                let media_type = format.map(|format| format.word().to_owned());
                Offered { id, name, size: known.map_or(0, |known| known.len()), media_type }
            }
            Self::Picture(bytes) => {
                let (name, media_type) = PICTURE;
                let (name, media_type) = (name.to_owned(), Some(media_type.to_owned()));
                Offered { id, name, size: bytes.len() as u64, media_type }
            }
        }
    }
}

/// What was dropped: of what the system names as places those that are some.
#[must_use]
pub fn dropped(paths: &[PathBuf]) -> Vec<Offer> {
    paths.iter().filter(|path| path.is_absolute()).cloned().map(Offer::At).collect()
}

/// What was pasted, of what the clipboard has by the names of its kinds: files, else a picture. A picture beside a text is
/// the text's, such as one of the cells of a table, and the text goes where it was meant.
pub fn pasted(mut has: impl FnMut(&'static str) -> Option<Vec<u8>>) -> Vec<Offer> {
    for list in ["text/uri-list", "x-special/gnome-copied-files"] {
        let places = has(list).map(|list| places(&list)).unwrap_or_default();
        if !places.is_empty() {
            return places.into_iter().map(Offer::At).collect();
        }
    }
    if has("UTF8_STRING").is_some_and(|text| !text.is_empty()) {
        return Vec::new();
    }
    let picture = has(PICTURE.1).filter(|bytes| !bytes.is_empty());
    picture.into_iter().map(|bytes| Offer::Picture(bytes.into())).collect()
}

/// The files of this computer in a list of addresses, one a line (RFC 2483): what else stands there is passed over.
fn places(list: &[u8]) -> Vec<PathBuf> {
    let lines = list.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let path = |line: &[u8]| {
        let behind = line.strip_prefix(b"file://")?;
        let behind = behind.strip_prefix(b"localhost").unwrap_or(behind);
        Some(place_of(decoded(behind))).filter(|place| place.is_absolute())
    };
    lines.filter_map(path).collect()
}

#[cfg(unix)]
fn place_of(name: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(name).into()
}

#[cfg(not(unix))]
fn place_of(name: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&name).into_owned().into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::Code;

    fn clipboard(kinds: &[(&str, &[u8])]) -> Vec<Offer> {
        pasted(|kind| kinds.iter().find(|(each, _)| *each == kind).map(|(_, bytes)| bytes.to_vec()))
    }

    fn at(path: &str) -> Offer {
        Offer::At(path.into())
    }

    #[test]
    fn files_are_pasted_by_either_list_and_before_what_is_beside_them() {
        let uris = b"# two files\r\nfile:///home/nurse/X%2Dray%20Mej%C3%ADa.png\r\nfile://localhost/b\r\n";
        let both = [at("/home/nurse/X-ray Mejía.png"), at("/b")];
        let text = ("UTF8_STRING", b"/home/nurse/X-ray" as &[u8]);
        assert_eq!(clipboard(&[("text/uri-list", uris), text, ("image/png", b"icon")]), both);
        let copied = ("x-special/gnome-copied-files", b"cut\nfile:///a\nfile:///b" as &[u8]);
        assert_eq!(clipboard(&[copied, text]), [at("/a"), at("/b")]);
    }

    #[test]
    fn an_address_elsewhere_is_no_file_of_this_computer() {
        let list = b"https://example.org/a\r\nfile://server/share/b\r\nfile:c\r\nsmb://d/e\r\n";
        assert_eq!(clipboard(&[("text/uri-list", list)]), []);
        assert_eq!(dropped(&["https://example.org/a".into(), "/b".into()]), [at("/b")]);
    }

    #[test]
    fn a_picture_is_pasted_and_beside_a_text_the_text_is() {
        let picture = ("image/png", b"png" as &[u8]);
        assert_eq!(clipboard(&[picture]), [Offer::Picture(b"png".as_slice().into())]);
        assert_eq!(clipboard(&[picture, ("UTF8_STRING", b"120/80")]), []);
        assert_eq!(clipboard(&[]), []);
    }

    #[test]
    fn an_offer_has_name_size_and_sort_and_stays_where_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let scan = folder.path().join("scan");
        fs::write(&scan, "%PDF-1.7 ...").unwrap();
        let mut offers = Offers::default();
        let told = offers.keep("1".into(), Offer::At(scan.clone()));
        let (name, media_type) = ("scan".to_owned(), Some("application/pdf".to_owned()));
        assert_eq!(told, Offered { id: "1".into(), name, size: 12, media_type });
        assert_eq!(offers.get("1").unwrap().read().unwrap(), b"%PDF-1.7 ...");
        fs::remove_file(scan).unwrap();
        assert_eq!(offers.get("1").unwrap().read().unwrap_err().code, Code::FileUnfit);
        assert_eq!(offers.keep("2".into(), Offer::At(folder.path().into())).size, 0);
        assert!(offers.get("3").is_none());
    }

    #[test]
    fn pictures_in_memory_have_an_end_and_files_stay_beside_them() {
        let mut offers = Offers::default();
        offers.keep("file".into(), at("/a"));
        for id in ["first", "second"] {
            offers.keep(id.into(), Offer::Picture(vec![0; MOST_BYTES - 1].into()));
        }
        assert!(offers.get("first").is_none());
        assert!(offers.get("file").is_some() && offers.get("second").is_some());
    }
}
