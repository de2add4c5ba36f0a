//! What is counted of a mouth: teeth decayed, missing and filled, by WHO's Oral Health Surveys, 5th edition (2013).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Mark, Seen, Stands, Tooth};

/// From this age in years on every lost permanent tooth counts as missing, whatever the reason.
const ALL_LOSSES_COUNT_FROM: i32 = 30;

/// Teeth counted: DMFT of permanent teeth, dmft of milk teeth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Index {
    /// Decayed, filled with decay too.
    pub decayed: u32,
    /// Missing because of decay.
    pub missing: u32,
    /// Filled, with no decay.
    pub filled: u32,
    /// How many teeth somebody has looked at.
    pub seen: u32,
    /// Of how many.
    pub of: u32,
}

/// Both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Indices {
    /// DMFT.
    pub permanent: Index,
    /// dmft.
    pub milk: Index,
}

impl Index {
    /// Decayed, missing and filled together.
    #[must_use]
    pub fn sum(&self) -> u32 {
        self.decayed + self.missing + self.filled
    }

    fn count(&mut self, code: Option<char>, all_losses: bool) {
        self.of += 1;
        let Some(code) = code else { return };
        self.seen += 1;
        match code {
            '1' | '2' => self.decayed += 1,
            '3' => self.filled += 1,
            '4' => self.missing += 1,
            '5' if all_losses => self.missing += 1,
            _ => {}
        }
    }
}

/// WHO's code of a tooth's crown: 0 to 9 of a permanent tooth, A to F, G and - of a milk tooth.
#[must_use]
pub fn code(seen: &Seen) -> char {
    let digit = digit(seen).unwrap_or('9');
    if !seen.tooth.is_milk() {
        return digit;
    }
    match digit {
        '0' => 'A',
        '1' => 'B',
        '2' => 'C',
        '3' => 'D',
        '4' => 'E',
        '6' => 'F',
        '7' => 'G',
        _ => '-',
    }
}

/// The code by its digit; nothing of what nobody has seen.
fn digit(seen: &Seen) -> Option<char> {
    let is = |wanted: Mark, for_caries: bool| {
        let fits = |mark: &super::ToothMark| mark.mark == Some(wanted) && mark.for_caries == Some(for_caries);
        seen.marks.iter().any(|(_, mark)| fits(mark))
    };
    if seen.stands == Stands::Missing {
        let lost = if is(Mark::Missing, true) { '4' } else { '5' };
        return Some(if seen.has(Mark::Implant) { '7' } else { lost });
    }
    match seen.stands {
        Stands::Shed => return Some('5'),
        Stands::Unerupted => return Some('8'),
        Stands::NotSeen | Stands::Unknown => return None,
        Stands::Present | Stands::Missing => {}
    }
    let decayed = seen.marks.iter().any(|(_, mark)| mark.is_decay());
    let filled = seen.has(Mark::Filled) || is(Mark::Crown, true) || is(Mark::Veneer, true);
    let special = seen.has(Mark::Abutment) || seen.has(Mark::Crown) || seen.has(Mark::Veneer);
    Some(match (decayed, filled) {
        (true, true) => '2',
        (true, false) => '1',
        (false, true) => '3',
        (false, false) if special => '7',
        (false, false) if seen.has(Mark::Sealant) => '6',
        (false, false) => '0',
    })
}

/// DMFT and dmft of a mouth, of somebody this many years old. Where a milk tooth and a permanent one are in one place,
/// the permanent one counts.
#[must_use]
pub fn indices(mouth: &[Seen], years: Option<i32>) -> Indices {
    let all_losses = years.is_some_and(|years| years >= ALL_LOSSES_COUNT_FROM);
    let came = |tooth: Tooth| {
        let successor = tooth.successor();
        mouth.iter().any(|seen| {
            Some(seen.tooth) == successor && matches!(seen.stands, Stands::Present | Stands::Missing)
        })
    };
    let mut indices = Indices::default();
    for seen in mouth {
        if seen.tooth.is_milk() {
            let digit = digit(seen);
            let counted = if came(seen.tooth) { digit.map(|_| '5') } else { digit };
            indices.milk.count(counted, false);
        } else {
            indices.permanent.count(digit(seen), all_losses);
        }
    }
    indices
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::RecordId;
    use crate::dental::{Depth, ToothExam, ToothMark, mouth};

    fn mark(tooth: Tooth, what: Mark) -> ToothMark {
        ToothMark {
            tooth: Some(tooth),
            mark: Some(what),
            on: "2026-11-24".parse().ok(),
            ..ToothMark::default()
        }
    }

    fn why(mark: ToothMark, for_caries: bool) -> ToothMark {
        ToothMark { for_caries: Some(for_caries), ..mark }
    }

    fn counted(sound: &[&str], marks: Vec<ToothMark>, years: i32) -> (Indices, String) {
        let list = sound.iter().map(|tooth| (*tooth).to_owned()).collect();
        let at = "2026-11-24T10:00:00+08:00".parse().ok();
        let exams =
            [(RecordId::derived(b"exam"), ToothExam { at, sound: Some(list), ..ToothExam::default() })];
        let marks: Vec<_> = marks
            .into_iter()
            .enumerate()
            .map(|(at, mark)| (RecordId::derived(format!("mark {at}").as_bytes()), mark))
            .collect();
        let seen = mouth(&exams, &marks, &[], date(2026, 11, 24));
        let codes = seen.iter().map(code).collect();
        (indices(&seen, Some(years)), codes)
    }

    /// One tooth with marks, and the code that WHO's table of 2013 gives it (Oral Health Surveys, 5th ed., pages 42-47,
    /// table 2 and the text below it; a temporary filling as decay is general knowledge).
    #[test]
    fn each_mark_has_the_code_of_whos_table() {
        let t36 = |what| mark(Tooth::T36, what);
        let enamel = ToothMark { depth: Some(Depth::Enamel), ..t36(Mark::Caries) };
        let cases: Vec<(Vec<ToothMark>, char)> = vec![
            (vec![t36(Mark::Caries)], '1'),
            (vec![enamel.clone()], '0'),
            (vec![t36(Mark::TemporaryFilling)], '1'),
            (vec![t36(Mark::RootRemains)], '1'),
            (vec![t36(Mark::Filled), t36(Mark::Caries)], '2'),
            (vec![t36(Mark::Filled), enamel], '3'),
            (vec![t36(Mark::Filled)], '3'),
            (vec![why(t36(Mark::Crown), true)], '3'),
            (vec![why(t36(Mark::Crown), true), t36(Mark::Caries)], '2'),
            (vec![why(t36(Mark::Crown), false)], '7'),
            (vec![why(t36(Mark::Veneer), false)], '7'),
            (vec![t36(Mark::Abutment)], '7'),
            (vec![t36(Mark::Implant)], '7'),
            (vec![why(t36(Mark::Missing), true)], '4'),
            (vec![why(t36(Mark::Missing), true), t36(Mark::Pontic)], '4'),
            (vec![why(t36(Mark::Missing), false)], '5'),
            (vec![t36(Mark::Sealant)], '6'),
            (vec![t36(Mark::Fractured), t36(Mark::Worn), t36(Mark::Sensitive)], '0'),
            (vec![t36(Mark::Impacted)], '8'),
            (vec![], '9'),
        ];
        for (marks, expected) in cases {
            let words: Vec<_> = marks.iter().filter_map(|mark| mark.mark).collect();
            let (_, codes) = counted(&[], marks, 20);
            assert_eq!(codes.chars().nth(Tooth::T36 as usize), Some(expected), "{words:?}");
        }
        let (_, codes) = counted(&["55"], vec![mark(Tooth::T54, Mark::Caries)], 6);
        assert_eq!(
            (codes.chars().nth(Tooth::T55 as usize), codes.chars().nth(Tooth::T54 as usize)),
            (Some('A'), Some('B'))
        );
    }

    /// The drawn mouth: a girl of nine. By hand: d 55 (filled, decay at the margin), 54; m 84; f 85 (crown for decay), 74;
    /// D 36, and 16, 46 sealed, 26, 11 sound.
    #[test]
    fn a_mixed_mouth_is_counted_as_by_hand() {
        let sound =
            ["11", "12", "21", "22", "26", "31", "32", "41", "42", "53", "63", "64", "65", "73", "75", "83"];
        let marks = vec![
            mark(Tooth::T55, Mark::Filled),
            mark(Tooth::T55, Mark::Caries),
            mark(Tooth::T54, Mark::Caries),
            why(mark(Tooth::T84, Mark::Missing), true),
            why(mark(Tooth::T85, Mark::Crown), true),
            mark(Tooth::T74, Mark::Filled),
            mark(Tooth::T36, Mark::Caries),
            mark(Tooth::T16, Mark::Sealant),
            mark(Tooth::T46, Mark::Sealant),
        ];
        let (indices, _) = counted(&sound, marks, 9);
        let parts =
            |index: Index| (index.decayed, index.missing, index.filled, index.sum(), index.seen, index.of);
        assert_eq!(parts(indices.milk), (2, 1, 2, 5, 12, 20));
        assert_eq!(parts(indices.permanent), (1, 0, 0, 1, 12, 32));
    }

    #[test]
    fn a_loss_that_was_not_decay_counts_from_thirty_years_on_and_no_milk_tooth_under_its_successor() {
        let lost =
            vec![why(mark(Tooth::T46, Mark::Missing), false), why(mark(Tooth::T36, Mark::Missing), true)];
        assert_eq!(counted(&[], lost.clone(), 29).0.permanent.missing, 1);
        assert_eq!(counted(&[], lost, 30).0.permanent.missing, 2);
        let both = vec![mark(Tooth::T55, Mark::Caries), mark(Tooth::T15, Mark::Filled)];
        let (indices, _) = counted(&[], both, 10);
        assert_eq!((indices.milk.sum(), indices.permanent.sum()), (0, 1));
    }
}
