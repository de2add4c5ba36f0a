//! Finding people.

use std::collections::{BTreeMap, BTreeSet};

use domain::patients::{Key, Patient, keys, plain, search_words};
use domain::record::{Kind, Record};
use domain::{PartialDate, RecordId};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::records::{Projection, Shown};
use crate::row::Col;
use crate::table::{Pen, Row, Table};
use crate::act::Act;

/// A person who was found, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The patient.
    pub patient: RecordId,
    /// From 0 to 1000 a word.
    pub score: u32,
}

/// People looked at closely for one query; a query that fits more is not yet worth ranking.
const CANDIDATES: usize = 400;
/// Words that one typed word may stand for.
const NEAR_WORDS: u32 = 60;

/// The tables in which people are found.
pub(crate) struct People;

const PATIENT: Table =
    Table { name: "patient", key: "id", columns: &["sort", "birth_first", "birth_last", "position"] };
const WORD: Table = Table { name: "patient_word", key: "patient", columns: &["word", "is_name"] };
const FORM: Table = Table { name: "word_form", key: "word", columns: &["form"] };

impl Projection for People {
    fn tables(&self) -> &'static [Table] {
        &[PATIENT, WORD]
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
        let words = words.into_iter().map(|(word, is_name)| vec![word.into(), is_name.into()]);
        Ok(vec![vec![row], words.collect()])
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

fn words_of(connection: &Connection, id: RecordId) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("select word from patient_word where patient = ?1")?;
    let words = statement.query_map([Col(id)], |row| row.get(0))?;
    Ok(words.collect::<Result<_, _>>()?)
}

impl Act<'_> {
    /// The people who fit `text` - names in any order, misspelt or partial, a number, a birth date in
    /// `born` - best first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(&self, text: &str, born: Option<PartialDate>, limit: u32) -> Result<Vec<Hit>, StoreError> {
        self.reads("patient");
        let typed = search_words(text);
        let mut scores: Option<BTreeMap<RecordId, u32>> = None;
        for (at, word) in typed.iter().enumerate() {
            let near = self.near_words(word, at + 1 == typed.len())?;
            let mut best = match &scores {
                None => self.people_by_words(&near)?,
                Some(before) => self.people_among(before, &near)?,
            };
            if let Some(before) = &scores {
                for (patient, score) in &mut best {
                    *score += before.get(patient).copied().unwrap_or_default();
                }
            }
            scores = Some(best);
        }
        if let Some(born) = born {
            let people = self.people_born(born)?;
            scores = Some(match scores {
                None => people.into_iter().map(|patient| (patient, 1000)).collect(),
                Some(scores) => scores
                    .into_iter()
                    .filter(|(patient, _)| people.contains(patient))
                    .map(|(patient, score)| (patient, score + 1000))
                    .collect(),
            });
        }
        let mut hits: Vec<Hit> =
            scores.unwrap_or_default().into_iter().map(|(patient, score)| Hit { patient, score }).collect();
        hits.sort_by(|one, other| other.score.cmp(&one.score).then(other.patient.cmp(&one.patient)));
        hits.truncate(limit as usize);
        Ok(hits)
    }

    /// The words that somebody may have meant by `typed`, each with how well it fits.
    fn near_words(&self, typed: &str, is_last: bool) -> Result<Vec<(String, u32)>, StoreError> {
        let mut near: BTreeMap<String, u32> = BTreeMap::new();
        let mut prefix = self.transaction.prepare_cached(
            "select distinct word from patient_word indexed by patient_word_word where word >= ?1 and word < ?2 order by word limit ?3",
        )?;
        let end = format!("{typed}\u{10ffff}");
        for word in prefix.query_map(params![typed, end, NEAR_WORDS], |row| row.get::<_, String>(0))? {
            let word = word?;
            let fit = if word == typed {
                1000
            } else if is_last {
                900
            } else {
                850
            };
            near.insert(word, fit);
        }
        let is_number = typed.chars().any(|sign| sign.is_ascii_digit());
        if !is_number {
            let key = Key { word: typed.to_owned(), is_name: true };
            let mut by_form =
                self.transaction.prepare_cached("select word from word_form where form = ?1 limit ?2")?;
            for form in key.forms() {
                for word in by_form.query_map(params![form, NEAR_WORDS], |row| row.get::<_, String>(0))? {
                    let word = word?;
                    let fit = fit(typed, &word);
                    if fit > 0 {
                        near.entry(word).or_insert(fit);
                    }
                }
            }
        }
        let mut near: Vec<_> = near.into_iter().collect();
        near.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        near.truncate(NEAR_WORDS as usize);
        Ok(near)
    }

    fn people_by_words(&self, near: &[(String, u32)]) -> Result<BTreeMap<RecordId, u32>, StoreError> {
        let mut people = BTreeMap::new();
        let mut statement = self
            .transaction
            .prepare_cached("select patient from patient_word where word = ?1 order by patient desc")?;
        for (word, fit) in near {
            for patient in statement.query_map([word], |row| row.get::<_, Col<RecordId>>(0))? {
                people.entry(patient?.0).or_insert(*fit);
            }
            // Words come best first: once there are enough people the worse ones add only noise.
            if people.len() >= CANDIDATES * 10 {
                break;
            }
        }
        Ok(people)
    }

    fn people_among(
        &self,
        among: &BTreeMap<RecordId, u32>,
        near: &[(String, u32)],
    ) -> Result<BTreeMap<RecordId, u32>, StoreError> {
        if among.len() > CANDIDATES {
            let mut people = self.people_by_words(near)?;
            people.retain(|patient, _| among.contains_key(patient));
            return Ok(people);
        }
        let mut people = BTreeMap::new();
        for patient in among.keys() {
            let words: BTreeSet<String> = words_of(&self.transaction, *patient)?.into_iter().collect();
            if let Some((_, fit)) = near.iter().find(|(word, _)| words.contains(word)) {
                people.insert(*patient, *fit);
            }
        }
        Ok(people)
    }

    fn people_born(&self, born: PartialDate) -> Result<BTreeSet<RecordId>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select id from patient where birth_first between ?1 and ?2 or (birth_first <= ?2 and birth_last >= ?1 and birth_first <> birth_last)
             limit 5000",
        )?;
        let (first, last) = (born.earliest().to_string(), born.latest().to_string());
        let people = statement.query_map([first, last], |row| row.get::<_, Col<RecordId>>(0))?;
        Ok(people.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
    }

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

/// How well `word` fits what was typed; nothing where they are too far apart.
fn fit(typed: &str, word: &str) -> u32 {
    let longest = typed.chars().count().max(word.chars().count());
    let edits = strsim::osa_distance(typed, word);
    match (edits, longest) {
        (0, _) => 1000,
        (1, _) => 800,
        (2, 5..) => 650,
        // Only the sound brought it here.
        (3, 7..) => 500,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn fewer_edits_fit_better_and_short_words_bear_fewer() {
        assert_eq!(
            [fit("reyes", "reyes"), fit("reys", "reyes"), fit("castelanoss", "castellanos")],
            [1000, 800, 650]
        );
        assert_eq!(fit("cruz", "crtz"), 800);
        assert_eq!(fit("ana", "eva"), 0);
    }
}
