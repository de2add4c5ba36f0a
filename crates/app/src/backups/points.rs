//! The points of a target, latest first: the moments that can be brought back from there.

use std::time::Duration;

use domain::backup::{BackupSort, Stored, Stream, point_name};
use domain::{ClinicId, Incarnation, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::backup::{Backup, BackupFault};
use ts_rs::TS;

use super::hands::refused;
use super::kept::{Last, change, targets};
use super::reach::{Way, called};
use super::run::own_point;
use crate::answer::fitting;
use crate::patience::within;
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

/// Nobody who looks waits longer.
const A_LOOK: Duration = Duration::from_secs(10);

/// A page of the points of a target. What is seen to be gone of the last backup is known as that from then on.
pub(crate) fn restore_points(seat: &mut Seat, input: PointsOf) -> Result<RestorePoints, Refusal> {
    let none = || Refusal::new(Code::NotFound);
    let kept = targets(seat.act)?.into_iter().find(|kept| kept.id == input.target).ok_or_else(none)?;
    let last = kept.last_of(seat.place.incarnation).filter(|_| input.before.is_none()).cloned();
    let way = Way::to(seat.act, seat.place, seat.world, seat.folder.root(), kept)?;
    let (clinic, own) = (seat.place.clinic, seat.place.incarnation);
    let about = called(&seat.world.folder, &input.target.to_string());
    let read = within(&about, A_LOOK, move || read(&way, (clinic, own), input.before, last.as_ref()));
    let Read { segments, numbers, page, gone } = read.unwrap_or(Err(BackupFault::Hangs)).map_err(refused)?;
    if !gone.is_empty() {
        change(seat.act, input.target, |kept| {
            kept.set_damage(kept.damage().into_iter().chain(gone), kept.unnamed.unwrap_or_default());
            kept.whole = None;
        })?;
    }
    let more = numbers > page.len();
    let mut rows = Vec::new();
    for (number, bytes) in page {
        let point = own_point((seat.place.key.public(), own), number, &bytes);
        let covers = |stream: &Stream| {
            let through = point.as_ref().map_or(0, |point| point.through(*stream));
            domain::backup::covering(segments.iter().copied(), *stream, through).is_ok()
        };
        rows.push(PointRow {
            number,
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
    let more = cut || more;
    let next = rows.last().map(|row| row.number).filter(|_| more);
    Ok(RestorePoints { rows, next })
}

/// What is there.
#[derive(Default)]
struct Read {
    /// The segments.
    segments: Vec<(Stream, u64, u64)>,
    /// How many points there are before the page's end.
    numbers: usize,
    /// The last of these, with their bytes.
    page: Vec<(u64, Vec<u8>)>,
    /// What is not there of the last backup, or is another one.
    gone: Vec<String>,
}

fn read(
    way: &Way,
    (clinic, own): (ClinicId, Incarnation),
    before: Option<u64>,
    last: Option<&Last>,
) -> Result<Read, BackupFault> {
    let Some(backup) = way.find()?.find(clinic, own)? else {
        let gone = last.map(|last| point_name(last.point.number)).into_iter().collect();
        return Ok(Read { gone, ..Read::default() });
    };
    let (mut numbers, segments) = (backup.points()?, backup.segments()?);
    let gone = last.filter(|_| !backup.keeps_all()).map(|last| gone(&backup, last, &segments));
    numbers.retain(|number| before.is_none_or(|before| *number < before));
    let page = numbers.iter().rev().take(A_PAGE).map(|number| match backup.point(*number) {
        // It is told as what is not whole.
        Err(fault) if fault.is_of_one() => Ok((*number, Vec::new())),
        read => Ok((*number, read?)),
    });
    let page = page.collect::<Result<_, BackupFault>>()?;
    // A stick that was pulled meanwhile has lost nothing.
    if !backup.is_there() {
        return Err(BackupFault::Gone);
    }
    Ok(Read { segments, numbers: numbers.len(), page, gone: gone.unwrap_or_default() })
}

fn gone(backup: &Backup, last: &Last, segments: &[(Stream, u64, u64)]) -> Vec<String> {
    let point = &last.point;
    let lost = (!backup.stands(&point_name(point.number), &last.sha256)).then(|| point_name(point.number));
    let absent = point.segments.iter().filter(|one| !segments.contains(&(one.stream, one.from, one.through)));
    lost.into_iter().chain(absent.map(Stored::name)).collect()
}
