//! What was measured of somebody, number by number.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::RecordId;
use domain::forms::{Filled, spec};
use domain::measure::{Flag, MeasuredSide, written};
use domain::measures::measures_amended;
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{MeasureKey, Measured, MeasuresOf};
use ts_rs::TS;

use crate::addenda::amended;
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
    let all = standing(&corrected(seat, input.patient)?, of, page.rows, (after.as_ref(), page.next.as_ref()));
    let (rows, cut) = fitting(all.iter().map(|measured| row(seat, measured)).collect());
    let last = rows.len().checked_sub(1).and_then(|last| all.get(last)).map(Measured::key);
    let next = if cut { last } else { page.next };
    let next = next.map(|(at, record, entry, code)| MeasureEnd { at, record, entry, code });
    let count = |(code, count)| MeasureCount { code, count };
    let codes = seat.act.measure_counts(input.patient)?.into_iter().map(count).collect();
    Ok(Measures { codes, rows, next })
}

/// The forms of somebody of which addenda say something else, with all that they measure since.
pub(crate) type Corrected = BTreeMap<RecordId, Vec<Measured>>;

/// What addenda made of the measures of somebody: the table has those that were signed.
pub(crate) fn corrected(seat: &Seat, patient: RecordId) -> Result<Corrected, Refusal> {
    let mut corrected = Corrected::new();
    for (record, given) in amended(seat, patient)?.into_iter().filter(|(_, given)| !given.is_empty()) {
        let found = seat.act.record(record)?.filter(|found| found.kind == Filled::KIND.name);
        let Some(state) = found.map(|found| found.state) else { continue };
        let Some(spec) = state.value("form").as_text().and_then(spec) else { continue };
        let measures = measures_amended(&state, spec, &given).into_iter();
        corrected.insert(record, measures.map(|measure| Measured { record, measure }).collect());
    }
    Ok(corrected)
}

/// The `rows` of the table between the keys `after` and `next`, latest first, with what is corrected in its place.
pub(crate) fn standing(
    corrected: &Corrected,
    of: MeasuresOf<'_>,
    mut rows: Vec<Measured>,
    (after, next): (Option<&MeasureKey>, Option<&MeasureKey>),
) -> Vec<Measured> {
    if corrected.is_empty() {
        return rows;
    }
    rows.retain(|row| !corrected.contains_key(&row.record));
    let asked = |row: &&Measured| {
        of.code.is_none_or(|code| row.measure.code == code)
            && of.side.is_none_or(|side| row.measure.side == Some(side))
    };
    let here = |row: &&Measured| {
        let key = row.key();
        after.is_none_or(|after| key < *after) && next.is_none_or(|next| key >= *next)
    };
    rows.extend(corrected.values().flatten().filter(asked).filter(here).cloned());
    rows.sort_by_key(|row| Reverse(row.key()));
    rows
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
