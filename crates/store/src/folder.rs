//! The data folder: the only place in the product that names paths.
//!
//! One process holds a folder at a time. A small file is kept in two copies, each with its digest and
//! renamed into place, so that a power cut leaves at least one whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crypto::sha256;
use domain::RecordId;

/// What can go wrong with the folder itself.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process holds it.
    #[error("another ClinicDesk is open on this data folder")]
    InUse,
    /// Both copies of a small file are damaged.
    #[error("both copies of {0} are damaged")]
    Damaged(String),
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

impl Folder {
    /// Takes hold of the folder at `root`, which is made if it is missing.
    ///
    /// # Errors
    /// [`FolderError::InUse`] while another process holds it.
    pub fn take(root: &Path) -> Result<Self, FolderError> {
        make_private(root)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(root.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(FolderError::InUse),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// The encrypted store.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join("clinic.db")
    }

    /// Moves the remains of a founding that was cut off out of the way, all into one folder.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn set_aside_unfinished(&self) -> Result<(), FolderError> {
        const PARTS: [&str; 5] = ["clinic.db", "clinic.db-wal", "clinic.db-shm", "people", "slots"];
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
        let copied = fs::copy(self.database(), &fresh).and_then(|_| File::open(&fresh)?.sync_all());
        if let Err(error) = copied {
            fs::remove_file(&fresh).ok();
            return Err(error.into());
        }
        fs::rename(&fresh, &kept)?;
        Ok(sync_folder(parent)?)
    }

    /// The small file `name`; `None` when it was never written.
    ///
    /// # Errors
    /// [`FolderError::Damaged`] when it was written and no copy is whole.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, FolderError> {
        let mut found = false;
        for copy in self.copies(name) {
            match fs::read(copy) {
                Ok(bytes) => {
                    found = true;
                    if let Some((digest, content)) = bytes.split_at_checked(DIGEST)
                        && sha256(&[content]) == *digest
                    {
                        return Ok(Some(content.to_vec()));
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
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
        for copy in self.copies(name) {
            let parent = copy.parent().unwrap_or(&self.root);
            make_private(parent)?;
            let fresh = copy.with_extension("new");
            let mut file = File::create(&fresh)?;
            file.write_all(&sha256(&[content]))?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&fresh, &copy)?;
            sync_folder(parent)?;
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
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
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

    fn copies(&self, name: &str) -> [PathBuf; 2] {
        [self.root.join(format!("{name}.a")), self.root.join(format!("{name}.b"))]
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows has no handle on a folder to flush; the rename itself is durable there.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
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
