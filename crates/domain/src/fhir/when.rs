//! Dates and times of FHIR R4 (<https://hl7.org/fhir/R4/datatypes.html#dateTime>).

use jiff::civil::Date;

use super::Reason;
use crate::date::FIRST_YEAR;
use crate::{Instant, PartialDate};

/// When something was, as exactly as the source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A day, a month or a year.
    Date(PartialDate),
    /// A time with its offset.
    Instant(Instant),
}

impl When {
    /// Reads a `date`, `dateTime` or `instant`.
    pub(super) fn read(text: &str) -> Result<Self, Reason> {
        if text.len() <= 10 {
            let estimated = text.starts_with('~');
            let date = text.parse().ok().filter(|_| !estimated);
            return date.map(Self::Date).ok_or(Reason::BadDate);
        }
        let sign = |place: usize| text.as_bytes().get(place).copied();
        let from_end = |place: usize| text.len().checked_sub(place).and_then(sign);
        let offset = match from_end(1) {
            Some(b'Z') => true,
            _ => matches!(from_end(6), Some(b'+' | b'-')) && from_end(3) == Some(b':'),
        };
        let day = text.get(..10).is_some_and(|day| day.parse::<PartialDate>().is_ok());
        let clock = sign(13) == Some(b':') && sign(16) == Some(b':');
        let plain = text.bytes().all(|byte| b"0123456789-T:.+Z".contains(&byte));
        let instant = text.parse().ok().filter(|_| offset && day && clock && plain);
        instant.map(Self::Instant).ok_or(Reason::BadInstant)
    }

    /// The day as it was written at its place.
    pub(super) fn date(&self) -> Option<PartialDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Instant(instant) => instant.as_str().get(..10)?.parse().ok(),
        }
    }

    /// A time to sort by: noon of the earliest day, so that a date keeps its day in every zone.
    pub(super) fn order(&self) -> Option<Instant> {
        match self {
            Self::Date(date) => format!("{}T12:00:00Z", date.earliest()).parse().ok(),
            Self::Instant(instant) => Some(instant.clone()),
        }
    }
}

/// Whether it can have been so: nothing that was observed lies after `today`, a day of grace for other zones aside,
/// and nothing that a clinic keeps lies before [`FIRST_YEAR`].
pub(super) fn is_possible(when: &When, today: Date, past: bool) -> bool {
    let Some(date) = when.date() else { return false };
    let last = today.tomorrow().unwrap_or(today);
    date.year() >= FIRST_YEAR && (!past || date.earliest() <= last)
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn dates_and_times_of_fhir_are_read_and_no_others() {
        for text in ["1999", "1999-07", "1999-07-14"] {
            assert_eq!(When::read(text).unwrap().date().unwrap().to_string(), text);
        }
        for text in ["2012-02-27T05:28:45+00:00", "2012-02-27T05:28:45.267-05:00", "2012-02-27T05:28:45Z"] {
            assert_eq!(When::read(text).unwrap().date().unwrap().to_string(), "2012-02-27");
            assert_eq!(When::read(text).unwrap().order().unwrap().as_str(), text);
        }
        assert_eq!(When::read("1999-07").unwrap().order().unwrap().as_str(), "1999-07-01T12:00:00Z");
        for wrong in [
            "",
            "~1999",
            "1999-13",
            "14.07.1999",
            "2012-02-27T05:28",
            "2012-02-27T05:28:45",
            "2012-02-30T05:28:45Z",
            "2012-02-27T25:28:45Z",
            "2012-02-27T05:28:45z",
            "2012-02-27T05:28:45+0000",
            "2012-02-27T05:28:45Z[UTC]",
            "２０１２-02-27T05",
        ] {
            assert!(When::read(wrong).is_err(), "{wrong}");
        }
    }
}
