//! In which order names are shown: how well they fit, how often this person wrote them, and how often the clinic did.

use crate::search::Match;

/// How often a name was written in the signed notes of the last [`DAYS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// By this person.
    pub own: u32,
    /// By anybody here.
    pub clinic: u32,
}

/// Notes older than this do not count.
pub const DAYS: i64 = 180;
/// So often written, a name has all that use can give it.
pub const ENOUGH: u32 = 50;

/// A name in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The name, and how well it fits.
    pub found: Match,
    /// How often it was written.
    pub uses: Uses,
    /// Whether this person pinned it.
    pub pinned: bool,
}

/// What use gives: nothing for none, all of it for [`ENOUGH`].
fn used(times: u32) -> f64 {
    (f64::from(times).ln_1p() / f64::from(ENOUGH).ln_1p()).min(1.0)
}

/// From 0 to 1: seven tenths of it how well it fits, two the own use, one the clinic's.
#[must_use]
pub fn rank(fit: f64, uses: Uses) -> f64 {
    0.70 * fit + 0.20 * used(uses.own) + 0.10 * used(uses.clinic)
}

/// Puts a code that was typed whole first, then what is pinned, then the rest by [`rank`].
pub fn order(ranked: &mut [Ranked]) {
    let value = |one: &Ranked| rank(one.found.fit, one.uses);
    ranked.sort_by(|one, other| {
        (other.found.is_code, other.pinned)
            .cmp(&(one.found.is_code, one.pinned))
            .then_with(|| value(other).total_cmp(&value(one)))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(term: usize, fit: f64, is_code: bool) -> Match {
        Match { term, fit, is_code, also: None, forgiven: false, whole: true }
    }

    #[test]
    fn use_counts_up_to_fifty_times_and_no_more_than_three_tenths() {
        let uses = |own, clinic| Uses { own, clinic };
        assert!((rank(1.0, uses(0, 0)) - 0.70).abs() < 1e-9);
        assert!((rank(1.0, uses(50, 50)) - 1.0).abs() < 1e-9);
        assert!((rank(1.0, uses(9_000, 9_000)) - 1.0).abs() < 1e-9);
        assert!(rank(0.9, uses(14, 20)) > rank(1.0, uses(0, 0)));
        assert!(rank(0.5, uses(50, 50)) < rank(1.0, uses(0, 0)));
    }

    #[test]
    fn a_whole_code_comes_first_and_what_is_pinned_next() {
        let one = |term, fit, is_code, pinned| Ranked {
            found: found(term, fit, is_code),
            uses: Uses::default(),
            pinned,
        };
        let mut ranked = [
            one(1, 0.99, false, false),
            one(2, 0.5, false, true),
            one(3, 1.0, true, false),
            one(4, 0.6, false, false),
        ];
        order(&mut ranked);
        assert_eq!(ranked.map(|one| one.found.term), [3, 2, 1, 4]);
    }
}
