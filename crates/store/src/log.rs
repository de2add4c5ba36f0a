//! Reading the log.

use domain::fold::{State, fold, seen_by};
use domain::kinds;
use domain::op::{Body, Header, Op, Repeated, Transaction};
use domain::wire::Message;
use domain::{Hlc, Incarnation, OpId, RecordId, Scope};
use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;
use crate::act::Act;
use crate::row::{Col, unstamp};

/// The ops of `record` that are not quarantined, in the order of arrival: all of them, or those that somebody
/// saw whose version is `version`: the local position up to which they saw all. A negative version is the position of
/// their own last op: they saw that op and what it rests on, and nothing else.
pub(crate) fn ops(
    connection: &Connection,
    record: RecordId,
    version: Option<i64>,
) -> Result<Vec<Op>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select header, body, clamp from op
         where record = ?1 and position <= ?2 and quarantine is null
         order by position",
    )?;
    let mut rows = statement.query((Col(record), version.map_or(i64::MAX, i64::saturating_abs)))?;
    let mut ops = Vec::new();
    while let Some(row) = rows.next()? {
        ops.push(read_op(row)?);
    }
    let own = ops.last().map(Op::id).filter(|_| version.is_some_and(i64::is_negative));
    Ok(match own {
        Some(own) => seen_by(ops, own),
        None => ops,
    })
}

/// Where the first two ops of `record` that count stand.
pub(crate) fn first_two(
    connection: &Connection,
    record: RecordId,
) -> Result<(Option<i64>, Option<i64>), StoreError> {
    let mut statement = connection.prepare_cached(
        "select position from op where record = ?1 and quarantine is null order by position limit 2",
    )?;
    let mut positions = statement.query_map([Col(record)], |row| row.get(0))?;
    Ok((positions.next().transpose()?, positions.next().transpose()?))
}

/// The op of a row that begins with header, body and clamp.
pub(crate) fn read_op(row: &rusqlite::Row) -> Result<Op, StoreError> {
    let header: Vec<u8> = row.get(0)?;
    let body: Option<Vec<u8>> = row.get(1)?;
    let clamp: Option<i64> = row.get(2)?;
    Ok(Op {
        header: Header::from_bytes(&header).map_err(|_| StoreError::Damaged("op header"))?,
        body: body
            .map(|body| Body::from_bytes(&body))
            .transpose()
            .map_err(|_| StoreError::Damaged("op body"))?,
        clamp: clamp.map(unstamp),
    })
}

/// The state of `record` as whoever has the version `version` saw it.
pub(crate) fn state_at(
    connection: &Connection,
    kind: &str,
    record: RecordId,
    version: Option<i64>,
) -> Result<State, StoreError> {
    let kind = kinds::kind(kind).ok_or(StoreError::Damaged("kind"))?;
    Ok(fold(kind, record, &ops(connection, record, version)?))
}

/// How many ops (incarnation, scope) has, and its Merkle frontier.
pub(crate) fn frontier(
    connection: &Connection,
    incarnation: Incarnation,
    scope: Scope,
) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
    Ok(connection
        .prepare_cached("select size, frontier from log where incarnation = ?1 and scope = ?2")?
        .query_row((Col(incarnation), Col(scope)), |row| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
        })
        .optional()?)
}

/// Where the greatest stamp of this workstation's own ops is kept.
pub(crate) const OWN_STAMP: &str = "own_hlc";

/// The greatest stamp in the log.
pub(crate) fn last_stamp(connection: &Connection) -> Result<Hlc, StoreError> {
    Ok(kept_stamp(connection, "hlc")?.unwrap_or_default())
}

/// The stamp after which the next one comes that is made here at `now`, in milliseconds: the greatest in the log. Where
/// somebody else's clock ran far ahead, the greatest of this workstation's own: their clock is not ours.
pub(crate) fn stamp_before(connection: &Connection, now: u64) -> Result<Hlc, StoreError> {
    let last = last_stamp(connection)?;
    match last.is_far_ahead_of(now) {
        true => Ok(kept_stamp(connection, OWN_STAMP)?.unwrap_or_default()),
        false => Ok(last),
    }
}

fn kept_stamp(connection: &Connection, name: &str) -> Result<Option<Hlc>, StoreError> {
    let last: Option<i64> = connection
        .prepare_cached("select value from local where name = ?1")?
        .query_row([name], |row| row.get::<_, Vec<u8>>(0))
        .optional()?
        .and_then(|bytes| bytes.try_into().ok())
        .map(i64::from_be_bytes);
    Ok(last.map(unstamp))
}

/// The stamp of the last op before this one in its log that the server or this workstation did not limit and that did not
/// lie far ahead when it came here: a clock that ran far ahead binds nobody. It is looked for from the op `from` on.
pub(crate) fn stamp_of_the_one_before(
    connection: &Connection,
    op: OpId,
    from: u64,
) -> Result<Option<Hlc>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select op.hlc, tx.arrived from op join tx on tx.position = op.tx
         where op.incarnation = ?1 and op.scope = ?2 and op.seq < ?3 and op.seq >= ?4 and op.clamp is null
         order by op.seq desc",
    )?;
    let (seq, from) = (op.seq.cast_signed(), from.cast_signed());
    let mut rows = statement.query((Col(op.incarnation), Col(op.scope), seq, from))?;
    while let Some(row) = rows.next()? {
        let (stamp, arrived): (Hlc, Option<i64>) = (unstamp(row.get(0)?), row.get(1)?);
        if arrived.is_none_or(|arrived| !stamp.is_far_ahead_of(arrived.cast_unsigned())) {
            return Ok(Some(stamp));
        }
    }
    Ok(None)
}

/// When this op came here; none for what came before that was kept.
pub(crate) fn arrived(connection: &Connection, op: OpId) -> Result<Option<u64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select tx.arrived from op join tx on tx.position = op.tx
         where op.incarnation = ?1 and op.scope = ?2 and op.seq = ?3",
    )?;
    let key = (Col(op.incarnation), Col(op.scope), op.seq.cast_signed());
    let arrived: Option<Option<i64>> = statement.query_row(key, |row| row.get(0)).optional()?;
    Ok(arrived.flatten().map(i64::cast_unsigned))
}

/// An op with who wrote it and when, by their wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The op.
    pub op: Op,
    /// The person.
    pub author: RecordId,
    /// Wall time with offset.
    pub wall: String,
    /// What it repeats of an installation that went on as another one.
    pub repeats: Option<Repeated>,
}

/// The op of a row that begins with header, body, clamp, author, wall and the transaction's bytes.
pub(crate) fn read_said(row: &rusqlite::Row) -> Result<Said, StoreError> {
    let transaction = Transaction::from_bytes(&row.get::<_, Vec<u8>>(5)?);
    Ok(Said {
        op: read_op(row)?,
        author: row.get::<_, Col<RecordId>>(3)?.0,
        wall: row.get(4)?,
        repeats: transaction.map_err(|_| StoreError::Damaged("transaction"))?.repeats,
    })
}

impl Act<'_> {
    /// The op `id`, if it is here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn said(&self, id: OpId) -> Result<Option<Said>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select op.header, op.body, op.clamp, tx.author, tx.wall, tx.bytes from op join tx on tx.position = op.tx
             where op.incarnation = ?1 and op.scope = ?2 and op.seq = ?3",
        )?;
        let mut rows = statement.query((Col(id.incarnation), Col(id.scope), id.seq.cast_signed()))?;
        rows.next()?.map(read_said).transpose()
    }

    /// The op that made `record`, as far as one is here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn first_said(&self, record: RecordId) -> Result<Option<Said>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select op.header, op.body, op.clamp, tx.author, tx.wall, tx.bytes from op join tx on tx.position = op.tx
             where op.record = ?1 and op.quarantine is null order by op.position limit 1",
        )?;
        let mut rows = statement.query([Col(record)])?;
        rows.next()?.map(read_said).transpose()
    }

    /// How many ops the log has, of everybody.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn op_count(&self) -> Result<u64, StoreError> {
        Ok(self
            .transaction
            .query_row("select count(*) from op", [], |row| row.get::<_, i64>(0))?
            .unsigned_abs())
    }
}
