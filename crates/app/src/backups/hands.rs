//! What a job works with: the desk for a moment at a time, and nobody's desk while it reads and writes on a target.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use domain::jobs::JobKind;
use store::StoreError;
use store::backup::{Backup, BackupFault};

use super::reach::called;
use crate::command::Tag;
use crate::desk::{Desk, Open, Phase};
use crate::patience;
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
                BackupFault::Unreadable(_) => "unreadable",
                BackupFault::NoFile(_) => "no_file",
                BackupFault::Hangs => "hangs",
                BackupFault::Refused(code) => code,
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
    /// Whether somebody waits for it.
    hurried: bool,
    /// Bytes, entries or objects that are done, and of how many.
    progress: Cell<(u64, u64)>,
    told: Cell<u64>,
}

/// A share that says nothing for so long hangs, in milliseconds, and for so many bytes more it has one more each: a slow stick
/// writes 100 kB a second, a poor line brings 2 kB.
const NEAR: u64 = 60_000;
const NEAR_EACH: u64 = 100;
const FAR: u64 = 180_000;
const FAR_EACH: u64 = 2;

/// Windows hear of progress so often at most, in milliseconds.
const TOLD_EACH: u64 = 250;

impl<'a, S: Shell> Hands<'a, S> {
    pub(crate) fn of(shell: &'a S, kind: JobKind, about: &str, until: Option<u64>) -> Self {
        let (progress, told, hurried) = (Cell::default(), Cell::default(), false);
        Self { shell, kind, about: about.to_owned(), stop: Stop::default(), until, hurried, progress, told }
    }

    /// The same for somebody who waits for it.
    pub(crate) fn hurried(self) -> Self {
        Self { hurried: true, ..self }
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
        self.hurried
    }

    /// Works on the target, with so many `bytes` to write or read there, on a thread of its own: a share that hangs holds
    /// nobody longer than such work takes, and what hangs there ends with it.
    pub(super) fn away<T: Send + 'static>(
        &self,
        (bytes, far): (u64, bool),
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let takes = if far { FAR + bytes / FAR_EACH } else { NEAR + bytes / NEAR_EACH };
        let told =
            self.shell.lend(|desk| (desk.world.clock.monotonic(), called(&desk.world.folder, &self.about)));
        let (now, about) = told.ok_or(NotDone::Stopped)?;
        let left = self.until.map_or(takes, |until| takes.min(until.saturating_sub(now)));
        let done = patience::within(&about, Duration::from_millis(left), work);
        // Where the time was over before it was too long, nobody can say that it hangs.
        let hangs = if left < takes { NotDone::Stopped } else { NotDone::Fault(BackupFault::Hangs) };
        done.ok_or(hangs)
    }

    /// Works on `backup`, with so many bytes to write or read there.
    pub(super) fn on<T: Send + 'static>(
        &self,
        backup: &Backup,
        bytes: u64,
        work: impl FnOnce(&Backup) -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let (backup, far) = (backup.clone(), backup.keeps_all());
        self.away((bytes, far), move || work(&backup))
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
