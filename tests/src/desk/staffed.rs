//! The staffed clinic is made by its commands once in a process; each test gets the files that they left.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use domain::access::Role;
use serde_json::Value;

use super::Clinic;

/// What the making left.
struct Made {
    /// The files of the data folder, by their places in it.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Where its clocks stood.
    clocks: [u64; 2],
    founded: Value,
}

/// A clinic with one person of each role, and nobody at the desk.
pub(super) fn clinic() -> Clinic {
    static MADE: OnceLock<Made> = OnceLock::new();
    let made = MADE.get_or_init(make);
    let mut clinic = Clinic::nowhere();
    clinic.stop();
    for (place, bytes) in &made.files {
        let file = clinic.folder().join(place);
        fs::create_dir_all(file.parent().unwrap_or(&file)).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    for (clock, stood) in clinic.time.0.iter().zip(made.clocks) {
        clock.store(stood, Ordering::SeqCst);
    }
    clinic.founded = made.founded.clone();
    clinic.restart();
    clinic
}

fn make() -> Made {
    let mut clinic = Clinic::found();
    clinic.hire(&Role::ALL[1..]);
    clinic.stop();
    let mut files = Vec::new();
    gather(clinic.folder(), clinic.folder(), &mut files);
    let [wall, monotonic, _] = clinic.time.reading();
    let clocks = [wall, monotonic];
    Made { files, clocks, founded: clinic.founded.clone() }
}

fn gather(folder: &Path, top: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, top, files);
        } else {
            let place = path.strip_prefix(top).expect("a place in it").to_owned();
            files.push((place, fs::read(&path).expect("a file")));
        }
    }
}
