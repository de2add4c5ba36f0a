//! The medicines that a person takes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::medication::{Medicine, Meets, safely_written};
use domain::patients::Allergy;
use domain::record::Record;
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::records::{EditClaim, Kept, VoidClaim, add, edit, require, void};
use crate::refusal::{Code, Refusal};
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
    let written = |text: Option<String>| text.as_deref().map(safely_written);
    let Medicine { strength, dose, .. } = input.details.clone();
    let details = Medicine {
        patient: Some(input.patient),
        strength: written(strength),
        dose: written(dose),
        ..input.details
    };
    ask_about_allergies(seat, input.patient, &details)?;
    add(seat, input.patient, &details)
}

/// Changes or stops a medicine.
pub(crate) fn edit_medicine(seat: &mut Seat, mut input: EditClaim) -> Result<Kept, Refusal> {
    for amount in ["strength", "dose"] {
        if let Some(Value::Text(text)) = input.patch.get_mut(amount) {
            *text = safely_written(text);
        }
    }
    let record = seat.read::<Medicine>(input.id)?;
    let names = ["name", "brand"];
    if let Some(patient) = record.patient.filter(|_| names.iter().any(|name| input.patch.contains_key(*name)))
    {
        let changed = changed(&record.state.record(), &input.patch);
        ask_about_allergies(seat, patient, &changed)?;
    }
    edit::<Medicine>(seat, input)
}

/// The medicine with what is asked of an allergy as `patch` leaves it.
fn changed(medicine: &Medicine, patch: &BTreeMap<String, Value>) -> Medicine {
    let after = |field: &str, before: &Option<String>| match patch.get(field) {
        Some(value) => value.as_text().map(ToOwned::to_owned),
        None => before.clone(),
    };
    Medicine {
        name: after("name", &medicine.name),
        brand: after("brand", &medicine.brand),
        despite: after("despite", &medicine.despite),
        ..Medicine::default()
    }
}

/// Stops at the gravest allergy that the medicine meets, unless there is a reason for it, which the trail keeps too.
fn ask_about_allergies(seat: &mut Seat, patient: RecordId, medicine: &Medicine) -> Result<(), Refusal> {
    let mut met: Vec<(Allergy, RecordId, Meets)> = Vec::new();
    for record in seat.act.records(Allergy::KIND.name, Some(patient))? {
        let allergy: Allergy = record.state.record();
        if allergy.resolved != Some(true) {
            met.extend(medicine.meets(&allergy).map(|meets| (allergy, record.id, meets)));
        }
    }
    met.sort_by_key(|(allergy, ..)| Reverse(allergy.gravity()));
    let Some((_, allergy, meets)) = met.first() else { return Ok(()) };
    if let Some(reason) = medicine.despite.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        seat.reason = Some(reason.to_owned());
        return Ok(());
    }
    let refusal = Refusal::new(Code::MeetsAllergy).with("allergy", allergy.to_string());
    Err(match meets {
        Meets::Name => refusal,
        Meets::Class(class) => refusal.with("class", *class),
    })
}

/// Withdraws a medicine that was entered in error.
pub(crate) fn void_medicine(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    void::<Medicine>(seat, input)
}
