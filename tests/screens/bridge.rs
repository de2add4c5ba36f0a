//! The bridge over a data folder, as a program of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::leash::{Leash, Stop, scratch};
use tests::{program, root};

/// A bridge that runs until it is dropped.
pub struct Bridge {
    address: String,
    client: reqwest::Client,
    _leash: Leash,
}

impl Bridge {
    /// Starts it over `data`.
    pub fn over(data: &Path) -> Result<Self> {
        Self::keeping(data, None)
    }

    /// The same for people who choose the folder `copies` when they are asked where to keep a file.
    pub fn keeping(data: &Path, copies: Option<&Path>) -> Result<Self> {
        tests::choose_tls();
        let ui = root().join("ui/dist");
        ensure!(ui.join("index.html").is_file(), "{} is not built: npm run build in ui", ui.display());
        let mut command = Command::new(program("bridge")?);
        command.arg("--cheap").arg("--data").arg(data).arg("--ui").arg(ui);
        if let Some(copies) = copies {
            command.arg("--copies").arg(copies);
        }
        let leash = Leash::hold(scratch()?, &command, Stop::Terminate)?;
        let address = leash.ready(Duration::from_secs(30), |log| {
            log.lines().find(|line| line.starts_with("http://")).map(str::to_owned)
        })?;
        Ok(Self { address, client: reqwest::Client::new(), _leash: leash })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Gives a command beside the page, for what a screen needs behind it.
    pub async fn asks(&self, window: &str, name: &str, input: Value) -> Result<Value> {
        let address = format!("{}/call/{window}/{name}", self.address);
        let answer = self.client.post(address).body(input.to_string()).send().await?;
        let good = answer.status().is_success();
        let said: Value = answer.json().await?;
        ensure!(good, "{name}: {said}");
        Ok(said)
    }

    /// The person of this sign-in name sits down, whoever sat there.
    pub async fn seats(&self, who: &str, password: &str) -> Result<()> {
        let input = json!({"who": who, "password": password});
        self.asks("lock", "sign_in", input).await.context(who.to_owned()).map(drop)
    }
}
