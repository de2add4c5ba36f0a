//! A private PostgreSQL with one empty database, for the demonstration: prints its address and holds it
//! until this program ends, however it ends.

use std::io::Write;

use anyhow::Result;

fn main() -> Result<()> {
    let cluster = tests::postgres::Cluster::start()?;
    let database = cluster.database()?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", database.url())?;
    out.flush()?;
    loop {
        std::thread::park();
    }
}
