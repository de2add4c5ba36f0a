//! A wrong key, a damaged file, a file of tomorrow.

use std::fs;

use crypto::testing::TestEntropy;
use crypto::{StoreKey, random};
use store::{Store, StoreError};

use crate::clinic::{Clinic, take};

fn open(clinic: &Clinic, key: &StoreKey) -> Result<Store, StoreError> {
    Store::open(take(clinic.folder()), key, &mut |_, _| {})
}

#[test]
fn a_wrong_key_opens_nothing_and_changes_nothing() {
    let mut clinic = Clinic::found();
    clinic.close();
    let before = fs::read(clinic.folder().join("clinic.db")).unwrap();
    let right = clinic.key.to_bytes();
    // The last half is the salt.
    for at in [0, 31, 32, 47] {
        let mut wrong = right.to_vec();
        wrong[at] ^= 1;
        let wrong = StoreKey::from_slice(&wrong).unwrap();
        assert!(matches!(open(&clinic, &wrong), Err(StoreError::NotOpened)), "{at}");
    }
    assert_eq!(fs::read(clinic.folder().join("clinic.db")).unwrap(), before);
    assert!(open(&clinic, &clinic.key).is_ok());
}

#[test]
fn every_flipped_bit_is_found_at_opening_or_by_the_check() {
    let mut clinic = Clinic::found();
    for number in 0..40 {
        clinic.register(&format!("Salonga {number}"));
    }
    clinic.act(|act, _| assert!(act.faults().unwrap().is_empty()));
    clinic.close();
    let path = clinic.folder().join("clinic.db");
    let whole = fs::read(&path).unwrap();
    let mut entropy = TestEntropy::new(3);
    for _ in 0..100 {
        let [place @ .., bit] = random::<9>(&mut entropy);
        let place = usize::try_from(u64::from_be_bytes(place) % whole.len() as u64).unwrap();
        // With the salt in the key the first sixteen bytes of the file carry nothing.
        let place = place.max(16);
        let mut damaged = whole.clone();
        damaged[place] ^= 1 << (bit % 8);
        fs::write(&path, &damaged).unwrap();
        let found = match open(&clinic, &clinic.key) {
            Ok(mut store) => !store.act().and_then(|act| act.faults()).is_ok_and(|faults| faults.is_empty()),
            Err(_) => true,
        };
        assert!(found, "bit {} of byte {place}", bit % 8);
        for rest in ["clinic.db-wal", "clinic.db-shm"] {
            drop(fs::remove_file(clinic.folder().join(rest)));
        }
    }
    fs::write(&path, whole).unwrap();
    clinic.open();
    clinic.act(|act, _| assert!(act.faults().unwrap().is_empty()));
}

#[test]
fn a_store_of_a_newer_program_is_refused_and_left_alone() {
    let mut clinic = Clinic::found();
    clinic.close();
    let newer = "insert into refinery_schema_history (version, name, applied_on, checksum)
                 select version + 1000, 'tomorrow', applied_on, checksum from refinery_schema_history limit 1";
    clinic.intruder().execute(newer, []).unwrap();
    assert!(matches!(open(&clinic, &clinic.key), Err(StoreError::Newer)));
}
