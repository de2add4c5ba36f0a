//! The visits that are under way, and what belongs to one.

use domain::{RecordId, Scope};

use crate::act::Act;
use crate::listing::List;
use crate::{Record, StoreError};

/// How far a visit under way is.
const UNDER_WAY: [&str; 3] = ["arrived", "triaged", "in_progress"];
/// Among so many that changed last the latest are looked for.
const MOST_UNDER_WAY: u32 = 200;

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
        let list = List { patient, scope: Some(scope), ..List::of("visit", "status", &UNDER_WAY) };
        let mut visits = self.list(&list, None, MOST_UNDER_WAY.max(limit))?.rows;
        visits.sort_by_key(|visit| std::cmp::Reverse(visit.id));
        visits.truncate(limit as usize);
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
        let other = other.to_string();
        let mut records = self.records(kind, Some(patient))?;
        records.retain(|record| record.state.value(field).as_text() == Some(other.as_str()));
        Ok(records)
    }
}
