//! Finding a name by what was typed of it: its words in any order, the last of them broken off, one letter wrong, written
//! as it is heard, in lay words or a short form.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::index::Index;
use crate::words::{is_small, letters, sound, words};

/// A name that fits what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its place in the index.
    pub term: usize,
    /// How well it fits, from 0 to 1.
    pub fit: f64,
    /// Whether its very code was typed.
    pub is_code: bool,
    /// Which of its other words were met, where it was not the name.
    pub also: Option<usize>,
    /// Whether a word that was typed is written otherwise.
    pub forgiven: bool,
    /// Whether it has every word that was typed, small ones aside, as it is written or as it is heard: a name that has them
    /// only with other letters may be another illness.
    pub whole: bool,
}

/// More words than these are not looked at: nobody types them to find a name.
const MOST_WORDS: usize = 8;
/// What somebody types to find a name is no longer.
const MOST_CHARACTERS: usize = 120;

/// How well a word fits that was typed, in hundredths. From [`ALIKE`] down it is written otherwise.
const SAME: u8 = 100;
const BEGUN: u8 = 93;
const BEGUN_BEFORE: u8 = 88;
const ALIKE: u8 = 85;
const ONE_WRONG: u8 = 82;
const TWO_WRONG: u8 = 68;
const BEGUN_WRONG: u8 = 66;

/// A word that says little weighs so much beside one that says something.
const SMALL: f64 = 0.15;
/// What another word for it is worth beside the name itself.
const OTHER_WORDS: f64 = 0.97;
/// What words are worth that stand in several writings of one name.
const SCATTERED: f64 = 0.85;
/// What a name is worth that lacks a word.
const LACKING: f64 = 0.75;

impl Index {
    /// At most `most` names that fit `text`, best first; of those that fit alike the shortest.
    #[must_use]
    pub fn find(&self, text: &str, most: usize) -> Vec<Match> {
        let text: String = text.chars().take(MOST_CHARACTERS).collect();
        let mut typed = words(&text);
        typed.truncate(MOST_WORDS);
        let is_begun = !text.ends_with(char::is_whitespace);
        let mut best: BTreeMap<usize, Match> = BTreeMap::new();
        let mut readings = vec![typed.clone()];
        readings.extend(self.otherwise(&typed));
        for reading in &readings {
            for found in self.fitting(reading, is_begun, most) {
                let better = best.get(&found.term).is_none_or(|known| known.fit < found.fit);
                if better {
                    best.insert(found.term, found);
                }
            }
        }
        for term in self.codes.get(&typed.concat()).into_iter().flatten() {
            best.insert(
                *term,
                Match { term: *term, fit: 1.0, is_code: true, also: None, forgiven: false, whole: true },
            );
        }
        if let [code] = &typed[..] {
            self.beginning_with_code(code, &mut best);
        }
        let mut found: Vec<Match> = best.into_values().collect();
        found.sort_by(|one, other| {
            let by_fit = || self.better((one.fit, one.term), (other.fit, other.term));
            other.is_code.cmp(&one.is_code).then_with(by_fit)
        });
        found.truncate(most);
        found
    }

    /// Which of two names comes first by how well each fits, and else the shorter, and else the earlier.
    fn better(&self, one: (f64, usize), other: (f64, usize)) -> Ordering {
        let length = |term: usize| self.terms.get(term).map_or(0, |held| held.key.len());
        let by_length = || length(one.1).cmp(&length(other.1));
        other.0.total_cmp(&one.0).then_with(by_length).then(one.1.cmp(&other.1))
    }

    /// Names whose code begins as what was typed: `J03` finds J03.9.
    fn beginning_with_code(&self, typed: &str, best: &mut BTreeMap<usize, Match>) {
        let signs = typed.as_bytes();
        let shaped =
            signs.first().is_some_and(u8::is_ascii_lowercase) && signs.get(1).is_some_and(u8::is_ascii_digit);
        if !shaped {
            return;
        }
        for (_, terms) in self.codes.iter().filter(|(code, _)| code.starts_with(typed)) {
            for term in terms {
                let (also, whole) = (None, true);
                let begun = Match { term: *term, fit: 0.9, is_code: false, also, forgiven: false, whole };
                best.entry(*term).or_insert(begun);
            }
        }
    }

    /// The typed words with two neighbours read as one, or one read as two, where there are such words.
    fn otherwise(&self, typed: &[String]) -> Option<Vec<String>> {
        for (at, pair) in typed.windows(2).enumerate() {
            let joined = pair.concat();
            if self.place(&joined).is_ok() {
                let mut reading = typed.to_vec();
                reading.splice(at..at + 2, [joined]);
                return Some(reading);
            }
        }
        for (at, word) in
            typed.iter().enumerate().filter(|(_, word)| word.is_ascii() && self.place(word).is_err())
        {
            for cut in 3..word.len().saturating_sub(2) {
                let (one, rest) = word.split_at(cut);
                if self.place(one).is_ok() && self.place(rest).is_ok() {
                    let mut reading = typed.to_vec();
                    reading.splice(at..=at, [one.to_owned(), rest.to_owned()]);
                    return Some(reading);
                }
            }
        }
        None
    }

    fn place(&self, word: &str) -> Result<usize, usize> {
        self.words.binary_search_by(|known| known.text.as_str().cmp(word))
    }

    /// At most `most` names, the best, that have at least half of what `typed` says.
    fn fitting(&self, typed: &[String], is_begun: bool, most: usize) -> Vec<Match> {
        let count = typed.len();
        if count == 0 {
            return Vec::new();
        }
        let all_small = typed.iter().all(|word| is_small(word));
        let weights: Vec<f64> =
            typed.iter().map(|word| if is_small(word) && !all_small { SMALL } else { 1.0 }).collect();
        // Of each writing, and of each name over all its writings, how well each typed word fits.
        let mut of_writing = vec![0_u8; self.writings.len() * count];
        let mut of_term = vec![0_u8; self.terms.len() * count];
        let mut met: Vec<usize> = Vec::new();
        for (at, word) in typed.iter().enumerate() {
            for (place, fit) in self.near(word, is_begun && at + 1 == count) {
                for writing in self.words.get(place).into_iter().flat_map(|word| &word.writings) {
                    let writing = *writing as usize;
                    let Some(term) = self.writings.get(writing).map(|writing| writing.term) else { continue };
                    let start = writing * count;
                    if of_writing
                        .get(start..start + count)
                        .is_some_and(|fits| fits.iter().all(|fit| *fit == 0))
                    {
                        met.push(writing);
                    }
                    raise(&mut of_writing, start + at, fit);
                    raise(&mut of_term, term * count + at, fit);
                }
            }
        }
        let weighed = |fits: &[u8]| {
            let pairs = || fits.iter().zip(&weights);
            let whole: f64 = weights.iter().sum();
            let has: f64 = pairs().filter(|(fit, _)| **fit > 0).map(|(_, weight)| weight).sum();
            let lacks = pairs().any(|(fit, weight)| *fit == 0 && *weight >= 1.0);
            let said: f64 = pairs().map(|(fit, weight)| f64::from(*fit) / 100.0 * weight).sum();
            (has * 2.0 >= whole).then_some(said / whole * if lacks { LACKING } else { 1.0 })
        };
        // One letter fits half of all names: only what is shown in the end is more than a number.
        let mut best: Vec<(f64, usize)> = vec![(0.0, 0); self.terms.len()];
        let mut some: Vec<usize> = Vec::new();
        for writing in met {
            let Some(known) = self.writings.get(writing) else { continue };
            let Some(better) = best.get_mut(known.term) else { continue };
            let fits = of_writing.get(writing * count..(writing + 1) * count).unwrap_or_default();
            let union = of_term.get(known.term * count..(known.term + 1) * count).unwrap_or_default();
            let counted =
                fits.iter().zip(&weights).filter(|(fit, weight)| **fit > 0 && **weight >= 1.0).count();
            let covered = (counted.min(known.words) as f64 / known.words as f64).min(1.0);
            let own = if known.also.is_some() { OTHER_WORDS } else { 1.0 };
            let alone = weighed(fits).map_or(0.0, |said| said * covered.mul_add(0.2, 0.8) * own);
            let together = weighed(union).map_or(0.0, |said| said * SCATTERED);
            let fit = alone.max(together);
            if fit > better.0 {
                if better.0 <= 0.0 {
                    some.push(known.term);
                }
                *better = (fit, writing);
            }
        }
        let fit_of = |term: usize| best.get(term).copied().unwrap_or_default();
        let order =
            |one: &usize, other: &usize| self.better((fit_of(*one).0, *one), (fit_of(*other).0, *other));
        if some.len() > most {
            some.select_nth_unstable_by(most, order);
            some.truncate(most);
        }
        let found = some.into_iter().filter_map(|term| {
            let (fit, writing) = fit_of(term);
            let fits = of_writing.get(writing * count..(writing + 1) * count)?;
            let union = of_term.get(term * count..(term + 1) * count)?;
            let forgiven = fits.iter().any(|fit| (1..=ALIKE).contains(fit));
            let whole = union.iter().zip(&weights).all(|(fit, weight)| *fit >= ALIKE || *weight < 1.0);
            let also = self.writings.get(writing)?.also;
            Some(Match { term, fit, is_code: false, also, forgiven, whole })
        });
        found.collect()
    }

    /// The words that may have been meant, by their places, with how well each fits.
    fn near(&self, typed: &str, is_last: bool) -> BTreeMap<usize, u8> {
        let mut near: BTreeMap<usize, u8> = BTreeMap::new();
        let from = self.place(typed).unwrap_or_else(|at| at);
        let begun =
            self.words.iter().enumerate().skip(from).take_while(|(_, word)| word.text.starts_with(typed));
        let length = typed.chars().count();
        for (at, word) in begun {
            if word.text.len() == typed.len() {
                near.insert(at, SAME);
            } else if is_last {
                near.insert(at, BEGUN);
            } else if length >= 3 {
                near.insert(at, BEGUN_BEFORE);
            }
        }
        if typed.chars().any(|sign| sign.is_ascii_digit()) {
            return near;
        }
        let mut meant = |at: usize, fit: u8| {
            let known = near.entry(at).or_insert(fit);
            *known = (*known).max(fit);
        };
        let heard = sound(typed);
        if heard.len() >= 3 {
            let from = self.sounds.partition_point(|(sound, _)| *sound < heard);
            let alike = self.sounds.iter().skip(from).take_while(|(sound, _)| sound.starts_with(&heard));
            for (sound, at) in alike {
                if *sound == heard {
                    meant(*at as usize, ALIKE);
                } else if is_last && heard.len() >= 4 {
                    meant(*at as usize, BEGUN_WRONG);
                }
            }
        }
        if length >= 4 {
            let bits = letters(typed);
            let most = wrong(length);
            for (at, word) in self.words.iter().enumerate() {
                // Each wrong letter is at most one that the word lacks: most words need no closer look.
                if (bits & !word.letters).count_ones() > most {
                    continue;
                }
                if let Some(fit) = written(typed, length, &word.text, is_last) {
                    meant(at, fit);
                }
            }
        }
        near
    }
}

/// How many letters of a word of this length may be wrong.
fn wrong(length: usize) -> u32 {
    if length >= 7 { 2 } else { 1 }
}

/// How well `word` fits what was typed, where a letter or two of it are wrong.
fn written(typed: &str, length: usize, word: &str, is_last: bool) -> Option<u8> {
    let long = word.chars().count();
    if long.abs_diff(length) <= wrong(length) as usize {
        match strsim::osa_distance(typed, word) {
            1 => return Some(ONE_WRONG),
            2 if wrong(length) == 2 => return Some(TWO_WRONG),
            _ => {}
        }
    }
    if is_last && length >= 5 && long > length {
        let start = word.char_indices().nth(length).map_or(word, |(end, _)| word.split_at(end).0);
        return (strsim::osa_distance(typed, start) <= 1).then_some(BEGUN_WRONG);
    }
    None
}

fn raise(fits: &mut [u8], at: usize, fit: u8) {
    if let Some(known) = fits.get_mut(at) {
        *known = (*known).max(fit);
    }
}
