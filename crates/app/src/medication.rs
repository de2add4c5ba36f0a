//! The medicines that a person takes.

use std::cmp::Reverse;

use domain::medication::{Medicine, Meets, safely_written};
use domain::patients::Allergy;
use domain::{RecordId, Value};
use store::Draft;

use crate::claims::{Step, holding};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Writes a medicine's amounts so that nobody misreads them, asks into which eye drops go, and about the allergies that it
/// meets.
pub(crate) fn before_medicine(seat: &mut Seat, step: &mut Step<Medicine>) -> Result<Vec<Draft>, Refusal> {
    for amount in ["strength", "dose"] {
        if let Some(Value::Text(text)) = step.patch.get_mut(amount) {
            *text = safely_written(text);
        }
    }
    // Of what goes into an eye somebody says into which, or that it was not recorded.
    let about_eye =
        step.record.is_none() || ["route", "form", "side"].iter().any(|name| step.patch.contains_key(*name));
    if about_eye && step.after.is_for_an_eye() && step.after.side.is_none() {
        return Err(Refusal::missing("side"));
    }
    if ["name", "brand"].iter().any(|name| step.patch.contains_key(*name)) {
        ask_about_allergies(seat, step.patient, &step.after)?;
    }
    Ok(Vec::new())
}

/// Stops at the gravest allergy that the medicine meets, unless there is a reason for it, which the trail keeps too.
fn ask_about_allergies(seat: &mut Seat, patient: RecordId, medicine: &Medicine) -> Result<(), Refusal> {
    let mut met: Vec<(Allergy, RecordId, Meets)> = Vec::new();
    for (record, allergy) in holding::<Allergy>(seat, patient)? {
        met.extend(medicine.meets(&allergy).map(|meets| (allergy, record.id, meets)));
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
