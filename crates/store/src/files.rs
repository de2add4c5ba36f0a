//! The folder of files beside the store: blobs that are too long for a row, each sealed in chunks under a name that tells
//! nobody what it is (`docs/formats/stream.md`).

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crypto::stream::{CHUNK, Stream, TAG};
use crypto::{Digesting, Secret, StoreKey};
use domain::{Digest, hex};

use crate::disk::{self, make_private, sync_folder};
use crate::folder::{FILES, Folder};

/// What is not whole yet has this behind its name.
const COMING: &str = "coming";

/// A salt of its own for each file: without it nobody opens the file.
pub(crate) type FileSalt = [u8; 32];

/// The files of one store.
pub(crate) struct Files {
    root: PathBuf,
    key: Secret<32>,
    named: Secret<32>,
}

/// Why a file does not give its bytes.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is not there.
    Missing,
    /// It is not as it was written.
    Damaged,
    /// The system refused.
    Io(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Self::Damaged,
            _ => Self::Io(error),
        }
    }
}

impl Files {
    pub(crate) fn of(folder: &Folder, key: &StoreKey) -> Self {
        Self::at(folder.files(), key)
    }

    /// Those that lie at `root` as they lay beside the store that `key` opens.
    pub(crate) fn at(root: PathBuf, key: &StoreKey) -> Self {
        let key = key.derive(FILES);
        Self { root, named: key.derive("name"), key }
    }

    /// Keeps all bytes of a file: on return they are on the disk.
    pub(crate) fn write(&self, sha256: &Digest, salt: &FileSalt, bytes: &[u8]) -> io::Result<()> {
        let place = self.coming(sha256);
        self.make_room(&place)?;
        let stream = self.stream(salt, bytes.len() as u64);
        let written = disk::make_new(&place).and_then(|mut file| {
            // A file of a whole number of chunks has no empty one behind them; an empty one is no file.
            for (number, chunk) in (0..).zip(bytes.chunks(CHUNK as usize)) {
                file.write_all(&sealed(&stream, number, chunk)?)?;
            }
            file.sync_all()
        });
        if let Err(error) = written.and_then(|()| self.finish(sha256)) {
            fs::remove_file(&place).ok();
            return Err(error);
        }
        Ok(())
    }

    /// Writes the whole chunk `number` of a file of `size` bytes that is on its way, behind those before it.
    /// [`ErrorKind::NotFound`] where those before it are gone.
    pub(crate) fn append(
        &self,
        sha256: &Digest,
        salt: &FileSalt,
        size: u64,
        number: u64,
        chunk: &[u8],
    ) -> io::Result<()> {
        let place = self.coming(sha256);
        self.make_room(&place)?;
        let sealed = sealed(&self.stream(salt, size), number, chunk)?;
        let mut file = if number == 0 { disk::make_new(&place)? } else { open(&place, true)? };
        // What a crash left behind the last chunk that is known gives way to the same bytes.
        file.set_len(Stream::begins(number))?;
        file.seek(SeekFrom::Start(Stream::begins(number)))?;
        file.write_all(&sealed)
    }

    /// Puts what has come in its place, where it is whole: its digest is the one that was asked for.
    pub(crate) fn settle(&self, sha256: &Digest, salt: &FileSalt, size: u64) -> Result<bool, Unread> {
        let place = self.coming(sha256);
        match self.digest(&place, salt, size) {
            Ok(found) if found == *sha256 => {
                open(&place, true)?.sync_all()?;
                self.finish(sha256)?;
                Ok(true)
            }
            Ok(_) | Err(Unread::Damaged | Unread::Missing) => {
                fs::remove_file(&place).ok();
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// The plain bytes in `range` of a file that has `size`.
    pub(crate) fn read(
        &self,
        sha256: &Digest,
        salt: &FileSalt,
        size: u64,
        range: Range<u64>,
    ) -> Result<Vec<u8>, Unread> {
        let (from, to) = (range.start.min(size), range.end.min(size));
        if from >= to {
            return Ok(Vec::new());
        }
        let mut bytes = Vec::new();
        self.chunks(&self.place(sha256), salt, size, from / CHUNK..to.div_ceil(CHUNK), |chunk| {
            bytes.extend_from_slice(chunk);
        })?;
        let skipped = usize::try_from(from % CHUNK).unwrap_or(usize::MAX);
        let length = usize::try_from(to - from).unwrap_or(usize::MAX);
        bytes.drain(..skipped.min(bytes.len()));
        bytes.truncate(length);
        Ok(bytes)
    }

    /// Whether a file is whole: every chunk opens, and together they have the digest.
    pub(crate) fn check(&self, sha256: &Digest, salt: &FileSalt, size: u64) -> Result<(), Unread> {
        let found = self.digest(&self.place(sha256), salt, size)?;
        if found == *sha256 { Ok(()) } else { Err(Unread::Damaged) }
    }

    /// Whether a file is there and as long as it should be; it is not opened.
    pub(crate) fn stands(&self, sha256: &Digest, size: u64) -> bool {
        let found = fs::symlink_metadata(self.place(sha256));
        // The salt says nothing about the length.
        let sealed = self.stream(&FileSalt::default(), size).sealed();
        found.is_ok_and(|found| found.is_file() && found.len() == sealed)
    }

    /// Removes every file that is none of `known`, and returns how many were.
    pub(crate) fn sweep(&self, known: &BTreeSet<Digest>) -> io::Result<u64> {
        let Some(folders) = entries(&self.root)? else { return Ok(0) };
        let known: BTreeSet<PathBuf> =
            known.iter().flat_map(|sha256| [self.place(sha256), self.coming(sha256)]).collect();
        let mut swept = 0;
        for folder in folders.into_iter().filter(|place| place.is_dir()) {
            for place in entries(&folder)?.unwrap_or_default() {
                if !known.contains(&place) && place.is_file() {
                    fs::remove_file(&place)?;
                    swept += 1;
                }
            }
        }
        Ok(swept)
    }

    fn stream(&self, salt: &FileSalt, size: u64) -> Stream {
        Stream::of(&self.key, salt, size)
    }

    /// Where a file lies once it is whole.
    pub(crate) fn place(&self, sha256: &Digest) -> PathBuf {
        let name = hex::encode(&crypto::stream::name(&self.named, sha256));
        self.root.join(name.get(..2).unwrap_or_default()).join(name)
    }

    fn coming(&self, sha256: &Digest) -> PathBuf {
        self.place(sha256).with_extension(COMING)
    }

    fn make_room(&self, place: &Path) -> io::Result<()> {
        make_private(&self.root)?;
        place.parent().map_or(Ok(()), make_private)
    }

    /// Puts what is whole and on the disk in its place.
    fn finish(&self, sha256: &Digest) -> io::Result<()> {
        let place = self.place(sha256);
        fs::rename(self.coming(sha256), &place)?;
        sync_folder(&self.root)?;
        place.parent().map_or(Ok(()), sync_folder)
    }

    fn digest(&self, place: &Path, salt: &FileSalt, size: u64) -> Result<Digest, Unread> {
        let mut digesting = Digesting::default();
        self.chunks(place, salt, size, 0..size.div_ceil(CHUNK), |chunk| digesting.update(chunk))?;
        Ok(digesting.finish())
    }

    /// Hands the plain bytes of some chunks on.
    fn chunks(
        &self,
        place: &Path,
        salt: &FileSalt,
        size: u64,
        numbers: Range<u64>,
        mut then: impl FnMut(&[u8]),
    ) -> Result<(), Unread> {
        let stream = self.stream(salt, size);
        let mut file = open(place, false)?;
        if file.metadata()?.len() != stream.sealed() {
            return Err(Unread::Damaged);
        }
        file.seek(SeekFrom::Start(Stream::begins(numbers.start)))?;
        let mut chunk = Vec::new();
        for number in numbers {
            let length = usize::try_from(stream.plain(number) + TAG).unwrap_or_default();
            chunk.clear();
            chunk.resize(length, 0);
            file.read_exact(&mut chunk)?;
            stream.open(number, &mut chunk).map_err(|_| Unread::Damaged)?;
            then(&chunk);
        }
        Ok(())
    }
}

fn sealed(stream: &Stream, number: u64, chunk: &[u8]) -> io::Result<Vec<u8>> {
    let mut sealed = Vec::with_capacity(chunk.len() + TAG as usize);
    sealed.extend_from_slice(chunk);
    stream.seal(number, &mut sealed).map_err(|_| ErrorKind::InvalidData)?;
    Ok(sealed)
}

fn open(place: &Path, writes: bool) -> io::Result<File> {
    disk::private(OpenOptions::new().read(true).write(writes), place)
}

/// What stands in a folder; none where there is no folder.
fn entries(folder: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    let read = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    read.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>().map(Some)
}
