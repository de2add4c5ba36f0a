//! Records of any kind, as the fold made them.

use std::collections::BTreeMap;

use domain::fold::State;
use domain::record::Kind;
use domain::{RecordId, timeline};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::projection::{Projection, Shown};
use crate::row::{Col, blob};
use crate::table::{Row, Table};
use crate::{StoreError, kept, log};

/// A record with the version token for an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// The patient whom it concerns.
    pub patient: Option<RecordId>,
    /// The local position of its last op.
    pub version: i64,
    /// Its state.
    pub state: State,
}

/// A record on the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Milliseconds since 1970, or [`timeline::UNDATED`].
    pub at: i64,
    /// The record.
    pub record: Record,
    /// Who made it.
    pub author: Option<RecordId>,
}

impl Stand {
    /// When it happened, in milliseconds since 1970, where that is known.
    #[must_use]
    pub fn happened(&self) -> Option<i64> {
        (self.at != timeline::UNDATED).then_some(self.at)
    }
}

/// A page of rows and the key after which the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T, K> {
    /// The rows.
    pub rows: Vec<T>,
    /// The key of the last row, when there may be more.
    pub next: Option<K>,
}

/// The table of all records.
pub(crate) struct Records;

impl Projection for Records {
    fn tables(&self) -> &'static [Table] {
        &[Table {
            name: "record",
            key: "id",
            columns: &["kind", "patient", "position", "at", "voided", "conflicts", "state"],
        }]
    }

    fn shows(&self, _: &Kind) -> bool {
        true
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        let (kind, state) = (shown.kind.name, shown.state);
        let stands = shown.patient.is_some() && state.voided.is_none();
        let conflicts =
            i64::try_from(state.unsettled(shown.kind).count() + state.late.len()).unwrap_or(i64::MAX);
        let text = if shown.is_one_op { None } else { Some(kept::write(state)?) };
        Ok(vec![vec![vec![
            kind.to_owned().into(),
            shown.patient.map_or(Value::Null, blob),
            shown.version.into(),
            timeline::place(kind, state).filter(|_| stands).into(),
            state.voided.is_some().into(),
            conflicts.into(),
            text.into(),
        ]]])
    }
}

/// What a query selects so that [`read_row`] reads it.
pub(crate) const COLUMNS: &str = "record.id, record.kind, record.patient, record.position, record.state";

/// Reads a record; `None` when there is no such record.
pub(crate) fn read(connection: &Connection, id: RecordId) -> Result<Option<Record>, StoreError> {
    connection
        .prepare_cached(&format!("select {COLUMNS} from record where id = ?1"))?
        .query_row([Col(id)], |row| Ok(read_row(connection, row)))
        .optional()?
        .transpose()
}

/// The records of a query, the text of which goes on behind `select` and [`COLUMNS`].
pub(crate) fn read_all(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Record>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("select {COLUMNS} {sql}"))?;
    let rows = statement.query_map(params, |row| Ok(read_row(connection, row)))?;
    rows.map(|row| row?).collect()
}

/// The records of a kind, withdrawn or not.
pub(crate) fn of_kind(connection: &Connection, kind: &str) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = connection.prepare_cached("select id from record where kind = ?1 order by id")?;
    let records = statement.query_map([kind], |row| row.get::<_, Col<RecordId>>(0))?;
    Ok(records.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
}

/// The record of a row that begins with [`COLUMNS`].
pub(crate) fn read_row(connection: &Connection, row: &rusqlite::Row) -> Result<Record, StoreError> {
    let id = row.get::<_, Col<RecordId>>(0)?.0;
    let kind: String = row.get(1)?;
    let state = match row.get::<_, Option<String>>(4)? {
        Some(text) => kept::read(&text)?,
        None => log::state_at(connection, &kind, id, None)?,
    };
    let patient = row.get::<_, Option<Col<RecordId>>>(2)?.map(|column| column.0);
    Ok(Record { id, kind, patient, version: row.get(3)?, state })
}

impl Act<'_> {
    /// The records of `kind`, all of the clinic's or one patient's, in the order of their ids.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn records(&self, kind: &str, patient: Option<RecordId>) -> Result<Vec<Record>, StoreError> {
        self.reads(kind);
        let connection = &self.transaction;
        match patient {
            Some(patient) => {
                let sql = "from record where kind = ?1 and patient = ?2 and voided = 0 order by id";
                read_all(connection, sql, (kind, Col(patient)))
            }
            None => read_all(connection, "from record where kind = ?1 and voided = 0 order by id", [kind]),
        }
    }

    /// The clinic's records of `kind` that were withdrawn, in the order of their ids.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn voided(&self, kind: &str) -> Result<Vec<Record>, StoreError> {
        self.reads(kind);
        read_all(&self.transaction, "from record where kind = ?1 and voided = 1 order by id", [kind])
    }

    /// At most `limit` records of a patient's timeline, latest first and what has no time last, after the key
    /// `(at, record)`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn timeline(
        &self,
        patient: RecordId,
        kinds: &[&str],
        before: Option<(i64, RecordId)>,
        limit: u32,
    ) -> Result<Page<Stand, (i64, RecordId)>, StoreError> {
        if kinds.is_empty() {
            timeline::kinds().for_each(|kind| self.reads(kind));
        }
        kinds.iter().for_each(|kind| self.reads(kind));
        let kinds = serde_json::to_string(kinds).unwrap_or_default();
        let (at, record) = before.map_or((i64::MAX, None), |(at, record)| (at, Some(record)));
        let mut statement = self.transaction.prepare_cached(&format!(
            "select {COLUMNS}, record.at,
                    (select tx.author from op join tx on tx.position = op.tx
                     where op.record = record.id and op.quarantine is null order by op.position limit 1)
             from record
             where patient = ?1 and at is not null
               and (at < ?2 or (at = ?2 and ?3 is not null and id > ?3))
               and (?4 = '[]' or kind in (select value from json_each(?4)))
             order by at desc, id
             limit ?5",
        ))?;
        let mut found = statement.query(params![Col(patient), at, record.map(Col), kinds, limit])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let author = row.get::<_, Option<Col<RecordId>>>(6)?.map(|column| column.0);
            rows.push(Stand { at: row.get(5)?, record: read_row(&self.transaction, row)?, author });
        }
        let next =
            rows.last().filter(|_| rows.len() == limit as usize).map(|stand| (stand.at, stand.record.id));
        Ok(Page { rows, next })
    }

    /// How many records of each kind stand on a patient's timeline.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn timeline_counts(&self, patient: RecordId) -> Result<BTreeMap<String, u64>, StoreError> {
        timeline::kinds().for_each(|kind| self.reads(kind));
        let mut statement = self.transaction.prepare_cached(
            "select kind, count(*) from record where patient = ?1 and at is not null group by kind",
        )?;
        let counts = statement
            .query_map([Col(patient)], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(counts.collect::<Result<_, _>>()?)
    }

    /// At most `limit` records about which a person has to settle something, by id, from `from` on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn conflicting(&self, from: Option<RecordId>, limit: u32) -> Result<Vec<Record>, StoreError> {
        self.reads_all();
        let sql = "from record where conflicts > 0 and id >= coalesce(?1, x'') order by id limit ?2";
        read_all(&self.transaction, sql, (from.map(Col), limit))
    }

    /// The records of a patient's timeline about which a person has to settle something, by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn conflicting_of(&self, patient: RecordId) -> Result<Vec<Record>, StoreError> {
        timeline::kinds().for_each(|kind| self.reads(kind));
        // The index of what is disputed is short; that of a patient's records may not be.
        let sql = "from record indexed by record_conflicts
                   where conflicts > 0 and patient = ?1 and at is not null order by id";
        read_all(&self.transaction, sql, [Col(patient)])
    }

    /// About how many records a person has to settle something.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn conflicting_count(&self) -> Result<u64, StoreError> {
        self.reads_all();
        let mut statement =
            self.transaction.prepare_cached("select count(*) from record where conflicts > 0")?;
        Ok(statement.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// How many records of `kind` there are that were not withdrawn.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn count(&self, kind: &str) -> Result<u64, StoreError> {
        self.reads(kind);
        let mut statement =
            self.transaction.prepare_cached("select count(*) from record where kind = ?1 and voided = 0")?;
        Ok(statement.query_row([kind], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// The local position of the log: the version token of everything read in this act.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn version(&self) -> Result<i64, StoreError> {
        Ok(self.transaction.query_row("select coalesce(max(position), 0) from op", [], |row| row.get(0))?)
    }
}
