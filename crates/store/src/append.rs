//! Adding transactions to the log, whoever wrote them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Entered;

use crypto::Frontier;
use crypto::log::EntryBytes;
use domain::admit::Entry;
use domain::wire::Message;
use domain::{Hlc, Incarnation, Scope};
use rusqlite::{Connection, params};

use crate::row::{Col, stamp};
use crate::{StoreError, local, log};

/// What the server said of a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrival {
    /// Its limit for a stamp that lay far ahead.
    pub(crate) clamp: Option<Hlc>,
    /// The code of the fault for which it was quarantined.
    pub(crate) quarantine: Option<String>,
}

/// The logs to which transactions are added: how far each is stands in memory until all are.
pub(crate) struct Logs<'a> {
    connection: &'a Connection,
    frontiers: BTreeMap<(Incarnation, Scope), Frontier>,
    last: Hlc,
    /// When what is added came here.
    now: u64,
}

impl<'a> Logs<'a> {
    /// Begins at `now`, in milliseconds since 1970; nothing else may be added before [`Logs::close`].
    pub(crate) fn open(connection: &'a Connection, now: u64) -> Result<Self, StoreError> {
        Ok(Self { connection, frontiers: BTreeMap::new(), last: log::last_stamp(connection)?, now })
    }

    /// The Merkle frontier of (incarnation, scope).
    pub(crate) fn frontier(
        &mut self,
        incarnation: Incarnation,
        scope: Scope,
    ) -> Result<&mut Frontier, StoreError> {
        match self.frontiers.entry((incarnation, scope)) {
            Entered::Occupied(known) => Ok(known.into_mut()),
            Entered::Vacant(unknown) => {
                Ok(unknown.insert(read_frontier(self.connection, incarnation, scope)?))
            }
        }
    }

    /// Adds `entry`, whose bytes are `bytes`; returns the local position of its last op.
    pub(crate) fn append(
        &mut self,
        entry: &Entry,
        bytes: &EntryBytes,
        arrival: &Arrival,
    ) -> Result<i64, StoreError> {
        let transaction = &entry.transaction;
        self.connection
            .prepare_cached("insert into tx (incarnation, scope, first, author, wall, bytes, arrived) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
            .execute(params![
                Col(transaction.incarnation),
                Col(transaction.scope),
                transaction.first.cast_signed(),
                Col(transaction.author),
                transaction.wall,
                bytes.transaction.0,
                self.now.cast_signed(),
            ])?;
        let tx = self.connection.last_insert_rowid();
        if let Some(first) = &transaction.repeats {
            self.connection
                .prepare_cached(
                    "insert or ignore into repeated (incarnation, scope, first, tx) values (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    Col(first.incarnation),
                    Col(transaction.scope),
                    first.first.cast_signed(),
                    tx
                ])?;
        }
        let mut insert = self.connection.prepare_cached(
            "insert into op (incarnation, scope, seq, tx, kind, record, hlc, header, body, signature, clamp, quarantine)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        for (op, bytes) in entry.ops.iter().zip(&bytes.ops) {
            self.last = self.last.seen(arrival.clamp.map_or(op.header.hlc, |clamp| clamp.min(op.header.hlc)));
            insert.execute(params![
                Col(op.header.incarnation),
                Col(op.header.scope),
                op.header.seq.cast_signed(),
                tx,
                op.header.kind,
                Col(op.header.record),
                stamp(op.header.hlc),
                bytes.header.0,
                bytes.body.as_ref().map(|body| &body.0),
                bytes.signature.as_ref().map(<[u8; 64]>::as_slice),
                arrival.clamp.map(stamp),
                arrival.quarantine,
            ])?;
        }
        let position = self.connection.last_insert_rowid();
        let frontier = self.frontier(transaction.incarnation, transaction.scope)?;
        bytes.ops.iter().for_each(|op| frontier.append(&op.header.0));
        Ok(position)
    }

    /// Keeps how far each log is now.
    pub(crate) fn close(self) -> Result<(), StoreError> {
        let mut keep = self.connection.prepare_cached(
            "insert or replace into log (incarnation, scope, size, frontier) values (?1, ?2, ?3, ?4)",
        )?;
        for ((incarnation, scope), frontier) in self.frontiers {
            keep.execute(params![
                Col(incarnation),
                Col(scope),
                frontier.size().cast_signed(),
                frontier.to_bytes(),
            ])?;
        }
        local::set(self.connection, "hlc", &stamp(self.last).to_be_bytes())
    }
}

/// The Merkle frontier of (incarnation, scope), as it was kept.
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
