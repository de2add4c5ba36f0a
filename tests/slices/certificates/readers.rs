//! Readers that are not ours: poppler's tools and zbar.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// What makes zbar read the kind of code that the page has: another is read out of its noise now and then.
const QR_ALONE: [&str; 6] = ["--quiet", "--raw", "--set", "disable", "--set", "qrcode.enable"];

/// A file in a folder of its own.
pub struct Kept(TempDir);

impl Kept {
    pub fn new(bytes: &[u8]) -> Self {
        let kept = Self(tempfile::tempdir().unwrap());
        std::fs::write(kept.path(), bytes).unwrap();
        kept
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().join("document")
    }

    /// What a tool prints about the file; `@` stands for its path.
    pub fn ask(&self, tool: &str, arguments: &[&str]) -> String {
        let path = self.path();
        let arguments =
            arguments.iter().map(|word| if *word == "@" { path.as_os_str() } else { word.as_ref() });
        let output = Command::new(tool).args(arguments).output().unwrap();
        assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The text that a person would copy, its white space made single.
    pub fn text(&self) -> String {
        self.ask("pdftotext", &["-raw", "@", "-"]).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a camera reads from the only page at this width in pixels.
    pub fn scan(pdf: &[u8], width: u32) -> String {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("page");
        let width = width.to_string();
        let drawn = ["-png", "-singlefile", "-scale-to-x", &width, "-scale-to-y", "-1", "@"];
        let kept = Self::new(pdf);
        let arguments: Vec<String> =
            drawn.iter().map(ToString::to_string).chain([picture.to_string_lossy().into_owned()]).collect();
        kept.ask("pdftoppm", &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let scanned = Command::new("zbarimg").args(QR_ALONE).arg(picture.with_extension("png")).output();
        String::from_utf8(scanned.unwrap().stdout).unwrap().trim_end_matches('\n').to_owned()
    }
}
