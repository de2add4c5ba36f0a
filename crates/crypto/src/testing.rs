//! For tests and simulated worlds alone: randomness from a seed, and a cost that takes no time.
//! Nothing that guards a person's data may use what is here.

use crate::derive::{Cost, Floor};
use crate::digest::sha256;
use crate::entropy::Entropy;

/// A cost that a test can afford.
pub const COST: Cost = Cost::unchecked(32, 1);

/// The floor that lets [`COST`] through.
pub const FLOOR: Floor = Floor(COST);

/// The bytes SHA-256(seed, 0), SHA-256(seed, 1) and so on: the same for the same seed.
#[derive(Clone, Debug)]
pub struct TestEntropy {
    seed: u64,
    block: u64,
}

impl TestEntropy {
    /// The source that `seed` names.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, block: 0 }
    }
}

impl Entropy for TestEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = sha256(&[&self.seed.to_be_bytes(), &self.block.to_be_bytes()]);
            self.block += 1;
            for (byte, random) in chunk.iter_mut().zip(block) {
                *byte = random;
            }
        }
    }
}
