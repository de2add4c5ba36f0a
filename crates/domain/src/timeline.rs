//! Where a record stands on its patient's timeline.

use crate::fold::State;
use crate::kinds;
use crate::{Instant, PartialDate};

/// The kinds that stand on the timeline.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    kinds::KINDS.iter().filter(|kind| kind.happened.is_some()).map(|kind| kind.name)
}

/// When the record happened, in milliseconds since 1970: as its fields say, else when it was written
/// down; `None` for a kind that is not on the timeline. A date counts as its earliest noon (UTC), so
/// that it keeps its day in every zone.
#[must_use]
pub fn happened(kind: &str, state: &State) -> Option<i64> {
    const HALF_A_DAY: i64 = 12 * 3_600_000;
    let fields = kinds::kind(kind)?.happened?;
    let said = fields.iter().find_map(|field| {
        let text = state.value(field).as_text()?;
        if let Ok(instant) = text.parse::<Instant>() {
            return Some(instant.milliseconds());
        }
        let day = text.parse::<PartialDate>().ok()?.earliest();
        let midnight = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        Some(midnight.as_millisecond() + HALF_A_DAY)
    });
    said.or_else(|| i64::try_from(state.made.milliseconds()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Settled;
    use crate::{Hlc, Value};

    fn state(field: &str, value: &str) -> State {
        let settled = Settled { value: Value::text(value), heads: Vec::new() };
        State { fields: [(field.to_owned(), settled)].into(), made: Hlc::at(7000), ..State::default() }
    }

    #[test]
    fn a_record_stands_where_its_fields_say_or_where_it_was_written_down() {
        let cases = [
            ("observation", "at", "1970-01-01T08:00:05+08:00", Some(5000)),
            ("problem", "since", "1970-01-02", Some(36 * 3_600_000)),
            ("problem", "since", "1970", Some(12 * 3_600_000)),
            ("note", "plan", "rest", Some(7000)),
            ("visit", "concern", "cough", Some(7000)),
            ("patient", "family", "Reyes", None),
        ];
        for (kind, field, value, at) in cases {
            assert_eq!(happened(kind, &state(field, value)), at, "{kind} {value}");
        }
    }
}
