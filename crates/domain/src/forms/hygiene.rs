//! How clean teeth are, in numbers. What was not looked at, and a tooth that is not there, is no nought: it counts in nothing.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use super::answer::{Answer, Answers};
use super::spec::Place;

/// Of fewer surfaces there is no index.
const LEAST_SURFACES: u32 = 2;
/// Surfaces of a tooth.
const SURFACES: u32 = 4;

/// The simplified oral hygiene index (Greene and Vermillion 1964).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OralHygiene {
    /// The mean debris, 0 to 3.
    pub debris: Decimal,
    /// The mean calculus, 0 to 3.
    pub calculus: Decimal,
}

/// The plaque record (O'Leary, Drake and Naylor 1972).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaqueRecord {
    /// Teeth that were looked at.
    pub teeth: u32,
    /// Their surfaces with plaque.
    pub surfaces: u32,
}

/// The simplified index of what was answered; nothing where debris or calculus was looked at on fewer than two surfaces.
#[must_use]
pub fn oral_hygiene(answers: &Answers) -> Option<OralHygiene> {
    Some(OralHygiene { debris: mean(answers, "debris")?, calculus: mean(answers, "calculus")? })
}

/// The plaque record of what was answered; nothing where no tooth was looked at.
#[must_use]
pub fn plaque_record(answers: &Answers) -> Option<PlaqueRecord> {
    let mut record = PlaqueRecord { teeth: 0, surfaces: 0 };
    for surfaces in of(answers, "plaque").filter_map(with_plaque) {
        record.teeth += 1;
        record.surfaces += surfaces;
    }
    (record.teeth > 0).then_some(record)
}

/// Surfaces of a tooth with plaque; nothing of one that was not looked at.
fn with_plaque(answer: &Answer) -> Option<u32> {
    match (answer.c.as_deref(), &answer.s) {
        (Some("normal"), None) => Some(0),
        (None, Some(surfaces)) => u32::try_from(surfaces.iter().collect::<BTreeSet<_>>().len()).ok(),
        _ => None,
    }
}

fn of<'a>(answers: &'a Answers, item: &'a str) -> impl Iterator<Item = &'a Answer> {
    answers.iter().filter(move |(path, _)| Place::of(path).item == item).map(|(_, answer)| answer)
}

fn mean(answers: &Answers, item: &str) -> Option<Decimal> {
    let grades: Vec<u32> = of(answers, item).filter_map(|answer| answer.c.as_ref()?.parse().ok()).collect();
    let count = u32::try_from(grades.len()).ok().filter(|count| *count >= LEAST_SURFACES)?;
    Decimal::from(grades.iter().sum::<u32>()).checked_div(count.into())
}

impl OralHygiene {
    /// The index, 0 to 6, in tenths as its bands are.
    #[must_use]
    pub fn index(self) -> Decimal {
        tenths(self.debris + self.calculus)
    }

    /// Its band: good to 1.2, fair to 3.0, poor above.
    #[must_use]
    pub fn band(self) -> &'static str {
        match self.index() {
            good if good <= Decimal::new(12, 1) => "good",
            fair if fair <= Decimal::new(30, 1) => "fair",
            _ => "poor",
        }
    }

    /// How it is said, with its parts.
    #[must_use]
    pub fn said(self) -> String {
        let [debris, calculus] = [self.debris, self.calculus].map(tenths);
        format!("{:.1}, {} (debris {debris:.1}, calculus {calculus:.1})", self.index(), self.band())
    }
}

impl PlaqueRecord {
    /// The share of surfaces with plaque, in per cent, in tenths.
    #[must_use]
    pub fn share(self) -> Decimal {
        let of = Decimal::from(self.teeth * SURFACES);
        tenths((Decimal::from(self.surfaces) * Decimal::ONE_HUNDRED).checked_div(of).unwrap_or_default())
    }

    /// How it is said, with what it was counted of.
    #[must_use]
    pub fn said(self) -> String {
        let Self { teeth, surfaces } = self;
        format!("{:.1} % ({surfaces} of {} surfaces, {teeth} teeth)", self.share(), teeth * SURFACES)
    }
}

fn tenths(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(json: serde_json::Value) -> Answers {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn the_index_is_the_sum_of_two_means_and_a_tooth_that_is_not_there_is_no_nought() {
        let three = answers(serde_json::json!({
            "debris:T16": {"c": "2"}, "debris:T11": {"c": "1"}, "debris:T26": {"c": "1"}, "debris:T46": {"x": "not_tested"},
            "calculus:T16": {"c": "1"}, "calculus:T11": {"c": "0"}, "calculus:T26": {"c": "0"},
        }));
        let found = oral_hygiene(&three).unwrap();
        // 4/3 and 1/3, by hand: 1.67.
        assert_eq!(found.said(), "1.7, fair (debris 1.3, calculus 0.3)");
        let one = answers(
            serde_json::json!({"debris:T16": {"c": "2"}, "calculus:T16": {"c": "1"}, "calculus:T11": {"c": "1"}}),
        );
        assert_eq!(oral_hygiene(&one), None, "of one surface there is no index");
        assert_eq!(oral_hygiene(&Answers::new()), None);
    }

    #[test]
    fn the_bands_begin_where_the_source_has_them() {
        let of = |debris: i64, calculus: i64| OralHygiene {
            debris: Decimal::new(debris, 2),
            calculus: Decimal::new(calculus, 2),
        };
        let bands = [(0, 0), (100, 24), (100, 25), (150, 150), (155, 150), (300, 300)]
            .map(|(debris, calculus)| of(debris, calculus).band());
        assert_eq!(bands, ["good", "good", "fair", "fair", "poor", "poor"]);
    }

    #[test]
    fn the_share_of_plaque_is_of_the_teeth_that_were_looked_at() {
        let some = answers(serde_json::json!({
            "plaque:T16": {"s": ["M", "B"]}, "plaque:T11": {"c": "normal"}, "plaque:T26": {"s": ["L"]},
            "plaque:T36": {"c": "not_examined"}, "plaque:T46": {"x": "unable"}, "plaque:T47": {"w": "bridge"},
        }));
        // Three of twelve.
        assert_eq!(plaque_record(&some).unwrap().said(), "25.0 % (3 of 12 surfaces, 3 teeth)");
        assert_eq!(plaque_record(&answers(serde_json::json!({"plaque:T36": {"c": "not_examined"}}))), None);
    }
}
