//! What a person sees of the backups of this workstation, and the orders that they give.

use std::collections::BTreeMap;

use domain::RecordId;
use domain::backup::{BackupAlarm, BackupSort, UNSEEN, alarm};
use domain::clinic::Workstation;
use domain::jobs::JobKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::hands::refused;
use super::kept::{Kept, targets};
use super::reach::Seen;
use super::targets::TargetSort;
use super::trial::TestedRow;
use crate::command::Nothing;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::settings::holding;

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetState {
    /// Nothing was backed up there yet.
    New,
    /// What was written there reads back.
    Verified,
    /// It was not there for long.
    NotSeen,
    /// The last run did not succeed.
    Failed,
    /// Something that lies there is damaged.
    Damaged,
}

/// The last backup at a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackedUp {
    /// The number of its point.
    pub number: u64,
    /// When, with offset; every object was read back then.
    pub at: String,
    /// What was taken.
    pub sort: Option<BackupSort>,
    /// How long it took, in milliseconds.
    pub took: u64,
    /// How many bytes were written.
    pub bytes: u64,
    /// How many entries are there.
    pub entries: u64,
    /// How many entries are not.
    pub lacking: u64,
    /// How many files are there.
    pub files: u64,
}

/// What a run found damaged or gone at a target, and wrote again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MendedRow {
    /// When, with offset.
    pub at: String,
    /// How many objects.
    pub count: u64,
    /// The first of them, by name.
    pub objects: Vec<String>,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TargetRow {
    /// Its id.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub sort: TargetSort,
    /// Where it was last. Only whoever may change targets is told.
    pub place: Option<String>,
    /// How it stands.
    pub state: TargetState,
    /// Why the last run did not succeed, as a word of a job.
    pub fault: Option<String>,
    /// The first object that is damaged or gone.
    pub damaged: Option<String>,
    /// The others of which the name is told.
    pub others: Vec<String>,
    /// How many more there are.
    pub more: u64,
    /// Whether much of what lies there was changed: nothing is written there until somebody has looked.
    pub attacked: bool,
    /// What a run found damaged or gone there last, and wrote again.
    pub mended: Option<MendedRow>,
    /// Whether it lies on the disk on which the records lie: what takes that disk takes both.
    pub same_disk: bool,
    /// The last backup there.
    pub last: Option<BackedUp>,
    /// When all of it was read last and was whole, with offset.
    pub whole: Option<String>,
    /// When it was there last, with offset.
    pub seen: Option<String>,
    /// For how many days it was not seen, where that is long.
    pub unseen_days: Option<u64>,
    /// When this workstation began anew there, with offset: what lay there before has entries that it never gets.
    pub beside: Option<String>,
    /// Whether backups of the installation before this one are known to lie there, while there is none of this one yet.
    pub former: bool,
}

/// How many entries came on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DayRow {
    /// The day at the site.
    pub day: String,
    /// How many entries.
    pub entries: u64,
}

/// The backups of this workstation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Backups {
    /// What the workstation is called.
    pub workstation: String,
    /// How many entries its log has.
    pub entries: u64,
    /// How many files it has.
    pub files: u64,
    /// How many bytes they are.
    pub file_bytes: u64,
    /// How many entries are in no verified backup.
    pub outside: u64,
    /// Since when the oldest of them is here, with offset.
    pub outside_since: Option<String>,
    /// How loudly that is told.
    pub alarm: Option<BackupAlarm>,
    /// How many minutes pass between two backups while there is something new.
    pub every: u64,
    /// The targets, by name.
    pub targets: Vec<TargetRow>,
    /// The last trial of any of them.
    pub tested: Option<TestedRow>,
    /// How many entries came on each of the last days, earliest first.
    pub days: Vec<DayRow>,
    /// The address of the clinic's server, where it has one. Only whoever may change targets is told.
    pub server: Option<String>,
}

/// What to back up now.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackUpNow {
    /// Where; none for every target.
    pub target: Option<RecordId>,
    /// Whether all of it is taken and read whole, and not what is new alone.
    pub complete: bool,
}

/// A target.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfTarget {
    /// Its id.
    pub target: RecordId,
}

/// So many damaged objects are named besides the first.
const MOST_NAMED: usize = 19;
/// So many days are told.
const DAYS: u64 = 15;
const DAY: u64 = 86_400_000;

/// The backups of this workstation.
pub(crate) fn backups(seat: &mut Seat, _: Nothing) -> Result<Backups, Refusal> {
    shown(seat)
}

pub(super) fn shown(seat: &mut Seat) -> Result<Backups, Refusal> {
    let own = seat.place.incarnation;
    let all = targets(seat.act)?;
    let (outside, oldest, alarm) = outside(seat, &all)?;
    let workstation = seat.act.record(seat.place.workstation)?;
    let workstation = workstation.and_then(|record| record.state.record::<Workstation>().name);
    let (digests, large) = (seat.act.blob_digests()?, seat.folder.large_files());
    let bytes = digests.iter().map(|(_, bytes)| bytes).chain(large.iter().map(|(_, bytes)| bytes)).sum();
    let rows = all.iter().map(|kept| row(seat, kept)).collect::<Result<Vec<_>, _>>()?;
    let logs = seat.act.log_ends(own)?;
    Ok(Backups {
        workstation: workstation.unwrap_or_default(),
        entries: logs.iter().filter(|log| log.scope.is_some()).map(|log| log.size).sum(),
        files: digests.len() as u64,
        file_bytes: bytes,
        outside,
        outside_since: oldest.map(|at| wall(seat, at)),
        alarm,
        every: holding(seat.act, seat.place, &domain::settings::BACKUP_EVERY)?,
        tested: tested(seat, &all),
        targets: rows,
        days: days(seat)?,
        server: if may_edit(seat) { crate::sync::server(seat.act)? } else { None },
    })
}

/// How many entries are in no verified backup, since when the oldest of them is here, and how loudly that is told. What a restored
/// workstation shows before it is let in is in the backup that it came from.
fn outside(seat: &Seat, all: &[Kept]) -> Result<(u64, Option<u64>, Option<BackupAlarm>), Refusal> {
    if seat.place.restored {
        return Ok((0, None, None));
    }
    let verified = all.iter().map(|kept| kept.verified(seat.place.incarnation)).max();
    let Some(verified) = verified else {
        let (outside, oldest) = seat.act.outside(0)?;
        return Ok((outside, oldest, Some(BackupAlarm::NoTarget)));
    };
    let (outside, oldest) = seat.act.outside(verified)?;
    // Of the oldest entries of all nobody has kept when they came: they wait since there is a place for them.
    let oldest = oldest.or_else(|| all.iter().map(|kept| kept.added).min()).filter(|_| outside > 0);
    Ok((outside, oldest, alarm(oldest, seat.moment.now)))
}

/// How loudly whoever looks after the backups is told that something is in none; nobody else is.
pub(crate) fn backup_alarm(seat: &Seat) -> Result<Option<BackupAlarm>, Refusal> {
    if !may_edit(seat) || seat.place.restored {
        return Ok(None);
    }
    let all = targets(seat.act)?;
    // It is asked often, and counting what is in none takes longer than seeing that there is none.
    if all.is_empty() { Ok(Some(BackupAlarm::NoTarget)) } else { Ok(outside(seat, &all)?.2) }
}

fn may_edit(seat: &Seat) -> bool {
    let permission = domain::access::Permission::BackupEdit;
    domain::access::allowed(&seat.subject, permission, Default::default()).is_ok()
}

fn wall(seat: &Seat, at: u64) -> String {
    seat.place.zone.instant(at).as_str().to_owned()
}

fn row(seat: &Seat, kept: &Kept) -> Result<TargetRow, Refusal> {
    let (own, now) = (seat.place.incarnation, seat.moment.now);
    let job = seat.act.job(JobKind::BackUp, &kept.id.to_string())?;
    let unseen = now.saturating_sub(kept.seen.unwrap_or(kept.added));
    let last = kept.last_of(own);
    let state = match last {
        _ if kept.is_doubted() => TargetState::Damaged,
        _ if unseen >= UNSEEN => TargetState::NotSeen,
        // A stick lies in a drawer most of the time.
        _ if job.fault.is_some() && !(kept.is_stick() && job.is_away()) => TargetState::Failed,
        None => TargetState::New,
        Some(_) => TargetState::Verified,
    };
    let backed_up = last
        .map(|last| -> Result<BackedUp, Refusal> {
            Ok(BackedUp {
                number: last.point.number,
                at: wall(seat, last.at),
                sort: BackupSort::ALL.iter().copied().find(|sort| sort.word() == last.point.sort),
                took: last.took,
                bytes: last.bytes,
                entries: last.point.entries,
                lacking: seat.act.outside(last.point.through(domain::backup::Stream::Log))?.0,
                files: last.point.blobs.count,
            })
        })
        .transpose()?;
    let mut others = kept.others.clone().unwrap_or_default();
    let more = others.split_off(others.len().min(MOST_NAMED)).len() as u64;
    Ok(TargetRow {
        id: kept.id,
        name: kept.name.clone(),
        sort: TargetSort::ALL
            .iter()
            .copied()
            .find(|sort| sort.word() == kept.sort)
            .unwrap_or(TargetSort::Folder),
        place: may_edit(seat).then(|| kept.path.clone()),
        state,
        fault: job.fault,
        damaged: kept.damaged.clone(),
        others,
        more: more + kept.unnamed.unwrap_or_default(),
        attacked: kept.attacked == Some(true),
        mended: kept.mended.as_ref().map(|mended| MendedRow {
            at: wall(seat, mended.at),
            count: mended.count,
            objects: mended.objects.clone(),
        }),
        same_disk: kept.same_disk,
        last: backed_up,
        whole: kept.whole.map(|at| wall(seat, at)),
        seen: kept.seen.map(|at| wall(seat, at)),
        unseen_days: (unseen >= UNSEEN).then_some(unseen / DAY),
        beside: kept.beside.map(|at| wall(seat, at)),
        former: kept.last.is_some() && last.is_none(),
    })
}

fn tested(seat: &Seat, all: &[Kept]) -> Option<TestedRow> {
    let tested = all.iter().filter_map(|kept| Some((kept.id, kept.tested.as_ref()?)));
    let (target, tested) = tested.max_by_key(|(_, tested)| tested.began)?;
    Some(TestedRow {
        target,
        at: wall(seat, tested.began),
        seconds: tested.took.div_ceil(1000),
        entries: tested.entries,
        records: tested.records,
        files: tested.files,
        differences: tested.differences,
        fault: tested.fault.clone(),
        signed: tested.signed.is_some(),
        mended: tested.mended.unwrap_or_default(),
    })
}

fn days(seat: &Seat) -> Result<Vec<DayRow>, Refusal> {
    let day = |at: u64| seat.place.zone.day(&seat.place.zone.instant(at)).to_string();
    let since = seat.moment.now.saturating_sub((DAYS - 1) * DAY);
    let mut entries: BTreeMap<String, u64> =
        (0..DAYS).map(|back| (day(seat.moment.now.saturating_sub(back * DAY)), 0)).collect();
    for (at, count) in seat.act.arrivals(since)? {
        *entries.entry(day(at)).or_default() += count;
    }
    Ok(entries.into_iter().map(|(day, entries)| DayRow { day, entries }).collect())
}

/// Notes that somebody asked for a job about the target `id`.
pub(super) fn ask(seat: &Seat, kind: JobKind, id: RecordId) -> Result<(), Refusal> {
    ask_for(seat.act, kind, id, seat.moment.now)
}

/// Notes that a job about the target `id` is asked for at `now`.
pub(super) fn ask_for(act: &store::Act, kind: JobKind, id: RecordId, now: u64) -> Result<(), Refusal> {
    let job = act.job(kind, &id.to_string())?;
    let asked = job.asked.or(Some(now));
    Ok(act.keep_job(kind, &store::JobRow { asked, waits: None, ..job })?)
}

/// That nothing is backed up before a restored workstation is let in: nobody could restore what no administrator vouches for, and
/// nothing is written here until then.
fn is_let_in(seat: &Seat) -> Result<(), Refusal> {
    if seat.place.restored { Err(Refusal::new(Code::Restored)) } else { Ok(()) }
}

/// That one of the targets `of` is there now: what a schedule leaves for another day is told to whoever orders it.
fn is_there(seat: &Seat, of: &[Kept]) -> Result<(), Refusal> {
    if of.iter().any(Kept::is_server) {
        return Ok(());
    }
    let seen = Seen::look(of, &seat.world.mounts);
    let mut places = of.iter().map(|kept| seen.place(kept));
    match places.next() {
        Some(Err(fault)) if places.all(|place| place.is_err()) => Err(refused(fault)),
        _ => Ok(()),
    }
}

/// Asks for a backup. Of several targets those that are away get theirs once they are there again.
pub(crate) fn back_up_now(seat: &mut Seat, input: BackUpNow) -> Result<Nothing, Refusal> {
    is_let_in(seat)?;
    let mut all = targets(seat.act)?;
    if all.is_empty() {
        return Err(Refusal::new(Code::NotBackedUp).with("reason", "no_target"));
    }
    all.retain(|kept| input.target.is_none_or(|target| target == kept.id));
    if all.is_empty() {
        return Err(Refusal::new(Code::NotFound));
    }
    is_there(seat, &all)?;
    let kind = if input.complete { JobKind::CompleteBackup } else { JobKind::BackUp };
    all.iter().try_for_each(|kept| ask(seat, kind, kept.id))?;
    Ok(Nothing {})
}

/// Asks for a check: all that lies there is read.
pub(crate) fn check_backup(seat: &mut Seat, input: OfTarget) -> Result<Nothing, Refusal> {
    order(seat, JobKind::CheckBackup, input)
}

/// Asks for a trial.
pub(crate) fn test_restore(seat: &mut Seat, input: OfTarget) -> Result<Nothing, Refusal> {
    is_let_in(seat)?;
    order(seat, JobKind::TestRestore, input)
}

fn order(seat: &mut Seat, kind: JobKind, input: OfTarget) -> Result<Nothing, Refusal> {
    let mut all = targets(seat.act)?;
    all.retain(|kept| kept.id == input.target);
    if all.is_empty() {
        return Err(Refusal::new(Code::NotFound));
    }
    is_there(seat, &all)?;
    ask(seat, kind, input.target)?;
    Ok(Nothing {})
}
