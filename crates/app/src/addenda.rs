//! What was added to a signed document, a note or a form: as it is shown beside it, and withdrawn.

use std::collections::BTreeMap;

use domain::RecordId;
use domain::access::NotAllowed;
use domain::addenda::Addendum;
use domain::forms::{self, Answers};
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::answer::shortened;
use crate::records::{Kept, Names, VoidClaim, void};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The language of what is written for people here.
const LANGUAGE: &str = "en";

/// An addition to a signed document.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct AddendumRow {
    /// The addendum.
    pub id: RecordId,
    /// The version to send back when it is withdrawn.
    pub version: i64,
    /// The addition.
    pub text: String,
    /// Why.
    pub reason: String,
    /// What a form says from then on, by the paths of its answers; left out where that is nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<Answers>", optional)]
    pub answers: Answers,
    /// Who added it, with the title.
    pub author: Option<String>,
    /// When, at the place where it was written.
    pub at: String,
}

/// What was added to `document`, which addenda name in `field`, oldest first.
pub(crate) fn added_to(
    seat: &Seat,
    names: &mut Names,
    patient: RecordId,
    field: &str,
    document: RecordId,
) -> Result<Vec<AddendumRow>, Refusal> {
    let mut rows = Vec::new();
    let form = form_of(seat, document)?;
    for record in seat.act.records_of(Addendum::KIND.name, patient, field, document)? {
        let addendum: Addendum = record.state.record();
        if addendum.form != form {
            continue;
        }
        let said = seat.act.first_said(record.id)?;
        rows.push(AddendumRow {
            id: record.id,
            version: record.version,
            answers: addendum.given(),
            text: addendum.text.unwrap_or_default(),
            reason: addendum.reason.unwrap_or_default(),
            author: names.of(seat, said.as_ref().map(|said| said.author))?,
            at: said.map(|said| said.wall).unwrap_or_default(),
        });
    }
    Ok(rows)
}

/// What addenda say instead of the answers of the forms of somebody, by form, the later over the earlier.
pub(crate) fn amended(seat: &Seat, patient: RecordId) -> Result<BTreeMap<RecordId, Answers>, Refusal> {
    let mut amended: BTreeMap<RecordId, Answers> = BTreeMap::new();
    for addendum in in_order(seat.act.records(Addendum::KIND.name, Some(patient))?) {
        let Some(document) = addendum.document else { continue };
        if addendum.form == form_of(seat, document)? {
            amended.entry(document).or_default().extend(addendum.given());
        }
    }
    Ok(amended)
}

/// The answers of each addendum to the form `document`, oldest first.
pub(crate) fn answers_added(
    seat: &Seat,
    patient: RecordId,
    document: RecordId,
) -> Result<Vec<Answers>, Refusal> {
    let records = seat.act.records_of(Addendum::KIND.name, patient, "document", document)?;
    let form = form_of(seat, document)?;
    Ok(in_order(records).filter(|addendum| addendum.form == form).map(|addendum| addendum.given()).collect())
}

/// The form of `document`; none of a note. What was added by another form says nothing of it.
fn form_of(seat: &Seat, document: RecordId) -> Result<Option<String>, Refusal> {
    let record = seat.act.record(document)?;
    Ok(record.and_then(|record| Some(record.state.value("form").as_text()?.to_owned())))
}

fn in_order(mut records: Vec<store::Record>) -> impl Iterator<Item = Addendum> {
    records.sort_by_key(|record| record.id);
    records.into_iter().map(|record| record.state.record())
}

/// An addendum to a form in a line: its answers, then its words; nothing of one to a note.
pub(crate) fn line(addendum: &Addendum) -> Option<String> {
    let spec = forms::spec(addendum.form.as_deref()?)?;
    let told = forms::told(spec, &addendum.given(), LANGUAGE);
    let words = addendum.text.clone().filter(|text| !text.is_empty());
    let said = Some(told).filter(|told| !told.is_empty()).into_iter().chain(words);
    Some(shortened(format!("{}: {}", spec.title.said(LANGUAGE), said.collect::<Vec<_>>().join("; "))))
}

/// Withdraws what was added in error. One to a form is withdrawn by who may sign that form.
pub(crate) fn void_addendum(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let addendum: Addendum = seat.read::<Addendum>(input.id)?.state.record();
    if let Some(form) = &addendum.form {
        let spec = forms::spec(form).ok_or_else(|| Refusal::invalid("form"))?;
        if !seat.subject.role.is_some_and(|role| spec.sign.contains(&role)) {
            return Err(NotAllowed::Role.into());
        }
    }
    void::<Addendum>(seat, input)
}
