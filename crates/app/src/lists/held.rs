//! The list in hand: what is known of it as a whole, kept beside its rows.

use domain::RecordId;
use domain::lists::{Column, DateOrder, ListCoverage, Reading, RowChoice, RowOutcome, is_whole};
use lists::Format;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Counts, of_word};
use crate::answer::{beginning, within};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// How far a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListStage {
    /// It was read; its columns wait to be confirmed.
    Opened,
    /// Its rows are being looked at.
    Looking,
    /// What each row comes to is known, and nothing was written.
    Looked,
    /// Its rows are being taken in.
    Applying,
    /// All that can be taken in was.
    Applied,
}

/// The list in hand, if there is one.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InHand {
    /// The list.
    pub list: Option<HeldList>,
}

/// The list in hand as a person sees it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct HeldList {
    /// Its id.
    pub id: RecordId,
    /// What its file is called.
    pub name: String,
    /// What the file is.
    pub format: Format,
    /// The sheet that was read, of a workbook.
    pub sheet: Option<String>,
    /// How far it is.
    pub stage: ListStage,
    /// Its columns.
    pub columns: Vec<ListColumn>,
    /// How many columns find no room here.
    pub more_columns: u32,
    /// Whether the columns are as a person confirmed them for a list like this one.
    pub remembered: bool,
    /// In which order its dates stand.
    pub dates: DateOrder,
    /// What was said of numbers shorter than the others: that they lost their zeros, or that they did not.
    pub zeros_lost: Option<bool>,
    /// What it covers.
    pub coverage: Option<ListCoverage>,
    /// Its rows.
    pub rows: u64,
    /// Rows that nobody has looked at.
    pub unlooked: u64,
    /// What the rows come to.
    pub counts: Vec<ListCount>,
    /// Rows that would be taken in now, whoever left apart.
    pub due: u64,
    /// How many people study here in what it covers, by what is known until now.
    pub enrolled: u64,
    /// Whether it is long enough to tell who left.
    pub whole: bool,
}

/// A column of a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ListColumn {
    /// The words above it.
    pub head: String,
    /// What stands in it first.
    pub samples: Vec<String>,
    /// What it means.
    pub means: Option<Column>,
}

/// How many rows come to one thing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct ListCount {
    /// What.
    pub outcome: RowOutcome,
    /// All of them.
    pub all: u64,
    /// Those that were taken in.
    pub taken: u64,
}

/// The list in hand as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) id: RecordId,
    pub(super) sha256: String,
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) sheet: Option<String>,
    pub(super) header: Vec<String>,
    pub(super) rows: u64,
    /// The line behind the last: whoever left stands from here on.
    pub(super) end: u32,
    pub(super) length: Option<usize>,
    pub(super) columns: Vec<Option<Column>>,
    pub(super) dates: DateOrder,
    pub(super) zeros_lost: Option<bool>,
    pub(super) coverage: Option<ListCoverage>,
    pub(super) is_remembered: bool,
    pub(super) stage: ListStage,
    pub(super) enrolled: u64,
    /// Whether those who left are marked.
    pub(super) marks_left: bool,
    /// The record of its taking in.
    pub(super) run: Option<RecordId>,
}

/// Where it is kept among the local values.
const NAME: &str = "list";
/// The characters that are shown of a cell.
const SHOWN: usize = 40;
/// The cells that are shown of a column.
const SAMPLES: u32 = 3;
/// The bytes that columns may have in an answer.
const COLUMN_BYTES: usize = 24_000;

impl Held {
    /// The list in hand, if there is one.
    pub(super) fn any(seat: &Seat) -> Result<Option<Self>, Refusal> {
        let kept = seat.act.local(NAME)?;
        Ok(kept.and_then(|kept| serde_json::from_slice(&kept).ok()))
    }

    /// The list `id`, while it is the one in hand.
    pub(super) fn of(seat: &Seat, id: RecordId) -> Result<Self, Refusal> {
        Self::any(seat)?.filter(|held| held.id == id).ok_or_else(|| Refusal::new(Code::NotFound))
    }

    pub(super) fn keep(&self, seat: &Seat) -> Result<(), Refusal> {
        Ok(seat.act.set_local(NAME, &serde_json::to_vec(self).unwrap_or_default())?)
    }

    /// Lets go of it and of its rows.
    pub(super) fn forget(seat: &Seat) -> Result<(), Refusal> {
        seat.act.forget_list()?;
        Ok(seat.act.forget_local(NAME)?)
    }

    /// What it covers; a list that nobody has looked at covers nothing yet.
    pub(super) fn covered(&self) -> Result<&ListCoverage, Refusal> {
        self.coverage.as_ref().ok_or_else(|| Refusal::missing("school_year"))
    }

    /// How its cells are read.
    pub(super) fn reading(&self, seat: &Seat) -> Reading<'_> {
        let Self { columns, dates, length, zeros_lost, .. } = self;
        Reading { columns, dates: *dates, length: *length, zeros_lost: *zeros_lost, today: seat.moment.today }
    }

    /// The outcomes of which rows are taken in without a word from a person.
    pub(super) fn taken(&self) -> Vec<&'static str> {
        let mut outcomes = vec![RowOutcome::Returning, RowOutcome::Changed, RowOutcome::New];
        outcomes.extend(self.marks_left.then_some(RowOutcome::Left));
        outcomes.into_iter().map(RowOutcome::word).collect()
    }

    pub(super) fn counts(seat: &Seat) -> Result<Counts, Refusal> {
        let counts = seat.act.list_counts()?.into_iter();
        Ok(counts.filter_map(|(outcome, counts)| Some((of_word(&outcome)?, counts))).collect())
    }

    /// Whether the list is long enough to tell who left.
    pub(super) fn is_whole(&self, counts: &Counts) -> bool {
        let people = RowOutcome::ALL.iter().filter(|of| !matches!(of, RowOutcome::Bad | RowOutcome::Left));
        let people = people.filter_map(|outcome| counts.get(outcome)).map(|(all, _)| all).sum();
        is_whole(people, self.enrolled)
    }

    /// The list as a person sees it.
    pub(super) fn shown(self, seat: &Seat) -> Result<HeldList, Refusal> {
        let sample = seat.act.list_rows(None, 0, SAMPLES)?;
        let cell = |text: &String| beginning(text.clone(), SHOWN).0;
        let column = |at: usize| ListColumn {
            head: self.header.get(at).map(cell).unwrap_or_default(),
            samples: sample
                .iter()
                .filter_map(|row| row.cells.get(at))
                .filter(|text| !text.is_empty())
                .map(cell)
                .collect(),
            means: self.columns.get(at).copied().flatten(),
        };
        let (columns, more_columns) = within((0..self.columns.len()).map(column).collect(), COLUMN_BYTES);
        let due = seat.act.untaken_count(&self.taken(), RowChoice::Leave.word())?;
        let counts = Self::counts(seat)?;
        let looked: u64 =
            counts.iter().filter(|(outcome, _)| **outcome != RowOutcome::Left).map(|(_, (all, _))| all).sum();
        let whole = self.is_whole(&counts);
        let counts = counts.into_iter().map(|(outcome, (all, taken))| ListCount { outcome, all, taken });
        Ok(HeldList {
            counts: counts.collect(),
            due,
            unlooked: self.rows.saturating_sub(looked),
            whole,
            id: self.id,
            name: self.name,
            format: self.format,
            sheet: self.sheet.map(|sheet| beginning(sheet, SHOWN).0),
            stage: self.stage,
            columns,
            more_columns,
            remembered: self.is_remembered,
            dates: self.dates,
            zeros_lost: self.zeros_lost,
            coverage: self.coverage,
            rows: self.rows,
            enrolled: self.enrolled,
        })
    }
}
