//! Tables whose rows follow from the log. What should stand under a key is compared with what stands there: to keep a
//! record, to forget it, to make every table again and to check them all is the same comparison.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::StoreError;

/// A row without its key.
pub(crate) type Row = Vec<Value>;

/// A table, and the columns of which rows consist.
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: &'static str,
    /// The column under whose value rows belong together.
    pub(crate) key: &'static str,
    /// The other columns.
    pub(crate) columns: &'static [&'static str],
}

/// Compares tables with what they should be, and mends them where it may.
pub(crate) struct Pen<'a> {
    /// The store.
    pub(crate) connection: &'a Connection,
    writes: bool,
    /// The tables that were not as they should be.
    pub(crate) differing: BTreeSet<&'static str>,
    rows: BTreeMap<&'static str, u64>,
}

impl<'a> Pen<'a> {
    /// One that writes.
    pub(crate) fn writing(connection: &'a Connection) -> Self {
        Self { connection, writes: true, differing: BTreeSet::new(), rows: BTreeMap::new() }
    }

    /// One that only looks.
    pub(crate) fn looking(connection: &'a Connection) -> Self {
        Self { writes: false, ..Self::writing(connection) }
    }

    /// Whether it mends what it finds.
    pub(crate) fn writes(&self) -> bool {
        self.writes
    }

    /// Has exactly `rows` stand under `key`; returns those that did not stand there and those that stood there wrongly.
    pub(crate) fn put(&mut self, table: &Table, key: &Value, rows: Vec<Row>) -> Result<Vec<Row>, StoreError> {
        *self.rows.entry(table.name).or_default() += rows.len() as u64;
        let stood = self.standing(table, key)?;
        if stood == rows {
            return Ok(Vec::new());
        }
        let (kept, wrong): (Vec<Row>, Vec<Row>) = stood.into_iter().partition(|row| rows.contains(row));
        let missing: Vec<Row> = rows.into_iter().filter(|row| !kept.contains(row)).collect();
        if self.writes {
            self.remove(table, key, &wrong)?;
            self.add(table, key, &missing)?;
        }
        let changed = [wrong, missing].concat();
        if !changed.is_empty() {
            self.differing.insert(table.name);
        }
        Ok(changed)
    }

    /// Counts the rows of `table` anew.
    pub(crate) fn forget_counts(&mut self, table: &Table) {
        self.rows.remove(table.name);
    }

    /// Whether `table` has rows beyond all that were put.
    pub(crate) fn has_more(&self, table: &Table) -> Result<bool, StoreError> {
        let sql = format!("select count(*) from {}", table.name);
        let count: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(count.unsigned_abs() > self.rows.get(table.name).copied().unwrap_or_default())
    }

    fn standing(&self, table: &Table, key: &Value) -> Result<Vec<Row>, StoreError> {
        let columns = table.columns.join(", ");
        let sql = format!("select {columns} from {} where {} = ?1", table.name, table.key);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let row = |row: &rusqlite::Row| (0..table.columns.len()).map(|column| row.get(column)).collect();
        let rows = statement.query_map([key], row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn remove(&self, table: &Table, key: &Value, rows: &[Row]) -> Result<(), StoreError> {
        let same = (2..).zip(table.columns).map(|(at, column)| format!(" and {column} is ?{at}"));
        let sql = format!("delete from {} where {} = ?1{}", table.name, table.key, same.collect::<String>());
        self.each(&sql, key, rows)
    }

    fn add(&self, table: &Table, key: &Value, rows: &[Row]) -> Result<(), StoreError> {
        let places = (2..).zip(table.columns).map(|(at, _)| format!(", ?{at}")).collect::<String>();
        let columns = table.columns.join(", ");
        let sql = format!("insert into {} ({}, {columns}) values (?1{places})", table.name, table.key);
        self.each(&sql, key, rows)
    }

    fn each(&self, sql: &str, key: &Value, rows: &[Row]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(sql)?;
        for row in rows {
            statement.execute(params_from_iter(std::iter::once(key).chain(row)))?;
        }
        Ok(())
    }
}
