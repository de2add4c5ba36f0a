//! What lies beside the store and follows each commit: its marks, and the entries of the last commits once more. Both
//! are handed to the system at once, so that a killed program loses nothing of them, and reach the disk within a second
//! and at lock: a save waits for the log of the store alone.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub(crate) use crypto::marks::Last;
use crypto::marks::Marks;
use crypto::seal::{About, open, seal};
use crypto::{Entropy, Secret, Signed, SigningKey, StoreKey, sha256};
use domain::wire::Message;
use domain::{ClinicId, Incarnation};

use crate::disk;
use crate::folder::Folder;

/// The marks.
pub(crate) const MARKS: &str = "marks";
/// The entries of the last commits.
pub(crate) const UNSENT: &str = "unsent";
/// So many bytes of entries lie in one file before the other is begun anew: several logs of the store's worth.
const A_FILE: u64 = 1 << 20;
/// No file of entries is read further, in bytes.
const LONGEST: u64 = 64 << 20;
/// Bytes of a file's generation, and of an entry's length.
const HEADING: usize = 8;
const LENGTH: usize = 4;
const SYNCED_EACH: Duration = Duration::from_secs(1);

/// Who this workstation is.
#[derive(Clone)]
pub(crate) struct Own {
    pub(crate) clinic: ClinicId,
    pub(crate) incarnation: Incarnation,
    pub(crate) key: SigningKey,
}

/// The files beside one store.
pub(crate) struct Beside {
    key: Secret<32>,
    marks: [PathBuf; 2],
    unsent: [PathBuf; 2],
    files: RefCell<Files>,
    /// Whose marks they are, once a workstation is here.
    own: RefCell<Option<Own>>,
    number: Cell<u64>,
    /// Marks that the store does not reach: they stay until what they tell of is back, or known to be lost.
    wanted: RefCell<Option<Marks>>,
    off: Cell<bool>,
    /// What is to be written to the disk, and that there is something.
    open: Arc<Mutex<Vec<File>>>,
    written: SyncSender<()>,
}

#[derive(Default)]
struct Files {
    marks: [Option<File>; 2],
    /// The file that grows, and its length.
    unsent: Option<(File, u64)>,
    /// Whether one of them was opened since they were last handed on.
    fresh: bool,
}

/// What a copy of the marks is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Copy {
    /// No such file.
    Gone,
    /// No marks that this workstation signed.
    Damaged,
    /// Marks.
    Whole(Marks),
}

impl Beside {
    pub(crate) fn of(folder: &Folder, key: &StoreKey) -> Self {
        let (written, hears) = sync_channel::<()>(1);
        let open = Arc::new(Mutex::new(Vec::<File>::new()));
        let files = Arc::clone(&open);
        // The thread ends with the sender. What keeps it from starting costs the promise of a second, and no more.
        let started = thread::Builder::new().name("marks".to_owned()).spawn(move || {
            let (_held, over) = channel::<()>();
            while hears.recv().is_ok() {
                // Nobody ever says anything here: this is a second.
                over.recv_timeout(SYNCED_EACH).ok();
                hears.try_recv().ok();
                if let Ok(files) = files.lock() {
                    files.iter().for_each(|file| drop(file.sync_data()));
                }
            }
        });
        drop(started);
        Self {
            key: key.derive("unsent"),
            marks: folder.copies(MARKS),
            unsent: folder.copies(UNSENT),
            files: RefCell::default(),
            own: RefCell::default(),
            number: Cell::default(),
            wanted: RefCell::default(),
            off: Cell::default(),
            open,
            written,
        }
    }

    /// Follows nothing any more: what lies here was not compared with the store, and stays as it is.
    pub(crate) fn leave(&self) {
        self.off.set(true);
    }

    /// Seals what a commit is about to write.
    pub(crate) fn sealed(&self, entropy: &mut dyn Entropy, last: &Last) -> Vec<u8> {
        let sealed = seal(entropy, &self.key, ABOUT, &last.to_bytes());
        let length = u32::try_from(sealed.len()).unwrap_or_default();
        [&length.to_be_bytes()[..], &sealed].concat()
    }

    pub(crate) fn own(&self) -> Option<Own> {
        self.own.borrow().clone()
    }

    pub(crate) fn is_of(&self, own: Own) {
        self.own.replace(Some(own));
    }

    /// The number of the next marks; none while older ones have to stay.
    pub(crate) fn next(&self) -> Option<u64> {
        (!self.off.get() && self.wanted.borrow().is_none()).then(|| self.number.get() + 1)
    }

    pub(crate) fn wanted(&self) -> Option<Marks> {
        self.wanted.borrow().clone()
    }

    /// Keeps `marks` until the store has what they tell of.
    pub(crate) fn want(&self, marks: Option<Marks>) {
        self.wanted.replace(marks);
    }

    /// Goes on counting from the later of the copies.
    pub(crate) fn begin(&self, number: u64) {
        self.number.set(number);
    }

    /// Follows a commit. What cannot be written is behind the store, and that is no fault.
    pub(crate) fn follow(&self, entries: &[u8], marks: Option<Marks>) {
        if self.off.get() {
            return;
        }
        let mut files = self.files.borrow_mut();
        if !entries.is_empty() && self.append(&mut files, entries).is_err() {
            // Half of an entry would hide those after it: it is cut off before the next.
            files.unsent = None;
        }
        if let Some((marks, own)) = marks.zip(self.own()) {
            self.number.set(marks.number);
            let content = Signed::new(&own.key, &marks).to_bytes();
            let bytes = [&sha256(&[&content])[..], &content].concat();
            let place = usize::from(marks.number % 2 == 1);
            drop(self.put(&mut files, place, &bytes));
            if marks.number == 1 {
                drop(self.put(&mut files, 1 - place, &bytes));
            }
        }
        if std::mem::take(&mut files.fresh)
            && let Ok(mut open) = self.open.lock()
        {
            *open = files.all().filter_map(|file| file.try_clone().ok()).collect();
        }
        self.written.try_send(()).ok();
    }

    /// Writes all of it to the disk.
    pub(crate) fn sync(&self) {
        self.files.borrow().all().for_each(|file| drop(file.sync_data()));
    }

    fn put(&self, files: &mut Files, place: usize, bytes: &[u8]) -> io::Result<()> {
        let [one, other] = &mut files.marks;
        let [first, second] = &self.marks;
        let (slot, path) = if place == 0 { (one, first) } else { (other, second) };
        if slot.is_none() {
            files.fresh = true;
        }
        let file = match slot {
            Some(file) => file,
            None => slot.insert(disk::open_or_make(path)?),
        };
        file.seek(SeekFrom::Start(0))?;
        file.write_all(bytes)?;
        // A length that reaches the disk without the bytes spoils the marks of before too.
        let length = bytes.len() as u64;
        if file.metadata()?.len() > length { file.set_len(length) } else { Ok(()) }
    }

    fn append(&self, files: &mut Files, entries: &[u8]) -> io::Result<()> {
        let growing = match files.unsent.take() {
            Some((file, length)) if length < A_FILE => (file, length),
            _ => {
                files.fresh = true;
                self.next_file()?
            }
        };
        let (file, length) = files.unsent.insert(growing);
        file.write_all(entries)?;
        *length += entries.len() as u64;
        Ok(())
    }

    /// The file of the greater generation, where it has room, behind its last whole entry; else the other, begun anew.
    fn next_file(&self) -> io::Result<(File, u64)> {
        let [one, other] = self.generations();
        let place = usize::from(other.0 > one.0);
        let (generation, entries) = if place == 1 { other } else { one };
        let whole = (HEADING + frames(&entries).map(|frame| frame.len() + LENGTH).sum::<usize>()) as u64;
        let (place, generation, whole) = match generation > 0 && whole < A_FILE {
            true => (place, generation, whole),
            false => (if generation > 0 { 1 - place } else { 0 }, generation + 1, 0),
        };
        let [first, second] = &self.unsent;
        let mut file = disk::open_or_make(if place == 0 { first } else { second })?;
        file.set_len(whole)?;
        let end = file.seek(SeekFrom::End(0))?;
        if end == 0 {
            file.write_all(&generation.to_be_bytes())?;
        }
        Ok((file, end.max(HEADING as u64)))
    }

    fn generations(&self) -> [(u64, Vec<u8>); 2] {
        self.unsent.each_ref().map(|path| {
            let bytes = read(path).unwrap_or_default();
            match bytes.split_first_chunk::<HEADING>() {
                Some((generation, entries)) => (u64::from_be_bytes(*generation), entries.to_vec()),
                None => (0, Vec::new()),
            }
        })
    }

    /// The entries of the last commits, oldest first, as far as they open.
    pub(crate) fn last(&self) -> Vec<Last> {
        let mut generations = self.generations();
        generations.sort_by_key(|(generation, _)| *generation);
        let mut last = Vec::new();
        for (_, entries) in &generations {
            for sealed in frames(entries) {
                let plain = open(&self.key, ABOUT, sealed).ok();
                last.extend(plain.and_then(|plain| Last::from_bytes(&plain).ok()));
            }
        }
        last
    }

    /// Both copies of the marks, as far as `public` signed them.
    pub(crate) fn copies(&self, public: &[u8; 32]) -> [Copy; 2] {
        self.marks.each_ref().map(|path| {
            if path.symlink_metadata().is_err() {
                return Copy::Gone;
            }
            let marks = disk::read(path).ok().and_then(|bytes| {
                let (digest, content) = bytes.split_first_chunk::<32>()?;
                (sha256(&[content]) == *digest).then_some(())?;
                Signed::<Marks>::from_bytes(content).ok()?.open(public).ok()
            });
            marks.map_or(Copy::Damaged, Copy::Whole)
        })
    }
}

impl Files {
    fn all(&self) -> impl Iterator<Item = &File> {
        self.marks.iter().flatten().chain(self.unsent.as_ref().map(|(file, _)| file))
    }
}

/// The sealed entries of a file, as far as they are whole.
fn frames(entries: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = entries;
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<LENGTH>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (frame, after) = after.split_at_checked(length)?;
        rest = after;
        Some(frame)
    })
}

const ABOUT: About = About { kind: "unsent", ids: &[], epoch: 0 };

fn read(path: &Path) -> Option<Vec<u8>> {
    let found = path.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?;
    let mut bytes = Vec::with_capacity(usize::try_from(found.len().min(LONGEST)).unwrap_or_default());
    File::open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
