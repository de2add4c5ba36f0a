//! What is added to a signed form: later answers beside those that were signed.

use domain::RecordId;
use domain::addenda::{Addendum, addendum_lacks};
use domain::forms::{self, Answers, Filled, Given, Weight};
use domain::record::{Entries, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use super::LONGEST;
use super::read::{allow, known, last};
use super::write::refused;
use crate::addenda::amended;
use crate::answer::length;
use crate::records::Kept;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// What is said in words has no more bytes.
const LONGEST_TEXT: usize = 4_000;

/// An addition to a signed form.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendForm {
    /// The signed form.
    pub filled: RecordId,
    /// What it says from now on, by the paths of its answers: those alone that are other than what stands.
    pub answers: Answers,
    /// More in words.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// Adds to a signed form, under a signature of its own. The form stays as it was signed.
pub(crate) fn amend_form(seat: &mut Seat, input: AmendForm) -> Result<Kept, Refusal> {
    let record = seat.read::<Filled>(input.filled)?;
    let patient = record.patient.ok_or_else(|| Refusal::invalid("filled"))?;
    seat.about(Some(input.filled), Some(patient));
    let signed: Filled = record.state.record();
    let form = signed.form.clone().unwrap_or_default();
    let spec = known(&form)?;
    allow(seat, &spec.sign)?;
    if record.state.signed.is_none() {
        return Err(Refusal::new(Code::IllegalMove).with("field", "filled"));
    }
    let mut stands = signed.all();
    stands.extend(amended(seat, patient)?.remove(&input.filled).unwrap_or_default());
    let mut answers = forms::settled(spec, input.answers);
    answers.retain(|path, answer| stands.get(path) != Some(&*answer));
    if length(&answers) > LONGEST || length(&input.text) + length(&input.reason) > LONGEST_TEXT {
        return Err(Refusal::new(Code::TooLarge));
    }
    stands.extend(answers.clone());
    let checked = forms::check(spec, &stands, &last(seat, patient, spec, Some(input.filled))?);
    let against = |weight| matches!(weight, Weight::Refused | Weight::Asked);
    let own = checked.remarks.iter().filter(|remark| answers.contains_key(&remark.path));
    if let Some(remark) = own.filter(|remark| against(remark.weight)).max_by_key(|remark| remark.weight) {
        return Err(refused(remark));
    }
    let given = answers.into_iter().map(|(path, answer)| (path, Given { v: Some(answer) })).collect();
    let addendum = Addendum {
        patient: Some(patient),
        note: None,
        document: Some(input.filled),
        form: Some(form),
        text: Some(input.text.trim().to_owned()).filter(|text| !text.is_empty()),
        reason: Some(input.reason.trim().to_owned()),
        answers: Some(Entries(given)),
    };
    if let Some(field) = addendum_lacks(&addendum) {
        return Err(Refusal::missing(if field == "text" { "answers" } else { field }));
    }
    let id = seat.new_id();
    seat.about(Some(id), Some(patient));
    let written = seat.write(vec![Draft::make(Verb::Append, id, Some(patient), &addendum)])?;
    Ok(Kept::of(id, written))
}
