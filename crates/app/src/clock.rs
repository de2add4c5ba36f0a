//! The clocks of the machine: the only place below the shells that reads them.

use std::fs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Time.
pub trait Clock: Send {
    /// Milliseconds since 1970 by the wall clock, which may jump.
    fn now(&self) -> u64;
    /// Milliseconds of a clock that only runs forward, from wherever it began.
    fn monotonic(&self) -> u64;
    /// How long the machine has been running.
    fn uptime(&self) -> Uptime;
}

/// How long a machine has been running since it was started. No setting of a clock moves it, and every process of the
/// machine reads the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// Which start that was: another after each.
    pub start: String,
    /// Milliseconds since then, sleep among them.
    pub milliseconds: u64,
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

    fn uptime(&self) -> Uptime {
        // Where the system tells no uptime, that of this process stands for it: a wait then stops with the process.
        uptime_of_the_machine().unwrap_or_else(|| Uptime {
            start: format!("process {}", std::process::id()),
            milliseconds: self.monotonic(),
        })
    }
}

/// What Linux says: the seconds come first in `uptime`, to the hundredth.
fn uptime_of_the_machine() -> Option<Uptime> {
    let start = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?.trim().to_owned();
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    let milliseconds = seconds.parse::<u64>().ok()? * 1000 + hundredths.parse::<u64>().ok()? * 10;
    Some(Uptime { start, milliseconds })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn two_clocks_of_one_machine_tell_one_uptime_and_it_runs_forward() {
        let (one, other) = (SystemClock::new().uptime(), SystemClock::new().uptime());
        assert_eq!(one.start, other.start);
        assert!(other.milliseconds >= one.milliseconds && other.milliseconds - one.milliseconds < 10_000);
    }
}
