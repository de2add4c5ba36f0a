//! How people are found: words without accents or case, and the forms under which a misspelt word
//! still meets the right one.

use jiff::civil::Date;
use rphonetic::{DoubleMetaphone, Encoder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Patient, phone};
use crate::{PartialDate, Span, read_date};

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
            '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' => {}
            sign if is_unseen(sign) => {}
            _ => out.push(sign),
        }
    }
    out
}

/// Signs that nobody sees: joiners, marks of direction, places where a line may break.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
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
        if is_number(&number) && number.len() >= phone::SHORTEST {
            words.push(phone::at_home(&run.join(" ")));
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

/// Digits with what people write between them.
fn is_number(part: &str) -> bool {
    part.chars().any(|sign| sign.is_ascii_digit())
        && part.chars().all(|sign| sign.is_ascii_digit() || "+()-/.".contains(sign))
}

fn alphanumeric(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// Parts a birth date from what somebody typed, as a date field reads it: `14/7/1999`, `dec 30, 1979`, `19991230`. A year
/// alone stays text, because numbers begin with years too; an age stays text, because it is no date to find by.
#[must_use]
pub fn split_birth_date(text: &str, today: Date) -> (String, Option<PartialDate>) {
    let parts: Vec<&str> = text.split_whitespace().collect();
    for width in (1..=4).rev() {
        for (at, window) in parts.windows(width).enumerate() {
            let read = read_date(&window.join(" "), today, Span::Past).ok();
            if let Some(date) = read.filter(|date| date.has_month() && !date.is_estimated()) {
                let rest = parts.iter().enumerate().filter(|(index, _)| !(at..at + width).contains(index));
                return (rest.map(|(_, part)| *part).collect::<Vec<_>>().join(" "), Some(date));
            }
        }
    }
    (text.to_owned(), None)
}

/// The words under which `patient` is found.
#[must_use]
pub fn keys(patient: &Patient) -> Vec<Key> {
    let Patient { family, given, middle, suffix, known_as, latin, .. } = patient;
    let names = [family, given, middle, suffix, known_as, latin];
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
        if let Some(start) = word.len().checked_sub(phone::NATIONAL).filter(|_| word.starts_with('0')) {
            number(word.get(start..).unwrap_or_default().to_owned());
        }
        number(word);
    }
    for contact in patient.contacts.iter().flat_map(|entries| entries.0.values()) {
        if contact.system.as_deref() == Some("email") {
            number(plain(contact.value.as_deref().unwrap_or_default()));
            continue;
        }
        for form in phone::in_field(contact.value.as_deref().unwrap_or_default()).into_iter().flatten() {
            number(form);
        }
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
        assert_eq!(plain("Gus\u{200b}ta\u{ad}vo\u{feff}"), "gustavo");
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
        let today = jiff::civil::date(2026, 11, 22);
        let split = |text: &str| split_birth_date(text, today);
        let read = |text: &str| text.parse().ok();
        for text in [
            "1999-07-14",
            "14/7/1999",
            "14.07.1999",
            "14-Jul-1999",
            "14 jul 1999",
            "14 July 1999",
            "July 14, 1999",
            "jul 14 , 1999",
            "14071999",
            "19990714",
        ] {
            assert_eq!(split(&format!("mejia {text}")), ("mejia".to_owned(), read("1999-07-14")), "{text}");
        }
        assert_eq!(split("dec 1979 mercado"), ("mercado".to_owned(), read("1979-12")));
        assert_eq!(split("12/1979"), (String::new(), read("1979-12")));
        assert_eq!(split("reyes yesterday"), ("reyes".to_owned(), read("2026-11-21")));
        for text in ["2019-104-883", "1999", "31/2/1999", "14 mejia 1999", "27y", "14/7/2027", "june reyes 5"]
        {
            assert_eq!(split(text), (text.to_owned(), None), "{text}");
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
