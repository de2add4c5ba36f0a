//! A person is registered, found and seen; and what was typed about them lies nowhere in the clear.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

use crate::clinic::{DOCTORS, at_work, signs_in};

/// A name that no program and no dictionary holds.
const FAMILY: &str = "Quibranzavar";
/// Another one, of a registration that is not saved.
const HALF: &str = "Halvemontaro";

#[tokio::test]
async fn a_person_is_registered_found_misspelt_and_still_there_after_a_power_cut() -> Result<()> {
    let (folder, person) = at_work(Scheme::Light).await?;

    person.presses("Patients").await?;
    person.sees("Register").await?;
    person.looks_at("patients").await?;
    person.presses("Register").await?;
    person.types("Family name", FAMILY).await?;
    person.types("Given names", "Gustavo").await?;
    person.types("Birth date", "14 jul 1999").await?;
    person.presses("Male").await?;
    person.presses("Student").await?;
    person.looks_at("register").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("Allergies not recorded").await?;
    person.reads("14-Jul-1999").await?;
    person.looks_at("chart").await?;

    // Two letters are exchanged, and the given name comes first.
    person.presses("Today").await?;
    person.sees("Today").await?;
    person.finds("gustavo quibarnzavar").await?;
    person.reads("14-Jul-1999").await?;
    person.looks_at("find").await?;
    person.keys(Key::Enter + "").await?;
    person.reads("Allergies not recorded").await?;

    // The next registration is left half typed: over a lock, and over the power cut.
    person.presses("Today").await?;
    person.presses("Register a patient").await?;
    person.types("Family name", HALF).await?;
    person.keys(Key::Control + "l").await?;
    person.sees("Unlock").await?;
    person.types("Password", DOCTORS).await?;
    person.presses("Unlock").await?;
    stands(&person).await?;
    person.looks_at("register-again").await?;

    let places = [folder.path().to_owned(), person.folder().to_owned()];
    for name in [FAMILY, HALF] {
        let clear = holding(&places, name)?;
        assert!(clear.is_empty(), "{clear:?}");
    }
    person.kills(folder.path()).await?;
    for name in [FAMILY, HALF] {
        let clear = holding(&places[..1], name)?;
        assert!(clear.is_empty(), "{clear:?}");
    }

    let person = Person::at(folder.path(), Scheme::Light).await?;
    signs_in(&person, "Ana Lim", DOCTORS).await?;
    person.presses("Go on").await?;
    stands(&person).await?;
    person.presses("Discard").await?;
    person.loses("Restored: what you typed").await?;
    person.presses("Patients").await?;
    person.reads(FAMILY).await?;
    person.looks_at("recent").await?;
    person.leaves().await
}

/// What was typed of the half registration stands in its form again.
async fn stands(person: &Person) -> Result<()> {
    person.reads("Restored: what you typed").await?;
    let family = person.script("return document.querySelector('input[name=family]').value").await?;
    ensure!(family == HALF, "the family name that was left: {family}");
    Ok(())
}

#[test]
fn a_name_in_the_clear_is_found_in_either_width() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let wide: Vec<u8> = FAMILY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::create_dir(folder.path().join("in"))?;
    fs::write(folder.path().join("in/a"), format!("x{}", FAMILY.to_lowercase()))?;
    fs::write(folder.path().join("b"), [b"\0".as_slice(), &wide].concat())?;
    fs::write(folder.path().join("c"), "nothing of it")?;
    assert_eq!(holding(&[folder.path().to_owned()], FAMILY)?.len(), 2);
    Ok(())
}

/// The files below these folders that hold the word, one or two bytes a letter, in capitals or not.
fn holding(folders: &[PathBuf], word: &str) -> Result<Vec<PathBuf>> {
    let narrow = word.to_lowercase().into_bytes();
    let wide: Vec<u8> = narrow.iter().flat_map(|byte| [*byte, 0]).collect();
    let mut found = vec![];
    for path in folders.iter().map(|folder| files(folder)).collect::<Result<Vec<_>>>()?.concat() {
        let bytes = fs::read(&path)?.to_ascii_lowercase();
        let holds = |sought: &[u8]| bytes.windows(sought.len()).any(|part| part == sought);
        if holds(&narrow) || holds(&wide) {
            found.push(path);
        }
    }
    Ok(found)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)?.flatten() {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            found.extend(files(&entry.path())?);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}
