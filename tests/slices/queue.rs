//! The queue: tickets, calls, the order in which people are called, and the board of the waiting room.

use std::fs;

use app::commands::COMMANDS;
use app::{Code, Window};
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};
use tests::papers::words;

/// The front desk with these people, who came one after the other, a minute apart.
fn came(families: &[&str]) -> Clinic {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::FrontDesk);
    for family in families {
        arrive(&mut clinic, family);
        clinic.time.pass(60);
    }
    clinic
}

fn arrive(clinic: &mut Clinic, family: &str) -> Value {
    let (patient, _) = clinic.register("Lito", family);
    let visit =
        json!({"patient": patient, "kind": "consultation", "concern": "a cough", "status": "arrived"});
    clinic.ok("start_visit", visit)
}

fn queue(clinic: &mut Clinic) -> Vec<Value> {
    clinic.ok("queue", json!({}))["rows"].as_array().unwrap().clone()
}

fn row(clinic: &mut Clinic, family: &str) -> Value {
    queue(clinic).into_iter().find(|row| row["person"]["family"] == family).unwrap()
}

fn families(clinic: &mut Clinic) -> Vec<String> {
    queue(clinic).iter().map(|row| text(&row["person"]["family"])).collect()
}

fn ticket(row: &Value) -> [String; 3] {
    ["number", "queue", "status"].map(|field| text(&row["ticket"][field]))
}

fn call(row: &Value, to: Option<&str>) -> Value {
    json!({"ticket": row["ticket"]["id"], "version": row["ticket"]["version"], "to": to})
}

fn step(row: &Value, to: &str, queue: Option<&str>) -> Value {
    json!({"ticket": row["ticket"]["id"], "version": row["ticket"]["version"], "to": to, "queue": queue})
}

fn make_urgent(clinic: &mut Clinic, family: &str, urgency: &str) {
    let row = row(clinic, family);
    let patch = json!({"urgency": urgency, "urgent_for": "SpO₂ 89 %"});
    clinic.ok("edit_visit", json!({"id": row["visit"], "version": row["version"], "patch": patch}));
}

#[test]
fn each_visit_gets_a_ticket_that_goes_with_it_and_the_next_day_counts_anew() {
    let mut clinic = came(&["Salonga", "Reyes"]);
    let numbers: Vec<String> = queue(&mut clinic).iter().map(|row| ticket(row)[0].clone()).collect();
    assert_eq!(numbers, ["A01", "A02"]);
    assert_eq!(ticket(&row(&mut clinic, "Reyes")), ["A02", "nurse", "waiting"]);
    let go = |clinic: &mut Clinic, role, to| {
        clinic.seat(role);
        let row = row(clinic, "Reyes");
        clinic.ok("step_visit", json!({"visit": row["visit"], "version": row["version"], "to": to}));
    };
    go(&mut clinic, Role::Nurse, "triaged");
    assert_eq!(ticket(&row(&mut clinic, "Reyes")), ["A02", "physician", "waiting"]);
    go(&mut clinic, Role::Doctor, "in_progress");
    assert_eq!(ticket(&row(&mut clinic, "Reyes")), ["A02", "physician", "serving"]);
    go(&mut clinic, Role::Doctor, "completed");
    assert_eq!(families(&mut clinic), ["Salonga"]);
    clinic.time.pass(24 * 3600);
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Ana", "Lim");
    let visit = json!({"patient": patient, "kind": "routine", "concern": null, "status": "in_progress"});
    clinic.ok("start_visit", visit);
    assert_eq!(ticket(&row(&mut clinic, "Lim")), ["A01", "physician", "serving"]);
    let rebuilt = clinic.ok("rebuild", json!({"check": true}));
    assert_eq!(rebuilt["differing"], json!([]));
}

#[test]
fn a_clinicians_note_takes_the_ticket_up_with_the_visit() {
    let mut clinic = came(&["Salonga"]);
    clinic.seat(Role::Doctor);
    let visit = row(&mut clinic, "Salonga")["visit"].clone();
    let note = json!({"visit": visit, "note": null, "version": null, "details": {"plan": "rest"}});
    let kept = clinic.ok("save_note", note);
    assert_eq!(ticket(&row(&mut clinic, "Salonga"))[2], "serving");
    // The version that is answered is the note's own.
    let sign =
        json!({"visit": visit, "note": kept["id"], "version": kept["version"], "details": {"plan": "rest"}});
    assert_eq!(clinic.ok("sign_note", sign)["conflict"], false);
}

#[test]
fn a_ticket_is_called_to_a_room_that_is_remembered_and_called_again() {
    let mut clinic = came(&["Salonga", "Reyes"]);
    clinic.seat(Role::Nurse);
    let first = row(&mut clinic, "Salonga");
    assert_eq!(first["ticket"]["called"], Value::Null);
    clinic.ok("call", call(&first, Some(" Room 2 ")));
    clinic.time.pass(120);
    let second = row(&mut clinic, "Reyes");
    clinic.ok("call", call(&second, None));
    let seen = row(&mut clinic, "Salonga");
    assert_eq!(ticket(&seen)[2], "serving");
    clinic.ok("call", call(&seen, None));
    let called = &row(&mut clinic, "Salonga")["ticket"]["called"];
    assert_eq!(
        (&called["to"], &called["times"], &called["minutes"], &called["elsewhere"]),
        (&json!("Room 2"), &json!(2), &json!(0), &Value::Null)
    );
    assert_eq!(row(&mut clinic, "Reyes")["ticket"]["called"]["to"], "Room 2");
    clinic.restart();
    clinic.seat(Role::Doctor);
    let here = clinic.ok("queue", json!({}));
    assert_eq!((&here["room"], &here["room_said"]), (&json!("Room 2"), &json!(true)));
}

#[test]
fn where_nobody_said_a_room_the_workstations_own_name_is_offered_and_not_taken_for_said() {
    let mut clinic = came(&["Salonga"]);
    clinic.seat(Role::Nurse);
    let here = clinic.ok("queue", json!({}));
    let own = text(&here["room"]);
    assert_eq!((own.is_empty(), &here["room_said"]), (false, &json!(false)));
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("call", call(&seen, None));
    assert_eq!(row(&mut clinic, "Salonga")["ticket"]["called"]["to"], json!(own));
    assert_eq!(clinic.ok("queue", json!({}))["room_said"], false);
    // Said once, it is said, also where it is the same.
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("call", call(&seen, Some("Room 2")));
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("call", call(&seen, Some(&own)));
    let here = clinic.ok("queue", json!({}));
    assert_eq!((&here["room"], &here["room_said"]), (&json!(own), &json!(true)));
}

#[test]
fn who_was_called_meanwhile_has_no_room_or_is_gone_is_not_called() {
    let mut clinic = came(&["Salonga"]);
    clinic.seat(Role::Nurse);
    let seen = row(&mut clinic, "Salonga");
    for to in ["", "  ", "a room with a name that nobody reads from afar"] {
        let refusal = clinic.refused("call", call(&seen, Some(to)));
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("to")), "{to}");
    }
    clinic.ok("call", call(&seen, None));
    assert_eq!(clinic.refused("call", call(&seen, None)).code, Code::Stale);
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("step_ticket", step(&seen, "left", None));
    assert_eq!(clinic.refused("call", call(&seen, None)).code, Code::IllegalMove);
    assert_eq!(clinic.refused("step_ticket", step(&seen, "moved", Some("eye"))).code, Code::IllegalMove);
    let nobody = json!({"ticket": seen["visit"], "version": 1, "to": null});
    assert_eq!(clinic.refused("call", nobody).code, Code::NotFound);
}

#[test]
fn who_is_urgent_comes_first_then_who_came_first_and_an_hour_is_a_step() {
    let mut clinic = came(&["Salonga", "Reyes", "Lim"]);
    assert_eq!(families(&mut clinic), ["Salonga", "Reyes", "Lim"]);
    make_urgent(&mut clinic, "Lim", "urgent");
    assert_eq!(families(&mut clinic), ["Lim", "Salonga", "Reyes"]);
    make_urgent(&mut clinic, "Reyes", "now");
    assert_eq!(families(&mut clinic), ["Reyes", "Lim", "Salonga"]);
    let why = |clinic: &mut Clinic, family| text(&row(clinic, family)["why"]);
    assert_eq!((why(&mut clinic, "Lim"), why(&mut clinic, "Salonga")), ("urgency".into(), "turn".into()));
    // Salonga has waited for an hour and stands beside the urgent of now; Lim is one step up too.
    clinic.time.pass(3600);
    arrive(&mut clinic, "Cruz");
    make_urgent(&mut clinic, "Cruz", "urgent");
    assert_eq!(why(&mut clinic, "Salonga"), "waited");
    assert_eq!(families(&mut clinic), ["Reyes", "Lim", "Salonga", "Cruz"]);
    // The sign is for who reads charts.
    assert_eq!(row(&mut clinic, "Lim")["urgent_for"], Value::Null);
    clinic.seat(Role::Nurse);
    assert_eq!(row(&mut clinic, "Lim")["urgent_for"], "SpO₂ 89 %");
}

#[test]
fn who_went_away_ends_ticket_and_visit_in_one_step_and_comes_back_with_another_ticket() {
    let mut clinic = came(&["Salonga"]);
    let seen = row(&mut clinic, "Salonga");
    clinic.seat(Role::Pharmacist);
    assert_eq!(clinic.refused("step_ticket", step(&seen, "left", None)).code, Code::NotPermitted);
    clinic.seat(Role::Administrator);
    assert_eq!(clinic.refused("step_ticket", step(&seen, "left", None)).code, Code::NotPermitted);
    clinic.seat(Role::Nurse);
    clinic.ok("step_ticket", step(&seen, "left", None));
    assert_eq!(families(&mut clinic), [""; 0]);
    let details = clinic.ok("visit", json!({"visit": seen["visit"]}))["details"].clone();
    assert_eq!((&details["status"], &details["disposition"]), (&json!("cancelled"), &json!("left")));
    assert!(details["ended_at"].is_string());
    let again =
        json!({"patient": seen["person"]["id"], "kind": "routine", "concern": null, "status": "arrived"});
    clinic.ok("start_visit", again);
    assert_eq!(ticket(&row(&mut clinic, "Salonga")), ["A02", "nurse", "waiting"]);
}

#[test]
fn a_ticket_moves_to_another_queue_under_its_number_and_waits_since_it_came() {
    let mut clinic = came(&["Salonga"]);
    clinic.time.pass(600);
    clinic.seat(Role::Nurse);
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("call", call(&seen, None));
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("step_ticket", step(&seen, "moved", Some("dental")));
    let seen = row(&mut clinic, "Salonga");
    assert_eq!(ticket(&seen), ["A01", "dental", "waiting"]);
    assert_eq!((&seen["ticket"]["called"], &seen["minutes"]), (&Value::Null, &json!(11)));
    let refusals = [
        (step(&seen, "moved", None), Code::Missing),
        (step(&seen, "moved", Some("dental")), Code::Invalid),
        (step(&seen, "done", None), Code::Invalid),
        (step(&seen, "waiting", None), Code::Invalid),
    ];
    for (input, code) in refusals {
        assert_eq!(clinic.refused("step_ticket", input.clone()).code, code, "{input}");
    }
}

#[test]
fn whoever_waits_for_the_pharmacy_stays_in_the_line_when_the_visit_is_over() {
    let mut clinic = came(&["Salonga"]);
    clinic.seat(Role::Doctor);
    let seen = row(&mut clinic, "Salonga");
    let go = |row: &Value, to: &str| json!({"visit": row["visit"], "version": row["version"], "to": to});
    clinic.ok("step_visit", go(&seen, "in_progress"));
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("step_ticket", step(&seen, "moved", Some("pharmacy")));
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("step_visit", go(&seen, "completed"));
    let seen = row(&mut clinic, "Salonga");
    assert_eq!(
        (ticket(&seen), &seen["status"]),
        (["A01", "pharmacy", "waiting"].map(Into::into), &json!("completed"))
    );
    clinic.seat(Role::Pharmacist);
    clinic.ok("call", call(&seen, Some("Window")));
    let seen = row(&mut clinic, "Salonga");
    clinic.ok("step_ticket", step(&seen, "done", None));
    assert_eq!(families(&mut clinic), [""; 0]);
}

#[test]
fn who_is_left_from_another_day_stands_behind_and_is_not_called() {
    let mut clinic = came(&["Salonga"]);
    make_urgent(&mut clinic, "Salonga", "now");
    clinic.time.pass(24 * 3600);
    clinic.seat(Role::FrontDesk);
    arrive(&mut clinic, "Reyes");
    assert_eq!(families(&mut clinic), ["Reyes", "Salonga"]);
    let old = row(&mut clinic, "Salonga");
    let refusal = clinic.refused("call", call(&old, None));
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::IllegalMove, &json!("day")));
}

#[test]
fn who_calls_again_for_another_room_keeps_their_own() {
    let mut clinic = came(&["Salonga", "Reyes"]);
    clinic.seat(Role::Nurse);
    let first = row(&mut clinic, "Salonga");
    clinic.ok("call", call(&first, Some("Room 2")));
    let second = row(&mut clinic, "Reyes");
    clinic.ok("call", call(&second, Some("Room 1")));
    let again = row(&mut clinic, "Salonga");
    clinic.ok("call", call(&again, Some("Room 2")));
    assert_eq!(clinic.ok("queue", json!({}))["room"], "Room 1");
}

#[test]
fn an_estimate_follows_from_the_calls_of_the_day() {
    let mut clinic = came(&["Salonga", "Reyes", "Lim", "Cruz", "Abad", "Tan"]);
    clinic.seat(Role::Nurse);
    assert_eq!(row(&mut clinic, "Tan")["estimate"], Value::Null);
    for family in ["Salonga", "Reyes", "Lim", "Cruz"] {
        let seen = row(&mut clinic, family);
        clinic.ok("call", call(&seen, None));
        clinic.time.pass(240);
    }
    let minutes = |clinic: &mut Clinic, family| row(clinic, family)["estimate"].clone();
    assert_eq!((minutes(&mut clinic, "Abad"), minutes(&mut clinic, "Tan")), (json!(0), json!(5)));
    assert_eq!(minutes(&mut clinic, "Cruz"), Value::Null);
}

#[test]
fn the_board_holds_the_last_five_tickets_with_their_rooms_and_no_name() {
    let families = ["Salonga", "Reyes", "Lim", "Cruz", "Abad", "Tan"];
    let mut clinic = came(&families);
    clinic.seat(Role::Nurse);
    for (family, room) in families.iter().zip(["Room 1", "Room 2"].iter().cycle()) {
        let seen = row(&mut clinic, family);
        clinic.ok("call", call(&seen, Some(room)));
        clinic.time.pass(60);
    }
    let seen = row(&mut clinic, "Reyes");
    clinic.ok("call", call(&seen, Some("Room 3")));
    let answer = clinic.call_from(Window::Display, "board", "{}").unwrap();
    let rows: Vec<String> = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", text(&row["ticket"]), text(&row["room"])))
        .collect();
    assert_eq!(rows, ["A02 Room 3", "A06 Room 2", "A05 Room 1", "A04 Room 2", "A03 Room 1"]);
    assert_eq!((&answer["cut_off"], &answer["as_of"]), (&json!(false), &json!("10:43")));
    let said = answer.to_string();
    for person in families.iter().chain(&["Lito", "cough", "Ana"]) {
        assert!(!said.contains(person), "{person}");
    }
}

#[test]
fn the_window_of_the_waiting_room_can_name_the_board_and_nothing_else() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let offered: Vec<&str> = COMMANDS
        .iter()
        .filter(|command| Window::Display.offers(command))
        .map(|command| command.name)
        .collect();
    assert_eq!(offered, ["board"]);
    let refusal = clinic.call_from(Window::Display, "queue", "{}").unwrap_err();
    assert_eq!(refusal.code, Code::UnknownCommand);
    clinic.ok("lock", json!({}));
    assert_eq!(clinic.call_from(Window::Display, "board", "{}").unwrap_err().code, Code::ScreenLocked);
    clinic.seat(Role::Administrator);
    assert_eq!(clinic.call_from(Window::Display, "board", "{}").unwrap_err().code, Code::NotPermitted);
}

#[test]
fn the_day_sheet_has_everybody_who_came_today_and_is_printed_or_kept_with_an_entry() {
    let mut clinic = came(&["Salonga", "Reyes"]);
    let seen = row(&mut clinic, "Reyes");
    clinic.ok("step_ticket", step(&seen, "left", None));
    let (unsaid, _) = clinic.register("Ana", "Unsaid");
    let quick = json!({"patient": unsaid, "kind": null, "concern": null, "status": "arrived"});
    clinic.ok("start_visit", quick);
    let printed = clinic.ok("print_day_sheet", json!({"printer": null}));
    assert_eq!((&printed["printer"], &printed["copies"]), (&json!("desk"), &json!(1)));
    let folder = tempfile::tempdir().unwrap();
    let place = clinic.desk().chose(folder.path().join("day.pdf")).unwrap();
    assert_eq!(clinic.ok("save_day_sheet", json!({"place": place}))["name"], "day.pdf");
    let pdf = fs::read(folder.path().join("day.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    let told = words(&pdf);
    for said in [
        "Day sheet, 22-Nov-2026",
        "SALONGA, Lito",
        "REYES, Lito",
        "a cough",
        "Waiting",
        "Left before the end",
        "UNSAID, Ana",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("Consultation"), "nobody said why they came: {told}");
    // The next day begins with an empty sheet.
    clinic.time.pass(24 * 3600);
    clinic.seat(Role::FrontDesk);
    let place = clinic.desk().chose(folder.path().join("next.pdf")).unwrap();
    clinic.ok("save_day_sheet", json!({"place": place}));
    assert!(!words(&fs::read(folder.path().join("next.pdf")).unwrap()).contains("SALONGA"));
    let refusals = [
        ("print_day_sheet", json!({"printer": "none such"}), Code::NoPrinter),
        ("save_day_sheet", json!({"place": "nowhere"}), Code::Invalid),
    ];
    for (name, input, code) in refusals {
        assert_eq!(clinic.refused(name, input).code, code, "{name}");
    }
    clinic.seat(Role::Pharmacist);
    assert_eq!(clinic.refused("print_day_sheet", json!({"printer": null})).code, Code::NotPermitted);
    clinic.seat(Role::Auditor);
    let acts: Vec<String> = clinic.trail().iter().map(|row| text(&row["action"])).collect();
    assert!(["print_day_sheet", "save_day_sheet"].iter().all(|act| acts.iter().any(|done| done == act)));
}

#[test]
fn blank_encounter_forms_are_printed_as_many_as_are_asked_for() {
    let mut clinic = came(&[]);
    let printed = clinic.ok("print_encounter_form", json!({"printer": "hall", "copies": 20}));
    assert_eq!((&printed["printer"], &printed["copies"]), (&json!("hall"), &json!(20)));
    for copies in [0, 51] {
        let refusal = clinic.refused("print_encounter_form", json!({"printer": null, "copies": copies}));
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("copies")), "{copies}");
    }
}
