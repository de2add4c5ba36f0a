//! Nothing is left for later, and no test is left out.

use anyhow::Result;

use crate::source::{self, Source};

/// Marks, put together here so that this file does not hold them.
const MARKS: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];

const CODE: [&str; 14] = [
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[", "ignore"),
    concat!("test.", "skip"),
    concat!("it.", "skip"),
    concat!("describe.", "skip"),
    concat!("test.", "todo"),
    concat!("it.", "todo"),
    concat!("test.", "only("),
    concat!("it.", "only("),
    concat!("describe.", "only("),
    concat!("@unittest.", "skip"),
    concat!("mark.", "skip"),
    concat!("mark.", "xfail"),
];

fn unfinished(sources: &[Source]) -> Vec<String> {
    let mut breaches = vec![];
    for source in sources.iter().filter(|source| source.is_code()) {
        for (number, line) in source.text.lines().enumerate() {
            let marked = crate::rust::words(line).any(|word| MARKS.contains(&word));
            if marked || CODE.iter().any(|code| line.contains(code)) {
                breaches.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    breaches
}

#[test]
fn nothing_is_left_for_later_and_no_test_is_left_out() -> Result<()> {
    crate::hold("do it now or write an issue", &unfinished(&source::all()?));
    Ok(())
}

#[test]
fn each_mark_of_the_unfinished_is_found() {
    for mark in MARKS.into_iter().chain(CODE) {
        assert_eq!(unfinished(&[Source::new("a.rs", &format!("// {mark} \"\")"))]).len(), 1, "{mark}");
    }
    let clean = "iter.skip(1); let HACKNEY = 1; // a to-do list";
    assert_eq!(unfinished(&[Source::new("a.rs", clean)]), [""; 0]);
}
