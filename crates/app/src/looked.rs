//! Who looked at a person's chart: at this computer by its own trail, at the others by what the server tells of theirs.
//!
//! The server is asked with the next round of sync. What it tells is shown to who asked, while they sit here, and
//! written down nowhere.

use std::collections::BTreeMap;

use crypto::audit::AuditEntry;
use domain::RecordId;
use domain::clinic::Workstation;
use domain::record::Record;
use domain::sync::{Ask, Looked as Told};
use domain::wire::Message;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{AuditRow, AuditSearch};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, length, within};
use crate::audit::{TrailRow, told};
use crate::command::Nothing;
use crate::records::{Names, OfPatient};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::Looking;
use crate::sync::server;
use crate::trust::installed;

/// Who opened a chart here.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Looked {
    /// The entries, latest first.
    pub rows: Vec<TrailRow>,
}

/// Who opened a chart at the clinic's other computers, as far as the server has told.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct LookedElsewhere {
    /// Whether there is a server to ask.
    pub attached: bool,
    /// Whether it was asked.
    pub asked: bool,
    /// What it told, latest first; none before it has.
    pub rows: Option<Vec<LookedRow>>,
    /// Whether there are earlier entries.
    pub more: bool,
    /// The other computers, by name, and how far their trails are in it.
    pub trails: Vec<TrailKnown>,
}

/// An entry of another computer's trail.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct LookedRow {
    /// Where; none for a computer that is not known here.
    pub workstation: Option<String>,
    /// The entry.
    #[serde(flatten)]
    pub row: TrailRow,
}

/// How far the trail of another computer is known.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TrailKnown {
    /// Its name.
    pub workstation: String,
    /// The wall time of its last entry that has arrived; none where nothing has.
    pub until: Option<String>,
}

const PAGE: usize = 100;

/// Who opened a person's chart here, and when.
pub(crate) fn who_looked(seat: &mut Seat, input: OfPatient) -> Result<Looked, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let rows =
        seat.act.audit_rows(&AuditSearch { patient: Some(input.patient), ..AuditSearch::default() }, PAGE)?;
    let mut names = Names::default();
    let rows = rows.into_iter().map(|row| told(seat, &mut names, row)).collect::<Result<_, _>>()?;
    Ok(Looked { rows: within(rows, ANSWER_BYTES).0 })
}

/// Asks the server who opened a person's chart at the other computers. It answers with the next round, and only what
/// this entry of the trail says.
pub(crate) fn ask_who_looked(seat: &mut Seat, input: OfPatient) -> Result<Nothing, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    server(seat.act)?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    let ask = Ask { patient: input.patient, entry: seat.act.next_audit()? };
    *seat.sitting.looking.borrow_mut() = Some(Looking { ask, told: None });
    Ok(Nothing {})
}

/// Who opened a person's chart at the other computers, as far as the server has told whoever asked.
pub(crate) fn looked_elsewhere(seat: &mut Seat, input: OfPatient) -> Result<LookedElsewhere, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let looking = seat.sitting.looking.borrow();
    let looking = looking.as_ref().filter(|looking| looking.ask.patient == input.patient);
    let known = looking.and_then(|looking| looking.told.as_ref());
    let mut names = BTreeMap::new();
    let mut trails = Vec::new();
    for record in seat.act.records(Workstation::KIND.name, None)? {
        let workstation: Workstation = record.state.record();
        let name = workstation.name.unwrap_or_default();
        names.insert(record.id, name.clone());
        let of = |known: &Told| known.trails.iter().find(|end| end.workstation == record.id).cloned();
        let until = known.and_then(of).map(|end| end.until);
        let counts = workstation.active == Some(true) || until.is_some();
        if counts && record.id != seat.place.workstation {
            trails.push(TrailKnown { workstation: name, until });
        }
    }
    trails.sort_by(|one, other| one.workstation.cmp(&other.workstation));
    let (trails, _) = within(trails, ANSWER_BYTES / 2);
    let (rows, more) = match known {
        Some(known) => {
            let room = ANSWER_BYTES.saturating_sub(length(&trails));
            let (rows, left) = within(rows(seat, known, &names)?, room);
            (Some(rows), known.more || left > 0)
        }
        None => (None, false),
    };
    let attached = server(seat.act)?.is_some();
    Ok(LookedElsewhere { attached, asked: looking.is_some(), rows, more, trails })
}

/// The entries of other computers' trails that the server told. What is none, or about somebody else, is left out.
fn rows(
    seat: &Seat,
    known: &Told,
    workstations: &BTreeMap<RecordId, String>,
) -> Result<Vec<LookedRow>, Refusal> {
    let at: BTreeMap<_, _> =
        installed(seat.act, seat.place)?.into_iter().map(|(record, here)| (here, record)).collect();
    let mut names = Names::default();
    let mut rows = Vec::new();
    for bytes in &known.entries {
        let Ok(entry) = AuditEntry::from_bytes(&bytes.0) else { continue };
        if entry.patient != Some(known.patient) {
            continue;
        }
        let workstation = at.get(&entry.workstation).and_then(|record| workstations.get(record)).cloned();
        rows.push(LookedRow { workstation, row: told(seat, &mut names, AuditRow::from(entry))? });
    }
    Ok(rows)
}
