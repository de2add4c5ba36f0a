//! Who of the people here a row is about: by number first, then by likeness.

use super::{Student, signs};
use crate::RecordId;
use crate::patients::{Patient, Reason, in_full, likeness, search_words};

/// From here on a person has to say so.
pub const POSSIBLE: u32 = 50;

/// Whom a row fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fits {
    /// Nobody.
    Nobody,
    /// This person.
    One(RecordId),
    /// The number belongs to this person, who is not like them.
    Another(RecordId),
    /// One of these, or nobody: most alike first.
    Several(Vec<RecordId>),
}

/// Whom of `people` the row `student` fits. `people` are those with its number and those who may be like it.
#[must_use]
pub fn fits(student: &Student, people: &[(RecordId, Patient)]) -> Fits {
    // What a list says of a number is told by the number; likeness is asked of the rest.
    let told = Patient { identifiers: None, ..student.patient() };
    let number = signs(&student.number);
    let (with, others): (Vec<_>, Vec<_>) = people.iter().partition(|(_, patient)| has(patient, &number));
    match with.as_slice() {
        [] => {}
        [(id, patient)] if is_like(&told, patient) => return Fits::One(*id),
        [(id, _)] => return Fits::Another(*id),
        several => {
            let like: Vec<RecordId> =
                several.iter().filter(|(_, patient)| is_like(&told, patient)).map(|(id, _)| *id).collect();
            return match like.as_slice() {
                [one] => Fits::One(*one),
                _ => Fits::Several(several.iter().map(|(id, _)| *id).collect()),
            };
        }
    }
    let mut alike: Vec<(u32, RecordId, bool)> = Vec::new();
    for (id, patient) in others {
        let found = likeness(&told, patient);
        let exact = |patient: &Patient| patient.birth_date.and_then(|born| born.exact());
        let days = exact(&told).zip(exact(patient));
        let born_apart = days.is_some() && !found.reasons.iter().any(|reason| of_birth(*reason));
        // A name is shared by many; whoever was born on another day is somebody else, unless they can be reached alike.
        if found.score >= POSSIBLE && (!born_apart || found.reasons.contains(&Reason::Contact)) {
            // Twins were born on one day and have names that are alike: only the very name and day are the person's own.
            let is_surely = has_the_name_of(&told, patient)
                && found.reasons.contains(&Reason::BirthDate)
                && known_number(patient).is_none();
            alike.push((found.score, *id, is_surely));
        }
    }
    alike.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    match alike.as_slice() {
        [] => Fits::Nobody,
        [(_, id, true)] => Fits::One(*id),
        several => Fits::Several(several.iter().map(|(_, id, _)| *id).collect()),
    }
}

/// Whether somebody with the same number is the same person: the birth may be written wrongly, and of a name all but one
/// word, as of who married; not both.
fn is_like(told: &Patient, patient: &Patient) -> bool {
    let reasons = likeness(told, patient).reasons;
    let shares_a_word = || {
        let words = words_of(patient);
        words_of(told).iter().any(|word| words.contains(word))
    };
    reasons.iter().any(|reason| matches!(reason, Reason::Names | Reason::SimilarNames))
        || (reasons.contains(&Reason::BirthDate) && shares_a_word())
}

/// Whether both have one name, however it is cut and in either order.
fn has_the_name_of(told: &Patient, patient: &Patient) -> bool {
    let letters = |name: &Option<String>| in_words(name).concat();
    let (family, given) = (letters(&told.family), letters(&told.given));
    let theirs = format!("{}{}", letters(&patient.family), letters(&patient.given));
    theirs == format!("{family}{given}") || theirs == format!("{given}{family}")
}

fn words_of(patient: &Patient) -> Vec<String> {
    [in_words(&patient.family), in_words(&patient.given)].concat()
}

fn in_words(name: &Option<String>) -> Vec<String> {
    search_words(name.as_deref().unwrap_or_default()).iter().map(|word| in_full(word).to_owned()).collect()
}

fn of_birth(reason: Reason) -> bool {
    matches!(reason, Reason::BirthDate | Reason::SimilarBirthDate)
}

/// The student number of somebody.
fn known_number(patient: &Patient) -> Option<&str> {
    let mut numbers = patient.identifiers.iter().flat_map(|entries| entries.0.values());
    let number = numbers.find(|number| number.system.as_deref() == Some("student"));
    number.and_then(|number| number.value.as_deref()).filter(|number| !signs(number).is_empty())
}

/// Whether somebody is known here by this student number.
fn has(patient: &Patient, number: &str) -> bool {
    let mut numbers = patient.identifiers.iter().flat_map(|entries| entries.0.values());
    !number.is_empty()
        && numbers.any(|known| {
            known.system.as_deref() == Some("student")
                && known.value.as_deref().is_some_and(|known| signs(known) == number)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patients::Identifier;
    use crate::record::Entries;

    fn person(family: &str, given: &str, born: &str, number: Option<&str>) -> Patient {
        let of = |number: &str| Identifier {
            system: Some("student".into()),
            value: Some(number.into()),
            label: None,
        };
        Patient {
            family: Some(family.into()),
            given: Some(given.into()),
            birth_date: born.parse().ok(),
            identifiers: number.map(|number| Entries([("x".to_owned(), of(number))].into())),
            ..Patient::default()
        }
    }

    fn row(family: &str, given: &str, born: &str) -> Student {
        let said = |text: &str| Some(text.to_owned());
        Student {
            number: "2021-001".to_owned(),
            family: said(family),
            given: said(given),
            birth_date: born.parse().ok(),
            ..Student::default()
        }
    }

    fn fit(row: &Student, people: &[Patient]) -> Fits {
        let ids = (1..).map(|number: u64| RecordId::new(number, &[0; 10]));
        fits(row, &ids.zip(people.iter().cloned()).collect::<Vec<_>>())
    }

    fn id(number: u64) -> RecordId {
        RecordId::new(number, &[0; 10])
    }

    #[test]
    fn a_number_decides_unless_neither_name_nor_birth_agrees() {
        let row = row("Peña", "Ana", "2004-07-14");
        let known = |family, given, born| fit(&row, &[person(family, given, born, Some("2021001"))]);
        assert_eq!(known("PENA", "ANA", "2004-07-14"), Fits::One(id(1)));
        assert_eq!(known("Santos", "Ana Luz", "2004-07-14"), Fits::One(id(1)), "married");
        assert_eq!(known("Peña", "Ana", "2003-01-02"), Fits::One(id(1)), "a slip of the birth");
        assert_eq!(known("Cruz", "Benigno", "2003-01-02"), Fits::Another(id(1)));
        assert_eq!(
            known("Cruz", "Benigno", "2004-07-14"),
            Fits::Another(id(1)),
            "one birthday, another name"
        );
        assert_eq!(
            known("Santos", "Ana Luz", "2004"),
            Fits::Another(id(1)),
            "a birth that is not known to the day"
        );
        let two = [
            person("Peña", "Ana", "2004-07-14", Some("2021-001")),
            person("Cruz", "Lito", "", Some("2021001")),
        ];
        assert_eq!(fit(&row, &two), Fits::One(id(1)));
        let alike = [two[0].clone(), two[0].clone()];
        assert_eq!(fit(&row, &alike), Fits::Several(vec![id(1), id(2)]));
    }

    #[test]
    fn likeness_decides_where_no_number_is_known_and_asks_where_it_is_not_sure() {
        let row = row("Peña", "Ana", "2004-07-14");
        let one = |patient| fit(&row, &[patient]);
        assert_eq!(one(person("Peña", "Ana", "2004-07-14", None)), Fits::One(id(1)));
        assert_eq!(one(person("Peña", "Ana", "2004-07-14", Some("1999-5"))), Fits::Several(vec![id(1)]));
        assert_eq!(one(person("Peña", "Ana", "", None)), Fits::Several(vec![id(1)]));
        assert_eq!(one(person("Peña", "Ana", "1961-05-09", None)), Fits::Nobody);
        assert_eq!(one(person("Peña", "Benigno", "2004-07-14", None)), Fits::Nobody);
        assert_eq!(one(person("Pena", "ANA", "2004", None)), Fits::Several(vec![id(1)]));
        assert_eq!(one(person("Peña", "Anna", "2004-07-14", None)), Fits::Several(vec![id(1)]), "a twin");
        assert_eq!(one(person("Peña", "Ana Luz", "2004-07-14", None)), Fits::Several(vec![id(1)]));
        let twice = person("Peña", "Ana", "2004-07-14", None);
        assert_eq!(fit(&row, &[twice.clone(), twice]), Fits::Several(vec![id(1), id(2)]));
        assert_eq!(fit(&row, &[]), Fits::Nobody);
    }
}
