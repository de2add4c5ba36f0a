//! What a person, or who decides for them, agreed to.

use std::collections::BTreeMap;

use domain::patients::{Consent, ConsentSort, ConsentText, Patient, consent_lacks, lacking};
use domain::record::{Record, Verb};
use domain::{PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::records::Kept;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// An answer to a text that was laid before somebody.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConsent {
    /// The patient.
    pub patient: RecordId,
    /// What was agreed to; where no day is said, today.
    pub details: ConsentText,
}

/// Writes down what was agreed to; from then on it is frozen, and a later answer counts before it.
pub(crate) fn record_consent(seat: &mut Seat, input: RecordConsent) -> Result<Kept, Refusal> {
    let person: Patient = seat.read::<Patient>(input.patient)?.state.record();
    let ConsentText { sort, text, answer, by, guardian, on } = input.details;
    let consent = Consent {
        patient: Some(input.patient),
        sort: sort.flatten(),
        text: text.flatten().map(|text| text.trim().to_owned()),
        answer: answer.flatten(),
        by: by.flatten(),
        guardian: guardian.flatten().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        on: Some(on.flatten().unwrap_or_else(|| PartialDate::day(seat.moment.today))),
    };
    if let Some(field) = consent_lacks(&consent) {
        return Err(Refusal::missing(field));
    }
    let born = person.birth_date.map(|born| born.earliest());
    let cannot_be =
        |on: PartialDate| on.earliest() > seat.moment.today || born.is_some_and(|born| on.latest() < born);
    if consent.on.is_some_and(cannot_be) {
        return Err(Refusal::invalid("on"));
    }
    let id = seat.new_id();
    seat.about(Some(id), Some(input.patient));
    let written = seat.write(given(id, &consent).into())?;
    Ok(Kept::of(id, written))
}

/// An answer as it is written down: made and frozen in one act.
pub(super) fn given(id: RecordId, consent: &Consent) -> [Draft; 2] {
    let made = Draft::make(Verb::Create, id, consent.patient, consent);
    let frozen = Draft::patch::<Consent>(id, consent.patient, BTreeMap::new(), None);
    [made, Draft { verb: Verb::Sign, ..frozen }]
}

/// What this person has not agreed to yet, and about which of that nobody has answered at all.
pub(crate) fn consents_lacking(
    seat: &Seat,
    id: RecordId,
    patient: &Patient,
) -> Result<(Vec<ConsentSort>, Vec<ConsentSort>), Refusal> {
    let mut answers: Vec<(Option<PartialDate>, domain::Hlc, Consent)> = Vec::new();
    for record in seat.act.records(Consent::KIND.name, Some(id))? {
        let consent: Consent = record.state.record();
        answers.push((consent.on, record.state.made, consent));
    }
    answers.sort_by_key(|(on, made, _)| (*on, *made));
    let answers: Vec<Consent> = answers.into_iter().map(|(.., consent)| consent).collect();
    let lacks = lacking(&answers, patient.birth_date, seat.moment.today);
    let unasked = lacks.iter().copied().filter(|sort| answers.iter().all(|given| given.sort != Some(*sort)));
    let unasked = unasked.collect();
    Ok((lacks, unasked))
}
