//! The data folder and its store, as a desk meets them.

use std::fs;

use app::{Code, Desk};
use domain::access::Role;
use serde_json::json;
use tests::desk::{Clinic, password};

#[test]
fn a_second_program_is_refused_while_the_first_holds_the_folder() {
    let mut clinic = Clinic::found();
    let second = Desk::take(clinic.world());
    assert_eq!(second.err().map(|refusal| refusal.code), Some(Code::StoreInUse));
    clinic.stop();
    assert!(Desk::take(clinic.world()).is_ok());
}

#[test]
fn what_was_acknowledged_is_there_after_the_program_is_killed() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    clinic.restart();
    clinic.seat(Role::Nurse);
    assert_eq!(clinic.ok("patient", json!({"patient": patient}))["details"]["family"], "Salonga");
    assert_eq!(clinic.ok("check_store", json!({}))["whole"], true);
    let report = clinic.ok("rebuild", json!({"check": true}));
    assert_eq!(report["differing"], json!([]));
    assert!(report["records"].as_u64().unwrap() > 10);
}

#[test]
fn a_store_damaged_from_its_first_page_is_refused_and_the_door_stays() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let database = clinic.folder().join("clinic.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[100] ^= 1;
    fs::write(&database, &bytes).unwrap();
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(clinic.refused("sign_in", sign_in.clone()).code, Code::StoreDamaged);
    assert_eq!(clinic.ok("door", json!({}))["state"], "locked");
    bytes[100] ^= 1;
    fs::write(&database, bytes).unwrap();
    clinic.ok("sign_in", sign_in);
}

#[test]
fn a_page_that_was_changed_is_found_by_the_check() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let database = clinic.folder().join("clinic.db");
    let mut bytes = fs::read(&database).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    fs::write(&database, bytes).unwrap();
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    // Where the page is needed to sign in, nobody gets as far as the check.
    match clinic.call("sign_in", sign_in) {
        Ok(_) => assert_ne!(clinic.call("check_store", json!({})).ok(), Some(json!({"whole": true}))),
        Err(refusal) => {
            assert!([Code::StoreDamaged, Code::StoreFailed].contains(&refusal.code), "{refusal:?}")
        }
    }
}

#[test]
fn another_key_of_the_workstation_opens_nothing() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let key = [7; 32];
    let file = [crypto::sha256(&[&key]).as_slice(), &key].concat();
    for copy in ["device.a", "device.b"] {
        fs::write(clinic.folder().join(copy), &file).unwrap();
    }
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(clinic.refused("sign_in", sign_in).code, Code::StoreDamaged);
}
