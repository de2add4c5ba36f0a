//! The screens of the guide, in a clinic with people in it: each is looked at, and its picture kept.

use anyhow::Result;
use tempfile::TempDir;
use tests::demo::{self, PASSWORD};
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

use crate::clinic::signs_in;

/// The window of the clinic of the demonstration with some of its bundles; the doctor has a password of her own.
async fn among_people(scheme: Scheme) -> Result<(TempDir, Person)> {
    let folder = tempfile::tempdir()?;
    let mut desk = demo::found(folder.path())?;
    for name in ["Gustavo_Mejia", "Liz_Conn", "Antonio_Castellanos"] {
        demo::import(&mut desk, name)?;
    }
    demo::choose_password(&mut desk, "maria")?;
    drop(desk);
    let person = Person::at(folder.path(), scheme).await?;
    Ok((folder, person))
}

async fn a_doctors_screens(scheme: Scheme) -> Result<()> {
    let (_folder, person) = among_people(scheme).await?;
    person.sees("Who is it?").await?;
    person.looks_at("guide-names").await?;
    signs_in(&person, "Dr Maria Reyes", PASSWORD).await?;
    person.sees("Today").await?;
    person.finds("gustavo mejai").await?;
    person.looks_at("guide-find").await?;
    person.keys(Key::Enter + "").await?;
    person.sees("Timeline").await?;
    person.looks_at("guide-chart").await?;
    person.presses("Patients").await?;
    person.sees("Register").await?;
    person.looks_at("guide-patients").await?;
    person.presses("Register").await?;
    person.types("Family name", "Conn").await?;
    person.types("Given names", "Liz").await?;
    person.types("Birth date", "28 nov 1986").await?;
    person.reads("same birth date").await?;
    person.looks_at("guide-register").await?;
    person.leaves().await
}

#[tokio::test]
async fn a_doctor_among_many_people_finds_charts_and_is_warned_in_light() -> Result<()> {
    a_doctors_screens(Scheme::Light).await
}

#[tokio::test]
async fn a_doctor_among_many_people_finds_charts_and_is_warned_in_dark() -> Result<()> {
    a_doctors_screens(Scheme::Dark).await
}

#[tokio::test]
async fn an_administrator_sees_who_works_here_and_what_was_done() -> Result<()> {
    let (_folder, person) = among_people(Scheme::Light).await?;
    signs_in(&person, "Carmen Villanueva", PASSWORD).await?;
    person.sees("Today").await?;
    person.presses("Admin").await?;
    person.reads("Grace Tolentino").await?;
    person.looks_at("guide-staff").await?;
    person.presses("Audit trail").await?;
    person.reads("Imported records from files").await?;
    person.looks_at("guide-trail").await?;
    person.leaves().await
}
