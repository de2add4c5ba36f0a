//! What this workstation keeps of its targets. Their places are its own: no other workstation learns them.

use std::collections::BTreeMap;

use domain::backup::{LARGEST_NUMBER, Point};
use domain::wire::Wire;
use domain::{Digest, RecordId, cbor, wire};
use store::Act;
use store::backup::WROTE;

use super::targets::TargetSort;
use crate::refusal::Refusal;

wire! {
    /// A target.
    pub struct Kept {
        /// Under which its mark knows it.
        id: RecordId,
        /// What people call it.
        name: String,
        /// `folder`, `stick` or `server`.
        sort: String,
        /// Where it was last.
        path: String,
        /// Since when it is one, in milliseconds since 1970.
        added: u64,
        /// When it was there last.
        seen: Option<u64>,
        /// Whether it lies on the disk of the data folder.
        same_disk: bool,
        /// The first object that was found damaged or gone and was not written again yet.
        damaged: Option<String>,
        /// The last backup there.
        last: Option<Last>,
        /// When all of it was read last and was whole.
        whole: Option<u64>,
        /// What came of the last trial of it.
        tested: Option<Tested>,
        /// Whether files wait for the next run: the last had no time for all of them.
        behind: Option<bool>,
        /// When this workstation began anew there, because what lay there has entries that it never gets.
        beside: Option<u64>,
        /// The objects besides the first that were found damaged or gone and were not written again yet.
        others: Option<Vec<String>>,
        /// How many there are of which nobody kept the name: a check tells them once the others are written again.
        unnamed: Option<u64>,
        /// Whether the last run found much of it changed, and wrote nothing.
        attacked: Option<bool>,
        /// What a run found damaged or gone there last, and wrote again.
        mended: Option<Mended>,
    }
}

wire! {
    /// What a run found damaged or gone, and wrote again.
    pub struct Mended {
        /// When, in milliseconds since 1970.
        at: u64,
        /// How many objects.
        count: u64,
        /// The first of them, by name.
        objects: Vec<String>,
    }
}

wire! {
    /// The last backup at a target.
    pub struct Last {
        /// When, in milliseconds since 1970.
        at: u64,
        /// How long it took, in milliseconds.
        took: u64,
        /// How many bytes were written.
        bytes: u64,
        /// The digest of the point.
        sha256: Digest,
        /// The point, without what is sealed in it.
        point: Point,
    }
}

wire! {
    /// What came of a trial.
    pub struct Tested {
        /// When it began, in milliseconds since 1970.
        began: u64,
        /// How long it took, in milliseconds.
        took: u64,
        /// Entries that came back.
        entries: u64,
        /// Records that they made.
        records: u64,
        /// Files that were opened.
        files: u64,
        /// Kinds and logs that were not as they were.
        differences: u64,
        /// Why it failed.
        fault: Option<String>,
        /// The rehearsal by which a person signed it off.
        signed: Option<RecordId>,
        /// How many objects the backup before it found damaged or gone, and wrote again.
        mended: Option<u64>,
    }
}

wire! {
    /// What the last run left at a target beside what its point names: by this a check knows what has to be there.
    pub struct Wrote {
        /// The digests of what opens the store, by name.
        slots: BTreeMap<String, Digest>,
        /// The blobs.
        blobs: Vec<Digest>,
        /// How many bytes the list of the large files' digests had.
        sums: u64,
        /// The digest of that list.
        sums_sha256: Digest,
    }
}

/// Where they are kept.
const KEPT: &str = "backup/targets";

/// The targets, by name.
pub(crate) fn targets(act: &Act) -> Result<Vec<Kept>, Refusal> {
    let kept = act.local(KEPT)?.and_then(|bytes| Vec::from_value(&cbor::decode(&bytes).ok()?));
    Ok(kept.unwrap_or_default())
}

/// Keeps `all` as the targets.
pub(super) fn keep_all(act: &Act, mut all: Vec<Kept>) -> Result<(), Refusal> {
    all.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(act.set_local(KEPT, &cbor::encode(&all.to_value()))?)
}

/// Forgets what the lost computer found at its targets and tried with them: a restored one has seen none of it.
pub(crate) fn forget_found(act: &Act) -> Result<(), Refusal> {
    let forget = |kept: Kept| Kept {
        damaged: None,
        others: None,
        unnamed: None,
        attacked: None,
        mended: None,
        beside: None,
        tested: None,
        whole: None,
        ..kept
    };
    let all = targets(act)?;
    for kept in &all {
        forget_wrote(act, kept.id)?;
    }
    keep_all(act, all.into_iter().map(forget).collect())
}

/// Changes the target `id`, where it is still one.
pub(super) fn change(act: &Act, id: RecordId, change: impl FnOnce(&mut Kept)) -> Result<(), Refusal> {
    let mut all = targets(act)?;
    if let Some(kept) = all.iter_mut().find(|kept| kept.id == id) {
        change(kept);
        keep_all(act, all)?;
    }
    Ok(())
}

/// What the last run left at the target `id`; none where that is not known.
pub(super) fn wrote(act: &Act, id: RecordId) -> Result<Option<Wrote>, Refusal> {
    Ok(act.local(&wrote_as(id))?.and_then(|bytes| Wrote::from_value(&cbor::decode(&bytes).ok()?)))
}

/// Keeps what a run left at the target `id`.
pub(super) fn keep_wrote(act: &Act, id: RecordId, wrote: &Wrote) -> Result<(), Refusal> {
    Ok(act.set_local(&wrote_as(id), &cbor::encode(&wrote.to_value()))?)
}

/// Forgets what was left at the target `id`.
pub(super) fn forget_wrote(act: &Act, id: RecordId) -> Result<(), Refusal> {
    Ok(act.forget_local(&wrote_as(id))?)
}

fn wrote_as(id: RecordId) -> String {
    format!("{WROTE}{id}")
}

impl Kept {
    /// Whether the last look found something damaged, gone, or much of it changed: until it is whole again nobody relies on it.
    pub(crate) fn is_doubted(&self) -> bool {
        self.damaged.is_some() || self.unnamed.is_some() || self.attacked == Some(true)
    }

    /// The objects that are known to be damaged or gone.
    pub(super) fn damage(&self) -> Vec<String> {
        self.damaged.iter().chain(self.others.iter().flatten()).cloned().collect()
    }

    /// Has these objects be known as damaged or gone, and so many more.
    pub(super) fn set_damage(&mut self, names: impl IntoIterator<Item = String>, more: u64) {
        let mut all: Vec<String> = Vec::new();
        for name in names {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        let mut all = all.into_iter();
        self.damaged = all.next();
        self.others = Some(all.collect::<Vec<_>>()).filter(|others| !others.is_empty());
        self.unnamed = Some(more).filter(|more| *more > 0);
    }

    /// How far the log is in a backup that reads back here; nowhere where that is in doubt.
    pub(crate) fn verified(&self, own: domain::Incarnation) -> u64 {
        let last = self.last_of(own).filter(|_| !self.is_doubted());
        last.map_or(0, |last| last.point.through(domain::backup::Stream::Log))
    }

    /// The last backup of the installation `own`. One whose number has none behind it came of a name that no point has: it is
    /// none, and the next run goes on from the last that is one.
    pub(crate) fn last_of(&self, own: domain::Incarnation) -> Option<&Last> {
        let is_one = |last: &&Last| last.point.incarnation == own && last.point.number <= LARGEST_NUMBER;
        self.last.as_ref().filter(is_one)
    }

    /// Whether a job about it is tried: a stick that `is_there`, for most of the time it lies in a drawer, and a folder
    /// always, for one that is away is told.
    pub(crate) fn is_worth_a_try(&self, is_there: impl FnOnce() -> bool) -> bool {
        !self.is_stick() || is_there()
    }

    /// Whether it is the server.
    pub(crate) fn is_server(&self) -> bool {
        self.sort == TargetSort::Server.word()
    }

    /// Whether it is a stick.
    pub(crate) fn is_stick(&self) -> bool {
        self.sort == TargetSort::Stick.word()
    }
}
