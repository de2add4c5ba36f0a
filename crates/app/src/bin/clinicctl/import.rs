//! `import fhir`: each file by itself, whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use app::import::{ChangedThere, Imported};
use app::{Code, Refusal, Window};
use domain::fhir::{Account, Reason};
use serde::Serialize;
use serde_json::json;

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// What became of all files together.
#[derive(Default, Serialize)]
struct Total {
    files: u64,
    patients: u64,
    resources: u64,
    records: u64,
    already_here: u64,
    changed: Vec<ChangedIn>,
    by_type: BTreeMap<String, Account>,
}

/// What a file says otherwise than at first.
#[derive(Serialize)]
struct ChangedIn {
    file: String,
    #[serde(flatten)]
    changed: ChangedThere,
}

impl Total {
    fn add(&mut self, file: &Path, imported: Imported) {
        self.files += 1;
        self.patients += imported.patients;
        self.records += imported.records;
        self.already_here += imported.already_here;
        let of_file = |changed| ChangedIn { file: file.display().to_string(), changed };
        self.changed.extend(imported.changed.into_iter().map(of_file));
        for (kind, account) in imported.by_type {
            let left_out: u64 = account.left_out.values().sum();
            self.resources += account.stored + account.merged + left_out;
            let total = self.by_type.entry(kind).or_default();
            total.stored += account.stored;
            total.merged += account.merged;
            for (reason, count) in account.left_out {
                *total.left_out.entry(reason).or_default() += count;
            }
        }
    }
}

/// Takes in bundles. A file that is refused keeps no other from its place; each refusal is told, and
/// any makes the answer one.
pub(crate) fn fhir(
    arguments: &Arguments,
    paths: &[PathBuf],
    dry_run: bool,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let files = files(paths)?;
    let mut total = Total::default();
    let mut refused: Option<Stop> = None;
    seated(arguments, |desk| {
        for file in &files {
            let taken = text(file).and_then(|text| {
                ask(desk, Window::Main, "import_fhir", &json!({"text": text, "dry_run": dry_run}))
            });
            match taken {
                Ok(imported) => total.add(file, imported),
                Err(Stop::Refused(refusal)) => {
                    let of_file = Stop::Refused(refusal.with("file", file.display().to_string()));
                    if let Some(words) = refused.replace(of_file).and_then(|earlier| earlier.words()) {
                        terminal.remark(&words);
                    }
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(())
    })?;
    if terminal.json {
        terminal.value(&total)?;
    } else {
        let number = |number: u64| number.to_string();
        let values =
            [number(total.files), number(total.patients), number(total.records), number(total.already_here)];
        let [files, patients, records, here] = &values;
        let named = [("files", files.as_str()), ("patients", patients), ("records", records), ("here", here)];
        terminal.line(&fill(words::IMPORTED, &named))?;
        if !total.changed.is_empty() {
            let count = number(total.changed.len() as u64);
            terminal.line(&fill(words::CHANGED_THERE, &[("changed", &count)]))?;
        }
        for ChangedIn { file, changed } in &total.changed {
            let record = changed.record.to_string();
            let named =
                [("kind", &changed.kind), ("record", &record), ("file", file), ("place", &changed.place)];
            terminal.line(&fill(words::CHANGED_WHICH, &named.map(|(name, value)| (name, value.as_str()))))?;
        }
    }
    refused.map_or(Ok(()), Err)
}

/// The text of a file; JSON is UTF-8 (RFC 8259, 8.1).
fn text(file: &Path) -> Result<String, Stop> {
    let bytes = fs::read(file).map_err(|error| unread(file, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let place = format!("byte {}", error.utf8_error().valid_up_to() + 1);
        let reason = serde_json::to_value(Reason::NotJson).unwrap_or_default();
        Refusal::new(Code::FileRefused).with("place", place).with("reason", reason).into()
    })
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Stop> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(|error| unread(path, &error))?;
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        inside.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn unread(file: &Path, error: &std::io::Error) -> Stop {
    let file = file.display().to_string();
    Stop::Usage(fill(words::NOT_READ, &[("file", &file), ("error", &error.to_string())]))
}
