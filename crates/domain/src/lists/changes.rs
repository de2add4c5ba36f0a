//! What a row says otherwise than the records here, and what would be written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::student::{EMAIL, GUARDIAN, NUMBER, PHONE};
use super::{Student, signs};
use crate::enrolment::{Enrolment, EnrolmentStatus};
use crate::patients::{Patient, in_full, is_same_telephone, plain, search_words};
use crate::{PartialDate, RecordId, Value, choice};

choice! {
    /// What a list may say of somebody.
    pub enum Listed {
        /// Student number.
        Number = "number",
        /// Family name.
        Family = "family",
        /// Given names.
        Given = "given",
        /// Middle name.
        Middle = "middle",
        /// Suffix.
        Suffix = "suffix",
        /// Sex.
        Sex = "sex",
        /// Birth date.
        BirthDate = "birth_date",
        /// Course or programme.
        Programme = "programme",
        /// Year of the course.
        Year = "year",
        /// Section.
        Section = "section",
        /// Campus.
        Campus = "campus",
        /// E-mail address.
        Email = "email",
        /// Telephone.
        Phone = "phone",
        /// Guardian.
        Guardian = "guardian",
        /// The guardian's telephone.
        GuardianPhone = "guardian_phone",
        /// Whether they are enrolled.
        Status = "status",
    }
}

/// Something that the list says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ListChange {
    /// What.
    pub what: Listed,
    /// What stands here; nothing where it is empty.
    pub here: Option<String>,
    /// What the list says.
    pub list: String,
}

/// What is known here of the person of a row.
#[derive(Clone, Debug)]
pub struct Held {
    /// The person.
    pub patient: Patient,
    /// Their enrolment in the very term, withdrawn ones apart.
    pub now: Option<(RecordId, Enrolment)>,
    /// Their latest enrolment before it.
    pub before: Option<Enrolment>,
}

/// What a row would write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// What somebody should see before.
    pub shown: Vec<ListChange>,
    /// What is written of the person, by path.
    pub patient: BTreeMap<String, Value>,
    /// What is written of the enrolment that is there, by path.
    pub enrolment: BTreeMap<String, Value>,
}

/// How much of what a list says otherwise is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// Only what is empty here.
    Empty,
    /// What nobody here knows better than the list: a name, a birth date or a sex that stands here is kept.
    Unasked,
    /// All of it: somebody looked at it and said so.
    All,
}

impl Taking {
    fn writes(self, what: Listed, is_empty: bool) -> bool {
        use Listed::{BirthDate, Family, Given, Middle, Sex, Suffix};
        let is_of_person = matches!(what, Family | Given | Middle | Suffix | BirthDate | Sex);
        is_empty || self == Self::All || (self == Self::Unasked && !is_of_person)
    }
}

impl Changes {
    /// What `student` says otherwise than `held`, and of it what `taking` writes.
    ///
    /// An empty cell says nothing. What the list itself wrote the last time it may change without asking.
    #[must_use]
    pub fn of(student: &Student, held: &Held, taking: Taking) -> Self {
        let mut changes = Self::default();
        changes.person(student, &held.patient, taking);
        changes.studies(student, held, taking);
        changes
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patient.is_empty() && self.enrolment.is_empty()
    }

    fn person(&mut self, student: &Student, patient: &Patient, taking: Taking) {
        let names = [
            (Listed::Family, "family", &patient.family, &student.family),
            (Listed::Given, "given", &patient.given, &student.given),
            (Listed::Middle, "middle", &patient.middle, &student.middle),
            (Listed::Suffix, "suffix", &patient.suffix, &student.suffix),
        ];
        // Where a list and a chart part the given names from the middle name elsewhere, both say one thing.
        let in_one = |given: &Option<String>, middle: &Option<String>| {
            [given, middle].map(|name| name.as_deref().unwrap_or_default()).join(" ")
        };
        let parted_elsewhere =
            is_same_name(&in_one(&patient.given, &patient.middle), &in_one(&student.given, &student.middle));
        for (what, path, here, list) in names {
            let Some(list) = list else { continue };
            if parted_elsewhere && matches!(what, Listed::Given | Listed::Middle) {
                continue;
            }
            let said = || Value::text(list);
            if here.as_deref().is_none_or(|here| !is_same_name(here, list)) {
                self.add(what, here.clone(), list.clone(), taking, |changes| {
                    changes.patient.insert(path.to_owned(), said());
                });
            }
        }
        let sex = student.sex.filter(|sex| patient.sex != Some(*sex));
        if let Some(sex) = sex {
            let here = patient.sex.map(|sex| sex.word().to_owned());
            self.add(Listed::Sex, here, sex.word().to_owned(), taking, |changes| {
                changes.patient.insert("sex".to_owned(), Value::text(sex.word()));
            });
        }
        let born =
            student.birth_date.filter(|born| patient.birth_date.is_none_or(|here| differs(here, *born)));
        if let Some(born) = born {
            let here = patient.birth_date.map(|here| here.to_string());
            self.add(Listed::BirthDate, here, born.to_string(), taking, |changes| {
                changes.patient.insert("birth_date".to_owned(), Value::text(born.to_string()));
            });
        }
        self.number(student, patient, taking);
        self.contacts(student, patient, taking);
        self.guardian(student, patient, taking);
    }

    fn number(&mut self, student: &Student, patient: &Patient, taking: Taking) {
        let entries = patient.identifiers.iter().flat_map(|entries| &entries.0);
        let known: Vec<_> = entries.filter(|(_, number)| number.system.as_deref() == Some(NUMBER)).collect();
        let value = |number: &crate::patients::Identifier| number.value.clone().unwrap_or_default();
        if known.iter().any(|(_, number)| signs(&value(number)) == signs(&student.number)) {
            return;
        }
        let here = known.first().map(|(_, number)| value(number)).filter(|number| !number.is_empty());
        let entry = known.first().map_or(NUMBER, |(entry, _)| entry.as_str());
        self.add(Listed::Number, here, student.number.clone(), taking, |changes| {
            changes.entry("identifiers", entry, &[("system", NUMBER), ("value", student.number.as_str())]);
        });
    }

    /// An address or a number is added beside those that people gave; the list changes only its own.
    fn contacts(&mut self, student: &Student, patient: &Patient, taking: Taking) {
        type Same = fn(&str, &str) -> bool;
        let is_same_address: Same = |one, other| plain(one.trim()) == plain(other.trim());
        let said = [
            (Listed::Email, EMAIL, "email", &student.email, is_same_address),
            (Listed::Phone, PHONE, "phone", &student.phone, is_same_telephone as Same),
        ];
        for (what, entry, system, list, is_same) in said {
            let Some(list) = list else { continue };
            let entries = || patient.contacts.iter().flat_map(|entries| &entries.0);
            let value = |contact: &crate::patients::Contact| contact.value.clone().unwrap_or_default();
            if entries().any(|(_, contact)| is_same(&value(contact), list)) {
                continue;
            }
            let own = entries().find(|(known, _)| *known == entry);
            let here = own.map(|(_, contact)| value(contact)).filter(|value| !value.is_empty());
            self.add(what, here, list.clone(), taking, |changes| {
                changes.entry("contacts", entry, &[("system", system), ("value", list.as_str())]);
            });
        }
    }

    fn guardian(&mut self, student: &Student, patient: &Patient, taking: Taking) {
        let entries = || patient.relations.iter().flat_map(|entries| &entries.0);
        let own = entries().find(|(entry, _)| *entry == GUARDIAN).map(|(_, relation)| relation);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        if let Some(list) = &student.guardian
            && !entries().any(|(_, relation)| is_same_name(&text(&relation.name), list))
        {
            let here = own.and_then(|relation| relation.name.clone());
            self.add(Listed::Guardian, here, list.clone(), taking, |changes| {
                changes.entry("relations", GUARDIAN, &[("relation", "guardian"), ("name", list.as_str())]);
            });
        }
        if let Some(list) = &student.guardian_phone
            && !entries().any(|(_, relation)| is_same_telephone(&text(&relation.phone), list))
        {
            let here = own.and_then(|relation| relation.phone.clone());
            self.add(Listed::GuardianPhone, here, list.clone(), taking, |changes| {
                changes.entry("relations", GUARDIAN, &[("relation", "guardian"), ("phone", list.as_str())]);
            });
        }
    }

    /// Programme and year change every term and are what a list is for: they are shown where somebody here has changed
    /// them since the list before, or has to see that this term's enrolment changes.
    fn studies(&mut self, student: &Student, held: &Held, taking: Taking) {
        let last = held.now.as_ref().map(|(_, enrolment)| enrolment).or(held.before.as_ref());
        let of_person = [
            (
                Listed::Programme,
                "course",
                &held.patient.course,
                &student.programme,
                last.and_then(|last| last.programme.as_deref()),
            ),
            (
                Listed::Year,
                "year_level",
                &held.patient.year_level,
                &student.year,
                last.and_then(|last| last.year.as_deref()),
            ),
        ];
        let now = held.now.as_ref().map(|(_, enrolment)| enrolment);
        for (what, path, here, list, told) in of_person {
            let Some(list) =
                list.as_deref().filter(|list| here.as_deref().is_none_or(|here| !is_same(here, list)))
            else {
                continue;
            };
            let set = |changes: &mut Self| {
                changes.patient.insert(path.to_owned(), Value::text(list));
            };
            let ours = here.as_deref().filter(|here| told.is_none_or(|told| !is_same(here, told)));
            match ours {
                Some(here) => self.add(what, Some(here.to_owned()), list.to_owned(), taking, set),
                None => set(self),
            }
        }
        let Some(now) = now else { return };
        let of_term = [
            (Listed::Programme, "programme", &now.programme, &student.programme),
            (Listed::Year, "year", &now.year, &student.year),
            (Listed::Section, "section", &now.section, &student.section),
            (Listed::Campus, "campus", &now.campus, &student.campus),
        ];
        for (what, path, here, list) in of_term {
            let Some(list) =
                list.as_deref().filter(|list| here.as_deref().is_none_or(|here| !is_same(here, list)))
            else {
                continue;
            };
            self.add(what, here.clone(), list.to_owned(), taking, |changes| {
                changes.enrolment.insert(path.to_owned(), Value::text(list));
            });
        }
        if let Some(here) = now.status.filter(|status| *status != EnrolmentStatus::Enrolled) {
            let list = EnrolmentStatus::Enrolled.word();
            self.add(Listed::Status, Some(here.word().to_owned()), list.to_owned(), taking, |changes| {
                changes.enrolment.insert("status".to_owned(), Value::text(list));
                changes.enrolment.insert("until".to_owned(), Value::Null);
            });
        }
    }

    fn add(
        &mut self,
        what: Listed,
        here: Option<String>,
        list: String,
        taking: Taking,
        set: impl FnOnce(&mut Self),
    ) {
        if taking.writes(what, here.is_none()) {
            set(self);
        }
        // A programme that the person and this term's enrolment both have is one thing to look at.
        if !self.shown.iter().any(|shown| shown.what == what) {
            self.shown.push(ListChange { what, here, list });
        }
    }

    fn entry(&mut self, field: &str, entry: &str, parts: &[(&str, &str)]) {
        for (part, value) in parts {
            self.patient.insert(format!("{field}/{entry}/{part}"), Value::text(*value));
        }
    }
}

/// Whether both write one name: in capitals or not, with accents or without them, short or in full, by its initial.
fn is_same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        search_words(name).iter().map(|word| in_full(word).to_owned()).collect()
    };
    let (one, other) = (words(one), words(other));
    // A list that has an initial says no more than what stands here in full.
    let is_word = |(full, short): (&String, &String)| {
        full == short || (short.chars().count() == 1 && full.starts_with(short.as_str()))
    };
    let initial = one.len() == other.len() && one.iter().zip(&other).all(is_word);
    initial || one.concat() == other.concat()
}

fn is_same(one: &str, other: &str) -> bool {
    signs(one) == signs(other)
}

/// Whether a list's birth date says something else: one that is known less exactly, and may be the same, does not.
fn differs(here: PartialDate, list: PartialDate) -> bool {
    here != list && (list.exact().is_some() || !here.overlaps(&list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn row() -> Student {
        Student {
            number: "2021-001".to_owned(),
            family: said("PEÑA"),
            given: said("MA. ANA"),
            middle: said("C."),
            birth_date: "2004-07-14".parse().ok(),
            programme: said("BSN"),
            year: said("3"),
            phone: said("9175550101"),
            ..Student::default()
        }
    }

    fn held(patient: Patient) -> Held {
        Held { patient, now: None, before: None }
    }

    fn shown(changes: &Changes) -> Vec<(Listed, Option<&str>, &str)> {
        changes
            .shown
            .iter()
            .map(|change| (change.what, change.here.as_deref(), change.list.as_str()))
            .collect()
    }

    #[test]
    fn whoever_the_list_has_as_they_are_here_is_not_changed_by_capitals_accents_or_initials() {
        let here = Patient {
            family: said("Pena"),
            given: said("Maria Ana"),
            middle: said("Cruz"),
            ..row().patient()
        };
        let changes = Changes::of(&row(), &held(here), Taking::All);
        assert_eq!(changes, Changes::default());
    }

    #[test]
    fn given_and_middle_names_that_are_parted_elsewhere_are_the_same_names() {
        let said_here = |given, middle| Patient { given: said(given), middle, ..row().patient() };
        let shown_of = |here| Changes::of(&row(), &held(here), Taking::All).shown;
        assert_eq!(shown_of(said_here("Maria Ana Cruz", None)), []);
        assert_eq!(shown_of(said_here("Maria", said("Ana Cruz"))), []);
        assert_eq!(shown_of(said_here("Maria Luz", said("Cruz"))).len(), 1);
    }

    #[test]
    fn what_the_list_says_otherwise_is_shown_and_kept_where_somebody_says_so() {
        let here = Patient {
            birth_date: "2004-01-02".parse().ok(),
            middle: None,
            ..Patient { family: said("Santos"), ..row().patient() }
        };
        let right = [
            (Listed::Family, Some("Santos"), "PEÑA"),
            (Listed::Middle, None, "C."),
            (Listed::BirthDate, Some("2004-01-02"), "2004-07-14"),
        ];
        let taken = Changes::of(&row(), &held(here.clone()), Taking::All);
        assert_eq!(shown(&taken), right);
        assert_eq!(taken.patient.keys().collect::<Vec<_>>(), ["birth_date", "family", "middle"]);
        let unasked = Changes::of(&row(), &held(here.clone()), Taking::Unasked);
        assert_eq!(
            unasked.patient.keys().collect::<Vec<_>>(),
            ["middle"],
            "a name and a birth date that stand here"
        );
        let kept = Changes::of(&row(), &held(here), Taking::Empty);
        assert_eq!(shown(&kept), right);
        assert_eq!(kept.patient.keys().collect::<Vec<_>>(), ["middle"]);
    }

    #[test]
    fn a_new_year_is_no_change_unless_somebody_here_wrote_another_programme_since() {
        let before = Enrolment { programme: said("BSN"), year: said("2"), ..Enrolment::default() };
        let patient = Patient { year_level: said("2"), ..row().patient() };
        let mut held = Held { patient, now: None, before: Some(before) };
        let moved = Changes::of(&row(), &held, Taking::All);
        assert_eq!((moved.shown.len(), &moved.patient["year_level"]), (0, &Value::text("3")));
        held.patient.course = said("BS Pharmacy");
        let changed = Changes::of(&row(), &held, Taking::Empty);
        assert_eq!(shown(&changed), [(Listed::Programme, Some("BS Pharmacy"), "BSN")]);
        assert_eq!(changed.patient.keys().collect::<Vec<_>>(), ["year_level"]);
    }

    #[test]
    fn whoever_had_left_is_brought_back_and_an_address_of_their_own_stays_beside_the_lists() {
        let now = Enrolment {
            status: Some(EnrolmentStatus::Left),
            programme: said("BSN"),
            year: said("3"),
            ..Enrolment::default()
        };
        let patient = row().patient();
        let held = Held { patient, now: Some((RecordId::derived(b"e"), now)), before: None };
        let row = Student { email: said("ana@example.edu"), ..row() };
        let changes = Changes::of(&row, &held, Taking::All);
        assert_eq!(
            shown(&changes),
            [(Listed::Email, None, "ana@example.edu"), (Listed::Status, Some("left"), "enrolled")]
        );
        assert_eq!(changes.enrolment["until"], Value::Null);
        assert!(changes.patient.contains_key("contacts/registrar-email/value"));
    }
}
