//! The visits that are under way, and what belongs to one.

use domain::{RecordId, Scope};
use rusqlite::params;

use crate::act::Act;
use crate::records::read_row;
use crate::row::Col;
use crate::{Record, StoreError};

impl Act<'_> {
    /// The visits under way that were begun in `scope`, of one patient or of everybody: the latest `limit`,
    /// latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open_visits(
        &self,
        scope: Scope,
        patient: Option<RecordId>,
        limit: u32,
    ) -> Result<Vec<Record>, StoreError> {
        self.reads("visit");
        let mut statement = self.transaction.prepare_cached(
            "select id, kind, patient, position, state from record indexed by record_open_visit
             where kind = 'visit' and voided = 0
               and json_extract(state, '$.fields.status.value') in ('arrived', 'triaged', 'in_progress')
               and json_extract(state, '$.fields.source.value') is null
               and (?2 is null or patient = ?2)
               and (select op.scope from op where op.record = record.id order by op.position limit 1) = ?1
             order by id desc
             limit ?3",
        )?;
        let mut rows = statement.query(params![Col(scope), patient.map(Col), limit])?;
        let mut visits = Vec::new();
        while let Some(row) = rows.next()? {
            visits.push(read_row(row)?);
        }
        Ok(visits)
    }

    /// The records of `kind` about `patient` whose `field` names `other`, in the order of their ids: a visit's
    /// notes, a note's addenda.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn records_of(
        &self,
        kind: &str,
        patient: RecordId,
        field: &str,
        other: RecordId,
    ) -> Result<Vec<Record>, StoreError> {
        self.reads(kind);
        let mut statement = self.transaction.prepare_cached(
            "select id, kind, patient, position, state from record
             where kind = ?1 and patient = ?2 and voided = 0
               and json_extract(state, '$.fields.' || ?3 || '.value') = ?4
             order by id",
        )?;
        let mut rows = statement.query(params![kind, Col(patient), field, other.to_string()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read_row(row)?);
        }
        Ok(records)
    }
}
