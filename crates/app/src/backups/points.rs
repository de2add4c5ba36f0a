//! The points of a target, latest first: the moments that can be brought back from there.

use domain::RecordId;
use domain::backup::{BackupSort, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::backup::open_point;
use ts_rs::TS;

use super::hands::{find, refused};
use super::kept::targets;
use crate::answer::fitting;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Which points.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsOf {
    /// The target.
    pub target: RecordId,
    /// Those before the point with this number; none for the latest.
    pub before: Option<u64>,
}

/// A point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PointRow {
    /// Its number.
    pub number: u64,
    /// When it was made, with offset.
    pub at: String,
    /// What was taken.
    pub sort: Option<BackupSort>,
    /// How many entries it has.
    pub entries: u64,
    /// How many files.
    pub files: u64,
    /// Whether its signature is genuine and what it needs is there. Only a check reads all of it.
    pub whole: bool,
}

/// A page of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RestorePoints {
    /// The points, latest first.
    pub rows: Vec<PointRow>,
    /// The number before which the next page begins; none at the end.
    pub next: Option<u64>,
}

/// Points on a page: each is read from the target.
const A_PAGE: usize = 30;

/// A page of the points of a target.
pub(crate) fn restore_points(seat: &mut Seat, input: PointsOf) -> Result<RestorePoints, Refusal> {
    let none = || Refusal::new(Code::NotFound);
    let kept = targets(seat.act)?.into_iter().find(|kept| kept.id == input.target).ok_or_else(none)?;
    let (target, _) = find(&kept, &(seat.world.mounts)()).map_err(refused)?;
    let Some(backup) = target.find(seat.place.clinic, seat.place.incarnation) else {
        return Ok(RestorePoints { rows: Vec::new(), next: None });
    };
    let segments = backup.segments();
    let mut numbers = backup.points();
    numbers.retain(|number| input.before.is_none_or(|before| *number < before));
    let mut rows = Vec::new();
    for number in numbers.iter().rev().take(A_PAGE) {
        let bytes = backup.point(*number).map_err(refused)?;
        let point = open_point(seat.place.key.public(), &bytes);
        let covers = |stream: &Stream| {
            let through = point.as_ref().map_or(0, |point| point.through(*stream));
            domain::backup::covering(segments.iter().copied(), *stream, through).is_ok()
        };
        rows.push(PointRow {
            number: *number,
            at: point
                .as_ref()
                .map_or_else(String::new, |point| seat.place.zone.instant(point.at).as_str().to_owned()),
            sort: point
                .as_ref()
                .and_then(|point| BackupSort::ALL.iter().copied().find(|sort| sort.word() == point.sort)),
            entries: point.as_ref().map_or(0, |point| point.entries),
            files: point.as_ref().map_or(0, |point| point.blobs.count + point.files.count),
            whole: point.is_some() && Stream::ALL.iter().all(covers),
        });
    }
    let (rows, cut) = fitting(rows);
    let more = cut || numbers.len() > A_PAGE;
    let next = rows.last().map(|row| row.number).filter(|_| more);
    Ok(RestorePoints { rows, next })
}
