//! Declared forms on paper and in a table: what was filled, and what a hand fills.

use std::fs;

use app::Code;
use domain::access::Role;
use domain::forms::specs;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

/// The words of a paper.
pub(crate) fn told(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.pdf");
    fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output().unwrap();
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of a form's table, line by line.
pub(crate) fn exported(clinic: &mut Clinic, form: &str, patient: &str) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    let place = clinic.desk().chose(file.clone()).unwrap();
    clinic.ok("export_forms", json!({"patient": patient, "form": form, "place": place}));
    let table = fs::read_to_string(&file).unwrap();
    let cells = |line: &str| line[1..line.len() - 1].split("\",\"").map(str::to_owned).collect();
    table.trim_start_matches('\u{feff}').lines().map(cells).collect()
}

/// A doctor, a patient, and a disc of which only one rim was looked at.
fn disc() -> (Clinic, String, Value) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let details = json!({"family": "Villamor", "given": "Bea", "birth_date": "1990-05-19"});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    let answers = json!({"rim:R": {"c": "normal"}, "cd_v:R": {"n": "0.5"}, "cd_v:L": {"x": "unable"}});
    let write = json!({
        "form": "eye.disc@1", "patient": patient, "visit": null, "filled": null, "version": null, "answers": answers,
    });
    let kept = clinic.ok("save_form", write);
    (clinic, patient, kept)
}

#[test]
fn a_filled_form_is_printed_with_whose_it_is_its_edition_and_what_nobody_examined() {
    let (mut clinic, _, kept) = disc();
    let print = json!({"form": "eye.disc@1", "filled": kept["id"], "universal": false, "printer": null});
    assert_eq!(clinic.ok("print_form", print.clone())["printer"], "desk");
    let job = clinic.printer.jobs().pop().unwrap();
    assert_eq!(job.title, "form");
    let said = told(&job.pdf);
    for words in [
        "VILLAMOR, Bea",
        "19-May-1990",
        "eye.disc, edition 1",
        "not signed",
        "normal not examined",
        "0.5 unable",
        "page 1 of 1",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let other = json!({"form": "eye.pupils@1", "filled": kept["id"], "universal": false, "printer": null});
    assert_eq!(clinic.refused("print_form", other).code, Code::Invalid);
    clinic.seat(Role::FrontDesk);
    assert_eq!(clinic.refused("print_form", print).code, Code::NotPermitted);
}

#[test]
fn every_form_has_a_blank_paper_and_a_table_of_one_person() {
    let (mut clinic, patient, _) = disc();
    let folder = tempfile::tempdir().unwrap();
    for spec in specs() {
        let file = folder.path().join(format!("{}.pdf", spec.code));
        let place = clinic.desk().chose(file.clone()).unwrap();
        clinic.ok(
            "save_form_pdf",
            json!({"form": spec.form(), "filled": null, "universal": false, "place": place}),
        );
        let said = told(&fs::read(&file).unwrap());
        let form = format!("{}, edition {}", spec.code, spec.version);
        for words in [spec.title.said("en"), "Signature", form.as_str()] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
    let file = folder.path().join("disc.csv");
    let place = clinic.desk().chose(file.clone()).unwrap();
    clinic.ok("export_forms", json!({"patient": patient, "form": "eye.disc@1", "place": place}));
    let table = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("\"cd_v:R\",\"cd_v:L\""), "{table}");
    assert!(lines[1].contains("\"0.5\",\"unable\""), "{table}");
    clinic.seat(Role::Pharmacist);
    let refused =
        clinic.refused("export_forms", json!({"patient": patient, "form": "eye.disc@1", "place": "x"}));
    assert_eq!(refused.code, Code::NotPermitted);
}

#[test]
fn a_corrected_pressure_is_printed_and_exported_with_what_was_signed_and_what_was_added() {
    let (mut clinic, patient, _) = disc();
    let iop = |value: &str| json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value, "ok": true}, "at": {"t": "09:38"}}});
    let write = json!({
        "form": "eye.pressure@1", "patient": patient, "visit": null, "filled": null, "version": null,
        "answers": {"iop:R:a": iop("41"), "iop:L:b": iop("17")},
    });
    let signed = clinic.ok("sign_form", write);
    let added = json!({
        "filled": signed["id"], "answers": {"iop:R:a": iop("14")}, "text": "read again", "reason": "digits turned round",
    });
    clinic.ok("amend_form", added);
    clinic.ok(
        "print_form",
        json!({"form": "eye.pressure@1", "filled": signed["id"], "universal": false, "printer": null}),
    );
    let said = told(&clinic.printer.jobs().pop().unwrap().pdf);
    for words in
        ["41 mmHg", "Added later: 22-Nov-2026", "14 mmHg", "read again", "Reason: digits turned round"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let table = exported(&mut clinic, "eye.pressure@1", &patient);
    let cell = |head: &str| {
        let at =
            table[0].iter().position(|other| other == head).unwrap_or_else(|| panic!("{head}: {table:?}"));
        table[1][at].clone()
    };
    // What holds stands in its column, what was signed beside it.
    assert_eq!((cell("iop:R/value (mmHg)"), cell("iop:L/value (mmHg)")), ("14".to_owned(), "17".to_owned()));
    assert_eq!(cell("signed was"), "Pressure: R 41 mmHg Goldmann, Time 09:38");
    assert!(cell("added later").ends_with("read again (digits turned round)"), "{table:?}");
}

#[test]
fn a_corrected_addition_stands_in_its_column_and_says_what_it_was() {
    let (mut clinic, patient, _) = disc();
    let lens = |add: &str| {
        json!({"p": {
            "method": {"c": "subjective"}, "sph": {"n": "-2.25"}, "add": {"n": add}, "va": {"t": "6/9"},
        }})
    };
    let write = json!({
        "form": "eye.refraction@1", "patient": patient, "visit": null, "filled": null, "version": null,
        "answers": {"lens:R:a": lens("2.5"), "lens:L:a": lens("2.5")},
    });
    let signed = clinic.ok("sign_form", write);
    let added = json!({
        "filled": signed["id"], "answers": {"lens:R:a": lens("2.25")}, "text": "", "reason": "a slip",
    });
    clinic.ok("amend_form", added);
    let table = exported(&mut clinic, "eye.refraction@1", &patient);
    let cell = |head: &str| table[1][table[0].iter().position(|other| other == head).unwrap()].clone();
    let parts = ["lens:R/add (D)", "lens:L/add (D)", "lens:R/va", "lens:R/se"].map(cell);
    assert_eq!(parts, ["2.25", "2.5", "'6/9", "-2.25"].map(str::to_owned));
    let was = "Refraction: R -2.25 subjective, Addition +2.50, Acuity with it 6/9";
    assert_eq!(cell("signed was"), was);
    assert!(cell("added later").contains("Addition +2.25"), "{table:?}");
}
