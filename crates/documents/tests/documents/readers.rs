//! Readers that are not ours: poppler's tools and zbar.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A file in a folder of its own.
pub struct Kept {
    folder: TempDir,
}

impl Kept {
    pub fn new(bytes: &[u8]) -> Self {
        let kept = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(kept.path(), bytes).unwrap();
        kept
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("document")
    }

    /// What a tool prints about the file; `@` stands for its path.
    pub fn ask(&self, tool: &str, arguments: &[&str]) -> String {
        let path = self.path();
        let arguments = arguments
            .iter()
            .map(|argument| if *argument == "@" { path.as_os_str() } else { argument.as_ref() });
        let output = Command::new(tool).args(arguments).output().expect(tool);
        assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The text that a person would copy, its white space made single.
    pub fn text(&self) -> String {
        let text = self.ask("pdftotext", &["-raw", "@", "-"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a camera reads from the last page at this width in pixels.
    pub fn scan(pdf: &[u8], width: u32) -> String {
        let last = documents::pixels::pages(pdf).unwrap();
        let picture = documents::pixels::page(pdf, last, width).unwrap();
        let scanned = Self::new(&picture).ask("zbarimg", &["--quiet", "--raw", "@"]);
        scanned.trim_end_matches('\n').to_owned()
    }
}
