//! Names of illnesses: how often each was written, which have no code, and those of the files that were taken in here.

use domain::codes::key;
use domain::patients::Problem;
use domain::record::{Kind, Record};
use domain::visits::Note;
use domain::{Digest, RecordId};
use rusqlite::params;
use rusqlite::types::Value;

use crate::StoreError;
use crate::act::Act;
use crate::projection::{Projection, Shown};
use crate::row::{Col, blob};
use crate::table::{Row, Table};

/// What is longer is no name, and is kept in part.
const LONGEST_NAME: usize = 200;

/// The table of what diagnoses and problems are called.
pub(crate) struct Diagnoses;

impl Projection for Diagnoses {
    fn tables(&self) -> &'static [Table] {
        &[Table {
            name: "diagnosis",
            key: "record",
            columns: &["entry", "author", "at", "name", "key", "coded"],
        }]
    }

    fn shows(&self, kind: &Kind) -> bool {
        [Note::KIND.name, Problem::KIND.name].contains(&kind.name)
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        let state = shown.state;
        if state.voided.is_some() {
            return Ok(Vec::new());
        }
        let at = i64::try_from(state.made.milliseconds()).unwrap_or(i64::MAX);
        let row = |entry: &str, author: Option<RecordId>, name: Option<String>, coded: bool| -> Option<Row> {
            let name: String = name?.trim().chars().take(LONGEST_NAME).collect();
            let key = Some(key(&name)).filter(|key| !key.is_empty())?;
            Some(vec![
                entry.to_owned().into(),
                author.map_or(Value::Null, blob),
                at.into(),
                name.into(),
                key.into(),
                coded.into(),
            ])
        };
        let rows: Vec<Row> = if shown.kind.name == Problem::KIND.name {
            let Problem { name, code, source, .. } = state.record();
            // What came from elsewhere is coded there or nowhere.
            let coded = code.is_some() || source.is_some();
            row("", None, name, coded).into_iter().collect()
        } else if state.signed.is_some() {
            let Note { author, diagnoses, .. } = state.record();
            let each = diagnoses.into_iter().flat_map(|diagnoses| diagnoses.0);
            each.filter_map(|(entry, said)| row(&entry, author, said.name, said.code.is_some())).collect()
        } else {
            Vec::new()
        };
        Ok(vec![rows])
    }
}

/// A name of a file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeTerm {
    /// Its code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Other words for it.
    pub also: Vec<String>,
}

/// A name that was written without a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncoded {
    /// The name, as one of them writes it.
    pub name: String,
    /// What its writings have in common ([`key`]).
    pub key: String,
    /// How often.
    pub times: u32,
    /// When it was last, in milliseconds since 1970.
    pub last: i64,
}

/// What other words are parted by in their column.
const PART: char = '\n';

impl Act<'_> {
    /// How often each name of `keys` was written in signed notes since `since`, by `author` and by anybody, counted up to
    /// `enough`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn uses_of_names(
        &self,
        keys: &[&str],
        author: RecordId,
        since: i64,
        enough: u32,
    ) -> Result<Vec<(u32, u32)>, StoreError> {
        self.reads(Note::KIND.name);
        let mut statement = self.transaction.prepare_cached(
            "select (select count(*) from (select 1 from diagnosis
                         where key = asked.value and author = ?2 and at >= ?3 limit ?4)),
                    (select count(*) from (select 1 from diagnosis
                         where key = asked.value and author is not null and at >= ?3 limit ?4))
             from json_each(?1) as asked order by asked.key",
        )?;
        let keys = serde_json::to_string(keys).unwrap_or_default();
        let uses = statement
            .query_map(params![keys, Col(author), since, enough], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(uses.collect::<Result<_, _>>()?)
    }

    /// At most `limit` names that signed notes and problems have without a code, in the order of their keys behind
    /// `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn uncoded_names(&self, after: Option<&str>, limit: u32) -> Result<Vec<Uncoded>, StoreError> {
        self.reads(Note::KIND.name);
        self.reads(Problem::KIND.name);
        let mut statement = self.transaction.prepare_cached(
            "select min(name), key, count(*), max(at) from diagnosis indexed by diagnosis_uncoded
             where coded = 0 and key > ?1 group by key order by key limit ?2",
        )?;
        let names = statement.query_map(params![after.unwrap_or_default(), limit], |row| {
            Ok(Uncoded { name: row.get(0)?, key: row.get(1)?, times: row.get(2)?, last: row.get(3)? })
        })?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// How many names have no code.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn uncoded_count(&self) -> Result<u64, StoreError> {
        let sql = "select count(distinct key) from diagnosis indexed by diagnosis_uncoded where coded = 0";
        let count: i64 = self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Keeps the names of the file with this digest, in the place of those that were kept of it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep_code_terms(
        &self,
        digest: &Digest,
        terms: impl IntoIterator<Item = CodeTerm>,
    ) -> Result<(), StoreError> {
        self.forget_code_terms(digest)?;
        let mut insert = self
            .transaction
            .prepare_cached("insert into code_term (sha256, code, name, also) values (?1, ?2, ?3, ?4)")?;
        for CodeTerm { code, name, also } in terms {
            insert.execute(params![digest, code, name, also.join(&PART.to_string())])?;
        }
        Ok(())
    }

    /// Forgets the names of the file with this digest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_code_terms(&self, digest: &Digest) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from code_term where sha256 = ?1")?.execute([digest])?;
        Ok(())
    }

    /// The names of the file with this digest, in the order of their codes; none where it was not given here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn code_terms(&self, digest: &[u8]) -> Result<Vec<CodeTerm>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("select code, name, also from code_term where sha256 = ?1 order by code")?;
        let terms = statement.query_map([digest], |row| {
            let also: String = row.get(2)?;
            let also = also.split(PART).filter(|also| !also.is_empty()).map(ToOwned::to_owned).collect();
            Ok(CodeTerm { code: row.get(0)?, name: row.get(1)?, also })
        })?;
        Ok(terms.collect::<Result<_, _>>()?)
    }

    /// Whether names of the file with this digest are here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn has_code_terms(&self, digest: &[u8]) -> Result<bool, StoreError> {
        let mut known = self.transaction.prepare_cached("select 1 from code_term where sha256 = ?1")?;
        Ok(known.exists([digest])?)
    }

    /// How many names of the file with this digest are here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn code_term_count(&self, digest: &[u8]) -> Result<u64, StoreError> {
        let sql = "select count(*) from code_term where sha256 = ?1";
        let count: i64 = self.transaction.prepare_cached(sql)?.query_row([digest], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}
