//! Rejoin: what a backup holds and this workstation lacks is taken in with its authors' signatures, and carried to the server
//! for the computer that cannot send it any more.

use std::collections::BTreeSet;

use domain::RecordId;
use domain::access::User;
use domain::backup::{SessionRow, Standing, Stream};
use domain::record::Record;
use domain::wire::Message;
use store::{Unbelieved, carried_in};

use super::look::{MOST_NAMED, damaged_of};
use super::source::Source;
use super::{Restored, refused};
use crate::people::refresh_after;
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sync;
use crate::trust::{self, Vouched};

/// Takes in what `source` holds: all of it or nothing.
pub(super) fn rejoin(seat: &mut Seat, source: &Source) -> Result<Restored, Refusal> {
    let keys = Vouched { place: seat.place };
    let public = match store::Keys::workstation(&keys, seat.act, source.incarnation()) {
        Some(public) => public,
        None => met(seat, source)?,
    };
    if !source.is_signed_by(&public) {
        return Err(refused("not_signed"));
    }
    let mut returning = seat.act.take_back(seat.place.incarnation, &keys, seat.moment.now)?;
    source.segments(Stream::Sessions, &mut |segment| {
        for bytes in &segment.rows {
            let row = SessionRow::from_bytes(&bytes.0).map_err(|_| refused("damaged"))?;
            returning.session(&row)?;
        }
        Ok(())
    })?;
    let standing: std::collections::BTreeMap<u64, &Standing> =
        source.local.standing.iter().map(|standing| (standing.place, standing)).collect();
    source.log(&mut |row| returning.log(&row, standing.get(&row.place).copied()).map_err(unbelieved))?;
    let returned = returning.close(source.heads()).map_err(unbelieved)?;
    for (head, bytes) in source.own_heads() {
        if let Some(scope) = head.scope.filter(|scope| returned.logs.contains(&(head.incarnation, *scope)))
            && head.incarnation != seat.place.incarnation
        {
            seat.act.carry(head.incarnation, scope, &[bytes])?;
        }
    }
    // What it carried itself comes before its own, which may rest on it.
    for (incarnation, scope, heads) in carried_in(&source.local) {
        if incarnation != seat.place.incarnation {
            seat.act.carry(incarnation, scope, &heads)?;
        }
    }
    // One that no server has met yet is introduced there before its log is carried.
    if let Some(kept) = source.kept(sync::WAITING) {
        sync::take_over(seat.act, kept)?;
    }
    let (files_missing, damaged) = files(seat, source, &returned.records)?;
    if seat.act.kinds_of(&returned.records)?.contains(User::KIND.name) {
        seat.afterwards(|store, place, world| refresh_after(store, place, world));
    }
    Ok(Restored {
        added: returned.entries,
        records: returned.records.len() as u64,
        aside: None,
        files_missing,
        damaged,
    })
}

/// The key of an installation that was never heard of here: an administrator let it in, and its backup says so.
fn met(seat: &Seat, source: &Source) -> Result<[u8; 32], Refusal> {
    let unknown = || refused("unknown_workstation");
    let chain = source.chain().ok_or_else(unknown)?;
    let certified = trust::led_to(seat.place, &chain, source.incarnation()).ok_or_else(unknown)?;
    let public = certified.signs_with.ok_or_else(unknown)?;
    seat.act.keep_peer(source.incarnation(), &certified.to_bytes())?;
    trust::keep_former_chain(seat.act, source.incarnation(), &chain)?;
    Ok(public)
}

/// Keeps the bytes of every file that is awaited here and lies in `source`, under the key of the store here. Returns how many
/// that `records` name are in neither, and the objects of `source` that did not read.
fn files(
    seat: &mut Seat,
    source: &Source,
    records: &BTreeSet<RecordId>,
) -> Result<(u64, Vec<String>), Refusal> {
    let (mut missing, mut unread) = (0, Vec::new());
    for wanted in seat.act.wanted_blobs(u32::MAX)? {
        let Some(digest) = wanted.blob.digest() else { continue };
        match source.blob(&digest)? {
            Some(bytes) => {
                seat.act.keep_blob(&mut *seat.world.entropy, &wanted.blob.media_type, &bytes)?;
            }
            None => {
                let named = seat.act.naming_blob(&digest)?;
                missing += u64::from(named.iter().any(|record| records.contains(record)));
                unread.push(digest);
            }
        }
    }
    let mut damaged = [source.passed().to_vec(), damaged_of(source, &unread)?].concat();
    damaged.truncate(MOST_NAMED);
    Ok((missing, damaged))
}

/// What it means that something of a backup is not what its author wrote.
fn unbelieved(fault: Unbelieved) -> Refusal {
    match fault {
        Unbelieved::Store(error) => error.into(),
        Unbelieved::NotOurs(_) => refused("differs"),
        Unbelieved::Entry(place) | Unbelieved::Order(place) | Unbelieved::Erased(place) => {
            refused("not_believed").with("place", place)
        }
        Unbelieved::Head | Unbelieved::LeftOut => refused("no_head"),
    }
}
