//! The papers a clinic prints on.

use crate::length::Length;

/// A sheet: its format and which way round it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The trade size.
    pub format: Format,
    /// Upright or lying.
    pub orientation: Orientation,
}

/// A trade size of paper (ISO 216, ANSI/ASME Y14.1, and the 8.5 x 13 inch sheet of the Philippines).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// 210 x 297 mm.
    A4,
    /// 148 x 210 mm.
    A5,
    /// 8.5 x 11 inches.
    Letter,
    /// 8.5 x 14 inches.
    Legal,
    /// 8.5 x 13 inches.
    Folio,
}

/// Which way round a sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// The short side is the upper edge.
    Portrait,
    /// The long side is the upper edge.
    Landscape,
}

impl Paper {
    /// A sheet of this format, upright.
    #[must_use]
    pub const fn portrait(format: Format) -> Self {
        Self { format, orientation: Orientation::Portrait }
    }

    /// A sheet of this format, lying.
    #[must_use]
    pub const fn landscape(format: Format) -> Self {
        Self { format, orientation: Orientation::Landscape }
    }

    /// Width and height as the sheet lies.
    #[must_use]
    pub const fn size(self) -> (Length, Length) {
        let (short, long) = match self.format {
            Format::A4 => (Length::mm(210), Length::mm(297)),
            Format::A5 => (Length::mm(148), Length::mm(210)),
            Format::Letter => (Length::pt(612), Length::pt(792)),
            Format::Legal => (Length::pt(612), Length::pt(1008)),
            Format::Folio => (Length::pt(612), Length::pt(936)),
        };
        match self.orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        }
    }
}
