//! Measures: what was measured of somebody, number by number. Curves, outcomes, lists and reports read these and nothing
//! else.

use crate::fold::State;
use crate::forms::{Answers, Filled, Spec, kept_at, of_filled};
use crate::measure::{Flag, Measure, thousandths};
use crate::record::{Kind, Record};
use crate::timeline;
use crate::visits::{Amount, Observation, SignName, Unit};

/// Whether records of `kind` have measures.
#[must_use]
pub fn has_measures(kind: &Kind) -> bool {
    [Filled::KIND.name, Observation::KIND.name].contains(&kind.name)
}

/// The measures of a record, in the order of their entries, each code of an entry once. `spec` is the form that a filled one
/// names, where it is known; nobody reads numbers out of a form that nobody knows. What was withdrawn has none, nor what has
/// no time.
#[must_use]
pub fn measures(kind: &Kind, state: &State, spec: Option<&Spec>) -> Vec<Measure> {
    if state.voided.is_some() {
        return Vec::new();
    }
    let mut measures = match (kind.name, spec) {
        (name, Some(spec)) if name == Filled::KIND.name => of_filled(state, spec),
        (name, _) if name == Observation::KIND.name => of_observation(state),
        _ => Vec::new(),
    };
    measures.sort_by(|one, other| (&one.entry, &one.code).cmp(&(&other.entry, &other.code)));
    measures.dedup_by(|next, one| (&one.entry, &one.code) == (&next.entry, &next.code));
    measures
}

/// The measures of a signed form of which addenda say `given` instead of what was signed; those of such an answer bear
/// [`Flag::Corrected`].
#[must_use]
pub fn measures_amended(state: &State, spec: &Spec, given: &Answers) -> Vec<Measure> {
    let patch = given.iter().filter_map(|(path, answer)| Some((kept_at(spec, path)?, answer.value())));
    let state = state.clone().with(&patch.collect());
    let mut all = measures(Filled::KIND, &state, Some(spec));
    for measure in all.iter_mut().filter(|measure| given.contains_key(&measure.entry)) {
        measure.flags.insert(Flag::Corrected);
    }
    all
}

/// The vital signs of an observation, each in its first unit; of one that is only known to lie behind a bound the word.
fn of_observation(state: &State) -> Vec<Measure> {
    let Some(at) = timeline::happened(Observation::KIND.name, state) else { return Vec::new() };
    let observation: Observation = state.record();
    let meant = observation.confirmed == Some(true);
    let own = (String::new(), observation.code.as_ref(), observation.amount());
    let parts = observation.components.iter().flat_map(|parts| &parts.0);
    let parts = parts.map(|(entry, part)| (entry.clone(), part.code.as_ref(), part.amount()));
    let measure = |(entry, code, amount): (String, Option<_>, Option<Amount>)| {
        let (sign, amount) = (SignName::of(code?)?, amount?);
        let unit = Unit::of(sign, amount.quantity)?;
        let exact = amount.comparator.is_none();
        Some(Measure {
            code: format!("vital.{}", sign.word()),
            at,
            entry,
            number: unit.in_first(&amount.quantity.value).filter(|_| exact).and_then(thousandths),
            unit: sign.units().first().map(|first| first.label.to_owned()).unwrap_or_default(),
            word: amount
                .comparator
                .map(|comparator| format!("{comparator} {} {}", amount.quantity.value.plain(), unit.label)),
            flags: Some(Flag::Meant).filter(|_| meant).into_iter().collect(),
            ..Measure::default()
        })
    };
    std::iter::once(own).chain(parts).filter_map(measure).collect()
}

#[cfg(test)]
mod tests;
