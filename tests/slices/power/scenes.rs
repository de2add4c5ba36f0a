//! What is cut off: files that are filed and files that come, backups, their trials, and restores.

use std::fs;

use domain::access::Role;
use serde_json::{Value, json};
use store::{BlobState, Opened, Store, Taken};
use tests::desk::{Clinic, open_store, open_store_in, text};

use super::{Scene, tried};
use crate::backups::{add, long_text, order, saved, view};

/// The administrator's command that brings `from` back.
fn restore(from: &Value, mode: &str) -> Value {
    json!({"from": from, "mode": mode, "older": mode == "replace"})
}

/// The doctor registers somebody and files a text of so many bytes; returns both.
fn filed(clinic: &mut Clinic, bytes: usize) -> Value {
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Gustavo", &format!("Mejía {bytes}"));
    let brought = clinic.desk().bring("result.txt".to_owned(), long_text(bytes, bytes as u64)).unwrap();
    let details = json!({"sort": "laboratory", "title": "Result"});
    let input =
        json!({"file": brought, "patient": patient, "about": null, "came_by": "file", "details": details});
    let file = clinic.ok("add_file", input)["id"].clone();
    json!({"patient": patient, "file": file, "bytes": bytes})
}

/// That a file that was [`filed`] opens to the byte; the doctor sits there then.
fn opens(clinic: &mut Clinic, filed: &Value) {
    clinic.seat(Role::Doctor);
    clinic.ok("patient", json!({"patient": filed["patient"]}));
    let bytes = usize::try_from(filed["bytes"].as_u64().unwrap()).unwrap();
    assert!(saved(clinic, &filed["file"]) == long_text(bytes, bytes as u64), "{filed} has other bytes");
}

/// That the self-check finds nothing, and that the opening has found nothing.
fn is_whole(clinic: &mut Clinic) {
    clinic.seat(Role::Doctor);
    let checked = clinic.ok("check_store", json!({}));
    let checked = json!([checked["whole"], checked["damaged"], checked["files"]]);
    assert_eq!(checked, json!([true, [], []]));
    assert_eq!(clinic.ok("check_log", json!({}))["faults"], json!([]));
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    clinic.seat(Role::Administrator);
    assert_eq!(clinic.ok("verify_audit", json!({}))["whole"], true);
}

/// That its opening finds the store as it was left; nobody has opened it since. Marks of a second before a power cut may be torn,
/// both where two commits fell in it, and nobody can tell that from a hand that did it (decision 16).
fn is_as_left(clinic: &mut Clinic) {
    clinic.stop();
    let (store, ..) = open_store(clinic);
    let opened = store.opened();
    assert!(Opened { unmarked: false, ..opened }.is_as_left(), "{opened:?}");
    drop(store);
    clinic.restart();
}

/// A clinic with a small file and a large one whose backups go to a stick; the administrator sits there.
fn backed_up() -> (Clinic, Value) {
    let mut clinic = Clinic::staffed();
    let files = [300, 200_000].map(|bytes| filed(&mut clinic, bytes));
    clinic.seat(Role::Administrator);
    let sheet = clinic.ok("new_sheet", json!({}))["sheet"].clone();
    let stick = clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let target = add(&mut clinic, &stick, "stick");
    (clinic, json!({"files": files, "sheet": sheet, "target": target}))
}

const FILED: Scene = Scene {
    test: "power::scenes::what_was_filed_is_there_after_a_power_cut_and_a_kill",
    ready: || (Clinic::staffed(), Value::Null),
    work: |worker| {
        for bytes in [300, 70_000, 200_000] {
            let filed = filed(&mut worker.clinic, bytes);
            worker.did(&filed.to_string());
        }
        worker.clinic.ok("sign_out", json!({}));
        worker.did("null");
    },
    judge: |clinic, _, said| {
        is_as_left(clinic);
        let files = said.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
        files.filter(|file| !file.is_null()).for_each(|file| opens(clinic, &file));
        is_whole(clinic);
    },
};

#[test]
fn what_was_filed_is_there_after_a_power_cut_and_a_kill() {
    tried(&FILED);
}

/// Takes what is awaited of `bytes` in, a part at a time; `then` hears what became of each.
fn take_in(store: &mut Store, bytes: &[u8], mut then: impl FnMut(Taken)) {
    const PART: usize = 30_000;
    let digest = crypto::sha256(&[bytes]);
    let mut entropy = crypto::testing::TestEntropy::new(bytes.len() as u64);
    // What was damaged is begun again, which nobody has to do twice.
    for _ in 0..2 * bytes.len().div_ceil(PART) + 2 {
        let act = store.act().unwrap();
        let from = match act.blob(&digest).unwrap().unwrap().state {
            BlobState::Here => return,
            BlobState::Coming(through) => usize::try_from(through).unwrap(),
            _ => 0,
        };
        let part = &bytes[from..bytes.len().min(from + PART)];
        let taken = act.take_blob(&mut entropy, &digest, from as u64, part).unwrap();
        act.commit().unwrap();
        then(taken);
    }
}

const COMING: Scene = Scene {
    test: "power::scenes::a_file_that_comes_in_parts_goes_on_or_begins_again_and_is_whole_at_its_end",
    ready: || {
        let mut clinic = Clinic::staffed();
        let file = filed(&mut clinic, 200_000);
        let folder = clinic.folder().join("files");
        fs::remove_dir_all(folder).unwrap();
        assert_eq!(clinic.ok("check_store", json!({}))["files"].as_array().map(Vec::len), Some(1));
        (clinic, file)
    },
    work: |worker| {
        worker.clinic.stop();
        let (mut store, ..) = open_store_in(worker.clinic.folder());
        take_in(&mut store, &long_text(200_000, 200_000), |taken| {
            if taken == Taken::Whole {
                worker.did("whole");
            }
        });
        drop(store);
    },
    judge: |clinic, known, said| {
        is_as_left(clinic);
        clinic.stop();
        let bytes = long_text(200_000, 200_000);
        let (mut store, ..) = open_store(clinic);
        let state = store.act().unwrap().blob(&crypto::sha256(&[&bytes])).unwrap().unwrap().state;
        assert!(state == BlobState::Here || said.is_empty(), "{state:?}");
        take_in(&mut store, &bytes, |_| {});
        drop(store);
        clinic.restart();
        opens(clinic, known);
        is_whole(clinic);
    },
};

#[test]
fn a_file_that_comes_in_parts_goes_on_or_begins_again_and_is_whole_at_its_end() {
    tried(&COMING);
}

const BACKED_UP: Scene = Scene {
    test: "power::scenes::a_backup_that_was_cut_off_keeps_what_it_had_and_goes_on",
    ready: backed_up,
    work: |worker| {
        let target = text(&worker.known["target"]);
        let clinic = &mut worker.clinic;
        clinic.seat(Role::Administrator);
        clinic.register("Lito", "Salonga");
        order(clinic, "back_up_now", &target);
        worker.did("point 2");
        let file = filed(&mut worker.clinic, 150_000);
        worker.did(&file.to_string());
        worker.clinic.seat(Role::Administrator);
        // All of it is backed up once more before it is tried out.
        let job = order(&mut worker.clinic, "test_restore", &target);
        assert_eq!(job["fault"], Value::Null);
        worker.did("point 3");
    },
    judge: |clinic, known, said| {
        is_as_left(clinic);
        clinic.seat(Role::Administrator);
        let target = text(&known["target"]);
        let points = clinic.ok("restore_points", json!({"target": target, "before": null}));
        let points = points["rows"].as_array().unwrap().clone();
        let acknowledged = said.iter().filter(|line| line.starts_with("point")).count();
        assert!(points.len() > acknowledged && points.iter().all(|row| row["whole"] == true), "{points:?}");
        assert_eq!(order(clinic, "check_backup", &target)["fault"], Value::Null, "{}", view(clinic));
        let job = order(clinic, "test_restore", &target);
        let view = view(clinic);
        assert_eq!(
            (&job["fault"], &view["outside"], &view["tested"]["differences"]),
            (&Value::Null, &json!(0), &json!(0))
        );
        assert!(!clinic.folder().join("rehearsal").exists());
        let files = said.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        files.chain(known["files"].as_array().unwrap().clone()).for_each(|file| opens(clinic, &file));
        is_whole(clinic);
    },
};

#[test]
fn a_backup_that_was_cut_off_keeps_what_it_had_and_goes_on() {
    tried(&BACKED_UP);
}

/// The same clinic, after somebody was registered and a file filed that no backup has.
fn with_more() -> (Clinic, Value) {
    let (mut clinic, mut known) = backed_up();
    known["more"] = filed(&mut clinic, 150_000);
    clinic.seat(Role::Administrator);
    (clinic, known)
}

/// What was set aside comes back, where anything was; then all is there.
fn all_is_there(clinic: &mut Clinic, known: &Value) {
    clinic.seat(Role::Administrator);
    let aside = clinic.ok("stores_set_aside", json!({}))["names"].clone();
    if let Some(aside) = aside.get(0) {
        clinic.ok("restore", restore(aside, "rejoin"));
    }
    opens(clinic, &known["more"]);
    known["files"].as_array().unwrap().iter().for_each(|file| opens(clinic, file));
    is_whole(clinic);
}

const REPLACED: Scene = Scene {
    test: "power::scenes::a_store_is_replaced_or_is_the_one_that_it_was_and_what_was_set_aside_is_whole",
    ready: with_more,
    work: |worker| {
        worker.clinic.seat(Role::Administrator);
        let input = restore(&worker.known["target"], "replace");
        worker.clinic.ok("restore", input);
        worker.did("replaced");
    },
    judge: |clinic, known, said| {
        clinic.seat(Role::Administrator);
        let aside = clinic.ok("stores_set_aside", json!({}))["names"].clone();
        if aside == json!([]) {
            assert!(said.is_empty(), "the old store is there");
            is_as_left(clinic);
        } else {
            clinic.ok("rejoin", json!({"other_runs": false}));
        }
        all_is_there(clinic, known);
    },
};

#[test]
fn a_store_is_replaced_or_is_the_one_that_it_was_and_what_was_set_aside_is_whole() {
    tried(&REPLACED);
}

const REJOINED: Scene = Scene {
    test: "power::scenes::what_was_rejoined_is_there_and_a_rejoin_that_was_cut_off_is_done_again",
    ready: || {
        let (mut clinic, known) = with_more();
        clinic.ok("restore", restore(&known["target"], "replace"));
        clinic.seat(Role::Administrator);
        clinic.ok("rejoin", json!({"other_runs": false}));
        (clinic, known)
    },
    work: |worker| {
        worker.clinic.seat(Role::Administrator);
        worker.clinic.ok("restore", restore(&json!("set-aside-1"), "rejoin"));
        worker.did("rejoined");
    },
    judge: |clinic, known, said| {
        is_as_left(clinic);
        if !said.is_empty() {
            opens(clinic, &known["more"]);
        }
        all_is_there(clinic, known);
    },
};

#[test]
fn what_was_rejoined_is_there_and_a_rejoin_that_was_cut_off_is_done_again() {
    tried(&REJOINED);
}

/// Brings the backup on the stick back at the door.
fn at_the_door(clinic: &mut Clinic, known: &Value) {
    let stick = clinic.sticks().join("blue");
    let from = clinic.desk().chose(stick).unwrap();
    let sheet: Vec<String> = known["sheet"].as_array().unwrap().iter().map(text).collect();
    clinic.ok("restore_here", json!({"from": from, "papers": sheet.join("\n"), "check": false}));
}

const BARE: Scene = Scene {
    test: "power::scenes::a_bare_computer_is_restored_or_still_bare",
    ready: || {
        let (mut clinic, known) = backed_up();
        clinic.stop();
        super::clear(clinic.folder());
        (clinic, known)
    },
    work: |worker| {
        let known = worker.known.clone();
        at_the_door(&mut worker.clinic, &known);
        worker.did("restored");
    },
    judge: |clinic, known, said| {
        if clinic.ok("door", json!({}))["state"] == "empty" {
            assert!(said.is_empty(), "nothing is there");
            at_the_door(clinic, known);
        }
        clinic.seat(Role::Administrator);
        clinic.ok("rejoin", json!({"other_runs": false}));
        known["files"].as_array().unwrap().iter().for_each(|file| opens(clinic, file));
        is_whole(clinic);
    },
};

#[test]
fn a_bare_computer_is_restored_or_still_bare() {
    tried(&BARE);
}
