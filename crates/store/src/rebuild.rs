//! Making the tables again from the log, and saying whether they were true.

use std::collections::BTreeMap;

use domain::fold::fold;
use domain::op::Op;
use domain::{RecordId, kinds};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::act::Act;
use crate::row::Col;
use crate::{StoreError, log, records};

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

const TABLES: [&str; 5] = ["record", "timeline", "patient", "patient_word", "word_form"];

impl Act<'_> {
    /// Names the tables that are not what the log says, and changes nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rebuild_check(&self) -> Result<Rebuilt, StoreError> {
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
        let connection: &Connection = &self.transaction;
        let of: i64 = connection.query_row(
            "select count(distinct record) from op where quarantine is null",
            [],
            |row| row.get(0),
        )?;
        let before = TABLES.map(|table| digest(connection, table));
        for table in TABLES {
            connection.execute(&format!("delete from {table}"), [])?;
        }
        let mut records = 0;
        let mut statement =
            connection.prepare("select distinct record from op where quarantine is null order by record")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let record: RecordId = row.get::<_, Col<RecordId>>(0)?.0;
            records += u64::from(remake(connection, record)?);
            if records.is_multiple_of(A_STEP) {
                progress(records, of.unsigned_abs());
            }
        }
        let mut differing = Vec::new();
        for (table, before) in TABLES.into_iter().zip(before) {
            if before? != digest(connection, table)? {
                differing.push(table);
            }
        }
        Ok(Rebuilt { records, differing })
    }
}

/// Makes the rows of one record again; without any op that counts it has none.
pub(crate) fn remake(connection: &Connection, record: RecordId) -> Result<bool, StoreError> {
    let ops: Vec<Op> = log::ops(connection, record, None)?;
    let Some(last) = ops.last() else {
        records::forget(connection, record)?;
        return Ok(false);
    };
    let Some(kind) = kinds::kind(&last.header.kind) else { return Ok(false) };
    // A record stands in the log position of its last transaction, as when it was written.
    let version: i64 = connection.query_row(
        "select max(position) from op where tx = (select tx from op where record = ?1 and quarantine is null order by position desc limit 1)",
        [Col(record)],
        |row| row.get(0),
    )?;
    records::keep(connection, record, kind, last.header.patient, &fold(kind, record, &ops), version)?;
    Ok(true)
}

/// A digest of a table's rows in whatever order they come.
fn digest(connection: &Connection, table: &str) -> Result<BTreeMap<u64, u64>, StoreError> {
    let mut statement = connection.prepare(&format!("select * from {table}"))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut seen = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut hash = DefaultHasher::new();
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Null => 0u8.hash(&mut hash),
                ValueRef::Integer(number) => number.hash(&mut hash),
                ValueRef::Real(number) => number.to_bits().hash(&mut hash),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.hash(&mut hash),
            }
        }
        *seen.entry(hash.finish()).or_insert(0) += 1;
    }
    Ok(seen)
}
