//! A visit at the real window, from its start to its end: what is typed survives a power cut.

use anyhow::Result;
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

use crate::guide::{fill, signs_in};

async fn opens_the_chart(person: &Person) -> Result<()> {
    signs_in(person, "Dr Maria Reyes").await?;
    person.finds("gustavo mejia").await?;
    person.keys(Key::Enter + "").await?;
    person.sees("Timeline").await
}

async fn a_visit(scheme: Scheme) -> Result<()> {
    let folder = tempfile::tempdir()?;
    fill(folder.path())?;
    let person = Person::at(folder.path(), scheme).await?;
    opens_the_chart(&person).await?;
    person.presses("Start visit").await?;
    person.sees("Visit note").await?;
    person.types("Concern", "Fever and sore throat since yesterday").await?;
    person.types("Examination", "Throat red, no exudate. Chest clear.").await?;
    person.reads("Saved here").await?;
    person.kills(folder.path()).await?;

    let person = Person::at(folder.path(), scheme).await?;
    opens_the_chart(&person).await?;
    person.presses("Visit note").await?;
    person.reads("Goes on from what you typed.").await?;
    person.types("Plan", "Rest, fluids. Review in three days if fever continues.").await?;
    person.looks_at("guide-note").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("Signed").await?;
    person.looks_at("guide-signed").await?;

    person.presses("Vital signs").await?;
    person.types("Systolic", "118").await?;
    person.types("Diastolic", "76").await?;
    person.types("Temperature", "38.4").await?;
    person.types("Pulse", "84").await?;
    person.looks_at("guide-vitals").await?;
    person.presses("Save").await?;
    person.reads("38.4").await?;

    person.presses("Today").await?;
    person.reads("Mejía").await?;
    person.looks_at("guide-today").await?;
    person.leaves().await
}

#[tokio::test]
async fn a_visit_is_started_written_cut_off_gone_on_with_signed_and_measured_in_light() -> Result<()> {
    a_visit(Scheme::Light).await
}

#[tokio::test]
async fn a_visit_is_started_written_cut_off_gone_on_with_signed_and_measured_in_dark() -> Result<()> {
    a_visit(Scheme::Dark).await
}
