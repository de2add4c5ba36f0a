//! How likely two registrations are the same person, with the reasons a person can check.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strsim::{jaro_winkler, osa_distance};
use ts_rs::TS;

use super::{Patient, in_full, phone, plain, search_words, stands_beside};

/// How alike two registrations are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Likeness {
    /// From 0, nothing alike, to 100.
    pub score: u32,
    /// What is alike.
    pub reasons: Vec<Reason>,
}

/// Something that two registrations have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A number that belongs to one person only.
    Identifier,
    /// All names, in whatever order.
    Names,
    /// Names that sound or look alike.
    SimilarNames,
    /// The day of birth.
    BirthDate,
    /// A date of birth with day and month exchanged, or known less exactly.
    SimilarBirthDate,
    /// A telephone number or e-mail address.
    Contact,
}

/// Below this nobody is warned.
pub const WORTH_SHOWING: u32 = 50;

/// How alike `one` and `other` are.
///
/// The weights follow the practice of record linkage (Fellegi and Sunter 1969): an agreeing
/// identifier settles it, names and birth date together nearly do, either alone does not.
#[must_use]
pub fn likeness(one: &Patient, other: &Patient) -> Likeness {
    let mut found = Likeness::default();
    let mut add = |points: u32, reason: Reason| {
        found.score += points;
        found.reasons.push(reason);
    };
    if identifiers(one).iter().any(|number| identifiers(other).contains(number)) {
        add(90, Reason::Identifier);
    }
    match names_alike(one, other) {
        97.. => add(50, Reason::Names),
        88.. => add(40, Reason::SimilarNames),
        _ => {}
    }
    if let (Some(one), Some(other)) = (one.birth_date, other.birth_date) {
        let exchanged = |date: jiff::civil::Date| (date.year(), date.day(), date.month());
        let plain = |date: jiff::civil::Date| (date.year(), date.month(), date.day());
        match (one.exact(), other.exact()) {
            (Some(one), Some(other)) if one == other => add(40, Reason::BirthDate),
            (Some(one), Some(other)) if exchanged(one) == plain(other) => add(25, Reason::SimilarBirthDate),
            (Some(_), Some(_)) => {}
            _ if one.overlaps(&other) => add(20, Reason::SimilarBirthDate),
            _ => {}
        }
    }
    if share_a_contact(one, other) {
        add(20, Reason::Contact);
    }
    let sexes = (one.sex, other.sex);
    if matches!(sexes, (Some(one), Some(other)) if one != other) {
        found.score = found.score.saturating_sub(15);
    }
    found.score = found.score.min(100);
    found
}

fn identifiers(patient: &Patient) -> Vec<(Option<String>, String)> {
    let entries = patient.identifiers.iter().flat_map(|entries| entries.0.values());
    entries
        .map(|identifier| (identifier.system.clone(), signs(identifier.value.as_deref())))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

fn share_a_contact(one: &Patient, other: &Patient) -> bool {
    let contacts = |patient: &Patient| -> Vec<String> {
        let entries = patient.contacts.iter().flat_map(|entries| entries.0.values());
        entries.filter_map(|contact| contact.value.clone()).collect()
    };
    let same = |one: &String, other: &String| match one.contains('@') {
        true => plain(one.trim()) == plain(other.trim()),
        false => phone::share(one, other),
    };
    let others = contacts(other);
    contacts(one).iter().any(|contact| others.iter().any(|other| same(contact, other)))
}

fn signs(text: Option<&str>) -> String {
    plain(text.unwrap_or_default()).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// How alike the names are in percent: word by word, or by their letters wherever they are cut.
fn names_alike(one: &Patient, other: &Patient) -> u32 {
    words_alike(one, other).max(letters_alike(one, other))
}

/// The words of a name, in full.
fn words(name: Option<&str>) -> Vec<String> {
    search_words(name.unwrap_or_default()).iter().map(|word| in_full(word).to_owned()).collect()
}

/// The letters of both names in one: the same in either order, or all but one of many.
fn letters_alike(one: &Patient, other: &Patient) -> u32 {
    let letters = |name: &Option<String>| words(name.as_deref()).concat();
    let both = |patient: &Patient| (letters(&patient.family), letters(&patient.given));
    let ((family, given), (their_family, their_given)) = (both(one), both(other));
    let (whole, turned) = (format!("{family}{given}"), format!("{given}{family}"));
    let theirs = format!("{their_family}{their_given}");
    // One sign is no name to know somebody by.
    if whole.chars().count() < 2 {
        return 0;
    }
    let edits = osa_distance(&whole, &theirs).min(osa_distance(&turned, &theirs));
    match edits {
        0 => 100,
        1 if whole.chars().count() >= LONG => 90,
        _ => 0,
    }
}

/// Letters of a name in which one that differs is a slip.
const LONG: usize = 9;

/// Each word of the shorter name against its best partner. What stands beside a name is no part of it here.
fn words_alike(one: &Patient, other: &Patient) -> u32 {
    let words = |patient: &Patient| {
        let all = [words(patient.family.as_deref()), words(patient.given.as_deref())].concat();
        let names: Vec<String> = all.iter().filter(|word| !stands_beside(word)).cloned().collect();
        if names.len() > 1 { names } else { all }
    };
    let (mut shorter, mut longer) = (words(one), words(other));
    if shorter.len() > longer.len() {
        std::mem::swap(&mut shorter, &mut longer);
    }
    // One shared word is a family, not a person.
    if shorter.is_empty() || (shorter.len() == 1 && longer.len() > 1) {
        return 0;
    }
    let mut total = 0.0;
    for word in &shorter {
        let best = longer.iter().enumerate().map(|(at, other)| (jaro_winkler(word, other), at));
        let Some((alike, at)) = best.max_by(|one, other| one.0.total_cmp(&other.0)) else {
            return 0;
        };
        longer.swap_remove(at);
        total += alike;
    }
    percent(total / f64::from(u32::try_from(shorter.len()).unwrap_or(u32::MAX)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1 in percent"
)]
fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patients::{Contact, Identifier, Sex};
    use crate::record::Entries;

    fn person(family: &str, given: &str, birth_date: &str) -> Patient {
        Patient {
            family: Some(family.into()),
            given: Some(given.into()),
            birth_date: birth_date.parse().ok(),
            ..Patient::default()
        }
    }

    #[test]
    fn the_same_name_and_birth_date_is_likely_the_same_person() {
        let found =
            likeness(&person("Mejía", "Gustavo", "1999-07-14"), &person("MEJIA", "Gustavo", "1999-07-14"));
        assert_eq!(found, Likeness { score: 90, reasons: vec![Reason::Names, Reason::BirthDate] });
        let turned =
            likeness(&person("Gustavo", "Mejia", "1999-07-14"), &person("Mejia", "Gustavo", "1999-07-14"));
        assert_eq!(turned.score, 90);
    }

    #[test]
    fn a_misspelt_name_or_an_exchanged_day_and_month_is_still_shown() {
        let spelt = likeness(
            &person("Gulgowski", "Edward", "1970-03-02"),
            &person("Gulgovski", "Edvard", "1970-03-02"),
        );
        assert!(spelt.score >= WORTH_SHOWING && spelt.reasons.contains(&Reason::SimilarNames), "{spelt:?}");
        let turned = likeness(&person("Reyes", "Ana", "1999-02-03"), &person("Reyes", "Ana", "1999-03-02"));
        assert_eq!(turned.reasons, [Reason::Names, Reason::SimilarBirthDate]);
        assert!(turned.score >= WORTH_SHOWING);
    }

    #[test]
    fn a_name_is_the_same_however_it_is_cut_shortened_or_continued() {
        for (one, other) in [
            (("De la Cruz", "Juanito"), ("Delacruz", "Juanito")),
            (("dela Cruz", "Juanito"), ("De La Cruz", "JUANITO")),
            (("Garcia-Villanueva", "Liwayway"), ("Garciavillanueva", "Liwayway")),
            (("Mc Donald", "Rory"), ("McDonald", "Rory")),
            (("Reyes", "Ma. Teresa"), ("Reyes", "Maria Teresa")),
            (("Sto. Domingo", "Ana"), ("Santo Domingo", "Ana")),
            (("Reyes", "Jose Miguel"), ("Reyes", "Jose Miguel Santos")),
            (("Reyes Jr.", "Juan"), ("Reyes", "Juan")),
            (("王", "小明"), ("王小明", "")),
            (("小明", "王"), ("王小明", "")),
            (("สมชาย", "ใจดี"), ("สมชายใจดี", "")),
        ] {
            let (one, other) = (person(one.0, one.1, "1999-07-14"), person(other.0, other.1, "1999-07-14"));
            assert_eq!(likeness(&one, &other).score, 90, "{one:?} {other:?}");
        }
        let other = likeness(&person("王", "小明", "1999-07-14"), &person("王", "大明", "1999-07-14"));
        assert!(other.score < WORTH_SHOWING, "{other:?}");
    }

    #[test]
    fn a_shared_family_name_or_birthday_alone_is_not_shown() {
        assert!(
            likeness(&person("Reyes", "Ana", "1999-02-03"), &person("Reyes", "Benigno", "1999-02-03")).score
                < WORTH_SHOWING
        );
        assert!(
            likeness(&person("Reyes", "Ana", "1999-02-03"), &person("Reyes", "Ana", "1961-05-09")).score
                <= WORTH_SHOWING
        );
        assert_eq!(likeness(&Patient::default(), &Patient::default()).score, 0);
    }

    #[test]
    fn a_shared_number_settles_it_and_another_sex_speaks_against() {
        let with = |mut patient: Patient, number: &str| {
            let identifier =
                Identifier { system: Some("student".into()), value: Some(number.into()), label: None };
            patient.identifiers = Some(Entries([("a".to_owned(), identifier)].into()));
            patient
        };
        let found =
            likeness(&with(person("A", "B", "1999"), "2019-104"), &with(person("C", "D", "1950"), "2019104"));
        assert_eq!(found, Likeness { score: 90, reasons: vec![Reason::Identifier] });
        let (mut one, mut other) =
            (person("Reyes", "Ana", "1999-02-03"), person("Reyes", "Ana", "1999-02-03"));
        (one.sex, other.sex) = (Some(Sex::Female), Some(Sex::Male));
        assert_eq!(likeness(&one, &other).score, 75);
    }

    #[test]
    fn a_shared_phone_adds_to_it() {
        let with = |mut patient: Patient, number: &str| {
            let contact = Contact { value: Some(number.into()), ..Contact::default() };
            patient.contacts = Some(Entries([("a".to_owned(), contact)].into()));
            patient
        };
        let found = likeness(
            &with(person("Reyes", "Ana", ""), "0917 555 0101"),
            &with(person("Reyes", "Ana", ""), "09175550101"),
        );
        assert_eq!(found.reasons, [Reason::Names, Reason::Contact]);
    }
}
