//! A note at the window through a kill and a lock to its signature and its addition, and the vital signs by keyboard:
//! what is unlikely asks once, what cannot be is refused, what was entered in error is withdrawn.

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

use crate::clinic::{DOCTORS, at_work};

/// A doctor at work in a clinic with one patient, whose chart is not open.
async fn a_clinic() -> Result<(TempDir, Person)> {
    let (folder, person) = at_work(Scheme::Light).await?;
    person.presses("Patients").await?;
    person.presses("Register").await?;
    person.types("Family name", "Mejía").await?;
    person.types("Given names", "Gustavo").await?;
    person.types("Birth date", "14 jul 1999").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("Allergies not recorded").await?;
    person.presses("Today").await?;
    person.reads("Nobody is waiting").await?;
    Ok((folder, person))
}

async fn signs_in(person: &Person) -> Result<()> {
    person.types("Password", DOCTORS).await?;
    person.keys(Key::Enter + "").await
}

/// Seconds by the page's own clock.
async fn now(person: &Person) -> Result<f64> {
    person.script("return performance.now() / 1000").await?.as_f64().context("a number")
}

#[tokio::test]
async fn a_note_survives_a_kill_and_a_lock_until_it_is_signed() -> Result<()> {
    let (folder, person) = a_clinic().await?;
    person.looks_at("today-nobody").await?;

    // Beyond the name: the find box, Ctrl and Enter.
    person.keys("/").await?;
    person.reads("to start a visit").await?;
    person.keys("mejia").await?;
    person.reads("14-Jul-1999").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("In visit since").await?;
    person.sees("Sign note").await?;
    // The keys are in the concern already.
    person.keys("Sore throat and fever for two days").await?;
    person.types("Other findings", "Tonsils enlarged").await?;
    person.presses("Add a diagnosis").await?;
    person.keys("Acute tonsillitis j03.9").await?;
    person.is_kept("j03.9").await?;
    person.reads("Saved here").await?;
    person.looks_at("visit-note").await?;
    person.kills(folder.path()).await?;

    let person = Person::at(folder.path(), Scheme::Light).await?;
    person.presses("Ana Lim").await?;
    signs_in(&person).await?;
    person.sees("Today").await?;
    person.reads("With me").await?;
    person.sees("Go on").await?;
    person.looks_at("today-visit").await?;
    person.presses("Go on").await?;
    person.reads("Restored: what you typed").await?;
    person.types("Plan", "Fluids, rest, review in 48 h").await?;

    // The last key before the lock goes with it.
    person.keys(Key::Control + "l").await?;
    person.sees("Unlock").await?;
    signs_in(&person).await?;
    person.reads("Restored: what you typed").await?;
    let plan = person.script("return document.querySelector('textarea[name=plan]').value").await?;
    ensure!(plan == "Fluids, rest, review in 48 h", "the plan after the lock: {plan}");
    person.looks_at("visit-note-again").await?;

    person.keys(Key::Control + Key::Enter).await?;
    person.sees("Add to the note").await?;
    person.reads("Acute tonsillitis · J03.9 · primary").await?;
    person.looks_at("visit-note-signed").await?;
    person.presses("Add to the note").await?;
    person.types("What is added", "Rapid test negative").await?;
    person.types("Why it is added", "The result came later").await?;
    person.looks_at("visit-addendum").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("Added by Dr Ana Lim").await?;

    person.keys(Key::Alt + "s").await?;
    person.sees("Complete the visit").await?;
    person.looks_at("visit-steps").await?;
    // The keys are on the first step.
    person.keys(Key::Enter + "").await?;
    person.reads("The visit is completed.").await?;
    person.sees("Start visit").await?;
    person.presses("Visits").await?;
    person.reads("1 addition").await?;
    person.looks_at("visits").await?;
    person.leaves().await
}

#[tokio::test]
async fn eight_vital_signs_are_typed_in_25_seconds_and_an_unlikely_one_asks_once() -> Result<()> {
    let (_folder, person) = a_clinic().await?;
    person.presses("Patients").await?;
    person.presses("MEJÍA, Gustavo").await?;
    person.reads("Allergies not recorded").await?;
    person.keys(Key::Alt + "v").await?;
    person.reads("In visit since").await?;
    person.sees("Sign note").await?;
    person.keys(Key::Escape + "").await?;
    person.loses("Sign note").await?;
    person.keys(Key::Alt + "m").await?;
    person.reads("Take vital signs").await?;

    let began = now(&person).await?;
    for typed in ["148/92", "38.4", "96", "18", "98", "", "", "400"] {
        // Enter alone goes past what was not taken.
        person.keys(typed + Key::Enter).await?;
    }
    // An unlikely weight asks once, at its field.
    person.reads("400 kg? Enter again to keep").await?;
    person.looks_at("vitals-asked").await?;
    person.keys(Key::Control + "a").await?;
    person.keys("71.5").await?;
    person.keys(Key::Enter + "").await?;
    person.keys("174").await?;
    // Past the head, which was not measured, and after the last it saves.
    person.keys(Key::Enter + "").await?;
    person.keys(Key::Enter + "").await?;
    person.reads("148/92").await?;
    person.reads("Repeat BP").await?;
    let took = now(&person).await? - began;
    ensure!(took < 25.0, "eight vital signs took {took} s");
    person.looks_at("vitals").await?;

    // What cannot be is refused at its field.
    person.types("Temperature", "48.2").await?;
    person.keys(Key::Enter + "").await?;
    person.reads("Cannot be: 12 to 47").await?;
    person.presses("Clear").await?;
    person.presses("Timeline").await?;
    person.reads("BP 148/92").await?;
    person.reads("out of range").await?;
    person.looks_at("chart-visit").await?;
    person.presses("Vital signs").await?;
    person.presses("Entered in error").await?;
    person.presses("Temperature 38.4").await?;
    person.types("What was wrong", "Taken of another person").await?;
    person.looks_at("vitals-withdraw").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.loses("38.4").await?;
    person.reads("148/92").await?;
    person.leaves().await
}
