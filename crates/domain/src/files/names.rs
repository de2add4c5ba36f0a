//! Whether what a file says of its person is true of somebody.

use super::DicomHeader;
use crate::choice;
use crate::patients::{Patient, plain, search_words};

choice! {
    /// What a file says otherwise than the chart.
    pub enum Differs {
        /// Another name.
        Name = "name",
        /// Another number.
        Number = "number",
        /// Another birth date.
        BirthDate = "birth_date",
    }
}

/// What `header` says otherwise than the record of `patient`. What either leaves out, nobody compares.
#[must_use]
pub fn differs(header: &DicomHeader, patient: &Patient) -> Vec<Differs> {
    let name = [&header.family, &header.given].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let known = [&patient.family, &patient.given, &patient.middle, &patient.known_as, &patient.latin];
    let known = known.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let numbers: Vec<String> = patient
        .identifiers
        .iter()
        .flat_map(|numbers| numbers.0.values())
        .filter_map(|number| number.value.as_deref())
        .map(signs)
        .collect();
    let other_name = !name.is_empty() && !is_name_of(&name, &known, patient.middle.is_some());
    let number = header.number.as_deref().map(signs).filter(|number| !number.is_empty());
    let other_number = number.is_some_and(|number| !numbers.is_empty() && !numbers.contains(&number));
    let born = header.birth_date.zip(patient.birth_date);
    let other_birth = born.is_some_and(|(said, known)| !said.overlaps(&known));
    [(other_name, Differs::Name), (other_number, Differs::Number), (other_birth, Differs::BirthDate)]
        .into_iter()
        .filter_map(|(is_other, what)| is_other.then_some(what))
        .collect()
}

/// Whether each word of `name` is one of `known`, or the first letter of one where all `known` are known; two whole words at
/// least, where both have so many.
fn is_name_of(name: &str, known: &str, all_known: bool) -> bool {
    let (words, known) = (search_words(name), search_words(known));
    let is_whole = |word: &&String| word.chars().count() > 1;
    let whole = words.iter().filter(is_whole).count();
    let met = words.iter().filter(is_whole).filter(|word| known.contains(word)).count();
    let initial = |word: &String| known.iter().any(|known| known.starts_with(word.as_str()));
    let initials = !all_known || words.iter().filter(|word| !is_whole(word)).all(initial);
    met == whole && initials && met > 0
}

fn signs(number: &str) -> String {
    plain(number).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patients::Identifier;
    use crate::record::Entries;

    fn gustavo() -> Patient {
        let number = Identifier { value: Some("2019-104-883".to_owned()), ..Identifier::default() };
        Patient {
            family: Some("Mejía".to_owned()),
            given: Some("Gustavo".to_owned()),
            middle: Some("Reyes".to_owned()),
            birth_date: "1999-07-14".parse().ok(),
            identifiers: Some(Entries([("a".to_owned(), number)].into())),
            ..Patient::default()
        }
    }

    fn header(family: &str, given: &str, number: &str, born: &str) -> DicomHeader {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        DicomHeader {
            family: text(family),
            given: text(given),
            number: text(number),
            birth_date: born.parse().ok(),
            ..DicomHeader::default()
        }
    }

    #[test]
    fn this_person_is_known_in_each_way_of_writing() {
        for (family, given, number, born) in [
            ("MEJIA", "GUSTAVO", "2019104883", "1999-07-14"),
            ("Mejia", "Gustavo R.", "", ""),
            ("Mejía", "", "", "1999"),
            ("", "", "", ""),
        ] {
            assert_eq!(differs(&header(family, given, number, born), &gustavo()), [], "{family} {given}");
        }
        let unknown = Patient { identifiers: None, birth_date: None, ..gustavo() };
        assert_eq!(differs(&header("Mejia", "Gustavo", "77", "1989-07-14"), &unknown), []);
    }

    #[test]
    fn another_name_number_or_birth_date_is_told() {
        use Differs::{BirthDate, Name, Number};
        for (said, what) in [
            (header("MEJIA", "Gustavo R.", "", "1989-07-14"), vec![BirthDate]),
            (header("MEJIA", "Carlos", "", ""), vec![Name]),
            (header("Mejorada", "Gustavo", "", ""), vec![Name]),
            (header("M", "G", "", ""), vec![Name]),
            (header("Mejia", "Gustavo", "2019-104-888", ""), vec![Number]),
            (header("Cruz", "Ana", "1", "2001"), vec![Name, Number, BirthDate]),
        ] {
            assert_eq!(differs(&said, &gustavo()), what);
        }
    }
}
