//! The latest moment that was written down at this workstation, and how it is left behind where its clock ran ahead.

use domain::{Hlc, Incarnation, RecordId};

use crate::StoreError;
use crate::act::Act;
use crate::log::OWN_STAMP;
use crate::rebuild::remake;
use crate::row::{Col, stamp};
use crate::table::Pen;

/// Where it is kept.
const CLOCK: &str = "clock";

impl Act<'_> {
    /// The latest moment that was written down here, in milliseconds since 1970; zero before the first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn clock(&self) -> Result<u64, StoreError> {
        let kept = self.local(CLOCK)?.and_then(|bytes| bytes.try_into().ok());
        Ok(kept.map(u64::from_be_bytes).unwrap_or_default())
    }

    /// Notes that `now` was written down here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn note_clock(&self, now: u64) -> Result<(), StoreError> {
        if now > self.clock()? { self.set_local(CLOCK, &now.to_be_bytes()) } else { Ok(()) }
    }

    /// Lets the next stamp follow all that is here of the installation `own`.
    pub(crate) fn own_stamp_after(&self, own: Incarnation) -> Result<(), StoreError> {
        let greatest: Option<i64> = self
            .transaction
            .prepare_cached("select max(min(hlc, coalesce(clamp, hlc))) from op where incarnation = ?1")?
            .query_row([Col(own)], |row| row.get(0))?;
        greatest.map_or(Ok(()), |stamp| self.set_local(OWN_STAMP, &stamp.to_be_bytes()))
    }

    /// Sets back to `now` what the installation `own` wrote down under a clock that ran ahead: times go on from there, and
    /// the stamps of that clock are limited as a server limits them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_clock_back(&self, own: Incarnation, now: u64) -> Result<(), StoreError> {
        self.open_gate()?;
        self.set_local(CLOCK, &now.to_be_bytes())?;
        let limit = stamp(Hlc::at(now));
        self.set_local(OWN_STAMP, &limit.to_be_bytes())?;
        let records: Vec<RecordId> = {
            let mut statement = self.transaction.prepare_cached(
                "select distinct record from op where incarnation = ?1 and clamp is null and hlc > ?2",
            )?;
            let rows = statement.query_map((Col(own), limit), |row| row.get::<_, Col<RecordId>>(0))?;
            rows.map(|row| row.map(|column| column.0)).collect::<Result<_, _>>()?
        };
        self.transaction
            .prepare_cached("update op set clamp = ?2 where incarnation = ?1 and clamp is null and hlc > ?2")?
            .execute((Col(own), limit))?;
        let mut pen = Pen::writing(&self.transaction);
        records.into_iter().try_for_each(|record| remake(&mut pen, record).map(drop))
    }
}
