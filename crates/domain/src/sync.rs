//! What a workstation and the server say to each other: one question, one answer.
//!
//! Both are deterministic CBOR, compressed with zstd on the way. The question is signed by the
//! workstation; nothing else authenticates it. Repeating, losing or reordering messages is harmless:
//! ops are known by their ids. `docs/formats/sync.md` is the format page.

mod backups;
mod blobs;
mod dictionary;

use crate::wire::{Bytes, Wire};
use crate::{ClinicId, Digest, Hlc, Incarnation, RecordId, Scope, Value, wire};

pub use backups::{
    AskBackup, AskDoors, BackupDoor, BackupDoors, BackupHeld, BackupObject, BackupPart, LARGEST_SLOT,
    MOST_DOORS, MOST_OBJECTS, MOST_SLOTS, READS, WantObject,
};
pub use blobs::{
    BlobChunk, BlobHeld, BlobName, BlobsHeld, HaveBlobs, LARGEST_ABOUT_BLOBS, LARGEST_CHUNK,
    LARGEST_CHUNK_MESSAGE, MOST_BLOBS, WantBlob,
};
pub use dictionary::DICTIONARY;

/// The version of the protocol that this program speaks: that of [`Question`] and [`Answer`].
pub const PROTOCOL: u64 = 2;

/// The oldest version in which a server still answers. Such an answer is not signed.
pub const OLDEST: u64 = 1;

/// The version of every other message here.
pub const VERSION: u64 = 1;

/// A workstation's word about itself has at most so many bytes.
pub const LARGEST_REPORT: usize = 400;

/// A message that opens or ends a session has at most so many bytes.
pub const LARGEST_OPENING: usize = 1 << 10;

/// So many verdicts are asked again in one question, at most.
pub const MOST_ASKED_AGAIN: usize = 64;

/// The act whose entry in the audit trail says that somebody asks who looked at a chart.
pub const ASKS_WHO_LOOKED: &str = "ask_who_looked";

/// The entries of one answer to that have together at most so many bytes.
pub const LARGEST_LOOKED: usize = 28 << 10;

/// A body larger than this, before or after decompression, is refused on both sides.
pub const LARGEST: usize = 8 << 20;

/// A body of `/introduce` or `/ticket` larger than this is refused, before or after decompression: anybody may
/// send one, and it holds a few certificates.
pub const LARGEST_INTRODUCTION: usize = 64 << 10;

/// The entries and openings of one push have together at most so many bytes, so that a page can carry it whole.
pub const LARGEST_PUSH: usize = 6 << 20;

/// A transaction has at most so many bytes: a push carries it with what tells who sat there.
pub const LARGEST_TRANSACTION: usize = LARGEST_PUSH - 3 * LARGEST_OPENING;

wire! {
    /// What a workstation asks.
    pub struct Question {
        /// The protocol's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation's record.
        workstation: RecordId,
        /// The installation that speaks.
        incarnation: Incarnation,
        /// The version of the declared kinds that it knows.
        schema: u64,
        /// The server's epoch that it saw last; zero for none.
        epoch: u64,
        /// What it has written and the server has not acknowledged: the clinic's scope before the site's,
        /// and nothing of the site's while the clinic's has more than fits in one question.
        pushes: Vec<Push>,
        /// How far it has applied each feed that it follows.
        cursors: Vec<Cursor>,
        /// Entries of its audit log that the server has not acknowledged.
        audit: Option<AuditPush>,
        /// How many bytes of pages it will take.
        budget: u64,
        /// Chance that no other question has, so that its answer is that of no other; from protocol 2 on.
        act: Option<[u8; 16]>,
        /// Transactions whose quarantine the workstation disputes: their verdicts are told again. At most
        /// [`MOST_ASKED_AGAIN`].
        disputed: Option<Vec<Named>>,
        /// What the workstation says of its own health: a signed message of at most [`LARGEST_REPORT`] bytes.
        report: Option<Bytes>,
        /// A short digest over what it knows that the server has of it (`crypto::exchange::known`): where nothing is
        /// pushed and the server has just that, the answer leaves it out.
        known: Option<[u8; 8]>,
        /// Who looked at one person's chart at the other workstations.
        looked: Option<Ask>,
    }
}

wire! {
    /// A question who looked at a chart.
    pub struct Ask {
        /// Whose.
        patient: RecordId,
        /// The entry of the asker's audit log that says who asks ([`ASKS_WHO_LOOKED`]). It is pushed before or with
        /// this: what was not entered is not answered.
        entry: u64,
    }
}

wire! {
    /// Who looked at a person's chart at the other workstations.
    pub struct Looked {
        /// Whose.
        patient: RecordId,
        /// The entry that asked.
        entry: u64,
        /// Entries of the audit logs about them, the latest first; together at most [`LARGEST_LOOKED`].
        entries: Vec<Bytes>,
        /// Whether there are earlier ones.
        more: bool,
        /// How far each of those logs is known.
        trails: Vec<TrailEnd>,
    }
}

wire! {
    /// How far the audit log of a workstation is known.
    pub struct TrailEnd {
        /// Its record.
        workstation: RecordId,
        /// How many entries are known.
        entries: u64,
        /// The wall time of the last.
        until: String,
    }
}

wire! {
    /// The name of a transaction.
    pub struct Named {
        /// Whose.
        incarnation: Incarnation,
        /// In which scope.
        scope: Scope,
        /// The sequence number of its first op.
        first: u64,
    }
}

wire! {
    /// Whole transactions of one scope, in order.
    pub struct Push {
        /// The scope.
        scope: Scope,
        /// The sequence number of the first op.
        from: u64,
        /// The transactions: each the bytes of an entry.
        entries: Vec<Bytes>,
        /// The signed head that ends at the last op.
        head: Bytes,
        /// Whose log this is, where it is not the asker's own: any workstation may carry another's, whose head and
        /// ops it cannot change.
        incarnation: Option<Incarnation>,
        /// Signed messages of the sort `clinicdesk/session/1` that tell who sat there when the entries were written, and
        /// the last one up to their end. The server keeps each once, if it follows what was told before, and feeds it with
        /// the page in which it came. A push may hold these and no entries: then `from` and `head` say nothing. Whoever has
        /// the answer knows that they are kept.
        openings: Option<Vec<Bytes>>,
    }
}

impl Push {
    /// How many bytes its entries and openings have together: at most [`LARGEST_PUSH`].
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries.iter().chain(self.openings.iter().flatten()).map(|entry| entry.0.len()).sum()
    }
}

wire! {
    /// How far a feed was applied.
    pub struct Cursor {
        /// The scope.
        scope: Scope,
        /// The position of the last applied transaction; zero for none.
        position: u64,
    }
}

wire! {
    /// Entries of an audit log, in order.
    pub struct AuditPush {
        /// The place of the first, from 1.
        from: u64,
        /// The entries.
        entries: Vec<Bytes>,
        /// The signed head that ends at the last one.
        head: Bytes,
    }
}

impl AuditPush {
    /// The place of the last entry.
    #[must_use]
    pub fn through(&self) -> u64 {
        (self.from + self.entries.len() as u64).saturating_sub(1)
    }
}

wire! {
    /// What the server answers.
    pub struct Answer {
        /// The protocol's version.
        v: u64,
        /// Changes when the server was restored from an older copy.
        epoch: u64,
        /// The server's time, in milliseconds since 1970.
        now: u64,
        /// What it has of this incarnation, by scope; none where it is what the question says.
        received: Vec<Received>,
        /// What became of the transactions that were pushed.
        verdicts: Vec<Judged>,
        /// What the workstation lacks, by scope; none of a scope where there is nothing new. A page whose
        /// `next` lies before the cursor says that the server was restored: its feed begins again.
        pages: Vec<Page>,
        /// The workstations whose logs are in the pages.
        present: Vec<Present>,
        /// How many entries of the audit log it has: of one that was pushed, up to which it need not be told again.
        audit: u64,
        /// The server's signed [`Receipt`], where something was pushed, entries of the trail too.
        receipt: Option<Bytes>,
        /// Workstations whose audit log was told in two ways, where something was pushed and there are any.
        forks: Option<Vec<TrailFork>>,
        /// The digest of the signed question that this answers; from protocol 2 on, in which the answer is signed too.
        question: Option<Digest>,
        /// What it has of the logs that were carried.
        carried: Option<Vec<Carried>>,
        /// Hints. Nothing follows from one but what a person, or a rule of the workstation, makes of it.
        notes: Option<Vec<Note>>,
        /// Who looked, where that was asked by somebody who may know.
        looked: Option<Looked>,
    }
}

wire! {
    /// An audit log that was told in two ways: its workstation was put back to an older copy, or is there twice.
    pub struct TrailFork {
        /// Whose.
        incarnation: Incarnation,
        /// The first entry that differs, as far as that shows.
        seq: u64,
        /// The signed head of what was told first.
        known: Bytes,
        /// The signed head of what was told otherwise.
        told: Bytes,
    }
}

wire! {
    /// What the server has of a log that another workstation carried.
    pub struct Carried {
        /// Whose.
        incarnation: Incarnation,
        /// What it has, by scope.
        received: Vec<Received>,
    }
}

wire! {
    /// A hint of the server.
    pub struct Note {
        /// What sort of hint, in one word; a reader passes over one that it does not know.
        sort: String,
        /// The record that it is about.
        about: Option<RecordId>,
    }
}

wire! {
    /// A workstation and why to believe its key: the certificates that introduced it to the server.
    pub struct Present {
        /// Its installation.
        incarnation: Incarnation,
        /// Signed key certificates from the root to the workstation, each the bytes of one.
        chain: Vec<Bytes>,
        /// The signed ticket under which it joined; none for the one that founded the clinic.
        ticket: Option<Bytes>,
    }
}

wire! {
    /// How many ops of one log the server has, and over what.
    pub struct Received {
        /// The scope.
        scope: Scope,
        /// The sequence number of the last op.
        through: u64,
        /// The Merkle root over all of them.
        root: Digest,
    }
}

wire! {
    /// What became of a transaction.
    pub struct Judged {
        /// Whose.
        incarnation: Incarnation,
        /// In which scope.
        scope: Scope,
        /// The sequence number of its first op.
        first: u64,
        /// The verdict.
        verdict: Ruling,
        /// Why it was quarantined: a [`crate::admit::Fault`] as JSON.
        fault: Option<String>,
    }
}

wire! {
    /// The next part of a feed. Each log in it ends at a signed head; nothing beyond one is applied.
    pub struct Page {
        /// The scope.
        scope: Scope,
        /// The transactions in the order of their positions.
        entries: Vec<Fed>,
        /// Signed heads of the logs that the entries belong to.
        heads: Vec<Bytes>,
        /// The position to ask from next.
        next: u64,
        /// Whether there is more now.
        more: bool,
        /// The signed messages that open and end sessions (`clinicdesk/session/1`) which came in with these entries or
        /// since the entry before them: those that whoever reads the feed up to here has not had.
        openings: Option<Vec<Bytes>>,
    }
}

wire! {
    /// One transaction of a feed.
    pub struct Fed {
        /// Its place in the feed, without gaps.
        position: u64,
        /// The bytes of the entry.
        entry: Bytes,
        /// The verdict.
        verdict: Ruling,
        /// Why it was quarantined: a [`crate::admit::Fault`] as JSON.
        fault: Option<String>,
        /// The server's limit for a stamp that lay far ahead.
        clamp: Option<Hlc>,
    }
}

wire! {
    /// The server's word that it has these ops.
    pub struct Receipt {
        /// The protocol's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation's installation.
        incarnation: Incarnation,
        /// What it has, by scope.
        received: Vec<Received>,
        /// When, in milliseconds since 1970.
        now: u64,
    }
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Part of the records.
    Accepted,
    /// Part of the records, and a person has to settle something.
    AcceptedWithConflict,
    /// Kept outside the records.
    Quarantined,
}

impl Wire for Ruling {
    fn to_value(&self) -> Value {
        Value::text(match self {
            Self::Accepted => "accepted",
            Self::AcceptedWithConflict => "accepted-with-conflict",
            Self::Quarantined => "quarantined",
        })
    }

    fn from_value(value: &Value) -> Option<Self> {
        [Self::Accepted, Self::AcceptedWithConflict, Self::Quarantined]
            .into_iter()
            .find(|ruling| ruling.to_value() == *value)
    }
}

wire! {
    /// A clinic takes possession of a server that has none, or a workstation joins it.
    pub struct Introduction {
        /// The protocol's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The clinic's public root key (Ed25519).
        root: [u8; 32],
        /// The scope of the clinic's own records.
        clinic_scope: Scope,
        /// The workstation's record.
        workstation: RecordId,
        /// Its site's scope.
        site_scope: Scope,
        /// Signed key certificates from the root to the workstation, each the bytes of one. With a ticket
        /// the last is signed by the ticket's seed and names the ticket's administrator as its signer.
        chain: Vec<Bytes>,
        /// SHA-256 of the one-time code that the server's operator gave out; for a clinic only.
        claim: Option<Digest>,
        /// The ticket under which a workstation joins.
        ticket: Option<Bytes>,
        /// The chains of the installations before this one at its site whose logs it carries, each as `chain`; with a claim
        /// only. A server that begins knows them by these.
        formers: Option<Vec<Vec<Bytes>>>,
    }
}

wire! {
    /// An administrator's leave for one more workstation.
    pub struct Ticket {
        /// The protocol's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The clinic's public root key.
        root: [u8; 32],
        /// The scope of the clinic's own records.
        clinic_scope: Scope,
        /// The site that it joins.
        site: RecordId,
        /// The site's scope.
        site_scope: Scope,
        /// The workstation's record, made by the administrator.
        workstation: RecordId,
        /// The public key whose seed the code holds (Ed25519).
        seed: [u8; 32],
        /// The clinic key, sealed under the seed.
        clinic_key: Bytes,
        /// Who gives it.
        by: RecordId,
        /// Until when, in milliseconds since 1970.
        until: u64,
        /// The public key that signs the server's answers (Ed25519), as the giver knows it.
        server: Option<[u8; 32]>,
    }
}

wire! {
    /// The server's answer to an [`Introduction`].
    pub struct Welcome {
        /// The protocol's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The public key that signs the server's receipts (Ed25519).
        server: [u8; 32],
        /// The server's epoch.
        epoch: u64,
        /// The server's time, in milliseconds since 1970.
        now: u64,
    }
}

wire! {
    /// A workstation leaves a ticket with the server for the one that will join.
    pub struct Deposit {
        /// The protocol's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation that speaks.
        workstation: RecordId,
        /// Its installation.
        incarnation: Incarnation,
        /// The ticket with its chain.
        leave: Leave,
    }
}

wire! {
    /// A ticket and why to believe it.
    pub struct Leave {
        /// The ticket, signed by the administrator.
        ticket: Bytes,
        /// Signed key certificates from the root to the administrator, each the bytes of one.
        chain: Vec<Bytes>,
    }
}
