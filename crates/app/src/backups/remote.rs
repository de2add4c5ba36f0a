//! A backup at the clinic's server. What this workstation writes there it signs; it is read under a key that follows from the
//! store's, so that whoever opened a slot with a paper reads it, on whatever computer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::sync::{Transport, Unreached, pack};
use crypto::digest::Digesting;
use crypto::exchange::{digest_of, held, shelved};
use crypto::{Entropy, Signed, SigningKey, StoreKey, random, sha256};
use domain::backup::{KEY, NAME, point_name};
use domain::sync::{
    AskBackup, AskDoors, BackupDoor, BackupDoors, BackupHeld, BackupObject, BackupPart, BlobName, BlobsHeld,
    LARGEST_CHUNK, READS, VERSION, WantObject,
};
use domain::wire::Bytes;
use domain::{ClinicId, Digest, Incarnation, RecordId, hex};
use store::backup::{Backup, BackupFault, Shelf, sums_line};

use super::pace::{PAUSES, Pace, passes, rest};
use crate::desk::SCRATCH;

/// The way to a server, and where bytes from there lie for a moment.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) url: String,
    /// The folder for that in the data folder; whoever reads has one of their own in it.
    pub(crate) scratch: PathBuf,
    /// The key with which the server signs, where that is known here.
    pub(crate) server: Option<[u8; 32]>,
    /// Chance for the questions.
    pub(crate) seed: [u8; 16],
}

/// Who writes: the workstation.
#[derive(Clone)]
pub(crate) struct Writes {
    pub(crate) key: SigningKey,
    pub(crate) workstation: RecordId,
    /// The id that names it in its slots.
    pub(crate) door: RecordId,
    /// What it is called.
    pub(crate) name: String,
}

/// The objects of one installation at a server.
pub(crate) struct Remote {
    line: Line,
    clinic: ClinicId,
    of: Incarnation,
    reads: SigningKey,
    writes: Option<Writes>,
    known: Mutex<Known>,
}

/// What was heard of them.
#[derive(Default)]
struct Known {
    /// Which of its folders.
    number: u64,
    /// The objects below each folder that was asked about, in the order in which they came.
    folders: BTreeMap<String, Vec<BackupObject>>,
    /// Objects that count as not there, until they come anew.
    gone: BTreeSet<String>,
    /// The large file that lies in the scratch, and the digest by which it was fetched.
    at_hand: Option<(String, Digest)>,
    /// How many questions were asked.
    asked: u64,
    /// From this name on points were asked about.
    since: String,
    /// How many bytes go over the line at once.
    pace: Pace,
}

/// How many were opened, so that no two that came over one line are alike.
static OPENED: AtomicU64 = AtomicU64::new(0);

impl Line {
    /// The way to the server at `url` over `transport`, from the data folder `root`.
    pub(crate) fn to(
        transport: Arc<dyn Transport>,
        url: String,
        root: &Path,
        server: Option<[u8; 32]>,
        entropy: &mut dyn Entropy,
    ) -> Self {
        Self { transport, url, scratch: root.join(SCRATCH), server, seed: random(entropy) }
    }

    /// The same for one reader: with chance and a folder that no other one has.
    fn apart(self) -> Self {
        let number = OPENED.fetch_add(1, Ordering::SeqCst);
        let seed = first(&sha256(&[&self.seed, &number.to_be_bytes(), b"apart"]));
        let scratch = self.scratch.join(hex::encode(&sha256(&[&seed, SCRATCH.as_bytes()])));
        Self { scratch, seed, ..self }
    }

    /// The clinic whose backups lie there, and each installation with what opens its store.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub(crate) fn doors(&self) -> Result<(ClinicId, Vec<BackupDoor>), BackupFault> {
        let (mut rows, mut after): (Vec<BackupDoor>, _) = (Vec::new(), None);
        loop {
            let body = pack::pack(&AskDoors { v: VERSION, after }).map_err(fault_of)?;
            let url = format!("{}/backup/doors", self.url);
            let told: BackupDoors =
                self.transport.post(&url, body).and_then(|body| pack::unpack(&body)).map_err(fault_of)?;
            rows.extend(told.rows);
            let last = rows.last().map(|row| row.incarnation);
            if !told.more || last == after {
                return Ok((told.clinic, rows));
            }
            after = last;
        }
    }
}

/// The key under which the backups of the store that `key` opens are read.
pub(crate) fn reader(key: &StoreKey) -> SigningKey {
    SigningKey::from_seed(key.derive(KEY).derive(READS))
}

/// Sixteen bytes of a digest.
fn first(digest: &Digest) -> [u8; 16] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = *digest;
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

/// What it means that a server did not answer as it should.
fn fault_of(unreached: Unreached) -> BackupFault {
    match unreached {
        Unreached::Offline => BackupFault::Gone,
        Unreached::Refused(code) if code == "no_room" => BackupFault::Full,
        Unreached::Refused(code) => BackupFault::Refused(code),
        Unreached::Answer => BackupFault::Refused("not_believed".to_owned()),
        Unreached::Address => BackupFault::Refused("address".to_owned()),
    }
}

impl Remote {
    /// The objects of the installation `of` in its folder `number`, or the last; `key` opens its store. Of points only those
    /// from `since` on are asked about.
    ///
    /// # Errors
    /// [`BackupFault`] where the server does not say what it has.
    pub(crate) fn open(
        line: Line,
        (clinic, of): (ClinicId, Incarnation),
        (key, writes): (&StoreKey, Option<Writes>),
        number: Option<u64>,
        since: u64,
    ) -> Result<Self, BackupFault> {
        let line = line.apart();
        let known = Known { since: point_name(since), ..Known::default() };
        let remote = Self { line, clinic, of, reads: reader(key), writes, known: Mutex::new(known) };
        match remote.ask(number, "points") {
            // Nothing of it has come there yet.
            Err(BackupFault::Refused(code)) if code == NO_BACKUP && remote.writes.is_some() => {
                remote.known().folders.insert("points".to_owned(), Vec::new());
            }
            asked => {
                let (number, points) = asked?;
                let mut known = remote.known();
                known.number = number;
                known.folders.insert("points".to_owned(), points);
            }
        }
        Ok(remote)
    }

    /// In which of its folders these objects lie.
    pub(crate) fn number(&self) -> u64 {
        self.known().number
    }

    /// Has the folder exist, and say what the workstation is called.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub(crate) fn begin(self) -> Result<Backup, BackupFault> {
        let name = self.name();
        let backup = Backup::on(self);
        backup.keep(NAME, name.as_bytes())?;
        Ok(backup)
    }

    /// What the workstation is called, as far as that is known.
    fn name(&self) -> String {
        let name = self.writes.as_ref().map(|writes| writes.name.clone()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| "workstation".to_owned())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Chance that no other question has.
    fn act(&self) -> [u8; 16] {
        let mut known = self.known();
        known.asked += 1;
        first(&sha256(&[&self.line.seed, &known.asked.to_be_bytes()]))
    }

    /// What the server has below `folder`, and in which folder of the installation.
    fn ask(&self, number: Option<u64>, folder: &str) -> Result<(u64, Vec<BackupObject>), BackupFault> {
        let from = if folder == "points" { self.known().since.clone() } else { format!("{folder}/") };
        // `0` follows `/`.
        let to = format!("{folder}0");
        let (mut objects, mut after, mut number): (Vec<BackupObject>, _, _) = (Vec::new(), 0, number);
        loop {
            let asked = AskBackup {
                v: VERSION,
                clinic: self.clinic,
                incarnation: self.of,
                act: self.act(),
                line: number,
                from: from.clone(),
                to: to.clone(),
                after,
            };
            let signed = Signed::new(&self.reads, &asked);
            let body = pack::pack(&signed).map_err(fault_of)?;
            let url = format!("{}/backup/held", self.line.url);
            let told: Signed<BackupHeld> = self
                .line
                .transport
                .post(&url, body)
                .and_then(|body| pack::unpack(&body))
                .map_err(fault_of)?;
            let told = match &self.line.server {
                Some(key) => shelved(key, self.clinic, &digest_of(&signed), &told).ok(),
                // Whoever lost everything does not know the server: what lies there says for itself whose it is.
                None => told.claimed().ok(),
            };
            let told = told.ok_or_else(|| fault_of(Unreached::Answer))?;
            number = Some(told.line);
            let last = told.objects.last().map_or(after, |object| object.place);
            objects.extend(told.objects);
            if !told.more || last <= after {
                return Ok((told.line, objects));
            }
            after = last;
        }
    }

    /// The objects below `folder`, in the order in which they came.
    fn below(&self, folder: &str) -> Result<Vec<BackupObject>, BackupFault> {
        if let Some(known) = self.known().folders.get(folder) {
            return Ok(known.clone());
        }
        let number = self.number();
        let objects = match self.ask(Some(number), folder) {
            Err(BackupFault::Refused(code)) if code == NO_BACKUP && self.writes.is_some() => Vec::new(),
            asked => asked?.1,
        };
        self.known().folders.insert(folder.to_owned(), objects.clone());
        Ok(objects)
    }

    /// The objects of this name, the last of which is read.
    fn versions(&self, name: &str) -> Result<Vec<BackupObject>, BackupFault> {
        if self.known().gone.contains(name) {
            return Ok(Vec::new());
        }
        let mut found = self.below(folder_of(name))?;
        found.retain(|object| object.name == name);
        Ok(found)
    }

    /// What `of` makes of one of the objects of this name, the last first. One that does not read hides none before it.
    fn last_that<T>(
        &self,
        name: &str,
        mut of: impl FnMut(&BlobName) -> Result<Option<T>, BackupFault>,
    ) -> Result<T, BackupFault> {
        let mut fault = BackupFault::Missing(name.to_owned());
        for (nth, object) in self.versions(name)?.iter().rev().enumerate() {
            match of(&object.blob) {
                Ok(Some(found)) => return Ok(found),
                Err(found @ (BackupFault::Missing(_) | BackupFault::Damaged(_))) if nth == 0 => fault = found,
                Ok(None) | Err(BackupFault::Missing(_) | BackupFault::Damaged(_)) => {
                    fault = BackupFault::Damaged(name.to_owned());
                }
                Err(other) => return Err(other),
            }
        }
        Err(fault)
    }

    /// Has the large file `name` of these bytes lie in the scratch, which it returns.
    fn fetch(&self, name: &str, blob: &BlobName) -> Result<PathBuf, BackupFault> {
        let (root, it) = (self.line.scratch.clone(), Some((name.to_owned(), blob.sha256)));
        if self.known().at_hand == it {
            return Ok(root);
        }
        // One at a time: there may be more of them than there is room.
        self.let_go_of_scratch();
        self.known().at_hand = None;
        let place = root.join(name);
        let folder = place.parent().unwrap_or(&root);
        // Another reader may let go of the folder above at this very moment.
        fs::create_dir_all(folder).or_else(|_| fs::create_dir_all(folder)).map_err(here)?;
        let mut file = fs::File::create(&place).map_err(here)?;
        self.bytes(&format!("files/{name}"), blob, |piece| file.write_all(piece).map_err(here))?;
        self.known().at_hand = it;
        Ok(root)
    }

    /// Tries it with so many bytes as the line takes, and again some times where it broke off or the server was busy; returns
    /// with how many bytes it went.
    fn patiently<T>(
        &self,
        left: u64,
        mut attempt: impl FnMut(u64) -> Result<T, BackupFault>,
    ) -> Result<(T, u64), BackupFault> {
        let mut pauses = PAUSES.iter();
        loop {
            let length = self.known().pace.piece().min(left);
            let fault = match attempt(length) {
                Ok(done) => {
                    self.known().pace.went(length);
                    return Ok((done, length));
                }
                Err(fault) => fault,
            };
            if fault == BackupFault::Gone {
                self.known().pace.broke();
            }
            match pauses.next().filter(|_| passes(&fault)) {
                Some(pause) => rest(*pause),
                None => return Err(fault),
            }
        }
    }

    /// The bytes of `blob`, given to `piece` one after the other.
    fn bytes(
        &self,
        name: &str,
        blob: &BlobName,
        mut piece: impl FnMut(&[u8]) -> Result<(), BackupFault>,
    ) -> Result<(), BackupFault> {
        let url = format!("{}/backup/{}", self.line.url, hex::encode(&blob.sha256));
        let mut digesting = Digesting::default();
        let mut offset = 0;
        while offset < blob.size {
            let (got, length) = self.patiently(blob.size - offset, |length| {
                let wanted = WantObject {
                    v: VERSION,
                    clinic: self.clinic,
                    incarnation: self.of,
                    blob: blob.clone(),
                    offset,
                    length,
                };
                let asks = domain::wire::Message::to_bytes(&Signed::new(&self.reads, &wanted));
                let got = self.line.transport.get(&url, &asks, offset..offset + length);
                got.map_err(|unreached| match fault_of(unreached) {
                    BackupFault::Refused(code) if code == "damaged" => BackupFault::Damaged(name.to_owned()),
                    BackupFault::Refused(code) if LACKING.contains(&code.as_str()) => {
                        BackupFault::Missing(name.to_owned())
                    }
                    fault => fault,
                })
            })?;
            digesting.update(&got);
            piece(&got)?;
            offset += length;
        }
        if digesting.finish() == blob.sha256 { Ok(()) } else { Err(BackupFault::Damaged(name.to_owned())) }
    }

    fn read_blob(&self, name: &str, blob: &BlobName) -> Result<Vec<u8>, BackupFault> {
        if blob.size > domain::backup::LARGEST_OBJECT as u64 {
            return Err(BackupFault::Damaged(name.to_owned()));
        }
        let mut bytes = Vec::new();
        self.bytes(name, blob, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// Brings the object `name` to the server, piece by piece as `piece` gives them, from where it has the bytes already. On
    /// return the server has signed that all are there and were read back.
    fn bring(
        &self,
        name: &str,
        blob: &BlobName,
        mut piece: impl FnMut(u64, u64) -> Result<Vec<u8>, BackupFault>,
    ) -> Result<(), BackupFault> {
        let writes = self.writes.as_ref().ok_or(BackupFault::ReadOnly)?;
        let number = self.number();
        let (mut offset, mut vain) = (0, 0);
        while vain < MOST_VAIN {
            let (told, _) = self.patiently(blob.size.saturating_sub(offset), |length| {
                let part = BackupPart {
                    v: VERSION,
                    clinic: self.clinic,
                    workstation: writes.workstation,
                    incarnation: self.of,
                    act: self.act(),
                    door: writes.door,
                    reader: *self.reads.public(),
                    line: number,
                    name: name.to_owned(),
                    blob: blob.clone(),
                    offset,
                    bytes: Bytes(piece(offset, length)?),
                };
                self.send(&Signed::new(&writes.key, &part))
            })?;
            let Some(stands) = told.blobs.into_iter().find(|held| held.blob == *blob) else { break };
            if stands.whole {
                self.came(name, blob);
                return Ok(());
            }
            vain = if stands.through > offset { 0 } else { vain + 1 };
            offset = stands.through;
        }
        Err(BackupFault::Failed)
    }

    /// Sends a piece; what the server signed that it has then.
    fn send(&self, signed: &Signed<BackupPart>) -> Result<BlobsHeld, BackupFault> {
        let body = pack::pack(signed).map_err(fault_of)?;
        let url = format!("{}/backup", self.line.url);
        let told: Signed<BlobsHeld> =
            self.line.transport.put(&url, body).and_then(|body| pack::unpack(&body)).map_err(fault_of)?;
        let key = self.line.server.as_ref();
        let told = key.and_then(|key| held(key, self.clinic, &digest_of(signed), &told).ok());
        told.ok_or_else(|| fault_of(Unreached::Answer))
    }

    /// Remembers that the object `name` is there.
    fn came(&self, name: &str, blob: &BlobName) {
        let mut known = self.known();
        known.gone.remove(name);
        if let Some(objects) = known.folders.get_mut(folder_of(name)) {
            let place = objects.iter().map(|object| object.place).max().unwrap_or_default() + 1;
            objects.push(BackupObject { name: name.to_owned(), blob: blob.clone(), place });
        }
    }

    fn let_go_of_scratch(&self) {
        fs::remove_dir_all(&self.line.scratch).ok();
        // Where nobody else reads, it goes as a whole.
        if let Some(above) = self.line.scratch.parent() {
            fs::remove_dir(above).ok();
        }
    }
}

/// So many answers in a row bring an object no further before it is given up.
const MOST_VAIN: u32 = 8;
/// The server's words for what it does not have.
const NO_BACKUP: &str = "no_backup";
const LACKING: [&str; 2] = ["unnamed_blob", "not_whole"];

fn folder_of(name: &str) -> &str {
    name.split_once('/').map_or(name, |(folder, _)| folder)
}

/// What it means that the disk here does not give or take bytes.
fn here(_: io::Error) -> BackupFault {
    BackupFault::Failed
}

impl Shelf for Remote {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BackupFault> {
        let blob = BlobName { sha256: sha256(&[bytes]), size: bytes.len() as u64 };
        self.bring(name, &blob, |offset, length| {
            let from = usize::try_from(offset).unwrap_or(usize::MAX);
            let to = usize::try_from(offset + length).unwrap_or(usize::MAX);
            bytes.get(from..to).map(<[u8]>::to_vec).ok_or(BackupFault::Failed)
        })
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, BackupFault> {
        self.last_that(name, |blob| self.read_blob(name, blob).map(Some))
    }

    fn look(&self, name: &str, is_it: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), BackupFault> {
        self.last_that(name, |blob| Ok(is_it(&self.read_blob(name, blob)?).then_some(())))
    }

    fn read_as(&self, name: &str, digest: &Digest) -> Result<Vec<u8>, BackupFault> {
        let mut versions = self.versions(name)?;
        if versions.is_empty() {
            return Err(BackupFault::Missing(name.to_owned()));
        }
        versions.retain(|object| object.blob.sha256 == *digest);
        let it = versions.pop().ok_or_else(|| BackupFault::Damaged(name.to_owned()))?;
        self.read_blob(name, &it.blob)
    }

    fn stands(&self, name: &str, digest: &Digest) -> bool {
        let last = self.versions(name).ok().and_then(|mut versions| versions.pop());
        last.is_some_and(|last| last.blob.sha256 == *digest)
    }

    fn looks_whole(&self, name: &str, bytes: u64) -> bool {
        let last = self.versions(name).ok().and_then(|mut versions| versions.pop());
        last.is_some_and(|last| last.blob.size == bytes)
    }

    fn names(&self, folder: &str) -> Result<Vec<String>, BackupFault> {
        let objects = self.below(folder)?;
        let known = self.known();
        let names = objects.iter().map(|object| &object.name).filter(|name| !known.gone.contains(*name));
        let names: BTreeSet<&String> = names.collect();
        let below = |name: &&String| name.strip_prefix(folder)?.strip_prefix('/').map(ToOwned::to_owned);
        Ok(names.iter().filter_map(below).collect())
    }

    fn copy(&self, name: &str, from: &Path) -> Result<u64, BackupFault> {
        let mut file = fs::File::open(from).map_err(here)?;
        let (mut digesting, mut size, mut piece) = (Digesting::default(), 0, vec![0; LARGEST_CHUNK as usize]);
        loop {
            let read = file.read(&mut piece).map_err(here)?;
            let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
            size += read.len() as u64;
            digesting.update(read);
        }
        let blob = BlobName { sha256: digesting.finish(), size };
        self.bring(&format!("files/{name}"), &blob, |offset, length| {
            io::Seek::seek(&mut file, io::SeekFrom::Start(offset)).map_err(here)?;
            let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
            file.read_exact(&mut bytes).map_err(here)?;
            Ok(bytes)
        })?;
        Ok(size)
    }

    fn at_hand(&self, name: &str) -> Result<PathBuf, BackupFault> {
        self.last_that(&format!("files/{name}"), |blob| self.fetch(name, blob).map(Some))
    }

    fn fitting(&self, name: &str, fits: &mut dyn FnMut(&Path) -> bool) -> Result<PathBuf, BackupFault> {
        let object = format!("files/{name}");
        let alone = self.versions(&object)?.len() == 1;
        self.last_that(&object, |blob| {
            let root = self.fetch(name, blob)?;
            Ok((alone || fits(&root)).then_some(root))
        })
    }

    fn sums(&self) -> Result<Vec<u8>, BackupFault> {
        let objects = self.below("files")?;
        let known = self.known();
        let there = objects.iter().filter(|object| !known.gone.contains(&object.name));
        let line = |object: &BackupObject| {
            object.name.strip_prefix("files/").map(|name| sums_line(name, &object.blob.sha256))
        };
        Ok(there.filter_map(line).collect::<String>().into_bytes())
    }

    fn remove(&self, name: &str) {
        self.known().gone.insert(name.to_owned());
    }

    fn remove_file(&self, name: &str) -> Result<(), BackupFault> {
        self.remove(&format!("files/{name}"));
        Ok(())
    }

    fn keeps_all(&self) -> bool {
        true
    }

    fn set_aside(&self) -> Result<(), BackupFault> {
        {
            let mut known = self.known();
            let (number, asked, pace) = (known.number + 1, known.asked, known.pace);
            *known = Known { number, asked, pace, since: point_name(0), ..Known::default() };
        }
        self.put(NAME, self.name().as_bytes())
    }

    fn aged(&self) -> Vec<(u64, u64)> {
        Vec::new()
    }

    fn is_there(&self) -> bool {
        true
    }

    fn unread(&self, _: &str, _: &io::Error) -> BackupFault {
        BackupFault::Failed
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // Also of what came in part.
        self.let_go_of_scratch();
    }
}

impl std::fmt::Debug for Remote {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.debug_struct("Remote").field("of", &self.of).finish_non_exhaustive()
    }
}
