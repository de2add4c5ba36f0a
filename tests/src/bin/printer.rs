//! A print spooler of its own with one printer, for the demonstration: prints its address, then keeps what the
//! printer got in the file that is named: `printer FILE`.

use std::io::Write;

use anyhow::{Context, Result};
use tests::cups::LoopbackCups;

fn main() -> Result<()> {
    let file = std::env::args_os().nth(1).context("printer FILE")?;
    let spooler = LoopbackCups::start()?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", spooler.address())?;
    out.flush()?;
    Ok(std::fs::write(file, spooler.printed()?)?)
}
