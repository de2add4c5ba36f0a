//! Stores that an older or a newer program has written.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::RecordId;
use domain::kinds::SCHEMA;
use domain::patients::Problem;
use rusqlite::Connection;
use store::{Store, StoreError};

use crate::clinic::{Clinic, doctor, take};
use crate::elsewhere::{Elsewhere, make};

/// Has the store say that the declarations `schema` with this digest made its tables.
fn mark(connection: &Connection, schema: u64, digest: u8) {
    let mark = [&schema.to_be_bytes()[..], &[digest; 32]].concat();
    connection.execute("insert or replace into local (name, value) values ('declared', ?1)", [mark]).unwrap();
}

/// Leaves the tables as a program leaves them that does not know problems.
fn lose_problems(connection: &Connection) {
    connection.execute("insert into write_gate (open) values (1)", []).unwrap();
    assert!(connection.execute("delete from record where kind = 'problem'", []).unwrap() > 0);
}

fn problems(clinic: &mut Clinic, patient: RecordId) -> usize {
    clinic.act(|act, _| act.records("problem", Some(patient)).unwrap().len())
}

/// A clinic with one problem, whose store is closed and whose tables lack it.
fn older(schema: u64, digest: u8) -> (Clinic, RecordId) {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    clinic.write_as(doctor(), vec![crate::clinic::problem(RecordId::derived(b"problem"), patient)]);
    clinic.close();
    let intruder = clinic.intruder();
    lose_problems(&intruder);
    mark(&intruder, schema, digest);
    (clinic, patient)
}

#[test]
fn a_store_of_newer_declarations_is_refused_and_not_a_byte_of_it_changes() {
    let (clinic, _) = older(SCHEMA + 1, 0);
    let before = fs::read(clinic.folder().join("clinic.db")).unwrap();
    let opened = Store::open(take(clinic.folder()), &clinic.key, &mut |_, _| {});
    assert!(matches!(opened, Err(StoreError::Newer)));
    assert_eq!(fs::read(clinic.folder().join("clinic.db")).unwrap(), before);
    assert!(!clinic.folder().join("before").exists());
}

#[test]
fn every_table_of_an_older_store_is_made_again_and_the_store_of_before_is_kept() {
    let (mut clinic, patient) = older(SCHEMA - 1, 0);
    let mut told = Vec::new();
    let folder = take(clinic.folder());
    let kept = folder.before();
    let store = Store::open(folder, &clinic.key, &mut |done, of| told.push((done, of))).unwrap();
    clinic.store = Some(store);
    assert_eq!(problems(&mut clinic, patient), 1);
    assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap().differing), [""; 0]);
    assert_eq!(told.last().map(|(done, of)| done == of), Some(true), "{told:?}");
    // The copy is what the older program wrote: without the problem, and still marked as its own.
    let copy = Connection::open(kept).unwrap();
    copy.execute_batch(&format!("pragma key = \"x'{}'\";", *clinic.key.pragma())).unwrap();
    let count = |sql: &str| copy.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("select count(*) from record where kind = 'problem'"), 0);
    assert_eq!(count("select count(*) from op where kind = 'problem'"), 1);
    assert_eq!(count("select count(*) from local where name = 'made_again'"), 0);
    // Once is enough.
    clinic.close();
    let folder = take(clinic.folder());
    drop(Store::open(folder, &clinic.key, &mut |_, _| panic!("made again twice")).unwrap());
}

#[test]
fn other_declarations_under_the_same_number_make_the_tables_again_and_keep_no_copy() {
    let (mut clinic, patient) = older(SCHEMA, 7);
    clinic.open();
    assert_eq!(problems(&mut clinic, patient), 1);
    assert!(!clinic.folder().join("before").exists());
}

#[test]
fn a_store_from_before_stores_said_their_declarations_is_an_older_one() {
    let (mut clinic, patient) = older(SCHEMA, 0);
    clinic.intruder().execute("delete from local where name = 'declared'", []).unwrap();
    clinic.open();
    assert_eq!(problems(&mut clinic, patient), 1);
    assert!(clinic.folder().join("before/clinic.db").exists());
}

#[test]
fn a_program_that_ends_on_the_way_begins_again_and_keeps_the_first_copy() {
    let (mut clinic, patient) = older(SCHEMA - 1, 0);
    let kept = clinic.folder().join("before/clinic.db");
    let open = |clinic: &Clinic| {
        let folder = take(clinic.folder());
        drop(Store::open(folder, &clinic.key, &mut |_, _| panic!("the power went")));
    };
    let ended = |clinic: &Clinic| catch_unwind(AssertUnwindSafe(|| open(clinic))).is_err();
    assert!(ended(&clinic));
    let first = fs::read(&kept).unwrap();
    assert!(ended(&clinic));
    assert_eq!(fs::read(&kept).unwrap(), first);
    clinic.open();
    assert_eq!(problems(&mut clinic, patient), 1);
    assert_eq!(fs::read(&kept).unwrap(), first);
}

#[test]
fn without_room_for_the_copy_nothing_is_changed() {
    let (clinic, _) = older(SCHEMA - 1, 0);
    // A file in the place of the folder is as much in the way as a full disk.
    fs::write(clinic.folder().join("before"), b"").unwrap();
    let before = fs::read(clinic.folder().join("clinic.db")).unwrap();
    let opened = Store::open(take(clinic.folder()), &clinic.key, &mut |_, _| {});
    assert!(matches!(opened, Err(StoreError::NotMigrated(_))));
    assert_eq!(fs::read(clinic.folder().join("clinic.db")).unwrap(), before);
}

#[test]
fn what_an_older_program_took_in_unread_appears_once_it_is_judged() {
    let mut clinic = Clinic::found();
    let mut elsewhere = Elsewhere::new();
    let patient = clinic.register("Salonga");
    let problem = Problem { patient: Some(patient), name: Some("asthma".into()), ..Problem::default() };
    let mut right = make(RecordId::derived(b"right"), &problem);
    let mut wrong = make(RecordId::derived(b"wrong"), &problem);
    (right.patient, wrong.patient) = (Some(patient), Some(patient));
    elsewhere.tell(&mut clinic, doctor(), vec![right]);
    // An administrator records no problems; a program that knows none does not ask.
    let administrator = clinic.user;
    elsewhere.tell(&mut clinic, administrator, vec![wrong]);
    clinic.close();
    let intruder = clinic.intruder();
    lose_problems(&intruder);
    intruder.execute("update op set quarantine = null", []).unwrap();
    mark(&intruder, SCHEMA - 1, 0);
    drop(intruder);
    clinic.open();
    assert_eq!(problems(&mut clinic, patient), 0);
    elsewhere.judge(&mut clinic);
    assert_eq!(problems(&mut clinic, patient), 1);
    assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap().differing), [""; 0]);
}
