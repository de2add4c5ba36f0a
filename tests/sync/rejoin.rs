//! A workstation whose folder was put back whole and written on before its first exchange, and two that run from one copy:
//! each goes on as another installation by an administrator's leave, and what the server never had is written again.

use std::process::Command;
use std::sync::Arc;

use app::Code;
use crypto::SigningKey;
use crypto::testing::TestEntropy;
use domain::access::Role;
use domain::sync::Answer;
use serde_json::{Value, json};
use tests::desk::{Clinic, PASSWORD, password};
use tests::{folder, program};

use crate::certificates::{draft, file, issue, view};
use crate::line::Line;
use crate::put_back::{allergic, allergies, copied, kinds, put_back, put_store_back};
use crate::world::{Server, Workstation, now, text, two_doctors};

/// Two workstations with a doctor each, of whom the first was put back after the server had heard of an allergy, and has
/// another entry under its number: the server refuses it.
struct Forked {
    server: Server,
    one: Workstation,
    two: Workstation,
    patient: String,
}

impl Forked {
    fn now() -> Self {
        let (server, mut one, mut two, patient) = two_doctors();
        one.sync();
        let aside = copied(&mut one, Role::Doctor);
        allergic(&mut one, &patient, "After the copy");
        one.sync();
        two.sync();
        put_back(&mut one, aside.path());
        one.clinic.seat(Role::Doctor);
        allergic(&mut one, &patient, "Stranded");
        one.clinic.register("Lito", "Salonga");
        assert_eq!(one.try_sync().unwrap_err().code, Code::Forked);
        Self { server, one, two, patient }
    }

    /// An administrator gives leave, and what the server has comes here.
    fn rejoined(other_runs: bool) -> Self {
        let mut story = Self::now();
        story.one.clinic.seat(Role::Administrator);
        let went = story.one.clinic.ok("rejoin", json!({"other_runs": other_runs}));
        assert!(went["stranded"].as_u64() >= Some(2), "{went}");
        assert_eq!(went["block"], "01A");
        story.one.sync();
        story
    }
}

/// What is stranded here, as the screen of sync tells it.
pub fn stranded(workstation: &mut Workstation) -> Vec<Value> {
    let rows = workstation.report()["refused"].as_array().cloned().unwrap();
    rows.into_iter().filter(|row| row["stranded"] == true && row["aside"] == false).collect()
}

pub fn sorted(workstation: &mut Workstation, patient: &str) -> Vec<String> {
    let mut known = allergies(workstation, patient);
    known.sort();
    known
}

pub fn is_whole(workstation: &mut Workstation) {
    let status = workstation.status();
    assert_eq!(
        (&status["trouble"], &status["waiting"], &status["refused"]),
        (&json!(null), &json!(0), &json!(0))
    );
    assert_eq!(workstation.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    assert_eq!(workstation.clinic.ok("check_log", json!({}))["faults"], json!([]));
}

#[test]
fn a_folder_that_was_put_back_and_written_on_goes_on_by_leave_and_nothing_is_lost_or_there_twice() {
    let Forked { server: _server, mut one, mut two, patient } = Forked::rejoined(false);
    let waiting = stranded(&mut one);
    assert_eq!(waiting.len(), 2, "{waiting:#?}");
    assert!(waiting.iter().all(|row| row["author"] == "Ana doctor" && row["fault"] == "stranded"));
    // Nobody writes a doctor's entries for them; they do by sitting down.
    one.clinic.seat(Role::Doctor);
    assert_eq!(stranded(&mut one), [] as [Value; 0]);
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        assert_eq!(sorted(workstation, &patient), ["After the copy", "Stranded"]);
        assert_eq!(workstation.find("salonga").len(), 1);
        is_whole(workstation);
    }
    // Both say who wrote it first, and when.
    let row = two.clinic.ok("allergies", json!({"patient": patient}))["rows"].clone();
    let row = row.as_array().unwrap().iter().find(|row| row["details"]["substance"] == "Stranded").unwrap();
    let history = two.clinic.ok("history", json!({"record": row["id"]}));
    assert_eq!(history["steps"][0]["repeats"]["who"], "Ana doctor");
    assert!(history["steps"][0]["repeats"]["at"].is_string());
    // It goes on, and signing in again writes nothing again.
    allergic(&mut one, &patient, "Later");
    one.clinic.seat(Role::Doctor);
    one.sync();
    two.sync();
    assert_eq!(sorted(&mut two, &patient), ["After the copy", "Later", "Stranded"]);
    // The fleet names both; the trail keeps who gave leave, and reads back from before.
    one.clinic.seat(Role::Administrator);
    let rows = one.clinic.ok("workstations", json!({}))["rows"].clone();
    let rows = rows.as_array().unwrap();
    let here = rows.iter().find(|row| row["this"] == true).unwrap();
    let before = rows.iter().find(|row| row["name"] == here["name"] && row["this"] == false).unwrap();
    assert_eq!((&here["active"], &here["follows"]), (&json!(true), &before["name"]));
    assert_eq!(before["active"], json!(false));
    assert_eq!(one.clinic.ok("verify_audit", json!({}))["whole"], true);
    let trail = one.clinic.trail();
    let acts: Vec<_> = trail.iter().map(|row| text(&row["action"])).collect();
    let place = |act: &str| acts.iter().position(|known| known == act).unwrap();
    assert!(place("found_clinic") < place("rejoin") && place("rejoin") < place("write_again"));
}

#[test]
fn leave_to_go_on_is_an_administrators_and_there_is_none_where_nothing_is_forked_or_nobody_answers() {
    let Forked { server: _server, mut one, mut two, patient } = Forked::now();
    for role in [Role::Doctor, Role::Nurse, Role::FrontDesk] {
        one.clinic.seat(role);
        assert_eq!(one.clinic.refused("rejoin", json!({"other_runs": false})).code, Code::NotPermitted);
    }
    one.clinic.seat(Role::Administrator);
    let blank = one.clinic.refused("rejoin", json!({"name": " ", "other_runs": false}));
    assert_eq!((blank.code, &blank.fields["field"]), (Code::Missing, &json!("name")));
    // Two computers of one name could not be told apart.
    for input in [json!({"other_runs": true}), json!({"name": " 1 ", "other_runs": true})] {
        let same = one.clinic.refused("rejoin", input);
        assert_eq!((same.code, &same.fields["field"]), (Code::Invalid, &json!("name")));
    }
    one.line.cut(true);
    assert_eq!(one.clinic.refused("rejoin", json!({"other_runs": false})).code, Code::Offline);
    one.line.cut(false);
    one.clinic.seat(Role::Doctor);
    assert_eq!(allergies(&mut one, &patient), ["Stranded"], "nothing was changed");
    two.clinic.seat(Role::Administrator);
    assert_eq!(two.clinic.refused("rejoin", json!({"other_runs": false})).code, Code::NotForked);
}

#[test]
fn nobody_goes_on_from_a_server_that_is_not_believed_or_lacks_what_it_acknowledged() {
    let Forked { server, mut one, two: _two, patient } = Forked::now();
    one.clinic.seat(Role::Administrator);
    let refused = |one: &mut Workstation| {
        let refused = one.clinic.refused("rejoin", json!({"other_runs": false}));
        (refused.code, text(&refused.fields["reason"]))
    };
    let not_believed = |reason: &str| (Code::ServerNotBelieved, reason.to_owned());
    one.line.lie(server.key(), |answer| Answer { audit: 0, ..answer });
    assert_eq!(refused(&mut one), not_believed("left_out"), "it takes nothing of the trail");
    let stranger = SigningKey::random(&mut TestEntropy::new(5));
    let public = *stranger.public();
    one.line.lie(stranger, |answer| answer);
    assert_eq!(refused(&mut one), not_believed("other_key"));
    one.line.honest();
    one.line.welcome_by(Some(public));
    assert_eq!(refused(&mut one), not_believed("other_key"));
    one.line.welcome_by(None);
    server.put_back();
    assert_eq!(refused(&mut one), (Code::ServerRefused, "behind".to_owned()));
    one.clinic.seat(Role::Doctor);
    assert_eq!(allergies(&mut one, &patient), ["Stranded"], "nothing was changed");
}

#[test]
fn what_was_missing_too_when_a_workstation_went_on_is_told_as_lost_and_the_warning_ends() {
    let Forked { server: _server, mut one, two: _two, patient } = Forked::now();
    let aside = copied(&mut one, Role::Doctor);
    allergic(&mut one, &patient, "Gone");
    put_store_back(&mut one, aside.path());
    one.clinic.seat(Role::Doctor);
    assert_eq!((one.status()["missing"].clone(), kinds(&mut one)), (json!(1), vec!["behind".to_owned()]));
    assert_eq!(one.try_sync().unwrap_err().code, Code::Forked);
    one.clinic.seat(Role::Administrator);
    one.clinic.ok("rejoin", json!({"other_runs": false}));
    one.sync();
    assert_eq!((one.status()["missing"].clone(), kinds(&mut one)), (json!(0), vec!["lost".to_owned()]));
    assert_eq!(one.status()["findings"][0]["ops"], 1);
    one.clinic.ok("acknowledge_findings", json!({}));
    assert_eq!(kinds(&mut one), [""; 0]);
    one.clinic.seat(Role::Doctor);
    one.sync();
    assert_eq!(sorted(&mut one, &patient), ["After the copy", "Stranded"]);
    is_whole(&mut one);
}

#[test]
fn a_folder_from_before_its_clock_ran_ahead_opens_sessions_that_the_server_has_passed_and_goes_on_by_leave() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.sync();
    let aside = copied(&mut one, Role::Doctor);
    one.clinic.time.set_wall(now() + 2 * 60 * 60 * 1000);
    one.clinic.seat(Role::Doctor);
    allergic(&mut one, &patient, "Under a clock that ran ahead");
    one.sync();
    put_back(&mut one, aside.path());
    one.clinic.time.set_wall(now());
    one.clinic.seat(Role::Doctor);
    assert_eq!(one.try_sync().unwrap_err().code, Code::Forked, "though no entry differs");
    one.clinic.seat(Role::Administrator);
    assert_eq!(one.clinic.ok("rejoin", json!({"other_runs": false}))["stranded"], 0);
    one.sync();
    one.clinic.seat(Role::Doctor);
    allergic(&mut one, &patient, "Later");
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        assert_eq!(sorted(workstation, &patient), ["Later", "Under a clock that ran ahead"]);
        is_whole(workstation);
    }
}

#[test]
fn a_server_that_went_back_is_given_what_a_computer_wrote_before_it_went_on_too() {
    let Forked { server, mut one, mut two, patient } = Forked::now();
    one.clinic.seat(Role::Administrator);
    one.clinic.ok("rejoin", json!({"name": "Room 1", "other_runs": true}));
    one.sync();
    one.clinic.seat(Role::Doctor);
    one.sync();
    two.sync();
    server.put_back();
    for _ in 0..2 {
        one.sync();
        two.sync();
    }
    one.clinic.seat(Role::Administrator);
    let mut late = one.enrolled_as(&server, 3);
    late.clinic.seat(Role::Doctor);
    for workstation in [&mut one, &mut two, &mut late] {
        workstation.clinic.seat(Role::Doctor);
        workstation.sync();
        assert_eq!(sorted(workstation, &patient), ["After the copy", "Stranded"]);
        assert_eq!(workstation.find("salonga").len(), 1);
        is_whole(workstation);
    }
}

#[test]
fn an_administrator_has_a_computer_go_on_from_the_terminal() {
    let server = Server::start();
    let around = tempfile::tempdir().unwrap();
    let (folder, aside) = (around.path().join("data"), around.path().join("aside"));
    let run = |words: &[&str]| {
        let mut command = Command::new(program("clinicctl").unwrap());
        command.env_clear().env("CLINICDESK_PASSWORD", PASSWORD).env("TZ", "Asia/Manila");
        command.arg("--json").arg("--data").arg(&folder).args(words).output().unwrap()
    };
    let done = |words: &[&str]| -> Value {
        let output = run(words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let registered = |family: &str| {
        let details = json!({"details": {"family": family, "given": "Ana", "birth_date": "1999-07-14"}});
        done(&["call", "register_patient", &details.to_string()]);
    };
    done(&["setup", "--clinic", "University Clinic", "--site", "Main Campus", "--name", "Maria Reyes"]);
    done(&["attach", "--server", &server.url(), "--code", &server.claim_code()]);
    done(&["sync"]);
    std::fs::create_dir(&aside).unwrap();
    folder::copy(&folder, &aside);
    registered("Mejía");
    done(&["sync"]);
    folder::put_back(&aside, &folder);
    registered("Salonga");
    let refused: Value = serde_json::from_slice(&run(&["rejoin", "--other-runs"]).stderr).unwrap();
    assert_eq!((&refused["code"], &refused["fields"]["field"]), (&json!("invalid"), &json!("name")));
    let went = done(&["rejoin", "--name", "Front desk"]);
    assert_eq!((&went["stranded"], &went["block"]), (&json!(1), &json!("01A")));
    for family in ["mejia", "salonga"] {
        assert_eq!(done(&["find", family])["people"].as_array().map(Vec::len), Some(1), "{family}");
    }
    let refused: Value = serde_json::from_slice(&run(&["rejoin"]).stderr).unwrap();
    assert_eq!(refused["code"], "not_forked");
}

#[test]
fn what_is_stranded_stands_in_the_chart_until_somebody_writes_it_in_their_own_name_or_lets_it_go() {
    let Forked { server: _server, mut one, mut two, patient } = Forked::rejoined(false);
    one.clinic.seat(Role::Nurse);
    let shown = one.clinic.ok("banner", json!({"patient": patient}))["refused"].clone();
    let row = &shown[0];
    assert_eq!(
        (&row["kind"], &row["fault"], &row["author"]),
        (&json!("allergy"), &json!("stranded"), &json!("Ana doctor"))
    );
    assert_eq!(sorted(&mut one, &patient), ["After the copy"], "it is outside the records");
    one.clinic.ok("write_anew", json!({"id": row["id"]}));
    assert_eq!(one.clinic.refused("write_anew", json!({"id": row["id"]})).code, Code::NotFound, "once");
    let registered = stranded(&mut one);
    assert_eq!(registered.len(), 1, "{registered:#?}");
    // No rule speaks against it: whoever did not write it ends it as an administrator, or not at all.
    let id = json!({"id": registered[0]["id"]});
    assert_eq!(one.clinic.refused("set_aside", id.clone()).code, Code::NotAuthor);
    assert_eq!(one.clinic.refused("set_aside", json!({"id": i64::MIN})).code, Code::NotFound);
    one.clinic.seat(Role::Administrator);
    one.clinic.ok("set_aside", id.clone());
    one.clinic.seat(Role::Nurse);
    assert_eq!(one.clinic.refused("write_anew", id.clone()).code, Code::NotFound, "somebody let it go");
    one.clinic.seat(Role::Doctor);
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        assert_eq!(sorted(workstation, &patient), ["After the copy", "Stranded"]);
        assert_eq!(workstation.find("salonga").len(), 0, "somebody let it go");
        is_whole(workstation);
    }
    let kept = one.report()["refused"].as_array().unwrap().iter().any(|row| row["aside"] == true);
    assert!(kept, "it can be read still");
    // Its author may think otherwise.
    one.clinic.ok("write_anew", id);
    one.sync();
    two.sync();
    for workstation in [&mut one, &mut two] {
        assert_eq!(workstation.find("salonga").len(), 1);
        is_whole(workstation);
    }
}

#[test]
fn who_was_dismissed_before_a_workstation_went_on_stays_out_while_that_waits_and_after() {
    let Forked { server: _server, mut one, two: _two, .. } = Forked::now();
    one.clinic.seat(Role::Administrator);
    let staff = one.clinic.ok("staff", json!({"before": null}))["people"].clone();
    let nurse = staff.as_array().unwrap().iter().find(|row| row["sign_in"] == "nurse").unwrap();
    one.clinic.ok("deactivate_user", json!({"user": nurse["id"], "version": nurse["version"]}));
    one.clinic.ok("rejoin", json!({"other_runs": false}));
    // The dismissal waits. Whoever signs in meanwhile has the files at the door made again.
    for role in [Role::Doctor, Role::Administrator] {
        one.clinic.seat(role);
        let door = one.clinic.ok("door", json!({}));
        assert!(door["people"].as_array().unwrap().iter().all(|tile| tile["sign_in"] != "nurse"), "{door}");
    }
    let waiting = stranded(&mut one);
    let row = waiting.iter().find(|row| row["kind"] == "user").unwrap();
    let early = one.clinic.refused("write_anew", json!({"id": row["id"]}));
    assert_eq!(early.code, Code::StoreBehind, "the server may have it after all");
    one.sync();
    assert!(stranded(&mut one).iter().all(|row| row["kind"] != "user"), "it was written again");
    let sits_down = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(one.clinic.refused("sign_in", sits_down).code, Code::NotRecognised);
}

#[test]
fn of_copies_that_run_at_once_each_but_the_first_goes_on_as_another_with_numbers_of_its_own() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.sync();
    let aside = copied(&mut one, Role::Doctor);
    let mut copies = [1, 2].map(|seed| {
        let line = Arc::new(Line::default());
        let mut clinic = Clinic::on_line(line.clone(), seed * 700_000);
        clinic.time.set_wall(now());
        clinic.stop();
        folder::copy(aside.path(), clinic.folder());
        clinic.restart();
        Workstation { clinic, line }
    });
    allergic(&mut one, &patient, "At the first");
    one.sync();
    for (copy, name) in copies.iter_mut().zip(["At the second", "At the third"]) {
        copy.clinic.seat(Role::Doctor);
        allergic(copy, &patient, name);
        assert_eq!(copy.try_sync().unwrap_err().code, Code::Forked);
    }
    for (copy, (name, block)) in copies.iter_mut().zip([("Room 2", "01A"), ("Room 3", "01C")]) {
        copy.clinic.seat(Role::Administrator);
        let went = copy.clinic.ok("rejoin", json!({"name": name, "other_runs": true}));
        assert_eq!(went["block"], block);
        copy.sync();
        copy.clinic.seat(Role::Doctor);
        copy.sync();
    }
    // The first goes on as what it was.
    allergic(&mut one, &patient, "Later");
    let [mut second, mut third] = copies;
    for _ in 0..2 {
        for workstation in [&mut one, &mut second, &mut third] {
            workstation.sync();
        }
    }
    let mut numbers = Vec::new();
    for workstation in [&mut one, &mut second, &mut third] {
        assert_eq!(sorted(workstation, &patient), ["At the first", "At the second", "At the third", "Later"]);
        is_whole(workstation);
        let begun = draft(workstation, &patient);
        numbers.push(text(&issue(workstation, &begun)["number"])[..9].to_owned());
    }
    assert_eq!(numbers, ["MAIN-01-2", "MAIN-01A-", "MAIN-01C-"]);
    one.clinic.seat(Role::Administrator);
    let rows = one.clinic.ok("workstations", json!({}))["rows"].clone();
    let active: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (text(&row["name"]), row["active"].clone())).collect();
    assert!(active.iter().all(|(_, active)| *active == true), "{active:?}");
    assert!(
        active.iter().any(|(name, _)| name == "Room 2") && active.iter().any(|(name, _)| name == "Room 3")
    );
}

#[test]
fn of_a_number_that_was_given_on_both_branches_one_paper_alone_is_genuine_and_the_other_is_named() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    let (other, _) = one.clinic.register("Lito", "Salonga");
    one.sync();
    let aside = copied(&mut one, Role::Doctor);
    let known = draft(&mut one, &patient);
    let number = text(&issue(&mut one, &known)["number"]);
    let genuine = documents::scan::code(&file(&mut one, &known), "CD1:").unwrap();
    one.sync();
    put_back(&mut one, aside.path());
    one.clinic.seat(Role::Doctor);
    let again = draft(&mut one, &other);
    assert_eq!(issue(&mut one, &again)["number"], number.as_str());
    let unrecorded = documents::scan::code(&file(&mut one, &again), "CD1:").unwrap();
    assert_eq!(one.try_sync().unwrap_err().code, Code::Forked);
    one.clinic.seat(Role::Administrator);
    one.clinic.ok("rejoin", json!({"other_runs": false}));
    one.sync();
    one.clinic.seat(Role::Doctor);
    one.sync();
    // The draft is there again; the paper is named with its number, which another one bears.
    let waiting = stranded(&mut one);
    assert_eq!(waiting.len(), 1, "{waiting:#?}");
    assert_eq!(
        (&waiting[0]["fault"], &waiting[0]["number"], &waiting[0]["number_taken"]),
        (&json!("false_code"), &json!(number), &json!(true))
    );
    assert_eq!(one.clinic.ok("verify_certificate", json!({"text": genuine}))["outcome"], "genuine");
    assert_eq!(server.verified(&genuine)["outcome"], "genuine");
    assert_eq!(one.clinic.ok("verify_certificate", json!({"text": unrecorded}))["outcome"], "not_genuine");
    assert_eq!(server.verified(&unrecorded)["outcome"], "not_genuine");
    // Nobody signs again for somebody else.
    one.clinic.seat(Role::Nurse);
    let refused = one.clinic.refused("write_anew", json!({"id": waiting[0]["id"]}));
    assert_eq!(refused.code, Code::OnlyItsAuthor);
    one.clinic.seat(Role::Doctor);
    // It is issued again, under a number of the new installation.
    let seen = view(&mut one, &again);
    assert!(text(&issue(&mut one, &seen)["number"]).starts_with("MAIN-01A-"));
    one.sync();
    assert!(one.status()["trouble"].is_null());
}
