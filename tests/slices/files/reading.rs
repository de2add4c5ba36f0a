//! Results that nobody has read: they wait for who answers for them, and whoever has read one says so.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};

use super::samples::{pdf, png};
use super::{Story, register};

fn unread(story: &mut Story) -> Vec<Value> {
    story.clinic.ok("unread_files", json!({}))["rows"].as_array().cloned().unwrap()
}

#[test]
fn a_result_waits_until_somebody_who_answers_for_it_has_read_it_and_no_other_file_does() {
    let mut story = Story::begin();
    story.add(&pdf("a letter"), "referral");
    assert_eq!(unread(&mut story), Vec::<Value>::new());
    let first = story.add(&png(20, 20), "laboratory");
    story.clinic.time.pass(60);
    let other = register(&mut story.clinic, "Cruz", "Ana", "1989-07-14", "77");
    let mut input = story.input(&png(21, 20), "xray");
    input["patient"] = json!(other);
    let second = story.clinic.ok("add_file", input);
    let rows = unread(&mut story);
    let waiting: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
    assert_eq!(waiting, [&first["id"], &second["id"]], "the one that waits longest first");
    assert_eq!((&rows[0]["person"]["family"], &rows[0]["sort"]), (&json!("Mejía"), &json!("laboratory")));
    assert_eq!((&rows[0]["title"], &rows[0]["author"]), (&json!("Chest, PA"), &json!("Ana doctor")));
    let file = story.file(&first);
    assert_eq!(file["reading"], "unread");
    let read = json!({"id": first["id"], "version": file["version"]});
    story.clinic.ok("read_file", read.clone());
    assert_eq!(story.file(&first)["reading"], "read");
    assert_eq!(unread(&mut story).len(), 1);
    assert_eq!(story.clinic.ok("unread_files", json!({}))["count"], 1);
    let history = story.clinic.ok("history", json!({"record": first["id"]}));
    assert!(history.to_string().contains("reading"), "{history}");
    assert_eq!(story.clinic.refused("read_file", read).code, Code::IllegalMove, "once");
    let letter = story.rows().into_iter().find(|row| row["sort"] == "referral").unwrap();
    let read = json!({"id": letter["id"], "version": letter["version"]});
    assert_eq!(story.clinic.refused("read_file", read).code, Code::IllegalMove, "it is no result");
    assert_eq!(story.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn who_does_not_answer_for_results_neither_sees_which_wait_nor_says_that_one_was_read() {
    let mut story = Story::begin();
    let result = story.add(&png(20, 20), "laboratory");
    for role in [Role::FrontDesk, Role::Pharmacist, Role::Auditor, Role::Administrator] {
        story.clinic.seat(role);
        assert_eq!(story.clinic.refused("unread_files", json!({})).code, Code::NotPermitted);
        let read = json!({"id": result["id"], "version": result["version"]});
        assert_eq!(story.clinic.refused("read_file", read).code, Code::NotPermitted);
    }
    story.clinic.seat(Role::Nurse);
    assert_eq!(unread(&mut story).len(), 1);
}

#[test]
fn a_result_that_moves_to_another_chart_waits_there_and_one_that_is_withdrawn_waits_no_more() {
    let mut story = Story::begin();
    let result = story.add(&png(20, 20), "laboratory");
    story.clinic.ok("read_file", json!({"id": result["id"], "version": result["version"]}));
    let other = register(&mut story.clinic, "Cruz", "Ana", "1989-07-14", "77");
    let version = story.file(&result)["version"].clone();
    let step = json!({"id": result["id"], "version": version, "to": other, "reason": "another's"});
    let moved = story.clinic.ok("move_file", step);
    assert_eq!(unread(&mut story)[0]["id"], moved["id"], "in that chart nobody has read it");
    let void = json!({"id": moved["id"], "version": moved["version"], "reason": "not hers"});
    story.clinic.ok("void_file", void);
    assert_eq!(unread(&mut story), Vec::<Value>::new());
}

#[test]
fn the_timeline_shows_a_files_small_picture_who_filed_it_and_that_nobody_has_read_it() {
    let mut story = Story::begin();
    story.add(&png(640, 480), "laboratory");
    story.add("Haemoglobin 131 g/l".as_bytes(), "other");
    let timeline = json!({"patient": story.patient, "kinds": ["attachment"], "before": null});
    let rows = story.clinic.ok("timeline", timeline)["rows"].clone();
    let of = |sort: &str| {
        let all = rows.as_array().unwrap();
        all.iter().find(|row| row["fact"]["details"]["sort"] == sort).cloned().unwrap()
    };
    let scan = of("laboratory");
    assert!(story.picture(&scan["thumb"]).starts_with(b"\xff\xd8\xff"));
    assert_eq!((&scan["author"], &scan["fact"]["details"]["pages"]), (&json!("Ana doctor"), &json!(1)));
    assert_eq!(scan["fact"]["details"]["reading"], "unread");
    assert_eq!(
        (&of("other")["thumb"], &of("other")["fact"]["details"]["reading"]),
        (&Value::Null, &Value::Null)
    );
}
