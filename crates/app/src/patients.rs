//! People who get care: registering, finding, and the chart.

mod background;
mod consent;
mod find;

use std::collections::BTreeMap;

use domain::access::{Object, Permission, allowed};
use domain::patients::{Patient, unlikely};
use domain::record::{Record, Verb};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

pub use background::*;
pub use consent::*;
pub use find::*;

use crate::records::{Kept, OfPatient, VoidClaim, disputed, stripped, withdraw};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// What a screen must send to register a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterPatient {
    /// Who they are.
    pub details: Patient,
    /// The version of the privacy notice that was handed over to them and agreed to with it.
    #[serde(default)]
    #[ts(optional)]
    pub notice: Option<String>,
    /// The guardian's name, who agrees for somebody under age and consents to their care.
    #[serde(default)]
    #[ts(optional)]
    pub guardian: Option<String>,
}

/// A changed set of fields of a record, with the version in which they were seen.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPatient {
    /// The patient.
    pub patient: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// The changed fields by path (`family`, `contacts/ID/value`); null clears.
    #[ts(
        type = "{ [Name in keyof import('./Patient').Patient]?: import('./Patient').Patient[Name] | null } & Record<`${string}/${string}`, string | boolean | null>"
    )]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub patch: BTreeMap<String, Value>,
}

/// A registration to withdraw.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidPatient {
    /// The patient.
    pub patient: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// A person's details for editing.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Details {
    /// The patient.
    pub id: RecordId,
    /// The version to send back with an edit.
    pub version: i64,
    /// Who they are.
    pub details: Patient,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
}

/// Registers a person. A name is all that must be known: the rest may follow when they can speak.
pub(crate) fn register_patient(seat: &mut Seat, input: RegisterPatient) -> Result<Kept, Refusal> {
    check(&input.details, seat)?;
    let named = |name: &Option<String>| name.as_deref().is_some_and(|name| !name.trim().is_empty());
    if !named(&input.details.family) && !named(&input.details.given) {
        return Err(Refusal::missing("family"));
    }
    let id = seat.new_id();
    seat.about(Some(id), Some(id));
    let mut drafts = Vec::new();
    if let Some(notice) = input.notice.filter(|notice| !notice.trim().is_empty()) {
        let guardian = input.guardian.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let agreed = input.details.agreed(id, notice.trim().to_owned(), guardian, seat.moment.today);
        for consent in agreed.ok_or_else(|| Refusal::missing("guardian"))? {
            drafts.extend(given(seat.new_id(), &consent));
        }
    }
    // The person comes last: the version that is answered is their own.
    drafts.push(Draft::make(Verb::Create, id, Some(id), &input.details));
    let written = seat.write(drafts)?;
    Ok(Kept::of(id, written))
}

/// A person's details for editing.
pub(crate) fn patient(seat: &mut Seat, input: OfPatient) -> Result<Details, Refusal> {
    let record = seat.read::<Patient>(input.patient)?;
    let disputed = disputed(Patient::KIND, &record.state);
    let mut details: Patient = stripped(&record.state);
    if allowed(&seat.subject, Permission::ChartRead, Object::default()).is_err() {
        details.no_known_allergies = None;
    }
    Ok(Details { id: record.id, version: record.version, details, disputed })
}

/// Changes a person's details.
pub(crate) fn edit_patient(seat: &mut Seat, input: EditPatient) -> Result<Kept, Refusal> {
    let record = seat.read::<Patient>(input.patient)?;
    seat.about(Some(input.patient), Some(input.patient));
    let after = |name: &str| input.patch.get(name).unwrap_or_else(|| record.state.value(name)).as_text();
    if ["family", "given"].into_iter().all(|name| after(name).is_none_or(|name| name.trim().is_empty())) {
        return Err(Refusal::missing("family"));
    }
    let date = |name: &str| after(name).and_then(|text| text.parse().ok());
    let unlikely = unlikely(date("birth_date"), date("died"), seat.moment.today);
    // What came from elsewhere as it is may be corrected bit by bit.
    if let Some(field) =
        unlikely.filter(|_| ["birth_date", "died"].iter().any(|name| input.patch.contains_key(*name)))
    {
        return Err(Refusal::invalid(field));
    }
    let written = seat.change::<Patient>(input.patient, Some(input.patient), input.patch, input.version)?;
    Ok(Kept::of(input.patient, written))
}

/// Withdraws a registration made by mistake.
pub(crate) fn void_patient(seat: &mut Seat, input: VoidPatient) -> Result<Kept, Refusal> {
    let VoidPatient { patient, version, reason } = input;
    seat.read::<Patient>(patient)?;
    withdraw(seat, Patient::KIND, Some(patient), VoidClaim { id: patient, version, reason })
}

fn check(details: &Patient, seat: &Seat) -> Result<(), Refusal> {
    let wrong = unlikely(details.birth_date, details.died, seat.moment.today);
    wrong.map_or(Ok(()), |field| Err(Refusal::invalid(field)))
}
