//! Adding a transaction to the log, whoever wrote it.

use crypto::Frontier;
use crypto::log::EntryBytes;
use domain::admit::Entry;
use domain::wire::Message;
use domain::{Hlc, Incarnation, Scope};
use rusqlite::{Connection, params};

use crate::act::Act;
use crate::row::{Col, stamp};
use crate::{StoreError, log};

/// What the server said of a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its limit for a stamp that lay far ahead.
    pub(crate) clamp: Option<Hlc>,
    /// The code of the fault for which it was quarantined.
    pub(crate) quarantine: Option<String>,
}

impl Act<'_> {
    /// Adds `entry`, whose bytes are `bytes`; returns the local position of its last op.
    pub(crate) fn append_entry(
        &self,
        entry: &Entry,
        bytes: &EntryBytes,
        said: &Said,
    ) -> Result<i64, StoreError> {
        let transaction = &entry.transaction;
        self.transaction
            .prepare_cached("insert into tx (incarnation, scope, first, author, wall, bytes) values (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                Col(transaction.incarnation),
                Col(transaction.scope),
                transaction.first.cast_signed(),
                Col(transaction.author),
                transaction.wall,
                bytes.transaction.0,
            ])?;
        let tx = self.transaction.last_insert_rowid();
        let mut frontier = read_frontier(&self.transaction, transaction.incarnation, transaction.scope)?;
        let mut insert = self.transaction.prepare_cached(
            "insert into op (incarnation, scope, seq, tx, kind, record, patient, hlc, header, body, signature, clamp, quarantine)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        let mut last = log::last_stamp(&self.transaction)?;
        for (op, bytes) in entry.ops.iter().zip(&bytes.ops) {
            frontier.append(&bytes.header.0);
            last = last.seen(said.clamp.map_or(op.header.hlc, |clamp| clamp.min(op.header.hlc)));
            insert.execute(params![
                Col(op.header.incarnation),
                Col(op.header.scope),
                op.header.seq.cast_signed(),
                tx,
                op.header.kind,
                Col(op.header.record),
                op.header.patient.map(Col),
                stamp(op.header.hlc),
                bytes.header.0,
                bytes.body.as_ref().map(|body| &body.0),
                bytes.signature.as_ref().map(<[u8; 64]>::as_slice),
                said.clamp.map(stamp),
                said.quarantine,
            ])?;
        }
        let position = self.transaction.last_insert_rowid();
        self.transaction
            .prepare_cached(
                "insert or replace into log (incarnation, scope, size, frontier) values (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                Col(transaction.incarnation),
                Col(transaction.scope),
                frontier.size().cast_signed(),
                frontier.to_bytes(),
            ])?;
        self.set_local("hlc", &stamp(last).to_be_bytes())?;
        Ok(position)
    }
}

/// The Merkle frontier of (incarnation, scope).
pub(crate) fn read_frontier(
    connection: &Connection,
    incarnation: Incarnation,
    scope: Scope,
) -> Result<Frontier, StoreError> {
    match log::frontier(connection, incarnation, scope)? {
        Some((_, bytes)) => Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("frontier")),
        None => Ok(Frontier::default()),
    }
}
