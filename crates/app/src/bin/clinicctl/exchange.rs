//! The verbs that speak with the server.

use std::cmp::Reverse;

use app::enrol::Enrolled;
use app::looked::{Looked, LookedElsewhere};
use app::status::Status;
use app::sync::Rejoined;
use app::{Code, Desk, Window, World};
use domain::Instant;
use serde_json::{Value, json};

use crate::arguments::{Arguments, Rejoin, Server};
use crate::session::{call as ask, folder, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Attaches the clinic to a server.
pub(crate) fn attach(arguments: &Arguments, server: &Server, terminal: &mut Terminal) -> Result<(), Stop> {
    let input = json!({"server": server.server, "code": server.code});
    let done: Value = seated(arguments, |desk| ask(desk, Window::Main, "attach", &input))?;
    if terminal.json { terminal.value(&done) } else { terminal.line(words::ATTACHED) }
}

/// Turns the data folder, which may be missing yet, into a workstation.
pub(crate) fn enrol(arguments: &Arguments, server: &Server, terminal: &mut Terminal) -> Result<(), Stop> {
    let mut desk = Desk::take(World::real(folder(arguments)?.to_owned()))?;
    let input = json!({"server": server.server, "code": server.code});
    let enrolled: Enrolled = ask(&mut desk, Window::Lock, "enrol", &input)?;
    if terminal.json {
        return terminal.value(&enrolled);
    }
    terminal.line(&fill(words::ENROLLED, &[("clinic", &enrolled.clinic), ("site", &enrolled.site)]))?;
    enrolled.sheet.iter().try_for_each(|line| terminal.line(line))?;
    terminal.line(words::OPENING_LATER)
}

/// Exchanges records.
pub(crate) fn sync(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Stop> {
    let synced = seated(arguments, |desk| Ok(app::sync::sync(desk)?))?;
    if terminal.json {
        return terminal.value(&synced);
    }
    let (received, applied) = (synced.received.to_string(), synced.applied.to_string());
    terminal.line(&fill(words::SYNCED, &[("received", &received), ("applied", &applied)]))
}

/// Goes on as a new installation, and exchanges records as it.
pub(crate) fn rejoin(arguments: &Arguments, input: &Rejoin, terminal: &mut Terminal) -> Result<(), Stop> {
    let mut said = json!({"other_runs": input.other_runs});
    if let Some(name) = &input.name {
        said["name"] = json!(name);
    }
    let (restored, rejoined): (bool, Rejoined) = seated(arguments, |desk| {
        let status: Status = ask(desk, Window::Main, "status", &json!({}))?;
        let restored = status.trouble.is_some_and(|trouble| trouble.code == Code::Restored.word());
        // What the server has to say comes first: whether there is anything to go on from.
        drop(app::sync::sync(desk));
        let rejoined = ask(desk, Window::Main, "rejoin", &said)?;
        match app::sync::sync(desk) {
            // A restored computer is let in without a server too, and while it is out of reach.
            Err(refusal) if [Code::NotAttached, Code::Offline].contains(&refusal.code) => {}
            synced => drop(synced?),
        }
        Ok((restored, rejoined))
    })?;
    if terminal.json {
        return terminal.value(&rejoined);
    }
    if restored {
        return terminal.line(if rejoined.server_waits { words::LET_IN_WAITS } else { words::LET_IN });
    }
    terminal.line(&fill(words::REJOINED, &[("stranded", &rejoined.stranded.to_string())]))
}

/// Who looked at a chart, at every computer whose trail has arrived. Without a server, or a way to it, at this one.
pub(crate) fn looked(arguments: &Arguments, patient: &str, terminal: &mut Terminal) -> Result<(), Stop> {
    let of = json!({"patient": patient});
    let (here, elsewhere): (Looked, LookedElsewhere) = seated(arguments, |desk| {
        let asked: Result<Value, Stop> = ask(desk, Window::Main, "ask_who_looked", &of);
        if asked.is_ok() {
            // Offline, what the answer leaves out is named below.
            drop(app::sync::sync(desk));
        }
        Ok((ask(desk, Window::Main, "who_looked", &of)?, ask(desk, Window::Main, "looked_elsewhere", &of)?))
    })?;
    if terminal.json {
        return terminal.value(&json!({"here": here, "elsewhere": elsewhere}));
    }
    let mut rows: Vec<_> = here.rows.into_iter().map(|row| (words::HERE.to_owned(), row)).collect();
    let others = elsewhere.rows.into_iter().flatten();
    rows.extend(
        others.map(|told| (told.workstation.unwrap_or_else(|| words::UNKNOWN_COMPUTER.to_owned()), told.row)),
    );
    rows.sort_by_key(|(_, row)| Reverse(row.wall.parse::<Instant>().ok()));
    for (at, row) in rows {
        let user = row.user.unwrap_or_default();
        terminal.line(&format!("{}  {at}  {user}  {}  {}", row.wall, row.action, row.outcome))?;
    }
    let missing: Vec<_> = elsewhere.trails.into_iter().filter(|trail| trail.until.is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.into_iter().map(|trail| trail.workstation).collect();
    terminal.line(&fill(words::NOT_IN_THIS_LIST, &[("names", &names.join(", "))]))
}
