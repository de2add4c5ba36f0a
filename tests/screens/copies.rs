//! A certificate's file leaves the records, and comes back to be verified.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, password, sign_in_name, text};

use crate::bridge::Bridge;
use crate::clinic::sick_leave;
use crate::visitor::Visitor;

/// A clinic in which the doctor has issued one certificate.
fn issued() -> (Clinic, Value) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Gustavo", "Mejía");
    let draft = sick_leave(&mut clinic, &patient);
    let issue = json!({"certificate": draft["id"], "version": draft["version"]});
    let issued = clinic.ok("issue_certificate", issue);
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    (clinic, issued)
}

#[tokio::test]
async fn a_copy_is_saved_where_the_person_chose_and_verified_from_its_file_and_refusals_say_what_to_do()
-> Result<()> {
    let (clinic, issued) = issued();
    let folder = tempfile::tempdir()?;
    let copies = folder.path().join("stick");
    fs::create_dir(&copies)?;
    let bridge = Bridge::keeping(clinic.folder(), Some(&copies))?;
    bridge.seats(sign_in_name(Role::Doctor), &password(Role::Doctor)).await?;
    let mut visitor = Visitor::to(bridge.address()).await?;
    let number = text(&issued["number"]);
    visitor.opens(&format!("/certificates/{}", text(&issued["id"]))).await?;
    visitor.presses("Save a copy…").await?;
    visitor.reads(&format!("A copy was saved as {number}.pdf.")).await?;
    let copy = copies.join(format!("{number}.pdf"));
    assert!(fs::read(&copy)?.starts_with(b"%PDF-"));

    let kept = folder.path().join("from the dean.pdf");
    fs::rename(&copy, &kept)?;
    fs::remove_dir(&copies)?;
    visitor.presses("Save a copy…").await?;
    visitor.reads("that place is not there any more").await?;
    visitor.looks("certificate-not-saved", "doctor", true).await?;

    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear colleague")?;
    let named = |path: &Path| path.to_str().map(str::to_owned).context("a path in Unicode");
    visitor.opens("/certificates").await?;
    visitor.reads("From a file").await?;
    visitor.offers("input[type=file]", &[named(&kept)?]).await?;
    visitor.reads("Read from “from the dean.pdf”.").await?;
    visitor.reads("This file is the one that was issued, byte for byte.").await?;
    visitor.looks("verified-file", "doctor", true).await?;
    visitor.offers("input[type=file]", &[named(&letter)?]).await?;
    visitor.reads("This file is neither a PDF nor a picture.").await?;
    visitor.looks("verified-no-file", "doctor", true).await?;
    visitor.leaves().await
}
