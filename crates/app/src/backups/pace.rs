//! How many bytes of a backup go over the line at once, and how often a piece that broke off is tried again. A poor line takes
//! small pieces and no large one: whatever breaks makes the next one half as long, and the length grows while nothing does.

use std::sync::mpsc::channel;
use std::time::Duration;

use ::sync::lane::{FIRST_CHUNK, LEAST_CHUNK};
use domain::sync::LARGEST_CHUNK;
use store::backup::BackupFault;

/// After so long a piece is tried again, each time: whoever waits for a job waits no longer than for a few pieces.
pub(super) const PAUSES: [Duration; 4] =
    [Duration::from_millis(250), Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];
/// A line that broke once has to bring so many pieces before a longer one is tried.
const STEADY: u32 = 32;

/// The length of the pieces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    piece: u64,
    has_broken: bool,
    went: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { piece: FIRST_CHUNK, has_broken: false, went: 0 }
    }
}

impl Pace {
    /// How many bytes go next, at most.
    pub(super) fn piece(&self) -> u64 {
        self.piece
    }

    /// Hears that so many bytes arrived.
    pub(super) fn went(&mut self, bytes: u64) {
        // The end of an object tells nothing of longer pieces.
        if bytes < self.piece {
            return;
        }
        self.went += 1;
        if !self.has_broken || self.went >= STEADY {
            (self.piece, self.went) = ((self.piece * 2).min(LARGEST_CHUNK), 0);
        }
    }

    /// Hears that the line broke off.
    pub(super) fn broke(&mut self) {
        (self.piece, self.has_broken, self.went) = ((self.piece / 2).max(LEAST_CHUNK), true, 0);
    }
}

/// Whether what went wrong may have passed in a moment.
pub(super) fn passes(fault: &BackupFault) -> bool {
    match fault {
        BackupFault::Gone => true,
        BackupFault::Refused(code) => code == "busy" || code.ends_with("_unavailable"),
        _ => false,
    }
}

/// Lets so much time go by.
pub(super) fn rest(pause: Duration) {
    let (_held, over) = channel::<()>();
    // Nobody ever says anything here.
    over.recv_timeout(pause).ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_grow_while_nothing_breaks_and_are_halved_by_each_break() {
        let mut pace = Pace::default();
        for expected in [64, 128, 256, 512, 1024, 1024] {
            assert_eq!(pace.piece(), expected << 10);
            pace.went(pace.piece());
        }
        pace.went(10);
        (0..9).for_each(|_| pace.broke());
        assert_eq!(pace.piece(), LEAST_CHUNK);
        (0..STEADY - 1).for_each(|_| pace.went(LEAST_CHUNK));
        assert_eq!(pace.piece(), LEAST_CHUNK, "a line that broke is not trusted at once");
        pace.went(LEAST_CHUNK);
        assert_eq!(pace.piece(), 2 * LEAST_CHUNK);
    }

    #[test]
    fn only_what_may_pass_in_a_moment_is_tried_again() {
        let refused = |code: &str| BackupFault::Refused(code.to_owned());
        assert!(
            passes(&BackupFault::Gone) && passes(&refused("busy")) && passes(&refused("media_unavailable"))
        );
        assert!(!passes(&refused("revoked")) && !passes(&BackupFault::Full) && !passes(&BackupFault::Hangs));
    }
}
