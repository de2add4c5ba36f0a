//! What every feature does with a record: made, changed, withdrawn, and told to a person.

use std::collections::BTreeMap;

use domain::access::User;
use domain::certificates::Template;
use domain::fold::State;
use domain::forms::Answer;
use domain::patients::{Patient, Sex};
use domain::record::{Kind, Record, Verb};
use domain::{PartialDate, RecordId, Value, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, Written};
use ts_rs::TS;

use crate::answer::shortened;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Whose.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfPatient {
    /// The patient.
    pub patient: RecordId,
}

/// A record as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Kept {
    /// The record.
    pub id: RecordId,
    /// Its version, for the next edit.
    pub version: i64,
    /// Whether the edit met another that its author had not seen: a person has to settle it.
    pub conflict: bool,
}

/// A record of the chart to withdraw.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidClaim {
    /// The record.
    pub id: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// A person in a list; what is longer than a line is shown in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonRow {
    /// The patient.
    pub id: RecordId,
    /// Family name.
    pub family: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Middle name.
    pub middle: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Birth date.
    pub birth_date: Option<PartialDate>,
    /// Age today.
    pub age: Option<domain::Age>,
    /// Sex.
    pub sex: Option<Sex>,
    /// The number that people know them by.
    pub number: Option<String>,
    /// What that number is.
    pub number_label: Option<String>,
    /// Course, school or department.
    pub belongs: Option<String>,
    /// Whether they have died.
    pub died: bool,
    /// Whether the system that the record came from does not use it any more.
    pub inactive: bool,
}

impl Kept {
    pub(crate) fn of(id: RecordId, written: Written) -> Self {
        Self { id, version: written.version, conflict: written.conflict }
    }
}

/// Withdraws a record of a chart that was entered in error.
pub(crate) fn void<T: Record>(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let record = seat.read::<T>(input.id)?;
    withdraw(seat, T::KIND, record.patient, input)
}

/// The same of a record of `kind` that is known to be here.
pub(crate) fn withdraw(
    seat: &mut Seat,
    kind: &'static Kind,
    patient: Option<RecordId>,
    input: VoidClaim,
) -> Result<Kept, Refusal> {
    let VoidClaim { id: record, version, reason } = input;
    seat.about(Some(record), patient);
    seat.reason = Some(reason.clone());
    let (patch, reason, seen) = (BTreeMap::new(), Some(reason), Some(version));
    let draft = Draft { kind, record, patient, verb: Verb::Void, patch, reason, seen, keeps: None };
    Ok(Kept::of(record, seat.write(vec![draft])?))
}

/// That a text is given.
pub(crate) fn require(text: &Option<String>, field: &str) -> Result<(), Refusal> {
    match text.as_deref().map(str::trim) {
        Some("") | None => Err(Refusal::missing(field)),
        Some(_) => Ok(()),
    }
}

/// What only an export needs.
pub(crate) const NOT_SHOWN: [&str; 3] = ["original", "facts", "payload"];

/// The state without what only an export needs.
pub(crate) fn shown_state(state: &State) -> State {
    let mut state = state.clone();
    state.fields.retain(|path, _| !NOT_SHOWN.contains(&path.as_str()));
    state
}

/// The record without what only an export needs.
pub(crate) fn stripped<T: Record>(state: &State) -> T {
    shown_state(state).record()
}

/// Whether a record came from elsewhere.
pub(crate) fn imported(state: &State) -> bool {
    !state.value("source").is_null()
}

/// What a record of `kind` holds and this version cannot read, a line each; none where it reads all.
pub(crate) fn unread(kind: &str, state: &State) -> Option<Vec<String>> {
    let unread = kinds::unread(kinds::kind(kind)?, state);
    let lines =
        unread.into_iter().map(|(path, value)| format!("{path}: {}", shown(value))).collect::<Vec<_>>();
    Some(lines).filter(|lines| !lines.is_empty())
}

/// The fields about which two people disagree.
pub(crate) fn disputed(kind: &Kind, state: &State) -> Vec<String> {
    state.unsettled(kind).map(|conflict| conflict.path.clone()).collect()
}

/// The text of a value for a person to read.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Null => String::new(),
        Value::List(all) => all.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => match Answer::read(other) {
            Some(answer) => answer.plain(),
            None => serde_json::to_string(other).unwrap_or_default(),
        },
    }
}

/// What a paper calls a patient.
pub(crate) fn name_on_paper(patient: &Patient) -> String {
    let part = |part: &Option<String>| part.clone().map(shortened).unwrap_or_default();
    let (family, given) = (part(&patient.family).to_uppercase(), part(&patient.given));
    [family, given].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What a paper writes for a date.
pub(crate) fn day_on_paper(date: PartialDate) -> String {
    match date.exact() {
        Some(day) => day.strftime("%d-%b-%Y").to_string(),
        None => date.to_string(),
    }
}

/// A person's name with the title before it.
pub(crate) fn full_name(user: &User) -> String {
    let (title, name) = (user.title.as_deref().unwrap_or_default(), user.name.as_deref().unwrap_or_default());
    format!("{title} {name}").trim().to_owned()
}

/// The names of the people who work here, looked up once.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<RecordId, Option<String>>);

impl Names {
    /// The title and name of `user`.
    pub(crate) fn of(&mut self, seat: &Seat, user: Option<RecordId>) -> Result<Option<String>, Refusal> {
        self.read(seat, user, User::KIND, |state| Some(full_name(&state.record())))
    }

    /// What the template of a certificate is called.
    pub(crate) fn of_template(
        &mut self,
        seat: &Seat,
        template: Option<RecordId>,
    ) -> Result<Option<String>, Refusal> {
        self.read(seat, template, Template::KIND, |state| state.record::<Template>().name)
    }

    /// The name of the record `id` of `kind`, looked up once.
    fn read(
        &mut self,
        seat: &Seat,
        id: Option<RecordId>,
        kind: &Kind,
        name: impl FnOnce(&State) -> Option<String>,
    ) -> Result<Option<String>, Refusal> {
        let Some(id) = id else { return Ok(None) };
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let record = seat.act.record(id)?.filter(|record| record.kind == kind.name);
        let name = record.and_then(|record| name(&record.state));
        self.0.insert(id, name.clone());
        Ok(name)
    }
}

impl PersonRow {
    pub(crate) fn of(id: RecordId, patient: Patient, seat: &Seat) -> Self {
        let number = patient.known_number();
        let belongs = [&patient.course, &patient.year_level, &patient.school, &patient.department];
        let belongs: Vec<&str> = belongs.into_iter().flatten().map(String::as_str).collect();
        let died = patient.has_died();
        // Of somebody who died on an unknown day the age is unknown too.
        let on = match patient.died {
            Some(day) => Some(day.latest()),
            None => (!died).then_some(seat.moment.today),
        };
        let brief = |text: Option<String>| text.map(shortened);
        Self {
            id,
            number: brief(number.and_then(|identifier| identifier.value.clone())),
            number_label: brief(
                number.and_then(|identifier| identifier.label.clone().or_else(|| identifier.system.clone())),
            ),
            belongs: brief((!belongs.is_empty()).then(|| belongs.join(", "))),
            age: patient.birth_date.zip(on).and_then(|(born, on)| born.age_on(on)),
            died,
            inactive: patient.inactive == Some(true),
            family: brief(patient.family),
            given: brief(patient.given),
            middle: brief(patient.middle),
            title: brief(patient.title),
            birth_date: patient.birth_date,
            sex: patient.sex,
        }
    }
}
