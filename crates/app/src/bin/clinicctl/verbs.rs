//! The verbs that ask one command and show its answer.

use std::io::{self, Read};

use app::audit::Verified;
use app::commands::{COMMANDS, Command};
use app::patients::Found;
use app::records::PersonRow;
use app::status::RebuildReport;
use app::{Code, Refusal, Window};
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::session::{self, call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Finds people.
pub(crate) fn find(arguments: &Arguments, text: &str, terminal: &mut Terminal) -> Result<(), Stop> {
    let found: Found =
        seated(arguments, |desk| ask(desk, Window::Main, "find_patients", &json!({"text": text})))?;
    if terminal.json {
        return terminal.value(&found);
    }
    if found.people.is_empty() {
        return terminal.line(words::NOBODY);
    }
    found.people.iter().try_for_each(|person| terminal.line(&in_words(person)))
}

/// A person in a line.
pub(crate) fn in_words(person: &PersonRow) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let given = format!("{} {}", text(&person.given), text(&person.middle));
    fill(
        words::PERSON,
        &[
            ("family", &text(&person.family)),
            ("given", given.trim()),
            ("born", &person.birth_date.map(|date| date.to_string()).unwrap_or_default()),
            ("sex", person.sex.map(domain::patients::Sex::word).unwrap_or_default()),
            ("number", &text(&person.number)),
            ("id", &person.id.to_string()),
        ],
    )
}

/// Lists every command.
pub(crate) fn commands(terminal: &mut Terminal) -> Result<(), Stop> {
    let described: Vec<Value> = COMMANDS.iter().map(described).collect();
    if terminal.json {
        return terminal.value(&described);
    }
    for command in &described {
        let word = |key: &str| command[key].as_str().unwrap_or(words::OPEN).to_owned();
        terminal.line(&fill(
            words::COMMAND,
            &[("name", &word("name")), ("permission", &word("permission")), ("audit", &word("audit"))],
        ))?;
        for key in ["input", "output"] {
            terminal.line(&fill(words::SCHEMA, &[("key", key), ("schema", &command[key].to_string())]))?;
        }
    }
    Ok(())
}

fn described(command: &Command) -> Value {
    let (input, output) = (command.schemas)();
    json!({
        "name": command.name,
        "permission": command.permission,
        "audit": command.audit,
        "input": input,
        "output": output,
    })
}

/// Calls a command: before sign-in where it is one of the door's, else as the person who is named.
pub(crate) fn call(
    arguments: &Arguments,
    name: &str,
    input: Option<&str>,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let command = COMMANDS.iter().find(|command| command.name == name);
    let command = command.ok_or_else(|| Refusal::new(Code::UnknownCommand))?;
    let input = match input {
        Some("-") => {
            let mut text = String::new();
            let unread =
                |error: io::Error| Stop::Usage(fill(words::NO_INPUT, &[("error", &error.to_string())]));
            io::stdin().read_to_string(&mut text).map_err(unread)?;
            text
        }
        Some(text) => text.to_owned(),
        None => "{}".to_owned(),
    };
    let answer = match command.permission {
        None => app::call(&mut session::desk(arguments)?, Window::Lock, name, &input)?,
        Some(_) => seated(arguments, |desk| Ok(app::call(desk, Window::Main, name, &input)?))?,
    };
    let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
    terminal.value(&answer)
}

/// Checks the audit trail; a fault is a refusal.
pub(crate) fn verify_audit(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Stop> {
    let verified: Verified = seated(arguments, |desk| ask(desk, Window::Main, "verify_audit", &json!({})))?;
    if terminal.json {
        terminal.value(&verified)?;
    }
    if let Some(fault) = verified.fault {
        return Err(Refusal::new(Code::StoreDamaged).with("fault", fault).into());
    }
    if terminal.json {
        return Ok(());
    }
    let (entries, heads) = (verified.entries.to_string(), verified.heads.to_string());
    terminal.line(&fill(words::TRAIL_WHOLE, &[("entries", &entries), ("heads", &heads)]))
}

/// Makes the tables again, or only looks; with `check` a table that differs is a refusal.
pub(crate) fn rebuild(arguments: &Arguments, check: bool, terminal: &mut Terminal) -> Result<(), Stop> {
    let report: RebuildReport =
        seated(arguments, |desk| ask(desk, Window::Main, "rebuild", &json!({"check": check})))?;
    if terminal.json {
        terminal.value(&report)?;
    } else {
        let (records, tables) = (report.records.to_string(), report.differing.join(", "));
        let text = match (report.differing.is_empty(), check) {
            (true, _) => words::TABLES_TRUE,
            (false, true) => words::TABLES_DIFFER,
            (false, false) => words::TABLES_MENDED,
        };
        terminal.line(&fill(text, &[("records", &records), ("tables", &tables)]))?;
    }
    if check && !report.differing.is_empty() {
        return Err(Refusal::new(Code::StoreDamaged).with("tables", report.differing.join(", ")).into());
    }
    Ok(())
}
