//! The chart: the banner above every screen, the cards of what matters now, and the timeline.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Object, Permission, allowed};
use domain::kinds::{Fact, KindName};
use domain::medication::Medicine;
use domain::patients::{
    Allergy, Background, BannerAlert, ConsentSort, Immunisation, Patient, Problem, Relation, SEVERE,
};
use domain::record::{Record, Told};
use domain::visits::{ADVISED_FOR, Advice, Level, Observation, Visit};
use domain::{PartialDate, RecordId, kinds, timeline as when};
use schemars::JsonSchema;
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use ts_rs::TS;

use crate::addenda;
use crate::answer::{ANSWER_BYTES, ROW_BYTES, length, shorten, shortened, within};
use crate::claims::{Claim, Claims, ListOf, page};
use crate::patients::consents_lacking;
use crate::records::{Names, OfPatient, PersonRow, disputed, imported, shown_state, stripped, unread};
use crate::refusal::Refusal;
use crate::seat::Seat;
use crate::sync::{DisputedRow, disputed_rows};
use crate::visits::{DueAct, PresentVisit, Vital, birth_date, due_acts, levels_then, present_visit, vital};
use crate::{files, forms};

/// What stands above every screen about a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Banner {
    /// Who it is.
    pub person: PersonRow,
    /// The version to send back with an edit of the person.
    pub version: i64,
    /// What is known of allergies.
    pub allergies: Allergies,
    /// What everyone must know who opens this person, latest first.
    pub alerts: Vec<KnownAlert>,
    /// How many more of them found no room here; left out where all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more_alerts: Option<u32>,
    /// Whom to call.
    pub emergency: Vec<EmergencyContact>,
    /// How many more of them found no room here; left out where all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more_emergency: Option<u32>,
    /// The visit that they are in here, the latest where there are several.
    pub visit: Option<PresentVisit>,
    /// What they, or who decides for them, have not agreed to yet; left out where nothing lacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lacks: Option<Vec<ConsentSort>>,
    /// What of that nobody has asked them about yet; left out where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unasked: Option<Vec<ConsentSort>>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// What the server keeps out of this chart although nothing known here speaks against it; left out where there is
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refused: Option<Vec<DisputedRow>>,
    /// What this version cannot read of it, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unread: Option<Vec<String>>,
}

/// Somebody to call for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct EmergencyContact {
    /// Their name.
    pub name: Option<String>,
    /// How they are related.
    pub relation: Option<String>,
    /// Their number.
    pub phone: Option<String>,
}

/// An allergy as it stands above every screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct KnownAllergy {
    /// To what.
    pub substance: String,
    /// What happens.
    pub reaction: Option<String>,
    /// Whether it is severe, or a reaction of which people die.
    pub severe: bool,
}

/// An alert as it stands above every screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct KnownAlert {
    /// What everyone must know.
    pub text: String,
    /// What to do about it.
    pub act: Option<String>,
}

/// The four things that can be said of allergies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Allergies {
    /// Known.
    Known {
        /// The gravest first.
        list: Vec<KnownAllergy>,
        /// How many less grave ones found no room here; left out where all did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        more: Option<u32>,
    },
    /// The person was asked and knows of none.
    NoneKnown,
    /// Nobody has asked.
    NotRecorded,
    /// They may not be shown to this person.
    Unavailable,
}

/// Whose chart.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenChart {
    /// The patient.
    pub patient: RecordId,
    /// Whether the cards come along, as they do where nothing is said: the window asks for each by itself.
    #[serde(default)]
    #[ts(optional)]
    pub cards: Option<bool>,
}

/// What a chart holds.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Chart {
    /// How many records of each kind the timeline has.
    pub counts: BTreeMap<String, u64>,
    /// The records about which two people disagree.
    pub disputed: Vec<Disputed>,
    /// How many more of them found no room here: Conflicts has them. Left out where all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more_disputed: Option<u32>,
    /// What matters now, in the same answer.
    #[ts(skip)]
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub cards: Option<Cards>,
}

/// A record about which two people disagree.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Disputed {
    /// The record.
    pub id: RecordId,
    /// The fields; an empty name stands for the record itself.
    pub fields: Vec<String>,
    /// What it says until somebody settles it; long texts in part.
    pub fact: Fact,
}

/// The banner and the first of each card.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cards {
    /// What stands above, each allergy in words.
    #[serde(serialize_with = "in_words")]
    pub banner: Banner,
    /// The last of each vital sign, as far as there is room for them here.
    pub vitals: Vec<Vital>,
    /// The first allergies; `allergies` has them all.
    pub allergies: Vec<Claim<Allergy>>,
    /// The first problems; `problems` has them all.
    pub problems: Vec<Claim<Problem>>,
    /// The first medicines; `medicines` has them all.
    pub medicines: Vec<Claim<Medicine>>,
    /// The first immunisations; `immunisations` has them all.
    pub immunisations: Vec<Claim<Immunisation>>,
    /// The first of the background; `backgrounds` has it all.
    pub background: Vec<Claim<Background>>,
}

/// The vital signs that matter now.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct LatestVitals {
    /// The last of each, latest first.
    pub vitals: Vec<Vital>,
    /// What the newest of them ask for.
    pub acts: Vec<DueAct>,
    /// How many found no room here.
    pub more: u32,
}

/// A page of a timeline.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineOf {
    /// The patient.
    pub patient: RecordId,
    /// The kinds to show; none means all.
    pub kinds: Vec<KindName>,
    /// The end of the page before.
    pub before: Option<TimelineEnd>,
}

/// The last row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineEnd {
    /// When it happened, in milliseconds since 1970.
    pub at: i64,
    /// The record.
    pub record: RecordId,
}

/// A row of a timeline.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TimelineRow {
    /// The record.
    pub id: RecordId,
    /// The version to send back with an edit.
    pub version: i64,
    /// Its place: when it happened, in milliseconds since 1970; what has no time stands behind everything.
    pub at: i64,
    /// The day at the site, `2026-11-22`; none where nobody knows when it was.
    pub day: Option<String>,
    /// The time at the site, `10:31`; none where only the day is known.
    pub time: Option<String>,
    /// Who signed it or else wrote it down, and who attends a visit; nobody here where it came from elsewhere.
    pub author: Option<String>,
    /// Whether it came from elsewhere.
    pub imported: bool,
    /// Whether it is signed.
    pub signed: bool,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// What this version cannot read of it, a line each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unread: Option<Vec<String>>,
    /// Whether long texts were cut here: nobody edits what they see in part.
    pub shortened: bool,
    /// How a measurement lies to what was expected at that age; the gravest of its parts.
    pub level: Option<Level>,
    /// The same of each part, by its entry.
    pub levels: BTreeMap<String, Level>,
    /// What the newest measurement of its sort asks for.
    pub act: Option<Advice>,
    /// The answers of a form in a line, or what the template of a certificate is called; left out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<String>,
    /// The id of a file's small picture, to be fetched once; left out where there is none here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub thumb: Option<String>,
    /// What happened.
    pub fact: Fact,
}

/// A page of a timeline, latest first, and last what has no time.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Timeline {
    /// The rows.
    pub rows: Vec<TimelineRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<TimelineEnd>,
}

const PAGE_ROWS: u32 = 40;
/// What the allergies of a banner may take; its alerts, and whom to call, may take half of that each.
const BANNER_BYTES: usize = 8_000;
/// Vital signs older than this many measurements are looked up on their own screen.
const VITALS_LOOKED_AT: u32 = 200;

/// What stands above every screen about a person.
pub(crate) fn banner(seat: &mut Seat, input: OfPatient) -> Result<Banner, Refusal> {
    let record = seat.read::<Patient>(input.patient)?;
    banner_of(seat, &record)
}

fn banner_of(seat: &Seat, record: &store::Record) -> Result<Banner, Refusal> {
    let patient: Patient = record.state.record();
    let allergies = if allowed(&seat.subject, Permission::ChartRead, Object::default()).is_err() {
        Allergies::Unavailable
    } else {
        let known = seat.act.records(Allergy::KIND.name, Some(record.id))?;
        let known = known.iter().map(|record| {
            let mut allergy: Allergy = record.state.record();
            // One that this version cannot read is still one.
            let lines = unread(Allergy::KIND.name, &record.state);
            allergy.substance = allergy.substance.or_else(|| lines.map(|lines| lines.join("; ")));
            allergy
        });
        let mut current: Vec<Allergy> = known.filter(|allergy| allergy.resolved != Some(true)).collect();
        let is_sure = |allergy: &Allergy| allergy.certainty.as_deref() != Some("suspected");
        current.sort_by_key(|allergy| std::cmp::Reverse((allergy.gravity(), is_sure(allergy))));
        let list = current.into_iter().map(KnownAllergy::of).collect();
        let (list, more) = part(list, BANNER_BYTES);
        match (list.is_empty(), patient.no_known_allergies) {
            (false, _) => Allergies::Known { list, more },
            (true, Some(true)) => Allergies::NoneKnown,
            (true, _) => Allergies::NotRecorded,
        }
    };
    let refused = match allergies {
        Allergies::Unavailable => Vec::new(),
        _ => within(disputed_rows(seat, record.id)?, BANNER_BYTES / 2).0,
    };
    let relations = patient.relations.iter().flat_map(|all| all.0.values());
    let (emergency, more_emergency) = part(relations.map(EmergencyContact::of).collect(), BANNER_BYTES / 2);
    let (alerts, more_alerts) = alerts(seat, record.id)?;
    let (lacks, unasked) =
        if patient.has_died() { Default::default() } else { consents_lacking(seat, record.id, &patient)? };
    Ok(Banner {
        version: record.version,
        allergies,
        alerts,
        more_alerts,
        visit: present_visit(seat, record.id)?,
        disputed: disputed(Patient::KIND, &record.state),
        lacks: Some(lacks).filter(|lacks| !lacks.is_empty()),
        unasked: Some(unasked).filter(|unasked| !unasked.is_empty()),
        unread: unread_part(record),
        refused: Some(refused).filter(|refused| !refused.is_empty()),
        emergency,
        more_emergency,
        person: PersonRow::of(record.id, patient, seat),
    })
}

impl EmergencyContact {
    fn of(relation: &Relation) -> Self {
        let Relation { name, relation, phone, .. } = relation.clone();
        Self { name: name.map(shortened), relation: relation.map(shortened), phone: phone.map(shortened) }
    }
}

/// The first of these as far as `room` bytes hold them, and how many they do not, where that is so.
fn part<T: Serialize>(rows: Vec<T>, room: usize) -> (Vec<T>, Option<u32>) {
    let (rows, more) = within(rows, room);
    (rows, Some(more).filter(|more| *more > 0))
}

/// The alerts that hold today, as far as the banner has room for them, and how many more there are. They are written for
/// everyone, so nobody who opens the person is kept from them.
fn alerts(seat: &Seat, patient: RecordId) -> Result<(Vec<KnownAlert>, Option<u32>), Refusal> {
    let Claims { rows, now, .. } = page::<BannerAlert>(seat, ListOf { patient, after: None })?;
    let holding = rows.into_iter().filter(|alert| !alert.past).map(KnownAlert::of).collect();
    let (alerts, _) = part(holding, BANNER_BYTES / 2);
    let more = u32::try_from(now.saturating_sub(alerts.len() as u64)).unwrap_or(u32::MAX);
    Ok((alerts, Some(more).filter(|more| *more > 0)))
}

impl KnownAlert {
    fn of(claim: Claim<BannerAlert>) -> Self {
        let BannerAlert { text, act, .. } = claim.details;
        // One that this version cannot read is still one.
        let text = text.or_else(|| claim.unread.map(|lines| lines.join("; ")));
        let act = act.filter(|act| !act.trim().is_empty());
        Self { text: shortened(text.unwrap_or_default()), act: act.map(shortened) }
    }
}

/// What this version cannot read of a record, each line in part.
fn unread_part(record: &store::Record) -> Option<Vec<String>> {
    let lines = unread(&record.kind, &record.state)?;
    Some(within(lines.into_iter().map(shortened).collect(), BANNER_BYTES / 4).0)
}

impl KnownAllergy {
    fn of(allergy: Allergy) -> Self {
        Self {
            severe: allergy.gravity() >= SEVERE,
            substance: shortened(allergy.substance.unwrap_or_default()),
            reaction: allergy.reaction.filter(|reaction| !reaction.is_empty()).map(shortened),
        }
    }
}

/// Opens a chart.
pub(crate) fn chart(seat: &mut Seat, input: OpenChart) -> Result<Chart, Refusal> {
    let OpenChart { patient, cards } = input;
    seat.about(Some(patient), Some(patient));
    let person = seat.read::<Patient>(patient)?;
    seat.act.opened(seat.sitting.user, patient, seat.moment.now.cast_signed())?;
    let (disputed, more_disputed) = disputed_of(seat, patient)?;
    Ok(Chart {
        counts: seat.act.timeline_counts(patient)?,
        disputed,
        more_disputed: Some(more_disputed).filter(|more| *more > 0),
        cards: if cards == Some(false) { None } else { Some(cards_of(seat, &person)?) },
    })
}

/// What a dispute may take of a chart, all of them together.
const DISPUTED_BYTES: usize = 6_000;

/// The records of a chart about which two people disagree, and how many more there are.
fn disputed_of(seat: &Seat, patient: RecordId) -> Result<(Vec<Disputed>, u32), Refusal> {
    let records = seat.act.conflicting_of(patient)?.into_iter();
    let rows = records.filter_map(|record| {
        let fields = disputed(kinds::kind(&record.kind)?, &record.state);
        let mut state = shown_state(&record.state);
        shorten(&mut state);
        let fact = Fact::of(&record.kind, &state).filter(|_| !fields.is_empty())?;
        Some(Disputed { id: record.id, fields, fact })
    });
    Ok(within(rows.collect(), DISPUTED_BYTES))
}

fn cards_of(seat: &Seat, person: &store::Record) -> Result<Cards, Refusal> {
    let banner = banner_of(seat, person)?;
    let mut room = ANSWER_BYTES.saturating_sub(length(&banner) + DISPUTED_BYTES);
    let born = person.state.record::<Patient>().birth_date;
    Ok(Cards {
        vitals: first(latest_vitals_of(seat, person.id, born)?.vitals, &mut room),
        allergies: first(card(seat, person.id)?, &mut room),
        problems: first(card(seat, person.id)?, &mut room),
        medicines: first(card(seat, person.id)?, &mut room),
        immunisations: first(card(seat, person.id)?, &mut room),
        background: first(card(seat, person.id)?, &mut room),
        banner,
    })
}

/// The banner with each allergy as it is read out: `Penicillin (rash)`.
fn in_words<S: Serializer>(banner: &Banner, to: S) -> Result<S::Ok, S::Error> {
    let mut banner = serde_json::to_value(banner).map_err(S::Error::custom)?;
    let list = banner.pointer_mut("/allergies/list").and_then(serde_json::Value::as_array_mut);
    for allergy in list.into_iter().flatten() {
        let said = |part: &str| allergy[part].as_str().unwrap_or_default().to_owned();
        let (substance, reaction) = (said("substance"), said("reaction"));
        *allergy = match reaction.is_empty() {
            true => substance.into(),
            false => format!("{substance} ({reaction})").into(),
        };
    }
    banner.serialize(to)
}

/// The first page of a card.
fn card<T: Told>(seat: &Seat, patient: RecordId) -> Result<Vec<Claim<T>>, Refusal> {
    Ok(page(seat, ListOf { patient, after: None })?.rows)
}

/// The rows that `room` bytes hold; they take that room.
fn first<T: Serialize>(rows: Vec<T>, room: &mut usize) -> Vec<T> {
    let mut fits = |row: &T| {
        let left = room.checked_sub(length(row) + 1);
        *room = left.unwrap_or_default();
        left.is_some()
    };
    rows.into_iter().take_while(|row| fits(row)).collect()
}

/// The vital signs that matter now, and what they ask for.
pub(crate) fn latest_vitals(seat: &mut Seat, input: OfPatient) -> Result<LatestVitals, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let born = birth_date(seat, input.patient)?;
    latest_vitals_of(seat, input.patient, born)
}

fn latest_vitals_of(
    seat: &Seat,
    patient: RecordId,
    born: Option<PartialDate>,
) -> Result<LatestVitals, Refusal> {
    let latest = observations(seat, patient)?;
    let acts = due_acts(seat, &latest, born)?;
    let (vitals, more) = within(vitals(seat, &latest, born)?, ANSWER_BYTES.saturating_sub(length(&acts)));
    Ok(LatestVitals { vitals, acts, more })
}

/// The newest observations of a person, latest first.
fn observations(seat: &Seat, patient: RecordId) -> Result<Vec<store::Stand>, Refusal> {
    Ok(seat.act.timeline(patient, &[Observation::KIND.name], None, VITALS_LOOKED_AT)?.rows)
}

fn vitals(seat: &Seat, latest: &[store::Stand], born: Option<PartialDate>) -> Result<Vec<Vital>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut names = Names::default();
    let mut vitals = Vec::new();
    for stand in latest {
        let details: Observation = stripped(&stand.record.state);
        let code = details.code.as_ref().and_then(|code| code.code.clone());
        if details.category.as_deref() == Some("vital-signs") && seen.insert(code) {
            let mut record = stand.record.clone();
            shorten(&mut record.state);
            vitals.push(vital(seat, &mut names, &record, stand.author, born)?);
        }
    }
    Ok(vitals)
}

/// A page of everything that happened to a person.
pub(crate) fn timeline(seat: &mut Seat, input: TimelineOf) -> Result<Timeline, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let born = birth_date(seat, input.patient)?;
    let kinds: Vec<&str> = input.kinds.iter().map(|kind| kind.kind().name).collect();
    let before = input.before.map(|end| (end.at, end.record));
    let page = seat.act.timeline(input.patient, &kinds, before, PAGE_ROWS)?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    let mut used = 0;
    let mut next = page.next.map(|(at, record)| TimelineEnd { at, record });
    for mut stand in page.rows {
        let Some(mut row) = row(seat, &mut names, &stand, born, false)? else { continue };
        if length(&row) > ROW_BYTES {
            shorten(&mut stand.record.state);
            row = self::row(seat, &mut names, &stand, born, true)?.unwrap_or(row);
        }
        if let Fact::Attachment(file) = &row.fact {
            row.thumb = files::small_picture(seat, file.thumb.as_ref())?;
        }
        used += length(&row) + 1;
        if used > ANSWER_BYTES && !rows.is_empty() {
            next = rows.last().map(|row: &TimelineRow| TimelineEnd { at: row.at, record: row.id });
            break;
        }
        rows.push(row);
    }
    let recent = seat.moment.now.cast_signed() - ADVISED_FOR;
    if rows.iter().any(|row| row.level.is_some() && row.at >= recent) {
        // The gravest comes last.
        for due in due_acts(seat, &observations(seat, input.patient)?, born)? {
            for row in rows.iter_mut().filter(|row| row.id == due.record) {
                row.act = Some(due.act);
            }
        }
    }
    Ok(Timeline { rows, next })
}

/// Whose word a row is: of whoever signed it, and before that of whoever wrote it down here; a visit is whose who
/// attends.
fn whose(stand: &store::Stand) -> Option<RecordId> {
    let state = &stand.record.state;
    let named = |field: &str| state.value(field).as_text().and_then(|user| user.parse().ok());
    if stand.record.kind == Visit::KIND.name {
        // A visit is whose who attends, not whose who opened it at the desk.
        return named("attending");
    }
    named("signer").or(stand.author).filter(|_| !imported(state))
}

fn row(
    seat: &Seat,
    names: &mut Names,
    stand: &store::Stand,
    born: Option<PartialDate>,
    shortened: bool,
) -> Result<Option<TimelineRow>, Refusal> {
    let Some(fact) = Fact::of(&stand.record.kind, &shown_state(&stand.record.state)) else { return Ok(None) };
    let levels = match &fact {
        Fact::Observation(observation) => Some(levels_then(seat, observation, born)),
        _ => None,
    };
    let line = match &fact {
        Fact::Filled(filled) => Some(forms::line(filled)),
        Fact::Addendum(addendum) => addenda::line(addendum),
        Fact::Certificate(certificate) => names.of_template(seat, certificate.template)?,
        _ => None,
    };
    let (level, levels) = levels.map_or((None, BTreeMap::new()), |levels| (Some(levels.whole), levels.parts));
    let state = &stand.record.state;
    let seen = stand.happened().map(|at| seat.place.zone.instant(u64::try_from(at).unwrap_or_default()));
    let clock = seen.as_ref().and_then(|seen| seen.as_str().get(11..16));
    let time = clock.filter(|_| when::is_timed(&stand.record.kind, state)).map(ToOwned::to_owned);
    Ok(Some(TimelineRow {
        id: stand.record.id,
        version: stand.record.version,
        at: stand.at,
        day: seen.map(|seen| seat.place.zone.day(&seen).to_string()),
        time,
        author: names.of(seat, whose(stand))?,
        imported: imported(state),
        // Nobody adds to a note without signing what they add.
        signed: state.signed.is_some() || matches!(fact, Fact::Addendum(_)),
        disputed: kinds::kind(&stand.record.kind).map_or_else(Vec::new, |kind| disputed(kind, state)),
        unread: unread(&stand.record.kind, state),
        shortened,
        level,
        levels,
        act: None,
        line,
        thumb: None,
        fact,
    }))
}
