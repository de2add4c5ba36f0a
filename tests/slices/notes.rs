//! Notes: open while they are written, frozen when they are signed, and only added to after.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

/// A doctor at the desk and a visit under way.
fn doctor() -> (Clinic, String, Value) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let visit = clinic.ok("start_visit", visit)["id"].clone();
    (clinic, patient, visit)
}

fn write(visit: &Value, note: &Value, details: Value) -> Value {
    json!({"visit": visit, "note": note["id"], "version": note["version"], "details": details})
}

fn fresh(visit: &Value, details: Value) -> Value {
    write(visit, &json!({"id": null, "version": null}), details)
}

fn view(clinic: &mut Clinic, note: &Value) -> Value {
    clinic.ok("note", json!({"note": note["id"]}))
}

/// The refusal of a command, with the field that it names.
fn refused(clinic: &mut Clinic, command: &str, input: Value) -> (Code, Value) {
    let refusal = clinic.refused(command, input);
    (refusal.code, refusal.fields.get("field").cloned().unwrap_or_default())
}

#[test]
fn a_note_is_saved_open_changed_and_signed_and_says_by_whom_and_when() {
    let (mut clinic, patient, visit) = doctor();
    let details = json!({
        "concern": "cough for a week", "examination": "lungs clear", "plan": "rest",
        "diagnoses": {"a": {"name": "Common cold", "code": "J00", "primary": true}, "b": {"name": "Asthma"}},
    });
    let note = clinic.ok("save_note", fresh(&visit, details));
    let open = view(&mut clinic, &note);
    assert_eq!(
        (&open["mine"], &open["author"], &open["signed_at"]),
        (&json!(true), &json!("Ana doctor"), &Value::Null)
    );
    clinic.time.pass(240);
    // What a note no longer says is cleared: the examination and a diagnosis.
    let details = json!({
        "concern": "cough for a week", "plan": "rest and fluids",
        "diagnoses": {"a": {"name": "Common cold", "code": "J00", "primary": true}},
    });
    let signed = clinic.ok("sign_note", write(&visit, &note, details.clone()));
    assert_eq!((&signed["id"], &signed["conflict"]), (&note["id"], &json!(false)));
    let signed = view(&mut clinic, &note);
    let mut expected = details;
    for (name, id) in [("patient", &json!(patient)), ("visit", &visit), ("author", &signed["author_id"])] {
        expected[name] = id.clone();
    }
    assert_eq!(signed["details"], expected);
    assert_eq!(signed["signed_at"], "2026-11-22T10:35:00+08:00");
    let row =
        &clinic.ok("timeline", json!({"patient": patient, "kinds": ["note"], "before": null}))["rows"][0];
    assert_eq!((&row["signed"], &row["author"]), (&json!(true), &json!("Ana doctor")));
}

#[test]
fn a_note_is_written_and_signed_in_one_act() {
    let (mut clinic, _, visit) = doctor();
    let note = clinic.ok("sign_note", fresh(&visit, json!({"plan": "rest"})));
    assert!(view(&mut clinic, &note)["signed_at"].is_string());
}

#[test]
fn typing_survives_a_kill_and_is_forgotten_in_the_act_that_keeps_the_note() {
    let (mut clinic, patient, visit) = doctor();
    let typing = |text: &str| json!({"patient": patient, "subject": format!("note {}", visit.as_str().unwrap()), "text": text});
    let kept = |clinic: &mut Clinic| clinic.ok("scratches", json!({}))["rows"].clone();
    clinic.ok("keep_scratch", typing("coughs since"));
    clinic.restart();
    clinic.seat(Role::Doctor);
    assert_eq!(kept(&mut clinic)[0]["text"], "coughs since");
    assert_eq!(refused(&mut clinic, "sign_note", fresh(&visit, json!({}))).0, Code::Missing);
    assert_eq!(kept(&mut clinic)[0]["text"], "coughs since");
    let note = clinic.ok("save_note", fresh(&visit, json!({"concern": "coughs since a week"})));
    assert_eq!(kept(&mut clinic), json!([]));
    clinic.ok("keep_scratch", typing("and more"));
    clinic.ok("sign_note", write(&visit, &note, json!({"concern": "coughs since a week, and more"})));
    clinic.restart();
    clinic.seat(Role::Doctor);
    assert_eq!(kept(&mut clinic), json!([]));
}

#[test]
fn an_empty_note_is_neither_kept_nor_signed() {
    let (mut clinic, _, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    for details in [json!({}), json!({"plan": " \n", "concern": ""}), json!({"diagnoses": {}})] {
        for command in ["save_note", "sign_note"] {
            let expected = (Code::Missing, json!("concern"));
            assert_eq!(refused(&mut clinic, command, write(&visit, &note, details.clone())), expected);
            assert_eq!(refused(&mut clinic, command, fresh(&visit, details.clone())), expected);
        }
    }
    assert_eq!(view(&mut clinic, &note)["details"]["plan"], "rest");
}

#[test]
fn only_its_author_writes_an_open_note_and_everybody_sees_it() {
    let (mut clinic, _, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    clinic.seat(Role::Nurse);
    let seen = view(&mut clinic, &note);
    assert_eq!(
        (&seen["mine"], &seen["signed_at"], &seen["details"]["plan"]),
        (&json!(false), &Value::Null, &json!("rest"))
    );
    let theirs = |details: Value| write(&visit, &note, details);
    for command in ["save_note", "sign_note"] {
        assert_eq!(refused(&mut clinic, command, theirs(json!({"plan": "work"}))).0, Code::NotAuthor);
        // Not even as it stands.
        assert_eq!(refused(&mut clinic, command, theirs(json!({"plan": "rest"}))).0, Code::NotAuthor);
    }
    let void = json!({"id": note["id"], "version": note["version"], "reason": "not mine"});
    assert_eq!(refused(&mut clinic, "void_note", void).0, Code::NotAuthor);
    let own = clinic.ok("save_note", fresh(&visit, json!({"remarks": "fed by mouth"})));
    assert_ne!(own["id"], note["id"]);
    let notes = clinic.ok("visit", json!({"visit": visit}))["notes"].clone();
    let mine: Vec<bool> = notes.as_array().unwrap().iter().map(|note| note["mine"] == true).collect();
    assert_eq!(mine, [false, true]);
}

#[test]
fn a_person_has_one_open_note_in_a_visit() {
    let (mut clinic, patient, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    let another = fresh(&visit, json!({"plan": "work"}));
    for command in ["save_note", "sign_note"] {
        assert_eq!(refused(&mut clinic, command, another.clone()), (Code::Invalid, json!("note")));
    }
    let version = clinic.ok("visit", json!({"visit": visit}))["version"].clone();
    clinic.ok("step_visit", json!({"visit": visit, "version": version, "to": "completed"}));
    let other = json!({"patient": patient, "kind": "routine", "concern": null, "status": "arrived"});
    let other = clinic.ok("start_visit", other)["id"].clone();
    clinic.ok("save_note", fresh(&other, json!({"plan": "work"})));
    assert_eq!(
        refused(&mut clinic, "save_note", write(&other, &note, json!({"plan": "work"}))),
        (Code::Invalid, json!("note"))
    );
    clinic.ok("sign_note", write(&visit, &note, json!({"plan": "rest"})));
    clinic.ok("save_note", another);
}

#[test]
fn a_note_of_nothing_or_without_its_version_is_refused() {
    let (mut clinic, patient, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    let unseen = json!({"visit": visit, "note": note["id"], "version": null, "details": {"plan": "rest"}});
    assert_eq!(refused(&mut clinic, "save_note", unseen), (Code::Missing, json!("version")));
    let nothing = json!(patient);
    assert_eq!(refused(&mut clinic, "save_note", fresh(&nothing, json!({"plan": "rest"}))).0, Code::NotFound);
    let of_nothing = json!({"visit": visit, "note": patient, "version": 1, "details": {"plan": "rest"}});
    assert_eq!(refused(&mut clinic, "save_note", of_nothing).0, Code::NotFound);
    assert_eq!(refused(&mut clinic, "note", json!({"note": patient})).0, Code::NotFound);
    let strange = fresh(&visit, json!({"plan": "a\u{0}b"}));
    clinic.seat(Role::Nurse);
    assert_eq!(refused(&mut clinic, "save_note", strange), (Code::Invalid, json!("plan")));
}

#[test]
fn a_signed_note_is_frozen_and_only_added_to() {
    let (mut clinic, patient, visit) = doctor();
    let open = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    let signed = clinic.ok("sign_note", write(&visit, &open, json!({"plan": "rest"})));
    for seen in [&open, &signed] {
        for command in ["save_note", "sign_note"] {
            assert_eq!(
                refused(&mut clinic, command, write(&visit, seen, json!({"plan": "work"}))).0,
                Code::Frozen
            );
        }
        let void = json!({"id": seen["id"], "version": seen["version"], "reason": "a mistake"});
        assert_eq!(refused(&mut clinic, "void_note", void).0, Code::Frozen);
    }
    clinic.seat(Role::Nurse);
    clinic.time.pass(3600);
    let add = |text: &str, reason: &str| json!({"note": signed["id"], "text": text, "reason": reason});
    assert_eq!(refused(&mut clinic, "add_addendum", add(" ", "left out")), (Code::Missing, json!("text")));
    assert_eq!(refused(&mut clinic, "add_addendum", add("and fluids", "")), (Code::Missing, json!("reason")));
    clinic.ok("add_addendum", add("and fluids", "left out"));
    let seen = view(&mut clinic, &signed);
    let addendum = &seen["addenda"][0];
    assert_eq!(
        (&addendum["text"], &addendum["reason"], &addendum["author"], &addendum["at"]),
        (&json!("and fluids"), &json!("left out"), &json!("Ana nurse"), &json!("2026-11-22T11:31:00+08:00"))
    );
    assert_eq!(seen["details"]["plan"], "rest");
    let page = clinic.ok("timeline", json!({"patient": patient, "kinds": [], "before": null}));
    let rows: Vec<(String, bool, String)> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (text(&row["fact"]["kind"]), row["signed"] == true, text(&row["author"])))
        .collect();
    let expected =
        [("addendum", true, "Ana nurse"), ("note", true, "Ana doctor"), ("visit", false, "Ana doctor")];
    assert_eq!(rows, expected.map(|(kind, signed, author)| (kind.to_owned(), signed, author.to_owned())));
}

#[test]
fn an_open_note_is_not_added_to_and_may_be_withdrawn() {
    let (mut clinic, _, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    let add = json!({"note": note["id"], "text": "and fluids", "reason": "left out"});
    assert_eq!(refused(&mut clinic, "add_addendum", add), (Code::IllegalMove, json!("note")));
    let void = |reason: &str| json!({"id": note["id"], "version": note["version"], "reason": reason});
    assert_eq!(refused(&mut clinic, "void_note", void(" ")), (Code::Missing, json!("reason")));
    clinic.ok("void_note", void("the wrong visit"));
    assert_eq!(refused(&mut clinic, "note", json!({"note": note["id"]})).0, Code::NotFound);
    assert_eq!(clinic.ok("visit", json!({"visit": visit}))["notes"], json!([]));
}

#[test]
fn a_doctor_whose_licence_has_lapsed_writes_and_does_not_sign() {
    let (mut clinic, _, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest"})));
    clinic.time.pass(3 * 366 * 86_400);
    clinic.seat(Role::Doctor);
    let note = clinic.ok("save_note", write(&visit, &note, json!({"plan": "rest and fluids"})));
    let sign = write(&visit, &note, json!({"plan": "rest"}));
    assert_eq!(refused(&mut clinic, "sign_note", sign).0, Code::LicenceExpired);
}

#[test]
fn two_windows_of_one_author_disagree_until_they_save_what_holds() {
    let (mut clinic, _, visit) = doctor();
    let note = clinic.ok("save_note", fresh(&visit, json!({"plan": "rest", "remarks": "came alone"})));
    clinic.ok("save_note", write(&visit, &note, json!({"plan": "rest at home", "remarks": "came alone"})));
    // Saved from what was seen before, it meets the other edit and takes nothing back of what it did not touch.
    let met =
        clinic.ok("save_note", write(&visit, &note, json!({"plan": "rest in bed", "remarks": "came alone"})));
    assert_eq!(met["conflict"], true);
    let seen = view(&mut clinic, &note);
    assert_eq!(seen["disputed"], json!(["plan"]));
    let signed =
        clinic.ok("sign_note", write(&visit, &seen, json!({"plan": "rest in bed", "remarks": "came alone"})));
    let seen = view(&mut clinic, &signed);
    assert_eq!(
        (&signed["conflict"], &seen["disputed"], &seen["late"]),
        (&json!(false), &json!([]), &json!([]))
    );
    assert_eq!(seen["details"]["plan"], "rest in bed");
}

#[test]
fn a_note_saved_as_it_stands_writes_nothing() {
    let (mut clinic, _, visit) = doctor();
    let details = json!({"plan": "rest", "diagnoses": {"a": {"name": "Common cold"}}});
    let note = clinic.ok("save_note", fresh(&visit, details.clone()));
    let again = clinic.ok("save_note", write(&visit, &note, details));
    assert_eq!(again["version"], note["version"]);
}
