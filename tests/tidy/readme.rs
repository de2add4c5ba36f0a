//! A crate's README is its documentation.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use crate::source;

const INCLUDED: &str = "#![doc = include_str!(\"../README.md\")]";
/// Fewer lines of text say no more than the manifest's description.
const LEAST: usize = 3;

fn undocumented(packages: &[Value]) -> Vec<String> {
    let mut breaches = vec![];
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).with_file_name("");
        let readme = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
        let title = readme.starts_with("# ");
        if !title || readme.lines().filter(|line| !line.trim().is_empty()).count() <= LEAST {
            breaches.push(format!("{name}: README.md is missing or says nothing"));
        }
        let root = ["src/lib.rs", "src/main.rs"].map(|path| folder.join(path));
        let root = root.iter().find_map(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        if !root.contains(INCLUDED) {
            breaches.push(format!("{name}: begin its first file with {INCLUDED}"));
        }
    }
    breaches
}

#[test]
fn each_crate_has_a_readme_that_is_its_documentation() -> Result<()> {
    crate::hold("write what it is for and where to look first", &undocumented(&source::packages()?));
    Ok(())
}

#[test]
fn a_crate_without_words_is_found() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let package = [json!({"name": "stock", "manifest_path": folder.path().join("Cargo.toml")})];
    fs::create_dir(folder.path().join("src"))?;
    fs::write(folder.path().join("src/lib.rs"), "//! Stock.\n")?;
    assert_eq!(undocumented(&package).len(), 2);
    fs::write(folder.path().join("src/lib.rs"), format!("{INCLUDED}\n"))?;
    fs::write(folder.path().join("README.md"), "# stock\n\nStock.\n")?;
    assert_eq!(undocumented(&package).len(), 1);
    fs::write(folder.path().join("README.md"), "# stock\n\nLots and doses.\nCounted.\nNever below zero.\n")?;
    assert_eq!(undocumented(&package), [""; 0]);
    Ok(())
}
