//! The desktop window as hands alone reach it: by keys and without a driver, which could not follow from one process of
//! the program to the next.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use x11rb::protocol::xproto::Window;

use crate::desk::PASSWORD;
use crate::display::Display;
use crate::keyboard::{ENTER, Keyboard};
use crate::leash::{Leash, Stop, running, scratch};
use crate::shot::Scheme;
use crate::window::surround;
use crate::{program, wait};

const LIMIT: Duration = Duration::from_secs(30);

/// A person's hands at a computer of their own, whose program is gone when they are dropped.
pub struct Hands {
    keyboard: Keyboard,
    leash: Leash,
    screen: Display,
    data: PathBuf,
}

impl Hands {
    /// Starts the program over a data folder that holds a clinic, and waits until it shows the door.
    ///
    /// # Errors
    /// When it does not.
    pub fn at(data: &Path) -> Result<Self> {
        let (screen, folder) = (Display::open()?, scratch()?);
        let mut command = Command::new(program("clinicdesk")?);
        command.arg("--data").arg(data);
        surround(&mut command, &folder, &screen, Scheme::Light);
        let empty = screen.picture()?;
        let leash = Leash::hold(folder, &command, Stop::Terminate)?;
        screen.settles(&empty, || {}).with_context(|| leash.log().unwrap_or_default())?;
        let keyboard = Keyboard::of(&screen)?;
        let hands = Self { keyboard, leash, screen, data: data.to_owned() };
        hands.turns_to(hands.program())?;
        Ok(hands)
    }

    /// The screen.
    #[must_use]
    pub fn screen(&self) -> &Display {
        &self.screen
    }

    /// The process that was started.
    #[must_use]
    pub fn program(&self) -> u32 {
        self.leash.pid()
    }

    /// The processes of the program over this data folder.
    ///
    /// # Errors
    /// When the program was not built.
    pub fn processes(&self) -> Result<Vec<u32>> {
        running("clinicdesk", &self.data.to_string_lossy())
    }

    /// The windows of a process that are on the screen, in the order in which they were made.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn windows(&self, pid: u32) -> Result<Vec<Window>> {
        self.keyboard.windows(pid)
    }

    /// Waits for the first window of a process, and gives it the keys.
    ///
    /// # Errors
    /// When it does not come.
    pub fn turns_to(&self, pid: u32) -> Result<()> {
        let window = wait::until("a window", LIMIT, || Ok(self.windows(pid)?.first().copied()));
        self.keyboard.turns_to(window.with_context(|| self.leash.log().unwrap_or_default())?)
    }

    /// Closes the windows of a process.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn closes(&self, pid: u32) -> Result<()> {
        self.windows(pid)?.into_iter().try_for_each(|window| self.keyboard.closes(window))
    }

    /// Types, and waits for what that does on the screen.
    ///
    /// # Errors
    /// When that is nothing.
    pub fn types(&self, text: &str) -> Result<()> {
        self.types_and_hears(text, || {})
    }

    /// The same; `changed` hears of each change.
    ///
    /// # Errors
    /// When there is none.
    pub fn types_and_hears(&self, text: &str, changed: impl FnMut()) -> Result<()> {
        let before = self.screen.picture()?;
        self.keyboard.types(text)?;
        self.screen.settles(&before, changed).with_context(|| format!("{text:?} in the window"))
    }

    /// Signs the first person in at the door, and waits for the process that goes on when they sign out.
    ///
    /// # Errors
    /// When it does not come.
    pub fn signs_in(&self) -> Result<u32> {
        let now = self.processes()?;
        self.types(&ENTER.to_string())?;
        self.types(&format!("{PASSWORD}{ENTER}"))?;
        let other = |processes: Vec<u32>| processes.into_iter().find(|pid| !now.contains(pid));
        let next = wait::until("the next process", LIMIT, || Ok(other(self.processes()?)));
        next.with_context(|| self.leash.log().unwrap_or_default())
    }

    /// Looks for something in the box that finds anything.
    ///
    /// # Errors
    /// When the window does not show it.
    pub fn finds(&self, words: &str) -> Result<()> {
        self.types("/")?;
        self.types(words)
    }
}
