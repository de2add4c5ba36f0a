//! What is known of a person beside their visits: allergies, problems, immunisations.

use domain::patients::{Allergy, Immunisation, Patient, Problem};
use domain::record::{Record, Verb};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::records::{EditClaim, Kept, VoidClaim, add, edit, require, void};
use crate::refusal::{Code, Refusal};
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
    ask_about_known(seat, input.patient, &details, None)?;
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

/// Changes an allergy.
pub(crate) fn edit_allergy(seat: &mut Seat, input: EditClaim) -> Result<Kept, Refusal> {
    let record = seat.read::<Allergy>(input.id)?;
    if let (Some(patient), Some(substance)) = (record.patient, input.patch.get("substance")) {
        let text = |value: &Value| value.as_text().map(ToOwned::to_owned);
        let despite = input.patch.get("despite").unwrap_or_else(|| record.state.value("despite"));
        let changed = Allergy { substance: text(substance), despite: text(despite), ..Allergy::default() };
        ask_about_known(seat, patient, &changed, Some(input.id))?;
    }
    edit::<Allergy>(seat, input)
}

/// Stops at an allergy that is known already, unless there is a reason to record another like it, which the trail keeps
/// too.
fn ask_about_known(
    seat: &mut Seat,
    patient: RecordId,
    allergy: &Allergy,
    itself: Option<RecordId>,
) -> Result<(), Refusal> {
    let known = seat.act.records(Allergy::KIND.name, Some(patient))?;
    let like = known.iter().find(|record| {
        let known: Allergy = record.state.record();
        Some(record.id) != itself && known.resolved != Some(true) && known.is_like(allergy)
    });
    let Some(like) = like else { return Ok(()) };
    match allergy.despite.as_deref().map(str::trim) {
        Some("") | None => Err(Refusal::new(Code::KnownAllergy).with("allergy", like.id.to_string())),
        Some(reason) => {
            seat.reason = Some(reason.to_owned());
            Ok(())
        }
    }
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

/// Withdraws an allergy.
pub(crate) fn void_allergy(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    void::<Allergy>(seat, input)
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
    /// Changes a problem.
    edit_problem, /// Withdraws a problem.
    void_problem: Problem;
    /// Changes a dose.
    edit_immunisation, /// Withdraws a dose.
    void_immunisation: Immunisation;
}
