//! From the start of the program to its lock screen, and the memory that it then holds, beside a window
//! that has WebKitGTK in it and nothing else.
//!
//! Both are watched from outside: the time ends with the last change of what stands on the screen, before
//! it stays as it is for a while but for a caret.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use ::tests::leash::{Leash, Stop, scratch};
use ::tests::program;
use ::tests::shot::{HEIGHT, WIDTH};
use ::tests::wait;
use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::Size;
use crate::clinic::found;
use crate::figure::{Watch, empty_folder, folder, median, ms, ratio, round, tell};

/// A screen on which nothing has moved for so long is done, in looks of 20 ms.
const STILL: u32 = 75;
/// The most pixels of a caret, which blinks on a screen that is done.
const CARET: usize = 120;

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
    let screen = Screen::open()?;
    let folder = scratch()?;
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        command.env(name, folder.join(name));
    }
    command.env("DISPLAY", &screen.name).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
    let empty = screen.picture()?;
    let watch = Watch::start();
    let program = Leash::hold(folder, command, Stop::Terminate)?;
    let (mut last, mut changed, mut still) = (empty.clone(), Duration::ZERO, 0);
    let waited = wait::until("a still screen", Duration::from_secs(60), || {
        let picture = screen.picture()?;
        if moved(&last, &picture) {
            (still, changed, last) = (0, watch.so_far(), picture);
        } else {
            still += 1;
        }
        Ok((moved(&empty, &last) && still >= STILL).then_some(()))
    });
    waited.with_context(|| program.log().unwrap_or_default())?;
    Ok((changed, memory(program.pid())))
}

/// Whether more than a caret differs, at four bytes a pixel.
fn moved(before: &[u8], now: &[u8]) -> bool {
    let pixels = before.chunks(4).zip(now.chunks(4));
    before.len() != now.len() || pixels.filter(|(one, other)| one != other).count() > CARET
}

/// A screen whose picture is a file.
struct Screen {
    leash: Leash,
    name: String,
}

impl Screen {
    fn open() -> Result<Self> {
        let folder = scratch()?;
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        command.arg(format!("{WIDTH}x{HEIGHT}x24")).arg("-fbdir").arg(&folder);
        let leash = Leash::hold(folder, &command, Stop::Terminate)?;
        let number = leash.ready(Duration::from_secs(30), |log| {
            log.split_inclusive('\n').find_map(|line| line.strip_suffix('\n')?.parse::<u32>().ok())
        })?;
        Ok(Self { leash, name: format!(":{number}") })
    }

    fn picture(&self) -> Result<Vec<u8>> {
        Ok(fs::read(self.leash.folder().join("Xvfb_screen0"))?)
    }
}

/// The memory of a process and of what it started, each shared page by the part of it (Pss), in bytes.
fn memory(pid: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let own = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"));
    let own = own.and_then(|kilobytes| kilobytes.trim().parse::<u64>().ok()).unwrap_or_default() * 1024;
    own + children(pid).into_iter().map(memory).sum::<u64>()
}

fn children(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"));
    let lists =
        tasks.into_iter().flatten().flatten().map(|task| fs::read_to_string(task.path().join("children")));
    lists
        .flatten()
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_moves_nothing_and_a_letter_more_does() {
        let empty = vec![0; 4_000];
        let marked = |pixels: usize| [vec![1; pixels * 4], vec![0; 4_000 - pixels * 4]].concat();
        assert!(!moved(&empty, &marked(CARET)));
        assert!(moved(&empty, &marked(CARET + 1)) && moved(&[], &empty));
    }
}
