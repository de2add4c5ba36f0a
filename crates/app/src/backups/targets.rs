//! Where backups go: a person chooses a folder, a stick or the clinic's server, names it, and takes it away again. What lies there stays.

use std::path::Path;

use domain::RecordId;
use domain::choice;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::backup::{BackupFault, Target};
use ts_rs::TS;

use super::hands::refused;
use super::kept::{Kept, change, forget_wrote, keep_all, targets};
use super::reach::LOOK;
use super::view::{Backups, shown};
use crate::patience::within;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync;

choice! {
    /// What a target is.
    pub enum TargetSort {
        /// A folder, on another disk or a share.
        Folder = "folder",
        /// A stick that is plugged in now and then.
        Stick = "stick",
        /// The clinic's server.
        Server = "server",
    }
}

/// A change of where backups go: a new target by `place` and `sort`, another name, or the end of one.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditTargets {
    /// Which one; none for a new one.
    pub target: Option<RecordId>,
    /// What it is called.
    pub name: Option<String>,
    /// The id of the folder that the person chose, of a new one that is no server.
    pub place: Option<String>,
    /// What it is, of a new one.
    pub sort: Option<TargetSort>,
    /// That backups go there no more. What lies there stays.
    pub remove: bool,
}

/// More places than anybody looks after.
const MOST: usize = 12;
const LONGEST_NAME: usize = 60;

/// Changes where backups go.
pub(crate) fn edit_targets(seat: &mut Seat, input: EditTargets) -> Result<Backups, Refusal> {
    let name = input.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(Refusal::invalid("name"));
    }
    let all = targets(seat.act)?;
    match input.target {
        Some(id) if !all.iter().any(|kept| kept.id == id) => return Err(Refusal::new(Code::NotFound)),
        Some(id) if input.remove => {
            keep_all(seat.act, all.into_iter().filter(|kept| kept.id != id).collect())?;
            seat.act.forget_jobs(&id.to_string())?;
            forget_wrote(seat.act, id)?;
        }
        Some(id) => {
            let name = name.ok_or_else(|| Refusal::missing("name"))?;
            change(seat.act, id, |kept| kept.name = name)?;
        }
        None => {
            let name = name.ok_or_else(|| Refusal::missing("name"))?;
            let sort = input.sort.ok_or_else(|| Refusal::missing("sort"))?;
            if all.len() >= MOST {
                return Err(Refusal::new(Code::TooLarge));
            }
            let fresh = match sort {
                TargetSort::Server => at_server(seat, &all, name)?,
                TargetSort::Folder | TargetSort::Stick => {
                    let place = input.place.ok_or_else(|| Refusal::missing("place"))?;
                    in_place(seat, &all, name, sort, &place)?
                }
            };
            add(seat, all, fresh)?;
        }
    }
    shown(seat)
}

/// A target at the clinic's server, of which there is one. Whether it takes backups says the first one.
fn at_server(seat: &mut Seat, all: &[Kept], name: String) -> Result<Kept, Refusal> {
    let url = sync::server(seat.act)?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    let again = all.iter().find(|kept| kept.is_server()).map(|kept| kept.id);
    let id = again.unwrap_or_else(|| seat.new_id());
    Ok(fresh(seat, id, name, TargetSort::Server, url))
}

/// A target in the place that was chosen under this id. One that is known and was moved goes on under its new name; a copy of one
/// that is still where it was is none.
fn in_place(
    seat: &mut Seat,
    all: &[Kept],
    name: String,
    sort: TargetSort,
    place: &str,
) -> Result<Kept, Refusal> {
    let place = seat.chosen(place).ok_or_else(|| Refusal::invalid("place"))?;
    let (id, clinic, root) = (seat.new_id(), seat.place.clinic, seat.folder.root().to_owned());
    let there = place.clone();
    let marked = within(&place.to_string_lossy(), LOOK, move || {
        let target = Target::at(&there);
        let id = target.mark_as(id, clinic)?;
        // A place that can be looked at and not written to is found out now, and not at night.
        target.try_to_write()?;
        Ok((id, target.is_on_the_disk_of(&root)))
    });
    let (id, same_disk) = marked.unwrap_or(Err(BackupFault::Hangs)).map_err(refused)?;
    if let Some(known) = all.iter().find(|kept| kept.id == id) {
        let (was, now) = (Target::at(Path::new(&known.path)), Target::at(&place));
        let is_copied = within(&known.path, LOOK, move || was.keeps_beside(id, &now));
        if is_copied.ok_or_else(|| refused(BackupFault::Hangs))? {
            let copied = Refusal::new(Code::NotBackedUp).with("reason", "copied");
            return Err(copied.with("name", known.name.clone()));
        }
        let (sort, path) = (sort.word().to_owned(), place.to_string_lossy().into_owned());
        return Ok(Kept { same_disk, name, sort, path, ..known.clone() });
    }
    Ok(Kept { same_disk, ..fresh(seat, id, name, sort, place.to_string_lossy().into_owned()) })
}

fn fresh(seat: &Seat, id: RecordId, name: String, sort: TargetSort, path: String) -> Kept {
    Kept {
        id,
        name,
        sort: sort.word().to_owned(),
        path,
        added: seat.moment.now,
        seen: Some(seat.moment.now),
        same_disk: false,
        damaged: None,
        last: None,
        whole: None,
        tested: None,
        behind: None,
        beside: None,
        others: None,
        unnamed: None,
        attacked: None,
        mended: None,
    }
}

fn add(seat: &mut Seat, mut all: Vec<Kept>, fresh: Kept) -> Result<(), Refusal> {
    let id = fresh.id;
    all.retain(|kept| kept.id != id);
    all.push(fresh);
    keep_all(seat.act, all)?;
    // The first backup is not waited for.
    super::view::ask(seat, domain::jobs::JobKind::BackUp, id)
}
