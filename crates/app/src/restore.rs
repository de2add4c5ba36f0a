//! Bringing a backup back: what is in it, what would happen, and doing it. Rejoin takes in what this workstation lacks;
//! Replace sets the store here aside. At the door a bare computer becomes the workstation that the backup is of, by its
//! recovery sheet or two of the clinic's shares.

mod anew;
mod apart;
mod bare;
mod look;
mod older;
mod papers;
mod rejoin;
mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crypto::StoreKey;
use domain::backup::Point;
use domain::clinic::Workstation;
use domain::restore::{Barred, Here, Plan, RestoreMode, Source as Said, plan};
use domain::{Digest, Value, Zone, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::BlobState;
use ts_rs::TS;

use crate::backups::{self, Line};
use crate::command::Nothing;
use crate::people::store_key;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync;
use crate::world::World;

use apart::apart;
pub use bare::{RestoreHere, RestoredHere};
pub(crate) use bare::{restore_here, restore_sources_here};
use look::look;
use source::{From, Source, With};

/// Where backups lie.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreFrom {
    /// The id of a target, or of the place that was chosen, or the server's address.
    pub from: String,
    /// For those at a server: the recovery sheet of the workstation, or two of the clinic's shares, in whatever spacing.
    #[serde(default)]
    #[ts(optional)]
    pub papers: Option<String>,
}

/// The installations whose backups lie in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RestoreSources {
    /// Each of them.
    pub rows: Vec<RestoreSource>,
    /// How many more there are.
    pub more: u64,
}

/// An installation whose backups lie in a place, as its points say. Nothing of it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RestoreSource {
    /// What its folder is called.
    pub installation: String,
    /// Whether it opens here without a paper: it is of this workstation.
    pub own: bool,
    /// Its latest points, the last first.
    pub points: Vec<SourcePoint>,
}

/// A point of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SourcePoint {
    /// Its number.
    pub number: u64,
    /// When, with offset.
    pub at: String,
    /// How many entries the log had.
    pub entries: u64,
}

/// The stores that were set aside here when another one took their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StoresSetAside {
    /// What their folders are called, the last first.
    pub names: Vec<String>,
}

/// What to bring back, and how.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// The id of a target or of the place that the person chose, the server's address, or the name of a folder that was set
    /// aside here.
    pub from: String,
    /// What the folder of the installation is called; none where there is one alone.
    #[serde(default)]
    #[ts(optional)]
    pub installation: Option<String>,
    /// The number of the point; none for the last.
    #[serde(default)]
    #[ts(optional)]
    pub point: Option<u64>,
    /// The recovery sheet of the workstation, or two of the clinic's shares, in whatever spacing; none for what opens with
    /// the key of the store here.
    #[serde(default)]
    #[ts(optional)]
    pub papers: Option<String>,
    /// How.
    pub mode: RestoreMode,
    /// Whether entries that are here and not in the backup may be set aside with the store.
    #[serde(default)]
    pub older: bool,
}

/// What would happen. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RestorePlan {
    /// What the folder of the installation is called.
    pub installation: String,
    /// The workstation's name, as far as it is known.
    pub workstation: Option<String>,
    /// The point.
    pub point: SourcePoint,
    /// Entries that would be added.
    pub added: u64,
    /// Records in them that are not here.
    pub new_records: u64,
    /// Records in them that are here, and would change.
    pub changed_records: u64,
    /// Entries that are in both.
    pub same: u64,
    /// Entries that are here and not in the backup: Replace sets them aside with the store.
    pub lacking: u64,
    /// Files of charts whose bytes are not here, and lie in the backup: Rejoin brings them.
    pub files: u64,
    /// Files of charts whose bytes would not come: in the backup they are not, or they do not read.
    pub files_missing: u64,
    /// The objects of the backup that do not read and would be left out, at most 20 of them, by name.
    pub damaged: Vec<String>,
}

/// What was brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Restored {
    /// Entries that were added.
    pub added: u64,
    /// Records that changed.
    pub records: u64,
    /// The folder in which what was here lies, where it was replaced.
    pub aside: Option<String>,
    /// Files of charts that came back and whose bytes did not: in the backup they were not, or could not be read.
    pub files_missing: u64,
    /// The objects of the backup that could not be read and were left out, at most 20 of them, by name.
    pub damaged: Vec<String>,
}

/// What installations of a place are named at most, and how many of their points.
const MOST_SOURCES: usize = 40;
const MOST_POINTS: usize = 6;

/// The installations whose backups lie in a place.
pub(crate) fn restore_sources(seat: &mut Seat, input: RestoreFrom) -> Result<RestoreSources, Refusal> {
    let from = from_of(seat, &input.from)?;
    let own = store_key(seat.act)?;
    let with = input.papers.as_deref().map_or(With::Own(&own, seat.place.door), With::Papers);
    sources_in(&from, &with, Some(&own), &seat.place.zone)
}

/// The stores that were set aside at this workstation.
pub(crate) fn stores_set_aside(seat: &mut Seat, _: Nothing) -> Result<StoresSetAside, Refusal> {
    let mut names = seat.folder.set_aside()?;
    names.reverse();
    names.truncate(MOST_SOURCES);
    Ok(StoresSetAside { names })
}

/// Whether `input` has another store take the place of the one here: that is done also where this one takes nothing in.
pub(crate) fn replaces(input: &str) -> bool {
    serde_json::from_str::<Restore>(input).is_ok_and(|input| input.mode == RestoreMode::Replace)
}

/// What bringing a backup back would do: it is read whole, and nothing is written.
pub(crate) fn plan_restore(seat: &mut Seat, input: Restore) -> Result<RestorePlan, Refusal> {
    let (source, planned) = planned(seat, &input)?;
    let wanted = |digest: &Digest| match input.mode {
        RestoreMode::Replace => Ok(true),
        RestoreMode::Rejoin => Ok(seat.act.blob(digest)?.is_none_or(|blob| blob.state != BlobState::Here)),
    };
    let looked = look(&source, &planned, &wanted);
    let looked = looked.map_err(|refusal| source.with_older(refusal, &seat.place.zone))?;
    let (mut new, mut changed) = (0, 0);
    for record in looked.records {
        match seat.act.record(record)? {
            Some(_) => changed += 1,
            None => new += 1,
        }
    }
    let workstation = seat.act.record(source.workstation)?;
    let name = workstation.and_then(|record| record.state.record::<Workstation>().name);
    Ok(RestorePlan {
        installation: source.installation.clone(),
        workstation: name,
        point: source.shown(&seat.place.zone),
        added: planned.added,
        new_records: new,
        changed_records: changed,
        same: planned.same,
        lacking: planned.lacking,
        files: source.holds(&seat.act.wanted_blobs(u32::MAX)?, &looked.bad)?,
        files_missing: looked.files_missing,
        damaged: looked.damaged,
    })
}

/// Brings a backup back.
pub(crate) fn restore(seat: &mut Seat, input: Restore) -> Result<Restored, Refusal> {
    let (source, planned) = planned(seat, &input)?;
    seat.about(Some(source.workstation), None);
    seat.detail = Some(Value::Map(
        [
            ("mode".to_owned(), Value::text(input.mode.word())),
            ("incarnation".to_owned(), Value::text(source.incarnation().to_string())),
            ("point".to_owned(), Value::Int(source.number().cast_signed())),
            ("added".to_owned(), Value::Int(planned.added.cast_signed())),
            ("lacking".to_owned(), Value::Int(planned.lacking.cast_signed())),
        ]
        .into(),
    ));
    let restored = match input.mode {
        RestoreMode::Rejoin => rejoin::rejoin(seat, &source),
        RestoreMode::Replace => anew::replace(seat, &source, &planned),
    };
    restored.map_err(|refusal| source.with_older(refusal, &seat.place.zone))
}

/// The backup that is meant, and what bringing it back would do.
fn planned(seat: &mut Seat, input: &Restore) -> Result<(Source, Plan), Refusal> {
    let own = store_key(seat.act)?;
    let source = match seat.folder.aside(&input.from) {
        Some(aside) => Source::aside(&aside, &own, input.papers.as_deref())?,
        None => {
            let from = from_of(seat, &input.from)?;
            Source::open(&from, input, (&own, seat.place.door), &seat.place.zone)?
        }
    };
    let older = |refusal| source.with_older(refusal, &seat.place.zone);
    let said = source.said()?;
    let here = here(seat, &source, &said).map_err(older)?;
    let planned = plan(input.mode, &said, &here, input.older);
    let planned = planned.map_err(|barred| older(source.barred(barred)))?;
    Ok((source, planned))
}

/// What stands here of what `source` has.
fn here(seat: &Seat, source: &Source, said: &Said) -> Result<Here, Refusal> {
    let logs = seat.act.log_sizes()?.into_iter().collect();
    let apart = apart(seat.act, source, said, &logs)?;
    Ok(Here { clinic: Some(seat.place.clinic), schema: kinds::SCHEMA, logs, apart })
}

/// Where what is called `from` lies: a target, the place that was chosen, or a server. That may be asked for again: one plans,
/// and then goes on.
fn from_of(seat: &mut Seat, from: &str) -> Result<From, Refusal> {
    let root = seat.folder.root();
    let target = backups::targets(seat.act)?.into_iter().find(|target| target.id.to_string() == from);
    if let Some(target) = target {
        if !target.is_server() {
            return Ok(From::Place(PathBuf::from(target.path)));
        }
        let line =
            backups::line(seat.act, seat.world, root)?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
        return Ok(From::Server(Box::new(line)));
    }
    if let Some(place) = seat.chosen_still(from) {
        return Ok(From::Place(place));
    }
    at_address(seat.world, root, from)
}

/// The server at the address `from`.
fn at_address(world: &mut World, root: &Path, from: &str) -> Result<From, Refusal> {
    let url = sync::address(from).map_err(|_| refused("nowhere").with("from", from))?;
    let line = Line::to(Arc::clone(&world.transport), url, root, None, &mut *world.entropy);
    Ok(From::Server(Box::new(line)))
}

/// The installations there, with the latest of their points.
fn sources_in(
    from: &From,
    with: &With,
    own: Option<&StoreKey>,
    zone: &Zone,
) -> Result<RestoreSources, Refusal> {
    let mut found = source::installed(from, with)?;
    if matches!((from, with), (From::Place(_), With::Papers(_))) && found.len() > 1 {
        found = source::fitting(found, with)?;
    }
    let more = found.len().saturating_sub(MOST_SOURCES) as u64;
    let rows = found.into_iter().take(MOST_SOURCES).map(|found| {
        let points = found.latest().take(MOST_POINTS).collect::<Result<Vec<_>, _>>()?;
        Ok(RestoreSource {
            own: points.first().is_some_and(|point| own.is_some_and(|own| source::opens(own, point))),
            points: points.iter().map(|point| shown(point, zone)).collect(),
            installation: found.name(),
        })
    });
    Ok(RestoreSources { rows: rows.collect::<Result<_, Refusal>>()?, more })
}

fn shown(point: &Point, zone: &Zone) -> SourcePoint {
    let at = zone.instant(point.at).as_str().to_owned();
    SourcePoint { number: point.number, at, entries: point.entries }
}

/// That a backup cannot be brought back, in one word.
pub(crate) fn refused(reason: &str) -> Refusal {
    Refusal::new(Code::BackupRefused).with("reason", reason)
}

fn barred(barred: Barred) -> Refusal {
    match barred {
        Barred::OtherClinic => refused("other_clinic"),
        Barred::Newer { schema } => refused("newer").with("schema", schema).with("here", kinds::SCHEMA),
        Barred::Gap { from, to } => refused("gap").with("from", from).with("to", to),
        Barred::Differs { .. } => refused("differs"),
        Barred::Older { lacking } => refused("older").with("lacking", lacking),
    }
}
