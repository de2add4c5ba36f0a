//! A computer burns with entries that the server has not heard of: its backup brings them back, and they reach everybody with
//! their authors' signatures, whoever carries them.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use app::jobs::work_alone;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

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
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Administrator);
    let papers = one.clinic.ok("recovery_papers", json!({}));
    let sheet: Vec<String> = papers["sheet"].as_array().unwrap().iter().map(text).collect();
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    allergic(&mut one, &patient, "Known to all");
    one.sync();
    two.clinic.seat(Role::Doctor);
    two.sync();
    one.line.cut(true);
    allergic(&mut one, &patient, "Unsent");
    one.clinic.seat(Role::Administrator);
    let stick = one.clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let place = one.clinic.desk().chose(stick.clone()).unwrap();
    let input = json!({"target": null, "name": "Blue", "place": place, "sort": "stick", "remove": false});
    one.clinic.ok("edit_targets", input);
    work_alone(one.clinic.desk());
    one.clinic.stop();
    Burned { _server: server, _one: one, two, patient, stick, sheet: sheet.join("\n") }
}

/// The stick and the sheet on a bare computer, let in by the administrator.
fn on_a_bare_computer(burned: &Burned) -> Workstation {
    let line = Arc::new(Line::default());
    let mut clinic = Clinic::on_line(line.clone(), 900_000);
    clinic.time.set_wall(now());
    let from = clinic.desk().chose(burned.stick.clone()).unwrap();
    clinic.ok("restore_here", json!({"from": from, "papers": burned.sheet, "check": false}));
    clinic.seat(Role::Administrator);
    clinic.ok("rejoin", json!({"other_runs": false}));
    Workstation { clinic, line }
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
