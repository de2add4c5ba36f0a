//! The store of a desk that is closed, opened by somebody who has its folder and a password.

use std::path::Path;

use crypto::keys::{Bundle, open_bundle_above};
use crypto::seal::{About, open};
use crypto::slot::open_user_slot;
use crypto::testing::FLOOR;
use crypto::{Secret, StoreKey};
use domain::access::Role;
use domain::wire::Wire;
use domain::{RecordId, cbor};
use rusqlite::Connection;
use store::{Folder, FolderError, Store, people};

use super::{Clinic, PASSWORD, sign_in_name};

/// The store as an administrator opens it with a program of their own, and their keys.
///
/// # Panics
/// When it does not open.
#[must_use]
pub fn open_store(clinic: &Clinic) -> (Store, RecordId, Bundle) {
    open_store_in(clinic.folder())
}

/// A program that another test starts has the folder's lock too, for the moment in which it is being started.
#[expect(clippy::disallowed_methods, reason = "another program is waited for, and no day is simulated")]
fn taken(folder: &Path) -> Folder {
    for _ in 0..100 {
        match Folder::take(folder) {
            Err(FolderError::InUse) => std::thread::sleep(std::time::Duration::from_millis(50)),
            taken => return taken.expect("the folder"),
        }
    }
    panic!("the folder is in use for five seconds")
}

/// The same of a data folder anywhere.
///
/// # Panics
/// When it does not open.
#[must_use]
pub fn open_store_in(folder: &Path) -> (Store, RecordId, Bundle) {
    let folder = taken(folder);
    let file = |name: &str| folder.read(name).expect("a file").expect("the file is there");
    let device: Secret<32> = Secret::from_slice(&file("device")).expect("a key");
    let door = open(&device, About { kind: "door", ids: &[], epoch: 0 }, &file("door")).expect("the door");
    let door = cbor::decode(&door).expect("the door reads");
    let workstation = door.get("workstation").and_then(RecordId::from_value).expect("a workstation");
    let mut everybody = people(&folder, &device).expect("the people").into_iter();
    let maria = everybody.find(|person| person.sign_in == sign_in_name(Role::Administrator));
    let maria = maria.expect("an administrator");
    let bundle = open_bundle_above(FLOOR, PASSWORD, &maria.bundle.0, maria.user).expect("her keys");
    let slot = open_user_slot(&device, &bundle.sealing, (maria.user, workstation), &maria.slot.0);
    let store = Store::open(folder, &slot.expect("her slot").0, &mut |_, _| {}).expect("the store");
    (store, maria.user, bundle)
}

/// Somebody who has the key and does not go through the program.
///
/// # Panics
/// When it does not open.
#[must_use]
pub fn intruder(clinic: &Clinic) -> Connection {
    let (mut store, ..) = open_store(clinic);
    let key = store.act().expect("an act").local("store_key").expect("a row").expect("the key");
    drop(store);
    let connection = Connection::open(clinic.folder().join("clinic.db")).expect("the store");
    let key = StoreKey::from_slice(&key).expect("a key");
    connection.execute_batch(&format!("pragma key = \"x'{}'\";", *key.pragma())).expect("the key fits");
    connection
}
