//! The people who may sign in on this workstation: one small file each, readable before anybody has
//! signed in. The workstation's own key wraps it; the person's password opens what is inside.

use crypto::seal::{About, open, seal};
use crypto::{Entropy, Secret};
use domain::wire::{Bytes, Message};
use domain::{RecordId, wire};

use crate::folder::{Folder, FolderError};

wire! {
    /// What the door knows of a person.
    pub struct Person {
        /// The version of this file.
        v: u64,
        /// Their record.
        user: RecordId,
        /// The name typed to sign in.
        sign_in: String,
        /// Their name as it is printed, with the title.
        name: String,
        /// Their role's word.
        role: String,
        /// Their private keys, sealed under their password.
        bundle: Bytes,
        /// The store's key, sealed to their sealing key.
        slot: Bytes,
    }
}

fn name(user: RecordId) -> String {
    format!("people/{user}")
}

/// Reads the file of `user`; `None` when they have none here.
///
/// # Errors
/// [`FolderError::Damaged`] when it does not open with the workstation's key.
pub fn read_person(
    folder: &Folder,
    device: &Secret<32>,
    user: RecordId,
) -> Result<Option<Person>, FolderError> {
    let name = name(user);
    let Some(bytes) = folder.read(&name)? else { return Ok(None) };
    let ids: &[&[u8]] = &[user.0.as_bytes()];
    let about = About { kind: "person", ids, epoch: 0 };
    let plain = open(device, about, &bytes).map_err(|_| FolderError::Damaged(name.clone()))?;
    Person::from_bytes(&plain).map(Some).map_err(|_| FolderError::Damaged(name))
}

/// Writes the file of a person.
///
/// # Errors
/// [`FolderError::Io`].
pub fn write_person(
    folder: &Folder,
    device: &Secret<32>,
    entropy: &mut dyn Entropy,
    person: &Person,
) -> Result<(), FolderError> {
    let ids: &[&[u8]] = &[person.user.0.as_bytes()];
    let about = About { kind: "person", ids, epoch: 0 };
    folder.write(&name(person.user), &seal(entropy, device, about, &person.to_bytes()))
}

/// Removes the file of `user`: they cannot sign in here any more.
///
/// # Errors
/// [`FolderError::Io`].
pub fn remove_person(folder: &Folder, user: RecordId) -> Result<(), FolderError> {
    folder.remove(&name(user))
}

/// Everybody who may sign in here, by name. A damaged file is left out: it must not keep the others
/// from their work.
///
/// # Errors
/// [`FolderError::Io`].
pub fn people(folder: &Folder, device: &Secret<32>) -> Result<Vec<Person>, FolderError> {
    let mut people: Vec<Person> = folder
        .people()?
        .into_iter()
        .filter_map(|user| read_person(folder, device, user).ok().flatten())
        .collect();
    people.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(people)
}
