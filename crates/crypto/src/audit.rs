//! The audit log: who did or saw what, one entry after the other, as leaves of a Merkle log.
//!
//! An entry's details stand beside it and are named by a salted digest, so that they can be erased and
//! the log still verifies.

use domain::wire::Message;
use domain::{Digest, Hlc, Incarnation, RecordId, SessionId, Value, wire};

use crate::digest::sha256;
use crate::entropy::{Entropy, random};
use crate::merkle::Frontier;

/// The version of the format that this program writes.
pub const FORMAT: u64 = 1;

wire! {
    /// One entry. Its bytes are the leaf.
    pub struct AuditEntry {
        /// The format's version.
        v: u64,
        /// The workstation's incarnation: each has a log of its own.
        workstation: Incarnation,
        /// The serial number within this log, from 1, without gaps.
        seq: u64,
        /// When, by the workstation's logical clock.
        hlc: Hlc,
        /// Wall time with offset, RFC 3339.
        wall: String,
        /// The session; none before somebody signed in.
        session: Option<SessionId>,
        /// The person; none when nobody knows.
        user: Option<RecordId>,
        /// The role that they had then.
        role: Option<String>,
        /// What was done: a permission's or a command's word.
        action: String,
        /// The record that it was done to.
        object: Option<RecordId>,
        /// The patient whom it concerns.
        patient: Option<RecordId>,
        /// `done`, `refused` or `failed`.
        outcome: String,
        /// Why, in the person's words or as a code.
        reason: Option<String>,
        /// SHA-256 of the [`Detail`]'s bytes.
        digest: Option<Digest>,
    }
}

wire! {
    /// The details of an entry, kept beside the log.
    pub struct Detail {
        /// Random bytes, so that the digest tells nothing.
        salt: [u8; 16],
        /// The details.
        value: Value,
    }
}

/// What is wrong with an audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// This entry is not one, or not the one that belongs here: removed, repeated or moved.
    #[error("entry {0} is not the one that belongs here")]
    Entry(u64),
    /// An entry after `from` and up to `to` was changed: the log up to `from` is what was vouched for.
    #[error("an entry after {from} and up to {to} was changed")]
    Between {
        /// The size of the last checkpoint that holds.
        from: u64,
        /// The size of the first that does not.
        to: u64,
    },
    /// The log is shorter than this checkpoint: it was cut or rolled back.
    #[error("entries up to {0} are missing")]
    Short(u64),
}

impl Detail {
    /// Details with a new salt.
    pub fn new(entropy: &mut dyn Entropy, value: Value) -> Self {
        Self { salt: random(entropy), value }
    }

    /// The digest that the entry names.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&[&self.to_bytes()])
    }
}

/// Reads the log of `workstation` from its first entry and compares it with `checkpoints`, the sizes
/// and roots of heads whose signatures were checked, in the order of their sizes.
///
/// # Errors
/// The first [`Damage`].
pub fn check<'a>(
    workstation: Incarnation,
    entries: impl IntoIterator<Item = &'a [u8]>,
    checkpoints: &[(u64, Digest)],
) -> Result<Frontier, Damage> {
    let mut log = Frontier::default();
    let (mut clock, mut from) = (Hlc::default(), 0);
    let mut ahead = checkpoints.iter().peekable();
    let mut compare = |log: &Frontier| {
        while let Some((size, root)) = ahead.next_if(|(size, _)| *size == log.size()) {
            if *root != log.root() {
                return Err(Damage::Between { from, to: *size });
            }
            from = *size;
        }
        Ok(())
    };
    compare(&log)?;
    for bytes in entries {
        let seq = log.size() + 1;
        let entry = AuditEntry::from_bytes(bytes).map_err(|_| Damage::Entry(seq))?;
        if (entry.workstation, entry.seq) != (workstation, seq) || entry.hlc <= clock {
            return Err(Damage::Entry(seq));
        }
        clock = entry.hlc;
        log.append(bytes);
        compare(&log)?;
    }
    match ahead.next() {
        Some((size, _)) => Err(Damage::Short(*size)),
        None => Ok(log),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::TestEntropy;

    fn me() -> Incarnation {
        Incarnation::derived(b"me")
    }

    fn entry(seq: u64) -> AuditEntry {
        AuditEntry {
            v: FORMAT,
            workstation: me(),
            seq,
            hlc: Hlc::at(seq),
            wall: "2026-11-22T09:00:00+01:00".to_owned(),
            session: None,
            user: Some(RecordId::derived(b"user")),
            role: Some("doctor".to_owned()),
            action: "chart.read".to_owned(),
            object: None,
            patient: Some(RecordId::derived(&seq.to_be_bytes())),
            outcome: "done".to_owned(),
            reason: None,
            digest: None,
        }
    }

    /// Thirty entries with a checkpoint at each ten.
    fn log() -> (Vec<Vec<u8>>, Vec<(u64, Digest)>) {
        let mut log = Frontier::default();
        let (mut entries, mut checkpoints) = (Vec::new(), Vec::new());
        for seq in 1..=30 {
            let bytes = entry(seq).to_bytes();
            log.append(&bytes);
            entries.push(bytes);
            if seq % 10 == 0 {
                checkpoints.push((seq, log.root()));
            }
        }
        (entries, checkpoints)
    }

    fn checked(entries: &[Vec<u8>], checkpoints: &[(u64, Digest)]) -> Result<u64, Damage> {
        check(me(), entries.iter().map(Vec::as_slice), checkpoints).map(|log| log.size())
    }

    #[test]
    fn an_untouched_log_is_whole_with_and_without_checkpoints() {
        let (entries, checkpoints) = log();
        assert_eq!(checked(&entries, &checkpoints), Ok(30));
        assert_eq!(checked(&entries, &[]), Ok(30));
        assert_eq!(checked(&[], &[]), Ok(0));
        assert_eq!(checked(&[], &[(0, Frontier::default().root())]), Ok(0));
        let bytes = entry(1).to_bytes();
        assert_eq!(AuditEntry::from_bytes(&bytes), Ok(entry(1)));
    }

    proptest! {
        #[test]
        fn a_removed_repeated_or_moved_entry_is_named(at in 0usize..30, to in 0usize..30) {
            let (entries, checkpoints) = log();
            let mut removed = entries.clone();
            removed.remove(at);
            let wanted = if at == 29 { Damage::Short(30) } else { Damage::Entry(at as u64 + 1) };
            prop_assert_eq!(checked(&removed, &checkpoints), Err(wanted));
            let mut repeated = entries.clone();
            repeated.insert(at, entries[at].clone());
            prop_assert_eq!(checked(&repeated, &checkpoints), Err(Damage::Entry(at as u64 + 2)));
            prop_assume!(at != to);
            let mut moved = entries.clone();
            moved.swap(at, to);
            prop_assert_eq!(checked(&moved, &checkpoints), Err(Damage::Entry(at.min(to) as u64 + 1)));
        }

        #[test]
        fn a_changed_entry_shows_at_the_next_checkpoint(seq in 1u64..=30) {
            let (mut entries, checkpoints) = log();
            let changed = AuditEntry { outcome: "refused".to_owned(), ..entry(seq) };
            entries[seq as usize - 1] = changed.to_bytes();
            let from = (seq - 1) / 10 * 10;
            prop_assert_eq!(checked(&entries, &checkpoints), Err(Damage::Between { from, to: from + 10 }));
        }
    }

    #[test]
    fn a_log_that_was_rolled_back_is_short() {
        let (entries, checkpoints) = log();
        assert_eq!(checked(&entries[..25], &checkpoints), Err(Damage::Short(30)));
    }

    #[test]
    fn bytes_that_are_no_entry_an_entry_of_elsewhere_and_a_clock_that_goes_back_are_named() {
        let (entries, _) = log();
        let wrongs = [
            vec![0xff],
            AuditEntry { workstation: Incarnation::derived(b"elsewhere"), ..entry(5) }.to_bytes(),
            AuditEntry { hlc: Hlc::at(4), ..entry(5) }.to_bytes(),
        ];
        for wrong in wrongs {
            let mut entries = entries.clone();
            entries[4] = wrong;
            assert_eq!(checked(&entries, &[]), Err(Damage::Entry(5)));
        }
    }

    #[test]
    fn details_are_named_by_a_digest_that_tells_nothing() {
        let entropy = &mut TestEntropy::new(1);
        let (one, two) = (Detail::new(entropy, Value::text("x")), Detail::new(entropy, Value::text("x")));
        assert_ne!(one.digest(), two.digest());
        let kept = Detail::from_bytes(&one.to_bytes()).unwrap();
        assert_eq!(kept.digest(), one.digest());
    }
}
