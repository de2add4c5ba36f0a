//! A visit's notes: open until their author signs them, then only added to.

use std::collections::BTreeMap;

use domain::addenda::Addendum;
use domain::codes::key;
use domain::patients::Problem;
use domain::record::{Record, Verb};
use domain::visits::{Note, NoteText, Visit, VisitStatus};
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use super::{exam, of_visit, taken_up, tickets};
use crate::addenda::{AddendumRow, added_to};
use crate::answer::{ROW_BYTES, length, shorten, shortened, within};
use crate::claims::holding;
use crate::records::{Kept, Names, VoidClaim, disputed, require, shown, void};
use crate::refusal::{Code, Refusal};
use crate::scratch;
use crate::seat::Seat;

/// A note as it was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    /// The visit.
    pub visit: RecordId,
    /// The note, where there is one already.
    pub note: Option<RecordId>,
    /// The version of it that was seen.
    pub version: Option<i64>,
    /// All that it says; what is left out it does not say.
    pub details: NoteText,
}

/// An addition to a signed note.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddAddendum {
    /// The note.
    pub note: RecordId,
    /// The addition.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// Which note.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfNote {
    /// The note.
    pub note: RecordId,
}

/// A change of a note that came after its signature.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct LateEdit {
    /// The field, `plan` or `diagnoses/ENTRY/name`.
    pub field: String,
    /// What it was to say; empty where it was cleared.
    pub value: String,
    /// When that was written, at the place where it was.
    pub at: String,
}

/// A note with what was added to it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoteView {
    /// The note.
    pub id: RecordId,
    /// The version to send back when it is written again.
    pub version: i64,
    /// The visit.
    pub visit: RecordId,
    /// Whose.
    pub patient: RecordId,
    /// Who writes it, with the title.
    pub author: Option<String>,
    /// Who writes it.
    pub author_id: Option<RecordId>,
    /// Whether this person writes it.
    pub mine: bool,
    /// When it was signed, at the place where it was; nothing while it is open.
    pub signed_at: Option<String>,
    /// What it says.
    pub details: Note,
    /// What was added, oldest first.
    pub addenda: Vec<AddendumRow>,
    /// What was changed elsewhere and came after the signature, the last of each field: not part of the note,
    /// and its author's to add.
    pub late: Vec<LateEdit>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// Whether long texts were cut here, as of others' notes of a visit; left out where all is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shortened: Option<bool>,
}

/// Keeps a note and leaves it open.
pub(crate) fn save_note(seat: &mut Seat, input: WriteNote) -> Result<Kept, Refusal> {
    write(seat, input, false)
}

/// Keeps a note and signs it.
pub(crate) fn sign_note(seat: &mut Seat, input: WriteNote) -> Result<Kept, Refusal> {
    write(seat, input, true)
}

fn write(seat: &mut Seat, mut input: WriteNote, sign: bool) -> Result<Kept, Refusal> {
    let visit = seat.read::<Visit>(input.visit)?;
    let begun = taken_up(seat, &visit);
    let (version, patient) = (visit.version, visit.patient.ok_or_else(|| Refusal::invalid("visit"))?);
    let author = seat.sitting.user;
    exam::settle(seat, patient, &mut input.details, sign)?;
    let details = with_problems(seat, patient, input.details)?;
    let mut says = said_of(Note::KIND, &details);
    says.retain(|_, value| !value.is_null());
    if says_nothing(&says) {
        return Err(Refusal::missing("concern"));
    }
    let mut drafts = Vec::new();
    let (id, seen) = match input.note {
        Some(id) => {
            let seen = input.version.ok_or_else(|| Refusal::missing("version"))?;
            let patch = changes(seat, id, input.visit, says, seen)?;
            if !patch.is_empty() {
                drafts.push(Draft::patch::<Note>(id, Some(patient), patch, Some(seen)));
            }
            (id, Some(seen))
        }
        None => {
            let open = of_visit::<Note>(seat, patient, input.visit)?;
            if open.iter().any(|note| note.state.signed.is_none() && is_by(note, author)) {
                return Err(Refusal::invalid("note"));
            }
            let id = seat.new_id();
            let made = Note {
                patient: Some(patient),
                visit: Some(input.visit),
                author: Some(author),
                ..Note::default()
            };
            let mut made = Draft::make(Verb::Create, id, Some(patient), &made);
            made.patch.extend(says);
            drafts.push(made);
            (id, None)
        }
    };
    seat.about(Some(id), Some(patient));
    if sign {
        let nothing = Draft::patch::<Note>(id, Some(patient), BTreeMap::new(), seen);
        drafts.push(Draft { verb: Verb::Sign, ..nothing });
    }
    seat.act.forget_scratch(author, patient, &scratch::of_note(input.visit))?;
    match (drafts.is_empty(), seen) {
        // Saved again as it stands.
        (true, Some(version)) => Ok(Kept { id, version, conflict: false }),
        _ => {
            // The note comes last: the version that is answered is its own.
            if !begun.is_empty() {
                let follows = match begun.contains_key("status") {
                    true => tickets::followed(seat, patient, input.visit, VisitStatus::InProgress)?,
                    false => Vec::new(),
                };
                let taken = Draft::patch::<Visit>(input.visit, Some(patient), begun, Some(version));
                drafts.splice(0..0, std::iter::once(taken).chain(follows));
            }
            Ok(Kept::of(id, seat.write(drafts)?))
        }
    }
}

/// The note with each diagnosis tied to the problem of this person that it is: the one that is called the same or has its
/// code, where there is one alone.
fn with_problems(seat: &Seat, patient: RecordId, mut details: NoteText) -> Result<NoteText, Refusal> {
    let Some(Some(diagnoses)) = &mut details.diagnoses else { return Ok(details) };
    let problems = holding::<Problem>(seat, patient)?;
    for diagnosis in diagnoses.0.values_mut() {
        if diagnosis.code.is_none() && (diagnosis.system.is_some() || diagnosis.version.is_some()) {
            return Err(Refusal::invalid("diagnoses"));
        }
        if let Some(problem) = diagnosis.problem {
            let of_them =
                |known: &store::Record| known.kind == Problem::KIND.name && known.patient == Some(patient);
            let known = seat.act.record(problem)?.filter(of_them);
            let known = known.ok_or_else(|| Refusal::invalid("diagnoses"))?;
            // One that was withdrawn since is none.
            if known.state.voided.is_none() {
                continue;
            }
        }
        let called = diagnosis.name.as_deref().map(key).filter(|key| !key.is_empty());
        let same = problems.iter().filter(|(_, problem)| {
            let code = problem.code.as_ref().and_then(|coding| coding.code.as_ref());
            (called.is_some() && problem.name.as_deref().map(key) == called)
                || (code.is_some() && code == diagnosis.code.as_ref())
        });
        let same: Vec<RecordId> = same.map(|(record, _)| record.id).collect();
        diagnosis.problem = if let [one] = same[..] { Some(one) } else { None };
    }
    Ok(details)
}

/// What the author changed of the open note that they saw in version `seen`; what it no longer says is cleared.
fn changes(
    seat: &Seat,
    id: RecordId,
    visit: RecordId,
    mut says: BTreeMap<String, Value>,
    seen: i64,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let record = seat.read::<Note>(id)?;
    if *record.state.value("visit") != Value::text(visit.to_string()) {
        return Err(Refusal::invalid("note"));
    }
    if !is_by(&record, seat.sitting.user) {
        return Err(Refusal::new(Code::NotAuthor));
    }
    if record.state.signed.is_some() {
        return Err(Refusal::new(Code::Frozen));
    }
    let said = seat.act.record_at(Note::KIND.name, id, seen)?;
    let written = said.fields.keys().filter(|path| !["patient", "visit", "author"].contains(&path.as_str()));
    for path in written {
        says.entry(path.clone()).or_insert(Value::Null);
    }
    // Of what two edits disagree about the author now says what holds: once signed nobody could settle it.
    let disputed = disputed(Note::KIND, &said);
    says.retain(|path, value| said.value(path) != value || disputed.contains(path));
    Ok(says)
}

fn is_by(note: &store::Record, author: RecordId) -> bool {
    *note.state.value("author") == Value::text(author.to_string())
}

fn says_nothing(says: &BTreeMap<String, Value>) -> bool {
    says.values().all(|value| value.as_text().is_none_or(|text| text.trim().is_empty()))
}

/// Withdraws an open note.
pub(crate) fn void_note(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    if seat.read::<Note>(input.id)?.state.signed.is_some() {
        return Err(Refusal::new(Code::Frozen));
    }
    void::<Note>(seat, input)
}

/// Adds to a signed note.
pub(crate) fn add_addendum(seat: &mut Seat, input: AddAddendum) -> Result<Kept, Refusal> {
    let note = seat.read::<Note>(input.note)?;
    let patient = note.patient.ok_or_else(|| Refusal::invalid("note"))?;
    let addendum = Addendum {
        patient: Some(patient),
        note: Some(input.note),
        text: Some(input.text),
        reason: Some(input.reason),
        ..Addendum::default()
    };
    require(&addendum.text, "text")?;
    require(&addendum.reason, "reason")?;
    if note.state.signed.is_none() {
        return Err(Refusal::new(Code::IllegalMove).with("field", "note"));
    }
    let id = seat.new_id();
    seat.about(Some(id), Some(patient));
    let written = seat.write(vec![Draft::make(Verb::Append, id, Some(patient), &addendum)])?;
    Ok(Kept::of(id, written))
}

/// A note with its addenda.
pub(crate) fn note(seat: &mut Seat, input: OfNote) -> Result<NoteView, Refusal> {
    let record = seat.read::<Note>(input.note)?;
    seat.about(Some(input.note), record.patient);
    view(seat, &mut Names::default(), &record)
}

/// What is shown of a note among others: of one that is long, and that this person does not go on writing, a part.
pub(super) fn view_in_brief(
    seat: &Seat,
    names: &mut Names,
    record: &store::Record,
) -> Result<NoteView, Refusal> {
    let whole = view(seat, names, record)?;
    if length(&whole) <= ROW_BYTES || (whole.mine && whole.signed_at.is_none()) {
        return Ok(whole);
    }
    let mut record = record.clone();
    shorten(&mut record.state);
    let mut part = view(seat, names, &record)?;
    for addendum in &mut part.addenda {
        addendum.text = shortened(std::mem::take(&mut addendum.text));
        addendum.reason = shortened(std::mem::take(&mut addendum.reason));
    }
    for edit in &mut part.late {
        edit.value = shortened(std::mem::take(&mut edit.value));
    }
    part.addenda = within(part.addenda, ROW_BYTES).0;
    part.late = within(part.late, ROW_BYTES).0;
    Ok(NoteView { shortened: Some(true), ..part })
}

/// What is shown of a note.
pub(super) fn view(seat: &Seat, names: &mut Names, record: &store::Record) -> Result<NoteView, Refusal> {
    let details: Note = record.state.record();
    let (Some(patient), Some(visit)) = (record.patient, details.visit) else {
        return Err(Refusal::new(Code::NotFound));
    };
    let addenda = added_to(seat, names, patient, "note", record.id)?;
    let signature = match record.state.signed {
        Some(op) => seat.act.said(op)?,
        None => None,
    };
    Ok(NoteView {
        id: record.id,
        version: record.version,
        visit,
        patient,
        author: names.of(seat, details.author)?,
        author_id: details.author,
        mine: details.author == Some(seat.sitting.user),
        signed_at: signature.map(|said| said.wall),
        addenda,
        late: late_edits(seat, record)?,
        disputed: disputed(Note::KIND, &record.state),
        details,
        shortened: None,
    })
}

/// What the edits after the signature wanted to say.
pub(crate) fn late_edits(seat: &Seat, record: &store::Record) -> Result<Vec<LateEdit>, Refusal> {
    let mut edits: BTreeMap<String, LateEdit> = BTreeMap::new();
    for op in &record.state.late {
        let Some(said) = seat.act.said(*op)? else { continue };
        for (path, value) in said.op.sets() {
            let (field, value, at) = (path.to_owned(), shown(value), said.wall.clone());
            edits.insert(field.clone(), LateEdit { field, value, at });
        }
    }
    Ok(edits.into_values().collect())
}
