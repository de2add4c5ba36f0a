//! The desktop window, driven as a person drives it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};

use crate::display::Display;
use crate::leash::{Leash, Stop, scratch};
use crate::shot::{HEIGHT, Scheme, WIDTH};
use crate::wait;

/// A window on a screen of its own, with empty folders; gone when dropped or when the process dies.
#[derive(Debug)]
pub struct Window {
    driver: WebDriver,
    leash: Leash,
    display: Display,
}

impl Window {
    /// Starts `application` with these arguments, variables and colours, through tauri-driver; the
    /// window fills its screen.
    ///
    /// # Errors
    /// When Xvfb, tauri-driver or the window does not start; with what the driver printed.
    pub async fn open(
        application: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        scheme: Scheme,
    ) -> Result<Self> {
        crate::choose_tls();
        ensure!(application.is_file(), "{} is not there", application.display());
        let display = Display::open()?;
        let folder = scratch()?;
        let (port, native) = (wait::free_port()?, wait::free_port()?);

        let mut command = Command::new("tauri-driver");
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        surround(&mut command, &folder, &display, scheme);
        command.envs(variables.iter().copied());
        let leash = Leash::hold(folder, &command, Stop::Terminate)?;
        leash.ready(Duration::from_secs(30), |_| {
            (wait::listens(port) && wait::listens(native)).then_some(())
        })?;

        let mut wanted = Capabilities::new();
        wanted.set("tauri:options", json!({"application": application, "args": arguments}))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await;
        let driver = driver.with_context(|| leash.log().unwrap_or_default())?;
        let window = Self { driver, leash, display };
        window.driver.set_window_rect(0, 0, WIDTH, HEIGHT).await?;
        Ok(window)
    }

    /// The session.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The program behind it; the window's own output is in its log.
    #[must_use]
    pub fn leash(&self) -> &Leash {
        &self.leash
    }

    /// The screen it stands on.
    #[must_use]
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Closes the window and waits for its end.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn close(self) -> Result<()> {
        Ok(self.driver.clone().quit().await?)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // A session not closed is not asked to quit: the request would wait for the runtime that this
        // drop holds up. The leash, dropped next, ends the driver and what it started.
        drop(self.driver.clone().leak());
    }
}

/// Surrounds a program with a fresh person: own screen, own empty folders, a system's wish for colours. WebKit's switches are
/// taken away, because those about compositing make a driver's screenshot hang.
pub fn surround(command: &mut Command, folder: &Path, display: &Display, scheme: Scheme) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WEBKIT_") {
            command.env_remove(name);
        }
    }
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        command.env(name, folder.join(name));
    }
    command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
    command.env(
        "GTK_THEME",
        match scheme {
            Scheme::Light => "Adwaita",
            Scheme::Dark => "Adwaita:dark",
        },
    );
}
