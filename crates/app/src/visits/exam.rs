//! The examination of a note: the sets by which it begins, how it is written down, and what was brought in.

use std::collections::BTreeMap;

use domain::fold::fold;
use domain::op::Op;
use domain::record::{Entries, Record, Verb};
use domain::visits::{
    BROUGHT_IN, Brought, LONGEST_NORMAL, LONGEST_SET_NAME, Note, NoteSet, NoteSetText, NoteText,
    SHIPPED_SETS, VisitType, is_system, shipped_set, written,
};
use domain::{PartialDate, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, within};
use crate::records::{Kept, VoidClaim, require, void};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A system of a set.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoteSystem {
    /// Its word.
    pub system: String,
    /// The sentence where nothing was found; empty where somebody has to say what was seen.
    pub normal: String,
}

/// A page of the sets.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListNoteSets {
    /// The end of the page before.
    pub before: Option<u32>,
}

/// A set of systems.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoteSetRow {
    /// The record; none of one that every clinic has.
    pub id: Option<RecordId>,
    /// The version to send back with a change; none of one that every clinic has.
    pub version: Option<i64>,
    /// Its word, which the note keeps; of a clinic's own its name.
    pub set: String,
    /// The kinds of visit that begin with it.
    pub kinds: Vec<VisitType>,
    /// The systems, in order.
    pub systems: Vec<NoteSystem>,
}

/// A page of the sets of systems; the first of all is the one for everything else, and the clinic's own come before the
/// others that every clinic has.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoteSets {
    /// The sets.
    pub rows: Vec<NoteSetRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<u32>,
}

/// A set as it was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNoteSet {
    /// The set, where there is one already.
    pub id: Option<RecordId>,
    /// The version of it that was seen.
    pub version: Option<i64>,
    /// What it says: all of it.
    pub details: NoteSetText,
}

/// A page of the sets of systems by which a note's examination begins.
pub(crate) fn note_sets(seat: &mut Seat, input: ListNoteSets) -> Result<NoteSets, Refusal> {
    let system =
        |(system, normal): &(&str, &str)| NoteSystem { system: (*system).into(), normal: (*normal).into() };
    let shipped = SHIPPED_SETS.iter().map(|set| NoteSetRow {
        id: None,
        version: None,
        set: set.key.to_owned(),
        kinds: set.kinds.to_vec(),
        systems: set.systems.iter().map(system).collect(),
    });
    let mut own: Vec<NoteSetRow> = own(seat)?
        .into_iter()
        .map(|(record, set)| NoteSetRow {
            id: Some(record.id),
            version: Some(record.version),
            kinds: set.kind.into_iter().collect(),
            systems: set.ordered().iter().map(system).collect(),
            set: set.name.unwrap_or_default(),
        })
        .collect();
    own.sort_by(|one, other| (&one.set, one.id).cmp(&(&other.set, other.id)));
    let mut rows: Vec<NoteSetRow> = shipped.collect();
    rows.splice(1..1, own);
    let begin = input.before.unwrap_or_default();
    let rest = rows.split_off(rows.len().min(begin as usize));
    let (rows, more) = within(rest, ANSWER_BYTES);
    let next = u32::try_from(rows.len()).unwrap_or_default().saturating_add(begin);
    Ok(NoteSets { rows, next: Some(next).filter(|_| more > 0) })
}

/// The clinic's own sets.
fn own(seat: &Seat) -> Result<Vec<(store::Record, NoteSet)>, Refusal> {
    let records = seat.act.records(NoteSet::KIND.name, None)?.into_iter();
    let sets = records.map(|record| {
        let set = record.state.record();
        (record, set)
    });
    Ok(sets.collect())
}

/// The systems of the set that a note names; none where it was never known here. A set that has another name meanwhile, or
/// was withdrawn, is taken as it was while it had this one: a note that was begun by it keeps its systems.
fn systems_of(seat: &Seat, set: &str) -> Result<Vec<String>, Refusal> {
    if let Some(shipped) = shipped_set(set) {
        return Ok(shipped.systems.iter().map(|(system, _)| (*system).to_owned()).collect());
    }
    let is_it = |own: &NoteSet| own.name.as_deref() == Some(set);
    let systems = |own: &NoteSet| own.ordered().into_iter().map(|(system, _)| system.to_owned()).collect();
    let own = own(seat)?;
    if let Some((_, own)) = own.iter().find(|(_, own)| is_it(own)) {
        return Ok(systems(own));
    }
    for record in own.into_iter().map(|(record, _)| record).chain(seat.act.voided(NoteSet::KIND.name)?) {
        let ops: Vec<Op> = seat.act.steps(record.id)?.into_iter().map(|said| said.op).collect();
        let stood = (1..=ops.len()).rev().map(|end| fold(NoteSet::KIND, record.id, &ops[..end]).record());
        if let Some(own) = stood.into_iter().find(is_it) {
            return Ok(systems(&own));
        }
    }
    Ok(Vec::new())
}

/// Writes a set of the clinic's own, new or changed.
pub(crate) fn write_note_set(seat: &mut Seat, input: WriteNoteSet) -> Result<Kept, Refusal> {
    let WriteNoteSet { id, version, details } = input;
    let mut set = NoteSet {
        name: details.name.flatten().map(|name| name.trim().to_owned()),
        kind: details.kind.flatten(),
        systems: details.systems.flatten(),
    };
    require(&set.name, "name")?;
    let name = set.name.clone().unwrap_or_default();
    if name.chars().count() > LONGEST_SET_NAME {
        return Err(Refusal::invalid("name"));
    }
    // Two of one name, and nobody knows by which a note was written.
    let is_used = |(record, own): &(store::Record, NoteSet)| {
        Some(record.id) != id && own.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(&name))
    };
    if shipped_set(&name).is_some() || own(seat)?.iter().any(is_used) {
        return Err(Refusal::invalid("name").with("why", "used"));
    }
    let systems = set.systems.get_or_insert_default();
    for (system, of) in &mut systems.0 {
        of.normal =
            of.normal.take().map(|normal| normal.trim().to_owned()).filter(|normal| !normal.is_empty());
        let is_long = of.normal.as_ref().is_some_and(|normal| normal.chars().count() > LONGEST_NORMAL);
        if !is_system(system) || of.place.is_none() || is_long {
            return Err(Refusal::invalid("systems"));
        }
    }
    if systems.0.is_empty() {
        return Err(Refusal::missing("systems"));
    }
    let (id, draft) = match id {
        None => {
            let id = seat.new_id();
            (id, Draft::make(Verb::Create, id, None, &set))
        }
        Some(id) => {
            seat.read::<NoteSet>(id)?;
            let seen = version.ok_or_else(|| Refusal::missing("version"))?;
            let said = seat.act.record_at(NoteSet::KIND.name, id, seen)?;
            let mut patch = cleared(&said.record());
            patch.extend(said_of(NoteSet::KIND, &set));
            patch.retain(|path, value| said.value(path) != value);
            if patch.is_empty() {
                return Ok(Kept { id, version: seen, conflict: false });
            }
            (id, Draft::patch::<NoteSet>(id, None, patch, Some(seen)))
        }
    };
    seat.about(Some(id), None);
    Ok(Kept::of(id, seat.write(vec![draft])?))
}

/// Takes all out that a set says: what it goes on to say is said anew.
fn cleared(stands: &NoteSet) -> BTreeMap<String, Value> {
    said_of(NoteSet::KIND, stands).into_keys().map(|path| (path, Value::Null)).collect()
}

/// Takes a set of the clinic's own away; what was written by it stays.
pub(crate) fn void_note_set(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    void::<NoteSet>(seat, input)
}

/// Makes of what was typed what is written down: of an examination what it says, and of texts that were brought in
/// those that stand as they did, with the day of their note.
pub(super) fn settle(
    seat: &Seat,
    patient: RecordId,
    details: &mut NoteText,
    sign: bool,
) -> Result<(), Refusal> {
    let exam = details.exam.take().flatten().unwrap_or_default();
    let set = details.set.take().flatten();
    let systems = set.as_deref().map(|set| systems_of(seat, set)).transpose()?.unwrap_or_default();
    let systems: Vec<&str> = systems.iter().map(String::as_str).collect();
    if let Some(exam) = written(&systems, exam, sign).map_err(|lacking| Refusal::missing(&lacking))? {
        details.exam = Some(Some(exam));
        details.set = Some(set);
    }
    let brought = details.brought.take().flatten().unwrap_or_default();
    let mut kept = Entries::default();
    for (field, Brought { note, .. }) in brought.0 {
        let text = match field.as_str() {
            "history" => &details.history,
            "treatment" => &details.treatment,
            "plan" => &details.plan,
            "remarks" => &details.remarks,
            _ => &None,
        };
        let note = note.ok_or_else(|| Refusal::missing(&format!("brought/{field}/note")))?;
        let text = text.as_ref().and_then(Option::as_deref);
        let on = stood_on(seat, patient, note, &field, text)?;
        let on = on.ok_or_else(|| Refusal::invalid(&format!("brought/{field}/note")))?;
        kept.0.insert(field, Brought { note: Some(note), on: Some(on) });
    }
    if !kept.0.is_empty() {
        details.brought = Some(Some(kept));
    }
    Ok(())
}

/// The day on which `note`, of this patient, was signed with this very text in `field`; nothing where it was not.
fn stood_on(
    seat: &Seat,
    patient: RecordId,
    note: RecordId,
    field: &str,
    text: Option<&str>,
) -> Result<Option<PartialDate>, Refusal> {
    let record = match seat.read::<Note>(note) {
        Ok(record) => record,
        // It was not brought to this workstation: nobody here can say what stood in it.
        Err(refusal) if refusal.code == Code::NotFound => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let stood = record.state.value(field).as_text();
    let same = text.is_some() && text.map(str::trim) == stood.map(str::trim);
    let known = BROUGHT_IN.contains(&field) && record.patient == Some(patient) && same;
    let signature = record.state.signed.filter(|_| known).map(|op| seat.act.said(op)).transpose()?.flatten();
    Ok(signature.and_then(|said| said.wall.get(..10)?.parse().ok()))
}
