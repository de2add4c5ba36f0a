//! A server that leaves out, empties or refuses what others wrote: it is noticed, told, and healed by its next honest answer.

use app::{Code, Refusal};
use crypto::log::EntryBytes;
use domain::access::Role;
use domain::sync::{Answer, Fed, Received, Ruling};
use domain::wire::Bytes;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text, two_doctors};

fn said(refusal: &Refusal) -> (Code, Value) {
    (refusal.code, refusal.fields.get("reason").cloned().unwrap_or_default())
}

fn doubted(reason: &str) -> (Code, Value) {
    (Code::ServerNotBelieved, json!(reason))
}

/// Refuses every transaction of the site in the words of a lack of rights.
fn refused(mut answer: Answer) -> Answer {
    if let Some(page) = answer.pages.last_mut() {
        page.entries.iter_mut().for_each(refuse);
    }
    for judged in &mut answer.verdicts {
        judged.verdict = Ruling::Quarantined;
        judged.fault = Some(r#"{"code":"not_allowed","field":"role"}"#.to_owned());
    }
    answer
}

fn refuse(fed: &mut Fed) {
    fed.verdict = Ruling::Quarantined;
    fed.fault = Some(r#"{"code":"not_allowed","field":"role"}"#.to_owned());
}

/// Two doctors, and an allergy that the first has written since the second last synced.
fn with_an_allergy() -> (Server, Workstation, Workstation, String) {
    let (server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    add_allergy(&mut one, &patient, "Penicillin");
    one.sync();
    (server, one, two, patient)
}

fn add_allergy(workstation: &mut Workstation, patient: &str, substance: &str) -> Value {
    let details = json!({"substance": substance, "severity": "severe"});
    workstation.clinic.ok("add_allergy", json!({"patient": patient, "details": details}))
}

fn allergies(workstation: &mut Workstation, patient: &str) -> Vec<String> {
    let rows = workstation.clinic.ok("allergies", json!({"patient": patient}))["rows"].clone();
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| text(&row["details"]["substance"])).collect()
}

fn banner(workstation: &mut Workstation, patient: &str) -> Value {
    workstation.clinic.ok("banner", json!({"patient": patient}))["refused"].clone()
}

fn agree(workstation: &mut Workstation) {
    assert_eq!(workstation.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn a_colleagues_entry_that_the_server_refuses_for_no_known_reason_is_shown_in_its_place_and_healed_by_its_next_true_word()
 {
    let (server, _one, mut two, patient) = with_an_allergy();
    two.line.lie(server.key(), refused);
    two.sync();
    assert_eq!(allergies(&mut two, &patient), [] as [&str; 0], "it stays outside the records");
    let shown = banner(&mut two, &patient);
    let row = &shown[0];
    assert_eq!(
        [&row["kind"], &row["fact"]["details"]["substance"], &row["fault"], &row["field"], &row["author"]],
        [
            &json!("allergy"),
            &json!("Penicillin"),
            &json!("not_allowed"),
            &json!("role"),
            &json!("Ana doctor")
        ]
    );
    assert!(row["said"].to_string().contains("Penicillin"), "{row}");
    assert!(!row["said"].to_string().contains(&patient), "nobody reads an id: {row}");
    let report = two.report()["refused"].clone();
    assert_eq!(
        (&report[0]["disputed"], &report[0]["held"], &two.status()["refused"]),
        (&json!(true), &json!(false), &json!(1))
    );
    agree(&mut two);
    // The lie goes on: the server is asked about it, and says the same.
    two.sync();
    assert_eq!(banner(&mut two, &patient).as_array().map(Vec::len), Some(1));
    two.line.honest();
    two.sync();
    assert_eq!(
        (allergies(&mut two, &patient), banner(&mut two, &patient)),
        (vec!["Penicillin".to_owned()], Value::Null)
    );
    assert_eq!((two.report()["refused"].clone(), two.status()["refused"].clone()), (json!([]), json!(0)));
    agree(&mut two);
}

#[test]
fn ones_own_entry_that_the_server_refuses_for_no_known_reason_is_disputed_too_and_healed() {
    let (server, _one, mut two, patient) = with_an_allergy();
    two.sync();
    add_allergy(&mut two, &patient, "Latex");
    two.line.lie(server.key(), refused);
    two.sync();
    assert_eq!(allergies(&mut two, &patient), ["Penicillin"]);
    assert_eq!(banner(&mut two, &patient)[0]["fact"]["details"]["substance"], json!("Latex"));
    two.line.honest();
    two.sync();
    assert_eq!(allergies(&mut two, &patient).len(), 2);
    agree(&mut two);
}

#[test]
fn what_is_disputed_is_written_anew_under_ones_own_name_or_let_go() {
    let (server, mut one, mut two, patient) = with_an_allergy();
    add_allergy(&mut one, &patient, "Latex");
    one.sync();
    two.line.lie(server.key(), refused);
    two.sync();
    let shown = banner(&mut two, &patient);
    assert_eq!(shown.as_array().map(Vec::len), Some(2));
    two.clinic.seat(Role::Nurse);
    let nurse = two.clinic.ok("write_anew", json!({"id": shown[0]["id"]}));
    assert!(nurse["id"].is_string());
    // Once: whoever presses again writes nothing twice.
    assert_eq!(two.clinic.refused("write_anew", json!({"id": shown[0]["id"]})).code, Code::NotFound);
    two.clinic.ok("set_aside", json!({"id": shown[1]["id"]}));
    assert_eq!(
        (allergies(&mut two, &patient), banner(&mut two, &patient)),
        (vec!["Penicillin".to_owned()], Value::Null)
    );
    let history = two.clinic.ok("history", json!({"record": nurse["id"], "before": null}));
    assert!(history.to_string().contains("Ana nurse"), "{history}");
    assert_eq!(two.status()["refused"], json!(0));
    assert_eq!(two.clinic.refused("write_anew", json!({"id": 1})).code, Code::NotFound);
}

#[test]
fn what_a_state_of_its_author_bears_out_is_refused_and_not_disputed() {
    let (server, mut one, mut two, patient) = with_an_allergy();
    // The doctor's account has ended by the time the server is asked: whoever knows that disputes nothing.
    one.clinic.seat(Role::Administrator);
    let staff = one.clinic.ok("staff", json!({"before": null}));
    let people = staff["people"].as_array().unwrap();
    let doctor = people.iter().find(|person| person["role"] == "doctor").unwrap();
    one.clinic.ok("deactivate_user", json!({"user": doctor["id"], "version": doctor["version"]}));
    one.sync();
    two.clinic.seat(Role::Nurse);
    two.line.lie(server.key(), refused);
    two.sync();
    assert_eq!((allergies(&mut two, &patient).len(), banner(&mut two, &patient)), (0, Value::Null));
}

/// Takes the last transaction of the site out of its page, and leaves the head that ends at it.
fn without_the_last(mut answer: Answer) -> Answer {
    if let Some(page) = answer.pages.last_mut() {
        page.entries.pop();
        page.next = page.entries.last().map_or(page.next - 1, |fed| fed.position);
    }
    answer
}

/// Takes every page away, and says that there is nothing new.
fn without_pages(mut answer: Answer) -> Answer {
    answer.pages.clear();
    answer
}

fn without_bodies(mut answer: Answer) -> Answer {
    for fed in answer.pages.iter_mut().flat_map(|page| &mut page.entries) {
        let mut entry = EntryBytes::from_sent(&fed.entry.0).unwrap();
        entry.ops.iter_mut().for_each(|op| op.body = None);
        fed.entry = Bytes(entry.to_sent());
    }
    answer
}

#[test]
fn an_answer_that_leaves_out_empties_or_invents_is_not_taken_in_told_by_its_reason_kept_in_the_trail_and_healed()
 {
    let (server, mut one, mut two, patient) = with_an_allergy();
    add_allergy(&mut one, &patient, "Latex");
    one.sync();
    let lies = [("left_out", without_the_last as fn(Answer) -> Answer), ("erased", without_bodies)];
    for (reason, lie) in lies {
        two.line.lie(server.key(), lie);
        assert_eq!(said(&two.try_sync().unwrap_err()), doubted(reason));
        assert_eq!(two.status()["trouble"]["reason"], json!(reason));
        assert_eq!(allergies(&mut two, &patient), [] as [&str; 0]);
    }
    two.line.honest();
    two.sync();
    assert_eq!(allergies(&mut two, &patient).len(), 2);
    assert_eq!(two.status()["trouble"], Value::Null);
    two.clinic.seat(Role::Administrator);
    let doubts: Vec<_> =
        two.clinic.trail().into_iter().filter(|row| row["action"] == "doubt_server").collect();
    assert_eq!(doubts.len(), 2, "each once");
}

#[test]
fn a_server_that_has_ones_own_work_and_does_not_tell_it_back_leaves_out() {
    let (server, _one, mut two, patient) = with_an_allergy();
    two.sync();
    add_allergy(&mut two, &patient, "Latex");
    two.line.lie(server.key(), without_pages);
    assert_eq!(said(&two.try_sync().unwrap_err()), doubted("left_out"));
    assert_eq!(two.status()["waiting"], json!(1), "nothing of the answer counts");
    two.line.honest();
    two.sync();
    assert_eq!((two.status()["waiting"].clone(), allergies(&mut two, &patient).len()), (json!(0), 2));
}

#[test]
fn a_position_or_a_count_far_beyond_the_servers_own_is_not_believed_and_healed() {
    let (server, _one, mut two, patient) = with_an_allergy();
    let far = |mut answer: Answer| {
        for page in &mut answer.pages {
            page.entries.iter_mut().for_each(|fed| fed.position += 1 << 40);
            page.next += 1 << 40;
        }
        answer
    };
    two.line.lie(server.key(), far);
    assert_eq!(two.try_sync().unwrap_err().code, Code::ServerNotBelieved);
    let more = |mut answer: Answer| {
        let scope = answer.pages[0].scope;
        answer.received = vec![Received { scope, through: 1 << 40, root: [0; 32] }];
        answer
    };
    two.line.lie(server.key(), more);
    let refused = two.try_sync().unwrap_err().code;
    assert!([Code::ServerNotBelieved, Code::Forked].contains(&refused), "{refused:?}");
    two.line.honest();
    two.sync();
    assert_eq!(allergies(&mut two, &patient), ["Penicillin"]);
    agree(&mut two);
}
