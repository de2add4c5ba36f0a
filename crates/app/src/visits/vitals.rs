//! Vital signs: what can be measured, what was, and a taking as it is recorded.

use std::collections::BTreeMap;

use domain::patients::Patient;
use domain::record::{Record, Verb};
use domain::visits::{
    Advice, Amount, Band, Level, Levels, Objection, Observation, SignName, Typed, Unit, Visit, advice, bands,
    levels, observations, read_amount, taking,
};
use domain::{Ages, Decimal, Instant, PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use super::clock;
use crate::answer::{ANSWER_BYTES, length};
use crate::records::{Kept, Names, OfPatient, VoidClaim, imported, stripped, void};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A vital sign as it can be measured of somebody.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Sign {
    /// Its name.
    pub name: SignName,
    /// Its code (LOINC).
    pub code: String,
    /// The code's words.
    pub display: String,
    /// The unit of its bands, which is meant where none is given.
    pub unit: String,
    /// The units in which it may be given, that one first.
    pub units: Vec<String>,
    /// The decimal places in which it is judged.
    pub places: u32,
    /// Outside of it a value is asked about once.
    pub plausible: Band,
    /// Outside of it a value is refused.
    pub possible: Band,
    /// Outside of it a value is low or high at this person's age.
    pub reference: Option<Band>,
    /// Outside of it somebody has to come.
    pub critical: Option<Band>,
    /// Whether it follows from others and is never typed.
    pub derived: bool,
    /// Whether it is asked for at this person's age.
    pub asked: bool,
}

/// A measured value.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VitalValue {
    /// The record; both blood pressures are one.
    pub id: RecordId,
    /// Its version, to withdraw it.
    pub version: i64,
    /// Of what.
    pub sign: SignName,
    /// How much, digit for digit, without an exponent; behind `<`, `<=`, `>=` or `>` where only a bound is known.
    pub value: String,
    /// In which unit, as people write it.
    pub unit: String,
    /// How it lies to what is expected.
    pub level: Level,
    /// Whether it is unlikely and was meant.
    pub confirmed: bool,
}

/// What one hand measured at one time.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VitalRow {
    /// When; nothing where only the day is known.
    pub at: Option<Instant>,
    /// The day at the site, `2026-11-22`; nothing where nobody knows when it was.
    pub day: Option<String>,
    /// The time at the site, `10:31`; nothing where only the day is known.
    pub time: Option<String>,
    /// Who, with the title; nobody here where it came from elsewhere.
    pub author: Option<String>,
    /// Whether it came from elsewhere.
    pub imported: bool,
    /// The values.
    pub values: Vec<VitalValue>,
}

/// What can be measured of a person, and what was.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VitalSigns {
    /// What can be measured.
    pub signs: Vec<Sign>,
    /// What was, latest first.
    pub rows: Vec<VitalRow>,
    /// Whether older rows were left out.
    pub shortened: bool,
}

/// The last of one sort of measurement.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Vital {
    /// The record.
    pub id: RecordId,
    /// The version to send back when it is withdrawn.
    pub version: i64,
    /// When it was so.
    pub at: Option<Instant>,
    /// Who recorded it; nobody here where it came from elsewhere.
    pub author: Option<String>,
    /// Whether it came from elsewhere.
    pub imported: bool,
    /// How it lies to what was expected at that age; the gravest of its parts.
    pub level: Level,
    /// The same of each part, by its entry.
    pub levels: BTreeMap<String, Level>,
    /// What was measured.
    pub details: Observation,
}

/// A value as it was typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypedValue {
    /// Of what.
    pub sign: SignName,
    /// How much, as it was typed; a unit may stand behind it.
    pub value: String,
    /// In which unit; nothing means the one in `value`, or the sign's first.
    pub unit: Option<String>,
}

/// One taking of vital signs.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordVitals {
    /// The patient.
    pub patient: RecordId,
    /// The visit, if it was in one.
    pub visit: Option<RecordId>,
    /// The values.
    pub values: Vec<TypedValue>,
    /// The signs of which an unlikely value is meant.
    pub confirmed: Vec<SignName>,
    /// How long ago they were taken, where that is not now.
    pub minutes_ago: Option<u32>,
}

/// The level of a sign.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct SignLevel {
    /// Of what.
    pub sign: SignName,
    /// How it lies to what is expected.
    pub level: Level,
}

/// A taking as it was written down.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VitalsKept {
    /// The records.
    pub ids: Vec<RecordId>,
    /// How each value lies to what is expected, that of the body mass index too.
    pub levels: Vec<SignLevel>,
    /// What is to be done now.
    pub act: Vec<Advice>,
}

const PAGE_ROWS: u32 = 200;
/// Observations looked through for those that are vital signs.
const MOST_LOOKED_AT: usize = 2_000;
/// What was taken longer ago than a week is another system's to import.
const LONGEST_AGO: u32 = 7 * 24 * 60;

/// What can be measured of a person, and what was.
pub(crate) fn vital_signs(seat: &mut Seat, input: OfPatient) -> Result<VitalSigns, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let born = birth_date(seat, input.patient)?;
    let ages = born.and_then(|born| born.ages_on(&PartialDate::day(seat.moment.today)));
    let signs: Vec<Sign> = SignName::ALL.iter().map(|sign| Sign::at(*sign, ages)).collect();
    let (rows, shortened) = rows(seat, input.patient, born, length(&signs))?;
    Ok(VitalSigns { signs, rows, shortened })
}

/// The takings, latest first, as far as the answer has room for them.
fn rows(
    seat: &Seat,
    patient: RecordId,
    born: Option<PartialDate>,
    mut used: usize,
) -> Result<(Vec<VitalRow>, bool), Refusal> {
    let mut rows: Vec<VitalRow> = Vec::new();
    let mut names = Names::default();
    let mut before = None;
    let mut looked_at = 0;
    loop {
        let page = seat.act.timeline(patient, &[Observation::KIND.name], before, PAGE_ROWS)?;
        for stand in &page.rows {
            let observation: Observation = stripped(&stand.record.state);
            let values = values(&stand.record, &observation, &levels_then(seat, &observation, born));
            if values.is_empty() {
                continue;
            }
            let imported = imported(&stand.record.state);
            let author = names.of(seat, stand.author.filter(|_| !imported))?;
            let row = row(seat, stand.happened(), &observation, author, imported);
            used += length(&values);
            match rows.last_mut().filter(|last| same_taking(last, &row)) {
                Some(last) => {
                    last.values.extend(values);
                    last.values.sort_by_key(|value| value.sign);
                }
                None => {
                    used += length(&row);
                    rows.push(VitalRow { values, ..row });
                }
            }
            if used > ANSWER_BYTES {
                // The last taking may have more values that found no room: half of it is not shown.
                rows.pop();
                return Ok((rows, true));
            }
        }
        looked_at += page.rows.len();
        before = page.next;
        if before.is_none() || looked_at >= MOST_LOOKED_AT {
            return Ok((rows, before.is_some()));
        }
    }
}

/// What one hand wrote in one minute is one taking.
fn same_taking(one: &VitalRow, other: &VitalRow) -> bool {
    (&one.day, &one.time, &one.author, one.imported)
        == (&other.day, &other.time, &other.author, other.imported)
}

fn row(
    seat: &Seat,
    at: Option<i64>,
    observation: &Observation,
    author: Option<String>,
    imported: bool,
) -> VitalRow {
    let seen = at.map(|at| seat.place.zone.instant(u64::try_from(at).unwrap_or_default()));
    // A record that knows only its day has no time of day.
    let timed = observation.at.is_some() || observation.day.is_none();
    VitalRow {
        at: observation.at.clone(),
        day: seen.as_ref().map(|seen| seat.place.zone.day(seen).to_string()),
        time: seen.filter(|_| timed).map(|seen| clock(seat, &seen)),
        author,
        imported,
        values: Vec::new(),
    }
}

/// The vital signs that an observation holds, upper blood pressure first.
pub(super) fn values(
    record: &store::Record,
    observation: &Observation,
    Levels { whole, parts }: &Levels,
) -> Vec<VitalValue> {
    let own = (observation.code.as_ref(), observation.amount(), *whole);
    let parts = observation.components.iter().flat_map(|components| &components.0).map(|(entry, part)| {
        let level = parts.get(entry).copied().unwrap_or(Level::Unknown);
        (part.code.as_ref(), part.amount(), level)
    });
    let mut values: Vec<VitalValue> = std::iter::once(own)
        .chain(parts)
        .filter_map(|(code, amount, level)| {
            let (sign, Amount { comparator, quantity }) = (SignName::of(code?)?, amount?);
            let unit = Unit::of(sign, quantity).map(|unit| unit.label.to_owned());
            let value = [comparator.unwrap_or_default(), quantity.value.plain().as_str()].join(" ");
            Some(VitalValue {
                id: record.id,
                version: record.version,
                sign,
                value: value.trim_start().to_owned(),
                unit: unit.or_else(|| quantity.unit.clone()).unwrap_or_default(),
                level,
                confirmed: observation.confirmed == Some(true),
            })
        })
        .collect();
    values.sort_by_key(|value| value.sign);
    values
}

impl Sign {
    fn at(name: SignName, ages: Option<Ages>) -> Self {
        let units = name.units();
        let coding = units.first().map(|unit| name.coding(*unit)).unwrap_or_default();
        let bands = bands(name, ages);
        Self {
            name,
            code: coding.code.unwrap_or_default(),
            display: coding.display.unwrap_or_default(),
            unit: units.first().map(|unit| unit.label.to_owned()).unwrap_or_default(),
            units: units.iter().map(|unit| unit.label.to_owned()).collect(),
            places: name.places(),
            plausible: bands.plausible,
            possible: bands.possible,
            reference: bands.reference,
            critical: bands.critical,
            derived: name.is_derived(),
            asked: !name.is_derived() && name.is_for(ages),
        }
    }
}

/// A measurement that `author` recorded of somebody born on `born`.
pub(crate) fn vital(
    seat: &Seat,
    names: &mut Names,
    record: &store::Record,
    author: Option<RecordId>,
    born: Option<PartialDate>,
) -> Result<Vital, Refusal> {
    let details: Observation = stripped(&record.state);
    let imported = imported(&record.state);
    let Levels { whole, parts } = levels_then(seat, &details, born);
    Ok(Vital {
        id: record.id,
        version: record.version,
        at: details.at.clone(),
        author: names.of(seat, author.filter(|_| !imported))?,
        imported,
        level: whole,
        levels: parts,
        details,
    })
}

/// Records one taking of vital signs.
pub(crate) fn record_vitals(seat: &mut Seat, input: RecordVitals) -> Result<VitalsKept, Refusal> {
    let born = birth_date(seat, input.patient)?;
    seat.about(Some(input.patient), Some(input.patient));
    if let Some(visit) = input.visit
        && seat.read::<Visit>(visit)?.patient != Some(input.patient)
    {
        return Err(Refusal::invalid("visit"));
    }
    if input.values.is_empty() {
        return Err(Refusal::missing("values"));
    }
    let minutes = input.minutes_ago.unwrap_or_default();
    if minutes > LONGEST_AGO {
        return Err(Refusal::invalid("minutes_ago"));
    }
    let at = seat.place.zone.instant(seat.moment.now.saturating_sub(u64::from(minutes) * 60_000));
    let ages = born.and_then(|born| born.ages_on(&PartialDate::day(seat.place.zone.day(&at))));
    let mut typed = Vec::new();
    for TypedValue { sign, value, unit } in input.values {
        let written = format!("{value} {}", unit.unwrap_or_default());
        let (value, unit) = read_amount(sign, &written).map_err(|_| Refusal::invalid(sign.word()))?;
        typed.push(Typed { sign, value, unit: unit.map(|unit| unit.code.to_owned()) });
    }
    let taken = taking(&typed, &input.confirmed, ages)?;
    let common = Observation {
        patient: Some(input.patient),
        visit: input.visit,
        category: Some("vital-signs".to_owned()),
        at: Some(at),
        ..Observation::default()
    };
    let mut ids = Vec::new();
    let mut drafts = Vec::new();
    for observation in observations(&taken, &common) {
        let id = seat.new_id();
        ids.push(id);
        drafts.push(Draft::make(Verb::Create, id, Some(input.patient), &observation));
    }
    seat.write(drafts)?;
    let levels = taken.iter().map(|measured| SignLevel { sign: measured.sign, level: measured.level });
    Ok(VitalsKept { ids, levels: levels.collect(), act: advice(&taken) })
}

/// Withdraws a measurement.
pub(crate) fn void_vital(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    void::<Observation>(seat, input)
}

impl From<Objection> for Refusal {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::Impossible(sign) => Self::invalid(sign.word()),
            Objection::Missing(sign) => Self::missing(sign.word()),
            Objection::Implausible { sign, band } => {
                let end = |end: Option<Decimal>| end.map(|end| end.to_string()).unwrap_or_default();
                let unit = sign.units().first().map_or("", |unit| unit.label);
                Self::new(Code::Implausible)
                    .with("field", sign.word())
                    .with("low", end(band.low))
                    .with("high", end(band.high))
                    .with("unit", unit)
            }
        }
    }
}

/// The birth date of a patient, on which every band rests.
pub(crate) fn birth_date(seat: &Seat, patient: RecordId) -> Result<Option<PartialDate>, Refusal> {
    Ok(seat.read::<Patient>(patient)?.state.record::<Patient>().birth_date)
}

/// How old somebody born on `born` can have been when this was observed.
fn ages_at(seat: &Seat, observation: &Observation, born: Option<PartialDate>) -> Option<Ages> {
    let timed = observation.at.as_ref().map(|at| PartialDate::day(seat.place.zone.day(at)));
    born?.ages_on(&timed.or(observation.day)?)
}

/// The levels of an observation of somebody born on `born`, at the ages that they can have had.
pub(crate) fn levels_then(seat: &Seat, observation: &Observation, born: Option<PartialDate>) -> Levels {
    levels(observation, ages_at(seat, observation, born))
}

/// The last weight in kilograms that was taken within `span` milliseconds before `at`, and when.
pub(crate) fn weight_before(
    seat: &Seat,
    patient: RecordId,
    at: i64,
    span: i64,
) -> Result<Option<(Decimal, u64)>, Refusal> {
    let mut before = None;
    loop {
        let page = seat.act.timeline(patient, &[Observation::KIND.name], before, PAGE_ROWS)?;
        for stand in &page.rows {
            let Some(happened) = stand.happened() else { continue };
            if happened > at {
                continue;
            }
            if happened < at.saturating_sub(span) {
                return Ok(None);
            }
            let observation: Observation = stripped(&stand.record.state);
            let is_weight = observation.code.as_ref().and_then(SignName::of) == Some(SignName::Weight);
            let kilograms = observation.quantity.as_ref().filter(|_| is_weight).and_then(|quantity| {
                let amount = Unit::of(SignName::Weight, quantity)?.in_first(&quantity.value)?;
                amount.round_dp(1).normalize().to_string().parse().ok()
            });
            if let (Some(kilograms), Ok(seen)) = (kilograms, u64::try_from(happened)) {
                return Ok(Some((kilograms, seen)));
            }
        }
        before = page.next;
        if before.is_none() {
            return Ok(None);
        }
    }
}
