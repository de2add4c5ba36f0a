//! A name says what a thing is.

use anyhow::Result;

use crate::source::{self, Source};

const VAGUE: [&str; 9] =
    ["manager", "service", "services", "helper", "helpers", "util", "utils", "common", "misc"];

/// Words after which a type's or a module's name follows, in Rust and in TypeScript.
const BEFORE: [&str; 8] = ["struct", "enum", "trait", "type", "union", "mod", "class", "interface"];

fn vague_paths(sources: &[Source]) -> Vec<String> {
    let vague = |path: &str| {
        let parts = path.split('/').map(|part| part.split_once('.').map_or(part, |(stem, _)| stem));
        parts.flat_map(pieces).any(|piece| VAGUE.contains(&piece.as_str()))
    };
    sources.iter().filter(|source| vague(&source.path)).map(|source| source.path.clone()).collect()
}

fn vague_types(sources: &[Source]) -> Vec<String> {
    let mut breaches = vec![];
    let typed = |source: &&Source| source.is_code() && ["rs", "ts", "tsx"].contains(&source.ending());
    for source in sources.iter().filter(typed) {
        let code = crate::rust::parts(&source.text).code;
        let words: Vec<_> = crate::rust::words(&code).collect();
        for pair in words.windows(2).filter(|pair| BEFORE.contains(&pair[0])) {
            let pieces = pieces(pair[1]);
            // FHIR's `ServiceRequest` and `HealthcareService` are what they are; `PatientService` is not.
            let ends = pieces.iter().skip(usize::from(pieces.len() > 1)).any(|piece| is_vague(piece));
            let begins = pieces.first().is_some_and(|piece| is_vague(piece) && piece != "service");
            if (ends || begins) && pair[1] != "HealthcareService" {
                breaches.push(format!("{}: {} {}", source.path, pair[0], pair[1]));
            }
        }
    }
    breaches
}

fn is_vague(piece: &str) -> bool {
    VAGUE.contains(&piece)
}

/// `DateHelper`, `date_helper` and `date-helper` are each `date` and `helper`.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in name.chars() {
        if letter.is_uppercase() || !letter.is_alphanumeric() {
            pieces.push(String::new());
        }
        if let (true, Some(last)) = (letter.is_alphanumeric(), pieces.last_mut()) {
            last.extend(letter.to_lowercase());
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[test]
fn no_file_and_no_type_has_a_vague_name() -> Result<()> {
    let sources = source::all()?;
    crate::hold("name the file by its one thought", &vague_paths(&sources));
    crate::hold("name the type by what it is", &vague_types(&sources));
    Ok(())
}

#[test]
fn vague_names_are_found_in_every_spelling() {
    let paths = ["src/utils.ts", "src/date-helpers.ts", "src/common/a.rs", "src/KeyManager.tsx"];
    let clean = ["src/utility_bill.rs", "deploy/clinicdesk.service", "src/uncommon.rs"];
    let files = |paths: &[&str]| paths.iter().map(|path| Source::new(path, "")).collect::<Vec<_>>();
    assert_eq!(vague_paths(&files(&paths)), paths);
    assert_eq!(vague_paths(&files(&clean)), [""; 0]);

    let types = |text: &str| vague_types(&[Source::new("a.rs", text)]);
    assert_eq!(types("pub struct PatientService;\nmod util {}\nclass CommonTable {}").len(), 3);
    assert_eq!(types("struct ServiceRequest; struct HealthcareService; // struct Helper").len(), 0);
    assert_eq!(types("impl tower::Service<R> for Door {} let a = \"struct Manager\";").len(), 0);
}
