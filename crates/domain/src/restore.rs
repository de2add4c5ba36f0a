//! What a restore would do, and why one is refused: planned before anything is written.
//!
//! *Rejoin* takes in what a backup has and this workstation lacks, as sync does. *Replace* puts the store of a backup in the
//! place of the one here, which is set aside. Logs only grow and have no gaps, so that how long each is says what either
//! side lacks; what both have of one must be the same.

use std::collections::BTreeMap;

use crate::{ClinicId, Digest, Incarnation, Scope, choice};

choice! {
    /// How a backup is brought back.
    pub enum RestoreMode {
        /// What is unknown here is taken in, with its authors' signatures.
        Rejoin = "rejoin",
        /// The store here is set aside, and that of the backup takes its place.
        Replace = "replace",
    }
}

/// A log: whose, and of which scope.
pub type Log = (Incarnation, Scope);

/// What a backup holds, as its point says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Whose it is.
    pub clinic: ClinicId,
    /// The version of the declared kinds by which it was written.
    pub schema: u64,
    /// How long each log is, and what it amounts to.
    pub logs: BTreeMap<Log, (u64, Digest)>,
    /// The first and the last place of a stream that no object of it covers.
    pub gap: Option<(u64, u64)>,
}

/// What stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The clinic; none on a bare computer.
    pub clinic: Option<ClinicId>,
    /// The version of the declared kinds that this program knows.
    pub schema: u64,
    /// How long each log is here.
    pub logs: BTreeMap<Log, u64>,
    /// The logs that went on otherwise there than here, with how many entries both begin.
    pub apart: BTreeMap<Log, u64>,
}

/// What would happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Entries of the backup that are not here, by log: the first of them and the last.
    pub unknown: BTreeMap<Log, (u64, u64)>,
    /// How many these are.
    pub added: u64,
    /// Entries that are in both.
    pub same: u64,
    /// Entries that are here and not in the backup.
    pub lacking: u64,
}

/// Why a backup is not brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// It is another clinic's: what is in it comes over by an import.
    #[error("it is another clinic's")]
    OtherClinic,
    /// A newer program has written it.
    #[error("a newer program has written it: {schema}")]
    Newer {
        /// The version of the declared kinds by which it was written.
        schema: u64,
    },
    /// Objects are missing.
    #[error("it lacks the entries from {from} to {to}")]
    Gap {
        /// The first place that is missing.
        from: u64,
        /// The last.
        to: u64,
    },
    /// It has something else under the numbers of a log than there is here.
    #[error("it holds something else under numbers that are known here")]
    Differs {
        /// The log's installation.
        incarnation: Incarnation,
    },
    /// There is more here than in it, and nobody has said that this may be set aside.
    #[error("it lacks {lacking} entries that are here")]
    Older {
        /// How many entries are here and not in it.
        lacking: u64,
    },
}

/// What bringing `source` back by `mode` would do. Of a store that has more than the backup only whoever says `older` has it
/// set aside.
///
/// # Errors
/// [`Barred`]: the first reason, that which says most first.
pub fn plan(mode: RestoreMode, source: &Source, here: &Here, older: bool) -> Result<Plan, Barred> {
    if here.clinic.is_some_and(|clinic| clinic != source.clinic) {
        return Err(Barred::OtherClinic);
    }
    if source.schema > here.schema {
        return Err(Barred::Newer { schema: source.schema });
    }
    if let Some((from, to)) = source.gap {
        return Err(Barred::Gap { from, to });
    }
    let mut plan = Plan::default();
    for (log, (size, _)) in &source.logs {
        let known = here.logs.get(log).copied().unwrap_or_default();
        let apart = here.apart.get(log);
        if mode == RestoreMode::Rejoin && apart.is_some() {
            return Err(Barred::Differs { incarnation: log.0 });
        }
        let same = known.min(*size).min(apart.copied().unwrap_or(u64::MAX));
        plan.same += same;
        plan.lacking += known - same;
        if *size > same {
            plan.unknown.insert(*log, (same + 1, *size));
            // A point may say of a log whatever it wants.
            plan.added = plan.added.saturating_add(size - same);
        }
    }
    let others = here.logs.iter().filter(|(log, _)| !source.logs.contains_key(log));
    plan.lacking += others.map(|(_, size)| size).sum::<u64>();
    if mode == RestoreMode::Replace && plan.lacking > 0 && !older {
        return Err(Barred::Older { lacking: plan.lacking });
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RecordId;

    fn log(name: &str) -> Log {
        (Incarnation::derived(name.as_bytes()), Scope(RecordId::derived(b"scope").0))
    }

    fn clinic(name: &str) -> ClinicId {
        ClinicId(RecordId::derived(name.as_bytes()).0)
    }

    fn source(logs: &[(&str, u64)]) -> Source {
        let logs = logs.iter().map(|(name, size)| (log(name), (*size, [0; 32]))).collect();
        Source { clinic: clinic("ours"), schema: 3, logs, gap: None }
    }

    fn here(logs: &[(&str, u64)]) -> Here {
        let logs = logs.iter().map(|(name, size)| (log(name), *size)).collect();
        Here { clinic: Some(clinic("ours")), schema: 3, logs, apart: BTreeMap::new() }
    }

    #[test]
    fn rejoin_takes_what_is_unknown_here_and_the_second_time_nothing() {
        let burned = source(&[("burned", 110), ("other", 40)]);
        let planned =
            plan(RestoreMode::Rejoin, &burned, &here(&[("burned", 100), ("other", 50)]), false).unwrap();
        assert_eq!(planned.unknown, [(log("burned"), (101, 110))].into());
        assert_eq!((planned.added, planned.same, planned.lacking), (10, 140, 10));
        let again =
            plan(RestoreMode::Rejoin, &burned, &here(&[("burned", 110), ("other", 50)]), false).unwrap();
        assert_eq!((again.added, again.unknown.len()), (0, 0));
    }

    #[test]
    fn replace_sets_entries_aside_that_the_backup_lacks_only_where_somebody_says_so() {
        let older = source(&[("one", 90)]);
        let here = here(&[("one", 100), ("two", 5)]);
        assert_eq!(plan(RestoreMode::Replace, &older, &here, false), Err(Barred::Older { lacking: 15 }));
        assert_eq!(plan(RestoreMode::Replace, &older, &here, true).unwrap().lacking, 15);
        assert!(plan(RestoreMode::Rejoin, &older, &here, false).is_ok());
    }

    #[test]
    fn a_bare_computer_takes_all_of_it() {
        let bare = Here { clinic: None, logs: BTreeMap::new(), ..here(&[]) };
        let planned = plan(RestoreMode::Replace, &source(&[("one", 90), ("two", 5)]), &bare, false).unwrap();
        assert_eq!((planned.added, planned.same, planned.lacking), (95, 0, 0));
        let boasts = source(&["one", "two", "three"].map(|name| (name, u64::MAX / 2)));
        assert_eq!(plan(RestoreMode::Replace, &boasts, &bare, false).unwrap().added, u64::MAX);
    }

    #[test]
    fn each_refusal_is_named() {
        let ours = here(&[("one", 100)]);
        let bars = |source: &Source, here: &Here| plan(RestoreMode::Rejoin, source, here, false).unwrap_err();
        let theirs = Source { clinic: clinic("theirs"), ..source(&[]) };
        assert_eq!(bars(&theirs, &ours), Barred::OtherClinic);
        let newer = Source { schema: 4, ..source(&[]) };
        assert_eq!(bars(&newer, &ours), Barred::Newer { schema: 4 });
        let gap = Source { gap: Some((41, 60)), ..source(&[]) };
        assert_eq!(bars(&gap, &ours), Barred::Gap { from: 41, to: 60 });
        let forked = Here { apart: [(log("one"), 98)].into(), ..ours };
        assert_eq!(bars(&source(&[("one", 100)]), &forked), Barred::Differs { incarnation: log("one").0 });
        // Whatever stands here makes way where it is replaced.
        let there = source(&[("one", 101)]);
        assert_eq!(plan(RestoreMode::Replace, &there, &forked, false), Err(Barred::Older { lacking: 2 }));
        let planned = plan(RestoreMode::Replace, &there, &forked, true).unwrap();
        assert_eq!((planned.added, planned.same, planned.lacking), (3, 98, 2));
        assert_eq!(planned.unknown, [(log("one"), (99, 101))].into());
    }
}
