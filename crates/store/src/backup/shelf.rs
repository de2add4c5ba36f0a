//! Where the objects of one installation lie: in a folder, or at a server. Objects are only ever added, and each is read back
//! before anybody relies on it. What the names mean is the same everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crypto::sha256;
use domain::backup::{Stream, point_name, read_point_name, read_segment_name};
use domain::{Digest, hex};

/// Why a backup was not written, or does not read back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupFault {
    /// The place is not there: a stick that is not plugged in, a share that is away.
    #[error("the place is not there")]
    Gone,
    /// There is no room.
    #[error("there is no room")]
    Full,
    /// Nothing can be written there.
    #[error("nothing can be written there")]
    ReadOnly,
    /// It belongs to another clinic.
    #[error("it belongs to another clinic")]
    Elsewhere,
    /// Much of what was written there before is not as it was: nothing more is.
    #[error("much of what was there was changed")]
    Attacked,
    /// Entries are there that are not here: this store was put back, and what is there may be all that is left of them.
    #[error("entries are there that are not here")]
    Newer,
    /// This object is not as it was written.
    #[error("{0} is damaged")]
    Damaged(String),
    /// This object is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// Whoever runs this program may not read this object or folder.
    #[error("{0} cannot be read")]
    Unreadable(String),
    /// What is no file lies here, and cannot be moved out of the way.
    #[error("what is no file lies at {0}")]
    NoFile(String),
    /// It does not answer: a share that hangs, a server that says nothing.
    #[error("it does not answer")]
    Hangs,
    /// The server does not take or give it: its own word for why.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The operating system refused.
    #[error("the system refused")]
    Failed,
}

impl BackupFault {
    /// Whether it says something of one object, and of the others nothing.
    #[must_use]
    pub fn is_of_one(&self) -> bool {
        matches!(
            self,
            Self::Damaged(_) | Self::Missing(_) | Self::Unreadable(_) | Self::NoFile(_) | Self::Failed
        )
    }
}

/// The objects that a restore leaves out, because they do not read: one of them keeps nothing else back.
#[derive(Debug, Default)]
pub struct LeftOut {
    names: Vec<String>,
    in_a_row: u32,
}

/// The newest point of a backup that opens, and the later ones of which none does, by their names: the last first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest<T> {
    /// What opening it gives; none where none opens.
    pub point: Option<T>,
    /// Those that were passed over.
    pub passed: Vec<String>,
}

/// After so many objects in a row that a server does not give, nobody waits for the others.
const MOST_IN_A_ROW: u32 = 3;

impl LeftOut {
    /// Leaves out the object `name` of `backup` that did not read.
    ///
    /// # Errors
    /// The fault, where it is not about that object: the place is gone, or there is no room.
    pub fn add(&mut self, backup: &Backup, name: &str, fault: BackupFault) -> Result<(), BackupFault> {
        match fault {
            BackupFault::Full => return Err(fault),
            BackupFault::Gone | BackupFault::Refused(_) => {
                self.in_a_row += 1;
                // A server was asked more than once already; a stick that was pulled is gone.
                if !backup.keeps_all() || self.in_a_row >= MOST_IN_A_ROW {
                    return Err(fault);
                }
            }
            _ => self.in_a_row = 0,
        }
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Notes that an object came.
    pub fn came(&mut self) {
        self.in_a_row = 0;
    }

    /// Their names.
    #[must_use]
    pub fn names(self) -> Vec<String> {
        self.names
    }
}

/// The object in which the digests of the large files stand.
pub const SUMS: &str = "files/sums";

/// What keeps the objects of one installation.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// Keeps the object `name`: on return it lies safe and was read back.
    ///
    /// # Errors
    /// [`BackupFault`]; an object that was there is then as it was.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BackupFault>;

    /// The bytes of the object `name`.
    ///
    /// # Errors
    /// [`BackupFault::Missing`], [`BackupFault::Damaged`] for one that is too long or no object.
    fn read(&self, name: &str) -> Result<Vec<u8>, BackupFault>;

    /// The bytes of the object `name` as they were when they had this digest.
    ///
    /// # Errors
    /// [`BackupFault::Damaged`] where they are others.
    fn read_as(&self, name: &str, digest: &Digest) -> Result<Vec<u8>, BackupFault> {
        let bytes = self.read(name)?;
        if sha256(&[&bytes]) == *digest { Ok(bytes) } else { Err(BackupFault::Damaged(name.to_owned())) }
    }

    /// Gives the bytes of the object `name` to `is_it`, and where that says no those that came under this name before, until
    /// it says yes.
    ///
    /// # Errors
    /// [`BackupFault::Missing`], [`BackupFault::Damaged`] where it never does.
    fn look(&self, name: &str, is_it: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), BackupFault> {
        if is_it(&self.read(name)?) { Ok(()) } else { Err(BackupFault::Damaged(name.to_owned())) }
    }

    /// Whether the object `name` has this digest.
    fn stands(&self, name: &str, digest: &Digest) -> bool {
        self.read_as(name, digest).is_ok()
    }

    /// Whether the object `name` is so long and begins as it should, as far as is seen without reading it.
    fn looks_whole(&self, name: &str, bytes: u64) -> bool;

    /// The names of the objects below `folder`, without it, in order. Those of points and segments have no folder of their own.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn names(&self, folder: &str) -> Result<Vec<String>, BackupFault>;

    /// Copies the large file at `from` to `files/<name>`, as it lies; returns its bytes.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn copy(&self, name: &str, from: &Path) -> Result<u64, BackupFault>;

    /// A folder in which the large file `name` can be read under this name.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn at_hand(&self, name: &str) -> Result<PathBuf, BackupFault>;

    /// The same for one of several that came under this name: the last that `fits`, where it is there. What came alone is not
    /// looked at.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn fitting(&self, name: &str, _: &mut dyn FnMut(&Path) -> bool) -> Result<PathBuf, BackupFault> {
        self.at_hand(name)
    }

    /// The digests of the large files: a line each, in the order in which they came.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn sums(&self) -> Result<Vec<u8>, BackupFault>;

    /// Lets the object `name` go, where that is allowed: from here on it counts as not there.
    fn remove(&self, name: &str);

    /// The same of a large file and its digest.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn remove_file(&self, name: &str) -> Result<(), BackupFault>;

    /// Whether whatever came stays for ever, so that nothing is tidied.
    fn keeps_all(&self) -> bool {
        false
    }

    /// Gives all that lies here another name, under which nothing is written any more and everything can be brought back.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn set_aside(&self) -> Result<(), BackupFault>;

    /// The points with the moments at which they came, in milliseconds since 1970.
    fn aged(&self) -> Vec<(u64, u64)>;

    /// Has no folder be missing because something else stands in its place: that gets another name.
    ///
    /// # Errors
    /// [`BackupFault`].
    fn clear_way(&self) -> Result<(), BackupFault> {
        Ok(())
    }

    /// Whether the place is there at all.
    fn is_there(&self) -> bool;

    /// What it means that the object `name` does not read.
    fn unread(&self, name: &str, error: &io::Error) -> BackupFault;
}

/// The backup of one installation.
#[derive(Clone, Debug)]
pub struct Backup(Arc<dyn Shelf>);

impl Backup {
    /// What lies on `shelf`.
    #[must_use]
    pub fn on(shelf: impl Shelf + 'static) -> Self {
        Self(Arc::new(shelf))
    }

    /// Keeps the object `name`: on return it lies safe and was read back.
    ///
    /// # Errors
    /// [`BackupFault`]; an object that was there is then as it was.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BackupFault> {
        self.0.put(name, bytes)
    }

    /// Has the object `name` be these bytes, and writes nothing where it is already.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<(), BackupFault> {
        if self.stands(name, &sha256(&[bytes])) { Ok(()) } else { self.put(name, bytes) }
    }

    /// The bytes of the object `name`.
    ///
    /// # Errors
    /// [`BackupFault::Missing`], [`BackupFault::Damaged`] for one that is too long or no object.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, BackupFault> {
        self.0.read(name)
    }

    /// The bytes of the object `name` as they were when they had this digest.
    ///
    /// # Errors
    /// [`BackupFault::Damaged`] where they are others.
    pub fn read_as(&self, name: &str, digest: &Digest) -> Result<Vec<u8>, BackupFault> {
        self.0.read_as(name, digest)
    }

    /// What `open` makes of the object `name`: of the last that came under this name and opens.
    ///
    /// # Errors
    /// [`BackupFault::Missing`], [`BackupFault::Damaged`] where none does.
    pub fn opened<T>(&self, name: &str, open: impl Fn(&[u8]) -> Option<T>) -> Result<T, BackupFault> {
        let mut found = None;
        self.0.look(name, &mut |bytes| {
            found = open(bytes);
            found.is_some()
        })?;
        found.ok_or_else(|| BackupFault::Damaged(name.to_owned()))
    }

    /// The same of the first that came: it is written once, and whoever steals a key comes later.
    ///
    /// # Errors
    /// [`BackupFault::Missing`], [`BackupFault::Damaged`] where none opens.
    pub fn first_opened<T>(&self, name: &str, open: impl Fn(&[u8]) -> Option<T>) -> Result<T, BackupFault> {
        let mut found = None;
        let looked = self.0.look(name, &mut |bytes| {
            found = open(bytes).or_else(|| found.take());
            false
        });
        match looked {
            Err(fault @ (BackupFault::Missing(_) | BackupFault::Damaged(_))) => found.ok_or(fault),
            Err(fault) => Err(fault),
            Ok(()) => found.ok_or_else(|| BackupFault::Damaged(name.to_owned())),
        }
    }

    /// Whether the object `name` has this digest.
    #[must_use]
    pub fn stands(&self, name: &str, digest: &Digest) -> bool {
        self.0.stands(name, digest)
    }

    /// Whether the object `name` is so long and begins as it should, as far as is seen without reading it.
    #[must_use]
    pub fn looks_whole(&self, name: &str, bytes: u64) -> bool {
        self.0.looks_whole(name, bytes)
    }

    /// Copies the large file at `from`, as it lies, and reads it back; returns its bytes.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn copy(&self, name: &str, from: &Path) -> Result<u64, BackupFault> {
        self.0.copy(name, from)
    }

    /// A folder in which the large file `name` can be read under this name.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn at_hand(&self, name: &str) -> Result<PathBuf, BackupFault> {
        self.0.at_hand(name)
    }

    /// The same for one of several that came under this name: the last that `fits`, where it is there.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn fitting(&self, name: &str, mut fits: impl FnMut(&Path) -> bool) -> Result<PathBuf, BackupFault> {
        self.0.fitting(name, &mut fits)
    }

    /// Length and digest of a large file as it reads now.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn file_sum(&self, name: &str) -> Result<(u64, Digest), BackupFault> {
        let path = self.at_hand(name)?.join(name);
        super::laid::sum_of(&path).map_err(|error| self.unread(&format!("files/{name}"), &error))
    }

    /// The large files by name, with the digest that each had when it was copied. A line that was cut off counts for nothing.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn sums(&self) -> Result<BTreeMap<String, Digest>, BackupFault> {
        let bytes = self.0.sums()?;
        // A list that does not read has no digest; the check names it.
        let text = String::from_utf8(bytes).unwrap_or_default();
        let lines = text.lines().filter_map(|line| {
            let (sum, name) = line.split_once("  ")?;
            Some((name.to_owned(), hex::decode(sum)?.try_into().ok()?))
        });
        Ok(lines.collect())
    }

    /// Length and digest of the list of the large files' digests; an empty one where there is none.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn sums_sum(&self) -> Result<(u64, Digest), BackupFault> {
        let bytes = self.0.sums()?;
        Ok((bytes.len() as u64, sha256(&[&bytes])))
    }

    /// Whether that list still begins as it was when it had this length and digest. A run that was cut off may have added.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn sums_begin_as(&self, length: u64, sum: &Digest) -> Result<bool, BackupFault> {
        let bytes = self.0.sums()?;
        let begin = usize::try_from(length).ok().and_then(|length| bytes.get(..length));
        Ok(begin.is_some_and(|begin| sha256(&[begin]) == *sum))
    }

    /// Lets the object `name` go, where that is allowed: from here on it counts as not there.
    pub fn remove(&self, name: &str) {
        self.0.remove(name);
    }

    /// The same of a large file and its digest.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn remove_file(&self, name: &str) -> Result<(), BackupFault> {
        self.0.remove_file(name)
    }

    /// Whether whatever came stays for ever, so that nothing is tidied.
    #[must_use]
    pub fn keeps_all(&self) -> bool {
        self.0.keeps_all()
    }

    /// Gives all that lies here another name, under which nothing is written any more and everything can be brought back. The
    /// next run begins anew.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn set_aside(&self) -> Result<(), BackupFault> {
        self.0.set_aside()
    }

    /// The names of the objects below `folder`, without it.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, BackupFault> {
        self.0.names(folder)
    }

    /// The numbers of the points, in order. Nobody has looked into them.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn points(&self) -> Result<Vec<u64>, BackupFault> {
        let number = |name: &String| read_point_name(&format!("points/{name}"));
        let mut numbers: Vec<u64> = self.0.names("points")?.iter().filter_map(number).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The newest point that opens, by its number and its bytes: what lies there under a later name and is no point keeps nothing
    /// back. Whoever asks tells of it.
    ///
    /// # Errors
    /// [`BackupFault`] where the place does not read.
    pub fn newest<T>(&self, open: impl Fn(u64, &[u8]) -> Option<T>) -> Result<Newest<T>, BackupFault> {
        let mut passed = Vec::new();
        for number in self.points()?.into_iter().rev() {
            let name = point_name(number);
            match self.first_opened(&name, |bytes| open(number, bytes)) {
                Ok(point) => return Ok(Newest { point: Some(point), passed }),
                Err(fault) if fault.is_of_one() => passed.push(name),
                Err(fault) => return Err(fault),
            }
        }
        Ok(Newest { point: None, passed })
    }

    /// The points with the moments at which they came, in milliseconds since 1970.
    #[must_use]
    pub fn aged(&self) -> Vec<(u64, u64)> {
        self.0.aged()
    }

    /// The bytes of the point `number`.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn point(&self, number: u64) -> Result<Vec<u8>, BackupFault> {
        self.read(&point_name(number))
    }

    /// The segments that are there, by stream and places.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn segments(&self) -> Result<Vec<(Stream, u64, u64)>, BackupFault> {
        let mut found = Vec::new();
        for stream in Stream::ALL {
            let names = self.0.names(stream.word())?;
            let names = names.iter().map(|name| format!("{}/{name}", stream.word()));
            found.extend(names.filter_map(|name| read_segment_name(&name)));
        }
        Ok(found)
    }

    /// The names of the blobs' objects that are there, in order.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn blobs(&self) -> Result<BTreeSet<String>, BackupFault> {
        Ok(self.0.names("blobs")?.into_iter().map(|name| format!("blobs/{name}")).collect())
    }

    /// The names of the large files that are there, in order.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn files(&self) -> Result<BTreeSet<String>, BackupFault> {
        Ok(self.0.names("files")?.into_iter().collect())
    }

    /// Whether the place is there at all.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.0.is_there()
    }

    /// Has no folder be missing because something else stands in its place: that gets another name.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub fn clear_way(&self) -> Result<(), BackupFault> {
        self.0.clear_way()
    }

    /// What it means that the object `name` does not read.
    #[must_use]
    pub fn unread(&self, name: &str, error: &io::Error) -> BackupFault {
        self.0.unread(name, error)
    }
}

/// A line of the list of the large files' digests.
#[must_use]
pub fn sums_line(name: &str, digest: &Digest) -> String {
    format!("{}  {name}\n", hex::encode(digest))
}
