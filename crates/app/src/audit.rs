//! The audit trail for people: who looked, what was done, and whether the trail is whole.

use domain::RecordId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::AuditRow;
use ts_rs::TS;

use crate::command::Nothing;
use crate::records::{Names, OfPatient};
use crate::refusal::Refusal;
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
    /// `done` or a refusal's code.
    pub outcome: String,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// Who opened a chart.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Looked {
    /// The entries, latest first.
    pub rows: Vec<TrailRow>,
}

/// A page of the trail.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditTrail {
    /// One patient's, or everybody's.
    pub patient: Option<RecordId>,
    /// One person's work, or everybody's.
    pub user: Option<RecordId>,
    /// Entries before this place.
    pub before: Option<i64>,
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

const PAGE: u32 = 100;
/// The last head that was signed at lock or sign-out, beside the store.
pub(crate) const HEAD_FILE: &str = "audit-head";

/// Who opened a person's chart, and when.
pub(crate) fn who_looked(seat: &mut Seat, input: OfPatient) -> Result<Looked, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let rows = seat.act.audit_rows(Some(input.patient), None, None, PAGE)?;
    Ok(Looked { rows: named(seat, rows)? })
}

/// A page of the trail.
pub(crate) fn audit_trail(seat: &mut Seat, input: AuditTrail) -> Result<Trail, Refusal> {
    seat.about(None, input.patient);
    let rows = seat.act.audit_rows(input.patient, input.user, input.before, PAGE)?;
    let next = rows.last().filter(|_| rows.len() == PAGE as usize).map(|row| row.seq);
    Ok(Trail { rows: named(seat, rows)?, next })
}

/// Checks the trail entry by entry.
pub(crate) fn verify_audit(seat: &mut Seat, _: Nothing) -> Result<Verified, Refusal> {
    let outside = seat.folder.read(HEAD_FILE)?;
    Ok(match seat.act.verify_audit(seat.place.key.public(), outside.as_deref())? {
        Ok((entries, heads)) => Verified { whole: true, entries, heads, fault: None },
        Err(fault) => Verified { whole: false, entries: 0, heads: 0, fault: Some(fault.to_string()) },
    })
}

fn named(seat: &Seat, rows: Vec<AuditRow>) -> Result<Vec<TrailRow>, Refusal> {
    let mut names = Names::default();
    rows.into_iter()
        .map(|row| {
            Ok(TrailRow {
                seq: row.seq,
                wall: row.wall,
                user: names.of(seat, row.user)?,
                role: row.role,
                action: row.action,
                object: row.object,
                patient: row.patient,
                outcome: row.outcome,
                reason: row.reason,
            })
        })
        .collect()
}
