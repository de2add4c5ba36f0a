//! From the start of the program to its lock screen, and the memory that it then holds, beside a window
//! that has WebKitGTK in it and nothing else.
//!
//! Both are watched from outside: the time ends with the last change of what stands on the screen, before
//! it stays as it is for a while but for a caret.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use ::tests::display::Display;
use ::tests::leash::{Leash, Stop, memory, scratch};
use ::tests::program;
use ::tests::shot::Scheme;
use ::tests::window::surround;
use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::Size;
use crate::clinic::found;
use crate::figure::{Watch, empty_folder, folder, median, ms, ratio, round, tell};

pub fn run(size: Size) -> Result<()> {
    let clinic = empty_folder("start")?;
    drop(found(&clinic)?);
    let bare = bare()?;
    let data = clinic.to_str().context("a folder in Unicode")?.to_owned();
    let (mut ours, mut theirs) = (vec![], vec![]);
    for _ in 0..size.starts {
        ours.push(start(Command::new(program("clinicdesk")?).args(["--data", &data]))?);
        theirs.push(start(&mut Command::new(&bare))?);
    }
    let time = |runs: &[(Duration, u64)]| ms(median(&runs.iter().map(|(time, _)| *time).collect::<Vec<_>>()));
    let memory = |runs: &[(Duration, u64)]| {
        let mut taken: Vec<u64> = runs.iter().map(|(_, memory)| *memory).collect();
        taken.sort_unstable();
        taken.get(taken.len() / 2).copied().unwrap_or_default() as f64 / 1e6
    };
    tell(
        "start",
        json!({
            "runs": size.starts,
            "lock_screen_ms": round(time(&ours), 0),
            "bare_ms": round(time(&theirs), 0),
            "ratio_time": ratio(time(&ours), time(&theirs)),
            "memory_mb": round(memory(&ours), 1),
            "bare_memory_mb": round(memory(&theirs), 1),
            "ratio_memory": ratio(memory(&ours), memory(&theirs)),
        }),
    );
    Ok(())
}

/// Builds the bare window.
fn bare() -> Result<PathBuf> {
    let flags = Command::new("pkg-config").args(["--cflags", "--libs", "webkit2gtk-4.1"]).output()?;
    ensure!(flags.status.success(), "pkg-config does not know webkit2gtk-4.1");
    let out = folder()?.join("bare");
    let source = ::tests::root().join("tests/bench/bare.c");
    let mut compile = Command::new("cc");
    compile.args(["-O2", "-o"]).arg(&out).arg(source);
    compile.args(String::from_utf8(flags.stdout)?.split_whitespace());
    ensure!(compile.status()?.success(), "the bare window does not compile");
    Ok(out)
}

/// The time until the screen stays as it is, and the memory that the program and its children then hold.
fn start(command: &mut Command) -> Result<(Duration, u64)> {
    let screen = Display::open()?;
    let folder = scratch()?;
    surround(command, &folder, &screen, Scheme::Light);
    let empty = screen.picture()?;
    let watch = Watch::start();
    let program = Leash::hold(folder, command, Stop::Terminate)?;
    let mut done = Duration::ZERO;
    let settled = screen.settles(&empty, || done = watch.so_far());
    settled.with_context(|| program.log().unwrap_or_default())?;
    Ok((done, memory(program.pid())))
}
