//! A store that speaks S3, by another hand: moto, which `script/install` puts under `target/tools`.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::leash::{Leash, Stop, scratch};
use crate::{root, wait};

/// A running store; gone when dropped or when the process dies.
#[derive(Debug)]
pub struct Store {
    _leash: Leash,
    port: u16,
}

impl Store {
    /// Starts one on a free loopback port. It holds nothing, and whoever can read its bucket's name may come in.
    ///
    /// # Errors
    /// When it is not installed or does not start; with what it printed.
    pub fn start() -> Result<Self> {
        let python = root().join("target/tools/moto/bin/python");
        ensure!(python.is_file(), "moto is not installed: run script/install");
        let port = wait::free_port()?;
        let mut command = Command::new(python);
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p"]).arg(port.to_string());
        let leash = Leash::hold(scratch()?, &command, Stop::Terminate)?;
        leash.ready(Duration::from_secs(60), |_| wait::listens(port).then_some(()))?;
        Ok(Self { _leash: leash, port })
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
