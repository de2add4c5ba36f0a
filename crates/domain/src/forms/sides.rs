//! The places of a mouth of which a form asks: its sixths, the six teeth that stand for the others, each tooth.

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

/// A side as people say it: `R`, `36`, `17-14`.
#[must_use]
pub fn said(side: &str) -> &str {
    match side {
        "S03" => "17-14",
        "S04" => "13-23",
        "S05" => "24-27",
        "S06" => "37-34",
        "S07" => "33-43",
        "S08" => "44-47",
        side => side.strip_prefix('T').unwrap_or(side),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dental::Tooth;

    #[test]
    fn every_tooth_is_a_place_and_no_other_is() {
        let named: Vec<&str> = TEETH.iter().flatten().map(|side| said(side)).collect();
        assert_eq!(named, Tooth::ALL.iter().map(|tooth| tooth.word()).collect::<Vec<_>>());
        assert!(INDEX_TEETH.iter().all(|tooth| TEETH.contains(tooth)));
        assert_eq!(SEXTANTS.iter().flatten().map(|side| said(side).len()).sum::<usize>(), 30);
    }
}
