//! From an empty computer to a signed-in person, and back in after a lock and after a power cut.

use anyhow::Result;
use serde_json::json;
use tests::person::Person;
use tests::shot::Scheme;

use crate::clinic::{PASSWORD, read_back, set_up, signs_in};

async fn a_day(scheme: Scheme) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let person = Person::at(folder.path(), scheme).await?;
    person.sees("Set up a clinic").await?;
    person.looks_at("first-run").await?;
    set_up(&person).await?;
    person.looks_at("papers").await?;
    read_back(&person).await?;
    person.looks_at("today").await?;

    person.presses("Lock").await?;
    person.sees("Unlock").await?;
    person.looks_at("locked").await?;
    let refused = person.is_refused("main", "recent_patients", json!({})).await?;
    assert_eq!(refused["code"], "screen_locked");
    person.types("Password", PASSWORD).await?;
    person.presses("Unlock").await?;
    person.sees("Today").await?;

    person.kills(folder.path()).await?;
    let person = Person::at(folder.path(), scheme).await?;
    person.sees("Who is it?").await?;
    person.looks_at("who").await?;
    signs_in(&person, "Maria Reyes", "not the password at all").await?;
    person.reads("not the password").await?;
    person.looks_at("sign-in-refused").await?;
    person.types("Password", PASSWORD).await?;
    person.presses("Sign in").await?;
    person.sees("Today").await?;
    person.leaves().await
}

#[tokio::test]
async fn a_clinic_is_founded_locked_opened_cut_off_and_signed_in_to_again_in_light() -> Result<()> {
    a_day(Scheme::Light).await
}

#[tokio::test]
async fn a_clinic_is_founded_locked_opened_cut_off_and_signed_in_to_again_in_dark() -> Result<()> {
    a_day(Scheme::Dark).await
}
