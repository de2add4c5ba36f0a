//! Who may sign in on this workstation: the files at the door follow the records of the people who work
//! here, whoever wrote those and wherever.

use crypto::slot::user_slot;
use crypto::{Entropy, StoreKey};
use domain::access::User;
use domain::record::Record;
use domain::wire::Bytes;
use store::{Act, Folder, Person, Store, people, read_person, remove_person, write_person};

use crate::door::device_key;
use crate::place::Place;
use crate::records::full_name;
use crate::refusal::{Code, Refusal};
use crate::trust;
use crate::world::World;

/// The key of the store, which lies in it to let people in.
pub(crate) fn store_key(act: &Act) -> Result<StoreKey, Refusal> {
    let kept = act.local("store_key")?.and_then(|bytes| StoreKey::from_slice(&bytes));
    kept.ok_or_else(|| Refusal::new(Code::StoreDamaged))
}

/// Brings the files at the door in line with the records: everybody active and vouched for has one with
/// their present keys, nobody else has.
pub(crate) fn refresh_people(
    act: &Act,
    folder: &Folder,
    place: &Place,
    entropy: &mut dyn Entropy,
) -> Result<(), Refusal> {
    let device = device_key(folder)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    let clinic_key = trust::clinic_key(act)?;
    let store_key = store_key(act)?;
    let mut welcome = Vec::new();
    for record in act.records(User::KIND.name, None)? {
        let user: User = record.state.record();
        let vouched = trust::check_user(act, place, record.id, &user).is_ok();
        let (true, true, Some(sealing)) = (user.active == Some(true), vouched, seals_with(&user)) else {
            continue;
        };
        let Ok(bundle) = trust::unwrap_bundle(&clinic_key, record.id, &user) else { continue };
        welcome.push(record.id);
        // A damaged file is made again like a missing one.
        let before = read_person(folder, &device, record.id).ok().flatten();
        let slot = match &before {
            Some(before) => before.slot.clone(),
            None => {
                let who = (record.id, place.workstation);
                let slot = user_slot(entropy, &device, &sealing, who, &store_key, 1);
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
            write_person(folder, &device, entropy, &person)?;
        }
    }
    for person in people(folder, &device)? {
        if !welcome.contains(&person.user) {
            remove_person(folder, person.user)?;
        }
    }
    Ok(())
}

/// The same once the act that changed somebody is done.
pub(crate) fn refresh_after(store: &mut Store, place: &Place, world: &mut World) -> Result<(), Refusal> {
    let (act, folder) = store.act_and_folder()?;
    refresh_people(&act, folder, place, &mut *world.entropy)
}

fn seals_with(user: &User) -> Option<[u8; 32]> {
    user.seals_with.as_ref()?.bytes().try_into().ok()
}
