//! Writes the TypeScript side of the command list to the folder that is named.

use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("ui/src/generated"), PathBuf::from);
    app::bindings::write(&folder)?;
    Ok(())
}
