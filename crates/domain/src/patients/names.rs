//! How people are found: words without accents or case, and the forms under which a misspelt word
//! still meets the right one.

use rphonetic::{DoubleMetaphone, Encoder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Patient;
use crate::PartialDate;

/// A word under which a person is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The word, plain.
    pub word: String,
    /// Whether it is a name, which may be misspelt, and not a number.
    pub is_name: bool,
}

/// `text` in lower case without accents: `MEJÍA` and `Mejia` are one.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase) {
        match sign {
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '\'' | '\u{2019}' | '\u{2bc}' => {}
            _ => out.push(sign),
        }
    }
    out
}

/// The words of what somebody typed to find a person. An e-mail address keeps together; a number over
/// its hyphens, and over its spaces where it is as long as a telephone number.
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let parts: Vec<&str> = plain.split(|sign: char| sign.is_whitespace() || sign == ',').collect();
    let mut words = Vec::new();
    for run in parts.chunk_by(|one, next| is_number(one) && is_number(next)) {
        let number = alphanumeric(&run.concat());
        if is_number(&number) && number.len() >= SHORTEST_PHONE {
            words.push(without_prefix(run, number));
            continue;
        }
        for part in run {
            if part.contains('@') {
                words.push((*part).to_owned());
            } else if part.chars().any(|sign| sign.is_ascii_digit()) {
                words.push(alphanumeric(part));
            } else {
                words.extend(part.split(|sign: char| !sign.is_alphanumeric()).map(ToOwned::to_owned));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

const SHORTEST_PHONE: usize = 7;
/// As long as a number within a country is; what stands before it is the country's or the trunk's.
const NATIONAL: usize = 10;

/// Digits with what people write between them.
fn is_number(part: &str) -> bool {
    part.chars().any(|sign| sign.is_ascii_digit())
        && part.chars().all(|sign| sign.is_ascii_digit() || "+()-/.".contains(sign))
}

fn alphanumeric(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// A telephone number as it is known at home: `+63 917 555 0101` and `0917 555 0101` are one.
fn without_prefix(written: &[&str], number: String) -> String {
    let prefixed = written.first().is_some_and(|first| first.trim_start_matches('(').starts_with(['+', '0']));
    match number.len().checked_sub(NATIONAL) {
        Some(start) if prefixed => number.get(start..).unwrap_or_default().to_owned(),
        _ => number,
    }
}

/// Parts a birth date from what somebody typed: `1999-07-14`, `14/7/1999`, `14-Jul-1999`, `14 jul 1999`.
/// A year alone stays text, because numbers begin with years too.
#[must_use]
pub fn split_birth_date(text: &str) -> (String, Option<PartialDate>) {
    let parts: Vec<&str> = text.split_whitespace().collect();
    for width in [3, 1] {
        for (at, window) in parts.windows(width).enumerate() {
            if let Some(date) = birth_date(&window.join("-")) {
                let rest = parts.iter().enumerate().filter(|(index, _)| !(at..at + width).contains(index));
                return (rest.map(|(_, part)| *part).collect::<Vec<_>>().join(" "), Some(date));
            }
        }
    }
    (text.to_owned(), None)
}

fn birth_date(text: &str) -> Option<PartialDate> {
    let text = text.to_lowercase().replace(['/', '.'], "-");
    let parts: Vec<&str> = text.split('-').collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let named = MONTHS.iter().position(|name| month.get(..3) == Some(name)).map(|at| at + 1);
    let month = named.or_else(|| month.parse().ok())?;
    let day: u8 = day.parse().ok()?;
    (year.len() == 4).then(|| format!("{year}-{month:02}-{day:02}"))?.parse().ok()
}

/// The words under which `patient` is found.
#[must_use]
pub fn keys(patient: &Patient) -> Vec<Key> {
    let names = [&patient.family, &patient.given, &patient.middle, &patient.suffix, &patient.known_as];
    let mut keys: Vec<Key> = names
        .into_iter()
        .flatten()
        .flat_map(|name| search_words(name))
        .map(|word| Key { word, is_name: true })
        .collect();
    let mut number = |word: String| {
        if !word.is_empty() {
            keys.push(Key { word, is_name: false });
        }
    };
    for identifier in patient.identifiers.iter().flat_map(|entries| entries.0.values()) {
        let word = signs(identifier.value.as_deref());
        // A long number that begins with 0 is typed like one of a telephone.
        if let Some(start) = word.len().checked_sub(NATIONAL).filter(|_| word.starts_with('0')) {
            number(word.get(start..).unwrap_or_default().to_owned());
        }
        number(word);
    }
    for contact in patient.contacts.iter().flat_map(|entries| entries.0.values()) {
        if contact.system.as_deref() == Some("email") {
            number(plain(contact.value.as_deref().unwrap_or_default()));
            continue;
        }
        let digits: String = signs(contact.value.as_deref()).chars().filter(char::is_ascii_digit).collect();
        // A number is also looked for without its country or its area.
        for tail in [NATIONAL, SHORTEST_PHONE] {
            if let Some(start) = digits.len().checked_sub(tail).filter(|start| *start > 0) {
                number(digits.get(start..).unwrap_or_default().to_owned());
            }
        }
        number(digits);
    }
    keys.sort();
    keys.dedup();
    keys
}

fn signs(text: Option<&str>) -> String {
    alphanumeric(&plain(text.unwrap_or_default()))
}

impl Key {
    /// The forms under which this word is stored, and under which a misspelt word looks for it: the
    /// word, the word less any one letter, and how it sounds (Double Metaphone, Philips 2000).
    #[must_use]
    pub fn forms(&self) -> Vec<String> {
        let mut forms = vec![self.word.clone()];
        let letters: Vec<char> = self.word.chars().collect();
        if self.is_name && letters.len() >= 3 {
            for skipped in 0..letters.len() {
                let less =
                    letters.iter().enumerate().filter(|(at, _)| *at != skipped).map(|(_, letter)| letter);
                forms.push(less.collect());
            }
            if self.word.is_ascii() {
                let sound = DoubleMetaphone::new(Some(6)).encode(&self.word);
                if sound.len() >= 2 {
                    forms.push(format!("~{sound}"));
                }
            }
        }
        forms.sort();
        forms.dedup();
        forms
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::patients::{Contact, Identifier};
    use crate::record::Entries;

    fn meets(stored: &str, typed: &str) -> bool {
        let forms = |word: &str| {
            Key { word: plain(word), is_name: true }.forms().into_iter().collect::<BTreeSet<_>>()
        };
        !forms(stored).is_disjoint(&forms(typed))
    }

    #[test]
    fn accents_case_and_apostrophes_do_not_part_names() {
        assert_eq!(plain("MEJÍA"), "mejia");
        assert_eq!(plain("Nguyễn Thị"), "nguyen thi");
        assert_eq!(plain("O’Brien Þór Straße Łukasz"), "obrien thor strasse lukasz");
        assert_eq!(plain("محمد"), "محمد");
    }

    #[test]
    fn a_misspelt_name_still_meets_the_right_one() {
        for (stored, typed) in [
            ("Mejía", "mejai"),
            ("Gulgowski", "gulgovski"),
            ("Castellanos", "castelanos"),
            ("Reyes", "reys"),
            ("Catherine", "katherine"),
            ("Philip", "filip"),
            ("Santos", "santso"),
            ("Cruz", "crux"),
        ] {
            assert!(meets(stored, typed), "{stored} {typed}");
        }
        assert!(!meets("Reyes", "Santos"));
    }

    #[test]
    fn a_birth_date_is_known_in_the_ways_people_type_it() {
        let date = "1999-07-14".parse().ok();
        for text in ["1999-07-14", "14/7/1999", "14.07.1999", "14-Jul-1999", "14 jul 1999", "14 July 1999"] {
            assert_eq!(split_birth_date(&format!("mejia {text}")), ("mejia".to_owned(), date), "{text}");
        }
        for text in ["2019-104-883", "1999", "31/2/1999", "14 mejia 1999"] {
            assert_eq!(split_birth_date(text), (text.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn a_person_is_found_by_number_and_phone_however_written() {
        let entries = |id: &str, value: &str| (id.to_owned(), value.to_owned());
        let (student, phone) = (entries("a", "2019-104-883"), entries("b", "+63 917 555 0101"));
        let patient = Patient {
            family: Some("dela Cruz".into()),
            identifiers: Some(Entries(
                [(student.0, Identifier { value: Some(student.1), ..Identifier::default() })].into(),
            )),
            contacts: Some(Entries(
                [(phone.0, Contact { value: Some(phone.1), ..Contact::default() })].into(),
            )),
            ..Patient::default()
        };
        let words: Vec<String> = keys(&patient).into_iter().map(|key| key.word).collect();
        assert_eq!(words, ["2019104883", "5550101", "639175550101", "9175550101", "cruz", "dela"]);
        assert_eq!(search_words("2019-104-883 de-la, Cruz"), ["2019104883", "de", "la", "cruz"]);
        for typed in ["0917 555 0101", "+63 917 555 0101", "(0917) 555-0101", "+639175550101", "917 555 0101"]
        {
            assert_eq!(search_words(typed), ["9175550101"], "{typed}");
        }
        assert_eq!(search_words("555 0101 cruz"), ["5550101", "cruz"]);
        assert_eq!(search_words("cruz 12 34"), ["cruz", "12", "34"]);
        assert_eq!(search_words("Ana.Cruz2@example.edu"), ["ana.cruz2@example.edu"]);
    }
}
