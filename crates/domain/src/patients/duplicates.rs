//! How likely two registrations are the same person, with the reasons a person can check.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strsim::jaro_winkler;
use ts_rs::TS;

use super::{Patient, search_words};

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
    if contacts(one).iter().any(|contact| contacts(other).contains(contact)) {
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

fn contacts(patient: &Patient) -> Vec<String> {
    let entries = patient.contacts.iter().flat_map(|entries| entries.0.values());
    let signs = entries.map(|contact| signs(contact.value.as_deref()));
    signs.filter(|value| value.len() >= 6).collect()
}

fn signs(text: Option<&str>) -> String {
    super::plain(text.unwrap_or_default()).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// How alike the names are in percent: each word of the shorter name against its best partner.
fn names_alike(one: &Patient, other: &Patient) -> u32 {
    let words = |patient: &Patient| {
        let names = [&patient.family, &patient.given];
        names.into_iter().flatten().flat_map(|name| search_words(name)).collect::<Vec<_>>()
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
