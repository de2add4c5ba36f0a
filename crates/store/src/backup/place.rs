//! The place to which backups go, and the folder of one installation in it. Objects are only ever added: each is written
//! beside its place, synced, renamed, and read back from the disk before anybody relies on it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crypto::backup::BEGINS;
use domain::backup::{FORMAT, LARGEST_OBJECT, TargetMark, point_name, read_point_name};
use domain::wire::Message;
use domain::{ClinicId, Incarnation, RecordId};
use uuid::Uuid;

use super::laid::{beside, clear, forget, make, sum_of, through, write};
use super::shelf::{Backup, BackupFault, SUMS, Shelf, sums_line};
use crate::disk::{self, below, folders, make_shared, names, open_within, sync_folder};

/// What stands in the root of every place.
const ROOT: &str = "ClinicDesk";
const MARK: &str = "target";
const README: &str = "README.txt";
/// The folders in which the objects of an installation lie.
const FOLDERS: [&str; 7] = ["slots", "log", "trail", "sessions", "blobs", "files", "points"];

/// A place to which backups go.
#[derive(Clone, Debug)]
pub struct Target {
    root: PathBuf,
}

/// An installation whose backups lie in a place.
#[derive(Clone, Debug)]
pub struct Installed {
    /// What its folder is called.
    pub name: String,
    /// Its folder.
    pub backup: Backup,
}

/// The folder of one installation.
#[derive(Clone, Debug)]
pub(super) struct Shelved {
    target: PathBuf,
    folder: PathBuf,
}

impl Target {
    /// The place that a person chose.
    #[must_use]
    pub fn at(place: &Path) -> Self {
        Self { root: place.join(ROOT) }
    }

    /// The mark by which it is known again, where it has one.
    #[must_use]
    pub fn mark(&self) -> Option<TargetMark> {
        let bytes = disk::read(&self.root.join(MARK)).ok()?;
        TargetMark::from_bytes(&bytes).ok().filter(|mark| mark.v == FORMAT)
    }

    /// Makes it a place of `clinic`, known as `target` from here on; one that is already keeps its name. Returns that.
    ///
    /// # Errors
    /// [`BackupFault::Elsewhere`] where it is another clinic's.
    pub fn mark_as(&self, target: RecordId, clinic: ClinicId) -> Result<RecordId, BackupFault> {
        match self.mark() {
            Some(mark) if mark.clinic != clinic => return Err(BackupFault::Elsewhere),
            Some(mark) => return Ok(mark.target),
            None => {}
        }
        let parent = self.root.parent().unwrap_or(&self.root);
        if !parent.is_dir() {
            return Err(BackupFault::Gone);
        }
        let mark = TargetMark { v: FORMAT, target, clinic };
        clear(parent, &format!("{ROOT}/{MARK}"), |error| self.fault(error))?;
        let made = make_shared(&self.root).and_then(|()| write(&self.root.join(MARK), &mark.to_bytes()));
        made.map_err(|error| self.fault(&error))?;
        Ok(target)
    }

    /// Finds out whether anything can be written there.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn try_to_write(&self) -> Result<(), BackupFault> {
        let path = self.root.join("try");
        let tried = write(&path, &[0]).and_then(|()| fs::remove_file(&path));
        tried.map_err(|error| self.fault(&error))
    }

    /// How many bytes it still takes; none where the system does not say.
    #[must_use]
    pub fn room(&self) -> Option<u64> {
        disk::room(&self.root).map(|(free, _)| free)
    }

    /// Whether it is the place of `target`, and another one than `other`.
    #[must_use]
    pub fn keeps_beside(&self, target: RecordId, other: &Self) -> bool {
        let is_it = self.mark().is_some_and(|mark| mark.target == target);
        is_it && fs::canonicalize(&self.root).ok() != fs::canonicalize(&other.root).ok()
    }

    /// Whether it lies on the disk on which the data `folder` lies: what takes that disk takes both.
    #[must_use]
    pub fn is_on_the_disk_of(&self, folder: &Path) -> bool {
        disk::same(&self.root, folder)
    }

    /// The folder of the installation `own` of `clinic`, which is made where it is missing; `name` helps people to find it.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn backup(&self, clinic: ClinicId, own: Incarnation, name: &str) -> Result<Backup, BackupFault> {
        if let Some(found) = self.find(clinic, own) {
            return Ok(found);
        }
        if !self.root.join(MARK).is_file() {
            return Err(BackupFault::Gone);
        }
        // Other workstations of the clinic keep theirs beside it.
        let clinic = self.root.join(end(clinic.0));
        let folder = clinic.join(folder_name(name, own));
        let made = make_shared(&clinic).and_then(|()| make(&folder));
        made.map_err(|error| self.fault(&error))?;
        let backup = Backup::on(Shelved { target: self.root.clone(), folder });
        backup.keep(README, README_TEXT.as_bytes())?;
        Ok(backup)
    }

    /// The folder of the installation `own` of `clinic`, where there is one.
    #[must_use]
    pub fn find(&self, clinic: ClinicId, own: Incarnation) -> Option<Backup> {
        let ending = format!("-{}", end(own.0));
        let own = |found: &Installed| found.name.ends_with(&ending);
        self.of(&end(clinic.0)).into_iter().find(own).map(|found| found.backup)
    }

    /// The installations of every clinic whose backups lie here, by name.
    #[must_use]
    pub fn installed(&self) -> Vec<Installed> {
        let clinics = folders(&self.root);
        clinics.iter().flat_map(|clinic| self.of(clinic)).collect()
    }

    /// The installations whose backups lie at the place that a person means, by name: it may be the place itself, the folder
    /// `ClinicDesk` in it, one below that, or what holds such places.
    ///
    /// # Errors
    /// [`BackupFault::Unreadable`] where none is found and something there cannot be read.
    pub fn around(place: &Path) -> Result<Vec<Installed>, BackupFault> {
        let mut denied = None;
        let mut look = |folder: &Path| {
            let error = fs::read_dir(folder).err().map(|error| error.kind());
            if error == Some(ErrorKind::PermissionDenied) {
                denied.get_or_insert(folder.file_name().unwrap_or_default().to_string_lossy().into_owned());
            }
        };
        let mut in_it = |target: &Self, clinic: Option<&str>| -> Vec<Installed> {
            look(&target.root);
            let mut found = Vec::new();
            for name in
                folders(&target.root).iter().filter(|name| clinic.is_none_or(|clinic| clinic == *name))
            {
                look(&target.root.join(name));
                for installed in target.of(name) {
                    look(&target.root.join(name).join(&installed.name));
                    found.extend(Some(installed).filter(Installed::has_points));
                }
            }
            found
        };
        let mut found = in_it(&Self::at(place), None);
        // From here on up: an installation, its clinic, and what is called `ClinicDesk`.
        let mut below: Option<&Path> = None;
        for above in place.ancestors().take(5) {
            if !found.is_empty() {
                break;
            }
            let alone = Installed::at(above);
            if alone.has_points() {
                found.push(alone);
            } else if above.file_name().is_some_and(|name| name == ROOT) {
                let clinic = below
                    .filter(|below| below.is_dir())
                    .and_then(Path::file_name)
                    .map(|name| name.to_string_lossy());
                found = in_it(&Self { root: above.to_owned() }, clinic.as_deref());
                break;
            }
            below = Some(above);
        }
        if found.is_empty() {
            let places = folders(place).into_iter().map(|name| Self::at(&place.join(name)));
            found = places
                .filter(|target| target.root.is_dir())
                .flat_map(|target| in_it(&target, None))
                .collect();
        }
        look(place);
        match denied {
            Some(name) if found.is_empty() => Err(BackupFault::Unreadable(name)),
            _ => Ok(found),
        }
    }

    fn of(&self, clinic: &str) -> Vec<Installed> {
        let parent = self.root.join(clinic);
        let backup =
            |name: &String| Backup::on(Shelved { target: self.root.clone(), folder: parent.join(name) });
        folders(&parent).into_iter().map(|name| Installed { backup: backup(&name), name }).collect()
    }

    fn fault(&self, error: &io::Error) -> BackupFault {
        fault_at(&self.root, error)
    }
}

impl Installed {
    /// The one whose folder this is.
    fn at(folder: &Path) -> Self {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { name, backup: Backup::in_folder(folder) }
    }

    /// Whether points lie there, or may: what stands in their place is told by whoever looks for one.
    fn has_points(&self) -> bool {
        match self.backup.points() {
            Ok(points) => !points.is_empty(),
            Err(_) => self.backup.names("slots").is_ok_and(|slots| !slots.is_empty()),
        }
    }
}

impl Backup {
    /// The folder of an installation itself: what a person chose to restore from.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self::on(Shelved { target: folder.to_owned(), folder: folder.to_owned() })
    }
}

impl Shelf for Shelved {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BackupFault> {
        self.clear(name)?;
        let path = self.folder.join(name);
        let written = path.parent().map_or(Ok(()), make).and_then(|()| write(&path, bytes));
        written.map_err(|error| self.fault(&error))?;
        forget(&path);
        if self.read(name)? == bytes { Ok(()) } else { Err(BackupFault::Damaged(name.to_owned())) }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, BackupFault> {
        let read = disk::read_within(&self.folder.join(name), LARGEST_OBJECT as u64);
        read.map_err(|error| self.unread(name, &error))
    }

    fn looks_whole(&self, name: &str, bytes: u64) -> bool {
        let mut begin = [0; BEGINS.len()];
        let read = open_within(&self.folder.join(name), bytes).and_then(|mut file| {
            file.read_exact(&mut begin)?;
            Ok(file.metadata()?.len())
        });
        read.is_ok_and(|length| length == bytes) && begin == *BEGINS
    }

    fn names(&self, folder: &str) -> Result<Vec<String>, BackupFault> {
        if !self.is_there() {
            return Err(BackupFault::Gone);
        }
        let place = self.folder.join(folder);
        match fs::read_dir(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            looked => drop(looked.map_err(|error| self.unread(folder, &error))?),
        }
        Ok(if ["blobs", "files"].contains(&folder) { below(&place) } else { names(&place) })
    }

    fn clear_way(&self) -> Result<(), BackupFault> {
        FOLDERS.iter().try_for_each(|folder| self.clear(&format!("{folder}/")))
    }

    fn copy(&self, name: &str, from: &Path) -> Result<u64, BackupFault> {
        self.clear(&format!("files/{name}"))?;
        self.clear(SUMS)?;
        let path = self.file(name);
        let fresh = beside(&path, ".new");
        let copied = path.parent().map_or(Ok(()), make).and_then(|()| {
            let (mut from, mut to) = (File::open(from)?, disk::make_new(&fresh)?);
            let sum = through(&mut from, |piece| to.write_all(piece))?;
            to.sync_all()?;
            fs::rename(&fresh, &path)?;
            path.parent().map_or(Ok(()), sync_folder)?;
            Ok(sum)
        });
        let copied = copied.map_err(|error| {
            fs::remove_file(&fresh).ok();
            self.fault(&error)
        })?;
        forget(&path);
        if sum_of(&path).map_err(|error| self.fault(&error))? != copied {
            return Err(BackupFault::Damaged(format!("files/{name}")));
        }
        let (length, sum) = copied;
        self.add_sum(&sums_line(name, &sum)).map_err(|error| self.fault(&error))?;
        Ok(length)
    }

    fn at_hand(&self, _: &str) -> Result<PathBuf, BackupFault> {
        Ok(self.folder.join("files"))
    }

    fn sums(&self) -> Result<Vec<u8>, BackupFault> {
        match self.read(SUMS) {
            Err(BackupFault::Missing(_)) => Ok(Vec::new()),
            read => read,
        }
    }

    fn remove(&self, name: &str) {
        // What is no file may hold somebody's files: it is not removed.
        self.clear(name).ok();
        fs::remove_file(self.folder.join(name)).ok();
    }

    fn remove_file(&self, name: &str) -> Result<(), BackupFault> {
        self.remove(&format!("files/{name}"));
        let text = String::from_utf8(self.sums()?).unwrap_or_default();
        let others =
            text.lines().filter(|line| line.split_once("  ").is_some_and(|(_, other)| other != name));
        let lines: String = others.map(|line| format!("{line}\n")).collect();
        self.put(SUMS, lines.as_bytes())
    }

    fn set_aside(&self) -> Result<(), BackupFault> {
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy();
        let mut places =
            (1_u32..).map(|number| self.folder.with_file_name(format!("{name}-before-{number}")));
        let free = places.find(|place| !place.exists());
        let moved = free.map_or(Ok(()), |place| fs::rename(&self.folder, place));
        let moved = moved.and_then(|()| self.folder.parent().map_or(Ok(()), sync_folder));
        moved.map_err(|error| self.fault(&error))
    }

    fn aged(&self) -> Vec<(u64, u64)> {
        let written = |name: &String| {
            let number = read_point_name(&format!("points/{name}"))?;
            let found = fs::metadata(self.folder.join(point_name(number))).ok()?.modified().ok()?;
            let since = found.duration_since(std::time::UNIX_EPOCH).ok()?;
            Some((number, u64::try_from(since.as_millis()).ok()?))
        };
        names(&self.folder.join("points")).iter().filter_map(written).collect()
    }

    fn is_there(&self) -> bool {
        self.folder.is_dir()
    }

    fn unread(&self, name: &str, error: &io::Error) -> BackupFault {
        let name = name.to_owned();
        match error.kind() {
            ErrorKind::NotFound if self.target.is_dir() => BackupFault::Missing(name),
            ErrorKind::PermissionDenied if self.target.is_dir() => BackupFault::Unreadable(name),
            _ => match self.fault(error) {
                // The place is there, and the disk does not give this: it is worn, or what lies there is no file.
                BackupFault::Failed => BackupFault::Damaged(name),
                fault => fault,
            },
        }
    }
}

impl Shelved {
    fn fault(&self, error: &io::Error) -> BackupFault {
        fault_at(&self.target, error)
    }

    /// Has nothing stand where the object `name` is written.
    fn clear(&self, name: &str) -> Result<(), BackupFault> {
        clear(&self.folder, name, |error| self.fault(error))
    }

    /// Adds a line to the list of the large files' digests. Half a line, which a run left that was cut off, would spoil it.
    fn add_sum(&self, line: &str) -> io::Result<()> {
        let path = self.folder.join(SUMS);
        let mut file =
            disk::private(OpenOptions::new().read(true).write(true).create(true).truncate(false), &path)?;
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        if last != *b"\n" {
            let known = fs::read(&path)?;
            let whole = known.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            file.set_len(whole as u64)?;
            file.seek(SeekFrom::End(0))?;
        }
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        path.parent().map_or(Ok(()), sync_folder)
    }

    /// Where the large file `name` lies.
    fn file(&self, name: &str) -> PathBuf {
        self.folder.join("files").join(name)
    }
}

fn fault_at(target: &Path, error: &io::Error) -> BackupFault {
    match error.kind() {
        _ if disk::is_full(error) => BackupFault::Full,
        // A stick that was pulled leaves nothing, or an empty folder, where it was.
        _ if !target.is_dir() => BackupFault::Gone,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => BackupFault::ReadOnly,
        _ => BackupFault::Failed,
    }
}

/// What the folder of the installation `own` is called, where its workstation is called `name`.
#[must_use]
pub fn folder_name(name: &str, own: Incarnation) -> String {
    format!("{}-{}", plain(name), end(own.0))
}

/// The last eight digits of an id.
fn end(id: Uuid) -> String {
    let text = id.simple().to_string();
    text.get(24..).unwrap_or_default().to_owned()
}

/// A name as every file system takes it.
fn plain(name: &str) -> String {
    let kept = name.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' });
    let kept: String = kept.take(40).collect();
    let kept = kept.trim_matches('-');
    if kept.is_empty() { "workstation".to_owned() } else { kept.to_owned() }
}

/// How to open it, for whoever finds it.
const README_TEXT: &str = "\
This folder holds the backups of one ClinicDesk workstation. Everything in it is sealed.

To bring the records back:
1. Install ClinicDesk on a computer that has no clinic on it.
2. Choose \"Restore from a backup\" at the door, and choose the folder \"ClinicDesk\" that holds this one.
3. Type the recovery sheet of the workstation, or two of the clinic's three shares.

Without these papers nobody can open it, and we cannot either.
Do not rename or delete anything here: a backup whose parts are missing says so and opens only as far as it is whole.

The files points/NNNNNNN say what was backed up and when; log, trail, sessions, blobs and files hold it.
How each is made is described in docs/formats/backup.md of ClinicDesk.
";

#[cfg(test)]
mod tests {
    use crypto::sha256;

    use super::super::laid::LARGEST_FILE;
    use super::super::shelf::Newest;
    use super::*;

    /// The one folder of an installation at a place.
    fn folder(place: &Path) -> PathBuf {
        let clinic = place.join(ROOT).join(folders(&place.join(ROOT)).remove(0));
        clinic.join(folders(&clinic).remove(0))
    }

    fn backup() -> (tempfile::TempDir, Target, Backup) {
        let place = tempfile::tempdir().unwrap();
        let target = Target::at(place.path());
        let clinic = ClinicId::derived(b"clinic");
        target.mark_as(RecordId::derived(b"target"), clinic).unwrap();
        let backup = target.backup(clinic, Incarnation::derived(b"own"), "Room 1").unwrap();
        (place, target, backup)
    }

    #[test]
    fn a_place_keeps_its_name_and_is_refused_to_another_clinic() {
        let (_place, target, _) = backup();
        let (one, other) = (ClinicId::derived(b"clinic"), ClinicId::derived(b"other"));
        assert_eq!(target.mark_as(RecordId::derived(b"fresh"), one), Ok(RecordId::derived(b"target")));
        assert_eq!(target.mark_as(RecordId::derived(b"fresh"), other), Err(BackupFault::Elsewhere));
        let gone = Target::at(Path::new("/nowhere/at/all"));
        assert_eq!(gone.mark_as(RecordId::derived(b"fresh"), one), Err(BackupFault::Gone));
    }

    #[test]
    fn an_installations_folder_is_found_by_its_end_whatever_the_computer_is_called() {
        let (_place, target, first) = backup();
        first.put("points/0000001", b"point").unwrap();
        let again =
            target.backup(ClinicId::derived(b"clinic"), Incarnation::derived(b"own"), "Desk").unwrap();
        assert_eq!(again.points(), Ok(vec![1]));
        assert_eq!(target.installed().len(), 1);
        assert!(target.installed()[0].name.starts_with("Room-1-"));
    }

    #[test]
    fn an_object_reads_back_and_what_was_never_renamed_counts_for_nothing() {
        let (place, _, backup) = backup();
        backup.put("log/00000001-00000002", b"rows").unwrap();
        fs::write(folder(place.path()).join("log/00000003-00000004.new"), b"half").unwrap();
        assert_eq!(backup.read("log/00000001-00000002").unwrap(), b"rows");
        assert_eq!(backup.segments().unwrap().len(), 1);
        let missing = BackupFault::Missing("points/0000001".to_owned());
        assert_eq!(backup.point(1), Err(missing));
    }

    #[test]
    fn a_copied_file_has_its_digest_beside_it() {
        let (place, _, backup) = backup();
        let from = place.path().join("large");
        fs::write(&from, vec![7; 3 << 20]).unwrap();
        assert_eq!(backup.copy("ab/name", &from), Ok(3 << 20));
        let sum = sha256(&[&vec![7; 3 << 20]]);
        assert_eq!(backup.sums(), Ok([("ab/name".to_owned(), sum)].into()));
        assert_eq!(backup.file_sum("ab/name"), Ok((3 << 20, sum)));
        assert_eq!(backup.files(), Ok(["ab/name".to_owned()].into()));
    }

    #[test]
    fn a_file_that_was_taken_out_leaves_no_digest_and_a_changed_list_is_told_from_a_longer_one() {
        let (place, _, backup) = backup();
        let from = place.path().join("large");
        fs::write(&from, vec![7; 100]).unwrap();
        backup.copy("ab/one", &from).unwrap();
        let (length, sum) = backup.sums_sum().unwrap();
        backup.copy("ab/two", &from).unwrap();
        assert_eq!(backup.sums_begin_as(length, &sum), Ok(true));
        backup.remove_file("ab/one").unwrap();
        assert_eq!(backup.sums().unwrap().into_keys().collect::<Vec<_>>(), ["ab/two"]);
        assert_eq!(backup.sums_begin_as(length, &sum), Ok(false));
    }

    #[test]
    fn half_a_line_of_the_list_spoils_no_other() {
        let (place, _, backup) = backup();
        let from = place.path().join("large");
        fs::write(&from, vec![7; 100]).unwrap();
        backup.copy("ab/one", &from).unwrap();
        let sums = folder(place.path()).join(SUMS);
        let mut cut = fs::read(&sums).unwrap();
        cut.extend_from_slice(b"ab12");
        fs::write(&sums, cut).unwrap();
        backup.copy("ab/two", &from).unwrap();
        assert_eq!(backup.sums().unwrap().into_keys().collect::<Vec<_>>(), ["ab/one", "ab/two"]);
    }

    #[test]
    fn a_folder_that_was_set_aside_is_written_to_no_more_and_is_still_found() {
        let (_place, target, backup) = backup();
        backup.put("log/00000001-00000002", b"rows").unwrap();
        backup.set_aside().unwrap();
        let (clinic, own) = (ClinicId::derived(b"clinic"), Incarnation::derived(b"own"));
        assert!(target.find(clinic, own).is_none());
        assert!(target.backup(clinic, own, "Room 1").unwrap().segments().unwrap().is_empty());
        assert_eq!(target.installed().len(), 2);
    }

    #[cfg(unix)]
    fn pipe(place: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(place).status().unwrap().success());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_an_object_is_damage_and_nobody_waits_at_it() {
        let (place, _, backup) = backup();
        let from = place.path().join("large");
        fs::write(&from, vec![7; 100]).unwrap();
        backup.copy("ab/one", &from).unwrap();
        let damaged = |name: &str| Err(BackupFault::Damaged(name.to_owned()));
        for name in ["files/ab/one", "files/sums", "log/00000001-00000002", "points/0000001"] {
            let odd = folder(place.path()).join(name);
            make(odd.parent().unwrap()).unwrap();
            fs::remove_file(&odd).ok();
            pipe(&odd);
            assert_eq!(backup.read(name), damaged(name).map(|()| Vec::new()));
        }
        assert_eq!(backup.file_sum("ab/one"), damaged("files/ab/one").map(|()| (0, [0; 32])));
        assert!(!backup.looks_whole("log/00000001-00000002", 0));
        backup.put("points/0000001", b"point").unwrap();
        assert_eq!(backup.copy("ab/one", &from), Ok(100));
        assert_eq!(backup.file_sum("ab/one").unwrap().0, 100);
        assert_eq!(backup.sums().unwrap().len(), 1);
    }

    #[test]
    fn a_folder_in_the_place_of_an_object_moves_aside_with_all_that_it_holds() {
        let (place, _, backup) = backup();
        let here = folder(place.path());
        for name in ["log/00000001-00000002", "points/0000001", "blobs/ab/abcd"] {
            for times in 1..3 {
                fs::create_dir_all(here.join(name)).unwrap();
                fs::write(here.join(name).join("letter.txt"), b"somebody's").unwrap();
                backup.put(name, b"object").unwrap();
                assert_eq!(backup.read(name).unwrap(), b"object");
                fs::remove_file(here.join(name)).unwrap();
                let aside = here.join(format!("{name}.aside-{times}/letter.txt"));
                assert_eq!(fs::read(aside).unwrap(), b"somebody's");
            }
        }
        // What was taken out for damage stays in the same way.
        fs::create_dir_all(here.join("files/ab/one/more")).unwrap();
        backup.remove_file("ab/one").unwrap();
        assert!(here.join("files/ab/one.aside-1/more").is_dir() && !here.join("files/ab/one").exists());
        assert_eq!((backup.files(), backup.blobs()), (Ok([].into()), Ok([].into())));
        // Where it stands beside the place of one, somebody else takes it away.
        let fresh = here.join("points/0000009.new");
        fs::create_dir(&fresh).unwrap();
        let named = BackupFault::NoFile("points/0000009.new".to_owned());
        assert_eq!(backup.put("points/0000009", b"point"), Err(named));
        assert!(fresh.is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn what_stands_in_the_place_of_a_folder_is_named_and_moves_aside_for_a_run() {
        let (place, _, backup) = backup();
        let here = folder(place.path());
        fs::write(here.join("log"), b"somebody's").unwrap();
        std::os::unix::fs::symlink("points", here.join("points")).unwrap();
        fs::create_dir(here.join("blobs")).unwrap();
        fs::write(here.join("blobs/ab"), b"somebody's").unwrap();
        assert_eq!(backup.segments(), Err(BackupFault::Damaged("log".to_owned())));
        assert_eq!(backup.points(), Err(BackupFault::Damaged("points".to_owned())));
        backup.clear_way().unwrap();
        assert_eq!((backup.segments(), backup.points()), (Ok(vec![]), Ok(vec![])));
        assert_eq!(fs::read(here.join("log.aside-1")).unwrap(), b"somebody's");
        for name in ["log/00000001-00000002", "points/0000001", "blobs/ab/abcd"] {
            backup.put(name, b"object").unwrap();
        }
        assert_eq!(fs::read(here.join("blobs/ab.aside-1")).unwrap(), b"somebody's");
        // A folder that somebody keeps elsewhere is one.
        fs::rename(here.join("log"), place.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(place.path().join("elsewhere"), here.join("log")).unwrap();
        backup.clear_way().unwrap();
        backup.put("log/00000003-00000004", b"object").unwrap();
        assert_eq!(backup.segments().unwrap().len(), 2);
    }

    #[test]
    fn an_object_that_is_too_long_is_refused_before_it_is_read() {
        let (place, _, backup) = backup();
        let from = place.path().join("large");
        fs::write(&from, vec![7; 100]).unwrap();
        backup.copy("ab/one", &from).unwrap();
        let lengthen = |name: &str| {
            let file = OpenOptions::new().write(true).open(folder(place.path()).join(name)).unwrap();
            file.set_len(LARGEST_FILE + 1).unwrap();
        };
        lengthen("files/ab/one");
        assert_eq!(backup.file_sum("ab/one"), Err(BackupFault::Damaged("files/ab/one".to_owned())));
        backup.put("points/0000001", b"point").unwrap();
        lengthen("points/0000001");
        assert_eq!(backup.point(1), Err(BackupFault::Damaged("points/0000001".to_owned())));
    }

    #[test]
    fn what_nobody_may_read_is_told_from_what_nobody_may_write() {
        let (place, _, backup) = backup();
        let denied = io::Error::from(ErrorKind::PermissionDenied);
        let unreadable = BackupFault::Unreadable("files/ab/one".to_owned());
        assert_eq!(backup.unread("files/ab/one", &denied), unreadable);
        assert_eq!(fault_at(place.path(), &denied), BackupFault::ReadOnly);
        let worn = io::Error::other("worn");
        assert_eq!(backup.unread("files/ab/one", &worn), BackupFault::Damaged("files/ab/one".to_owned()));
        fs::remove_dir_all(place.path().join(ROOT)).unwrap();
        assert_eq!(backup.unread("files/ab/one", &denied), BackupFault::Gone);
    }

    #[test]
    fn the_newest_point_is_one_that_opens_and_later_names_are_told() {
        let (_place, _, backup) = backup();
        let open = |number: u64, bytes: &[u8]| (bytes == number.to_string().as_bytes()).then_some(number);
        assert_eq!(backup.newest(open), Ok(Newest { point: None, passed: vec![] }));
        for name in
            ["points/9223372036854775807", "points/18446744073709551615", "points/9999999", "points/0000009"]
        {
            backup.put(name, b"7").unwrap();
        }
        backup.put("points/0000007", b"7").unwrap();
        let passed = ["points/9999999", "points/0000009"].map(ToOwned::to_owned).to_vec();
        assert_eq!(backup.newest(open), Ok(Newest { point: Some(7), passed }));
        assert_eq!(backup.points(), Ok(vec![7, 9, 9_999_999]));
        assert_eq!(backup.aged().len(), 3);
    }

    #[test]
    fn the_place_that_a_person_means_is_found_from_whatever_folder_they_chose() {
        let (place, target, backup) = backup();
        backup.put("slots/sheet", b"slot").unwrap();
        let names = |chosen: &Path| -> Result<Vec<String>, BackupFault> {
            Ok(Target::around(chosen)?.into_iter().map(|found| found.name).collect())
        };
        assert_eq!(names(place.path()), Ok(vec![]), "there is no point yet");
        backup.put("points/0000001", b"point").unwrap();
        let other =
            target.backup(ClinicId::derived(b"other"), Incarnation::derived(b"else"), "Desk").unwrap();
        other.put("points/0000001", b"point").unwrap();
        let here = Target::at(place.path()).find(ClinicId::derived(b"clinic"), Incarnation::derived(b"own"));
        assert_eq!(here.unwrap().points(), Ok(vec![1]));
        let all = names(place.path()).unwrap();
        assert_eq!((all.len(), names(&place.path().join(ROOT)).as_ref()), (2, Ok(&all)));
        for name in &all {
            let clinics = folders(&place.path().join(ROOT));
            let clinic = clinics.iter().map(|clinic| place.path().join(ROOT).join(clinic));
            let clinic = clinic.into_iter().find(|clinic| clinic.join(name).is_dir()).unwrap();
            let inner = clinic.join(name);
            for chosen in [clinic.clone(), inner.clone(), inner.join("points"), inner.join("slots/sheet")] {
                if !chosen.exists() {
                    continue;
                }
                assert_eq!(names(&chosen), Ok(vec![name.clone()]), "{}", chosen.display());
            }
        }
        assert_eq!(names(&place.path().join(ROOT).join(MARK)).as_ref(), Ok(&all), "a file beside them");
        // One that holds such places, and none.
        let above = tempfile::tempdir().unwrap();
        fs::create_dir(above.path().join("letters")).unwrap();
        assert_eq!(names(above.path()), Ok(vec![]));
        fs::rename(place.path().join(ROOT), above.path().join(ROOT)).unwrap();
        fs::create_dir(place.path().join("stick")).unwrap();
        fs::rename(above.path().join(ROOT), place.path().join("stick").join(ROOT)).unwrap();
        assert_eq!(names(place.path()).as_ref(), Ok(&all));
        let file = place.path().join("stick/file");
        fs::write(&file, b"file").unwrap();
        assert_eq!((names(&file), names(&place.path().join("nowhere"))), (Ok(vec![]), Ok(vec![])));
    }
}
