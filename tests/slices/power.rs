//! The power goes, or the program is killed, in the middle of what it does with files, backups and restores: whatever was
//! acknowledged is there, what is there is whole, and the program goes on. `script/soak` tries every call by which the disk was
//! changed, a run of all tests one in fifty.

#![expect(clippy::print_stdout, reason = "`script/soak` shows how often each was tried")]

mod scenes;

use std::fs::{self, File};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crypto::random;
use crypto::testing::TestEntropy;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::desk::Clinic;
use tests::power::{Disk, Left, calls, record};

use crate::backups_soak::times;

/// What the other program has to know, as JSON.
const SCENE: &str = "CLINICDESK_POWER_SCENE";
/// Nobody runs so long in a scene, in seconds.
const A_WHILE: u64 = 600;

/// Something that is cut off.
struct Scene {
    /// The test that tries it.
    test: &'static str,
    /// Makes a clinic ready, whose program has ended; returns what has to be known of it.
    ready: fn() -> (Clinic, Value),
    /// What is done there.
    work: fn(&mut Worker),
    /// That all is as it should be after the program started again, by what was known and what was acknowledged.
    judge: fn(&mut Clinic, &Value, &[String]),
}

/// Who does it, in a process of its own.
struct Worker {
    clinic: Clinic,
    known: Value,
    journal: File,
}

impl Worker {
    /// Notes that something was acknowledged.
    fn did(&mut self, what: &str) {
        self.journal.write_all(format!("{what}\n").as_bytes()).unwrap();
    }
}

/// Where it happens, and what lay there before.
struct Stage<'a> {
    scene: &'a Scene,
    clinic: Clinic,
    known: Value,
    before: [TempDir; 2],
    journal: TempDir,
    log: TempDir,
    runs: u64,
    failed: Vec<String>,
}

fn clear(folder: &Path) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }
}

fn said(journal: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(journal).lines().map(ToOwned::to_owned).collect()
}

impl<'a> Stage<'a> {
    fn of(scene: &'a Scene) -> Self {
        let (mut clinic, known) = (scene.ready)();
        clinic.stop();
        let folder = || tempfile::tempdir().unwrap();
        let before = [folder(), folder()];
        for (before, place) in before.iter().zip([clinic.folder(), clinic.sticks()]) {
            tests::folder::copy(place, before.path());
        }
        let (journal, log) = (folder(), folder());
        Self { scene, clinic, known, before, journal, log, runs: 0, failed: Vec::new() }
    }

    fn journal(&self) -> PathBuf {
        self.journal.path().join("journal")
    }

    fn log(&self) -> PathBuf {
        self.log.path().join("log")
    }

    /// Has it done from its beginning, killed before its call number `kill`; returns the disk as it was before.
    fn run(&mut self, kill: Option<u64>) -> Disk {
        for (before, place) in self.before.iter().zip([self.clinic.folder(), self.clinic.sticks()]) {
            clear(place);
            tests::folder::copy(before.path(), place);
        }
        fs::write(self.journal(), []).unwrap();
        fs::remove_file(self.log()).ok();
        let roots = [self.clinic.folder(), self.clinic.sticks(), self.journal.path()];
        let disk = Disk::of(&roots);
        self.runs += 1;
        let told = json!({
            "folder": roots[0], "sticks": roots[1], "journal": self.journal(), "known": self.known,
            "seed": 1_000_000 + self.runs, "clocks": self.clinic.time.reading(),
        });
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", self.scene.test]).env(SCENE, told.to_string()).stdout(Stdio::piped());
        record(&mut command, &roots, &self.log(), kill);
        let ended = command.stderr(Stdio::piped()).output().unwrap();
        assert!(ended.status.success() || kill.is_some(), "{}", String::from_utf8_lossy(&ended.stdout));
        self.clinic.time.pass(A_WHILE);
        disk
    }

    /// Starts the program again and looks.
    fn judge(&mut self, said: &[String], when: &str) {
        let looked = catch_unwind(AssertUnwindSafe(|| {
            self.clinic.restart();
            (self.scene.judge)(&mut self.clinic, &self.known, said);
        }));
        if looked.is_err() {
            self.failed.push(format!("{when}, {} acknowledged", said.len()));
        }
        self.clinic.stop();
    }

    /// Cuts the power after one call in so many.
    fn cut_power(&mut self) {
        let mut disk = self.run(None);
        let calls = calls(&self.log());
        let each = (1_000 / times().max(1)).max(1) as usize;
        let mut chance = TestEntropy::new(calls.len() as u64);
        let (mut tried, mut flushed) = (0, 0);
        for (number, call) in calls.iter().enumerate() {
            disk.follow(call);
            if number % each != each / 2 && number + 1 != calls.len() {
                continue;
            }
            for left in [Left::Some, Left::Nothing] {
                // Nothing of it was lost already after the call before.
                if left == Left::Nothing && !call.is_flush() && each == 1 {
                    continue;
                }
                let said = said(disk.bytes(&self.journal()).unwrap_or_default());
                disk.cut_power(2, left, &mut chance);
                self.judge(&said, &format!("the power cut after call {number} ({call}), {left:?} left"));
                tried += 1;
                flushed += u32::from(left == Left::Nothing);
            }
        }
        println!(
            "tried {}: {} calls, power cut {tried} times ({flushed} times all that was not flushed lost), {} failed",
            self.scene.test,
            calls.len(),
            self.failed.len()
        );
    }

    /// Kills the program before calls that chance picks.
    fn kill(&mut self) {
        let count = calls(&self.log()).len() as u64;
        let mut chance = TestEntropy::new(count + 1);
        let before = self.failed.len();
        for number in 1..=times() {
            let call = u64::from_be_bytes(random(&mut chance)) % count;
            self.run(Some(call));
            let said = said(&fs::read(self.journal()).unwrap());
            self.judge(&said, &format!("killed before call {call}"));
            if number % 100 == 0 || number == times() {
                let failed = self.failed.len() - before;
                println!("tried {}: killed {number} times, {failed} failed", self.scene.test);
            }
        }
    }
}

/// Tries a scene; in the other process does what it is about.
fn tried(scene: &Scene) {
    if let Ok(told) = std::env::var(SCENE) {
        let told: Value = serde_json::from_str(&told).unwrap();
        let place = |name: &str| PathBuf::from(told[name].as_str().unwrap());
        let clocks: [u64; 3] = serde_json::from_value(told["clocks"].clone()).unwrap();
        let seed = told["seed"].as_u64().unwrap();
        let clinic = Clinic::lent(&place("folder"), &place("sticks"), seed, clocks);
        let journal = File::options().append(true).open(place("journal")).unwrap();
        return (scene.work)(&mut Worker { clinic, known: told["known"].clone(), journal });
    }
    let mut stage = Stage::of(scene);
    stage.cut_power();
    stage.kill();
    assert!(stage.failed.is_empty(), "{} failed:\n{}", stage.failed.len(), stage.failed.join("\n"));
}
