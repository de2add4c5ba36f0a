//! What was measured of somebody, number by number.

use domain::RecordId;
use domain::measure::{Flag, MeasuredSide, written};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Measured, MeasuresOf};
use ts_rs::TS;

use crate::answer::fitting;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Rows of a page.
const PAGE_ROWS: u32 = 100;

/// Which measures.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMeasures {
    /// Whose.
    pub patient: RecordId,
    /// Those of this code alone, such as `eye.iop`.
    pub code: Option<String>,
    /// Those of this eye alone.
    pub side: Option<MeasuredSide>,
    /// The last row of the page before.
    #[serde(default)]
    pub after: Option<MeasureEnd>,
}

/// The last row of a page.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureEnd {
    /// Its time, in milliseconds since 1970.
    pub at: i64,
    /// Its record.
    pub record: RecordId,
    /// Its answer within the record.
    pub entry: String,
    /// Its code.
    pub code: String,
}

/// How many measures somebody has of one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MeasureCount {
    /// The code.
    pub code: String,
    /// How many.
    pub count: u64,
}

/// A page of measures, latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Measures {
    /// What there is of this person, in the order of the codes.
    pub codes: Vec<MeasureCount>,
    /// The rows.
    pub rows: Vec<MeasureRow>,
    /// The end of this page, where there are more.
    pub next: Option<MeasureEnd>,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MeasureRow {
    /// The record that it is of.
    pub record: RecordId,
    /// The answer, or the part, within it.
    pub entry: String,
    /// What was measured.
    pub code: String,
    /// Of which eye.
    pub side: Option<MeasuredSide>,
    /// When, at this site.
    pub at: String,
    /// The number; none of what lies below every number, or has none.
    pub number: Option<String>,
    /// Its unit.
    pub unit: String,
    /// By what it was measured, or how it was said.
    pub word: Option<String>,
    /// Of what lies below every number its place among those, the least first.
    pub rank: Option<i64>,
    /// What else is to be known.
    pub flags: Vec<Flag>,
}

/// A page of what was measured of somebody.
pub(crate) fn measures(seat: &mut Seat, input: ListMeasures) -> Result<Measures, Refusal> {
    seat.about(None, Some(input.patient));
    let of = MeasuresOf { patient: input.patient, code: input.code.as_deref(), side: input.side };
    let after = input.after.map(|end| (end.at, end.record, end.entry, end.code));
    let page = seat.act.measures(of, after.as_ref(), PAGE_ROWS)?;
    let full = page.next.is_some();
    let (rows, cut) = fitting(page.rows.iter().map(|measured| row(seat, measured)).collect());
    let last = rows.len().checked_sub(1).and_then(|last| page.rows.get(last)).filter(|_| full || cut);
    let next = last.map(|last| {
        let (at, record, entry, code) = last.key();
        MeasureEnd { at, record, entry, code }
    });
    let count = |(code, count)| MeasureCount { code, count };
    let codes = seat.act.measure_counts(input.patient)?.into_iter().map(count).collect();
    Ok(Measures { codes, rows, next })
}

/// A measure as it is shown.
pub(crate) fn row(seat: &Seat, measured: &Measured) -> MeasureRow {
    let measure = &measured.measure;
    let at = seat.place.zone.instant(u64::try_from(measure.at).unwrap_or_default());
    MeasureRow {
        record: measured.record,
        entry: measure.entry.clone(),
        code: measure.code.clone(),
        side: measure.side,
        at: at.as_str().to_owned(),
        number: measure.number.map(written),
        unit: measure.unit.clone(),
        word: measure.word.clone(),
        rank: measure.rank,
        flags: measure.flags.iter().copied().collect(),
    }
}
