//! The clocks of the machine: the only place below the shells that reads them.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Time.
pub trait Clock: Send {
    /// Milliseconds since 1970 by the wall clock, which may jump.
    fn now(&self) -> u64;
    /// Milliseconds of a clock that only runs forward, from wherever it began.
    fn monotonic(&self) -> u64;
}

/// The machine's own clocks.
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Clocks that begin to run now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this file is the one that reads the machine's clocks")]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this file is the one that reads the machine's clocks")]
    fn now(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    #[expect(clippy::disallowed_methods, reason = "this file is the one that reads the machine's clocks")]
    fn monotonic(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
