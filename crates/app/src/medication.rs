//! The medicines that a person takes.

use domain::RecordId;
use domain::medication::Medicine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::records::{EditClaim, Kept, VoidClaim, add, edit, require, void};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// A medicine to record.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMedicine {
    /// The patient.
    pub patient: RecordId,
    /// What is taken.
    pub details: Medicine,
}

/// Records a medicine.
pub(crate) fn add_medicine(seat: &mut Seat, input: AddMedicine) -> Result<Kept, Refusal> {
    require(&input.details.name, "name")?;
    add(seat, input.patient, &Medicine { patient: Some(input.patient), ..input.details })
}

/// Changes or stops a medicine.
pub(crate) fn edit_medicine(seat: &mut Seat, input: EditClaim) -> Result<Kept, Refusal> {
    edit::<Medicine>(seat, input)
}

/// Withdraws a medicine that was entered in error.
pub(crate) fn void_medicine(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    void::<Medicine>(seat, input)
}
