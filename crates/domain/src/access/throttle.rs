//! Rising delays after refused sign-ins, counted per user and workstation. Nothing here reads a
//! clock: the time that passed is an argument, and a restart or a clock change only lengthens a wait.

use serde::{Deserialize, Serialize};

/// Refusals in a row at which the slot is disabled until an administrator releases it.
pub const CAP: u32 = 50;

/// Seconds to wait after the fourth refusal, the fifth and so on; the last repeats.
const WAITS: [u64; 5] = [30, 60, 300, 900, 3600];
const FREE: u32 = 3;

/// The refusals in a row and the wait that is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    /// Refusals since the last success or release.
    pub refused: u32,
    /// Milliseconds of waiting that are left.
    pub wait: u64,
}

impl Throttle {
    /// This throttle after one more refusal.
    #[must_use]
    pub fn refuse(self) -> Self {
        let refused = self.refused.saturating_add(1);
        let wait = match refused.checked_sub(FREE + 1) {
            None => 0,
            Some(step) => {
                let step = usize::try_from(step).unwrap_or(usize::MAX).min(WAITS.len() - 1);
                WAITS.get(step).copied().unwrap_or_default() * 1000
            }
        };
        Self { refused, wait }
    }

    /// This throttle after `milliseconds` of a monotonic clock.
    #[must_use]
    pub fn pass(self, milliseconds: u64) -> Self {
        Self { wait: self.wait.saturating_sub(milliseconds), ..self }
    }

    /// Whether only an administrator can release it.
    #[must_use]
    pub fn is_disabled(self) -> bool {
        self.refused >= CAP
    }

    /// Of two records of one throttle the stricter: an old copy put back does not help.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        Self { refused: self.refused.max(other.refused), wait: self.wait.max(other.wait) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_refusals_are_free_and_then_the_wait_rises() {
        let mut throttle = Throttle::default();
        let mut waits = Vec::new();
        for _ in 0..10 {
            throttle = throttle.refuse();
            waits.push(throttle.wait / 1000);
        }
        assert_eq!(waits, [0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600]);
        assert_eq!(throttle.pass(3_599_000).wait, 1000);
        assert_eq!(throttle.pass(u64::MAX).wait, 0);
    }

    #[test]
    fn at_the_cap_the_slot_is_disabled_and_stays_so() {
        let mut throttle = Throttle::default();
        for _ in 0..CAP {
            assert!(!throttle.is_disabled());
            throttle = throttle.refuse();
        }
        assert!(throttle.pass(u64::MAX).is_disabled());
        assert!(Throttle::default().stricter(throttle).is_disabled());
    }
}
