//! What this workstation can truthfully say of its records: what waits here, what the server has, what
//! came from others, and what was refused.

use domain::op::Header;
use domain::wire::Message;
use domain::{Incarnation, RecordId, hex};

use crate::StoreError;
use crate::act::Act;
use crate::disputed::{IS_DISPUTED, is_disputed};
use crate::held::{IS_HELD, is_held};
use crate::row::Col;

/// The counters of sync.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Ops written here that no server has acknowledged.
    pub waiting: u64,
    /// When the oldest of them was written, by the wall.
    pub since: Option<String>,
    /// Ops written here that the server has acknowledged.
    pub received: u64,
    /// Ops of others that were taken in.
    pub applied: u64,
}

/// A transaction that is kept outside the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its local position.
    pub tx: i64,
    /// When it was written, by the wall.
    pub wall: String,
    /// Who wrote it.
    pub author: RecordId,
    /// The kind of its first record.
    pub kind: String,
    /// The patient whom it concerns.
    pub patient: Option<RecordId>,
    /// Why: a [`domain::admit::Fault`] as JSON.
    pub fault: String,
    /// Whether it was found here, in what the server let in, and not by the server.
    pub held: bool,
    /// Whether nothing known here bears the server's verdict out.
    pub disputed: bool,
}

/// The ops of ?1 that no server has acknowledged.
const WAITING: &str = "log left join outbox on outbox.scope = log.scope
     join op on op.incarnation = log.incarnation and op.scope = log.scope
                and op.seq > coalesce(outbox.acknowledged, 0)
     where log.incarnation = ?1";

impl Act<'_> {
    /// The counters. Their cost does not grow with what was written and acknowledged.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn counters(&self, incarnation: Incarnation) -> Result<Counters, StoreError> {
        self.reads_all();
        let mut statement = self.transaction.prepare_cached(
            "select coalesce(sum(case when log.incarnation = ?1 then log.size - coalesce(outbox.acknowledged, 0) end), 0),
                    coalesce(sum(case when log.incarnation = ?1 then coalesce(outbox.acknowledged, 0) end), 0),
                    coalesce(sum(case when log.incarnation <> ?1 then log.size end), 0)
             from log left join outbox on outbox.scope = log.scope",
        )?;
        let (waiting, received, applied): (i64, i64, i64) =
            statement.query_row([Col(incarnation)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut statement = self.transaction.prepare_cached(
            "select tx.wall from log left join outbox on outbox.scope = log.scope
             join op on op.incarnation = log.incarnation and op.scope = log.scope
                        and op.seq = coalesce(outbox.acknowledged, 0) + 1
             join tx on tx.position = op.tx
             where log.incarnation = ?1 order by op.position limit 1",
        )?;
        let since = statement.query_map([Col(incarnation)], |row| row.get(0))?.next().transpose()?;
        Ok(Counters {
            waiting: waiting.unsigned_abs(),
            since,
            received: received.unsigned_abs(),
            applied: applied.unsigned_abs(),
        })
    }

    /// How many ops of each kind of record no server has acknowledged, most first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn waiting_by_kind(&self, incarnation: Incarnation) -> Result<Vec<(String, u64)>, StoreError> {
        self.reads_all();
        let sql = format!(
            "select op.kind, count(*) as ops from {WAITING} group by op.kind order by ops desc, op.kind"
        );
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let kinds = statement
            .query_map([Col(incarnation)], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(kinds.collect::<Result<_, _>>()?)
    }

    /// At most `limit` transactions that are kept outside the records: those of this workstation and of what it was before,
    /// latest first, then those of others that are held or disputed here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn quarantined(&self, incarnation: Incarnation, limit: u32) -> Result<Vec<Quarantined>, StoreError> {
        self.reads_all();
        let own = self.formers()?.into_iter().chain([incarnation]);
        let own =
            own.map(|own| format!("x'{}'", hex::encode(own.0.as_bytes()))).collect::<Vec<_>>().join(", ");
        let mut statement = self.transaction.prepare_cached(&format!(
            "select op.tx, tx.wall, tx.author, op.kind, op.header, op.quarantine, min(op.position)
             from op join tx on tx.position = op.tx
             where op.quarantine is not null and (op.incarnation in ({own}) or op.{IS_HELD} or op.{IS_DISPUTED})
             group by op.tx order by op.incarnation in ({own}) desc, op.tx desc limit ?1"
        ))?;
        let mut found = statement.query([limit])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let fault: String = row.get(5)?;
            let header = Header::from_bytes(&row.get::<_, Vec<u8>>(4)?);
            rows.push(Quarantined {
                tx: row.get(0)?,
                wall: row.get(1)?,
                author: row.get::<_, Col<RecordId>>(2)?.0,
                kind: row.get(3)?,
                patient: header.map_err(|_| StoreError::Damaged("op header"))?.patient,
                held: is_held(&fault),
                disputed: is_disputed(&fault),
                fault,
            });
        }
        Ok(rows)
    }

    /// When the last transaction of `incarnation` that is here was written, by its wall.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn heard_from(&self, incarnation: Incarnation) -> Result<Option<String>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select wall from tx where position = (select max(position) from tx where incarnation = ?1)",
        )?;
        let mut rows = statement.query_map([Col(incarnation)], |row| row.get(0))?;
        Ok(rows.next().transpose()?)
    }
}
