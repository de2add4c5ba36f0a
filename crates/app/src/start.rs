//! What can be chosen when the window is started.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// The data folder that was chosen, by `--data DIR` or else by the variable `CLINICDESK_DATA`; `None`
/// leaves it to the operating system's custom.
///
/// # Errors
/// When an argument is none of ours, or the folder's name is missing.
pub fn folder(
    mut arguments: impl Iterator<Item = OsString>,
    variable: Option<OsString>,
) -> Result<Option<PathBuf>> {
    let mut chosen = variable.filter(|value| !value.is_empty());
    while let Some(argument) = arguments.next() {
        if argument != "--data" {
            bail!("{} is not an argument; there is one: --data DIR", argument.display());
        }
        let folder = arguments.next().filter(|value| !value.is_empty());
        chosen = Some(folder.context("--data wants the name of a folder")?);
    }
    // The folder stays the same one wherever a dialog may move the process later.
    Ok(chosen.map(std::path::absolute).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str], variable: Option<&str>) -> Result<Option<PathBuf>> {
        folder(arguments.iter().map(OsString::from), variable.map(OsString::from))
    }

    #[test]
    fn the_argument_comes_before_the_variable_and_the_variable_before_nothing() {
        assert_eq!(chosen(&["--data", "/a"], Some("/b")).unwrap(), Some(PathBuf::from("/a")));
        assert_eq!(chosen(&[], Some("/b")).unwrap(), Some(PathBuf::from("/b")));
        assert_eq!(chosen(&[], Some("")).unwrap(), None);
        assert_eq!(chosen(&[], None).unwrap(), None);
    }

    #[test]
    fn a_folder_named_from_here_is_kept_by_its_whole_name() {
        assert!(chosen(&["--data", "clinic"], None).unwrap().unwrap().is_absolute());
    }

    #[test]
    fn a_missing_folder_and_a_foreign_argument_are_refused() {
        for arguments in [&["--data"][..], &["--data", ""], &["--date", "/a"], &["/a"]] {
            assert!(chosen(arguments, None).is_err(), "{arguments:?}");
        }
    }
}
