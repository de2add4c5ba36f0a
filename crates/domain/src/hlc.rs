//! The hybrid logical clock: wall time where it moves forward, a counter where it does not
//! (Kulkarni and others, "Logical Physical Clocks", 2014). It orders what is shown and breaks
//! ties; it never decides whether two people clashed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Value;
use crate::wire::Wire;

/// A stamp: milliseconds since 1970 in the upper 47 bits, a counter in the lower 16.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hlc(u64);

const COUNTER_BITS: u32 = 16;
/// Clocks that are set well differ by no more milliseconds: the one tolerance of every comparison of two clocks.
pub const TOLERANCE: u64 = 5 * 60 * 1000;
const LAST_MILLISECOND: u64 = (1 << 47) - 1;

impl Hlc {
    /// The first stamp of a millisecond; later than the year 6429 is taken as that.
    #[must_use]
    pub fn at(milliseconds: u64) -> Self {
        Self(milliseconds.min(LAST_MILLISECOND) << COUNTER_BITS)
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn milliseconds(self) -> u64 {
        self.0 >> COUNTER_BITS
    }

    /// Whether it lies further ahead of `now`, in milliseconds, than clocks that are set well differ.
    #[must_use]
    pub fn is_far_ahead_of(self, now: u64) -> bool {
        self.milliseconds() > now.saturating_add(TOLERANCE)
    }

    /// The stamp of the next event here: after `previous`, and not before `now` in milliseconds.
    #[must_use]
    pub fn tick(previous: Self, now: u64) -> Self {
        Self::at(now).max(Self(previous.0.saturating_add(1)))
    }

    /// This clock after it has seen a stamp from elsewhere.
    #[must_use]
    pub fn seen(self, other: Self) -> Self {
        self.max(other)
    }
}

impl fmt::Debug for Hlc {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}.{}", self.milliseconds(), self.0 & 0xffff)
    }
}

impl Wire for Hlc {
    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    /// A stamp at the end of time is no stamp: after it no clock could tick.
    fn from_value(value: &Value) -> Option<Self> {
        u64::from_value(value).map(Self).filter(|stamp| stamp.milliseconds() < LAST_MILLISECOND)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Hlc;
    use crate::wire::Wire;

    proptest! {
        #[test]
        fn a_tick_is_after_the_one_before_whatever_the_wall_clock_does(nows in proptest::collection::vec(any::<u64>(), 1..50)) {
            let mut last = Hlc::default();
            for now in nows {
                let next = Hlc::tick(last, now);
                prop_assert!(next > last);
                let kept = (next.milliseconds() < (1 << 47) - 1).then_some(next);
                prop_assert_eq!(Hlc::from_value(&next.to_value()), kept);
                last = next;
            }
        }

        #[test]
        fn a_clock_that_runs_forward_shows_wall_time(now in 1u64..1 << 46) {
            prop_assert_eq!(Hlc::tick(Hlc::at(now - 1), now).milliseconds(), now);
        }
    }
}
