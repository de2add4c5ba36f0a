//! Keeps what this version of the declarations accepts, in `tests/vectors/declarations`. With `--anew` it replaces
//! what is kept of the same version, for as long as that version has not left this computer.

use std::fs;

use anyhow::{Result, ensure};
use domain::kinds::SCHEMA;
use tests::declarations::{file, today};

fn main() -> Result<()> {
    let (path, today) = (file(SCHEMA), serde_json::to_string_pretty(&today())? + "\n");
    let is_other = fs::read_to_string(&path).is_ok_and(|kept| kept != today);
    let is_anew = std::env::args().any(|argument| argument == "--anew");
    ensure!(
        !is_other || is_anew,
        "Version {SCHEMA} has declared something else: raise SCHEMA in domain's kinds.rs."
    );
    Ok(fs::write(path, today)?)
}
