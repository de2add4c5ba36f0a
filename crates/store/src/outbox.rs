//! What this workstation has written and the server has not acknowledged.

use crypto::log::{EntryBytes, OpBytes};
use crypto::{Frontier, Head, Signed, SigningKey};
use domain::sync::{AuditPush, Push, Received};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, Incarnation, Scope};
use rusqlite::{OptionalExtension, params};

use crate::act::Act;
use crate::row::Col;
use crate::{StoreError, log};

/// Who signs heads, and of which log.
pub struct Signer<'a> {
    /// The clinic.
    pub clinic: ClinicId,
    /// This installation.
    pub incarnation: Incarnation,
    /// The workstation's key.
    pub key: &'a SigningKey,
    /// When, in milliseconds since 1970.
    pub now: u64,
}

/// The server has other ops under our ids than we do: one of the two was restored from an older copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server and this workstation disagree about what was written here")]
pub struct Forked;

impl Act<'_> {
    /// The next transactions of `scope` that the server lacks, under a head that ends at the last of them:
    /// at most `budget` bytes, or one larger transaction by itself; and what was not told of who sat here. `None` when it
    /// has everything.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unsent(&self, signer: &Signer, scope: Scope, budget: usize) -> Result<Option<Push>, StoreError> {
        let (acknowledged, mut frontier) = self.acknowledged(scope)?;
        let mut statement = self.transaction.prepare_cached(
            "select position, bytes from tx where incarnation = ?1 and scope = ?2 and first > ?3 order by first",
        )?;
        let mut rows = statement.query((Col(signer.incarnation), Col(scope), acknowledged.cast_signed()))?;
        let mut entries = Vec::new();
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let entry = EntryBytes { transaction: Bytes(row.get(1)?), ops: self.ops_of(row.get(0)?)? };
            let packed = entry.to_sent();
            bytes += packed.len();
            if bytes > budget && !entries.is_empty() {
                break;
            }
            entry.ops.iter().for_each(|op| frontier.append(&op.header.0));
            entries.push(Bytes(packed));
        }
        let from = acknowledged + 1;
        let push = |entries, head, openings| Push { scope, from, entries, head, incarnation: None, openings };
        if entries.is_empty() {
            let untold = self.untold(signer.incarnation, scope)?;
            return Ok(untold.map(|last| push(entries, Bytes(Vec::new()), Some(vec![last]))));
        }
        let head = Head::ops(signer.clinic, signer.incarnation, scope, &frontier, Hlc::at(signer.now));
        let head = Signed::new(signer.key, &head).to_bytes();
        let told = self.telling(signer.incarnation, scope, from, frontier.size())?;
        Ok(Some(push(entries, Bytes(head), Some(told).filter(|told| !told.is_empty()))))
    }

    /// Whether `pushes` hold all that is unsent of their scopes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unsent_ends(&self, signer: &Signer, pushes: &[Push]) -> Result<bool, StoreError> {
        for push in pushes.iter().filter(|push| !push.entries.is_empty()) {
            let size =
                log::frontier(&self.transaction, signer.incarnation, push.scope)?.map_or(0, |(size, _)| size);
            let head = Signed::<Head>::from_bytes(&push.head.0).ok().and_then(|head| head.claimed().ok());
            if head.is_none_or(|head| head.size < size) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(crate) fn ops_of(&self, tx: i64) -> Result<Vec<OpBytes>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("select header, body, signature from op where tx = ?1 order by seq")?;
        let ops = statement.query_map([tx], |row| {
            Ok(OpBytes {
                header: Bytes(row.get(0)?),
                body: row.get::<_, Option<Vec<u8>>>(1)?.map(Bytes),
                signature: row.get(2)?,
            })
        })?;
        Ok(ops.collect::<Result<_, _>>()?)
    }

    /// How many ops of this incarnation in `scope` the server has acknowledged, and over what.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn acknowledged(&self, scope: Scope) -> Result<(u64, Frontier), StoreError> {
        let kept: Option<(i64, Vec<u8>)> = self
            .transaction
            .prepare_cached("select acknowledged, frontier from outbox where scope = ?1")?
            .query_row([Col(scope)], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match kept {
            Some((size, bytes)) => {
                let frontier = Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("outbox"))?;
                Ok((size.unsigned_abs(), frontier))
            }
            None => Ok((0, Frontier::default())),
        }
    }

    /// How many ops the installation `incarnation` has written in `scope`, as far as they are here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn written(&self, incarnation: Incarnation, scope: Scope) -> Result<u64, StoreError> {
        Ok(log::frontier(&self.transaction, incarnation, scope)?.map_or(0, |(size, _)| size))
    }

    /// Takes the server's word on what it has of this incarnation, after comparing it with what is here.
    ///
    /// # Errors
    /// [`Forked`] when it has something else, or more than was ever written here; [`StoreError`].
    pub fn acknowledge(
        &self,
        incarnation: Incarnation,
        received: &Received,
    ) -> Result<Result<(), Forked>, StoreError> {
        let (mut acknowledged, mut frontier) = self.acknowledged(received.scope)?;
        if received.through < acknowledged {
            // The server went back: it is offered again what it lacks, files too, and its feeds are read anew.
            (acknowledged, frontier) = (0, Frontier::default());
            self.forget_cursors()?;
            self.forget_told(received.scope)?;
            self.carry_former()?;
            self.forget_blob_receipts()?;
        }
        let mut statement = self.transaction.prepare_cached(
            "select header from op where incarnation = ?1 and scope = ?2 and seq > ?3 and seq <= ?4 order by seq",
        )?;
        let headers = statement.query_map(
            params![
                Col(incarnation),
                Col(received.scope),
                acknowledged.cast_signed(),
                received.through.cast_signed()
            ],
            |row| row.get::<_, Vec<u8>>(0),
        )?;
        for header in headers {
            frontier.append(&header?);
        }
        if frontier.size() != received.through || frontier.root() != received.root {
            return Ok(Err(Forked));
        }
        self.transaction
            .prepare_cached(
                "insert or replace into outbox (scope, acknowledged, frontier) values (?1, ?2, ?3)",
            )?
            .execute(params![Col(received.scope), received.through.cast_signed(), frontier.to_bytes()])?;
        Ok(Ok(()))
    }

    /// The next entries of the audit log that the server lacks, under a head that ends at the last: `most`
    /// of them, and at most `budget` bytes or one larger one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unsent_audit(
        &self,
        signer: &Signer,
        most: u32,
        budget: usize,
    ) -> Result<Option<AuditPush>, StoreError> {
        let mut frontier = match self.local("audit_sent")? {
            Some(bytes) => Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("audit outbox"))?,
            None => Frontier::default(),
        };
        let from = frontier.size() + 1;
        let mut statement = self
            .transaction
            .prepare_cached("select entry from audit where seq >= ?1 order by seq limit ?2")?;
        let rows = statement.query_map(params![from.cast_signed(), most], |row| row.get::<_, Vec<u8>>(0))?;
        let mut entries: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
        let mut bytes = 0;
        let fits = |entry: &&Vec<u8>| {
            bytes += entry.len();
            bytes <= budget
        };
        entries.truncate(entries.iter().take_while(fits).count().max(1));
        if entries.is_empty() {
            return Ok(None);
        }
        entries.iter().for_each(|entry| frontier.append(entry));
        let head = Head::audit(signer.clinic, signer.incarnation, &frontier, Hlc::at(signer.now));
        let head = Signed::new(signer.key, &head).to_bytes();
        Ok(Some(AuditPush { from, entries: entries.into_iter().map(Bytes).collect(), head: Bytes(head) }))
    }

    /// Takes the server's word that it has the first `through` entries of the audit log, as far as they were ever `sent`: that
    /// it has more says nothing of those that are here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn acknowledge_audit(&self, through: u64, sent: u64) -> Result<(), StoreError> {
        let mut frontier = match self.local("audit_sent")? {
            Some(bytes) => Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("audit outbox"))?,
            None => Frontier::default(),
        };
        let through = through.min(sent.max(frontier.size()));
        if through < frontier.size() {
            frontier = Frontier::default();
        }
        let mut statement = self
            .transaction
            .prepare_cached("select entry from audit where seq > ?1 and seq <= ?2 order by seq")?;
        let entries = statement.query_map([frontier.size().cast_signed(), through.cast_signed()], |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        for entry in entries {
            frontier.append(&entry?);
        }
        self.set_local("audit_sent", &frontier.to_bytes())
    }
}
