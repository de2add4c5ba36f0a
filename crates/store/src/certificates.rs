//! Certificates in lists: by how far they are, by number, and what became of each.

use domain::RecordId;
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use crate::act::Act;
use crate::log::{Said, read_op};
use crate::records::read_row;
use crate::row::Col;
use crate::{Page, Record, StoreError};

/// What both orders of a list have in common.
macro_rules! rows {
    () => {
        "select id, kind, patient, position, state from record
         where kind = 'certificate' and voided = 0
           and json_extract(state, '$.fields.status.value') in (select value from json_each(?1))
           and (?2 is null or json_extract(state, '$.fields.until.value') between ?2 and ?3)
           and (?4 is null or lower(hex(patient)) in (select value from json_each(?4))
                or json_extract(state, '$.fields.number.value') like '%' || ?5 || '%') "
    };
}

/// Which certificates a list shows.
#[derive(Clone, Debug, Default)]
pub struct CertificateList {
    /// Those that are so far, as words.
    pub statuses: Vec<&'static str>,
    /// Only those whose last day lies between these, `2026-11-22`.
    pub until: Option<(String, String)>,
    /// Only those of these people, or with this in their number.
    pub about: Option<(Vec<RecordId>, String)>,
    /// Whether the one that waits longest comes first.
    pub oldest_first: bool,
}

impl Act<'_> {
    /// At most `limit` certificates of `list`, those that changed last first unless it says otherwise,
    /// after the one of version `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn certificates(
        &self,
        list: &CertificateList,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Page<Record, i64>, StoreError> {
        self.reads("certificate");
        let sql = match list.oldest_first {
            true => concat!(rows!(), "and position > ?6 order by position limit ?7"),
            false => concat!(rows!(), "and position < ?6 order by position desc limit ?7"),
        };
        let end = after.unwrap_or(if list.oldest_first { 0 } else { i64::MAX });
        let (from, until) = list.until.clone().unzip();
        let about = list.about.as_ref();
        let people = about
            .map(|(people, _)| json!(people.iter().map(|id| id.0.simple().to_string()).collect::<Vec<_>>()));
        let number = about.map(|(_, number)| number.as_str()).filter(|number| !number.is_empty());
        let mut statement = self.transaction.prepare_cached(sql)?;
        let mut found = statement.query(params![
            json!(list.statuses).to_string(),
            from,
            until,
            people.map(|people| people.to_string()),
            number,
            end,
            limit,
        ])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(read_row(row)?);
        }
        let next = rows.last().filter(|_| rows.len() == limit as usize).map(|record: &Record| record.version);
        Ok(Page { rows, next })
    }

    /// How many certificates `list` has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn certificate_count(&self, list: &CertificateList) -> Result<u64, StoreError> {
        self.reads("certificate");
        let (from, until) = list.until.clone().unzip();
        let mut statement = self.transaction.prepare_cached(
            "select count(*) from record
             where kind = 'certificate' and voided = 0
               and json_extract(state, '$.fields.status.value') in (select value from json_each(?1))
               and (?2 is null or json_extract(state, '$.fields.until.value') between ?2 and ?3)",
        )?;
        let count = statement
            .query_row(params![json!(list.statuses).to_string(), from, until], |row| row.get::<_, i64>(0))?;
        Ok(count.unsigned_abs())
    }

    /// The certificates that bear `number`, of which there is one unless somebody else's program wrote another.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn certificates_of_number(&self, number: &str) -> Result<Vec<Record>, StoreError> {
        self.reads("certificate");
        let mut statement = self.transaction.prepare_cached(
            "select id, kind, patient, position, state from record
             where kind = 'certificate' and json_extract(state, '$.fields.number.value') = ?1 order by id",
        )?;
        let rows = statement.query_map([number], |row| Ok(read_row(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The block that accounts for the number `serial` of those that begin with `prefix`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn number_block(&self, prefix: &str, serial: &str) -> Result<Option<Record>, StoreError> {
        self.reads("number_block");
        let mut statement = self.transaction.prepare_cached(
            "select id, kind, patient, position, state from record
             where kind = 'number_block' and json_extract(state, '$.fields.prefix.value') = ?1
               and json_extract(state, '$.fields.\"uses/' || ?2 || '/certificate\".value') is not null",
        )?;
        statement.query_row([prefix, serial], |row| Ok(read_row(row))).optional()?.transpose()
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
            "select op.header, op.body, op.clamp, tx.author, tx.wall from op join tx on tx.position = op.tx
             where op.record = ?1 and op.quarantine is null order by op.position",
        )?;
        let mut rows = statement.query([Col(record)])?;
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            let author = row.get::<_, Col<RecordId>>(3)?.0;
            steps.push(Said { op: read_op(row)?, author, wall: row.get(4)? });
        }
        Ok(steps)
    }
}
