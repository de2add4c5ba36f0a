//! A point in time with the offset at which it was seen, kept as the text it arrived in.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// An instant as RFC 3339 text, digit for digit; two are ordered by the time that they mean.
#[derive(Clone, Debug, PartialEq, Eq, Hash, TS, JsonSchema)]
#[ts(type = "string")]
#[schemars(with = "String")]
pub struct Instant {
    text: String,
    when: Timestamp,
}

/// Text that is no instant with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an instant is written 2026-11-22T10:31:00+08:00")]
pub struct NotAnInstant;

/// The name of a time zone that the IANA database does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone of the IANA database")]
pub struct NotAZone;

/// A place's time zone from the IANA database, which decides its day.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of an IANA name such as `Asia/Manila`.
    ///
    /// # Errors
    /// [`NotAZone`] for any other name.
    pub fn named(name: &str) -> Result<Self, NotAZone> {
        TimeZone::get(name).map(Self).map_err(|_| NotAZone)
    }

    /// The instant at `milliseconds` since 1970, to the second, at this zone's offset then.
    #[must_use]
    pub fn instant(&self, milliseconds: u64) -> Instant {
        let seconds = i64::try_from(milliseconds / 1000).unwrap_or(i64::MAX);
        let when = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
        let offset = self.0.to_offset(when);
        Instant { text: when.display_with_offset(offset).to_string(), when }
    }

    /// By how many milliseconds clocks here are ahead of UTC at `milliseconds` since 1970.
    #[must_use]
    pub fn offset(&self, milliseconds: u64) -> i64 {
        let when = Timestamp::from_millisecond(i64::try_from(milliseconds).unwrap_or(i64::MAX));
        i64::from(self.0.to_offset(when.unwrap_or(Timestamp::MAX)).seconds()) * 1000
    }

    /// The calendar day here at `instant`.
    #[must_use]
    pub fn day(&self, instant: &Instant) -> Date {
        Zoned::new(instant.when, self.0.clone()).date()
    }
}

impl Instant {
    /// Milliseconds since 1970, negative before.
    #[must_use]
    pub fn milliseconds(&self) -> i64 {
        self.when.as_millisecond()
    }

    /// The calendar day at `milliseconds` since 1970 where the clock shows this offset.
    #[must_use]
    pub fn day_there(&self, milliseconds: u64) -> Date {
        let there = Timestamp::from_millisecond(i64::try_from(milliseconds).unwrap_or(i64::MAX));
        let pieces = jiff::fmt::temporal::Pieces::parse(&self.text).ok();
        let offset = pieces.and_then(|pieces| pieces.to_numeric_offset()).unwrap_or(jiff::tz::Offset::UTC);
        offset.to_datetime(there.unwrap_or(Timestamp::MAX)).date()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;

    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        let when: Timestamp = text.parse().map_err(|_| NotAnInstant)?;
        // Shorter and longer ISO 8601 forms mean the same but are not what RFC 3339 writes.
        let plain =
            text.is_ascii() && (20..=40).contains(&text.len()) && text.as_bytes().get(10) == Some(&b'T');
        if plain { Ok(Self { text: text.to_owned(), when }) } else { Err(NotAnInstant) }
    }
}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.when, &self.text).cmp(&(other.when, &other.text))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Instant, Zone};

    #[test]
    fn an_instant_keeps_its_text_and_orders_by_time() {
        let manila: Instant = "2026-11-22T10:31:00+08:00".parse().unwrap();
        let utc: Instant = "2026-11-22T02:30:59.125Z".parse().unwrap();
        assert_eq!(manila.to_string(), "2026-11-22T10:31:00+08:00");
        assert_eq!(utc.to_string(), "2026-11-22T02:30:59.125Z");
        assert!(utc < manila);
        for wrong in [
            "",
            "2026-11-22",
            "2026-11-22T10:31:00",
            "20261122T103100Z",
            "2026-13-22T10:31:00Z",
            "2026-11-22 10:31:00Z",
        ] {
            assert!(wrong.parse::<Instant>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_zone_of_the_place_decides_its_day() {
        let late: Instant = "2026-11-22T23:30:00Z".parse().unwrap();
        assert_eq!(Zone::named("Asia/Manila").unwrap().day(&late), date(2026, 11, 23));
        assert_eq!(Zone::named("America/New_York").unwrap().day(&late), date(2026, 11, 22));
        assert!(Zone::named("Mars/Olympus").is_err());
    }

    #[test]
    fn now_is_written_at_the_offset_of_the_place() {
        let zone = Zone::named("Asia/Manila").unwrap();
        assert_eq!(zone.instant(1_795_314_660_999).as_str(), "2026-11-22T10:31:00+08:00");
        assert_eq!(zone.offset(1_795_314_660_999), 8 * 3_600_000);
    }
}
