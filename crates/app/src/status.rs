//! The state of this workstation in the words of the top bar, and the check of its tables.

use domain::backup::BackupAlarm;
use domain::clinic::Workstation;
use domain::{RecordId, TOLERANCE};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Folder, FolderError, Voucher, Wrong, people};
use ts_rs::TS;

use crate::backups::backup_alarm;
use crate::command::Nothing;
use crate::door::{Door, device_key};
use crate::findings::{Finding, findings};
use crate::people::{CLINIC_SLOT, SHEET_SLOT};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::Moment;
use crate::sync::{SyncTrouble, holding, number, refused, server_clock, trouble};
use crate::trust::{Vouched, installed};

/// The state of this workstation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Status {
    /// Whether the clinic has a server at all.
    pub attached: bool,
    /// Ops written here that no server has acknowledged.
    pub waiting: u64,
    /// Since when the oldest of them waits, with offset.
    pub waiting_since: Option<String>,
    /// Ops written here that the server has acknowledged.
    pub received: u64,
    /// Ops of others that were taken in here.
    pub applied: u64,
    /// Why rounds with the server do not succeed; none while they do.
    pub trouble: Option<SyncTrouble>,
    /// Transactions written here that were refused and that nobody has looked at yet.
    pub refused: u64,
    /// When this workstation and the server last agreed, `10:42`; none before the first time.
    pub synced: Option<String>,
    /// The day of that.
    pub synced_day: Option<String>,
    /// People who are registered here.
    pub patients: u64,
    /// Clashes that a person has to settle.
    pub conflicts: u64,
    /// The day at the site.
    pub today: String,
    /// The time at the site, `10:42`.
    pub time: String,
    /// Whether the wall clock is behind what was already written down.
    pub clock_behind: bool,
    /// By how many minutes the server's clock was ahead of this computer's when both last spoke, or behind where
    /// negative; none where they agree.
    pub server_clock: Option<i64>,
    /// Whether the disk has so little room that nothing new is taken in.
    pub disk_short: bool,
    /// Entries that were written here and are missing, while the server may still give them back.
    pub missing: u64,
    /// What the opening of the store found wrong with it, until somebody has set it aside.
    pub findings: Vec<Finding>,
    /// How loudly whoever looks after the backups is told that something is in none; none where all is well, and to anybody
    /// else.
    pub backup: Option<BackupAlarm>,
    /// Whether the recovery sheet was printed and read back.
    pub sheet_confirmed: bool,
    /// Where the workstation's own key lies: `file` where there is no keychain.
    pub key_kept_in: String,
}

/// The small files that every workstation has.
const SMALL: &[&str] = &["device", "door", SHEET_SLOT, CLINIC_SLOT];

/// Whether to keep what was made again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rebuild {
    /// Only look: change nothing.
    pub check: bool,
}

/// What making the tables again found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RebuildReport {
    /// Records made again.
    pub records: u64,
    /// The tables that were not what the log says.
    pub differing: Vec<String>,
}

/// What a check of the store's file found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StoreChecked {
    /// Whether every page is as it was written and every table and index is in order.
    pub whole: bool,
    /// What is wrong with it, with the place.
    pub faults: Vec<String>,
    /// The small files beside it that are damaged or gone, by their names.
    pub damaged: Vec<String>,
    /// The files of charts that are damaged or gone; the first of them, where there are many.
    pub files: Vec<FaultyFile>,
}

/// A file of a chart that should be here whole and is not. It is fetched again from wherever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FaultyFile {
    /// Its record; none of bytes that no record of a chart names, such as a certificate's page.
    pub file: Option<RecordId>,
    /// In whose chart.
    pub patient: Option<RecordId>,
    /// Whether it is gone, and not only damaged.
    pub missing: bool,
}

/// More faulty files than this are found by looking again, once the first are mended.
const MOST_FAULTY: usize = 50;

/// What a check of the log found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LogChecked {
    /// Logs: of each workstation one for the clinic's records and one for its site's.
    pub logs: u64,
    /// Entries in them.
    pub entries: u64,
    /// What vouches for them: reckonings, the server's receipts, signed heads, and the marks beside the store.
    pub vouchers: u64,
    /// The first thing that is wrong with each log.
    pub faults: Vec<LogFault>,
}

/// The first thing that is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LogFault {
    /// Whose log.
    pub workstation: String,
    /// Whether it is that of the clinic's own records, and not of its site's.
    pub clinics: bool,
    /// The entry.
    pub entry: u64,
    /// What: `missing`, `changed`, `moved`, `between`, `short`, `head` or `unseated`.
    pub what: String,
    /// Up to which entry it is vouched for, where one after it was changed.
    pub from: Option<u64>,
    /// What says so: `reckoning`, `receipt`, `head` or `marks`.
    pub by: Option<String>,
}

/// The state of this workstation.
pub(crate) fn status(seat: &mut Seat, _: Nothing) -> Result<Status, Refusal> {
    let counters = seat.act.counters(seat.place.incarnation)?;
    let synced = Some(number(seat.act, "synced")?).filter(|at| *at > 0).map(|at| seat.place.zone.instant(at));
    Ok(Status {
        attached: seat.act.local("server")?.is_some(),
        waiting: counters.waiting,
        waiting_since: counters.since,
        received: counters.received,
        applied: counters.applied,
        trouble: trouble(seat)?,
        refused: refused(seat.act, seat.place)?,
        synced: synced.as_ref().and_then(|at| at.as_str().get(11..16).map(ToOwned::to_owned)),
        synced_day: synced.map(|at| seat.place.zone.day(&at).to_string()),
        patients: seat.act.count("patient")?,
        conflicts: seat.act.conflicting_count()?,
        today: seat.moment.today.to_string(),
        time: seat.moment.wall.as_str().get(11..16).unwrap_or_default().to_owned(),
        clock_behind: seat.moment.is_ahead_of(seat.world.clock.now()),
        server_clock: Some(server_clock(seat.act)?)
            .filter(|ahead| ahead.unsigned_abs() > TOLERANCE)
            .map(|ahead| ahead / 60_000),
        disk_short: seat.folder.is_short(),
        missing: seat.act.missing()?,
        findings: findings(seat)?,
        backup: backup_alarm(seat)?,
        sheet_confirmed: seat.act.local("sheet_confirmed")?.is_some(),
        key_kept_in: "file".to_owned(),
    })
}

/// Goes on from the clock of this computer, which is behind what was written down under a clock that ran ahead:
/// somebody who answers for it has looked at it.
pub(crate) fn acknowledge_clock(seat: &mut Seat, _: Nothing) -> Result<Nothing, Refusal> {
    let now = seat.world.clock.now();
    if !seat.moment.is_ahead_of(now) {
        return Err(Refusal::new(Code::ClockRight));
    }
    seat.moment = Moment::at(now, &seat.place.zone);
    seat.act.set_clock_back(seat.place.incarnation, now)?;
    Ok(Nothing {})
}

/// Checks every page of the store's file, every table and every index.
pub(crate) fn check_store(seat: &mut Seat, _: Nothing) -> Result<StoreChecked, Refusal> {
    let faults = seat.act.faults()?;
    // Where pages are damaged, these are what has to be told.
    let files = if faults.is_empty() { faulty_files(seat)? } else { Vec::new() };
    Ok(StoreChecked { whole: faults.is_empty(), faults, damaged: damaged_files(seat.folder)?, files })
}

/// The files of charts that should be here whole and are not.
fn faulty_files(seat: &Seat) -> Result<Vec<FaultyFile>, Refusal> {
    let mut files = Vec::new();
    for faulty in seat.act.check_blobs()?.into_iter().take(MOST_FAULTY) {
        let record = faulty.record.map(|record| seat.act.record(record)).transpose()?.flatten();
        let patient = record.and_then(|record| record.patient);
        files.push(FaultyFile { file: faulty.record, patient, missing: faulty.missing });
    }
    Ok(files)
}

/// The small files that are not whole, by their names.
fn damaged_files(folder: &Folder) -> Result<Vec<String>, Refusal> {
    let mut damaged = Vec::new();
    for name in SMALL {
        match folder.read(name) {
            Ok(Some(_)) => {}
            Ok(None) | Err(FolderError::Damaged(_)) => damaged.push((*name).to_owned()),
            Err(error) => return Err(error.into()),
        }
    }
    let device = device_key(folder).ok().flatten();
    let memory = device.as_ref().and_then(|device| Door::read(folder, device).ok().flatten());
    if let (Some(device), Some(memory)) = (device, memory)
        && memory.lacks_somebody(&people(folder, &device)?)
    {
        damaged.push("people".to_owned());
    }
    Ok(damaged)
}

/// Checks the log of everybody op by op, against its digests and against all that vouches for it.
pub(crate) fn check_log(seat: &mut Seat, _: Nothing) -> Result<LogChecked, Refusal> {
    let receipt = holding(seat.act, seat.place)?.map(|receipt| receipt.received).unwrap_or_default();
    let (keys, place) = (Vouched { place: seat.place }, seat.place);
    let checked = seat.act.check_log(&keys, place.incarnation, place.key.public(), &receipt)?;
    let installed = installed(seat.act, seat.place)?;
    let mut faults = Vec::new();
    for fault in checked.faults {
        let here = installed.iter().find(|(_, incarnation)| **incarnation == fault.incarnation);
        let record = here.map(|(workstation, _)| seat.act.record(*workstation)).transpose()?.flatten();
        let name = record.and_then(|record| record.state.record::<Workstation>().name);
        let by = |by| Some(voucher(by).to_owned());
        let (what, from, by) = match fault.what {
            Wrong::Missing => ("missing", None, None),
            Wrong::Changed => ("changed", None, None),
            Wrong::Moved => ("moved", None, None),
            Wrong::Head => ("head", None, None),
            Wrong::Unseated => ("unseated", None, None),
            Wrong::Between { from, by: who } => ("between", Some(from), by(who)),
            Wrong::Short { by: who } => ("short", None, by(who)),
        };
        faults.push(LogFault {
            workstation: name.unwrap_or_else(|| fault.incarnation.to_string()),
            clinics: fault.scope == place.clinic_scope,
            entry: fault.seq,
            what: what.to_owned(),
            from,
            by,
        });
    }
    Ok(LogChecked { logs: checked.logs, entries: checked.ops, vouchers: checked.vouchers, faults })
}

fn voucher(by: Voucher) -> &'static str {
    match by {
        Voucher::Reckoning => "reckoning",
        Voucher::Receipt => "receipt",
        Voucher::Head => "head",
        Voucher::Marks => "marks",
    }
}

/// Makes every table again from the log.
pub(crate) fn rebuild(seat: &mut Seat, input: Rebuild) -> Result<RebuildReport, Refusal> {
    let rebuilt = if input.check { seat.act.rebuild_check()? } else { seat.act.rebuild(&mut |_, _| {})? };
    Ok(RebuildReport {
        records: rebuilt.records,
        differing: rebuilt.differing.into_iter().map(ToOwned::to_owned).collect(),
    })
}
