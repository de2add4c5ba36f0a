//! Copies of files on paper: marked on every page, counted, and told when the file turns out to be another's.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::papers::words;

use super::samples::{dicom, drawable, pdf, phone};
use super::{Story, register};

impl Story {
    fn printed(&mut self, added: &Value) -> String {
        let input = json!({"file": added["id"], "printer": null, "copies": 1});
        assert_eq!(self.clinic.ok("print_file", input)["printer"], "desk");
        let job = self.clinic.printer.jobs().pop().unwrap();
        assert_eq!(job.title, "copy of a file", "the spooler keeps titles where others read them");
        words(&job.pdf)
    }
}

#[test]
fn each_page_of_a_copy_says_that_it_is_one_whose_it_is_and_which_of_how_many() {
    let mut story = Story::begin();
    for (bytes, sort) in [
        (pdf("a letter"), "referral"),
        (phone(&[]), "photo"),
        (drawable("MEJIA^Gustavo", 40, 20), "xray"),
        ("Haemoglobin\t131 g/l\r\nNormal".as_bytes().to_vec(), "laboratory"),
    ] {
        let added = story.add(&bytes, sort);
        let words = story.printed(&added);
        for said in [
            "COPY",
            "MEJÍA, Gustavo, born 14-Jul-1999, 2019-104-883",
            "Chest, PA",
            "Ana doctor",
            "Page 1 of 1",
        ] {
            assert!(words.contains(said), "{said}: {words}");
        }
        assert_eq!(words.contains("Haemoglobin 131 g/l"), sort == "laboratory", "{words}");
    }
}

#[test]
fn what_cannot_be_drawn_is_not_printed_and_who_may_keep_no_copy_prints_none() {
    let mut story = Story::begin();
    let added = story.add(&dicom("MEJIA^Gustavo", "2019-104-883", "19990714"), "xray");
    let print =
        |printer: Value, copies: u32| json!({"file": added["id"], "printer": printer, "copies": copies});
    let refused = story.clinic.refused("print_file", print(Value::Null, 1));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::Unprintable, &json!("unseen")));
    for copies in [0, 21] {
        let refused = story.clinic.refused("print_file", print(Value::Null, copies));
        assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("copies")));
    }
    let letter = story.add(&pdf("a letter"), "referral");
    let nowhere = json!({"file": letter["id"], "printer": "none such", "copies": 1});
    assert_eq!(story.clinic.refused("print_file", nowhere).code, Code::NoPrinter);
    story.clinic.seat(Role::FrontDesk);
    assert_eq!(story.clinic.refused("print_file", print(Value::Null, 1)).code, Code::NotPermitted);
    assert!(story.clinic.printer.jobs().is_empty());
}

#[test]
fn copies_that_were_printed_or_handed_over_are_told_when_the_file_moves_to_another_chart() {
    let mut story = Story::begin();
    let added = story.add(&pdf("a letter"), "referral");
    story.printed(&added);
    let folder = tempfile::tempdir().unwrap();
    let place = story.clinic.desk().chose(folder.path().join("files.json")).unwrap();
    story.clinic.ok("export_files", json!({"patient": story.patient, "place": place}));
    let other = register(&mut story.clinic, "Cruz", "Ana", "1989-07-14", "77");
    let step = json!({"id": added["id"], "version": added["version"], "to": other, "reason": "another's"});
    let moved = story.clinic.ok("move_file", step);
    assert_eq!(moved["copies"].as_array().unwrap().len(), 2);
}
