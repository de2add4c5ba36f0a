//! The verbs about backups: where they go, what is there, and the work on them, which is done before the answer comes.

use app::backups::{BackedUp, Backups, MendedRow, RestorePoints, TargetRow, TargetState, TestedRow};
use app::jobs::{JobShown, Jobs, work_alone};
use app::{Code, Desk, Refusal, Window};
use domain::jobs::JobOutcome;
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::{Arguments, Backup, Place};
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Runs the verb.
pub(crate) fn backup(arguments: &Arguments, verb: &Backup, terminal: &mut Terminal) -> Result<(), Stop> {
    match verb {
        Backup::List => list(arguments, terminal),
        Backup::Targets(place) => targets(arguments, place, terminal),
        Backup::Now { target, complete } => {
            let order = |target: Option<&str>| json!({"target": target, "complete": complete});
            let kind = if *complete { "complete_backup" } else { "back_up" };
            done(arguments, "back_up_now", kind, target.as_deref(), &order, terminal)
        }
        Backup::Check { target } => {
            let order = |target: Option<&str>| json!({"target": target});
            done(arguments, "check_backup", "check_backup", Some(target), &order, terminal)
        }
        Backup::Rehearse { target } => {
            let order = |target: Option<&str>| json!({"target": target});
            done(arguments, "test_restore", "test_restore", Some(target), &order, terminal)
        }
    }
}

fn view(desk: &mut Desk) -> Result<Backups, Stop> {
    ask(desk, Window::Main, "backups", &json!({}))
}

/// The target that is named so, or has this id.
fn named<'a>(view: &'a Backups, target: &str) -> Result<&'a TargetRow, Stop> {
    let is_it = |row: &&TargetRow| row.name == target || row.id.to_string() == target;
    let none = || Refusal::new(Code::NotFound).with("target", target);
    Ok(view.targets.iter().find(is_it).ok_or_else(none)?)
}

/// Asks for a job, does it, and says how it ended; one that was not done is a refusal.
fn done(
    arguments: &Arguments,
    command: &str,
    kind: &str,
    target: Option<&str>,
    order: &dyn Fn(Option<&str>) -> Value,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let (jobs, view) = seated(arguments, |desk| {
        let before = view(desk)?;
        let target = target.map(|target| named(&before, target)).transpose()?;
        let id = target.map(|row| row.id.to_string());
        let ordered = ask(desk, Window::Main, command, &order(id.as_deref()));
        let _: Value = ordered.map_err(|stop| stop.about(&called(target, &before)))?;
        work_alone(desk);
        let jobs: Jobs = ask(desk, Window::Main, "jobs", &json!({}))?;
        let of = |job: &JobShown| is(&job.kind, kind) && target.is_none_or(|target| target.id == job.target);
        let jobs: Vec<JobShown> = jobs.rows.into_iter().filter(of).collect();
        Ok((jobs, view(desk)?))
    })?;
    if terminal.json {
        terminal.value(&jobs)?;
    } else {
        for job in &jobs {
            let row = view.targets.iter().find(|row| row.id == job.target);
            terminal.line(&said(job, row, view.tested.as_ref()))?;
            if let Some(beside) = row.and_then(beside) {
                terminal.line(&format!("  {beside}"))?;
            }
        }
    }
    // Where everything was asked for, a stick in a drawer gets its backup later.
    let any = target.is_none() && jobs.iter().any(|job| not_done(job).is_none());
    let failed = |job: &&JobShown| not_done(job).is_some_and(|why| !(any && why == WAITS));
    let Some(job) = jobs.iter().find(failed) else { return Ok(()) };
    let mut refusal = Refusal::new(Code::NotBackedUp).with("reason", not_done(job).unwrap_or_default());
    let row = view.targets.iter().find(|row| row.id == job.target);
    if let Some(row) = row.filter(|row| row.damaged.is_some()) {
        refusal = refusal.with("object", damage(row));
    }
    Err(refusal.with("name", job.name.clone()).into())
}

/// The word for an order that was not begun: its target is not there.
const WAITS: &str = "waits";

/// Why what was asked for was not done; none where it was.
fn not_done(job: &JobShown) -> Option<&str> {
    match (&job.fault, job.outcome) {
        // What it says then is of the time before.
        _ if job.asked || job.running => Some(WAITS),
        (Some(fault), _) => Some(fault),
        (None, Some(JobOutcome::Done)) => None,
        (None, _) => Some("stopped"),
    }
}

/// What is called in a refusal: the target, or all of them.
fn called(target: Option<&TargetRow>, view: &Backups) -> String {
    let all = || view.targets.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ");
    target.map_or_else(all, |row| row.name.clone())
}

/// Whether `word` is the word of `value`.
fn is(value: &impl Serialize, word: &str) -> bool {
    serde_json::to_value(value).is_ok_and(|value| value == word)
}

fn said(job: &JobShown, row: Option<&TargetRow>, tested: Option<&TestedRow>) -> String {
    let text = match not_done(job) {
        Some(why) => words::backup_fault(why),
        None => match tested.filter(|tested| is(&job.kind, "test_restore") && tested.target == job.target) {
            Some(tested) => {
                let numbers = [tested.entries, tested.records, tested.files, tested.seconds];
                let [entries, records, files, seconds] = numbers.map(|number| number.to_string());
                let values = [
                    ("name", job.name.as_str()),
                    ("entries", &entries),
                    ("records", &records),
                    ("files", &files),
                    ("seconds", &seconds),
                ];
                let mended = tested.mended.to_string();
                let before = if tested.mended > 0 { words::MENDED_BEFORE } else { "" };
                return fill(words::TRIED, &values) + &fill(before, &[("count", &mended)]);
            }
            None if is(&job.kind, "check_backup") => {
                let lacking = row.and_then(|row| row.last.as_ref()).map_or(0, |last| last.lacking);
                let lacks = if lacking > 0 { words::READ_LACKS } else { "" };
                let lacks = fill(lacks, &[("lacking", &lacking.to_string())]);
                return fill(words::READ_WHOLE, &[("name", &job.name)]) + &lacks;
            }
            None => words::BACKUP_DONE,
        },
    };
    let object = row.map(damage).unwrap_or_default();
    let next = words::next_backup(&object);
    let said = fill(text, &[("name", &job.name), ("object", &object), ("next", &next)]);
    let writes = not_done(job).is_none() && !is(&job.kind, "check_backup");
    let mended = row.filter(|_| writes).and_then(|row| {
        let last = row.last.as_ref()?;
        row.mended.as_ref().filter(|mended| mended.at == last.at)
    });
    said + &mended.map_or_else(String::new, |mended| mended_in(words::MENDED, mended))
}

/// What is damaged or gone at a target, in one line.
pub(crate) fn damage(row: &TargetRow) -> String {
    let names: Vec<&str> = row.damaged.iter().chain(&row.others).map(String::as_str).collect();
    listed(&names, row.more)
}

/// Names, and how many more there are.
fn listed(names: &[&str], more: u64) -> String {
    let said = names.join(", ");
    if more == 0 { said } else { said + &fill(words::AND_MORE, &[("count", &more.to_string())]) }
}

/// What a run found damaged or gone and wrote again.
fn mended_in(text: &str, mended: &MendedRow) -> String {
    let names: Vec<&str> = mended.objects.iter().map(String::as_str).collect();
    let more = mended.count.saturating_sub(names.len() as u64);
    let objects = listed(&names, more);
    let how = words::put_right(&objects).to_owned();
    let values =
        [("count", mended.count.to_string()), ("at", mended.at.clone()), ("objects", objects), ("how", how)];
    fill(text, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn list(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Stop> {
    let (view, points) = seated(arguments, |desk| {
        let mut points = Vec::new();
        for row in &view(desk)?.targets {
            let input = json!({"target": row.id, "before": null});
            let page: Result<RestorePoints, Stop> = ask(desk, Window::Main, "restore_points", &input);
            points.push((row.id, page.ok()));
        }
        // Whoever looked knows what is gone.
        Ok((view(desk)?, points))
    })?;
    if terminal.json {
        return terminal.value(&json!({"backups": view, "points": points}));
    }
    for (row, (_, page)) in view.targets.iter().zip(&points) {
        terminal.line(&target(row))?;
        told_of(row, terminal)?;
        let Some(page) = page else {
            terminal.line(words::POINTS_AWAY)?;
            continue;
        };
        for point in &page.rows {
            let (number, entries) = (point.number.to_string(), point.entries.to_string());
            let text = if point.whole { words::POINT } else { words::POINT_NOT_WHOLE };
            terminal.line(&fill(text, &[("number", &number), ("at", &point.at), ("entries", &entries)]))?;
        }
        if page.next.is_some() {
            let input = json!({"target": row.id, "before": page.next}).to_string();
            terminal.line(&fill(words::MORE_POINTS, &[("input", &input)]))?;
        }
    }
    terminal.line(&uncovered(&view))
}

fn targets(arguments: &Arguments, place: &Place, terminal: &mut Terminal) -> Result<(), Stop> {
    let after: Backups = seated(arguments, |desk| {
        if let Some(folder) = &place.add {
            let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
            let chosen = desk.chose(whole)?;
            let name = place
                .name
                .clone()
                .or_else(|| folder.file_name().map(|name| name.to_string_lossy().into_owned()));
            let sort = if place.stick { "stick" } else { "folder" };
            let input = json!({"target": null, "name": name, "place": chosen, "sort": sort, "remove": false});
            let name = name.unwrap_or_else(|| folder.display().to_string());
            return ask(desk, Window::Main, "edit_targets", &input).map_err(|stop| stop.about(&name));
        }
        if place.server {
            let name = place.name.clone().unwrap_or_else(|| words::SERVER.to_owned());
            let input =
                json!({"target": null, "name": name, "place": null, "sort": "server", "remove": false});
            return ask(desk, Window::Main, "edit_targets", &input);
        }
        if let Some(target) = &place.remove {
            let id = named(&view(desk)?, target)?.id;
            let input = json!({"target": id, "name": null, "place": null, "sort": null, "remove": true});
            return ask(desk, Window::Main, "edit_targets", &input);
        }
        view(desk)
    })?;
    if terminal.json {
        return terminal.value(&after.targets);
    }
    if after.targets.is_empty() {
        return terminal.line(words::NO_TARGETS);
    }
    after.targets.iter().try_for_each(|row| {
        terminal.line(&target(row))?;
        told_of(row, terminal)?;
        if row.same_disk { terminal.line(words::SAME_DISK) } else { Ok(()) }
    })
}

/// What is damaged or gone there, and what was.
fn told_of(row: &TargetRow, terminal: &mut Terminal) -> Result<(), Stop> {
    if row.damaged.is_some() {
        let objects = damage(row);
        let next = words::next_backup(&objects);
        terminal.line(&fill(words::DAMAGE, &[("objects", &objects), ("next", &next)]))?;
    }
    if row.attacked {
        terminal.line(words::CHANGED)?;
    }
    if let Some(mended) = &row.mended {
        terminal.line(&mended_in(words::MENDED_AT, mended))?;
    }
    beside(row).map_or(Ok(()), |said| terminal.line(&format!("  {said}")))
}

/// What lies there of the time before this computer was put back, where it has entries that are not here.
pub(crate) fn beside(row: &TargetRow) -> Option<String> {
    let at = row.beside.as_deref()?;
    Some(fill(words::BESIDE, &[("name", &row.name), ("at", at)]))
}

fn target(row: &TargetRow) -> String {
    let state = words::target_state(match row.state {
        TargetState::New if row.former => "former",
        TargetState::New => "new",
        TargetState::Verified => "verified",
        TargetState::NotSeen => "not_seen",
        TargetState::Failed => "failed",
        TargetState::Damaged => "damaged",
    });
    let (at, lacking) = match &row.last {
        Some(BackedUp { at, .. }) if row.state == TargetState::Damaged => {
            (at.clone(), words::NOT_KNOWN.to_owned())
        }
        Some(BackedUp { at, lacking, .. }) => (at.clone(), lacking.to_string()),
        None => (words::NEVER.to_owned(), words::EVERYTHING.to_owned()),
    };
    let place = row.place.clone().unwrap_or_default();
    let values = [
        ("name", row.name.as_str()),
        ("state", state),
        ("at", &at),
        ("lacking", &lacking),
        ("place", &place),
    ];
    fill(words::TARGET, &values)
}

/// What is in no verified backup, in one line. Where not every target has all of it, those that have are named.
pub(crate) fn uncovered(view: &Backups) -> String {
    if let Some(since) = &view.outside_since {
        return fill(words::OUTSIDE, &[("count", &view.outside.to_string()), ("since", since)]);
    }
    if view.targets.iter().all(|row| row.state == TargetState::Verified) {
        return words::NOTHING_OUTSIDE.to_owned();
    }
    let holds = |row: &&TargetRow| {
        row.state != TargetState::Damaged && row.last.as_ref().is_some_and(|last| last.lacking == 0)
    };
    let rows = view.targets.iter().filter(holds).map(|row| {
        let seen = row.seen.as_deref().unwrap_or(words::NEVER);
        fill(words::THERE_LAST, &[("name", &row.name), ("at", seen)])
    });
    fill(words::ALL_AT, &[("targets", &rows.collect::<Vec<_>>().join(", "))])
}
