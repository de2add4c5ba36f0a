//! Files that a person keeps outside of the records. One that is replaced stays whole until the new one is.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes `bytes` to the file `place`, down to the disk itself. The file is new for its owner alone, or takes the
/// place of an older one with that one's permissions.
///
/// # Errors
/// Whatever stands in the way; an older file is then as it was, and half a new one is nowhere.
pub fn keep(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let older = match fs::metadata(place) {
        Ok(older) => Some(older),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match older {
        // A terminal or a pipe holds nothing that could be lost, and is nothing to put a file in place of.
        Some(device) if !device.is_file() => File::options().write(true).open(place)?.write_all(bytes),
        Some(locked) if locked.permissions().readonly() => Err(ErrorKind::PermissionDenied.into()),
        // Where a link leads is what is replaced, not the link.
        Some(older) => replace(&place.canonicalize()?, bytes, Some(&older)),
        None => replace(place, bytes, None),
    }
}

fn replace(place: &Path, bytes: &[u8], older: Option<&Metadata>) -> io::Result<()> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    if let Some(older) = older {
        beside.as_file().set_permissions(older.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(place)?;
    // Windows has no handle on a folder to flush; the rename itself is durable there. Some file systems, such as
    // those of a network, know no flush of a folder: the file is in its place all the same.
    if cfg!(windows) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Ok(()),
        flushed => flushed,
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn mode(place: &Path) -> u32 {
        fs::metadata(place).unwrap().permissions().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        entries.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_new_file_is_its_owners_alone_and_an_older_one_keeps_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("copy.pdf");
        keep(&place, b"first").unwrap();
        assert_eq!(mode(&place), 0o600);
        fs::set_permissions(&place, PermissionsExt::from_mode(0o640)).unwrap();
        keep(&place, b"second").unwrap();
        assert_eq!((fs::read(&place).unwrap(), mode(&place)), (b"second".to_vec(), 0o640));
        assert_eq!(names(folder.path()), ["copy.pdf"]);
    }

    #[test]
    fn a_link_stays_one_and_what_is_locked_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (place, link) = (folder.path().join("copy.pdf"), folder.path().join("link.pdf"));
        fs::write(&place, b"older").unwrap();
        symlink("copy.pdf", &link).unwrap();
        keep(&link, b"newer").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&place).unwrap(), b"newer");
        fs::set_permissions(&place, PermissionsExt::from_mode(0o444)).unwrap();
        assert_eq!(keep(&place, b"newest").unwrap_err().kind(), ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&place).unwrap(), b"newer");
    }

    #[test]
    fn a_disk_that_is_full_leaves_the_older_file_whole_and_nothing_beside_it() {
        const PLACE: &str = "CLINICDESK_TEST_KEEP";
        if let Some(place) = std::env::var_os(PLACE) {
            let error = keep(Path::new(&place), &[0; 1 << 20]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::FileTooLarge);
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("copy.pdf");
        fs::write(&place, b"older").unwrap();
        // A limit on the size of files stands for the end of the disk. It holds for a whole process, so this
        // very test runs once more in one of its own.
        let limited = "ulimit -f 8; trap '' XFSZ; exec \"$0\" a_disk_that_is_full_leaves_the_older_file";
        let program = std::env::current_exe().unwrap();
        let run = Command::new("sh").args(["-c", limited]).arg(program).env(PLACE, &place).output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
        assert_eq!(fs::read(&place).unwrap(), b"older");
        assert_eq!(names(folder.path()), ["copy.pdf"]);
    }
}
