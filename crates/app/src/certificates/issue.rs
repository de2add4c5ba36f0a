//! Issuing: read, decide, make the page, sign, and write all of it in one transaction.

use std::collections::BTreeMap;

use crypto::cose::{self, Claims, SignsCertificates};
use crypto::issuing::public_pem;
use crypto::sha256;
use domain::access::{NotAllowed, Object, Permission, allowed};
use domain::certificates::{Certificate, CertificateStatus, lacking, wrong};
use domain::fold::State;
use domain::patients::Patient;
use domain::record::{Hex, Record, Told, Verb};
use domain::{Hlc, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use super::pages::{facts_as_they_stand, finished, undrawable};
use super::{Standing, approves, block, illegal, lenses, may, template};
use crate::command::Nothing;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::Issuing;

/// A certificate to issue.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueCertificate {
    /// The certificate.
    pub certificate: RecordId,
    /// The version that was seen.
    pub version: i64,
}

/// A certificate that was issued.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Issued {
    /// The certificate.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// Whether a person has to settle something.
    pub conflict: bool,
}

/// The key with which anybody checks what a person has issued at this workstation.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct IssuingPublic {
    /// SubjectPublicKeyInfo in PEM.
    pub pem: String,
    /// How codes name it, in hexadecimal.
    pub kid: String,
}

/// The most characters that one field of a record holds.
const LONGEST: usize = domain::record::LONGEST_TEXT;

/// Issues a certificate.
pub(crate) fn issue_certificate(seat: &mut Seat, input: IssueCertificate) -> Result<Issued, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    standing.must_be(&[CertificateStatus::Draft, CertificateStatus::Submitted])?;
    may_be_issued(seat, &standing, input.version)?;
    let certificate = &standing.certificate;
    let facts = facts_as_they_stand(seat, certificate, standing.patient)?;
    undrawable(&facts, certificate).map_or(Ok(()), Err)?;
    let (number, mut drafts) = block::draw(seat, input.certificate)?;
    let claims = Claims::of(&facts, &number).ok_or_else(|| Refusal::missing("verdict"))?;
    let Issuing { record: issuer, key } = issuing(seat)?;
    let payload = cose::issue(&claims, key).map_err(|_| failed())?;
    let issuer = issuer.to_string();
    let pdf = finished(&facts, &number, &payload)?;
    let digest = sha256(&[&pdf]);
    seat.act.keep_blob(&mut *seat.world.entropy, "application/pdf", &pdf)?;
    let frozen = serde_json::to_string(&facts).map_err(|_| failed())?;
    if frozen.chars().count() > LONGEST {
        return Err(Refusal::new(Code::Unprintable).with("reason", "too_long"));
    }
    let patch = BTreeMap::from(
        [
            ("status", CertificateStatus::Issued.word()),
            ("number", &number),
            ("signer", &seat.sitting.user.to_string()),
            ("issued_at", seat.moment.wall.as_str()),
            ("facts", &frozen),
            ("payload", &payload),
            ("pdf", &Hex::of(&digest).0),
            ("issuer", &issuer),
        ]
        .map(|(field, value)| (field.to_owned(), Value::text(value))),
    );
    let patient = Some(standing.patient);
    let sign = Draft::patch::<Certificate>(input.certificate, patient, patch, Some(standing.record.version));
    drafts.push(Draft { verb: Verb::Sign, ..sign });
    drafts.extend(superseded(seat, certificate)?);
    let written = seat.write(drafts)?;
    seat.act.sign_audit(&seat.place.key, Hlc::at(seat.moment.now))?;
    let record = seat.read::<Certificate>(input.certificate)?;
    Ok(Issued { id: record.id, version: record.version, number, conflict: written.conflict })
}

/// Everything that stands against issuing it.
fn may_be_issued(seat: &Seat, standing: &Standing, seen: i64) -> Result<(), Refusal> {
    let certificate = &standing.certificate;
    let (template, ..) = template(seat, certificate.template)?;
    let prescribes = certificate.prescribes() || template.prescribes();
    if !approves(seat, &template) || (prescribes && !may(seat, Permission::SpectaclesSign)) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    let record = &standing.record;
    let before = seat.act.record_at(Certificate::KIND.name, record.id, seen)?;
    if Certificate::WRITTEN.iter().any(|name| before.value(name) != record.state.value(name)) {
        return Err(Refusal::new(Code::Stale));
    }
    if let Some(bar) = bars(seat, Some(&record.state), certificate, standing.patient)?.into_iter().next() {
        return Err(bar);
    }
    if let Some(field) = lacking(certificate, &template).first() {
        return Err(Refusal::missing(field));
    }
    if let Some(field) = wrong(certificate, seat.moment.today) {
        return Err(Refusal::invalid(field));
    }
    let against = lenses::against(&lenses::remarks(seat, certificate, standing.patient)?);
    against.map_or(Ok(()), Err)
}

/// What stands in the way of issuing beside what the form itself lacks: the clock, disputes about the draft or the
/// person, the refraction of its lenses, numbers and the key. What only concerns who issues is told to nobody else.
pub(super) fn bars(
    seat: &Seat,
    draft: Option<&State>,
    certificate: &Certificate,
    patient: RecordId,
) -> Result<Vec<Refusal>, Refusal> {
    let patient = seat.read::<Patient>(patient)?;
    // A name or a verdict about which two people disagree is nothing to put one's name under.
    let drafted = draft.into_iter().flat_map(|draft| draft.unsettled(Certificate::KIND));
    let disputes = drafted.chain(patient.state.unsettled(Patient::KIND));
    let disputes = disputes.map(|dispute| Refusal::new(Code::Disputed).with("field", dispute.path.as_str()));
    let mut bars = Vec::new();
    bars.extend(unlicensed(seat, certificate));
    let issues = may(seat, Permission::CertificateApprove);
    if issues && seat.moment.is_ahead_of(seat.world.clock.now()) {
        bars.push(Refusal::new(Code::ClockBehind));
    }
    bars.extend(disputes);
    if certificate.prescribes() {
        bars.extend(lenses::rests(seat, certificate, patient.id).err());
    }
    if issues {
        bars.extend(block::named(seat).err());
        bars.extend(issuing(seat).err());
    }
    Ok(bars)
}

/// That whoever sits here may issue it but for the licence that lacks, or is over.
fn unlicensed(seat: &Seat, certificate: &Certificate) -> Option<Refusal> {
    let (template, ..) = template(seat, certificate.template).ok()?;
    let barred = allowed(&seat.subject, Permission::CertificateApprove, Object::default()).err()?;
    (barred == NotAllowed::Licence && approves(seat, &template)).then(|| barred.into())
}

/// The public key of the person who sits here.
pub(crate) fn issuing_key(seat: &mut Seat, _: Nothing) -> Result<IssuingPublic, Refusal> {
    let Issuing { key, .. } = issuing(seat)?;
    Ok(IssuingPublic { pem: public_pem(key.public()), kid: domain::hex::encode(&key.kid()) })
}

/// The key with which the person who sits here issues at this workstation.
fn issuing<'a>(seat: &Seat<'a>) -> Result<&'a Issuing, Refusal> {
    seat.sitting.issuing.as_ref().ok_or_else(|| Refusal::new(Code::NoIssuingKey))
}

/// The step by which the certificate that this one replaces goes.
fn superseded(seat: &Seat, certificate: &Certificate) -> Result<Option<Draft>, Refusal> {
    let Some(other) = certificate.replaces else { return Ok(None) };
    let record = seat.read::<Certificate>(other)?;
    match record.state.record::<Certificate>().status {
        Some(CertificateStatus::Issued) => {
            let status = Value::text(CertificateStatus::Superseded.word());
            let patch = BTreeMap::from([("status".to_owned(), status)]);
            Ok(Some(Draft::patch::<Certificate>(other, record.patient, patch, None)))
        }
        // It was revoked meanwhile, and so it stays.
        Some(CertificateStatus::Revoked) => Ok(None),
        _ => Err(illegal("replaces")),
    }
}

fn failed() -> Refusal {
    Refusal::new(Code::StoreFailed)
}
