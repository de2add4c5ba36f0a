//! Putting another store in the place of the one that is here. The other one is made whole in a folder of its own; then what
//! is here is set aside, never deleted, and that one takes its place. Wherever it is cut off, the next start ends it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::backup::{Backup, BackupFault, LeftOut};
use crate::disk::{is_full, make_new, make_private, sync_folder};
use crate::folder::{Folder, FolderError, PARTS};

/// Where the other store is made.
const STAGE: &str = "restoring";
/// Stands while one takes the place of the other: which of the two is moved, and where what was here goes.
const SWAP: &str = "swap";
const OUT: &str = "out ";
const IN: &str = "in ";
/// What lies beside the store and goes with it.
const BESIDE: [&str; 9] = [
    "door.a",
    "door.b",
    "device.a",
    "device.b",
    "before",
    "audit-head.a",
    "audit-head.b",
    "founding.a",
    "founding.b",
];
/// What every folder has of its own.
const OWN: [&str; 2] = ["lock", "reserve"];

impl Folder {
    /// A folder in which another store is made. What an earlier try left there was nobody's yet, and goes.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn stage(&self) -> Result<Self, FolderError> {
        self.end_swap()?;
        self.clear_stage()?;
        Self::take(&self.staged())
    }

    /// Lets go of a store that was begun beside this one and is not wanted.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn clear_stage(&self) -> Result<(), FolderError> {
        match fs::remove_dir_all(self.staged()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Takes the large files of a backup as they lie there, each compared with the digest that it had when it was backed up.
    /// Where the list of these digests says something else, or nothing, a file is good that `fits`: it opens, and holds what it
    /// should. One that does not read, or is not as it was, is left out and named: it keeps nothing else back. A store must know
    /// them already, or its opening removes them.
    ///
    /// Of several that came under one name the one is taken that `fits`: it is asked about a name and the folder in which the
    /// file can be read under it.
    ///
    /// # Errors
    /// [`BackupFault::Gone`], [`BackupFault::Full`], and [`BackupFault::Refused`] where a server gives none of them.
    pub fn take_files(
        &self,
        backup: &Backup,
        fits: &dyn Fn(&str, &Path) -> bool,
    ) -> Result<Vec<String>, BackupFault> {
        let mut left_out = LeftOut::default();
        let sums = match backup.sums() {
            Err(BackupFault::Damaged(_) | BackupFault::Failed) => BTreeMap::new(),
            sums => sums?,
        };
        for name in backup.files()? {
            let taken = backup.fitting(&name, |root| fits(&name, root)).and_then(|root| {
                let from = root.join(&name);
                // Whatever came over a line was compared with its digest on the way.
                let known = backup.keeps_all() || sums.get(&name) == Some(&backup.file_sum(&name)?.1);
                if known || fits(&name, &root) {
                    self.take_file(&from, &name)
                } else {
                    Err(BackupFault::Damaged(name.clone()))
                }
            });
            match taken {
                Err(fault) => {
                    fs::remove_file(self.large_file(&name)).ok();
                    left_out.add(backup, &format!("files/{name}"), fault)?;
                }
                Ok(()) => left_out.came(),
            }
        }
        Ok(left_out.names())
    }

    fn take_file(&self, from: &Path, name: &str) -> Result<(), BackupFault> {
        let place = self.large_file(name);
        let copied = place.parent().map_or(Ok(()), make_private).and_then(|()| {
            let mut copy = make_new(&place)?;
            io::copy(&mut File::open(from)?, &mut copy)?;
            copy.sync_all()?;
            place.parent().map_or(Ok(()), sync_folder)
        });
        copied.map_err(|error| if is_full(&error) { BackupFault::Full } else { BackupFault::Failed })
    }

    /// Puts the store that was made in `stage` in the place of the one here; returns the name of the folder in which that
    /// one lies from now on, where there was one.
    ///
    /// # Errors
    /// [`FolderError`] where nothing was moved, and [`FolderError::Begun`] where the next start ends it.
    pub fn swap(&self, stage: Self) -> Result<Option<String>, FolderError> {
        drop(stage);
        let name = (1..).map(|number| format!("set-aside-{number}")).find(|name| !self.at(name).exists());
        let noted = self.write(SWAP, format!("{OUT}{}", name.unwrap_or_default()).as_bytes());
        // One copy of the note that came to stand is enough.
        noted.and_then(|()| self.end_swap()).map_err(|error| match self.read(SWAP) {
            Ok(None) => error,
            _ => FolderError::Begun,
        })
    }

    /// Ends a swap that was begun; returns where what was here lies. Nothing where none is under way.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn end_swap(&self) -> Result<Option<String>, FolderError> {
        let Some(said) = self.read(SWAP)?.and_then(|said| String::from_utf8(said).ok()) else {
            return Ok(None);
        };
        let aside = match said.strip_prefix(OUT) {
            Some(name) => {
                self.move_out(name)?;
                self.write(SWAP, format!("{IN}{name}").as_bytes())?;
                name
            }
            None => said.strip_prefix(IN).unwrap_or_default(),
        };
        self.move_in()?;
        self.remove(SWAP)?;
        self.clear_stage()?;
        Ok(Some(aside.to_owned()).filter(|name| !name.is_empty() && self.at(name).exists()))
    }

    /// The folders of stores that were set aside here, by their names.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn set_aside(&self) -> Result<Vec<String>, FolderError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.at(""))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("set-aside-") && entry.path().join("clinic.db").exists() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Where the folder that was set aside under `name` lies; none where it is no such name.
    #[must_use]
    pub fn aside(&self, name: &str) -> Option<PathBuf> {
        let number = name.strip_prefix("set-aside-")?;
        let plain = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
        Some(self.at(name)).filter(|path| plain && path.exists())
    }

    fn staged(&self) -> PathBuf {
        self.at(STAGE)
    }

    fn move_out(&self, name: &str) -> Result<(), FolderError> {
        let here = |part: &&&str| self.at(part).symlink_metadata().is_ok();
        let parts: Vec<&&str> = PARTS.iter().chain(&BESIDE).filter(here).collect();
        if parts.is_empty() {
            return Ok(());
        }
        let aside = self.at(name);
        make_private(&aside)?;
        for part in parts {
            fs::rename(self.at(part), aside.join(part))?;
        }
        sync_folder(&aside)?;
        Ok(sync_folder(&self.at(""))?)
    }

    fn move_in(&self) -> Result<(), FolderError> {
        let stage = self.staged();
        if !stage.exists() {
            return Ok(());
        }
        for entry in fs::read_dir(&stage)? {
            let name = entry?.file_name();
            if !OWN.iter().any(|own| name == *own) {
                fs::rename(stage.join(&name), self.at("").join(&name))?;
            }
        }
        Ok(sync_folder(&self.at(""))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::{SUMS, sums_line};

    /// A folder with a store, and another one staged beside it.
    fn two() -> (tempfile::TempDir, Folder, Folder) {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::take(root.path()).unwrap();
        folder.write("door", b"old").unwrap();
        folder.write("people/x", b"old").unwrap();
        fs::write(folder.database(), b"old").unwrap();
        let stage = folder.stage().unwrap();
        stage.write("door", b"new").unwrap();
        fs::write(stage.database(), b"new").unwrap();
        (root, folder, stage)
    }

    #[test]
    fn what_was_here_is_set_aside_whole_and_the_other_stands_in_its_place() {
        let (root, folder, stage) = two();
        assert_eq!(folder.swap(stage).unwrap().as_deref(), Some("set-aside-1"));
        assert_eq!(folder.read("door").unwrap().unwrap(), b"new");
        assert_eq!(fs::read(folder.database()).unwrap(), b"new");
        assert_eq!(folder.read("people/x").unwrap(), None);
        assert_eq!(folder.set_aside().unwrap(), ["set-aside-1"]);
        let aside = Folder::take(&root.path().join("set-aside-1")).unwrap();
        assert_eq!(aside.read("people/x").unwrap().unwrap(), b"old");
        assert_eq!(fs::read(aside.database()).unwrap(), b"old");
        assert!(folder.aside("set-aside-1").is_some());
        assert!(folder.aside("set-aside-../..").is_none() && folder.aside("set-aside-7").is_none());
    }

    #[test]
    fn a_swap_that_is_held_up_says_that_the_next_start_ends_it() {
        let (root, folder, stage) = two();
        fs::write(stage.at("more"), b"new").unwrap();
        let way = root.path().join("more/in the way");
        fs::create_dir_all(&way).unwrap();
        assert!(matches!(folder.swap(stage), Err(FolderError::Begun)));
        fs::remove_dir_all(root.path().join("more")).unwrap();
        assert_eq!(folder.end_swap().unwrap().as_deref(), Some("set-aside-1"));
        assert_eq!(fs::read(folder.database()).unwrap(), b"new");
    }

    #[test]
    fn a_swap_that_is_cut_off_at_any_move_is_ended_by_the_next_start() {
        let (_root, counted, _stage) = two();
        let moves = PARTS.iter().chain(&BESIDE).filter(|part| counted.at(part).exists()).count();
        for cut in 0..=moves {
            let (root, folder, stage) = two();
            drop(stage);
            folder.write(SWAP, b"out set-aside-1").unwrap();
            let aside = root.path().join("set-aside-1");
            make_private(&aside).unwrap();
            let parts: Vec<_> = PARTS.iter().chain(&BESIDE).filter(|part| folder.at(part).exists()).collect();
            for part in parts.into_iter().take(cut) {
                fs::rename(folder.at(part), aside.join(part)).unwrap();
            }
            if cut == moves {
                // Also in the other half.
                folder.write(SWAP, b"in set-aside-1").unwrap();
                fs::rename(folder.staged().join("door.a"), folder.at("door.a")).unwrap();
            }
            drop(folder);
            let folder = Folder::take(root.path()).unwrap();
            assert_eq!(folder.end_swap().unwrap().as_deref(), Some("set-aside-1"), "{cut}");
            assert_eq!(folder.read("door").unwrap().unwrap(), b"new");
            assert_eq!(fs::read(folder.database()).unwrap(), b"new");
            assert_eq!(fs::read(aside.join("clinic.db")).unwrap(), b"old");
            assert_eq!(folder.end_swap().unwrap(), None);
        }
    }

    #[test]
    fn a_list_of_digests_that_says_otherwise_or_does_not_read_keeps_no_file_back_that_opens() {
        let (root, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folder = Folder::take(root.path()).unwrap();
        let backup = Backup::in_folder(place.path());
        let from = place.path().join("large");
        fs::write(&from, [7; 100]).unwrap();
        backup.copy("ab/one", &from).unwrap();
        fs::write(place.path().join(SUMS), sums_line("ab/one", &[0; 32])).unwrap();
        assert_eq!(folder.take_files(&backup, &|_, _| false), Ok(vec!["files/ab/one".to_owned()]));
        assert_eq!(folder.take_files(&backup, &|_, _| true), Ok(vec![]));
        assert_eq!(fs::read(folder.large_file("ab/one")).unwrap(), [7; 100]);
        fs::remove_file(folder.large_file("ab/one")).unwrap();
        // What is no file reads as badly as a worn sector.
        fs::remove_file(place.path().join(SUMS)).unwrap();
        fs::create_dir(place.path().join(SUMS)).unwrap();
        assert_eq!(backup.sums(), Err(BackupFault::Damaged(SUMS.to_owned())));
        assert_eq!(folder.take_files(&backup, &|_, _| true), Ok(vec![]));
        assert_eq!(fs::read(folder.large_file("ab/one")).unwrap(), [7; 100]);
    }

    #[test]
    fn an_empty_folder_takes_a_store_and_sets_nothing_aside() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::take(root.path()).unwrap();
        let stage = folder.stage().unwrap();
        stage.write("door", b"new").unwrap();
        assert_eq!(folder.swap(stage).unwrap(), None);
        assert_eq!(folder.read("door").unwrap().unwrap(), b"new");
        assert_eq!(folder.set_aside().unwrap(), [] as [String; 0]);
    }
}
