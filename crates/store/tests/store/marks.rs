//! What lies beside the store tells what its end lost, and gives the last entries back.

use std::fs;

use crypto::StoreKey;
use domain::Hlc;
use rusqlite::Connection;
use store::{Opened, Store, Tampered};

use crate::clinic::{Clinic, copy, take};

/// A clinic after `acts` registrations, each with an entry in the trail, and its folder as a killed program leaves it.
pub fn killed(acts: u32) -> (Clinic, tempfile::TempDir) {
    let mut clinic = Clinic::found();
    // What was founded lies in the file of the store.
    clinic.close();
    clinic.open();
    for number in 0..acts {
        clinic.register(&format!("Salonga {number}"));
        clinic.note(&format!("act {number}"));
    }
    let aside = tempfile::tempdir().unwrap();
    copy(clinic.folder(), aside.path());
    (clinic, aside)
}

fn remove(clinic: &Clinic, names: &[&str]) {
    names.iter().for_each(|name| drop(fs::remove_file(clinic.folder().join(name))));
}

fn opened(clinic: &mut Clinic) -> Opened {
    clinic.open();
    clinic.store.as_ref().unwrap().opened()
}

fn patients(clinic: &mut Clinic) -> u64 {
    clinic.act(|act, _| act.count("patient").unwrap())
}

const WAL: [&str; 2] = ["clinic.db-wal", "clinic.db-shm"];
const LAST: [&str; 2] = ["unsent.a", "unsent.b"];

#[test]
fn a_store_that_was_left_or_killed_opens_as_it_was_left() {
    let (mut clinic, aside) = killed(5);
    clinic.close();
    assert!(opened(&mut clinic).is_as_left());
    clinic.put_back(aside.path());
    assert!(opened(&mut clinic).is_as_left());
    assert_eq!(patients(&mut clinic), 5);
}

#[test]
fn what_the_end_of_the_log_lost_is_written_again_under_its_own_bytes() {
    let (mut clinic, aside) = killed(6);
    let whole = clinic.act(|act, _| act.op_count().unwrap());
    clinic.put_back(aside.path());
    let log = clinic.folder().join(WAL[0]);
    let length = fs::metadata(&log).unwrap().len();
    fs::File::options().write(true).open(&log).unwrap().set_len(length / 2).unwrap();
    remove(&clinic, &WAL[1..]);
    let found = opened(&mut clinic);
    assert!(found.mended > 0 && found.mended_trail > 0, "{found:?}");
    assert_eq!((found.missing, found.missing_trail, found.changed), (0, 0, false));
    assert_eq!((patients(&mut clinic), clinic.act(|act, _| act.op_count().unwrap())), (6, whole));
    let public = *clinic.signs.public();
    let trail = clinic.act(|act, _| act.verify_audit(&public, act.marked_trail(&public)).unwrap());
    assert_eq!(trail.map(|(entries, _)| entries), Ok(6));
    let differing = clinic.act(|act, _| act.rebuild_check().unwrap().differing);
    assert_eq!(differing, [""; 0]);
    clinic.register("Lim");
    clinic.close();
    assert!(opened(&mut clinic).is_as_left(), "it is told once");
}

#[test]
fn what_nobody_has_any_more_is_counted_and_the_marks_stay_until_that_is_known() {
    let (mut clinic, aside) = killed(6);
    clinic.put_back(aside.path());
    remove(&clinic, &WAL);
    remove(&clinic, &LAST);
    let found = opened(&mut clinic);
    let left = patients(&mut clinic);
    assert_eq!(found.missing, 6 - left, "{found:?}");
    assert!(found.missing > 0 && found.missing_trail > 0 && found.mended == 0);
    let public = *clinic.signs.public();
    let shown = clinic.act(|act, _| act.verify_audit(&public, act.marked_trail(&public)).unwrap());
    assert_eq!(shown, Err(Tampered::Short(6 - found.missing_trail)));
    // Nothing that is written meanwhile takes the place of the marks.
    clinic.note("looked");
    clinic.close();
    let again = opened(&mut clinic);
    assert_eq!((again.missing, again.missing_trail), (found.missing, found.missing_trail - 1));
    assert_eq!(clinic.store.as_mut().unwrap().look_again(false).unwrap(), None);
    assert_eq!(clinic.store.as_ref().unwrap().missing(), found.missing);
    assert_eq!(clinic.store.as_mut().unwrap().look_again(true).unwrap(), Some(found.missing));
    clinic.register("Lim");
    clinic.close();
    assert!(opened(&mut clinic).is_as_left());
}

#[test]
fn an_older_store_put_in_the_place_of_a_newer_one_is_told_and_filled_from_beside_it() {
    let (mut clinic, _) = killed(4);
    clinic.close();
    let older = fs::read(clinic.folder().join("clinic.db")).unwrap();
    clinic.open();
    for number in 0..6 {
        clinic.register(&format!("Lim {number}"));
        clinic.note("later");
    }
    clinic.close();
    fs::write(clinic.folder().join("clinic.db"), older).unwrap();
    let found = opened(&mut clinic);
    assert_eq!((found.mended, found.mended_trail, found.missing), (6, 6, 0));
    assert_eq!(patients(&mut clinic), 10);
}

#[test]
fn another_store_in_the_place_of_this_one_is_told_where_it_is_as_long() {
    let (mut clinic, _) = killed(3);
    clinic.close();
    let older = fs::read(clinic.folder().join("clinic.db")).unwrap();
    clinic.open();
    clinic.register("Lim");
    clinic.close();
    let marks = ["marks.a", "marks.b"].map(|name| fs::read(clinic.folder().join(name)).unwrap());
    fs::write(clinic.folder().join("clinic.db"), older).unwrap();
    remove(&clinic, &LAST);
    clinic.open();
    assert_eq!(clinic.store.as_mut().unwrap().look_again(true).unwrap(), Some(1));
    clinic.register("Somebody else");
    clinic.close();
    for (name, bytes) in ["marks.a", "marks.b"].iter().zip(marks) {
        fs::write(clinic.folder().join(name), bytes).unwrap();
    }
    remove(&clinic, &LAST);
    assert!(opened(&mut clinic).changed);
}

#[test]
fn marks_that_are_removed_or_damaged_are_told_and_made_again() {
    for names in [&["marks.a"][..], &["marks.b"], &["marks.a", "marks.b"]] {
        for how in ["gone", "flipped", "somebody else's"] {
            let (mut clinic, _) = killed(3);
            clinic.close();
            for name in names {
                let path = clinic.folder().join(name);
                let mut bytes = fs::read(&path).unwrap();
                match how {
                    "gone" => fs::remove_file(&path).unwrap(),
                    "flipped" => {
                        let middle = bytes.len() / 2;
                        bytes[middle] ^= 1;
                        fs::write(&path, bytes).unwrap();
                    }
                    _ => fs::write(&path, [crypto::sha256(&[b"x"]).as_slice(), b"x"].concat()).unwrap(),
                }
            }
            assert!(opened(&mut clinic).unmarked, "{names:?} {how}");
            clinic.note("looked");
            clinic.note("looked again");
            clinic.close();
            assert!(opened(&mut clinic).is_as_left(), "{names:?} {how}");
        }
    }
}

#[test]
fn the_head_that_an_older_program_left_is_compared_once_and_then_stands_in_the_marks() {
    let (mut clinic, _) = killed(4);
    let (signs, hlc) = (clinic.signs.clone(), Hlc::at(clinic.tick()));
    let head = clinic.act(|act, _| act.sign_audit(&signs, hlc).unwrap());
    clinic.store.as_ref().unwrap().folder().write("audit-head", &head).unwrap();
    clinic.close();
    let intruder = clinic.intruder();
    let older = "delete from local where name = 'marked'; drop trigger audit_delete;
                 delete from audit where seq > 3; delete from audit_head; delete from audit_log;";
    intruder.execute_batch(older).unwrap();
    drop(intruder);
    remove(&clinic, &["marks.a", "marks.b"]);
    remove(&clinic, &LAST);
    let found = opened(&mut clinic);
    assert_eq!((found.missing_trail, found.reckoned, found.unmarked), (1, 1, false), "{found:?}");
    clinic.store.as_mut().unwrap().look_again(true).unwrap();
    clinic.note("looked");
    clinic.close();
    assert!(opened(&mut clinic).is_as_left());
    assert!(!clinic.folder().join("audit-head.a").exists());
}

#[test]
fn a_reckoning_that_was_lost_is_made_again_when_the_store_opens() {
    let (mut clinic, _) = killed(4);
    clinic.close();
    let intruder: Connection = clinic.intruder();
    intruder.execute_batch("delete from log").unwrap();
    drop(intruder);
    let found = opened(&mut clinic);
    assert_eq!((found.reckoned, found.missing, found.changed), (2, 0, false), "{found:?}");
    clinic.register("Lim");
    assert_eq!(patients(&mut clinic), 5);
}

#[test]
fn what_lies_beside_the_store_opens_with_its_key_alone_and_names_nobody() {
    let (mut clinic, _) = killed(3);
    clinic.close();
    for name in LAST.iter().chain(&["marks.a", "marks.b"]) {
        let bytes = fs::read(clinic.folder().join(name)).unwrap_or_default();
        assert!(!bytes.windows(7).any(|part| part == b"Salonga"), "{name}");
    }
    let other = StoreKey::random(&mut crypto::testing::TestEntropy::new(4));
    let elsewhere = tempfile::tempdir().unwrap();
    for name in LAST {
        let bytes = fs::read(clinic.folder().join(name)).unwrap_or_default();
        fs::write(elsewhere.path().join(name), bytes).unwrap();
    }
    let store = Store::open(take(elsewhere.path()), &other, &mut |_, _| {}).unwrap();
    assert!(store.opened().is_as_left());
}
