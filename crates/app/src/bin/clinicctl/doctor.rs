//! The self-check: a line a thing.

use app::audit::Verified;
use app::backups::{Backups, TargetState};
use app::findings::Finding;
use app::status::{LogChecked, RebuildReport, Status, StoreChecked};
use app::sync::{HeadShown, RefusedRow, SyncReport};
use app::{Code, Desk, Refusal, Window};
use domain::backup::BackupAlarm;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::backup::{beside, damage, uncovered};
use crate::reasons;
use crate::session::{call, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Health {
    Good,
    /// It works, and somebody should know.
    Note,
    Bad,
    /// This person may not look.
    Unknown,
}

#[derive(Serialize)]
struct Check {
    name: &'static str,
    health: Health,
    text: String,
}

/// Checks everything that can be checked; anything bad is a refusal.
pub(crate) fn doctor(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Stop> {
    let checks = match seated(arguments, checks) {
        // Nobody gets in, and that is what there is to tell.
        Err(Stop::Refused(refusal)) if refusal.code == Code::StoreDamaged => {
            vec![good("folder", words::FOLDER_HELD.to_owned()), not_to_the_end("store", &refusal)]
        }
        checks => checks?,
    };
    if terminal.json {
        terminal.value(&checks)?;
    } else {
        let width = checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
        for Check { name, health, text } in &checks {
            let health = serde_json::to_value(health).unwrap_or_default();
            let state = format!("{:7}", health.as_str().unwrap_or_default());
            let name = format!("{name:width$}");
            terminal.line(&fill(words::CHECK, &[("state", &state), ("name", &name), ("text", text)]))?;
        }
    }
    let bad: Vec<&str> =
        checks.iter().filter(|check| check.health == Health::Bad).map(|check| check.name).collect();
    if bad.is_empty() {
        return Ok(());
    }
    // What lies elsewhere damages no data folder.
    let code = match bad.iter().all(|name| ELSEWHERE.contains(name)) {
        true => Code::BackupsNotWhole,
        false => Code::StoreDamaged,
    };
    Err(Refusal::new(code).with("bad", bad.join(", ")).into())
}

/// The checks of what does not lie in the data folder.
const ELSEWHERE: [&str; 2] = ["backups", "trial"];

fn checks(desk: &mut Desk) -> Result<Vec<Check>, Stop> {
    let door: app::access::Door = call(desk, Window::Lock, "door", &json!({}))?;
    let (clinic, site) = (door.clinic.unwrap_or_default(), door.site.unwrap_or_default());
    let mut checks = vec![
        good("folder", words::FOLDER_HELD.to_owned()),
        good("clinic", fill(words::CLINIC_HERE, &[("clinic", &clinic), ("site", &site)])),
    ];
    checks.push(asked(desk, "store", "check_store", &json!({}), |checked: StoreChecked| {
        match checked.whole {
            true => (Health::Good, words::STORE_WHOLE.to_owned()),
            false => {
                let faults = checked.faults.join("; ");
                (Health::Bad, fill(words::STORE_NOT_WHOLE, &[("faults", &faults)]))
            }
        }
    })?);
    checks.push(asked(desk, "files", "check_store", &json!({}), |checked: StoreChecked| {
        match checked.damaged.join(", ") {
            none if none.is_empty() => (Health::Good, words::FILES_WHOLE.to_owned()),
            files => (Health::Bad, fill(words::FILES_DAMAGED, &[("files", &files)])),
        }
    })?);
    checks.push(asked(desk, "chart files", "check_store", &json!({}), |checked| chart_files(&checked))?);
    checks.push(asked(desk, "log", "check_log", &json!({}), log)?);
    checks.push(asked(desk, "tables", "rebuild", &json!({"check": true}), |report: RebuildReport| {
        let (records, tables) = (report.records.to_string(), report.differing.join(", "));
        let values: [(&str, &str); 2] = [("records", &records), ("tables", &tables)];
        match report.differing.is_empty() {
            true => (Health::Good, fill(words::TABLES_TRUE, &values)),
            false => (Health::Bad, fill(words::TABLES_DIFFER, &values)),
        }
    })?);
    checks.push(asked(desk, "audit", "verify_audit", &json!({}), |verified: Verified| {
        match verified.fault {
            Some(fault) => (Health::Bad, fill(words::TRAIL_FAULT, &[("fault", &fault)])),
            None => {
                let (entries, heads) = (verified.entries.to_string(), verified.heads.to_string());
                (Health::Good, fill(words::TRAIL_WHOLE, &[("entries", &entries), ("heads", &heads)]))
            }
        }
    })?);
    match call::<_, Status>(desk, Window::Main, "status", &json!({})) {
        Ok(status) => {
            checks.push(opening(&status.findings));
            checks.extend(of_status(&status));
        }
        Err(Stop::Refused(refusal)) => checks.push(not_to_the_end("status", &refusal)),
        Err(stop) => return Err(stop),
    }
    checks.push(asked(desk, "backups", "backups", &json!({}), |view| backups(&view))?);
    checks.push(asked(desk, "trial", "backups", &json!({}), |view| trial(&view))?);
    let report = json!({});
    checks.push(asked(desk, "refused", "sync_report", &report, |report| refused(&report))?);
    checks.push(asked(desk, "held", "sync_report", &report, |report| held(&report))?);
    checks.push(asked(desk, "disputed", "sync_report", &report, |report| disputed(&report))?);
    checks.push(asked(desk, "trails", "sync_report", &report, |report| trails(&report))?);
    Ok(checks)
}

/// What was met on the way and ended a check.
fn not_to_the_end(name: &'static str, refusal: &Refusal) -> Check {
    let fields = refusal.fields.iter().map(|(name, value)| format!("{name} {value}"));
    let fields = fields.collect::<Vec<_>>().join(", ");
    let sentence = reasons::sentence(refusal);
    let values = [("sentence", sentence.as_str()), ("fields", fields.as_str())];
    Check { name, health: Health::Bad, text: fill(words::NOT_TO_THE_END, &values) }
}

/// The files of charts: whichever is damaged or gone is named, and ends nothing else.
fn chart_files(checked: &StoreChecked) -> (Health, String) {
    if checked.files.is_empty() {
        return (Health::Good, words::CHARTS_FILES_WHOLE.to_owned());
    }
    let gone = checked.files.iter().filter(|file| file.missing).count();
    let damaged = (checked.files.len() - gone).to_string();
    let named = checked.files.iter().filter_map(|file| file.file).map(|id| id.to_string());
    let named = named.collect::<Vec<_>>().join(", ");
    let values = [("damaged", damaged.as_str()), ("gone", &gone.to_string()), ("files", &named)];
    (Health::Bad, fill(words::CHARTS_FILES_DAMAGED, &values))
}

/// The log of everybody against all that vouches for it.
fn log(checked: LogChecked) -> (Health, String) {
    let (logs, entries) = (checked.logs.to_string(), checked.entries.to_string());
    let vouchers = checked.vouchers.to_string();
    if checked.faults.is_empty() {
        let values = [("logs", logs.as_str()), ("entries", &entries), ("vouchers", &vouchers)];
        return (Health::Good, fill(words::LOG_WHOLE, &values));
    }
    let faults = checked.faults.iter().map(|fault| {
        let scope = if fault.clinics { words::LOG_OF_CLINIC } else { words::LOG_OF_SITE };
        let (entry, from) = (fault.entry.to_string(), fault.from.unwrap_or_default().to_string());
        let by = fault.by.as_deref().map_or("", words::voucher);
        let what = fill(words::wrong(&fault.what), &[("entry", &entry), ("from", &from), ("by", by)]);
        fill(words::LOG_FAULT, &[("workstation", &fault.workstation), ("scope", scope), ("what", &what)])
    });
    (Health::Bad, faults.collect::<Vec<_>>().join("; "))
}

/// What the opening of the store found and nobody has set aside.
fn opening(findings: &[Finding]) -> Check {
    let said = findings.iter().map(|finding| {
        let (ops, trail) = (finding.ops.to_string(), finding.trail.to_string());
        fill(words::finding(&finding.kind), &[("time", &finding.at), ("ops", &ops), ("trail", &trail)])
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let healed = |kind: &str| ["mended", "returned", "reckoned", "server_key", "dated_back"].contains(&kind);
    let health = match findings {
        [] => Health::Good,
        some if some.iter().all(|finding| healed(&finding.kind)) => Health::Note,
        _ => Health::Bad,
    };
    let text = if said.is_empty() { words::OPENED_AS_LEFT.to_owned() } else { said };
    Check { name: "opening", health, text }
}

/// Clock, key and sheet.
fn of_status(status: &Status) -> Vec<Check> {
    let note = |name, text: &str| Check { name, health: Health::Note, text: text.to_owned() };
    let mut checks = Vec::new();
    checks.push(match status.clock_behind {
        true => note("clock", words::CLOCK_BEHIND),
        false => good("clock", fill(words::CLOCK_RIGHT, &[("today", &status.today), ("time", &status.time)])),
    });
    if let Some(ahead) = status.server_clock {
        checks.push(note("server clock", &fill(words::SERVER_CLOCK, &[("minutes", &ahead.to_string())])));
    }
    if status.disk_short {
        checks.push(note("disk", words::DISK_SHORT));
    }
    checks.push(match status.key_kept_in.as_str() {
        "file" => note("key", words::KEY_IN_FILE),
        place => good("key", fill(words::KEY_KEPT, &[("place", place)])),
    });
    checks.push(match status.sheet_confirmed {
        true => good("sheet", words::SHEET_CONFIRMED.to_owned()),
        false => note("sheet", words::SHEET_OPEN),
    });
    checks
}

/// What is in no verified backup, and the targets that are away or damaged.
fn backups(view: &Backups) -> (Health, String) {
    let mut health = match view.alarm {
        Some(BackupAlarm::NoTarget) => return (Health::Note, words::NO_BACKUPS.to_owned()),
        Some(BackupAlarm::Overdue) => Health::Bad,
        Some(BackupAlarm::Late) => Health::Note,
        None => Health::Good,
    };
    let mut said = vec![uncovered(view)];
    for target in &view.targets {
        if let Some(days) = target.unseen_days {
            said.push(fill(words::TARGET_UNSEEN, &[("name", &target.name), ("days", &days.to_string())]));
            health = if health == Health::Good { Health::Note } else { health };
        }
        if let Some(beside) = beside(target) {
            said.push(beside);
            health = if health == Health::Good { Health::Note } else { health };
        }
        let name = ("name", target.name.as_str());
        if target.damaged.is_some() {
            let objects = damage(target);
            let next = words::next_backup(&objects);
            said.push(fill(words::TARGET_DAMAGED, &[name, ("objects", &objects), ("next", &next)]));
            health = Health::Bad;
        }
        if target.attacked {
            said.push(fill(words::TARGET_CHANGED, &[name]));
            health = Health::Bad;
        } else if let Some(fault) = target.fault.as_ref().filter(|_| target.state == TargetState::Failed) {
            let object = damage(target);
            let next = words::next_backup(&object);
            said.push(fill(words::backup_fault(fault), &[name, ("object", &object), ("next", &next)]));
            health = if health == Health::Good { Health::Note } else { health };
        }
    }
    (health, said.join(" "))
}

/// The last trial of a backup.
fn trial(view: &Backups) -> (Health, String) {
    match &view.tested {
        None => (Health::Note, words::NO_TRIAL.to_owned()),
        Some(tested) => {
            let failed = tested.fault.is_some();
            let text = if failed { words::TRIAL_FAILED } else { words::TRIAL_PASSED };
            (if failed { Health::Bad } else { Health::Good }, fill(text, &[("at", &tested.at)]))
        }
    }
}

/// What the server refused of this workstation and nobody has set aside.
fn refused(report: &SyncReport) -> (Health, String) {
    outside(report, |row| !row.held && !row.disputed, words::NOTHING_REFUSED, words::REFUSED)
}

/// What the server let in of others, is not believed here and nobody has set aside.
fn held(report: &SyncReport) -> (Health, String) {
    outside(report, |row| row.held, words::NOTHING_HELD, words::HELD)
}

/// What the server refused for no reason that is known here and nobody has settled.
fn disputed(report: &SyncReport) -> (Health, String) {
    outside(report, |row| row.disputed, words::NOTHING_DISPUTED, words::DISPUTED)
}

/// The audit trails of which the server was told two.
fn trails(report: &SyncReport) -> (Health, String) {
    let told = report.forked.iter().map(|trail| {
        let (entry, known, told) = (trail.entry.to_string(), head(&trail.known), head(&trail.told));
        let values = [
            ("workstation", trail.workstation.as_str()),
            ("entry", &entry),
            ("known", &known),
            ("told", &told),
        ];
        fill(words::TRAIL_FORKED, &values)
    });
    let told = told.collect::<Vec<_>>().join("; ");
    if told.is_empty() { (Health::Good, words::NO_TRAIL_FORKED.to_owned()) } else { (Health::Note, told) }
}

fn head(head: &HeadShown) -> String {
    fill(words::TRAIL_HEAD, &[("entries", &head.entries.to_string()), ("root", &head.root)])
}

fn outside(report: &SyncReport, which: fn(&RefusedRow) -> bool, none: &str, some: &str) -> (Health, String) {
    match report.refused.iter().filter(|row| which(row) && !row.aside).count() {
        0 => (Health::Good, none.to_owned()),
        count => (Health::Note, fill(some, &[("count", &count.to_string())])),
    }
}

fn good(name: &'static str, text: String) -> Check {
    Check { name, health: Health::Good, text }
}

/// What the command says; a role that may not ask leaves it open.
fn asked<O: DeserializeOwned>(
    desk: &mut Desk,
    name: &'static str,
    command: &str,
    input: &Value,
    read: impl FnOnce(O) -> (Health, String),
) -> Result<Check, Stop> {
    match call(desk, Window::Main, command, input) {
        Ok(answer) => {
            let (health, text) = read(answer);
            Ok(Check { name, health, text })
        }
        Err(Stop::Refused(refusal)) if refusal.code == Code::NotPermitted => {
            let text = fill(words::NOT_CHECKED, &[("sentence", words::sentence(refusal.code))]);
            Ok(Check { name, health: Health::Unknown, text })
        }
        // It can be read, and is checked once somebody has let it in.
        Err(Stop::Refused(refusal)) if refusal.code == Code::Restored => {
            let text = fill(words::NOT_CHECKED, &[("sentence", words::sentence(refusal.code))]);
            Ok(Check { name, health: Health::Note, text })
        }
        // What is found to be damaged keeps no other check from being made.
        Err(Stop::Refused(refusal)) => Ok(not_to_the_end(name, &refusal)),
        Err(stop) => Err(stop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, held: bool, aside: bool) -> RefusedRow {
        RefusedRow {
            id,
            at: "2026-11-22T10:31:00+08:00".to_owned(),
            author: None,
            mine: false,
            kind: "note".to_owned(),
            patient: None,
            fault: "unknown_author".to_owned(),
            field: None,
            held,
            disputed: false,
            stranded: false,
            number: None,
            number_taken: false,
            aside,
        }
    }

    #[test]
    fn what_a_server_said_falsely_damages_nothing_here() {
        let found = |kind: &str| Finding { kind: kind.to_owned(), at: String::new(), ops: 1, trail: 0 };
        assert_eq!(opening(&[found("dated_back"), found("server_key")]).health, Health::Note);
        assert_eq!(opening(&[found("dated_back"), found("lost")]).health, Health::Bad);
    }

    #[test]
    fn what_is_held_and_what_was_refused_are_counted_apart_until_somebody_has_looked_at_them() {
        let report = |rows: Vec<RefusedRow>| SyncReport {
            server: None,
            waiting: Vec::new(),
            receipt: None,
            refused: rows,
            forked: Vec::new(),
        };
        let some =
            report(vec![row(1, false, false), row(2, true, false), row(3, true, false), row(4, false, true)]);
        let (health, text) = refused(&some);
        assert_eq!((health, text.contains("refused: 1;")), (Health::Note, true), "{text}");
        let (health, text) = held(&some);
        assert_eq!((health, text.contains("records: 2;")), (Health::Note, true), "{text}");
        let one = report(vec![RefusedRow { disputed: true, ..row(5, false, false) }]);
        let (health, text) = disputed(&one);
        assert_eq!((health, text.contains("known: 1;")), (Health::Note, true), "{text}");
        assert_eq!(refused(&one).0, Health::Good);
        let none = report(vec![row(1, false, true)]);
        let healths = [refused, held, disputed].map(|check| check(&none).0);
        assert_eq!(healths, [Health::Good; 3]);
    }
}
