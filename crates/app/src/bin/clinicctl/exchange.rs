//! The verbs that speak with the server.

use app::enrol::Enrolled;
use app::{Desk, Window, World};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Server};
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
