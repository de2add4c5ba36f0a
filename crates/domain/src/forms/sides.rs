//! The places of a mouth of which a form asks: its sixths, the six teeth that stand for the others, each tooth.

use crate::dental::Tooth;

/// The sixths of a mouth by ISO 3950, each from a tooth to a tooth, from the upper right past the middle and back below.
pub(super) const SEXTANTS: &[Option<&str>] =
    &[Some("S03"), Some("S04"), Some("S05"), Some("S06"), Some("S07"), Some("S08")];

/// The teeth of which the simplified oral hygiene index looks at one surface each (Greene and Vermillion 1964): 16, 11, 26 and
/// 31 at the cheek or the lip, 36 and 46 at the tongue.
pub(super) const INDEX_TEETH: &[Option<&str>] =
    &[Some("T16"), Some("T11"), Some("T26"), Some("T36"), Some("T31"), Some("T46")];

macro_rules! teeth {
    ($($tooth:literal)*) => { &[$(Some(concat!("T", $tooth)),)*] };
}

/// The 52 teeth.
pub(super) const TEETH: &[Option<&str>] = teeth! {
    11 12 13 14 15 16 17 18 21 22 23 24 25 26 27 28 31 32 33 34 35 36 37 38 41 42 43 44 45 46 47 48
    51 52 53 54 55 61 62 63 64 65 71 72 73 74 75 81 82 83 84 85
};

/// A side as people say it: `R`, `36`, `17-14`; teeth by the numbers of `language`.
#[must_use]
pub fn said(side: &str, language: &str) -> String {
    let ends = match side {
        "S03" => ["17", "14"],
        "S04" => ["13", "23"],
        "S05" => ["24", "27"],
        "S06" => ["37", "34"],
        "S07" => ["33", "43"],
        "S08" => ["44", "47"],
        side => return tooth(side.strip_prefix('T').unwrap_or(side), language),
    };
    ends.map(|end| tooth(end, language)).join("-")
}

/// A tooth of ISO 3950 by the numbers of `language`: Universal ones in one that ends so.
pub(super) fn tooth(number: &str, language: &str) -> String {
    let tooth: Option<Tooth> = number.parse().ok().filter(|_| language.ends_with(UNIVERSAL));
    tooth.map_or_else(|| number.to_owned(), Tooth::universal)
}

/// How a language ends whose words name teeth by Universal numbers.
pub(super) const UNIVERSAL: &str = "-universal";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tooth_is_a_place_and_no_other_is() {
        let named: Vec<String> = TEETH.iter().flatten().map(|side| said(side, "en")).collect();
        assert_eq!(named, Tooth::ALL.iter().map(|tooth| tooth.word()).collect::<Vec<_>>());
        assert!(INDEX_TEETH.iter().all(|tooth| TEETH.contains(tooth)));
        assert_eq!(SEXTANTS.iter().flatten().map(|side| said(side, "en").len()).sum::<usize>(), 30);
    }

    #[test]
    fn sixths_and_teeth_are_named_by_the_numbers_of_the_language() {
        let by = |language| ["S03", "S06", "T16", "T55", "R"].map(|side| said(side, language));
        assert_eq!(by("en"), ["17-14", "37-34", "16", "55", "R"]);
        assert_eq!(by("en-universal"), ["2-5", "18-21", "3", "A", "R"]);
    }
}
