//! The examination of a note: how it is written down, and what was brought in.

use domain::record::Entries;
use domain::visits::{BROUGHT_IN, Brought, Note, NoteText, written};
use domain::{PartialDate, RecordId};

use super::sets::set_of;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Makes of what was typed what is written down: of an examination what it says, and of texts that were brought in
/// those that stand as they did, with the day of their note.
pub(super) fn settle(
    seat: &Seat,
    patient: RecordId,
    details: &mut NoteText,
    sign: bool,
) -> Result<(), Refusal> {
    let exam = details.exam.take().flatten().unwrap_or_default();
    let (set, version) = (details.set.take().flatten(), details.set_version.take().flatten());
    let (set, systems) = set_of(seat, set, version)?;
    let systems: Vec<&str> = systems.iter().map(String::as_str).collect();
    if let Some(exam) = written(&systems, exam, sign).map_err(|lacking| Refusal::missing(&lacking))? {
        details.exam = Some(Some(exam));
        details.set = Some(set);
        details.set_version = Some(version);
    }
    let brought = details.brought.take().flatten().unwrap_or_default();
    let mut kept = Entries::default();
    for (field, Brought { note, .. }) in brought.0 {
        let text = match field.as_str() {
            "history" => &details.history,
            "treatment" => &details.treatment,
            "plan" => &details.plan,
            "remarks" => &details.remarks,
            _ => &None,
        };
        let note = note.ok_or_else(|| Refusal::missing(&format!("brought/{field}/note")))?;
        let text = text.as_ref().and_then(Option::as_deref);
        let on = stood_on(seat, patient, note, &field, text)?;
        let on = on.ok_or_else(|| Refusal::invalid(&format!("brought/{field}/note")))?;
        kept.0.insert(field, Brought { note: Some(note), on: Some(on) });
    }
    if !kept.0.is_empty() {
        details.brought = Some(Some(kept));
    }
    Ok(())
}

/// The day on which `note`, of this patient, was signed with this very text in `field`; nothing where it was not.
fn stood_on(
    seat: &Seat,
    patient: RecordId,
    note: RecordId,
    field: &str,
    text: Option<&str>,
) -> Result<Option<PartialDate>, Refusal> {
    let record = match seat.read::<Note>(note) {
        Ok(record) => record,
        // It was not brought to this workstation: nobody here can say what stood in it.
        Err(refusal) if refusal.code == Code::NotFound => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let stood = record.state.value(field).as_text();
    let same = text.is_some() && text.map(str::trim) == stood.map(str::trim);
    let known = BROUGHT_IN.contains(&field) && record.patient == Some(patient) && same;
    let signature = record.state.signed.filter(|_| known).map(|op| seat.act.said(op)).transpose()?.flatten();
    Ok(signature.and_then(|said| said.wall.get(..10)?.parse().ok()))
}
