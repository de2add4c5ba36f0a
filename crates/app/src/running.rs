//! The job that is under way at this desk: how far it is, and whether it is to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::jobs::JobKind;

/// A job under way.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) kind: JobKind,
    /// What it is about; empty where there is one alone.
    pub(crate) about: String,
    /// How many bytes, entries or objects are done, and of how many; zero where that is not known.
    pub(crate) done: u64,
    pub(crate) of: u64,
    pub(crate) stop: Stop,
}

/// The wish that a job ends, and whether it has let go of what it writes; every copy is the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop {
    wished: Arc<AtomicBool>,
    works: Arc<AtomicBool>,
}

impl Stop {
    pub(crate) fn wish(&self) {
        self.wished.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_wished(&self) -> bool {
        self.wished.load(Ordering::SeqCst)
    }

    /// Notes whether the job works without the desk now. While it waits for the desk it writes nowhere, and where its end is
    /// wished it never goes on from there.
    pub(crate) fn works(&self, works: bool) {
        self.works.store(works, Ordering::SeqCst);
    }

    /// Whether it waits for the desk.
    pub(crate) fn waits(&self) -> bool {
        !self.works.load(Ordering::SeqCst)
    }
}
