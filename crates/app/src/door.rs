//! What the workstation remembers before anybody has signed in: its name, and refused sign-ins. Sealed
//! under the workstation's own key, in two copies, written before a password is even tried.

use std::collections::BTreeMap;

use crypto::seal::{About, open, seal};
use crypto::{Entropy, Secret};
use domain::access::Throttle;
use domain::wire::{Bytes, Message};
use domain::{RecordId, wire};
use store::{Folder, FolderError, Person};

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
        /// When the waits were last counted down.
        counted: Option<Counted>,
        /// Who has a file at this door, so that one that went missing is told.
        roster: Option<Vec<RecordId>>,
        /// Room, so that a full disk still takes the next try into the same bytes.
        room: Option<Bytes>,
    }
}

wire! {
    /// A moment on the clock of waits.
    pub struct Counted {
        /// The start of the machine.
        start: String,
        /// Milliseconds since then.
        at: u64,
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
        /// How many such tries there were since; none for one.
        times: Option<u64>,
    }
}

/// What stands of a try while its password is looked at, and for good where the program ended before the answer.
pub(crate) const UNANSWERED: &str = "unanswered";

/// Refused sign-ins kept one by one for the trail; later ones of the same person and kind are counted together.
const MOST_REFUSED: usize = 100;

/// Bytes of the memory are a multiple of this.
const ROOM: usize = 32 << 10;

/// Names of nobody here whose refusals are counted.
const MOST_STRANGERS: usize = 100;

impl Door {
    /// Reads the door's memory; `None` where no clinic was set up.
    pub(crate) fn read(folder: &Folder, device: &Secret<32>) -> Result<Option<Self>, FolderError> {
        let damaged = || FolderError::Damaged("door".to_owned());
        let Some(bytes) = read(folder, "door")? else { return Ok(None) };
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
        // The array's own length takes three bytes where it is not empty.
        let bare = Self { room: Some(Bytes(Vec::new())), ..self.clone() }.to_bytes().len() + 2;
        let room = vec![0; bare.next_multiple_of(ROOM) - bare];
        let plain = Self { room: Some(Bytes(room)), ..self.clone() }.to_bytes();
        folder.write("door", &seal(entropy, device, ABOUT, &plain))
    }

    /// The memory of a door that was just made.
    pub(crate) fn new(clinic: &str, site: &str, workstation: RecordId) -> Self {
        Self {
            v: 1,
            clinic: clinic.to_owned(),
            site: site.to_owned(),
            workstation,
            throttles: BTreeMap::new(),
            refused: Vec::new(),
            counted: None,
            roster: None,
            room: None,
        }
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

    /// Whether somebody who has a file at this door has none that is whole.
    pub(crate) fn lacks_somebody(&self, people: &[Person]) -> bool {
        let lacks = |user: &RecordId| !people.iter().any(|person| person.user == *user);
        self.roster.as_ref().is_some_and(|roster| roster.iter().any(lacks))
    }

    /// Takes back the try that was noted last and has its answer now.
    pub(crate) fn answered(&mut self) -> Option<RefusedTry> {
        let last = self.refused.last().is_some_and(|last| last.code == UNANSWERED);
        if last { self.refused.pop() } else { None }
    }

    /// Remembers a refused sign-in for the trail. However many there are, none goes unseen: those that are not kept one
    /// by one are counted.
    pub(crate) fn remember(&mut self, refused: RefusedTry) {
        let alike = |known: &&mut RefusedTry| known.user == refused.user && known.code == refused.code;
        let full = self.refused.len() >= MOST_REFUSED && refused.code != UNANSWERED;
        match self.refused.iter_mut().rev().filter(|_| full).find(alike) {
            Some(known) => known.times = Some(known.times.unwrap_or(1).saturating_add(1)),
            None => self.refused.push(refused),
        }
    }
}

const ABOUT: About = About { kind: "door", ids: &[], epoch: 0 };

/// The workstation's own key; `None` where it was never made. Without a keychain it lies in a file, and
/// the self-check says so.
pub(crate) fn device_key(folder: &Folder) -> Result<Option<Secret<32>>, FolderError> {
    let Some(bytes) = read(folder, "device")? else { return Ok(None) };
    Secret::from_slice(&bytes).map(Some).ok_or_else(|| FolderError::Damaged("device".to_owned()))
}

/// The small file `name`, without which nobody gets in; `None` where no clinic was set up.
fn read(folder: &Folder, name: &'static str) -> Result<Option<Vec<u8>>, FolderError> {
    match folder.read(name)? {
        None if folder.lacks(name)? => Err(FolderError::Missing(name)),
        read => Ok(read),
    }
}
