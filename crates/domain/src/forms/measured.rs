//! The measures of a filled form: what of its answers stands in a row of numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::acuity::Below;
use super::answer::{Answer, Answers, Filled, kept_at, of_item};
use super::check::{is_shown, lens};
use super::spec::{Holds, Item, Measured, NumberOf, Place, Spec};
use crate::fold::State;
use crate::measure::{Flag, Measure, MeasuredSide, thousandths};
use crate::record::Record;

/// A minute, in milliseconds.
const MINUTE: i64 = 60_000;

/// The measures of a form that was filled: of each answer that is there, is still asked, and has a number, a rank or a word.
pub(crate) fn of_filled(state: &State, spec: &Spec) -> Vec<Measure> {
    let filled: Filled = state.record();
    let Some(begun) = &filled.at else { return Vec::new() };
    let answers = filled.all();
    let mut measures = Vec::new();
    for (path, answer) in answers.iter().filter(|(_, answer)| answer.x.is_none()) {
        let Some((item, place)) = spec.at(path) else { continue };
        if !is_shown(&item.show, None, &answers, place.side) {
            continue;
        }
        let mut whole = Measure {
            side: place.side.and_then(MeasuredSide::of),
            at: begun.milliseconds(),
            entry: path.clone(),
            ..Measure::default()
        };
        if state.signed.is_none() {
            whole.flags.insert(Flag::Open);
        }
        let kept = kept_at(spec, path);
        if state.unsettled(Filled::KIND).any(|clash| kept.as_deref() == Some(clash.path.as_str())) {
            whole.flags.insert(Flag::Disputed);
        }
        if answer.ok == Some(true) {
            whole.flags.insert(Flag::Meant);
        }
        let Holds::Reading(reading) = &item.holds else {
            measures.extend(of_answer(item, answer, Beside::Items(&answers, place), &whole));
            continue;
        };
        whole.at = taken(begun.as_str(), whole.at, item, answer).unwrap_or(whole.at);
        measures.extend(of_answer(item, answer, Beside::Parts(answer), &whole));
        for part in &reading.parts {
            let Some(said) = answer.part(&part.key).filter(|said| said.x.is_none()) else { continue };
            if is_shown(&part.show, Some(answer), &answers, place.side) {
                let mut whole = whole.clone();
                if said.ok == Some(true) {
                    whole.flags.insert(Flag::Meant);
                }
                measures.extend(of_answer(part, said, Beside::Parts(answer), &whole));
            }
        }
    }
    measures
}

/// What stands beside an answer: the parts of its reading, or the items of its form.
#[derive(Clone, Copy)]
enum Beside<'a> {
    Parts(&'a Answer),
    Items(&'a Answers, Place<'a>),
}

impl Beside<'_> {
    fn code(self, key: &str) -> Option<String> {
        match self {
            Self::Parts(reading) => reading.code(key).map(ToOwned::to_owned),
            Self::Items(answers, place) => {
                of_item(answers, key, place.side).find_map(|(_, answer)| answer.c.clone())
            }
        }
    }

    fn holds(self, measured: &Measured) -> bool {
        match self {
            Self::Parts(reading) => is_shown(&measured.when, Some(reading), &Answers::new(), None),
            Self::Items(answers, place) => is_shown(&measured.when, None, answers, place.side),
        }
    }
}

fn of_answer(item: &Item, answer: &Answer, beside: Beside<'_>, whole: &Measure) -> Vec<Measure> {
    let measure = |measured: &Measured| {
        let (number, unit) = number(measured.from, item, answer);
        let below = answer.c.as_deref().filter(|_| matches!(item.holds, Holds::Acuity | Holds::Near));
        let rank = below.and_then(Below::ranked);
        let by = measured.by.as_deref().and_then(|key| beside.code(key));
        let word = by.or_else(|| answer.t.clone()).or_else(|| answer.c.clone());
        let says = number.is_some() || rank.is_some() || (measured.by.is_none() && word.is_some());
        says.then(|| Measure { code: measured.code.clone(), number, unit, word, rank, ..whole.clone() })
    };
    item.measures.iter().filter(|measured| beside.holds(measured)).filter_map(measure).collect()
}

/// The number of an answer, in thousandths, and its unit.
fn number(from: NumberOf, item: &Item, answer: &Answer) -> (Option<i64>, String) {
    let of_lens = |number: Option<Decimal>| (number.and_then(thousandths), "D".to_owned());
    let vector = || lens(answer).map(super::Lens::vector);
    match from {
        NumberOf::Itself => {
            let usual = match &item.holds {
                Holds::Number(number) => number.units.first().cloned().unwrap_or_default(),
                Holds::Acuity | Holds::Near => "logMAR".to_owned(),
                _ => String::new(),
            };
            let number = answer.n.as_ref().and_then(crate::Decimal::number).and_then(thousandths);
            (number, answer.u.clone().unwrap_or(usual))
        }
        NumberOf::Equivalent => of_lens(lens(answer).map(super::Lens::equivalent)),
        NumberOf::J0 => of_lens(vector().and_then(|vector| Decimal::from_f64(vector.j0))),
        NumberOf::J45 => of_lens(vector().and_then(|vector| Decimal::from_f64(vector.j45))),
        NumberOf::Cylinder => of_lens(lens(answer).map(|lens| -lens.cylinder.abs())),
    }
}

/// When a reading was taken: at its own time of the day, where it says one, on the day on which the form was begun there.
fn taken(begun: &str, at: i64, item: &Item, answer: &Answer) -> Option<i64> {
    let Holds::Reading(reading) = &item.holds else { return None };
    let time = reading.parts.iter().find(|part| matches!(part.holds, Holds::Time))?;
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
    };
    let own = minutes(answer.part(&time.key)?.t.as_deref()?)?;
    let then = minutes(begun.get(11..16)?)?;
    Some((at.div_euclid(MINUTE) + own - then) * MINUTE)
}
