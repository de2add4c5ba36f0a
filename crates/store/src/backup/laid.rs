//! How a file is laid in a place: beside it, synced, renamed. What is no file there moves aside, and nobody waits at it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crypto::digest::Digesting;
use crypto::stream::{CHUNK, TAG};
use domain::{Digest, LARGEST_BLOB};

use super::shelf::BackupFault;
use crate::disk::{self, ASIDE, make_private, open_within};

/// A large file is copied in pieces of so many bytes.
const PIECE: usize = 1 << 20;
/// No large file has more bytes, sealed.
pub(super) const LARGEST_FILE: u64 = LARGEST_BLOB + LARGEST_BLOB.div_ceil(CHUNK) * TAG;

/// Length and digest of the large file at `path`.
///
/// # Errors
/// When it does not read, or is longer than any is.
pub fn sum_of(path: &Path) -> io::Result<(u64, Digest)> {
    through(&mut open_within(path, LARGEST_FILE)?, |_| Ok(()))
}

/// Has nothing stand where the file `name` is written below `root`: what is no file there, or no folder on the way to it, gets
/// another name beside it, with all that it holds. A name that ends in `/` is a folder's.
pub(super) fn clear(
    root: &Path,
    name: &str,
    fault: impl Fn(&io::Error) -> BackupFault,
) -> Result<(), BackupFault> {
    let none = |place: &Path| {
        BackupFault::NoFile(place.strip_prefix(root).unwrap_or(place).to_string_lossy().into_owned())
    };
    let fresh = beside(&root.join(name), ".new");
    if fs::symlink_metadata(&fresh).is_ok_and(|found| found.is_dir()) {
        return Err(none(&fresh));
    }
    let mut place = root.to_owned();
    for part in name.split_inclusive('/') {
        place.push(part.trim_end_matches('/'));
        let Ok(found) = fs::symlink_metadata(&place) else { return Ok(()) };
        // A link that leads to no folder is none; where a file is written one gives way by itself.
        let fits = if part.ends_with('/') { place.is_dir() } else { found.is_file() || found.is_symlink() };
        if !fits {
            let mut names = (1_u32..).map(|number| beside(&place, &format!("{ASIDE}{number}")));
            let free = names.find(|name| fs::symlink_metadata(name).is_err());
            let moved = free.map_or(Ok(()), |free| fs::rename(&place, free));
            moved.map_err(|error| match fault(&error) {
                BackupFault::Failed => none(&place),
                fault => fault,
            })?;
        }
    }
    Ok(())
}

/// Makes a folder, its owner's alone where the file system knows owners.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    match make_private(folder) {
        Err(_) if folder.is_dir() => Ok(()),
        made => made,
    }
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    disk::replace_by(&beside(path, ".new"), path, bytes)
}

/// Has the system forget what it remembers of a file, so that it is read from the disk.
pub(super) fn forget(path: &Path) {
    #[cfg(target_os = "linux")]
    if let Ok(file) = open_within(path, u64::MAX) {
        rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).ok();
    }
    #[cfg(not(target_os = "linux"))]
    let _ = path;
}

pub(super) fn through(
    from: &mut File,
    mut piece: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<(u64, Digest)> {
    let mut bytes = vec![0; PIECE];
    let (mut length, mut sums) = (0, Digesting::default());
    loop {
        let read = from.read(&mut bytes)?;
        let Some(read) = bytes.get(..read).filter(|read| !read.is_empty()) else { break };
        length += read.len() as u64;
        sums.update(read);
        piece(read)?;
    }
    Ok((length, sums.finish()))
}
