//! What is known of files' bytes that are on their way, since somebody signed in.

use ::sync::lane::{Lane, Waiting, Way};
use domain::Digest;

/// What is carried.
#[derive(Default)]
pub(crate) struct Carrying {
    pub(crate) lane: Lane,
    /// What waits; none before it was looked for, and after each round.
    pub(crate) waiting: Option<Vec<Waiting>>,
    /// Whether there is room for what nobody waits for.
    pub(crate) room: bool,
    /// Whether room was made.
    pub(crate) tidied: bool,
}

impl Carrying {
    /// Looks anew for what waits: a round or a command may have changed it.
    pub(crate) fn look_again(&mut self) {
        self.waiting = None;
    }

    /// Nothing of this file waits any more.
    pub(crate) fn done(&mut self, digest: &Digest) {
        if let Some(waiting) = &mut self.waiting {
            waiting.retain(|waits| waits.blob.sha256 != *digest);
        }
    }

    /// So many bytes of this file are here.
    pub(crate) fn came(&mut self, digest: &Digest, here: u64) {
        let waits = self.waiting.iter_mut().flatten().find(|waits| waits.blob.sha256 == *digest);
        if let Some(Waiting { way: Way::Down { through }, .. }) = waits {
            *through = here;
        }
    }
}
