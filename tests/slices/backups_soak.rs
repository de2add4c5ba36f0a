//! Backups that are cut off by a kill, and what goes wrong in a file of which there is another copy: each so often as `CLINICDESK_SOAK` says. `script/soak`
//! asks for a thousand, a run of all tests for one in fifty.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use app::jobs::work_alone;
use app::{Desk, Window, World};
use crypto::random;
use crypto::testing::TestEntropy;
use domain::access::Role;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::desk::{Clinic, PASSWORD};

use crate::backups::{add, file, files, folder, long_text, order, saved, view};

const FOLDER: &str = "CLINICDESK_BACKUP_FOLDER";
const SEED: &str = "CLINICDESK_BACKUP_SEED";

/// How often each is tried.
pub fn times() -> u32 {
    std::env::var("CLINICDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(20)
}

/// A clinic with a small file and one that lies beside the store; the administrator sits there.
fn with_files() -> Clinic {
    let mut clinic = Clinic::staffed();
    file(&mut clinic, long_text(300, 1));
    file(&mut clinic, long_text(200_000, 2));
    clinic
}

/// The points that are there.
fn points_at(place: &Path) -> u64 {
    let points = fs::read_dir(folder(place).join("points")).unwrap().flatten();
    points.filter(|entry| entry.path().extension().is_none()).count() as u64
}

/// Registers one person after the other and backs each up, and says so once it is done.
fn work(folder: &Path, seed: u64) {
    let clinic = Clinic::nowhere();
    let entropy = Box::new(TestEntropy::new(seed));
    let mut desk = Desk::take(World { folder: folder.to_owned(), entropy, ..clinic.world() }).unwrap();
    let call = |desk: &mut Desk, name: &str, input: Value| {
        app::call(desk, Window::Main, name, &input.to_string()).unwrap()
    };
    call(&mut desk, "sign_in", json!({"who": "maria.reyes", "password": PASSWORD}));
    let mut out = std::io::stdout();
    // Whatever the harness has said stands on a line of its own.
    writeln!(out).unwrap();
    for number in 0.. {
        let details = json!({"given": "Lito", "family": format!("Salonga {seed} {number}")});
        call(&mut desk, "register_patient", json!({"details": details}));
        call(&mut desk, "back_up_now", json!({"target": null, "complete": number % 5 == 4}));
        work_alone(&mut desk);
        writeln!(out, "backed up {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn a_backup_that_is_killed_goes_on_or_is_as_it_was_before() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return work(Path::new(&folder), std::env::var(SEED).unwrap().parse().unwrap());
    }
    let mut chance = TestEntropy::new(17);
    let mut pick = |end: u64| u64::from_be_bytes(random(&mut chance)) % end;
    let seeds: Vec<u64> = (1..=u64::from(times())).collect();
    // Each time all that is there is checked: in one place for ever that would grow with the square.
    for seeds in seeds.chunks(KILLS_IN_A_PLACE) {
        killed_in_one_place(seeds, &mut pick);
    }
}

/// So many kills have one place for their backups.
const KILLS_IN_A_PLACE: usize = 50;

/// Kills the program once for each of `seeds`.
fn killed_in_one_place(seeds: &[u64], pick: &mut impl FnMut(u64) -> u64) {
    let mut clinic = with_files();
    // The other program looks for it where it was.
    let place = tempfile::tempdir().unwrap();
    let target = add(&mut clinic, place.path(), "folder");
    let mut points = 1;
    for seed in seeds {
        clinic.stop();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--nocapture", "--exact"])
            .arg("backups_soak::a_backup_that_is_killed_goes_on_or_is_as_it_was_before")
            .env(FOLDER, clinic.folder())
            .env(SEED, (1_000 + seed).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut said, wanted) = (0, pick(4));
        while said < wanted {
            let Some(line) = lines.next() else { break };
            said += u64::from(line.unwrap().starts_with("backed up "));
        }
        // Somewhere in the backup that follows, each second time just after its point came to its place: short segments
        // are merged then, and what they replace goes.
        let turns = pick(40_000_000);
        if seed % 2 == 0 {
            let came = points_at(place.path());
            tests::wait::until("a point", Duration::from_secs(10), || {
                Ok((points_at(place.path()) != came).then_some(()))
            })
            .ok();
        }
        for turn in 0..if seed % 2 == 0 { turns / 40 } else { turns } {
            std::hint::black_box(turn);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        said += lines.map_while(Result::ok).filter(|line| line.starts_with("backed up ")).count() as u64;
        clinic.restart();
        clinic.seat(Role::Administrator);
        // What was acknowledged has its point, and the newest point is whole.
        let now = points_at(place.path());
        assert!(now >= points + said, "{now} points; {points} and {said} were acknowledged");
        let job = order(&mut clinic, "check_backup", &target);
        assert_eq!(job["fault"], Value::Null, "{job}");
        // The next run goes on.
        let job = order(&mut clinic, "back_up_now", &target);
        assert_eq!((&job["outcome"], &view(&mut clinic)["outside"]), (&json!("done"), &json!(0)), "{job}");
        points = now + 1;
    }
    assert_eq!(order(&mut clinic, "test_restore", &target)["fault"], Value::Null);
}

/// What is done to a file of which another copy is whole somewhere.
#[derive(Clone, Copy, Debug)]
enum Hurt {
    /// One bit is another.
    Flip,
    /// Its end is gone.
    Cut,
    /// It is gone.
    Gone,
}

/// A clinic of which each file is in two places, and how it goes on when one of them is hurt.
struct Twice {
    clinic: Clinic,
    place: TempDir,
    target: String,
    charts: Vec<Filed>,
}

/// A large file of a chart.
struct Filed {
    id: Value,
    bytes: Vec<u8>,
}

impl Twice {
    fn begin() -> Self {
        let mut clinic = with_files();
        let mut charts = Vec::new();
        for seed in 3..6 {
            let bytes = long_text(70_000, seed);
            charts.push(Filed { id: file(&mut clinic, bytes.clone()), bytes });
        }
        let place = tempfile::tempdir().unwrap();
        let target = add(&mut clinic, place.path(), "folder");
        for number in 0..3 {
            clinic.register("Lito", &format!("Salonga {number}"));
            order(&mut clinic, "back_up_now", &target);
        }
        Self { clinic, place, target, charts }
    }

    /// Whatever can be hurt, by its sort: the objects of the backup, and the large files beside the store.
    fn places(&self) -> BTreeMap<String, Vec<PathBuf>> {
        let backup = folder(self.place.path());
        let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for file in files(&backup).into_iter().filter(|file| !file.ends_with("README.txt")) {
            let sort =
                file.strip_prefix(&backup).unwrap().iter().next().unwrap().to_string_lossy().into_owned();
            places
                .entry(if file.ends_with("sums") { "sums".to_owned() } else { sort })
                .or_default()
                .push(file);
        }
        places.insert("files beside the store".to_owned(), files(&self.clinic.folder().join("files")));
        places
    }

    /// That what was done to `hurt` is named, and mended from where another copy is.
    fn is_named_and_mended(&mut self, hurt: &Path, how: &str) {
        let Self { clinic, place, target, charts } = self;
        if let Ok(name) = hurt.strip_prefix(folder(place.path())) {
            let name = name.display().to_string();
            assert_eq!(order(clinic, "check_backup", target)["fault"], "damaged", "{name}: {how}");
            assert_eq!(view(clinic)["targets"][0]["damaged"], json!(name), "{how}");
            assert_eq!(order(clinic, "back_up_now", target)["fault"], Value::Null, "{name}: {how}");
        } else {
            let named = clinic.ok("check_store", json!({}))["files"].clone();
            assert_eq!(named.as_array().map(Vec::len), Some(1), "{}: {how}", hurt.display());
            clinic.ok("restore", json!({"from": target, "mode": "rejoin", "older": false}));
            assert_eq!(clinic.ok("check_store", json!({}))["files"], json!([]), "{how}");
        }
        assert_eq!(order(clinic, "check_backup", target)["fault"], Value::Null, "{}: {how}", hurt.display());
        clinic.seat(Role::Doctor);
        for Filed { id, bytes } in charts {
            assert!(saved(clinic, id) == *bytes, "{}: {how}", hurt.display());
        }
        clinic.seat(Role::Administrator);
    }
}

#[test]
fn one_bit_or_an_end_that_goes_anywhere_is_named_and_mended_from_the_other_copy() {
    /// So often is one clinic hurt.
    const HURTS: u32 = 20;
    let mut chance = TestEntropy::new(18);
    let mut pick = |end: usize| {
        usize::try_from(u64::from_be_bytes(random(&mut chance)) % end as u64).unwrap_or_default()
    };
    let mut tried: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..times().div_ceil(HURTS) {
        let mut twice = Twice::begin();
        for _ in 0..HURTS.min(times()) {
            let mut places: Vec<(String, Vec<PathBuf>)> = twice.places().into_iter().collect();
            let (sort, mut places) = places.swap_remove(pick(places.len()));
            let hurt = &places.swap_remove(pick(places.len()));
            let whole = fs::read(hurt).unwrap();
            let (byte, bit) = (pick(whole.len()), pick(8));
            let how = match [Hurt::Flip, Hurt::Flip, Hurt::Cut, Hurt::Gone][pick(4)] {
                Hurt::Flip => {
                    let mut flipped = whole.clone();
                    flipped[byte] ^= 1 << bit;
                    fs::write(hurt, flipped).unwrap();
                    format!("bit {bit} of byte {byte} flipped")
                }
                Hurt::Cut => {
                    fs::write(hurt, &whole[..byte]).unwrap();
                    format!("cut off at byte {byte}")
                }
                // A point that is gone was thinned out, as far as anybody knows.
                Hurt::Gone if hurt.parent().is_some_and(|parent| parent.ends_with("points")) => continue,
                Hurt::Gone => {
                    fs::remove_file(hurt).unwrap();
                    "gone".to_owned()
                }
            };
            *tried.entry(sort).or_default() += 1;
            twice.is_named_and_mended(hurt, &how);
        }
        assert_eq!(order(&mut twice.clinic, "test_restore", &twice.target)["fault"], Value::Null);
    }
    println!("tried backups_soak: {tried:?}");
}
