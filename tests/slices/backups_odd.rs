//! What somebody else lays on a stick: names that no object has, and things that are no files. None of it holds a backup up,
//! each is named, and whatever it holds stays.

use std::fs;
use std::path::{Path, PathBuf};

use app::jobs::work_alone;
use domain::access::Role;
use domain::{Value as Kept, cbor};
use serde_json::{Value, json};
use tests::desk::{Clinic, open_store};

use crate::backups::{add, file, files, folder, long_text, order, view};

/// A clinic with small and large files and several points on a stick, its folder there, and the target.
fn with_points() -> (Clinic, PathBuf, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let stick = clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let target = add(&mut clinic, &stick, "stick");
    file(&mut clinic, long_text(300, 1));
    file(&mut clinic, long_text(200_000, 2));
    for name in ["Ana", "Ben", "Cora", "Dina"] {
        clinic.register(name, "Lim");
        order(&mut clinic, "back_up_now", &target);
    }
    (clinic, folder(&stick), target)
}

fn fault(clinic: &mut Clinic, command: &str, target: &str) -> Value {
    order(clinic, command, target)["fault"].clone()
}

/// The numbers of the points that are listed, with whether each is whole.
fn points(clinic: &mut Clinic, target: &str) -> Vec<(u64, bool)> {
    let page = clinic.ok("restore_points", json!({"target": target, "before": null}));
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["number"].as_u64().unwrap(), row["whole"] == true)).collect()
}

/// Has the workstation remember `what` of its target under these names.
fn remember(clinic: &mut Clinic, names: &[&str], what: Kept) {
    clinic.stop();
    let (mut store, ..) = open_store(clinic);
    let act = store.act().unwrap();
    let mut kept = cbor::decode(&act.local("backup/targets").unwrap().unwrap()).unwrap();
    let first = if let Kept::List(all) = &mut kept { all.first_mut() } else { None };
    let mut member = first.unwrap();
    for name in names {
        let members = if let Kept::Map(members) = member { Some(members) } else { None };
        member = members.unwrap().entry((*name).to_owned()).or_insert(Kept::Null);
    }
    *member = what;
    act.set_local("backup/targets", &cbor::encode(&kept)).unwrap();
    act.commit().unwrap();
    drop(store);
    clinic.restart();
    clinic.seat(Role::Administrator);
}

#[test]
fn a_folder_that_could_not_be_read_for_a_while_stays_where_it_is() {
    let (mut clinic, lies, target) = with_points();
    for folder in ["log", "points", "blobs"] {
        remember(&mut clinic, &["damaged"], Kept::text(folder));
        let before = files(&lies.join(folder)).len();
        clinic.register("Lito", "Salonga");
        assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null, "{folder}");
        assert!(files(&lies.join(folder)).len() >= before, "{folder}");
        assert_eq!(view(&mut clinic)["targets"][0]["mended"], Value::Null, "{folder}");
        assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null, "{folder}");
    }
}

#[test]
fn a_name_that_no_point_has_makes_no_number_larger_and_no_restore_harder() {
    let (mut clinic, lies, target) = with_points();
    let last = points(&mut clinic, &target)[0].0;
    for name in ["9223372036854775807", "9223372036854775808", "18446744073709551615"] {
        fs::write(lies.join("points").join(name), "").unwrap();
    }
    let segment = fs::read(files(&lies.join("log")).remove(0)).unwrap();
    for name in
        ["00000001-18446744073709551615", "18446744073709551615-18446744073709551615", "00000000-00000000"]
    {
        fs::write(lies.join("log").join(name), &segment).unwrap();
    }
    clinic.register("Lito", "Salonga");
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    for job in ["check_backup", "test_restore"] {
        assert_eq!(fault(&mut clinic, job, &target), Value::Null, "{job}");
    }
    assert!(points(&mut clinic, &target)[0].0 <= last + 2, "{last}");
    // A true point under later names, and the name of the next one.
    let next = points(&mut clinic, &target)[0].0 + 1;
    let newest = fs::read(lies.join(format!("points/{:07}", next - 1))).unwrap();
    let strays = [next, 9_999_999].map(|number| lies.join(format!("points/{number:07}")));
    strays.iter().for_each(|stray| fs::write(stray, &newest).unwrap());
    assert_eq!(points(&mut clinic, &target)[..2], [(9_999_999, false), (next, false)]);
    clinic.register("Nena", "Salonga");
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    assert_eq!(fs::read(&strays[0]).unwrap(), newest, "nothing is written over it");
    assert_eq!(fault(&mut clinic, "check_backup", &target), "damaged");
    assert_eq!(view(&mut clinic)["targets"][0]["damaged"], "points/9999999");
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null, "all of them went");
    let numbers: Vec<u64> = points(&mut clinic, &target).into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers[..3], [next + 2, next + 1, next - 1]);
    assert!(points(&mut clinic, &target).iter().all(|(_, whole)| *whole));
}

#[test]
fn a_newest_point_that_is_gone_or_an_older_one_again_is_no_whole_backup() {
    let (mut clinic, lies, target) = with_points();
    let last = points(&mut clinic, &target)[0].0;
    let [newest, before] = [last, last - 1].map(|number| lies.join(format!("points/{number:07}")));
    fs::remove_file(&newest).unwrap();
    assert_eq!(fault(&mut clinic, "check_backup", &target), "damaged");
    assert_eq!(view(&mut clinic)["targets"][0]["damaged"], json!(format!("points/{last:07}")));
    fs::copy(before, newest).unwrap();
    assert_eq!(fault(&mut clinic, "check_backup", &target), "damaged");
    // The number that was used here is not used again.
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null);
    assert_eq!(points(&mut clinic, &target)[0].0, last + 1);
}

#[test]
fn a_number_that_nobody_goes_on_from_leaves_what_lies_there_beside_and_a_backup_begins_anew() {
    let (mut clinic, lies, target) = with_points();
    // An older program counted a stray name, and remembers it as its last.
    remember(&mut clinic, &["last", "point", "number"], Kept::Int(i64::MAX));
    clinic.register("Lito", "Salonga");
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null);
    assert!(points(&mut clinic, &target)[0].0 <= 2, "in a folder of its own");
    let beside = fs::read_dir(lies.parent().unwrap()).unwrap().flatten().map(|entry| entry.file_name());
    assert!(beside.into_iter().any(|name| name.to_str().unwrap().ends_with("-before-1")));
}

/// Puts at `place` what is no file, with something in it where it can hold that.
#[cfg(unix)]
fn spoil(place: &Path, pipe: bool) {
    fs::remove_file(place).unwrap();
    if pipe {
        assert!(std::process::Command::new("mkfifo").arg(place).status().unwrap().success());
    } else {
        fs::create_dir(place).unwrap();
        fs::write(place.join("letter.txt"), "somebody's").unwrap();
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_in_the_place_of_any_object_is_named_and_mended_by_the_next_run() {
    let (mut clinic, lies, target) = with_points();
    let large = files(&lies.join("files")).into_iter().find(|path| !path.ends_with("sums")).unwrap();
    let last = |folder: &str| {
        let mut names =
            files(&lies.join(folder)).into_iter().filter(|path| !path.to_str().unwrap().contains(".aside-"));
        names.next_back().unwrap()
    };
    for (pipe, aside) in [(true, 1), (false, 2)] {
        let point = if pipe { "points/0000001" } else { "points/0000002" };
        for what in ["log", "trail", "blobs", "files/sums", "slots/sheet", point, "large"] {
            // Segments become one from time to time.
            let place = match what {
                "log" | "trail" | "blobs" => last(what),
                "large" => large.clone(),
                _ => lies.join(what),
            };
            let name = place.strip_prefix(&lies).unwrap().to_str().unwrap().to_owned();
            spoil(&place, pipe);
            assert_eq!(fault(&mut clinic, "check_backup", &target), "damaged", "{name}");
            assert_eq!(view(&mut clinic)["targets"][0]["damaged"], json!(name));
            assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null, "{name}");
            assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null, "{name}");
            // What it held stays, under another name.
            let moved = [1, aside].map(|number| lies.join(format!("{name}.aside-{number}/letter.txt")));
            assert!(pipe || moved.iter().any(|moved| moved.is_file()), "{name}");
        }
    }
    // The newest point, which nobody writes again.
    let newest = points(&mut clinic, &target)[0].0;
    spoil(&lies.join(format!("points/{newest:07}")), true);
    assert_eq!(points(&mut clinic, &target)[0], (newest, false));
    assert_eq!(fault(&mut clinic, "test_restore", &target), Value::Null);
    assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null);
}

#[cfg(unix)]
#[test]
fn a_complete_run_mends_what_its_own_reading_finds() {
    let (mut clinic, lies, target) = with_points();
    let large = files(&lies.join("files")).into_iter().find(|path| !path.ends_with("sums")).unwrap();
    let blob = files(&lies.join("blobs")).remove(0);
    let spoiled = [blob, lies.join("points/0000001"), large];
    for place in &spoiled {
        spoil(place, false);
    }
    clinic.ok("back_up_now", json!({"target": target, "complete": true}));
    work_alone(clinic.desk());
    let jobs = clinic.ok("jobs", json!({}));
    let job = jobs["rows"].as_array().unwrap().iter().find(|row| row["kind"] == "complete_backup").unwrap();
    assert_eq!((&job["outcome"], &job["fault"]), (&json!("done"), &Value::Null), "{job}");
    let row = view(&mut clinic)["targets"][0].clone();
    let mended = row["mended"]["objects"].as_array().unwrap();
    for place in spoiled {
        assert!(mended.contains(&json!(place.strip_prefix(&lies).unwrap())), "{row}");
    }
    assert_eq!((&row["damaged"], &row["mended"]["count"]), (&Value::Null, &json!(3)));
    assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null);
}

#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_a_folder_moves_aside_and_what_cannot_is_named() {
    let (mut clinic, lies, target) = with_points();
    fs::remove_dir_all(lies.join("points")).unwrap();
    std::os::unix::fs::symlink("points", lies.join("points")).unwrap();
    assert_ne!(fault(&mut clinic, "check_backup", &target), Value::Null);
    assert_eq!(view(&mut clinic)["targets"][0]["damaged"], "points");
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    assert_eq!(fault(&mut clinic, "check_backup", &target), Value::Null);
    let next = points(&mut clinic, &target)[0].0 + 1;
    // Where it stands beside the place of an object, somebody takes it away.
    let way = lies.join(format!("points/{next:07}.new"));
    fs::create_dir(&way).unwrap();
    clinic.register("Lito", "Salonga");
    assert_eq!(fault(&mut clinic, "back_up_now", &target), "no_file");
    let row = view(&mut clinic)["targets"][0].clone();
    assert_eq!(
        (&row["state"], &row["damaged"]),
        (&json!("damaged"), &json!(format!("points/{next:07}.new")))
    );
    fs::remove_dir(&way).unwrap();
    assert_eq!(fault(&mut clinic, "back_up_now", &target), Value::Null);
    assert_eq!(view(&mut clinic)["outside"], json!(0));
}
