//! `codes`: a clinic's own file is looked at and taken in, and a name is found.

use std::path::Path;

use ::codes::pack::MOST_BYTES;
use app::codes::{CodesFound, CodesTaken};
use app::{Refusal, Window};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::arguments::{Arguments, TakeIn};
use crate::import::bytes;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// How workbooks begin: a ZIP, and an OLE file.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Takes a file of codes in, or only looks at it.
pub(crate) fn take_in(arguments: &Arguments, asked: &TakeIn, terminal: &mut Terminal) -> Result<(), Stop> {
    let TakeIn { file, system, system_version, language, licence, confirm_licence, dry_run } = asked;
    let (text, bytes) = read(file)?;
    let mut input = json!({
        "text": text, "system": system, "version": system_version, "language": language,
        "licence": licence, "confirmed": confirm_licence, "dry_run": dry_run,
    });
    if let Some(bytes) = bytes {
        input["bytes"] = json!(bytes);
    }
    let taken: CodesTaken = seated(arguments, |desk| ask(desk, Window::Main, "take_in_codes", &input))?;
    if terminal.json {
        return terminal.value(&taken);
    }
    let said = if *dry_run { words::CODES_LOOKED } else { words::CODES_TAKEN };
    let (names, left) = (taken.names.to_string(), taken.left_out.to_string());
    let named = [("names", &names), ("system", &taken.system), ("version", &taken.version), ("left", &left)];
    terminal.line(&fill(said, &named.map(|(name, value)| (name, value.as_str()))))?;
    taken.left.iter().try_for_each(|left| {
        let fault = serde_json::to_value(left.fault).unwrap_or_default();
        let line = left.line.to_string();
        let named = [("line", line.as_str()), ("fault", fault.as_str().unwrap_or_default())];
        terminal.line(&fill(words::CODES_LEFT, &named))
    })
}

/// Finds names with their codes.
pub(crate) fn find(arguments: &Arguments, text: &str, terminal: &mut Terminal) -> Result<(), Stop> {
    let found: CodesFound =
        seated(arguments, |desk| ask(desk, Window::Main, "find_codes", &json!({"text": text})))?;
    if terminal.json {
        return terminal.value(&found);
    }
    if found.rows.is_empty() {
        return terminal.line(words::NO_NAME);
    }
    found.rows.iter().try_for_each(|row| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let values = [row.name.clone(), text(&row.code), text(&row.system), text(&row.version)];
        let [name, code, system, version] = &values;
        let named = [("name", name), ("code", code), ("system", system), ("version", version)];
        terminal.line(&fill(words::CODE_FOUND, &named.map(|(name, value)| (name, value.as_str()))))
    })
}

/// The text of a file, or the bytes of a workbook in Base64.
fn read(file: &Path) -> Result<(String, Option<String>), Stop> {
    let bytes = bytes(file, MOST_BYTES)?;
    if WORKBOOKS.iter().any(|begins| bytes.starts_with(begins)) {
        return Ok((String::new(), Some(STANDARD.encode(bytes))));
    }
    let text = String::from_utf8(bytes).map_err(|_| Refusal::of_file("file", "not_text"))?;
    Ok((text, None))
}
