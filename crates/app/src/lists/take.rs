//! Taking in: the rows that were decided, slice by slice, each slice all of it or nothing.

use std::collections::BTreeMap;

use domain::enrolment::{Enrolment, EnrolmentStatus};
use domain::lists::{
    Changes, ImportRun, ListCoverage, RowChoice, RowOutcome, RunStatus, Student, Taking, shape,
};
use domain::patients::Patient;
use domain::record::{Hex, Record, Verb};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, ListRow, patch_of};
use ts_rs::TS;

use super::OfList;
use super::held::{Held, HeldList, ListStage};
use super::look::{Told, judged, known};
use super::rows::decided;
use crate::command::Nothing;
use crate::import::write_all;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// The next rows of the list in hand to take in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyList {
    /// The list.
    pub list: RecordId,
    /// Whether those who are not on it are marked as having left; nothing leaves it as it was said.
    pub left: Option<Counted>,
}

/// How many rows a person speaks of at once: they saw so many, and nothing is done with any other number.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// How many they are.
    pub count: u64,
    /// Whether a person typed that count: asked for where a list is shorter than a whole one.
    pub typed: bool,
}

impl Counted {
    /// Whether it may be done to so many at once: half a list, or another file by mistake, is met before it does harm.
    pub(super) fn is_sure(self, held: &Held, seat: &Seat) -> Result<bool, Refusal> {
        Ok(self.typed || held.is_whole(&Held::counts(seat)?))
    }
}

/// Rows of one slice.
const SLICE: u32 = 200;

/// Takes in the next rows of the list in hand. Each is judged once more: one that comes to something else meanwhile waits
/// for a person.
pub(crate) fn apply_list(seat: &mut Seat, input: ApplyList) -> Result<HeldList, Refusal> {
    let mut held = Held::of(seat, input.list)?;
    if matches!(held.stage, ListStage::Opened | ListStage::Looking) {
        return Err(Refusal::new(Code::Stale));
    }
    if let Some(left) = input.left {
        let count = Held::counts(seat)?.get(&RowOutcome::Left).map_or(0, |(all, _)| *all);
        if left.count != count || !left.is_sure(&held, seat)? {
            return Err(Refusal::invalid("left"));
        }
        held.marks_left = true;
    }
    let coverage = held.covered()?.clone();
    let run = begun(seat, &mut held, &coverage)?;
    let rows = seat.act.untaken(&held.taken(), RowChoice::Leave.word(), SLICE)?;
    let is_last = rows.len() < SLICE as usize;
    let mut drafts = Vec::new();
    let mut taken = 0_i64;
    for row in rows {
        let is_left = row.outcome.as_deref() == Some(RowOutcome::Left.word());
        let row = if is_left {
            let ends = ended(seat, &coverage, &row)?;
            let (done, choice) = match ends {
                Some(_) => (true, row.choice),
                None => (false, Some(RowChoice::Leave.word().to_owned())),
            };
            drafts.extend(ends);
            ListRow { done, choice, ..row }
        } else {
            retaken(seat, &held, &coverage, row, &mut drafts)?
        };
        taken += i64::from(row.done);
        seat.act.keep_list_row(&row)?;
    }
    write_all(seat, drafts)?;
    seat.about(Some(run), None);
    seat.detail = Some(Value::Map([("rows".to_owned(), Value::Int(taken))].into()));
    // A list that was applied and has more to do goes on as it did the first time.
    held.stage = if is_last { ListStage::Applied } else { ListStage::Applying };
    if is_last {
        finish(seat, run, RunStatus::Applied)?;
    }
    held.keep(seat)?;
    held.shown(seat)
}

/// Lets go of the list in hand; what was taken in stays.
pub(crate) fn forget_list(seat: &mut Seat, input: OfList) -> Result<Nothing, Refusal> {
    let held = Held::of(seat, input.list)?;
    stopped(seat, &held)?;
    Held::forget(seat)?;
    Ok(Nothing {})
}

/// Writes that the taking in of `held`, where it is under way, goes on no more.
pub(super) fn stopped(seat: &mut Seat, held: &Held) -> Result<(), Refusal> {
    if let Some(run) = held.run.filter(|_| held.stage == ListStage::Applying) {
        seat.about(Some(run), None);
        finish(seat, run, RunStatus::Stopped)?;
    }
    Ok(())
}

/// The record of this taking in, made with its first slice.
fn begun(seat: &mut Seat, held: &mut Held, coverage: &ListCoverage) -> Result<RecordId, Refusal> {
    if let Some(run) = held.run {
        return Ok(run);
    }
    let run = seat.new_id();
    let columns = held.columns.iter().map(|column| column.map_or("", |column| column.word()).to_owned());
    let programmes = Some(coverage.programmes.clone()).filter(|programmes| !programmes.is_empty());
    let made = ImportRun {
        sha256: Some(Hex(held.sha256.clone())),
        header: Some(shape(&held.header)),
        columns: Some(columns.collect()),
        dates: Some(held.dates),
        school_year: Some(coverage.school_year.clone()),
        term: coverage.term.clone(),
        campus: coverage.campus.clone(),
        programmes,
        rows: i64::try_from(held.rows).ok(),
        status: Some(RunStatus::Applying),
        ..ImportRun::default()
    };
    seat.write(vec![Draft::make(Verb::Create, run, None, &made)])?;
    held.run = Some(run);
    Ok(run)
}

/// Writes what became of the rows, and how the run ended.
fn finish(seat: &mut Seat, run: RecordId, status: RunStatus) -> Result<(), Refusal> {
    let counts = Held::counts(seat)?;
    let taken = |outcome| counts.get(&outcome).map_or(0, |(_, taken)| *taken);
    let all = |outcome| counts.get(&outcome).map_or(0, |(all, _)| *all);
    let on_list = RowOutcome::ALL.iter().copied().filter(|outcome| *outcome != RowOutcome::Left);
    let left_out: u64 = on_list.map(|outcome| all(outcome) - taken(outcome)).sum();
    let figures = [
        ("returning", taken(RowOutcome::Returning)),
        ("changed", taken(RowOutcome::Changed)),
        ("added", taken(RowOutcome::New)),
        ("left", taken(RowOutcome::Left)),
        ("left_out", left_out),
    ];
    let here = seat.read::<ImportRun>(run)?.state;
    let figure =
        |(name, count): (&str, u64)| (name.to_owned(), Value::Int(i64::try_from(count).unwrap_or(i64::MAX)));
    let mut patch: BTreeMap<String, Value> = figures.into_iter().map(figure).collect();
    if here.value("status").as_text() == Some(RunStatus::Applying.word()) {
        patch.insert("status".to_owned(), Value::text(status.word()));
    }
    patch.retain(|name, value| here.value(name) != value);
    if !patch.is_empty() {
        seat.write(vec![Draft::patch::<ImportRun>(run, None, patch, None)])?;
    }
    Ok(())
}

/// Takes a row in, if it still comes to what the look found; else it waits for a person.
fn retaken(
    seat: &Seat,
    held: &Held,
    coverage: &ListCoverage,
    row: ListRow,
    drafts: &mut Vec<Draft>,
) -> Result<ListRow, Refusal> {
    let (choice, chosen) = (decided(&row), row.chosen);
    let fresh = judged(seat, held, coverage, row.clone())?;
    // Whoever was said to be meant, by a person or by the look, is meant still.
    let is_new = row.outcome.as_deref() == Some(RowOutcome::New.word());
    let said = chosen.or(row.patient.filter(|_| !is_new));
    let returns = choice != Some(RowChoice::New)
        && fresh.outcome.as_deref() == Some(RowOutcome::Returning.word())
        && said.is_none_or(|said| Some(said) == fresh.patient);
    let is_same = fresh.outcome == row.outcome && fresh.patient == row.patient && fresh.told == row.told;
    let Some(student) = Told::of(&fresh).student.filter(|_| is_same || returns) else {
        return Ok(waiting(fresh));
    };
    let means = chosen.or(fresh.patient);
    if means.is_some() && drafts.iter().any(|draft| draft.patient == means) {
        // Another row of these was about the same person; the records do not have it yet.
        let choice = Some(RowChoice::Leave.word().to_owned());
        return Ok(ListRow { choice, chosen: None, ..fresh });
    }
    let outcome = match (choice, means) {
        _ if returns => {
            let Some(patient) = fresh.patient else { return Ok(waiting(fresh)) };
            meet(seat, coverage, &student, (patient, Taking::Unasked), drafts)?;
            RowOutcome::Returning
        }
        (Some(RowChoice::New), _) => {
            let own = ListCoverage::person(seat.place.clinic, &student.number);
            if seat.act.record(own)?.is_some() {
                // Who has this number's id is among those who may be meant.
                return Ok(waiting(fresh));
            }
            add(seat, coverage, &student, own, drafts)?;
            RowOutcome::New
        }
        (None, Some(own)) if fresh.outcome.as_deref() == Some(RowOutcome::New.word()) => {
            add(seat, coverage, &student, own, drafts)?;
            RowOutcome::New
        }
        (choice, Some(patient)) => {
            // Whoever says who it is has not seen what the list says otherwise of them.
            let taking = match choice {
                Some(RowChoice::Keep | RowChoice::Person) => Taking::Empty,
                Some(RowChoice::Take) => Taking::All,
                _ => Taking::Unasked,
            };
            meet(seat, coverage, &student, (patient, taking), drafts)?;
            RowOutcome::Changed
        }
        (_, None) => return Ok(waiting(fresh)),
    };
    Ok(ListRow {
        outcome: Some(outcome.word().to_owned()),
        patient: means,
        choice: row.choice,
        done: true,
        ..fresh
    })
}

/// A row that came to something else since the look: nothing of it is written until somebody says so.
fn waiting(fresh: ListRow) -> ListRow {
    let outcome = fresh.outcome.as_deref();
    let is_taken = [RowOutcome::Changed, RowOutcome::New].iter().any(|taken| outcome == Some(taken.word()));
    ListRow { choice: is_taken.then(|| RowChoice::Leave.word().to_owned()), chosen: None, ..fresh }
}

/// Registers somebody new with their enrolment.
fn add(
    seat: &Seat,
    coverage: &ListCoverage,
    student: &Student,
    id: RecordId,
    drafts: &mut Vec<Draft>,
) -> Result<(), Refusal> {
    drafts.push(Draft::make(Verb::Create, id, Some(id), &student.patient()));
    enrol(seat, coverage, student, id, drafts)
}

/// Brings somebody who is known in line with the list.
fn meet(
    seat: &Seat,
    coverage: &ListCoverage,
    student: &Student,
    (id, taking): (RecordId, Taking),
    drafts: &mut Vec<Draft>,
) -> Result<(), Refusal> {
    let patient: Patient = seat.read::<Patient>(id)?.state.record();
    let known = known(seat, coverage, id, patient)?;
    let Changes { patient, enrolment, .. } = Changes::of(student, &known, taking);
    if !patient.is_empty() {
        drafts.push(Draft::patch::<Patient>(id, Some(id), patient, None));
    }
    match known.now {
        Some((record, _)) if !enrolment.is_empty() => {
            drafts.push(Draft::patch::<Enrolment>(record, Some(id), enrolment, None));
        }
        Some(_) => {}
        None => enrol(seat, coverage, student, id, drafts)?,
    }
    Ok(())
}

/// Makes the enrolment of this term, unless it was withdrawn here.
fn enrol(
    seat: &Seat,
    coverage: &ListCoverage,
    student: &Student,
    patient: RecordId,
    drafts: &mut Vec<Draft>,
) -> Result<(), Refusal> {
    let id = coverage.enrolment(seat.place.clinic, &student.number);
    if seat.act.record(id)?.is_none() {
        let enrolment = Enrolment { patient: Some(patient), ..coverage.enrolled(student) };
        let patch = patch_of(&enrolment);
        drafts
            .push(Draft { verb: Verb::Create, ..Draft::patch::<Enrolment>(id, Some(patient), patch, None) });
    }
    Ok(())
}

/// Ends the enrolment of somebody who is not on the list, while it is their latest and says that they study here.
fn ended(seat: &Seat, coverage: &ListCoverage, row: &ListRow) -> Result<Option<Draft>, Refusal> {
    let (Some(id), Some(patient)) = (Told::of(row).ends, row.patient) else { return Ok(None) };
    let Some(record) = seat.act.record(id)?.filter(|record| record.state.voided.is_none()) else {
        return Ok(None);
    };
    let enrolment: Enrolment = record.state.record();
    let enrolments = seat.act.records(Enrolment::KIND.name, Some(patient))?.into_iter();
    let mut others = enrolments.filter(|other| other.id != id);
    let later = others.any(|other| {
        let other: Enrolment = other.state.record();
        other.order() > enrolment.order() || coverage.is_before(&other)
    });
    if enrolment.status != Some(EnrolmentStatus::Enrolled) || later || coverage.is_before(&enrolment) {
        return Ok(None);
    }
    let mut patch = BTreeMap::from([("status".to_owned(), Value::text(EnrolmentStatus::Left.word()))]);
    patch.extend(coverage.from.map(|from| ("until".to_owned(), Value::text(from.to_string()))));
    Ok(Some(Draft::patch::<Enrolment>(id, Some(patient), patch, None)))
}
