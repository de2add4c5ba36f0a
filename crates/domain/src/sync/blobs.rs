//! How the bytes of files travel: by themselves, in chunks, after the ops that name them.
//!
//! What a workstation sends is signed as its questions are, and names the file by its digest. The bytes need no signature of
//! the server: whoever has all of them compares the digest that a person's op named.

use crate::wire;
use crate::wire::Bytes;
use crate::{ClinicId, Digest, Incarnation, RecordId};

/// A chunk has at most so many bytes.
pub const LARGEST_CHUNK: u64 = 1 << 20;

/// So many files are asked about in one question, at most.
pub const MOST_BLOBS: usize = 500;

/// A question about files, or what asks for a chunk, has at most so many bytes.
pub const LARGEST_ABOUT_BLOBS: usize = 64 << 10;

/// A chunk with what says whose it is has at most so many bytes.
pub const LARGEST_CHUNK_MESSAGE: usize = LARGEST_CHUNK as usize + (1 << 10);

wire! {
    /// A file by its bytes.
    pub struct BlobName {
        /// Their SHA-256.
        sha256: Digest,
        /// How many there are.
        size: u64,
    }
}

wire! {
    /// How much of these files does the server have?
    pub struct HaveBlobs {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation's record.
        workstation: RecordId,
        /// The installation that asks.
        incarnation: Incarnation,
        /// Chance that no other question has.
        act: [u8; 16],
        /// Which: at most [`MOST_BLOBS`].
        blobs: Vec<BlobName>,
    }
}

wire! {
    /// The next bytes of a file.
    pub struct BlobChunk {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation's record.
        workstation: RecordId,
        /// The installation that sends.
        incarnation: Incarnation,
        /// Chance that no other question has.
        act: [u8; 16],
        /// Of which file.
        blob: BlobName,
        /// How many bytes of it come before these.
        offset: u64,
        /// At most [`LARGEST_CHUNK`].
        bytes: Bytes,
    }
}

wire! {
    /// Asks for bytes of a file.
    pub struct WantBlob {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation's record.
        workstation: RecordId,
        /// The installation that asks.
        incarnation: Incarnation,
        /// Of which file.
        blob: BlobName,
        /// From which byte on.
        offset: u64,
        /// How many, from 1 to [`LARGEST_CHUNK`].
        length: u64,
    }
}

wire! {
    /// The server's word on how much of some files it has: its receipt for those that are whole.
    pub struct BlobsHeld {
        /// The version of this message.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The digest of the signed question, or of the signed chunk, that this answers.
        question: Digest,
        /// When, in milliseconds since 1970.
        now: u64,
        /// Those that an op of the asker's feeds names, in the order in which they were asked about.
        blobs: Vec<BlobHeld>,
    }
}

wire! {
    /// How much of a file the server has.
    pub struct BlobHeld {
        /// Which.
        blob: BlobName,
        /// How many of its bytes, from the first on.
        through: u64,
        /// Whether it has all of them and has read them back under their digest.
        whole: bool,
    }
}
