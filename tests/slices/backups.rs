//! Backups by command name: what is new lies somewhere else and reads back, what is damaged is named, and whoever pulls a
//! stick in the middle loses nothing.

use std::fs;
use std::path::{Path, PathBuf};

use app::Code;
use app::jobs::work_alone;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, open_store, text};

const HOUR: u64 = 3_600;

/// The administrator at the desk has backups go to `place`, and the first is made.
pub fn add(clinic: &mut Clinic, place: &Path, sort: &str) -> String {
    let chosen = clinic.desk().chose(place.to_owned()).unwrap();
    let input = json!({"target": null, "name": "Blue", "place": chosen, "sort": sort, "remove": false});
    let view = clinic.ok("edit_targets", input);
    work_alone(clinic.desk());
    text(&view["targets"][0]["id"])
}

/// A clinic with somebody of each role whose backups go to a stick, with the administrator at the desk.
pub fn on_a_stick() -> (Clinic, PathBuf, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let stick = clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let target = add(&mut clinic, &stick, "stick");
    (clinic, stick, target)
}

/// What the page shows.
pub fn view(clinic: &mut Clinic) -> Value {
    clinic.ok("backups", json!({}))
}

/// Orders a job, has it done, and returns how it stands.
pub fn order(clinic: &mut Clinic, command: &str, target: &str) -> Value {
    let mut input = json!({"target": target});
    if command == "back_up_now" {
        input["complete"] = json!(false);
    }
    clinic.ok(command, input);
    work_alone(clinic.desk());
    let kind = if command == "back_up_now" { "back_up" } else { command };
    let jobs = clinic.ok("jobs", json!({}));
    let rows = jobs["rows"].as_array().cloned().unwrap();
    rows.into_iter().find(|row| row["kind"] == kind).unwrap()
}

/// The folder of the installation whose backups lie at `place`.
pub fn folder(place: &Path) -> PathBuf {
    let below = |parent: &Path| {
        let entries = fs::read_dir(parent).unwrap().flatten().map(|entry| entry.path());
        entries.filter(|path| path.is_dir()).collect::<Vec<_>>().remove(0)
    };
    below(&below(&place.join("ClinicDesk")))
}

/// The files below `folder`, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A text of so many bytes.
pub fn long_text(bytes: usize, seed: u64) -> Vec<u8> {
    let line = |line: u64| format!("{line}: {:016x}\n", (line + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut text: Vec<u8> = (0..).map(line).flat_map(String::into_bytes).take(bytes - 1).collect();
    text.push(b'\n');
    text
}

/// The doctor files `bytes` in a new chart; the administrator sits there again. Returns which file it is.
pub fn file(clinic: &mut Clinic, bytes: Vec<u8>) -> Value {
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Gustavo", &format!("Mejía {}", bytes.len()));
    let file = clinic.desk().bring("result.txt".to_owned(), bytes).unwrap();
    let details = json!({"sort": "laboratory", "title": "Result"});
    let input =
        json!({"file": file, "patient": patient, "about": null, "came_by": "file", "details": details});
    let id = clinic.ok("add_file", input)["id"].clone();
    clinic.seat(Role::Administrator);
    id
}

/// The bytes that a copy of a file has; whoever may read the chart sits there.
pub fn saved(clinic: &mut Clinic, file: &Value) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    let place = clinic.desk().chose(copy.clone()).unwrap();
    clinic.ok("save_file", json!({"file": file, "place": place}));
    fs::read(copy).unwrap()
}

/// What lies below `folder`.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files(folder).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

#[test]
fn a_store_that_was_put_back_lets_be_what_only_the_stick_has_and_goes_on_beside_it_once_that_is_here() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    let aside = tempfile::tempdir().unwrap();
    tests::folder::copy(clinic.folder(), aside.path());
    clinic.restart();
    clinic.seat(Role::Administrator);
    clinic.register("Lito", "Salonga");
    order(&mut clinic, "back_up_now", &target);
    clinic.stop();
    tests::folder::put_back(aside.path(), clinic.folder());
    clinic.restart();
    clinic.seat(Role::Administrator);
    let before = contents(&folder(&stick));
    let job = order(&mut clinic, "back_up_now", &target);
    assert_eq!((&job["outcome"], &job["fault"]), (&json!("failed"), &json!("newer")));
    assert_eq!(contents(&folder(&stick)), before, "nothing was written there");
    let back = clinic.ok("restore", json!({"from": target, "mode": "rejoin", "older": false}));
    assert!(back["added"].as_u64() >= Some(1), "{back}");
    let job = order(&mut clinic, "back_up_now", &target);
    assert_eq!((&job["outcome"], &view(&mut clinic)["outside"]), (&json!("done"), &json!(0)), "{job}");
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    let name = |file: &Path| file.file_name().unwrap().to_owned();
    let bytes = |all: &[(PathBuf, Vec<u8>)]| -> Vec<_> {
        all.iter().map(|(file, bytes)| (name(file), bytes.clone())).collect()
    };
    let beside = fs::read_dir(folder(&stick).parent().unwrap()).unwrap().flatten();
    let beside: Vec<PathBuf> = beside.map(|entry| entry.path()).collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
    assert!(beside.iter().any(|folder| bytes(&contents(folder)) == bytes(&before)), "the old one is whole");
}

#[test]
fn a_store_that_went_on_otherwise_goes_on_beside_what_the_stick_has_and_all_of_that_stays() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    let aside = tempfile::tempdir().unwrap();
    tests::folder::copy(clinic.folder(), aside.path());
    clinic.restart();
    clinic.seat(Role::Administrator);
    let entries = |clinic: &mut Clinic| view(clinic)["entries"].as_u64().unwrap();
    let both = entries(&mut clinic);
    for name in ["Lito", "Nena", "Berta"] {
        clinic.register(name, "Salonga");
    }
    order(&mut clinic, "back_up_now", &target);
    let points = clinic.ok("restore_points", json!({"target": target, "before": null}));
    clinic.stop();
    tests::folder::put_back(aside.path(), clinic.folder());
    clinic.restart();
    clinic.seat(Role::Administrator);
    let before = contents(&folder(&stick));
    // Nobody saw that it was put back: other entries have the same numbers now, and fewer.
    clinic.register("Ana", "Lim");
    let job = order(&mut clinic, "back_up_now", &target);
    assert_eq!((&job["outcome"], &job["fault"]), (&json!("done"), &Value::Null), "{job}");
    let row = view(&mut clinic)["targets"][0].clone();
    assert!(row["beside"].is_string() && row["state"] == "verified", "{row}");
    assert_eq!(view(&mut clinic)["outside"], json!(0));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    let beside = fs::read_dir(folder(&stick).parent().unwrap()).unwrap().flatten();
    let beside: Vec<PathBuf> = beside.map(|entry| entry.path()).collect();
    let old = beside.iter().find(|place| place.to_string_lossy().ends_with("-before-1")).unwrap();
    let bytes = |all: Vec<(PathBuf, Vec<u8>)>| all.into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>();
    assert_eq!((beside.len(), bytes(contents(old))), (2, bytes(before)), "nothing of it was touched");
    // What only that one has is brought back on a bare computer.
    let sources = clinic.ok("restore_sources", json!({"from": target}));
    let old = sources["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["installation"].as_str().is_some_and(|name| name.ends_with("-before-1")));
    assert_eq!(old.unwrap()["points"][0]["entries"], points["rows"][0]["entries"], "{sources}");
    // A look says what the restore says, and counts what either side alone has.
    let mut input = json!({"from": target, "installation": old.unwrap()["installation"], "mode": "rejoin"});
    for command in ["plan_restore", "restore"] {
        assert_eq!(clinic.refused(command, input.clone()).fields["reason"], "differs", "{command}");
    }
    let (there, here) = (points["rows"][0]["entries"].as_u64().unwrap(), entries(&mut clinic));
    assert!(both < here && here < there, "{both} {here} {there}");
    input["mode"] = json!("replace");
    let refusal = clinic.refused("plan_restore", input.clone());
    assert_eq!(
        (&refusal.fields["reason"], &refusal.fields["lacking"]),
        (&json!("older"), &json!(here - both))
    );
    input["older"] = json!(true);
    let plan = clinic.ok("plan_restore", input);
    let counted = (&plan["added"], &plan["same"], &plan["lacking"]);
    assert_eq!(counted, (&json!(there - both), &json!(both), &json!(here - both)));
    assert_eq!(plan["new_records"], json!(3), "{plan}");
}

#[test]
fn a_place_that_hangs_holds_neither_the_desk_nor_another_target_nor_whoever_leaves() {
    let (mut clinic, stick, target) = on_a_stick();
    let share = clinic.folder().join("share");
    fs::create_dir(&share).unwrap();
    add(&mut clinic, &share, "folder");
    let entries = |clinic: &mut Clinic, name: &str| {
        let view = view(clinic);
        let rows = view["targets"].as_array().unwrap();
        rows.iter().find(|row| row["sort"] == name).unwrap()["last"]["lacking"].clone()
    };
    // It was unplugged, and what is plugged in does not answer.
    let drawer = clinic.folder().join("drawer");
    fs::rename(&stick, &drawer).unwrap();
    clinic.hangs.set(true);
    clinic.register("Lito", "Salonga");
    clinic.ok("back_up_now", json!({"target": null, "complete": false}));
    work_alone(clinic.desk());
    assert_eq!(entries(&mut clinic, "folder"), json!(0), "the other target has it");
    assert!(entries(&mut clinic, "stick").as_u64() > Some(0));
    assert_eq!(
        clinic.refused("restore_points", json!({"target": target, "before": null})).fields["reason"],
        "gone"
    );
    clinic.register("Nena", "Salonga");
    clinic.ok("sign_out", json!({}));
    clinic.seat(Role::Administrator);
    assert_eq!(entries(&mut clinic, "folder"), json!(0));
    clinic.hangs.set(false);
    fs::rename(&drawer, &stick).unwrap();
    work_alone(clinic.desk());
    assert_eq!(entries(&mut clinic, "stick"), json!(0), "it goes on once it answers");
}

#[test]
fn a_stick_in_a_drawer_is_no_failure_and_has_everything_soon_after_it_is_plugged_in() {
    let (mut clinic, stick, _) = on_a_stick();
    let drawer = clinic.folder().join("drawer");
    fs::rename(&stick, &drawer).unwrap();
    for name in ["Ana", "Ben", "Cora"] {
        clinic.register(name, "Lim");
        clinic.ok("sign_out", json!({}));
        clinic.seat(Role::Administrator);
    }
    let jobs = clinic.ok("jobs", json!({}));
    let job = jobs["rows"].as_array().unwrap().iter().find(|row| row["kind"] == "back_up").unwrap();
    assert_eq!((&job["outcome"], &job["fault"], &job["waits"]), (&json!("done"), &Value::Null, &Value::Null));
    clinic.time.pass(HOUR);
    fs::rename(&drawer, &stick).unwrap();
    work_alone(clinic.desk());
    assert_eq!(view(&mut clinic)["outside"], json!(0));
}

#[test]
fn what_somebody_stopped_does_not_begin_again_at_once() {
    let (mut clinic, _, target) = on_a_stick();
    clinic.register("Lito", "Salonga");
    clinic.time.pass(HOUR);
    clinic.ok("back_up_now", json!({"target": target, "complete": false}));
    clinic.ok("cancel_job", json!({"kind": "back_up", "target": target}));
    work_alone(clinic.desk());
    assert!(view(&mut clinic)["outside"].as_u64() > Some(0));
    clinic.time.pass(16 * 60);
    work_alone(clinic.desk());
    assert_eq!(view(&mut clinic)["outside"], json!(0));
}

#[test]
fn files_are_in_the_backup_are_tried_out_and_those_filed_or_gone_since_are_no_damage() {
    let (mut clinic, stick, target) = on_a_stick();
    let (small, large) = (long_text(300, 1), long_text(200_000, 2));
    file(&mut clinic, small.clone());
    file(&mut clinic, large);
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(view(&mut clinic)["targets"][0]["last"]["files"], json!(2));
    assert_eq!(order(&mut clinic, "test_restore", &target)["fault"], Value::Null);
    assert_eq!(view(&mut clinic)["tested"]["files"], json!(2));
    // One makes room, another is filed: as many as before.
    clinic.stop();
    let (mut store, ..) = open_store(&clinic);
    let act = store.act().unwrap();
    act.forget_blob(&crypto::sha256(&[&small])).unwrap();
    act.commit().unwrap();
    drop(store);
    clinic.restart();
    file(&mut clinic, long_text(400, 3));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
    // Nobody who leaves waits for a large one: the next run takes it.
    file(&mut clinic, long_text(300_000, 4));
    clinic.ok("sign_out", json!({}));
    let large_there = || files(&folder(&stick).join("files")).len() - 1;
    assert_eq!(large_there(), 1);
    clinic.seat(Role::Administrator);
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(large_there(), 2);
    // A list that does not read is told, and made anew.
    let sums = folder(&stick).join("files/sums");
    fs::write(&sums, [0xff, 0xfe]).unwrap();
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], "damaged");
    assert_eq!(view(&mut clinic)["targets"][0]["damaged"], "files/sums");
    order(&mut clinic, "back_up_now", &target);
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
}

#[test]
fn what_is_new_is_backed_up_and_read_back_and_costs_what_is_new() {
    let (mut clinic, stick, target) = on_a_stick();
    let first = view(&mut clinic);
    let row = &first["targets"][0];
    assert_eq!((&row["state"], &row["last"]["lacking"]), (&json!("verified"), &json!(0)), "{first}");
    assert_eq!((&first["outside"], &first["alarm"]), (&json!(0), &Value::Null));
    assert_eq!(row["last"]["entries"], first["entries"]);
    assert_eq!(row["same_disk"], json!(true), "it lies beside the records, and that is told");
    clinic.register("Lito", "Salonga");
    let with_news = view(&mut clinic);
    assert!(with_news["outside"].as_u64() >= Some(1) && with_news["outside_since"].is_string());
    let job = order(&mut clinic, "back_up_now", &target);
    assert_eq!((&job["outcome"], &job["fault"]), (&json!("done"), &Value::Null));
    let second = view(&mut clinic);
    assert_eq!(second["outside"], json!(0));
    let bytes = |view: &Value| view["targets"][0]["last"]["bytes"].as_u64().unwrap();
    assert!(bytes(&second) < bytes(&first), "{} {}", bytes(&second), bytes(&first));
    let points = clinic.ok("restore_points", json!({"target": target, "before": null}));
    let numbers: Vec<&Value> = points["rows"].as_array().unwrap().iter().map(|row| &row["number"]).collect();
    assert_eq!(numbers, [&json!(2), &json!(1)]);
    assert!(points["rows"].as_array().unwrap().iter().all(|row| row["whole"] == true));
    // Nobody reads in it who has not the papers.
    for file in files(&folder(&stick)) {
        let bytes = fs::read(&file).unwrap();
        let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        assert!(!holds(b"Salonga") && !holds(b"Reyes"), "{}", file.display());
    }
}

#[test]
fn a_run_that_is_cut_off_leaves_the_point_before_whole_and_the_next_goes_on() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.register("Lito", "Salonga");
    // Something in the way of the point: all that comes before it was written.
    let way = folder(&stick).join("points/0000002.new");
    fs::create_dir(&way).unwrap();
    fs::write(way.join("in the way"), "").unwrap();
    let job = order(&mut clinic, "back_up_now", &target);
    assert_eq!((&job["outcome"], &job["fault"]), (&json!("failed"), &json!("no_file")));
    assert!(view(&mut clinic)["outside"].as_u64() >= Some(1), "what has no point is in no backup");
    assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done");
    fs::remove_dir_all(&way).unwrap();
    // Pulled: whoever asks is told at once, and nothing waits for it in secret.
    let drawer = clinic.folder().join("drawer");
    fs::rename(&stick, &drawer).unwrap();
    let one = json!({"target": target});
    for (order, input) in [
        ("back_up_now", json!({"target": target, "complete": false})),
        ("back_up_now", json!({"target": null, "complete": true})),
        ("check_backup", one.clone()),
        ("test_restore", one),
    ] {
        let refused = clinic.refused(order, input);
        assert_eq!((refused.code, &refused.fields["reason"]), (Code::NotBackedUp, &json!("gone")), "{order}");
    }
    let jobs = clinic.ok("jobs", json!({}));
    assert!(jobs["rows"].as_array().unwrap().iter().all(|row| row["asked"] == false), "{jobs}");
    assert_eq!(
        clinic.refused("restore_points", json!({"target": target, "before": null})).fields["reason"],
        "gone"
    );
    // Plugged in again, under another name.
    let again = clinic.sticks().join("usb1");
    fs::rename(&drawer, &again).unwrap();
    assert_eq!(order(&mut clinic, "back_up_now", &target)["outcome"], "done");
    assert_eq!(view(&mut clinic)["outside"], json!(0));
    assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done");
    let points = clinic.ok("restore_points", json!({"target": target, "before": null}));
    assert_eq!(points["rows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_place_that_cannot_hold_a_backup_is_refused_with_the_reason() {
    let (mut clinic, stick, _) = on_a_stick();
    let mut choose = |place: &Path, name: &str| {
        let chosen = clinic.desk().chose(place.to_owned()).unwrap();
        let input = json!({"target": null, "name": name, "place": chosen, "sort": "folder", "remove": false});
        clinic.refused("edit_targets", input)
    };
    let gone = choose(Path::new("/nowhere/at/all"), "Share");
    assert_eq!((gone.code, &gone.fields["reason"]), (Code::NotBackedUp, &json!("gone")));
    let nameless = choose(&stick, " ");
    assert_eq!((nameless.code, &nameless.fields["field"]), (Code::Missing, &json!("name")));
    let never_chosen =
        json!({"target": null, "name": "Share", "place": "7", "sort": "folder", "remove": false});
    assert_eq!(clinic.refused("edit_targets", never_chosen).fields["field"], "place");
    // Another clinic's stick.
    let mut other = Clinic::on_line(tests::desk::unplugged(), 7).founded_anew();
    let chosen = other.desk().chose(stick).unwrap();
    let input = json!({"target": null, "name": "Blue", "place": chosen, "sort": "stick", "remove": false});
    assert_eq!(other.refused("edit_targets", input).fields["reason"], "elsewhere");
    let input = json!({"target": null, "name": "Server", "place": null, "sort": "server", "remove": false});
    assert_eq!(other.refused("edit_targets", input).code, Code::NotAttached, "it has no server");
    let none = other.refused("back_up_now", json!({"target": null, "complete": false}));
    assert_eq!((none.code, &none.fields["reason"]), (Code::NotBackedUp, &json!("no_target")));
    assert_eq!(view(&mut other)["alarm"], "no_target");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_without_room_or_locked_is_told_and_what_lies_there_stays_whole() {
    use crate::storage::SmallDisk;
    let Some(disk) = SmallDisk::empty(4) else { return };
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let target = add(&mut clinic, disk.path(), "folder");
    let row = view(&mut clinic)["targets"][0].clone();
    assert_eq!((&row["state"], &row["same_disk"]), (&json!("verified"), &json!(false)));
    clinic.register("Lito", "Salonga");
    disk.fill(0);
    assert_eq!(order(&mut clinic, "back_up_now", &target)["fault"], "full");
    assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done");
    fs::remove_file(disk.path().join("filler")).unwrap();
    disk.lock();
    assert_eq!(order(&mut clinic, "back_up_now", &target)["fault"], "read_only");
    let row = view(&mut clinic)["targets"][0].clone();
    assert_eq!((&row["state"], &row["fault"]), (&json!("failed"), &json!("read_only")));
    assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done");
}

#[test]
fn it_is_the_age_of_what_is_in_no_backup_that_is_told_and_a_closed_clinic_has_none() {
    let (mut clinic, stick, _) = on_a_stick();
    clinic.register("Lito", "Salonga");
    // Signing out backs up what is new: a closed store does not change.
    clinic.ok("sign_out", json!({}));
    clinic.time.pass(90 * HOUR);
    clinic.seat(Role::Administrator);
    let monday = view(&mut clinic);
    assert_eq!((&monday["outside"], &monday["alarm"]), (&json!(0), &Value::Null), "{monday}");
    fs::rename(&stick, clinic.folder().join("drawer")).unwrap();
    for name in ["Ana", "Ben", "Cora"] {
        clinic.register(name, "Lim");
    }
    let alarm = |clinic: &mut Clinic, hours: u64| {
        clinic.time.pass(hours * HOUR);
        work_alone(clinic.desk());
        view(clinic)["alarm"].clone()
    };
    assert_eq!(alarm(&mut clinic, 25), Value::Null);
    assert_eq!(alarm(&mut clinic, 2), "late");
    assert_eq!(alarm(&mut clinic, 48), "overdue");
    assert_eq!(clinic.ok("status", json!({}))["backup"], "overdue", "the top bar says so too");
    clinic.seat(Role::Nurse);
    assert_eq!(
        clinic.ok("status", json!({}))["backup"],
        Value::Null,
        "to whom it is no business it does not"
    );
    clinic.seat(Role::Administrator);
    assert!(view(&mut clinic)["outside"].as_u64() >= Some(3));
    // In a drawer it is nothing to be told of; for weeks it is.
    assert_eq!(view(&mut clinic)["targets"][0]["state"], "verified");
    clinic.time.pass(14 * 24 * HOUR);
    let row = view(&mut clinic)["targets"][0].clone();
    assert_eq!(row["state"], "not_seen");
    assert!(row["unseen_days"].as_u64() >= Some(14));
}

#[test]
fn what_is_new_is_backed_up_by_itself_after_the_minutes_that_were_chosen() {
    let (mut clinic, _, _) = on_a_stick();
    let outside = |clinic: &mut Clinic, seconds: u64| {
        clinic.time.pass(seconds);
        work_alone(clinic.desk());
        view(clinic)["outside"].as_u64().unwrap()
    };
    clinic.register("Lito", "Salonga");
    assert!(outside(&mut clinic, 14 * 60) > 0);
    assert_eq!(outside(&mut clinic, 2 * 60), 0);
    let mut every = |level: &str, value: u64| {
        let input = json!({"name": "backup.every", "level": level, "value": value, "version": null});
        clinic.call("set_setting", input)
    };
    assert_eq!(every("clinic", 4).unwrap_err().fields["field"], "value");
    every("clinic", 120).unwrap();
    every("workstation", 60).unwrap();
    let settings = clinic.ok("settings", json!({}));
    assert_eq!((&settings["rows"][0]["value"], &settings["rows"][0]["default"]), (&json!(60), &json!(15)));
    assert_eq!(settings["rows"][0]["chosen"][0]["level"], "workstation");
    clinic.time.pass(HOUR);
    work_alone(clinic.desk());
    clinic.register("Ana", "Lim");
    assert!(outside(&mut clinic, 50 * 60) > 0);
    assert_eq!(outside(&mut clinic, 11 * 60), 0);
    let unknown = json!({"name": "nothing.known", "level": "clinic", "value": 7, "version": null});
    assert_eq!(clinic.refused("set_setting", unknown).fields["field"], "name");
}

#[test]
fn a_backup_is_tried_out_by_restoring_it_and_a_person_signs_that_off() {
    let (mut clinic, stick, target) = on_a_stick();
    clinic.register("Lito", "Salonga");
    let sign = json!({"target": target, "note": null});
    assert_eq!(clinic.refused("sign_rehearsal", sign.clone()).code, Code::NotFound);
    assert_eq!(order(&mut clinic, "test_restore", &target)["outcome"], "done");
    let tested = view(&mut clinic)["tested"].clone();
    assert_eq!((&tested["differences"], &tested["fault"]), (&json!(0), &Value::Null), "{tested}");
    assert_eq!(tested["entries"], view(&mut clinic)["entries"]);
    assert!(tested["records"].as_u64() > Some(10));
    assert!(!clinic.folder().join("rehearsal").exists(), "nothing of it stays");
    clinic.ok("sign_rehearsal", sign.clone());
    assert_eq!(view(&mut clinic)["tested"]["signed"], true);
    assert_eq!(clinic.refused("sign_rehearsal", sign).code, Code::NotFound);
    // What is damaged is written again before it is tried, and is told.
    let segment = files(&folder(&stick).join("log")).remove(0);
    let mut bytes = fs::read(&segment).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&segment, bytes).unwrap();
    assert_eq!(order(&mut clinic, "test_restore", &target)["fault"], Value::Null);
    let tested = view(&mut clinic)["tested"].clone();
    assert_eq!((&tested["fault"], &tested["mended"]), (&Value::Null, &json!(1)));
    assert_eq!(order(&mut clinic, "check_backup", &target)["fault"], Value::Null);
}

#[test]
fn a_trial_runs_by_itself_once_a_week_when_nobody_types() {
    // The clock of the tests stands on a Sunday: that week's Friday noon has passed.
    let (mut clinic, _, _) = on_a_stick();
    assert_eq!(view(&mut clinic)["tested"], Value::Null, "somebody typed just now");
    clinic.time.pass(HOUR);
    work_alone(clinic.desk());
    let first = view(&mut clinic)["tested"].clone();
    assert_eq!((&first["fault"], &first["differences"]), (&Value::Null, &json!(0)), "{first}");
    clinic.time.pass(24 * HOUR);
    work_alone(clinic.desk());
    assert_eq!(view(&mut clinic)["tested"], first);
    clinic.time.pass(6 * 24 * HOUR);
    work_alone(clinic.desk());
    assert_ne!(view(&mut clinic)["tested"]["at"], first["at"]);
}

#[test]
fn many_short_segments_become_one_and_older_points_stay_whole() {
    let (mut clinic, stick, target) = on_a_stick();
    for number in 0..20 {
        clinic.register("Lito", &format!("Salonga {number}"));
        order(&mut clinic, "back_up_now", &target);
    }
    let segments = files(&folder(&stick).join("log")).len();
    assert!(segments < 17, "{segments}");
    let points = clinic.ok("restore_points", json!({"target": target, "before": null}));
    let rows = points["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 21);
    assert!(rows.iter().all(|row| row["whole"] == true), "{points}");
    assert_eq!(order(&mut clinic, "check_backup", &target)["outcome"], "done");
}

#[test]
fn a_target_is_renamed_and_taken_away_and_what_lies_there_stays() {
    let (mut clinic, stick, target) = on_a_stick();
    let edit = |name: Value, remove: bool| json!({"target": target, "name": name, "place": null, "sort": null, "remove": remove});
    let renamed = clinic.ok("edit_targets", edit(json!("Red"), false));
    assert_eq!(renamed["targets"][0]["name"], "Red");
    let cancelled = json!({"kind": "back_up", "target": target});
    assert_eq!(clinic.refused("cancel_job", cancelled.clone()).code, Code::NotFound);
    clinic.ok("back_up_now", json!({"target": null, "complete": false}));
    clinic.ok("cancel_job", cancelled);
    assert_eq!(clinic.ok("jobs", json!({}))["rows"][0]["asked"], false);
    let none = clinic.ok("edit_targets", edit(Value::Null, true));
    assert_eq!(none["targets"], json!([]));
    assert!(!files(&folder(&stick)).is_empty());
    assert_eq!(clinic.refused("edit_targets", edit(json!("Blue"), false)).code, Code::NotFound);
    assert_eq!(clinic.refused("check_backup", json!({"target": target})).code, Code::NotFound);
    // Only whoever may change targets learns where they are.
    add(&mut clinic, &stick, "stick");
    assert!(view(&mut clinic)["targets"][0]["place"].is_string());
    clinic.seat(Role::Nurse);
    assert_eq!(view(&mut clinic)["targets"][0]["place"], Value::Null);
}

#[test]
fn a_copy_of_a_target_is_no_other_one_and_a_target_that_was_moved_goes_on() {
    let (mut clinic, stick, target) = on_a_stick();
    let place = tempfile::tempdir().unwrap();
    let copied = place.path().join("copy");
    tests::folder::copy(&stick, &copied);
    let choose = |clinic: &mut Clinic, place: &Path| {
        let chosen = clinic.desk().chose(place.to_owned()).unwrap();
        json!({"target": null, "name": "Green", "place": chosen, "sort": "stick", "remove": false})
    };
    let input = choose(&mut clinic, &copied);
    let refused = clinic.refused("edit_targets", input);
    let said = (&refused.fields["reason"], &refused.fields["name"]);
    assert_eq!((refused.code, said), (Code::NotBackedUp, (&json!("copied"), &json!("Blue"))));
    assert_eq!(view(&mut clinic)["targets"][0]["name"], "Blue");
    let before = view(&mut clinic)["targets"][0]["last"].clone();
    fs::remove_dir_all(&stick).unwrap();
    let input = choose(&mut clinic, &copied);
    let rows = clinic.ok("edit_targets", input)["targets"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!((&rows[0]["id"], &rows[0]["name"]), (&json!(target), &json!("Green")));
    assert_eq!(rows[0]["last"], before, "what it holds is known");
}

#[test]
fn points_are_thinned_by_the_moments_they_tell_and_not_by_the_days_of_a_copy() {
    let (mut clinic, stick, target) = on_a_stick();
    let complete = |clinic: &mut Clinic| {
        clinic.ok("back_up_now", json!({"target": target, "complete": true}));
        work_alone(clinic.desk());
        files(&folder(&stick).join("points"))
    };
    for _ in 0..3 {
        clinic.time.pass(HOUR);
        complete(&mut clinic);
    }
    let points = complete(&mut clinic);
    // All of them look as if they were made on one day long ago.
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(86_400);
    for point in &points {
        fs::File::open(point).unwrap().set_modified(long_ago).unwrap();
    }
    assert_eq!(complete(&mut clinic).len(), points.len() + 1);
    for point in &points {
        fs::File::open(point).unwrap().set_modified(long_ago).unwrap();
    }
    clinic.time.pass(40 * 24 * HOUR);
    assert!(complete(&mut clinic).len() < points.len(), "of days that are gone by the last one stays");
}
