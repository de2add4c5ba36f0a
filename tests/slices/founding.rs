//! A clinic's first minute.

use std::fs;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, found_input, text};

#[test]
fn a_founding_seats_the_administrator_and_leaves_four_papers() {
    let mut clinic = Clinic::found();
    let founded = clinic.founded.clone();
    assert_eq!(founded["session"]["role"], "administrator");
    assert_eq!(founded["session"]["must_confirm_sheet"], true);
    assert_eq!(founded["sheet"].as_array().unwrap().len(), 4);
    let lines = founded["sheet"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n");
    assert!(crypto::sheet::Sheet::parse(&lines).is_ok());
    assert_eq!(founded["shares"].as_array().unwrap().len(), 3);
    let actions: Vec<String> = clinic.trail().iter().map(|row| text(&row["action"])).collect();
    assert_eq!(actions, ["found_clinic"]);
}

/// The characters of the sheet in `papers` that are asked back.
fn asked_back(papers: &Value) -> String {
    let sign = |asked: &Value| {
        let line = papers["sheet"][asked["line"].as_u64().unwrap() as usize - 1].as_str().unwrap();
        let signs: Vec<char> = line.chars().filter(|sign| sign.is_alphanumeric()).collect();
        signs[asked["character"].as_u64().unwrap() as usize - 1]
    };
    papers["asked"].as_array().unwrap().iter().map(sign).collect()
}

#[test]
fn the_sheet_is_confirmed_by_the_characters_that_are_asked_and_no_others() {
    let mut clinic = Clinic::found();
    let founded = clinic.founded.clone();
    let asked = asked_back(&founded);
    assert_eq!(asked.len(), 2);
    assert_eq!(clinic.refused("confirm_sheet", json!({"characters": "!!"})).code, Code::WrongSheet);
    assert_eq!(clinic.refused("confirm_sheet", json!({"characters": ""})).code, Code::WrongSheet);
    assert_eq!(clinic.ok("status", json!({}))["sheet_confirmed"], false);
    clinic.ok("confirm_sheet", json!({"characters": asked.to_lowercase()}));
    assert_eq!(clinic.ok("status", json!({}))["sheet_confirmed"], true);
    assert_eq!(clinic.ok("session", json!({}))["must_confirm_sheet"], false);
    assert_eq!(clinic.refused("confirm_sheet", json!({"characters": asked})).code, Code::WrongSheet);
}

#[test]
fn the_papers_are_found_again_by_who_founded_the_clinic_until_the_sheet_is_confirmed() {
    let mut clinic = Clinic::found();
    let founded = clinic.founded.clone();
    clinic.restart();
    clinic.seat(Role::Administrator);
    let papers = clinic.ok("recovery_papers", json!({}));
    for part in ["sheet", "shares", "fingerprint", "asked"] {
        assert_eq!(papers[part], founded[part], "{part}");
    }
    let folder = tempfile::tempdir().unwrap();
    for (paper, pages) in [("sheet", "sheet.pdf"), ("share_3", "share.pdf")] {
        let place = clinic.desk().chose(folder.path().join(pages)).unwrap();
        clinic.ok("save_paper", json!({"paper": paper, "place": place}));
        assert!(fs::read(folder.path().join(pages)).unwrap().starts_with(b"%PDF"));
    }
    let printed = clinic.ok("print_paper", json!({"paper": "share_1", "printer": null}));
    assert_eq!((&printed["printer"], clinic.printer.jobs().len()), (&json!("desk"), 1));
    clinic.ok("confirm_sheet", json!({"characters": asked_back(&papers)}));
    let papers = clinic.ok("recovery_papers", json!({}));
    for part in ["sheet", "shares", "asked"] {
        assert_eq!(papers[part], json!([]), "{part}");
    }
    let print = json!({"paper": "sheet", "printer": null});
    assert_eq!(clinic.refused("print_paper", print).code, Code::NotFound);
}

#[test]
fn a_new_sheet_opens_the_store_and_the_one_before_opens_nothing() {
    let mut clinic = Clinic::found();
    let founded = clinic.founded.clone();
    let slot = |clinic: &mut Clinic, papers: &Value| {
        let lines = papers["sheet"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n");
        let sheet = crypto::sheet::Sheet::parse(&lines).unwrap();
        let bytes = fs::read(clinic.folder().join("slots/sheet.a")).unwrap();
        let workstation = clinic.ok("workstations", json!({}))["rows"][0]["id"].clone();
        crypto::slot::open_sheet_slot(&sheet, text(&workstation).parse().unwrap(), &bytes[32..]).is_ok()
    };
    assert!(slot(&mut clinic, &founded));
    clinic.ok("confirm_sheet", json!({"characters": asked_back(&founded)}));
    let papers = clinic.ok("new_sheet", json!({}));
    assert!(slot(&mut clinic, &papers) && !slot(&mut clinic, &founded));
    assert_eq!(
        (&papers["shares"], clinic.ok("session", json!({}))["must_confirm_sheet"] == true),
        (&json!([]), true)
    );
    clinic.ok("confirm_sheet", json!({"characters": asked_back(&papers)}));
    assert_eq!(clinic.ok("status", json!({}))["sheet_confirmed"], true);
}

#[test]
fn another_administrator_does_not_see_the_papers_that_are_sealed_to_the_first() {
    let mut clinic = Clinic::found();
    clinic.employ("second", Role::Administrator);
    clinic.sit("second");
    let papers = clinic.ok("recovery_papers", json!({}));
    assert_eq!((&papers["sheet"], &papers["shares"]), (&json!([]), &json!([])));
    assert_eq!(papers["asked"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_is_missing_or_cannot_be_so_is_named_and_nothing_is_founded() {
    let mut clinic = Clinic::nowhere();
    for (field, value, code) in [
        ("clinic", json!(" "), Code::Missing),
        ("site", json!(""), Code::Missing),
        ("name", json!("\t"), Code::Missing),
        ("sign_in", json!(""), Code::Missing),
        ("time_zone", json!("Mars/Olympus"), Code::Invalid),
        ("site_code", json!("TOOLONG"), Code::Invalid),
        ("site_code", json!("É!"), Code::Invalid),
    ] {
        let mut input = found_input();
        input[field] = value;
        let refusal = clinic.refused("found_clinic", input);
        assert_eq!((refusal.code, &refusal.fields["field"]), (code, &json!(field)), "{field}");
    }
    assert_eq!(clinic.ok("door", json!({}))["state"], "empty");
    clinic.ok("found_clinic", found_input());
}

#[test]
fn a_folder_has_one_clinic() {
    let mut clinic = Clinic::found();
    assert_eq!(clinic.refused("found_clinic", found_input()).code, Code::ClinicExists);
    clinic.ok("sign_out", json!({}));
    assert_eq!(clinic.refused("found_clinic", found_input()).code, Code::ClinicExists);
    clinic.restart();
    assert_eq!(clinic.refused("found_clinic", found_input()).code, Code::ClinicExists);
    clinic.seat(Role::Administrator);
}

#[test]
fn a_founding_that_was_cut_off_is_done_again_and_its_remains_are_kept() {
    let mut clinic = Clinic::found();
    clinic.stop();
    // The door's memory is what a founding writes last, before it takes its own mark away.
    for copy in ["door.a", "door.b"] {
        fs::remove_file(clinic.folder().join(copy)).unwrap();
        fs::write(clinic.folder().join(copy.replace("door", "founding")), "").unwrap();
    }
    clinic.restart();
    assert_eq!(clinic.ok("door", json!({}))["state"], "empty");
    clinic.ok("found_clinic", found_input());
    assert!(clinic.folder().join("unfinished-1/clinic.db").is_file());
    let door = clinic.ok("door", json!({}));
    assert_eq!(door["people"].as_array().map(Vec::len), Some(1), "{door}");
}

#[test]
fn a_founding_that_cannot_write_its_keys_founds_nothing_and_can_be_done_again() {
    let mut clinic = Clinic::nowhere();
    // A folder where a file must be.
    fs::create_dir(clinic.folder().join("door.new")).unwrap();
    assert_eq!(clinic.refused("found_clinic", found_input()).code, Code::StoreFailed);
    fs::remove_dir(clinic.folder().join("door.new")).unwrap();
    let founded: Value = clinic.ok("found_clinic", found_input());
    assert_eq!(founded["session"]["name"], "Maria Reyes");
}
