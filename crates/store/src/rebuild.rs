//! Making the tables again from the log, and saying whether they were true.
//!
//! The log is read once, in its own order, and each record is put when its first op comes: what was written together
//! lies together in the tables. Nothing is kept in memory but one record.

use domain::fold::{fold, patient};
use domain::op::Op;
use domain::{RecordId, kinds};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::act::Act;
use crate::append::read_frontier;
use crate::projection::{Projection, Shown};
use crate::projections::{PROJECTIONS, forget, keep, put};
use crate::row::Col;
use crate::table::{Pen, Table};
use crate::{StoreError, log, reckon};

/// What a rebuild found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Records made again.
    pub records: u64,
    /// The tables whose rows were not what the log says.
    pub differing: Vec<&'static str>,
}

/// So many records are done between two words about how far it is.
const A_STEP: u64 = 500;

impl Act<'_> {
    /// Names the tables that are not what the log says, and changes nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rebuild_check(&self) -> Result<Rebuilt, StoreError> {
        let looked = through(Pen::looking(&self.transaction), &mut |_, _| {})?;
        if looked.differing.is_empty() {
            return Ok(looked);
        }
        // What hangs on rows that are wrong can be judged only once those are right.
        self.transaction.execute_batch("savepoint check_tables")?;
        let rebuilt = self.rebuild(&mut |_, _| {});
        self.transaction.execute_batch("rollback to check_tables; release check_tables")?;
        rebuilt
    }

    /// Makes every table that the log accounts for again, and names those that differed before. `progress` is told
    /// now and then how many of how many records are done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rebuild(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Rebuilt, StoreError> {
        self.open_gate()?;
        kinds::KINDS.iter().for_each(|kind| self.writes(kind.name));
        through(Pen::writing(&self.transaction), progress)
    }
}

/// Goes through the whole log with `pen`.
fn through(mut pen: Pen, progress: &mut dyn FnMut(u64, u64)) -> Result<Rebuilt, StoreError> {
    let connection = pen.connection;
    let of = "select count(distinct record) from op where quarantine is null";
    let of = connection.query_row(of, [], |row| row.get::<_, i64>(0))?.unsigned_abs();
    let mut statement = connection.prepare(
        "select header, body, clamp, record, position, tx from op not indexed
         where quarantine is null order by position",
    )?;
    let mut rows = statement.query([])?;
    let mut records = 0_u64;
    let mut ends = Ends::default();
    while let Some(row) = rows.next()? {
        if at(&mut pen, &mut ends, row)? {
            records += 1;
            if records.is_multiple_of(A_STEP) {
                progress(records, of);
            }
        }
    }
    for projection in PROJECTIONS {
        for table in projection.tables() {
            sweep(&mut pen, projection, table)?;
        }
        projection.finish(&mut pen)?;
    }
    logs(&mut pen)?;
    progress(of, of);
    Ok(Rebuilt { records, differing: pen.differing.into_iter().collect() })
}

/// Makes the reckoning of each log again, where no op of it is missing. One that counts more than there are stands as it
/// is: it tells what was taken away.
fn logs(pen: &mut Pen) -> Result<(), StoreError> {
    let connection = pen.connection;
    for (incarnation, scope) in reckon::logs(connection)? {
        let kept = read_frontier(connection, incarnation, scope).unwrap_or_default();
        let made = reckon::of_ops(connection, incarnation, scope)?;
        if let Some(made) = made.filter(|made| *made != kept && made.size() >= kept.size()) {
            pen.differing.insert("log");
            if pen.writes() {
                reckon::keep(connection, incarnation, scope, &made)?;
            }
        }
    }
    Ok(())
}

/// Puts the record whose first op stands in `row`; later ones were read with the first.
fn at(pen: &mut Pen, ends: &mut Ends, row: &Row) -> Result<bool, StoreError> {
    let record = row.get::<_, Col<RecordId>>(3)?.0;
    let (first, second) = log::first_two(pen.connection, record)?;
    if first != Some(row.get(4)?) {
        return Ok(false);
    }
    if second.is_some() {
        return remake(pen, record);
    }
    let version = ends.of(pen.connection, row.get(5)?)?;
    show(pen, record, &[log::read_op(row)?], version)
}

/// Makes the rows of one record again; without any op that counts it has none.
pub(crate) fn remake(pen: &mut Pen, record: RecordId) -> Result<bool, StoreError> {
    let ops: Vec<Op> = log::ops(pen.connection, record, None)?;
    if ops.is_empty() {
        forget(pen, record)?;
        return Ok(false);
    }
    // A record stands in the log position of its last transaction, as when it was written.
    let tx: i64 = pen
        .connection
        .prepare_cached(
            "select tx from op where record = ?1 and quarantine is null order by position desc limit 1",
        )?
        .query_row([Col(record)], |row| row.get(0))?;
    let version = Ends::default().of(pen.connection, tx)?;
    show(pen, record, &ops, version)
}

/// Keeps the record that `ops` amount to; one of a kind that nobody here knows is not shown.
pub(crate) fn show(pen: &mut Pen, id: RecordId, ops: &[Op], version: i64) -> Result<bool, StoreError> {
    let Some(last) = ops.last() else { return Ok(false) };
    let Some(kind) = kinds::kind(&last.header.kind) else { return Ok(false) };
    let state = fold(kind, id, ops);
    let patient = patient(ops);
    keep(pen, &Shown { id, kind, patient, state: &state, version, is_one_op: ops.len() == 1 })?;
    Ok(true)
}

/// Removes the rows of records that no op accounts for.
fn sweep(pen: &mut Pen, projection: &dyn Projection, table: &Table) -> Result<(), StoreError> {
    if !pen.has_more(table)? {
        return Ok(());
    }
    let mut surplus = Vec::new();
    {
        let mut statement =
            pen.connection.prepare(&format!("select distinct {} from {}", table.key, table.name))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get::<_, Col<RecordId>>(0)?.0;
            let kind = kind_of(pen.connection, id)?;
            if !kind.and_then(|kind| kinds::kind(&kind)).is_some_and(|kind| projection.shows(kind)) {
                surplus.push(id);
            }
        }
    }
    surplus.into_iter().try_for_each(|id| put(pen, projection, id, None))
}

/// The kind of a record, as its last op says.
fn kind_of(connection: &Connection, record: RecordId) -> Result<Option<String>, StoreError> {
    let sql = "select kind from op where record = ?1 and quarantine is null order by position desc limit 1";
    Ok(connection.prepare_cached(sql)?.query_row([Col(record)], |row| row.get(0)).optional()?)
}

/// Where the last op of a transaction stands; that of the one that was asked for last is remembered.
#[derive(Default)]
struct Ends(Option<(i64, i64)>);

impl Ends {
    fn of(&mut self, connection: &Connection, tx: i64) -> Result<i64, StoreError> {
        if let Some((_, end)) = self.0.filter(|(known, _)| *known == tx) {
            return Ok(end);
        }
        let mut statement = connection.prepare_cached("select max(position) from op where tx = ?1")?;
        let end = statement.query_row([tx], |row| row.get(0))?;
        self.0 = Some((tx, end));
        Ok(end)
    }
}
