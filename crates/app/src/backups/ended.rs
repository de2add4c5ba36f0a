//! How a job ended: what is kept of it, and when it is tried again.

use crypto::random;
use domain::RecordId;
use domain::jobs::{JobKind, JobOutcome, back_off};
use store::JobRow;

use super::hands::NotDone;
use crate::desk::{Desk, Phase};
use crate::refusal::{Code, Refusal};

/// A workstation that nobody has let in yet looks so often whether somebody has, in milliseconds.
const UNTIL_LET_IN: u64 = 60_000;

/// Keeps how the job of `kind` about the target `id`, which began at `began`, ended.
pub(crate) fn ended(
    desk: &mut Desk,
    kind: JobKind,
    id: RecordId,
    began: u64,
    result: &Result<(), NotDone>,
) -> Result<(), Refusal> {
    desk.running = None;
    let now = desk.world.clock.now();
    let chance = u16::from_be_bytes(random(&mut *desk.world.entropy));
    // What was stopped by a sign-out goes on with the next run.
    let Phase::Open(open) = &mut desk.phase else { return Ok(()) };
    let act = open.store.act()?;
    let job = act.job(kind, &id.to_string())?;
    let (began, ended) = (Some(began), Some(now));
    let job = match result {
        Ok(()) => JobRow {
            done: Some(now),
            outcome: Some(JobOutcome::Done),
            fault: None,
            failures: 0,
            waits: None,
            asked: None,
            began,
            ended,
            ..job
        },
        // Nothing is wrong at the target, and soon after somebody has let this workstation in it goes on.
        Err(NotDone::Refused(refusal)) if refusal.code == Code::Restored => JobRow {
            outcome: Some(JobOutcome::Stopped),
            fault: None,
            failures: 0,
            waits: Some(now + UNTIL_LET_IN),
            asked: None,
            began,
            ended,
            ..job
        },
        Err(NotDone::Stopped) => {
            JobRow { outcome: Some(JobOutcome::Stopped), asked: None, began, ended, ..job }
        }
        Err(not_done) => {
            let failures = job.failures.saturating_add(1);
            JobRow {
                outcome: Some(JobOutcome::Failed),
                fault: not_done.word().map(ToOwned::to_owned),
                failures,
                waits: Some(now + back_off(failures, chance)),
                asked: None,
                began,
                ended,
                ..job
            }
        }
    };
    act.keep_job(kind, &job)?;
    Ok(act.commit()?)
}
