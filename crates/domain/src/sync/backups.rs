//! How backups lie at a server: each object by its name and the digest of its bytes, brought in chunks as files are. What has
//! come stays: a later object of the same name is read instead of an earlier one, and both are there.
//!
//! Who writes is a workstation, who reads is whoever opened its store's key: their requests are signed under a key that
//! follows from it. So a computer that burned is restored by its sheet, also where the workstation was ended since.

use std::collections::BTreeMap;

use crate::sync::BlobName;
use crate::wire;
use crate::wire::Bytes;
use crate::{ClinicId, Digest, Incarnation, RecordId};

/// So many objects are told in one answer, at most.
pub const MOST_OBJECTS: usize = 2_000;

/// So many installations are told in one answer, at most.
pub const MOST_DOORS: usize = 500;

/// The purpose of the seed of the key under which backups are read, under the backups' key of the store.
pub const READS: &str = "read";

/// A slot has at most so many bytes.
pub const LARGEST_SLOT: usize = 4 << 10;

/// So many slots of one name are told beside the last: those that came first, for whoever steals a key comes later.
pub const MOST_SLOTS: usize = 32;

wire! {
    /// The next bytes of an object of a backup.
    pub struct BackupPart {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation's record.
        workstation: RecordId,
        /// The installation that sends, whose backup it is.
        incarnation: Incarnation,
        /// Chance that no other question has.
        act: [u8; 16],
        /// The id that names the workstation in its slots.
        door: RecordId,
        /// The public key of whoever may read (Ed25519).
        reader: [u8; 32],
        /// Which of its folders: from 0, one more each time that it began anew.
        line: u64,
        /// The object's name.
        name: String,
        /// All bytes of the object.
        blob: BlobName,
        /// How many bytes of it come before these.
        offset: u64,
        /// At most [`super::LARGEST_CHUNK`].
        bytes: Bytes,
    }
}

wire! {
    /// Which objects of a backup does the server have? Signed under the key that reads.
    pub struct AskBackup {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// Whose backup it is.
        incarnation: Incarnation,
        /// Chance that no other question has.
        act: [u8; 16],
        /// Which of its folders; none for the last.
        line: Option<u64>,
        /// Those from this name on,
        from: String,
        /// and before this.
        to: String,
        /// Those that came behind this place.
        after: u64,
    }
}

wire! {
    /// An object that the server has whole.
    pub struct BackupObject {
        /// Its name.
        name: String,
        /// Its bytes.
        blob: BlobName,
        /// Its place in the order in which they came.
        place: u64,
    }
}

wire! {
    /// The server's word on the objects of a backup.
    pub struct BackupHeld {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The digest of the signed question.
        question: Digest,
        /// When, in milliseconds since 1970.
        now: u64,
        /// Of which folder.
        line: u64,
        /// At most [`MOST_OBJECTS`], in the order in which they came.
        objects: Vec<BackupObject>,
        /// Whether there are more.
        more: bool,
    }
}

wire! {
    /// Asks for bytes of an object. Signed under the key that reads.
    pub struct WantObject {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// Whose backup it is.
        incarnation: Incarnation,
        /// Of which object.
        blob: BlobName,
        /// From which byte on.
        offset: u64,
        /// How many, from 1 to [`super::LARGEST_CHUNK`].
        length: u64,
    }
}

wire! {
    /// Which installations have backups here? Nobody signs it: whoever lost everything has no key yet.
    pub struct AskDoors {
        /// The version of this message.
        v: u64,
        /// Those behind this one.
        after: Option<Incarnation>,
    }
}

wire! {
    /// An installation that has a backup, and what opens its store.
    pub struct BackupDoor {
        /// Whose backup it is.
        incarnation: Incarnation,
        /// The id that names the workstation in its slots.
        workstation: RecordId,
        /// The last slots that came, by their names.
        slots: BTreeMap<String, Bytes>,
        /// Others that came under these names, the first before the second: at most [`MOST_SLOTS`] of each.
        earlier: Option<BTreeMap<String, Vec<Bytes>>>,
    }
}

wire! {
    /// The installations that have backups.
    pub struct BackupDoors {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// At most [`MOST_DOORS`], by their ids.
        rows: Vec<BackupDoor>,
        /// Whether there are more.
        more: bool,
    }
}
