//! How long somebody waits after refused tries, by a clock that neither a setting nor the end of a program moves.

use crate::clock::Uptime;
use crate::door::{Counted, Door};
use crate::refusal::{Code, Refusal};

impl Door {
    /// Counts the waits down by what has passed. After a start of the machine that is its uptime: a wait began before.
    pub(crate) fn pass(&mut self, up: &Uptime) {
        let passed = match &self.counted {
            Some(counted) if counted.start == up.start => up.milliseconds.saturating_sub(counted.at),
            Some(_) => up.milliseconds,
            None => 0,
        };
        for delay in self.throttles.values_mut() {
            delay.wait = delay.wait.saturating_sub(passed);
        }
        self.counted = Some(Counted { start: up.start.clone(), at: up.milliseconds });
    }

    /// Why no password of `who` is looked at now.
    pub(crate) fn may_try(&self, who: &str) -> Result<(), Refusal> {
        let throttle = self.throttle(who);
        if throttle.is_disabled() {
            return Err(Refusal::new(Code::SlotDisabled));
        }
        match throttle.wait.div_ceil(1000) {
            0 => Ok(()),
            seconds => Err(Refusal::new(Code::Wait).with("seconds", seconds)),
        }
    }

    /// Counts a wrong password of `who`; returns what they hear.
    pub(crate) fn refuse(&mut self, who: &str) -> Refusal {
        let counted = self.throttle(who).refuse();
        self.set_throttle(who, counted);
        let refusal = Refusal::new(Code::NotRecognised);
        if counted.wait > 0 { refusal.with("seconds", counted.wait / 1000) } else { refusal }
    }
}
