//! The program's own SQLite stays its own: a function that it showed to the loader would be taken by the
//! web view's library for its databases.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use tests::program;

/// How many functions of SQLite the linker's tables of a program name.
fn named(program: &Path, tables: &[&str]) -> Result<usize> {
    let out = Command::new("nm").args(tables).arg(program).output()?;
    ensure!(out.status.success(), "nm: {}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    Ok(text.lines().filter(|line| line.contains(" sqlite3_")).count())
}

#[test]
fn the_program_holds_sqlite_and_shows_none_of_it() -> Result<()> {
    let program = program("clinicdesk")?;
    // The whole table tells that the search would find something.
    assert!(named(&program, &["--defined-only"])? > 100);
    assert_eq!(named(&program, &["--dynamic", "--defined-only"])?, 0);
    Ok(())
}
