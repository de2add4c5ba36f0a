//! Slots: the ways to a workstation's store key. Each is the message `{v, kind, epoch, sealed}`.
//!
//! | kind | who opens it |
//! |---|---|
//! | `slot/user` | the person's own key, on this workstation alone: sealed to them, then under the key in the keychain |
//! | `slot/sheet` | whoever holds this workstation's printed recovery sheet |
//! | `slot/clinic` | whoever holds the clinic's recovery key |
//!
//! A slot is made without any password: the public key of the person's record is enough, once their
//! certificate was checked.

use domain::wire::{Bytes, Message};
use domain::{RecordId, wire};
use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::keys::SealingKey;
use crate::seal::{About, NotOpened, NotSealed, open, open_with, seal, seal_to};
use crate::secret::{Secret, StoreKey};
use crate::sheet::Sheet;

const FORMAT: u64 = 1;
const USER: &str = "slot/user";
const SHEET: &str = "slot/sheet";
const CLINIC: &str = "slot/clinic";

wire! {
    /// A sealed store key.
    pub struct Slot {
        /// The format's version.
        v: u64,
        /// Who opens it.
        kind: String,
        /// Rises when the store key changes and when a person loses theirs.
        epoch: u64,
        /// The sealed store key, workstation and epoch.
        sealed: Bytes,
    }
}

/// A slot of `user` on `workstation`: sealed to their public key `recipient`, then under `device`, the
/// key that only this computer's keychain holds.
///
/// # Errors
/// [`NotSealed`] when nothing can be sealed to `recipient`.
pub fn user_slot(
    entropy: &mut dyn Entropy,
    device: &Secret<32>,
    recipient: &[u8; 32],
    (user, workstation): (RecordId, RecordId),
    store: &StoreKey,
    epoch: u64,
) -> Result<Vec<u8>, NotSealed> {
    let ids: &[&[u8]] = &[user.0.as_bytes(), workstation.0.as_bytes()];
    let inner = seal_to(entropy, recipient, about(USER, ids, epoch), &contents(store, workstation, epoch))?;
    let sealed = seal(entropy, device, about(USER, ids, epoch), &inner);
    Ok(slot(USER, epoch, sealed))
}

/// The store key and the epoch of a [`user_slot`].
///
/// # Errors
/// [`NotOpened`] for another computer, person or workstation, and for damage.
pub fn open_user_slot(
    device: &Secret<32>,
    key: &SealingKey,
    (user, workstation): (RecordId, RecordId),
    bytes: &[u8],
) -> Result<(StoreKey, u64), NotOpened> {
    let ids: &[&[u8]] = &[user.0.as_bytes(), workstation.0.as_bytes()];
    let slot = parse(USER, bytes)?;
    let inner = open(device, about(USER, ids, slot.epoch), &slot.sealed.0)?;
    let plain = open_with(key, about(USER, ids, slot.epoch), &inner)?;
    take(&plain, workstation, slot.epoch)
}

/// The slot of `workstation` for its printed recovery sheet.
#[must_use]
pub fn sheet_slot(
    entropy: &mut dyn Entropy,
    sheet: &Sheet,
    workstation: RecordId,
    store: &StoreKey,
    epoch: u64,
) -> Vec<u8> {
    let sealed = seal(
        entropy,
        &sheet.key(),
        about(SHEET, &[workstation.0.as_bytes()], epoch),
        &contents(store, workstation, epoch),
    );
    slot(SHEET, epoch, sealed)
}

/// The store key and the epoch of a [`sheet_slot`].
///
/// # Errors
/// [`NotOpened`] for another sheet or workstation, and for damage.
pub fn open_sheet_slot(
    sheet: &Sheet,
    workstation: RecordId,
    bytes: &[u8],
) -> Result<(StoreKey, u64), NotOpened> {
    let slot = parse(SHEET, bytes)?;
    let plain = open(&sheet.key(), about(SHEET, &[workstation.0.as_bytes()], slot.epoch), &slot.sealed.0)?;
    take(&plain, workstation, slot.epoch)
}

/// The slot of `workstation` for the clinic's public recovery key `recovery`.
///
/// # Errors
/// [`NotSealed`] when nothing can be sealed to `recovery`.
pub fn clinic_slot(
    entropy: &mut dyn Entropy,
    recovery: &[u8; 32],
    workstation: RecordId,
    store: &StoreKey,
    epoch: u64,
) -> Result<Vec<u8>, NotSealed> {
    let sealed = seal_to(
        entropy,
        recovery,
        about(CLINIC, &[workstation.0.as_bytes()], epoch),
        &contents(store, workstation, epoch),
    )?;
    Ok(slot(CLINIC, epoch, sealed))
}

/// The store key and the epoch of a [`clinic_slot`].
///
/// # Errors
/// [`NotOpened`] for another clinic or workstation, and for damage.
pub fn open_clinic_slot(
    recovery: &SealingKey,
    workstation: RecordId,
    bytes: &[u8],
) -> Result<(StoreKey, u64), NotOpened> {
    let slot = parse(CLINIC, bytes)?;
    let plain = open_with(recovery, about(CLINIC, &[workstation.0.as_bytes()], slot.epoch), &slot.sealed.0)?;
    take(&plain, workstation, slot.epoch)
}

/// Whether the slot for the sheet is one at all: what is cut off or overwritten is not, whatever is tried on it.
#[must_use]
pub fn is_sheet_slot(bytes: &[u8]) -> bool {
    parse(SHEET, bytes).is_ok()
}

/// Whether the slot for the clinic is one at all.
#[must_use]
pub fn is_clinic_slot(bytes: &[u8]) -> bool {
    parse(CLINIC, bytes).is_ok()
}

fn about<'a>(kind: &'a str, ids: &'a [&'a [u8]], epoch: u64) -> About<'a> {
    About { kind, ids, epoch }
}

fn slot(kind: &str, epoch: u64, sealed: Vec<u8>) -> Vec<u8> {
    Slot { v: FORMAT, kind: kind.to_owned(), epoch, sealed: Bytes(sealed) }.to_bytes()
}

fn parse(kind: &str, bytes: &[u8]) -> Result<Slot, NotOpened> {
    Slot::from_bytes(bytes).ok().filter(|slot| slot.v == FORMAT && slot.kind == kind).ok_or(NotOpened)
}

/// The store key, the workstation's id, the epoch with its highest byte first.
fn contents(store: &StoreKey, workstation: RecordId, epoch: u64) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(StoreKey::LENGTH + 24));
    plain.extend_from_slice(&store.to_bytes());
    plain.extend_from_slice(&place(workstation, epoch));
    plain
}

fn take(plain: &[u8], workstation: RecordId, epoch: u64) -> Result<(StoreKey, u64), NotOpened> {
    let (store, rest) = plain.split_at_checked(StoreKey::LENGTH).ok_or(NotOpened)?;
    let store = StoreKey::from_slice(store).filter(|_| rest == place(workstation, epoch));
    Ok((store.ok_or(NotOpened)?, epoch))
}

fn place(workstation: RecordId, epoch: u64) -> Vec<u8> {
    [&workstation.0.as_bytes()[..], &epoch.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestEntropy;

    struct World {
        entropy: TestEntropy,
        device: Secret<32>,
        person: SealingKey,
        store: StoreKey,
        sheet: Sheet,
        at: (RecordId, RecordId),
    }

    fn world() -> World {
        let mut entropy = TestEntropy::new(1);
        World {
            device: Secret::random(&mut entropy),
            person: SealingKey::random(&mut entropy),
            store: StoreKey::random(&mut entropy),
            sheet: Sheet::random(&mut entropy),
            at: (RecordId::derived(b"user"), RecordId::derived(b"workstation")),
            entropy,
        }
    }

    fn same(opened: Result<(StoreKey, u64), NotOpened>, store: &StoreKey) -> bool {
        opened.is_ok_and(|(key, epoch)| key.to_bytes() == store.to_bytes() && epoch == 3)
    }

    #[test]
    fn a_persons_slot_opens_on_their_workstation_with_their_key_alone() {
        let mut w = world();
        let other = RecordId::derived(b"other");
        let slot = user_slot(&mut w.entropy, &w.device, w.person.public(), w.at, &w.store, 3).unwrap();
        assert!(same(open_user_slot(&w.device, &w.person, w.at, &slot), &w.store));
        let (user, workstation) = w.at;
        for at in [(other, workstation), (user, other)] {
            assert!(open_user_slot(&w.device, &w.person, at, &slot).is_err());
        }
        let stranger = SealingKey::random(&mut w.entropy);
        assert!(open_user_slot(&w.device, &stranger, w.at, &slot).is_err());
        let elsewhere = Secret::random(&mut w.entropy);
        assert!(open_user_slot(&elsewhere, &w.person, w.at, &slot).is_err());
    }

    #[test]
    fn the_sheet_and_the_clinic_open_their_slots_and_nobody_elses() {
        let mut w = world();
        let (other, workstation) = w.at;
        let sheet = sheet_slot(&mut w.entropy, &w.sheet, workstation, &w.store, 3);
        let clinic = clinic_slot(&mut w.entropy, w.person.public(), workstation, &w.store, 3).unwrap();
        assert!(same(open_sheet_slot(&w.sheet, workstation, &sheet), &w.store));
        assert!(same(open_clinic_slot(&w.person, workstation, &clinic), &w.store));
        assert!(open_sheet_slot(&w.sheet, other, &sheet).is_err());
        assert!(open_clinic_slot(&w.person, other, &clinic).is_err());
        assert!(open_sheet_slot(&Sheet::random(&mut w.entropy), workstation, &sheet).is_err());
        let stranger = SealingKey::random(&mut w.entropy);
        assert!(open_clinic_slot(&stranger, workstation, &clinic).is_err());
        assert!(open_sheet_slot(&w.sheet, workstation, &clinic).is_err());
        assert!(open_clinic_slot(&w.person, workstation, &sheet).is_err());
    }

    #[test]
    fn a_slot_does_not_pass_for_a_newer_one_nor_does_a_damaged_one_open() {
        let mut w = world();
        let bytes = user_slot(&mut w.entropy, &w.device, w.person.public(), w.at, &w.store, 3).unwrap();
        let newer = Slot { epoch: 4, ..Slot::from_bytes(&bytes).unwrap() };
        assert!(open_user_slot(&w.device, &w.person, w.at, &newer.to_bytes()).is_err());
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1;
            assert!(open_user_slot(&w.device, &w.person, w.at, &damaged).is_err(), "{place}");
        }
    }

    #[test]
    fn nothing_is_sealed_to_a_key_that_everybody_has() {
        let mut w = world();
        let nobody = [0; 32];
        assert_eq!(user_slot(&mut w.entropy, &w.device, &nobody, w.at, &w.store, 3), Err(NotSealed));
        assert_eq!(clinic_slot(&mut w.entropy, &nobody, w.at.1, &w.store, 3), Err(NotSealed));
    }
}
