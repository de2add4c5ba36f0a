//! Founds the clinic of the demonstration: `found DIR`. One process, because each start measures anew what a
//! password costs on this computer.

use std::path::Path;

use anyhow::{Context, Result};
use tests::demo;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).context("found DIR")?;
    let mut desk = demo::found(Path::new(&folder))?;
    for person in demo::people()?.iter().skip(1) {
        demo::choose_password(&mut desk, person["sign_in"].as_str().context("a name to sign in")?)?;
    }
    Ok(())
}
