//! A power cut: what a program did to the disk is recorded call by call (`tests/power/recorder.c`), and what lies there if the
//! power goes after any of them is made of it.
//!
//! The disk here keeps no more than it was asked to. Bytes are there once their file was flushed, a name once its folder was, and
//! a folder that was made once the one above it was. What was not flushed may be lost, be there, or be torn at 512 bytes, each
//! call by itself, so that a later one may be there without an earlier. Of names alone, those of one folder come in their order,
//! as on every journal: a rename is never half.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::OnceLock;

use crypto::Entropy;
use crypto::testing::TestEntropy;
use tempfile::TempDir;

const ROOTS: &str = "CLINICDESK_POWER_ROOTS";
const LOG: &str = "CLINICDESK_POWER_LOG";
const KILL: &str = "CLINICDESK_POWER_KILL";
const SECTOR: usize = 512;

/// Has `command` record what it does below `roots` in the file `log`; it is killed before its call number `kill`.
///
/// # Panics
/// When the recorder does not compile.
pub fn record(command: &mut Command, roots: &[&Path], log: &Path, kill: Option<u64>) {
    static LIBRARY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let library = folder.path().join("recorder.so");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let made = Command::new(compiler)
            .args(["-O2", "-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(crate::root().join("tests/power/recorder.c"))
            .args(["-ldl", "-lpthread"])
            .status();
        assert!(made.expect("a compiler").success(), "the recorder does not compile");
        (folder, library)
    });
    let roots: Vec<_> = roots.iter().map(|root| root.to_string_lossy()).collect();
    command.env("LD_PRELOAD", library).env(ROOTS, roots.join(":")).env(LOG, log);
    if let Some(kill) = kill {
        command.env(KILL, kill.to_string());
    }
}

/// A call that changed the disk.
#[derive(Clone)]
pub struct Call {
    kind: u8,
    number: u64,
    at: usize,
    name: PathBuf,
    bytes: Rc<[u8]>,
}

impl Call {
    /// Whether it flushed something.
    #[must_use]
    pub fn is_flush(&self) -> bool {
        matches!(self.kind, b'S' | b'D')
    }
}

impl std::fmt::Display for Call {
    fn fmt(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (kind, name) = (char::from(self.kind), self.name.display());
        write!(to, "{kind} {name} {} bytes at {} of {}", self.bytes.len(), self.at, self.number)
    }
}

/// The calls that were recorded in `log`, in their order; an entry that was cut off is none.
///
/// # Panics
/// When the log cannot be read.
#[must_use]
pub fn calls(log: &Path) -> Vec<Call> {
    let log = fs::read(log).expect("what was recorded");
    let mut rest = log.as_slice();
    let mut calls = Vec::new();
    let mut next = || -> Option<Call> {
        let (kind, after) = rest.split_first()?;
        let (number, after) = after.split_first_chunk()?;
        let (at, after) = after.split_first_chunk()?;
        let (names, after) = after.split_first_chunk()?;
        let (bytes, after) = after.split_first_chunk()?;
        let (names, bytes) = (u32::from_ne_bytes(*names) as usize, u32::from_ne_bytes(*bytes) as usize);
        let (name, after) = after.split_at_checked(names)?;
        let (bytes, after) = after.split_at_checked(bytes)?;
        rest = after;
        Some(Call {
            kind: *kind,
            number: u64::from_ne_bytes(*number),
            at: usize::try_from(u64::from_ne_bytes(*at)).ok()?,
            name: PathBuf::from(String::from_utf8(name.to_vec()).ok()?),
            bytes: bytes.into(),
        })
    };
    while let Some(call) = next() {
        calls.push(call);
    }
    calls
}

/// What is left of what was not flushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing of it.
    Nothing,
    /// All of it, as after a kill.
    All,
    /// Some of it, by chance.
    Some,
}

/// A place in a file: what was written there, or the length that it was given.
#[derive(Clone)]
enum Change {
    Write(usize, Rc<[u8]>),
    Length(usize),
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Write(at, bytes) => {
                let end = at + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*at..end].copy_from_slice(bytes);
            }
            Self::Length(length) => content.resize(*length, 0),
        }
    }
}

enum Node {
    File { now: Vec<u8>, flushed: Vec<u8>, since: Vec<Change> },
    Folder { now: BTreeMap<String, usize>, flushed: BTreeMap<String, usize> },
}

/// A change of names: in which folder which name means what from then on.
type Edit = Vec<(usize, String, Option<usize>)>;

/// A disk, as a program sees it and as it would be after a power cut.
pub struct Disk {
    roots: Vec<(PathBuf, usize)>,
    nodes: Vec<Node>,
    /// The files by the numbers that the system gave them.
    numbers: BTreeMap<u64, usize>,
    /// The changes of names that were not flushed.
    edits: Vec<Edit>,
}

impl Disk {
    /// What lies below `roots`, all of it flushed.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn of(roots: &[&Path]) -> Self {
        let (numbers, edits) = (BTreeMap::new(), Vec::new());
        let mut disk = Self { roots: Vec::new(), nodes: Vec::new(), numbers, edits };
        for root in roots {
            let node = disk.take_in(root);
            disk.roots.push(((*root).to_owned(), node));
        }
        disk
    }

    fn take_in(&mut self, path: &Path) -> usize {
        let found = fs::symlink_metadata(path).expect("what lies there");
        let node = if found.is_dir() {
            let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
            let now: BTreeMap<String, usize> =
                entries.map(|path| (name_of(&path), self.take_in(&path))).collect();
            Node::Folder { flushed: now.clone(), now }
        } else {
            let now = fs::read(path).expect("a file");
            Node::File { flushed: now.clone(), now, since: Vec::new() }
        };
        self.add(node, Some(found.ino()))
    }

    fn add(&mut self, node: Node, number: Option<u64>) -> usize {
        let place = self.nodes.len();
        self.nodes.push(node);
        if let Some(number) = number {
            self.numbers.insert(number, place);
        }
        place
    }

    /// What stands at `path` now.
    fn at(&self, path: &Path) -> Option<usize> {
        let (root, node) = self.roots.iter().find(|(root, _)| path.starts_with(root))?;
        let mut node = *node;
        for part in path.strip_prefix(root).ok()?.components() {
            let Node::Folder { now, .. } = &self.nodes[node] else { return None };
            node = *now.get(part.as_os_str().to_str()?)?;
        }
        Some(node)
    }

    fn edit(&mut self, edit: Edit) {
        for (folder, name, node) in &edit {
            if let Node::Folder { now, .. } = &mut self.nodes[*folder] {
                set(now, name, *node);
            }
        }
        self.edits.push(edit);
    }

    fn place(&self, path: &Path) -> (usize, String) {
        let folder = path.parent().and_then(|parent| self.at(parent));
        (folder.expect("the folder of what was recorded"), name_of(path))
    }

    /// Does what the program did.
    ///
    /// # Panics
    /// When it was done to a file that nobody knows: the recorder has missed something.
    pub fn follow(&mut self, call: &Call) {
        match call.kind {
            b'C' | b'M' => {
                let (folder, name) = self.place(&call.name);
                let node = if call.kind == b'C' {
                    Node::File { now: Vec::new(), flushed: Vec::new(), since: Vec::new() }
                } else {
                    Node::Folder { now: BTreeMap::new(), flushed: BTreeMap::new() }
                };
                let node = self.add(node, Some(call.number));
                self.edit(vec![(folder, name, Some(node))]);
            }
            b'U' => {
                let (folder, name) = self.place(&call.name);
                self.edit(vec![(folder, name, None)]);
            }
            b'R' => {
                let to = PathBuf::from(String::from_utf8_lossy(&call.bytes).into_owned());
                let node = self.at(&call.name).expect("what was renamed");
                let ((from_in, from), (to_in, to)) = (self.place(&call.name), self.place(&to));
                self.edit(vec![(from_in, from, None), (to_in, to, Some(node))]);
            }
            b'D' => {
                let folder = self.at(&call.name).expect("the folder that was flushed");
                self.flush_names(folder);
            }
            kind => {
                let node = *self.numbers.get(&call.number).expect("the file that was written");
                let Node::File { now, flushed, since } = &mut self.nodes[node] else { return };
                let change = match kind {
                    b'W' => Change::Write(call.at, Rc::clone(&call.bytes)),
                    b'T' => Change::Length(call.at),
                    _ => {
                        flushed.clone_from(now);
                        since.clear();
                        return;
                    }
                };
                change.apply(now);
                since.push(change);
            }
        }
    }

    /// What is flushed of one folder takes along what has to come before it elsewhere.
    fn flush_names(&mut self, folder: usize) {
        let mut folders = BTreeSet::from([folder]);
        let mut comes = vec![false; self.edits.len()];
        for (edit, comes) in self.edits.iter().zip(&mut comes).rev() {
            if edit.iter().any(|(folder, ..)| folders.contains(folder)) {
                folders.extend(edit.iter().map(|(folder, ..)| *folder));
                *comes = true;
            }
        }
        let edits = std::mem::take(&mut self.edits);
        for (edit, comes) in edits.into_iter().zip(comes) {
            if !comes {
                self.edits.push(edit);
                continue;
            }
            for (folder, name, node) in &edit {
                if let Node::Folder { flushed, .. } = &mut self.nodes[*folder] {
                    set(flushed, name, *node);
                }
            }
        }
    }

    /// The bytes of the file at `path` as the program saw it last.
    #[must_use]
    pub fn bytes(&self, path: &Path) -> Option<&[u8]> {
        match self.nodes.get(self.at(path)?)? {
            Node::File { now, .. } => Some(now),
            Node::Folder { .. } => None,
        }
    }

    /// Has its first folders be as they would be if the power went now, and `left` of what was not flushed.
    ///
    /// # Panics
    /// When they cannot be written.
    pub fn cut_power(&self, folders: usize, left: Left, chance: &mut TestEntropy) {
        let mut pick = |end: u64| {
            let mut bytes = [0; 8];
            chance.fill(&mut bytes);
            u64::from_be_bytes(bytes) % end
        };
        let mut names: BTreeMap<usize, BTreeMap<String, usize>> = BTreeMap::new();
        let mut ended = BTreeSet::new();
        for edit in &self.edits {
            let stays = match left {
                Left::Nothing => false,
                Left::All => true,
                Left::Some => !edit.iter().any(|(folder, ..)| ended.contains(folder)) && pick(4) > 0,
            };
            for (folder, name, node) in edit {
                if !stays {
                    ended.insert(*folder);
                } else if let Node::Folder { flushed, .. } = &self.nodes[*folder] {
                    set(names.entry(*folder).or_insert_with(|| flushed.clone()), name, *node);
                }
            }
        }
        for (root, node) in self.roots.iter().take(folders) {
            for entry in fs::read_dir(root).expect("a folder") {
                let path = entry.expect("an entry").path();
                let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                gone.expect("it goes");
            }
            self.write(*node, root, &names, left, &mut pick);
        }
    }

    fn write(
        &self,
        node: usize,
        path: &Path,
        names: &BTreeMap<usize, BTreeMap<String, usize>>,
        left: Left,
        pick: &mut impl FnMut(u64) -> u64,
    ) {
        match &self.nodes[node] {
            Node::Folder { flushed, .. } => {
                fs::create_dir_all(path).expect("a folder");
                for (name, node) in names.get(&node).unwrap_or(flushed) {
                    self.write(*node, &path.join(name), names, left, pick);
                }
            }
            Node::File { now, flushed, since } => {
                let torn = (left == Left::Some && !since.is_empty()).then(|| torn(flushed, since, pick));
                let content = match left {
                    Left::All => now,
                    _ => torn.as_ref().unwrap_or(flushed),
                };
                fs::write(path, content).expect("a file");
            }
        }
    }
}

/// What may be there of a file of which `since` was not flushed.
fn torn(flushed: &[u8], since: &[Change], pick: &mut impl FnMut(u64) -> u64) -> Vec<u8> {
    let mut content = flushed.to_vec();
    for change in since {
        match (pick(3), change) {
            (0, _) => {}
            (1, Change::Write(at, bytes)) => {
                // Up to the edge of a sector, which is there as a whole or not at all.
                let sectors = (at + bytes.len()).div_ceil(SECTOR) - at / SECTOR;
                let kept = (at / SECTOR + usize::try_from(pick(sectors as u64)).unwrap_or(0)) * SECTOR;
                let kept = kept.saturating_sub(*at).min(bytes.len());
                Change::Write(*at, bytes[..kept].into()).apply(&mut content);
            }
            (_, change) => change.apply(&mut content),
        }
    }
    content
}

fn set(names: &mut BTreeMap<String, usize>, name: &str, node: Option<usize>) {
    match node {
        Some(node) => drop(names.insert(name.to_owned(), node)),
        None => drop(names.remove(name)),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
