//! Which crate may know which, and who alone may name a heavy dependency.

use anyhow::Result;
use serde_json::{Value, json};

use crate::rust::{parts, words};
use crate::source::{self, Source};

/// A crate and the crates of the workspace that it may know; `tests` may know all.
const MAY_KNOW: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("codes", &["domain"]),
    ("crypto", &["domain"]),
    ("store", &["domain", "crypto"]),
    ("documents", &["domain", "crypto"]),
    ("lists", &[]),
    ("sync", &["domain", "crypto", "store"]),
    ("app", &["domain", "codes", "crypto", "store", "documents", "lists", "sync"]),
    ("server", &["domain", "crypto"]),
    ("clinicdesk", &["app"]),
];

/// A dependency, the packages that may name it, and whether that is all whose names begin so.
const OWNED: [(&str, &[&str]); 25] = [
    ("argon2", &["crypto"]),
    ("axum", &["server", "tests"]),
    ("calamine", &["lists"]),
    ("coset", &["crypto"]),
    ("csv", &["codes", "lists"]),
    ("deadpool-postgres", &["server"]),
    ("governor", &["server"]),
    ("hayro", &["documents"]),
    ("hpke", &["crypto"]),
    ("keyring", &["app"]),
    ("object_store", &["server"]),
    ("printpdf", &["documents"]),
    ("refinery", &["store", "server"]),
    // The server's object store speaks by it.
    ("reqwest", &["server", "sync", "tests"]),
    ("rfd", &["clinicdesk"]),
    ("ring", &["crypto"]),
    ("rqrr", &["documents"]),
    ("rusqlite", &["store", "tests"]),
    ("rustybuzz", &["documents"]),
    ("tauri", &["clinicdesk"]),
    ("tauri-build", &["clinicdesk"]),
    ("tauri-plugin-single-instance", &["clinicdesk"]),
    ("tauri-plugin-window-state", &["clinicdesk"]),
    ("tokio-postgres", &["server", "tests"]),
    ("tower-http", &["server"]),
];

/// The folder of `src-tauri` holds the package `clinicdesk`; elsewhere the folder is the name.
fn owner(path: &str) -> Option<&str> {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["crates", name, ..] => Some(name),
        ["src-tauri", ..] => Some("clinicdesk"),
        ["tests", ..] => Some("tests"),
        _ => None,
    }
}

fn in_manifests(packages: &[Value]) -> Vec<String> {
    let ours: Vec<_> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut breaches = vec![];
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let may_know = MAY_KNOW.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, known)| *known);
        if may_know.is_none() && name != "tests" {
            breaches.push(format!("{name} has no place in the layers: give it one in this table"));
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let dependency = dependency["name"].as_str().unwrap_or_default();
            let layered = may_know.is_none_or(|known| known.contains(&dependency));
            if ours.contains(&dependency) && !layered {
                breaches.push(format!("{name} must not know {dependency}"));
            }
            let owners = OWNED.iter().find(|(owned, _)| *owned == dependency);
            if owners.is_some_and(|(_, owners)| !owners.contains(&name)) {
                breaches.push(format!("{name} must not name {dependency}"));
            }
            if owners.is_none() && dependency.starts_with("tauri") && name != "clinicdesk" {
                breaches.push(format!("{name} must not name {dependency}"));
            }
        }
    }
    breaches
}

/// A manifest does not tell of a name handed on by another crate, `store::rusqlite`.
fn in_sources(sources: &[Source]) -> Vec<String> {
    let mut breaches = vec![];
    for source in sources.iter().filter(|source| source.ending() == "rs") {
        let Some(package) = owner(&source.path) else { continue };
        let code = parts(&source.text).code.replace("rustls::crypto::ring", "");
        for path in code.split(|letter: char| letter.is_whitespace() || "(){}<>;,&=[]!".contains(letter)) {
            let Some((_, _)) = path.split_once("::") else { continue };
            for (owned, owners) in OWNED {
                let word = owned.replace('-', "_");
                if !owners.contains(&package) && words(path).any(|found| found == word) {
                    breaches.push(format!("{}: {path}: only {} may name it", source.path, owners.join(", ")));
                }
            }
        }
        if code.split("pub use ").skip(1).any(|used| OWNED.iter().any(|(owned, _)| begins_with(used, owned)))
        {
            breaches.push(format!("{}: hands on a dependency that it should keep to itself", source.path));
        }
    }
    breaches
}

fn begins_with(path: &str, owned: &str) -> bool {
    words(path).next().is_some_and(|first| first == owned.replace('-', "_"))
}

/// The window's own programming interface is named in one folder of the front end.
fn in_front_end(sources: &[Source]) -> Vec<String> {
    let front_end = |source: &&Source| {
        let host = source.path.starts_with("ui/src/host/");
        source.path.starts_with("ui/src/") && !host && ["ts", "tsx"].contains(&source.ending())
    };
    let named = sources.iter().filter(front_end).filter(|source| source.text.contains("@tauri-apps"));
    named.map(|source| format!("{}: only ui/src/host may name @tauri-apps", source.path)).collect()
}

#[test]
fn each_crate_knows_only_what_lies_below_it() -> Result<()> {
    crate::hold("see the layers in the architecture", &in_manifests(&source::packages()?));
    Ok(())
}

#[test]
fn heavy_dependencies_are_named_by_their_crate_alone() -> Result<()> {
    let sources = source::all()?;
    crate::hold("ask the crate that owns it", &in_sources(&sources));
    crate::hold("go through the host", &in_front_end(&sources));
    Ok(())
}

#[test]
fn a_manifest_that_reaches_up_or_aside_is_found() {
    let package = |name: &str, dependencies: &[&str]| {
        let dependencies: Vec<_> = dependencies.iter().map(|name| json!({"name": name})).collect();
        json!({"name": name, "dependencies": dependencies})
    };
    let good =
        [package("domain", &["serde"]), package("crypto", &["domain", "ring"]), package("tests", &["axum"])];
    assert_eq!(in_manifests(&good), [""; 0]);
    let bad = [
        package("domain", &["crypto"]),
        package("crypto", &["rusqlite"]),
        package("server", &["store", "tauri-plugin-new"]),
        package("store", &[]),
        package("common", &[]),
    ];
    assert_eq!(
        in_manifests(&bad),
        [
            "domain must not know crypto",
            "crypto must not name rusqlite",
            "server must not know store",
            "server must not name tauri-plugin-new",
            "common has no place in the layers: give it one in this table",
        ]
    );
}

#[test]
fn a_borrowed_or_handed_on_name_is_found() {
    let found = |path: &str, text: &str| in_sources(&[Source::new(path, text)]).len();
    assert_eq!(found("crates/app/src/a.rs", "use store::rusqlite::Connection;"), 1);
    assert_eq!(found("crates/app/src/a.rs", "fn f() { ring::digest::digest(); }"), 1);
    assert_eq!(found("crates/store/src/a.rs", "pub use rusqlite::Connection;"), 1);
    assert_eq!(found("crates/store/src/a.rs", "use rusqlite::Connection;"), 0);
    assert_eq!(found("crates/sync/src/a.rs", "rustls::crypto::ring::default_provider(); // ring::rand"), 0);
    assert_eq!(found("crates/app/src/a.rs", "let ring = \"ring::rand\"; ring.sound()"), 0);
}

#[test]
fn a_screen_that_names_the_window_is_found() {
    let line = "import { invoke } from \"@tauri-apps/api/core\";";
    assert_eq!(in_front_end(&[Source::new("ui/src/features/stock/api.ts", line)]).len(), 1);
    assert_eq!(in_front_end(&[Source::new("ui/src/host/tauri.ts", line)]).len(), 0);
}
