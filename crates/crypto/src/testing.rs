//! For tests and simulated worlds alone: randomness from a seed, and a cost that takes no time.
//! Nothing that guards a person's data may use what is here.

use domain::op::{Header, Transaction};
use domain::wire::{Bytes, Message};

use crate::derive::{Cost, Floor};
use crate::digest::sha256;
use crate::entropy::Entropy;
use crate::keys::SigningKey;
use crate::log::{EntryBytes, OpBytes, SORT};
use crate::signed::sign_as;

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

/// `entry` as a program of the declarations of version `schema` would have written it, for an author with `key`; nothing of one
/// that is damaged.
#[must_use]
pub fn written_by(schema: u64, key: &SigningKey, entry: &EntryBytes) -> Option<EntryBytes> {
    let transaction = Transaction::from_bytes(&entry.transaction.0).ok()?;
    let transaction = Transaction { schema, ..transaction }.to_bytes();
    let tx = sha256(&[&transaction]);
    let op = |op: &OpBytes| {
        let header = Header { tx, ..Header::from_bytes(&op.header.0).ok()? }.to_bytes();
        let signature = op.signature.map(|_| sign_as(key, SORT, &header));
        Some(OpBytes { header: Bytes(header), signature, ..op.clone() })
    };
    let ops = entry.ops.iter().map(op).collect::<Option<_>>()?;
    Some(EntryBytes { transaction: Bytes(transaction), ops })
}
