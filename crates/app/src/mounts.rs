//! Where this machine shows what is plugged into it: the places in which a stick may be found again.

use std::fs;
use std::path::{Path, PathBuf};

/// The places at which sticks and disks are mounted now.
#[must_use]
pub(crate) fn here() -> Vec<PathBuf> {
    if cfg!(windows) {
        let drives = ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\")));
        return drives.filter(|drive| drive.is_dir()).collect();
    }
    // Some systems put a folder of the person between.
    let shallow = ["/Volumes", "/mnt", "/media", "/run/media"].map(Path::new);
    let mut found: Vec<PathBuf> = shallow.iter().flat_map(|parent| folders(parent)).collect();
    let deep = ["/media", "/run/media"].map(Path::new);
    found.extend(deep.iter().flat_map(|parent| folders(parent)).flat_map(|parent| folders(&parent)));
    found
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    found.sort();
    found
}
