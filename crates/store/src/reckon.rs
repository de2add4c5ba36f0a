//! The reckoning of the logs: how long each is and what it amounts to, as it follows from the ops and entries that are
//! there. Rows of it that are gone or fall short are made again from these.

use crypto::Frontier;
use domain::wire::Message;
use domain::{Incarnation, Scope};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::append::read_frontier;
use crate::row::Col;

/// The logs of which there are ops, found by their ends and not by reading all of them.
pub(crate) fn logs(connection: &Connection) -> Result<Vec<(Incarnation, Scope)>, StoreError> {
    let mut next = connection.prepare_cached(
        "select incarnation, scope from op where (incarnation, scope) > (?1, ?2) order by incarnation, scope limit 1",
    )?;
    let mut found: Vec<(Incarnation, Scope)> = Vec::new();
    loop {
        let after = found.last().map(|(incarnation, scope)| (Col(*incarnation), Col(*scope)));
        let key =
            |row: &rusqlite::Row| Ok((row.get::<_, Col<Incarnation>>(0)?.0, row.get::<_, Col<Scope>>(1)?.0));
        let row = match after {
            Some(after) => next.query_row(after, key).optional()?,
            None => next.query_row((&[0_u8; 0][..], &[0_u8; 0][..]), key).optional()?,
        };
        match row {
            Some(log) => found.push(log),
            None => return Ok(found),
        }
    }
}

/// The number of the last op of a log that is there.
pub(crate) fn last(
    connection: &Connection,
    incarnation: Incarnation,
    scope: Scope,
) -> Result<u64, StoreError> {
    let mut statement = connection
        .prepare_cached("select coalesce(max(seq), 0) from op where incarnation = ?1 and scope = ?2")?;
    let last: i64 = statement.query_row((Col(incarnation), Col(scope)), |row| row.get(0))?;
    Ok(last.unsigned_abs())
}

/// What the ops of a log amount to; `None` where one is missing between them.
pub(crate) fn of_ops(
    connection: &Connection,
    incarnation: Incarnation,
    scope: Scope,
) -> Result<Option<Frontier>, StoreError> {
    let mut statement = connection
        .prepare_cached("select seq, header from op where incarnation = ?1 and scope = ?2 order by seq")?;
    let mut rows = statement.query((Col(incarnation), Col(scope)))?;
    let mut frontier = Frontier::default();
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(0)?.unsigned_abs() != frontier.size() + 1 {
            return Ok(None);
        }
        frontier.append(&row.get::<_, Vec<u8>>(1)?);
    }
    Ok(Some(frontier))
}

/// What the first `size` ops of a log amount to; `None` where one of them is not there.
pub(crate) fn of_first(
    connection: &Connection,
    incarnation: Incarnation,
    scope: Scope,
    size: u64,
) -> Result<Option<Frontier>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select header from op where incarnation = ?1 and scope = ?2 and seq <= ?3 order by seq",
    )?;
    let mut rows = statement.query(params![Col(incarnation), Col(scope), size.cast_signed()])?;
    let mut frontier = Frontier::default();
    while let Some(row) = rows.next()? {
        frontier.append(&row.get::<_, Vec<u8>>(0)?);
    }
    Ok((frontier.size() == size).then_some(frontier))
}

/// Makes the reckoning of each log again that is gone, does not read back, or falls short of the ops that are there.
/// Returns how many were.
pub(crate) fn remake_short(connection: &Connection) -> Result<u64, StoreError> {
    let mut made = 0;
    for (incarnation, scope) in logs(connection)? {
        let kept = read_frontier(connection, incarnation, scope).map_or(0, |frontier| frontier.size());
        if kept >= last(connection, incarnation, scope)? {
            continue;
        }
        if let Some(frontier) = of_ops(connection, incarnation, scope)? {
            keep(connection, incarnation, scope, &frontier)?;
            made += 1;
        }
    }
    Ok(made + u64::from(remake_trail(connection)?))
}

/// How many ops the reckonings count beyond those that are there.
pub(crate) fn gone(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare("select incarnation, scope, size from log")?;
    let logs = statement.query_map([], |row| {
        Ok((row.get::<_, Col<Incarnation>>(0)?.0, row.get::<_, Col<Scope>>(1)?.0, row.get::<_, i64>(2)?))
    })?;
    let mut gone = 0;
    for log in logs {
        let (incarnation, scope, size) = log?;
        gone += size.unsigned_abs().saturating_sub(last(connection, incarnation, scope)?);
    }
    Ok(gone)
}

/// Keeps how long a log is and what it amounts to.
pub(crate) fn keep(
    connection: &Connection,
    incarnation: Incarnation,
    scope: Scope,
    frontier: &Frontier,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "insert or replace into log (incarnation, scope, size, frontier) values (?1, ?2, ?3, ?4)",
        )?
        .execute(params![Col(incarnation), Col(scope), frontier.size().cast_signed(), frontier.to_bytes()])?;
    Ok(())
}

fn remake_trail(connection: &Connection) -> Result<bool, StoreError> {
    let last: i64 = connection.query_row("select coalesce(max(seq), 0) from audit", [], |row| row.get(0))?;
    let sql = "select frontier from audit_log where one = 1";
    let kept: Option<Vec<u8>> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    let kept = kept.and_then(|bytes| Frontier::from_bytes(&bytes).ok()).unwrap_or_default();
    if kept.size() >= last.unsigned_abs() {
        return Ok(false);
    }
    let mut frontier = Frontier::default();
    let mut statement = connection.prepare("select entry from audit where seq > 0 order by seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        frontier.append(&row.get::<_, Vec<u8>>(0)?);
    }
    let whole = frontier.size() == last.unsigned_abs();
    if whole {
        connection
            .prepare_cached("insert or replace into audit_log (one, size, frontier) values (1, ?1, ?2)")?
            .execute(params![frontier.size().cast_signed(), frontier.to_bytes()])?;
    }
    Ok(whole)
}
