//! What a backup would bring back, and what it would not: it is read whole, the files of charts too, and nothing is written.

use std::collections::BTreeSet;

use crypto::backup::blob_name;
use crypto::log::{EntryBytes, check_entry};
use crypto::{Secret, StoreKey};
use domain::backup::{KEY, LogRow, Point, Segment, Stream, segment_name};
use domain::restore::Plan;
use domain::wire::Message;
use domain::{BlobRef, Digest, RecordId, Value, hex};
use store::backup::{Backup, BackupFault, LeftOut, Walk, large_name, open_blob, opens};

use super::refused;
use super::source::{Source, fault};
use crate::refusal::Refusal;

/// What blobs are called of which nobody knows the name.
const NAMELESS: &str = "blobs";
/// So many of the objects that are left out are named.
pub(super) const MOST_NAMED: usize = 20;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// The records that the entries are about which are unknown here.
    pub(super) records: BTreeSet<RecordId>,
    /// The blobs whose bytes would not come.
    pub(super) bad: BTreeSet<Digest>,
    /// How many files of charts these are.
    pub(super) files_missing: u64,
    /// The objects that do not read, at most [`MOST_NAMED`] of them, by name.
    pub(super) damaged: Vec<String>,
}

/// The digests that entries name.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Whatever is written as one may be that of a blob.
    pub(super) digests: BTreeSet<Digest>,
    /// Those of which it is said that they are one.
    files: BTreeSet<Digest>,
}

/// Reads all of `source` that `plan` brings back, and of its blobs those that are `wanted`.
///
/// # Errors
/// [`Refusal`] with the name of the first object without which nothing comes back.
pub(super) fn look(
    source: &Source,
    plan: &Plan,
    wanted: &dyn Fn(&Digest) -> Result<bool, Refusal>,
) -> Result<Looked, Refusal> {
    let (mut looked, mut named) = (Looked::default(), Named::default());
    let mut walk = Walk::of(source.point());
    for stream in Stream::ALL {
        source.segments(*stream, &mut |segment| {
            if !walk.segment(&segment) {
                let name = segment_name(*stream, segment.from, segment.through);
                return Err(refused("damaged").with("object", name));
            }
            if *stream == Stream::Log {
                named.read(&segment)?;
                unknown(&segment, plan, &mut looked.records)?;
            }
            Ok(())
        })?;
    }
    if !walk.differing().is_empty() {
        return Err(refused("changed"));
    }
    looked.damaged.extend_from_slice(source.passed());
    if let Some((backup, key)) = source.backup() {
        files(source, (backup, key), &named, wanted, &mut looked)?;
    }
    Ok(looked)
}

/// Reads the blobs, and of large ones the files. What a server has it read back when it came.
fn files(
    source: &Source,
    (backup, key): (&Backup, &StoreKey),
    named: &Named,
    wanted: &dyn Fn(&Digest) -> Result<bool, Refusal>,
    looked: &mut Looked,
) -> Result<(), Refusal> {
    let (sealed, there) = (key.derive(KEY), backup.blobs().map_err(fault)?);
    let (mut left_out, mut lie, mut absent, mut all) = (LeftOut::default(), 0, Vec::new(), true);
    for digest in &named.digests {
        let name = blob_name(&sealed, digest);
        let lies = there.contains(&name);
        lie += u64::from(lies);
        if !lies && !named.files.contains(digest) {
            continue;
        }
        if !wanted(digest)? {
            all = false;
            continue;
        }
        let object = if lies { read(source, backup, (key, &sealed), digest) } else { Ok(()) };
        match object {
            Ok(()) if lies => left_out.came(),
            Ok(()) => absent.push((*digest, name)),
            Err((object, found)) => {
                left_out.add(backup, &object, found).map_err(fault)?;
                looked.bad.insert(*digest);
            }
        }
    }
    looked.damaged.extend(left_out.names());
    looked.bad.extend(absent.iter().map(|(digest, _)| *digest));
    let absent = absent.into_iter().map(|(_, name)| name).collect();
    let lost = gone(source.point(), (lie, there.len()), absent);
    // Of what is here already nothing need come.
    looked.damaged.extend(lost.into_iter().filter(|name| all || name != NAMELESS));
    looked.files_missing = looked.bad.intersection(&named.files).count() as u64;
    looked.damaged.sort();
    looked.damaged.truncate(MOST_NAMED);
    Ok(())
}

/// What is gone of the blobs of `point`, of which so many `lie` there that its log names, and so many in `all`: those of the
/// `absent` ones, for what this computer never had is in no backup of it, and no damage; and where more are gone than have a
/// name, the folder.
pub(super) fn gone(point: &Point, (lie, all): (u64, usize), mut absent: Vec<String>) -> Vec<String> {
    if lie >= point.blobs.count {
        return Vec::new();
    }
    if point.blobs.count.saturating_sub(all as u64) > absent.len() as u64 {
        absent.push(NAMELESS.to_owned());
    }
    absent
}

/// The objects of these blobs that lie in `source` and do not read, at most [`MOST_NAMED`] of them.
///
/// # Errors
/// [`Refusal`] where the whole place is not there any more.
pub(super) fn damaged_of(source: &Source, digests: &[Digest]) -> Result<Vec<String>, Refusal> {
    let Some((backup, key)) = source.backup().filter(|_| !digests.is_empty()) else { return Ok(Vec::new()) };
    let (sealed, there) = (key.derive(KEY), backup.blobs().map_err(fault)?);
    let lie = digests.iter().filter(|digest| there.contains(&blob_name(&sealed, digest)));
    let unread = lie.filter_map(|digest| read(source, backup, (key, &sealed), digest).err());
    Ok(unread.map(|(object, _)| object).take(MOST_NAMED).collect())
}

/// Reads a blob; what does not read is told by its object.
fn read(
    source: &Source,
    backup: &Backup,
    (key, sealed): (&StoreKey, &Secret<32>),
    digest: &Digest,
) -> Result<(), (String, BackupFault)> {
    if backup.keeps_all() {
        return Ok(());
    }
    let name = blob_name(sealed, digest);
    let open = |bytes: &[u8]| open_blob(sealed, source.incarnation(), digest, bytes);
    let blob = backup.opened(&name, open).map_err(|found| (name, found))?;
    let Some(name) = large_name(key, &blob) else { return Ok(()) };
    let object = format!("files/{name}");
    match opens(backup, key, &blob) {
        Ok(true) => Ok(()),
        Ok(false) => Err((object.clone(), BackupFault::Damaged(object))),
        Err(found) => Err((object, found)),
    }
}

impl Named {
    /// Adds the digests that the entries of a segment of the log name.
    ///
    /// # Errors
    /// [`Refusal`] where a row is not what it should be.
    pub(super) fn read(&mut self, segment: &Segment) -> Result<(), Refusal> {
        let damaged = || refused("damaged");
        for bytes in &segment.rows {
            let row = LogRow::from_bytes(&bytes.0).map_err(|_| damaged())?;
            let entry = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
            let entry = check_entry(&entry, None).map_err(|_| damaged())?;
            let bodies = entry.ops.iter().filter_map(|op| op.body.as_ref());
            for value in bodies.flat_map(|body| body.patch.values()) {
                self.files.extend(BlobRef::read(value).and_then(|blob| blob.digest()));
                gather(value, &mut self.digests);
            }
        }
        Ok(())
    }
}

fn gather(value: &Value, digests: &mut BTreeSet<Digest>) {
    match value {
        Value::Text(text) if text.len() == 64 => {
            digests.extend(hex::decode(text).and_then(|bytes| Digest::try_from(bytes).ok()));
        }
        Value::Bytes(bytes) => digests.extend(Digest::try_from(bytes.as_slice())),
        Value::List(values) => values.iter().for_each(|value| gather(value, digests)),
        Value::Map(values) => values.values().for_each(|value| gather(value, digests)),
        _ => {}
    }
}

/// The records of those transactions of a segment that are not here.
fn unknown(segment: &Segment, plan: &Plan, records: &mut BTreeSet<RecordId>) -> Result<(), Refusal> {
    let damaged = || refused("damaged");
    for bytes in &segment.rows {
        let row = LogRow::from_bytes(&bytes.0).map_err(|_| damaged())?;
        let entry = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
        let entry = check_entry(&entry, None).map_err(|_| damaged())?;
        let log = (entry.transaction.incarnation, entry.transaction.scope);
        let first = entry.transaction.first;
        if plan.unknown.get(&log).is_some_and(|(from, to)| (from..=to).contains(&&first)) {
            records.extend(entry.ops.iter().map(|op| op.header.record));
        }
    }
    Ok(())
}
