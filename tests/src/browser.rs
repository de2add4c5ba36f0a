//! A headless Chromium on a page of this machine.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::{CapabilitiesHelper, ChromeCapabilities, ChromiumLikeCapabilities, WebDriver};

use crate::leash::{Leash, Stop, scratch};
use crate::shot::{HEIGHT, Scheme, WIDTH};

/// Without a sandbox, because a container gives it none; quiet towards every network; and a page that was left is
/// gone with its connections, of which a browser has six for one address.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-back-forward-cache",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// A browser with an empty profile, gone when dropped or when the process dies.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    leash: Leash,
}

impl Browser {
    /// Starts `ChromeDriver` and a browser whose page is one full screen.
    ///
    /// # Errors
    /// When either is missing or does not start; with what it printed.
    pub async fn open() -> Result<Self> {
        crate::choose_tls();
        let folder = scratch()?;
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").env("TMPDIR", &folder).env_remove("DISPLAY");
        let leash = Leash::hold(folder, &command, Stop::Terminate)?;
        let port = leash.ready(Duration::from_secs(30), port)?;

        let mut chrome = ChromeCapabilities::new();
        for flag in FLAGS.iter().copied().chain([profile.as_str()]) {
            chrome.add_arg(flag)?;
        }
        chrome.set("goog:loggingPrefs", json!({"browser": "ALL", "performance": "ALL"}))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), chrome).await;
        let driver = driver.with_context(|| leash.log().unwrap_or_default())?;
        let browser = Self { driver, leash };
        browser.zoom(1).await?;
        Ok(browser)
    }

    /// Draws everything `times` as large on the same screen, letters above all.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn zoom(&self, times: u32) -> Result<()> {
        let (width, height) = (WIDTH / times, HEIGHT / times);
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": times, "mobile": false});
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await?;
        Ok(())
    }

    /// The session.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The program behind it.
    #[must_use]
    pub fn leash(&self) -> &Leash {
        &self.leash
    }

    /// Makes the page believe that the person's system asks for these colours, and for no motion, so that
    /// nothing is caught half way.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn wear(&self, scheme: Scheme) -> Result<()> {
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme.name()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Errors and warnings on the console since the last call: thrown, logged, or a file that did not load.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn errors(&self) -> Result<Vec<String>> {
        let entries = self.driver.get_log("browser").await?;
        let grave = |level: &str| ["SEVERE", "WARNING"].contains(&level);
        Ok(entries.into_iter().filter(|entry| grave(&entry.level)).map(|entry| entry.message).collect())
    }

    /// Addresses that pages asked for since the last call.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn requests(&self) -> Result<Vec<String>> {
        let entries = self.driver.get_log("performance").await?;
        Ok(entries.iter().filter_map(|entry| request(&entry.message)).collect())
    }

    /// Closes the browser and waits for its end.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn close(self) -> Result<()> {
        Ok(self.driver.clone().quit().await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A session not closed is not asked to quit: the request would wait for the runtime that this
        // drop holds up. The leash, dropped next, ends the driver and what it started.
        drop(self.driver.clone().leak());
    }
}

/// The port that `ChromeDriver` chose, from the line that says so.
fn port(log: &str) -> Option<u16> {
    log.split_once("started successfully on port ")?.1.split_once('.')?.0.parse().ok()
}

/// The address in an entry of the performance log, when it tells of a request.
fn request(entry: &str) -> Option<String> {
    let entry: Value = serde_json::from_str(entry).ok()?;
    let message = &entry["message"];
    if message["method"] != "Network.requestWillBeSent" {
        return None;
    }
    Some(message["params"]["request"]["url"].as_str()?.to_owned())
}
