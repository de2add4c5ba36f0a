//! The sets by which a note's examination begins: those that every clinic has, and the versions of the clinic's own.

use std::collections::BTreeMap;

use domain::record::{Entries, Record, Verb};
use domain::visits::{
    LONGEST_NORMAL, LONGEST_SET_NAME, LONGEST_SET_TEXT, NoteSet, NoteSetStatus, NoteSetText, OLDEST,
    SHIPPED_SETS, SetSystem, SetVersion, SetVersions, ShippedSet, VisitType, is_system, shipped_set,
};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, within};
use crate::records::{Kept, Names, VoidClaim, require, void};
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

/// A version of a set of the clinic's own.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfNoteSet {
    /// The version.
    pub id: RecordId,
}

/// A set of systems: one that every clinic has, or a version of one of the clinic's own.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoteSetRow {
    /// The version's record; none of one that every clinic has.
    pub id: Option<RecordId>,
    /// The version of that record, to send back with a change; none of one that every clinic has.
    pub version: Option<i64>,
    /// Its word, which the note keeps; of a clinic's own its name.
    pub set: String,
    /// Whether notes begin with it.
    pub begins: bool,
    /// How far it is; none of one that every clinic has.
    pub status: Option<NoteSetStatus>,
    /// The how-manieth version of its set it is, from 1; none of one that every clinic has.
    pub number: Option<u32>,
    /// The version in whose stead it stands, or is to.
    pub follows: Option<RecordId>,
    /// Whether it was published by somebody who did not know of the one that holds: one of them has to be ended.
    pub apart: bool,
    /// When it was published, at the place where it was.
    pub published_at: Option<String>,
    /// Who published it, with the title.
    pub published_by: Option<String>,
    /// The kinds of visit that begin with it.
    pub kinds: Vec<VisitType>,
    /// From which age on they do, in whole years.
    pub from_age: Option<i64>,
    /// Up to which age, that year too.
    pub until_age: Option<i64>,
    /// The systems, in order.
    pub systems: Vec<NoteSystem>,
    /// With which words the history begins, with stops in braces; empty where with none.
    pub history: String,
    /// Likewise the treatment.
    pub treatment: String,
    /// Likewise the plan.
    pub plan: String,
}

/// A page of the sets of systems; the first of all is the one for everything else, and the clinic's own come before the
/// others that every clinic has: of each the version that holds, those published apart from it, and its drafts.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoteSets {
    /// The sets.
    pub rows: Vec<NoteSetRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<u32>,
}

/// A version of a set as it was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNoteSet {
    /// The draft, where there is one already.
    pub id: Option<RecordId>,
    /// The version of its record that was seen.
    pub version: Option<i64>,
    /// The published version that a new draft changes; none where it begins a set.
    pub follows: Option<RecordId>,
    /// What it says: all of it.
    pub details: NoteSetText,
}

/// The clinic's own versions, and how they stand to each other.
struct Own {
    records: Vec<store::Record>,
    versions: SetVersions,
    standing: BTreeMap<RecordId, Vec<RecordId>>,
}

impl Own {
    fn of(seat: &Seat) -> Result<Self, Refusal> {
        let records = seat.act.records(NoteSet::KIND.name, None)?;
        let mut versions = SetVersions::default();
        for record in &records {
            let signature = record.state.signed.map(|op| seat.act.said(op)).transpose()?.flatten();
            let published = signature.map(|said| said.op.order());
            versions.0.insert(record.id, SetVersion::of(&record.state, published));
        }
        let standing = versions.standing();
        Ok(Self { records, versions, standing })
    }

    /// The versions of the set of `version` that stand.
    fn beside(&self, version: RecordId) -> &[RecordId] {
        self.standing.get(&self.versions.first(version)).map_or(&[], Vec::as_slice)
    }

    fn row(&self, seat: &Seat, names: &mut Names, record: &store::Record) -> Result<NoteSetRow, Refusal> {
        let set: NoteSet = record.state.record();
        let beside = self.beside(record.id);
        let signature = record.state.signed.map(|op| seat.act.said(op)).transpose()?.flatten();
        Ok(NoteSetRow {
            id: Some(record.id),
            version: Some(record.version),
            begins: beside.first() == Some(&record.id),
            apart: beside.iter().skip(1).any(|id| *id == record.id),
            status: Some(status_of(&set)),
            number: u32::try_from(self.versions.number(record.id)).ok(),
            follows: set.follows,
            published_by: names.of(seat, signature.as_ref().map(|said| said.author))?,
            published_at: signature.map(|said| said.wall),
            kinds: set.kind.into_iter().collect(),
            from_age: set.from_age,
            until_age: set.until_age,
            systems: set.ordered().iter().map(system).collect(),
            set: set.name.unwrap_or_default(),
            history: set.history.unwrap_or_default(),
            treatment: set.treatment.unwrap_or_default(),
            plan: set.plan.unwrap_or_default(),
        })
    }
}

fn system((system, normal): &(&str, &str)) -> NoteSystem {
    NoteSystem { system: (*system).into(), normal: (*normal).into() }
}

fn shipped(set: &ShippedSet) -> NoteSetRow {
    NoteSetRow {
        set: set.key.to_owned(),
        begins: true,
        kinds: set.kinds.to_vec(),
        systems: set.systems.iter().map(system).collect(),
        ..NoteSetRow::default()
    }
}

/// A page of the sets of systems by which a note's examination begins.
pub(crate) fn note_sets(seat: &mut Seat, input: ListNoteSets) -> Result<NoteSets, Refusal> {
    let own = Own::of(seat)?;
    let mut names = Names::default();
    let mut written = Vec::new();
    for record in &own.records {
        let row = own.row(seat, &mut names, record)?;
        if row.begins || row.apart || row.status == Some(NoteSetStatus::Draft) {
            written.push(row);
        }
    }
    written.sort_by(|one, other| {
        (&one.set, !one.begins, one.number, one.id).cmp(&(&other.set, !other.begins, other.number, other.id))
    });
    let mut rows: Vec<NoteSetRow> = SHIPPED_SETS.iter().map(shipped).collect();
    rows.splice(1..1, written);
    let begin = input.before.unwrap_or_default();
    let rest = rows.split_off(rows.len().min(begin as usize));
    let (rows, more) = within(rest, ANSWER_BYTES);
    let next = u32::try_from(rows.len()).unwrap_or_default().saturating_add(begin);
    Ok(NoteSets { rows, next: Some(next).filter(|_| more > 0) })
}

/// A version of a set of the clinic's own, also one that another has followed or that was ended: what a note was examined by.
pub(crate) fn note_set(seat: &mut Seat, input: OfNoteSet) -> Result<NoteSetRow, Refusal> {
    let record = seat.read::<NoteSet>(input.id)?;
    Own::of(seat)?.row(seat, &mut Names::default(), &record)
}

/// The word and the systems of the set by which a note was examined: of the clinic's own by its version, of the others by
/// its word, as notes that were begun before there were versions name the clinic's own too. Of one that is not known here
/// the word stands as it was told.
pub(super) fn set_of(
    seat: &Seat,
    set: Option<String>,
    version: Option<RecordId>,
) -> Result<(Option<String>, Vec<String>), Refusal> {
    let Some(version) = version else {
        let Some(word) = set else { return Ok((None, Vec::new())) };
        let systems = match shipped_set(&word) {
            Some(shipped) => shipped.systems.iter().map(|(system, _)| (*system).to_owned()).collect(),
            None => unpublished(seat, &word)?,
        };
        return Ok((Some(word), systems));
    };
    let record = match seat.read::<NoteSet>(version) {
        Ok(record) => record,
        // It did not come here yet: what is told of its systems is kept.
        Err(refusal) if refusal.code == Code::NotFound => return Ok((set, Vec::new())),
        Err(refusal) => return Err(refusal),
    };
    if record.state.signed.is_none() {
        return Err(Refusal::invalid("set_version"));
    }
    let own: NoteSet = record.state.record();
    let systems = words(&own);
    Ok((own.name, systems))
}

/// The systems of the clinic's own set of this name that nobody has published yet; none where there is none.
fn unpublished(seat: &Seat, name: &str) -> Result<Vec<String>, Refusal> {
    let records = seat.act.records(NoteSet::KIND.name, None)?.into_iter();
    let mut sets = records.filter(|record| record.state.signed.is_none()).map(|record| record.state.record());
    let set = sets.find(|set: &NoteSet| set.follows.is_none() && set.name.as_deref() == Some(name));
    Ok(set.as_ref().map(words).unwrap_or_default())
}

fn words(set: &NoteSet) -> Vec<String> {
    set.ordered().into_iter().map(|(system, _)| system.to_owned()).collect()
}

/// How far a version is: what was written before sets were published is a draft.
fn status_of(set: &NoteSet) -> NoteSetStatus {
    set.status.unwrap_or(NoteSetStatus::Draft)
}

/// Keeps a version of a set of the clinic's own as a draft.
pub(crate) fn write_note_set(seat: &mut Seat, input: WriteNoteSet) -> Result<Kept, Refusal> {
    write(seat, input, false)
}

/// Publishes a version of a set of the clinic's own: notes begin with it, and it is frozen.
pub(crate) fn publish_note_set(seat: &mut Seat, input: WriteNoteSet) -> Result<Kept, Refusal> {
    write(seat, input, true)
}

fn write(seat: &mut Seat, input: WriteNoteSet, publish: bool) -> Result<Kept, Refusal> {
    let WriteNoteSet { id, version, follows, details } = input;
    let own = Own::of(seat)?;
    let stands = id.map(|id| seat.read::<NoteSet>(id)).transpose()?;
    if stands.as_ref().is_some_and(|record| record.state.signed.is_some()) {
        return Err(Refusal::new(Code::Frozen));
    }
    let follows = match &stands {
        Some(record) => record.state.record::<NoteSet>().follows,
        None => follows,
    };
    // Only of one that holds, and that alone, another version can be made: nobody's is passed over.
    if (publish || stands.is_none())
        && follows.is_some_and(|before| own.beside(before).first() != Some(&before))
    {
        return Err(Refusal::new(Code::Stale));
    }
    if publish && follows.is_some_and(|before| own.beside(before).len() > 1) {
        return Err(Refusal::invalid("name").with("why", "apart"));
    }
    let set = checked(&own, id.or(follows), follows, details)?;
    let mut drafts = Vec::new();
    let (id, seen) = match stands {
        None => {
            let id = seat.new_id();
            drafts.push(Draft::make(Verb::Create, id, None, &set));
            (id, None)
        }
        Some(record) => {
            let seen = version.ok_or_else(|| Refusal::missing("version"))?;
            let said = seat.act.record_at(NoteSet::KIND.name, record.id, seen)?;
            let mut patch = cleared(&said.record());
            patch.extend(said_of(NoteSet::KIND, &set));
            patch.retain(|path, value| said.value(path) != value);
            if !patch.is_empty() {
                drafts.push(Draft::patch::<NoteSet>(record.id, None, patch, Some(seen)));
            }
            (record.id, Some(seen))
        }
    };
    seat.about(Some(id), None);
    if publish {
        let sign = Draft::patch::<NoteSet>(id, None, status(NoteSetStatus::Published), seen);
        drafts.push(Draft { verb: Verb::Sign, ..sign });
    }
    match (drafts.is_empty(), seen) {
        // Saved again as it stands.
        (true, Some(version)) => Ok(Kept { id, version, conflict: false }),
        _ => Ok(Kept::of(id, seat.write(drafts)?)),
    }
}

/// What was written, where it can be a version of a set: `itself` or what it follows may have its name already.
fn checked(
    own: &Own,
    itself: Option<RecordId>,
    follows: Option<RecordId>,
    details: NoteSetText,
) -> Result<NoteSet, Refusal> {
    let trimmed = |text: Option<Option<String>>| {
        text.flatten().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let mut set = NoteSet {
        follows,
        status: Some(NoteSetStatus::Draft),
        status_reason: None,
        name: trimmed(details.name),
        kind: details.kind.flatten(),
        from_age: details.from_age.flatten(),
        until_age: details.until_age.flatten(),
        systems: details.systems.flatten(),
        history: trimmed(details.history),
        treatment: trimmed(details.treatment),
        plan: trimmed(details.plan),
    };
    require(&set.name, "name")?;
    let name = set.name.clone().unwrap_or_default();
    if name.chars().count() > LONGEST_SET_NAME {
        return Err(Refusal::invalid("name"));
    }
    // Two of one name, and nobody knows by which a note was written.
    let first = |id| own.versions.first(id);
    let is_used = |record: &store::Record| {
        let is_other = itself.map(first) != Some(first(record.id));
        let set: NoteSet = record.state.record();
        let is_there = own.beside(record.id).contains(&record.id) || status_of(&set) == NoteSetStatus::Draft;
        is_other && is_there && set.name.is_some_and(|other| other.eq_ignore_ascii_case(&name))
    };
    if shipped_set(&name).is_some() || own.records.iter().any(is_used) {
        return Err(Refusal::invalid("name").with("why", "used"));
    }
    for (field, age) in [("from_age", set.from_age), ("until_age", set.until_age)] {
        if age.is_some_and(|age| !(0..=OLDEST).contains(&age)) {
            return Err(Refusal::invalid(field));
        }
    }
    if set.from_age.zip(set.until_age).is_some_and(|(from, until)| from > until) {
        return Err(Refusal::invalid("until_age"));
    }
    for (field, text) in [("history", &set.history), ("treatment", &set.treatment), ("plan", &set.plan)] {
        if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST_SET_TEXT) {
            return Err(Refusal::invalid(field));
        }
    }
    check_systems(set.systems.get_or_insert_default())?;
    Ok(set)
}

fn check_systems(systems: &mut Entries<SetSystem>) -> Result<(), Refusal> {
    for (system, of) in &mut systems.0 {
        of.normal =
            of.normal.take().map(|normal| normal.trim().to_owned()).filter(|normal| !normal.is_empty());
        let is_long = of.normal.as_ref().is_some_and(|normal| normal.chars().count() > LONGEST_NORMAL);
        if !is_system(system) || of.place.is_none() || is_long {
            return Err(Refusal::invalid("systems"));
        }
    }
    if systems.0.is_empty() { Err(Refusal::missing("systems")) } else { Ok(()) }
}

/// Takes all out that a draft says: what it goes on to say is said anew.
fn cleared(stands: &NoteSet) -> BTreeMap<String, Value> {
    let mut said = said_of(NoteSet::KIND, stands);
    said.retain(|path, _| !["follows", "status"].contains(&path.as_str()));
    said.into_keys().map(|path| (path, Value::Null)).collect()
}

fn status(to: NoteSetStatus) -> BTreeMap<String, Value> {
    BTreeMap::from([("status".to_owned(), Value::text(to.word()))])
}

/// Takes a draft away, or ends a published version: no note begins with it any more, and what was written by it stays.
pub(crate) fn void_note_set(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let record = seat.read::<NoteSet>(input.id)?;
    if record.state.signed.is_none() {
        return void::<NoteSet>(seat, input);
    }
    let VoidClaim { id, version, reason } = input;
    require(&Some(reason.clone()), "reason")?;
    if record.state.record::<NoteSet>().status != Some(NoteSetStatus::Published) {
        return Err(Refusal::new(Code::IllegalMove).with("field", "status"));
    }
    seat.about(Some(id), None);
    seat.reason = Some(reason.clone());
    let mut patch = status(NoteSetStatus::Retired);
    patch.insert("status_reason".to_owned(), Value::text(reason.trim()));
    Ok(Kept::of(id, seat.write(vec![Draft::patch::<NoteSet>(id, None, patch, Some(version))])?))
}
