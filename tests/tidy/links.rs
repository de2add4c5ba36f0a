//! What a page names is there: files, and the pictures of the guide, of which none is left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::source;

/// The places that the links of a page lead to, without those on the web and those within the page.
fn places(text: &str) -> Vec<&str> {
    let mut places = vec![];
    let mut code = false;
    for line in text.lines() {
        code ^= line.trim_start().starts_with("```");
        if code {
            continue;
        }
        for rest in line.split("](").skip(1) {
            let place = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if !place.is_empty() && !place.contains("://") && !place.starts_with("mailto:") {
                places.push(place);
            }
        }
    }
    places
}

fn broken(root: &Path, pages: &[(String, String)]) -> Vec<String> {
    let mut breaches = vec![];
    for (path, text) in pages {
        let folder = root.join(path).with_file_name("");
        for place in places(text) {
            if !folder.join(place).exists() {
                breaches.push(format!("{path}: {place}"));
            }
        }
    }
    breaches
}

#[test]
fn every_link_of_a_page_leads_somewhere() -> Result<()> {
    let pages: Vec<(String, String)> = source::all()?
        .into_iter()
        .filter(|source| source.ending() == "md")
        .map(|source| (source.path, source.text))
        .collect();
    crate::hold("mend the link", &broken(&tests::root(), &pages));
    Ok(())
}

#[test]
fn every_picture_of_the_guide_is_shown() -> Result<()> {
    let guide = tests::root().join("docs/guide");
    let mut shown = fs::read_to_string(tests::root().join("README.md"))?;
    for page in fs::read_dir(&guide)?.flatten() {
        shown += &fs::read_to_string(page.path()).unwrap_or_default();
    }
    let kept: BTreeSet<String> = fs::read_dir(guide.join("pictures"))?
        .flatten()
        .map(|picture| picture.file_name().to_string_lossy().into_owned())
        .collect();
    let unseen: Vec<String> =
        kept.into_iter().filter(|name| !shown.contains(&format!("pictures/{name}"))).collect();
    crate::hold("script/pictures takes them anew", &unseen);
    Ok(())
}

#[test]
fn a_link_to_nowhere_is_found() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("docs"))?;
    fs::write(folder.path().join("docs/b.md"), "")?;
    let text = "[b](b.md#part) [web](https://example.org) [here](#x)\n```\n[c](c.md)\n```\n![d](d.png)";
    let pages = [("docs/a.md".to_owned(), text.to_owned())];
    assert_eq!(broken(folder.path(), &pages), ["docs/a.md: d.png"]);
    Ok(())
}
