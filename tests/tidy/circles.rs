//! The rooms of a crate: no circle among its top modules, so that each can be read with what lies below it alone.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::rust::{parts, words};
use crate::source::{self, Source};

/// Circles that stay, each with its crate and its reason. Any other is refused, and so is a word here about one that is
/// no circle any more.
const NATURAL: [(&str, &[&str], &str); 7] = [
    (
        "domain",
        &["access", "record"],
        "a kind says who may take its steps, and a right is asked about a record",
    ),
    ("crypto", &["keys", "seal"], "a bundle of keys is sealed, and a seal is opened by a key"),
    ("documents", &["certificates", "signing"], "a certificate shows the block in which it is signed"),
    ("documents", &["glyphs", "pdf", "tags"], "the parts of one writer of files"),
    ("documents", &["itemise", "shape", "text"], "text is parted, shaped and measured in turns"),
    (
        "server",
        &["anonymous", "backups", "blobs", "health", "http", "introduce", "sync", "ticket", "verify"],
        "the router names what it serves, which answers in its words",
    ),
    ("server", &["decide", "feed", "known", "log", "receive"], "one transaction in the database"),
];

/// What each top module of `name` names of the others.
type Rooms<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The crate of a source file and its top module; `lib` for the root. Programs of the crate stand above it.
fn room(path: &str) -> Option<(&str, &str)> {
    let (name, file) = path.strip_prefix("crates/")?.split_once("/src/")?;
    let top = file.split('/').next()?.trim_end_matches(".rs");
    (file.ends_with(".rs") && top != "bin" && top != "main").then_some((name, top))
}

/// Every first name behind `from`, those of a group too: `crate::{a, b::C}` names a and b.
fn named<'a>(code: &'a str, from: &str) -> Vec<&'a str> {
    let mut names = vec![];
    for (at, _) in code.match_indices(from) {
        let rest = &code[at + from.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.extend(words(rest).next());
            continue;
        };
        let (mut depth, mut first) = (0, true);
        for (at, sign) in group.char_indices() {
            if first && (sign.is_alphanumeric() || sign == '_') {
                names.extend(words(&group[at..]).next());
                first = false;
            }
            match sign {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                _ => {}
            }
        }
    }
    names
}

/// What the root hands on, by its name there: the module that it comes from.
fn handed_on(root: &str) -> BTreeMap<&str, &str> {
    let uses = root.split("use ").skip(1).filter_map(|used| used.split(';').next()?.split_once("::"));
    uses.flat_map(|(module, names)| words(names).map(move |name| (name, module.trim()))).collect()
}

fn circles(sources: &[Source]) -> Vec<String> {
    let product = |source: &Source| {
        let text = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        parts(text).code
    };
    let code: Vec<(&str, &str, bool, String)> = sources
        .iter()
        .filter_map(|source| {
            let (name, top) = room(&source.path)?;
            Some((name, top, source.path.matches('/').count() == 3, product(source)))
        })
        .collect();
    let mut breaches = vec![];
    for name in code.iter().map(|(name, ..)| *name).collect::<BTreeSet<_>>() {
        let own = || code.iter().filter(move |(of, ..)| *of == name);
        let roots = own().filter(|(_, top, ..)| *top == "lib");
        let handed_on: BTreeMap<&str, &str> = roots.flat_map(|(.., code)| handed_on(code)).collect();
        let mut rooms: Rooms = own().map(|(_, top, ..)| (*top, BTreeSet::new())).collect();
        rooms.remove("lib");
        for (_, top, is_top_file, code) in own().filter(|(_, top, ..)| *top != "lib") {
            let mut found = named(code, "crate::");
            if *is_top_file {
                found.extend(named(code, "super::"));
            }
            let known: Vec<&str> = rooms.keys().copied().collect();
            let tops = found
                .iter()
                .map(|found| handed_on.get(found).unwrap_or(found))
                .filter_map(|found| known.iter().find(|known| known == &found).copied());
            let tops: Vec<&str> = tops.filter(|found| found != top).collect();
            rooms.entry(top).or_default().extend(tops);
        }
        let natural: BTreeSet<Vec<&str>> =
            NATURAL.iter().filter(|(of, ..)| *of == name).map(|(_, rooms, _)| rooms.to_vec()).collect();
        let found = knots(&rooms);
        let new = found.difference(&natural).map(|circle| format!("{name}: {}", circle.join(", ")));
        let gone =
            natural.difference(&found).map(|circle| format!("{name}: no circle: {}", circle.join(", ")));
        breaches.extend(new.chain(gone));
    }
    breaches
}

/// The rooms that reach each other, each set of them once.
fn knots<'a>(rooms: &Rooms<'a>) -> BTreeSet<Vec<&'a str>> {
    let reach = |from: &'a str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(room) = next.pop() {
            next.extend(rooms.get(room).into_iter().flatten().filter(|to| seen.insert(**to)));
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = rooms.keys().map(|room| (*room, reach(room))).collect();
    let knot = |room: &&'a str| -> Vec<&'a str> {
        let back = |other: &&&str| reached[room].contains(**other) && reached[**other].contains(room);
        rooms.keys().filter(back).copied().collect()
    };
    rooms.keys().map(knot).filter(|knot| !knot.is_empty()).collect()
}

#[test]
fn no_room_of_a_crate_leads_back_to_itself() -> Result<()> {
    let law = "move what both need into a room below, or hand it in; see the rooms in the architecture";
    crate::hold(law, &circles(&source::all()?));
    Ok(())
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let crate_of = |visits: &str, patients: &str, root: &str| {
        circles(&[
            Source::new("crates/app/src/lib.rs", root),
            Source::new("crates/app/src/visits.rs", visits),
            Source::new("crates/app/src/patients/chart.rs", patients),
            Source::new("crates/app/src/seat.rs", "pub struct Seat;"),
        ])
    };
    let up = "use crate::visits::Vital;";
    let circle = ["app: patients, visits"];
    assert_eq!(crate_of("use crate::patients::Kept;", up, ""), circle);
    assert_eq!(crate_of("use crate::{seat::{Seat, Chair}, patients};", up, ""), circle);
    assert_eq!(crate_of("use super::patients;", up, ""), circle);
    assert_eq!(crate_of("fn f() { crate::Kept::new() }", up, "pub use patients::{Row, Kept};"), circle);
    assert_eq!(crate_of("use crate::seat::Seat;", up, "pub use patients::Kept;"), [""; 0]);
    assert_eq!(crate_of("// crate::patients\n#[cfg(test)] mod t { use crate::patients; }", up, ""), [""; 0]);
}
