//! What no living person has, and what a slipped digit makes of a value. These figures say nothing about
//! health: they are set by ourselves, as wide as clinics meet people and as narrow as a slip needs.

use super::SignName;
use super::bands::{Span, tenths, to};
use crate::{Age, Ages};

/// Outside of this a value is refused.
pub(super) fn possible(sign: SignName) -> Span {
    match sign {
        SignName::Systolic => to(20, 400),
        SignName::Diastolic => to(0, 300),
        SignName::Temperature => to(12, 47),
        SignName::Pulse => to(0, 400),
        SignName::Respiration => to(0, 150),
        SignName::Spo2 => to(0, 100),
        SignName::Pain => to(0, 10),
        SignName::Glucose => to(1, 3000),
        SignName::Weight => tenths(2, 7000),
        SignName::Height => to(15, 280),
        SignName::Bmi => to(3, 300),
        SignName::Head => to(10, 90),
    }
}

/// Outside of this, for somebody of one of `ages`, it is asked once whether the value is meant. Of nobody
/// knows what age it is what holds of anybody.
pub(super) fn plausible(sign: SignName, ages: Option<Ages>) -> Span {
    let rows = rows(sign);
    let steps = ages.unwrap_or(Ages::ANY).steps(rows.iter().map(|(from, _)| *from));
    let met = steps.filter_map(|age| rows.iter().rfind(|(from, _)| *from <= age));
    let met: Vec<Span> = met.map(|(_, span)| *span).collect();
    Span(met.iter().filter_map(|span| span.0).min(), met.iter().filter_map(|span| span.1).max())
}

const BIRTH: Age = Age::Days(0);
const INFANT: Age = Age::Weeks(4);
const TODDLER: Age = Age::Months(12);
const PRESCHOOL: Age = Age::Years(3);
const SCHOOL: Age = Age::Years(6);
const ADOLESCENT: Age = Age::Years(12);
const ADULT: Age = Age::Years(16);

type Rows = &'static [(Age, Span)];

const SYSTOLIC: Rows = &[(BIRTH, to(40, 150)), (TODDLER, to(50, 190)), (ADOLESCENT, to(60, 260))];
const DIASTOLIC: Rows = &[(BIRTH, to(15, 110)), (TODDLER, to(20, 130)), (ADOLESCENT, to(30, 160))];
const TEMPERATURE: Rows = &[(BIRTH, to(33, 42))];
const PULSE: Rows = &[(BIRTH, to(50, 260)), (TODDLER, to(40, 240)), (ADOLESCENT, to(30, 220))];
const RESPIRATION: Rows = &[(BIRTH, to(10, 120)), (TODDLER, to(8, 90)), (ADOLESCENT, to(6, 60))];
const SPO2: Rows = &[(BIRTH, to(70, 100))];
const PAIN: Rows = &[(BIRTH, to(0, 10))];
const GLUCOSE: Rows = &[(BIRTH, to(20, 600))];
const WEIGHT: Rows = &[
    (BIRTH, tenths(5, 70)),
    (INFANT, to(2, 16)),
    (TODDLER, to(6, 24)),
    (PRESCHOOL, to(9, 45)),
    (SCHOOL, to(13, 110)),
    (ADOLESCENT, to(20, 180)),
    (ADULT, to(28, 250)),
];
const HEIGHT: Rows = &[
    (BIRTH, to(28, 65)),
    (INFANT, to(38, 90)),
    (TODDLER, to(60, 115)),
    (PRESCHOOL, to(75, 140)),
    (SCHOOL, to(95, 185)),
    (ADOLESCENT, to(115, 215)),
    (ADULT, to(120, 225)),
];
const BMI: Rows = &[(BIRTH, to(7, 35)), (SCHOOL, to(9, 60)), (ADULT, to(11, 80))];
const HEAD: Rows = &[(BIRTH, to(22, 44)), (INFANT, to(28, 55)), (TODDLER, to(38, 60)), (SCHOOL, to(44, 70))];

fn rows(sign: SignName) -> Rows {
    match sign {
        SignName::Systolic => SYSTOLIC,
        SignName::Diastolic => DIASTOLIC,
        SignName::Temperature => TEMPERATURE,
        SignName::Pulse => PULSE,
        SignName::Respiration => RESPIRATION,
        SignName::Spo2 => SPO2,
        SignName::Pain => PAIN,
        SignName::Glucose => GLUCOSE,
        SignName::Weight => WEIGHT,
        SignName::Height => HEIGHT,
        SignName::Bmi => BMI,
        SignName::Head => HEAD,
    }
}
