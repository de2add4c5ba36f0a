//! The tray: what the scanner wrote waits for a patient, and goes when it is filed.

use std::fs;
use std::path::Path;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};

use super::Story;
use super::samples::{dicom, pdf};

fn choose(story: &mut Story, folder: &Path) {
    let place = story.clinic.desk().chose(folder.to_owned()).unwrap();
    story.clinic.ok("set_tray", json!({"place": place}));
}

fn assign(story: &Story, paper: &str) -> Value {
    json!({
        "paper": paper, "patient": story.patient, "about": null,
        "details": {"sort": "consultation", "title": "Card"},
    })
}

#[test]
fn a_paper_waits_in_the_tray_and_its_original_goes_only_once_it_is_filed() {
    let mut story = Story::begin();
    assert_eq!(story.clinic.ok("tray", json!({}))["folder"], Value::Null);
    let folder = tempfile::tempdir().unwrap();
    choose(&mut story, folder.path());
    let paper = folder.path().join("scan 001.pdf");
    fs::write(&paper, pdf("a card")).unwrap();
    fs::write(folder.path().join(".scan 002.pdf"), b"half").unwrap();
    fs::write(folder.path().join("virus.jpg"), b"MZ\x90\0").unwrap();
    fs::create_dir(folder.path().join("old")).unwrap();
    let tray = story.clinic.ok("tray", json!({}));
    assert_eq!((&tray["count"], &tray["there"]), (&json!(2), &json!(true)));
    let paper_of = |name: &str| {
        let mut papers = tray["papers"].as_array().unwrap().iter();
        papers.find(|paper| paper["name"] == name).cloned().unwrap()
    };
    assert_eq!(paper_of("scan 001.pdf")["media_type"], "application/pdf");
    assert_eq!(paper_of("virus.jpg")["unfit"], "program");
    let looked = json!({"file": {"tray": "scan 001.pdf"}, "patient": story.patient, "sort": null});
    assert_eq!(story.clinic.ok("look_at_file", looked)["pages"], json!(1));
    let refused = story.clinic.refused("assign_from_tray", assign(&story, "virus.jpg"));
    assert_eq!(refused.code, Code::FileUnfit);
    let xray = folder.path().join("other.dcm");
    fs::write(&xray, dicom("CRUZ^Ana", "", "")).unwrap();
    assert_eq!(
        story.clinic.refused("assign_from_tray", assign(&story, "other.dcm")).code,
        Code::AnotherPerson
    );
    assert!(paper.exists() && xray.exists());
    let added = story.clinic.ok("assign_from_tray", assign(&story, "scan 001.pdf"));
    assert!(!paper.exists());
    assert_eq!(story.file(&added)["came_by"], "scan");
    assert_eq!(story.clinic.refused("assign_from_tray", assign(&story, "scan 001.pdf")).code, Code::NotFound);
    drop(folder);
    assert_eq!(story.clinic.ok("tray", json!({}))["there"], json!(false));
    story.clinic.ok("set_tray", json!({"place": null}));
    assert_eq!(story.clinic.ok("tray", json!({}))["folder"], Value::Null);
}

#[test]
fn no_name_leads_out_of_the_tray_and_the_records_are_no_tray() {
    let mut story = Story::begin();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), b"secret").unwrap();
    let folder = outside.path().join("tray");
    fs::create_dir(&folder).unwrap();
    choose(&mut story, &folder);
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), folder.join("link.txt")).unwrap();
    for name in ["../secret.txt", "", ".", "..", "link.txt", "/etc/hostname", "nothing.pdf"] {
        let refused = story.clinic.refused("assign_from_tray", assign(&story, name));
        assert_eq!(refused.code, Code::NotFound, "{name}");
    }
    assert!(outside.path().join("secret.txt").exists());
    let records = story.clinic.folder().to_owned();
    for place in [records.clone(), records.join("files"), records.parent().unwrap().to_owned()] {
        let place = story.clinic.desk().chose(place).unwrap();
        let refused = story.clinic.refused("set_tray", json!({"place": place}));
        assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("place")));
    }
    story.clinic.seat(Role::Administrator);
    assert_eq!(story.clinic.refused("tray", json!({})).code, Code::NotPermitted);
}
