//! A screen that nobody sees.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::leash::{Leash, Stop, scratch};
use crate::shot::{HEIGHT, WIDTH};

/// An X server in memory, gone when dropped or when the process dies.
#[derive(Debug)]
pub struct Display {
    leash: Leash,
    name: String,
}

impl Display {
    /// Starts Xvfb, which picks a free display number itself.
    ///
    /// # Errors
    /// When Xvfb is missing or does not start; with what it printed.
    pub fn open() -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        command.arg(format!("{WIDTH}x{HEIGHT}x24"));
        let leash = Leash::hold(scratch()?, &command, Stop::Terminate)?;
        let name = leash.ready(Duration::from_secs(30), number)?;
        Ok(Self { leash, name })
    }

    /// What `DISPLAY` must say, such as `:99`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The program behind it.
    #[must_use]
    pub fn leash(&self) -> &Leash {
        &self.leash
    }
}

/// The display's number stands alone on a line that has ended; warnings may surround it.
fn number(log: &str) -> Option<String> {
    let lines = log.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
    lines.filter_map(|line| line.parse::<u32>().ok()).next().map(|number| format!(":{number}"))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_counts_only_when_its_line_has_ended() {
        assert_eq!(number("a warning\n9"), None);
        assert_eq!(number("a warning\n99\n").as_deref(), Some(":99"));
    }
}
