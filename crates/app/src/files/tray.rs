//! The tray: a folder of this workstation into which the scanner writes. A paper waits there until somebody gives it to a
//! patient, and only then its original goes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use domain::RecordId;
use domain::files::{AttachmentText, CameBy, Unfit, recognise};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::add::{FileAdded, Filing, filed};
use super::looked_at::FileFrom;
use crate::answer::fitting;
use crate::brought::{beginning, read};
use crate::command::Nothing;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A paper in the tray.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TrayPaper {
    /// What the scanner called it: by this name it is assigned.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was written, with offset.
    pub at: Option<String>,
    /// What it is (IANA media type).
    pub media_type: Option<String>,
    /// Why it cannot be filed, where that is so: a word of `Unfit`.
    pub unfit: Option<Unfit>,
}

/// What lies in the tray.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Tray {
    /// The folder's own name; none where no tray was chosen.
    pub folder: Option<String>,
    /// Whether the folder is there now.
    pub there: bool,
    /// The papers that wait, the oldest first, as many as an answer holds.
    pub papers: Vec<TrayPaper>,
    /// How many wait.
    pub count: u64,
}

/// A folder that the scanner writes into.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTray {
    /// The id of the folder that the person chose; none to have no tray.
    pub place: Option<String>,
}

/// A paper of the tray to file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignFromTray {
    /// What the tray calls it.
    pub paper: String,
    /// In whose chart.
    pub patient: RecordId,
    /// The visit or the note to which it belongs.
    pub about: Option<RecordId>,
    /// What is said of it: sort and title at least.
    pub details: AttachmentText,
    /// That it is this person's although it names another.
    #[serde(default)]
    pub confirmed: bool,
}

/// Where this workstation remembers its tray.
const TRAY: &str = "tray";
/// More papers are counted and not looked at.
const MOST: usize = 200;

/// What lies in the tray.
pub(crate) fn tray(seat: &mut Seat, _: Nothing) -> Result<Tray, Refusal> {
    let Some(folder) = folder(seat)? else {
        return Ok(Tray { folder: None, there: false, papers: Vec::new(), count: 0 });
    };
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let Ok(entries) = fs::read_dir(&folder) else {
        return Ok(Tray { folder: name, there: false, papers: Vec::new(), count: 0 });
    };
    let mut found: Vec<(u64, String, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok().filter(|name| is_paper(name))?;
            let known = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            let at = known.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_millis();
            Some((u64::try_from(at).unwrap_or_default(), name, entry.path()))
        })
        .collect();
    found.sort();
    let count = found.len() as u64;
    let papers = found.into_iter().take(MOST).map(|(at, name, place)| {
        let bytes = fs::metadata(&place).map_or(0, |known| known.len());
        let known = beginning(&place).map_or(Err(Unfit::Unknown), |begins| recognise(&begins));
        TrayPaper {
            name,
            bytes,
            at: Some(seat.place.zone.instant(at).to_string()),
            media_type: known.ok().map(|format| format.word().to_owned()),
            unfit: known.err(),
        }
    });
    let (papers, _) = fitting(papers.collect());
    Ok(Tray { folder: name, there: true, papers, count })
}

/// Chooses the folder that is the tray, or none.
pub(crate) fn set_tray(seat: &mut Seat, input: SetTray) -> Result<Nothing, Refusal> {
    let Some(place) = input.place else {
        seat.act.forget_local(TRAY)?;
        return Ok(Nothing {});
    };
    let place = seat.chosen(&place).ok_or_else(|| Refusal::invalid("place"))?;
    let place = place.canonicalize().ok().filter(|place| place.is_dir());
    let place = place.ok_or_else(|| Refusal::invalid("place"))?;
    let own = seat.world.folder.canonicalize().ok();
    // The data folder is nobody's tray: what is assigned from it would be gone from it.
    if own.is_some_and(|own| place.starts_with(&own) || own.starts_with(&place)) {
        return Err(Refusal::invalid("place"));
    }
    let text = place.to_str().ok_or_else(|| Refusal::invalid("place"))?;
    seat.act.set_local(TRAY, text.as_bytes())?;
    Ok(Nothing {})
}

/// Files a paper of the tray; its original goes once that is done.
pub(crate) fn assign_from_tray(seat: &mut Seat, input: AssignFromTray) -> Result<FileAdded, Refusal> {
    let AssignFromTray { paper, patient, about, details, confirmed } = input;
    let place = place_of(seat, &paper)?;
    let from = FileFrom::Tray(paper);
    let filing = Filing { from, patient, about, came_by: CameBy::Scan, details, confirmed };
    let added = filed(seat, &filing)?;
    seat.afterwards(move |_, _, _| {
        // What cannot be removed waits in the tray, and would be filed twice: the chart says so then.
        fs::remove_file(place).ok();
        Ok(())
    });
    Ok(added)
}

/// The bytes of a paper of the tray.
pub(super) fn paper(seat: &Seat, name: &str) -> Result<Vec<u8>, Refusal> {
    read(&place_of(seat, name)?)
}

/// Where a paper of the tray lies: a file of that folder itself, and nothing that a name could lead to elsewhere.
fn place_of(seat: &Seat, name: &str) -> Result<PathBuf, Refusal> {
    let not_found = || Refusal::new(Code::NotFound);
    let folder = folder(seat)?.ok_or_else(not_found)?;
    let is_name = Path::new(name).file_name().is_some_and(|file| file == name) && is_paper(name);
    let place = folder.join(name);
    let is_file = fs::symlink_metadata(&place).is_ok_and(|known| known.is_file());
    if is_name && is_file { Ok(place) } else { Err(not_found()) }
}

fn folder(seat: &Seat) -> Result<Option<PathBuf>, Refusal> {
    let text = seat.act.local(TRAY)?.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(text.map(PathBuf::from))
}

/// Whether a file of this name is a paper: one whose name begins with a dot a program hides while it writes.
fn is_paper(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.ends_with(".part") && !name.ends_with(".tmp")
}
