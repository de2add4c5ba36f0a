//! The moment a document states as that of its making.

/// A moment as a clock on the wall shows it, with its distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Minutes east of UTC.
    pub offset_minutes: i16,
}

impl Moment {
    /// As a PDF date (ISO 32000-1, 7.9.4).
    pub(crate) fn to_pdf(self) -> String {
        let Self { year, month, day, hour, minute, second, offset_minutes } = self;
        let sign = if offset_minutes < 0 { '-' } else { '+' };
        let offset = offset_minutes.unsigned_abs();
        format!(
            "D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}{sign}{:02}'{:02}'",
            offset / 60,
            offset % 60
        )
    }
}
