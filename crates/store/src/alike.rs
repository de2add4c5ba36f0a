//! How much of the log of an installation a feed tells as it stands here. A copy of a folder from before its first exchange
//! was never told what the server has of it; here that is seen entry by entry.

use crypto::log::EntryBytes;
use domain::op::Transaction;
use domain::sync::Page;
use domain::wire::{Bytes, Message};
use domain::{Incarnation, Scope};
use rusqlite::{OptionalExtension, params};

use crate::StoreError;
use crate::act::Act;
use crate::row::Col;

/// What a page tells of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// The sequence number of the last op that it tells as it stands here; zero for none.
    pub through: u64,
    /// Whether something else follows.
    pub differs: bool,
}

impl Act<'_> {
    /// How far `page` tells the log of `own` as it stands here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn told_alike(&self, own: Incarnation, page: &Page) -> Result<Alike, StoreError> {
        let mut alike = Alike::default();
        for fed in &page.entries {
            let Ok(told) = EntryBytes::from_sent(&fed.entry.0) else { continue };
            let Ok(said) = Transaction::from_bytes(&told.transaction.0) else { continue };
            if said.incarnation != own {
                continue;
            }
            if self.entry_at(own, page.scope, said.first)?.as_ref() != Some(&told) {
                alike.differs = true;
                break;
            }
            alike.through = said.first + told.ops.len() as u64 - 1;
        }
        Ok(alike)
    }

    /// What says the op `seq` of a log, as its author signed it; none where it is not here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn header_at(
        &self,
        (incarnation, scope): (Incarnation, Scope),
        seq: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("select header from op where incarnation = ?1 and scope = ?2 and seq = ?3")?;
        let key = params![Col(incarnation), Col(scope), seq.cast_signed()];
        Ok(statement.query_row(key, |row| row.get(0)).optional()?)
    }

    /// The transaction that begins at `first` of a log.
    fn entry_at(
        &self,
        incarnation: Incarnation,
        scope: Scope,
        first: u64,
    ) -> Result<Option<EntryBytes>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select position, bytes from tx where incarnation = ?1 and scope = ?2 and first = ?3",
        )?;
        let key = params![Col(incarnation), Col(scope), first.cast_signed()];
        let row: Option<(i64, Vec<u8>)> =
            statement.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        row.map(|(tx, bytes)| Ok(EntryBytes { transaction: Bytes(bytes), ops: self.ops_of(tx)? })).transpose()
    }
}
