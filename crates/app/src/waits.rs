//! How long somebody waits after refused tries, by a clock that no setting of the wall clock moves.

use crate::door::Door;
use crate::refusal::{Code, Refusal};

/// The monotonic time since waits were last counted down.
#[derive(Default)]
pub(crate) struct Waits(Option<u64>);

impl Waits {
    pub(crate) fn passed(&self, now: u64) -> u64 {
        self.0.map_or(0, |since| now.saturating_sub(since))
    }

    fn restart(&mut self, now: u64) {
        self.0 = Some(now);
    }

    /// Counts a try of `who` as refused before the password is looked at: what a wrong password will get,
    /// or why none is looked at now.
    pub(crate) fn count(&mut self, memory: &mut Door, now: u64, who: &str) -> Result<Refusal, Refusal> {
        let passed = self.passed(now);
        for delay in memory.throttles.values_mut() {
            delay.wait = delay.wait.saturating_sub(passed);
        }
        self.restart(now);
        let throttle = memory.throttle(who);
        if throttle.is_disabled() {
            return Err(Refusal::new(Code::SlotDisabled));
        }
        if throttle.wait > 0 {
            return Err(Refusal::new(Code::Wait).with("seconds", throttle.wait.div_ceil(1000)));
        }
        let counted = throttle.refuse();
        memory.set_throttle(who, counted);
        let refusal = Refusal::new(Code::NotRecognised);
        Ok(if counted.wait > 0 { refusal.with("seconds", counted.wait / 1000) } else { refusal })
    }

    /// Begins with the process: what passed while it was down does not count.
    pub(crate) fn begin(now: u64) -> Self {
        Self(Some(now))
    }
}
