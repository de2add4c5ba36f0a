//! A store made of a backup, in a folder of its own beside the one here: another installation of the workstation that the
//! backup is of. Only when it is whole does it take the place of what is here, which is set aside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::sync::Trouble;
use crypto::log::{EntryBytes, check_entry};
use crypto::{Secret, StoreKey, random};
use domain::backup::{KEY, LogRow, Segment, Stream};
use domain::restore::Plan;
use domain::wire::Message;
use domain::{Digest, Hlc, Incarnation, Value, Zone, hex};
use store::backup::{Backup, LeftOut, Refill, large_name, open_blob, opens_in};
use store::{AuditNote, Folder, Store};

use super::source::{Source, fault};
use super::{Restored, refused};
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

/// So many of what was left out are named.
const MOST_NAMED: usize = 20;

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
    let (mut entries, mut digests, mut damaged) = (0, BTreeSet::new(), LeftOut::default());
    let mut large = BTreeMap::new();
    for stream in Stream::ALL {
        source.segments(*stream, &mut |segment| {
            if *stream == Stream::Log {
                named(&segment, &mut digests)?;
            }
            entries += refill.segment(&segment)?;
            Ok(())
        })?;
    }
    let here = backup.blobs().map_err(fault)?;
    for digest in digests {
        let name = crypto::backup::blob_name(sealed, &digest);
        if here.contains(&name) {
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
    let mut damaged = damaged.names();
    let (mut store, refilled) = refill.finish(source.incarnation(), &source.local, &mut *world.progress)?;
    if refilled.logs != source.point().logs {
        return Err(refused("changed"));
    }
    // Only now does the store know whose they are: what its opening finds and does not know goes.
    let fits =
        |name: &str, root: &Path| large.get(name).is_some_and(|blob| opens_in(root.to_owned(), key, blob));
    damaged.extend(store.folder().take_files(backup, &fits).map_err(fault)?);
    let act = store.act()?;
    act.look_for_files()?;
    let (_, files_missing) = act.blob_counts()?;
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

/// The digests that the entries of a segment name: whatever is written as one may be that of a blob.
fn named(segment: &Segment, digests: &mut BTreeSet<Digest>) -> Result<(), Refusal> {
    let damaged = || refused("damaged");
    for bytes in &segment.rows {
        let row = LogRow::from_bytes(&bytes.0).map_err(|_| damaged())?;
        let entry = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
        let entry = check_entry(&entry, None).map_err(|_| damaged())?;
        let bodies = entry.ops.iter().filter_map(|op| op.body.as_ref());
        bodies.flat_map(|body| body.patch.values()).for_each(|value| gather(value, digests));
    }
    Ok(())
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
