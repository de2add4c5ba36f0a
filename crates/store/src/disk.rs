//! Files of the data folder as the disk has them: their owner's alone, never a link and never a pipe.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// No small file is longer, in bytes: one that is was put there by somebody else.
const LONGEST: u64 = 4 << 20;

/// What stands in the way of a file is called by its name and this, and a number.
pub(crate) const ASIDE: &str = ".aside-";

/// Makes `folder` where it is missing, and makes it its owner's alone whatever the process would give others. One in which its
/// owner lets nobody write stays so.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    let stood = folder.exists();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    make_with(&builder, folder)?;
    #[cfg(unix)]
    {
        let found = fs::metadata(folder)?;
        let own = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o700;
        restrict(&found, if stood { own } else { 0o700 }, |mode| fs::set_permissions(folder, mode))?;
    }
    Ok(())
}

/// Makes `folder` where it is missing, as the process makes folders.
pub(crate) fn make_shared(folder: &Path) -> io::Result<()> {
    make_with(DirBuilder::new().recursive(true), folder)
}

/// What is made is on the disk on return: whatever is flushed in it later would go with it when the power does.
fn make_with(builder: &DirBuilder, folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|place| !place.exists()).count();
    builder.create(folder)?;
    let above = folder.ancestors().skip(1).take(missing);
    above.filter(|place| !place.as_os_str().is_empty()).try_for_each(sync_folder)
}

/// Makes what an older program or a copy has left open to others its owner's alone, as far as the system lets us.
pub(crate) fn tighten(root: &Path) {
    #[cfg(unix)]
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        if found.is_dir() {
            restrict(&found, 0o700, |mode| fs::set_permissions(&path, mode)).ok();
            tighten(&path);
        } else if found.is_file() {
            restrict(&found, 0o600, |mode| fs::set_permissions(&path, mode)).ok();
        }
    }
}

/// Opens the file at `path` for reading and writing, or makes it; it is its owner's alone then.
///
/// # Errors
/// [`ErrorKind::InvalidData`] where there is a link, a pipe or anything else that is no file.
pub(crate) fn open_or_make(path: &Path) -> io::Result<File> {
    let file = private(OpenOptions::new().read(true).write(true).create(true).truncate(false), path)?;
    #[cfg(unix)]
    restrict(&file.metadata()?, 0o600, |mode| file.set_permissions(mode))?;
    Ok(file)
}

/// All bytes of the file at `path`.
///
/// # Errors
/// [`ErrorKind::InvalidData`] where there is a link, a pipe or anything else that is no small file.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_within(path, LONGEST)
}

/// The same of a file that may have up to `most` bytes.
pub(crate) fn read_within(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_within(path, most)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(ErrorKind::InvalidData.into()) } else { Ok(bytes) }
}

/// Opens the file at `path` for reading.
///
/// # Errors
/// [`ErrorKind::InvalidData`] where there is a link, a pipe or anything else that is no file, or one of more than `most` bytes.
pub(crate) fn open_within(path: &Path, most: u64) -> io::Result<File> {
    let file = private(OpenOptions::new().read(true), path)?;
    if file.metadata()?.len() > most { Err(ErrorKind::InvalidData.into()) } else { Ok(file) }
}

/// Whether both lie on one disk; not where the system does not say.
pub(crate) fn same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
        device(one).is_some() && device(one) == device(other)
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

/// Puts `bytes` at `path`, where the former content is whole until the new one is. A disk that is full takes them into
/// the bytes of the former, if these suffice: only while another copy of them is whole.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match replace(path, bytes) {
        Err(error) if is_full(&error) => overwrite(path, bytes).map_err(|_| error),
        done => done,
    }
}

/// A new file at `path` that nothing stands in the way of; whatever stood there, a link too, is gone.
pub(crate) fn make_new(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = private(OpenOptions::new().write(true).create_new(true), path)?;
    // An umask may have kept it from its owner too; a stick that knows no owners has not.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o600 != 0o600 {
            file.set_permissions(Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

/// How many bytes the disk of `path` still gives, and how many it has; `None` where the system does not say.
pub(crate) fn room(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        let disk = rustix::fs::statvfs(path).ok()?;
        Some((disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize)))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Whether the disk, or this person's part of it, has no room.
pub(crate) fn is_full(error: &io::Error) -> bool {
    [ErrorKind::StorageFull, ErrorKind::QuotaExceeded].contains(&error.kind())
}

/// Writes what the system keeps of the names in `folder` to the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows has no handle on a folder to flush; the rename itself is durable there.
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some file systems, those of sticks and of networks among them, know no flush of a folder.
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Ok(()),
        done => done,
    }
}

/// What is in `folder`, by name; nothing where it cannot be looked at.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// The folders in `parent`, in order.
pub(crate) fn folders(parent: &Path) -> Vec<String> {
    let mut found = names(parent);
    found.retain(|name| parent.join(name).is_dir());
    found.sort();
    found
}

/// The files in the folders of two digits in `parent`, in order: `ab/…`. One that is not in its place yet is none, and what was
/// moved out of the way of one is none.
pub(crate) fn below(parent: &Path) -> Vec<String> {
    let counts = |name: &String| !name.ends_with(".new") && !name.contains(ASIDE);
    let mut found = Vec::new();
    for folder in folders(parent).into_iter().filter(|name| name.len() == 2) {
        let files = names(&parent.join(&folder)).into_iter().filter(counts);
        found.extend(files.map(|name| format!("{folder}/{name}")));
    }
    found.sort();
    found
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_by(&path.with_extension("new"), path, bytes)
}

/// Has `bytes` be the file at `path`, written and synced as `fresh` beside it before.
pub(crate) fn replace_by(fresh: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = make_new(fresh).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(fresh, path)) {
        fs::remove_file(fresh).ok();
        return Err(error);
    }
    path.parent().map_or(Ok(()), sync_folder)
}

fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private(OpenOptions::new().write(true), path)?;
    let length = bytes.len() as u64;
    if file.metadata()?.len() < length {
        return Err(ErrorKind::StorageFull.into());
    }
    file.write_all(bytes)?;
    file.set_len(length)?;
    file.sync_all()
}

/// Opens a file without following a link to it, without waiting at a pipe, and for its owner alone where it is new.
pub(crate) fn private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    let opened = options.open(path);
    // What the system says of a link differs from one to the next; nothing else that is no file gets further.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(ErrorKind::InvalidData.into());
    }
    opened
}

#[cfg(unix)]
fn restrict(now: &fs::Metadata, to: u32, set: impl FnOnce(Permissions) -> io::Result<()>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if now.permissions().mode() & 0o777 == to { Ok(()) } else { set(Permissions::from_mode(to)) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_others_could_read_is_its_owners_alone_once_it_was_opened() {
        let root = tempfile::tempdir().unwrap();
        let (folder, file) = (root.path().join("data"), root.path().join("data/file"));
        fs::create_dir(&folder).unwrap();
        fs::write(&file, b"content").unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o777)).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o666)).unwrap();
        make_private(&folder).unwrap();
        open_or_make(&file).unwrap();
        put(&folder.join("new"), b"x").unwrap();
        assert_eq!((mode(&folder), mode(&file), mode(&folder.join("new"))), (0o700, 0o600, 0o600));
        assert_eq!(read(&file).unwrap(), b"content");
        // Somebody wants nothing written there.
        fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
        make_private(&folder).unwrap();
        assert_eq!(mode(&folder), 0o500);
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn a_link_is_not_followed_and_a_pipe_is_not_waited_at() {
        let root = tempfile::tempdir().unwrap();
        let [victim, link, pipe] = ["victim", "link", "pipe"].map(|name| root.path().join(name));
        fs::write(&victim, b"precious").unwrap();
        symlink(&victim, &link).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for odd in [&link, &pipe] {
            assert_eq!(read(odd).unwrap_err().kind(), ErrorKind::InvalidData);
            assert_eq!(open_or_make(odd).unwrap_err().kind(), ErrorKind::InvalidData);
        }
        symlink(&victim, root.path().join("door.new")).unwrap();
        put(&root.path().join("door.a"), b"content").unwrap();
        put(&link, b"content").unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"precious");
        assert_eq!((read(&link).unwrap(), link.is_symlink()), (b"content".to_vec(), false));
    }
}
