//! One certificate with everything that is known of it.

use domain::access::Permission;
use domain::certificates::{Certificate, CertificateStatus, Days, Template, lacking};
use domain::forms::Remark;
use domain::record::{Record, Verb};
use domain::visits::Note;
use domain::{Instant, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Said;
use ts_rs::TS;

use super::issue::bars;
use super::pages::calendar;
use super::print::printed;
use super::{OfCertificate, Standing, lenses, may, may_issue, template};
use crate::records::{Names, PersonRow, disputed};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Another certificate.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateLink {
    /// The certificate.
    pub id: RecordId,
    /// Its number.
    pub number: Option<String>,
}

/// What the person who asks may do with a certificate as it stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateMay {
    /// Change it.
    pub edit: bool,
    /// Hand it to whoever may issue it.
    pub submit: bool,
    /// Take their own submission back.
    pub take_back: bool,
    /// Issue it.
    pub issue: bool,
    /// Send it back.
    pub give_back: bool,
    /// Refuse it for good.
    pub reject: bool,
    /// Revoke it.
    pub revoke: bool,
    /// Print it.
    pub print: bool,
}

/// A step in a certificate's life.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateStep {
    /// When.
    pub at: Option<Instant>,
    /// The day at the site.
    pub day: String,
    /// The time, `10:42`.
    pub time: String,
    /// Who.
    pub who: Option<String>,
    /// What: the state that it came to, `edited`, or `settled`.
    pub step: String,
    /// Why.
    pub reason: Option<String>,
}

/// That a certificate was printed here.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Printing {
    /// When, with offset.
    pub at: String,
    /// Who.
    pub who: Option<String>,
    /// How many copies.
    pub copies: u32,
    /// Where.
    pub printer: String,
    /// Whether it was a draft still.
    pub draft: bool,
}

/// A certificate with everything that is known of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateView {
    /// The certificate.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// Whose.
    pub patient: RecordId,
    /// Who that is.
    pub person: PersonRow,
    /// How far it is.
    pub status: CertificateStatus,
    /// Its number.
    pub number: Option<String>,
    /// What was written.
    pub details: Certificate,
    /// Its template.
    pub template: Template,
    /// Its name in lists.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who issued it.
    pub signer: Option<String>,
    /// When it was issued.
    pub issued_at: Option<Instant>,
    /// The day of that at the site.
    pub issued_day: Option<String>,
    /// The certificate that it extends.
    pub extends: Option<CertificateLink>,
    /// The certificate that it replaces.
    pub replaces: Option<CertificateLink>,
    /// The certificate that was issued in its stead.
    pub replaced_by: Option<CertificateLink>,
    /// The numbers of other papers that were issued of this very draft, apart from each other; while
    /// `disputed` names the whole record, all of them hold.
    pub other_papers: Vec<String>,
    /// The days that it covers; none before both ends are known.
    pub days: Option<Days>,
    /// The fields that must be given before it is issued.
    pub lacking: Vec<String>,
    /// What else stands in the way of issuing it.
    pub bars: Vec<Refusal>,
    /// What there is to say about the lenses that it prescribes, while it is no paper.
    pub remarks: Vec<Remark>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// What the person who asks may do.
    pub may: CertificateMay,
    /// What happened to it, oldest first.
    pub history: Vec<CertificateStep>,
    /// When it was printed here, oldest first.
    pub printed: Vec<Printing>,
    /// Whether the note of its visit, by the person who asks, is not signed yet.
    pub note_open: bool,
}

/// Steps of a history that are shown; nobody edits one certificate so often.
const MOST_STEPS: usize = 60;

/// One certificate.
pub(crate) fn certificate(seat: &mut Seat, input: OfCertificate) -> Result<CertificateView, Refusal> {
    let Standing { record, certificate, patient, status } = Standing::of(seat, input.certificate)?;
    seat.about(Some(record.id), Some(patient));
    let person = seat.act.record(patient)?.ok_or_else(|| Refusal::new(Code::NotFound))?;
    let (template, ..) = template(seat, certificate.template)?;
    let steps = seat.act.steps(record.id)?;
    let author = steps.first().map(|step| step.author);
    let mut names = Names::default();
    let open = record.state.signed.is_none()
        && [CertificateStatus::Draft, CertificateStatus::Returned, CertificateStatus::Submitted]
            .contains(&status);
    let issued_day = certificate.issued_at.as_ref().map(|at| seat.place.zone.day(at).to_string());
    Ok(CertificateView {
        id: record.id,
        version: record.version,
        patient,
        person: PersonRow::of(patient, person.state.record(), seat),
        status,
        number: certificate.number.clone(),
        title: template.name.clone().unwrap_or_default(),
        author: names.of(seat, author)?,
        signer: names.of(seat, certificate.signer)?,
        issued_at: certificate.issued_at.clone(),
        issued_day,
        extends: link(seat, certificate.extends)?,
        replaces: link(seat, certificate.replaces)?,
        replaced_by: replaced_by(seat, record.id, patient)?,
        other_papers: other_papers(&steps, certificate.number.as_deref()),
        days: Days::of(&certificate, calendar(seat)?.as_ref()),
        lacking: match open {
            true => lacking(&certificate, &template).into_iter().map(ToOwned::to_owned).collect(),
            false => Vec::new(),
        },
        bars: if open { bars(seat, Some(&record.state), &certificate, patient)? } else { Vec::new() },
        remarks: if open { lenses::remarks(seat, &certificate, patient)? } else { Vec::new() },
        disputed: disputed(Certificate::KIND, &record.state),
        may: may_do(seat, status, &template, author == Some(seat.sitting.user)),
        history: history(seat, steps, &mut names)?,
        printed: printed(seat, (input.certificate, patient), &mut names)?,
        note_open: note_open(seat, &certificate, patient)?,
        details: shown(seat, certificate, author),
        template,
    })
}

/// What is shown of a certificate: never the frozen facts and the code, and what is kept and not printed
/// only to who wrote it and who may read charts.
pub(crate) fn shown(seat: &Seat, certificate: Certificate, author: Option<RecordId>) -> Certificate {
    let plain = Certificate { facts: None, payload: None, ..certificate };
    if may(seat, Permission::ChartRead) || author == Some(seat.sitting.user) {
        return plain;
    }
    let agreed = plain.diagnosis_agreed == Some(true);
    Certificate { reason: None, diagnosis: plain.diagnosis.clone().filter(|_| agreed), ..plain }
}

fn may_do(seat: &Seat, status: CertificateStatus, template: &Template, mine: bool) -> CertificateMay {
    use CertificateStatus::{Draft, Issued, Returned, Submitted};
    let written = [Draft, Returned].contains(&status) && may(seat, Permission::CertificateDraft);
    let judged = status == Submitted && may(seat, Permission::CertificateApprove);
    CertificateMay {
        edit: written,
        submit: written,
        take_back: mine && status == Submitted && may(seat, Permission::CertificateDraft),
        issue: [Draft, Submitted].contains(&status) && may_issue(seat, template),
        give_back: judged,
        reject: judged,
        revoke: status == Issued && may(seat, Permission::CertificateRevoke),
        print: may(seat, Permission::CertificatePrint),
    }
}

fn link(seat: &Seat, other: Option<RecordId>) -> Result<Option<CertificateLink>, Refusal> {
    let Some(other) = other else { return Ok(None) };
    let record = seat.act.record(other)?;
    let number = record.and_then(|record| record.state.record::<Certificate>().number);
    Ok(Some(CertificateLink { id: other, number }))
}

/// The one that was issued instead; a draft of it replaces nothing yet.
fn replaced_by(
    seat: &Seat,
    certificate: RecordId,
    patient: RecordId,
) -> Result<Option<CertificateLink>, Refusal> {
    let instead = seat.act.replacements(certificate, patient)?.into_iter();
    let mut links = instead.filter_map(|record| {
        let number = record.state.record::<Certificate>().number?;
        Some(CertificateLink { id: record.id, number: Some(number) })
    });
    Ok(links.next())
}

/// The numbers that its signatures have set beside `shown`.
fn other_papers(steps: &[Said], shown: Option<&str>) -> Vec<String> {
    let numbers = steps.iter().filter_map(|step| step.op.value("number")?.as_text());
    numbers.filter(|number| Some(*number) != shown).map(ToOwned::to_owned).collect()
}

fn history(seat: &Seat, mut steps: Vec<Said>, names: &mut Names) -> Result<Vec<CertificateStep>, Refusal> {
    steps.sort_by_key(|step| step.op.order());
    let mut history: Vec<CertificateStep> = Vec::new();
    for said in steps {
        let at: Option<Instant> = said.wall.parse().ok();
        let value = |field: &str| said.op.value(field).and_then(Value::as_text).map(ToOwned::to_owned);
        let step = match said.op.header.verb {
            Verb::Resolve => "settled".to_owned(),
            _ => value("status").unwrap_or_else(|| "edited".to_owned()),
        };
        let reason =
            value("status_reason").or_else(|| said.op.body.as_ref().and_then(|body| body.reason.clone()));
        let who = names.of(seat, Some(said.author))?;
        let day = at.as_ref().map(|at| seat.place.zone.day(at).to_string()).unwrap_or_default();
        let time = said.wall.get(11..16).unwrap_or_default().to_owned();
        let step = CertificateStep { at, day, time, who, step, reason };
        // One person's edits in a row are one.
        match history.last_mut() {
            Some(last) if last.step == "edited" && step.step == "edited" && last.who == step.who => {
                *last = step
            }
            _ => history.push(step),
        }
    }
    let surplus = history.len().saturating_sub(MOST_STEPS);
    history.drain(..surplus);
    Ok(history)
}

fn note_open(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<bool, Refusal> {
    let Some(visit) = certificate.visit else { return Ok(false) };
    let notes = seat.act.records(Note::KIND.name, Some(patient))?;
    let open = notes.into_iter().filter(|record| record.state.signed.is_none());
    let mine = open.map(|record| record.state.record::<Note>());
    Ok(mine.into_iter().any(|note| note.visit == Some(visit) && note.author == Some(seat.sitting.user)))
}
