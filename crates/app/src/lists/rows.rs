//! The rows of the list in hand, page by page, and what a person decides about one.

use domain::lists::{ListChange, RowChoice, RowOutcome, WhyBad};
use domain::patients::Patient;
use domain::record::Record;
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::ListRow;
use ts_rs::TS;

use super::held::{Held, HeldList, ListStage};
use super::look::{Told, words};
use super::of_word;
use super::take::Counted;
use crate::answer::{ANSWER_BYTES, length, shortened, within};
use crate::records::PersonRow;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A page of rows.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRows {
    /// The list.
    pub list: RecordId,
    /// What the rows come to.
    pub outcome: RowOutcome,
    /// The line of the last row of the page before.
    pub before: Option<u32>,
}

/// A page of rows of one outcome.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct RowsOfList {
    /// The rows, in the order of their lines.
    pub rows: Vec<ListedPerson>,
    /// The line of the last row here, where there are more.
    pub next: Option<u32>,
}

/// A row as a person sees it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ListedPerson {
    /// By what it is named among the rows.
    pub row: u32,
    /// Its line in the file; nothing for somebody who is not on the list.
    pub line: Option<u32>,
    /// Its number.
    pub number: Option<String>,
    /// Its name, or what stands in a row that cannot be read.
    pub name: String,
    /// Why it cannot be taken.
    pub why: Option<WhyBad>,
    /// The line in which the same number or person stands.
    pub same_as: Option<u32>,
    /// What the list says otherwise than the records here.
    pub changes: Vec<ListChange>,
    /// Whom it is about.
    pub person: Option<PersonRow>,
    /// Whom it may be about.
    pub candidates: Vec<PersonRow>,
    /// What was decided.
    pub choice: Option<RowChoice>,
    /// Who was named.
    pub chosen: Option<RecordId>,
    /// Whether it was taken in.
    pub taken: bool,
}

/// What a person decided about a row.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleRow {
    /// The list.
    pub list: RecordId,
    /// The row.
    pub row: u32,
    /// What; nothing takes it back.
    pub choice: Option<RowChoice>,
    /// Who is meant, where somebody is named.
    pub person: Option<RecordId>,
}

/// What a person decided about all rows of which the list says something else than what stands here.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleRows {
    /// The list.
    pub list: RecordId,
    /// To take what the list says, or to keep what stands here; nothing takes it back.
    pub choice: Option<RowChoice>,
    /// How many rows they are that were not taken in.
    pub rows: Counted,
}

/// Rows that are read for one page.
const PAGE: u32 = 100;
/// People who are shown of those whom a row may be about.
const CANDIDATES: usize = 5;
/// The bytes that they, and what is said otherwise, may have in one row.
const CANDIDATE_BYTES: usize = 12_000;
const CHANGE_BYTES: usize = 8_000;

/// A page of the rows that come to one thing.
pub(crate) fn list_rows(seat: &mut Seat, input: ListRows) -> Result<RowsOfList, Refusal> {
    let held = Held::of(seat, input.list)?;
    let rows = seat.act.list_rows(Some(input.outcome.word()), input.before.unwrap_or_default(), PAGE)?;
    let is_full = rows.len() == PAGE as usize;
    let mut page = RowsOfList { rows: Vec::new(), next: None };
    let mut used = 0;
    for row in rows {
        let shown = shown(seat, &held, row)?;
        used += length(&shown) + 1;
        if used > ANSWER_BYTES
            && let Some(last) = page.rows.last()
        {
            page.next = Some(last.row);
            return Ok(page);
        }
        page.rows.push(shown);
    }
    page.next = page.rows.last().filter(|_| is_full).map(|row| row.row);
    Ok(page)
}

fn shown(seat: &Seat, held: &Held, row: ListRow) -> Result<ListedPerson, Refusal> {
    let told = Told::of(&row);
    let choice = decided(&row);
    let mut candidates = Vec::new();
    for id in told.candidates.iter().take(CANDIDATES) {
        candidates.extend(person(seat, *id)?);
    }
    let about = row.patient.filter(|_| row.outcome.as_deref() != Some(RowOutcome::New.word()) || row.done);
    let person = about.map(|id| person(seat, id)).transpose()?.flatten();
    let name = match &told.student {
        Some(student) => {
            let names = [&student.family, &student.given, &student.middle, &student.suffix];
            names.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
        }
        None => row.cells.join(" · "),
    };
    let changes = told.changes.into_iter().map(|change| ListChange {
        here: change.here.map(shortened),
        list: shortened(change.list),
        ..change
    });
    Ok(ListedPerson {
        row: row.line,
        line: (row.line < held.end).then_some(row.line),
        number: told.student.map(|student| shortened(student.number)),
        name: shortened(name),
        why: told.why,
        same_as: told.line,
        changes: within(changes.collect(), CHANGE_BYTES).0,
        person,
        candidates: within(candidates, CANDIDATE_BYTES).0,
        choice,
        chosen: row.chosen,
        taken: row.done,
    })
}

fn person(seat: &Seat, id: RecordId) -> Result<Option<PersonRow>, Refusal> {
    let record = seat.act.record(id)?.filter(|record| record.kind == Patient::KIND.name);
    Ok(record.map(|record| PersonRow::of(id, record.state.record(), seat)))
}

/// What was decided about a row.
pub(super) fn decided(row: &ListRow) -> Option<RowChoice> {
    row.choice.as_deref().and_then(of_word)
}

/// Decides about a row of the list in hand.
pub(crate) fn settle_row(seat: &mut Seat, input: SettleRow) -> Result<HeldList, Refusal> {
    let held = decidable(seat, input.list)?;
    let row = seat.act.list_row(input.row)?.ok_or_else(|| Refusal::new(Code::NotFound))?;
    let outcome: RowOutcome =
        row.outcome.as_deref().and_then(of_word).ok_or_else(|| Refusal::new(Code::NotFound))?;
    if row.done {
        return Err(Refusal::new(Code::Stale));
    }
    let told = Told::of(&row);
    let may = match input.choice {
        None | Some(RowChoice::Leave) => outcome != RowOutcome::Bad,
        Some(RowChoice::Take | RowChoice::Keep) => outcome == RowOutcome::Changed,
        Some(RowChoice::Person) => {
            outcome != RowOutcome::Bad && input.person.is_some_and(|person| told.candidates.contains(&person))
        }
        Some(RowChoice::New) => outcome == RowOutcome::TwoFit,
    };
    if !may {
        return Err(Refusal::invalid("choice"));
    }
    let chosen = input.person.filter(|_| input.choice == Some(RowChoice::Person));
    let means = match input.choice {
        Some(RowChoice::Leave | RowChoice::New) => None,
        _ => chosen.or(row.patient.filter(|_| KNOWN.contains(&outcome))),
    };
    if let Some(person) = means {
        let otherwise = [RowChoice::Leave, RowChoice::New].map(RowChoice::word);
        if seat.act.is_meant_elsewhere(person, row.line, &words(KNOWN), &otherwise)? {
            return Err(Refusal::invalid("row").with("reason", "meant_twice"));
        }
    }
    let choice = input.choice.map(|choice| choice.word().to_owned());
    seat.about(held.run, chosen.or(row.patient).filter(|_| outcome != RowOutcome::New));
    seat.act.keep_list_row(&ListRow { choice, chosen, ..row })?;
    held.shown(seat)
}

/// Takes or keeps in all rows of the list in hand of which it says something else than what stands here. What was left out
/// stays left out.
pub(crate) fn settle_rows(seat: &mut Seat, input: SettleRows) -> Result<HeldList, Refusal> {
    let held = decidable(seat, input.list)?;
    if !matches!(input.choice, None | Some(RowChoice::Take | RowChoice::Keep)) {
        return Err(Refusal::invalid("choice"));
    }
    let (all, taken) = Held::counts(seat)?.get(&RowOutcome::Changed).copied().unwrap_or_default();
    // Only what overrules what stands here has to be meant as surely as that somebody left.
    let is_sure = input.choice != Some(RowChoice::Take) || input.rows.is_sure(&held, seat)?;
    if input.rows.count != all - taken || !is_sure {
        return Err(Refusal::invalid("rows"));
    }
    let choice = input.choice.map(RowChoice::word);
    let settled = seat.act.settle_list_rows(RowOutcome::Changed.word(), choice, RowChoice::Leave.word())?;
    seat.about(held.run, None);
    seat.detail = Some(Value::Map(
        [("rows".to_owned(), Value::Int(i64::try_from(settled).unwrap_or(i64::MAX)))].into(),
    ));
    held.shown(seat)
}

/// The list in hand, once its rows were looked at.
fn decidable(seat: &Seat, list: RecordId) -> Result<Held, Refusal> {
    let held = Held::of(seat, list)?;
    if matches!(held.stage, ListStage::Opened | ListStage::Looking) {
        return Err(Refusal::new(Code::Stale));
    }
    Ok(held)
}

/// The outcomes of rows that are about somebody who is known.
const KNOWN: [RowOutcome; 2] = [RowOutcome::Returning, RowOutcome::Changed];
