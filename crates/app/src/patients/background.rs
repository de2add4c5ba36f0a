//! What is asked before something is written of a person's allergies and background.

use domain::patients::{Allergy, Background, BackgroundSort, Patient};
use domain::record::Record;
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::claims::{Step, holding};
use crate::records::Kept;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// What is asked of an allergy: about one that is known already. An earlier word that there is none is taken back.
pub(crate) fn before_allergy(seat: &mut Seat, step: &mut Step<Allergy>) -> Result<Vec<Draft>, Refusal> {
    if step.patch.contains_key("substance") {
        ask_about_known(seat, step)?;
    }
    let person = seat.read::<Patient>(step.patient)?;
    if step.record.is_some() || *person.state.value("no_known_allergies") != Value::Bool(true) {
        return Ok(Vec::new());
    }
    let taken_back = [("no_known_allergies".to_owned(), Value::Null)].into();
    Ok(vec![Draft::patch::<Patient>(step.patient, Some(step.patient), taken_back, None)])
}

/// Stops at an allergy that is known already, unless there is a reason to record another like it, which the trail keeps
/// too.
fn ask_about_known(seat: &mut Seat, step: &Step<Allergy>) -> Result<(), Refusal> {
    let known = holding::<Allergy>(seat, step.patient)?;
    let like =
        known.iter().find(|(known, allergy)| Some(known.id) != step.record && allergy.is_like(&step.after));
    let Some((like, _)) = like else { return Ok(()) };
    match step.after.despite.as_deref().map(str::trim) {
        Some("") | None => Err(Refusal::new(Code::KnownAllergy).with("allergy", like.id.to_string())),
        Some(reason) => {
            seat.reason = Some(reason.to_owned());
            Ok(())
        }
    }
}

/// With a relative a part of the background is the family's, and must never read as the person's own.
pub(crate) fn before_background(_: &mut Seat, step: &mut Step<Background>) -> Result<Vec<Draft>, Refusal> {
    let is_said = step.after.relative.as_deref().is_some_and(|relative| !relative.trim().is_empty());
    match step.after.sort {
        _ if !is_said => {}
        Some(BackgroundSort::Family) => {}
        Some(_) => return Err(Refusal::invalid("relative")),
        None => {
            step.patch.insert("sort".to_owned(), Value::text(BackgroundSort::Family.word()));
        }
    }
    Ok(Vec::new())
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
