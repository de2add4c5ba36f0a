#![doc = include_str!("../README.md")]

mod act;
mod alike;
mod anew;
mod append;
mod apply;
mod audit;
pub mod backup;
mod beside;
mod blobs;
mod carried;
mod certificates;
mod check;
mod clock;
mod codes;
mod context;
mod counters;
mod current;
mod disk;
mod disputed;
mod enrolments;
mod files;
mod find;
mod folder;
mod held;
mod jobs;
mod kept;
mod keys;
mod known;
mod limits;
mod listing;
mod lists;
mod local;
mod log;
mod measures;
mod opened;
mod outbox;
mod patients;
mod people;
mod projection;
mod projections;
mod rebuild;
mod reckon;
mod records;
mod returned;
mod returned_files;
mod room;
mod row;
mod sessions;
mod stranded;
mod swap;
mod table;
mod unlock;
mod visits;
mod write;

pub use act::{Act, Touched};
pub use alike::Alike;
pub use anew::LogSize;
pub use apply::{Applied, Unbelieved};
pub use audit::{AuditDetail, AuditNote, AuditRow, AuditSearch, Outcome, Tampered};
pub use blobs::{Blob, BlobState, FaultyBlob, Taken, Urgency, Wanted};
pub use carried::{Carrying, HeardCarried, carried_in};
pub use check::{Checked, Fault as LogFault, Voucher, Wrong};
pub use codes::{CodeTerm, Uncoded};
pub use context::Context;
pub use counters::{Counters, Quarantined};
pub use disputed::Disputed;
pub use enrolments::Enrolled;
pub use find::Hit;
pub use folder::{Folder, FolderError};
pub use jobs::JobRow;
pub use keys::Keys;
pub use limits::Heard;
pub use listing::List;
pub use lists::ListRow;
pub use local::Scratch;
pub use log::Said;
pub use measures::{MeasureKey, Measured, MeasuresOf};
pub use opened::Opened;
pub use outbox::{Forked, Signer};
pub use people::{Person, people, read_person, remove_person, write_person};
pub use rebuild::Rebuilt;
pub use records::{Page, Record, Stand};
pub use returned::{Returned, Returning};
pub use sessions::told;
pub use stranded::{Stranded, WAITS};
pub use write::{Draft, WriteError, Written, patch_of, said_of};

use beside::Beside;
use files::Files;
use rusqlite::{Connection, TransactionBehavior};

/// The unlocked store of one data folder.
pub struct Store {
    connection: Connection,
    folder: Folder,
    beside: Beside,
    files: Files,
    opened: Opened,
    /// Ops that the marks tell of and that may still come back.
    missing: u64,
}

/// What can go wrong with the store itself.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not fit, or the file is damaged from its first page.
    #[error("the store could not be opened")]
    NotOpened,
    /// A newer program has written it.
    #[error("the store was written by a newer version")]
    Newer,
    /// Its tables could not be brought up to date.
    #[error("the store could not be brought up to date: {0}")]
    NotMigrated(String),
    /// Something in it does not read back.
    #[error("a row of the store does not read back: {0}")]
    Damaged(&'static str),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// SQLite refused.
    #[error("the store refused: {0}")]
    Sqlite(rusqlite::Error),
    /// The operating system refused what concerns a file beside it.
    #[error("a file beside the store could not be read or written: {0}")]
    Io(std::io::Error),
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        if disk::is_full(&error) { Self::Full } else { Self::Io(error) }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // What readers share lies on the disk too, and finds no room there.
        let shared = error.sqlite_error().map(|error| error.extended_code);
        if shared == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotOpened,
            // A page that does not open is told by SQLCipher in several ways, in which no statement of ours fails.
            Some(
                rusqlite::ErrorCode::DatabaseCorrupt
                | rusqlite::ErrorCode::OutOfMemory
                | rusqlite::ErrorCode::SystemIoFailure
                | rusqlite::ErrorCode::Unknown,
            ) => Self::Damaged("page"),
            _ => Self::Sqlite(error),
        }
    }
}

impl Store {
    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Gives the folder back, for the sign-in of the next person.
    #[must_use]
    pub fn close(self) -> Folder {
        self.beside.sync();
        self.folder
    }

    /// Begins an act: what it reads and writes happens together or not at all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn act(&mut self) -> Result<Act<'_>, StoreError> {
        self.take_in_the_log();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Act::new(transaction, Some((&self.beside, &self.files))))
    }

    /// Begins an act, with the folder beside it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn act_and_folder(&mut self) -> Result<(Act<'_>, &Folder), StoreError> {
        self.take_in_the_log();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok((Act::new(transaction, Some((&self.beside, &self.files))), &self.folder))
    }
}

/// So many bytes of SQLite's log are taken into the file of the store.
const LONG: u64 = 1 << 20;

impl Store {
    /// Takes SQLite's log into the file of the store once it is long, and empties it. What was taken in and left lying there
    /// would come before what is newer in the file, if its end were damaged.
    fn take_in_the_log(&self) {
        if self.folder.log_length() > LONG {
            self.connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())).ok();
        }
    }
}

/// So many faults of the file are named; more are as bad.
const MOST_FAULTS: usize = 20;

impl Act<'_> {
    /// What is wrong with the file: pages that are not as they were written (`cipher_integrity_check`), tables and
    /// indexes that are not in order. Looks at all of it, whatever is found on the way.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn faults(&self) -> Result<Vec<String>, StoreError> {
        let mut faults = Vec::new();
        for check in ["pragma cipher_integrity_check", "pragma integrity_check(20)"] {
            // Where the check itself meets the damaged page, what it found until then stands.
            let mut look = || -> Result<(), rusqlite::Error> {
                let mut statement = self.transaction.prepare(check)?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    faults.push(row.get::<_, String>(0)?);
                }
                Ok(())
            };
            if let Err(error) = look() {
                faults.push(error.to_string());
            }
        }
        faults.retain(|fault| fault != "ok");
        faults.truncate(MOST_FAULTS);
        Ok(faults)
    }
}
