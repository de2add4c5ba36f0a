//! Where a record stands on its patient's timeline.

use crate::fold::State;
use crate::kinds;
use crate::record::Kind;
use crate::{Instant, PartialDate};

/// The kinds that stand on the timeline.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    kinds::KINDS.iter().filter(|kind| kind.happened.is_some()).map(|kind| kind.name)
}

/// The place behind everything that has a time; the numbers of a window hold it exactly.
pub const UNDATED: i64 = -((1 << 53) - 1);

/// Where the record stands, by milliseconds since 1970; `None` for a kind that is not on the timeline.
#[must_use]
pub fn place(kind: &str, state: &State) -> Option<i64> {
    kinds::kind(kind)?.happened.map(|_| happened(kind, state).unwrap_or(UNDATED))
}

/// When the record happened, in milliseconds since 1970: as its fields say, else when it was written down
/// here. `None` where nobody knows: what came from elsewhere without a time did not happen on its arrival.
/// A date counts as its earliest noon (UTC), so that it keeps its day in every zone.
#[must_use]
pub fn happened(kind: &str, state: &State) -> Option<i64> {
    const HALF_A_DAY: i64 = 12 * 3_600_000;
    let kind = kinds::kind(kind)?;
    kind.happened?;
    let said = said(kind, state).and_then(|said| match said {
        Said::Moment(instant) => Some(instant.milliseconds()),
        Said::Day(day) => {
            let midnight = day.earliest().to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
            Some(midnight.as_millisecond() + HALF_A_DAY)
        }
    });
    let is_imported = kind.roles.source.is_some_and(|source| !state.value(source).is_null());
    let written = || i64::try_from(state.made.milliseconds()).ok().filter(|_| !is_imported);
    said.or_else(written)
}

/// Whether a time of day is known of it: what says a date alone has none.
#[must_use]
pub fn is_timed(kind: &str, state: &State) -> bool {
    !kinds::kind(kind).and_then(|kind| said(kind, state)).is_some_and(|said| matches!(said, Said::Day(_)))
}

/// What a record says of when it happened.
enum Said {
    Moment(Instant),
    Day(PartialDate),
}

fn said(kind: &Kind, state: &State) -> Option<Said> {
    kind.happened?.iter().find_map(|field| {
        let text = state.value(field).as_text()?;
        let moment = text.parse().ok().map(Said::Moment);
        moment.or_else(|| text.parse().ok().map(Said::Day))
    })
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
            assert_eq!(is_timed(kind, &state(field, value)), field != "since", "{kind} {value}");
        }
    }

    #[test]
    fn what_came_from_elsewhere_without_a_time_stands_behind_everything() {
        let imported = state("source", "Condition/1");
        assert_eq!((happened("problem", &imported), place("problem", &imported)), (None, Some(UNDATED)));
        assert_eq!(place("problem", &state("since", "0001")), Some(-62_135_553_600_000));
        assert_eq!(place("patient", &imported), None);
    }
}
