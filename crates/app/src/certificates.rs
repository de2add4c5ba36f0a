//! Certificates from draft to paper.

mod block;
mod drafts;
mod issue;
mod lenses;
mod lists;
mod pages;
mod print;
mod save;
mod templates;
mod view;

use domain::RecordId;
use domain::access::{Object, Permission, allowed};
use domain::certificates::{Certificate, CertificateStatus, Template};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use block::{next_block, numbers_after, numbers_of_another, papers_settled};
pub use drafts::*;
pub use issue::*;
pub(crate) use lenses::export_spectacles;
pub use lists::*;
pub use pages::*;
pub use print::*;
pub use save::*;
pub(crate) use templates::{at_sign_in, derived_templates, seeded_templates};
pub use view::*;

use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Which certificate.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfCertificate {
    /// The certificate.
    pub certificate: RecordId,
}

/// A certificate as it stands.
pub(crate) struct Standing {
    pub(crate) record: store::Record,
    pub(crate) certificate: Certificate,
    pub(crate) patient: RecordId,
    pub(crate) status: CertificateStatus,
}

impl Standing {
    /// The certificate `id`, which the audit entry then names.
    pub(crate) fn of(seat: &mut Seat, id: RecordId) -> Result<Self, Refusal> {
        let record = seat.read::<Certificate>(id)?;
        let certificate: Certificate = record.state.record();
        let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
        seat.about(Some(id), Some(patient));
        let status = certificate.status.unwrap_or(CertificateStatus::Draft);
        Ok(Self { record, certificate, patient, status })
    }

    /// That it stands at one of these.
    pub(crate) fn must_be(&self, statuses: &[CertificateStatus]) -> Result<(), Refusal> {
        if statuses.contains(&self.status) { Ok(()) } else { Err(illegal("status")) }
    }
}

/// That the present state of `field` does not permit the step.
pub(crate) fn illegal(field: &str) -> Refusal {
    Refusal::new(Code::IllegalMove).with("field", field)
}

/// The template `id` with its version.
pub(crate) fn template(seat: &Seat, id: Option<RecordId>) -> Result<(Template, RecordId, i64), Refusal> {
    let id = id.ok_or_else(|| Refusal::missing("template"))?;
    let record = seat.read::<Template>(id).map_err(|_| Refusal::invalid("template"))?;
    Ok((record.state.record(), id, record.version))
}

/// Whether the person who sits here may issue on `template`.
pub(crate) fn may_issue(seat: &Seat, template: &Template) -> bool {
    may(seat, Permission::CertificateApprove)
        && (may(seat, Permission::SpectaclesSign) || !template.prescribes())
        && approves(seat, template)
}

/// Whether `template` names the role of the person who sits here.
pub(crate) fn approves(seat: &Seat, template: &Template) -> bool {
    let named = template.approvers.as_deref().unwrap_or_default();
    seat.subject.role.is_some_and(|role| named.iter().any(|approver| approver == role.word()))
}

/// Whether the person who sits here has `permission`.
pub(crate) fn may(seat: &Seat, permission: Permission) -> bool {
    allowed(&seat.subject, permission, Object::default()).is_ok()
}
