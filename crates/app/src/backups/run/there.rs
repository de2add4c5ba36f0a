//! What a run finds at its target: the newest point, how this store stands to it, which number comes next, and what is not as
//! it was left.

use std::collections::{BTreeMap, BTreeSet};

use crypto::log::{EntryBytes, check_entry};
use crypto::{Frontier, sha256};
use domain::backup::{LARGEST_NUMBER, LogRow, Point, Stored, Stream, is_folder, looks_attacked, point_name};
use domain::wire::Message;
use domain::{Digest, Incarnation, Scope};
use store::backup::{Backup, BackupFault, SUMS, open_point};

use crate::backups::check::segments;
use crate::backups::hands::{Hands, NotDone};
use crate::desk::Open;
use crate::refusal::Refusal;
use crate::sync::rounds::Shell;

/// The newest genuine point there, where it is not the one that this store knows as its last: the run that made it was cut
/// off, or this store was put back to what it was before.
pub(super) fn newer(
    backup: &Backup,
    public: &[u8; 32],
    own: Incarnation,
    last: Option<&(Point, Digest)>,
) -> Result<Option<(Point, Digest)>, BackupFault> {
    let known = last.map_or(0, |(point, _)| point.number);
    let numbers = match backup.points() {
        // Something else stands in the place of their folder.
        Err(BackupFault::Damaged(_)) => return Ok(None),
        numbers => numbers?,
    };
    for number in numbers.into_iter().rev().take_while(|number| *number >= known) {
        if number == known && last.is_some_and(|(_, sum)| backup.stands(&point_name(number), sum)) {
            return Ok(None);
        }
        let Ok(bytes) = backup.point(number) else { continue };
        if let Some(point) = own_point((public, own), number, &bytes) {
            return Ok(Some((point, sha256(&[&bytes]))));
        }
    }
    Ok(None)
}

/// The point in these bytes, where it is the one with this number of the installation `own`, whose key is `public`.
pub(in crate::backups) fn own_point(
    (public, own): (&[u8; 32], Incarnation),
    number: u64,
    bytes: &[u8],
) -> Option<Point> {
    open_point(public, bytes).filter(|point| point.incarnation == own && point.number == number)
}

/// The number of the next point, and the digest of the newest that stands there. It lies behind every number that is known to be
/// `used` here, or has a point there; a name that no point has makes none larger, and is not written over.
pub(super) fn next_number(
    backup: &Backup,
    of: (&[u8; 32], Incarnation),
    used: u64,
) -> Result<(u64, Option<Digest>), BackupFault> {
    let open = |number, bytes: &[u8]| own_point(of, number, bytes).map(|_| (number, sha256(&[bytes])));
    let (newest, stands) = backup.newest(open)?.point.unzip();
    let taken: BTreeSet<u64> = backup.points()?.into_iter().collect();
    let last = newest.map_or(used, |newest| used.max(newest));
    let mut free = (last.saturating_add(1)..=LARGEST_NUMBER).filter(|number| !taken.contains(number));
    Ok((free.next().ok_or_else(|| BackupFault::Damaged(point_name(last)))?, stands))
}

/// How this store stands to a point that it does not know.
pub(super) enum Follows {
    /// All of it is here, as it was: the store went on from there.
    On,
    /// All its entries are here, and the store came to them another way: its places are others.
    Apart,
    /// Entries are there that are not here.
    Lacking,
}

pub(super) fn follows(open: &mut Open, point: &Point) -> Result<Follows, Refusal> {
    let act = open.store.act()?;
    let mut follows = Follows::On;
    for log in &point.logs {
        let root = match log.scope {
            Some(scope) => act.root_at((log.incarnation, scope), log.size)?,
            None => act.trail_root_at(log.size)?,
        };
        match log.scope {
            _ if root == Some(log.root) => {}
            Some(_) => return Ok(Follows::Lacking),
            // Who looked here meanwhile is told nowhere else: it is kept beside.
            None => follows = Follows::Apart,
        }
    }
    for stream in Stream::ALL {
        if act.stream_end(*stream)? < point.through(*stream) {
            follows = Follows::Apart;
        }
    }
    Ok(follows)
}

/// Whether this store wrote other entries under numbers that have entries in the backup that ends with `point`: then what is
/// there never comes to be here.
pub(super) fn went_on_otherwise<S: Shell>(
    hands: &Hands<S>,
    backup: &Backup,
    point: &Point,
) -> Result<bool, NotDone> {
    type Here = BTreeMap<(Incarnation, Scope), (u64, Digest, Frontier)>;
    let (other, mut here) = hands.desk(|open, _| {
        let act = open.store.act()?;
        let sizes: BTreeMap<_, _> = act.log_sizes()?.into_iter().collect();
        let (mut other, mut here) = (false, Here::new());
        for end in &point.logs {
            let Some(scope) = end.scope else { continue };
            let log = (end.incarnation, scope);
            let size = sizes.get(&log).copied().unwrap_or_default();
            match act.root_at(log, size.min(end.size))? {
                Some(root) if size >= end.size => other |= root != end.root,
                Some(root) if size > 0 => drop(here.insert(log, (size, root, Frontier::default()))),
                _ => {}
            }
        }
        Ok((other, here))
    })?;
    if other || here.is_empty() {
        return Ok(other);
    }
    segments(hands, backup, point, Stream::Log, |stored, segment| {
        let damaged = || NotDone::Fault(BackupFault::Damaged(stored.name()));
        for row in &segment.rows {
            let row = LogRow::from_bytes(&row.0).map_err(|_| damaged())?;
            let entry = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
            let said = check_entry(&entry, None).map_err(|_| damaged())?.transaction;
            let Some((size, _, there)) = here.get_mut(&(said.incarnation, said.scope)) else { continue };
            for op in &entry.ops {
                if there.size() < *size {
                    there.append(&op.header.0);
                }
            }
        }
        Ok(())
    })?;
    Ok(here.values().any(|(_, root, there)| there.root() != *root))
}

/// What a run knows of what lies there.
pub(super) struct Known {
    /// The segments of the last point that look as they were left.
    pub(super) segments: Vec<Stored>,
    /// Whether that point itself is lost where nothing is ever removed: then nobody knows what else is, and all of it is looked
    /// for.
    pub(super) lost: bool,
    /// What is not as it was left, by name.
    pub(super) gone: Vec<String>,
}

/// What is known of the last point.
///
/// # Errors
/// [`BackupFault::Attacked`] where too much is not as it was left.
pub(super) fn known(
    backup: &Backup,
    last: Option<&(Point, Digest)>,
    damaged: &[String],
) -> Result<Known, BackupFault> {
    let Some((point, sum)) = last else {
        return Ok(Known { segments: Vec::new(), lost: false, gone: Vec::new() });
    };
    let (all, stands) = (&point.segments, backup.stands(&point_name(point.number), sum));
    let whole = |segment: &&Stored| backup.looks_whole(&segment.name(), segment.bytes);
    let mut whole: Vec<Stored> = if backup.keeps_all() && stands {
        all.clone()
    } else {
        // So that one that does not answer is not taken for one that has nothing.
        match backup.segments() {
            Err(BackupFault::Damaged(_)) => {}
            looked => drop(looked?),
        }
        all.iter().filter(whole).cloned().collect()
    };
    if !backup.keeps_all() && looks_attacked(all.len() + 1, all.len() - whole.len() + usize::from(!stands)) {
        return Err(BackupFault::Attacked);
    }
    let names: BTreeSet<String> = whole.iter().map(Stored::name).collect();
    let mut gone: Vec<String> = all.iter().map(Stored::name).filter(|name| !names.contains(name)).collect();
    gone.extend((!stands).then(|| point_name(point.number)));
    whole.retain(|segment| !damaged.contains(&segment.name()));
    Ok(Known { segments: whole, lost: backup.keeps_all() && !stands, gone })
}

/// Takes away what is damaged: an object of its own is written again only where there is none, and a point never. Where one name
/// of a point is none, all such names go.
pub(super) fn make_room(
    backup: &Backup,
    of: (&[u8; 32], Incarnation),
    names: &[String],
) -> Result<(), BackupFault> {
    if names.iter().any(|name| name.starts_with("points/")) {
        for number in backup.points()? {
            let is_none = match backup.point(number) {
                Ok(bytes) => own_point(of, number, &bytes).is_none(),
                Err(fault) => matches!(fault, BackupFault::Damaged(_)),
            };
            if is_none {
                backup.remove(&point_name(number));
            }
        }
    }
    // Without the list the others need not be taken out of it.
    if names.iter().any(|name| name == SUMS) {
        backup.remove(SUMS);
    }
    // Behind the name of a folder that was not read all of it may be whole again: that folder stays.
    let is_own = |name: &&String| !is_folder(name) && !name.starts_with("points/") && *name != SUMS;
    for name in names.iter().filter(is_own) {
        match name.strip_prefix("files/") {
            Some(file) => backup.remove_file(file)?,
            None => backup.remove(name),
        }
    }
    Ok(())
}
