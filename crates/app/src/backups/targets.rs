//! Where backups go: a person chooses a folder or a stick, names it, and takes it away again. What lies there stays.

use domain::RecordId;
use domain::choice;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::backup::Target;
use ts_rs::TS;

use super::hands::refused;
use super::kept::{Kept, change, forget_wrote, keep_all, targets};
use super::view::{Backups, shown};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

choice! {
    /// What a target is.
    pub enum TargetSort {
        /// A folder, on another disk or a share.
        Folder = "folder",
        /// A stick that is plugged in now and then.
        Stick = "stick",
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
    /// The id of the folder that the person chose, of a new one.
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
            add(seat, all, name, sort, &input.place.ok_or_else(|| Refusal::missing("place"))?)?;
        }
    }
    shown(seat)
}

fn add(
    seat: &mut Seat,
    mut all: Vec<Kept>,
    name: String,
    sort: TargetSort,
    place: &str,
) -> Result<(), Refusal> {
    let place = seat.chosen(place).ok_or_else(|| Refusal::invalid("place"))?;
    if all.len() >= MOST {
        return Err(Refusal::new(Code::TooLarge));
    }
    let target = Target::at(&place);
    let fresh = seat.new_id();
    let id = target.mark_as(fresh, seat.place.clinic).map_err(refused)?;
    // A place that can be looked at and not written to is found out now, and not at night.
    target.try_to_write().map_err(refused)?;
    all.retain(|kept| kept.id != id);
    all.push(Kept {
        id,
        name,
        sort: sort.word().to_owned(),
        path: place.to_string_lossy().into_owned(),
        added: seat.moment.now,
        seen: Some(seat.moment.now),
        same_disk: target.is_on_the_disk_of(seat.folder.root()),
        damaged: None,
        last: None,
        whole: None,
        tested: None,
    });
    keep_all(seat.act, all)?;
    // The first backup is not waited for.
    super::view::ask(seat, domain::jobs::JobKind::BackUp, id)
}
