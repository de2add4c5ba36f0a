//! What the workstation remembers before anybody has signed in: its name, and refused sign-ins. Sealed
//! under the workstation's own key, in two copies, written before a password is even tried.

use std::collections::BTreeMap;

use crypto::seal::{About, open, seal};
use crypto::{Entropy, Secret};
use domain::access::Throttle;
use domain::wire::Message;
use domain::{RecordId, wire};
use store::{Folder, FolderError};

wire! {
    /// The door's memory.
    pub struct Door {
        /// The version of this file.
        v: u64,
        /// The clinic's name.
        clinic: String,
        /// The site's name.
        site: String,
        /// The workstation.
        workstation: RecordId,
        /// Refusals in a row, by who was named.
        throttles: BTreeMap<String, Delay>,
        /// Refused sign-ins that the audit trail has not got yet.
        refused: Vec<RefusedTry>,
    }
}

wire! {
    /// Refusals in a row of one person on this workstation.
    pub struct Delay {
        /// How many.
        refused: u64,
        /// Milliseconds of waiting that are left.
        wait: u64,
    }
}

wire! {
    /// A refused sign-in.
    pub struct RefusedTry {
        /// When, in milliseconds since 1970.
        at: u64,
        /// The person, where the name is one of ours.
        user: Option<RecordId>,
        /// The refusal's code.
        code: String,
    }
}

/// Refused sign-ins kept for the trail, the latest; more are counted in the throttle alone.
const MOST_REFUSED: usize = 1000;

/// Names of nobody here whose refusals are counted.
const MOST_STRANGERS: usize = 100;

impl Door {
    /// Reads the door's memory; `None` where no clinic was set up.
    pub(crate) fn read(folder: &Folder, device: &Secret<32>) -> Result<Option<Self>, FolderError> {
        let damaged = || FolderError::Damaged("door".to_owned());
        let Some(bytes) = folder.read("door")? else { return Ok(None) };
        let plain = open(device, ABOUT, &bytes).map_err(|_| damaged())?;
        Self::from_bytes(&plain).map(Some).map_err(|_| damaged())
    }

    /// Writes the door's memory to the disk.
    pub(crate) fn write(
        &self,
        folder: &Folder,
        device: &Secret<32>,
        entropy: &mut dyn Entropy,
    ) -> Result<(), FolderError> {
        folder.write("door", &seal(entropy, device, ABOUT, &self.to_bytes()))
    }

    /// The throttle of who is named so.
    pub(crate) fn throttle(&self, who: &str) -> Throttle {
        self.throttles.get(who).map_or_else(Throttle::default, |delay| Throttle {
            refused: u32::try_from(delay.refused).unwrap_or(u32::MAX),
            wait: delay.wait,
        })
    }

    /// Keeps the throttle of who is named so.
    pub(crate) fn set_throttle(&mut self, who: &str, throttle: Throttle) {
        if throttle == Throttle::default() {
            self.throttles.remove(who);
        } else {
            let delay = Delay { refused: u64::from(throttle.refused), wait: throttle.wait };
            self.throttles.insert(who.to_owned(), delay);
        }
    }

    /// Keeps the throttles of names that nobody here bears within bounds, those with most refusals first:
    /// whoever types at random fills no disk.
    pub(crate) fn forget_strangers(&mut self, known: &[String]) {
        let mut strangers: Vec<(u64, String)> = self
            .throttles
            .iter()
            .filter(|(who, _)| !known.contains(who))
            .map(|(who, delay)| (delay.refused, who.clone()))
            .collect();
        strangers.sort_by(|one, other| other.cmp(one));
        for (_, who) in strangers.into_iter().skip(MOST_STRANGERS) {
            self.throttles.remove(&who);
        }
    }

    /// Remembers a refused sign-in for the trail.
    pub(crate) fn remember(&mut self, refused: RefusedTry) {
        if self.refused.len() >= MOST_REFUSED {
            self.refused.remove(0);
        }
        self.refused.push(refused);
    }
}

const ABOUT: About = About { kind: "door", ids: &[], epoch: 0 };

/// The workstation's own key; `None` where it was never made. Without a keychain it lies in a file, and
/// the self-check says so.
pub(crate) fn device_key(folder: &Folder) -> Result<Option<Secret<32>>, FolderError> {
    let Some(bytes) = folder.read("device")? else { return Ok(None) };
    Secret::from_slice(&bytes).map(Some).ok_or_else(|| FolderError::Damaged("device".to_owned()))
}
