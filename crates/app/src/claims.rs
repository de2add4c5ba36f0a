//! What is said of a person until somebody withdraws it: the commands of every such kind, from what the kind brings.

use std::collections::BTreeMap;

use domain::fold::State;
use domain::patients::Patient;
use domain::record::{Told, Verb};
use domain::{RecordId, Value, timeline};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, ROW_BYTES, length, shorten};
use crate::records::{Kept, disputed, require, stripped, unread};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// What the list of commands says of a kind that is said of a person, beside its declaration.
pub(crate) trait ClaimKind: Told {
    /// What is asked before it is written, and what else is written with it.
    fn before(_seat: &mut Seat, _step: &mut Step<Self>) -> Result<Vec<Draft>, Refusal> {
        Ok(Vec::new())
    }
}

/// A claim that is about to be made or changed.
pub(crate) struct Step<T> {
    /// Whose.
    pub(crate) patient: RecordId,
    /// The record, where it is there already.
    pub(crate) record: Option<RecordId>,
    /// What is to be written, by field.
    pub(crate) patch: BTreeMap<String, Value>,
    /// What it then says.
    pub(crate) after: T,
}

/// Something to record of a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Make<T> {
    /// The patient.
    pub patient: RecordId,
    /// What is known.
    pub details: T,
}

/// A change of a record, with the version in which it was seen.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit<T> {
    /// The record.
    pub id: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// The changed fields; null clears.
    pub patch: T,
}

/// Which record.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfRecord {
    /// The record.
    pub id: RecordId,
}

/// A record of the chart with its version.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Claim<T> {
    /// The record.
    pub id: RecordId,
    /// The version to send back with an edit.
    pub version: i64,
    /// The fields about which two people disagree; an empty name stands for the record itself.
    pub disputed: Vec<String>,
    /// What this version cannot read of it, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unread: Option<Vec<String>>,
    /// Whether it is over.
    pub past: bool,
    /// Whether long texts were cut here: nobody edits what they see in part.
    pub shortened: bool,
    /// What is known.
    pub details: T,
}

/// A page of a card.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListOf {
    /// The patient.
    pub patient: RecordId,
    /// The end of the page before.
    #[serde(default)]
    pub after: Option<ClaimEnd>,
}

/// The last row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimEnd {
    /// Whether it is over.
    pub past: bool,
    /// Its place, counted back from 1970 in milliseconds.
    pub back: i64,
    /// The record.
    pub record: RecordId,
}

/// A page of what is known of one kind: what holds first, of either what is latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Claims<T> {
    /// The rows.
    pub rows: Vec<Claim<T>>,
    /// How many hold, on all pages together.
    pub now: u64,
    /// How many are over, on all pages together.
    pub past: u64,
    /// The end of this page, where there are more.
    pub next: Option<ClaimEnd>,
}

/// Records something of a person.
pub(crate) fn add<T: ClaimKind>(seat: &mut Seat, input: Make<T::Text>) -> Result<Kept, Refusal> {
    let patient = input.patient;
    seat.about(None, Some(patient));
    seat.read::<Patient>(patient)?;
    let mut patch = said_of(T::KIND, &input.details);
    patch.retain(|_, value| !value.is_null());
    patch.insert("patient".to_owned(), Value::text(patient.to_string()));
    let (patch, with) = asked::<T>(seat, (patient, None), State::default(), patch)?;
    let id = seat.new_id();
    seat.about(Some(id), Some(patient));
    let made = Draft { verb: Verb::Create, ..Draft::patch::<T>(id, Some(patient), patch, None) };
    let drafts = std::iter::once(made).chain(with).collect();
    Ok(Kept::of(id, seat.write(drafts)?))
}

/// Changes a record of a chart.
pub(crate) fn edit<T: ClaimKind>(seat: &mut Seat, input: Edit<T::Text>) -> Result<Kept, Refusal> {
    let record = seat.read::<T>(input.id)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(input.id), Some(patient));
    let patch = said_of(T::KIND, &input.patch);
    let (patch, with) = asked::<T>(seat, (patient, Some(input.id)), record.state, patch)?;
    let changed = Draft::patch::<T>(input.id, Some(patient), patch, Some(input.version));
    let drafts = std::iter::once(changed).chain(with).collect();
    Ok(Kept::of(input.id, seat.write(drafts)?))
}

/// What is written of `patch` upon `state`, and what with it.
fn asked<T: ClaimKind>(
    seat: &mut Seat,
    (patient, record): (RecordId, Option<RecordId>),
    state: State,
    patch: BTreeMap<String, Value>,
) -> Result<(BTreeMap<String, Value>, Vec<Draft>), Refusal> {
    let state = state.with(&patch);
    for field in T::REQUIRED.iter().filter(|field| record.is_none() || patch.contains_key(**field)) {
        require(&state.value(field).as_text().map(ToOwned::to_owned), field)?;
    }
    let mut step = Step { patient, record, patch, after: state.record() };
    let with = T::before(seat, &mut step)?;
    Ok((step.patch, with))
}

/// One record of a chart, whole, to be read and changed.
pub(crate) fn one<T: Told>(seat: &mut Seat, input: OfRecord) -> Result<Claim<T>, Refusal> {
    let record = seat.read::<T>(input.id)?;
    seat.about(Some(input.id), record.patient);
    Ok(claim(seat, &record, false))
}

/// A page of what is known of one kind.
pub(crate) fn list<T: Told>(seat: &mut Seat, input: ListOf) -> Result<Claims<T>, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    seat.read::<Patient>(input.patient)?;
    page(seat, input)
}

/// The same of somebody who is known to be here.
pub(crate) fn page<T: Told>(seat: &Seat, input: ListOf) -> Result<Claims<T>, Refusal> {
    let records = seat.act.records(T::KIND.name, Some(input.patient))?;
    let mut all: Vec<(ClaimEnd, store::Record)> = records
        .into_iter()
        .map(|record| {
            let past = record.state.record::<T>().is_over(seat.moment.today);
            let at = timeline::place(T::KIND.name, &record.state).unwrap_or(timeline::UNDATED);
            (ClaimEnd { past, back: -at, record: record.id }, record)
        })
        .collect();
    all.sort_by_key(|(place, _)| *place);
    let past = all.iter().filter(|(place, _)| place.past).count();
    let mut claims =
        Claims { rows: Vec::new(), now: (all.len() - past) as u64, past: past as u64, next: None };
    let mut used = 0;
    let mut last = None;
    for (place, record) in all.into_iter().filter(|(place, _)| input.after.is_none_or(|end| *place > end)) {
        let mut row = claim(seat, &record, false);
        if length(&row) > ROW_BYTES {
            row = claim(seat, &record, true);
        }
        used += length(&row) + 1;
        if used > ANSWER_BYTES && last.is_some() {
            claims.next = last;
            break;
        }
        claims.rows.push(row);
        last = Some(place);
    }
    Ok(claims)
}

fn claim<T: Told>(seat: &Seat, record: &store::Record, shortened: bool) -> Claim<T> {
    let mut state = record.state.clone();
    if shortened {
        shorten(&mut state);
    }
    let details: T = stripped(&state);
    Claim {
        id: record.id,
        version: record.version,
        disputed: disputed(T::KIND, &state),
        unread: unread(T::KIND.name, &state),
        past: details.is_over(seat.moment.today),
        shortened,
        details,
    }
}

/// The records of `T` that `patient` has and that hold today, as they are.
pub(crate) fn holding<T: Told>(seat: &Seat, patient: RecordId) -> Result<Vec<(store::Record, T)>, Refusal> {
    let records = seat.act.records(T::KIND.name, Some(patient))?.into_iter();
    let claims = records.map(|record| {
        let claim: T = record.state.record();
        (record, claim)
    });
    Ok(claims.filter(|(_, claim)| !claim.is_over(seat.moment.today)).collect())
}
