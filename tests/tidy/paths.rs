//! The repository names no machine and no registry: it builds wherever it is put.

use anyhow::Result;

use crate::source::{self, Source};

/// Folders of one machine, put together here so that this file does not hold them.
const FOLDERS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/tmp/", "jobs"), concat!("/ro", "ot/"), concat!("/fa", "rm/")];

const HOSTS: [&str; 8] = [
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("pypi", ".org"),
    concat!("files.", "pythonhosted.org"),
    concat!("proxy.", "golang.org"),
    concat!("deb.", "debian.org"),
];

fn foreign(sources: &[Source]) -> Vec<String> {
    let mut breaches = vec![];
    for source in sources {
        let folders = FOLDERS.iter().filter(|folder| names(&source.text, folder));
        let hosts = HOSTS.iter().filter(|host| source.text.contains(**host));
        breaches.extend(folders.chain(hosts).map(|found| format!("{}: {found}", source.path)));
    }
    breaches
}

/// Whether `folder` begins a path: in `docs/work/` it does not.
fn names(text: &str, folder: &str) -> bool {
    let inside = |letter: char| letter.is_alphanumeric() || "._-*}/".contains(letter);
    text.match_indices(folder).any(|(at, _)| !text[..at].ends_with(inside))
}

#[test]
fn no_file_names_a_machine_or_a_registry() -> Result<()> {
    crate::hold("say it without the place", &foreign(&source::all()?));
    Ok(())
}

#[test]
fn a_machines_folder_and_a_registrys_host_are_found() {
    for place in FOLDERS.into_iter().chain(HOSTS) {
        assert_eq!(foreign(&[Source::new("a.md", &format!("see {place}x"))]).len(), 1, "{place}");
    }
    let clean = format!("docs{}plan.md", FOLDERS[0]);
    assert_eq!(foreign(&[Source::new("a.md", &clean)]), [""; 0]);
}
