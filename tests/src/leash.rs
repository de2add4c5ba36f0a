//! A program that lives no longer than the test that started it.
//!
//! A shell stands between the two and reads a pipe whose other end only the test process holds. When
//! the pipe closes - the leash was dropped, or the process died in any way - the shell stops the
//! program, everything left in its process group, and removes its folder.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::wait;

/// The shell's part. Arguments: the folder, the signal that asks the program to stop, the program.
const SHELL: &str = r#"
folder=$1 signal=$2
shift 2
"$@" </dev/null &
program=$!
echo "$program" >"$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
trap '' TERM
read -r _
kill -s "$signal" "$program"
(trap - TERM; sleep 5; kill -KILL "$program") &
wait "$program"
kill -TERM 0
rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
kill -KILL 0
"#;

/// A running program, its process group and its folder; dropping it ends all three.
#[derive(Debug)]
pub struct Leash {
    shell: Child,
    folder: PathBuf,
    program: u32,
}

/// How a program is asked to stop.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// By SIGTERM, which most programs obey.
    Terminate,
    /// By SIGINT: PostgreSQL then closes its connections instead of waiting for them.
    Interrupt,
}

impl Leash {
    /// Starts `command` in a process group of its own. `folder`, made by [`scratch`], goes with it;
    /// what the program prints is in its `log`.
    ///
    /// # Errors
    /// When the shell cannot be started.
    pub fn hold(folder: PathBuf, command: &Command, stop: Stop) -> Result<Self> {
        let log = File::create(folder.join("log"))?;
        let signal = match stop {
            Stop::Terminate => "TERM",
            Stop::Interrupt => "INT",
        };
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SHELL, "leash"])
            .arg(&folder)
            .arg(signal)
            .arg(command.get_program())
            .args(command.get_args())
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0);
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        let shell = shell.spawn().context("starting sh")?;
        let mut leash = Self { shell, folder, program: 0 };
        leash.program = wait::until("a program starts", Duration::from_secs(10), || {
            let pid = fs::read_to_string(leash.folder.join("pid"));
            Ok(pid.ok().and_then(|pid| pid.trim().parse().ok()))
        })?;
        Ok(leash)
    }

    /// The folder that goes with the program.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the program has printed.
    ///
    /// # Errors
    /// When its log cannot be read.
    pub fn log(&self) -> Result<String> {
        let bytes = fs::read(self.folder.join("log"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The program's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.program
    }

    /// Waits until `look` finds in the log what says that the program is ready.
    ///
    /// # Errors
    /// When the program ended first, or `limit` passed; with what it printed.
    pub fn ready<T>(&self, limit: Duration, look: impl Fn(&str) -> Option<T>) -> Result<T> {
        let found = wait::until("the program is ready", limit, || {
            let ended = !runs(self.program);
            let found = look(&self.log()?);
            if found.is_none() && ended {
                bail!("the program ended");
            }
            Ok(found)
        });
        found.with_context(|| self.log().unwrap_or_default())
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // The shell ends itself by a signal; there is nothing to learn from its status.
        drop(self.shell.wait());
    }
}

/// A new folder for [`Leash::hold`], under the system's folder for temporary files.
///
/// # Errors
/// When it cannot be made.
pub fn scratch() -> Result<PathBuf> {
    Ok(tempfile::Builder::new().prefix("clinicdesk-").tempdir()?.keep())
}

/// The processes of a program of the workspace that have `word` in their command line.
///
/// # Errors
/// When the program was not built.
pub fn running(program: &str, word: &str) -> Result<Vec<u32>> {
    let program = crate::program(program)?;
    let mut found = vec![];
    for entry in fs::read_dir("/proc")?.flatten() {
        // A process may end while the list is read.
        let ours = fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program);
        let words = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if ours && String::from_utf8_lossy(&words).contains(word) {
            found.extend(entry.file_name().to_str().and_then(|pid| pid.parse::<u32>().ok()));
        }
    }
    Ok(found)
}

/// A process and all that it has started and that still runs.
#[must_use]
pub fn family(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let lists = tasks.flat_map(|task| fs::read_to_string(task.path().join("children")));
    let children = lists
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<u32>>());
    std::iter::once(pid).chain(children.flat_map(family)).collect()
}

/// The memory of a process and of what it has started, each shared page by the part of it (Pss), in bytes.
#[must_use]
pub fn memory(pid: u32) -> u64 {
    let own = |pid: u32| {
        let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let own = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"));
        own.and_then(|kilobytes| kilobytes.trim().parse::<u64>().ok()).unwrap_or_default() * 1024
    };
    family(pid).into_iter().map(own).sum()
}

/// Whether a process runs; one that ended and was not yet reaped does not.
#[must_use]
pub fn runs(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // "pid (name) state ...", proc(5); the name may hold any character.
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}
