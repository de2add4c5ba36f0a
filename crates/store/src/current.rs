//! Whether a store was written by today's declarations. A newer one is left alone; in an older one every table is
//! made again from the log before anybody reads it, and a copy of the store as it was is kept.

use crypto::sha256;
use domain::kinds::SCHEMA;
use domain::op::Transaction;
use domain::wire::Message;
use domain::{Digest, Incarnation, declared};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use uuid::Uuid;

use crate::act::Act;
use crate::held::held;
use crate::{Folder, FolderError, StoreError};

/// By which declarations the tables of a store were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// Their version.
    schema: u64,
    /// The digest of all of them, and of the newest migration.
    digest: Digest,
}

/// Where a store remembers its [`Mark`].
const MARK: &str = "declared";
/// Set from the moment in which the copy from before is whole until the tables are made again.
const UNDER_WAY: &str = "made_again";

/// How a store stands to this program.
pub(crate) struct Standing {
    before: Option<Mark>,
    today: Mark,
    is_empty: bool,
    is_under_way: bool,
    /// Whether there are migrations that it has not seen.
    is_behind: bool,
}

impl Standing {
    /// Reads it, and writes nothing. `newest` is the last migration of this program.
    ///
    /// # Errors
    /// [`StoreError::Newer`] where a newer program has written the store.
    pub(crate) fn of(connection: &Connection, newest: i32) -> Result<Self, StoreError> {
        let today = Mark::today(newest);
        let has = |table: &str| -> Result<bool, StoreError> {
            let sql = "select exists (select 1 from sqlite_schema where name = ?1)";
            Ok(connection.query_row(sql, [table], |row| row.get(0))?)
        };
        if !has("refinery_schema_history")? {
            let is_behind = true;
            return Ok(Self { before: None, today, is_empty: true, is_under_way: false, is_behind });
        }
        let applied: i64 = connection.query_row(
            "select coalesce(max(version), 0) from refinery_schema_history",
            [],
            |row| row.get(0),
        )?;
        let before =
            if has("local")? { local(connection, MARK)?.and_then(|bytes| Mark::read(&bytes)) } else { None };
        if applied > i64::from(newest) || before.is_some_and(|mark| mark.schema > today.schema) {
            return Err(StoreError::Newer);
        }
        let is_empty =
            !has("op")? || !connection.query_row("select exists (select 1 from op)", [], |row| row.get(0))?;
        let is_under_way = has("local")? && local(connection, UNDER_WAY)?.is_some();
        Ok(Self { before, today, is_empty, is_under_way, is_behind: applied < i64::from(newest) })
    }

    /// Keeps the store as it is for whoever goes back to the program that wrote it, if this program is about to
    /// change more than its tables.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub(crate) fn keep_before(&self, connection: &Connection, folder: &Folder) -> Result<(), StoreError> {
        let is_older = self.is_behind || self.before.is_none_or(|mark| mark.schema < self.today.schema);
        if self.is_empty || self.is_under_way || !is_older {
            return Ok(());
        }
        connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
        folder.keep_before()?;
        connection.execute("insert or replace into local (name, value) values (?1, x'01')", [UNDER_WAY])?;
        Ok(())
    }

    /// Makes every table again where other declarations made them; `progress` hears how many records are done, and
    /// of how many. All of it, with the mark, is one transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn make_again(
        &self,
        connection: &mut Connection,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), StoreError> {
        if self.before == Some(self.today) {
            return Ok(());
        }
        let act = Act::new(connection.transaction_with_behavior(TransactionBehavior::Immediate)?, None);
        if !self.is_empty {
            act.open_gate()?;
            if let Some(before) = self.before.filter(|before| before.schema < self.today.schema) {
                act.hold_newer_than(before.schema)?;
            }
            act.rebuild(progress)?;
        }
        act.set_local(MARK, &self.today.bytes())?;
        act.forget_local(UNDER_WAY)?;
        act.commit()
    }
}

impl Mark {
    fn today(newest: i32) -> Self {
        let text = declared().join("\n");
        Self { schema: SCHEMA, digest: sha256(&[text.as_bytes(), &newest.to_be_bytes()]) }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (schema, digest) = bytes.split_first_chunk::<8>()?;
        Some(Self { schema: u64::from_be_bytes(*schema), digest: digest.try_into().ok()? })
    }

    fn bytes(&self) -> Vec<u8> {
        [&self.schema.to_be_bytes()[..], &self.digest].concat()
    }
}

impl Act<'_> {
    /// Holds what others wrote by newer declarations than `schema`: whoever took it in did not know all that it says,
    /// and could not judge it. `release` does, with the keys at hand.
    fn hold_newer_than(&self, schema: u64) -> Result<(), StoreError> {
        let own = self.local("incarnation")?.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(Incarnation);
        let mut statement = self.transaction.prepare("select position, bytes from tx")?;
        let mut rows = statement.query([])?;
        let fault = held(&domain::admit::Fault::UnknownAuthor)?;
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(1)?;
            let transaction =
                Transaction::from_bytes(&bytes).map_err(|_| StoreError::Damaged("transaction"))?;
            if transaction.schema > schema && Some(transaction.incarnation) != own {
                self.transaction
                    .prepare_cached("update op set quarantine = ?2 where tx = ?1 and quarantine is null")?
                    .execute((row.get::<_, i64>(0)?, &fault))?;
            }
        }
        Ok(())
    }
}

fn local(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "select value from local where name = ?1";
    Ok(connection.query_row(sql, [name], |row| row.get(0)).optional()?)
}

impl From<FolderError> for StoreError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Io(error) if crate::disk::is_full(&error) => Self::Full,
            FolderError::Damaged(_) => Self::Damaged("file of the store"),
            error => Self::NotMigrated(error.to_string()),
        }
    }
}
