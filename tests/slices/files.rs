//! Files of a chart: filed, shown, moved, kept as a copy; and whatever is not filed.

mod faults;
mod pictures;
pub mod samples;
mod tray;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

use samples::{dicom, pdf, phone, png};

/// A clinic whose doctor sits before the chart of Gustavo Mejía.
pub struct Story {
    pub clinic: Clinic,
    pub patient: String,
}

impl Story {
    pub fn begin() -> Self {
        let mut clinic = Clinic::staffed();
        clinic.seat(Role::Doctor);
        let patient = register(&mut clinic, "Mejía", "Gustavo", "1999-07-14", "2019-104-883");
        Self { clinic, patient }
    }

    /// The id under which `bytes` lie at the desk.
    pub fn bring(&mut self, bytes: &[u8]) -> String {
        self.clinic.desk().bring("IMG_2031.JPG".to_owned(), bytes.to_vec()).unwrap()
    }

    /// What filing `bytes` as `sort` asks for.
    pub fn input(&mut self, bytes: &[u8], sort: &str) -> Value {
        let file = self.bring(bytes);
        json!({
            "file": file, "patient": self.patient, "about": null, "came_by": "file",
            "details": {"sort": sort, "title": "Chest, PA"},
        })
    }

    /// Files `bytes` as `sort`.
    pub fn add(&mut self, bytes: &[u8], sort: &str) -> Value {
        let input = self.input(bytes, sort);
        self.clinic.ok("add_file", input)
    }

    /// What is known of a file.
    pub fn file(&mut self, added: &Value) -> Value {
        self.clinic.ok("file", json!({"file": added["id"]}))
    }

    /// The rows of the chart's files.
    pub fn rows(&mut self) -> Vec<Value> {
        let patient = self.patient.clone();
        self.clinic.ok("files", json!({"patient": patient}))["rows"].as_array().cloned().unwrap()
    }

    /// The bytes of a picture that the window fetches.
    pub fn picture(&mut self, id: &Value) -> Vec<u8> {
        self.clinic.desk().picture(&text(id)).unwrap().bytes
    }

    /// The bytes that a copy of the file has.
    pub fn saved(&mut self, added: &Value) -> Vec<u8> {
        crate::backups::saved(&mut self.clinic, &added["id"])
    }

    /// Why filing `bytes` as `sort` is refused.
    pub fn unfit(&mut self, bytes: &[u8], sort: &str) -> Value {
        let input = self.input(bytes, sort);
        let refusal = self.clinic.refused("add_file", input);
        assert_eq!(refusal.code, Code::FileUnfit);
        refusal.fields["reason"].clone()
    }
}

/// Registers somebody with a birth date and a student's number.
pub fn register(clinic: &mut Clinic, family: &str, given: &str, born: &str, number: &str) -> String {
    let details = json!({
        "family": family, "given": given, "birth_date": born,
        "identifiers": {"1": {"system": "student", "value": number}},
    });
    text(&clinic.ok("register_patient", json!({"details": details}))["id"])
}

#[test]
fn a_file_stands_in_the_chart_on_its_day_and_on_the_timeline_and_says_who_filed_it() {
    let mut story = Story::begin();
    let mut input = story.input(&png(640, 480), "laboratory");
    input["details"]["taken_on"] = json!("2026-09-03");
    let scan = story.clinic.ok("add_file", input);
    story.clinic.time.pass(60);
    let letter = story.add(&pdf("a letter"), "referral");
    let page = story.clinic.ok("files", json!({"patient": story.patient}));
    assert_eq!(page["counts"], json!({"laboratory": 1, "referral": 1}));
    let rows = page["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&letter["id"], &scan["id"]]);
    assert_eq!((&rows[1]["day"], &rows[1]["author"]), (&json!("2026-09-03"), &json!("Ana doctor")));
    assert_eq!((&rows[0]["day"], &rows[0]["pages"]), (&json!("2026-11-22"), &json!(1)));
    assert!(rows.iter().all(|row| row["state"]["at"] == "here" && row["twice"] == false));
    let small = story.picture(&rows[1]["thumb"]);
    assert!(small.len() <= 20_000 && small.starts_with(b"\xff\xd8\xff"));
    let only = story.clinic.ok("files", json!({"patient": story.patient, "sort": "referral"}));
    assert_eq!(only["rows"].as_array().unwrap().len(), 1);
    let timeline = json!({"patient": story.patient, "kinds": ["attachment"], "before": null});
    let timeline = story.clinic.ok("timeline", timeline);
    assert_eq!(timeline["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn a_pdf_and_a_dicom_file_stay_as_they_are_to_the_byte_and_a_pdf_is_shown_page_by_page() {
    let mut story = Story::begin();
    let letter = pdf("a letter");
    let kept = story.add(&letter, "referral");
    assert_eq!(story.saved(&kept), letter);
    let pages = json!({"file": kept["id"], "from": 1, "width": 400});
    let pages = story.clinic.ok("file_pages", pages);
    assert_eq!((&pages["pages"][0]["width"], &pages["next"]), (&json!(400), &Value::Null));
    assert!(story.picture(&pages["pages"][0]["picture"]).starts_with(b"\x89PNG"));
    let refused = story.clinic.refused("file_pages", json!({"file": kept["id"], "from": 2, "width": 400}));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("from")));
    let refused = story.clinic.refused("file_pages", json!({"file": kept["id"], "from": 1, "width": 9}));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("width")));
    let xray = dicom("MEJIA^Gustavo", "2019-104-883", "19990714");
    let kept = story.add(&xray, "xray");
    assert_eq!(story.saved(&kept), xray);
    assert_eq!(story.file(&kept)["media_type"], "application/dicom");
    let none = story.clinic.ok("file_pages", json!({"file": kept["id"], "from": 1, "width": 400}));
    assert_eq!((&none["pages"], &none["text"]), (&json!([]), &Value::Null));
    let text = story.add("Hämoglobin 131 g/l".as_bytes(), "laboratory");
    let shown = story.clinic.ok("file_pages", json!({"file": text["id"], "from": 1, "width": 400}));
    assert_eq!((&shown["text"], &shown["more"]), (&json!("Hämoglobin 131 g/l"), &json!(false)));
}

#[test]
fn a_file_that_names_somebody_else_is_not_filed_until_somebody_confirms_it_and_the_trail_says_so() {
    let mut story = Story::begin();
    for (file, differs) in [
        (dicom("MEJIA^Gustavo R.", "2019-104-883", "19890714"), "birth_date"),
        (dicom("CRUZ^Ana", "77", "19890714"), "name number birth_date"),
    ] {
        let mut input = story.input(&file, "xray");
        let looked = json!({"file": {"brought": input["file"]}, "patient": story.patient, "sort": "xray"});
        let looked = story.clinic.ok("look_at_file", looked);
        let words: Vec<&str> = differs.split(' ').collect();
        assert_eq!(
            (&looked["differs"], &looked["says"]["birth_date"]),
            (&json!(words), &json!("1989-07-14"))
        );
        assert_eq!((&looked["taken_on"], &looked["title"]), (&json!("2026-11-24"), &json!("Chest, PA")));
        let before = story.rows().len();
        let refused = story.clinic.refused("add_file", input.clone());
        assert_eq!((refused.code, &refused.fields["differs"]), (Code::AnotherPerson, &json!(differs)));
        assert_eq!(story.rows().len(), before, "nothing was filed");
        input["confirmed"] = json!(true);
        input["details"]["title"] = json!("Confirmed");
        story.clinic.ok("add_file", input);
    }
    story.clinic.seat(Role::Auditor);
    let trail = story.clinic.trail();
    let reasons: Vec<&Value> =
        trail.iter().filter(|row| row["action"] == "add_file").map(|row| &row["reason"]).collect();
    assert!(reasons.contains(&&json!("confirmed although it differs: birth_date")), "{reasons:?}");
}

#[test]
fn a_file_in_the_wrong_chart_moves_in_one_step_and_both_trails_tell_it() {
    let mut story = Story::begin();
    let other = register(&mut story.clinic, "Cruz", "Ana", "1989-07-14", "77");
    let mut input = story.input(&dicom("CRUZ^Ana", "77", "19890714"), "xray");
    input["confirmed"] = json!(true);
    let wrong = story.clinic.ok("add_file", input);
    story.saved(&wrong);
    let step = |to: &str, reason: &str| json!({"id": wrong["id"], "version": wrong["version"], "to": to, "reason": reason});
    let refused = story.clinic.refused("move_file", step(&other, " "));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!("reason")));
    let own = story.patient.clone();
    let refused = story.clinic.refused("move_file", step(&own, "another's"));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("to")));
    let third = register(&mut story.clinic, "Dela Peña", "Luz", "2001-01-01", "78");
    let refused = story.clinic.refused("move_file", step(&third, "another's"));
    assert_eq!(refused.code, Code::AnotherPerson, "nor is it hers");
    let moved = story.clinic.ok("move_file", step(&other, "another's"));
    assert_eq!(moved["copies"][0]["who"], "Ana doctor");
    assert!(story.rows().is_empty());
    assert_eq!(story.clinic.refused("file", json!({"file": wrong["id"]})).code, Code::NotFound);
    let there = story.file(&moved);
    assert_eq!((&there["patient"], &there["moved"]), (&json!(other), &json!(true)));
    assert_eq!(there["state"]["at"], "here");
    let history = story.clinic.ok("history", json!({"record": wrong["id"]}));
    assert!(history.to_string().contains("another's"), "{history}");
    story.clinic.seat(Role::Auditor);
    for patient in [own, other] {
        let of = json!({"patient": patient, "user": null, "action": "move_file", "before": null});
        let rows = story.clinic.ok("audit_trail", of)["rows"].clone();
        let told = rows.as_array().unwrap().iter().filter(|row| row["outcome"] == "done").count();
        assert_eq!(told, 1);
    }
}

#[test]
fn what_is_said_of_a_file_can_be_changed_and_what_it_is_cannot() {
    let mut story = Story::begin();
    let added = story.add(&png(20, 20), "other");
    let edit = |patch: Value| json!({"id": added["id"], "version": added["version"], "patch": patch});
    for (patch, code, field) in [
        (json!({"title": ""}), Code::Missing, "title"),
        (json!({"title": "x".repeat(121)}), Code::Invalid, "title"),
        (json!({"sort": null}), Code::Missing, "sort"),
    ] {
        let refused = story.clinic.refused("edit_file", edit(patch));
        assert_eq!((refused.code, &refused.fields["field"]), (code, &json!(field)));
    }
    assert_eq!(story.clinic.refused("edit_file", edit(json!({"pages": 7}))).code, Code::WrongInput);
    story.clinic.ok("edit_file", edit(json!({"title": "Student card", "sort": "identity", "note": "front"})));
    let file = story.file(&added);
    assert_eq!(
        file["details"],
        json!({"sort": "identity", "title": "Student card", "taken_on": null, "note": "front"})
    );
    let void = |reason: &str| json!({"id": added["id"], "version": file["version"], "reason": reason});
    let refused = story.clinic.refused("void_file", void(""));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!("reason")));
    story.clinic.ok("void_file", void("not hers"));
    assert!(story.rows().is_empty());
}

#[test]
fn a_filing_says_what_it_is_and_belongs_to_what_is_this_persons() {
    let mut story = Story::begin();
    let visit =
        json!({"patient": story.patient, "kind": "consultation", "concern": null, "status": "arrived"});
    let visit = story.clinic.ok("start_visit", visit)["id"].clone();
    let other = register(&mut story.clinic, "Cruz", "Ana", "1989-07-14", "77");
    let whole = story.input(&png(20, 20), "consultation");
    for (path, value, code, field) in [
        ("/details/sort", Value::Null, Code::Missing, "sort"),
        ("/details/title", json!(" "), Code::Missing, "title"),
        ("/details/title", json!("x".repeat(121)), Code::Invalid, "title"),
        ("/about", json!(other), Code::Invalid, "about"),
    ] {
        let mut input = whole.clone();
        *input.pointer_mut(path).unwrap() = value;
        let refused = story.clinic.refused("add_file", input);
        assert_eq!((refused.code, &refused.fields["field"]), (code, &json!(field)));
    }
    let mut input = whole.clone();
    input["file"] = json!("nothing");
    assert_eq!(story.clinic.refused("add_file", input).code, Code::NotFound);
    let mut input = whole;
    input["about"] = visit.clone();
    let added = story.clinic.ok("add_file", input.clone());
    assert_eq!(story.file(&added)["about"], visit);
    // What was filed is not at the desk any more.
    assert_eq!(story.clinic.refused("add_file", input).code, Code::NotFound);
}

#[test]
fn the_same_bytes_twice_are_kept_once_and_the_chart_says_so() {
    let mut story = Story::begin();
    let scan = pdf("a letter");
    let first = story.add(&scan, "referral");
    assert_eq!(first["twice"], Value::Null);
    let other = register(&mut story.clinic, "Cruz", "Ana", "1989-07-14", "77");
    let mut input = story.input(&scan, "referral");
    input["patient"] = json!(other);
    assert_eq!(story.clinic.ok("add_file", input)["twice"], Value::Null, "in another chart");
    let again = story.add(&scan, "laboratory");
    assert_eq!(again["twice"], first["id"]);
    assert!(story.rows().iter().all(|row| row["twice"] == true));
    assert_eq!(story.file(&again)["twice"], json!([first["id"]]));
}

#[test]
fn a_copy_is_kept_only_where_somebody_who_may_has_chosen() {
    let mut story = Story::begin();
    let added = story.add(&phone(&[]), "photo");
    let input = json!({"file": added["id"], "place": "nowhere"});
    let refused = story.clinic.refused("save_file", input.clone());
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("place")));
    let inside = story.clinic.folder().join("copy.jpg");
    let place = story.clinic.desk().chose(inside).unwrap();
    let refused = story.clinic.refused("save_file", json!({"file": added["id"], "place": place}));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::NotSaved, &json!("records")));
    story.clinic.seat(Role::FrontDesk);
    assert_eq!(story.clinic.refused("save_file", input).code, Code::NotPermitted);
    assert_eq!(story.clinic.refused("files", json!({"patient": story.patient})).code, Code::NotPermitted);
    // Who opens no chart files what is handed over all the same.
    story.add(&png(20, 20), "insurance");
}

#[test]
fn what_was_handed_over_outlives_a_locked_screen_and_not_the_sitting() {
    let mut story = Story::begin();
    let input = story.input(&png(20, 20), "other");
    story.clinic.ok("lock", json!({}));
    assert_eq!(story.clinic.desk().bring(String::new(), vec![1]).unwrap_err().code, Code::ScreenLocked);
    story.clinic.ok("unlock", json!({"password": tests::desk::password(Role::Doctor)}));
    let again = input.clone();
    story.clinic.ok("add_file", input);
    let lost = story.input(&png(21, 20), "other");
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.clinic.refused("add_file", lost).code, Code::NotFound);
    assert_eq!(story.clinic.refused("add_file", again).code, Code::NotFound);
    story.clinic.ok("sign_out", json!({}));
    assert_eq!(story.clinic.desk().bring(String::new(), vec![1]).unwrap_err().code, Code::NotSignedIn);
}
