//! `import fhir`: each file by itself; the files of a folder that have a resource a line are one export together.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use app::import::{ChangedThere, Imported};
use app::{Refusal, Window};
use domain::fhir::{Account, LARGEST, Left, Reason};
use serde::Serialize;
use serde_json::json;

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, counted, fill};

/// What became of all files together.
#[derive(Default, Serialize)]
struct Total {
    files: u64,
    patients: u64,
    resources: u64,
    records: u64,
    already_here: u64,
    changed: Vec<ChangedIn>,
    left: Vec<LeftIn>,
    by_type: BTreeMap<String, Account>,
}

/// What a file says otherwise than at first.
#[derive(Serialize)]
struct ChangedIn {
    file: String,
    #[serde(flatten)]
    changed: ChangedThere,
}

/// What is left out of a file because something about it is wrong or over.
#[derive(Serialize)]
struct LeftIn {
    file: String,
    #[serde(flatten)]
    left: Left,
}

impl Total {
    fn add(&mut self, file: &Path, imported: Imported) {
        self.files += 1;
        self.patients += imported.patients;
        self.records += imported.records;
        self.already_here += imported.already_here;
        let of_file = |changed| ChangedIn { file: file.display().to_string(), changed };
        self.changed.extend(imported.changed.into_iter().map(of_file));
        let of_file = |left| LeftIn { file: file.display().to_string(), left };
        self.left.extend(imported.left.into_iter().map(of_file));
        for (kind, account) in imported.by_type {
            self.resources += account.resources();
            self.by_type.entry(kind).or_default().add(account);
        }
    }
}

/// Takes in bundles. A file that is refused or cannot be read keeps no other from its place; each refusal is told, and
/// any makes the answer one.
pub(crate) fn fhir(
    arguments: &Arguments,
    paths: &[PathBuf],
    dry_run: bool,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let files = files(paths, terminal)?;
    let mut total = Total::default();
    let mut refused: Option<Stop> = None;
    seated(arguments, |desk| {
        for (file, parts) in &files {
            let taken = text(parts).and_then(|text| {
                ask(desk, Window::Main, "import_fhir", &json!({"text": text, "dry_run": dry_run}))
            });
            match taken {
                Ok(imported) => total.add(file, imported),
                Err(Stop::Closed) => return Err(Stop::Closed),
                Err(stop) => {
                    let of_file = match stop {
                        Stop::Refused(refusal) => {
                            Stop::Refused(refusal.with("file", file.display().to_string()))
                        }
                        // One that cannot be read keeps no other from its place either.
                        other => other,
                    };
                    if let Some(words) = refused.replace(of_file).and_then(|earlier| earlier.words()) {
                        terminal.remark(&words);
                    }
                }
            }
        }
        Ok(())
    })?;
    if terminal.json {
        terminal.value(&total)?;
    } else {
        let number = |number: u64| number.to_string();
        let values = [
            counted(total.files, "file", "files"),
            counted(total.patients, "patient", "patients"),
            counted(total.records, "record", "records"),
            number(total.already_here),
        ];
        let [files, patients, records, here] = &values;
        let named = [("files", files.as_str()), ("patients", patients), ("records", records), ("here", here)];
        terminal.line(&fill(words::IMPORTED, &named))?;
        if !total.left.is_empty() {
            let count = number(total.left.len() as u64);
            terminal.line(&fill(words::LEFT_OUT, &[("left", &count)]))?;
        }
        for LeftIn { file, left } in &total.left {
            let reason = serde_json::to_value(left.reason).unwrap_or_default();
            let reason = reason.as_str().unwrap_or_default();
            let named = [("reason", reason), ("file", file.as_str()), ("place", left.place.as_str())];
            terminal.line(&fill(words::LEFT_WHICH, &named))?;
        }
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

/// The text of files that are one; JSON is UTF-8 (RFC 8259, 8.1).
fn text(parts: &[PathBuf]) -> Result<String, Stop> {
    let read = |part: &PathBuf| {
        String::from_utf8(bytes(part, LARGEST)?).map_err(|error| {
            let place = format!("byte {}", error.utf8_error().valid_up_to() + 1);
            Stop::from(Refusal::of_file(place, Reason::NotJson))
        })
    };
    Ok(parts.iter().map(read).collect::<Result<Vec<_>, _>>()?.join("\n"))
}

/// The bytes of a file of no more than `largest`. Nothing that is none is opened: a pipe would be waited at and a device
/// read without end.
pub(crate) fn bytes(part: &Path, largest: usize) -> Result<Vec<u8>, Stop> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => unread(part, &error),
        _ => Refusal::of_file("file", Reason::Unreadable).into(),
    };
    let found = fs::metadata(part).map_err(unreadable)?;
    if !found.is_file() {
        return Err(Refusal::of_file("file", Reason::NoFile).into());
    }
    let mut bytes = Vec::new();
    let most = largest as u64 + 1;
    let file = fs::File::open(part).map_err(unreadable)?;
    file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > largest { Err(Refusal::of_file("file", Reason::TooLarge).into()) } else { Ok(bytes) }
}

/// The files that are read one by one, each by its parts: those of one folder that have a resource a line refer
/// to each other. What a folder holds beside these is told.
fn files(paths: &[PathBuf], terminal: &mut Terminal) -> Result<Vec<(PathBuf, Vec<PathBuf>)>, Stop> {
    let ends = |file: &Path, with: &str| file.extension().is_some_and(|end| end.eq_ignore_ascii_case(with));
    let mut files: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
    let mut add = |folder: &Path, file: PathBuf| {
        let export = folder.join("*.ndjson");
        if !ends(&file, "ndjson") {
            return files.push((file.clone(), vec![file]));
        }
        match files.iter_mut().find(|(name, _)| *name == export) {
            Some((_, parts)) => parts.push(file),
            None => files.push((export, vec![file])),
        }
    };
    for path in paths {
        if !path.is_dir() {
            add(path.parent().unwrap_or(Path::new("")), path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(|error| unread(path, &error))?;
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        inside.retain(|file| file.is_file());
        let all = inside.len();
        inside.retain(|file| ends(file, "json") || ends(file, "ndjson"));
        inside.sort();
        let folder = path.display().to_string();
        if inside.is_empty() {
            return Err(Stop::Usage(fill(words::NOTHING_TO_READ, &[("file", &folder)])));
        }
        if inside.len() < all {
            let count = (all - inside.len()).to_string();
            terminal.remark(&fill(words::PASSED_OVER, &[("file", &folder), ("count", &count)]));
        }
        inside.into_iter().for_each(|file| add(path, file));
    }
    // One file alone has its own name.
    for (name, parts) in &mut files {
        if let [only] = parts.as_slice() {
            name.clone_from(only);
        }
    }
    Ok(files)
}

fn unread(file: &Path, error: &io::Error) -> Stop {
    let file = file.display().to_string();
    Stop::Usage(fill(words::NOT_READ, &[("file", &file), ("error", &error.to_string())]))
}
