//! Bringing a backup back by command name, in a clinic without a server: on a bare computer, into the computer that it is of,
//! and in its place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use app::Code;
use app::jobs::work_alone;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text, unplugged};

use crate::backups::{add, files, folder, order, view};
use crate::certificates;
use crate::files::Story as Chart;
use crate::files::samples::png;

/// A clinic with an allergy whose backups go to a stick, and what its papers say; the administrator sits there.
struct Burned {
    clinic: Clinic,
    stick: PathBuf,
    target: String,
    sheet: Vec<String>,
    shares: Vec<Vec<String>>,
    patient: String,
}

fn lines(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(text).collect()
}

impl Burned {
    fn with_a_backup() -> Self {
        let mut clinic = Clinic::found();
        clinic.hire(&[Role::Doctor, Role::Nurse]);
        clinic.seat(Role::Administrator);
        let papers = clinic.ok("recovery_papers", json!({}));
        let shares = papers["shares"].as_array().unwrap().iter().map(lines).collect();
        let sheet = lines(&papers["sheet"]);
        clinic.seat(Role::Doctor);
        let (patient, _) = clinic.register("Gustavo", "Mejía");
        clinic.ok("add_allergy", json!({"patient": patient, "details": {"substance": "Penicillin"}}));
        clinic.seat(Role::Administrator);
        let stick = clinic.sticks().join("blue");
        fs::create_dir(&stick).unwrap();
        let target = add(&mut clinic, &stick, "stick");
        Self { clinic, stick, target, sheet, shares, patient }
    }

    /// What a doctor reads of the patient.
    fn chart(clinic: &mut Clinic, patient: &str) -> Value {
        clinic.seat(Role::Doctor);
        let of = json!({"patient": patient});
        let mut chart = clinic.ok("chart", of.clone());
        // What is counted there of this computer alone.
        chart.as_object_mut().unwrap().remove("status");
        json!([chart, clinic.ok("allergies", of.clone()), clinic.ok("patient", of)])
    }
}

/// An empty computer, with the place chosen at its door.
fn bare(place: &Path) -> (Clinic, String) {
    let mut clinic = Clinic::on_line(unplugged(), 700_000);
    let from = clinic.desk().chose(place.to_owned()).unwrap();
    (clinic, from)
}

fn reason(refusal: &app::Refusal) -> &Value {
    &refusal.fields["reason"]
}

#[test]
fn sheet_and_stick_on_a_bare_computer_give_every_chart_and_an_administrator_lets_it_in() {
    let mut burned = Burned::with_a_backup();
    let before = Burned::chart(&mut burned.clinic, &burned.patient);
    let (mut here, from) = bare(&burned.stick);
    let sources = here.ok("restore_sources_here", json!({"from": from}));
    assert_eq!(sources["rows"].as_array().map(Vec::len), Some(1), "{sources}");
    let mut input = json!({"from": from, "papers": burned.sheet.join("\n"), "check": true});
    let looked = here.ok("restore_here", input.clone());
    assert!(looked["entries"].as_u64() > Some(10) && looked["records"].is_null(), "{looked}");
    assert_eq!(here.ok("door", json!({}))["state"], "empty", "nothing was written");
    input["check"] = json!(false);
    let restored = here.ok("restore_here", input);
    assert_eq!((&restored["entries"], &restored["aside"]), (&looked["entries"], &Value::Null));
    assert_eq!(Burned::chart(&mut here, &burned.patient), before);
    // Everything is read, and nothing written before somebody answers for it.
    let add_allergy = json!({"patient": burned.patient, "details": {"substance": "Latex"}});
    assert_eq!(here.refused("add_allergy", add_allergy.clone()).code, Code::Restored);
    assert_eq!(here.refused("rejoin", json!({"other_runs": false})).code, Code::NotPermitted);
    here.seat(Role::Administrator);
    assert_eq!(here.ok("status", json!({}))["trouble"]["code"], "restored");
    here.ok("rejoin", json!({"other_runs": false}));
    assert_eq!(here.ok("verify_audit", json!({}))["whole"], true);
    let acts: Vec<_> = here.trail().iter().map(|row| text(&row["action"])).collect();
    let place = |act: &str| acts.iter().position(|known| known == act).unwrap();
    assert!(place("found_clinic") < place("restore_here") && place("restore_here") < place("rejoin"));
    here.seat(Role::Doctor);
    here.ok("add_allergy", add_allergy);
    assert_eq!(here.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    assert_eq!(here.ok("check_log", json!({}))["faults"], json!([]));
    // The sheet still opens it.
    here.ok("sign_out", json!({}));
    here.ok("open_by_sheet", json!({"sheet": burned.sheet.join(" ")}));
}

#[test]
fn two_shares_open_a_backup_and_a_wrong_line_is_named() {
    let burned = Burned::with_a_backup();
    let (mut here, from) = bare(&burned.stick);
    let try_with = |here: &mut Clinic, papers: String| {
        here.call("restore_here", json!({"from": from, "papers": papers, "check": true}))
    };
    let mut wrong = burned.sheet.clone();
    let third = wrong[2].clone();
    wrong[2] = third.replacen(&third[..1], if third.starts_with('0') { "1" } else { "0" }, 1);
    let refusal = try_with(&mut here, wrong.join("\n")).unwrap_err();
    assert_eq!((refusal.code, &refusal.fields["line"]), (Code::WrongSheet, &json!(3)));
    let one = burned.shares[0].join("\n");
    assert_eq!(try_with(&mut here, one.clone()).unwrap_err().code, Code::WrongSheet, "one share alone");
    assert_eq!(try_with(&mut here, format!("{one}\n{one}")).unwrap_err().code, Code::WrongSheet, "one twice");
    let both = format!("{one}\n{}", burned.shares[2].join("\n"));
    assert!(try_with(&mut here, both).is_ok());
    // The sheet of another clinic's computer opens nothing here.
    let other = Clinic::on_line(unplugged(), 300_000).founded_anew().ok("recovery_papers", json!({}));
    assert_eq!(try_with(&mut here, lines(&other["sheet"]).join("\n")).unwrap_err().code, Code::WrongSheet);
}

#[test]
fn what_is_damaged_or_missing_is_refused_by_its_name_and_nothing_stands_here_then() {
    let burned = Burned::with_a_backup();
    let folder = folder(&burned.stick);
    let log = files(&folder.join("log")).remove(0);
    let (mut here, from) = bare(&burned.stick);
    let input = json!({"from": from, "papers": burned.sheet.join("\n"), "check": false});
    let whole = fs::read(&log).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    fs::write(&log, &flipped).unwrap();
    let refusal = here.refused("restore_here", input.clone());
    assert_eq!((refusal.code, reason(&refusal)), (Code::BackupRefused, &json!("damaged")));
    assert!(text(&refusal.fields["object"]).starts_with("log/"));
    fs::remove_file(&log).unwrap();
    let refusal = here.refused("restore_here", input.clone());
    assert_eq!((reason(&refusal), &refusal.fields["from"]), (&json!("gap"), &json!(1)));
    assert_eq!(here.ok("door", json!({}))["state"], "empty");
    fs::write(&log, whole).unwrap();
    here.ok("restore_here", input.clone());
    // A clinic whose records open is replaced by whoever signs in there, and not at the door.
    let from = here.desk().chose(burned.stick.clone()).unwrap();
    let again = json!({"from": from, "papers": burned.sheet.join("\n"), "check": false});
    assert_eq!(reason(&here.refused("restore_here", again)), &json!("store_opens"));
}

#[test]
fn a_store_that_does_not_open_makes_way_at_the_door_and_is_set_aside() {
    let mut burned = Burned::with_a_backup();
    let here = &mut burned.clinic;
    here.ok("sign_out", json!({}));
    here.stop();
    let store = here.folder().join("clinic.db");
    fs::write(&store, vec![7; 64 << 10]).unwrap();
    here.restart();
    assert_eq!(
        here.refused("sign_in", json!({"who": "reyes", "password": "not it at all"})).code,
        Code::NotRecognised
    );
    let from = here.desk().chose(burned.stick.clone()).unwrap();
    let input = json!({"from": from, "papers": burned.sheet.join("\n"), "check": false});
    assert_eq!(here.ok("restore_here", input)["aside"], "set-aside-1");
    assert_eq!(fs::read(here.folder().join("set-aside-1/clinic.db")).unwrap(), vec![7; 64 << 10]);
    here.seat(Role::Doctor);
    let shown = here.ok("allergies", json!({"patient": burned.patient}));
    assert_eq!(shown["rows"][0]["details"]["substance"], "Penicillin");
}

#[test]
fn a_plan_writes_nothing_and_what_is_here_already_is_not_added_again() {
    let mut burned = Burned::with_a_backup();
    let input = json!({"from": burned.target, "mode": "rejoin", "older": false});
    let before = burned.clinic.ok("backups", json!({}))["entries"].clone();
    let plan = burned.clinic.ok("plan_restore", input.clone());
    assert_eq!((&plan["added"], &plan["new_records"], &plan["lacking"]), (&json!(0), &json!(0), &json!(0)));
    assert_eq!(plan["same"], before);
    assert_eq!(burned.clinic.ok("restore", input)["added"], json!(0));
    assert_eq!(burned.clinic.ok("backups", json!({}))["entries"], before);
    for role in [Role::Doctor, Role::Nurse] {
        burned.clinic.seat(role);
        let input = json!({"from": burned.target, "mode": "rejoin", "older": false});
        assert_eq!(burned.clinic.refused("plan_restore", input.clone()).code, Code::NotPermitted);
        assert_eq!(burned.clinic.refused("restore", input).code, Code::NotPermitted);
    }
}

#[test]
fn replace_sets_the_store_aside_and_what_it_had_more_comes_back_by_rejoin() {
    let mut burned = Burned::with_a_backup();
    let here = &mut burned.clinic;
    here.seat(Role::Doctor);
    here.register("Lito", "Salonga");
    here.seat(Role::Administrator);
    let mut input = json!({"from": burned.target, "point": 1, "mode": "replace", "older": false});
    let refusal = here.refused("restore", input.clone());
    assert_eq!((reason(&refusal), refusal.fields["lacking"].as_u64() >= Some(1)), (&json!("older"), true));
    input["older"] = json!(true);
    assert!(here.ok("plan_restore", input.clone())["lacking"].as_u64() >= Some(1));
    here.ok("restore", input);
    assert_eq!(here.refused("session", json!({})).code, Code::NotSignedIn, "everybody signs in again");
    here.seat(Role::Doctor);
    let found = |here: &mut Clinic| {
        here.ok("find_patients", json!({"text": "salonga"}))["people"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(found(here), 0);
    here.seat(Role::Administrator);
    here.ok("rejoin", json!({"other_runs": false}));
    assert_eq!(here.ok("stores_set_aside", json!({}))["names"], json!(["set-aside-1"]));
    let aside = json!({"from": "set-aside-1", "mode": "rejoin", "older": false});
    let plan = here.ok("plan_restore", aside.clone());
    assert!(plan["new_records"].as_u64() >= Some(1), "{plan}");
    assert_eq!(here.ok("restore", aside.clone())["added"], plan["added"]);
    assert_eq!(here.ok("restore", aside)["added"], json!(0), "twice changes nothing");
    here.seat(Role::Doctor);
    assert_eq!(found(here), 1);
    assert_eq!(here.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    assert_eq!(here.ok("check_log", json!({}))["faults"], json!([]));
}

#[test]
fn a_restored_computer_backs_nothing_up_before_it_is_let_in_says_why_and_goes_on_by_itself_then() {
    let mut burned = Burned::with_a_backup();
    let here = &mut burned.clinic;
    order(here, "test_restore", &burned.target);
    order(here, "check_backup", &burned.target);
    order(here, "back_up_now", &burned.target);
    here.ok("restore", json!({"from": burned.target, "mode": "replace", "older": true}));
    here.seat(Role::Administrator);
    let before = view(here);
    let target = &before["targets"][0];
    // What the lost computer saw and tried there is not of this one.
    assert_eq!((&before["tested"], &target["whole"]), (&Value::Null, &Value::Null));
    assert_eq!((&target["last"], &target["former"]), (&Value::Null, &json!(true)), "{target}");
    assert_eq!((&before["outside"], &before["alarm"]), (&json!(0), &Value::Null));
    assert_eq!(here.ok("status", json!({}))["backup"], Value::Null);
    let all = json!({"target": null, "complete": false});
    assert_eq!(here.refused("back_up_now", all).code, Code::Restored);
    assert_eq!(here.refused("test_restore", json!({"target": burned.target})).code, Code::Restored);
    // What is due by itself is no fault of the stick.
    work_alone(here.desk());
    let target = view(here)["targets"][0].clone();
    assert_eq!((&target["state"], &target["fault"]), (&json!("new"), &Value::Null));
    here.ok("rejoin", json!({"other_runs": false}));
    here.time.pass(61);
    work_alone(here.desk());
    let target = view(here)["targets"][0].clone();
    assert_eq!((&target["state"], &target["former"]), (&json!("verified"), &json!(false)));
}

#[test]
fn another_clinics_backup_is_named_and_left() {
    let burned = Burned::with_a_backup();
    let mut other = Clinic::on_line(unplugged(), 300_000).founded_anew();
    let from = other.desk().chose(burned.stick.clone()).unwrap();
    let input = json!({
        "from": from, "papers": burned.sheet.join("\n"), "mode": "rejoin", "older": false,
    });
    for command in ["plan_restore", "restore"] {
        let refusal = other.refused(command, input.clone());
        assert_eq!((refusal.code, reason(&refusal)), (Code::BackupRefused, &json!("other_clinic")));
    }
    let mut without = input;
    without.as_object_mut().unwrap().remove("papers");
    assert_eq!(other.refused("plan_restore", without).fields["field"], "papers");
}

#[test]
fn a_restore_that_is_killed_before_the_swap_leaves_all_as_it_was() {
    let mut burned = Burned::with_a_backup();
    order(&mut burned.clinic, "back_up_now", &burned.target);
    let here = &mut burned.clinic;
    here.ok("sign_out", json!({}));
    here.stop();
    // What was staged when the power went.
    let stage = here.folder().join("restoring");
    fs::create_dir(&stage).unwrap();
    fs::write(stage.join("clinic.db"), b"half").unwrap();
    here.restart();
    here.seat(Role::Doctor);
    assert_eq!(
        here.ok("allergies", json!({"patient": burned.patient}))["rows"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn two_computers_that_were_restored_apart_and_one_restored_again_give_no_two_papers_one_number() {
    let mut story = certificates::Story::begin();
    let mut numbers = vec![text(&story.issued(json!({}))["number"])];
    let certificates::Story { mut clinic, patient, template } = story;
    clinic.seat(Role::Administrator);
    let sheet = lines(&clinic.ok("new_sheet", json!({}))["sheet"]).join("\n");
    let stick = clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let target = add(&mut clinic, &stick, "stick");
    let first = json!(folder(&stick).file_name().unwrap().to_str().unwrap());
    let mut restored = |seed: u64, installation: &Value| {
        let mut clinic = Clinic::on_line(unplugged(), seed);
        let from = clinic.desk().chose(stick.clone()).unwrap();
        let input = json!({"from": from, "installation": installation, "papers": sheet, "check": false});
        clinic.ok("restore_here", input);
        clinic.seat(Role::Administrator);
        clinic.ok("rejoin", json!({"other_runs": false}));
        let mut story = certificates::Story { clinic, patient: patient.clone(), template: template.clone() };
        story.clinic.seat(Role::FrontDesk);
        numbers.push(text(&story.issued(json!({}))["number"]));
        story.clinic
    };
    let mut here = restored(900_000, &first);
    restored(1_200_000, &first);
    here.seat(Role::Administrator);
    assert_eq!(order(&mut here, "back_up_now", &target)["outcome"], "done");
    let from = here.desk().chose(stick.clone()).unwrap();
    let sources = here.ok("restore_sources", json!({"from": from}));
    let mut names = sources["rows"].as_array().unwrap().iter().map(|row| &row["installation"]);
    restored(1_500_000, names.rfind(|name| **name != first).unwrap());
    let blocks: Vec<_> = numbers.iter().map(|number| number.split('-').nth(1).unwrap()).collect();
    assert_eq!(blocks.iter().collect::<BTreeSet<_>>().len(), 4, "{numbers:?}");
    assert_eq!(blocks.iter().map(|block| block.len()).collect::<Vec<_>>(), [2, 6, 6, 6]);
}

/// A clinic with files of every sort whose backups go to a stick, and what they have to be afterwards.
struct Filed {
    clinic: Clinic,
    patient: String,
    stick: PathBuf,
    target: String,
    sheet: Vec<String>,
    /// Two files of the chart, one of them larger than a row holds.
    kept: [(Value, Vec<u8>); 2],
    thumb: Vec<u8>,
    certificate: (Value, Vec<u8>),
}

/// Text of so many bytes.
fn result(bytes: usize) -> Vec<u8> {
    (0..).flat_map(|line: u32| format!("{line}: ok\n").into_bytes()).take(bytes).collect()
}

/// The small picture of the only file that has one.
fn thumb(chart: &mut Chart) -> Vec<u8> {
    let rows = chart.rows();
    let row = rows.iter().find(|row| row["thumb"].is_string()).unwrap();
    chart.picture(&row["thumb"])
}

impl Filed {
    fn with_a_backup() -> Self {
        let mut story = certificates::Story::begin();
        let issued = story.issued(json!({}));
        let paper = story.file(&issued);
        let mut chart = Chart { clinic: story.clinic, patient: story.patient };
        let kept = [result(300), result(200_000)].map(|bytes| (chart.add(&bytes, "laboratory"), bytes));
        chart.add(&png(640, 480), "xray");
        let thumb = thumb(&mut chart);
        let Chart { mut clinic, patient } = chart;
        clinic.seat(Role::Administrator);
        let sheet = lines(&clinic.ok("new_sheet", json!({}))["sheet"]);
        let stick = clinic.sticks().join("blue");
        fs::create_dir(&stick).unwrap();
        let target = add(&mut clinic, &stick, "stick");
        Self { clinic, patient, stick, target, sheet, kept, thumb, certificate: (issued, paper) }
    }

    /// That everything opens on `clinic` to the byte, once an administrator has let it in.
    fn opens_on(&self, mut clinic: Clinic) -> Clinic {
        clinic.seat(Role::Administrator);
        clinic.ok("rejoin", json!({"other_runs": false}));
        clinic.seat(Role::Doctor);
        let template = Value::Null;
        let mut story = certificates::Story { clinic, patient: self.patient.clone(), template };
        assert!(story.file(&self.certificate.0) == self.certificate.1, "the paper is another one");
        let mut chart = Chart { clinic: story.clinic, patient: story.patient };
        for (file, bytes) in &self.kept {
            assert!(chart.saved(file) == *bytes, "{} bytes are others", bytes.len());
        }
        assert_eq!(thumb(&mut chart), self.thumb);
        assert_eq!(chart.clinic.ok("check_store", json!({}))["files"], json!([]));
        chart.clinic
    }

    /// Brings the backup of `installation` back on a bare computer, by the sheet.
    fn on_a_bare_computer(&self, installation: &Value) -> (Clinic, Value) {
        let (mut here, from) = bare(&self.stick);
        let input = json!({
            "from": from, "installation": installation, "papers": self.sheet.join("\n"), "check": false,
        });
        let restored = here.ok("restore_here", input);
        (here, restored)
    }

    /// The installations whose backups lie on the stick.
    fn installations(&self) -> Vec<Value> {
        let (mut here, from) = bare(&self.stick);
        let sources = here.ok("restore_sources_here", json!({"from": from}));
        sources["rows"].as_array().unwrap().iter().map(|row| row["installation"].clone()).collect()
    }
}

#[test]
fn small_and_large_files_thumbnails_and_papers_come_back_to_the_byte_on_a_bare_computer() {
    let filed = Filed::with_a_backup();
    let (here, restored) = filed.on_a_bare_computer(&filed.installations()[0]);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(0), &json!([])));
    let mut here = filed.opens_on(here);
    // Nothing of it goes at the next opening.
    here.stop();
    here.restart();
    here.seat(Role::Doctor);
    let mut chart = Chart { clinic: here, patient: filed.patient.clone() };
    assert!(chart.saved(&filed.kept[1].0) == filed.kept[1].1);
}

#[test]
fn a_replaced_store_has_its_files_and_the_printed_sheet_opens_it_and_its_next_backup() {
    let mut filed = Filed::with_a_backup();
    let before = filed.installations();
    let mut here = std::mem::replace(&mut filed.clinic, Clinic::nowhere());
    let input = json!({"from": filed.target, "point": 1, "mode": "replace", "older": true});
    let restored = here.ok("restore", input);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(0), &json!([])));
    let mut here = filed.opens_on(here);
    here.seat(Role::Administrator);
    assert_eq!(order(&mut here, "back_up_now", &filed.target)["outcome"], "done");
    here.ok("sign_out", json!({}));
    here.ok("open_by_sheet", json!({"sheet": filed.sheet.join(" ")}));
    let next = filed.installations().into_iter().find(|name| !before.contains(name)).unwrap();
    let (bare, _) = filed.on_a_bare_computer(&next);
    filed.opens_on(bare);
}

#[test]
fn one_file_that_does_not_read_keeps_nothing_else_back_and_is_told() {
    let filed = Filed::with_a_backup();
    let installation = &filed.installations()[0];
    let lies = folder(&filed.stick);
    let large = files(&lies.join("files")).into_iter().find(|path| !path.ends_with("sums")).unwrap();
    let whole = fs::read(&large).unwrap();
    let mut flipped = whole.clone();
    flipped[100_000] ^= 1;
    fs::write(&large, &flipped).unwrap();
    let (here, restored) = filed.on_a_bare_computer(installation);
    assert_eq!(restored["files_missing"], 1, "{restored}");
    assert!(text(&restored["damaged"][0]).starts_with("files/"));
    let mut chart = Chart { clinic: here, patient: filed.patient.clone() };
    chart.clinic.seat(Role::Doctor);
    assert_eq!(chart.file(&filed.kept[1].0)["state"]["at"], "elsewhere");
    assert!(chart.saved(&filed.kept[0].0) == filed.kept[0].1);
    // An object of a blob by itself: all others are there then.
    fs::write(&large, whole).unwrap();
    for object in files(&lies.join("blobs")).into_iter().take(2) {
        let whole = fs::read(&object).unwrap();
        fs::write(&object, &whole[..whole.len() / 2]).unwrap();
        let (mut here, restored) = filed.on_a_bare_computer(installation);
        assert_eq!(restored["damaged"].as_array().map(Vec::len), Some(1), "{restored}");
        assert!(restored["files_missing"].as_u64() <= Some(1), "{restored}");
        here.seat(Role::Administrator);
        here.ok("rejoin", json!({"other_runs": false}));
        assert_eq!(here.ok("rebuild", json!({"check": true}))["differing"], json!([]));
        fs::write(&object, whole).unwrap();
    }
}

#[test]
fn a_look_reads_the_files_too_and_names_what_would_not_come_back() {
    let mut filed = Filed::with_a_backup();
    let lies = folder(&filed.stick);
    let large = files(&lies.join("files")).into_iter().find(|path| !path.ends_with("sums")).unwrap();
    let blob = files(&lies.join("blobs")).remove(0);
    let name = |path: &Path| path.strip_prefix(&lies).unwrap().to_str().unwrap().to_owned();
    let look = |filed: &mut Filed| {
        let (mut here, from) = bare(&filed.stick);
        let at_door = json!({"from": from, "papers": filed.sheet.join("\n"), "check": true});
        let at_door = here.ok("restore_here", at_door);
        let mut planned = |mode: &str| {
            let input = json!({"from": filed.target, "mode": mode, "older": true});
            filed.clinic.ok("plan_restore", input)["damaged"].clone()
        };
        assert_eq!((&at_door["damaged"], planned("rejoin")), (&planned("replace"), json!([])));
        (at_door["files_missing"].as_u64().unwrap(), at_door["damaged"].clone())
    };
    assert_eq!(look(&mut filed), (0, json!([])));
    for place in [&large, &blob] {
        let whole = fs::read(place).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        fs::write(place, flipped).unwrap();
        assert_eq!(look(&mut filed).1, json!([name(place)]), "flipped");
        fs::remove_file(place).unwrap();
        let (_, gone) = look(&mut filed);
        // Of a paper that is gone the log does not say that it is a file.
        assert!(gone == json!([name(place)]) || (place == &blob && gone == json!(["blobs"])), "gone: {gone}");
        fs::create_dir(place).unwrap();
        assert_eq!(look(&mut filed).1, json!([name(place)]), "a folder");
        fs::remove_dir(place).unwrap();
        fs::write(place, whole).unwrap();
    }
    // Restoring names the same.
    fs::remove_file(&large).unwrap();
    let (_, restored) = filed.on_a_bare_computer(&filed.installations()[0]);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(1), &json!([name(&large)])));
    for object in files(&lies.join("blobs")) {
        fs::remove_file(object).unwrap();
    }
    let (missing, damaged) = look(&mut filed);
    let (_, restored) = filed.on_a_bare_computer(&filed.installations()[0]);
    assert!(missing >= 4, "{missing}");
    assert_eq!(json!([missing, damaged]), json!([restored["files_missing"], restored["damaged"]]));
}

#[test]
fn a_file_comes_back_that_opens_whatever_the_list_of_the_digests_says() {
    let filed = Filed::with_a_backup();
    let sums = folder(&filed.stick).join("files/sums");
    let text = fs::read_to_string(&sums).unwrap();
    let wrong = text.lines().map(|line| format!("0000{}\n", &line[4..]));
    fs::write(&sums, wrong.collect::<String>()).unwrap();
    let (here, restored) = filed.on_a_bare_computer(&filed.installations()[0]);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(0), &json!([])));
    filed.opens_on(here);
}

#[test]
fn where_a_point_does_not_come_back_the_object_is_named_and_the_older_point_that_does() {
    let mut burned = Burned::with_a_backup();
    for name in ["Lito", "Nena", "Berta"] {
        burned.clinic.register(name, "Salonga");
        order(&mut burned.clinic, "back_up_now", &burned.target);
    }
    let lies = folder(&burned.stick);
    let (mut here, from) = bare(&burned.stick);
    let mut input = json!({"from": from, "papers": burned.sheet.join("\n"), "check": true});
    let mut planned = json!({"from": burned.target, "mode": "rejoin", "older": false});
    // What the trail lacks says so, and an older point does not need it; all of them need the sessions of the first.
    for (stream, older) in [("trail", Some(3)), ("sessions", None)] {
        let last = files(&lies.join(stream)).pop().unwrap();
        let whole = fs::read(&last).unwrap();
        let name = last.strip_prefix(&lies).unwrap().to_str().unwrap().to_owned();
        fs::remove_file(&last).unwrap();
        for refusal in [
            here.refused("restore_here", input.clone()),
            burned.clinic.refused("plan_restore", planned.clone()),
        ] {
            let said = (reason(&refusal), &refusal.fields["stream"], &refusal.fields["object"]);
            assert_eq!(said, (&json!("gap"), &json!(stream), &json!(name)));
            let whole = refusal.fields.get("whole_point").and_then(Value::as_u64);
            assert_eq!(whole, older, "{stream}");
            let helps = refusal.fields.get("older").is_none_or(|older| older != "none");
            assert_eq!(helps, older.is_some(), "{stream}");
        }
        fs::write(&last, whole).unwrap();
    }
    let middle = files(&lies.join("log"))[2].clone();
    let whole = fs::read(&middle).unwrap();
    fs::write(&middle, &whole[..whole.len() / 2]).unwrap();
    let refusal = here.refused("restore_here", input.clone());
    let object = json!(middle.strip_prefix(&lies).unwrap());
    assert_eq!((reason(&refusal), &refusal.fields["object"]), (&json!("damaged"), &object));
    assert_eq!(refusal.fields["whole_point"], json!(2), "{object}");
    input["point"] = json!(2);
    planned["point"] = json!(2);
    assert_eq!(here.ok("restore_here", input.clone())["point"]["number"], json!(2));
    burned.clinic.ok("plan_restore", planned);
    // Without this one no point opens.
    input["point"] = Value::Null;
    for odd in [&b""[..], &[7; 40]] {
        fs::write(lies.join("slots/workstation"), odd).unwrap();
        let refusal = here.refused("restore_here", input.clone());
        let said = (&refusal.fields["object"], &refusal.fields["older"]);
        assert_eq!(said, (&json!("slots/workstation"), &json!("none")));
    }
}

#[test]
fn the_newest_point_that_opens_is_brought_back_and_later_names_are_told() {
    let mut burned = Burned::with_a_backup();
    for name in ["Lito", "Nena"] {
        burned.clinic.register(name, "Salonga");
        order(&mut burned.clinic, "back_up_now", &burned.target);
    }
    let points = folder(&burned.stick).join("points");
    let newest = fs::read(points.join("0000003")).unwrap();
    // No point is called so: nobody could go on from these numbers.
    for name in ["9223372036854775807", "18446744073709551615"] {
        fs::write(points.join(name), "").unwrap();
    }
    // A true point is none under another number, and neither is a part of one.
    fs::write(points.join("9999999"), &newest).unwrap();
    fs::write(points.join("0000003"), &newest[..newest.len() / 2]).unwrap();
    let passed = |said: &Value| {
        let names: BTreeSet<String> = lines(&said["damaged"]).into_iter().collect();
        assert_eq!(names, ["points/0000003", "points/9999999"].map(ToOwned::to_owned).into(), "{said}");
    };
    let (mut here, from) = bare(&burned.stick);
    let mut input = json!({"from": from, "papers": burned.sheet.join("\n"), "check": true});
    for check in [true, false] {
        input["check"] = json!(check);
        let restored = here.ok("restore_here", input.clone());
        assert_eq!(restored["point"]["number"], json!(2), "{check}");
        passed(&restored);
    }
    let mut planned = json!({"from": burned.target, "mode": "rejoin", "older": false});
    let plan = burned.clinic.ok("plan_restore", planned.clone());
    assert_eq!(plan["point"]["number"], json!(2));
    passed(&plan);
    passed(&burned.clinic.ok("restore", planned.clone()));
    // Whoever asks for one of them is told what it is, and nobody goes behind what this computer has.
    planned["point"] = json!(9_999_999);
    let refusal = burned.clinic.refused("plan_restore", planned.clone());
    assert_eq!((reason(&refusal), &refusal.fields["object"]), (&json!("damaged"), &json!("points/9999999")));
    planned.as_object_mut().unwrap().remove("point");
    planned["mode"] = json!("replace");
    assert_eq!(reason(&burned.clinic.refused("restore", planned)), &json!("older"));
}

/// Copies all that lies in the folder `from`.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    tests::folder::copy(from, to);
}

#[test]
fn of_several_computers_on_a_stick_the_papers_choose_the_one_that_they_open() {
    let burned = Burned::with_a_backup();
    let mut other = Clinic::on_line(unplugged(), 300_000).founded_anew();
    let sheet = lines(&other.ok("recovery_papers", json!({}))["sheet"]);
    let stick = other.sticks().join("red");
    fs::create_dir(&stick).unwrap();
    add(&mut other, &stick, "stick");
    let (own, others) = (folder(&burned.stick), folder(&stick));
    copy(&others, &own.with_file_name(others.file_name().unwrap()));
    let (mut here, from) = bare(&burned.stick);
    let input = |papers: &[String]| json!({"from": from, "papers": papers.join("\n"), "check": true});
    for (papers, of) in [(&burned.sheet, &own), (&sheet, &others)] {
        let looked = here.ok("restore_here", input(papers));
        assert_eq!(looked["installation"], json!(of.file_name().unwrap().to_str()));
    }
    // Whoever copied a folder has the same twice.
    let named = own.file_name().unwrap().to_str().unwrap();
    copy(&own, &own.with_file_name(format!("{named} - Copy")));
    here.ok("restore_here", input(&burned.sheet));
    let third = Clinic::on_line(unplugged(), 500_000).founded_anew().ok("recovery_papers", json!({}));
    assert_eq!(here.refused("restore_here", input(&lines(&third["sheet"]))).code, Code::WrongSheet);
}
