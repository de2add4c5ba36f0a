//! When to try again and how much to ask for. Pure: time and chance are arguments.

/// The longest wait between two tries, in milliseconds: whoever comes back online is not kept waiting.
pub const LONGEST_WAIT: u64 = 2 * 60_000;
const SHORTEST_WAIT: u64 = 2_000;
/// The wait between two rounds when everything went well and nothing is left, in milliseconds.
pub const IDLE: u64 = 30_000;

/// Bytes of pages asked for at first; the budget follows the speed that was seen.
pub const FIRST_BUDGET: u64 = 256 << 10;
const LEAST_BUDGET: u64 = 16 << 10;
const MOST_BUDGET: u64 = 4 << 20;
/// A round should take about so long, so that a cut connection costs little, in milliseconds.
const ROUND: u64 = 5_000;

/// How long to wait after `failures` tries in a row without an answer: doubling, and between half and
/// all of that by `chance`, so that a whole site does not come back in one second.
#[must_use]
pub fn wait(failures: u32, chance: u16) -> u64 {
    let longest = SHORTEST_WAIT.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(LONGEST_WAIT);
    let half = longest / 2;
    half + half * u64::from(chance) / u64::from(u16::MAX)
}

/// How many bytes to ask for next, after `bytes` took `milliseconds`.
#[must_use]
pub fn budget(before: u64, bytes: u64, milliseconds: u64) -> u64 {
    if bytes < before / 2 {
        // There was not enough to tell a speed by.
        return before;
    }
    let fits = bytes.saturating_mul(ROUND) / milliseconds.max(1);
    fits.clamp(before / 2, before * 2).clamp(LEAST_BUDGET, MOST_BUDGET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_are_spread() {
        assert_eq!([wait(1, u16::MAX), wait(2, u16::MAX), wait(3, u16::MAX)], [2_000, 4_000, 8_000]);
        assert_eq!(wait(1, 0), 1_000);
        assert_eq!(wait(60, u16::MAX), LONGEST_WAIT);
    }

    #[test]
    fn the_budget_follows_the_speed_within_bounds() {
        assert_eq!(budget(FIRST_BUDGET, FIRST_BUDGET, 100), FIRST_BUDGET * 2);
        assert_eq!(budget(FIRST_BUDGET, FIRST_BUDGET, 60_000), FIRST_BUDGET / 2);
        assert_eq!(budget(LEAST_BUDGET, LEAST_BUDGET, 600_000), LEAST_BUDGET);
        assert_eq!(budget(MOST_BUDGET, MOST_BUDGET, 1), MOST_BUDGET);
        assert_eq!(budget(FIRST_BUDGET, 100, 9_000), FIRST_BUDGET);
    }
}
