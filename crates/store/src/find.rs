//! Finding people by what somebody knows of them.
//!
//! First whoever has every word that was typed, misspelt or broken off. While few are found, words are also read
//! together and apart, since nobody knows where a name is cut; and where nobody fits well, people who lack one of several
//! words: whoever types the whole name of a card knows more than the record.

use std::collections::{BTreeMap, BTreeSet};

use domain::patients::{Key, other_writings, parted, search_words, stands_beside};
use domain::{PartialDate, RecordId};
use rusqlite::params;

use crate::StoreError;
use crate::act::Act;
use crate::patients::words_of;
use crate::row::Col;

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
/// As many as a person reads at one glance: with fewer, more is looked for.
const GLANCE: usize = 5;
/// The fit of a typed word from which nobody looks for a better one.
const WELL: u32 = 750;
/// Words into which one typed word is parted.
const PARTS: usize = 3;

/// One typed word, and what of a person it meets.
struct Asked {
    word: String,
    /// It helps to find, and excludes nobody.
    beside: bool,
    /// Words that may have been meant, best first, each with how well it fits.
    near: Vec<(String, u32)>,
    /// Words that together are the typed one.
    apart: Vec<Vec<String>>,
}

type People = BTreeMap<RecordId, u32>;

impl Asked {
    fn is_number(&self) -> bool {
        self.word.chars().any(|sign| sign.is_ascii_digit())
    }

    /// How well a person with these words fits.
    fn fit(&self, words: &BTreeSet<String>) -> Option<u32> {
        let near = self.near.iter().find(|(word, _)| words.contains(word)).map(|(_, fit)| *fit);
        let apart = || self.apart.iter().any(|parts| parts.iter().all(|part| words.contains(part)));
        // Of the words that begin as this one not all are near: there are too many.
        let begins = || words.iter().any(|word| word.starts_with(&self.word));
        near.or_else(|| apart().then_some(1000)).or_else(|| begins().then_some(850))
    }
}

impl Act<'_> {
    /// The people who fit `text` - names in any order, misspelt or partial, a number, a birth date in
    /// `born` - best first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(&self, text: &str, born: Option<PartialDate>, limit: u32) -> Result<Vec<Hit>, StoreError> {
        self.reads("patient");
        let mut asked = self.asked(text)?;
        let mut scores = self.with_every(&asked)?;
        if scores.as_ref().is_some_and(|found| found.len() < GLANCE) {
            if self.read_otherwise(text, &mut asked)? {
                scores = self.with_every(&asked)?;
            }
            let required = asked.iter().filter(|asked| !asked.beside).count();
            let well = WELL * u32::try_from(required).unwrap_or(u32::MAX);
            if required > 2 && !scores.iter().flat_map(People::values).any(|score| *score >= well) {
                let mut found = self.with_most(&asked, required - required / 3)?;
                found.extend(scores.unwrap_or_default());
                scores = Some(found);
            }
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

    /// The typed words with what they may mean; those that stand beside a name last.
    fn asked(&self, text: &str) -> Result<Vec<Asked>, StoreError> {
        let typed = search_words(text);
        // An initial says little: whoever has it fits better, and nobody is left out for it.
        let beside = |word: &String| stands_beside(word) || (typed.len() > 1 && word.chars().count() == 1);
        let all_beside = typed.iter().all(beside);
        let is_ended = text.trim_end().ends_with('.');
        let mut asked = Vec::new();
        for (at, word) in typed.iter().enumerate() {
            let is_last = at + 1 == typed.len();
            // The last word may be the beginning of a longer one, unless a full stop ends it.
            let beside = !all_beside && (!is_last || is_ended) && beside(word);
            let near = self.near_words(word, is_last)?;
            asked.push(Asked { word: word.clone(), beside, near, apart: Vec::new() });
        }
        asked.sort_by_key(|asked| asked.beside);
        Ok(asked)
    }

    /// The people who have every word; nothing where no word was typed.
    fn with_every(&self, asked: &[Asked]) -> Result<Option<People>, StoreError> {
        let mut scores: Option<People> = None;
        for asked in asked {
            let found = match &scores {
                None => self.people_by(asked)?,
                Some(before) => self.people_among(before, asked)?,
            };
            scores = Some(match scores {
                Some(mut before) if asked.beside => {
                    for (patient, score) in found {
                        before.entry(patient).and_modify(|before| *before += score);
                    }
                    before
                }
                Some(before) => found
                    .into_iter()
                    .map(|(patient, score)| {
                        (patient, score + before.get(&patient).copied().unwrap_or_default())
                    })
                    .collect(),
                None => found,
            });
        }
        Ok(scores)
    }

    /// The people who have at least `least` of the words that count.
    fn with_most(&self, asked: &[Asked], least: usize) -> Result<People, StoreError> {
        let mut met: BTreeMap<RecordId, (usize, u32)> = BTreeMap::new();
        for asked in asked.iter().filter(|asked| !asked.beside) {
            for (patient, score) in self.people_by(asked)? {
                let met = met.entry(patient).or_default();
                *met = (met.0 + 1, met.1 + score);
            }
        }
        met.retain(|_, (count, _)| *count >= least);
        Ok(met.into_iter().map(|(patient, (_, score))| (patient, score)).collect())
    }

    /// Reads neighbours in `text` as one word, and one word as several, where there are such words; whether
    /// there were.
    fn read_otherwise(&self, text: &str, asked: &mut [Asked]) -> Result<bool, StoreError> {
        let typed = search_words(text);
        let mut found = false;
        for width in 2..=PARTS {
            for (at, window) in typed.windows(width).enumerate() {
                let is_last = at + width == typed.len();
                let joined = window.concat();
                if joined.chars().any(|sign| sign.is_ascii_digit()) {
                    continue;
                }
                let words = if is_last { self.beginning_with(&joined, 10)? } else { vec![joined.clone()] };
                for word in words {
                    if !self.is_word(&word)? {
                        continue;
                    }
                    let fit = if word == joined { 1000 } else { 900 };
                    for asked in asked.iter_mut().filter(|asked| window.contains(&asked.word)) {
                        asked.near.insert(0, (word.clone(), fit));
                    }
                    found = true;
                }
            }
        }
        for asked in asked.iter_mut().filter(|asked| !asked.is_number()) {
            asked.apart = self.parts(&asked.word, PARTS)?;
            found |= !asked.apart.is_empty();
        }
        Ok(found)
    }

    /// The ways to part `word` into words that people here have.
    fn parts(&self, word: &str, most: usize) -> Result<Vec<Vec<String>>, StoreError> {
        let mut ways = Vec::new();
        for (one, rest) in parted(word) {
            let Some(one) = self.as_it_is_had(one)? else { continue };
            if let Some(rest) = self.as_it_is_had(rest)? {
                ways.push(vec![one.clone(), rest]);
            }
            if most > 2 {
                let further = self.parts(rest, most - 1)?.into_iter();
                ways.extend(further.map(|parts| [vec![one.clone()], parts].concat()));
            }
        }
        Ok(ways)
    }

    /// `word` as people here have it, in full or short.
    fn as_it_is_had(&self, word: &str) -> Result<Option<String>, StoreError> {
        if self.is_word(word)? {
            return Ok(Some(word.to_owned()));
        }
        for other in other_writings(word) {
            if self.is_word(other)? {
                return Ok(Some(other.to_owned()));
            }
        }
        Ok(None)
    }

    fn is_word(&self, word: &str) -> Result<bool, StoreError> {
        let mut known = self
            .transaction
            .prepare_cached("select 1 from patient_word indexed by patient_word_word where word = ?1")?;
        Ok(known.exists([word])?)
    }

    fn beginning_with(&self, typed: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let mut prefix = self.transaction.prepare_cached(
            "select distinct word from patient_word indexed by patient_word_word where word >= ?1 and word < ?2 order by word limit ?3",
        )?;
        let end = format!("{typed}\u{10ffff}");
        let words = prefix.query_map(params![typed, end, limit], |row| row.get(0))?;
        Ok(words.collect::<Result<_, _>>()?)
    }

    /// The words that somebody may have meant by `typed`, each with how well it fits.
    fn near_words(&self, typed: &str, is_last: bool) -> Result<Vec<(String, u32)>, StoreError> {
        let mut near: BTreeMap<String, u32> = BTreeMap::new();
        for word in self.beginning_with(typed, NEAR_WORDS)? {
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
            near.extend(other_writings(typed).map(|other| (other.to_owned(), 950)));
            // Somebody whose record has an initial has not said more.
            if let Some((at, _)) = typed.char_indices().nth(1) {
                near.entry(typed.split_at(at).0.to_owned()).or_insert(600);
            }
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

    fn people_by(&self, asked: &Asked) -> Result<People, StoreError> {
        let mut people = People::new();
        let mut statement = self
            .transaction
            .prepare_cached("select patient from patient_word where word = ?1 order by patient desc")?;
        let mut others =
            self.transaction.prepare_cached("select 1 from patient_word where patient = ?1 and word = ?2")?;
        for parts in &asked.apart {
            // The longest part is the one that fewest people have.
            let Some(rarest) = parts.iter().max_by_key(|part| part.len()) else { continue };
            for patient in statement.query_map([rarest], |row| row.get::<_, Col<RecordId>>(0))? {
                let patient = patient?;
                let mut has_all = true;
                for part in parts.iter().filter(|part| *part != rarest) {
                    has_all = has_all && others.exists(params![patient, part])?;
                }
                if has_all {
                    people.insert(patient.0, 1000);
                }
            }
        }
        for (word, fit) in &asked.near {
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

    fn people_among(&self, among: &People, asked: &Asked) -> Result<People, StoreError> {
        if among.len() > CANDIDATES {
            let mut people = self.people_by(asked)?;
            people.retain(|patient, _| among.contains_key(patient));
            return Ok(people);
        }
        let mut people = People::new();
        for patient in among.keys() {
            let words: BTreeSet<String> = words_of(&self.transaction, *patient)?.into_iter().collect();
            if let Some(fit) = asked.fit(&words) {
                people.insert(*patient, fit);
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
