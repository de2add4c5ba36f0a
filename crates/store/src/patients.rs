//! The rows and words under which people are found.

use std::collections::{BTreeMap, BTreeSet};

use domain::RecordId;
use domain::patients::{Key, Patient, keys, plain};
use domain::record::{Kind, Record};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::StoreError;
use crate::act::Act;
use crate::projection::{Projection, Shown};
use crate::row::Col;
use crate::table::{Pen, Row, Table};

/// The tables in which people are found.
pub(crate) struct People;

const PATIENT: Table =
    Table { name: "patient", key: "id", columns: &["sort", "birth_first", "birth_last", "position"] };
const WORD: Table = Table { name: "patient_word", key: "patient", columns: &["word", "is_name"] };
const UNSURE: Table = Table { name: "unsure_birth", key: "patient", columns: &["word"] };
const FORM: Table = Table { name: "word_form", key: "word", columns: &["form"] };

impl Projection for People {
    fn tables(&self) -> &'static [Table] {
        &[PATIENT, WORD, UNSURE]
    }

    fn shows(&self, kind: &Kind) -> bool {
        kind.name == Patient::KIND.name
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        if shown.state.voided.is_some() {
            return Ok(Vec::new());
        }
        let patient: Patient = shown.state.record();
        let mut words: BTreeMap<String, bool> = BTreeMap::new();
        for key in keys(&patient) {
            *words.entry(key.word).or_default() |= key.is_name;
        }
        let sort =
            plain(&format!("{} {}", patient.family.unwrap_or_default(), patient.given.unwrap_or_default()));
        let row = vec![
            sort.into(),
            patient.birth_date.map(|date| date.earliest().to_string()).into(),
            patient.birth_date.map(|date| date.latest().to_string()).into(),
            shown.version.into(),
        ];
        let is_sure = patient.birth_date.is_some_and(|born| born.exact().is_some());
        let unsure = words.iter().filter(|(_, is_name)| **is_name && !is_sure);
        let unsure = unsure.map(|(word, _)| vec![word.clone().into()]).collect();
        let words = words.into_iter().map(|(word, is_name)| vec![word.into(), is_name.into()]);
        Ok(vec![vec![row], words.collect(), unsure])
    }

    fn follow(&self, pen: &mut Pen, table: &Table, changed: &[Row]) -> Result<(), StoreError> {
        let words = changed.iter().filter(|_| table.name == WORD.name).filter_map(|row| match row.first() {
            Some(Value::Text(word)) => Some(word.clone()),
            _ => None,
        });
        words.collect::<BTreeSet<_>>().into_iter().try_for_each(|word| put_forms(pen, word))
    }

    fn finish(&self, pen: &mut Pen) -> Result<(), StoreError> {
        pen.forget_counts(&FORM);
        let mut statement = pen.connection.prepare("select distinct word from patient_word order by word")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            put_forms(pen, row.get(0)?)?;
        }
        if pen.has_more(&FORM)? {
            let sql = "select distinct word from word_form where word not in (select word from patient_word)";
            let words = pen
                .connection
                .prepare(sql)?
                .query_map([], |row| row.get(0))?
                .collect::<Result<Vec<_>, _>>()?;
            words.into_iter().try_for_each(|word| put_forms(pen, word))?;
        }
        Ok(())
    }
}

/// Keeps the forms of a word; one without patients has none.
fn put_forms(pen: &mut Pen, word: String) -> Result<(), StoreError> {
    let is_name: Option<bool> = pen
        .connection
        .prepare_cached("select max(is_name) from patient_word where word = ?1")?
        .query_row([&word], |row| row.get(0))?;
    let key = is_name.map(|is_name| Key { word: word.clone(), is_name });
    let forms = key.map_or_else(Vec::new, |key| key.forms());
    pen.put(&FORM, &Value::Text(word), forms.into_iter().map(|form| vec![form.into()]).collect())?;
    Ok(())
}

pub(crate) fn words_of(connection: &Connection, id: RecordId) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("select word from patient_word where patient = ?1")?;
    let words = statement.query_map([Col(id)], |row| row.get(0))?;
    Ok(words.collect::<Result<_, _>>()?)
}

impl Act<'_> {
    /// The people who were registered or changed last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn latest_patients(&self, limit: u32) -> Result<Vec<RecordId>, StoreError> {
        self.reads("patient");
        let mut statement =
            self.transaction.prepare_cached("select id from patient order by position desc limit ?1")?;
        let people = statement.query_map([limit], |row| row.get::<_, Col<RecordId>>(0))?;
        Ok(people.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
    }
}
