//! The clinic's server as the place of backups: what is there comes back on a bare computer by its sheet and the server's
//! address, whatever happens to the workstation, the line or the server.

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

/// A workstation with a chart and files, whose backups go to the server; its administrator sits there. Its records reach the
/// server by no other way: the exchange is cut off.
pub struct Kept {
    pub server: Server,
    pub one: Workstation,
    pub sheet: String,
    target: String,
    pub patient: String,
}

pub fn kept() -> Kept {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let papers = one.clinic.ok("new_sheet", json!({}));
    let sheet: Vec<String> = papers["sheet"].as_array().unwrap().iter().map(text).collect();
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    allergic(&mut one, &patient, "Penicillin");
    one.file(&patient, "small.txt", result(300));
    one.file(&patient, "large.txt", result(2_500_000));
    one.file(&patient, "scan.png", scan());
    one.clinic.seat(Role::Administrator);
    let input = json!({"target": null, "name": "Server", "place": null, "sort": "server", "remove": false});
    let view = one.clinic.ok("edit_targets", input);
    work_alone(one.clinic.desk());
    let target = text(&view["targets"][0]["id"]);
    Kept { server, one, sheet: sheet.join("\n"), target, patient }
}

impl Kept {
    fn view(&mut self) -> Value {
        self.one.clinic.ok("backups", json!({}))
    }

    fn order(&mut self, command: &str) -> Value {
        let mut input = json!({"target": self.target});
        if command == "back_up_now" {
            input["complete"] = json!(false);
        }
        self.one.clinic.ok(command, input);
        work_alone(self.one.clinic.desk());
        let kind = if command == "back_up_now" { "back_up" } else { command };
        let jobs = self.one.clinic.ok("jobs", json!({}));
        jobs["rows"].as_array().unwrap().iter().find(|row| row["kind"] == kind).cloned().unwrap()
    }

    /// What the sheet and the server's address give on a bare computer.
    pub fn bare(&self, seed: u64) -> (Workstation, Value) {
        let line = Arc::new(Line::default());
        let mut clinic = Clinic::on_line(line.clone(), seed);
        clinic.time.set_wall(now());
        let from = json!({"from": self.server.url(), "papers": self.sheet});
        let sources = clinic.ok("restore_sources_here", from);
        let mut input = json!({"from": self.server.url(), "papers": self.sheet, "check": true});
        input["installation"] = sources["rows"][0]["installation"].clone();
        clinic.ok("restore_here", input.clone());
        input["check"] = json!(false);
        let restored = clinic.ok("restore_here", input);
        clinic.seat(Role::Administrator);
        clinic.ok("rejoin", json!({"other_runs": false}));
        (Workstation { clinic, line }, restored)
    }
}

/// The bytes of each file that is here, by its title.
pub fn files(workstation: &mut Workstation, patient: &str) -> Vec<(String, Vec<u8>)> {
    let rows = workstation.clinic.ok("files", json!({"patient": patient}))["rows"].clone();
    let mut open = |row: &Value| {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("copy");
        let place = workstation.clinic.desk().chose(out.clone()).unwrap();
        workstation.clinic.ok("save_file", json!({"file": row["id"], "place": place}));
        (text(&row["title"]), std::fs::read(out).unwrap())
    };
    let here = rows.as_array().unwrap().iter().filter(|row| row["state"]["at"] == "here");
    here.map(&mut open).collect()
}

#[test]
fn a_computer_that_burned_comes_back_by_its_sheet_and_the_servers_address_with_all_its_files() {
    let mut kept = kept();
    let view = kept.view();
    let row = view["targets"][0].clone();
    assert_eq!(
        (&row["state"], &row["sort"], &view["outside"]),
        (&json!("verified"), &json!("server"), &json!(0))
    );
    assert_eq!((&row["last"]["files"], &row["same_disk"]), (&json!(4), &json!(false)), "{row}");
    assert_eq!(kept.order("check_backup")["fault"], Value::Null);
    assert_eq!(kept.order("test_restore")["fault"], Value::Null);
    assert_eq!(kept.view()["tested"]["differences"], json!(0));
    // What nobody has sent yet goes with it.
    kept.one.clinic.seat(Role::Doctor);
    let patient = kept.patient.clone();
    allergic(&mut kept.one, &patient, "Unsent");
    let before = files(&mut kept.one, &patient);
    kept.one.clinic.ok("sign_out", json!({}));
    kept.one.clinic.stop();
    let (mut here, restored) = kept.bare(900_000);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(0), &json!([])), "{restored}");
    here.clinic.seat(Role::Doctor);
    assert!(files(&mut here, &patient) == before && before.len() == 3);
    let mut known = allergies(&mut here, &patient);
    known.sort();
    assert_eq!(known, ["Penicillin", "Unsent"]);
    assert!(
        !here.clinic.folder().join("fetched").exists(),
        "nothing that came over the line stays lying about"
    );
    here.sync();
    let status = here.status();
    assert_eq!((&status["waiting"], &status["trouble"]), (&json!(0), &Value::Null));
}

#[test]
fn points_of_the_server_are_listed_and_an_earlier_one_is_planned_and_brought_back_at_a_colleagues_computer() {
    let mut kept = kept();
    kept.one.clinic.seat(Role::Doctor);
    let patient = kept.patient.clone();
    allergic(&mut kept.one, &patient, "Later");
    kept.one.line.cut(false);
    kept.one.clinic.seat(Role::Administrator);
    kept.order("back_up_now");
    let target = kept.target.clone();
    let points = kept.one.clinic.ok("restore_points", json!({"target": target, "before": null}));
    let rows = points["rows"].as_array().unwrap();
    assert!(rows.len() >= 2 && rows.iter().all(|row| row["whole"] == true), "{points}");
    let plan = kept.one.clinic.ok("plan_restore", json!({"from": target, "mode": "rejoin", "older": false}));
    assert_eq!((&plan["added"], &plan["lacking"]), (&json!(0), &json!(0)), "{plan}");
    let older =
        json!({"from": target, "point": rows.last().unwrap()["number"], "mode": "replace", "older": false});
    assert_eq!(kept.one.clinic.refused("plan_restore", older).fields["reason"], "older");
    // A colleague brings what the first one never sent.
    let mut two = kept.one.enrolled(&kept.server);
    kept.one.clinic.seat(Role::Doctor);
    allergic(&mut kept.one, &patient, "Never sent");
    kept.one.clinic.ok("sign_out", json!({}));
    kept.one.clinic.stop();
    two.clinic.seat(Role::Administrator);
    let from = kept.server.url();
    let none = two.clinic.ok("restore_sources", json!({"from": from}));
    assert_eq!(none["rows"], json!([]), "without the papers nothing of another computer is told");
    let sources = two.clinic.ok("restore_sources", json!({"from": from, "papers": kept.sheet}));
    let input = json!({
        "from": from, "papers": kept.sheet, "mode": "rejoin", "older": false,
        "installation": sources["rows"][0]["installation"],
    });
    let back = two.clinic.ok("restore", input);
    assert!(back["added"].as_u64() >= Some(1), "{back}");
    two.clinic.seat(Role::Doctor);
    let mut known = allergies(&mut two, &patient);
    known.sort();
    assert_eq!(known, ["Later", "Never sent", "Penicillin"]);
}

#[test]
fn wrong_papers_another_address_and_a_clinic_without_a_server_are_refused_by_name() {
    let kept = kept();
    let mut bare = Clinic::on_line(Arc::new(Line::default()), 700_000);
    let ask = |bare: &mut Clinic, from: &str, papers: &str| {
        bare.refused("restore_sources_here", json!({"from": from, "papers": papers}))
    };
    let url = kept.server.url();
    let mut lines: Vec<String> = kept.sheet.lines().map(ToOwned::to_owned).collect();
    lines[2] = lines[1].clone();
    let wrong = ask(&mut bare, &url, &lines.join("\n"));
    assert_eq!((wrong.code, &wrong.fields["line"]), (Code::WrongSheet, &json!(3)));
    let other = Clinic::found();
    let sheet: Vec<String> = other.founded["sheet"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(ask(&mut bare, &url, &sheet.join("\n")).code, Code::WrongSheet);
    let gone = ask(&mut bare, "http://127.0.0.1:9", &kept.sheet);
    assert_eq!((gone.code, &gone.fields["reason"]), (Code::BackupRefused, &json!("gone")));
    assert_eq!(ask(&mut bare, "no address", &kept.sheet).fields["reason"], "nowhere");
    let nothing = bare.ok("restore_sources_here", json!({"from": url}));
    assert_eq!(nothing["rows"], json!([]), "nobody is told of anything without papers");
    let mut alone = other;
    let input = json!({"target": null, "name": "Server", "place": null, "sort": "server", "remove": false});
    assert_eq!(alone.refused("edit_targets", input).code, Code::NotAttached);
}

#[test]
fn a_poor_line_that_breaks_brings_all_of_it_and_one_that_brings_nothing_leaves_the_point_before() {
    let mut kept = kept();
    let patient = kept.patient.clone();
    kept.one.clinic.seat(Role::Doctor);
    allergic(&mut kept.one, &patient, "Later");
    kept.one.file(&patient, "another.txt", result(3_000_000));
    kept.one.clinic.seat(Role::Administrator);
    let before = kept.view()["targets"][0]["last"]["number"].clone();
    // Nothing of a file passes: the run gives up.
    kept.one.line.narrow(Some(0));
    assert_eq!(kept.order("back_up_now")["fault"], "gone");
    assert_eq!(kept.view()["targets"][0]["last"]["number"], before, "the point before stands");
    // A poor line takes small pieces alone, and breaks all the same.
    kept.one.line.narrow(Some(40_000));
    kept.one.line.break_every(700_000);
    assert_eq!(kept.order("back_up_now")["fault"], Value::Null);
    assert!(kept.one.line.moved().breaks > 1, "it goes on where it was cut");
    assert_eq!(kept.order("test_restore")["fault"], Value::Null);
    kept.one.line.narrow(None);
    kept.one.line.break_every(u64::MAX);
    assert_eq!(kept.order("check_backup")["fault"], Value::Null);
    assert_eq!(kept.view()["outside"], json!(0));
    kept.one.line.cut(true);
    kept.one.clinic.seat(Role::Doctor);
    allergic(&mut kept.one, &patient, "Offline");
    kept.one.clinic.seat(Role::Administrator);
    let job = kept.order("back_up_now");
    assert_eq!((&job["fault"], job["waits"].is_string()), (&json!("gone"), true));
}

#[test]
fn a_server_that_hangs_holds_nobody_who_leaves_and_no_other_target_and_is_not_asked_again_while_it_does() {
    let mut kept = kept();
    let place = kept.one.clinic.sticks().join("share");
    std::fs::create_dir(&place).unwrap();
    let chosen = kept.one.clinic.desk().chose(place).unwrap();
    let input = json!({"target": null, "name": "Share", "place": chosen, "sort": "folder", "remove": false});
    kept.one.clinic.ok("edit_targets", input);
    work_alone(kept.one.clinic.desk());
    kept.one.clinic.leaving = 4_000;
    kept.one.clinic.restart();
    kept.one.clinic.seat(Role::Doctor);
    let patient = kept.patient.clone();
    allergic(&mut kept.one, &patient, "Later");
    kept.one.line.hangs.set(true);
    kept.one.clinic.ok("sign_out", json!({}));
    kept.one.clinic.seat(Role::Administrator);
    let lacking = |kept: &mut Kept, sort: &str| {
        let view = kept.view();
        let rows = view["targets"].as_array().unwrap();
        rows.iter().find(|row| row["sort"] == sort).unwrap()["last"]["lacking"].as_u64().unwrap()
    };
    assert_eq!(lacking(&mut kept, "folder"), 0, "the other has all of it");
    assert!(lacking(&mut kept, "server") > 0);
    assert_eq!(kept.order("back_up_now")["fault"], "hangs", "and nobody waits a second time");
    kept.one.line.hangs.set(false);
    let goes_on = (0..1_000).any(|_| {
        std::thread::yield_now();
        kept.order("back_up_now")["fault"] == Value::Null
    });
    assert!(goes_on && lacking(&mut kept, "server") == 0);
}

#[test]
fn a_machine_that_is_to_be_spared_sends_backups_when_a_person_asks_and_not_by_itself() {
    let mut kept = kept();
    let patient = kept.patient.clone();
    kept.one.clinic.spared.store(true, std::sync::atomic::Ordering::SeqCst);
    kept.one.clinic.seat(Role::Doctor);
    allergic(&mut kept.one, &patient, "Later");
    kept.one.clinic.seat(Role::Administrator);
    kept.one.clinic.time.pass(3_600);
    work_alone(kept.one.clinic.desk());
    assert!(kept.view()["outside"].as_u64() > Some(0));
    assert_eq!(kept.order("back_up_now")["fault"], Value::Null);
    assert_eq!(kept.view()["outside"], json!(0));
}

#[test]
fn what_a_server_lost_is_written_there_again_and_what_was_turned_on_the_way_is_named() {
    let mut kept = kept();
    kept.server.forget_backups("name like 'log/%' or name like 'blobs/%'");
    assert_eq!(kept.order("check_backup")["fault"], "damaged");
    assert!(kept.view()["outside"].as_u64() > Some(0), "what is damaged is no backup");
    // It was put back to before everything: the next run finds that its own point is gone.
    kept.server.forget_backups("true");
    assert_eq!(kept.order("back_up_now")["fault"], Value::Null);
    assert_eq!(kept.order("check_backup")["fault"], Value::Null);
    assert_eq!(kept.order("test_restore")["fault"], Value::Null);
    kept.one.line.spoil(true);
    assert_eq!(kept.order("check_backup")["fault"], "damaged");
    kept.one.line.spoil(false);
    kept.order("back_up_now");
    assert_eq!(kept.order("check_backup")["fault"], Value::Null);
}
