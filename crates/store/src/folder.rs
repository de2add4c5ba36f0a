//! The data folder: the only place in the product that names paths.
//!
//! One process holds a folder at a time. A small file is kept in two copies, each with its digest and
//! renamed into place, so that a power cut leaves at least one whole.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crypto::sha256;
use domain::RecordId;

use crate::disk::{self, make_private, sync_folder};

/// What can go wrong with the folder itself.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process holds it.
    #[error("another ClinicDesk is open on this data folder")]
    InUse,
    /// Both copies of a small file are damaged, or what stands in their place is no file.
    #[error("{0} is damaged")]
    Damaged(String),
    /// The store is here and this small file, without which nobody gets in, is not.
    #[error("{0} is missing beside the store")]
    Missing(&'static str),
    /// Another store takes the place of the one that was here, and something kept it from doing so now: the next start ends it.
    #[error("the next start puts the other store in the place of this one")]
    Begun,
    /// The operating system refused.
    #[error("the data folder could not be read or written: {0}")]
    Io(#[from] io::Error),
}

/// A data folder that this process holds.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    // Held for its lock: the operating system lets go of it when the process ends, however it ends.
    _lock: File,
}

const DIGEST: usize = 32;
/// The folder of the files of charts, which are too large for the store.
pub(crate) const FILES: &str = "files";
const DATABASE: &str = "clinic.db";
const WAL: &str = "clinic.db-wal";
const SHARED: &str = "clinic.db-shm";
/// What a founding makes before the door's memory, which it makes last.
pub(crate) const PARTS: [&str; 10] =
    [DATABASE, WAL, SHARED, "people", "slots", "marks.a", "marks.b", "unsent.a", "unsent.b", FILES];
/// Room for the trail on a disk that is full, in bytes: a thousand entries and a log of the store of a megabyte.
const RESERVE: u64 = 4 << 20;
const RESERVED: &str = "reserve";
/// Below this, or a fiftieth of a small disk, nothing new is begun, in bytes.
const SHORT: u64 = 256 << 20;
/// Below this the reserve is spent.
const LEAST: u64 = 1 << 20;
/// A program that is being started holds what is open here until it is one of its own: so often, and so long each, nobody is
/// refused for it.
const TAKEN_FOR: u32 = 10;
const A_MOMENT: Duration = Duration::from_millis(20);
/// Stands while a clinic is being founded.
const FOUNDING: &str = "founding";

impl Folder {
    /// Takes hold of the folder at `root`, which is made if it is missing.
    ///
    /// # Errors
    /// [`FolderError::InUse`] while another process holds it.
    #[expect(clippy::disallowed_methods, reason = "a child that is being started knows no clock of ours")]
    pub fn take(root: &Path) -> Result<Self, FolderError> {
        make_private(root)?;
        let lock = disk::open_or_make(&root.join("lock")).map_err(|error| odd("lock", error))?;
        let mut locked = lock.try_lock();
        for _ in 0..TAKEN_FOR {
            if !matches!(locked, Err(fs::TryLockError::WouldBlock)) {
                break;
            }
            thread::sleep(A_MOMENT);
            locked = lock.try_lock();
        }
        match locked {
            Ok(()) => {
                disk::tighten(root);
                Ok(Self { root: root.to_owned(), _lock: lock })
            }
            Err(fs::TryLockError::WouldBlock) => Err(FolderError::InUse),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Where it lies.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The large files beside the store, already sealed, without those that are still coming: names and bytes.
    #[must_use]
    pub fn large_files(&self) -> Vec<(String, u64)> {
        let parent = self.root.join("files");
        let length = |name: &String| fs::metadata(parent.join(name)).map_or(0, |found| found.len());
        let whole = disk::below(&parent).into_iter().filter(|name| !name.ends_with(".coming"));
        whole.map(|name| (name.clone(), length(&name))).collect()
    }

    /// Where the large file `name` lies.
    #[must_use]
    pub fn large_file(&self, name: &str) -> PathBuf {
        self.root.join("files").join(name)
    }

    /// An empty folder for a trial of a backup, in which nothing of an earlier one is left.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn rehearsal(&self) -> Result<PathBuf, FolderError> {
        self.end_rehearsal()?;
        let place = self.root.join("rehearsal");
        make_private(&place)?;
        Ok(place)
    }

    /// Removes what a trial has left.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn end_rehearsal(&self) -> Result<(), FolderError> {
        match fs::remove_dir_all(self.root.join("rehearsal")) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// How many bytes the store has, and how many its disk still gives; none where the system does not say.
    #[must_use]
    pub fn bytes_and_room(&self) -> (u64, Option<u64>) {
        let bytes = fs::metadata(self.database()).map_or(0, |file| file.len());
        (bytes, disk::room(&self.root).map(|(free, _)| free))
    }

    /// The encrypted store.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join(DATABASE)
    }

    /// The folder of the files that are too long for a row.
    pub(crate) fn files(&self) -> PathBuf {
        self.root.join(FILES)
    }

    /// How many bytes the log beside the store has.
    pub(crate) fn log_length(&self) -> u64 {
        fs::metadata(self.root.join(WAL)).map_or(0, |log| log.len())
    }

    /// Makes sure that the store and what belongs to it are files of their owner alone, where they are there.
    ///
    /// # Errors
    /// [`FolderError::Damaged`] where something else stands in the place of one.
    pub(crate) fn guard_database(&self) -> Result<(), FolderError> {
        for name in [DATABASE, WAL, SHARED] {
            let path = self.root.join(name);
            if name == DATABASE || path.symlink_metadata().is_ok() {
                disk::open_or_make(&path).map_err(|error| odd(name, error))?;
            }
        }
        Ok(())
    }

    /// Whether the small file `name` should be here and is not: the store is, and no founding is under way that would
    /// still make it.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn lacks(&self, name: &str) -> Result<bool, FolderError> {
        let stands = |part: &&str| self.root.join(part).symlink_metadata().is_ok();
        let [one, other] = self.copies(name);
        let here = [one, other].iter().any(|copy| copy.symlink_metadata().is_ok());
        Ok(!here && PARTS.iter().any(stands) && !self.is_being_founded()?)
    }

    /// Notes that a clinic is being founded here: what lies in the folder is nobody's work yet.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn begin_founding(&self) -> Result<(), FolderError> {
        self.write(FOUNDING, &[])
    }

    /// Notes that the clinic stands: from now on nothing here is ever taken for the remains of a founding.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn end_founding(&self) -> Result<(), FolderError> {
        self.remove(FOUNDING)
    }

    /// Whether a founding was begun here and not ended.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn is_being_founded(&self) -> Result<bool, FolderError> {
        Ok(self.copies(FOUNDING).iter().any(|copy| copy.symlink_metadata().is_ok()))
    }

    /// Moves the remains of a founding that was cut off out of the way, all into one folder.
    ///
    /// # Errors
    /// [`FolderError::Missing`] where these are no such remains but a store that lost its door.
    pub fn set_aside_unfinished(&self) -> Result<(), FolderError> {
        if self.lacks("door")? {
            return Err(FolderError::Missing("door"));
        }
        let remains = PARTS.map(|part| (part, self.root.join(part)));
        if remains.iter().all(|(_, from)| !from.exists()) {
            return Ok(());
        }
        let aside =
            (1..).map(|number| self.root.join(format!("unfinished-{number}"))).find(|aside| !aside.exists());
        let aside = aside.unwrap_or_else(|| self.root.join("unfinished"));
        make_private(&aside)?;
        for (part, from) in remains.iter().filter(|(_, from)| from.exists()) {
            fs::rename(from, aside.join(part))?;
        }
        Ok(())
    }

    /// Where the store lies as it was before a newer program took it over for the last time.
    #[must_use]
    pub fn before(&self) -> PathBuf {
        self.root.join("before").join("clinic.db")
    }

    /// Keeps the store, all of which lies in its file, as it is now. The copy that was kept before stands until
    /// this one is whole.
    ///
    /// # Errors
    /// [`FolderError::Io`]; then nothing was changed.
    pub(crate) fn keep_before(&self) -> Result<(), FolderError> {
        let kept = self.before();
        let parent = kept.parent().unwrap_or(&self.root);
        make_private(parent)?;
        let fresh = kept.with_extension("new");
        let copied = disk::make_new(&fresh).and_then(|mut copy| {
            io::copy(&mut File::open(self.database())?, &mut copy)?;
            copy.sync_all()
        });
        if let Err(error) = copied {
            fs::remove_file(&fresh).ok();
            return Err(error.into());
        }
        fs::rename(&fresh, &kept)?;
        Ok(sync_folder(parent)?)
    }

    /// Whether the disk is so short of room that nothing new is to be begun: what is left keeps the trail, so that
    /// people can sign in, read and lock.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let reserve = if self.root.join(RESERVED).exists() { 0 } else { RESERVE };
        disk::room(&self.root).is_some_and(|(free, all)| free < SHORT.min(all / 50) + reserve)
    }

    /// How many bytes the disk has in all; `None` where the system does not tell.
    #[must_use]
    pub fn disk_size(&self) -> Option<u64> {
        disk::room(&self.root).map(|(_, all)| all)
    }

    /// Keeps room for times in which the disk has none, where there is enough of it now.
    pub fn keep_reserve(&self) {
        let place = self.root.join(RESERVED);
        if place.exists() || self.is_short() {
            return;
        }
        // Zeros that are written are really there; a file system that only noted a length would promise what is not.
        let kept = disk::make_new(&place).and_then(|mut file| {
            let zeros = [0; 64 << 10];
            (0..RESERVE / zeros.len() as u64).try_for_each(|_| file.write_all(&zeros))
        });
        if kept.is_err() {
            fs::remove_file(&place).ok();
        }
    }

    /// Gives the reserve away where the disk has nothing else left.
    pub fn spend_reserve(&self) {
        if disk::room(&self.root).is_some_and(|(free, _)| free < LEAST) {
            fs::remove_file(self.root.join(RESERVED)).ok();
        }
    }

    /// The small file `name`; `None` when it was never written.
    ///
    /// # Errors
    /// [`FolderError::Damaged`] when it was written and no copy is whole.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, FolderError> {
        let mut found = false;
        for copy in self.copies(name) {
            match disk::read(&copy) {
                Ok(bytes) => {
                    found = true;
                    if let Some(content) = whole(&bytes) {
                        return Ok(Some(content.to_vec()));
                    }
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) if error.kind() == ErrorKind::InvalidData => found = true,
                Err(error) => return Err(error.into()),
            }
        }
        if found { Err(FolderError::Damaged(name.to_owned())) } else { Ok(None) }
    }

    /// Writes the small file `name`: on return both copies are on the disk.
    ///
    /// # Errors
    /// [`FolderError::Io`]; the former content is then still whole.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), FolderError> {
        let bytes = [&sha256(&[content])[..], content].concat();
        let mut copies = self.copies(name);
        // The copy that is not whole is mended first: at each moment one is.
        let [_, second] = &copies;
        if !disk::read(second).is_ok_and(|bytes| whole(&bytes).is_some()) {
            copies.reverse();
        }
        for copy in copies {
            make_private(copy.parent().unwrap_or(&self.root))?;
            disk::put(&copy, &bytes)?;
        }
        Ok(())
    }

    /// Removes the small file `name`.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn remove(&self, name: &str) -> Result<(), FolderError> {
        for copy in self.copies(name) {
            match fs::remove_file(copy) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The people who have a file here.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn people(&self) -> Result<Vec<RecordId>, FolderError> {
        let folder = self.root.join("people");
        let mut people = Vec::new();
        if folder.exists() {
            for file in fs::read_dir(folder)? {
                let path = file?.path();
                people.extend(
                    path.file_stem()
                        .and_then(|stem| stem.to_str())
                        .and_then(|stem| stem.parse::<RecordId>().ok()),
                );
            }
        }
        people.sort();
        people.dedup();
        Ok(people)
    }

    /// What is called `name` in this folder; of no name the folder itself.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        if name.is_empty() { self.root.clone() } else { self.root.join(name) }
    }

    pub(crate) fn copies(&self, name: &str) -> [PathBuf; 2] {
        [self.root.join(format!("{name}.a")), self.root.join(format!("{name}.b"))]
    }
}

/// The content of a copy of a small file, if that is whole.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (digest, content) = bytes.split_at_checked(DIGEST)?;
    (sha256(&[content]) == *digest).then_some(content)
}

/// What stands in the place of the file `name` is no file.
fn odd(name: &str, error: io::Error) -> FolderError {
    match error.kind() {
        ErrorKind::InvalidData => FolderError::Damaged(name.to_owned()),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_is_refused_while_the_first_holds_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let held = Folder::take(folder.path()).unwrap();
        assert!(matches!(Folder::take(folder.path()), Err(FolderError::InUse)));
        drop(held);
        assert!(Folder::take(folder.path()).is_ok());
    }

    #[test]
    fn a_small_file_survives_the_damage_of_either_copy_and_names_the_damage_of_both() {
        let folder = tempfile::tempdir().unwrap();
        let held = Folder::take(folder.path()).unwrap();
        assert_eq!(held.read("door").unwrap(), None);
        held.write("door", b"content").unwrap();
        let copies = held.copies("door");
        for damaged in &copies {
            let whole = fs::read(damaged).unwrap();
            fs::write(damaged, &whole[..whole.len() - 1]).unwrap();
            assert_eq!(held.read("door").unwrap().unwrap(), b"content");
            fs::write(damaged, whole).unwrap();
        }
        copies.iter().for_each(|copy| fs::write(copy, b"torn").unwrap());
        assert!(matches!(held.read("door"), Err(FolderError::Damaged(name)) if name == "door"));
        held.remove("door").unwrap();
        assert_eq!(held.read("door").unwrap(), None);
    }
}
