//! What a job works with: the desk for a moment at a time, and nobody's desk while it reads and writes on a target.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use domain::jobs::JobKind;
use store::StoreError;
use store::backup::{BackupFault, Target};

use super::kept::Kept;
use crate::command::Tag;
use crate::desk::{Desk, Open, Phase};
use crate::refusal::{Code, Refusal};
use crate::running::{Running, Stop};
use crate::sync::rounds::Shell;
use crate::world::World;

/// Why a job ended before it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    /// Something is wrong with the target.
    Fault(BackupFault),
    /// The desk refused.
    Refused(Refusal),
    /// A trial did not come out as it should: the word says how.
    Wrong(&'static str),
    /// Somebody stopped it, signed out, or its time was over.
    Stopped,
}

impl NotDone {
    /// The word under which it is kept; none where nothing is wrong.
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::Fault(fault) => Some(match fault {
                BackupFault::Gone => "gone",
                BackupFault::Full => "full",
                BackupFault::ReadOnly => "read_only",
                BackupFault::Elsewhere => "elsewhere",
                BackupFault::Attacked => "attacked",
                BackupFault::Newer => "newer",
                BackupFault::Damaged(_) | BackupFault::Missing(_) => "damaged",
                BackupFault::Failed => "failed",
            }),
            Self::Refused(refusal) => Some(refusal.code.word()),
            Self::Wrong(word) => Some(word),
            Self::Stopped => None,
        }
    }
}

impl From<BackupFault> for NotDone {
    fn from(fault: BackupFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

/// The hands of one job.
pub(crate) struct Hands<'a, S> {
    shell: &'a S,
    kind: JobKind,
    about: String,
    stop: Stop,
    /// Until when it may take, by the clock that only runs forward, in milliseconds.
    until: Option<u64>,
    /// Bytes, entries or objects that are done, and of how many.
    progress: Cell<(u64, u64)>,
    told: Cell<u64>,
}

/// Windows hear of progress so often at most, in milliseconds.
const TOLD_EACH: u64 = 250;

impl<'a, S: Shell> Hands<'a, S> {
    pub(crate) fn of(shell: &'a S, kind: JobKind, about: &str, until: Option<u64>) -> Self {
        let (progress, told) = (Cell::default(), Cell::default());
        Self { shell, kind, about: about.to_owned(), stop: Stop::default(), until, progress, told }
    }

    /// Takes the desk for a moment.
    pub(crate) fn desk<T>(
        &self,
        work: impl FnOnce(&mut Open, &mut World) -> Result<T, Refusal>,
    ) -> Result<T, NotDone> {
        let (done, of) = self.progress.get();
        let (kind, about, stop) = (self.kind, self.about.clone(), self.stop.clone());
        self.rest();
        let taken = self.shell.lend(|desk| {
            let now = desk.world.clock.monotonic();
            if self.stop.is_wished() || self.until.is_some_and(|until| now >= until) {
                return Err(NotDone::Stopped);
            }
            desk.running = Some(Running { kind, about, done, of, stop });
            let Phase::Open(open) = &mut desk.phase else { return Err(NotDone::Stopped) };
            let done = work(open, &mut desk.world).map_err(NotDone::Refused)?;
            self.stop.works(true);
            Ok((done, now))
        });
        let (result, now) = taken.unwrap_or(Err(NotDone::Stopped))?;
        if now >= self.told.get() + TOLD_EACH {
            self.told.set(now);
            self.shell.tell(&[Tag::JOBS]);
        }
        Ok(result)
    }

    /// Notes that nothing is written without the desk from here on.
    pub(crate) fn rest(&self) {
        self.stop.works(false);
    }

    /// Whether somebody waits for it.
    pub(crate) fn is_hurried(&self) -> bool {
        self.until.is_some()
    }

    /// Works on the target. Where the time is limited that is on a thread of its own: a share that hangs holds nobody longer,
    /// and what hangs there ends with it.
    pub(super) fn away<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let Some(until) = self.until else { return Ok(work()) };
        let now = self.shell.lend(|desk| desk.world.clock.monotonic()).ok_or(NotDone::Stopped)?;
        within(Duration::from_millis(until.saturating_sub(now)), work)
    }

    /// Notes that so much of so much is done.
    pub(crate) fn progress(&self, done: u64, of: u64) {
        self.progress.set((done, of));
    }

    /// Notes that so much more is done.
    pub(crate) fn more(&self, done: u64) {
        let (before, of) = self.progress.get();
        self.progress.set((before + done, of));
    }
}

/// What comes of `work` within so much time.
fn within<T: Send + 'static>(
    left: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NotDone> {
    let (tell, hear) = mpsc::channel();
    let begun = thread::Builder::new().name("backup".to_owned()).spawn(move || tell.send(work()));
    begun.map_err(|_| NotDone::Fault(BackupFault::Failed))?;
    hear.recv_timeout(left).map_err(|_| NotDone::Stopped)
}

/// Where a target is now: where it was last, or wherever its stick is plugged in.
pub(crate) fn find(kept: &Kept, mounts: &[PathBuf]) -> Result<(Target, PathBuf), BackupFault> {
    let places = std::iter::once(PathBuf::from(&kept.path)).chain(mounts.iter().cloned());
    for place in places {
        let target = Target::at(&place);
        if target.mark().is_some_and(|mark| kept.is_known_by(&mark)) {
            return Ok((target, place));
        }
    }
    Err(BackupFault::Gone)
}

/// A desk that whoever holds it works at alone: at the terminal, and before somebody leaves.
pub(crate) struct Alone<'a>(RefCell<&'a mut Desk>);

/// The desk as a shell that lends it to one job after the other.
pub(crate) fn alone(desk: &mut Desk) -> Alone<'_> {
    Alone(RefCell::new(desk))
}

impl Shell for Alone<'_> {
    fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let mut desk = self.0.try_borrow_mut().ok()?;
        Some(work(&mut desk))
    }

    fn tell(&self, _: &[Tag]) {}
}

/// What is said where a target is not what it should be while somebody chooses it.
pub(super) fn refused(fault: BackupFault) -> Refusal {
    let word = NotDone::Fault(fault).word().unwrap_or_default().to_owned();
    Refusal::new(Code::NotBackedUp).with("reason", word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_hangs_holds_nobody_longer_than_the_time_that_is_left() {
        let (comes_back, hangs) = mpsc::channel::<()>();
        assert_eq!(within(Duration::from_millis(20), move || hangs.recv().is_ok()), Err(NotDone::Stopped));
        drop(comes_back);
        assert_eq!(within(Duration::from_secs(60), || 7), Ok(7));
    }
}
