//! What the front end is told of the commands is what the commands are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::rust::{Parts, parts, words};
use crate::source::{self, Source};

/// Files that differ between what is committed and what is generated afresh.
fn stale(committed: &Path, fresh: &Path) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for folder in [committed, fresh] {
        names.extend(fs::read_dir(folder)?.flatten().map(|entry| entry.file_name()));
    }
    let mut breaches = vec![];
    for name in names {
        let shown = name.to_string_lossy();
        match (fs::read(committed.join(&name)), fs::read(fresh.join(&name))) {
            (Ok(old), Ok(new)) if old == new => {}
            (Ok(_), Ok(_)) => breaches.push(format!("{shown} is stale")),
            (Ok(_), Err(_)) => breaches.push(format!("{shown} is no longer generated")),
            (Err(_), _) => breaches.push(format!("{shown} is missing")),
        }
    }
    Ok(breaches)
}

#[test]
fn the_front_ends_types_are_those_of_the_command_list() -> Result<()> {
    let fresh = tempfile::tempdir()?;
    app::bindings::write(fresh.path())?;
    let breaches = stale(&tests::root().join("ui/src/generated"), fresh.path())?;
    crate::hold("write them anew: cargo run --locked --bin bindings", &breaches);
    Ok(())
}

#[test]
fn stale_missing_and_left_over_bindings_are_found() -> Result<()> {
    let (committed, fresh) = (tempfile::tempdir()?, tempfile::tempdir()?);
    fs::write(committed.path().join("commands.ts"), "export type A = 1;")?;
    fs::write(fresh.path().join("commands.ts"), "export type A = 1;")?;
    assert_eq!(stale(committed.path(), fresh.path())?, [""; 0]);
    fs::write(fresh.path().join("commands.ts"), "export type A = 2;")?;
    fs::write(fresh.path().join("tags.ts"), "")?;
    fs::write(committed.path().join("old.ts"), "")?;
    assert_eq!(
        stale(committed.path(), fresh.path())?,
        ["commands.ts is stale", "old.ts is no longer generated", "tags.ts is missing"]
    );
    Ok(())
}

/// The macros whose types go to the page.
const DECLARING: [&str; 3] = ["choice", "record", "entry"];

/// The names that the page's types of `code` have there; the name of a type that is renamed is a string of `parts`.
fn names(Parts { code, strings }: &Parts) -> Vec<String> {
    let mut names = vec![];
    let (mut seen, mut to_page, mut renamed) = (0, false, None);
    // A string stands as two quotes: each time its place among the strings goes on.
    for line in code.lines() {
        let told: Vec<_> = words(line).collect();
        let declares = told.iter().any(|word| ["struct", "enum"].contains(word));
        let opens = DECLARING.iter().any(|word| line.trim().ends_with(&format!("{word}! {{")));
        let derives = line.contains("derive(") && told.contains(&"TS");
        to_page |= opens || derives;
        if line.contains("ts(rename = \"\"") {
            renamed = strings.get(seen).cloned();
        }
        if declares && to_page {
            let own = told.iter().skip_while(|word| !["struct", "enum"].contains(word)).nth(1);
            // The macros themselves name nothing.
            names.extend(renamed.take().or(own.filter(|_| !line.contains('$')).map(ToString::to_string)));
        }
        if let ["told", name] = told[..] {
            names.extend((!line.contains('$')).then(|| name.to_owned()));
        }
        if declares || line.trim() == "}" {
            (to_page, renamed) = (false, None);
        }
        seen += line.matches("\"\"").count();
    }
    names
}

/// Names that several types have on the page: the one that is written last would stand there for all.
fn shared(sources: &[Source]) -> Vec<String> {
    let mut places = BTreeMap::<String, Vec<&str>>::new();
    for source in
        sources.iter().filter(|source| source.path.starts_with("crates/") && source.ending() == "rs")
    {
        for name in names(&parts(&source.text)) {
            places.entry(name).or_default().push(&source.path);
        }
    }
    places.retain(|_, places| places.len() > 1);
    places.into_iter().map(|(name, places)| format!("{name}: {}", places.join(", "))).collect()
}

#[test]
fn no_two_types_of_the_page_have_one_name() -> Result<()> {
    crate::hold("name one of them otherwise, or by ts(rename)", &shared(&source::all()?));
    Ok(())
}

#[test]
fn types_of_one_name_are_found_however_they_are_declared() {
    let one = "#[derive(Clone, TS)]\n#[serde(rename = \"a\")]\npub struct Fault {\n    a: u8,\n}\n";
    let own = "#[derive(Debug)]\npub struct Fault;\n";
    let renamed = "const A: &str = \"a\";\n#[derive(TS)]\n#[ts(rename = \"Fault\")]\npub enum Reason {\n}\n";
    let declared = "choice! {\n    /// Why.\n    pub enum Fault {\n        A = \"a\",\n    }\n}\n";
    let told = "record! {\n    pub struct Kind: \"kind\", Fact, Clinic;\n    told Fault;\n}\n";
    for other in [one, renamed, declared, told] {
        let sources = [Source::new("crates/a.rs", one), Source::new("crates/b.rs", other)];
        assert_eq!(shared(&sources), ["Fault: crates/a.rs, crates/b.rs"]);
    }
    let apart =
        [Source::new("crates/a.rs", one), Source::new("crates/b.rs", own), Source::new("ui/c.rs", one)];
    assert_eq!(shared(&apart), [""; 0]);
}
