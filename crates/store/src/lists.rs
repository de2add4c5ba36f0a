//! The list in hand at this workstation, row by row, and whom of the people here a row may be about.

use std::collections::{BTreeMap, BTreeSet};

use domain::lists::signs;
use domain::patients::{in_full, search_words};
use domain::{PartialDate, RecordId};
use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::act::Act;
use crate::row::Col;

/// A row of the list in hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRow {
    /// Its line in the file.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
    /// What is wrong with it whatever its columns mean.
    pub fault: Option<String>,
    /// What it comes to; nothing while nobody has looked.
    pub outcome: Option<String>,
    /// The number in it, as numbers are compared.
    pub number: Option<String>,
    /// Who it is by name and birth.
    pub who: Option<String>,
    /// Whom it is about.
    pub patient: Option<RecordId>,
    /// What the look found.
    pub told: Option<String>,
    /// What a person decided.
    pub choice: Option<String>,
    /// Who was named.
    pub chosen: Option<RecordId>,
    /// Whether it was taken in.
    pub done: bool,
}

const COLUMNS: &str = "line, cells, fault, outcome, number, who, patient, told, choice, chosen, done";

fn read(row: &Row) -> rusqlite::Result<ListRow> {
    let cells: String = row.get(1)?;
    Ok(ListRow {
        line: row.get(0)?,
        cells: serde_json::from_str(&cells).unwrap_or_default(),
        fault: row.get(2)?,
        outcome: row.get(3)?,
        number: row.get(4)?,
        who: row.get(5)?,
        patient: row.get::<_, Option<Col<RecordId>>>(6)?.map(|column| column.0),
        told: row.get(7)?,
        choice: row.get(8)?,
        chosen: row.get::<_, Option<Col<RecordId>>>(9)?.map(|column| column.0),
        done: row.get(10)?,
    })
}

/// Words as a statement is given them.
fn words(words: &[&str]) -> String {
    serde_json::to_string(words).unwrap_or_default()
}

/// As alike as two words of names are when one is a slip of the other (Jaro-Winkler).
const ALIKE: f64 = 0.85;
/// So many people with one word, and it is no rare one.
const MANY: u32 = 1_000;
/// People of one name who are looked at closely.
const NAMESAKES: u32 = 50;

impl Act<'_> {
    /// Lets go of the list in hand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_list(&self) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from list_row")?.execute([])?;
        Ok(())
    }

    /// Forgets what a look found, and the rows of those who are not on the list: those from line `end` on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn look_anew(&self, end: u32) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from list_row where line >= ?1")?.execute([end])?;
        let sql =
            "update list_row set outcome = null, number = null, who = null, patient = null, told = null,
                   choice = null, chosen = null, done = 0";
        self.transaction.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Keeps a row of the list in hand.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn keep_list_row(&self, row: &ListRow) -> Result<(), StoreError> {
        let sql = format!(
            "insert or replace into list_row ({COLUMNS}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        );
        self.transaction.prepare_cached(&sql)?.execute(params![
            row.line,
            serde_json::to_string(&row.cells).unwrap_or_default(),
            row.fault,
            row.outcome,
            row.number,
            row.who,
            row.patient.map(Col),
            row.told,
            row.choice,
            row.chosen.map(Col),
            row.done,
        ])?;
        Ok(())
    }

    /// The row of this line.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_row(&self, line: u32) -> Result<Option<ListRow>, StoreError> {
        let sql = format!("select {COLUMNS} from list_row where line = ?1");
        Ok(self.transaction.prepare_cached(&sql)?.query_row([line], read).optional()?)
    }

    /// At most `limit` rows of this outcome behind the line `after`; without an outcome, rows of any.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_rows(
        &self,
        outcome: Option<&str>,
        after: u32,
        limit: u32,
    ) -> Result<Vec<ListRow>, StoreError> {
        let of = if outcome.is_some() { "outcome = ?1" } else { "?1 is null" };
        let sql = format!("select {COLUMNS} from list_row where {of} and line > ?2 order by line limit ?3");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let rows = statement.query_map(params![outcome, after, limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// At most `limit` rows that nobody has looked at.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unlooked(&self, limit: u32) -> Result<Vec<ListRow>, StoreError> {
        let sql = format!("select {COLUMNS} from list_row where outcome is null order by line limit ?1");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let rows = statement.query_map([limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// At most `limit` rows that can be taken in and were not: those of these outcomes, and those about which a person
    /// decided something other than to leave them out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn untaken(&self, outcomes: &[&str], left_out: &str, limit: u32) -> Result<Vec<ListRow>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from list_row
             where done = 0 and choice is not ?2
               and (outcome in (select value from json_each(?1)) or choice is not null)
             order by line limit ?3"
        );
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let rows = statement.query_map(params![words(outcomes), left_out, limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many rows [`Act::untaken`] would have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn untaken_count(&self, outcomes: &[&str], left_out: &str) -> Result<u64, StoreError> {
        let sql = "select count(*) from list_row where done = 0 and choice is not ?2
                   and (outcome in (select value from json_each(?1)) or choice is not null)";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let count: i64 = statement.query_row((words(outcomes), left_out), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// How many rows come to what, of all and of those that were taken in; a row that nobody has looked at comes to "".
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_counts(&self) -> Result<BTreeMap<String, (u64, u64)>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select coalesce(outcome, ''), count(*), sum(done) from list_row group by outcome",
        )?;
        let counts = statement.query_map([], |row| {
            let (all, done): (i64, i64) = (row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, (all.unsigned_abs(), done.unsigned_abs())))
        })?;
        Ok(counts.collect::<Result<_, _>>()?)
    }

    /// What stands in the column `at` of each row, in the order of their lines; rows that end before it apart.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_column(&self, at: usize) -> Result<Vec<String>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select cell from (select line, json_extract(cells, ?1) as cell from list_row) where cell is not null order by line",
        )?;
        let cells = statement.query_map([format!("$[{at}]")], |row| row.get(0))?;
        Ok(cells.collect::<Result<_, _>>()?)
    }

    /// The rows of these outcomes that are about somebody whom another of them is about too, person by person.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn lines_about_one(&self, outcomes: &[&str]) -> Result<BTreeMap<RecordId, Vec<u32>>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "with about as (select patient, line from list_row
                            where patient is not null and outcome in (select value from json_each(?1)))
             select patient, line from about
             where patient in (select patient from about group by patient having count(*) > 1) order by patient, line",
        )?;
        let mut rows = statement.query([words(outcomes)])?;
        let mut lines: BTreeMap<RecordId, Vec<u32>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            lines.entry(row.get::<_, Col<RecordId>>(0)?.0).or_default().push(row.get(1)?);
        }
        Ok(lines)
    }

    /// Whether a row other than that of `line` means `person`: they were named of it, or it comes to one of `outcomes` about
    /// them and nobody decided one of `otherwise`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn is_meant_elsewhere(
        &self,
        person: RecordId,
        line: u32,
        outcomes: &[&str],
        otherwise: &[&str],
    ) -> Result<bool, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select 1 from list_row where chosen = ?1 and line <> ?2
             union all
             select 1 from list_row
             where patient = ?1 and line <> ?2 and chosen is null and outcome in (select value from json_each(?3))
               and (choice is null or choice not in (select value from json_each(?4)))",
        )?;
        Ok(statement.exists(params![Col(person), line, words(outcomes), words(otherwise)])?)
    }

    /// Decides `choice` about all rows of `outcome` that were neither taken in nor, by `left_out`, left out; how many they are.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle_list_rows(
        &self,
        outcome: &str,
        choice: Option<&str>,
        left_out: &str,
    ) -> Result<u64, StoreError> {
        let sql = "update list_row set choice = ?2 where outcome = ?1 and done = 0 and choice is not ?3";
        let settled = self.transaction.prepare_cached(sql)?.execute((outcome, choice, left_out))?;
        Ok(settled as u64)
    }

    /// The first line before `line` with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn line_of_number(&self, number: &str, line: u32) -> Result<Option<u32>, StoreError> {
        let sql = "select line from list_row where number = ?1 and line < ?2 order by line limit 1";
        Ok(self.transaction.prepare_cached(sql)?.query_row((number, line), |row| row.get(0)).optional()?)
    }

    /// The first line before `line` about this person by name and birth.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn line_of(&self, who: &str, line: u32) -> Result<Option<u32>, StoreError> {
        let sql = "select line from list_row where who = ?1 and line < ?2 order by line limit 1";
        Ok(self.transaction.prepare_cached(sql)?.query_row((who, line), |row| row.get(0)).optional()?)
    }

    /// The people whom a row may be about: those with its number, and those of whom a name and the birth are alike.
    /// Whose birth is not known to the day is met by both names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn fitting(
        &self,
        number: &str,
        names: [Option<&str>; 2],
        born: Option<PartialDate>,
    ) -> Result<BTreeSet<RecordId>, StoreError> {
        self.reads("patient");
        let mut people = self.with_number(number)?;
        let words = names.map(|name| search_words(name.unwrap_or_default()));
        let born = born.and_then(|born| born.exact());
        let exchanged = born.and_then(|day| jiff::civil::Date::new(day.year(), day.day(), day.month()).ok());
        for day in [born, exchanged].into_iter().flatten().collect::<BTreeSet<_>>() {
            let mut statement =
                self.transaction.prepare_cached("select id, sort from patient where birth_first = ?1")?;
            let mut rows = statement.query([day.to_string()])?;
            while let Some(row) = rows.next()? {
                let sort: String = row.get(1)?;
                if words
                    .iter()
                    .flatten()
                    .any(|word| sort.split_whitespace().any(|known| are_alike(word, known)))
                {
                    people.insert(row.get::<_, Col<RecordId>>(0)?.0);
                }
            }
        }
        // Whoever was born on a day that is known was met above.
        let among = if born.is_some() { "unsure_birth" } else { "patient_word" };
        // By the rarest word of each name; one that nobody has is a slip, or says nothing here.
        let mut rarest: Vec<(u32, &str)> = Vec::new();
        for words in words.iter().filter(|words| !words.is_empty()) {
            let mut held = Vec::new();
            for word in words {
                held.push((self.holders(among, word)?, word.as_str()));
            }
            let Some(rare) = held.into_iter().filter(|(holders, _)| *holders > 0).min() else {
                return Ok(people);
            };
            rarest.push(rare);
        }
        rarest.sort_unstable();
        if let Some((_, first)) = rarest.first() {
            let mut statement = self.transaction.prepare_cached(&format!(
                "select named.patient from {among} as named
                 where named.word = ?1
                   and exists (select 1 from {among} as other where other.patient = named.patient and other.word = ?2)
                 limit ?3"
            ))?;
            // A name of one word alone is met with any other.
            let second = rarest.get(1).map_or(first, |(_, second)| second);
            let found = statement
                .query_map(params![first, second, NAMESAKES], |row| row.get::<_, Col<RecordId>>(0))?;
            for patient in found {
                people.insert(patient?.0);
            }
        }
        Ok(people)
    }

    /// How many people have this word among those of `among`, counted up to [`MANY`].
    fn holders(&self, among: &str, word: &str) -> Result<u32, StoreError> {
        let sql = format!("select count(*) from (select 1 from {among} where word = ?1 limit {MANY})");
        Ok(self.transaction.prepare_cached(&sql)?.query_row([word], |row| row.get(0))?)
    }

    /// The people with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn with_number(&self, number: &str) -> Result<BTreeSet<RecordId>, StoreError> {
        self.reads("patient");
        let mut statement =
            self.transaction.prepare_cached("select patient from patient_word where word = ?1")?;
        let found = statement.query_map([signs(number)], |row| row.get::<_, Col<RecordId>>(0))?;
        Ok(found.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
    }
}

fn are_alike(word: &str, known: &str) -> bool {
    strsim::jaro_winkler(in_full(word), in_full(known)) >= ALIKE
}
