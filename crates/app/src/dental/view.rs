//! The mouth on a day, its open findings with the plan, and the story of one tooth.

use std::collections::{BTreeMap, BTreeSet};

use domain::dental::{
    ClashSort, Depth, Indices, Mark, Procedure, ProcedureStatus, Seen, Stands, Surfaces, Tooth, ToothExam,
    ToothMark, Treatment, code, indices, supersedes,
};
use domain::fold::State;
use domain::patients::{ConsentBy, Patient};
use domain::record::Record;
use domain::{Age, Decimal, PartialDate, RecordId};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Known;
use crate::answer::{ANSWER_BYTES, fitting, length, shortened, within};
use crate::claims::OfRecord;
use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Whose mouth, on which day.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfMouth {
    /// The patient.
    pub patient: RecordId,
    /// The day; today where none is said.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<PartialDate>,
}

/// A finding as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MarkDrawn {
    /// What it is.
    pub mark: Mark,
    /// On which surfaces; the whole tooth where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub surfaces: Option<Surfaces>,
    /// How deep decay goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub depth: Option<Depth>,
}

/// What is planned, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PlanDrawn {
    /// What is to be done.
    pub treatment: Treatment,
    /// On which surfaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub surfaces: Option<Surfaces>,
}

/// A tooth on that day.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ToothShown {
    /// Its name by ISO 3950.
    pub tooth: Tooth,
    /// Its Universal number.
    pub universal: String,
    /// How it stands.
    pub stands: Stands,
    /// WHO's code of it.
    pub code: char,
    /// What is found of it.
    pub marks: Vec<MarkDrawn>,
    /// What is planned.
    pub planned: Vec<PlanDrawn>,
    /// How what is said of it contradicts itself.
    pub clashes: Vec<ClashSort>,
}

/// A finding that holds.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FindingRow {
    /// The mark.
    pub id: RecordId,
    /// The version to send back with an edit.
    pub version: i64,
    /// Its tooth.
    pub tooth: Tooth,
    /// What it is.
    pub mark: Mark,
    /// On which surfaces.
    pub surfaces: Option<Surfaces>,
    /// How deep decay goes.
    pub depth: Option<Depth>,
    /// Whether it is because of decay.
    pub for_caries: Option<bool>,
    /// Of what it is made.
    pub material: Option<String>,
    /// Its grade.
    pub grade: Option<i64>,
    /// The day on which it was found.
    pub on: Option<PartialDate>,
    /// The day on which it ended.
    pub ended: Option<PartialDate>,
    /// More in words.
    pub text: Option<String>,
    /// Whether people disagree about it.
    pub disputed: bool,
}

/// A tooth that is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TreatedRow {
    /// The tooth.
    pub tooth: Tooth,
    /// On which surfaces.
    pub surfaces: Option<Surfaces>,
}

/// A treatment.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TreatmentRow {
    /// The procedure.
    pub id: RecordId,
    /// The version to send back with an edit or a step.
    pub version: i64,
    /// What is done.
    pub treatment: Option<Treatment>,
    /// How far it is.
    pub status: Option<ProcedureStatus>,
    /// To which teeth.
    pub teeth: Vec<TreatedRow>,
    /// Whether it is because of decay.
    pub for_caries: Option<bool>,
    /// With what.
    pub material: Option<String>,
    /// Which of the plan first.
    pub plan_order: Option<i64>,
    /// At which visit of the plan.
    pub phase: Option<i64>,
    /// Which of several sittings.
    pub nth: Option<i64>,
    /// What it costs.
    pub fee: Option<Decimal>,
    /// What somebody else pays of that.
    pub cover: Option<Decimal>,
    /// More in words.
    pub text: Option<String>,
    /// Why it went no further.
    pub reason: Option<String>,
    /// The day on which it was planned.
    pub planned_on: Option<PartialDate>,
    /// The day on which it was done, or came to its other end.
    pub on: Option<PartialDate>,
    /// Who agreed to it.
    pub agreed_by: Option<String>,
    /// Whether that is the patient or who decides for them.
    pub agreed_as: Option<ConsentBy>,
    /// The day of that.
    pub agreed_on: Option<PartialDate>,
    /// Whether who has to agree did, and named all its teeth.
    pub agreed: bool,
    /// Whether a tooth is lost by it, or its pulp.
    pub loses: bool,
    /// Whether people disagree about it.
    pub disputed: bool,
}

/// A row of what is open: a treatment with what it treats at each of its teeth, or either alone.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct MouthRow {
    /// The findings.
    pub findings: Vec<FindingRow>,
    /// What is planned for them.
    pub treatment: Option<TreatmentRow>,
}

/// Records of one tooth that contradict each other.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ClashRow {
    /// The tooth.
    pub tooth: Tooth,
    /// How.
    pub sort: ClashSort,
    /// The first of the records that contradict each other, marks.
    pub findings: Vec<FindingRow>,
    /// The same, treatments.
    pub treatments: Vec<TreatmentRow>,
    /// Who wrote each of them.
    pub authors: BTreeMap<RecordId, String>,
}

/// The mouth on a day.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Mouth {
    /// The day.
    pub day: PartialDate,
    /// The days on which somebody looked, the latest first.
    pub days: Vec<PartialDate>,
    /// Their age on that day.
    pub age: Option<Age>,
    /// Whether somebody else agrees for them.
    pub guarded: bool,
    /// All 52 teeth.
    pub teeth: Vec<ToothShown>,
    /// DMFT and dmft.
    pub indices: Indices,
    /// What contradicts itself.
    pub clashes: Vec<ClashRow>,
    /// How many contradictions found no room here.
    pub more_clashes: u32,
    /// What is open, in the order of the plan, then by tooth.
    pub rows: Vec<MouthRow>,
    /// How many rows found no room here: each tooth tells its own.
    pub more: u32,
}

/// So many days of looking are offered.
const MOST_DAYS: usize = 12;
/// So many findings of one tooth are drawn, and so many treatments.
const MOST_DRAWN: usize = 4;
const MOST_PLANNED: usize = 2;
/// Bytes for what contradicts itself.
const CLASH_BYTES: usize = 4_000;

/// The mouth of somebody on a day.
pub(crate) fn mouth(seat: &mut Seat, input: OfMouth) -> Result<Mouth, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let known = Known::of(seat, input.patient)?;
    let today = seat.moment.today;
    let day = match input.day {
        None => today,
        Some(day) => day.exact().filter(|day| *day <= today).ok_or_else(|| Refusal::invalid("day"))?,
    };
    let seen = known.mouth(day);
    let age = known.patient.birth_date.and_then(|born| born.age_on(day));
    let years = age.map(|age| if let Age::Years(years) = age { years } else { 0 });
    let guarded = known.is_guarded(today);
    let (clashes, more_clashes) = contradictions(seat, &known, &seen, guarded)?;
    let teeth: Vec<ToothShown> = seen.iter().map(shown).collect();
    let left = ANSWER_BYTES.saturating_sub(length(&teeth) + length(&clashes));
    let (rows, more) = within(open_rows(&known, &seen, day, guarded), left);
    Ok(Mouth {
        day: PartialDate::day(day),
        days: days(&known),
        age,
        guarded,
        teeth,
        indices: indices(&seen, years),
        clashes,
        more_clashes,
        rows,
        more,
    })
}

/// The days on which somebody looked, the latest first.
fn days(known: &Known) -> Vec<PartialDate> {
    let days = known.exams.iter().filter_map(|(_, exam)| exam.day().map(PartialDate::day));
    let days: BTreeSet<PartialDate> = days.collect();
    days.into_iter().rev().take(MOST_DAYS).collect()
}

/// A tooth as it is drawn.
fn shown(seen: &Seen) -> ToothShown {
    let mut marks: Vec<&ToothMark> = seen.marks.iter().map(|(_, mark)| *mark).collect();
    // Decay is never the one for which there is no room, nor what has a sign of its own.
    marks.sort_by_key(|mark| (!mark.is_decay(), mark.mark.is_some_and(shares_a_sign)));
    let marks = marks.into_iter().filter_map(|mark| {
        let ToothMark { surfaces, depth, .. } = *mark;
        Some(MarkDrawn { mark: mark.mark?, surfaces, depth })
    });
    let planned = seen.planned.iter().filter_map(|(_, procedure)| {
        let (_, surfaces) = procedure.treated().find(|(tooth, _)| *tooth == seen.tooth)?;
        Some(PlanDrawn { treatment: procedure.treatment?, surfaces })
    });
    let mut drawn: Vec<MarkDrawn> = Vec::new();
    for mark in marks {
        if drawn.len() < MOST_DRAWN && !drawn.contains(&mark) {
            drawn.push(mark);
        }
    }
    ToothShown {
        tooth: seen.tooth,
        universal: seen.tooth.universal(),
        stands: seen.stands,
        code: code(seen),
        marks: drawn,
        planned: planned.take(MOST_PLANNED).collect(),
        clashes: seen.clashes.iter().map(|clash| clash.sort).collect(),
    }
}

/// Whether a mark has no sign of its own in a picture of the teeth.
pub(super) fn shares_a_sign(mark: Mark) -> bool {
    use Mark::{
        Discoloured, Eroded, Fluorosis, Hypoplastic, Mobile, PartlyErupted, Sensitive, Supernumerary, Worn,
    };
    matches!(
        mark,
        Worn | Eroded
            | Discoloured
            | Hypoplastic
            | Fluorosis
            | Sensitive
            | PartlyErupted
            | Supernumerary
            | Mobile
    )
}

/// A mark that somebody has to do something about, if only to look again.
fn is_open(mark: &ToothMark) -> bool {
    use Mark::{Caries, Eroded, Fractured, Impacted, Mobile, RootRemains, Sensitive, TemporaryFilling, Worn};
    matches!(
        mark.mark,
        Some(
            Caries
                | TemporaryFilling
                | RootRemains
                | Fractured
                | Worn
                | Eroded
                | Sensitive
                | Impacted
                | Mobile
        )
    )
}

/// The plan in its order, with what was done that day, each treatment with the findings that it would end, else with one of
/// each of its teeth; then what nothing is planned for.
pub(super) fn open_rows(known: &Known, seen: &[Seen], day: Date, guarded: bool) -> Vec<MouthRow> {
    /// So many findings stand beside one treatment.
    const MOST_TREATED: usize = 20;
    let mut plan: BTreeMap<(i64, i64, RecordId), &Procedure> = BTreeMap::new();
    for (id, procedure) in &known.procedures {
        let named = seen.iter().any(|seen| seen.planned.iter().any(|(planned, _)| planned == id));
        let done_then = procedure.on.and_then(|on| on.exact()) == Some(day);
        if named || done_then || (procedure.is_ahead() && procedure.treated().next().is_none()) {
            let place = |place: Option<i64>| place.unwrap_or(i64::MAX);
            plan.insert((place(procedure.phase), place(procedure.plan_order), *id), procedure);
        }
    }
    let mut told = BTreeSet::new();
    let mut rows = Vec::new();
    for ((_, _, id), procedure) in plan {
        let would_end = domain::dental::results(procedure, PartialDate::day(Date::MAX), |_| false);
        let mut findings = Vec::new();
        for seen in procedure.treated().filter_map(|(tooth, _)| super::of_tooth(seen, tooth)) {
            let mut treated = treated(seen, &would_end, &told);
            treated.truncate(MOST_TREATED.saturating_sub(findings.len()));
            told.extend(treated.iter().map(|(id, _)| *id));
            findings.extend(treated.into_iter().filter_map(|(id, mark)| finding_row(known, id, mark)));
        }
        rows.push(MouthRow { findings, treatment: Some(treatment_row(known, id, procedure, guarded)) });
    }
    for (id, mark) in seen.iter().flat_map(|seen| &seen.marks) {
        if is_open(mark) && !told.contains(id) {
            let findings = finding_row(known, *id, mark).into_iter().collect();
            rows.push(MouthRow { findings, treatment: None });
        }
    }
    rows
}

/// What a treatment is for at one of its teeth, of what no treatment before it is for: all that it would end, else the first
/// finding that is open, else the first.
fn treated<'a>(
    seen: &Seen<'a>,
    would_end: &[ToothMark],
    told: &BTreeSet<RecordId>,
) -> Vec<(RecordId, &'a ToothMark)> {
    let untold: Vec<(RecordId, &ToothMark)> =
        seen.marks.iter().filter(|(id, _)| !told.contains(id)).copied().collect();
    let ended = |mark: &ToothMark| {
        would_end.iter().any(|result| result.tooth == mark.tooth && supersedes(result, mark))
    };
    let ends: Vec<(RecordId, &ToothMark)> = untold.iter().filter(|(_, mark)| ended(mark)).copied().collect();
    if !ends.is_empty() {
        return ends;
    }
    let open = untold.iter().find(|(_, mark)| is_open(mark));
    open.or(untold.first()).copied().into_iter().collect()
}

/// What contradicts itself, as far as there is room, and how much is left out.
fn contradictions(
    seat: &Seat,
    known: &Known,
    seen: &[Seen],
    guarded: bool,
) -> Result<(Vec<ClashRow>, u32), Refusal> {
    /// So many records of one contradiction are told.
    const MOST_TOLD: usize = 4;
    let mut rows = Vec::new();
    let mut names = Names::default();
    for (tooth, clash) in
        seen.iter().flat_map(|seen| seen.clashes.iter().map(move |clash| (seen.tooth, clash)))
    {
        let (findings, treatments, authors) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut row = ClashRow { tooth, sort: clash.sort, findings, treatments, authors };
        for record in clash.records.iter().take(MOST_TOLD) {
            let mark = known.marks.iter().find(|(id, _)| id == record);
            row.findings.extend(mark.and_then(|(id, mark)| finding_row(known, *id, mark)));
            let procedure = known.procedures.iter().find(|(id, _)| id == record);
            row.treatments
                .extend(procedure.map(|(id, procedure)| treatment_row(known, *id, procedure, guarded)));
            let author = seat.act.first_said(*record)?.map(|said| said.author);
            row.authors.extend(names.of(seat, author)?.map(|name| (*record, name)));
        }
        rows.push(row);
    }
    Ok(within(rows, CLASH_BYTES))
}

fn finding_row(known: &Known, id: RecordId, mark: &ToothMark) -> Option<FindingRow> {
    let (version, disputed) = known.versions.get(&id).copied().unwrap_or_default();
    finding(id, version, disputed, mark)
}

fn finding(id: RecordId, version: i64, disputed: bool, mark: &ToothMark) -> Option<FindingRow> {
    Some(FindingRow {
        id,
        version,
        tooth: mark.tooth?,
        mark: mark.mark?,
        surfaces: mark.surfaces,
        depth: mark.depth,
        for_caries: mark.for_caries,
        material: mark.material.clone().map(shortened),
        grade: mark.grade,
        on: mark.on,
        ended: mark.ended,
        text: mark.text.clone().map(shortened),
        disputed,
    })
}

fn treatment_row(known: &Known, id: RecordId, procedure: &Procedure, guarded: bool) -> TreatmentRow {
    let (version, disputed) = known.versions.get(&id).copied().unwrap_or_default();
    treatment(id, version, disputed, procedure, guarded)
}

fn treatment(
    id: RecordId,
    version: i64,
    disputed: bool,
    procedure: &Procedure,
    guarded: bool,
) -> TreatmentRow {
    let text = |text: &Option<String>| text.clone().map(shortened);
    TreatmentRow {
        id,
        version,
        treatment: procedure.treatment,
        status: procedure.status,
        teeth: procedure.treated().map(|(tooth, surfaces)| TreatedRow { tooth, surfaces }).collect(),
        for_caries: procedure.for_caries,
        material: text(&procedure.material),
        plan_order: procedure.plan_order,
        phase: procedure.phase,
        nth: procedure.nth,
        fee: procedure.fee.clone(),
        cover: procedure.cover.clone(),
        text: text(&procedure.text),
        reason: text(&procedure.reason),
        planned_on: procedure.planned_on,
        on: procedure.on,
        agreed_by: text(&procedure.agreed_by),
        agreed_as: procedure.agreed_as,
        agreed_on: procedure.agreed_on,
        agreed: procedure.is_agreed(guarded),
        loses: procedure.treatment.is_some_and(Treatment::loses),
        disputed,
    }
}

/// One finding, its texts whole.
pub(crate) fn whole_mark(seat: &mut Seat, input: OfRecord) -> Result<FindingRow, Refusal> {
    let record = seat.read::<ToothMark>(input.id)?;
    seat.about(Some(input.id), record.patient);
    let mark: ToothMark = record.state.record();
    let disputed = record.state.unsettled(ToothMark::KIND).next().is_some();
    let row = finding(record.id, record.version, disputed, &mark);
    let row = row.ok_or_else(|| Refusal::new(Code::NotFound))?;
    Ok(FindingRow { material: mark.material, text: mark.text, ..row })
}

/// One treatment, its texts whole.
pub(crate) fn whole_treatment(seat: &mut Seat, input: OfRecord) -> Result<TreatmentRow, Refusal> {
    let record = seat.read::<Procedure>(input.id)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(input.id), Some(patient));
    let person: Patient = seat.read::<Patient>(patient)?.state.record();
    let guarded = domain::patients::may_be_minor(person.birth_date, seat.moment.today);
    let procedure: Procedure = record.state.record();
    let disputed = record.state.unsettled(Procedure::KIND).next().is_some();
    let row = treatment(record.id, record.version, disputed, &procedure, guarded);
    Ok(TreatmentRow { material: procedure.material, text: procedure.text, reason: procedure.reason, ..row })
}

/// Which tooth of whom.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfTooth {
    /// The patient.
    pub patient: RecordId,
    /// The tooth.
    pub tooth: Tooth,
}

/// What is told of a tooth.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", content = "details")]
pub enum ToothSays {
    /// That somebody looked, and how it stood.
    Looked(ToothLook),
    /// What was found.
    Found(FindingRow),
    /// What was planned or done.
    Treated(TreatmentRow),
}

/// A look at a tooth.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ToothLook {
    /// The exam.
    pub id: RecordId,
    /// The version to withdraw it in.
    pub version: i64,
    /// The list in which it named the tooth: `sound`, `as_before`, `unerupted`, `shed`, `not_seen`.
    pub list: String,
}

/// A line of the story of a tooth.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ToothLine {
    /// The day; nothing where none is known.
    pub on: Option<PartialDate>,
    /// What is told.
    pub says: ToothSays,
    /// Who wrote it.
    pub author: Option<String>,
}

/// The story of a tooth, the latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ToothStory {
    /// The lines.
    pub rows: Vec<ToothLine>,
    /// Whether older ones found no room here.
    pub more: bool,
}

/// So many records of teeth are looked through.
const MOST_RECORDS: u32 = 2_000;

/// The story of one tooth.
pub(crate) fn tooth(seat: &mut Seat, input: OfTooth) -> Result<ToothStory, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let person: Patient = seat.read::<Patient>(input.patient)?.state.record();
    let guarded = domain::patients::may_be_minor(person.birth_date, seat.moment.today);
    let kinds = [ToothExam::KIND.name, ToothMark::KIND.name, Procedure::KIND.name];
    let mut names = Names::default();
    let mut rows = Vec::new();
    for stand in seat.act.timeline(input.patient, &kinds, None, MOST_RECORDS)?.rows {
        let Some((on, says)) = line(&stand.record, input.tooth, guarded) else { continue };
        rows.push(ToothLine { on, says, author: names.of(seat, stand.author)? });
    }
    let (rows, more) = fitting(rows);
    Ok(ToothStory { rows, more })
}

/// What a record tells of `tooth`.
fn line(record: &store::Record, tooth: Tooth, guarded: bool) -> Option<(Option<PartialDate>, ToothSays)> {
    let (id, version, state) = (record.id, record.version, &record.state);
    let disputed = |kind| State::unsettled(state, kind).next().is_some();
    match record.kind.as_str() {
        kind if kind == ToothExam::KIND.name => {
            let exam: ToothExam = state.record();
            let names = |list: &(&'static str, &[String])| list.1.iter().any(|named| named == tooth.word());
            let list = exam.lists().into_iter().find(names)?.0.to_owned();
            Some((exam.day().map(PartialDate::day), ToothSays::Looked(ToothLook { id, version, list })))
        }
        kind if kind == ToothMark::KIND.name => {
            let mark: ToothMark = state.record();
            let own = mark.tooth == Some(tooth);
            let row = finding(id, version, disputed(ToothMark::KIND), &mark).filter(|_| own)?;
            Some((mark.on, ToothSays::Found(row)))
        }
        _ => {
            let procedure: Procedure = state.record();
            procedure.treated().find(|(treated, _)| *treated == tooth)?;
            let row = treatment(id, version, disputed(Procedure::KIND), &procedure, guarded);
            Some((procedure.on.or(procedure.planned_on), ToothSays::Treated(row)))
        }
    }
}
