//! Certificates to the printer: what the spooler gets, and what the trail keeps.

use app::Code;
use app::spooler::{Cups, Spooler, Unprinted};
use domain::access::Role;
use serde_json::{Value, json};
use tests::cups::LoopbackCups;
use tests::desk::text;

use super::Story;
use super::readers::Kept;

fn printing(certificate: &Value, printer: Option<&str>, copies: u32) -> Value {
    json!({"certificate": certificate["id"], "printer": printer, "copies": copies})
}

#[test]
fn the_pdf_that_was_issued_goes_to_the_spooler_and_each_copy_is_counted() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let pdf = story.file(&issued);
    let printers = story.clinic.ok("printers", json!({}));
    assert_eq!(printers["rows"][0], json!({"name": "desk", "said": "Desk, A5", "default": true}));
    let printed = story.clinic.ok("print_certificate", printing(&issued, None, 2));
    assert_eq!(printed, json!({"job": "desk-1", "copies": 2, "printer": "desk"}));
    story.clinic.seat(Role::FrontDesk);
    story.clinic.ok("print_certificate", printing(&issued, Some("hall"), 1));
    let jobs = story.clinic.printer.jobs();
    let handed: Vec<_> = jobs.iter().map(|job| (job.printer.as_str(), job.copies, job.pdf == pdf)).collect();
    assert_eq!(handed, [("desk", 2, true), ("hall", 1, true)]);
    assert_eq!(jobs[0].title, text(&issued["number"]), "the spooler's list names nobody");
    let view = story.view(&issued);
    let counted: Vec<_> = view["printed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (text(&one["who"]), text(&one["printer"]), one["copies"].as_u64().unwrap(), one["draft"] == true)
        })
        .collect();
    assert_eq!(
        counted,
        [
            ("Ana doctor".to_owned(), "desk".to_owned(), 2, false),
            ("Ana front desk".to_owned(), "hall".to_owned(), 1, false),
        ]
    );
    story.clinic.seat(Role::Auditor);
    let acts = story.clinic.trail();
    let prints: Vec<_> = acts.iter().filter(|row| row["action"] == "print_certificate").collect();
    assert_eq!((prints.len(), &prints[0]["object"]), (2, &issued["id"]));
}

#[test]
fn a_draft_is_printed_with_draft_across_it() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    story.clinic.ok("print_certificate", printing(&draft, None, 1));
    let job = story.clinic.printer.jobs().remove(0);
    assert_eq!(job.title, "draft");
    assert!(Kept::new(&job.pdf).text().contains("DRAFT - NOT VALID"));
    assert_eq!(story.view(&draft)["printed"][0]["draft"], true);
}

#[test]
fn what_is_not_printed_is_refused_and_counted_nowhere() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    for copies in [0, 21] {
        assert_eq!(
            story.refused("print_certificate", printing(&draft, None, copies)),
            (Code::Invalid, json!("copies"))
        );
    }
    let nowhere = story.clinic.refused("print_certificate", printing(&draft, Some("cellar"), 1));
    assert_eq!((nowhere.code, &nowhere.fields["printer"]), (Code::NoPrinter, &json!("cellar")));
    let jammed = story.clinic.refused("print_certificate", printing(&draft, Some("jammed"), 1));
    assert_eq!((jammed.code, &jammed.fields["printer"]), (Code::NotPrinted, &json!("jammed")));
    assert_eq!(story.view(&draft)["printed"], json!([]));
    story.clinic.printer.undefault();
    let first = story.clinic.ok("print_certificate", printing(&draft, None, 1));
    assert_eq!(first["printer"], "desk", "where none is the default the first is meant");
    story.clinic.printer.take_away();
    assert_eq!(story.clinic.ok("printers", json!({}))["rows"], json!([]));
    let none = story.clinic.refused("print_certificate", printing(&draft, None, 1));
    assert_eq!((none.code, &none.fields["reason"]), (Code::NoPrinter, &json!("none")));
}

#[test]
fn a_real_spooler_hands_the_printer_the_bytes_that_it_got() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let pdf = story.file(&issued);
    let spooler = LoopbackCups::start().unwrap();
    let cups = Cups::at(&spooler.address());
    let printers = cups.printers();
    assert_eq!(printers.len(), 1, "{printers:?}");
    assert_eq!(
        (printers[0].name.as_str(), printers[0].said.as_str(), printers[0].default),
        ("Desk", "Desk printer, A5", true)
    );
    let job = cups.print("Desk", "MAIN-01-26-00001", 1, pdf.clone()).unwrap();
    assert!(job.starts_with("Desk-"), "{job}");
    for wrong in ["Cellar", "../admin", ""] {
        assert_eq!(cups.print(wrong, "x", 1, pdf.clone()), Err(Unprinted::NoPrinter), "{wrong}");
    }
    assert_eq!(spooler.printed().unwrap(), pdf);
}

#[test]
fn where_no_spooler_listens_there_is_no_printer() {
    let nobody = Cups::at("127.0.0.1:9");
    assert_eq!(nobody.printers(), []);
    assert_eq!(nobody.print("Desk", "x", 1, Vec::new()), Err(Unprinted::NoPrinter));
}
