//! One box that finds people, and the strip that warns of a second registration.

use domain::RecordId;
use domain::patients::{Likeness, Patient, WORTH_SHOWING, likeness, split_birth_date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, within};
use crate::command::Nothing;
use crate::records::PersonRow;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// What was typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindPatients {
    /// Names in any order, partial or misspelt, a number, a phone, a birth date.
    pub text: String,
}

/// The people who were found, best first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Found {
    /// The people.
    pub people: Vec<PersonRow>,
}

/// The people whose charts somebody opened last; of who opened none yet, those who were registered last.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Recent {
    /// The people.
    pub people: Vec<PersonRow>,
    /// Whether this person opened their charts.
    pub opened: bool,
}

/// What was typed so far of a registration.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimilarPatients {
    /// Who they are.
    pub details: Patient,
}

/// A registered person who may be the one being typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Alike {
    /// The person.
    pub person: PersonRow,
    /// How alike, and in what.
    pub likeness: Likeness,
}

/// The registered people who may be the one being typed, most alike first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Similar {
    /// The people.
    pub people: Vec<Alike>,
}

const MOST_FOUND: u32 = 20;
const MOST_SIMILAR: usize = 5;

/// Finds people.
pub(crate) fn find_patients(seat: &mut Seat, input: FindPatients) -> Result<Found, Refusal> {
    let (text, born) = split_birth_date(&input.text, seat.moment.today);
    let mut hits = seat.act.find(&text, born, MOST_FOUND)?;
    if hits.is_empty() && born.is_some() {
        // Eight digits may be a date and are somebody's number.
        hits = seat.act.find(&input.text, None, MOST_FOUND)?;
    }
    rows(seat, hits.into_iter().map(|hit| hit.patient))
}

/// The people whose charts this person opened last, or else who were registered last.
pub(crate) fn recent_patients(seat: &mut Seat, _: Nothing) -> Result<Recent, Refusal> {
    let recent = seat.act.recent(seat.sitting.user, MOST_FOUND)?;
    let opened = !recent.is_empty();
    let shown = if opened { recent } else { seat.act.latest_patients(MOST_FOUND)? };
    Ok(Recent { people: rows(seat, shown)?.people, opened })
}

/// The registered people who may be the one being typed.
pub(crate) fn similar_patients(seat: &mut Seat, input: SimilarPatients) -> Result<Similar, Refusal> {
    let typed = input.details;
    let names = [&typed.family, &typed.given].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let numbers = domain::patients::keys(&typed).into_iter().filter(|key| !key.is_name).map(|key| key.word);
    let mut candidates = Vec::new();
    for text in std::iter::once(names).chain(numbers).filter(|text| text.chars().count() >= 3) {
        candidates.extend(seat.act.find(&text, None, 50)?.into_iter().map(|hit| hit.patient));
    }
    // A name may be written so that no word of it is met; a day of birth is shared by few.
    if let Some(born) = typed.birth_date.filter(|born| born.exact().is_some()) {
        candidates.extend(seat.act.find("", Some(born), 200)?.into_iter().map(|hit| hit.patient));
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut people = Vec::new();
    for id in candidates {
        let Some(record) = seat.act.record(id)? else { continue };
        let patient: Patient = record.state.record();
        let likeness = likeness(&typed, &patient);
        if likeness.score >= WORTH_SHOWING {
            people.push(Alike { person: PersonRow::of(id, patient, seat), likeness });
        }
    }
    people.sort_by_key(|alike| std::cmp::Reverse(alike.likeness.score));
    people.truncate(MOST_SIMILAR);
    Ok(Similar { people: within(people, ANSWER_BYTES).0 })
}

fn rows(seat: &Seat, ids: impl IntoIterator<Item = RecordId>) -> Result<Found, Refusal> {
    let mut people = Vec::new();
    for id in ids {
        if let Some(record) = seat.act.record(id)?.filter(|record| record.state.voided.is_none()) {
            people.push(PersonRow::of(id, record.state.record(), seat));
        }
    }
    Ok(Found { people: within(people, ANSWER_BYTES).0 })
}
