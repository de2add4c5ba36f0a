//! Restoring at the door: a computer without a clinic, or one whose store does not open any more, becomes the workstation that
//! the backup is of, by its recovery sheet or two of the clinic's shares. Nobody is signed in by it.

use crypto::log::{EntryBytes, check_entry};
use domain::restore::{Here, RestoreMode, plan};
use domain::{RecordId, Zone, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Folder, Store};
use ts_rs::TS;
use uuid::Uuid;

use super::look::look;
use super::source::{From, Source, With};
use super::{RestoreFrom, RestoreSources, SourcePoint, anew, at_address, refused, sources_in};
use crate::desk::{Desk, Phase};
use crate::people::workstation_here;
use crate::refusal::{Code, Refusal};

/// What to bring back at the door.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreHere {
    /// The id of the place that was chosen, or the address of the clinic's server.
    pub from: String,
    /// What the folder of the installation is called; none where there is one alone.
    #[serde(default)]
    #[ts(optional)]
    pub installation: Option<String>,
    /// The number of the point; none for the last.
    #[serde(default)]
    #[ts(optional)]
    pub point: Option<u64>,
    /// The recovery sheet of the workstation, or two of the clinic's shares, in whatever spacing.
    pub papers: String,
    /// Only look: change nothing.
    #[serde(default)]
    pub check: bool,
}

/// What was brought back at the door, or would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RestoredHere {
    /// What the folder of the installation is called.
    pub installation: String,
    /// The point.
    pub point: SourcePoint,
    /// Entries that came back, or would.
    pub entries: u64,
    /// Records that they make; none where it was only looked.
    pub records: Option<u64>,
    /// The clinic's name; none where it was only looked.
    pub clinic: Option<String>,
    /// The folder in which what was here lies, where anything was.
    pub aside: Option<String>,
    /// Files of charts whose bytes are not here, or would not be: in the backup they were not, or could not be read.
    pub files_missing: u64,
    /// The objects of the backup that could not be read and were left out, or would be, at most 20 of them, by name.
    pub damaged: Vec<String>,
}

/// The installations whose backups lie in the place that was chosen at the door.
pub(crate) fn restore_sources_here(desk: &mut Desk, input: RestoreFrom) -> Result<RestoreSources, Refusal> {
    let from = from_of(desk, &input.from)?;
    let with = input.papers.as_deref().map_or(With::Nothing, With::Papers);
    sources_in(&from, &with, None, &utc()?)
}

/// Where what whoever stands at the door calls `from` lies: the place that they chose, or the server at this address.
fn from_of(desk: &mut Desk, from: &str) -> Result<From, Refusal> {
    if let Some(place) = desk.chosen_at_the_door(from) {
        return Ok(From::Place(place));
    }
    let Phase::Door(folder) = &desk.phase else { return Err(Refusal::new(Code::SomebodySitsHere)) };
    at_address(&mut desk.world, folder.root(), from)
}

/// Makes this computer the workstation that a backup is of.
pub(crate) fn restore_here(desk: &mut Desk, input: RestoreHere) -> Result<RestoredHere, Refusal> {
    let Phase::Door(_) = &desk.phase else { return Err(Refusal::new(Code::SomebodySitsHere)) };
    let from = from_of(desk, &input.from)?;
    let (utc, named) = (utc()?, input.installation.as_deref());
    let source = Source::by_papers(&from, named, input.point, &input.papers, &utc)?;
    let bare =
        Here { clinic: None, schema: kinds::SCHEMA, logs: Default::default(), apart: Default::default() };
    let older = |refusal| source.with_older(refusal, zone_of(&source).as_ref().unwrap_or(&utc));
    let planned = plan(RestoreMode::Replace, &source.said()?, &bare, false);
    let planned = planned.map_err(|barred| older(source.barred(barred)))?;
    stands_in_nobodys_way(desk, &source)?;
    if input.check {
        let looked = look(&source, &planned, &|_| Ok(true)).map_err(older)?;
        return Ok(RestoredHere {
            installation: source.installation.clone(),
            point: source.shown(zone_of(&source).as_ref().unwrap_or(&utc)),
            entries: planned.added,
            records: None,
            clinic: None,
            aside: None,
            files_missing: looked.files_missing,
            damaged: looked.damaged,
        });
    }
    let said = anew::said_at_the_door(&desk.world, &source)?;
    let Phase::Door(folder) = &desk.phase else { return Err(Refusal::new(Code::SomebodySitsHere)) };
    let made = anew::make(&mut desk.world, folder, &source, said).map_err(older)?;
    let aside = folder.swap(made.stage)?;
    Ok(RestoredHere {
        installation: source.installation.clone(),
        point: source.shown(&made.place.zone),
        entries: made.entries,
        records: Some(made.records),
        clinic: Some(made.place.clinic_name),
        aside,
        files_missing: made.files_missing,
        damaged: made.damaged,
    })
}

/// That no clinic is here whose store still opens: that one is replaced by whoever signs in there. One that does not
/// open any more makes way for a backup of the same workstation, and for no other.
fn stands_in_nobodys_way(desk: &mut Desk, source: &Source) -> Result<(), Refusal> {
    let exists = || Refusal::new(Code::ClinicExists);
    let Some((_, key)) = source.backup() else { return Err(refused("set_aside")) };
    let Phase::Door(folder) = &desk.phase else { return Err(exists()) };
    if !folder.database().exists() || folder.is_being_founded()? {
        return Ok(());
    }
    if workstation_here(folder).ok().flatten().is_some_and(|here| here != source.point().workstation) {
        return Err(exists());
    }
    let Phase::Door(folder) = std::mem::replace(&mut desk.phase, Phase::Gone) else { return Err(exists()) };
    let opened = Store::open(folder, key, &mut |_, _| {}).and_then(|mut store| {
        // The first pages may be whole and the log not.
        let reads = store.act().and_then(|act| act.op_count().map(drop));
        reads.map(|()| store)
    });
    let stands = opened.is_ok();
    desk.phase = Phase::Door(match opened {
        Ok(store) => store.close(),
        Err(_) => Folder::take(&desk.world.folder)?,
    });
    if stands { Err(refused("store_opens")) } else { Ok(()) }
}

/// The zone of the site at which the workstation stands, as the backup says last, as far as it reads: what is looked at and what
/// is brought back tell one time.
fn zone_of(source: &Source) -> Option<Zone> {
    let site = source.kept("site").and_then(|bytes| Uuid::from_slice(bytes).ok()).map(RecordId)?;
    let damaged = || refused("damaged");
    let mut zone = None;
    let read = source.log(&mut |row| {
        let entry = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
        let entry = check_entry(&entry, None).map_err(|_| damaged())?;
        let of_site = entry.ops.iter().filter(|op| op.header.record == site);
        let mut said = of_site.filter_map(|op| op.body.as_ref()?.patch.get("time_zone")?.as_text());
        zone = said.next_back().and_then(|name| Zone::named(name).ok()).or_else(|| zone.take());
        Ok(())
    });
    // What is behind the damage changes no zone that anybody waits for.
    drop(read);
    zone
}

fn utc() -> Result<Zone, Refusal> {
    Zone::named("UTC").map_err(|_| Refusal::new(Code::StoreFailed))
}
