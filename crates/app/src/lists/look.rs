//! The look: what each row comes to, slice by slice. Nothing is written but at this workstation.

use std::collections::BTreeSet;

use domain::RecordId;
use domain::enrolment::Enrolment;
use domain::lists::{
    Changes, Column, DateOrder, Fits, Held as Known, ListChange, ListCoverage, RowOutcome, Student, Taking,
    WhyBad, fits, named, signs, student,
};
use domain::patients::Patient;
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Enrolled, ListRow};
use ts_rs::TS;

use super::held::{Held, HeldList, ListStage};
use super::take::stopped;
use super::{length, of_word};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// A look at the list in hand.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtList {
    /// The list.
    pub list: RecordId,
    /// How it is read, to begin anew; nothing goes on with the next rows.
    pub with: Option<LookingAt>,
}

/// How a list is read.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookingAt {
    /// What its columns mean.
    pub columns: Vec<Option<Column>>,
    /// In which order its dates stand.
    pub dates: DateOrder,
    /// Whether numbers shorter than the others lost their zeros; nothing asks.
    pub zeros_lost: Option<bool>,
    /// What it covers.
    pub coverage: ListCoverage,
}

/// Rows of one slice: none keeps the window waiting for long.
const SLICE: u32 = 200;

/// As many words as say what a list covers, and as long as each is, in characters.
const MOST_TEXTS: usize = 30;
const LONGEST_TEXT: usize = 60;

/// What a look found of a row, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) student: Option<Student>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<WhyBad>,
    /// The line in which the same number or person stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<ListChange>,
    /// Those whom the row may be about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) candidates: Vec<RecordId>,
    /// The enrolment that ends, of somebody who left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ends: Option<RecordId>,
}

impl Told {
    pub(super) fn of(row: &ListRow) -> Self {
        row.told.as_deref().and_then(|told| serde_json::from_str(told).ok()).unwrap_or_default()
    }

    fn kept(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

/// Looks at the next rows of the list in hand.
pub(crate) fn look_at_list(seat: &mut Seat, input: LookAtList) -> Result<HeldList, Refusal> {
    let mut held = Held::of(seat, input.list)?;
    if let Some(with) = input.with {
        begin(seat, &mut held, with)?;
    }
    if held.stage == ListStage::Looking {
        let coverage = held.covered()?.clone();
        let rows = seat.act.unlooked(SLICE)?;
        let is_last = rows.len() < SLICE as usize;
        for row in rows {
            let judged = judged(seat, &held, &coverage, row)?;
            seat.act.keep_list_row(&judged)?;
        }
        if is_last {
            ask_about_those_meant_twice(seat)?;
            held.enrolled = whoever_left(seat, &held, &coverage)?;
            held.stage = ListStage::Looked;
        }
        held.keep(seat)?;
    }
    held.shown(seat)
}

fn begin(seat: &mut Seat, held: &mut Held, with: LookingAt) -> Result<(), Refusal> {
    let has = |column: Column| with.columns.contains(&Some(column));
    let twice =
        with.columns.iter().flatten().collect::<BTreeSet<_>>().len() < with.columns.iter().flatten().count();
    if with.columns.len() > held.columns.len() || twice {
        return Err(Refusal::invalid("columns"));
    }
    if !has(Column::Number) {
        return Err(Refusal::missing("number"));
    }
    if ![Column::Family, Column::Given, Column::Name].into_iter().any(has) {
        return Err(Refusal::missing("family"));
    }
    let texts =
        [&with.coverage.term, &with.coverage.campus].into_iter().flatten().chain(&with.coverage.programmes);
    if texts.clone().count() > MOST_TEXTS || texts.into_iter().any(|text| text.chars().count() > LONGEST_TEXT)
    {
        return Err(Refusal::invalid("programmes"));
    }
    let coverage = with.coverage.tidied().ok_or_else(|| Refusal::invalid("school_year"))?;
    stopped(seat, held)?;
    let width = held.columns.len();
    held.columns = with.columns;
    held.columns.resize(width, None);
    held.length = length(seat, &held.columns)?;
    (held.dates, held.zeros_lost, held.coverage) = (with.dates, with.zeros_lost, Some(coverage));
    (held.stage, held.run, held.marks_left) = (ListStage::Looking, None, false);
    Ok(seat.act.look_anew(held.end)?)
}

/// What a row comes to, by what is known now.
pub(super) fn judged(
    seat: &Seat,
    held: &Held,
    coverage: &ListCoverage,
    row: ListRow,
) -> Result<ListRow, Refusal> {
    let fault = row.fault.as_deref().map(|fault| of_word(fault).unwrap_or(WhyBad::Letters));
    let read = fault.map_or_else(|| student(&row.cells, &held.reading(seat)), Err);
    let student = match read {
        Ok(student) => student,
        Err(why) => return bad(seat, held, row, Told { why: Some(why), ..Told::default() }),
    };
    let (number, who) = (signs(&student.number), student.who());
    let told = |why, line| Told { why: Some(why), line, student: Some(student.clone()), ..Told::default() };
    if let Some(line) = seat.act.line_of_number(&number, row.line)? {
        return bad(seat, held, row, told(WhyBad::NumberTwice, Some(line)));
    }
    let earlier = who.as_deref().map(|who| seat.act.line_of(who, row.line)).transpose()?.flatten();
    if let Some(line) = earlier {
        return bad(seat, held, row, told(WhyBad::PersonTwice, Some(line)));
    }
    let own = ListCoverage::person(seat.place.clinic, &number);
    let (people, is_withdrawn) = people(seat, &student, Some(own))?;
    let withdrawn = told(WhyBad::Withdrawn, None);
    let mut told = Told { student: Some(student.clone()), ..Told::default() };
    let before = Told::of(&row);
    let is_asked = |ids: &[RecordId]| before.line.is_some() && before.candidates == ids;
    let has_died = |id: RecordId| people.iter().any(|(known, patient)| *known == id && patient.has_died());
    let (outcome, patient) = match fits(&student, &people) {
        // Whom another row means too, a person tells apart.
        Fits::One(id) | Fits::Another(id) if is_asked(&[id]) => {
            (told.candidates, told.line) = (before.candidates, before.line);
            (RowOutcome::TwoFit, None)
        }
        Fits::Several(ids) if is_asked(&ids) => {
            (told.candidates, told.line) = (before.candidates, before.line);
            (RowOutcome::TwoFit, None)
        }
        // Somebody whom an earlier list made known under this number, and who has another now.
        Fits::Nobody if people.iter().any(|(id, _)| *id == own) => {
            told.candidates = vec![own];
            (RowOutcome::TwoFit, None)
        }
        Fits::Nobody if is_withdrawn => return bad(seat, held, row, withdrawn),
        Fits::Nobody => (RowOutcome::New, Some(own)),
        // Nobody studies after their death: it is somebody else, or one of both is wrong.
        Fits::One(id) if has_died(id) => {
            told.candidates = vec![id];
            (RowOutcome::TwoFit, None)
        }
        Fits::One(id) => {
            let patient = people.into_iter().find(|(known, _)| *known == id).map(|(_, patient)| patient);
            let known = known(seat, coverage, id, patient.unwrap_or_default())?;
            told.changes = Changes::of(&student, &known, Taking::All).shown;
            let is_same = told.changes.is_empty();
            (if is_same { RowOutcome::Returning } else { RowOutcome::Changed }, Some(id))
        }
        Fits::Another(id) => {
            told.candidates = vec![id];
            (RowOutcome::AnothersNumber, Some(id))
        }
        Fits::Several(ids) => {
            told.candidates = ids;
            (RowOutcome::TwoFit, None)
        }
    };
    let outcome = Some(outcome.word().to_owned());
    Ok(ListRow { outcome, patient, number: Some(number), who, told: told.kept(), ..row })
}

/// The people whom a row may be about, and whether `own`, who is asked after by id, was withdrawn.
fn people(
    seat: &Seat,
    student: &Student,
    own: Option<RecordId>,
) -> Result<(Vec<(RecordId, Patient)>, bool), Refusal> {
    let names = [student.family.as_deref(), student.given.as_deref()];
    let mut ids = seat.act.fitting(&signs(&student.number), names, student.birth_date)?;
    ids.extend(own);
    let mut people: Vec<(RecordId, Patient)> = Vec::new();
    let mut is_withdrawn = false;
    for id in ids {
        let Some(record) = seat.act.record(id)?.filter(|record| record.kind == Patient::KIND.name) else {
            continue;
        };
        if record.state.voided.is_none() {
            people.push((id, record.state.record()));
        } else {
            is_withdrawn |= own == Some(id);
        }
    }
    Ok((people, is_withdrawn))
}

/// A row that cannot be read. Whoever has its number here, or its name and birth, is on the list all the same.
fn bad(seat: &Seat, held: &Held, row: ListRow, mut told: Told) -> Result<ListRow, Refusal> {
    let at = held.columns.iter().position(|column| *column == Some(Column::Number));
    let number = at.and_then(|at| row.cells.get(at)).filter(|number| !signs(number).is_empty());
    let mut patient = None;
    if let Some(number) = number {
        let padded = format!("{number:0>width$}", width = held.length.unwrap_or_default());
        for number in [number, &padded] {
            patient = patient.or(seat.act.with_number(number)?.first().copied());
        }
    }
    if patient.is_none()
        && let Ok(student) = named(&row.cells, &held.reading(seat))
    {
        told.candidates = match fits(&student, &people(seat, &student, None)?.0) {
            Fits::One(id) | Fits::Another(id) => vec![id],
            Fits::Several(ids) => ids,
            Fits::Nobody => Vec::new(),
        };
    }
    let outcome = Some(RowOutcome::Bad.word().to_owned());
    Ok(ListRow { outcome, patient, number: None, who: None, told: told.kept(), ..row })
}

/// What is known of somebody with their enrolments.
pub(super) fn known(
    seat: &Seat,
    coverage: &ListCoverage,
    id: RecordId,
    patient: Patient,
) -> Result<Known, Refusal> {
    let mut now = None;
    let mut before: Option<Enrolment> = None;
    for record in seat.act.records(Enrolment::KIND.name, Some(id))? {
        let enrolment: Enrolment = record.state.record();
        if coverage.is_of(&enrolment) {
            now = now.or(Some((record.id, enrolment)));
        } else if before.as_ref().is_none_or(|before| before.order() < enrolment.order()) {
            before = Some(enrolment);
        }
    }
    Ok(Known { patient, now, before })
}

/// Puts down who studies in what the list covers and is not on it; returns how many study there.
fn whoever_left(seat: &Seat, held: &Held, coverage: &ListCoverage) -> Result<u64, Refusal> {
    let asked_about = candidates(seat, [RowOutcome::TwoFit, RowOutcome::Bad])?;
    let is_missing = |one: &Enrolled| !one.is_on_list && !asked_about.contains(&one.patient);
    let mut enrolled = seat.act.enrolled()?;
    // A list of an earlier year says nothing of who came after it.
    enrolled.retain(|one| {
        coverage.covers(&one.enrolment) && !(is_missing(one) && coverage.is_before(&one.enrolment))
    });
    for (line, one) in (held.end..).zip(enrolled.iter().filter(|one| is_missing(one))) {
        let told = Told { ends: Some(one.id), ..Told::default() };
        seat.act.keep_list_row(&ListRow {
            line,
            outcome: Some(RowOutcome::Left.word().to_owned()),
            patient: Some(one.patient),
            told: told.kept(),
            ..ListRow::default()
        })?;
    }
    Ok(enrolled.len() as u64)
}

/// Those whom rows that come to one of `outcomes` may be about.
fn candidates(seat: &Seat, outcomes: [RowOutcome; 2]) -> Result<BTreeSet<RecordId>, Refusal> {
    let mut candidates = BTreeSet::new();
    for outcome in outcomes {
        let mut after = 0;
        loop {
            let rows = seat.act.list_rows(Some(outcome.word()), after, SLICE)?;
            let Some(last) = rows.last() else { break };
            after = last.line;
            candidates.extend(rows.iter().flat_map(|row| Told::of(row).candidates));
        }
    }
    Ok(candidates)
}

/// The words of outcomes.
pub(super) fn words<const N: usize>(outcomes: [RowOutcome; N]) -> [&'static str; N] {
    outcomes.map(RowOutcome::word)
}

/// Two rows that mean one person: a person says which of them does, and nothing is taken in before.
fn ask_about_those_meant_twice(seat: &Seat) -> Result<(), Refusal> {
    let known = words([RowOutcome::Returning, RowOutcome::Changed, RowOutcome::AnothersNumber]);
    for (patient, lines) in seat.act.lines_about_one(&known)? {
        for line in &lines {
            let Some(row) = seat.act.list_row(*line)? else { continue };
            let told = Told {
                candidates: vec![patient],
                line: lines.iter().find(|other| *other != line).copied(),
                changes: Vec::new(),
                ..Told::of(&row)
            };
            let outcome = Some(RowOutcome::TwoFit.word().to_owned());
            seat.act.keep_list_row(&ListRow { outcome, patient: None, told: told.kept(), ..row })?;
        }
    }
    Ok(())
}
