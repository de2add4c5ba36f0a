//! Waiting for what may never answer: a share whose server is away, a stick that broke. It is asked on a thread of its own, so
//! that nobody waits longer than they can; while it hangs it is not asked again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What hangs, by a number of its own. What hangs, hangs for the whole program.
static HANGING: Mutex<BTreeMap<u64, String>> = Mutex::new(BTreeMap::new());
static NUMBER: AtomicU64 = AtomicU64::new(0);

fn hanging() -> MutexGuard<'static, BTreeMap<u64, String>> {
    HANGING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Work that was begun and may never end.
pub(crate) struct Begun<T> {
    about: String,
    number: u64,
    ended: Arc<AtomicBool>,
    hears: mpsc::Receiver<T>,
}

/// Begins `work` on what is called `about`; none while that hangs.
pub(crate) fn begin<T: Send + 'static>(
    about: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<Begun<T>> {
    if hanging().values().any(|hangs| hangs == about) {
        return None;
    }
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let ended = Arc::new(AtomicBool::new(false));
    let (tell, hears) = mpsc::channel();
    let ends = Arc::clone(&ended);
    let begun = thread::Builder::new().name("backup".to_owned()).spawn(move || {
        let done = work();
        let mut hanging = hanging();
        ends.store(true, Ordering::SeqCst);
        hanging.remove(&number);
        drop(hanging);
        // Nobody may wait for it any more.
        tell.send(done).ok();
    });
    begun.ok()?;
    Some(Begun { about: about.to_owned(), number, ended, hears })
}

impl<T> Begun<T> {
    /// What comes of it within so much time; none where it hangs.
    pub(crate) fn within(self, limit: Duration) -> Option<T> {
        match self.hears.recv_timeout(limit) {
            Ok(done) => return Some(done),
            // It has ended, and not as it should.
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let mut hanging = hanging();
        if !self.ended.load(Ordering::SeqCst) {
            hanging.insert(self.number, self.about);
            return None;
        }
        drop(hanging);
        self.hears.recv().ok()
    }
}

/// What comes of `work` on what is called `about` within so much time; none where it hangs.
pub(crate) fn within<T: Send + 'static>(
    about: &str,
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    begin(about, work)?.within(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_holds_nobody_and_is_asked_again_once_it_has_answered() {
        let (comes_back, hangs) = mpsc::channel::<()>();
        let (tell, ended) = mpsc::channel::<()>();
        let share = move || {
            hangs.recv().ok();
            drop(tell);
        };
        assert_eq!(within("share", Duration::from_millis(20), share), None);
        assert_eq!(within("share", Duration::from_secs(60), || 7), None, "it still hangs");
        assert_eq!(within("stick", Duration::from_secs(60), || 7), Some(7), "another does not");
        drop(comes_back);
        assert!(ended.recv().is_err());
        let again = (0..10_000).find_map(|_| {
            thread::yield_now();
            within("share", Duration::from_secs(60), || 7)
        });
        assert_eq!(again, Some(7));
    }

    #[test]
    fn work_that_panics_is_no_answer_and_is_not_waited_for() {
        assert_eq!(within("panics", Duration::from_secs(60), || -> u8 { panic!("in a test") }), None);
    }
}
