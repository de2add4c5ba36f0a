//! When the next round is due. Pure: time, chance and what happened are arguments.

use crate::plan::{IDLE, wait};

/// Whoever wrote one thing often writes the next: so long they are waited for, in milliseconds.
pub const SOON: u64 = 1_500;

/// What happened beside the rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Something here changed: a record was written, somebody signed in or out.
    Changed,
    /// A person asked for a round now.
    Asked,
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There was nothing to ask: nobody is signed in, or the clinic has no server.
    Nothing,
    /// It went well, and one side has more for the other.
    More,
    /// It went well, and neither side lacks anything.
    Done,
    /// It failed.
    Failed,
}

/// The state between rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    failures: u32,
    /// Rounds in a row after which there was more.
    row: u32,
    due: Option<u64>,
}

/// So many rounds follow each other at once; a server that then still has more is asked at a walk.
const AT_ONCE: u32 = 40;
/// The pause at a walk, in milliseconds.
const PAUSE: u64 = 250;

impl Rhythm {
    /// Hears of `event` at `now`. A write does not shorten the wait after a failure: only a person does.
    #[must_use]
    pub fn heard(self, event: Event, now: u64) -> Self {
        let due = match event {
            Event::Asked => now,
            Event::Changed if self.failures == 0 => self.due.map_or(now + SOON, |due| due.min(now + SOON)),
            Event::Changed => self.due.unwrap_or(now + SOON),
        };
        Self { due: Some(due), ..self }
    }

    /// Takes in how a round ended at `now`.
    #[must_use]
    pub fn ended(self, end: End, now: u64, chance: u16) -> Self {
        let failures = if end == End::Failed { self.failures.saturating_add(1) } else { 0 };
        let row = if end == End::More { self.row.saturating_add(1) } else { 0 };
        let due = match end {
            End::Nothing => None,
            End::More if row > AT_ONCE => Some(now + PAUSE),
            End::More => Some(now),
            // Spread, so that the workstations of a site do not ask in one second.
            End::Done => Some(now + IDLE - IDLE / 4 * u64::from(chance) / u64::from(u16::MAX)),
            End::Failed => Some(now + wait(failures, chance)),
        };
        Self { failures, row, due }
    }

    /// Milliseconds until the next round; `None` until something happens.
    #[must_use]
    pub fn wait(self, now: u64) -> Option<u64> {
        self.due.map(|due| due.saturating_sub(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::LONGEST_WAIT;

    #[test]
    fn nothing_is_due_until_something_happens() {
        assert_eq!(Rhythm::default().wait(7), None);
        assert_eq!(Rhythm::default().heard(Event::Asked, 7).ended(End::Nothing, 8, 0).wait(9), None);
    }

    #[test]
    fn a_server_that_always_has_more_is_not_asked_without_a_breath() {
        let mut rhythm = Rhythm::default();
        for _ in 0..AT_ONCE {
            rhythm = rhythm.ended(End::More, 0, 0);
            assert_eq!(rhythm.wait(0), Some(0));
        }
        rhythm = rhythm.ended(End::More, 0, 0);
        assert_eq!(rhythm.wait(0), Some(PAUSE));
        assert_eq!(rhythm.ended(End::Done, 0, 0).ended(End::More, 0, 0).wait(0), Some(0));
    }

    #[test]
    fn a_write_is_sent_soon_and_the_next_one_does_not_put_it_off() {
        let rhythm = Rhythm::default().ended(End::Done, 0, 0).heard(Event::Changed, 1_000);
        assert_eq!(rhythm.wait(1_000), Some(SOON));
        assert_eq!(rhythm.heard(Event::Changed, 2_000).wait(2_000), Some(SOON - 1_000));
    }

    #[test]
    fn a_write_never_puts_off_a_round_that_comes_sooner() {
        let rhythm = Rhythm::default().ended(End::Done, 0, 0);
        let left = rhythm.wait(IDLE - 100).unwrap();
        assert_eq!(rhythm.heard(Event::Changed, IDLE - 100).wait(IDLE - 100), Some(left.min(SOON)));
    }

    #[test]
    fn rounds_follow_each_other_while_there_is_more_and_rest_when_there_is_not() {
        assert_eq!(Rhythm::default().ended(End::More, 50, 9).wait(50), Some(0));
        assert_eq!(Rhythm::default().ended(End::Done, 50, 0).wait(50), Some(IDLE));
        assert_eq!(Rhythm::default().ended(End::Done, 50, u16::MAX).wait(50), Some(IDLE - IDLE / 4));
    }

    #[test]
    fn failures_wait_longer_and_longer_and_a_success_forgets_them() {
        let mut rhythm = Rhythm::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            rhythm = rhythm.ended(End::Failed, 0, u16::MAX);
            waits.push(rhythm.wait(0).unwrap());
        }
        assert!(waits.is_sorted() && waits[0] < waits[3] && waits[11] == LONGEST_WAIT, "{waits:?}");
        let again = rhythm.ended(End::Done, 0, 0).ended(End::Failed, 0, u16::MAX);
        assert_eq!(again.wait(0), Some(waits[0]));
    }

    #[test]
    fn while_the_server_is_away_writes_do_not_hurry_but_a_person_does() {
        let away = (0..6).fold(Rhythm::default(), |rhythm, _| rhythm.ended(End::Failed, 0, u16::MAX));
        assert_eq!(away.heard(Event::Changed, 10).wait(10), away.wait(10));
        assert_eq!(away.heard(Event::Asked, 10).wait(10), Some(0));
        let still = away.heard(Event::Asked, 10).ended(End::Failed, 10, u16::MAX);
        assert!(still.wait(10) > away.wait(0), "asking did not make the server come back");
    }
}
