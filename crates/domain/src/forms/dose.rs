//! How much of an anaesthetic was given: 1 % is 10 mg in a millilitre.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::answer::{Answer, Answers};
use super::remark::{Last, LastAnswer};
use super::spec::{Holds, Place, Spec};

/// Milligrams in a millilitre of one per cent.
const PER_CENT: Decimal = Decimal::TEN;
/// Under this name the last weight in kilograms stands among what was known before, where there is one of late.
pub const WEIGHT: &str = "weight";

/// What a dose held, in mg: its strength in per cent by its amount in mL, or by its cartridges of so many mL each.
#[must_use]
pub fn milligrams(dose: &Answer) -> Option<Decimal> {
    let cartridges = || dose.number("cartridges")?.checked_mul(dose.number("each")?);
    let amount = dose.number("ml").or_else(cartridges)?;
    dose.number("strength")?.checked_mul(amount)?.checked_mul(PER_CENT)
}

/// How much of each agent was given in all, and by weight where one is known. An agent of which one dose says no amount has no
/// sum: it would say less than was given. What has a name of its own is no one agent.
#[must_use]
pub(super) fn given(spec: &Spec, answers: &Answers, last: &Last) -> Option<String> {
    let doses = answers.iter().filter(|(path, _)| Place::of(path).item == "dose").map(|(_, dose)| dose);
    let mut sums: BTreeMap<&str, Option<Decimal>> = BTreeMap::new();
    for dose in doses {
        let Some(agent) = dose.code("agent").filter(|agent| *agent != "other") else { continue };
        let sum = sums.entry(agent).or_insert(Some(Decimal::ZERO));
        *sum = sum.zip(milligrams(dose)).and_then(|(sum, more)| sum.checked_add(more));
    }
    let weight = last.get(WEIGHT).and_then(weighs);
    let said = |(agent, sum): (&str, Option<Decimal>)| {
        let sum = sum?;
        let by_weight = match weight {
            Some(weight) => {
                format!("{} mg/kg of {} kg", rounded(sum.checked_div(weight)?, 2), weight.normalize())
            }
            None => "no weight of the last six months".to_owned(),
        };
        Some(format!("{} {} mg, {by_weight}", label(spec, agent), rounded(sum, 1)))
    };
    let all: Vec<String> = sums.into_iter().filter_map(said).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn weighs(last: &LastAnswer) -> Option<Decimal> {
    last.answer.n.as_ref()?.number().filter(|weight| weight.is_sign_positive() && !weight.is_zero())
}

fn label<'a>(spec: &'a Spec, agent: &'a str) -> &'a str {
    let parts = spec.item("dose").map(|item| &item.holds);
    let Some(Holds::Reading(reading)) = parts else { return agent };
    let scale = reading.parts.iter().find(|part| part.key == "agent").and_then(|part| part.holds.scale());
    scale.map_or(agent, |scale| scale.said(agent, "en"))
}

/// To so many digits behind the point, without noughts at the end.
pub(super) fn rounded(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}
