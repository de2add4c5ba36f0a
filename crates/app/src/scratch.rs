//! Typing that is no record yet: it survives a kill, a lock and a change of user.

use domain::RecordId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::Nothing;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Typing to keep; empty text forgets it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepScratch {
    /// The patient whom it concerns; of a registration, whoever types it.
    pub patient: RecordId,
    /// The task by its stored name, such as `note VISIT` (`ui/src/forms/task.ts`).
    pub subject: String,
    /// The text, or the fields of a form as JSON text.
    pub text: String,
}

/// When typing was kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ScratchKept {
    /// The time at the site, `10:32`.
    pub time: String,
}

/// Unfinished typing.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ScratchRow {
    /// The patient whom it concerns; of a registration, whoever types it.
    pub patient: RecordId,
    /// The task by its stored name.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When it was typed, in milliseconds since 1970.
    pub at: i64,
}

/// What this person left unfinished, latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Scratches {
    /// The rows.
    pub rows: Vec<ScratchRow>,
}

const LONGEST: usize = 200_000;

/// The stored name of the note of a visit: the typing in it is forgotten once it is written.
pub(crate) fn of_note(visit: RecordId) -> String {
    format!("note {visit}")
}

/// The stored name of a form in a visit, by its code without a version.
pub(crate) fn of_form(code: &str, visit: Option<RecordId>) -> String {
    visit.map_or_else(|| format!("form {code}"), |visit| format!("form {code} {visit}"))
}

/// Keeps typing as it was typed.
pub(crate) fn keep_scratch(seat: &mut Seat, input: KeepScratch) -> Result<ScratchKept, Refusal> {
    if input.text.len() > LONGEST || input.subject.len() > 200 {
        return Err(Refusal::invalid("text"));
    }
    let scratch = store::Scratch {
        patient: input.patient,
        subject: input.subject,
        at: seat.moment.now.cast_signed(),
        text: input.text,
    };
    seat.act.keep_scratch(seat.sitting.user, &scratch)?;
    let time = seat.moment.wall.as_str().get(11..16).unwrap_or_default();
    Ok(ScratchKept { time: time.to_owned() })
}

/// What this person left unfinished.
pub(crate) fn scratches(seat: &mut Seat, _: Nothing) -> Result<Scratches, Refusal> {
    let scratches = seat.act.scratches(seat.sitting.user)?;
    let rows = scratches
        .into_iter()
        .map(|scratch| ScratchRow {
            patient: scratch.patient,
            subject: scratch.subject,
            text: scratch.text,
            at: scratch.at,
        })
        .collect();
    Ok(Scratches { rows })
}
