//! The names of teeth: ISO 3950 is kept, the Universal numbers are shown and typed where they are chosen.

use std::str::FromStr;

use crate::choice;

choice! {
    /// A tooth by ISO 3950: its quadrant, then its place from the middle. There are 52, and no other.
    pub enum Tooth {
        /// Upper right central incisor.
        T11 = "11",
        /// Upper right lateral incisor.
        T12 = "12",
        /// Upper right canine.
        T13 = "13",
        /// Upper right first premolar.
        T14 = "14",
        /// Upper right second premolar.
        T15 = "15",
        /// Upper right first molar.
        T16 = "16",
        /// Upper right second molar.
        T17 = "17",
        /// Upper right third molar.
        T18 = "18",
        /// Upper left central incisor.
        T21 = "21",
        /// Upper left lateral incisor.
        T22 = "22",
        /// Upper left canine.
        T23 = "23",
        /// Upper left first premolar.
        T24 = "24",
        /// Upper left second premolar.
        T25 = "25",
        /// Upper left first molar.
        T26 = "26",
        /// Upper left second molar.
        T27 = "27",
        /// Upper left third molar.
        T28 = "28",
        /// Lower left central incisor.
        T31 = "31",
        /// Lower left lateral incisor.
        T32 = "32",
        /// Lower left canine.
        T33 = "33",
        /// Lower left first premolar.
        T34 = "34",
        /// Lower left second premolar.
        T35 = "35",
        /// Lower left first molar.
        T36 = "36",
        /// Lower left second molar.
        T37 = "37",
        /// Lower left third molar.
        T38 = "38",
        /// Lower right central incisor.
        T41 = "41",
        /// Lower right lateral incisor.
        T42 = "42",
        /// Lower right canine.
        T43 = "43",
        /// Lower right first premolar.
        T44 = "44",
        /// Lower right second premolar.
        T45 = "45",
        /// Lower right first molar.
        T46 = "46",
        /// Lower right second molar.
        T47 = "47",
        /// Lower right third molar.
        T48 = "48",
        /// Upper right milk central incisor.
        T51 = "51",
        /// Upper right milk lateral incisor.
        T52 = "52",
        /// Upper right milk canine.
        T53 = "53",
        /// Upper right milk first molar.
        T54 = "54",
        /// Upper right milk second molar.
        T55 = "55",
        /// Upper left milk central incisor.
        T61 = "61",
        /// Upper left milk lateral incisor.
        T62 = "62",
        /// Upper left milk canine.
        T63 = "63",
        /// Upper left milk first molar.
        T64 = "64",
        /// Upper left milk second molar.
        T65 = "65",
        /// Lower left milk central incisor.
        T71 = "71",
        /// Lower left milk lateral incisor.
        T72 = "72",
        /// Lower left milk canine.
        T73 = "73",
        /// Lower left milk first molar.
        T74 = "74",
        /// Lower left milk second molar.
        T75 = "75",
        /// Lower right milk central incisor.
        T81 = "81",
        /// Lower right milk lateral incisor.
        T82 = "82",
        /// Lower right milk canine.
        T83 = "83",
        /// Lower right milk first molar.
        T84 = "84",
        /// Lower right milk second molar.
        T85 = "85",
    }
}

/// Text that names no tooth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tooth is 11 to 48 or 51 to 85 by ISO 3950")]
pub struct NoSuchTooth;

impl Tooth {
    /// Its quadrant: 1 to 4 permanent and 5 to 8 milk teeth, each from the upper right past the middle and back below.
    #[must_use]
    pub fn quadrant(self) -> u8 {
        self.digit(0)
    }

    /// Its place, counted from the middle.
    #[must_use]
    pub fn place(self) -> u8 {
        self.digit(1)
    }

    fn digit(self, at: usize) -> u8 {
        self.word().as_bytes().get(at).map_or(0, |digit| digit - b'0')
    }

    /// Whether it is a milk tooth.
    #[must_use]
    pub fn is_milk(self) -> bool {
        self.quadrant() > 4
    }

    /// Whether it is an incisor or a canine, whose edge is called incisal.
    #[must_use]
    pub fn is_front(self) -> bool {
        self.place() <= 3
    }

    /// Whether it is a premolar.
    #[must_use]
    pub fn is_premolar(self) -> bool {
        !self.is_milk() && matches!(self.place(), 4 | 5)
    }

    /// The permanent tooth that follows a milk tooth, in the same place.
    #[must_use]
    pub fn successor(self) -> Option<Self> {
        let quadrant = self.quadrant().checked_sub(4)?;
        Self::at(quadrant, self.place())
    }

    /// The milk tooth before a permanent one; a molar has none.
    #[must_use]
    pub fn predecessor(self) -> Option<Self> {
        if self.is_milk() { None } else { Self::at(self.quadrant() + 4, self.place()) }
    }

    fn at(quadrant: u8, place: u8) -> Option<Self> {
        Self::ALL.iter().find(|tooth| tooth.quadrant() == quadrant && tooth.place() == place).copied()
    }

    /// Its Universal number: `1` to `32`, and `A` to `T` for milk teeth (ADA).
    #[must_use]
    pub fn universal(self) -> String {
        let place = self.place();
        match self.quadrant() {
            1 => (9 - place).to_string(),
            2 => (8 + place).to_string(),
            3 => (25 - place).to_string(),
            4 => (24 + place).to_string(),
            5 => letter(5 - place),
            6 => letter(4 + place),
            7 => letter(15 - place),
            _ => letter(14 + place),
        }
    }

    /// The tooth of this Universal number.
    #[must_use]
    pub fn of_universal(number: &str) -> Option<Self> {
        let number = number.trim().to_ascii_uppercase();
        Self::ALL.iter().find(|tooth| tooth.universal() == number).copied()
    }
}

/// The letter at this place of the alphabet, `A` being 0.
fn letter(at: u8) -> String {
    char::from(b'A' + at).to_string()
}

impl FromStr for Tooth {
    type Err = NoSuchTooth;

    fn from_str(text: &str) -> Result<Self, NoSuchTooth> {
        Self::ALL.iter().find(|tooth| tooth.word() == text).copied().ok_or(NoSuchTooth)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_52_teeth_and_no_other_number_is_one() {
        assert_eq!(Tooth::ALL.len(), 52);
        let taken: Vec<u32> =
            (0..100).filter(|number: &u32| number.to_string().parse::<Tooth>().is_ok()).collect();
        let permanent = [11..=18, 21..=28, 31..=38, 41..=48];
        let milk = [51..=55, 61..=65, 71..=75, 81..=85];
        assert_eq!(taken, permanent.into_iter().chain(milk).flatten().collect::<Vec<u32>>());
        for wrong in ["", "All", "1", "011", "19", "49", "86", "A", " 11"] {
            assert_eq!(wrong.parse::<Tooth>(), Err(NoSuchTooth), "{wrong}");
        }
    }

    #[test]
    fn universal_numbers_name_each_tooth_once_and_lead_back() {
        let numbers: BTreeSet<String> = Tooth::ALL.iter().map(|tooth| tooth.universal()).collect();
        let known = (1..=32).map(|number: u32| number.to_string());
        assert_eq!(numbers, known.chain(('A'..='T').map(String::from)).collect());
        for tooth in Tooth::ALL {
            assert_eq!(Tooth::of_universal(&tooth.universal().to_lowercase()), Some(*tooth));
        }
        // The corners of both rows, by the chart of the ADA.
        let cases = [
            ("18", "1"),
            ("11", "8"),
            ("21", "9"),
            ("28", "16"),
            ("38", "17"),
            ("31", "24"),
            ("41", "25"),
            ("48", "32"),
            ("55", "A"),
            ("51", "E"),
            ("61", "F"),
            ("65", "J"),
            ("75", "K"),
            ("71", "O"),
            ("81", "P"),
            ("85", "T"),
        ];
        for (iso, universal) in cases {
            assert_eq!(iso.parse::<Tooth>().unwrap().universal(), universal, "{iso}");
        }
        assert_eq!(
            (Tooth::of_universal("0"), Tooth::of_universal("33"), Tooth::of_universal("U")),
            (None, None, None)
        );
    }

    #[test]
    fn a_milk_molar_is_followed_by_a_premolar_and_a_molar_follows_nothing() {
        assert_eq!(Tooth::T55.successor(), Some(Tooth::T15));
        assert!(Tooth::T15.is_premolar() && !Tooth::T55.is_premolar() && !Tooth::T16.is_premolar());
        assert_eq!((Tooth::T15.predecessor(), Tooth::T16.predecessor()), (Some(Tooth::T55), None));
        assert_eq!((Tooth::T16.successor(), Tooth::T55.predecessor()), (None, None));
        assert!(Tooth::T83.is_front() && !Tooth::T84.is_front());
    }
}
