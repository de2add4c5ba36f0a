//! A computer burns with entries that the server has not heard of: its backup brings them back, and they reach everybody with
//! their authors' signatures, whoever carries them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::Code;
use app::jobs::work_alone;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

use crate::files::{result, scan};
use crate::line::Line;
use crate::put_back::{allergic, allergies};
use crate::world::{Server, Workstation, now, text};

/// Two workstations, of which the first has burned after a backup: nobody but that has its last allergy.
struct Burned {
    _server: Server,
    /// What holds the stick.
    _one: Workstation,
    two: Workstation,
    patient: String,
    stick: PathBuf,
    sheet: String,
}

fn burned() -> Burned {
    burned_with(|_, _| ()).0
}

/// The same, where the doctor did `more` before the backup, without a line.
fn burned_with<T>(more: impl FnOnce(&mut Workstation, &str) -> T) -> (Burned, T) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Administrator);
    let sheet = sheet_of(&mut one);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    allergic(&mut one, &patient, "Known to all");
    one.sync();
    two.clinic.seat(Role::Doctor);
    two.sync();
    one.line.cut(true);
    allergic(&mut one, &patient, "Unsent");
    let done = more(&mut one, &patient);
    let stick = backed_up(&mut one);
    one.clinic.stop();
    (Burned { _server: server, _one: one, two, patient, stick, sheet }, done)
}

/// A new stick with a backup of all that is here; the administrator sits here then.
fn backed_up(workstation: &mut Workstation) -> PathBuf {
    let clinic = &mut workstation.clinic;
    clinic.seat(Role::Administrator);
    let stick = clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let place = clinic.desk().chose(stick.clone()).unwrap();
    let input = json!({"target": null, "name": "Blue", "place": place, "sort": "stick", "remove": false});
    clinic.ok("edit_targets", input);
    work_alone(clinic.desk());
    stick
}

/// A new recovery sheet of a workstation where an administrator sits.
fn sheet_of(workstation: &mut Workstation) -> String {
    let papers = workstation.clinic.ok("new_sheet", json!({}));
    let lines: Vec<String> = papers["sheet"].as_array().unwrap().iter().map(text).collect();
    lines.join("\n")
}

/// Files a small and a large result and a scan.
fn filed(workstation: &mut Workstation, patient: &str) -> Files {
    workstation.file(patient, "small.txt", result(300));
    workstation.file(patient, "large.txt", result(200_000));
    workstation.file(patient, "scan.png", scan());
    opened(workstation, patient)
}

/// The bytes of each file by its title, and those of its small picture; none of what is not here.
type Files = BTreeMap<String, Option<(Vec<u8>, Option<Vec<u8>>)>>;

fn opened(workstation: &mut Workstation, patient: &str) -> Files {
    let rows = workstation.clinic.ok("files", json!({"patient": patient}))["rows"].clone();
    let mut open = |row: &Value| {
        if row["state"]["at"] != "here" {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("copy");
        let place = workstation.clinic.desk().chose(out.clone()).unwrap();
        workstation.clinic.ok("save_file", json!({"file": row["id"], "place": place}));
        let thumb = row["thumb"].as_str().map(|id| workstation.clinic.desk().picture(id).unwrap().bytes);
        Some((fs::read(out).unwrap(), thumb))
    };
    rows.as_array().unwrap().iter().map(|row| (text(&row["title"]), open(row))).collect()
}

/// The stick and the sheet on a bare computer, let in by the administrator.
fn on_a_bare_computer(burned: &Burned) -> Workstation {
    bare(&burned.stick, &burned.sheet, 900_000)
}

fn bare(stick: &Path, sheet: &str, seed: u64) -> Workstation {
    let mut here = not_let_in(stick, sheet, seed);
    here.clinic.ok("rejoin", json!({"other_runs": false}));
    here
}

/// The same, with the administrator at a desk that only reads.
fn not_let_in(stick: &Path, sheet: &str, seed: u64) -> Workstation {
    let line = Arc::new(Line::default());
    let mut clinic = Clinic::on_line(line.clone(), seed);
    clinic.time.set_wall(now());
    let from = clinic.desk().chose(stick.to_owned()).unwrap();
    clinic.ok("restore_here", json!({"from": from, "papers": sheet, "check": false}));
    clinic.seat(Role::Administrator);
    Workstation { clinic, line }
}

/// The stick and the sheet on a bare computer that reaches no server, let in there all the same.
fn cut_off(stick: &Path, sheet: &str, seed: u64) -> Workstation {
    let mut here = not_let_in(stick, sheet, seed);
    here.line.cut(true);
    assert_eq!(here.clinic.ok("rejoin", json!({"other_runs": false}))["server_waits"], true);
    here
}

/// The same, where the computer that was restored without a network burned too, before the server met it: that one, which keeps
/// its folders, and its stick.
fn burned_again() -> (Burned, Workstation, PathBuf) {
    let burned = burned();
    let mut here = cut_off(&burned.stick, &burned.sheet, 900_000);
    here.clinic.seat(Role::Doctor);
    allergic(&mut here, &burned.patient, "Without a line");
    let stick = backed_up(&mut here);
    here.clinic.stop();
    (burned, here, stick)
}

fn sorted(workstation: &mut Workstation, patient: &str) -> Vec<String> {
    let mut known = allergies(workstation, patient);
    known.sort();
    known
}

/// Who wrote the allergy to `substance` first, and whether anybody wrote it again.
fn author(workstation: &mut Workstation, patient: &str, substance: &str) -> (String, Value) {
    let rows = workstation.clinic.ok("allergies", json!({"patient": patient}))["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["details"]["substance"] == substance).unwrap();
    let history = workstation.clinic.ok("history", json!({"record": row["id"]}));
    (text(&history["steps"][0]["who"]), history["steps"][0]["repeats"].clone())
}

fn is_whole(workstation: &mut Workstation) {
    let status = workstation.status();
    assert_eq!(
        (&status["trouble"], &status["waiting"], &status["findings"]),
        (&json!(null), &json!(0), &json!([]))
    );
    assert_eq!(workstation.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    assert_eq!(workstation.clinic.ok("check_log", json!({}))["faults"], json!([]));
}

#[test]
fn the_unsent_entries_of_a_burned_computer_reach_everybody_from_the_one_that_was_restored() {
    let mut burned = burned();
    let mut here = on_a_bare_computer(&burned);
    here.sync();
    burned.two.sync();
    here.clinic.seat(Role::Doctor);
    // Their key for certificates here is new.
    here.sync();
    for workstation in [&mut here, &mut burned.two] {
        assert_eq!(sorted(workstation, &burned.patient), ["Known to all", "Unsent"]);
        let (who, repeats) = author(workstation, &burned.patient, "Unsent");
        assert_eq!((who.as_str(), repeats), ("Ana doctor", Value::Null), "nobody had to write it again");
        is_whole(workstation);
    }
    // It goes on under its own name.
    allergic(&mut here, &burned.patient, "After the fire");
    here.sync();
    burned.two.sync();
    assert_eq!(sorted(&mut burned.two, &burned.patient), ["After the fire", "Known to all", "Unsent"]);
    here.clinic.seat(Role::Administrator);
    let rows = here.clinic.ok("workstations", json!({}))["rows"].clone();
    let this = rows.as_array().unwrap().iter().find(|row| row["this"] == true).unwrap();
    assert!(this["follows"].is_string(), "{rows}");
}

#[test]
fn a_computer_that_is_restored_without_a_network_is_written_on_at_once_and_all_of_it_reaches_everybody() {
    let mut burned = burned();
    let mut here = cut_off(&burned.stick, &burned.sheet, 900_000);
    here.clinic.seat(Role::Doctor);
    allergic(&mut here, &burned.patient, "Without a line");
    assert_eq!(here.try_sync().unwrap_err().code, Code::Offline);
    assert_eq!(here.status()["trouble"]["code"], "offline");
    here.line.cut(false);
    // The answer to its introduction is lost: it introduces itself once more.
    here.line.lose(1);
    assert_eq!(here.try_sync().unwrap_err().code, Code::Offline);
    here.sync();
    burned.two.sync();
    for workstation in [&mut here, &mut burned.two] {
        assert_eq!(sorted(workstation, &burned.patient), ["Known to all", "Unsent", "Without a line"]);
        is_whole(workstation);
    }
}

#[test]
fn a_let_in_whose_answer_is_lost_holds_and_the_server_knows_it_by_the_same_name() {
    let mut burned = burned();
    let mut here = not_let_in(&burned.stick, &burned.sheet, 900_000);
    here.line.lose(1);
    assert_eq!(here.clinic.ok("rejoin", json!({"other_runs": false}))["server_waits"], true);
    here.sync();
    burned.two.sync();
    burned.two.clinic.seat(Role::Doctor);
    assert_eq!(sorted(&mut burned.two, &burned.patient), ["Known to all", "Unsent"]);
    here.clinic.seat(Role::Doctor);
    here.sync();
    is_whole(&mut here);
}

#[test]
fn where_the_server_does_not_take_the_leave_that_was_given_away_from_it_an_administrator_gives_it_anew() {
    let hired = |one: &mut Workstation, _: &str| {
        one.clinic.seat(Role::Administrator);
        one.clinic.employ("hired.unsent", Role::Administrator);
    };
    let (mut burned, ()) = burned_with(hired);
    let mut here = not_let_in(&burned.stick, &burned.sheet, 900_000);
    here.line.cut(true);
    // The server has never heard of them.
    here.clinic.sit("hired.unsent");
    assert_eq!(here.clinic.ok("rejoin", json!({"other_runs": false}))["server_waits"], true);
    here.clinic.seat(Role::Doctor);
    allergic(&mut here, &burned.patient, "Without a line");
    here.line.cut(false);
    let refused = here.try_sync().unwrap_err();
    assert_eq!(
        (refused.code, &refused.fields["reason"]),
        (Code::ServerRefused, &json!("unknown_workstation"))
    );
    here.clinic.seat(Role::Administrator);
    here.clinic.ok("introduce_again", json!({}));
    here.sync();
    burned.two.sync();
    assert_eq!(sorted(&mut burned.two, &burned.patient), ["Known to all", "Unsent", "Without a line"]);
}

#[test]
fn what_a_computer_wrote_that_burned_before_the_server_met_it_reaches_everybody_whoever_takes_it_in() {
    let (mut burned, _kept, stick) = burned_again();
    let known = ["Known to all", "Unsent", "Without a line"];
    // A colleague's computer carries both logs ..
    burned.two.clinic.seat(Role::Administrator);
    let from = burned.two.clinic.desk().chose(stick.clone()).unwrap();
    let input = json!({"from": from, "papers": burned.sheet, "mode": "rejoin", "older": false});
    assert!(burned.two.clinic.ok("restore", input)["added"].as_u64() >= Some(2));
    burned.two.clinic.seat(Role::Doctor);
    burned.two.sync();
    assert_eq!(sorted(&mut burned.two, &burned.patient), known);
    is_whole(&mut burned.two);
    // .. and so does the next one that is restored.
    let mut again = bare(&stick, &burned.sheet, 1_200_000);
    again.sync();
    again.clinic.seat(Role::Doctor);
    again.sync();
    assert_eq!(sorted(&mut again, &burned.patient), known);
    is_whole(&mut again);
}

#[test]
fn the_next_computer_that_is_restored_introduces_the_one_that_burned_before_the_server_met_it() {
    let (mut burned, _kept, stick) = burned_again();
    let mut again = bare(&stick, &burned.sheet, 1_200_000);
    again.sync();
    burned.two.sync();
    burned.two.clinic.seat(Role::Doctor);
    assert_eq!(sorted(&mut burned.two, &burned.patient), ["Known to all", "Unsent", "Without a line"]);
    is_whole(&mut burned.two);
}

#[test]
fn a_colleagues_computer_takes_the_backup_in_and_carries_it_and_twice_changes_nothing() {
    let mut burned = burned();
    burned.two.clinic.seat(Role::Administrator);
    let rejoin = |two: &mut Workstation, command: &str, stick: &PathBuf, sheet: &str| {
        let from = two.clinic.desk().chose(stick.clone()).unwrap();
        two.clinic.ok(command, json!({"from": from, "papers": sheet, "mode": "rejoin", "older": false}))
    };
    let plan = rejoin(&mut burned.two, "plan_restore", &burned.stick, &burned.sheet);
    assert!(plan["added"].as_u64() >= Some(1) && plan["new_records"].as_u64() >= Some(1), "{plan}");
    let taken = rejoin(&mut burned.two, "restore", &burned.stick, &burned.sheet);
    assert_eq!(taken["added"], plan["added"]);
    assert_eq!(rejoin(&mut burned.two, "restore", &burned.stick, &burned.sheet)["added"], json!(0));
    burned.two.clinic.seat(Role::Doctor);
    assert_eq!(sorted(&mut burned.two, &burned.patient), ["Known to all", "Unsent"]);
    burned.two.sync();
    is_whole(&mut burned.two);
    // The same backup on a bare computer too: nothing is there twice anywhere.
    let mut here = on_a_bare_computer(&burned);
    here.sync();
    burned.two.sync();
    here.clinic.seat(Role::Doctor);
    // Their key for certificates here is new.
    here.sync();
    for workstation in [&mut here, &mut burned.two] {
        assert_eq!(sorted(workstation, &burned.patient), ["Known to all", "Unsent"]);
        is_whole(workstation);
    }
}

/// The large files that lie on the stick.
fn large_files(stick: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![stick.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let is_large = path.parent().and_then(Path::parent).is_some_and(|files| files.ends_with("files"));
            if path.is_dir() {
                folders.push(path);
            } else if is_large {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn a_colleagues_computer_takes_in_the_files_of_a_burned_one_and_tells_how_many_were_not_there() {
    let (mut burned, before) = burned_with(filed);
    // One is not on the stick.
    let large = large_files(&burned.stick).into_iter().find(|path| is_of(path, 200_000)).unwrap();
    let away = burned.stick.join("away");
    fs::rename(&large, &away).unwrap();
    burned.two.clinic.seat(Role::Administrator);
    let rejoin = |two: &mut Workstation| {
        let from = two.clinic.desk().chose(burned.stick.clone()).unwrap();
        let input = json!({"from": from, "papers": burned.sheet, "mode": "rejoin", "older": false});
        two.clinic.ok("restore", input)
    };
    let restored = rejoin(&mut burned.two);
    assert!(restored["added"].as_u64() >= Some(4) && restored["files_missing"] == 1, "{restored}");
    burned.two.clinic.seat(Role::Doctor);
    let taken = opened(&mut burned.two, &burned.patient);
    assert!(taken["large.txt"].is_none());
    assert!(["small.txt", "scan.png"].iter().all(|name| taken[*name] == before[*name]));
    // It is found, and the same is done again.
    fs::rename(&away, &large).unwrap();
    burned.two.clinic.seat(Role::Administrator);
    let restored = rejoin(&mut burned.two);
    assert_eq!((&restored["added"], &restored["files_missing"]), (&json!(0), &json!(0)));
    burned.two.clinic.seat(Role::Doctor);
    assert!(opened(&mut burned.two, &burned.patient) == before);
    burned.two.sync();
    is_whole(&mut burned.two);
}

/// Whether a large file holds so many bytes, sealed.
fn is_of(path: &Path, bytes: u64) -> bool {
    let sealed = bytes + 16 * bytes.div_ceil(64 << 10);
    fs::metadata(path).unwrap().len() == sealed
}

#[test]
fn another_computers_backup_replaces_the_store_here_and_its_sheet_opens_what_comes_of_it() {
    let (mut burned, before) = burned_with(filed);
    burned.two.clinic.seat(Role::Administrator);
    let own_sheet = sheet_of(&mut burned.two);
    let known = |stick: &Path| {
        let mut bare = Clinic::on_line(Arc::new(Line::default()), 300_000);
        let from = bare.desk().chose(stick.to_owned()).unwrap();
        let sources = bare.ok("restore_sources_here", json!({"from": from}));
        let names = sources["rows"].as_array().unwrap().iter().map(|row| text(&row["installation"]));
        names.collect::<Vec<_>>()
    };
    let former = known(&burned.stick);
    let from = burned.two.clinic.desk().chose(burned.stick.clone()).unwrap();
    let input = json!({"from": from, "papers": burned.sheet, "mode": "replace", "older": true});
    let restored = burned.two.clinic.ok("restore", input);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(0), &json!([])));
    burned.two.clinic.stop();
    burned.two.clinic.restart();
    burned.two.clinic.seat(Role::Administrator);
    burned.two.clinic.ok("rejoin", json!({"other_runs": false}));
    burned.two.clinic.seat(Role::Doctor);
    assert!(opened(&mut burned.two, &burned.patient) == before);
    // What was here has another key: its own sheet opens it.
    burned.two.clinic.seat(Role::Administrator);
    let mut aside = json!({"from": "set-aside-1", "mode": "rejoin", "older": false});
    let refusal = burned.two.clinic.refused("plan_restore", aside.clone());
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Missing, &json!("papers")));
    aside["papers"] = json!(own_sheet);
    burned.two.clinic.ok("plan_restore", aside);
    // The printed sheet opens the store, and the next backup of it.
    let target = burned.two.clinic.ok("backups", json!({}))["targets"][0]["id"].clone();
    burned.two.clinic.ok("back_up_now", json!({"target": target, "complete": false}));
    work_alone(burned.two.clinic.desk());
    burned.two.clinic.ok("sign_out", json!({}));
    burned.two.clinic.ok("open_by_sheet", json!({"sheet": burned.sheet}));
    let next = known(&burned.stick).into_iter().find(|name| !former.contains(name)).unwrap();
    let mut bare = Clinic::on_line(Arc::new(Line::default()), 300_000);
    bare.time.set_wall(now());
    let from = bare.desk().chose(burned.stick.clone()).unwrap();
    let input = json!({"from": from, "installation": next, "papers": burned.sheet, "check": false});
    assert_eq!(bare.ok("restore_here", input)["files_missing"], 0);
    bare.seat(Role::Doctor);
    let mut bare = Workstation { clinic: bare, line: Arc::new(Line::default()) };
    assert!(opened(&mut bare, &burned.patient) == before);
}

#[test]
fn a_clinic_that_was_restored_before_it_had_a_server_attaches_one_that_takes_all_it_wrote() {
    let line = Arc::new(Line::default());
    let mut one = Workstation { clinic: Clinic::found_on_line(line.clone()), line };
    one.clinic.time.set_wall(now());
    one.clinic.hire(&[Role::Doctor, Role::Nurse]);
    one.clinic.seat(Role::Administrator);
    let sheet = sheet_of(&mut one);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    allergic(&mut one, &patient, "Before the fire");
    let stick = backed_up(&mut one);
    let mut here = bare(&stick, &sheet, 900_000);
    here.clinic.seat(Role::Doctor);
    allergic(&mut here, &patient, "After the fire");
    // Twice burned: two installations are before this one.
    let stick = backed_up(&mut here);
    let mut here = bare(&stick, &sheet, 1_200_000);
    let server = Server::start();
    here.clinic.ok("attach", json!({"server": server.url(), "code": server.claim_code()}));
    here.sync();
    let mut two = here.enrolled(&server);
    two.clinic.seat(Role::Doctor);
    two.sync();
    here.clinic.seat(Role::Doctor);
    here.sync();
    for workstation in [&mut here, &mut two] {
        assert_eq!(sorted(workstation, &patient), ["After the fire", "Before the fire"]);
        is_whole(workstation);
    }
}

#[test]
fn two_that_were_restored_apart_without_a_server_attach_one_and_all_that_both_wrote_is_there() {
    let line = Arc::new(Line::default());
    let mut one = Workstation { clinic: Clinic::found_on_line(line.clone()), line };
    one.clinic.time.set_wall(now());
    one.clinic.hire(&[Role::Doctor, Role::Nurse]);
    one.clinic.seat(Role::Administrator);
    let sheet = sheet_of(&mut one);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    allergic(&mut one, &patient, "Before the fire");
    let stick = backed_up(&mut one);
    let (mut here, mut sibling) = (bare(&stick, &sheet, 900_000), bare(&stick, &sheet, 1_200_000));
    for (workstation, substance) in [(&mut here, "Here"), (&mut sibling, "At the sibling")] {
        workstation.clinic.seat(Role::Doctor);
        allergic(workstation, &patient, substance);
    }
    let theirs = backed_up(&mut sibling);
    sibling.clinic.stop();
    here.clinic.seat(Role::Administrator);
    let from = here.clinic.desk().chose(theirs.clone()).unwrap();
    let sources = here.clinic.ok("restore_sources", json!({"from": from}));
    let input = json!({
        "from": from, "installation": sources["rows"][0]["installation"], "papers": sheet, "mode": "rejoin", "older": false,
    });
    let back = here.clinic.ok("restore", input);
    assert!(back["added"].as_u64() >= Some(1), "{back}");
    let server = Server::start();
    here.clinic.ok("attach", json!({"server": server.url(), "code": server.claim_code()}));
    here.sync();
    let mut two = here.enrolled_as(&server, 4);
    two.clinic.seat(Role::Doctor);
    two.sync();
    here.clinic.seat(Role::Doctor);
    here.sync();
    for workstation in [&mut here, &mut two] {
        assert_eq!(sorted(workstation, &patient), ["At the sibling", "Before the fire", "Here"]);
        let status = workstation.status();
        assert_eq!((&status["trouble"], &status["waiting"]), (&json!(null), &json!(0)));
    }
}
