//! Writing a certificate and moving it along, up to its issue and after.

use std::collections::BTreeMap;

use domain::access::Permission;
use domain::certificates::{Certificate, CertificateStatus, CertificateText, wrong};
use domain::fold::State;
use domain::record::Record;
use domain::visits::Visit;
use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use super::pages::{facts_as_they_stand, undrawable};
use super::{Standing, illegal, lenses, may, may_issue, template};
use crate::claims::Edit;
use crate::records::Kept;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A certificate to begin.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftCertificate {
    /// The patient.
    pub patient: RecordId,
    /// The visit in which it is written.
    pub visit: Option<RecordId>,
    /// The issued certificate that it extends.
    pub extends: Option<RecordId>,
    /// The issued certificate in whose stead it will be issued.
    pub replaces: Option<RecordId>,
    /// What it says.
    pub details: CertificateText,
}

/// A step of a certificate.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepCertificate {
    /// The certificate.
    pub certificate: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// Why.
    pub reason: Option<String>,
}

/// Begins a certificate. It may lack anything but the template: what lacks is asked for before issue.
pub(crate) fn draft_certificate(seat: &mut Seat, input: DraftCertificate) -> Result<Kept, Refusal> {
    let DraftCertificate { patient, visit, extends, replaces, details } = input;
    seat.about(None, Some(patient));
    let written = typed(seat, patient, visit, details)?;
    can_be(seat, &written)?;
    for (field, other) in [("extends", extends), ("replaces", replaces)] {
        if let Some(other) = other {
            issued_to(seat, other, patient, field)?;
        }
    }
    let certificate = Certificate { status: Some(CertificateStatus::Draft), extends, replaces, ..written };
    let (id, written) = seat.make(patient, &certificate)?;
    said_of_visit(seat, &certificate)?;
    Ok(Kept::of(id, written))
}

/// Where a slip says that somebody goes is where they went from their visit, if nobody has said so there.
fn said_of_visit(seat: &mut Seat, slip: &Certificate) -> Result<(), Refusal> {
    let (Some(id), Some(to)) = (slip.visit, slip.sent_to) else { return Ok(()) };
    let record = seat.read::<Visit>(id)?;
    let visit: Visit = record.state.record();
    if visit.disposition.is_some() || !may(seat, Permission::VisitEdit) {
        return Ok(());
    }
    let with = slip.sent_with.as_ref().filter(|_| visit.sent_with.is_none());
    let said = [("disposition", Some(to.word())), ("sent_with", with.map(String::as_str))];
    let said = said.into_iter().filter_map(|(field, word)| Some((field.to_owned(), Value::text(word?))));
    seat.write(vec![Draft::patch::<Visit>(id, record.patient, said.collect(), Some(record.version))])?;
    Ok(())
}

/// What was typed as a certificate of `patient`, on a template that is used.
pub(crate) fn typed(
    seat: &Seat,
    patient: RecordId,
    visit: Option<RecordId>,
    details: CertificateText,
) -> Result<Certificate, Refusal> {
    seat.read::<domain::patients::Patient>(patient)?;
    if let Some(visit) = visit {
        let visit = seat.read::<Visit>(visit).map_err(|_| Refusal::invalid("visit"))?;
        if visit.patient != Some(patient) {
            return Err(Refusal::invalid("visit"));
        }
    }
    let certificate: Certificate = State::default().with(&said_of(Certificate::KIND, &details)).record();
    let (chosen, ..) = template(seat, certificate.template)?;
    if chosen.active != Some(true) {
        return Err(Refusal::invalid("template"));
    }
    let certificate = Certificate { patient: Some(patient), visit, ..certificate };
    lenses::fit(seat, &certificate, patient)?;
    Ok(certificate)
}

/// That what was typed can be.
fn can_be(seat: &Seat, certificate: &Certificate) -> Result<(), Refusal> {
    wrong(certificate, seat.moment.today).map_or(Ok(()), |field| Err(Refusal::invalid(field)))
}

/// That `other` is an issued certificate of `patient`.
fn issued_to(seat: &Seat, other: RecordId, patient: RecordId, field: &str) -> Result<(), Refusal> {
    let other = seat.read::<Certificate>(other).map_err(|_| Refusal::invalid(field))?;
    let status = other.state.record::<Certificate>().status;
    match (other.patient == Some(patient), status) {
        (true, Some(CertificateStatus::Issued)) => Ok(()),
        (true, _) => Err(illegal(field)),
        (false, _) => Err(Refusal::invalid(field)),
    }
}

/// Changes what a person writes of a draft. Of one that was submitted whoever issues it says that a lens is meant, and nothing else.
pub(crate) fn edit_certificate(seat: &mut Seat, input: Edit<CertificateText>) -> Result<Kept, Refusal> {
    let standing = Standing::of(seat, input.id)?;
    if standing.record.state.signed.is_some() {
        return Err(Refusal::new(Code::Frozen));
    }
    let patch = said_of(Certificate::KIND, &input.patch);
    let after: Certificate = standing.record.state.clone().with(&patch).record();
    let (template_now, ..) = template(seat, standing.certificate.template)?;
    let judged = standing.status == CertificateStatus::Submitted && may_issue(seat, &template_now);
    if !(judged && lenses::only_means(&standing.certificate, &after, patch.keys())) {
        standing.must_be(&[CertificateStatus::Draft, CertificateStatus::Returned])?;
    }
    if input.patch.template.is_some() {
        template(seat, after.template)?;
    }
    lenses::fit(seat, &after, standing.patient)?;
    can_be(seat, &after)?;
    let written = seat.change::<Certificate>(input.id, Some(standing.patient), patch, input.version)?;
    Ok(Kept::of(input.id, written))
}

/// Hands a draft to whoever may issue it.
pub(crate) fn submit_certificate(seat: &mut Seat, input: StepCertificate) -> Result<Kept, Refusal> {
    // What can never be printed is told to who writes it, not to who signs it.
    let standing = Standing::of(seat, input.certificate)?;
    if standing.record.state.signed.is_none() {
        let facts = facts_as_they_stand(seat, &standing.certificate, standing.patient)?;
        undrawable(&facts, &standing.certificate).map_or(Ok(()), Err)?;
    }
    step(
        seat,
        input,
        &[CertificateStatus::Draft, CertificateStatus::Returned],
        CertificateStatus::Submitted,
        false,
    )
}

/// Takes one's own submission back, to go on writing.
pub(crate) fn take_back_certificate(seat: &mut Seat, input: StepCertificate) -> Result<Kept, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    if !is_mine(seat, &standing)? {
        return Err(Refusal::new(Code::NotAuthor));
    }
    step(seat, input, &[CertificateStatus::Submitted], CertificateStatus::Draft, false)
}

/// Whether the person who sits here began it.
pub(crate) fn is_mine(seat: &Seat, standing: &Standing) -> Result<bool, Refusal> {
    Ok(seat.act.first_said(standing.record.id)?.is_some_and(|said| said.author == seat.sitting.user))
}

/// Sends a submitted certificate back to be written better.
pub(crate) fn return_certificate(seat: &mut Seat, input: StepCertificate) -> Result<Kept, Refusal> {
    step(seat, input, &[CertificateStatus::Submitted], CertificateStatus::Returned, true)
}

/// Refuses a submitted certificate for good.
pub(crate) fn reject_certificate(seat: &mut Seat, input: StepCertificate) -> Result<Kept, Refusal> {
    step(seat, input, &[CertificateStatus::Submitted], CertificateStatus::Rejected, true)
}

/// Takes back an issued certificate: from now on it is not valid.
pub(crate) fn revoke_certificate(seat: &mut Seat, input: StepCertificate) -> Result<Kept, Refusal> {
    step(seat, input, &[CertificateStatus::Issued], CertificateStatus::Revoked, true)
}

fn step(
    seat: &mut Seat,
    input: StepCertificate,
    from: &[CertificateStatus],
    to: CertificateStatus,
    reasoned: bool,
) -> Result<Kept, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    standing.must_be(from)?;
    let reason = input.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if reasoned && reason.is_none() {
        return Err(Refusal::missing("reason"));
    }
    seat.reason = reason.clone();
    let mut patch = BTreeMap::from([("status".to_owned(), Value::text(to.word()))]);
    if let Some(reason) = reason {
        patch.insert("status_reason".to_owned(), Value::text(&reason));
    }
    let written =
        seat.change::<Certificate>(input.certificate, Some(standing.patient), patch, input.version)?;
    Ok(Kept::of(input.certificate, written))
}
