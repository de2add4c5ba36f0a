//! Visits: from arrival to end, with their notes and what was measured.

mod acts;
mod board;
mod day_sheet;
mod encounter_form;
mod exam;
mod note;
mod open;
mod queue;
mod sets;
mod snippets;
mod tickets;
mod vitals;

use std::collections::BTreeMap;

use domain::access::{Object, Permission, Role, User, allowed, grants};
use domain::certificates::{Certificate, CertificateStatus, Template};
use domain::forms::Filled;
use domain::patients::Patient;
use domain::record::{Record, Verb};
use domain::visits::{Note, Observation, Visit, VisitStatus, VisitText, VisitType};
use domain::{Instant, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

pub use acts::*;
pub use board::*;
pub use day_sheet::*;
pub use encounter_form::*;
pub use note::*;
pub use open::*;
pub use queue::*;
pub use sets::*;
pub use snippets::*;
pub use tickets::*;
pub use vitals::*;

use crate::answer::{ANSWER_BYTES, shorten, shortened, within};
use crate::claims::Edit;
use crate::records::{Kept, Names, disputed, imported, stripped};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A visit to start.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartVisit {
    /// The patient.
    pub patient: RecordId,
    /// What it is for; nothing where nobody said it.
    pub kind: Option<VisitType>,
    /// The concern in the patient's words.
    pub concern: Option<String>,
    /// `arrived`, or `in_progress` with the one who starts it.
    pub status: VisitStatus,
}

/// A step of a visit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepVisit {
    /// The visit.
    pub visit: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// Where it goes.
    pub to: VisitStatus,
}

/// Which visit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfVisit {
    /// The visit.
    pub visit: RecordId,
}

/// A certificate that was written in a visit.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VisitCertificate {
    /// The certificate.
    pub id: RecordId,
    /// Its number, once it has one.
    pub number: Option<String>,
    /// How far it is.
    pub status: Option<CertificateStatus>,
    /// The printed title.
    pub title: Option<String>,
}

/// A visit with what belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VisitView {
    /// The visit.
    pub id: RecordId,
    /// The version to send back with a step or an edit.
    pub version: i64,
    /// Whose.
    pub patient: RecordId,
    /// The visit itself.
    pub details: Visit,
    /// Who attends, with the title.
    pub attending: Option<String>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// Its notes, oldest first; others' long ones in part.
    pub notes: Vec<NoteView>,
    /// Whether this person has a note in it that they have not signed yet.
    pub note_open: bool,
    /// What was measured in it, oldest first.
    pub measured: Vec<Vital>,
    /// Its certificates, oldest first.
    pub certificates: Vec<VisitCertificate>,
    /// How many notes, measurements and certificates found no room here: the timeline has them. Left out where all did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more: Option<u32>,
}

/// What is said of a visit itself, so that it can be changed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct VisitDetails {
    /// The version to send back with an edit.
    pub version: i64,
    /// Whose.
    pub patient: RecordId,
    /// Why they came and where they went from here.
    pub details: VisitText,
}

/// Starts a visit, with its ticket, of somebody who is in none here, as far as is known here: two workstations that cannot reach each
/// other may each start one.
pub(crate) fn start_visit(seat: &mut Seat, input: StartVisit) -> Result<Kept, Refusal> {
    seat.read::<Patient>(input.patient)?;
    if !matches!(input.status, VisitStatus::Arrived | VisitStatus::InProgress) {
        return Err(Refusal::invalid("status"));
    }
    if let Some(present) = present_visit(seat, input.patient)? {
        let refusal = Refusal::new(Code::InVisit).with("visit", present.id.to_string());
        return Err(refusal.with("status", present.status.word()));
    }
    let mut visit = Visit {
        patient: Some(input.patient),
        kind: input.kind,
        status: Some(input.status),
        concern: input.concern.filter(|concern| !concern.trim().is_empty()),
        arrived_at: Some(seat.moment.wall.clone()),
        ..Visit::default()
    };
    if input.status == VisitStatus::InProgress {
        visit.started_at = Some(seat.moment.wall.clone());
        visit.attending = Some(attends(seat)?);
    }
    let id = seat.new_id();
    seat.about(Some(id), Some(input.patient));
    let ticket = given(seat, input.patient, id, input.status)?;
    let made = Draft::make(Verb::Create, id, Some(input.patient), &visit);
    let drafts = std::iter::once(made).chain(ticket).collect();
    Ok(Kept::of(id, seat.write(drafts)?))
}

/// Who attends when this person calls somebody in: themselves; who may write no note calls nobody in.
fn attends(seat: &Seat) -> Result<RecordId, Refusal> {
    allowed(&seat.subject, Permission::NoteWrite, Object::default())?;
    Ok(seat.sitting.user)
}

/// What takes a visit up for a clinician who writes in it: the step, where nobody has taken it, and who attends, where
/// nobody does. Nothing for anybody else, and nothing of a visit that is over.
fn taken_up(seat: &Seat, visit: &store::Record) -> BTreeMap<String, Value> {
    let mut patch = BTreeMap::new();
    let details: Visit = visit.state.record();
    let waits = matches!(details.status, Some(VisitStatus::Arrived | VisitStatus::Triaged));
    if !seat.subject.role.is_some_and(Role::attends)
        || !(waits || details.status == Some(VisitStatus::InProgress))
    {
        return patch;
    }
    if waits {
        patch.insert("status".to_owned(), Value::text(VisitStatus::InProgress.word()));
        patch.insert("started_at".to_owned(), Value::text(seat.moment.wall.as_str()));
    }
    if details.attending.is_none() {
        patch.insert("attending".to_owned(), Value::text(seat.sitting.user.to_string()));
    }
    patch
}

/// The field that keeps when a step was taken.
fn time_of(status: VisitStatus) -> &'static str {
    match status {
        VisitStatus::Scheduled => "scheduled_at",
        VisitStatus::Arrived => "arrived_at",
        VisitStatus::Triaged => "triaged_at",
        VisitStatus::InProgress => "started_at",
        VisitStatus::Completed | VisitStatus::Cancelled | VisitStatus::NoShow => "ended_at",
    }
}

/// Takes a visit one step on, and its ticket with it.
pub(crate) fn step_visit(seat: &mut Seat, input: StepVisit) -> Result<Kept, Refusal> {
    let record = seat.read::<Visit>(input.visit)?;
    let mut patch: BTreeMap<String, Value> = [
        ("status".to_owned(), Value::text(input.to.word())),
        (time_of(input.to).to_owned(), Value::text(seat.moment.wall.as_str())),
    ]
    .into();
    if input.to == VisitStatus::InProgress {
        let attends = attends(seat)?;
        if record.state.value("attending").is_null() {
            patch.insert("attending".to_owned(), Value::text(attends.to_string()));
        }
    }
    seat.about(Some(input.visit), record.patient);
    let mut drafts = vec![Draft::patch::<Visit>(input.visit, record.patient, patch, Some(input.version))];
    if let Some(patient) = record.patient {
        drafts.extend(followed(seat, patient, input.visit, input.to)?);
    }
    Ok(Kept::of(input.visit, seat.write(drafts)?))
}

/// Changes what a visit is for, who attends, how soon they have to be seen or where they went; its steps and their times are [`step_visit`]'s.
pub(crate) fn edit_visit(seat: &mut Seat, input: Edit<VisitText>) -> Result<Kept, Refusal> {
    if let Some(Some(user)) = input.patch.attending {
        let user = seat.act.record(user)?.filter(|user| user.kind == User::KIND.name);
        let role = user.and_then(|user| user.state.record::<User>().role);
        if !role.is_some_and(|role| grants(role, Permission::NoteWrite)) {
            return Err(Refusal::invalid("attending"));
        }
    }
    let record = seat.read::<Visit>(input.id)?;
    let patch = said_of(Visit::KIND, &input.patch);
    let written = seat.change::<Visit>(input.id, record.patient, patch, input.version)?;
    Ok(Kept::of(input.id, written))
}

/// What is said of a visit itself, for the desk too: nothing of its notes, and nothing that was measured.
pub(crate) fn visit_details(seat: &mut Seat, input: OfVisit) -> Result<VisitDetails, Refusal> {
    let record = seat.read::<Visit>(input.visit)?;
    let patient = record.patient.ok_or_else(|| Refusal::invalid("visit"))?;
    let Visit { kind, concern, disposition, sent_with, .. } = stripped(&record.state);
    let details = VisitText {
        kind: kind.map(Some),
        concern: concern.map(Some),
        disposition: disposition.map(Some),
        sent_with: sent_with.map(Some),
        ..VisitText::default()
    };
    Ok(VisitDetails { version: record.version, patient, details })
}

/// A visit with its notes, what was measured in it and its certificates.
pub(crate) fn visit(seat: &mut Seat, input: OfVisit) -> Result<VisitView, Refusal> {
    let record = seat.read::<Visit>(input.visit)?;
    let patient = record.patient.ok_or_else(|| Refusal::invalid("visit"))?;
    seat.about(Some(input.visit), Some(patient));
    let details: Visit = stripped(&record.state);
    let mut names = Names::default();
    let mut notes = Vec::new();
    for note in of_visit::<Note>(seat, patient, input.visit)? {
        notes.push(view_in_brief(seat, &mut names, &note)?);
    }
    let note_open = notes.iter().any(|note| note.mine && note.signed_at.is_none());
    // What this person goes on writing is never left out.
    notes.sort_by_key(|note| !(note.mine && note.signed_at.is_none()));
    let (mut notes, more_notes) = within(notes, ANSWER_BYTES / 2);
    notes.sort_by_key(|note| note.id);
    let born = birth_date(seat, patient)?;
    let mut measured = Vec::new();
    for mut record in of_visit::<Observation>(seat, patient, input.visit)? {
        let author = author(seat, &record)?;
        shorten(&mut record.state);
        measured.push(vital(seat, &mut names, &record, author, born)?);
    }
    let mut certificates = Vec::new();
    for certificate in of_visit::<Certificate>(seat, patient, input.visit)? {
        certificates.push(in_brief(seat, &certificate)?);
    }
    let (measured, more_measured) = within(measured, ANSWER_BYTES / 4);
    let (certificates, more_certificates) = within(certificates, ANSWER_BYTES / 8);
    let more = more_notes + more_measured + more_certificates;
    Ok(VisitView {
        id: record.id,
        version: record.version,
        patient,
        more: Some(more).filter(|more| *more > 0),
        attending: names.of(seat, details.attending)?.or_else(|| details.attended_by.clone()),
        details,
        disputed: disputed(Visit::KIND, &record.state),
        note_open,
        notes,
        measured,
        certificates,
    })
}

/// The records of a kind that name this visit.
fn of_visit<T: Record>(
    seat: &Seat,
    patient: RecordId,
    visit: RecordId,
) -> Result<Vec<store::Record>, Refusal> {
    Ok(seat.act.records_of(T::KIND.name, patient, "visit", visit)?)
}

/// Whether `record` is a visit in which something was written here, and not brought in by an import.
pub(crate) fn holds_ours(seat: &Seat, record: &store::Record) -> Result<bool, Refusal> {
    let Some(patient) = record.patient.filter(|_| record.kind == Visit::KIND.name) else { return Ok(false) };
    let mut inside = of_visit::<Note>(seat, patient, record.id)?;
    inside.extend(of_visit::<Observation>(seat, patient, record.id)?);
    inside.extend(of_visit::<Certificate>(seat, patient, record.id)?);
    inside.extend(of_visit::<Filled>(seat, patient, record.id)?);
    Ok(inside.iter().any(|record| !imported(&record.state)))
}

fn in_brief(seat: &Seat, record: &store::Record) -> Result<VisitCertificate, Refusal> {
    let certificate: Certificate = record.state.record();
    let template = match certificate.template {
        Some(template) => seat.act.record(template)?.map(|record| record.state.record::<Template>()),
        None => None,
    };
    Ok(VisitCertificate {
        id: record.id,
        number: certificate.number,
        status: certificate.status,
        title: template.and_then(|template| template.title).map(shortened),
    })
}

/// Who wrote a record first; nobody here where it came from elsewhere.
fn author(seat: &Seat, record: &store::Record) -> Result<Option<RecordId>, Refusal> {
    Ok(seat.act.first_said(record.id)?.map(|said| said.author))
}

/// The time of an instant at the site, `10:12`.
fn clock(seat: &Seat, instant: &Instant) -> String {
    let here = seat.place.zone.instant(u64::try_from(instant.milliseconds()).unwrap_or_default());
    here.as_str().get(11..16).unwrap_or_default().to_owned()
}
