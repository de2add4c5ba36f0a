//! Why this workstation believes a record about a person or a workstation: a certificate over the keys
//! and the role, signed by an administrator whose own certificate leads to the clinic's root.

use crypto::certify::{FORMAT, KeyCertificate, LONGEST_CHAIN, Subject, trust};
use crypto::seal::{About, open, seal};
use crypto::{Entropy, Secret, Signed, SigningKey};
use domain::access::{Permission, User, grants};
use domain::clinic::Workstation;
use domain::record::Hex;
use domain::sync::{Present, Ticket};
use domain::wire::{Bytes, Message, Wire};
use domain::{ClinicId, Hlc, RecordId, cbor};
use store::Act;

use crate::desk::Place;
use crate::refusal::{Code, Refusal};

/// Certifies the keys and the role of a user's record. `by` is the administrator, none for the root.
pub(crate) fn certify_user(
    key: &SigningKey,
    by: Option<RecordId>,
    clinic: ClinicId,
    id: RecordId,
    user: &mut User,
    now: u64,
) {
    let certificate = KeyCertificate {
        signs_with: array(user.signs_with.as_ref()),
        seals_with: array(user.seals_with.as_ref()),
        role: user.role.map(|role| role.word().to_owned()),
        ..blank(Subject::User, by, clinic, id, now)
    };
    user.certificate = Some(signed(key, &certificate));
}

/// Certifies the keys of a workstation's record.
pub(crate) fn certify_workstation(
    key: &SigningKey,
    by: Option<RecordId>,
    clinic: ClinicId,
    id: RecordId,
    workstation: &mut Workstation,
    now: u64,
) {
    let certificate = KeyCertificate {
        signs_with: array(workstation.signs_with.as_ref()),
        issues_with: array(workstation.issues_with.as_ref()),
        incarnation: workstation.incarnation.as_deref().and_then(|text| text.parse().ok()),
        ..blank(Subject::Workstation, by, clinic, id, now)
    };
    workstation.certificate = Some(signed(key, &certificate));
}

/// That a user's keys and role are what somebody who may has certified.
pub(crate) fn check_user(act: &Act, place: &Place, id: RecordId, user: &User) -> Result<(), Refusal> {
    let not_trusted = || Refusal::new(Code::NotTrusted);
    let own = read(user.certificate.as_ref()).ok_or_else(not_trusted)?;
    let mut chain = match own.claimed().map_err(|_| not_trusted())?.by {
        Some(by) => chain_of(act, by)?,
        None => Vec::new(),
    };
    chain.push(own);
    let certified = trust(&place.root, place.clinic, &chain).map_err(|_| not_trusted())?;
    let fits = certified.kind == Subject::User
        && certified.subject == id
        && certified.signs_with == array(user.signs_with.as_ref())
        && certified.seals_with == array(user.seals_with.as_ref())
        && certified.role() == user.role;
    if fits { Ok(()) } else { Err(not_trusted()) }
}

/// The certificates that lead from the root to this workstation.
pub(crate) fn own_chain(act: &Act, place: &Place) -> Result<Vec<Bytes>, Refusal> {
    if let Some(kept) = act.local("chain")? {
        let chain = cbor::decode(&kept).ok().and_then(|value| Vec::<Bytes>::from_value(&value));
        return chain.ok_or_else(|| Refusal::new(Code::StoreDamaged));
    }
    let record = act.record(place.workstation)?.ok_or_else(|| Refusal::new(Code::StoreDamaged))?;
    let workstation: Workstation = record.state.record();
    Ok(vec![Bytes(workstation.certificate.unwrap_or_default().bytes())])
}

/// The certificates that lead from the root to `user`, an administrator.
pub(crate) fn chain_of(act: &Act, user: RecordId) -> Result<Vec<Signed<KeyCertificate>>, Refusal> {
    let not_trusted = || Refusal::new(Code::NotTrusted);
    let mut chain: Vec<Signed<KeyCertificate>> = Vec::new();
    let mut next = Some(user);
    while let Some(user) = next.filter(|_| chain.len() < LONGEST_CHAIN) {
        let record: Option<User> = act.record(user)?.map(|record| record.state.record());
        let certificate =
            record.and_then(|record| read(record.certificate.as_ref())).ok_or_else(not_trusted)?;
        next = certificate.claimed().map_err(|_| not_trusted())?.by;
        chain.insert(0, certificate);
    }
    Ok(chain)
}

/// What is vouched for about a workstation: by the root or an administrator, or by the ticket that an
/// administrator gave and the seed in it.
pub(crate) fn check_present(root: &[u8; 32], clinic: ClinicId, present: &Present) -> Option<KeyCertificate> {
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

/// The key that only enrolled workstations hold.
pub(crate) fn clinic_key(act: &Act) -> Result<Secret<32>, Refusal> {
    let kept = act.local("clinic_key")?.and_then(|bytes| Secret::from_slice(&bytes));
    kept.ok_or_else(|| Refusal::new(Code::StoreDamaged))
}

/// A person's sealed keys as their record carries them: sealed once more, so that the server, which
/// has every record, cannot even begin to guess a password.
pub(crate) fn wrap_bundle(
    clinic_key: &Secret<32>,
    entropy: &mut dyn Entropy,
    user: RecordId,
    sealed: &[u8],
) -> Hex {
    let ids: &[&[u8]] = &[user.0.as_bytes()];
    Hex::of(&seal(entropy, clinic_key, About { kind: "bundle/clinic", ids, epoch: 0 }, sealed))
}

/// What [`wrap_bundle`] wrapped.
pub(crate) fn unwrap_bundle(clinic_key: &Secret<32>, id: RecordId, user: &User) -> Result<Vec<u8>, Refusal> {
    let ids: &[&[u8]] = &[id.0.as_bytes()];
    let wrapped = user.bundle.as_ref().map(Hex::bytes).unwrap_or_default();
    let opened = open(clinic_key, About { kind: "bundle/clinic", ids, epoch: 0 }, &wrapped);
    opened.map(|bytes| bytes.to_vec()).map_err(|_| Refusal::new(Code::NotTrusted))
}

fn blank(
    kind: Subject,
    by: Option<RecordId>,
    clinic: ClinicId,
    subject: RecordId,
    now: u64,
) -> KeyCertificate {
    KeyCertificate {
        v: FORMAT,
        clinic,
        kind,
        subject,
        signs_with: None,
        seals_with: None,
        issues_with: None,
        incarnation: None,
        role: None,
        issued: Hlc::at(now),
        by,
    }
}

fn signed(key: &SigningKey, certificate: &KeyCertificate) -> Hex {
    Hex::of(&cbor::encode(&Signed::new(key, certificate).to_value()))
}

fn read(bytes: Option<&Hex>) -> Option<Signed<KeyCertificate>> {
    Signed::from_value(&cbor::decode(&bytes?.bytes()).ok()?)
}

fn array<const N: usize>(hex: Option<&Hex>) -> Option<[u8; N]> {
    hex?.bytes().try_into().ok()
}
