#![doc = include_str!("../README.md")]

pub mod axe;
pub mod browser;
pub mod claims;
pub mod cups;
pub mod declarations;
pub mod demo;
pub mod desk;
pub mod display;
pub mod folder;
pub mod hands;
pub mod keyboard;
pub mod leash;
pub mod lists;
pub mod moto;
pub mod neighbour;
pub mod papers;
pub mod people;
pub mod person;
pub mod postgres;
pub mod power;
pub mod server;
pub mod shot;
pub mod wait;
pub mod window;

use std::path::{Path, PathBuf};
use std::sync::Once;

use anyhow::{Context, Result};

/// The folder that holds the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A program of the workspace, built beside the running test or program.
///
/// # Errors
/// When it was not built: `cargo build --workspace --all-targets` builds every program.
pub fn program(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let beside = here.parent().context("a program lies in a folder")?;
    // A test lies in `deps` below the programs.
    let folder = if beside.ends_with("deps") { beside.parent().unwrap_or(beside) } else { beside };
    let path = folder.join(name);
    anyhow::ensure!(
        path.is_file(),
        "{} is not built: run cargo build --workspace --all-targets",
        path.display()
    );
    Ok(path)
}

/// Chooses ring for TLS, once a process; a client built before that panics.
pub fn choose_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error says that a provider was chosen already, which is what is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
    });
}
