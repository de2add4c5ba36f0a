//! What the front end is told of the commands is what the commands are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

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
