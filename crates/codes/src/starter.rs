//! Our own names of what a school's or university's clinic sees, in plain words, each with what people here call it.
//!
//! None of it is the text of a classification. The codes stand in a file of their own, `data/icd10.tsv`, by the name's id:
//! built without the feature `icd10`, every name is there and has none. `README.md` says how the codes were checked.

use std::collections::BTreeMap;

use crate::ICD_10;
use crate::index::{Set, Term};

/// The version of ICD-10 by which the codes were checked.
pub const VERSION: &str = "2019";

const NAMES: &str = include_str!("../data/names.tsv");
#[cfg(feature = "icd10")]
const CODES: &str = include_str!("../data/icd10.tsv");
#[cfg(not(feature = "icd10"))]
const CODES: &str = "";

/// A name of the starter set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, which stays when the name is worded anew.
    pub id: &'static str,
    /// What it belongs to.
    pub group: &'static str,
    /// The name and its code.
    pub term: Term,
}

/// The starter set, in the order of its file.
#[must_use]
pub fn entries() -> Vec<Entry> {
    of(NAMES, CODES)
}

/// The starter set as it is looked through.
#[must_use]
pub fn set() -> Set {
    of_entries(entries())
}

/// The same without its file of codes.
#[must_use]
pub fn without_codes() -> Set {
    of_entries(of(NAMES, ""))
}

fn of_entries(entries: Vec<Entry>) -> Set {
    Set {
        system: ICD_10.to_owned(),
        version: VERSION.to_owned(),
        terms: entries.into_iter().map(|entry| entry.term).collect(),
    }
}

fn of(names: &'static str, codes: &str) -> Vec<Entry> {
    let codes: BTreeMap<&str, &str> =
        codes.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    let entry = |line: &'static str| {
        let mut columns = line.split('\t');
        let (id, group, name) = (columns.next()?, columns.next()?, columns.next()?);
        let also =
            columns.flat_map(|column| column.split(';')).map(str::trim).filter(|also| !also.is_empty());
        let term = Term {
            name: name.to_owned(),
            code: codes.get(id).map(|code| (*code).to_owned()),
            also: also.map(ToOwned::to_owned).collect(),
        };
        Some(Entry { id, group, term })
    };
    names.lines().skip(1).filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::codes::key;

    use super::*;

    #[test]
    fn every_line_is_whole_and_no_id_or_name_stands_twice() {
        assert!(
            NAMES
                .lines()
                .all(|line| line.split('\t').count() == 7 && line.trim() == line || line.ends_with('\t'))
        );
        let entries = entries();
        assert_eq!(entries.len(), NAMES.lines().count() - 1);
        assert!(entries.len() >= 420, "{}", entries.len());
        let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id).collect();
        let names: BTreeSet<String> = entries.iter().map(|entry| key(&entry.term.name)).collect();
        assert_eq!((ids.len(), names.len()), (entries.len(), entries.len()));
    }

    #[cfg(feature = "icd10")]
    #[test]
    fn every_code_has_its_name_and_the_shape_of_icd_10() {
        let entries = entries();
        for line in CODES.lines().skip(1) {
            let (id, code) = line.split_once('\t').unwrap();
            assert!(entries.iter().any(|entry| entry.id == id), "{id}");
            let signs: Vec<char> = code.chars().collect();
            let shaped = signs.first().is_some_and(char::is_ascii_uppercase)
                && signs.iter().skip(1).take(2).all(char::is_ascii_digit)
                && (signs.len() == 3 || (signs.len() == 5 && signs[3] == '.' && signs[4].is_ascii_digit()));
            assert!(shaped, "{id} {code}");
        }
        let coded = |id: &str| entries.iter().find(|entry| entry.id == id).unwrap().term.code.clone();
        assert_eq!(coded("acute-tonsillitis").as_deref(), Some("J03.9"));
        // Where it is not sure, there is none.
        assert_eq!(coded("acute-tonsillopharyngitis"), None);
    }

    #[test]
    fn without_the_file_of_codes_every_name_is_there() {
        let bare = without_codes();
        assert_eq!(bare.terms.len(), set().terms.len());
        assert!(bare.terms.iter().all(|term| term.code.is_none()));
    }
}
