//! What is known of a person beside their visits: allergies, problems, background, immunisations.

use domain::enrolment::{Enrolment, EnrolmentStatus};
use domain::patients::{Allergy, Background, BackgroundSort, Immunisation, Patient, Problem, ProblemStatus};
use domain::record::Record;
use domain::{RecordId, Value};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::claims::{ClaimKind, Step, holding};
use crate::records::Kept;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

impl ClaimKind for Allergy {
    const REQUIRED: &'static [&'static str] = &["substance"];

    fn is_over(&self, _: Date) -> bool {
        self.resolved == Some(true)
    }

    /// It asks about one that is known already, and takes back an earlier word that there is none.
    fn before(seat: &mut Seat, step: &mut Step<Self>) -> Result<Vec<Draft>, Refusal> {
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

impl ClaimKind for Problem {
    const REQUIRED: &'static [&'static str] = &["name"];

    /// What was ruled out is no more there than what is over.
    fn is_over(&self, _: Date) -> bool {
        self.status == Some(ProblemStatus::Resolved) || self.certainty.as_deref() == Some("excluded")
    }
}

/// A background is mostly past, and still counts: none of it is over, and what never was says so.
impl ClaimKind for Background {
    const REQUIRED: &'static [&'static str] = &["name"];

    /// With a relative it is the family's, and must never read as the person's own.
    fn before(_: &mut Seat, step: &mut Step<Self>) -> Result<Vec<Draft>, Refusal> {
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
}

impl ClaimKind for Immunisation {
    const REQUIRED: &'static [&'static str] = &["vaccine"];

    /// What was not given stands behind what was.
    fn is_over(&self, _: Date) -> bool {
        self.status.as_deref() == Some("not-done")
    }
}

impl ClaimKind for Enrolment {
    const REQUIRED: &'static [&'static str] = &["school_year"];

    /// Whoever left, finished or has a last day behind them studies there no more.
    fn is_over(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until.latest() < today)
            || matches!(self.status, Some(EnrolmentStatus::Left | EnrolmentStatus::Graduated))
    }
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
