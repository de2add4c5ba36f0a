//! A store made of a backup, in a folder of its own beside the one here: another installation of the workstation that the
//! backup is of. Only when it is whole does it take the place of what is here, which is set aside.

use std::collections::BTreeMap;
use std::path::Path;

use ::sync::Trouble;
use crypto::backup::blob_name;
use crypto::{Secret, StoreKey, random};
use domain::backup::{KEY, Stream};
use domain::restore::Plan;
use domain::wire::Message;
use domain::{Hlc, Incarnation, Value, Zone};
use store::backup::{Backup, LeftOut, Refill, large_name, open_blob, opens_in};
use store::{AuditNote, Folder, Store};

use super::look::{MOST_NAMED, Named, gone};
use super::source::{Source, fault};
use super::{Restored, refused};
use crate::backups::forget_found;
use crate::door::Door;
use crate::people::{SHEET_SLOT, refresh_people, refresh_slots};
use crate::place::{self, Place};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::{Moment, floor, note, unseated};
use crate::trust;
use crate::world::World;

/// What came of it.
pub(super) struct Anew {
    pub(super) stage: Folder,
    pub(super) place: Place,
    pub(super) entries: u64,
    pub(super) records: u64,
    /// Files of charts whose bytes are not here.
    pub(super) files_missing: u64,
    /// The objects of the backup that could not be read and were left out.
    pub(super) damaged: Vec<String>,
}

/// Has the store of `source` take the place of the one here once this act is done; everybody signs in again.
pub(super) fn replace(seat: &mut Seat, source: &Source, planned: &Plan) -> Result<Restored, Refusal> {
    // What was set aside comes back by Rejoin: it is the store that somebody did not want.
    if source.backup().is_none() {
        return Err(refused("set_aside"));
    }
    let said = note(seat.sitting, &seat.moment, "restore", None);
    let said = AuditNote { object: Some(source.workstation), detail: seat.detail.clone(), ..said };
    let made = make(seat.world, seat.folder, source, said)?;
    seat.replaces = Some(made.stage);
    Ok(Restored {
        added: made.entries - planned.same.min(made.entries),
        records: made.records,
        aside: None,
        files_missing: made.files_missing,
        damaged: made.damaged,
    })
}

/// Makes the store of `source` beside the one in `folder`, with `said` as the first entry of its trail. Its key is that of
/// the store that was backed up: by it the sheet and the shares open this one, and the large files lie sealed.
pub(super) fn make(
    world: &mut World,
    folder: &Folder,
    source: &Source,
    said: AuditNote,
) -> Result<Anew, Refusal> {
    let Some((backup, key)) = source.backup() else { return Err(refused("set_aside")) };
    let made = fill(world, folder, source, backup, key).and_then(|filled| {
        let Filled { mut store, entries, records, files_missing, mut damaged } = filled;
        let place = begin(world, &mut store, key, source, said)?;
        damaged.sort();
        damaged.truncate(MOST_NAMED);
        Ok(Anew { stage: store.close(), place, entries, records, files_missing, damaged })
    });
    if made.is_err() {
        folder.clear_stage()?;
    }
    made
}

/// A store that holds what the backup holds, and nothing of its own yet.
struct Filled {
    store: Store,
    entries: u64,
    records: u64,
    files_missing: u64,
    damaged: Vec<String>,
}

fn fill(
    world: &mut World,
    folder: &Folder,
    source: &Source,
    backup: &Backup,
    key: &StoreKey,
) -> Result<Filled, Refusal> {
    let sealed = &key.derive(KEY);
    let mut refill = Refill::begin(folder.stage()?, key, source.point())?;
    let (mut entries, mut named, mut damaged) = (0, Named::default(), LeftOut::default());
    let mut large = BTreeMap::new();
    for stream in Stream::ALL {
        source.segments(*stream, &mut |segment| {
            if *stream == Stream::Log {
                named.read(&segment)?;
            }
            entries += refill.segment(&segment)?;
            Ok(())
        })?;
    }
    let (here, mut lie) = (backup.blobs().map_err(fault)?, 0);
    for digest in named.digests {
        let name = blob_name(sealed, &digest);
        if here.contains(&name) {
            lie += 1;
            let opened = |bytes: &[u8]| open_blob(sealed, source.incarnation(), &digest, bytes);
            // One file that does not read keeps nothing else back: it is elsewhere, as far as this store knows.
            match backup.opened(&name, opened) {
                Ok(blob) => {
                    damaged.came();
                    refill.blob(&blob)?;
                    if let Some(name) = large_name(key, &blob) {
                        large.insert(name, blob);
                    }
                }
                Err(found) => damaged.add(backup, &name, found).map_err(fault)?,
            }
        }
    }
    let mut damaged = [source.passed().to_vec(), damaged.names()].concat();
    let (mut store, refilled) = refill.finish(source.incarnation(), &source.local, &mut *world.progress)?;
    if refilled.logs != source.point().logs {
        return Err(refused("changed"));
    }
    // Only now does the store know whose they are: what its opening finds and does not know goes.
    let fits =
        |name: &str, root: &Path| large.get(name).is_some_and(|blob| opens_in(root.to_owned(), key, blob));
    damaged.extend(store.folder().take_files(backup, &fits).map_err(fault)?);
    let (act, folder) = store.act_and_folder()?;
    act.look_for_files()?;
    let (_, files_missing) = act.blob_counts()?;
    let wanted = act.wanted_blobs(u32::MAX)?;
    let absent = wanted.iter().filter_map(|wanted| Some(blob_name(sealed, &wanted.blob.digest()?)));
    let absent = absent.filter(|name| !here.contains(name)).collect();
    damaged.extend(gone(source.point(), (lie, here.len()), absent));
    let unread = large.keys().filter(|name| !folder.large_file(name).is_file());
    let unread = unread.map(|name| format!("files/{name}")).filter(|name| !damaged.contains(name));
    let unread: Vec<String> = unread.collect();
    damaged.extend(unread);
    act.commit()?;
    Ok(Filled { store, entries, records: refilled.records, files_missing, damaged })
}

/// Has the store be another installation, and makes what lies at its door.
fn begin(
    world: &mut World,
    store: &mut Store,
    key: &StoreKey,
    source: &Source,
    said: AuditNote,
) -> Result<Place, Refusal> {
    let former = source.incarnation();
    let (act, folder) = store.act_and_folder()?;
    let entropy = &mut *world.entropy;
    let seed = Secret::<32>::random(entropy);
    // Neither of both keys is in a backup.
    act.set_local("workstation_key", seed.expose())?;
    act.set_local("store_key", &key.to_bytes())?;
    let as_it_was = place::read(&act)?;
    let own = trust::own_certificate(&act, &as_it_was)?.filter(|own| own.incarnation == Some(former));
    let own = own.ok_or_else(|| refused("not_signed"))?;
    if !own.signs_with.is_some_and(|key| source.is_signed_by(&key)) {
        return Err(refused("not_signed"));
    }
    act.keep_peer(former, &own.to_bytes())?;
    trust::keep_former_chain(&act, former, &trust::own_chain(&act, &as_it_was)?)?;
    act.end_former(former)?;
    forget_found(&act)?;
    let now = floor(&act, world.clock.now())?;
    let incarnation = Incarnation::new(now, &random(entropy));
    act.set_local("incarnation", incarnation.0.as_bytes())?;
    act.set_local("workstation_key", seed.expose())?;
    act.set_local(place::RESTORED, &[1])?;
    act.set_local(crate::sync::TROUBLE, &Trouble::after(None, Code::Restored.word(), None, now).to_bytes())?;
    let place = place::read(&act)?;
    let device = Secret::<32>::random(entropy);
    folder.write("device", device.expose())?;
    folder.write(SHEET_SLOT, &source.sheet()?)?;
    Door::new(&place.clinic_name, &place.site_name, place.door).write(folder, &device, entropy)?;
    refresh_slots(&act, folder, &place, entropy)?;
    refresh_people(&act, folder, &place, entropy)?;
    let moment = Moment::at(now, &place.zone);
    let said = AuditNote { now: moment.now, wall: moment.wall.clone(), ..said };
    act.audit(&place.key, entropy, said)?;
    act.sign_audit(&place.key, Hlc::at(now))?;
    act.note_clock(now)?;
    act.commit()?;
    store.went_on()?;
    Ok(place)
}

/// The entry of a restore at the door, where nobody is signed in; `begin` says when.
pub(super) fn said_at_the_door(world: &World, source: &Source) -> Result<AuditNote, Refusal> {
    let zone = Zone::named("UTC").map_err(|_| Refusal::new(Code::StoreFailed))?;
    let moment = Moment::at(world.clock.now(), &zone);
    let detail = Value::Map(
        [
            ("incarnation".to_owned(), Value::text(source.incarnation().to_string())),
            ("point".to_owned(), Value::Int(source.number().cast_signed())),
        ]
        .into(),
    );
    Ok(AuditNote {
        object: Some(source.workstation),
        detail: Some(detail),
        ..unseated(&moment, "restore_here")
    })
}
