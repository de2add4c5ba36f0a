//! `files`: a file is added to a chart, the files of a chart are listed or written for another system, and a copy of one is
//! kept.

use std::path::Path;

use app::Window;
use app::files::{FileAdded, FileRow, FileWhere, FilesExported, read};
use serde_json::{Value, json};

use crate::arguments::{AddFile, Arguments};
use crate::chart::files_of;
use crate::session::{call, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Adds a file to a chart.
pub(crate) fn add(arguments: &Arguments, asked: &AddFile, terminal: &mut Terminal) -> Result<(), Stop> {
    let AddFile { file, patient, sort, title, taken_on, note, confirm } = asked;
    let bytes = read(file)?;
    let text = |name: Option<&std::ffi::OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    let title = title.clone().unwrap_or_else(|| text(file.file_stem()));
    let added: FileAdded = seated(arguments, |desk| {
        let id = desk.bring(text(file.file_name()), bytes)?;
        let mut details = json!({"sort": sort, "title": title});
        for (name, said) in [("taken_on", taken_on), ("note", note)] {
            if let Some(said) = said {
                details[name] = json!(said);
            }
        }
        let input = json!({
            "file": id, "patient": patient, "about": null, "came_by": "file", "details": details,
            "confirmed": confirm,
        });
        call(desk, Window::Main, "add_file", &input)
    })?;
    if terminal.json {
        return terminal.value(&added);
    }
    terminal.line(&fill(words::FILE_ADDED, &[("title", &title), ("id", &added.id.to_string())]))?;
    match added.twice {
        Some(other) => terminal.line(&fill(words::FILED_TWICE, &[("id", &other.to_string())])),
        None => Ok(()),
    }
}

/// Lists the files of a chart.
pub(crate) fn list(arguments: &Arguments, patient: &str, terminal: &mut Terminal) -> Result<(), Stop> {
    let rows = seated(arguments, |desk| files_of(desk, patient))?;
    if terminal.json {
        return terminal.value(&rows);
    }
    if rows.is_empty() {
        return terminal.line(words::NO_FILES);
    }
    rows.iter().try_for_each(|row| terminal.line(&in_words(row)))
}

/// A file in a line.
pub(crate) fn in_words(row: &FileRow) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let percent = row.state.percent.unwrap_or_default().to_string();
    let workstation = text(&row.state.workstation);
    let values = [("percent", percent.as_str()), ("workstation", &workstation)];
    let state = match row.state.at {
        FileWhere::Here => words::FILE_HERE,
        FileWhere::Coming => words::FILE_COMING,
        FileWhere::Server => words::FILE_AT_SERVER,
        FileWhere::Elsewhere if workstation.is_empty() => words::FILE_NOT_HERE,
        FileWhere::Elsewhere => words::FILE_ELSEWHERE,
        FileWhere::Damaged => words::FILE_DAMAGED,
        FileWhere::Erased => words::FILE_ERASED,
    };
    fill(
        words::FILE_ROW,
        &[
            ("day", &text(&row.day)),
            ("sort", row.sort.map(domain::files::FileSort::word).unwrap_or_default()),
            ("title", &text(&row.title)),
            ("bytes", &row.bytes.to_string()),
            ("state", &fill(state, &values)),
            ("id", &row.id.to_string()),
        ],
    )
}

/// Writes the files of a chart for another system.
pub(crate) fn export(
    arguments: &Arguments,
    (patient, sort): (&str, Option<&str>),
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let exported: FilesExported = seated(arguments, |desk| {
        let place = desk.chose(out.to_owned())?;
        let input = json!({"patient": patient, "sort": sort, "place": place});
        call(desk, Window::Main, "export_files", &input)
    })?;
    if terminal.json {
        return terminal.value(&exported);
    }
    let [files, absent] = [exported.files, exported.absent].map(|count| count.to_string());
    let file = out.to_string_lossy();
    terminal.line(&fill(words::FILES_EXPORTED, &[("files", &files), ("file", &file)]))?;
    match exported.absent {
        0 => Ok(()),
        _ => terminal.line(&fill(words::FILES_ABSENT, &[("absent", &absent)])),
    }
}

/// Keeps a copy of a file.
pub(crate) fn save(
    arguments: &Arguments,
    file: &str,
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let saved: Value = seated(arguments, |desk| {
        let place = desk.chose(out.to_owned())?;
        call(desk, Window::Main, "save_file", &json!({"file": file, "place": place}))
    })?;
    if terminal.json {
        return terminal.value(&saved);
    }
    terminal.line(&fill(words::FILE_SAVED, &[("file", &out.to_string_lossy())]))
}
