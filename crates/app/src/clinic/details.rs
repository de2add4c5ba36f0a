//! What the clinic and its sites are called, where they are, and what time it is there.

use domain::clinic::{Clinic, ClinicText, Site, SiteText};
use domain::record::Record;
use domain::{RecordId, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Store, said_of};
use ts_rs::TS;

use crate::answer::shortened;
use crate::claims::Edit;
use crate::command::Nothing;
use crate::people::refresh_people;
use crate::place::{self, Place};
use crate::records::{Kept, disputed};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::world::World;

/// A site of the clinic.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct SiteRow {
    /// The site.
    pub id: RecordId,
    /// The version to send back with a change.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// The letters that begin its certificates' numbers; they never change.
    pub code: String,
    /// The IANA time zone that decides its day.
    pub time_zone: String,
    /// Whether this workstation stands there.
    pub here: bool,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
}

/// The clinic with its sites.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ClinicView {
    /// The clinic's record.
    pub id: RecordId,
    /// The version to send back with a change.
    pub version: i64,
    /// Its name as it is printed.
    pub name: String,
    /// The line below the name in a letterhead.
    pub services: String,
    /// The postal address in one line.
    pub address: String,
    /// Telephone, e-mail or both.
    pub contact: String,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// Its sites, in the order in which they were made.
    pub sites: Vec<SiteRow>,
}

/// A line of a letterhead is no longer; nor is one that is shown.
const LONGEST: usize = 200;

/// The clinic with its sites.
pub(crate) fn clinic_and_sites(seat: &mut Seat, _: Nothing) -> Result<ClinicView, Refusal> {
    let clinics = seat.act.records(Clinic::KIND.name, None)?;
    let record = clinics.into_iter().next().ok_or_else(|| Refusal::new(Code::NotFound))?;
    let Clinic { name, services, address, contact, .. } = record.state.record();
    let sites = seat.act.records(Site::KIND.name, None)?.into_iter().map(|record| {
        let Site { name, code, time_zone, .. } = record.state.record();
        SiteRow {
            id: record.id,
            version: record.version,
            name: line(name),
            code: line(code),
            time_zone: line(time_zone),
            here: record.id == seat.place.site,
            disputed: disputed(Site::KIND, &record.state),
        }
    });
    Ok(ClinicView {
        id: record.id,
        version: record.version,
        name: line(name),
        services: line(services),
        address: line(address),
        contact: line(contact),
        disputed: disputed(Clinic::KIND, &record.state),
        sites: sites.collect(),
    })
}

/// Changes what the clinic is called and what stands at the head of its papers; those that were issued stay as they are.
pub(crate) fn edit_clinic(seat: &mut Seat, input: Edit<ClinicText>) -> Result<Kept, Refusal> {
    let ClinicText { name, services, address, contact } = &input.patch;
    require_left(name, "clinic")?;
    for (field, text) in [("services", services), ("address", address), ("contact", contact)] {
        require_line(text, field)?;
    }
    change::<Clinic>(seat, input.id, &input.patch, input.version)
}

/// Changes what a site is called, and the time zone that decides its day from then on.
pub(crate) fn edit_site(seat: &mut Seat, input: Edit<SiteText>) -> Result<Kept, Refusal> {
    let SiteText { name, time_zone } = &input.patch;
    require_left(name, "site")?;
    require_left(time_zone, "time_zone")?;
    if let Some(Some(zone)) = time_zone {
        Zone::named(zone).map_err(|_| Refusal::invalid("time_zone"))?;
    }
    change::<Site>(seat, input.id, &input.patch, input.version)
}

/// That what must not be empty is not emptied, and is a line.
fn require_left(text: &Option<Option<String>>, field: &str) -> Result<(), Refusal> {
    let emptied = text.as_ref().is_some_and(|text| text.as_deref().is_none_or(|text| text.trim().is_empty()));
    if emptied { Err(Refusal::missing(field)) } else { require_line(text, field) }
}

fn require_line(text: &Option<Option<String>>, field: &str) -> Result<(), Refusal> {
    let long = text.iter().flatten().any(|text| text.chars().count() > LONGEST);
    if long { Err(Refusal::invalid(field)) } else { Ok(()) }
}

/// What is shown of a text that anybody may have written elsewhere.
fn line(text: Option<String>) -> String {
    shortened(text.unwrap_or_default())
}

fn change<T: Record>(
    seat: &mut Seat,
    id: RecordId,
    patch: &impl Serialize,
    version: i64,
) -> Result<Kept, Refusal> {
    seat.read::<T>(id)?;
    let written = seat.change::<T>(id, None, said_of(T::KIND, patch), version)?;
    seat.afterwards(stand_anew);
    Ok(Kept::of(id, written))
}

/// The desk and its door stand where the records say they do.
fn stand_anew(store: &mut Store, place: &mut Place, world: &mut World) -> Result<(), Refusal> {
    let (act, folder) = store.act_and_folder()?;
    *place = place::read(&act)?;
    refresh_people(&act, folder, place, &mut *world.entropy).map(drop)
}
