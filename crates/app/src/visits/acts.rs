//! What the newest values of the last day ask for.

use std::collections::BTreeSet;

use domain::visits::{ADVISED_FOR, Advice, Observation, advice_about, is_raised_pressure};
use domain::{Instant, PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Stand;
use ts_rs::TS;

use super::vitals::{levels_then, values};
use crate::records::stripped;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Something that is to be done about a measurement.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DueAct {
    /// What.
    pub act: Advice,
    /// About which measurement.
    pub record: RecordId,
    /// When it was measured.
    pub at: Instant,
    /// What it says, `148/92`.
    pub value: String,
    /// In which unit.
    pub unit: String,
    /// Whether no earlier one that is known here was raised.
    pub first: bool,
}

/// What is to be done about `latest`, the newest observations of somebody born on `born`, latest first: the
/// newest of each sort counts, while it is not a day old.
pub(crate) fn due_acts(
    seat: &Seat,
    latest: &[Stand],
    born: Option<PartialDate>,
) -> Result<Vec<DueAct>, Refusal> {
    let since = seat.moment.now.cast_signed() - ADVISED_FOR;
    let mut seen = BTreeSet::new();
    let mut acts = Vec::new();
    for (index, stand) in latest.iter().enumerate().take_while(|(_, stand)| stand.at >= since) {
        let observation: Observation = stripped(&stand.record.state);
        let levels = levels_then(seat, &observation, born);
        let values = values(&stand.record, &observation, &levels);
        let sort: Vec<_> = values.iter().map(|value| value.sign).collect();
        let (Some(first), Some(at)) = (values.first(), &observation.at) else { continue };
        if !seen.insert(sort) {
            continue;
        }
        let mut before = Vec::new();
        if is_raised_pressure(&observation, &levels) {
            for earlier in latest.iter().skip(index + 1) {
                let observation: Observation = stripped(&earlier.record.state);
                if is_raised_pressure(&observation, &levels_then(seat, &observation, born)) {
                    before.push(earlier.at);
                }
            }
        }
        let repeated = before.iter().any(|at| *at >= since);
        for act in advice_about(&observation, &levels, repeated) {
            acts.push(DueAct {
                act,
                record: stand.record.id,
                at: at.clone(),
                value: values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join("/"),
                unit: first.unit.clone(),
                first: before.is_empty(),
            });
        }
    }
    Ok(acts)
}
