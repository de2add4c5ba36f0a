//! What the server keeps outside the records although nothing known here speaks against it: shown in its place, and settled by
//! a person who writes it anew under their own name or lets it go.

use std::collections::BTreeMap;

use domain::kinds::{self, Fact};
use domain::op::Op;
use domain::record::{Kind, Type, Verb};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::answer::{shorten, shortened};
use crate::records::{Kept, Names, shown, shown_state};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::context;
use crate::sync::{rejoin, report};

/// A change of somebody's chart that is disputed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct DisputedRow {
    /// Its place in the local log, by which it is settled; of what is stranded its place among that, below zero.
    pub id: i64,
    /// The kind of record.
    pub kind: String,
    /// The record as it would stand; none of a kind that does not stand on the timeline.
    pub fact: Option<Fact>,
    /// What the record would say, a value each.
    pub said: Vec<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, with offset.
    pub at: String,
    /// The code of the server's reason.
    pub fault: String,
    /// What that names: a field, or why the author may not.
    pub field: Option<String>,
}

/// A disputed or stranded transaction that somebody writes anew.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteAnew {
    /// Its place, as it was told.
    pub id: i64,
}

/// What is disputed of `patient` and nobody has settled here.
pub(crate) fn disputed_rows(seat: &Seat, patient: RecordId) -> Result<Vec<DisputedRow>, Refusal> {
    let aside = report::aside(seat.act)?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    let stranded = seat.act.stranded_changes(patient)?;
    for change in seat.act.disputed(patient)?.into_iter().chain(stranded) {
        if change.tx > 0 && aside.contains(&change.tx.unsigned_abs()) {
            continue;
        }
        let mut state = shown_state(&change.state);
        shorten(&mut state);
        let kind = kinds::kind(&change.kind);
        // The id of another record says nothing to anybody.
        let is_record = |path: &str| {
            kind.and_then(|kind| kind.field(path)).is_some_and(|(_, holds)| holds == Type::Record)
        };
        let told = state.fields.iter().filter(|(path, _)| !is_record(path));
        let values = told.map(|(_, settled)| shortened(shown(&settled.value)));
        let (fault, field) = report::fault(&change.fault);
        rows.push(DisputedRow {
            id: change.tx,
            fact: Fact::of(&change.kind, &state),
            said: values.filter(|said| !said.is_empty()).collect(),
            author: names.of(seat, Some(change.author))?,
            at: change.wall,
            kind: change.kind,
            fault,
            field,
        });
    }
    Ok(rows)
}

/// Writes a disputed transaction anew, once, under the name of whoever asks: the rules judge it as theirs.
pub(crate) fn write_anew(seat: &mut Seat, input: WriteAnew) -> Result<Kept, Refusal> {
    if input.id < 0 {
        return stranded_anew(seat, input.id);
    }
    if report::aside(seat.act)?.contains(&input.id.unsigned_abs()) {
        return Err(Refusal::new(Code::NotFound));
    }
    let ops = seat.act.disputed_ops(input.id)?;
    let first = ops.first().ok_or_else(|| Refusal::new(Code::NotFound))?;
    let mut made = BTreeMap::new();
    let drafts = ops.iter().map(|op| draft(seat, &mut made, op)).collect::<Result<Vec<_>, _>>()?;
    let id = drafts.first().map_or(first.header.record, |draft| draft.record);
    seat.about(Some(id), drafts.first().and_then(|draft| draft.patient));
    let written = seat.write(drafts)?;
    report::put_aside(seat.act, input.id)?;
    Ok(Kept { id, version: written.version, conflict: written.conflict })
}

/// Writes again what is stranded, under the name of whoever asks: the records keep their names, since nobody else has them.
/// Its author may do so also once somebody has let it go.
fn stranded_anew(seat: &mut Seat, id: i64) -> Result<Kept, Refusal> {
    // The server may have it after all.
    if rejoin::is_reading(seat.act)? {
        return Err(Refusal::new(Code::StoreBehind));
    }
    seat.act.settle_repeated()?;
    let not_found = || Refusal::new(Code::NotFound);
    let stranded = report::stranded_at(seat.act, id)?;
    let author = stranded.transaction.author == seat.sitting.user;
    if stranded.let_go && !author {
        return Err(not_found());
    }
    let theirs = author && stranded.is_of(seat.sitting.key.public());
    let mut patches = Vec::new();
    for op in &stranded.ops {
        let kind = kinds::kind(&op.header.kind).ok_or_else(not_found)?;
        if !theirs && ![Verb::Create, Verb::Patch, Verb::Void].contains(&op.header.verb) {
            return Err(Refusal::new(Code::OnlyItsAuthor));
        }
        let own = || op.body.as_ref().map(|body| body.patch.clone()).unwrap_or_default();
        patches.push(if theirs { own() } else { patch(seat, &BTreeMap::new(), kind, op) });
    }
    let first = stranded.ops.first().map(|op| &op.header).ok_or_else(not_found)?;
    seat.about(Some(first.record), first.patient);
    let context = context(seat.place, seat.sitting, &seat.moment, seat.world.version);
    let written = seat.act.repeat(&context, &mut *seat.world.entropy, &stranded, patches)?;
    // What it rests on waits itself.
    let written = written.ok_or_else(|| Refusal::new(Code::Rules).with("fault", "unknown_base"))?;
    Ok(Kept { id: first.record, version: written.version, conflict: written.conflict })
}

/// The step of `op`, taken by whoever sits here on what stands now.
fn draft(seat: &mut Seat, made: &mut BTreeMap<RecordId, RecordId>, op: &Op) -> Result<Draft, Refusal> {
    let kind = kinds::kind(&op.header.kind).ok_or_else(|| Refusal::new(Code::NotFound))?;
    let record = match op.header.verb {
        Verb::Create => {
            let id = seat.new_id();
            made.insert(op.header.record, id);
            id
        }
        Verb::Patch | Verb::Void => now(made, op.header.record),
        // What somebody signs or settles, nobody repeats for them.
        _ => return Err(Refusal::new(Code::OnlyItsAuthor)),
    };
    Ok(Draft {
        kind,
        record,
        patient: op.header.patient.map(|patient| now(made, patient)),
        verb: op.header.verb,
        patch: patch(seat, made, kind, op),
        reason: op.body.as_ref().and_then(|body| body.reason.clone()),
        seen: None,
        keeps: None,
    })
}

/// The record that is written in the stead of `id`.
fn now(made: &BTreeMap<RecordId, RecordId>, id: RecordId) -> RecordId {
    made.get(&id).copied().unwrap_or(id)
}

/// The values of `op` in the name of whoever sits here. What names a record that is written anew names the new one.
fn patch(seat: &Seat, made: &BTreeMap<RecordId, RecordId>, kind: &Kind, op: &Op) -> BTreeMap<String, Value> {
    let mut patch: BTreeMap<String, Value> =
        op.sets().map(|(path, value)| (path.to_owned(), value.clone())).collect();
    for value in patch.values_mut() {
        let old = value.as_text().and_then(|text| text.parse::<RecordId>().ok());
        if let Some(new) = old.and_then(|id| made.get(&id)) {
            *value = Value::text(new.to_string());
        }
    }
    if let Some(author) = kind.roles.author.filter(|author| patch.contains_key(*author)) {
        patch.insert(author.to_owned(), Value::text(seat.sitting.user.to_string()));
    }
    // It is their own word now, and no longer that of another system.
    if let Some(source) = kind.roles.source {
        patch.remove(source);
        patch.remove("original");
    }
    patch
}
