//! What is known of a person beside their visits: allergies, problems, immunisations.

use domain::patients::{Allergy, Immunisation, Patient, Problem};
use domain::record::{Record, Verb};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::records::{EditClaim, Kept, VoidClaim, add, edit, require, void};
use crate::refusal::Refusal;
use crate::seat::Seat;

macro_rules! add {
    ($($(#[$doc:meta])* $name:ident holds $kind:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The patient.
            pub patient: RecordId,
            /// What is known.
            pub details: $kind,
        }
    )*};
}

add! {
    /// An allergy to record.
    AddAllergy holds Allergy;
    /// A problem to record.
    AddProblem holds Problem;
    /// A dose of a vaccine to record.
    AddImmunisation holds Immunisation;
}

/// That a person was asked and knows of no allergy.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareNoAllergies {
    /// The patient.
    pub patient: RecordId,
    /// The version of the patient that was seen.
    pub version: i64,
}

/// Records an allergy; it takes back an earlier word that there is none.
pub(crate) fn add_allergy(seat: &mut Seat, input: AddAllergy) -> Result<Kept, Refusal> {
    require(&input.details.substance, "substance")?;
    let person = seat.read::<Patient>(input.patient)?;
    let id = seat.new_id();
    seat.about(Some(id), Some(input.patient));
    let details = Allergy { patient: Some(input.patient), ..input.details };
    let mut drafts = vec![Draft::make(Verb::Create, id, Some(input.patient), &details)];
    if *person.state.value("no_known_allergies") == Value::Bool(true) {
        let taken_back = [("no_known_allergies".to_owned(), Value::Null)].into();
        drafts.push(Draft {
            kind: Patient::KIND,
            ..Draft::patch::<Patient>(input.patient, Some(input.patient), taken_back, None)
        });
    }
    Ok(Kept::of(id, seat.write(drafts)?))
}

/// Records that a person was asked and knows of no allergy.
pub(crate) fn declare_no_allergies(seat: &mut Seat, input: DeclareNoAllergies) -> Result<Kept, Refusal> {
    seat.read::<Patient>(input.patient)?;
    if !seat.act.records(Allergy::KIND.name, Some(input.patient))?.is_empty() {
        return Err(Refusal::invalid("no_known_allergies"));
    }
    let patch = [("no_known_allergies".to_owned(), Value::Bool(true))].into();
    let written = seat.change::<Patient>(input.patient, Some(input.patient), patch, input.version)?;
    Ok(Kept::of(input.patient, written))
}

/// Records a problem.
pub(crate) fn add_problem(seat: &mut Seat, input: AddProblem) -> Result<Kept, Refusal> {
    require(&input.details.name, "name")?;
    add(seat, input.patient, &Problem { patient: Some(input.patient), ..input.details })
}

/// Records a dose of a vaccine.
pub(crate) fn add_immunisation(seat: &mut Seat, input: AddImmunisation) -> Result<Kept, Refusal> {
    require(&input.details.vaccine, "vaccine")?;
    add(seat, input.patient, &Immunisation { patient: Some(input.patient), ..input.details })
}

macro_rules! claims {
    ($($(#[$doc:meta])* $edit:ident, $(#[$void_doc:meta])* $void:ident: $kind:ty;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $edit(seat: &mut Seat, input: EditClaim) -> Result<Kept, Refusal> {
            edit::<$kind>(seat, input)
        }

        $(#[$void_doc])*
        pub(crate) fn $void(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
            void::<$kind>(seat, input)
        }
    )*};
}

claims! {
    /// Changes an allergy.
    edit_allergy, /// Withdraws an allergy.
    void_allergy: Allergy;
    /// Changes a problem.
    edit_problem, /// Withdraws a problem.
    void_problem: Problem;
    /// Changes a dose.
    edit_immunisation, /// Withdraws a dose.
    void_immunisation: Immunisation;
}
