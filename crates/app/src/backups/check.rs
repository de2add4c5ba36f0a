//! Reading a backup whole: its point, each object that belongs to it, and whether all of it amounts to what the point says.
//! The first thing that is wrong is named.

use std::collections::BTreeMap;

use crypto::sha256;
use domain::backup::{
    KEY, LARGEST_OBJECT, Point, Segment, Stored, Stream, covering, point_name, segment_name,
};
use domain::{Digest, RecordId};
use store::backup::{Backup, BackupFault, SUMS, Walk, large_name, open_blob, open_point, open_segment};

use super::hands::{Hands, NotDone};
use super::kept::{change, wrote};
use super::reach::Way;
use super::run::{kept, slots};
use crate::desk::Open;
use crate::people::store_key;
use crate::refusal::{Code, Refusal};
use crate::sync::rounds::Shell;

/// Reads the newest point at the target `id` whole.
pub(crate) fn check<S: Shell>(hands: &Hands<S>, id: RecordId) -> Result<(), NotDone> {
    let (backup, point) = newest(hands, id)?;
    read_whole(hands, id, &backup, &point)
}

/// The folder of this installation at the target `id`, and its newest point.
pub(super) fn newest<S: Shell>(hands: &Hands<S>, id: RecordId) -> Result<(Backup, Point), NotDone> {
    let (kept, way, clinic, own, public) = hands.desk(|open, world| {
        let (act, folder) = open.store.act_and_folder()?;
        let (place, kept) = (&open.place, kept(&act, id)?);
        let way = Way::to(&act, place, world, folder.root(), kept.clone())?;
        Ok((kept, way, place.clinic, place.incarnation, *place.key.public()))
    })?;
    let never = || NotDone::Refused(Refusal::new(Code::NotFound));
    let found = hands.away((0, way.is_far()), move || {
        let Some(backup) = way.find()?.find(clinic, own)? else { return Ok(None) };
        Ok::<_, BackupFault>(Some((backup.points()?, backup)))
    })??;
    let (numbers, backup) = found.ok_or_else(never)?;
    let number = numbers.last().copied().ok_or_else(never)?;
    let named = point_name(number);
    let bytes = read(hands, &backup, &named)?;
    // What is remembered of it here is surer than what it says itself.
    let last = kept.last.filter(|last| last.point.incarnation == own && last.point.number == number);
    let is_it = last.is_none_or(|last| sha256(&[&bytes]) == last.sha256);
    let point = open_point(&public, &bytes).filter(|point| point.incarnation == own && is_it);
    match point {
        Some(point) => Ok((backup, point)),
        None => Err(named_damaged(hands, id, named)),
    }
}

/// Reads all that belongs to `point`, and remembers what came of it.
pub(super) fn read_whole<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    backup: &Backup,
    point: &Point,
) -> Result<(), NotDone> {
    match walk(hands, id, backup, point) {
        Ok(()) => hands.desk(|open, world| {
            let now = world.clock.now();
            let act = open.store.act()?;
            change(&act, id, |kept| {
                (kept.whole, kept.seen, kept.damaged) = (Some(now), Some(now), None);
            })?;
            Ok(act.commit()?)
        }),
        Err(not_done) => Err(named(hands, id, not_done)),
    }
}

/// Remembers what was found damaged.
pub(super) fn named<S: Shell>(hands: &Hands<S>, id: RecordId, not_done: NotDone) -> NotDone {
    match not_done {
        NotDone::Fault(BackupFault::Damaged(name) | BackupFault::Missing(name)) => {
            named_damaged(hands, id, name)
        }
        other => other,
    }
}

/// Remembers that the object `name` is damaged: it is written again at the next run.
fn named_damaged<S: Shell>(hands: &Hands<S>, id: RecordId, name: String) -> NotDone {
    let noted = hands.desk(|open, _| {
        let act = open.store.act()?;
        change(&act, id, |kept| (kept.damaged, kept.whole) = (Some(name.clone()), None))?;
        Ok(act.commit()?)
    });
    noted.err().unwrap_or(NotDone::Fault(BackupFault::Damaged(name)))
}

fn walk<S: Shell>(hands: &Hands<S>, id: RecordId, backup: &Backup, point: &Point) -> Result<(), NotDone> {
    let (wrote, now, public) = hands.desk(|open, _| {
        let now: BTreeMap<_, _> = slots(open)?.into_iter().collect();
        Ok((wrote(&open.store.act()?, id)?, now, *open.place.key.public()))
    })?;
    // A server that keeps all has read back what it took: there the newest point is what counts.
    let numbers =
        if backup.keeps_all() { vec![point.number] } else { hands.on(backup, 0, Backup::points)?? };
    let digests = wrote.as_ref().map(|wrote| wrote.blobs.as_slice()).unwrap_or_default();
    hands.progress(0, (point.segments.len() + digests.len() + numbers.len()) as u64);
    if let Some(wrote) = &wrote {
        for (name, sum) in &wrote.slots {
            let stands = read(hands, backup, name)?;
            // A run that was cut off may have written what is here now.
            if sha256(&[&stands]) != *sum && now.get(name.as_str()) != Some(&stands) {
                return Err(BackupFault::Damaged(name.clone()).into());
            }
        }
        let (length, sum) = (wrote.sums, wrote.sums_sha256);
        if !hands.on(backup, 0, move |backup| backup.sums_begin_as(length, &sum))?? {
            return Err(BackupFault::Damaged(SUMS.to_owned()).into());
        }
    }
    for number in numbers {
        let point = open_point(&public, &read(hands, backup, &point_name(number))?);
        if point.is_none_or(|point| point.number != number) {
            return Err(BackupFault::Damaged(point_name(number)).into());
        }
        hands.more(1);
        // So that it ends when somebody stops it.
        hands.desk(|_, _| Ok(()))?;
    }
    let mut walk = Walk::of(point);
    for stream in Stream::ALL {
        segments(hands, backup, point, *stream, |stored, segment| {
            if walk.segment(&segment) { Ok(()) } else { Err(BackupFault::Damaged(stored.name()).into()) }
        })?;
    }
    if !walk.differing().is_empty() {
        return Err(BackupFault::Damaged(point_name(point.number)).into());
    }
    let own = hands.desk(|open, _| store_key(&open.store.act()?))?;
    let sums = hands.on(backup, 0, Backup::sums)??;
    blobs(hands, backup, digests, |blob| match large_name(&own, &blob) {
        Some(name) if !sums.contains_key(&name) => Err(BackupFault::Missing(format!("files/{name}")).into()),
        _ => Ok(()),
    })?;
    files(hands, backup)
}

/// Reads the segments of `stream` that cover it, in order.
pub(super) fn segments<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    point: &Point,
    stream: Stream,
    mut then: impl FnMut(&Stored, Segment) -> Result<(), NotDone>,
) -> Result<(), NotDone> {
    let through = point.through(stream);
    let names = point.segments.iter().map(|one| (one.stream, one.from, one.through));
    let covers = covering(names, stream, through)
        .map_err(|from| BackupFault::Missing(segment_name(stream, from, through)))?;
    for (from, to) in covers {
        let stored = point.segments(stream).find(|one| (one.from, one.through) == (from, to));
        let Some(stored) = stored else { continue };
        let damaged = || NotDone::Fault(BackupFault::Damaged(stored.name()));
        let (name, digest) = (stored.name(), stored.sha256);
        let bytes = hands.on(backup, stored.bytes, move |backup| backup.read_as(&name, &digest))??;
        let opened = hands.desk(|open, _| opened(open, stored, &bytes))?;
        then(stored, opened.ok_or_else(damaged)?)?;
        hands.more(1);
    }
    Ok(())
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
    mut then: impl FnMut(domain::backup::BlobRow) -> Result<(), NotDone>,
) -> Result<(), NotDone> {
    for digest in digests {
        let name = hands.desk(|open, _| {
            let key = store_key(&open.store.act()?)?.derive(KEY);
            Ok(crypto::backup::blob_name(&key, digest))
        })?;
        let bytes = read(hands, backup, &name)?;
        let opened = hands.desk(|open, _| {
            let key = store_key(&open.store.act()?)?.derive(KEY);
            Ok(open_blob(&key, open.place.incarnation, digest, &bytes))
        })?;
        then(opened.ok_or(NotDone::Fault(BackupFault::Damaged(name)))?)?;
        hands.more(1);
    }
    Ok(())
}

/// Reads the large files against the digests that they had when they were copied.
fn files<S: Shell>(hands: &Hands<S>, backup: &Backup) -> Result<(), NotDone> {
    if backup.keeps_all() {
        return Ok(());
    }
    for (name, sum) in hands.on(backup, 0, Backup::sums)?? {
        let file = name.clone();
        if hands.on(backup, LARGEST_FILE, move |backup| backup.file_sum(&file))??.1 != sum {
            return Err(BackupFault::Damaged(format!("files/{name}")).into());
        }
        hands.desk(|_, _| Ok(()))?;
    }
    Ok(())
}

/// The bytes of the object `name`.
fn read<S: Shell>(hands: &Hands<S>, backup: &Backup, name: &str) -> Result<Vec<u8>, NotDone> {
    let name = name.to_owned();
    Ok(hands.on(backup, LARGEST_OBJECT as u64, move |backup| backup.read(&name))??)
}

/// What the largest file of a chart has, by the largest of its settings.
const LARGEST_FILE: u64 = 100_000_000;
