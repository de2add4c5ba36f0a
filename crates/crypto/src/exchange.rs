//! Which of the messages between a workstation and the server are signed, and what vouches for a
//! workstation that was introduced.

use domain::access::{Permission, grants};
use domain::sync::{
    Answer, AskBackup, BackupHeld, BackupPart, BlobChunk, BlobsHeld, Deposit, HaveBlobs, PROTOCOL, Present,
    Question, Receipt, Received, Ticket, VERSION, WantBlob, WantObject,
};
use domain::wire::{Message, Wire};
use domain::{ClinicId, Digest, Value, cbor};

use crate::certify::{KeyCertificate, Subject, trust};
use crate::digest::sha256;
use crate::keys::NotGenuine;
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

/// The digest by which an answer names its question.
#[must_use]
pub fn digest_of<T>(question: &Signed<T>) -> Digest {
    sha256(&[&question.to_bytes()])
}

/// The short digest over what the server has of a workstation, in the order of scopes.
#[must_use]
pub fn known(received: &[Received]) -> [u8; 8] {
    let list = received.iter().map(Wire::to_value).collect();
    let [a, b, c, d, e, f, g, h, ..] = sha256(&[&cbor::encode(&Value::List(list))]);
    [a, b, c, d, e, f, g, h]
}

/// Why an answer is not the server's word on a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Another key signed it than that of the clinic's server.
    #[error("another key signed it")]
    OtherKey,
    /// Nobody's signature is under it that belongs to it.
    #[error("the signature is not its own")]
    NotSigned,
    /// It answers another question, or is a copy of an earlier answer.
    #[error("it answers another question")]
    OtherQuestion,
    /// It speaks another protocol.
    #[error("it speaks another protocol")]
    OtherVersion,
}

/// The answer that `signed` holds, if the owner of the key `server` gave it to `question`.
///
/// # Errors
/// [`Unanswered`].
pub fn answered(server: &[u8; 32], question: &Digest, signed: &Signed<Answer>) -> Result<Answer, Unanswered> {
    let answer = signed.open(server).map_err(unsigned)?;
    match answer.question {
        _ if answer.v != PROTOCOL => Err(Unanswered::OtherVersion),
        Some(named) if named == *question => Ok(answer),
        _ => Err(Unanswered::OtherQuestion),
    }
}

/// The same of what the server says about files.
///
/// # Errors
/// [`Unanswered`].
pub fn held(
    server: &[u8; 32],
    clinic: ClinicId,
    question: &Digest,
    signed: &Signed<BlobsHeld>,
) -> Result<BlobsHeld, Unanswered> {
    told(server, (clinic, question), signed, |held| (held.v, held.clinic, held.question))
}

/// The same of what the server says about a backup.
///
/// # Errors
/// [`Unanswered`].
pub fn shelved(
    server: &[u8; 32],
    clinic: ClinicId,
    question: &Digest,
    signed: &Signed<BackupHeld>,
) -> Result<BackupHeld, Unanswered> {
    told(server, (clinic, question), signed, |held| (held.v, held.clinic, held.question))
}

/// What the server says to a question of a clinic; `about` tells its version, its clinic and what it answers.
fn told<T: Signs>(
    server: &[u8; 32],
    (clinic, question): (ClinicId, &Digest),
    signed: &Signed<T>,
    about: fn(&T) -> (u64, ClinicId, Digest),
) -> Result<T, Unanswered> {
    let told = signed.open(server).map_err(unsigned)?;
    match about(&told) {
        (v, ..) if v != VERSION => Err(Unanswered::OtherVersion),
        (_, of, answers) if (of, &answers) == (clinic, question) => Ok(told),
        _ => Err(Unanswered::OtherQuestion),
    }
}

fn unsigned(fault: NotGenuine) -> Unanswered {
    match fault {
        NotGenuine::Signer => Unanswered::OtherKey,
        _ => Unanswered::NotSigned,
    }
}

impl Signs for Answer {
    const SORT: &'static str = "clinicdesk/answer/2";
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

impl Signs for HaveBlobs {
    const SORT: &'static str = "clinicdesk/have-blobs/1";
}

impl Signs for BlobChunk {
    const SORT: &'static str = "clinicdesk/blob-chunk/1";
}

impl Signs for WantBlob {
    const SORT: &'static str = "clinicdesk/want-blob/1";
}

impl Signs for BlobsHeld {
    const SORT: &'static str = "clinicdesk/blobs-held/1";
}

impl Signs for BackupPart {
    const SORT: &'static str = "clinicdesk/backup-part/1";
}

impl Signs for AskBackup {
    const SORT: &'static str = "clinicdesk/ask-backup/1";
}

impl Signs for WantObject {
    const SORT: &'static str = "clinicdesk/want-object/1";
}

impl Signs for BackupHeld {
    const SORT: &'static str = "clinicdesk/backup-held/1";
}
