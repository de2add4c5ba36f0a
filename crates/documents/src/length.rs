//! Lengths on paper as whole numbers, so that a layout comes out the same on every machine.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in thousandths of a point; 1 pt is 1/72 inch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(i64);

impl Length {
    /// No length at all.
    pub const ZERO: Self = Self(0);

    /// A length in millimetres.
    #[must_use]
    pub const fn mm(millimetres: i64) -> Self {
        Self::micrometres(millimetres * 1000)
    }

    /// A length in thousandths of a millimetre, rounded to the nearest thousandth of a point.
    #[must_use]
    pub const fn micrometres(micrometres: i64) -> Self {
        Self((micrometres * 360 + 63) / 127)
    }

    /// A length in points.
    #[must_use]
    pub const fn pt(points: i64) -> Self {
        Self(points * 1000)
    }

    /// A length in thousandths of a point.
    #[must_use]
    pub const fn milli(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// This length in thousandths of a point.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// This length times `numerator / denominator`, rounded to the nearest thousandth of a point.
    pub(crate) const fn times(self, numerator: i64, denominator: i64) -> Self {
        let product = self.0 * numerator;
        let half = denominator / 2;
        Self(if product < 0 { product - half } else { product + half } / denominator)
    }
}

/// A rectangle on a page; `top` and `bottom` are measured downwards from the page's upper edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The left edge, from the page's left edge.
    pub left: Length,
    /// The upper edge, from the page's upper edge.
    pub top: Length,
    /// The right edge, from the page's left edge.
    pub right: Length,
    /// The lower edge, from the page's upper edge.
    pub bottom: Length,
}

impl Area {
    pub(crate) fn sized(left: Length, top: Length, width: Length, height: Length) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// How wide it is.
    #[must_use]
    pub fn width(&self) -> Length {
        self.right - self.left
    }

    /// How high it is.
    #[must_use]
    pub fn height(&self) -> Length {
        self.bottom - self.top
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<i64> for Length {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self(self.0 / divisor)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}
