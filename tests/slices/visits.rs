//! Visits from arrival to end, as the desk, the nurse and the doctor see them.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

fn start(clinic: &mut Clinic, patient: &str, status: &str) -> Value {
    let input = json!({"patient": patient, "kind": "consultation", "concern": "a cough", "status": status});
    clinic.ok("start_visit", input)
}

fn step(clinic: &mut Clinic, visit: &Value, to: &str) -> Value {
    clinic.ok("step_visit", json!({"visit": visit["id"], "version": visit["version"], "to": to}))
}

fn open(clinic: &mut Clinic) -> Vec<Value> {
    clinic.ok("queue", json!({}))["rows"].as_array().unwrap().clone()
}

fn at_desk() -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::FrontDesk);
    let (patient, _) = clinic.register("Lito", "Salonga");
    (clinic, patient)
}

#[test]
fn a_visit_goes_from_the_desk_by_the_nurse_to_the_doctor_and_keeps_the_time_of_each_step() {
    let (mut clinic, patient) = at_desk();
    let visit = start(&mut clinic, &patient, "arrived");
    clinic.time.pass(600);
    clinic.seat(Role::Nurse);
    let visit = step(&mut clinic, &visit, "triaged");
    clinic.time.pass(600);
    clinic.seat(Role::Doctor);
    let row = open(&mut clinic).remove(0);
    assert_eq!(
        (&row["status"], &row["since"], &row["minutes"], &row["concern"], &row["attending"]),
        (&json!("triaged"), &json!("10:31"), &json!(20), &json!("a cough"), &Value::Null)
    );
    let visit = step(&mut clinic, &visit, "in_progress");
    assert_eq!(open(&mut clinic)[0]["attending"], "Ana doctor");
    clinic.time.pass(600);
    step(&mut clinic, &visit, "completed");
    assert_eq!(open(&mut clinic), [Value::Null; 0]);
    let view = clinic.ok("visit", json!({"visit": visit["id"]}));
    let clock = |step: &str| text(&view["details"][step])[11..16].to_owned();
    assert_eq!(
        ["arrived_at", "triaged_at", "started_at", "ended_at"].map(clock),
        ["10:31", "10:41", "10:51", "11:01"]
    );
    assert_eq!((&view["attending"], &view["details"]["status"]), (&json!("Ana doctor"), &json!("completed")));
    let row = &clinic.ok("timeline", json!({"patient": patient, "kinds": [], "before": null}))["rows"][0];
    assert_eq!(
        (&row["fact"]["kind"], &row["author"], &row["time"], &row["signed"]),
        (&json!("visit"), &json!("Ana doctor"), &json!("10:51"), &json!(false))
    );
}

#[test]
fn who_came_first_stands_first_and_who_starts_visits_sees_why_they_came() {
    let (mut clinic, first) = at_desk();
    start(&mut clinic, &first, "arrived");
    clinic.time.pass(300);
    let (second, _) = clinic.register("Ana", "Reyes");
    start(&mut clinic, &second, "arrived");
    let people = |clinic: &mut Clinic| -> Vec<(String, Value)> {
        open(clinic).iter().map(|row| (text(&row["person"]["family"]), row["concern"].clone())).collect()
    };
    assert_eq!(
        people(&mut clinic),
        [("Salonga".into(), json!("a cough")), ("Reyes".into(), json!("a cough"))]
    );
    clinic.seat(Role::Administrator);
    assert!(people(&mut clinic).iter().all(|(_, concern)| concern.is_null()));
    clinic.seat(Role::Nurse);
    assert!(people(&mut clinic).iter().all(|(_, concern)| concern == "a cough"));
    clinic.restart();
    clinic.seat(Role::Nurse);
    assert_eq!(people(&mut clinic).len(), 2);
}

#[test]
fn the_banner_names_the_visit_that_somebody_is_in() {
    let (mut clinic, patient) = at_desk();
    let shown = |clinic: &mut Clinic| clinic.ok("banner", json!({"patient": patient}))["visit"].clone();
    assert_eq!(shown(&mut clinic), Value::Null);
    let visit = start(&mut clinic, &patient, "arrived");
    let expected = json!({
        "id": visit["id"], "version": visit["version"], "status": "arrived", "since": "10:31", "day": "2026-11-22",
        "attending": null, "mine": false, "urgency": null,
    });
    assert_eq!(shown(&mut clinic), expected);
    step(&mut clinic, &visit, "cancelled");
    assert_eq!(shown(&mut clinic), Value::Null);
}

#[test]
fn a_doctor_who_starts_a_visit_attends_it_and_the_desk_begins_none() {
    let (mut clinic, patient) = at_desk();
    let begin = json!({"patient": patient, "kind": "routine", "concern": null, "status": "in_progress"});
    assert_eq!(clinic.refused("start_visit", begin).code, Code::NotPermitted);
    let waiting = start(&mut clinic, &patient, "arrived");
    let step = json!({"visit": waiting["id"], "version": waiting["version"], "to": "in_progress"});
    assert_eq!(clinic.refused("step_visit", step).code, Code::NotPermitted);
    let (other, _) = clinic.register("Ana", "Reyes");
    clinic.seat(Role::Doctor);
    start(&mut clinic, &other, "in_progress");
    let mine: Vec<bool> = open(&mut clinic).iter().map(|row| row["mine"] == true).collect();
    assert_eq!((&open(&mut clinic)[1]["attending"], mine), (&json!("Ana doctor"), vec![false, true]));
}

#[test]
fn a_clinicians_note_takes_up_the_visit_that_waits_and_a_nurses_does_not() {
    let (mut clinic, patient) = at_desk();
    let visit = start(&mut clinic, &patient, "arrived");
    let write = |clinic: &mut Clinic, plan: &str| {
        let note = json!({"visit": visit["id"], "note": null, "version": null, "details": {"plan": plan}});
        clinic.ok("save_note", note)
    };
    clinic.seat(Role::Nurse);
    write(&mut clinic, "measure");
    assert_eq!(open(&mut clinic)[0]["status"], "arrived");
    clinic.time.pass(600);
    clinic.seat(Role::Doctor);
    let note = write(&mut clinic, "rest");
    let row = open(&mut clinic).remove(0);
    assert_eq!(
        (&row["status"], &row["since"], &row["attending"], &row["mine"]),
        (&json!("in_progress"), &json!("10:41"), &json!("Ana doctor"), &json!(true))
    );
    // The version that was answered is the note's own: it is gone on with.
    let sign = json!({"visit": visit["id"], "note": note["id"], "version": note["version"], "details": {"plan": "rest"}});
    assert_eq!(clinic.ok("sign_note", sign)["conflict"], false);
    // Whoever writes in a visit that is with somebody does not take it from them.
    clinic.seat(Role::Dentist);
    write(&mut clinic, "look at the teeth");
    assert_eq!(open(&mut clinic)[0]["attending"], "Ana doctor");
}

#[test]
fn a_clinician_takes_a_person_over_and_nobody_is_with_who_writes_no_notes() {
    let (mut clinic, patient) = at_desk();
    let clerk = clinic.ok("session", json!({}))["user"].clone();
    let (visit, _) = (start(&mut clinic, &patient, "arrived"), clinic.seat(Role::Doctor));
    let visit = step(&mut clinic, &visit, "in_progress");
    clinic.seat(Role::Dentist);
    let edit =
        |user: &Value| json!({"id": visit["id"], "version": visit["version"], "patch": {"attending": user}});
    assert_eq!(clinic.refused("edit_visit", edit(&clerk)).fields["field"], "attending");
    let dentist = clinic.ok("session", json!({}))["user"].clone();
    clinic.ok("edit_visit", edit(&dentist));
    let shown = clinic.ok("banner", json!({"patient": patient}))["visit"].clone();
    assert_eq!((&shown["attending"], &shown["mine"]), (&json!("Ana dentist"), &json!(true)));
}

#[test]
fn who_is_in_a_visit_here_is_put_into_no_second_one_until_it_is_over() {
    let (mut clinic, patient) = at_desk();
    let visit = start(&mut clinic, &patient, "arrived");
    clinic.seat(Role::Doctor);
    let again = json!({"patient": patient, "kind": "routine", "concern": null, "status": "in_progress"});
    let refused = |clinic: &mut Clinic, status: &str| {
        let refusal = clinic.refused("start_visit", again.clone());
        let fields = json!({"visit": visit["id"], "status": status});
        assert_eq!((refusal.code, json!(refusal.fields)), (Code::InVisit, fields));
    };
    refused(&mut clinic, "arrived");
    let begun = step(&mut clinic, &visit, "in_progress");
    clinic.time.pass(24 * 3600);
    clinic.seat(Role::Doctor);
    refused(&mut clinic, "in_progress");
    let (other, _) = clinic.register("Ana", "Reyes");
    start(&mut clinic, &other, "arrived");
    step(&mut clinic, &begun, "completed");
    clinic.ok("start_visit", again.clone());
    assert_eq!(open(&mut clinic).len(), 2);
}

#[test]
fn a_step_that_the_state_does_not_know_is_refused() {
    let (mut clinic, patient) = at_desk();
    let visit = start(&mut clinic, &patient, "arrived");
    let refused = |clinic: &mut Clinic, visit: &Value, to: &str| {
        let step = json!({"visit": visit["id"], "version": visit["version"], "to": to});
        clinic.refused("step_visit", step)
    };
    for to in ["arrived", "completed", "no_show", "scheduled"] {
        let refusal = refused(&mut clinic, &visit, to);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::IllegalMove, &json!("status")), "{to}");
    }
    clinic.seat(Role::Doctor);
    let visit = step(&mut clinic, &visit, "in_progress");
    let visit = step(&mut clinic, &visit, "completed");
    for to in ["in_progress", "cancelled", "triaged"] {
        assert_eq!(refused(&mut clinic, &visit, to).code, Code::IllegalMove, "{to}");
    }
    for status in ["scheduled", "triaged", "completed", "cancelled", "no_show"] {
        let input = json!({"patient": patient, "kind": "routine", "concern": null, "status": status});
        let refusal = clinic.refused("start_visit", input);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("status")), "{status}");
    }
}

#[test]
fn what_a_visit_is_for_is_changed_and_its_steps_only_by_a_step() {
    let (mut clinic, patient) = at_desk();
    let visit = start(&mut clinic, &patient, "arrived");
    clinic.seat(Role::Doctor);
    let doctor = clinic.ok("session", json!({}))["user"].clone();
    let edit = |patch: Value| json!({"id": visit["id"], "version": visit["version"], "patch": patch});
    let patch = json!({"kind": "emergency", "concern": null, "attending": doctor});
    clinic.ok("edit_visit", edit(patch));
    let view = clinic.ok("visit", json!({"visit": visit["id"]}));
    assert_eq!((&view["details"]["kind"], &view["attending"]), (&json!("emergency"), &json!("Ana doctor")));
    assert_eq!(view["details"].get("concern"), None);
    for (field, value) in [
        ("status", json!("completed")),
        ("arrived_at", json!("2026-11-22T08:00:00+08:00")),
        ("patient", json!(patient)),
        ("source", json!("elsewhere")),
        ("attending", json!("nobody")),
        ("kind", json!("chat")),
    ] {
        let refusal = clinic.refused("edit_visit", edit(json!({field: value})));
        assert_eq!(refusal.code, Code::WrongInput, "{field}");
    }
    let refusal = clinic.refused("edit_visit", edit(json!({"attending": patient})));
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("attending")));
}

#[test]
fn a_visit_may_begin_without_a_word_and_the_desk_says_later_why_they_came() {
    let (mut clinic, patient) = at_desk();
    let input = json!({"patient": patient, "kind": null, "concern": null, "status": "arrived"});
    let visit = clinic.ok("start_visit", input);
    let row = open(&mut clinic).remove(0);
    assert_eq!((&row["kind"], &row["concern"]), (&Value::Null, &Value::Null), "nobody said it");
    let details = |clinic: &mut Clinic| clinic.ok("visit_details", json!({"visit": visit["id"]}));
    let seen = details(&mut clinic);
    assert_eq!((&seen["patient"], &seen["details"]), (&json!(patient), &json!({})));
    let long = "a cough ".repeat(100);
    let patch = json!({"concern": long, "disposition": "home"});
    clinic.ok("edit_visit", json!({"id": visit["id"], "version": seen["version"], "patch": patch}));
    assert_eq!(details(&mut clinic)["details"], patch, "whole, so that it can be changed");
    clinic.seat(Role::Pharmacist);
    let refusal = clinic.refused("visit_details", json!({"visit": visit["id"]}));
    assert_eq!(refusal.code, Code::NotPermitted);
}

#[test]
fn a_visit_may_end_while_a_note_is_open_and_says_so_to_its_author() {
    let (mut clinic, patient) = at_desk();
    clinic.seat(Role::Doctor);
    let visit = start(&mut clinic, &patient, "in_progress");
    let note = json!({"visit": visit["id"], "note": null, "version": null, "details": {"plan": "rest"}});
    let note = clinic.ok("save_note", note);
    step(&mut clinic, &visit, "completed");
    let says = |clinic: &mut Clinic| clinic.ok("visit", json!({"visit": visit["id"]}))["note_open"].clone();
    assert_eq!(says(&mut clinic), true);
    clinic.seat(Role::Nurse);
    assert_eq!(says(&mut clinic), false);
    clinic.seat(Role::Doctor);
    let sign = json!({"visit": visit["id"], "note": note["id"], "version": note["version"], "details": {"plan": "rest"}});
    clinic.ok("sign_note", sign);
    assert_eq!(says(&mut clinic), false);
}

#[test]
fn a_visit_shows_what_was_measured_in_it_and_nobody_elses() {
    let (mut clinic, patient) = at_desk();
    let visit = start(&mut clinic, &patient, "arrived");
    clinic.seat(Role::Nurse);
    for visit in [&Value::Null, &visit["id"]] {
        let pulse = json!({
            "patient": patient, "visit": visit, "confirmed": [], "minutes_ago": null,
            "values": [{"sign": "pulse", "value": "72", "unit": null}],
        });
        clinic.ok("record_vitals", pulse);
    }
    let view = clinic.ok("visit", json!({"visit": visit["id"]}));
    let measured = view["measured"].as_array().unwrap();
    assert_eq!((measured.len(), &measured[0]["author"]), (1, &json!("Ana nurse")));
    assert_eq!(view["certificates"], json!([]));
}

#[test]
fn a_visit_of_nobody_is_not_found() {
    let (mut clinic, patient) = at_desk();
    let nobody = json!({"patient": "00000000-0000-0000-0000-000000000000", "kind": "routine", "concern": null, "status": "arrived"});
    assert_eq!(clinic.refused("start_visit", nobody).code, Code::NotFound);
    let step = json!({"visit": patient, "version": 1, "to": "triaged"});
    assert_eq!(clinic.refused("step_visit", step).code, Code::NotFound);
    clinic.seat(Role::Nurse);
    assert_eq!(clinic.refused("visit", json!({"visit": patient})).code, Code::NotFound);
}

#[test]
fn a_visit_that_came_from_elsewhere_is_on_the_timeline_and_not_under_way_here() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let subject = json!({"reference": "Patient/p1"});
    let encounter = |id: &str, status: &str| {
        json!({"resource": {
            "resourceType": "Encounter", "id": id, "status": status, "class": {"code": "AMB"},
            "subject": subject, "period": {"start": "2026-11-22T09:00:00+08:00"},
        }})
    };
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": "Salonga"}]}},
        encounter("e1", "in-progress"), encounter("e2", "arrived"),
    ]});
    clinic.ok("import_fhir", json!({"text": bundle.to_string(), "dry_run": false}));
    clinic.seat(Role::Nurse);
    let person = clinic.ok("find_patients", json!({"text": "salonga"}))["people"][0].clone();
    assert_eq!(open(&mut clinic), [Value::Null; 0]);
    assert_eq!(clinic.ok("banner", json!({"patient": person["id"]}))["visit"], Value::Null);
    let timeline =
        clinic.ok("timeline", json!({"patient": person["id"], "kinds": ["visit"], "before": null}));
    assert_eq!(timeline["rows"].as_array().map(Vec::len), Some(2));
    start(&mut clinic, &text(&person["id"]), "arrived");
    assert_eq!(open(&mut clinic).len(), 1);
}
