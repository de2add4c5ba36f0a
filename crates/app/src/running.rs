//! The job that is under way at this desk: how far it is, and whether it is to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

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
    works: Arc<(Mutex<bool>, Condvar)>,
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
        let (now, changed) = &*self.works;
        *now.lock().unwrap_or_else(PoisonError::into_inner) = works;
        changed.notify_all();
    }

    /// Wishes that it ends, and waits so long at most until it writes no more; whether it has let go.
    pub(crate) fn lets_go(&self, at_most: Duration) -> bool {
        self.wish();
        let (now, changed) = &*self.works;
        let works = now.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(works, at_most, |works| *works);
        !*waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_job_has_let_go_once_it_writes_no_more_and_not_before() {
        let stop = Stop::default();
        stop.works(true);
        assert!(!stop.lets_go(Duration::from_millis(20)));
        assert!(stop.is_wished());
        let job = stop.clone();
        let done = thread::spawn(move || job.works(false));
        assert!(stop.lets_go(Duration::from_secs(60)));
        done.join().unwrap();
    }
}
