//! From a password to a key: Argon2id (RFC 9106) at a cost that hurts a thief and not the person.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::secret::Secret;

/// What one guess costs. There is no cheaper one than [`Cost::FLOOR`] outside [`crate::testing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
}

/// The least cost that is let through when something sealed is opened.
#[derive(Clone, Copy, Debug)]
pub struct Floor(pub(crate) Cost);

/// A cost under the floor, or above what a clinic's computer can pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cost of the password's key is out of bounds")]
pub struct NotACost;

/// The computer has not the memory that the cost asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not enough memory for the password's key")]
pub struct NoMemory;

/// How long one derivation shall take, in milliseconds.
pub const AIM: std::ops::RangeInclusive<u64> = 250..=500;

/// More is never chosen: a sign-in must not starve the rest of a small computer.
const MOST_CHOSEN_KIB: u32 = 256 * 1024;
/// More is never opened: the numbers come from outside.
const MOST_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;

impl Cost {
    /// 64 MiB, three passes.
    pub const FLOOR: Self = Self::unchecked(64 * 1024, 3);

    /// `memory_kib` KiB and `passes` passes, in one lane.
    ///
    /// # Errors
    /// [`NotACost`] under [`Cost::FLOOR`], above 1 GiB or above 64 passes.
    pub fn new(memory_kib: u32, passes: u32) -> Result<Self, NotACost> {
        Floor::default().cost(u64::from(memory_kib), u64::from(passes))
    }

    pub(crate) const fn unchecked(memory_kib: u32, passes: u32) -> Self {
        Self { memory_kib, passes }
    }

    /// The memory, in KiB.
    #[must_use]
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// How often the memory is passed.
    #[must_use]
    pub fn passes(self) -> u32 {
        self.passes
    }
}

impl Default for Floor {
    fn default() -> Self {
        Self(Cost::FLOOR)
    }
}

impl Floor {
    /// The cost of these numbers, which come from outside.
    pub(crate) fn cost(self, memory_kib: u64, passes: u64) -> Result<Cost, NotACost> {
        let memory_kib = u32::try_from(memory_kib).map_err(|_| NotACost)?;
        let passes = u32::try_from(passes).map_err(|_| NotACost)?;
        let enough = (self.0.memory_kib..=MOST_KIB).contains(&memory_kib)
            && (self.0.passes..=MOST_PASSES).contains(&passes);
        enough.then_some(Cost { memory_kib, passes }).ok_or(NotACost)
    }
}

/// The key of `password` in normal form NFKC, so that it is the same from every keyboard: Argon2id
/// version 1.3, one lane, 32 bytes.
///
/// # Errors
/// [`NoMemory`] when the computer cannot pay the cost.
pub fn stretch(password: &str, salt: &[u8; 16], cost: Cost) -> Result<Secret<32>, NoMemory> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(|_| NoMemory)?;
    let mut memory = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| NoMemory)?;
    memory.resize(params.block_count(), Block::default());
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let password = normal(password);
    let mut derived = Ok(());
    let key = Secret::written(|key| {
        derived = argon.hash_password_into_with_memory(password.as_bytes(), salt, key, &mut memory);
    });
    memory.iter_mut().for_each(Zeroize::zeroize);
    derived.map(|()| key).map_err(|_| NoMemory)
}

/// The cost that takes a time within [`AIM`] on this computer, or the floor where that takes longer.
/// `measure` says how many milliseconds [`stretch`] takes at a cost.
pub fn calibrate(mut measure: impl FnMut(Cost) -> u64) -> Cost {
    let mut cost = Cost::FLOOR;
    let mut taken = measure(cost);
    while taken < *AIM.start() {
        let dearer = match cost {
            Cost { memory_kib, passes } if memory_kib < MOST_CHOSEN_KIB => {
                Cost::unchecked(memory_kib * 2, passes)
            }
            Cost { memory_kib, passes } if passes * 2 <= MOST_PASSES => {
                Cost::unchecked(memory_kib, passes * 2)
            }
            _ => break,
        };
        taken = measure(dearer);
        // A step that takes far more than twice as long ran out of fast memory: the one before is kept.
        if taken > *AIM.end() {
            break;
        }
        cost = dearer;
    }
    cost
}

/// Whether [`stretch`] makes one key of both, however each keyboard writes them.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    *normal(one) == *normal(other)
}

fn normal(password: &str) -> Zeroizing<String> {
    // Growing would leave copies behind; no character becomes more than eleven times as long.
    let mut normal = Zeroizing::new(String::with_capacity(password.len() * 11));
    normal.extend(password.nfkc());
    normal
}

#[cfg(test)]
mod tests {
    use super::{AIM, Cost, Floor, NotACost, calibrate, normal, stretch};
    use crate::testing;

    #[test]
    fn a_password_gives_the_same_key_from_every_keyboard() {
        let key = |password| *stretch(password, &[1; 16], testing::COST).unwrap().expose();
        let (composed, decomposed) = ("caf\u{e9} \u{fb01}", "cafe\u{301} fi");
        assert_eq!(key(composed), key(decomposed));
        assert_ne!(key("cafe fi"), key(composed));
    }

    #[test]
    fn salt_and_cost_change_the_key() {
        let key = |salt, cost| *stretch("a password", &[salt; 16], cost).unwrap().expose();
        let dearer = Cost::unchecked(64, 1);
        assert_ne!(key(1, testing::COST), key(2, testing::COST));
        assert_ne!(key(1, testing::COST), key(1, dearer));
        assert_ne!(key(1, testing::COST), key(1, Cost::unchecked(32, 2)));
    }

    /// The reference implementation, by `argon2-cffi`'s `hash_secret_raw`.
    #[test]
    fn the_key_at_the_floor_is_the_one_that_others_derive() {
        let salt = *b"0123456789abcdef";
        let key = stretch("correct horse battery staple", &salt, Cost::FLOOR).unwrap();
        assert_eq!(
            domain::hex::encode(key.expose()),
            "94c86f541abdb3d9aabfea59aa03963549483e9c0b1a79336e76b54cee6c917e"
        );
    }

    #[test]
    fn a_cost_under_the_floor_or_beyond_reason_is_refused() {
        assert_eq!(Cost::new(64 * 1024, 3), Ok(Cost::FLOOR));
        for (memory_kib, passes) in [(64 * 1024 - 1, 3), (64 * 1024, 2), (u32::MAX, 3), (65536, 65)] {
            assert_eq!(Cost::new(memory_kib, passes), Err(NotACost));
        }
        assert!(Floor::default().cost(u64::MAX, u64::MAX).is_err());
        assert!(testing::FLOOR.cost(32, 1).is_ok());
    }

    #[test]
    fn calibration_lands_in_the_aim_on_fast_and_slow_computers_and_never_under_the_floor() {
        for kib_per_millisecond in [100u64, 400, 700, 800, 1500, 4000] {
            let measure = |cost: Cost| u64::from(cost.memory_kib * cost.passes) / kib_per_millisecond;
            let cost = calibrate(measure);
            let slow = measure(Cost::FLOOR) > *AIM.end();
            assert!(slow && cost == Cost::FLOOR || AIM.contains(&measure(cost)), "{cost:?}");
        }
        let swaps = |cost: Cost| if cost == Cost::FLOOR { 200 } else { 9000 };
        assert_eq!(calibrate(swaps), Cost::FLOOR);
        let most = calibrate(|_| 0);
        assert!(Cost::new(most.memory_kib, most.passes).is_ok());
    }

    #[test]
    fn the_normal_form_never_outgrows_its_place() {
        for sign in '\0'..=char::MAX {
            let text = sign.to_string();
            assert!(normal(&text).len() <= text.len() * 11, "{sign:?}");
        }
    }
}
