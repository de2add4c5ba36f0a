//! One backup: what is new is read at the desk a little at a time, written on the target without it, and read back. The
//! point comes last, so that a run which is cut off anywhere leaves every point before it whole.

mod blobs;
mod there;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crypto::sha256;
use domain::backup::{
    BackupSort, EPOCH, FORMAT, Held, KEY, LARGEST_NUMBER, LARGEST_SEGMENT, Point, Stored, Stream, covering,
    is_folder, mergeable, point_name, segment_name, thinned,
};
use domain::jobs::JobKind;
use domain::kinds::SCHEMA;
use domain::wire::Bytes;
use domain::{Digest, Incarnation, RecordId, hex};
use store::backup::{
    Backup, BackupFault, Part, SUMS, Summing, claimed_point, held, seal_local, seal_segment, sign_point,
};
use store::{Act, FolderError, Signer};

use self::blobs::{Sealed, large_ones, missing_blobs};
pub(super) use self::there::own_point;
use self::there::{Follows, Known, follows, known, make_room, newer, next_number, went_on_otherwise};
use super::check::{named, read_whole};
use super::hands::{Hands, NotDone};
use super::kept::{Kept, Last, Mended, Wrote, change, keep_wrote, targets, wrote};
use super::reach::{Found, Way};
use super::view::ask_for;
use crate::desk::Open;
use crate::people::{CLINIC_SLOT, SHEET_SLOT, store_key};
use crate::refusal::{Code, Refusal};
use crate::sync::rounds::Shell;
use crate::world::World;

/// So many bytes of rows are read at the desk at once.
const A_SLICE: usize = 512 << 10;
/// So many records are summed at the desk at once.
const SUMMED: u32 = 500;
/// So many blobs are sealed at the desk at once.
const SOME: usize = 16;
/// Points are thinned out after so many runs.
const THINNED_EACH: u64 = 32;
/// A run by itself brings files for so long, in milliseconds: then others have their turn, and the next goes on.
const FILES_FOR: u64 = 5 * 60_000;

/// So many of the objects that were written again are kept by name.
const MOST_NAMED: usize = 20;

/// The target `id`.
pub(super) fn kept(act: &Act, id: RecordId) -> Result<Kept, Refusal> {
    targets(act)?.into_iter().find(|kept| kept.id == id).ok_or_else(|| Refusal::new(Code::NotFound))
}

/// Whether anything is here that the last backup at `kept` does not hold.
pub(crate) fn has_news(act: &Act, kept: &Kept, own: Incarnation) -> Result<bool, Refusal> {
    let Some(last) = kept.last_of(own) else { return Ok(true) };
    for stream in Stream::ALL {
        if act.stream_end(*stream)? > last.point.through(*stream) {
            return Ok(true);
        }
    }
    // Files come without an entry: from the server, or while a run was under way.
    let held = &last.point.blobs;
    Ok(kept.is_doubted() || kept.behind == Some(true) || act.blobs_here()? != (held.count, held.bytes))
}

/// What a run knows when it begins.
struct Begun {
    kept: Kept,
    way: Way,
    /// The data folder.
    folder: PathBuf,
    clinic: domain::ClinicId,
    own: Incarnation,
    public: [u8; 32],
    /// What the workstation is called.
    name: String,
    slots: Vec<(&'static str, Vec<u8>)>,
    began: u64,
}

/// What opens the store, by the names under which it lies in a backup too.
pub(super) fn slots(open: &Open) -> Result<Vec<(&'static str, Vec<u8>)>, Refusal> {
    let mut slots = vec![("slots/workstation", open.place.door.0.as_bytes().to_vec())];
    for name in [SHEET_SLOT, CLINIC_SLOT] {
        match open.store.folder().read(name) {
            Ok(Some(slot)) => slots.push((name, slot)),
            // Without it one of the papers opens nothing; the check of this workstation says so.
            Ok(None) | Err(FolderError::Damaged(_) | FolderError::Missing(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(slots)
}

fn begin(open: &mut Open, world: &mut World, id: RecordId) -> Result<Begun, Refusal> {
    if open.place.restored {
        return Err(Refusal::new(Code::Restored));
    }
    let missing = open.store.missing();
    if missing > 0 {
        return Err(Refusal::new(Code::StoreBehind).with("missing", missing));
    }
    let slots = slots(open)?;
    let folder = open.store.folder().root().to_owned();
    let place = &open.place;
    let act = open.store.act()?;
    let workstation: Option<domain::clinic::Workstation> =
        act.record(place.workstation)?.map(|record| record.state.record());
    let kept = kept(&act, id)?;
    Ok(Begun {
        way: Way::to(&act, place, world, &folder, kept.clone())?,
        kept,
        folder,
        clinic: place.clinic,
        own: place.incarnation,
        public: *place.key.public(),
        name: workstation.and_then(|workstation| workstation.name).unwrap_or_default(),
        slots,
        began: world.clock.monotonic(),
    })
}

/// Backs up to the target `id`; returns how many objects that were damaged or gone there it wrote again.
pub(crate) fn back_up<S: Shell>(hands: &Hands<S>, id: RecordId, sort: BackupSort) -> Result<u64, NotDone> {
    let not_done = match backed_up(hands, id, sort) {
        Ok(mended) => return Ok(mended),
        Err(not_done) => not_done,
    };
    Err(match not_done {
        // Every run needs the list, and the next one makes it anew.
        NotDone::Fault(BackupFault::Damaged(name)) if name == SUMS => {
            named(hands, id, BackupFault::Damaged(name).into())
        }
        NotDone::Fault(BackupFault::Unreadable(_) | BackupFault::NoFile(_)) => named(hands, id, not_done),
        NotDone::Fault(BackupFault::Attacked) => attacked(hands, id, not_done),
        other => other,
    })
}

/// Remembers that much of what lay there was changed: nobody relies on it from now on.
fn attacked<S: Shell>(hands: &Hands<S>, id: RecordId, not_done: NotDone) -> NotDone {
    let noted = hands.desk(|open, _| {
        let act = open.store.act()?;
        change(&act, id, |kept| (kept.attacked, kept.whole) = (Some(true), None))?;
        Ok(act.commit()?)
    });
    noted.err().unwrap_or(not_done)
}

fn backed_up<S: Shell>(hands: &Hands<S>, id: RecordId, sort: BackupSort) -> Result<u64, NotDone> {
    let mut mended = BTreeSet::new();
    let (backup, point) = written(hands, id, sort, &mut mended)?;
    if sort == BackupSort::Complete {
        match read_whole(hands, id, &backup, &point) {
            // What reading finds damaged is written again at once, and all of it is read once more.
            Err(NotDone::Fault(BackupFault::Damaged(_))) => {
                let (backup, point) = written(hands, id, sort, &mut mended)?;
                read_whole(hands, id, &backup, &point)?;
            }
            read => read?,
        }
    }
    Ok(mended.len() as u64)
}

/// Writes what is new and what is known to be damaged or gone, which is `mended` then beside what was before; returns the
/// new point and where it lies.
fn written<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    sort: BackupSort,
    mended: &mut BTreeSet<String>,
) -> Result<(Backup, Point), NotDone> {
    let begun = hands.desk(|open, world| begin(open, world, id))?;
    let (clinic, own, public) = (begun.clinic, begun.own, begun.public);
    let last = begun.kept.last_of(own);
    let mut last = last.map(|last| (last.point.clone(), last.sha256));
    let mut damaged = begun.kept.damage();
    let (name, remembered) = (begun.name.clone(), last.clone());
    let (way, folder) = (begun.way, begun.folder);
    let Opened { found, backup, same_disk, newer } = hands.away((0, way.is_far()), move || {
        let found = way.find()?;
        let backup = found.backup(clinic, own, &name)?;
        let newer = newer(&backup, &public, own, remembered.as_ref())?;
        let same_disk = found.is_on_the_disk_of(&folder);
        Ok::<_, BackupFault>(Opened { found, backup, same_disk, newer })
    })??;
    let place = found.place();
    let mut run = Run { hands, backup, segments: Vec::new(), bytes: 0, mended: std::mem::take(mended) };
    let mut beside = false;
    if let Some(newer) = newer {
        let follows = hands.desk(|open, _| follows(open, &newer.0))?;
        // Nobody goes on from a number that has none behind it: what was written under it stays beside.
        let is_lost = begun.kept.last.is_some_and(|last| last.point.number > LARGEST_NUMBER);
        if matches!(follows, Follows::On) && !is_lost {
            last = Some(newer);
        } else {
            if matches!(follows, Follows::Lacking) {
                // What was put back may still get what it lacks; one that has gone on otherwise never does.
                if !went_on_otherwise(hands, &run.backup, &newer.0)? {
                    return Err(BackupFault::Newer.into());
                }
                beside = true;
            }
            // All of it stays, under another name, and this store goes on in a folder of its own.
            let name = begun.name;
            run.backup = run.on(0, move |backup| {
                backup.set_aside()?;
                found.backup(clinic, own, &name)
            })??;
            (last, damaged) = (None, Vec::new());
        }
    }
    let slots = begun.slots;
    let slot_sums = slots.iter().map(|(name, slot)| ((*name).to_owned(), sha256(&[slot]))).collect();
    // Nobody who leaves waits for a file: it is written again by the next run.
    let of_a_file = |name: &String| name.starts_with("files/") || name.starts_with("blobs/");
    let (waits, damaged): (Vec<_>, Vec<_>) =
        damaged.into_iter().partition(|name| hands.is_hurried() && of_a_file(name));
    let left = hands.desk(|open, _| wrote(&open.store.act()?, id))?.filter(|_| last.is_some());
    let (left_slots, left_blobs) = left.map(|left| (left.slots, left.blobs)).unwrap_or_default();
    let (stood, faulty) = (last.clone(), damaged.clone());
    let Known { segments, lost, gone } = run.on(0, move |backup| {
        let mut known = known(backup, stood.as_ref(), &faulty)?;
        backup.clear_way()?;
        make_room(backup, (&public, own), &faulty)?;
        for (name, slot) in &slots {
            if !backup.stands(name, &sha256(&[slot])) {
                // It may be another one since, as after a new sheet.
                let was = left_slots.get(*name).is_none_or(|sum| backup.stands(name, sum));
                known.gone.extend((!was).then(|| (*name).to_owned()));
                backup.put(name, slot)?;
            }
        }
        Ok::<_, BackupFault>(known)
    })??;
    run.segments = segments;
    let is_whole = damaged.is_empty() && gone.is_empty() && !lost;
    // Of a folder that was not read nothing is written again.
    run.mended.extend(damaged.into_iter().chain(gone).filter(|name| !is_folder(name)));
    let before = last.as_ref().map(|(point, _)| point);
    let media = match (sort, before) {
        (BackupSort::Database, Some(before)) => {
            Media { blobs: before.blobs.clone(), files: before.files.clone(), digests: None, behind: false }
        }
        (BackupSort::Database, None) => {
            Media { blobs: Held::NONE, files: Held::NONE, digests: None, behind: false }
        }
        (BackupSort::Quick, before) => {
            let until = Some(begun.began + FILES_FOR);
            run.media(&left_blobs, before.filter(|_| is_whole), until)?
        }
        (BackupSort::Media | BackupSort::Complete, _) => run.media(&left_blobs, None, None)?,
    };
    for stream in Stream::ALL {
        run.mend(*stream, before.map_or(0, |before| before.through(*stream)))?;
        run.merge(*stream)?;
    }
    let used = before.map_or(0, |before| before.number);
    let (number, stands) = run.on(0, move |backup| next_number(backup, (&public, own), used))??;
    let about = About { sort, number, before: stands, blobs: media.blobs, files: media.files };
    let (point, bytes) = run.news(&about)?;
    let sum = sha256(&[&bytes]);
    run.lay(point_name(number), bytes)?;
    let (sums, sums_sha256) = run.on(0, Backup::sums_sum)??;
    let (written, digests, behind) = (run.bytes, media.digests, media.behind);
    let (count, objects) = (run.mended.len() as u64, run.mended.iter().take(MOST_NAMED).cloned().collect());
    let lean = Point { local: Bytes(Vec::new()), ..point.clone() };
    let now = hands.desk(|open, world| {
        let took = world.clock.monotonic().saturating_sub(begun.began);
        let act = open.store.act()?;
        let blobs = match digests {
            Some(digests) => digests,
            None => wrote(&act, id)?.map(|wrote| wrote.blobs).unwrap_or_default(),
        };
        // What was noted for the sums is of no more use, and went with an act that kept nothing.
        act.forget_sums()?;
        if begun.kept.unnamed.is_some() {
            ask_for(&act, JobKind::CheckBackup, id, world.clock.now())?;
        }
        keep_wrote(&act, id, &Wrote { slots: slot_sums, blobs, sums, sums_sha256 })?;
        change(&act, id, |kept| {
            kept.path = place;
            kept.behind = Some(behind);
            if beside {
                kept.beside = Some(lean.at);
            }
            kept.seen = Some(lean.at);
            kept.same_disk = same_disk;
            kept.set_damage(waits, kept.unnamed.unwrap_or_default());
            kept.attacked = None;
            if count > 0 {
                kept.mended = Some(Mended { at: lean.at, count, objects });
            }
            kept.last = Some(Last { at: lean.at, took, bytes: written, sha256: sum, point: lean });
        })?;
        act.commit()?;
        Ok(world.clock.now())
    })?;
    // Not before: whoever is cut off here finds all that the last point names.
    run.tidy(&point, sort, now);
    *mended = run.mended;
    Ok((run.backup, point))
}

/// What a run finds at its target.
struct Opened {
    found: Found,
    backup: Backup,
    same_disk: bool,
    newer: Option<(Point, Digest)>,
}

/// What a point says beside its streams.
struct About {
    sort: BackupSort,
    number: u64,
    before: Option<Digest>,
    blobs: Held,
    files: Held,
}

/// The files of a run.
struct Media {
    blobs: Held,
    files: Held,
    /// The blobs that are there from now on; none where nobody looked.
    digests: Option<Vec<Digest>>,
    /// Whether some wait for the next run.
    behind: bool,
}

/// A run under way.
struct Run<'a, 'h, S> {
    hands: &'h Hands<'a, S>,
    backup: Backup,
    segments: Vec<Stored>,
    bytes: u64,
    /// What was damaged or gone, by name: it is written again.
    mended: BTreeSet<String>,
}

impl<S: Shell> Run<'_, '_, S> {
    /// Works on the target, with so many bytes to write or read there.
    fn on<T: Send + 'static>(
        &self,
        bytes: u64,
        work: impl FnOnce(&Backup) -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        self.hands.on(&self.backup, bytes, work)
    }

    /// Writes the object `name`.
    fn lay(&mut self, name: String, bytes: Vec<u8>) -> Result<(), NotDone> {
        self.bytes += bytes.len() as u64;
        Ok(self.on(bytes.len() as u64, move |backup| backup.put(&name, &bytes))??)
    }

    /// Writes again what is missing of `stream` up to `through`.
    fn mend(&mut self, stream: Stream, through: u64) -> Result<(), NotDone> {
        loop {
            let names = self.segments.iter().map(|segment| (segment.stream, segment.from, segment.through));
            let Err(from) = covering(names, stream, through) else { return Ok(()) };
            let next = self.segments.iter().filter(|one| one.stream == stream && one.from > from);
            let until = next.map(|one| one.from - 1).min().unwrap_or(through);
            self.write(stream, from, until)?;
        }
    }

    /// Makes one of many short segments.
    fn merge(&mut self, stream: Stream) -> Result<(), NotDone> {
        let Some((from, through)) = mergeable(&self.segments, stream) else { return Ok(()) };
        let within = |one: &Stored| one.stream == stream && one.from >= from && one.through <= through;
        self.segments.retain(|one| !within(one));
        let mut next = from;
        while next <= through {
            next = self.write(stream, next, through)? + 1;
        }
        Ok(())
    }

    /// Writes one segment of `stream` from the place `from` on, at most up to `through`; returns how far it goes.
    fn write(&mut self, stream: Stream, from: u64, through: u64) -> Result<u64, NotDone> {
        let mut part = Part { through: from - 1, ..Part::default() };
        loop {
            let more = self.hands.desk(|open, _| {
                let act = open.store.act()?;
                Ok(act.stream_rows(stream, part.through, through, A_SLICE)?)
            })?;
            self.hands.more(more.bytes as u64);
            part.bytes += more.bytes;
            part.through = more.through;
            part.rows.extend(more.rows);
            if !more.more || part.bytes + A_SLICE > LARGEST_SEGMENT {
                break;
            }
        }
        let reached = part.through;
        let (stored, bytes) = self.hands.desk(|open, world| seal(open, world, (stream, from), part))?;
        self.put(stored, bytes)?;
        Ok(reached)
    }

    fn put(&mut self, stored: Stored, bytes: Vec<u8>) -> Result<(), NotDone> {
        self.lay(stored.name(), bytes)?;
        self.segments.push(stored);
        self.segments.sort_by_key(|one| (one.stream, one.from));
        Ok(())
    }

    /// How far `stream` is covered without a gap.
    fn covered(&self, stream: Stream) -> u64 {
        self.segments
            .iter()
            .filter(|one| one.stream == stream)
            .map(|one| one.through)
            .max()
            .unwrap_or_default()
    }

    /// Sums what the records amount to, some of them at a time.
    fn sums(&self) -> Result<Summing, NotDone> {
        let mut summing = self.hands.desk(|open, _| {
            let act = open.store.act()?;
            let summing = act.begin_sums()?;
            act.commit()?;
            Ok(summing)
        })?;
        loop {
            let more = self.hands.desk(|open, _| {
                let act = open.store.act()?;
                let more = act.sum_some(&mut summing, SUMMED)?;
                act.commit()?;
                Ok(more)
            })?;
            if !more {
                return Ok(summing);
            }
        }
    }

    /// Writes what came since, until so little is left that it is read together with what everything amounts to.
    fn news(&mut self, about: &About) -> Result<(Point, Vec<u8>), NotDone> {
        let summing = match about.sort {
            BackupSort::Complete => Some(self.sums()?),
            _ => None,
        };
        loop {
            let covered = Stream::ALL.iter().map(|stream| (*stream, self.covered(*stream)));
            let covered: Vec<_> = covered.collect();
            let ends = self.hands.desk(|open, _| {
                let act = open.store.act()?;
                let end = |(stream, _): &(Stream, u64)| act.stream_end(*stream);
                Ok(covered.iter().map(end).collect::<Result<Vec<_>, _>>()?)
            })?;
            let segments = &self.segments;
            let ending =
                self.hands.desk(|open, world| end(open, world, about, (&covered, segments), &summing))?;
            if let Some(Ending { parts, point, bytes }) = ending {
                for (stored, bytes) in parts {
                    self.put(stored, bytes)?;
                }
                return Ok((point, bytes));
            }
            for ((stream, covered), end) in covered.into_iter().zip(ends) {
                let mut next = covered + 1;
                while next <= end {
                    next = self.write(stream, next, end)? + 1;
                }
            }
        }
    }

    /// Copies the blobs and large files that are not there; where just these were there at the point `before`, nobody looks.
    /// After `until` the next run goes on, and nobody who leaves waits for large files.
    fn media(
        &mut self,
        known: &[Digest],
        before: Option<&Point>,
        until: Option<u64>,
    ) -> Result<Media, NotDone> {
        let known: BTreeSet<Digest> = known.iter().copied().collect();
        let (digests, files) = self.hands.desk(|open, _| {
            let (act, folder) = open.store.act_and_folder()?;
            Ok((act.blob_digests()?, folder.large_files()))
        })?;
        let names: Vec<(String, u64)> =
            digests.iter().map(|(sha256, bytes)| (hex::encode(sha256), *bytes)).collect();
        let blobs = held(names.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
        let large = held(files.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
        if before.is_none_or(|before| before.blobs != blobs) {
            self.blobs(&digests, &known)?;
        }
        let (mut lacking, mut behind) = (BTreeSet::new(), false);
        let mut files = before.map_or(Held::NONE, |before| before.files.clone());
        if before.is_some() && files == large {
            // Just these are there.
        } else if self.hands.is_hurried() {
            lacking.extend(large_ones(&digests).filter(|digest| !known.contains(digest)));
            behind = true;
        } else {
            (lacking, behind) = self.files(&digests, &known, until)?;
            if lacking.is_empty() {
                files = large;
            }
        }
        let digests = digests.into_iter().map(|(sha256, _)| sha256);
        let digests = Some(digests.filter(|digest| !lacking.contains(digest)).collect());
        Ok(Media { blobs, files, digests, behind })
    }

    fn blobs(&mut self, digests: &[(Digest, u64)], known: &BTreeSet<Digest>) -> Result<(), NotDone> {
        let there = self.on(0, Backup::blobs)??;
        for some in digests.chunks(SOME) {
            let sealed = self.hands.desk(|open, world| missing_blobs(open, world, some, &there))?;
            for Sealed { digest, object, bytes, large } in sealed {
                self.hands.more(bytes.len() as u64);
                if known.contains(&digest) {
                    self.mended.insert(object.clone());
                }
                self.lay(object, bytes)?;
                if let Some(large) = large {
                    self.on(large.bytes(), move |backup| large.agree(backup))??;
                }
            }
        }
        Ok(())
    }

    /// Copies the large files of these blobs that are not there; returns those that are not there then, and whether some of
    /// them wait for the next run because it was `until` now.
    fn files(
        &mut self,
        digests: &[(Digest, u64)],
        known: &BTreeSet<Digest>,
        until: Option<u64>,
    ) -> Result<(BTreeSet<Digest>, bool), NotDone> {
        let (there, sums) =
            self.on(0, |backup| Ok::<_, BackupFault>((backup.files()?, backup.sums()?)))??;
        let large: Vec<(Digest, u64)> = large_ones(digests).map(|digest| (digest, 0)).collect();
        let (mut lacking, mut behind) = (BTreeSet::new(), false);
        for some in large.chunks(SOME) {
            let sealed = self.hands.desk(|open, world| missing_blobs(open, world, some, &BTreeSet::new()))?;
            for Sealed { digest, object, bytes, large } in sealed {
                let Some(large) = large else { continue };
                if there.contains(&large.name) && sums.contains_key(&large.name) {
                    continue;
                }
                let now = self.hands.desk(|_, world| Ok(world.clock.monotonic()))?;
                if until.is_some_and(|until| now >= until) {
                    behind = true;
                    lacking.insert(digest);
                    continue;
                }
                // Whatever opened an earlier one of that name may not open this.
                self.lay(object, bytes)?;
                if known.contains(&digest) && !there.contains(&large.name) {
                    self.mended.insert(format!("files/{}", large.name));
                }
                match self.on(large.bytes(), move |backup| large.copy(backup))?? {
                    Some(bytes) => {
                        self.bytes += bytes;
                        self.hands.more(bytes);
                    }
                    None => {
                        // Where it is damaged here, that is known from now on, and it is fetched again.
                        self.hands.desk(|open, _| {
                            let act = open.store.act()?;
                            act.whole_blob(&digest)?;
                            Ok(act.commit()?)
                        })?;
                        lacking.insert(digest);
                    }
                }
            }
        }
        Ok((lacking, behind))
    }

    /// Removes what the point has made superfluous: segments that were merged or never came to a point, and points of long
    /// ago. What goes beyond the point is not its business. A place that does not let anything go keeps it.
    fn tidy(&self, point: &Point, sort: BackupSort, now: u64) {
        let needed: BTreeSet<String> = point.segments.iter().map(Stored::name).collect();
        let ends = point.through.clone();
        let thins = sort == BackupSort::Complete || point.number.is_multiple_of(THINNED_EACH);
        let tidied = self.on(0, move |backup| {
            if backup.keeps_all() {
                return;
            }
            for (stream, from, through) in backup.segments().unwrap_or_default() {
                let name = segment_name(stream, from, through);
                let is_within = ends.get(stream.word()).is_some_and(|end| through <= *end);
                if is_within && !needed.contains(&name) {
                    backup.remove(&name);
                }
            }
            let gone = if thins { aged_out(backup, now) } else { Vec::new() };
            gone.into_iter().for_each(|number| backup.remove(&point_name(number)));
        });
        // What there was no time for goes another time.
        tidied.ok();
    }
}

/// The points that are let go at `now`. A copy gives all files the day on which it was made: of those that would go by that day
/// it counts what each says of itself.
fn aged_out(backup: &Backup, now: u64) -> Vec<u64> {
    let mut aged = backup.aged();
    let by_file: BTreeSet<u64> = thinned(&aged, now).into_iter().collect();
    for (number, at) in aged.iter_mut().filter(|(number, _)| by_file.contains(number)) {
        if let Some(point) = backup.read(&point_name(*number)).ok().and_then(|bytes| claimed_point(&bytes)) {
            *at = point.at;
        }
    }
    thinned(&aged, now).into_iter().filter(|number| by_file.contains(number)).collect()
}

fn seal(
    open: &mut Open,
    world: &mut World,
    (stream, from): (Stream, u64),
    part: Part,
) -> Result<(Stored, Vec<u8>), Refusal> {
    let key = store_key(&open.store.act()?)?.derive(KEY);
    let through = part.through;
    let bytes = seal_segment(&mut *world.entropy, &key, open.place.incarnation, (stream, from), part)?;
    let stored = Stored { stream, from, through, bytes: bytes.len() as u64, sha256: sha256(&[&bytes]) };
    Ok((stored, bytes))
}

/// What a run ends with: the last segments and the point.
struct Ending {
    parts: Vec<(Stored, Vec<u8>)>,
    point: Point,
    bytes: Vec<u8>,
}

/// Reads what is left and what everything amounts to in one act, so that both speak of one moment; none where more is left
/// than is read at once.
fn end(
    open: &mut Open,
    world: &mut World,
    about: &About,
    (covered, segments): (&[(Stream, u64)], &[Stored]),
    summing: &Option<Summing>,
) -> Result<Option<Ending>, Refusal> {
    let (place, own) = (&open.place, open.place.incarnation);
    let act = open.store.act()?;
    let key = store_key(&act)?.derive(KEY);
    let (mut parts, mut through) = (Vec::new(), BTreeMap::new());
    for (stream, covered) in covered.iter().copied() {
        let end = act.stream_end(stream)?;
        through.insert(stream.word().to_owned(), end.max(covered));
        if end <= covered {
            continue;
        }
        let part = act.stream_rows(stream, covered, end, A_SLICE)?;
        if part.more {
            return Ok(None);
        }
        let bytes = seal_segment(&mut *world.entropy, &key, own, (stream, covered + 1), part)?;
        let (length, sum) = (bytes.len() as u64, sha256(&[&bytes]));
        parts.push((Stored { stream, from: covered + 1, through: end, bytes: length, sha256: sum }, bytes));
    }
    let log = through.get(Stream::Log.word()).copied().unwrap_or_default();
    // By its heads whoever restores shows the server what was written here. They go with the point, and nothing of them stays.
    let now = world.clock.now().max(act.clock()?);
    act.sign_heads(&Signer { clinic: place.clinic, incarnation: own, key: &place.key, now })?;
    let local = act.backup_local(log)?;
    let local = seal_local(&mut *world.entropy, &key, own, about.number, &local)?;
    let logs = act.log_ends(own)?;
    let all = segments.iter().chain(parts.iter().map(|(stored, _)| stored));
    let mut segments: Vec<Stored> = all.cloned().collect();
    segments.sort_by_key(|one| (one.stream, one.from));
    let point = Point {
        v: FORMAT,
        clinic: place.clinic,
        workstation: place.door,
        incarnation: own,
        number: about.number,
        at: now,
        sort: about.sort.word().to_owned(),
        epoch: EPOCH,
        schema: SCHEMA,
        app: world.version.to_owned(),
        entries: logs.iter().filter(|log| log.scope.is_some()).map(|log| log.size).sum(),
        former: act.former()?,
        through,
        segments,
        logs,
        kinds: summing.clone().map(|summing| act.end_sums(summing)).transpose()?,
        blobs: about.blobs.clone(),
        files: about.files.clone(),
        local,
        before: about.before,
    };
    let bytes = sign_point(&place.key, &point);
    Ok(Some(Ending { parts, point, bytes }))
}
