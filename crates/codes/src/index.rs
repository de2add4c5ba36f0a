//! All names that can be found, and under which words.

use std::collections::BTreeMap;

use domain::codes::key;

use crate::words::{is_small, letters, sound, words};

/// A name, its code, and what else it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The name as it is written into a note.
    pub name: String,
    /// Its code, where one is known.
    pub code: Option<String>,
    /// Other words, lay words and short forms.
    pub also: Vec<String>,
}

/// The names of one code system in one version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    /// Its URI.
    pub system: String,
    /// Its version.
    pub version: String,
    /// Its names.
    pub terms: Vec<Term>,
}

/// A name with the set that its code is of.
pub(crate) struct Held {
    pub(crate) term: Term,
    pub(crate) set: usize,
    pub(crate) key: String,
}

/// One way to write a term: its name, or one of the others.
pub(crate) struct Writing {
    pub(crate) term: usize,
    /// Which of the term's other words it is; none for the name.
    pub(crate) also: Option<usize>,
    /// Its words that say something.
    pub(crate) words: usize,
}

/// A word, and the writings in which it stands.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) letters: u32,
    pub(crate) writings: Vec<u32>,
}

/// Everything that can be found.
pub struct Index {
    sets: Vec<(String, String)>,
    pub(crate) terms: Vec<Held>,
    pub(crate) writings: Vec<Writing>,
    /// In the order of their letters.
    pub(crate) words: Vec<Word>,
    /// Words by how they sound, in the order of that.
    pub(crate) sounds: Vec<(String, u32)>,
    /// Terms by their code, written as [`words`] writes it.
    pub(crate) codes: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// An index of the starter set and of what the clinic took in. A name of the starter set that has no code takes the one
    /// of the pack that calls it the same; what a pack calls a code that one starter name has leads to that name, so that
    /// nothing is listed twice.
    #[must_use]
    pub fn of(starter: Set, packs: Vec<Set>) -> Self {
        let mut sets = vec![(starter.system, starter.version)];
        let mut held: Vec<Held> = starter.terms.into_iter().map(|term| hold(term, 0)).collect();
        let mut by_code: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut bare: BTreeMap<String, usize> = BTreeMap::new();
        for (at, Held { term, key, .. }) in held.iter().enumerate() {
            match &term.code {
                Some(code) => by_code.entry(code.clone()).or_default().push(at),
                None => {
                    bare.insert(key.clone(), at);
                }
            }
        }
        for pack in packs {
            let set = sets.len();
            let is_same = sets.first().is_some_and(|(system, _)| *system == pack.system);
            sets.push((pack.system, pack.version));
            for term in pack.terms {
                let own = term.code.as_ref().filter(|_| is_same).and_then(|code| by_code.get(code));
                let own = own.and_then(|own| if let [one] = own[..] { held.get_mut(one) } else { None });
                if let Some(own) = own {
                    own.term.also.extend(std::iter::once(term.name).chain(term.also));
                    continue;
                }
                let called = key(&unspecified(&term.name));
                if let Some(own) = bare.get(&called).and_then(|at| held.get_mut(*at))
                    && own.term.code.is_none()
                {
                    own.term.code = term.code;
                    own.term.also.extend(term.also);
                    own.set = set;
                    continue;
                }
                held.push(hold(term, set));
            }
        }
        Self::built(sets, held)
    }

    fn built(sets: Vec<(String, String)>, terms: Vec<Held>) -> Self {
        let mut writings: Vec<Writing> = Vec::new();
        let mut met: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut codes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, Held { term, .. }) in terms.iter().enumerate() {
            let named = std::iter::once((None, &term.name));
            let called = term.also.iter().enumerate().map(|(nth, also)| (Some(nth), also));
            for (also, text) in named.chain(called) {
                let found = words(text);
                let counted = found.iter().filter(|word| !is_small(word)).count().max(1);
                let writing = u32::try_from(writings.len()).unwrap_or(u32::MAX);
                writings.push(Writing { term: at, also, words: counted });
                for word in found {
                    let places = met.entry(word).or_default();
                    if places.last() != Some(&writing) {
                        places.push(writing);
                    }
                }
            }
            if let Some(code) = term.code.as_deref().map(words).filter(|code| !code.is_empty()) {
                codes.entry(code.concat()).or_default().push(at);
            }
        }
        let ordered: BTreeMap<String, Vec<u32>> = met.into_iter().collect();
        let words: Vec<Word> = ordered
            .into_iter()
            .map(|(text, writings)| Word { letters: letters(&text), text, writings })
            .collect();
        let mut sounds: Vec<(String, u32)> =
            (0..).zip(&words).map(|(at, word): (u32, &Word)| (sound(&word.text), at)).collect();
        sounds.sort();
        Self { sets, terms, writings, words, sounds, codes }
    }

    /// The term at this place.
    #[must_use]
    pub fn term(&self, at: usize) -> Option<&Term> {
        self.terms.get(at).map(|held| &held.term)
    }

    /// The key of the term at this place ([`domain::codes::key`]).
    #[must_use]
    pub fn key(&self, at: usize) -> &str {
        self.terms.get(at).map_or("", |held| &held.key)
    }

    /// The system and version of the code of the term at this place; nothing where it has no code.
    #[must_use]
    pub fn system(&self, at: usize) -> Option<(&str, &str)> {
        let held = self.terms.get(at).filter(|held| held.term.code.is_some())?;
        self.sets.get(held.set).map(|(system, version)| (system.as_str(), version.as_str()))
    }

    /// The systems and versions of the packs.
    pub fn packs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sets.iter().skip(1).map(|(system, version)| (system.as_str(), version.as_str()))
    }

    /// How many names it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

fn hold(term: Term, set: usize) -> Held {
    Held { key: key(&term.name), term, set }
}

/// A name without the word that says only that nothing more is said.
fn unspecified(name: &str) -> String {
    let lower = name.to_lowercase();
    [", unspecified", " unspecified", ", nos"]
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .unwrap_or(&lower)
        .to_owned()
}
