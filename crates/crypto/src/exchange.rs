//! Which of the messages between a workstation and the server are signed, and what vouches for a
//! workstation that was introduced.

use domain::ClinicId;
use domain::access::{Permission, grants};
use domain::sync::{Deposit, Present, Question, Receipt, Ticket};
use domain::wire::Message;

use crate::certify::{KeyCertificate, Subject, trust};
use crate::signed::{Signed, Signs};

/// What is vouched for about a workstation: by the root or an administrator, or by the ticket that an
/// administrator gave and the seed in it.
#[must_use]
pub fn introduced(root: &[u8; 32], clinic: ClinicId, present: &Present) -> Option<KeyCertificate> {
    let chain: Vec<Signed<KeyCertificate>> =
        present.chain.iter().map(|bytes| Signed::from_bytes(&bytes.0).ok()).collect::<Option<_>>()?;
    let certificate = match &present.ticket {
        None => trust(root, clinic, &chain).ok()?,
        Some(ticket) => {
            let (last, above) = chain.split_last()?;
            let giver = trust(root, clinic, above).ok()?;
            let ticket: Ticket = Signed::from_bytes(&ticket.0).ok()?.open(&giver.signs_with?).ok()?;
            let certificate = last.open(&ticket.seed).ok()?;
            let may = giver.role().is_some_and(|role| grants(role, Permission::WorkstationEdit));
            let fits = may
                && giver.kind == Subject::User
                && (ticket.clinic, ticket.by) == (clinic, giver.subject)
                && (certificate.clinic, certificate.by) == (clinic, Some(giver.subject))
                && certificate.subject == ticket.workstation;
            fits.then_some(certificate)?
        }
    };
    let fits =
        certificate.kind == Subject::Workstation && certificate.incarnation == Some(present.incarnation);
    fits.then_some(certificate)
}

impl Signs for Question {
    const SORT: &'static str = "clinicdesk/question/1";
}

impl Signs for Deposit {
    const SORT: &'static str = "clinicdesk/deposit/1";
}

impl Signs for Receipt {
    const SORT: &'static str = "clinicdesk/receipt/1";
}

impl Signs for Ticket {
    const SORT: &'static str = "clinicdesk/ticket/1";
}
