//! The audit trail for people: who looked, what was done, and whether the trail is whole.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::patients::Patient;
use domain::record::Record;
use domain::{PartialDate, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{AuditRow, AuditSearch};
use ts_rs::TS;

use crate::answer::fitting;
use crate::cells;
use crate::certificates::keep_copy;
use crate::command::Nothing;
use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// One entry.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TrailRow {
    /// Its place.
    pub seq: i64,
    /// When, with offset.
    pub wall: String,
    /// Who.
    pub user: Option<String>,
    /// Their role then.
    pub role: Option<String>,
    /// What: a command's name.
    pub action: String,
    /// The record.
    pub object: Option<RecordId>,
    /// About whom.
    pub patient: Option<RecordId>,
    /// Their name as it is now, where it is asked for with the trail.
    pub name: Option<String>,
    /// `done` or a refusal's code.
    pub outcome: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// How often, where one entry stands for several refused tries.
    pub times: Option<u64>,
}

/// A page of the trail.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditTrail {
    /// One patient's, or everybody's.
    pub patient: Option<RecordId>,
    /// One person's work, or everybody's.
    pub user: Option<RecordId>,
    /// One sort of act by its command's name, or every one.
    #[serde(default)]
    #[ts(optional)]
    pub action: Option<String>,
    /// Only what was refused.
    #[serde(default)]
    #[ts(optional)]
    pub refused: Option<bool>,
    /// From this day on.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<PartialDate>,
    /// To this day.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<PartialDate>,
    /// Entries before this place.
    pub before: Option<i64>,
}

/// The entries to keep in a file outside of the records.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportTrail {
    /// Which.
    pub search: AuditTrail,
    /// Why they leave the records.
    pub reason: String,
    /// The id of the place that the person chose.
    pub place: String,
}

/// A trail that was kept outside of the records.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TrailExported {
    /// The name that the person gave the file.
    pub name: String,
    /// How many entries are in it.
    pub entries: u32,
}

/// Entries of the trail, latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Trail {
    /// The entries.
    pub rows: Vec<TrailRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
}

/// What a check of the trail found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Verified {
    /// Whether every entry is as it was written.
    pub whole: bool,
    /// Entries checked.
    pub entries: u64,
    /// Signed heads checked.
    pub heads: u64,
    /// The first thing that is wrong.
    pub fault: Option<String>,
}

const PAGE: usize = 100;
/// More entries than this are exported in parts, by date.
const MOST_EXPORTED: usize = 100_000;

/// A page of the trail.
pub(crate) fn audit_trail(seat: &mut Seat, input: AuditTrail) -> Result<Trail, Refusal> {
    seat.about(None, input.patient);
    let rows = found(seat, &input, PAGE)?;
    let full = rows.len() == PAGE;
    let (rows, more) = fitting(rows);
    let next = rows.last().filter(|_| full || more).map(|row| row.seq);
    Ok(Trail { rows, next })
}

/// Keeps entries of the trail as a file (CSV, RFC 4180, UTF-8) where the person chose.
pub(crate) fn export_trail(seat: &mut Seat, input: ExportTrail) -> Result<TrailExported, Refusal> {
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Refusal::missing("reason"));
    }
    seat.about(None, input.search.patient);
    seat.reason = Some(reason.to_owned());
    let rows = found(seat, &input.search, MOST_EXPORTED + 1)?;
    if rows.len() > MOST_EXPORTED {
        return Err(Refusal::new(Code::TooLarge));
    }
    let entries = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    seat.detail = Some(Value::Map([("entries".to_owned(), Value::Int(i64::from(entries)))].into()));
    let name = keep_copy(seat, &input.place, csv(&rows).as_bytes())?.name;
    Ok(TrailExported { name, entries })
}

/// The entries that are asked for, with the names of whom they are about.
fn found(seat: &Seat, input: &AuditTrail, most: usize) -> Result<Vec<TrailRow>, Refusal> {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let from = day(input.from.map(|from| from.earliest()));
    let until = day(input.until.map(|until| until.latest()));
    let search = AuditSearch {
        patient: input.patient,
        user: input.user,
        action: input.action.as_deref(),
        refused: input.refused == Some(true),
        from: from.as_deref(),
        until: until.as_deref(),
        before: input.before,
    };
    let (mut names, mut patients) = (Names::default(), BTreeMap::new());
    let mut rows = Vec::new();
    for row in seat.act.audit_rows(&search, most)? {
        let row = told(seat, &mut names, row)?;
        let name = match row.patient {
            Some(patient) => match patients.entry(patient) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(patient_name(seat, patient)?),
            }
            .clone(),
            None => None,
        };
        rows.push(TrailRow { name, ..row });
    }
    Ok(rows)
}

/// A patient's name, family name first; of a withdrawn registration too.
fn patient_name(seat: &Seat, patient: RecordId) -> Result<Option<String>, Refusal> {
    let record = seat.act.record(patient)?.filter(|record| record.kind == Patient::KIND.name);
    Ok(record.and_then(|record| {
        let Patient { family, given, .. } = record.state.record();
        let name = [family, given].into_iter().flatten().collect::<Vec<_>>().join(", ");
        (!name.is_empty()).then_some(name)
    }))
}

/// The rows as a table of a spreadsheet. A cell that would be taken for a formula is marked as text.
fn csv(rows: &[TrailRow]) -> String {
    let mut text = format!("{}entry,when,who,role,what,about,record,outcome,reason\r\n", cells::BEGIN);
    for row in rows {
        let id = |id: Option<RecordId>| id.map(|id| id.to_string()).unwrap_or_default();
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            row.seq.to_string(),
            row.wall.clone(),
            said(&row.user),
            said(&row.role),
            row.action.clone(),
            row.name.clone().unwrap_or_else(|| id(row.patient)),
            id(row.object),
            row.outcome.clone(),
            said(&row.reason),
        ];
        text.push_str(&cells::line(cells));
    }
    text
}

/// Checks the trail entry by entry.
pub(crate) fn verify_audit(seat: &mut Seat, _: Nothing) -> Result<Verified, Refusal> {
    let outside = seat.act.marked_trail(seat.place.key.public());
    Ok(match seat.act.verify_audit(seat.place.key.public(), outside)? {
        Ok((entries, heads)) => Verified { whole: true, entries, heads, fault: None },
        Err(fault) => Verified { whole: false, entries: 0, heads: 0, fault: Some(fault.to_string()) },
    })
}

/// An entry with the name of its person as it is now.
pub(crate) fn told(seat: &Seat, names: &mut Names, row: AuditRow) -> Result<TrailRow, Refusal> {
    Ok(TrailRow {
        seq: row.seq,
        wall: row.wall,
        user: names.of(seat, row.user)?,
        role: row.role,
        action: row.action,
        object: row.object,
        patient: row.patient,
        name: None,
        outcome: row.outcome,
        reason: row.reason,
        times: row.times,
    })
}
