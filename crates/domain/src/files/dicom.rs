//! What the header of a DICOM file says of the person, for nobody's X-ray to end in another's chart. Its picture is another
//! matter (`pixels`).
//!
//! Read as DICOM PS3.10 (the file) and PS3.5 (the elements) say, little endian, up to the group of the patient. What is
//! big endian or compressed as a whole is kept, and says nothing here.

mod pixels;
mod reader;

pub use pixels::{Colours, Frame, Grey, Packed, Undrawn, read_frame};

use jiff::civil::Date;

use reader::{Element, Reader, TRANSFER_SYNTAX, UNREADABLE};

use crate::PartialDate;

/// What a DICOM file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DicomHeader {
    /// Family name (0010,0010).
    pub family: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// The number of the patient (0010,0020).
    pub number: Option<String>,
    /// Birth date (0010,0030).
    pub birth_date: Option<PartialDate>,
    /// The day of the study (0008,0020).
    pub study_date: Option<PartialDate>,
    /// What was looked at (0008,1030).
    pub study: Option<String>,
}

const STUDY_DATE: (u16, u16) = (0x0008, 0x0020);
const STUDY: (u16, u16) = (0x0008, 0x1030);
const PATIENT_NAME: (u16, u16) = (0x0010, 0x0010);
const PATIENT_NUMBER: (u16, u16) = (0x0010, 0x0020);
const BIRTH_DATE: (u16, u16) = (0x0010, 0x0030);

/// What the header of the DICOM file `bytes` says; nothing where it is damaged or written in another way.
#[must_use]
pub fn read_dicom(bytes: &[u8]) -> DicomHeader {
    let mut header = DicomHeader::default();
    let mut from = Reader::of(bytes);
    let mut syntax = String::new();
    // Damage ends the reading; what was read until then stands.
    while let Some(Element { tag, value }) = from.element(&syntax) {
        let text = || said(value);
        match tag {
            TRANSFER_SYNTAX => {
                syntax = text().unwrap_or_default();
                if UNREADABLE.contains(&syntax.as_str()) {
                    return header;
                }
            }
            STUDY_DATE => header.study_date = text().as_deref().and_then(day),
            STUDY => header.study = text(),
            PATIENT_NAME => (header.family, header.given) = named(&text().unwrap_or_default()),
            PATIENT_NUMBER => header.number = text(),
            BIRTH_DATE => header.birth_date = text().as_deref().and_then(day),
            (group, _) if group > PATIENT_NAME.0 => break,
            _ => {}
        }
    }
    header
}

/// The text of a value without what fills it up; nothing where none is left. What is no UTF-8 is read as ISO 8859-1.
fn said(value: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    };
    let text = text.trim_matches(|sign: char| sign == '\0' || sign.is_whitespace());
    let plain: String = text.chars().filter(|sign| !sign.is_control()).take(200).collect();
    Some(plain).filter(|text| !text.is_empty())
}

/// Family name and given names of `Family^Given^Middle^Prefix^Suffix`; other writings stand behind `=`.
fn named(text: &str) -> (Option<String>, Option<String>) {
    let first = text.split('=').find(|part| !part.trim().is_empty()).unwrap_or_default();
    let mut parts = first.split('^').map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
    (parts.next().flatten(), parts.next().flatten())
}

/// A day as DICOM writes it: `19990714`, formerly `1999.07.14`.
fn day(text: &str) -> Option<PartialDate> {
    let digits: String = text.chars().filter(|sign| *sign != '.').collect();
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let (month, day) = (i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?);
    Date::new(part(0, 4)?, month, day).ok().map(PartialDate::day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::reader::{IMPLICIT, ITEM, ITEM_END, OPEN, SEQUENCE_END};
    use super::*;

    /// An element in explicit form, and in implicit form.
    fn element(tag: (u16, u16), holds: &str, value: &[u8], is_explicit: bool) -> Vec<u8> {
        let mut value = value.to_vec();
        if value.len() % 2 == 1 {
            value.push(b' ');
        }
        let length = u32::try_from(value.len()).unwrap();
        let mut bytes = [tag.0.to_le_bytes(), tag.1.to_le_bytes()].concat();
        if is_explicit {
            bytes.extend(holds.as_bytes());
            if holds == "SQ" {
                bytes.extend([0, 0]);
                bytes.extend(length.to_le_bytes());
            } else {
                bytes.extend(u16::try_from(length).unwrap().to_le_bytes());
            }
        } else {
            bytes.extend(length.to_le_bytes());
        }
        bytes.extend(value);
        bytes
    }

    /// A DICOM file of this person with a sequence of open length before them.
    fn file(name: &str, number: &str, born: &str, syntax: &str) -> Vec<u8> {
        let explicit = syntax != IMPLICIT;
        let mut bytes = vec![0; 128];
        bytes.extend(b"DICM");
        bytes.extend(element(TRANSFER_SYNTAX, "UI", syntax.as_bytes(), true));
        bytes.extend(element(STUDY_DATE, "DA", b"20261124", explicit));
        bytes.extend(element(STUDY, "LO", b"Chest, PA", explicit));
        let inner = element((0x0008, 0x1150), "UI", b"1.2.3", explicit);
        let mut sequence = [0x0008_u16.to_le_bytes(), 0x1110_u16.to_le_bytes()].concat();
        if explicit {
            sequence.extend(b"SQ\0\0");
        }
        sequence.extend(OPEN.to_le_bytes());
        for part in [ITEM, (0, 0), ITEM_END, SEQUENCE_END] {
            if part == (0, 0) {
                sequence.extend(&inner);
                continue;
            }
            sequence.extend([part.0.to_le_bytes(), part.1.to_le_bytes()].concat());
            sequence.extend(if part == ITEM { OPEN } else { 0 }.to_le_bytes());
        }
        bytes.extend(sequence);
        bytes.extend(element(PATIENT_NAME, "PN", name.as_bytes(), explicit));
        bytes.extend(element(PATIENT_NUMBER, "LO", number.as_bytes(), explicit));
        bytes.extend(element(BIRTH_DATE, "DA", born.as_bytes(), explicit));
        bytes.extend(element((0x0028, 0x0010), "US", &[0, 2], explicit));
        bytes
    }

    #[test]
    fn the_person_is_read_in_both_ways_of_writing() {
        for syntax in [IMPLICIT, "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.90"] {
            let header = read_dicom(&file("MEJIA^Gustavo R.^^^", "2019-104-883", "19890714", syntax));
            assert_eq!(header.family.as_deref(), Some("MEJIA"));
            assert_eq!(header.given.as_deref(), Some("Gustavo R."));
            assert_eq!(header.number.as_deref(), Some("2019-104-883"));
            assert_eq!(header.birth_date, "1989-07-14".parse().ok());
            assert_eq!(header.study_date, "2026-11-24".parse().ok());
            assert_eq!(header.study.as_deref(), Some("Chest, PA"));
        }
    }

    #[test]
    fn what_is_written_otherwise_or_cut_says_what_was_read_until_then() {
        let whole = file("MEJIA^Gustavo", "7", "19890714", UNREADABLE[0]);
        assert_eq!(read_dicom(&whole), DicomHeader::default());
        let whole = file("Mej\u{ed}a", "", "1989", IMPLICIT);
        let header = read_dicom(&whole);
        assert_eq!(
            (header.family.as_deref(), &header.number, &header.birth_date),
            (Some("Mejía"), &None, &None)
        );
        for end in 0..whole.len() {
            drop(read_dicom(&whole[..end]));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_keep_it_from_ending(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let file = [&[0; 128][..], b"DICM", &bytes].concat();
            drop(read_dicom(&file));
        }
    }
}
