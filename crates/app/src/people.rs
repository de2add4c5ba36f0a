//! Who may sign in on this workstation: the files at the door follow the records of the people who work
//! here, whoever wrote those and wherever.

use crypto::slot::{clinic_slot, user_slot};
use crypto::{Entropy, Secret, StoreKey};
use domain::RecordId;
use domain::access::User;
use domain::clinic::Clinic;
use domain::fold::State;
use domain::record::Record;
use domain::wire::Bytes;
use store::{Act, Folder, Person, Store, people, read_person, remove_person, write_person};
use uuid::Uuid;

use crate::door::{Door, device_key};
use crate::place::Place;
use crate::records::full_name;
use crate::refusal::{Code, Refusal};
use crate::trust;
use crate::world::World;

/// The store's key under the printed sheet.
pub(crate) const SHEET_SLOT: &str = "slots/sheet";
/// The store's key under the clinic's shares.
pub(crate) const CLINIC_SLOT: &str = "slots/clinic";

/// Brings the files at the door in line with the records: everybody active and vouched for has one with
/// their present keys, nobody else has. Returns how many had none that was whole.
pub(crate) fn refresh_people(
    act: &Act,
    folder: &Folder,
    place: &Place,
    entropy: &mut dyn Entropy,
) -> Result<usize, Refusal> {
    let device = device_key(folder)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    let (welcome, made) = make_people(act, folder, place, &device, entropy)?;
    for person in people(folder, &device)? {
        if !welcome.contains(&person.user) {
            remove_person(folder, person.user)?;
        }
    }
    keep_door(folder, &device, place, entropy, welcome)?;
    Ok(made)
}

/// Makes files again that are missing or not whole, and takes none away: whoever is not vouched for any more is told so.
pub(crate) fn mend_people(
    act: &Act,
    folder: &Folder,
    place: &Place,
    entropy: &mut dyn Entropy,
) -> Result<(), Refusal> {
    let device = device_key(folder)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    make_people(act, folder, place, &device, entropy)?;
    let roster = people(folder, &device)?.into_iter().map(|person| person.user).collect();
    keep_door(folder, &device, place, entropy, roster)
}

/// Has the door remember who may sign in, and what the clinic and the site are called.
fn keep_door(
    folder: &Folder,
    device: &Secret<32>,
    place: &Place,
    entropy: &mut dyn Entropy,
    mut roster: Vec<RecordId>,
) -> Result<(), Refusal> {
    roster.sort();
    let Some(before) = Door::read(folder, device)? else { return Ok(()) };
    let (clinic, site) = (place.clinic_name.clone(), place.site_name.clone());
    let memory = Door { clinic, site, roster: Some(roster), ..before.clone() };
    if memory == before { Ok(()) } else { Ok(memory.write(folder, device, entropy)?) }
}

/// Makes the file of everybody active and vouched for, where it is not as it should be; returns who these are, and how
/// many of them had none that was whole. What waits to be written again counts at the door already: no password comes back
/// by it, and nobody who was dismissed.
fn make_people(
    act: &Act,
    folder: &Folder,
    place: &Place,
    device: &Secret<32>,
    entropy: &mut dyn Entropy,
) -> Result<(Vec<RecordId>, usize), Refusal> {
    let clinic_key = trust::clinic_key(act)?;
    let store_key = store_key(act)?;
    let (mut welcome, mut made) = (Vec::new(), 0);
    let mut waiting = act.with_what_waits(User::KIND)?;
    for record in act.records(User::KIND.name, None)? {
        let waits = waiting.remove(&record.id);
        let user: User = waits.as_ref().unwrap_or(&record.state).record();
        let active = is_active(&record.state) && waits.as_ref().is_none_or(is_active);
        let vouched = trust::check_user(act, place, record.id, &user).is_ok();
        let (true, true, Some(sealing)) = (active, vouched, seals_with(&user)) else {
            continue;
        };
        let Ok(bundle) = trust::unwrap_bundle(&clinic_key, record.id, &user) else { continue };
        welcome.push(record.id);
        // A damaged file is made again like a missing one.
        let before = read_person(folder, device, record.id).ok().flatten();
        let slot = match &before {
            Some(before) => before.slot.clone(),
            None => {
                made += 1;
                let who = (record.id, place.door);
                let slot = user_slot(entropy, device, &sealing, who, &store_key, 1);
                Bytes(slot.map_err(|_| Refusal::new(Code::StoreFailed))?)
            }
        };
        let person = Person {
            v: 1,
            user: record.id,
            name: full_name(&user),
            sign_in: user.sign_in.unwrap_or_default(),
            role: user.role.map(|role| role.word().to_owned()).unwrap_or_default(),
            bundle: Bytes(bundle),
            slot,
        };
        if before.as_ref() != Some(&person) {
            write_person(folder, device, entropy, &person)?;
        }
    }
    Ok((welcome, made))
}

fn is_active(user: &State) -> bool {
    user.voided.is_none() && user.record::<User>().active == Some(true)
}

/// Whether something that waits to be written again has dismissed `user`.
pub(crate) fn is_dismissed(act: &Act, user: RecordId) -> Result<bool, Refusal> {
    Ok(act.with_what_waits(User::KIND)?.get(&user).is_some_and(|state| !is_active(state)))
}

/// Who this workstation is, in the clear: its sheet opens nothing without knowing that, also where the door is gone.
const WORKSTATION: &str = "slots/workstation";

/// Who this workstation is, as its small files say.
pub(crate) fn workstation_here(folder: &Folder) -> Result<Option<RecordId>, Refusal> {
    let kept = folder.read(WORKSTATION)?;
    Ok(kept.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(RecordId))
}

/// Makes the slots again that are not whole and can be made here; returns their names. The sheet's is sealed under what
/// is on paper alone: only who has it at hand makes that one.
pub(crate) fn refresh_slots(
    act: &Act,
    folder: &Folder,
    place: &Place,
    entropy: &mut dyn Entropy,
) -> Result<Vec<&'static str>, Refusal> {
    let mut mended = Vec::new();
    if workstation_here(folder).ok().flatten() != Some(place.door) {
        folder.write(WORKSTATION, place.door.0.as_bytes())?;
        mended.push(WORKSTATION);
    }
    if !matches!(folder.read(CLINIC_SLOT), Ok(Some(_))) {
        let clinic = act.records(Clinic::KIND.name, None)?.into_iter().next();
        let recovery = clinic.and_then(|record| record.state.record::<Clinic>().recovery);
        if let Some(key) = recovery.and_then(|key| <[u8; 32]>::try_from(key.bytes()).ok()) {
            let slot = clinic_slot(entropy, &key, place.door, &store_key(act)?, 1);
            folder.write(CLINIC_SLOT, &slot.map_err(|_| Refusal::new(Code::StoreFailed))?)?;
            mended.push(CLINIC_SLOT);
        }
    }
    Ok(mended)
}

/// The key of this store, as it remembers it.
pub(crate) fn store_key(act: &Act) -> Result<StoreKey, Refusal> {
    let kept = act.local("store_key")?.and_then(|bytes| StoreKey::from_slice(&bytes));
    kept.ok_or_else(|| Refusal::new(Code::StoreDamaged))
}

/// The same once the act that changed somebody is done.
pub(crate) fn refresh_after(store: &mut Store, place: &Place, world: &mut World) -> Result<(), Refusal> {
    let (act, folder) = store.act_and_folder()?;
    refresh_people(&act, folder, place, &mut *world.entropy).map(drop)
}

fn seals_with(user: &User) -> Option<[u8; 32]> {
    user.seals_with.as_ref()?.bytes().try_into().ok()
}
