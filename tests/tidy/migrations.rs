//! Migrations are numbered, named by one rule, and never changed once they are there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tests::root;

/// SHA-256 of each migration, one a line as `sha256sum` writes it; a new migration adds its line.
const DIGESTS: &str = "digests.txt";

fn broken(folder: &Path) -> Result<Vec<String>> {
    let listed = fs::read_to_string(folder.join(DIGESTS)).unwrap_or_default();
    let listed: Vec<_> = listed.lines().filter_map(|line| line.split_once("  ")).collect();
    let mut breaches = vec![];
    for (digest, path) in &listed {
        match fs::read(folder.join(path)) {
            Err(_) => breaches.push(format!("{path} is gone: a migration stays for ever")),
            Ok(_) if sha256(&folder.join(path))? != *digest => {
                breaches.push(format!("{path} was changed: write a new migration instead"));
            }
            Ok(_) => {}
        }
    }
    for (path, files) in by_folder(folder)? {
        for (place, file) in files.iter().enumerate() {
            let path = format!("{path}/{file}");
            if number(file) != Some(place + 1) {
                breaches.push(format!("{path}: expected V{}__some_words.sql", place + 1));
            }
            if !listed.iter().any(|(_, listed)| *listed == path) {
                let add = format!("(cd migrations && sha256sum {path} >> {DIGESTS})");
                breaches.push(format!("{path} is not listed: {add}"));
            }
        }
    }
    Ok(breaches)
}

/// The files of each subfolder, by their number, those without one last.
fn by_folder(folder: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut folders = BTreeMap::new();
    for entry in fs::read_dir(folder)?.flatten().filter(|entry| entry.path().is_dir()) {
        let files = fs::read_dir(entry.path())?.flatten();
        let mut files: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        files.sort_by_key(|file| (number(file).unwrap_or(usize::MAX), file.clone()));
        folders.insert(entry.file_name().to_string_lossy().into_owned(), files);
    }
    Ok(folders)
}

/// `n` of `V<n>__snake_case.sql`.
fn number(file: &str) -> Option<usize> {
    let (number, name) = file.strip_prefix('V')?.strip_suffix(".sql")?.split_once("__")?;
    let snake = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let named = name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.chars().all(snake);
    if named && !number.starts_with('0') { number.parse().ok() } else { None }
}

fn sha256(path: &Path) -> Result<String> {
    let out = Command::new("sha256sum").arg("--").arg(path).output()?;
    ensure!(out.status.success(), "sha256sum: {}", String::from_utf8_lossy(&out.stderr));
    let line = String::from_utf8(out.stdout)?;
    Ok(line.split_whitespace().next().context("sha256sum says nothing")?.to_owned())
}

#[test]
fn migrations_are_numbered_named_and_never_changed() -> Result<()> {
    crate::hold("migrations only grow", &broken(&root().join("migrations"))?);
    Ok(())
}

#[test]
fn a_changed_removed_unlisted_or_misnamed_migration_is_found() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("clinic"))?;
    fs::write(at("clinic/V1__patients.sql"), "create table patients (id blob);\n")?;
    assert_eq!(broken(folder.path())?.len(), 1, "unlisted");

    let list = |path: &str| Ok::<_, anyhow::Error>(format!("{}  {path}\n", sha256(&at(path))?));
    fs::write(at(DIGESTS), list("clinic/V1__patients.sql")?)?;
    assert_eq!(broken(folder.path())?, [""; 0]);

    fs::write(at("clinic/V1__patients.sql"), "create table patients (id text);\n")?;
    assert_eq!(
        broken(folder.path())?,
        ["clinic/V1__patients.sql was changed: write a new migration instead"]
    );

    fs::rename(at("clinic/V1__patients.sql"), at("clinic/V3__Visits.sql"))?;
    let found = broken(folder.path())?;
    assert_eq!(found.len(), 3, "gone, misnamed and unlisted: {found:?}");
    Ok(())
}

#[test]
fn a_migrations_number_and_words_follow_one_rule() {
    assert_eq!(number("V12__stock_lots.sql"), Some(12));
    for wrong in ["V01__a.sql", "v1__a.sql", "V1_a.sql", "V1__A.sql", "V1__a-b.sql", "V1__.sql", "V1__a.txt"]
    {
        assert_eq!(number(wrong), None, "{wrong}");
    }
}
