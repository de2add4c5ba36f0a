//! Work that nobody waits for: which is due, a thread beside the rounds that does it, and what a person sees and stops of it.
//! It takes the desk a moment at a time, so that whoever works at it does not wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use domain::RecordId;
use domain::backup::BackupSort;
use domain::jobs::{AFTER_FRIDAY_NOON, JobKind, JobOutcome, MONTHLY, QUIET, Schedule};
use domain::settings::BACKUP_EVERY;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, JobRow};
use ts_rs::TS;

use crate::backups::{Hands, Kept, NotDone, Seen, alone, back_up, check, ended, has_news, targets, trial};
use crate::command::{Nothing, Tag};
use crate::desk::{Desk, Phase};
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::settings::holding;
use crate::sync::rounds::Shell;

/// What the thread hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEvent {
    /// A person asked for something.
    Asked,
    /// The screen was locked: what is new is backed up now.
    Locked,
}

/// What the jobs hear of when the command `name` was done.
#[must_use]
pub fn job_event(name: &str) -> Option<JobEvent> {
    match name {
        "back_up_now" | "edit_targets" | "check_backup" | "test_restore" => Some(JobEvent::Asked),
        "lock" => Some(JobEvent::Locked),
        _ => None,
    }
}

/// A job as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct JobShown {
    /// What it is.
    pub kind: JobKind,
    /// The target that it is about.
    pub target: RecordId,
    /// What that is called.
    pub name: String,
    /// Whether it is under way.
    pub running: bool,
    /// Whether it waits for its turn.
    pub asked: bool,
    /// How many bytes, entries or objects are done of one that is under way.
    pub done: u64,
    /// Of how many; zero where that is not known.
    pub of: u64,
    /// When it ended last, with offset.
    pub ended: Option<String>,
    /// How it ended.
    pub outcome: Option<JobOutcome>,
    /// Why it was not done: `gone`, `hangs`, `full`, `read_only`, `elsewhere`, `attacked`, `newer`, `damaged`, `failed`,
    /// `differs`, `no_room`, the code of a refusal, or the server's own word.
    pub fault: Option<String>,
    /// Until when the next try waits, with offset.
    pub waits: Option<String>,
}

/// The jobs of this workstation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Jobs {
    /// Those under way first, then by what they are about.
    pub rows: Vec<JobShown>,
}

/// A job to stop.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelJob {
    /// What it is.
    pub kind: JobKind,
    /// The target that it is about.
    pub target: RecordId,
}

const A_DAY: u64 = 86_400_000;
/// What begins at lock ends after so long, in milliseconds; what is left goes on the next time.
const AT_LOCK: u64 = 10 * 60_000;
/// Without anything to hear it looks so often whether something is due.
const A_LOOK: Duration = Duration::from_secs(20);

/// Starts the thread; it ends when the sender that this returns is dropped.
///
/// # Errors
/// When the system gives no thread.
pub fn start(shell: impl Shell + Send + 'static) -> std::io::Result<Sender<JobEvent>> {
    let (sender, events) = channel();
    thread::Builder::new().name("jobs".to_owned()).spawn(move || {
        while catch_unwind(AssertUnwindSafe(|| run(&shell, &events))).is_err() {
            shell.tell(&[Tag::SESSION]);
        }
    })?;
    Ok(sender)
}

fn run(shell: &impl Shell, events: &Receiver<JobEvent>) {
    loop {
        match events.recv_timeout(A_LOOK) {
            Ok(JobEvent::Locked) => work(shell, true),
            Ok(JobEvent::Asked) | Err(RecvTimeoutError::Timeout) => work(shell, false),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Does what is due at a desk that nobody else holds, as at the terminal.
pub fn work_alone(desk: &mut Desk) {
    work(&alone(desk), false);
}

/// Does one job after the other until none is due. Where somebody leaves, `leaving`, what is new is backed up at once.
fn work(shell: &impl Shell, leaving: bool) {
    let mut done = Vec::new();
    let until = leaving.then(|| shell.lend(|desk| desk.world.clock.monotonic() + AT_LOCK)).flatten();
    while let Some((kind, id, began)) = due(shell, leaving, &done) {
        let hands = Hands::of(shell, kind, &id.to_string(), until);
        let result = match kind {
            JobKind::BackUp => back_up(&hands, id, BackupSort::Quick).map(drop),
            JobKind::CompleteBackup => back_up(&hands, id, BackupSort::Complete).map(drop),
            JobKind::CheckBackup => check(&hands, id),
            JobKind::TestRestore => trial(&hands, id),
        };
        hands.rest();
        shell.lend(|desk| ended(desk, kind, id, began, &result));
        shell.tell(&[Tag::JOBS, Tag::BACKUPS]);
        if result == Err(NotDone::Stopped) {
            return;
        }
        done.push((kind, id));
    }
}

/// The job that is due now and was not just done. Where sticks are is looked for without the desk.
fn due(shell: &impl Shell, leaving: bool, done: &[(JobKind, RecordId)]) -> Option<(JobKind, RecordId, u64)> {
    let (all, mounts, spares) = shell.lend(|desk| {
        let (mounts, spares) = (Arc::clone(&desk.world.mounts), Arc::clone(&desk.world.spares));
        let Phase::Open(open) = &mut desk.phase else { return None };
        Some((targets(&open.store.act().ok()?).ok()?, mounts, spares))
    })??;
    let spared = all.iter().any(Kept::is_server) && spares();
    let seen = Seen::look(all.iter().filter(|kept| kept.is_stick()), &mounts);
    // What is away is neither tried nor told again and again; a folder that is away is.
    let there = |kept: &&Kept| kept.is_worth_a_try(|| seen.place(kept).is_ok());
    let present: Vec<&Kept> = all.iter().filter(there).collect();
    shell.lend(|desk| next(desk, (leaving, spared), &present, done)).flatten()
}

fn next(
    desk: &mut Desk,
    (leaving, spared): (bool, bool),
    present: &[&Kept],
    done: &[(JobKind, RecordId)],
) -> Option<(JobKind, RecordId, u64)> {
    let now = desk.world.clock.now();
    let quiet = desk.world.clock.monotonic().saturating_sub(desk.typed) >= QUIET;
    let Phase::Open(open) = &mut desk.phase else { return None };
    let act = open.store.act().ok()?;
    let look = Look { act: &act, place: &open.place, now, quiet, leaving, spared };
    let (kind, id) = look.due(present, done).ok()??;
    Some((kind, id, now))
}

struct Look<'a> {
    act: &'a Act<'a>,
    place: &'a Place,
    now: u64,
    quiet: bool,
    leaving: bool,
    /// Whether nothing goes over the line but what a person asked for.
    spared: bool,
}

impl Look<'_> {
    fn due(
        &self,
        present: &[&Kept],
        done: &[(JobKind, RecordId)],
    ) -> Result<Option<(JobKind, RecordId)>, Refusal> {
        for kind in JobKind::ALL {
            for kept in present.iter().filter(|kept| !done.contains(&(*kind, kept.id))) {
                let job = self.act.job(*kind, &kept.id.to_string())?;
                // What was away and is there again has nothing to wait for.
                let is_back = kept.is_stick() && job.is_away() && job.outcome == Some(JobOutcome::Failed);
                let waits = !is_back && job.waits.is_some_and(|until| self.now < until);
                let waits = waits || (self.spared && kept.is_server());
                if job.asked.is_some() || (!waits && self.is_due(*kind, kept, &job, present)?) {
                    return Ok(Some((*kind, kept.id)));
                }
            }
        }
        Ok(None)
    }

    fn is_due(&self, kind: JobKind, kept: &Kept, job: &JobRow, present: &[&Kept]) -> Result<bool, Refusal> {
        let offset = self.place.zone.offset(self.now);
        let passed = |schedule: Schedule, done| schedule.due(done, self.now, offset) <= self.now;
        Ok(match kind {
            JobKind::BackUp => {
                let every = holding(self.act, self.place, &BACKUP_EVERY)? * 60_000;
                (self.leaving || passed(Schedule::Every(every), job.done))
                    && has_news(self.act, kept, self.place.incarnation)?
            }
            // It is the beginning of a trial, and somebody may ask for it.
            JobKind::CompleteBackup => false,
            // A stick is read when it is plugged in, a folder each month.
            JobKind::CheckBackup => {
                let schedule = if kept.is_stick() { Schedule::Every(A_DAY) } else { MONTHLY };
                kept.last.is_some() && passed(schedule, kept.whole.max(job.done))
            }
            // The trial of the week is of the newest backup there is.
            JobKind::TestRestore => {
                let newest = present.iter().filter_map(|kept| Some((kept.last.as_ref()?.at, kept.id))).max();
                let tried = self.act.jobs(kind)?.iter().filter_map(|job| job.done).max();
                self.quiet && newest.is_some_and(|(_, id)| id == kept.id) && passed(AFTER_FRIDAY_NOON, tried)
            }
        })
    }
}

/// The jobs of this workstation.
pub(crate) fn jobs(seat: &mut Seat, _: Nothing) -> Result<Jobs, Refusal> {
    let all = targets(seat.act)?;
    let mut rows = Vec::new();
    for kept in &all {
        for kind in JobKind::ALL {
            let about = kept.id.to_string();
            let job = seat.act.job(*kind, &about)?;
            let running =
                seat.running.as_ref().filter(|running| (running.kind, &running.about) == (*kind, &about));
            if running.is_none() && job.asked.is_none() && job.ended.is_none() {
                continue;
            }
            let wall = |at: Option<u64>| at.map(|at| seat.place.zone.instant(at).as_str().to_owned());
            rows.push(JobShown {
                kind: *kind,
                target: kept.id,
                name: kept.name.clone(),
                running: running.is_some(),
                asked: job.asked.is_some(),
                done: running.map_or(0, |running| running.done),
                of: running.map_or(0, |running| running.of),
                ended: wall(job.ended),
                outcome: job.outcome,
                fault: job.fault,
                waits: wall(job.waits.filter(|until| *until > seat.moment.now)),
            });
        }
    }
    rows.sort_by_key(|row| !row.running);
    Ok(Jobs { rows })
}

/// Stops a job that is under way, or takes back that somebody asked for it. What it has written stays, and the next run
/// goes on from there: a backup once its minutes have passed, anything else a day later.
pub(crate) fn cancel_job(seat: &mut Seat, input: CancelJob) -> Result<Nothing, Refusal> {
    let about = input.target.to_string();
    let job = seat.act.job(input.kind, &about)?;
    let running =
        seat.running.as_ref().filter(|running| (running.kind, &running.about) == (input.kind, &about));
    if let Some(running) = running {
        running.stop.wish();
    } else if job.asked.is_none() {
        return Err(Refusal::new(Code::NotFound));
    }
    let pause = match input.kind {
        JobKind::BackUp => holding(seat.act, seat.place, &BACKUP_EVERY)? * 60_000,
        JobKind::CompleteBackup | JobKind::CheckBackup | JobKind::TestRestore => A_DAY,
    };
    let waits = Some(seat.moment.now + pause);
    seat.act.keep_job(input.kind, &JobRow { asked: None, waits, ..job })?;
    Ok(Nothing {})
}
