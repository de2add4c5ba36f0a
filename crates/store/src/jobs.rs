//! When the work that nobody waits for was done last at this workstation, and how it ended.

use domain::jobs::{JobKind, JobOutcome};
use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::act::Act;

/// A job as it stands. Times are milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobRow {
    /// What it is about; empty where there is one alone.
    pub about: String,
    /// Since when somebody has asked for it.
    pub asked: Option<u64>,
    /// When it began last.
    pub began: Option<u64>,
    /// When it ended last.
    pub ended: Option<u64>,
    /// When it was done last.
    pub done: Option<u64>,
    /// How it ended last.
    pub outcome: Option<JobOutcome>,
    /// Why it was not done.
    pub fault: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// Until when the next try waits.
    pub waits: Option<u64>,
}

impl JobRow {
    /// Whether the last try found nothing where it should be.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.fault.as_deref() == Some("gone")
    }
}

const COLUMNS: &str = "about, asked, began, ended, done, outcome, fault, failures, waits";

impl Act<'_> {
    /// The jobs of this kind, by what they are about.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn jobs(&self, kind: JobKind) -> Result<Vec<JobRow>, StoreError> {
        let sql = format!("select {COLUMNS} from job where kind = ?1 order by about");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let rows = statement.query_map([kind.word()], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The job of this kind about `about`, as a new one where there was none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn job(&self, kind: JobKind, about: &str) -> Result<JobRow, StoreError> {
        let sql = format!("select {COLUMNS} from job where kind = ?1 and about = ?2");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let found = statement.query_row([kind.word(), about], read).optional()?;
        Ok(found.unwrap_or_else(|| JobRow { about: about.to_owned(), ..JobRow::default() }))
    }

    /// Keeps how a job stands.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep_job(&self, kind: JobKind, job: &JobRow) -> Result<(), StoreError> {
        let sql = format!(
            "insert or replace into job (kind, {COLUMNS}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        );
        let time = |at: Option<u64>| at.map(u64::cast_signed);
        self.transaction.prepare_cached(&sql)?.execute(params![
            kind.word(),
            job.about,
            time(job.asked),
            time(job.began),
            time(job.ended),
            time(job.done),
            job.outcome.map(JobOutcome::word),
            job.fault,
            job.failures,
            time(job.waits),
        ])?;
        Ok(())
    }

    /// Forgets the jobs about something that is no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_jobs(&self, about: &str) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from job where about = ?1")?.execute([about])?;
        Ok(())
    }
}

fn read(row: &Row) -> rusqlite::Result<JobRow> {
    let time = |column: usize| -> rusqlite::Result<Option<u64>> {
        Ok(row.get::<_, Option<i64>>(column)?.map(i64::unsigned_abs))
    };
    let outcome: Option<String> = row.get(5)?;
    Ok(JobRow {
        about: row.get(0)?,
        asked: time(1)?,
        began: time(2)?,
        ended: time(3)?,
        done: time(4)?,
        outcome: outcome
            .and_then(|word| JobOutcome::ALL.iter().copied().find(|outcome| outcome.word() == word)),
        fault: row.get(6)?,
        failures: row.get(7)?,
        waits: time(8)?,
    })
}
