//! Lock files pin versions and digests, never the place they were fetched from.

use anyhow::Result;

use crate::source::{self, Source};

/// What cargo writes for its default registry, wherever it fetches from.
const CARGO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

fn placed(sources: &[Source]) -> Vec<String> {
    let mut breaches = vec![];
    for source in sources {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let lines = source.text.lines().map(str::trim);
        let lines: Vec<_> = match name {
            "Cargo.lock" => lines.filter(|line| line.starts_with("source = ") && *line != CARGO).collect(),
            "package-lock.json" => lines.filter(|line| line.starts_with("\"resolved\": \"http")).collect(),
            _ => continue,
        };
        breaches.extend(lines.iter().map(|line| format!("{}: {line}", source.path)));
    }
    breaches
}

#[test]
fn lock_files_name_no_other_source() -> Result<()> {
    let sources = source::all()?;
    assert!(sources.iter().any(|source| source.path == "Cargo.lock"), "Cargo.lock is part of the repository");
    crate::hold("lock again with the default registry", &placed(&sources));
    Ok(())
}

#[test]
fn another_source_in_a_lock_file_is_found() {
    let cargo = format!("{CARGO}\nsource = \"git+https://example.org/a\"\n");
    assert_eq!(placed(&[Source::new("Cargo.lock", &cargo)]).len(), 1);
    let npm =
        "{ \"resolved\": \"https://example.org/a.tgz\",\n \"resolved\": \"https://example.org/b.tgz\" }";
    assert_eq!(placed(&[Source::new("ui/package-lock.json", npm)]).len(), 1);
    assert_eq!(placed(&[Source::new("ui/package-lock.json", "\"resolved\": \"lint\"")]).len(), 0);
}
