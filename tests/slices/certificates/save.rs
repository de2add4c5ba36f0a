//! A copy of a certificate's file where a person chose to keep it.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::text;

use super::Story;

impl Story {
    /// The input that saves a copy where the person who sits here has just chosen to.
    fn saving(&mut self, certificate: &Value, place: &Path) -> Value {
        let place = self.clinic.desk().chose(place.to_owned()).unwrap();
        json!({"certificate": certificate["id"], "place": place})
    }

    fn not_saved(&mut self, certificate: &Value, place: &Path) -> Value {
        let input = self.saving(certificate, place);
        let refusal = self.clinic.refused("save_certificate", input);
        assert_eq!(refusal.code, Code::NotSaved, "{}", place.display());
        refusal.fields["reason"].clone()
    }
}

#[test]
fn a_copy_is_the_pdf_that_was_issued_and_the_trail_says_who_took_it() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let pdf = story.file(&issued);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("for the dean.pdf");
    story.clinic.seat(Role::FrontDesk);
    let input = story.saving(&issued, &place);
    // What the screen asks meanwhile does not use the place up.
    story.clinic.ok("status", json!({}));
    assert_eq!(story.clinic.ok("save_certificate", input), json!({"name": "for the dean.pdf"}));
    assert_eq!(fs::read(&place).unwrap(), pdf);
    story.clinic.seat(Role::Auditor);
    let acts = story.clinic.trail();
    let saved: Vec<_> = acts.iter().filter(|row| row["action"] == "save_certificate").collect();
    assert_eq!((saved.len(), &saved[0]["object"]), (1, &issued["id"]));
    assert_eq!(text(&saved[0]["outcome"]), "done", "{}", saved[0]);
}

#[test]
fn a_place_is_good_once_for_who_chose_it_and_goes_with_lock_and_sign_out() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("copy.pdf");
    let refused = (Code::Invalid, json!("place"));
    let input = story.saving(&issued, &place);
    story.clinic.ok("save_certificate", input.clone());
    assert_eq!(story.refused("save_certificate", input), refused);
    let guessed = json!({"certificate": issued["id"], "place": place});
    story.saving(&issued, &place);
    assert_eq!(story.refused("save_certificate", guessed), refused);

    let input = story.saving(&issued, &place);
    story.clinic.ok("lock", json!({}));
    assert_eq!(story.clinic.desk().chose(place.clone()).unwrap_err().code, Code::ScreenLocked);
    story.clinic.ok("unlock", json!({"password": tests::desk::password(Role::Doctor)}));
    assert_eq!(story.refused("save_certificate", input), refused);

    let input = story.saving(&issued, &place);
    story.clinic.ok("sign_out", json!({}));
    // At the door somebody chooses where to restore from; that is good for nothing else.
    let chosen = story.clinic.desk().chose(place).unwrap();
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.refused("save_certificate", input), refused);
    let chosen = json!({"certificate": issued["id"], "place": chosen});
    assert_eq!(story.refused("save_certificate", chosen), refused);
}

#[test]
fn a_copy_takes_the_place_of_an_older_file() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("copy.pdf");
    fs::write(&place, "older").unwrap();
    let input = story.saving(&issued, &place);
    story.clinic.ok("save_certificate", input);
    assert_eq!(fs::read(&place).unwrap(), story.file(&issued));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_written_is_refused_by_its_reason_and_leaves_no_half_a_file() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(story.not_saved(&issued, &PathBuf::from("/dev/full")), "full");
    assert_eq!(story.not_saved(&issued, &PathBuf::from("/sys/copy.pdf")), "not_allowed");
    assert_eq!(story.not_saved(&issued, &folder.path().join("stick/copy.pdf")), "gone");
    assert_eq!(story.not_saved(&issued, folder.path()), "failed");
    let locked = folder.path().join("locked.pdf");
    fs::write(&locked, "older").unwrap();
    fs::set_permissions(&locked, PermissionsExt::from_mode(0o444)).unwrap();
    assert_eq!(story.not_saved(&issued, &locked), "not_allowed");
    assert_eq!(fs::read(&locked).unwrap(), b"older");
    let records = story.clinic.folder().join("copy.pdf");
    assert_eq!(story.not_saved(&issued, &records), "records");
    assert!(!records.exists());
}

#[test]
fn a_link_into_the_folder_of_the_records_is_no_way_to_write_over_them() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let folder = tempfile::tempdir().unwrap();
    let (lock, link) = (story.clinic.folder().join("lock"), folder.path().join("copy.pdf"));
    symlink(&lock, &link).unwrap();
    assert_eq!(story.not_saved(&issued, &link), "records");
    assert_eq!(fs::read(&lock).unwrap(), b"");
}

#[test]
fn a_draft_leaves_no_copy_and_neither_does_who_may_not_print() {
    let mut story = Story::begin();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("copy.pdf");
    let draft = story.draft(json!({}));
    let input = story.saving(&draft, &place);
    assert_eq!(story.refused("save_certificate", input), (Code::IllegalMove, json!("status")));
    let issued = story.issued(json!({}));
    story.clinic.seat(Role::Auditor);
    let input = story.saving(&issued, &place);
    assert_eq!(story.clinic.refused("save_certificate", input).code, Code::NotPermitted);
    assert!(!place.exists());
}
