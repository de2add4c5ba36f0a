//! The clinic's calendar: when classes are held.

use domain::RecordId;
use domain::Value;
use domain::calendar::{Calendar, Stretch};
use domain::record::{Entries, Record, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, patch_of};
use ts_rs::TS;

use crate::command::Nothing;
use crate::records::Kept;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The calendar as it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CalendarView {
    /// The version to send back with a change; none where the clinic keeps no calendar.
    pub version: Option<i64>,
    /// What it says.
    pub details: Calendar,
}

/// The calendar as it is to be.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditCalendar {
    /// The version that was seen; none where there was none.
    pub version: Option<i64>,
    /// All that it says.
    pub details: Calendar,
}

fn first(seat: &Seat) -> Result<Option<store::Record>, Refusal> {
    Ok(seat.act.records(Calendar::KIND.name, None)?.into_iter().min_by_key(|record| record.id))
}

/// The clinic's calendar.
pub(crate) fn calendar(seat: &mut Seat, _: Nothing) -> Result<CalendarView, Refusal> {
    let found = first(seat)?;
    let version = found.as_ref().map(|record| record.version);
    Ok(CalendarView { version, details: found.map(|record| record.state.record()).unwrap_or_default() })
}

/// Changes the clinic's calendar; the papers that were issued stay as they are.
pub(crate) fn edit_calendar(seat: &mut Seat, input: EditCalendar) -> Result<Kept, Refusal> {
    let Calendar { years, terms, holidays } = &input.details;
    for (field, stretches) in [("years", years), ("terms", terms), ("holidays", holidays)] {
        let mut stretches = stretches.iter().flat_map(|stretches: &Entries<Stretch>| stretches.0.values());
        if stretches.any(|stretch| !stretch.is_whole()) {
            return Err(Refusal::invalid(field));
        }
    }
    let (id, draft): (RecordId, Draft) = match (first(seat)?, input.version) {
        (None, _) => {
            let id = seat.new_id();
            (id, Draft::make(Verb::Create, id, None, &input.details))
        }
        (Some(_), None) => return Err(Refusal::missing("version")),
        (Some(record), Some(seen)) => {
            let said = seat.act.record_at(Calendar::KIND.name, record.id, seen)?;
            let mut patch = patch_of(&input.details);
            for path in said.fields.keys() {
                patch.entry(path.clone()).or_insert(Value::Null);
            }
            patch.retain(|path, value| said.value(path) != value);
            if patch.is_empty() {
                return Ok(Kept { id: record.id, version: seen, conflict: false });
            }
            (record.id, Draft::patch::<Calendar>(record.id, None, patch, Some(seen)))
        }
    };
    seat.about(Some(id), None);
    Ok(Kept::of(id, seat.write(vec![draft])?))
}
