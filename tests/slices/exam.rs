//! The examination of a note, what is brought in from the last one, and the short texts that a key opens into.

use app::Code;
use crypto::testing::TestEntropy;
use domain::RecordId;
use domain::access::Role;
use domain::record::{Entries, Verb};
use domain::visits::{NoteSet, SetSystem};
use serde_json::{Value, json};
use store::Draft;
use tests::desk::{Clinic, open_store, text};

use crate::trust::context;

/// A doctor at the desk and a visit under way.
fn doctor() -> (Clinic, String, Value) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let visit = visit(&mut clinic, &patient);
    (clinic, patient, visit)
}

fn visit(clinic: &mut Clinic, patient: &str) -> Value {
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    clinic.ok("start_visit", visit)["id"].clone()
}

fn complete(clinic: &mut Clinic, visit: &Value) {
    let version = clinic.ok("visit", json!({"visit": visit}))["version"].clone();
    clinic.ok("step_visit", json!({"visit": visit, "version": version, "to": "completed"}));
}

fn write(visit: &Value, note: &Value, details: Value) -> Value {
    json!({"visit": visit, "note": note["id"], "version": note["version"], "details": details})
}

fn fresh(visit: &Value, details: Value) -> Value {
    write(visit, &Value::Null, details)
}

fn details(clinic: &mut Clinic, note: &Value) -> Value {
    clinic.ok("note", json!({"note": note["id"]}))["details"].clone()
}

/// The refusal of a command, with the field that it names.
fn refused(clinic: &mut Clinic, command: &str, input: Value) -> (Code, Value) {
    let refusal = clinic.refused(command, input);
    (refusal.code, refusal.fields.get("field").cloned().unwrap_or_default())
}

#[test]
fn what_nobody_looked_at_is_not_examined_once_the_note_is_signed_and_says_nothing_before() {
    let (mut clinic, _, visit) = doctor();
    let exam = json!({
        "general": {"finding": "normal", "text": "Alert, not in distress"},
        "skin": {"finding": "finding", "text": "Rash on both arms"},
        "heart": {"finding": "not_examined"},
    });
    let says = json!({"concern": "itching", "set": "general", "exam": exam});
    let note = clinic.ok("save_note", fresh(&visit, says.clone()));
    assert_eq!(details(&mut clinic, &note)["exam"], exam);
    let signed = clinic.ok("sign_note", write(&visit, &note, says));
    let seen = details(&mut clinic, &signed);
    assert_eq!(seen["set"], "general");
    let systems = clinic.ok("note_sets", json!({}))["rows"][0]["systems"].clone();
    for system in systems.as_array().unwrap() {
        let system = text(&system["system"]);
        let expected = exam.get(&system).cloned().unwrap_or_else(|| json!({"finding": "not_examined"}));
        assert_eq!(seen["exam"][&system], expected, "{system}");
    }
    // A note without any examination says nothing of one.
    let plain = clinic.ok("sign_note", fresh(&visit, json!({"plan": "rest", "set": "general", "exam": {}})));
    let plain = details(&mut clinic, &plain);
    assert_eq!((&plain["set"], &plain["exam"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_system_of_another_set_is_kept_as_it_was_told_and_one_that_is_no_longer_told_is_cleared() {
    let (mut clinic, _, visit) = doctor();
    let exam = json!({"tail": {"finding": "normal", "text": "Wags"}, "skin": {"finding": "normal"}});
    let note = clinic.ok("save_note", fresh(&visit, json!({"set": "of_tomorrow", "exam": exam})));
    assert_eq!(details(&mut clinic, &note)["exam"], exam);
    let exam = json!({"tail": {"finding": "finding", "text": "Does not wag"}});
    let says = json!({"set": "of_tomorrow", "exam": exam, "examination": "Else well"});
    let signed = clinic.ok("sign_note", write(&visit, &note, says));
    let seen = details(&mut clinic, &signed);
    assert_eq!((&seen["exam"], &seen["examination"]), (&exam, &json!("Else well")));
}

#[test]
fn a_finding_without_words_and_words_without_a_finding_are_refused_at_their_system() {
    let (mut clinic, _, visit) = doctor();
    for (seen, field) in [
        (json!({"finding": "finding"}), "exam/skin/text"),
        (json!({"finding": "finding", "text": " \n"}), "exam/skin/text"),
        (json!({"text": "Rash"}), "exam/skin/finding"),
    ] {
        for command in ["save_note", "sign_note"] {
            let says = fresh(&visit, json!({"plan": "rest", "exam": {"skin": seen}}));
            assert_eq!(refused(&mut clinic, command, says), (Code::Missing, json!(field)));
        }
    }
    let strange = fresh(&visit, json!({"exam": {"skin": {"finding": "fine"}}}));
    assert_eq!(refused(&mut clinic, "save_note", strange).0, Code::WrongInput);
    let odd = fresh(&visit, json!({"exam": {"a system": {"finding": "normal"}}}));
    assert_eq!(refused(&mut clinic, "save_note", odd).0, Code::Invalid);
    // A set alone says nothing.
    let alone = fresh(&visit, json!({"set": "general"}));
    assert_eq!(refused(&mut clinic, "save_note", alone), (Code::Missing, json!("concern")));
}

#[test]
fn typing_killed_in_mid_word_returns_to_its_patient_visit_and_author_alone() {
    let (mut clinic, patient, visit) = doctor();
    let typed = r#"{"values":{"exam":{"skin":{"finding":"finding","text":"Ras"}}}}"#;
    let subject = format!("note {}", text(&visit));
    clinic.ok("keep_scratch", json!({"patient": patient, "subject": subject, "text": typed}));
    clinic.restart();
    clinic.seat(Role::Nurse);
    assert_eq!(clinic.ok("scratches", json!({}))["rows"], json!([]));
    clinic.seat(Role::Doctor);
    let rows = clinic.ok("scratches", json!({}))["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    let row = &rows[0];
    assert_eq!(
        (&row["patient"], &row["subject"], &row["text"]),
        (&json!(patient), &json!(subject), &json!(typed))
    );
}

#[test]
fn a_text_that_was_brought_in_keeps_the_day_of_its_note_until_it_is_changed() {
    let (mut clinic, patient, first) = doctor();
    let old =
        clinic.ok("sign_note", fresh(&first, json!({"history": "Asthma since childhood", "plan": "rest"})));
    complete(&mut clinic, &first);
    clinic.time.pass(86_400 * 3);
    clinic.seat(Role::Doctor);
    let second = visit(&mut clinic, &patient);
    let mark = json!({"history": {"note": old["id"]}});
    let says = |history: &str, brought: &Value| json!({"history": history, "brought": brought});
    let note = clinic.ok("save_note", fresh(&second, says("Asthma since childhood", &mark)));
    let seen = details(&mut clinic, &note);
    assert_eq!(seen["brought"], json!({"history": {"note": old["id"], "on": "2026-11-22"}}));
    // Neither another day nor another text passes for what stood there.
    let later = json!({"history": {"note": old["id"], "on": "2026-11-25"}});
    let note = clinic.ok("save_note", write(&second, &note, says("Asthma since childhood", &later)));
    assert_eq!(details(&mut clinic, &note)["brought"]["history"]["on"], "2026-11-22");
    let changed = write(&second, &note, says("Asthma since 2010", &mark));
    assert_eq!(refused(&mut clinic, "save_note", changed), (Code::Invalid, json!("brought/history/note")));
    let signed = clinic.ok("sign_note", write(&second, &note, says("Asthma since 2010", &json!({}))));
    assert_eq!(details(&mut clinic, &signed)["brought"], Value::Null);
}

#[test]
fn nothing_is_brought_in_from_an_open_note_another_person_or_a_part_that_is_seen_anew() {
    let (mut clinic, patient, first) = doctor();
    let open = clinic.ok("save_note", fresh(&first, json!({"plan": "rest", "examination": "well"})));
    let (other, _) = clinic.register("Ana", "Reyes");
    let theirs = visit(&mut clinic, &other);
    let says = |field: &str, text: &str, note: &Value| json!({field: text, "brought": {field: {"note": note["id"]}}});
    let plan = fresh(&theirs, says("plan", "rest", &open));
    assert_eq!(refused(&mut clinic, "save_note", plan.clone()), (Code::Invalid, json!("brought/plan/note")));
    let signed = clinic.ok("sign_note", write(&first, &open, json!({"plan": "rest", "examination": "well"})));
    assert_eq!(refused(&mut clinic, "save_note", plan), (Code::Invalid, json!("brought/plan/note")));
    complete(&mut clinic, &first);
    let second = visit(&mut clinic, &patient);
    let seen = fresh(&second, says("examination", "well", &signed));
    assert_eq!(refused(&mut clinic, "save_note", seen), (Code::Invalid, json!("brought/examination/note")));
    let nowhere = fresh(&second, says("plan", "rest", &json!({"id": patient})));
    assert_eq!(refused(&mut clinic, "save_note", nowhere), (Code::Invalid, json!("brought/plan/note")));
    clinic.ok("save_note", fresh(&second, says("plan", "rest", &signed)));
}

fn snippet(key: &str, text: &str, clinic: bool) -> Value {
    json!({"id": null, "version": null, "clinic": clinic, "details": {"key": key, "text": text, "section": "plan"}})
}

fn listed(clinic: &mut Clinic) -> Vec<(String, String, Value)> {
    let rows = clinic.ok("snippets", json!({"before": null}))["rows"].clone();
    let of = |row: &Value| (text(&row["of"]), text(&row["key"]), row["may_edit"].clone());
    rows.as_array().unwrap().iter().filter(|row| row["of"] != "shipped").map(of).collect()
}

#[test]
fn everybody_writes_snippets_of_their_own_and_a_doctor_those_of_the_clinic() {
    let (mut clinic, ..) = doctor();
    clinic.ok("write_snippet", snippet("walk", "Walk daily.", true));
    clinic.ok("write_snippet", snippet(".salt", "  Less salt. ", false));
    let row = |of: &str, key: &str, may: bool| (of.to_owned(), key.to_owned(), json!(may));
    assert_eq!(listed(&mut clinic), [row("own", "salt", true), row("clinic", "walk", true)]);
    clinic.seat(Role::Nurse);
    assert_eq!(listed(&mut clinic), [row("clinic", "walk", false)]);
    assert_eq!(refused(&mut clinic, "write_snippet", snippet("run", "Run.", true)).0, Code::NotPermitted);
    let own = clinic.ok("write_snippet", snippet("walk", "Walk to class.", false));
    assert_eq!(listed(&mut clinic), [row("own", "walk", true), row("clinic", "walk", false)]);
    let mut change = snippet("walk", "Walk home.", false);
    change["id"] = own["id"].clone();
    change["version"] = own["version"].clone();
    let own = clinic.ok("write_snippet", change.clone());
    clinic.seat(Role::Doctor);
    change["version"] = own["version"].clone();
    assert_eq!(refused(&mut clinic, "write_snippet", change).0, Code::NotAuthor);
    let void = json!({"id": own["id"], "version": own["version"], "reason": "not used"});
    assert_eq!(refused(&mut clinic, "void_snippet", void.clone()).0, Code::NotAuthor);
    clinic.seat(Role::Nurse);
    clinic.ok("void_snippet", void);
    assert_eq!(listed(&mut clinic), [row("clinic", "walk", false)]);
}

#[test]
fn a_snippet_has_a_short_key_of_its_own_in_its_part_and_a_text() {
    let (mut clinic, ..) = doctor();
    let invalid = |field: &str| (Code::Invalid, json!(field));
    for key in ["Walk", "a walk", "2walk", "w"] {
        assert_eq!(refused(&mut clinic, "write_snippet", snippet(key, "Walk.", false)), invalid("key"));
    }
    for (key, text, field) in [("", "Walk.", "key"), ("walk", " ", "text")] {
        let expected = (Code::Missing, json!(field));
        assert_eq!(refused(&mut clinic, "write_snippet", snippet(key, text, false)), expected);
    }
    let long = "a".repeat(2_001);
    assert_eq!(refused(&mut clinic, "write_snippet", snippet("walk", &long, false)), invalid("text"));
    clinic.ok("write_snippet", snippet("walk", "Walk.", false));
    assert_eq!(refused(&mut clinic, "write_snippet", snippet("walk", "Run.", false)), invalid("key"));
    clinic.ok("write_snippet", snippet("walk", "The clinic walks.", true));
    let everywhere =
        json!({"id": null, "version": null, "clinic": false, "details": {"key": "walk", "text": "Walk."}});
    clinic.ok("write_snippet", everywhere);
}

#[test]
fn the_list_of_snippets_has_an_end_however_many_there_are() {
    let (mut clinic, ..) = doctor();
    for number in 0..20 {
        clinic.ok("write_snippet", snippet(&format!("long-{number}"), &"é".repeat(2_000), false));
    }
    let (mut seen, mut before) = (Vec::new(), Value::Null);
    loop {
        let page = clinic.ok("snippets", json!({"before": before}));
        assert!(page.to_string().len() <= 32_768);
        seen.extend(
            page["rows"].as_array().unwrap().iter().map(|row| (text(&row["key"]), text(&row["text"]).len())),
        );
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert_eq!(seen.iter().filter(|(key, length)| key.starts_with("long-") && *length == 4_000).count(), 20);
    assert!(seen.iter().any(|(key, _)| key == "throat"));
}

fn set(name: &str, systems: Value) -> Value {
    let details = json!({"name": name, "kind": "routine", "systems": systems});
    json!({"id": null, "version": null, "follows": null, "details": details})
}

/// A change of the published version `of`.
fn next(of: &Value, name: &str, systems: Value) -> Value {
    let mut set = set(name, systems);
    set["follows"] = of["id"].clone();
    set
}

/// The clinic's own sets that are listed: their name, whether notes begin with them, and which version they are.
fn own(clinic: &mut Clinic) -> Vec<(String, bool, i64)> {
    let rows = clinic.ok("note_sets", json!({"before": null}))["rows"].clone();
    let of =
        |row: &Value| (text(&row["set"]), row["begins"].as_bool().unwrap(), row["number"].as_i64().unwrap());
    rows.as_array().unwrap().iter().filter(|row| !row["id"].is_null()).map(of).collect()
}

fn row(name: &str, begins: bool, number: i64) -> (String, bool, i64) {
    (name.to_owned(), begins, number)
}

/// A note that is signed by a version of a set, in a visit of its own.
fn signed_by(clinic: &mut Clinic, version: &Value, exam: &Value) -> Value {
    let (patient, _) = clinic.register("Ana", "Reyes");
    let visit = visit(clinic, &patient);
    let says = json!({"concern": "to run", "set_version": version["id"], "exam": exam});
    let signed = clinic.ok("sign_note", fresh(&visit, says));
    details(clinic, &signed)
}

#[test]
fn a_clinic_publishes_sets_of_its_own_and_what_nobody_looked_at_by_one_is_not_examined() {
    let (mut clinic, ..) = doctor();
    let systems = json!({
        "lungs": {"place": 1, "normal": " Clear "}, "heart": {"place": 0, "normal": "Regular at rest"},
        "spine": {"place": 2},
    });
    let mut sports = set(" Sports ", systems);
    let more = json!({"from_age": 6, "until_age": 17, "history": " Runs {how far}. ", "plan": "", "treatment": null});
    sports["details"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let kept = clinic.ok("publish_note_set", sports);
    let sets = clinic.ok("note_sets", json!({"before": null}))["rows"].clone();
    assert_eq!((&sets[0]["set"], &sets[0]["id"]), (&json!("general"), &Value::Null), "what else begins with");
    let seen = &sets[1];
    for (field, expected) in [
        ("set", json!("Sports")),
        ("begins", json!(true)),
        ("status", json!("published")),
        ("number", json!(1)),
        ("apart", json!(false)),
        ("kinds", json!(["routine"])),
        ("from_age", json!(6)),
        ("until_age", json!(17)),
        ("history", json!("Runs {how far}.")),
        ("plan", json!("")),
        (
            "systems",
            json!([
                {"system": "heart", "normal": "Regular at rest"}, {"system": "lungs", "normal": "Clear"},
                {"system": "spine", "normal": ""},
            ]),
        ),
    ] {
        assert_eq!(seen[field], expected, "{field}");
    }
    assert!(text(&seen["published_at"]).starts_with("2026-11-22") && !seen["published_by"].is_null());
    let exam = json!({"heart": {"finding": "normal", "text": "Regular at rest"}});
    let seen = signed_by(&mut clinic, &kept, &exam);
    assert_eq!((&seen["set"], &seen["set_version"]), (&json!("Sports"), &kept["id"]));
    assert_eq!(seen["exam"]["spine"], json!({"finding": "not_examined"}));
    assert_eq!(seen["exam"].as_object().unwrap().len(), 3);
}

#[test]
fn a_draft_begins_no_note_and_what_is_published_is_changed_by_its_next_version_alone() {
    let (mut clinic, _, visit) = doctor();
    let heart = json!({"heart": {"place": 0, "normal": "Regular"}});
    let draft = clinic.ok("write_note_set", set("Sports", heart.clone()));
    assert_eq!(own(&mut clinic), [row("Sports", false, 1)]);
    let says =
        json!({"concern": "to run", "set_version": draft["id"], "exam": {"heart": {"finding": "normal"}}});
    assert_eq!(refused(&mut clinic, "save_note", fresh(&visit, says)), (Code::Invalid, json!("set_version")));
    let again = |kept: &Value, name: &str, systems: Value| {
        let mut set = set(name, systems);
        (set["id"], set["version"]) = (kept["id"].clone(), kept["version"].clone());
        set
    };
    let same = clinic.ok("write_note_set", again(&draft, "Sports", heart.clone()));
    assert_eq!(same["version"], draft["version"], "said again it changes nothing");
    // What a draft does not say any more is gone from it.
    let skin = json!({"skin": {"place": 0, "normal": "Warm"}});
    let draft = clinic.ok("write_note_set", again(&same, "Sports", skin.clone()));
    let one = clinic.ok("publish_note_set", again(&draft, "Sports", skin.clone()));
    assert_eq!(own(&mut clinic), [row("Sports", true, 1)]);
    let shown = clinic.ok("note_set", json!({"id": one["id"]}));
    assert_eq!(shown["systems"], json!([{"system": "skin", "normal": "Warm"}]));
    for command in ["write_note_set", "publish_note_set"] {
        assert_eq!(refused(&mut clinic, command, again(&one, "Sports", heart.clone())).0, Code::Frozen);
    }
    let two = clinic.ok("write_note_set", next(&one, "Sports", heart.clone()));
    assert_eq!(own(&mut clinic), [row("Sports", true, 1), row("Sports", false, 2)]);
    // A second draft of the same version is published by nobody once the first is.
    let other = clinic.ok("write_note_set", next(&one, "Sports", skin.clone()));
    clinic.ok("publish_note_set", again(&two, "Athletes", heart.clone()));
    assert_eq!(
        refused(&mut clinic, "publish_note_set", again(&other, "Sports", skin.clone())).0,
        Code::Stale
    );
    assert_eq!(refused(&mut clinic, "write_note_set", next(&one, "Sports", skin)).0, Code::Stale);
    let void = json!({"id": other["id"], "version": other["version"], "reason": "not used"});
    clinic.ok("void_note_set", void);
    assert_eq!(own(&mut clinic), [row("Athletes", true, 2)]);
}

/// Writes a set as it was written before sets were published: without a status, and signed by nobody.
fn written_before(clinic: &mut Clinic, name: &str) {
    clinic.stop();
    let (mut store, author, bundle) = open_store(clinic);
    let act = store.act().unwrap();
    let of = |place: i64| SetSystem { place: Some(place), normal: None };
    let systems = [("heart".to_owned(), of(0)), ("spine".to_owned(), of(1))];
    let set =
        NoteSet { name: Some(name.to_owned()), systems: Some(Entries(systems.into())), ..NoteSet::default() };
    let draft = Draft::make(Verb::Create, RecordId::derived(name.as_bytes()), None, &set);
    act.write(&context(&act, author, &bundle), &mut TestEntropy::new(79), vec![draft]).unwrap();
    act.commit().unwrap();
    drop(store);
    clinic.restart();
    clinic.seat(Role::Doctor);
}

#[test]
fn a_set_that_was_written_before_there_were_versions_is_a_draft_and_notes_name_it_by_its_word() {
    let (mut clinic, _, visit) = doctor();
    written_before(&mut clinic, "Sports");
    assert_eq!(own(&mut clinic), [row("Sports", false, 1)]);
    let heart = json!({"heart": {"place": 0, "normal": "Regular"}});
    let used = refused(&mut clinic, "write_note_set", set("sports", heart.clone()));
    assert_eq!(used, (Code::Invalid, json!("name")));
    let says = json!({"concern": "to run", "set": "Sports", "exam": {"heart": {"finding": "normal"}}});
    let signed = clinic.ok("sign_note", fresh(&visit, says));
    let seen = details(&mut clinic, &signed);
    assert_eq!(
        (&seen["set"], &seen["exam"]["spine"]),
        (&json!("Sports"), &json!({"finding": "not_examined"}))
    );
    let sets = clinic.ok("note_sets", json!({"before": null}))["rows"].clone();
    assert_eq!(sets[1]["status"], "draft");
    let mut publish = set("Sports", heart);
    (publish["id"], publish["version"]) = (sets[1]["id"].clone(), sets[1]["version"].clone());
    clinic.ok("publish_note_set", publish);
    assert_eq!(own(&mut clinic), [row("Sports", true, 1)]);
}

#[test]
fn a_note_keeps_the_version_that_it_was_begun_by_when_another_follows_or_the_set_is_ended() {
    let (mut clinic, _, visit) = doctor();
    let systems = json!({"heart": {"place": 0, "normal": "Regular"}, "spine": {"place": 1}});
    let one = clinic.ok("publish_note_set", set("Sports", systems));
    let exam = json!({"heart": {"finding": "normal"}});
    let says = json!({"concern": "to run", "set": "Sports", "set_version": one["id"], "exam": exam});
    let note = clinic.ok("save_note", fresh(&visit, says.clone()));
    let two = next(&one, "Athletes", json!({"skin": {"place": 0, "normal": "Warm"}}));
    let two = clinic.ok("publish_note_set", two);
    let signed = clinic.ok("sign_note", write(&visit, &note, says));
    let seen = details(&mut clinic, &signed);
    let expected = json!({"heart": {"finding": "normal"}, "spine": {"finding": "not_examined"}});
    assert_eq!(
        (&seen["exam"], &seen["set"], &seen["set_version"]),
        (&expected, &json!("Sports"), &one["id"])
    );
    let void = json!({"id": two["id"], "version": two["version"], "reason": "not used"});
    clinic.ok("void_note_set", void.clone());
    assert_eq!(own(&mut clinic), [], "the first does not come back by itself");
    assert_eq!(clinic.refused("void_note_set", void).code, Code::IllegalMove);
    let seen = signed_by(&mut clinic, &two, &exam);
    assert_eq!(seen["exam"]["skin"], json!({"finding": "not_examined"}), "of a set that was ended meanwhile");
    let shown = clinic.ok("note_set", json!({"id": one["id"]}));
    assert_eq!(
        (&shown["set"], &shown["begins"], &shown["number"]),
        (&json!("Sports"), &json!(false), &json!(1))
    );
    // Its name is free again.
    clinic.ok("publish_note_set", set("Athletes", json!({"skin": {"place": 0, "normal": "Warm"}})));
}

#[test]
fn a_set_has_a_name_of_its_own_systems_that_a_note_has_words_for_and_ages_that_can_be() {
    let (mut clinic, ..) = doctor();
    let one = json!({"skin": {"place": 0, "normal": "Warm"}});
    let long = "s".repeat(61);
    clinic.ok("write_note_set", set("Sports", one.clone()));
    for (name, systems, field) in [
        ("", one.clone(), "name"),
        ("general", one.clone(), "name"),
        ("sports", one.clone(), "name"),
        (long.as_str(), one.clone(), "name"),
        ("Teeth", json!({}), "systems"),
        ("Teeth", json!({"aura": {"place": 0, "normal": "Clear"}}), "systems"),
        ("Teeth", json!({"skin": {"normal": "Warm"}}), "systems"),
        ("Teeth", json!({"skin": {"place": 0, "normal": "w".repeat(201)}}), "systems"),
    ] {
        for command in ["write_note_set", "publish_note_set"] {
            assert_eq!(refused(&mut clinic, command, set(name, systems.clone())).1, json!(field), "{name}");
        }
    }
    for (said, field) in [
        (json!({"from_age": -1}), "from_age"),
        (json!({"until_age": 131}), "until_age"),
        (json!({"from_age": 18, "until_age": 17}), "until_age"),
        (json!({"plan": "p".repeat(501)}), "plan"),
    ] {
        let mut wrong = set("Teeth", one.clone());
        wrong["details"].as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        assert_eq!(refused(&mut clinic, "write_note_set", wrong), (Code::Invalid, json!(field)));
    }
}

#[test]
fn a_nurse_writes_no_set_and_an_administrator_publishes_and_ends_none() {
    let (mut clinic, ..) = doctor();
    let one = json!({"skin": {"place": 0, "normal": "Warm"}});
    let published = clinic.ok("publish_note_set", set("Sports", one.clone()));
    clinic.seat(Role::Nurse);
    for command in ["write_note_set", "publish_note_set"] {
        assert_eq!(clinic.refused(command, set("Feet", one.clone())).code, Code::NotPermitted);
    }
    clinic.seat(Role::Administrator);
    clinic.ok("write_note_set", set("Feet", one.clone()));
    assert_eq!(clinic.refused("publish_note_set", set("Hands", one)).code, Code::NotPermitted);
    let void = json!({"id": published["id"], "version": published["version"], "reason": "not used"});
    assert_eq!(clinic.refused("void_note_set", void).code, Code::NotPermitted);
}
