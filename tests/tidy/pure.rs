//! What is pure stays pure, and SQL stays with the two crates that own a database.

use anyhow::Result;

use crate::rust::parts;
use crate::source::{self, Source};

/// Crates whose answers follow from their arguments alone.
const PURE: [&str; 3] = ["crates/domain/src/", "crates/codes/src/", "crates/documents/src/"];

const WORLD: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "std::time::Instant",
    "std::time::SystemTime",
    "async fn",
    "async move",
];

/// Where SQL may stand: with the crate that owns the database, in its migrations, and in tests.
const SQL: [&str; 4] = ["crates/store/", "crates/server/", "tests/", "migrations/"];

/// A statement's first word, and the word that it cannot do without.
const STATEMENTS: [(&str, &str); 8] = [
    ("select ", " from "),
    ("insert ", " into "),
    ("update ", " set "),
    ("delete from ", ""),
    ("create table ", ""),
    ("create index ", ""),
    ("alter table ", ""),
    ("pragma ", ""),
];

fn worldly(sources: &[Source]) -> Vec<String> {
    let mut breaches = vec![];
    for source in sources.iter().filter(|source| PURE.iter().any(|folder| source.path.starts_with(folder))) {
        // A unit test may read a golden file.
        let product = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = parts(product).code;
        for word in WORLD.iter().filter(|word| code.contains(**word)) {
            breaches.push(format!("{}: {word}", source.path));
        }
    }
    breaches
}

fn stray_sql(sources: &[Source]) -> Vec<String> {
    let elsewhere = |source: &&Source| {
        source.ending() == "rs" && !SQL.iter().any(|folder| source.path.starts_with(folder))
    };
    let mut breaches = vec![];
    for source in sources.iter().filter(elsewhere) {
        for text in parts(&source.text).strings {
            let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            if STATEMENTS.iter().any(|(first, needed)| text.starts_with(first) && text.contains(needed)) {
                breaches.push(format!("{}: \"{text}\"", source.path));
            }
        }
    }
    breaches
}

#[test]
fn the_rules_and_the_documents_touch_nothing_outside() -> Result<()> {
    crate::hold("take it as an argument", &worldly(&source::all()?));
    Ok(())
}

#[test]
fn sql_stands_only_with_its_database() -> Result<()> {
    crate::hold("write it beside its mapping in store or server", &stray_sql(&source::all()?));
    Ok(())
}

#[test]
fn a_rule_that_reads_a_file_is_found() {
    let found = |path: &str, text: &str| worldly(&[Source::new(path, text)]).len();
    assert_eq!(found("crates/domain/src/a.rs", "use std::fs;"), 1);
    assert_eq!(found("crates/documents/src/a.rs", "async fn draw() {}"), 1);
    assert_eq!(found("crates/domain/src/a.rs", "// std::fs\n#[cfg(test)] mod t { use std::fs; }"), 0);
    assert_eq!(found("crates/store/src/a.rs", "use std::fs;"), 0);
}

#[test]
fn sql_in_a_feature_is_found_and_a_sentence_is_not() {
    let found = |path: &str, text: &str| stray_sql(&[Source::new(path, text)]).len();
    assert_eq!(found("crates/app/src/a.rs", "q(\"\n select *\n from patients\")"), 1);
    assert_eq!(found("crates/app/src/a.rs", "q(\"UPDATE patients SET name = 1\")"), 1);
    assert_eq!(found("crates/app/src/a.rs", "q(\"select a patient first\")"), 0);
    assert_eq!(found("crates/store/src/a.rs", "q(\"select 1 from patients\")"), 0);
}
