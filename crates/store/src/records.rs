//! Records of any kind, as the fold made them.

use std::collections::BTreeMap;

use domain::fold::State;
use domain::record::Kind;
use domain::{RecordId, timeline};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::row::Col;
use crate::{StoreError, patients};

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
    /// Milliseconds since 1970.
    pub at: i64,
    /// The record.
    pub record: Record,
    /// Who made it.
    pub author: Option<RecordId>,
}

/// A page of rows and the key after which the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T, K> {
    /// The rows.
    pub rows: Vec<T>,
    /// The key of the last row, when there may be more.
    pub next: Option<K>,
}

/// Reads a record; `None` when there is no such record.
pub(crate) fn read(connection: &Connection, id: RecordId) -> Result<Option<Record>, StoreError> {
    connection
        .prepare_cached("select id, kind, patient, position, state from record where id = ?1")?
        .query_row([Col(id)], |row| Ok(read_row(row)))
        .optional()?
        .transpose()
}

pub(crate) fn read_row(row: &Row) -> Result<Record, StoreError> {
    let state: String = row.get(4)?;
    Ok(Record {
        id: row.get::<_, Col<RecordId>>(0)?.0,
        kind: row.get(1)?,
        patient: row.get::<_, Option<Col<RecordId>>>(2)?.map(|column| column.0),
        version: row.get(3)?,
        state: serde_json::from_str(&state).map_err(|_| StoreError::Damaged("record state"))?,
    })
}

/// Keeps the state of a record in all tables that show it.
pub(crate) fn keep(
    connection: &Connection,
    id: RecordId,
    kind: &Kind,
    patient: Option<RecordId>,
    state: &State,
    version: i64,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(state).map_err(|_| StoreError::Damaged("record state"))?;
    connection
        .prepare_cached(
            "insert into record (id, kind, patient, position, voided, conflicts, state) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (id) do update set patient = excluded.patient, position = excluded.position,
                 voided = excluded.voided, conflicts = excluded.conflicts, state = excluded.state",
        )?
        .execute(params![
            Col(id),
            kind.name,
            patient.map(Col),
            version,
            state.voided.is_some(),
            i64::try_from(state.conflicts.len() + state.late.len()).unwrap_or(i64::MAX),
            json,
        ])?;
    if let Some(patient) = patient {
        connection
            .prepare_cached("delete from timeline where patient = ?1 and record = ?2")?
            .execute((Col(patient), Col(id)))?;
        if let Some(at) = timeline::happened(kind.name, state).filter(|_| state.voided.is_none()) {
            connection
                .prepare_cached("insert into timeline (patient, at, record, kind) values (?1, ?2, ?3, ?4)")?
                .execute(params![Col(patient), at, Col(id), kind.name])?;
        }
    }
    if kind.name == "patient" {
        patients::keep(connection, id, state, version)?;
    }
    Ok(())
}

/// Removes a record, none of whose ops count any more, from all tables that showed it.
pub(crate) fn forget(connection: &Connection, id: RecordId) -> Result<(), StoreError> {
    connection.prepare_cached("delete from timeline where record = ?1")?.execute([Col(id)])?;
    patients::forget(connection, id)?;
    connection.prepare_cached("delete from record where id = ?1")?.execute([Col(id)])?;
    Ok(())
}

impl Act<'_> {
    /// The records of `kind`, all of the clinic's or one patient's, in the order of their ids.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn records(&self, kind: &str, patient: Option<RecordId>) -> Result<Vec<Record>, StoreError> {
        self.reads(kind);
        let sql = match patient {
            Some(_) => {
                "select id, kind, patient, position, state from record where kind = ?1 and patient = ?2 and voided = 0 order by id"
            }
            None => {
                "select id, kind, patient, position, state from record where kind = ?1 and ?2 is null and voided = 0 order by id"
            }
        };
        let mut statement = self.transaction.prepare_cached(sql)?;
        let mut rows = statement.query((kind, patient.map(Col)))?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read_row(row)?);
        }
        Ok(records)
    }

    /// At most `limit` records of a patient's timeline, latest first, before the key `(at, record)`.
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
        let mut statement = self.transaction.prepare_cached(
            "select record.id, record.kind, record.patient, record.position, record.state, timeline.at,
                    (select tx.author from op join tx on tx.position = op.tx where op.record = record.id order by op.position limit 1)
             from timeline join record on record.id = timeline.record
             where timeline.patient = ?1
               and (timeline.at < ?2 or (timeline.at = ?2 and ?3 is not null and timeline.record > ?3))
               and (?4 = '[]' or timeline.kind in (select value from json_each(?4)))
             order by timeline.at desc, timeline.record
             limit ?5",
        )?;
        let mut found = statement.query(params![Col(patient), at, record.map(Col), kinds, limit])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let author = row.get::<_, Option<Col<RecordId>>>(6)?.map(|column| column.0);
            rows.push(Stand { at: row.get(5)?, record: read_row(row)?, author });
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
        let mut statement = self
            .transaction
            .prepare_cached("select kind, count(*) from timeline where patient = ?1 group by kind")?;
        let counts = statement
            .query_map([Col(patient)], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(counts.collect::<Result<_, _>>()?)
    }

    /// The records about which a person has to settle something.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn conflicting(&self) -> Result<Vec<Record>, StoreError> {
        self.reads_all();
        let mut statement = self.transaction.prepare_cached(
            "select id, kind, patient, position, state from record where conflicts > 0 order by id limit 500",
        )?;
        let mut rows = statement.query([])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read_row(row)?);
        }
        Ok(records)
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
