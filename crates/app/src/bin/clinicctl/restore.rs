//! The verbs that bring a backup back, and that read one chart out of it.

use std::env;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use app::access::DoorState;
use app::restore::{RestorePlan, RestoreSources, Restored, RestoredHere};
use app::{Code, Desk, Refusal, Window, World};
use domain::restore::RestoreMode;
use serde_json::{Value, json};

use crate::arguments::{Arguments, Open, Restore, Source};
use crate::chart::Chart;
use crate::session::{call as ask, folder, password, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Brings a backup back: at a folder without a clinic, or with records that do not open, by the papers; else as whoever signs
/// in.
pub(crate) fn restore(arguments: &Arguments, given: &Restore, terminal: &mut Terminal) -> Result<(), Stop> {
    let untouched = Untouched::of(folder(arguments)?);
    let mut desk = Desk::take(World::real(folder(arguments)?.to_owned()))?;
    let door: app::access::Door = ask(&mut desk, Window::Lock, "door", &json!({}))?;
    if door.state == DoorState::Empty || given.here {
        let restored = here(&mut desk, &given.source, given.check);
        let restored = restored.map_err(|stop| which(&mut desk, Window::Lock, &given.source, terminal, stop));
        if given.check || restored.is_err() {
            untouched.leave();
        }
        let restored = restored?;
        return if terminal.json { terminal.value(&restored) } else { told_here(&restored, terminal) };
    }
    drop(desk);
    let mode = if given.replace { RestoreMode::Replace } else { RestoreMode::Rejoin };
    let (plan, restored): (RestorePlan, Option<Restored>) = seated(arguments, |desk| {
        let mut input = chosen(desk, &given.source)?;
        input["mode"] = json!(mode);
        input["older"] = json!(given.older);
        let plan = ask(desk, Window::Main, "plan_restore", &input);
        let plan = plan.map_err(|stop| which(desk, Window::Main, &given.source, terminal, stop))?;
        let restored = if given.check { None } else { Some(ask(desk, Window::Main, "restore", &input)?) };
        Ok((plan, restored))
    })
    .map_err(|stop| match stop {
        Stop::Usage(said) if said == words::NO_USER && given.source.papers.is_some() => {
            Stop::Usage(words::NO_USER_OR_HERE.to_owned())
        }
        other => other,
    })?;
    if terminal.json {
        return terminal.value(&json!({"plan": plan, "restored": restored}));
    }
    let [added, same, lacking] = [plan.added, plan.same, plan.lacking].map(|count| count.to_string());
    let values = [("added", added.as_str()), ("same", &same), ("lacking", &lacking), ("at", &plan.point.at)];
    terminal.line(&fill(words::RESTORE_PLANNED, &values))?;
    if plan.files > 0 && mode == RestoreMode::Rejoin {
        terminal.line(&fill(words::FILES_PLANNED, &[("count", &plan.files.to_string())]))?;
    }
    let Some(restored) = restored else {
        return told_files(WOULD, plan.files_missing, &plan.damaged, terminal);
    };
    match mode {
        RestoreMode::Replace => terminal.line(words::REPLACED)?,
        RestoreMode::Rejoin => {
            terminal.line(&fill(words::TAKEN_BACK, &[("added", &restored.added.to_string())]))?;
        }
    }
    told_files(DID, restored.files_missing, &restored.damaged, terminal)
}

/// Where backups of several computers lie there, which of them is meant has to be said: a person is told their names.
fn which(desk: &mut Desk, window: Window, given: &Source, terminal: &Terminal, stop: Stop) -> Stop {
    let Stop::Refused(refusal) = &stop else { return stop };
    if terminal.json || refusal.fields.get("field") != Some(&json!("installation")) {
        return stop;
    }
    let command = if matches!(window, Window::Lock) { "restore_sources_here" } else { "restore_sources" };
    let sources = chosen(desk, given).and_then(|input| {
        let from = json!({"from": input["from"], "papers": input["papers"]});
        ask::<_, RestoreSources>(desk, window, command, &from)
    });
    let Ok(sources) = sources else { return stop };
    let rows = sources.rows.iter().map(|row| {
        let (at, entries) = row
            .points
            .first()
            .map_or_else(Default::default, |point| (point.at.clone(), point.entries.to_string()));
        fill(words::AN_INSTALLATION, &[("name", &row.installation), ("at", &at), ("entries", &entries)])
    });
    Stop::Usage(fill(words::WHICH_INSTALLATION, &[("rows", &rows.collect::<String>())]))
}

/// Whether the object is a point behind the one that comes back: one that does not open, or a name that somebody else gave.
fn is_later_point(object: &str) -> bool {
    object.starts_with("points/")
}

/// The words of a look for files that would not come back, and for objects that would be left out.
const WOULD: [&str; 2] = [words::FILES_WOULD_MISS, words::WOULD_BE_LEFT_OUT];
/// The same of a restore.
const DID: [&str; 2] = [words::FILES_MISSING, words::NOT_RESTORED];

/// Says how many files do not come back, and which objects are left out.
fn told_files(
    [missing_words, left]: [&str; 2],
    missing: u64,
    damaged: &[String],
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    if missing > 0 {
        terminal.line(&fill(missing_words, &[("count", &missing.to_string())]))?;
    }
    for object in damaged {
        let text = if is_later_point(object) { words::LATER_POINT } else { left };
        terminal.line(&fill(text, &[("object", object)]))?;
    }
    Ok(())
}

/// Reads one chart out of a backup: the backup is restored into a folder of its own, the person signs in there with the password
/// that they had then, and nothing of it stays.
pub(crate) fn open(arguments: &Arguments, given: &Open, terminal: &mut Terminal) -> Result<(), Stop> {
    let who = arguments.user.clone().ok_or_else(|| Stop::Usage(words::NO_USER.to_owned()))?;
    let password = password(arguments)?;
    let place = Aside::new();
    let mut desk = Desk::take(World::real(place.0.clone()))?;
    let restored = here(&mut desk, &given.source, false);
    restored.map_err(|stop| which(&mut desk, Window::Lock, &given.source, terminal, stop))?;
    let _: Value = ask(&mut desk, Window::Lock, "sign_in", &json!({"who": who, "password": password}))?;
    let chart = Chart::of(&mut desk, &given.person.join(" "));
    let _: Value = ask(&mut desk, Window::Lock, "sign_out", &json!({}))?;
    drop(desk);
    chart?.print(terminal)
}

/// A data folder as it was before: what only looked leaves nothing there.
struct Untouched {
    folder: PathBuf,
    existed: bool,
    empty: bool,
}

impl Untouched {
    fn of(folder: &Path) -> Self {
        let existed = folder.exists();
        let empty = !existed || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
        Self { folder: folder.to_owned(), existed, empty }
    }

    /// Takes away what holding the folder has left in it. It is still held.
    fn leave(&self) {
        if self.empty {
            drop(fs::remove_file(self.folder.join("lock")));
        }
        if !self.existed {
            drop(fs::remove_dir(&self.folder));
        }
    }
}

/// A folder that goes when it is not needed any more.
struct Aside(PathBuf);

impl Aside {
    fn new() -> Self {
        Self(env::temp_dir().join(format!("clinicdesk-open-{}", std::process::id())))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Makes the folder of `desk` the workstation that the backup is of, or only looks.
fn here(desk: &mut Desk, source: &Source, check: bool) -> Result<RestoredHere, Stop> {
    if source.papers.is_none() {
        return Err(Stop::Usage(words::NO_PAPERS.to_owned()));
    }
    let mut input = chosen(desk, source)?;
    input["check"] = json!(check);
    ask(desk, Window::Lock, "restore_here", &input)
}

/// What is meant, as the commands take it.
fn chosen(desk: &mut Desk, source: &Source) -> Result<Value, Stop> {
    let from = match source.from.try_exists() {
        Ok(true) => desk.chose(source.from.clone())?,
        // A store that was set aside is called by its name.
        Ok(false) => source.from.to_string_lossy().into_owned(),
        Err(_) => {
            let place = source.from.display().to_string();
            let refusal = Refusal::new(Code::BackupRefused).with("reason", "no_access");
            return Err(refusal.with("place", place).into());
        }
    };
    let mut input = json!({"from": from});
    if let Some(papers) = &source.papers {
        input["papers"] = json!(typed(papers)?);
    }
    if let Some(installation) = &source.installation {
        input["installation"] = json!(installation);
    }
    if let Some(point) = source.point {
        input["point"] = json!(point);
    }
    Ok(input)
}

/// More than all papers of a clinic, with a page around each.
const LARGEST_PAPERS: u64 = 65_536;

/// What stands in a file of papers. Nobody waits for a pipe, and nothing without an end is read.
fn typed(papers: &Path) -> Result<String, Stop> {
    let file = papers.display().to_string();
    let unfit = |text: &str| Stop::Usage(fill(text, &[("file", &file)]));
    let unread = |error: io::Error| match error.kind() {
        ErrorKind::InvalidData => unfit(words::PAPERS_ARE_NO_TEXT),
        _ => Stop::Usage(fill(words::NOT_READ, &[("file", &file), ("error", &error.to_string())])),
    };
    if !fs::metadata(papers).map_err(unread)?.is_file() {
        return Err(unfit(words::PAPERS_ARE_NO_FILE));
    }
    let mut text = String::new();
    let opened = fs::File::open(papers).map_err(unread)?;
    let length = opened.take(LARGEST_PAPERS + 1).read_to_string(&mut text).map_err(unread)?;
    if length as u64 > LARGEST_PAPERS { Err(unfit(words::PAPERS_ARE_LARGE)) } else { Ok(text) }
}

fn told_here(restored: &RestoredHere, terminal: &mut Terminal) -> Result<(), Stop> {
    let entries = restored.entries.to_string();
    let values = [("entries", entries.as_str()), ("at", &restored.point.at)];
    if restored.clinic.is_none() {
        let is_whole = restored.damaged.iter().all(|object| is_later_point(object));
        terminal.line(&fill(if is_whole { words::LOOKED_HERE } else { words::LOOKED_IN_PART }, &values))?;
        return told_files(WOULD, restored.files_missing, &restored.damaged, terminal);
    }
    terminal.line(&fill(words::RESTORED_HERE, &values))?;
    told_files(DID, restored.files_missing, &restored.damaged, terminal)
}
