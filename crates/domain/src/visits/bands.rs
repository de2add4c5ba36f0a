//! Within what a vital sign is as expected, by age, and within what it needs nobody at once.
//!
//! Every figure is somebody's; none is ours:
//!
//! - **NEWS2**: Royal College of Physicians, National Early Warning Score 2, 2017, from 16 years. What scores
//!   nothing is as expected; its outermost band is critical.
//! - **NG51**, **NG143**: NICE, Sepsis (2016), which takes the adults' criteria from 12 years, and Fever in
//!   under 5s (2019).
//! - **PALS**: American Heart Association, Pediatric Advanced Life Support, 2020: vital signs in children.
//! - **WHO**: Pocket book of hospital care for children, 2nd edition, 2013; for the body mass index of adults
//!   Technical Report Series 894, 2000.
//! - **AHA**: ACC/AHA guideline for high blood pressure in adults, 2017, for the crisis; **ISH**: International
//!   Society of Hypertension, Global Practice Guidelines, 2020, for hypertension from 140/90.
//! - **ATTD**: International Consensus on Time in Range, 2019, as the American Diabetes Association took it over.
//! - **Serlin**: Serlin and others, Pain 61, 1995: from 5 moderate, from 7 severe.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{SignName, plausible};
use crate::{Age, Ages, Decimal};

/// A band with both its ends; a side without an end is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Band {
    /// The lowest amount in it.
    pub low: Option<Decimal>,
    /// The highest amount in it.
    pub high: Option<Decimal>,
}

/// The bands of a sign at an age, in its first unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Outside it no living person is.
    pub possible: Band,
    /// Outside it somebody looks twice whether they mean it.
    pub plausible: Band,
    /// Outside it the amount is low or high; nothing where nobody says.
    pub reference: Option<Band>,
    /// Outside it somebody has to come; nothing where nobody says.
    pub critical: Option<Band>,
}

/// A band in tenths of the sign's first unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span(pub(super) Option<i64>, pub(super) Option<i64>);

/// From whole to whole.
pub(super) const fn to(low: i64, high: i64) -> Span {
    Span(Some(low * 10), Some(high * 10))
}

/// From tenths to tenths.
pub(super) const fn tenths(low: i64, high: i64) -> Span {
    Span(Some(low), Some(high))
}

const fn from(low: i64) -> Span {
    Span(Some(low * 10), None)
}

const fn up_to(high: i64) -> Span {
    Span(None, Some(high * 10))
}

const OPEN: Span = Span(None, None);

/// What is said of an age and everybody older: the reference band and the critical one.
pub(super) type Row = (Age, Span, Span);

const BIRTH: Age = Age::Days(0);
const INFANT: Age = Age::Weeks(4);
const TODDLER: Age = Age::Months(12);
const PRESCHOOL: Age = Age::Years(3);
const SCHOOL: Age = Age::Years(6);
const ADOLESCENT: Age = Age::Years(12);
const ADULT: Age = Age::Years(16);

/// PALS, and its hypotension: below 60, 70, then 70 and twice the years, from ten years 90. From 16 NEWS2,
/// whose 101 to 110 is common in healthy young people and let pass, ISH and AHA.
const SYSTOLIC: &[Row] = &[
    (BIRTH, to(67, 84), from(60)),
    (INFANT, to(72, 104), from(70)),
    (TODDLER, to(86, 106), from(72)),
    (Age::Years(2), to(86, 106), from(74)),
    (PRESCHOOL, to(89, 112), from(76)),
    (Age::Years(4), to(89, 112), from(78)),
    (Age::Years(5), to(89, 112), from(80)),
    (SCHOOL, to(97, 115), from(82)),
    (Age::Years(7), to(97, 115), from(84)),
    (Age::Years(8), to(97, 115), from(86)),
    (Age::Years(9), to(97, 115), from(88)),
    (Age::Years(10), to(102, 120), from(90)),
    (ADOLESCENT, to(110, 131), to(91, 180)),
    (ADULT, to(101, 139), to(91, 180)),
];

/// PALS; from 16 ISH, and AHA for the crisis. Below 60 is low as the AHA says it of adults.
const DIASTOLIC: &[Row] = &[
    (BIRTH, to(35, 53), OPEN),
    (INFANT, to(37, 56), OPEN),
    (TODDLER, to(42, 63), OPEN),
    (PRESCHOOL, to(46, 72), OPEN),
    (SCHOOL, to(57, 76), OPEN),
    (Age::Years(10), to(61, 80), OPEN),
    (ADOLESCENT, to(64, 83), up_to(120)),
    (ADULT, to(60, 89), up_to(120)),
];

/// NG143 and NG51: 38.0 is a fever, critical below three months, after which its height says little; below 36.0 is
/// critical under five years. Hypothermia is below 35.0. From 16 NEWS2.
const TEMPERATURE: &[Row] = &[
    (BIRTH, tenths(360, 379), tenths(360, 379)),
    (Age::Weeks(13), tenths(360, 379), from(36)),
    (Age::Years(5), tenths(360, 379), from(35)),
    (ADULT, tenths(361, 380), tenths(351, 390)),
];

/// PALS awake, where below 60 and from 220 in infants or 180 in children is an emergency; from 12 the
/// outermost bands of NG51 and NEWS2. From 16 NEWS2 below, and the usual 100 above.
const PULSE: &[Row] = &[
    (BIRTH, to(100, 205), to(60, 219)),
    (INFANT, to(100, 180), to(60, 219)),
    (TODDLER, to(98, 140), to(60, 179)),
    (PRESCHOOL, to(80, 120), to(60, 179)),
    (SCHOOL, to(75, 118), to(60, 179)),
    (ADOLESCENT, to(60, 100), to(41, 130)),
    (ADULT, to(51, 100), to(41, 130)),
];

/// Newborns WHO; then PALS, which finds below 10 and above 60 abnormal at any age; from 12 the outermost bands
/// of NG51 and NEWS2; from 16 NEWS2.
const RESPIRATION: &[Row] = &[
    (BIRTH, to(30, 59), to(10, 60)),
    (INFANT, to(30, 53), to(10, 60)),
    (TODDLER, to(22, 37), to(10, 60)),
    (PRESCHOOL, to(20, 28), to(10, 60)),
    (SCHOOL, to(18, 25), to(10, 60)),
    (ADOLESCENT, to(12, 20), to(9, 24)),
    (ADULT, to(12, 20), to(9, 24)),
];

/// NG143 (95 is a sign of risk) and WHO (below 90 gets oxygen); from 16 NEWS2, its scale 1.
const SPO2: &[Row] = &[(BIRTH, from(96), from(90)), (ADULT, from(96), from(92))];

/// Serlin, for every age that can say it.
const PAIN: &[Row] = &[(BIRTH, up_to(4), up_to(6))];

/// ATTD. Newborns have bands of their own, which are not here.
const GLUCOSE: &[Row] = &[(INFANT, to(70, 180), to(54, 250))];

/// WHO: from 18.5 to below 25.0; severe thinness below 16.0, the third class of obesity from 40.0. Children
/// and adolescents are judged by curves, which are not here.
const BMI: &[Row] = &[(Age::Years(20), tenths(185, 249), tenths(160, 399))];

/// The rows of a sign, youngest first.
pub(super) fn rows(sign: SignName) -> &'static [Row] {
    match sign {
        SignName::Systolic => SYSTOLIC,
        SignName::Diastolic => DIASTOLIC,
        SignName::Temperature => TEMPERATURE,
        SignName::Pulse => PULSE,
        SignName::Respiration => RESPIRATION,
        SignName::Spo2 => SPO2,
        SignName::Pain => PAIN,
        SignName::Glucose => GLUCOSE,
        SignName::Bmi => BMI,
        SignName::Weight | SignName::Height | SignName::Head => &[],
    }
}

/// The bands of `sign` at `ages`. Of nobody knows what age, or which of several, only what holds at every
/// one of them is said.
#[must_use]
pub fn bands(sign: SignName, ages: Option<Ages>) -> Bands {
    let rows = rows(sign);
    let Ages { youngest, oldest } = ages.unwrap_or(Ages::ANY);
    let row = rows.iter().rfind(|(from, ..)| *from <= oldest).filter(|(from, ..)| *from <= youngest);
    let said = |span: Span| (span != OPEN).then(|| span.band());
    Bands {
        possible: plausible::possible(sign).band(),
        plausible: plausible::plausible(sign, ages).band(),
        reference: row.and_then(|(_, reference, _)| said(*reference)),
        critical: row.and_then(|(.., critical)| said(*critical)),
    }
}

impl Span {
    fn band(self) -> Band {
        let written = |tenths: i64| {
            let number = rust_decimal::Decimal::new(tenths, 1).normalize();
            number.to_string().parse::<Decimal>().ok()
        };
        Band { low: self.0.and_then(written), high: self.1.and_then(written) }
    }
}

impl Band {
    /// Whether `number` lies in it.
    #[must_use]
    pub fn holds(&self, number: rust_decimal::Decimal) -> bool {
        let end = |end: &Option<Decimal>| end.as_ref().and_then(Decimal::number);
        end(&self.low).is_none_or(|low| low <= number) && end(&self.high).is_none_or(|high| number <= high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ages() -> Vec<Option<Ages>> {
        let young = [0, 1, 27].map(Age::Days).into_iter().chain([4, 12, 13, 26, 51].map(Age::Weeks));
        let old = [12, 23].map(Age::Months).into_iter().chain((2..=110).map(Age::Years));
        let exact = young.chain(old).map(|age| Some(Ages::exactly(age)));
        let infant = Ages { youngest: Age::Days(0), oldest: Age::Weeks(51) };
        let youth = Ages { youngest: Age::Years(11), oldest: Age::Years(16) };
        exact.chain([None, Some(infant), Some(youth)]).collect()
    }

    fn within(inner: &Band, outer: &Band) -> bool {
        let number = |end: &Option<Decimal>| end.as_ref().and_then(Decimal::number);
        let (low, high) = (number(&inner.low), number(&inner.high));
        low.is_none_or(|low| outer.holds(low)) && high.is_none_or(|high| outer.holds(high))
    }

    #[test]
    fn each_band_lies_within_the_next_at_every_age() {
        for sign in SignName::ALL {
            for ages in ages() {
                let bands = bands(*sign, ages);
                let place = format!("{} {ages:?} {bands:?}", sign.word());
                assert!(within(&bands.plausible, &bands.possible), "{place}");
                assert!(bands.plausible.low.is_some() && bands.plausible.high.is_some(), "{place}");
                for band in [&bands.reference, &bands.critical].into_iter().flatten() {
                    assert!(within(band, &bands.plausible), "{place}");
                }
                if let (Some(reference), Some(critical)) = (&bands.reference, &bands.critical) {
                    assert!(within(reference, critical), "{place}");
                }
            }
        }
    }

    #[test]
    fn rows_go_from_the_youngest_up() {
        for sign in SignName::ALL {
            assert!(rows(*sign).is_sorted_by(|one, next| one.0 < next.0), "{}", sign.word());
        }
    }

    #[test]
    fn an_end_is_written_as_people_write_it() {
        let bands = bands(SignName::Temperature, Some(Ages::exactly(Age::Years(30))));
        let reference = bands.reference.unwrap();
        let text = |end: &Option<Decimal>| end.as_ref().map(Decimal::to_string);
        assert_eq!((text(&reference.low), text(&reference.high)), (Some("36.1".into()), Some("38".into())));
    }
}
