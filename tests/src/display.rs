//! A screen that nobody sees.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::leash::{Leash, Stop, scratch};
use crate::shot::{HEIGHT, WIDTH};
use crate::wait;

/// The most pixels of a caret, which blinks on a screen that is done.
const CARET: usize = 120;
/// A screen on which nothing has moved for so long is done, in looks of 20 ms.
const STILL: u32 = 75;

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
        let folder = scratch()?;
        command.arg("-fbdir").arg(&folder);
        let leash = Leash::hold(folder, &command, Stop::Terminate)?;
        let name = leash.ready(Duration::from_secs(30), number)?;
        Ok(Self { leash, name })
    }

    /// What `DISPLAY` must say, such as `:99`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands on it: four bytes a pixel, behind a head that does not change.
    ///
    /// # Errors
    /// When it is gone.
    pub fn picture(&self) -> Result<Vec<u8>> {
        Ok(fs::read(self.leash.folder().join("Xvfb_screen0"))?)
    }

    /// Waits until something else than `before` stands on it and stays as it is, but for a caret; `changed` hears of each
    /// change.
    ///
    /// # Errors
    /// When that does not come.
    pub fn settles(&self, before: &[u8], mut changed: impl FnMut()) -> Result<()> {
        let (mut last, mut still) = (before.to_vec(), 0);
        wait::until("a still screen", Duration::from_secs(60), || {
            let picture = self.picture()?;
            if moved(&last, &picture) {
                (still, last) = (0, picture);
                changed();
            } else {
                still += 1;
            }
            Ok((moved(before, &last) && still >= STILL).then_some(()))
        })
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

/// Whether more than a caret differs.
fn moved(before: &[u8], now: &[u8]) -> bool {
    let pixels = before.chunks(4).zip(now.chunks(4));
    let changed = || pixels.filter(|(one, other)| one != other).count();
    before != now && (before.len() != now.len() || changed() > CARET)
}

#[cfg(test)]
mod tests {
    use super::{CARET, moved, number};

    #[test]
    fn a_caret_moves_nothing_and_a_letter_more_does() {
        let empty = vec![0; 4_000];
        let marked = |pixels: usize| [vec![1; pixels * 4], vec![0; 4_000 - pixels * 4]].concat();
        assert!(!moved(&empty, &marked(CARET)));
        assert!(moved(&empty, &marked(CARET + 1)) && moved(&[], &empty));
    }

    #[test]
    fn a_number_counts_only_when_its_line_has_ended() {
        assert_eq!(number("a warning\n9"), None);
        assert_eq!(number("a warning\n99\n").as_deref(), Some(":99"));
    }
}
