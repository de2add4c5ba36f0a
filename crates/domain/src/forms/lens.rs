//! The arithmetic of lenses: transposition, equivalent sphere, the lens at the cornea, power vectors.
//!
//! Sources: optics; power vectors after Thibos, Wheeler and Horner 1997. Powers are in dioptres, axes in degrees from 1 to
//! 180, distances in millimetres.

use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};

/// A lens of a sphere, and of a cylinder at an axis where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The sphere, in dioptres.
    pub sphere: Decimal,
    /// The cylinder, in dioptres; zero of a lens without one.
    pub cylinder: Decimal,
    /// Its axis, in degrees; 180 of a lens without one.
    pub axis: u16,
}

/// A lens as a vector, which can be added and so averaged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerVector {
    /// The equivalent sphere, M.
    pub m: f64,
    /// The cylinder at 180 and 90, J0.
    pub j0: f64,
    /// The cylinder at 45 and 135, J45.
    pub j45: f64,
}

impl Lens {
    /// The same lens with the other sign of cylinder: S + C, -C, the axis 90 further.
    #[must_use]
    pub fn transposed(self) -> Self {
        if self.cylinder.is_zero() {
            return self;
        }
        let axis = if self.axis <= 90 { self.axis + 90 } else { self.axis - 90 };
        Self { sphere: self.sphere + self.cylinder, cylinder: -self.cylinder, axis }
    }

    /// The equivalent sphere, S + C/2, in dioptres.
    #[must_use]
    pub fn equivalent(self) -> Decimal {
        self.sphere + self.cylinder / Decimal::TWO
    }

    /// The lens that stands for it on the cornea, `vertex` millimetres behind it: F/(1 - dF) in each meridian, to a
    /// hundredth of a dioptre. Nothing where a meridian has its focus there.
    #[must_use]
    pub fn at_cornea(self, vertex: Decimal) -> Option<Self> {
        let metres = vertex / Decimal::ONE_THOUSAND;
        let moved = |power: Decimal| {
            let through = Decimal::ONE - metres * power;
            power.checked_div(through)
        };
        let one = moved(self.sphere)?;
        let other = moved(self.sphere + self.cylinder)?;
        Some(Self { sphere: one.round_dp(2), cylinder: (other - one).round_dp(2), axis: self.axis })
    }

    /// The lens as a vector.
    #[must_use]
    pub fn vector(self) -> PowerVector {
        let half = -self.cylinder.to_f64().unwrap_or_default() / 2.0;
        let angle = (2.0 * f64::from(self.axis)).to_radians();
        let m = self.equivalent().to_f64().unwrap_or_default();
        PowerVector { m, j0: half * angle.cos(), j45: half * angle.sin() }
    }

    /// How it is written: `-2.25 -0.75 ×90`.
    #[must_use]
    pub fn written(self) -> String {
        let sphere = signed(self.sphere);
        match self.cylinder.is_zero() {
            true => sphere,
            false => format!("{sphere} {} ×{}", signed(self.cylinder), self.axis),
        }
    }
}

impl PowerVector {
    /// The lens of this vector with a minus cylinder, to a hundredth of a dioptre and a degree.
    #[must_use]
    pub fn lens(self) -> Option<Lens> {
        let cylinder = -2.0 * self.j0.hypot(self.j45);
        let sphere = self.m - cylinder / 2.0;
        let degrees = (self.j45.atan2(self.j0).to_degrees() / 2.0).round();
        let axis = if degrees <= 0.0 { degrees + 180.0 } else { degrees };
        let of = |number: f64| Some(Decimal::from_f64(number)?.round_dp(2));
        Some(Lens { sphere: of(sphere)?, cylinder: of(cylinder)?, axis: axis.to_u16()? })
    }

    /// The mean of several lenses; nothing of none.
    #[must_use]
    pub fn mean(lenses: &[Lens]) -> Option<Self> {
        let count = u32::try_from(lenses.len()).ok().filter(|count| *count > 0).map(f64::from)?;
        let sum = lenses.iter().map(|lens| lens.vector()).fold((0.0, 0.0, 0.0), |sum, vector| {
            (sum.0 + vector.m, sum.1 + vector.j0, sum.2 + vector.j45)
        });
        Some(Self { m: sum.0 / count, j0: sum.1 / count, j45: sum.2 / count })
    }
}

/// How far two axes lie apart, in degrees: at most 90, because an axis of 1 lies beside one of 180.
#[must_use]
pub fn apart(one: u16, other: u16) -> u16 {
    let between = one.abs_diff(other) % 180;
    between.min(180 - between)
}

/// A power with its sign, in hundredths: `+1.50`, `-0.25`, `0.00`.
#[must_use]
pub fn signed(power: Decimal) -> String {
    let rounded = power.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let sign = if rounded > Decimal::ZERO { "+" } else { "" };
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    format!("{sign}{rounded:.2}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lens(sphere: &str, cylinder: &str, axis: u16) -> Lens {
        Lens { sphere: sphere.parse().unwrap(), cylinder: cylinder.parse().unwrap(), axis }
    }

    #[test]
    fn the_worked_lenses_come_out() {
        let one = lens("-2.25", "-0.75", 90);
        assert_eq!(one.transposed(), lens("-3.00", "0.75", 180));
        assert_eq!(one.at_cornea(12.into()), Some(lens("-2.19", "-0.70", 90)));
        let other = lens("-2.50", "-1.00", 180);
        assert_eq!(other.transposed(), lens("-3.50", "1.00", 90));
        assert_eq!(other.at_cornea(12.into()), Some(lens("-2.43", "-0.93", 180)));
        assert_eq!([one.equivalent(), other.equivalent()].map(signed), ["-2.63", "-3.00"].map(str::to_owned));
        assert_eq!([one, lens("0", "0", 180)].map(Lens::written), ["-2.25 -0.75 ×90", "0.00"]);
        assert_eq!(signed("1.5".parse().unwrap()), "+1.50");
    }

    #[test]
    fn axes_are_apart_the_shorter_way_round() {
        for (one, other, between) in [(1, 180, 1), (90, 180, 90), (10, 170, 20), (45, 45, 0), (5, 95, 90)] {
            assert_eq!((apart(one, other), apart(other, one)), (between, between));
        }
    }

    #[test]
    fn the_mean_of_lenses_is_that_of_their_vectors_and_not_of_their_numbers() {
        // One cylinder at 1 and one at 179 degrees: the mean axis is 180, not 90.
        let lenses = [lens("0", "-1.00", 1), lens("0", "-1.00", 179)];
        let mean = PowerVector::mean(&lenses).unwrap().lens().unwrap();
        assert_eq!((mean.axis, signed(mean.cylinder)), (180, "-1.00".to_owned()));
        // Crossed cylinders are a sphere.
        let crossed = [lens("0", "-1.00", 90), lens("0", "-1.00", 180)];
        let mean = PowerVector::mean(&crossed).unwrap().lens().unwrap();
        assert_eq!((signed(mean.sphere), signed(mean.cylinder)), ("-0.50".to_owned(), "0.00".to_owned()));
        assert_eq!(PowerVector::mean(&[]), None);
    }

    proptest! {
        #[test]
        fn a_lens_transposed_twice_is_itself(sphere in -160_i64..160, cylinder in -60_i64..60, axis in 1_u16..=180) {
            let quarter = |steps: i64| Decimal::new(steps * 25, 2);
            let lens = Lens { sphere: quarter(sphere), cylinder: quarter(cylinder), axis };
            let there = lens.transposed();
            prop_assert_eq!(there.transposed(), lens);
            prop_assert_eq!(there.equivalent(), lens.equivalent());
            prop_assert!((1..=180).contains(&there.axis));
            let (one, other) = (lens.vector(), there.vector());
            prop_assert!((one.j0 - other.j0).abs() < 1e-9 && (one.j45 - other.j45).abs() < 1e-9);
        }
    }
}
