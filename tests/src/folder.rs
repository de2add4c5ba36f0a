//! A data folder, copied and put back.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// Copies what lies in the folder `from` into `to`.
///
/// # Panics
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry of it");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&place).expect("a folder");
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a copy");
        }
    }
}

/// Makes `to` what `from` was when it was copied; nobody may have it open.
///
/// # Panics
/// When a file cannot be read or written.
pub fn put_back(from: &Path, to: &Path) {
    for entry in fs::read_dir(to).expect("a folder") {
        let path = entry.expect("an entry of it").path();
        if path.is_file() {
            fs::remove_file(path).expect("it goes");
        }
    }
    copy(from, to);
}
