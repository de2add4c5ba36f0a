//! The clinic's workstations, and the end of one.

use crypto::root::Fingerprint;
use domain::RecordId;
use domain::clinic::{Site, Workstation};
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::Nothing;
use crate::records::Kept;
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sync::{self, server};
use crate::trust::installed;

/// A workstation of the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WorkstationRow {
    /// Its record.
    pub id: RecordId,
    /// The version to send back with an edit.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Its site's name.
    pub site: String,
    /// Whether it is this one.
    pub this: bool,
    /// Whether it may sync.
    pub active: bool,
    /// The name of the workstation from an old copy of which it went on.
    pub follows: Option<String>,
    /// When the last of what was written there and is known here was written, with offset; none where
    /// nothing is known here yet.
    pub heard: Option<String>,
}

/// The clinic's workstations, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Workstations {
    /// The workstations.
    pub rows: Vec<WorkstationRow>,
    /// The address of the clinic's server.
    pub server: Option<String>,
    /// The fingerprint of its key, as this workstation knows it.
    pub server_fingerprint: Option<String>,
    /// The clinic's fingerprint, which is compared by eye when a computer joins.
    pub fingerprint: String,
}

/// A workstation that may not sync any more.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeWorkstation {
    /// Its record.
    pub workstation: RecordId,
    /// The version that was seen.
    pub version: i64,
}

/// The clinic's workstations.
pub(crate) fn workstations(seat: &mut Seat, _: Nothing) -> Result<Workstations, Refusal> {
    let installed = installed(seat.act, seat.place)?;
    let mut rows = Vec::new();
    for record in seat.act.records(Workstation::KIND.name, None)? {
        let workstation: Workstation = record.state.record();
        let site = workstation.site.map(|site| seat.act.record(site)).transpose()?.flatten();
        let site: Option<Site> = site.map(|site| site.state.record());
        let follows = workstation.follows.map(|before| seat.act.record(before)).transpose()?.flatten();
        let follows: Option<Workstation> = follows.map(|before| before.state.record());
        let heard = installed.get(&record.id).map(|incarnation| seat.act.heard_from(*incarnation));
        rows.push(WorkstationRow {
            id: record.id,
            version: record.version,
            name: workstation.name.unwrap_or_default(),
            site: site.and_then(|site| site.name).unwrap_or_default(),
            this: record.id == seat.place.workstation,
            active: workstation.active == Some(true),
            follows: follows.and_then(|before| before.name),
            heard: heard.transpose()?.flatten(),
        });
    }
    rows.sort_by(|one, other| (!one.active, &one.name, one.id).cmp(&(!other.active, &other.name, other.id)));
    let fingerprint = Fingerprint::of(&seat.place.root).to_string();
    Ok(Workstations {
        rows,
        server: server(seat.act)?,
        server_fingerprint: sync::fingerprint(seat.act)?,
        fingerprint,
    })
}

/// Ends a workstation: signed by the administrator, and from then on the server takes nothing from it and
/// tells it nothing. No workstation ends itself: nobody would be left there to send that.
pub(crate) fn revoke_workstation(seat: &mut Seat, input: RevokeWorkstation) -> Result<Kept, Refusal> {
    if input.workstation == seat.place.workstation {
        return Err(Refusal::invalid("workstation"));
    }
    seat.read::<Workstation>(input.workstation)?;
    let patch = [("active".to_owned(), domain::Value::Bool(false))].into();
    let written = seat.change::<Workstation>(input.workstation, None, patch, input.version)?;
    Ok(Kept { id: input.workstation, version: written.version, conflict: written.conflict })
}
