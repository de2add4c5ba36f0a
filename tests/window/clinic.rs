//! A clinic to work in, made by its screens.

use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;
use tests::desk::FIRST_PASSWORD;
use tests::person::Person;
use tests::shot::Scheme;

/// The administrator's password, strong enough for a role without a second factor.
pub const PASSWORD: &str = "seven lanterns under the mango rain";
/// The doctor's, once it is their own.
pub const DOCTORS: &str = "a heron counts blue umbrellas twice";

/// A clinic founded by its screens, in a folder of its own, with a doctor at work in it.
pub async fn at_work(scheme: Scheme) -> Result<(TempDir, Person)> {
    at_work_as("Doctor", scheme).await
}

/// The same with somebody of another role at work.
pub async fn at_work_as(role: &str, scheme: Scheme) -> Result<(TempDir, Person)> {
    let folder = tempfile::tempdir()?;
    let person = found(folder.path(), scheme).await?;
    colleague(&person, role).await?;
    Ok((folder, person))
}

/// Presses the tile of this name, and signs in with the password.
pub async fn signs_in(person: &Person, tile: &str, password: &str) -> Result<()> {
    person.presses(tile).await?;
    person.types("Password", password).await?;
    person.presses("Sign in").await
}

/// A clinic founded by its screens, with the recovery sheet read back.
pub async fn found(folder: &Path, scheme: Scheme) -> Result<Person> {
    let person = Person::at(folder, scheme).await?;
    set_up(&person).await?;
    read_back(&person).await?;
    Ok(person)
}

/// Fills in the first screen; the papers are shown.
pub async fn set_up(person: &Person) -> Result<()> {
    for (label, text) in [
        ("Name of the clinic", "University Clinic"),
        ("Name of the first site", "Main Campus"),
        ("Letters before its numbers", "MAIN"),
        ("Your full name", "Maria Reyes"),
        ("Sign-in name", "maria"),
        ("Password", PASSWORD),
        ("Repeat it", PASSWORD),
    ] {
        person.types(label, text).await?;
    }
    person.presses("Set up the clinic").await?;
    person.sees("Recovery sheet").await
}

/// Types the characters of the recovery sheet that are asked for, from the lines on the screen.
pub async fn read_back(person: &Person) -> Result<()> {
    let read = "
        const titled = (node) => node.querySelector('h2')?.textContent.startsWith('Recovery sheet');
        const paper = [...document.querySelectorAll('section')].find(titled);
        const lines = [...paper.querySelectorAll('li code')].map((line) => line.textContent.replace(/[^0-9A-Z]/gi, ''));
        const labels = [...document.querySelectorAll('label')].map((label) => label.textContent);
        return labels.map((label) => [label, label.match(/Line (\\d+), character (\\d+)/)]).filter(([, found]) => found)
            .map(([label, [, line, at]]) => [label, lines[line - 1][at - 1]]);";
    let asked = person.script(read).await?;
    let asked = asked.as_array().context("labels and characters")?.clone();
    assert_eq!(asked.len(), 2);
    for pair in asked {
        let word = |at: usize| pair[at].as_str().unwrap_or_default().to_owned();
        person.types(&word(0), &word(1)).await?;
    }
    person.presses("These are right").await?;
    person.sees("Today").await
}

/// The administrator adds somebody of a role and signs out; they sign in and choose a password of their own. The guide's
/// pictures show a doctor.
async fn colleague(person: &Person, role: &str) -> Result<()> {
    let pictured = role == "Doctor";
    person.presses("Admin").await?;
    person.presses("Add a person").await?;
    for (label, text) in [
        ("Full name", "Ana Lim"),
        ("Sign-in name", "ana"),
        ("Title", "Dr"),
        ("First password", FIRST_PASSWORD),
    ] {
        person.types(label, text).await?;
    }
    person.chooses("Role", role).await?;
    if pictured {
        person.looks_at("add-a-person").await?;
    }
    person.keys(thirtyfour::Key::Control + thirtyfour::Key::Enter).await?;
    person.reads("Ana Lim was added.").await?;
    if pictured {
        person.looks_at("staff").await?;
    }
    person.presses("Maria Reyes").await?;
    if pictured {
        person.looks_at("menu").await?;
    }
    person.presses("Sign out").await?;
    person.sees("Who is it?").await?;
    signs_in(person, "Ana Lim", FIRST_PASSWORD).await?;
    person.sees("Choose a password of your own").await?;
    if pictured {
        person.looks_at("own-password").await?;
    }
    person.types("Current password", FIRST_PASSWORD).await?;
    person.types("New password", DOCTORS).await?;
    person.types("Repeat it", DOCTORS).await?;
    person.presses("Change password").await?;
    person.sees("Today").await
}
