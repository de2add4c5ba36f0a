//! A file is one thought.

use anyhow::Result;

use crate::source::{self, Source};

const LONGEST: usize = 800;
const MEDIAN: usize = 150;
/// The desktop shell adapts and decides nothing: all of it together stays this small.
const SHELL: usize = 800;

fn lines(sources: &[Source]) -> Vec<(usize, &str)> {
    let code = sources.iter().filter(|source| source.is_code());
    code.map(|source| (source.text.lines().count(), source.path.as_str())).collect()
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let long = lines(sources).into_iter().filter(|(lines, _)| *lines > LONGEST);
    long.map(|(lines, path)| format!("{path}: {lines} lines")).collect()
}

fn median(sources: &[Source]) -> usize {
    let mut lengths: Vec<_> = lines(sources).into_iter().map(|(lines, _)| lines).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
}

fn shell(sources: &[Source]) -> usize {
    let rust = |path: &str| path.starts_with("src-tauri/") && path.ends_with(".rs");
    lines(sources).into_iter().filter(|(_, path)| rust(path)).map(|(lines, _)| lines).sum()
}

#[test]
fn no_file_is_long_and_most_are_short() -> Result<()> {
    let sources = source::all()?;
    crate::hold(&format!("at most {LONGEST} lines a file"), &too_long(&sources));
    assert!(median(&sources) < MEDIAN, "the median file has {} lines", median(&sources));
    assert!(shell(&sources) < SHELL, "the desktop shell has {} lines", shell(&sources));
    Ok(())
}

#[test]
fn a_long_file_is_found_unless_it_is_a_table() {
    let text = "line\n".repeat(LONGEST + 1);
    let file = |path: &str| Source::new(path, &text);
    assert_eq!(too_long(&[file("crates/a/src/a.rs")]), ["crates/a/src/a.rs: 801 lines"]);
    assert_eq!(too_long(&[file("ui/src/generated/a.ts"), file("data/a.json")]), [""; 0]);
    assert_eq!(shell(&[file("src-tauri/src/a.rs"), file("src-tauri/src/b.rs")]), 1602);
    assert_eq!(median(&[file("a.rs"), Source::new("b.rs", "1\n"), Source::new("c.rs", "1\n2\n")]), 2);
}
