//! A trial: the newest backup is restored into a folder of its own by what a restore does too, compared with what its point
//! says, and thrown away. A person signs it off.

use crypto::{StoreKey, random};
use domain::backup::{BackupSort, BlobRow, KEY, Point, Rehearsal, RehearsalOutcome, RehearsalSort, Stream};
use domain::record::Verb;
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::backup::{Backup, BackupFault, Refill, Refilled, large_name, open_local, opens};
use store::{Draft, Folder};
use ts_rs::TS;

use super::check::{blobs, named, newest, segments};
use super::hands::{Hands, NotDone};
use super::kept::{Tested, change, targets, wrote};
use super::run::back_up;
use crate::people::store_key;
use crate::records::Kept as Written;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync::rounds::Shell;

/// The last trial of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TestedRow {
    /// The target.
    pub target: RecordId,
    /// When it began, with offset.
    pub at: String,
    /// How long it took, in seconds.
    pub seconds: u64,
    /// Entries that came back.
    pub entries: u64,
    /// Records that they made.
    pub records: u64,
    /// Files that were opened.
    pub files: u64,
    /// Kinds and logs that were not as they were.
    pub differences: u64,
    /// Why it failed: `differs`, `no_room`, or a word of a job; none where it passed.
    pub fault: Option<String>,
    /// Whether a person signed it off.
    pub signed: bool,
    /// How many objects the backup before it found damaged or gone, and wrote again: what is tried is what lies there then.
    pub mended: u64,
}

/// A trial to sign off.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignRehearsal {
    /// The target whose trial it is.
    pub target: RecordId,
    /// What whoever signs says of it.
    pub note: Option<String>,
}

/// A trial opens so many files at most.
const FILES: usize = 100;

/// Backs all of it up to the target `id`, and restores that.
pub(crate) fn trial<S: Shell>(hands: &Hands<S>, id: RecordId) -> Result<(), NotDone> {
    let (wall, began) = hands.desk(|_, world| Ok((world.clock.now(), world.clock.monotonic())))?;
    let mut mended = 0;
    let done = back_up(hands, id, BackupSort::Complete).and_then(|count| {
        mended = count;
        let (backup, point) = newest(hands, id)?;
        let restored = restore(hands, id, &backup, &point);
        hands.desk(|open, _| Ok(open.store.folder().end_rehearsal()?))?;
        Ok((point, restored.map_err(|not_done| named(hands, id, not_done))?))
    });
    // Somebody who signed out in between has stopped it: that says nothing about the backup.
    if done == Err(NotDone::Stopped) {
        return Err(NotDone::Stopped);
    }
    let mut tested = Tested {
        began: wall,
        took: 0,
        entries: 0,
        records: 0,
        files: 0,
        differences: 0,
        fault: None,
        signed: None,
        mended: Some(mended).filter(|mended| *mended > 0),
    };
    let result = match done {
        Ok((point, (refilled, files))) => {
            tested.entries = refilled.logs.iter().filter(|log| log.scope.is_some()).map(|log| log.size).sum();
            (tested.records, tested.files) = (refilled.records, files);
            tested.differences = differences(&point, &refilled);
            if tested.differences > 0 { Err(NotDone::Wrong("differs")) } else { Ok(()) }
        }
        Err(not_done) => Err(not_done),
    };
    tested.fault = result.as_ref().err().and_then(|not_done| not_done.word().map(ToOwned::to_owned));
    hands.desk(|open, world| {
        tested.took = world.clock.monotonic().saturating_sub(began);
        let act = open.store.act()?;
        change(&act, id, |kept| kept.tested = Some(tested))?;
        Ok(act.commit()?)
    })?;
    result
}

/// The kinds and logs that did not come back as the point says.
fn differences(point: &Point, refilled: &Refilled) -> u64 {
    let kinds = point.kinds.as_deref().unwrap_or_default();
    let apart = |one: usize, other: usize, same: usize| one.max(other) - same;
    let same_kinds = kinds.iter().filter(|kind| refilled.kinds.contains(kind)).count();
    let same_logs = point.logs.iter().filter(|log| refilled.logs.contains(log)).count();
    let kinds = apart(kinds.len(), refilled.kinds.len(), same_kinds);
    let logs = apart(point.logs.len(), refilled.logs.len(), same_logs);
    (kinds + logs) as u64
}

/// Makes a store of the backup in a folder of its own; returns what it amounts to, and how many files were opened.
fn restore<S: Shell>(
    hands: &Hands<S>,
    id: RecordId,
    backup: &Backup,
    point: &Point,
) -> Result<(Refilled, u64), NotDone> {
    let (place, key, own, local) = hands.desk(|open, world| {
        let (act, folder) = open.store.act_and_folder()?;
        let own = store_key(&act)?;
        let local = open_local(&own.derive(KEY), point);
        Ok((folder.rehearsal()?, StoreKey::random(&mut *world.entropy), own, local))
    })?;
    let digests = hands.desk(|open, world| {
        let mut digests = wrote(&open.store.act()?, id)?.map(|wrote| wrote.blobs).unwrap_or_default();
        // Others each time, where there are many.
        let begin = usize::from(u16::from_be_bytes(random(&mut *world.entropy)));
        let begin = begin.checked_rem(digests.len()).unwrap_or_default();
        digests.rotate_left(begin);
        digests.truncate(FILES);
        Ok(digests)
    })?;
    let (bytes, room) = hands.desk(|open, _| Ok(open.store.folder().bytes_and_room()))?;
    // The tables and their log are there for a while besides.
    if room.is_some_and(|room| room < bytes * 2) {
        return Err(NotDone::Wrong("no_room"));
    }
    let damaged = || NotDone::Wrong("differs");
    let folder = Folder::take(&place).map_err(|error| NotDone::Refused(error.into()))?;
    let mut refill = Refill::begin(folder, &key, point)?;
    hands.progress(0, point.entries);
    for stream in Stream::ALL {
        segments(hands, backup, point, *stream, |_, segment| {
            hands.more(refill.segment(&segment)?);
            Ok(())
        })?;
    }
    let mut files = 0;
    blobs(hands, backup, &digests, |blob| {
        // A large one lies as it lies in the data folder, under the same key.
        if let Some(name) = large_name(&own, &blob)
            && !opened(hands, backup, &own, &blob)?
        {
            return Err(BackupFault::Damaged(format!("files/{name}")).into());
        }
        files += 1;
        Ok(refill.blob(&blob)?)
    })?;
    let (store, refilled) = refill.finish(point.incarnation, &local.ok_or_else(damaged)?, &mut |_, _| {})?;
    drop(store.close());
    Ok((refilled, files))
}

/// Whether the large file of `blob` opens with the key `own`.
fn opened<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    own: &StoreKey,
    blob: &BlobRow,
) -> Result<bool, NotDone> {
    let size = match blob.row.get("size") {
        Some(Value::Int(size)) => size.unsigned_abs(),
        _ => 0,
    };
    let (own, blob) = (own.clone(), blob.clone());
    Ok(hands.on(backup, size, move |backup| opens(backup, &own, &blob))??)
}

/// Signs the last trial of a target off: what came of it is a record of the clinic from then on.
pub(crate) fn sign_rehearsal(seat: &mut Seat, input: SignRehearsal) -> Result<Written, Refusal> {
    let none = || Refusal::new(Code::NotFound);
    let kept = targets(seat.act)?.into_iter().find(|kept| kept.id == input.target).ok_or_else(none)?;
    let tested = kept.tested.filter(|tested| tested.signed.is_none()).ok_or_else(none)?;
    let note = input.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    let whole = |number: u64| Some(i64::try_from(number).unwrap_or(i64::MAX));
    let outcome = match (&tested.fault, &note) {
        (Some(_), _) => RehearsalOutcome::Failed,
        (None, Some(_)) => RehearsalOutcome::PassedWithNotes,
        (None, None) => RehearsalOutcome::Passed,
    };
    let rehearsal = Rehearsal {
        what: Some(RehearsalSort::Restore),
        of: Some(seat.place.workstation),
        began: Some(seat.place.zone.instant(tested.began)),
        seconds: whole(tested.took.div_ceil(1000)),
        entries: whole(tested.entries),
        records: whole(tested.records),
        files: whole(tested.files),
        differences: whole(tested.differences),
        source: Some(kept.name),
        outcome: Some(outcome),
        fault: tested.fault,
        note,
    };
    let id = seat.new_id();
    seat.about(Some(id), None);
    let written = seat.write(vec![Draft::make(Verb::Create, id, None, &rehearsal)])?;
    change(seat.act, input.target, |kept| {
        if let Some(tested) = &mut kept.tested {
            tested.signed = Some(id);
        }
    })?;
    Ok(Written { id, version: written.version, conflict: written.conflict })
}
