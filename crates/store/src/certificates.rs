//! Certificates by their numbers, and what became of each.

use domain::{Hlc, Incarnation, RecordId, Scope};
use rusqlite::OptionalExtension;

use crate::act::Act;
use crate::log::{Said, read_said};
use crate::row::{Col, unstamp};
use crate::{Record, StoreError};

impl Act<'_> {
    /// The block that accounts for the number `serial` of those that begin with `prefix`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn number_block(&self, prefix: &str, serial: &str) -> Result<Option<Record>, StoreError> {
        self.reads("number_block");
        let path = format!("uses/{serial}/certificate");
        let blocks = self.listed("number_block", "prefix", prefix)?;
        Ok(blocks.into_iter().find(|block| !block.state.value(&path).is_null()))
    }

    /// The certificate for which the number `serial` of those that begin with `prefix` was drawn, whatever
    /// became of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn drawn_for(&self, prefix: &str, serial: &str) -> Result<Option<Record>, StoreError> {
        let Some(block) = self.number_block(prefix, serial)? else { return Ok(None) };
        let drawn = block.state.value(&format!("uses/{serial}/certificate")).as_text();
        let Some(certificate) = drawn.and_then(|id| id.parse().ok()) else { return Ok(None) };
        Ok(self.record(certificate)?.filter(|record| record.kind == "certificate"))
    }

    /// The stamp of the last that `incarnation` is known to have written beside the clinic's own records; a workstation
    /// tells everything in order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn last_word(&self, incarnation: Incarnation, clinic: Scope) -> Result<Option<Hlc>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select min(hlc, coalesce(clamp, hlc)) from op
             where incarnation = ?1 and scope <> ?2 order by scope, seq desc limit 1",
        )?;
        let last = statement.query_row((Col(incarnation), Col(clinic)), |row| row.get(0)).optional()?;
        Ok(last.map(unstamp))
    }

    /// The certificates that are issued in the stead of `certificate`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn replacements(&self, certificate: RecordId, patient: RecordId) -> Result<Vec<Record>, StoreError> {
        let records = self.records("certificate", Some(patient))?;
        let id = certificate.to_string();
        let instead = |record: &Record| record.state.value("replaces").as_text() == Some(id.as_str());
        Ok(records.into_iter().filter(instead).collect())
    }

    /// The steps that made `record` what it is, with who took each and when, in the order in which they
    /// came here; those that were quarantined are not among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn steps(&self, record: RecordId) -> Result<Vec<Said>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select op.header, op.body, op.clamp, tx.author, tx.wall, tx.bytes from op join tx on tx.position = op.tx
             where op.record = ?1 and op.quarantine is null order by op.position",
        )?;
        let mut rows = statement.query([Col(record)])?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            steps.push(read_said(row)?);
        }
        Ok(steps)
    }
}
