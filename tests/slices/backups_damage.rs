//! Damage of a backup: each object that is not as it was is named, and the next run writes it again.

use std::fs;
use std::path::{Path, PathBuf};

use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

use crate::backups::{contents, file, files, folder, long_text, on_a_stick, order, view};

#[test]
fn a_damaged_slot_is_written_again_by_the_next_run() {
    let (mut clinic, stick, target) = on_a_stick();
    let slot = folder(&stick).join("slots/sheet");
    fs::write(&slot, b"something else").unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
}

/// One bit of the only large file below `folder` is another.
fn flip_large(folder: &Path) {
    let large = files(folder).into_iter().find(|file| !file.ends_with("sums")).unwrap();
    let mut bytes = fs::read(&large).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&large, bytes).unwrap();
}

#[test]
fn a_file_that_came_again_under_another_salt_is_backed_up_with_what_opens_it() {
    let (mut clinic, stick, target) = on_a_stick();
    file(&mut clinic, long_text(200_000, 2));
    order(&mut clinic, "back_up_now", &target);
    // It is damaged here, and comes back from the stick; then it is damaged there.
    flip_large(&clinic.folder().join("files"));
    assert_eq!(clinic.ok("check_store", json!({}))["files"].as_array().map(Vec::len), Some(1));
    clinic.ok("restore", json!({"from": target, "mode": "rejoin", "older": false}));
    assert_eq!(clinic.ok("check_store", json!({}))["files"], json!([]));
    flip_large(&folder(&stick).join("files"));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    assert_eq!(order(&mut clinic, "test_restore", &target)["fault"], Value::Null);
}

#[test]
fn a_file_that_is_damaged_here_is_in_no_backup_and_is_known_as_damaged_from_then_on() {
    let (mut clinic, stick, target) = on_a_stick();
    let damaged = file(&mut clinic, long_text(200_000, 2));
    flip_large(&clinic.folder().join("files"));
    assert_eq!(order(&mut clinic, "back_up_now", &target)["outcome"], "done");
    assert_eq!(files(&folder(&stick).join("files")), [folder(&stick).join("files/sums")]);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    assert_eq!(order(&mut clinic, "test_restore", &target)["fault"], Value::Null);
    clinic.seat(Role::Doctor);
    assert_eq!(clinic.ok("file", json!({"file": damaged}))["state"]["at"], "damaged");
}

#[test]
fn a_damage_of_a_file_waits_for_a_run_that_nobody_waits_for() {
    let (mut clinic, stick, target) = on_a_stick();
    file(&mut clinic, long_text(200_000, 2));
    order(&mut clinic, "back_up_now", &target);
    flip_large(&folder(&stick).join("files"));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    let named = view(&mut clinic)["targets"][0]["damaged"].clone();
    assert!(text(&named).starts_with("files/"), "{named}");
    clinic.register("Lito", "Salonga");
    clinic.ok("sign_out", json!({}));
    clinic.seat(Role::Administrator);
    assert_eq!(view(&mut clinic)["targets"][0]["damaged"], named, "it is not forgotten");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
}

#[test]
fn a_damaged_point_goes_with_the_next_run_and_the_others_stay() {
    let (mut clinic, stick, target) = on_a_stick();
    for name in ["Ana", "Ben"] {
        clinic.register(name, "Lim");
        order(&mut clinic, "back_up_now", &target);
    }
    let place = folder(&stick).join("points/0000002");
    let whole = fs::read(&place).unwrap();
    fs::write(&place, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    let points = clinic.ok("restore_points", json!({"target": target, "before": null}));
    let rows = points["rows"].as_array().unwrap();
    assert_eq!(
        rows.iter().map(|row| &row["number"]).collect::<Vec<_>>(),
        [4, 3, 1].map(|n| json!(n)).iter().collect::<Vec<_>>()
    );
}

#[test]
fn one_flipped_bit_in_any_object_is_named_and_mended_by_the_next_run() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.register("Lito", "Salonga");
    order(&mut clinic, "back_up_now", &target);
    let folder = folder(&stick);
    let mut named = 0;
    for file in files(&folder) {
        let name = file.strip_prefix(&folder).unwrap().display().to_string();
        if name == "README.txt" {
            continue;
        }
        let whole = fs::read(&file).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped.len() * 2 / 3;
        flipped[middle] ^= 1;
        fs::write(&file, flipped).unwrap();
        let job = order(&mut clinic, "check_backup", &target);
        assert_eq!(job["fault"], "damaged", "{name}");
        let row = view(&mut clinic)["targets"][0].clone();
        assert_eq!((&row["state"], &row["damaged"]), (&json!("damaged"), &json!(name)));
        fs::write(&file, whole).unwrap();
        assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done", "{name}");
        named += 1;
    }
    assert!(named >= 8, "{named}");
    let segment = files(&folder.join("log")).remove(0);
    let mut bytes = fs::read(&segment).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&segment, bytes).unwrap();
    order(&mut clinic, "check_backup", &target);
    assert!(view(&mut clinic)["outside"].as_u64() > Some(0), "what is damaged is no backup");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done");
    assert_eq!(view(&mut clinic)["outside"], json!(0));
    // A whole object that is gone is named too.
    fs::remove_file(files(&folder.join("trail")).remove(0)).unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
}

#[test]
fn where_much_was_changed_nothing_more_is_written() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.register("Lito", "Salonga");
    order(&mut clinic, "back_up_now", &target);
    let folder = folder(&stick);
    for file in files(&folder).into_iter().filter(|file| !file.ends_with("README.txt")) {
        let length = fs::metadata(&file).unwrap().len();
        fs::write(&file, vec![0x5a; usize::try_from(length).unwrap()]).unwrap();
    }
    clinic.register("Ana", "Lim");
    let before = files(&folder);
    let job = order(&mut clinic, "back_up_now", &target);
    assert_eq!((&job["fault"], job["waits"].is_string()), (&json!("attacked"), true));
    assert_eq!(files(&folder), before);
    let kept = |file: &PathBuf| fs::read(file).unwrap().iter().all(|byte| *byte == 0x5a);
    assert!(files(&folder).iter().filter(|file| !file.ends_with("README.txt")).all(kept));
}

/// One bit in the middle of each of these is another.
fn flip(places: &[PathBuf]) {
    for place in places {
        let mut bytes = fs::read(place).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(place, bytes).unwrap();
    }
}

#[test]
fn all_that_is_damaged_is_named_at_once_and_written_again_by_one_run() {
    let (mut clinic, stick, target) = on_a_stick();
    file(&mut clinic, long_text(300, 1));
    file(&mut clinic, long_text(200_000, 2));
    file(&mut clinic, long_text(300_000, 3));
    order(&mut clinic, "back_up_now", &target);
    let lies = folder(&stick);
    let name = |path: &PathBuf| path.strip_prefix(&lies).unwrap().to_str().unwrap().to_owned();
    let large: Vec<PathBuf> =
        files(&lies.join("files")).into_iter().filter(|path| !path.ends_with("sums")).collect();
    let blobs = files(&lies.join("blobs"));
    // Two that were exchanged, a segment, a slot, one that is gone and one that is flipped.
    let (one, other) = (fs::read(&blobs[0]).unwrap(), fs::read(&blobs[1]).unwrap());
    fs::write(&blobs[0], other).unwrap();
    fs::write(&blobs[1], one).unwrap();
    let log = files(&lies.join("log")).remove(0);
    flip(&[log.clone(), lies.join("slots/sheet"), large[0].clone()]);
    fs::remove_file(&large[1]).unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    let named = |clinic: &mut Clinic| {
        let row = view(clinic)["targets"][0].clone();
        let others = row["others"].as_array().unwrap().iter();
        let mut all: Vec<String> = [&row["damaged"]].into_iter().chain(others).map(text).collect();
        all.sort();
        all
    };
    let mut expected: Vec<String> =
        [&blobs[0], &blobs[1], &log, &large[0], &large[1], &lies.join("slots/sheet")].map(name).into();
    expected.sort();
    assert_eq!(named(&mut clinic), expected);
    assert!(view(&mut clinic)["outside"].as_u64() > Some(0), "what is damaged is no backup");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    let row = view(&mut clinic)["targets"][0].clone();
    assert_eq!((&row["mended"]["count"], &row["others"]), (&json!(6), &json!([])));
    // Without the list of the digests the files are as they were.
    fs::remove_file(lies.join("files/sums")).unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    assert_eq!(named(&mut clinic), ["files/sums"]);
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
}

#[test]
fn a_run_and_a_trial_say_what_they_found_damaged_and_wrote_again() {
    let (mut clinic, stick, target) = on_a_stick();
    file(&mut clinic, long_text(300, 1));
    for name in ["Ana", "Ben", "Cora"] {
        clinic.register(name, "Lim");
        order(&mut clinic, "back_up_now", &target);
    }
    assert_eq!(view(&mut clinic)["targets"][0]["mended"], Value::Null);
    let lies = folder(&stick);
    let hurt = |lies: &Path| {
        let (log, trail) =
            (files(&lies.join("log")).pop().unwrap(), files(&lies.join("trail")).pop().unwrap());
        fs::write(&log, []).unwrap();
        fs::remove_file(&trail).unwrap();
        let blob = files(&lies.join("blobs")).remove(0);
        fs::remove_file(&blob).unwrap();
        let mut names = [blob, log, trail].map(|path| json!(path.strip_prefix(lies).unwrap()));
        names.sort_by_key(ToString::to_string);
        json!(names)
    };
    let gone = hurt(&lies);
    order(&mut clinic, "back_up_now", &target);
    let row = view(&mut clinic)["targets"][0].clone();
    assert_eq!((&row["mended"]["count"], &row["mended"]["objects"]), (&json!(3), &gone), "{row}");
    assert_eq!(row["mended"]["at"], row["last"]["at"]);
    hurt(&lies);
    assert_eq!(order(&mut clinic, "test_restore", &target)["fault"], Value::Null);
    assert_eq!(view(&mut clinic)["tested"]["mended"], json!(3));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
}

#[test]
fn what_was_changed_or_is_gone_counts_as_no_backup_until_it_is_whole_again() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.register("Lito", "Salonga");
    order(&mut clinic, "back_up_now", &target);
    let points = folder(&stick).join("points");
    let away = clinic.folder().join("points-away");
    let look = json!({"target": target, "before": null});
    // Whoever looks at the points sees that they are gone.
    fs::rename(&points, &away).unwrap();
    assert_eq!(clinic.ok("restore_points", look.clone())["rows"], json!([]));
    let shown = view(&mut clinic);
    assert_eq!(shown["outside"], shown["entries"]);
    let row = &shown["targets"][0];
    assert_eq!((&row["state"], &row["damaged"]), (&json!("damaged"), &json!("points/0000002")));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    fs::rename(&away, &points).unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    assert_eq!(view(&mut clinic)["outside"], json!(0));
    // Much of it was changed: a run sees that, and only what is whole again counts.
    let before = contents(&folder(&stick));
    for (place, bytes) in &before {
        fs::write(place, vec![0x5a; bytes.len()]).unwrap();
    }
    assert_eq!(order(&mut clinic, "back_up_now", &target)["fault"], "attacked");
    let shown = view(&mut clinic);
    assert_eq!((&shown["outside"], &shown["targets"][0]["attacked"]), (&shown["entries"], &json!(true)));
    assert_eq!(shown["targets"][0]["state"], "damaged");
    for (place, bytes) in before {
        fs::write(place, bytes).unwrap();
    }
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    let shown = view(&mut clinic);
    assert_eq!((&shown["outside"], &shown["targets"][0]["attacked"]), (&json!(0), &json!(false)));
}
