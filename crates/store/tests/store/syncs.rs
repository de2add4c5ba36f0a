//! How often a save waits for the disk, counted by a library that stands before the system's.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::clinic::Clinic;

const LOG: &str = "CLINICDESK_SYNCS";
const SAVES: usize = 12;

fn library(folder: &Path) -> std::path::PathBuf {
    let (source, library) = (folder.join("syncs.c"), folder.join("syncs.so"));
    fs::write(&source, include_str!("syncs.c")).unwrap();
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let made = Command::new(compiler)
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status()
        .unwrap();
    assert!(made.success());
    library
}

#[test]
fn a_save_waits_for_the_disk_once_and_for_nothing_that_lies_beside_the_store() {
    if let Some(log) = std::env::var_os(LOG) {
        let mut clinic = Clinic::found();
        let mut log = File::options().append(true).create(true).open(log).unwrap();
        for number in 0..SAVES {
            writeln!(log, "save").unwrap();
            clinic.register(&format!("Salonga {number}"));
        }
        writeln!(log, "left").unwrap();
        clinic.store.as_ref().unwrap().sync_beside();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let library = library(folder.path());
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "syncs::a_save_waits_for_the_disk_once_and_for_nothing_that_lies_beside_the_store"])
        .env("LD_PRELOAD", &library)
        .env(LOG, &log)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    let log = fs::read_to_string(log).unwrap();
    // The thread that writes what lies beside the store to the disk each second keeps nobody waiting.
    let lines: Vec<&str> = log.lines().filter(|line| !line.starts_with("sync marks ")).collect();
    let (saves, left) = lines.split_at(lines.iter().position(|line| *line == "left").unwrap());
    let saves: Vec<&[&str]> = saves.split(|line| *line == "save").skip(1).collect();
    assert_eq!(saves.len(), SAVES, "{log}");
    // Now and then the log of the store goes into its file, which waits for both.
    let once = saves.iter().filter(|save| save.len() == 1).count();
    assert!(once * 4 >= SAVES * 3, "{log}");
    for save in saves {
        assert!(save.first().is_some_and(|line| line.ends_with("clinic.db-wal")), "{save:?}");
        assert!(save.iter().all(|line| line.contains("clinic.db")), "{save:?}");
    }
    assert!(
        left.iter().any(|line| line.contains("marks.")) && left.iter().any(|line| line.contains("unsent."))
    );
}
