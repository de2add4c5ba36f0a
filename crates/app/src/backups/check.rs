//! Reading a backup whole: its point, each object that belongs to it, and whether all of it amounts to what the point says.
//! All that is wrong is named at once, and written again by the next run.

use std::collections::BTreeMap;

use crypto::sha256;
use domain::backup::{
    BlobRow, KEY, LARGEST_OBJECT, Point, Segment, Stored, Stream, covering, point_name, segment_name,
};
use domain::{Digest, RecordId};
use store::backup::{Backup, BackupFault, SUMS, Walk, large_name, open_blob, open_segment, opens};

use super::hands::{Hands, NotDone};
use super::kept::{change, wrote};
use super::reach::Way;
use super::run::{kept, own_point, slots};
use crate::desk::Open;
use crate::people::store_key;
use crate::refusal::{Code, Refusal};
use crate::sync::rounds::Shell;

/// So many damaged objects are kept by name.
const MOST_KEPT: usize = 500;

/// The objects that were found damaged or gone.
#[derive(Default)]
pub(super) struct Found {
    names: Vec<String>,
    /// How many more there are.
    more: u64,
}

impl Found {
    fn add(&mut self, name: String) {
        if self.names.len() >= MOST_KEPT {
            self.more += 1;
        } else if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// What was read of the object `name`; where that alone does not read it is noted.
    fn take<T>(&mut self, name: &str, read: Result<T, NotDone>) -> Result<Option<T>, NotDone> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(NotDone::Fault(fault)) if fault.is_of_one() || fault == BackupFault::ReadOnly => {
                self.add(name.to_owned());
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }
}

/// Reads the newest point at the target `id` whole.
pub(crate) fn check<S: Shell>(hands: &Hands<S>, id: RecordId) -> Result<(), NotDone> {
    let mut found = Found::default();
    let newest = last(hands, id, &mut found);
    let read = newest.and_then(|newest| match &newest {
        Some((backup, point)) => walk(hands, id, backup, point, &mut found),
        None => Ok(()),
    });
    // A folder that does not let anybody look has a name too.
    if let Err(NotDone::Fault(BackupFault::Damaged(name) | BackupFault::Unreadable(name))) = &read {
        found.add(name.clone());
    }
    looked(hands, id, read, found)
}

/// The folder of this installation at the target `id`, and its newest point.
pub(super) fn newest<S: Shell>(hands: &Hands<S>, id: RecordId) -> Result<(Backup, Point), NotDone> {
    let mut found = Found::default();
    let newest = last(hands, id, &mut found)?;
    looked(hands, id, Ok(()), found)?;
    let (backup, point) = newest.ok_or_else(|| NotDone::Refused(Refusal::new(Code::NotFound)))?;
    // What is remembered of it has not what is sealed in it.
    let bytes = read(hands, &backup, &point_name(point.number))?;
    let of = hands.desk(|open, _| Ok((*open.place.key.public(), open.place.incarnation)))?;
    let whole = own_point((&of.0, of.1), point.number, &bytes);
    Ok((backup, whole.ok_or(BackupFault::Damaged(point_name(point.number)))?))
}

/// The newest point there as it was left: what is remembered of it here is surer than what it says itself. None where
/// nothing is there of what was.
fn last<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    found: &mut Found,
) -> Result<Option<(Backup, Point)>, NotDone> {
    let (kept, way, clinic, own, public) = hands.desk(|open, world| {
        let (act, folder) = open.store.act_and_folder()?;
        let (place, kept) = (&open.place, kept(&act, id)?);
        let way = Way::to(&act, place, world, folder.root(), kept.clone())?;
        Ok((kept, way, place.clinic, place.incarnation, *place.key.public()))
    })?;
    let there = hands.away((0, way.is_far()), move || {
        let Some(backup) = way.find()?.find(clinic, own)? else { return Ok(None) };
        Ok::<_, BackupFault>(Some((backup.points()?, backup)))
    })??;
    let last = kept.last_of(own).cloned();
    let known = last.as_ref().map_or(0, |last| last.point.number);
    let (numbers, backup) = match there {
        Some((numbers, backup)) => (numbers, Some(backup)),
        None => (Vec::new(), None),
    };
    for number in numbers.into_iter().rev().take_while(|number| *number >= known) {
        let Some(backup) = &backup else { break };
        let named = point_name(number);
        let Some(bytes) = found.take(&named, read(hands, backup, &named))? else { continue };
        let remembered = last.as_ref().filter(|last| last.point.number == number);
        let is_it = remembered.is_none_or(|last| sha256(&[&bytes]) == last.sha256);
        match own_point((&public, own), number, &bytes).filter(|_| is_it) {
            Some(point) => return Ok(Some((backup.clone(), point))),
            None => found.add(named),
        }
    }
    match last {
        Some(last) => {
            found.add(point_name(known));
            Ok(backup.map(|backup| (backup, last.point)))
        }
        None if found.names.is_empty() => Err(NotDone::Refused(Refusal::new(Code::NotFound))),
        None => Ok(None),
    }
}

/// Reads all that belongs to `point`, and remembers what came of it.
pub(super) fn read_whole<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    backup: &Backup,
    point: &Point,
) -> Result<(), NotDone> {
    let mut found = Found::default();
    let read = walk(hands, id, backup, point, &mut found);
    looked(hands, id, read, found)
}

/// Remembers what was found: all of it is written again at the next run. Of what was not read to its end nothing is taken back.
fn looked<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    read: Result<(), NotDone>,
    found: Found,
) -> Result<(), NotDone> {
    let first = found.names.first().cloned();
    if first.is_some() || read.is_ok() {
        hands.desk(|open, world| {
            let now = world.clock.now();
            let act = open.store.act()?;
            change(&act, id, |kept| {
                kept.seen = Some(now);
                kept.whole = first.is_none().then_some(now);
                let before = if read.is_ok() { Vec::new() } else { kept.damage() };
                kept.set_damage(found.names.into_iter().chain(before), found.more);
                if first.is_none() {
                    kept.attacked = None;
                }
            })?;
            Ok(act.commit()?)
        })?;
    }
    read?;
    first.map_or(Ok(()), |name| Err(BackupFault::Damaged(name).into()))
}

/// Remembers what was found damaged.
pub(super) fn named<S: Shell>(hands: &Hands<S>, id: RecordId, not_done: NotDone) -> NotDone {
    let name = match &not_done {
        NotDone::Fault(BackupFault::Damaged(name) | BackupFault::Missing(name)) => name,
        NotDone::Fault(BackupFault::Unreadable(name) | BackupFault::NoFile(name)) => name,
        _ => return not_done,
    };
    let found = Found { names: vec![name.clone()], more: 0 };
    // What is known already stays known.
    let noted = looked(hands, id, Err(not_done), found);
    noted.err().unwrap_or(NotDone::Stopped)
}

/// Reads all that belongs to `point` and notes what does not read.
fn walk<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    backup: &Backup,
    point: &Point,
    found: &mut Found,
) -> Result<(), NotDone> {
    let (wrote, now, public, own) = hands.desk(|open, _| {
        let now: BTreeMap<_, _> = slots(open)?.into_iter().collect();
        let (public, own) = (*open.place.key.public(), open.place.incarnation);
        Ok((wrote(&open.store.act()?, id)?, now, public, own))
    })?;
    if !backup.keeps_all() {
        hands.on(backup, 0, may_look)??;
    }
    // A server that keeps all has read back what it took: there the newest point is what counts.
    let numbers =
        if backup.keeps_all() { vec![point.number] } else { hands.on(backup, 0, Backup::points)?? };
    let digests = wrote.as_ref().map(|wrote| wrote.blobs.as_slice()).unwrap_or_default();
    hands.progress(0, (point.segments.len() + digests.len() + numbers.len()) as u64);
    if let Some(wrote) = &wrote {
        for (name, sum) in &wrote.slots {
            let stands = found.take(name, read(hands, backup, name))?;
            // A run that was cut off may have written what is here now.
            let is_it =
                |stands: &Vec<u8>| sha256(&[stands]) == *sum || now.get(name.as_str()) == Some(stands);
            if stands.is_some_and(|stands| !is_it(&stands)) {
                found.add(name.clone());
            }
        }
        let (length, sum) = (wrote.sums, wrote.sums_sha256);
        let begin = hands.on(backup, 0, move |backup| backup.sums_begin_as(length, &sum))?;
        if found.take(SUMS, begin.map_err(NotDone::from))? == Some(false) {
            found.add(SUMS.to_owned());
        }
    }
    for number in numbers {
        let named = point_name(number);
        let bytes = found.take(&named, read(hands, backup, &named))?;
        if bytes.is_some_and(|bytes| own_point((&public, own), number, &bytes).is_none()) {
            found.add(named);
        }
        hands.more(1);
        // So that it ends when somebody stops it.
        hands.desk(|_, _| Ok(()))?;
    }
    streams(hands, backup, point, found)?;
    media(hands, backup, digests, found)
}

/// That whoever runs this may look into each folder: of what lies in one that is closed to them nobody knows whether it is
/// damaged, and no run writes it again.
fn may_look(backup: &Backup) -> Result<(), BackupFault> {
    let looked = [
        backup.points().map(drop),
        backup.segments().map(drop),
        backup.blobs().map(drop),
        backup.files().map(drop),
    ];
    let closed =
        |looked: Result<(), _>| looked.err().filter(|fault| matches!(fault, BackupFault::Unreadable(_)));
    looked.into_iter().find_map(closed).map_or(Ok(()), Err)
}

/// Reads the segments of all streams, and whether they amount to what the point says.
fn streams<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    point: &Point,
    found: &mut Found,
) -> Result<(), NotDone> {
    let mut walk = Walk::of(point);
    let mut whole = true;
    for stream in Stream::ALL {
        let mut goes_on = true;
        for stored in covered(point, *stream)? {
            let read = found.take(&stored.name(), segment(hands, backup, stored))?;
            // Behind a gap nothing amounts to anything, and each object still reads or does not.
            goes_on = goes_on && read.is_some();
            if let Some(segment) = read.filter(|_| goes_on)
                && !walk.segment(&segment)
            {
                found.add(stored.name());
                goes_on = false;
            }
        }
        whole &= goes_on;
    }
    if whole && !walk.differing().is_empty() {
        found.add(point_name(point.number));
    }
    Ok(())
}

/// Reads the blobs and the large files. A large one is as it was where the list of the digests says so; where that says
/// something else, the file is good that opens.
fn media<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    digests: &[Digest],
    found: &mut Found,
) -> Result<(), NotDone> {
    let own = hands.desk(|open, _| store_key(&open.store.act()?))?;
    let sums = hands.on(backup, 0, Backup::sums)?.map_err(NotDone::from);
    let mut sums = found.take(SUMS, sums)?.unwrap_or_default();
    for digest in digests {
        let name = crypto::backup::blob_name(&own.derive(KEY), digest);
        let blob = found.take(&name, blob(hands, backup, &name, digest))?;
        hands.more(1);
        let Some((name, blob)) = blob.and_then(|blob| Some((large_name(&own, &blob)?, blob))) else {
            continue;
        };
        let (known, object) = (sums.remove(&name), format!("files/{name}"));
        if backup.keeps_all() {
            if known.is_none() {
                found.add(object);
            }
            continue;
        }
        if is_as(hands, backup, &name, known)? {
            continue;
        }
        let key = own.clone();
        let opens = hands.on(backup, LARGEST_FILE, move |backup| opens(backup, &key, &blob))?;
        match found.take(&object, opens.map_err(NotDone::from))? {
            Some(true) => found.add(SUMS.to_owned()),
            Some(false) => found.add(object),
            None => {}
        }
    }
    // Those that were of use before.
    for (name, sum) in sums.into_iter().filter(|_| !backup.keeps_all()) {
        if !is_as(hands, backup, &name, Some(sum))? {
            found.add(format!("files/{name}"));
        }
        hands.desk(|_, _| Ok(()))?;
    }
    Ok(())
}

/// Whether the large file `name` reads, and has the digest that is `known` of it.
fn is_as<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    name: &str,
    known: Option<Digest>,
) -> Result<bool, NotDone> {
    let Some(known) = known else { return Ok(false) };
    let name = name.to_owned();
    match hands.on(backup, LARGEST_FILE, move |backup| backup.file_sum(&name))? {
        Ok((_, sum)) => Ok(sum == known),
        Err(fault) if fault.is_of_one() || fault == BackupFault::ReadOnly => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// Reads the segments of `stream` that cover it, in order.
pub(super) fn segments<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    point: &Point,
    stream: Stream,
    mut then: impl FnMut(&Stored, Segment) -> Result<(), NotDone>,
) -> Result<(), NotDone> {
    for stored in covered(point, stream)? {
        then(stored, segment(hands, backup, stored)?)?;
    }
    Ok(())
}

/// The segments of `stream` that cover it, in order.
fn covered(point: &Point, stream: Stream) -> Result<Vec<&Stored>, NotDone> {
    let through = point.through(stream);
    let names = point.segments.iter().map(|one| (one.stream, one.from, one.through));
    let covers = covering(names, stream, through)
        .map_err(|from| BackupFault::Missing(segment_name(stream, from, through)))?;
    let stored = |place| point.segments(stream).find(|one| (one.from, one.through) == place);
    Ok(covers.into_iter().filter_map(stored).collect())
}

fn segment<S: Shell>(hands: &Hands<S>, backup: &Backup, stored: &Stored) -> Result<Segment, NotDone> {
    let (name, digest) = (stored.name(), stored.sha256);
    let bytes = hands.on(backup, stored.bytes, move |backup| backup.read_as(&name, &digest))??;
    let opened = hands.desk(|open, _| opened(open, stored, &bytes))?;
    hands.more(1);
    opened.ok_or_else(|| BackupFault::Damaged(stored.name()).into())
}

fn opened(open: &mut Open, stored: &Stored, bytes: &[u8]) -> Result<Option<Segment>, Refusal> {
    let key = store_key(&open.store.act()?)?.derive(KEY);
    let place = (stored.stream, stored.from, stored.through);
    Ok(open_segment(&key, open.place.incarnation, place, bytes))
}

/// Reads the objects of these blobs.
pub(super) fn blobs<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    digests: &[Digest],
    mut then: impl FnMut(BlobRow) -> Result<(), NotDone>,
) -> Result<(), NotDone> {
    let key = hands.desk(|open, _| Ok(store_key(&open.store.act()?)?.derive(KEY)))?;
    for digest in digests {
        then(blob(hands, backup, &crypto::backup::blob_name(&key, digest), digest)?)?;
        hands.more(1);
    }
    Ok(())
}

/// Reads the object `name` of a blob.
fn blob<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    name: &str,
    digest: &Digest,
) -> Result<BlobRow, NotDone> {
    let bytes = read(hands, backup, name)?;
    let opened = hands.desk(|open, _| {
        let key = store_key(&open.store.act()?)?.derive(KEY);
        Ok(open_blob(&key, open.place.incarnation, digest, &bytes))
    })?;
    opened.ok_or_else(|| BackupFault::Damaged(name.to_owned()).into())
}

/// The bytes of the object `name`.
fn read<S: Shell>(hands: &Hands<S>, backup: &Backup, name: &str) -> Result<Vec<u8>, NotDone> {
    let name = name.to_owned();
    Ok(hands.on(backup, LARGEST_OBJECT as u64, move |backup| backup.read(&name))??)
}

/// What the largest file of a chart has, by the largest of its settings.
const LARGEST_FILE: u64 = 100_000_000;
