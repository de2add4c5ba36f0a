//! Where this workstation stands, as its store remembers it.

use crypto::{Secret, SigningKey};
use domain::clinic::{Clinic, Site};
use domain::{ClinicId, Incarnation, RecordId, Scope, Zone};
use store::Act;
use uuid::Uuid;

use crate::refusal::{Code, Refusal};

/// Where this workstation stands.
pub(crate) struct Place {
    pub(crate) clinic: ClinicId,
    pub(crate) clinic_name: String,
    pub(crate) root: [u8; 32],
    pub(crate) incarnation: Incarnation,
    pub(crate) workstation: RecordId,
    /// As what it was set up: what opens its store is sealed under this name.
    pub(crate) door: RecordId,
    pub(crate) clinic_scope: Scope,
    pub(crate) site_scope: Scope,
    pub(crate) site: RecordId,
    pub(crate) site_name: String,
    pub(crate) zone: Zone,
    pub(crate) zone_name: String,
    pub(crate) key: SigningKey,
    /// Whether it was made from a backup, and no administrator has let it in yet.
    pub(crate) restored: bool,
}

/// Where it is kept as what this workstation was set up, once it is another one.
pub(crate) const DOOR: &str = "door";

/// Set while a store that was made from a backup waits for an administrator's leave.
pub(crate) const RESTORED: &str = "restored";

/// The record of the clinic.
pub(crate) fn clinic_record(act: &Act) -> Result<RecordId, Refusal> {
    let kept = act.local("clinic_record")?.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    kept.map(RecordId).ok_or_else(|| Refusal::new(Code::StoreDamaged))
}

/// Reads the place.
pub(crate) fn read(act: &Act) -> Result<Place, Refusal> {
    let damaged = || Refusal::new(Code::StoreDamaged);
    let id = |name: &str| -> Result<Uuid, Refusal> {
        act.local(name)?.and_then(|bytes| Uuid::from_slice(&bytes).ok()).ok_or_else(damaged)
    };
    let seed =
        act.local("workstation_key")?.and_then(|bytes| Secret::from_slice(&bytes)).ok_or_else(damaged)?;
    let workstation = id("workstation")?;
    let door = act.local(DOOR)?.and_then(|bytes| Uuid::from_slice(&bytes).ok()).unwrap_or(workstation);
    let site = RecordId(id("site")?);
    let record = |id| -> Result<store::Record, Refusal> { act.record(id)?.ok_or_else(damaged) };
    let clinic: Clinic = record(clinic_record(act)?)?.state.record();
    let here: Site = record(site)?.state.record();
    let zone_name = here.time_zone.unwrap_or_default();
    let scope = |text: Option<String>| text.and_then(|text| text.parse::<Scope>().ok()).ok_or_else(damaged);
    Ok(Place {
        clinic: ClinicId(id("clinic")?),
        clinic_name: clinic.name.unwrap_or_default(),
        root: clinic.root.and_then(|root| root.bytes().try_into().ok()).ok_or_else(damaged)?,
        incarnation: Incarnation(id("incarnation")?),
        workstation: RecordId(workstation),
        door: RecordId(door),
        clinic_scope: Scope(id("clinic_scope")?),
        site_scope: scope(here.scope)?,
        site,
        site_name: here.name.unwrap_or_default(),
        zone: Zone::named(&zone_name).map_err(|_| damaged())?,
        zone_name,
        key: SigningKey::from_seed(seed),
        restored: act.local(RESTORED)?.is_some(),
    })
}

/// Remembers what [`read`] reads.
pub(crate) fn write(act: &Act, ids: &Ids, key: &Secret<32>) -> Result<(), Refusal> {
    for (name, id) in [
        ("clinic", ids.clinic.0),
        ("clinic_record", ids.clinic_record.0),
        ("clinic_scope", ids.clinic_scope.0),
        ("incarnation", ids.incarnation.0),
        ("workstation", ids.workstation.0),
        ("site", ids.site.0),
    ] {
        act.set_local(name, id.as_bytes())?;
    }
    Ok(act.set_local("workstation_key", key.expose())?)
}

/// The ids that this workstation is known by.
pub(crate) fn ids(act: &Act, place: &Place) -> Result<Ids, Refusal> {
    Ok(Ids {
        clinic: place.clinic,
        clinic_record: clinic_record(act)?,
        clinic_scope: place.clinic_scope,
        site: place.site,
        site_scope: place.site_scope,
        workstation: place.workstation,
        incarnation: place.incarnation,
    })
}

/// The ids that a workstation is known by.
pub(crate) struct Ids {
    pub(crate) clinic: ClinicId,
    pub(crate) clinic_record: RecordId,
    pub(crate) clinic_scope: Scope,
    pub(crate) site: RecordId,
    pub(crate) site_scope: Scope,
    pub(crate) workstation: RecordId,
    pub(crate) incarnation: Incarnation,
}
