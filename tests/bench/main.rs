//! Figures of what was built, one JSON line each:
//! `bench [NAME]... [--small|--large]`.
//! Each stands beside a peer or a limit of the same run, because a figure alone says little of another
//! machine. `--small` tries them with little; what it prints says nothing. `--large` rebuilds a million records too.

mod backup;
mod chart;
mod clinic;
mod codes;
mod figure;
mod find;
mod forms;
mod import;
mod leave;
mod list;
mod mouth;
mod pdf;
mod rebuild;
mod start;
mod store;
mod sync;

use anyhow::{Result, bail};

/// How much a bench takes on.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// People to find somebody among.
    people: u64,
    /// People whose names are typed.
    typed: u64,
    /// Names of a file of codes.
    codes: usize,
    /// Of what people type to find a name, so many lines.
    codes_typed: usize,
    /// What happened in a long chart.
    events: u64,
    /// Bundles to take in.
    bundles: u64,
    /// Rows of a short and of a long registrar's list.
    rows: [usize; 2],
    /// Bundles that a second workstation pulls.
    pulled: u64,
    /// Starts of the window.
    starts: usize,
    /// Sign-outs of the window.
    leaves: usize,
    /// Samples of a function.
    samples: usize,
    /// Records whose tables are made again, one store after the other.
    records: &'static [u64],
    /// How often they are.
    rebuilds: usize,
    /// Entries of stores that are backed up, one after the other.
    backed_up: &'static [u64],
}

const WHOLE: Size = Size {
    people: 100_000,
    typed: 40,
    codes: 110_000,
    codes_typed: 400,
    events: 850,
    bundles: 100,
    rows: [1_000, 20_000],
    pulled: 26,
    starts: 9,
    leaves: 5,
    samples: 100,
    records: &[15_000, 150_000],
    rebuilds: 5,
    backed_up: &[0, 10_000, 70_000],
};
const LARGE: Size =
    Size { records: &[15_000, 150_000, 1_000_000], backed_up: &[0, 10_000, 70_000, 1_000_000], ..WHOLE };
const SMALL: Size = Size {
    people: 2_000,
    typed: 5,
    codes: 1_000,
    codes_typed: 10,
    events: 60,
    bundles: 4,
    rows: [50, 400],
    pulled: 1,
    starts: 2,
    leaves: 2,
    samples: 10,
    records: &[600],
    rebuilds: 1,
    backed_up: &[600],
};

type Bench = fn(Size) -> Result<()>;

const BENCHES: [(&str, Bench); 14] = [
    ("start", start::run),
    ("leave", leave::run),
    ("find", find::run),
    ("codes", codes::run),
    ("chart", chart::run),
    ("mouth", mouth::run),
    ("forms", forms::run),
    ("pdf", pdf::run),
    ("store", store::run),
    ("import", import::run),
    ("list", list::run),
    ("sync", sync::run),
    ("rebuild", rebuild::run),
    ("backup", backup::run),
];

fn main() -> Result<()> {
    let (options, named): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let size = match options.as_slice() {
        [] => WHOLE,
        [small] if small == "--small" => SMALL,
        [large] if large == "--large" => LARGE,
        _ => bail!("there is one option, --small or --large"),
    };
    if let Some(name) = named.iter().find(|name| !BENCHES.iter().any(|(known, _)| known == name)) {
        let benches = BENCHES.map(|(name, _)| name).join(", ");
        bail!("{name} is no bench; they are {benches}");
    }
    for (name, bench) in BENCHES {
        if named.is_empty() || named.iter().any(|wanted| wanted == name) {
            bench(size)?;
        }
    }
    Ok(())
}
