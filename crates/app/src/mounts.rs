//! Where this machine shows what is plugged into it: the places in which a stick may be found again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The places at which sticks and disks are mounted now.
#[must_use]
pub(crate) fn here() -> Vec<PathBuf> {
    if cfg!(windows) {
        let drives = ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\")));
        return drives.filter(|drive| drive.is_dir()).collect();
    }
    let mut found: BTreeSet<PathBuf> = PARENTS.iter().flat_map(|parent| folders(Path::new(parent))).collect();
    // The system knows what is mounted without asking it: what hangs is not touched.
    let told = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    found.extend(mounted(&told));
    found.into_iter().collect()
}

/// Where systems show what is plugged in.
const PARENTS: [&str; 4] = ["/Volumes", "/mnt", "/media", "/run/media"];

/// What is mounted below [`PARENTS`], as the system tells it.
fn mounted(told: &str) -> impl Iterator<Item = PathBuf> {
    let place = |line: &str| Some(PathBuf::from(plain(line.split(' ').nth(4)?)));
    let below = |place: &PathBuf| PARENTS.iter().any(|parent| place.starts_with(parent));
    told.lines().filter_map(place).filter(below)
}

/// A path as the system writes it there: a backslash and three digits stand for what would end the word.
fn plain(written: &str) -> String {
    let mut pieces = written.split('\\');
    let mut text = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(3).unwrap_or(("", piece));
        match u8::from_str_radix(digits, 8) {
            Ok(byte) => {
                text.push(byte);
                text.extend_from_slice(rest.as_bytes());
            }
            Err(_) => text.extend_from_slice(piece.as_bytes()),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The folders in `parent`, by what it says of them itself: none of them is asked, for one may hang.
fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_file()));
    folders.map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mounted_is_read_from_what_the_system_tells_and_spaces_in_names_come_out() {
        let told = "36 25 8:1 / / rw - ext4 /dev/sda1 rw\n\
                    90 36 8:17 / /media/ana/Stick\\040Blue rw,nosuid - vfat /dev/sdb1 rw\n\
                    91 36 0:40 / /mnt/share rw - cifs //server/share rw\n";
        let found: Vec<PathBuf> = mounted(told).collect();
        assert_eq!(found, [PathBuf::from("/media/ana/Stick Blue"), PathBuf::from("/mnt/share")]);
    }
}
