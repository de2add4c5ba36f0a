#![doc = include_str!("../README.md")]

mod act;
mod append;
mod apply;
mod audit;
mod certificates;
mod counters;
mod current;
mod find;
mod folder;
mod held;
mod kept;
mod keys;
mod known;
mod listing;
mod local;
mod log;
mod outbox;
mod patients;
mod people;
mod projection;
mod projections;
mod rebuild;
mod records;
mod row;
mod table;
mod unlock;
mod visits;
mod write;

pub use act::{Act, Touched};
pub use apply::{Applied, Unbelieved};
pub use audit::{AuditDetail, AuditNote, AuditRow, AuditSearch, Outcome, Tampered};
pub use counters::{Counters, Quarantined};
pub use find::Hit;
pub use folder::{Folder, FolderError};
pub use keys::Keys;
pub use listing::List;
pub use local::Scratch;
pub use log::Said;
pub use outbox::{Forked, Signer};
pub use people::{Person, people, read_person, remove_person, write_person};
pub use rebuild::Rebuilt;
pub use records::{Page, Record, Stand};
pub use write::{Context, Draft, WriteError, Written, patch_of, said_of};

use rusqlite::{Connection, TransactionBehavior};

/// The unlocked store of one data folder.
pub struct Store {
    connection: Connection,
    folder: Folder,
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
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotOpened,
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
        self.folder
    }

    /// Begins an act: what it reads and writes happens together or not at all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn act(&mut self) -> Result<Act<'_>, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Act::new(transaction))
    }

    /// Begins an act, with the folder beside it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn act_and_folder(&mut self) -> Result<(Act<'_>, &Folder), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok((Act::new(transaction), &self.folder))
    }
}

impl Act<'_> {
    /// Whether every page of the file is as it was written (`cipher_integrity_check`) and every table
    /// and index is in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_whole(&self) -> Result<bool, StoreError> {
        let mut pages = self.transaction.prepare("pragma cipher_integrity_check")?;
        let damaged = pages.query([])?.next()?.is_some();
        let tables: String = self.transaction.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
        Ok(!damaged && tables == "ok")
    }
}
