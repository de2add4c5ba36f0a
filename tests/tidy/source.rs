//! What the repository holds: every text file that git knows or would take.

use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::root;

/// One text file, its path from the root with forward slashes.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The ending after the last full stop, such as `rs`.
    pub fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Written by a program, or a table of facts rather than code.
    pub fn is_table(&self) -> bool {
        self.path.split('/').any(|part| matches!(part, "generated" | "tables" | "languages" | "fixtures"))
    }

    /// Whether a person writes it as code.
    pub fn is_code(&self) -> bool {
        let endings = ["rs", "ts", "tsx", "js", "mjs", "css", "html", "sql", "sh", "py"];
        !self.is_table() && (endings.contains(&self.ending()) || self.text.starts_with("#!"))
    }
}

/// Everything tracked, and everything new that is not ignored.
pub fn all() -> Result<Vec<Source>> {
    let out = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()?;
    ensure!(out.status.success(), "git ls-files: {}", String::from_utf8_lossy(&out.stderr));
    let names = String::from_utf8(out.stdout)?;
    let mut sources = vec![];
    for path in names.split_terminator('\0') {
        // A tracked file may be gone from the disk, and a picture is no text.
        if let Ok(text) = std::fs::read_to_string(root().join(path)) {
            sources.push(Source::new(path, &text));
        }
    }
    ensure!(sources.len() > 20, "git lists only {} files", sources.len());
    Ok(sources)
}

/// The workspace's packages as `cargo metadata` gives them.
pub fn packages() -> Result<Vec<Value>> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()?;
    ensure!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout)?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    ensure!(packages.len() > 1, "cargo lists {} packages", packages.len());
    Ok(packages)
}
