//! A wrong clock at one workstation, at the server, and at neither: what the others write down.

use domain::Hlc;
use domain::access::Role;
use domain::sync::Answer;
use serde_json::{Value, json};
use tests::desk::open_store;

use crate::world::{Workstation, now, text, two_doctors};

const A_DAY: u64 = 86_400_000;
const FAR: u64 = 3650 * A_DAY;

fn is_right(workstation: &mut Workstation) -> bool {
    let status = workstation.status();
    let today = day_in_manila(now());
    status["clock_behind"] == false && text(&status["today"]) == today
}

fn day_in_manila(now: u64) -> String {
    let zone = domain::Zone::named("Asia/Manila").unwrap();
    zone.day(&zone.instant(now)).to_string()
}

#[test]
fn a_clock_that_is_wrong_at_one_workstation_dates_and_blocks_nothing_at_another() {
    let (_server, mut one, mut two, patient) = two_doctors();
    for ahead in [4 * 60_000, 10 * 60_000, FAR] {
        one.clinic.time.set_wall(now() + ahead);
        one.clinic
            .ok("add_problem", json!({"patient": patient, "details": {"name": format!("Cough {ahead}")}}));
        one.sync();
        two.clinic.time.set_wall(now());
        two.sync();
        assert!(is_right(&mut two), "{ahead}");
        let kept = two.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Asthma"}}));
        assert_eq!(kept["conflict"], false);
        let problems = two.clinic.ok("problems", json!({"patient": patient}))["rows"].clone();
        assert!(problems.to_string().contains(&format!("Cough {ahead}")), "{problems}");
        two.sync();
    }
}

#[test]
fn what_ran_ahead_here_is_left_behind_once_the_server_agrees_with_the_clock() {
    let (_server, mut one, _two, patient) = two_doctors();
    one.clinic.time.set_wall(now() + FAR);
    one.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Cough"}}));
    one.sync();
    let said = one.status()["server_clock"].as_i64();
    assert!(said.is_some_and(|minutes| minutes < -5_000_000), "the server seems far behind: {said:?}");
    one.clinic.time.set_wall(now());
    assert_eq!(one.status()["clock_behind"], true);
    one.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Asthma"}}));
    one.sync();
    assert!(is_right(&mut one));
    assert!(one.status()["server_clock"].is_null());
    // The log goes on, and so does what was written under the wrong clock.
    one.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Migraine"}}));
    let problems = one.clinic.ok("problems", json!({"patient": patient}))["rows"].clone();
    let cough = problems.as_array().unwrap().iter().find(|row| row.to_string().contains("Cough")).unwrap();
    let edit = json!({"id": cough["id"], "version": cough["version"], "patch": {"name": "Dry cough"}});
    one.clinic.ok("edit_problem", edit);
    one.sync();
    assert_eq!((one.status()["refused"].clone(), one.status()["waiting"].clone()), (json!(0), json!(0)));
    one.clinic.seat(Role::Administrator);
    let trail = one.clinic.trail();
    assert!(trail.iter().any(|row| row["action"] == "correct_clock" && row["user"].is_null()));
}

#[test]
fn a_server_that_is_wrong_together_with_one_workstation_moves_no_clock_of_another() {
    let (server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    // As if nothing had been limited: the stamps of the first lie years ahead, and the second takes them in.
    one.clinic.time.set_wall(now() + FAR);
    one.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Cough"}}));
    one.sync();
    two.line.lie(server.key(), without_limits);
    two.sync();
    two.line.honest();
    assert!(is_right(&mut two));
    let (version, id) = {
        let kept = two.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Asthma"}}));
        (kept["version"].clone(), kept["id"].clone())
    };
    two.clinic.ok("edit_problem", json!({"id": id, "version": version, "patch": {"name": "Mild asthma"}}));
    assert!(is_right(&mut two));
    two.sync();
}

/// The answer in which the server limited no stamp.
fn without_limits(mut answer: Answer) -> Answer {
    answer.pages.iter_mut().flat_map(|page| &mut page.entries).for_each(|fed| fed.clamp = None);
    answer
}

/// The answer that dates every entry back by years, though none of them lay ahead.
fn dated_back(mut answer: Answer) -> Answer {
    let limit = Hlc::at(now() - FAR);
    answer.pages.iter_mut().flat_map(|page| &mut page.entries).for_each(|fed| fed.clamp = Some(limit));
    answer
}

/// When a problem was written last, by the log.
fn stamped(workstation: &mut Workstation, name: &str) -> u64 {
    workstation.clinic.ok("sign_out", json!({}));
    workstation.clinic.stop();
    let (mut store, ..) = open_store(&workstation.clinic);
    let act = store.act().unwrap();
    let problems = act.records("problem", None).unwrap();
    let named = problems.iter().find(|record| record.state.value("name").as_text() == Some(name));
    let last = named.unwrap().state.last.milliseconds();
    drop(act);
    drop(store);
    workstation.clinic.restart();
    workstation.clinic.seat(Role::Doctor);
    last
}

#[test]
fn a_server_that_dates_entries_back_which_did_not_lie_ahead_is_told_and_dates_none() {
    let (server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    let problem = |name: &str| json!({"patient": patient, "details": {"name": name}});
    let found = |workstation: &mut Workstation| {
        let findings = workstation.status()["findings"].clone();
        let named = |finding: &Value| finding["kind"] == "dated_back";
        findings
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| named(finding))
            .map(|finding| finding["ops"].clone())
    };
    // What is new.
    one.clinic.ok("add_problem", problem("Asthma"));
    one.sync();
    two.line.lie(server.key(), dated_back);
    two.sync();
    assert_eq!(found(&mut two), Some(json!(1)));
    assert!(now() - stamped(&mut two, "Asthma") < A_DAY);
    // Their own, at the first telling, and all that they know, when the feeds begin anew.
    two.clinic.ok("add_problem", problem("Migraine"));
    two.sync();
    assert_eq!(found(&mut two), Some(json!(2)));
    two.line.lie(server.key(), |answer| dated_back(Answer { epoch: answer.epoch + 1, ..answer }));
    two.sync();
    let all = found(&mut two).and_then(|ops| ops.as_u64());
    assert!(all > Some(4), "{all:?}");
    for name in ["Asthma", "Migraine"] {
        assert!(now() - stamped(&mut two, name) < A_DAY, "{name}");
    }
    two.line.honest();
    two.sync();
    assert_eq!(two.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    two.clinic.seat(Role::Administrator);
    let trail = two.clinic.trail();
    assert!(trail.iter().any(|row| row["action"] == "doubt_server"), "{trail:#?}");
    two.clinic.ok("acknowledge_findings", json!({}));
    two.sync();
    assert_eq!((found(&mut two), &two.status()["trouble"]), (None, &Value::Null));
}

#[test]
fn an_honest_limit_counts_also_where_the_clock_here_or_the_servers_was_wrong_before() {
    let (server, mut one, mut two, patient) = two_doctors();
    one.sync();
    // The server's clock runs two hours ahead when the second reads its feeds, and is right again.
    two.line.lie(server.key(), |answer| Answer { now: answer.now + 7_200_000, ..answer });
    two.sync();
    two.line.honest();
    one.clinic.time.set_wall(now() + 3_600_000);
    one.clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Cough"}}));
    one.sync();
    two.sync();
    assert_eq!(two.status()["findings"], json!([]));
    assert!(stamped(&mut two, "Cough") < now() + 60_000, "limited");
}
