//! When work that nobody waits for is due: backups, checks, trials. Pure: time and chance are arguments. A job has no
//! author, so it writes no op: it reads, copies, checks and reports.

use crate::choice;

choice! {
    /// Work that is done without a person.
    pub enum JobKind {
        /// A backup of what is new.
        BackUp = "back_up",
        /// A backup of all, which is then read whole.
        CompleteBackup = "complete_backup",
        /// Reading a backup whole.
        CheckBackup = "check_backup",
        /// Restoring a backup into a folder of its own, to see that it can be.
        TestRestore = "test_restore",
    }
}

choice! {
    /// How a job ended last.
    pub enum JobOutcome {
        /// It was done.
        Done = "done",
        /// It was not; a word says why.
        Failed = "failed",
        /// Somebody stopped it, or the program ended: it goes on with the next run.
        Stopped = "stopped",
    }
}

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;
const WEEK: u64 = 7 * DAY;

/// When a job is due, in milliseconds since 1970. What was missed is caught up once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// So many milliseconds after it was done last.
    Every(u64),
    /// Each week once this moment of it has passed: milliseconds from the beginning of Monday, at the site.
    Weekly(u64),
}

/// Once a week after noon on Friday.
pub const AFTER_FRIDAY_NOON: Schedule = Schedule::Weekly(4 * DAY + DAY / 2);
/// Once in thirty days.
pub const MONTHLY: Schedule = Schedule::Every(30 * DAY);
/// A trial waits for so long without anybody typing, in milliseconds.
pub const QUIET: u64 = 30 * MINUTE;

impl Schedule {
    /// When it is due, after it was `done` last, by the clock of a site that is `offset` milliseconds ahead of UTC, at
    /// `now`. What was never done is due at once, weekly work at the next such moment.
    #[must_use]
    pub fn due(self, done: Option<u64>, now: u64, offset: i64) -> u64 {
        match (self, done) {
            (Self::Every(pause), Some(done)) => done.saturating_add(pause),
            (Self::Every(_), None) => now,
            (Self::Weekly(moment), done) => {
                let last = moment_before(now, moment, offset);
                if done.is_some_and(|done| done >= last) { last + WEEK } else { last }
            }
        }
    }
}

/// The last time before `now` at which a week was `moment` old at a site `offset` milliseconds ahead of UTC.
fn moment_before(now: u64, moment: u64, offset: i64) -> u64 {
    // 1 January 1970 was a Thursday: Monday was three days before.
    let local = now.saturating_add_signed(offset) + 3 * DAY;
    let into = local % WEEK;
    let since = if into >= moment { into - moment } else { into + WEEK - moment };
    now.saturating_sub(since)
}

/// The longest and the shortest wait after a failure, in milliseconds.
const SHORTEST: u64 = MINUTE;
const LONGEST: u64 = 6 * 60 * MINUTE;

/// How long to wait after `failures` in a row: doubling from a minute to six hours, and between half and all of that by
/// `chance`.
#[must_use]
pub fn back_off(failures: u32, chance: u16) -> u64 {
    let longest = SHORTEST.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(LONGEST);
    longest / 2 + longest / 2 * u64::from(chance) / u64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday, 22 November 2026, 10:31 in Manila.
    const SUNDAY: u64 = 1_795_314_660_000;
    const MANILA: i64 = 8 * 60 * 60_000;

    #[test]
    fn what_runs_every_so_often_is_due_so_long_after_it_was_done_and_at_once_when_it_never_was() {
        let often = Schedule::Every(15 * MINUTE);
        assert_eq!(often.due(None, SUNDAY, MANILA), SUNDAY);
        assert_eq!(often.due(Some(SUNDAY), SUNDAY + 5, MANILA), SUNDAY + 15 * MINUTE);
    }

    #[test]
    fn weekly_work_is_due_once_a_week_and_caught_up_once() {
        let due = |done| AFTER_FRIDAY_NOON.due(done, SUNDAY, MANILA);
        // Friday noon was 46 hours and 31 minutes before.
        let friday = SUNDAY - (46 * 60 + 31) * MINUTE;
        assert_eq!(due(None), friday);
        assert_eq!(due(Some(friday - 3 * WEEK)), friday);
        assert_eq!(due(Some(friday + MINUTE)), friday + WEEK);
        let late = AFTER_FRIDAY_NOON.due(Some(friday), friday + WEEK + MINUTE, MANILA);
        assert_eq!(late, friday + WEEK);
    }

    #[test]
    fn failures_wait_longer_up_to_six_hours_and_are_spread() {
        assert_eq!([1, 2, 3].map(|failures| back_off(failures, u16::MAX)), [1, 2, 4].map(|m| m * MINUTE));
        assert_eq!(back_off(1, 0), MINUTE / 2);
        assert_eq!(back_off(90, u16::MAX), LONGEST);
    }
}
