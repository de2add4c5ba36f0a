//! The surfaces of a tooth: mesial, occlusal, distal, buccal, lingual.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::record::{Holds, Type};

/// In the order in which they are written.
const LETTERS: [(char, u8); 5] = [('M', 1), ('O', 2), ('D', 4), ('B', 8), ('L', 16)];

/// Every set of them but the empty one, as it is kept.
const SETS: &[&str] = &[
    "M", "O", "MO", "D", "MD", "OD", "MOD", "B", "MB", "OB", "MOB", "DB", "MDB", "ODB", "MODB", "L", "ML",
    "OL", "MOL", "DL", "MDL", "ODL", "MODL", "BL", "MBL", "OBL", "MOBL", "DBL", "MDBL", "ODBL", "MODBL",
];

/// Some surfaces of one tooth, at least one. Kept as `MOD`: each letter once, in the order M O D B L. The edge of a front
/// tooth is kept as O, and read as I too; F and V (facial, vestibular) are read as B, P (palatal) as L.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, TS, JsonSchema)]
#[ts(type = "string")]
#[schemars(with = "String")]
pub struct Surfaces(u8);

/// Text that names no surfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("surfaces are letters of M O D B L, each once; I is read as O, F and V as B, P as L")]
pub struct NotSurfaces;

impl Surfaces {
    /// Whether all of these are also among `others`.
    #[must_use]
    pub fn are_within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether one of these is also among `others`.
    #[must_use]
    pub fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// How they are kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        // A set's place in the list is its number less one.
        SETS.get(usize::from(self.0).wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// How they are said of a tooth: the edge of a front tooth is I.
    #[must_use]
    pub fn said(self, front: bool) -> String {
        if front { self.word().replace('O', "I") } else { self.word().to_owned() }
    }
}

impl Holds for Surfaces {
    const TYPE: Type = Type::Choice(SETS);
}

impl fmt::Display for Surfaces {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(self.word())
    }
}

impl FromStr for Surfaces {
    type Err = NotSurfaces;

    fn from_str(text: &str) -> Result<Self, NotSurfaces> {
        let mut surfaces = 0;
        for typed in text.trim().chars() {
            let letter = match typed.to_ascii_uppercase() {
                'I' => 'O',
                'F' | 'V' => 'B',
                'P' => 'L',
                letter => letter,
            };
            let (_, bit) = LETTERS.iter().find(|(known, _)| *known == letter).ok_or(NotSurfaces)?;
            if surfaces & bit != 0 {
                return Err(NotSurfaces);
            }
            surfaces |= bit;
        }
        if surfaces == 0 { Err(NotSurfaces) } else { Ok(Self(surfaces)) }
    }
}

impl Serialize for Surfaces {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Surfaces {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_is_kept_by_its_letters_in_one_order_and_leads_back() {
        for (number, word) in (1..=31).zip(SETS) {
            let letters: String =
                LETTERS.iter().filter(|(_, bit)| number & bit != 0).map(|(letter, _)| *letter).collect();
            assert_eq!(letters, *word);
            assert_eq!(word.parse::<Surfaces>(), Ok(Surfaces(number)));
            assert_eq!(Surfaces(number).word(), *word);
        }
    }

    #[test]
    fn letters_are_read_as_people_type_them_and_no_other_is() {
        let read = |text: &str| text.parse::<Surfaces>().map(Surfaces::word);
        assert_eq!(
            [read("od"), read("dom"), read("I"), read("vp"), read("f")],
            [Ok("OD"), Ok("MOD"), Ok("O"), Ok("BL"), Ok("B")]
        );
        for wrong in ["", " ", "X", "oo", "io", "36", "bf"] {
            assert_eq!(read(wrong), Err(NotSurfaces), "{wrong}");
        }
        let mod_ = "MOD".parse::<Surfaces>().unwrap();
        assert_eq!((mod_.said(true), mod_.said(false)), ("MID".to_owned(), "MOD".to_owned()));
    }
}
