//! Why this workstation believes a record about a person or a workstation: a certificate over the keys
//! and the role, signed by an administrator whose own certificate leads to the clinic's root.

use std::collections::BTreeMap;

use crypto::certify::{FORMAT, KeyCertificate, LONGEST_CHAIN, Subject, trust};
use crypto::seal::{About, open, seal};
use crypto::{Entropy, Secret, Signed, SigningKey};
use domain::access::User;
use domain::admit::Entry;
use domain::certificates::Issuer;
use domain::clinic::Workstation;
use domain::fold::fold;
use domain::record::{Hex, Record};
use domain::wire::{Bytes, Message, Wire};
use domain::{ClinicId, Hlc, Incarnation, RecordId, cbor};
use store::{Act, Keys};

use crate::place::{Ids, Place};
use crate::refusal::{Code, Refusal};

/// Where the certificates are kept that lead to this workstation, unless it founded the clinic.
pub(crate) const CHAIN: &str = "chain";

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
        incarnation: workstation.incarnation.as_deref().and_then(|text| text.parse().ok()),
        ..blank(Subject::Workstation, by, clinic, id, now)
    };
    workstation.certificate = Some(signed(key, &certificate));
}

/// What the key that a ticket names, `leave`, says of the installation `ids` that it lets in, whose public key is `key`: the last
/// of the chain that leads there. `by` gave the ticket.
pub(crate) fn certify_installation(
    leave: &SigningKey,
    by: RecordId,
    ids: &Ids,
    key: &[u8; 32],
    now: u64,
) -> Bytes {
    let certificate = KeyCertificate {
        signs_with: Some(*key),
        incarnation: Some(ids.incarnation),
        ..blank(Subject::Workstation, Some(by), ids.clinic, ids.workstation, now)
    };
    Bytes(Signed::new(leave, &certificate).to_bytes())
}

/// Certifies a person's own key for certificates by their signing key.
pub(crate) fn certify_issuer(key: &SigningKey, place: &Place, issuer: &mut Issuer, now: u64) {
    let Some(user) = issuer.user else { return };
    let certificate = KeyCertificate {
        issues_with: array(issuer.issues_with.as_ref()),
        incarnation: Some(place.incarnation),
        block: issuer.block.clone(),
        ..blank(Subject::Issuer, Some(user), place.clinic, user, now)
    };
    issuer.certificate = Some(signed(key, &certificate));
}

/// What vouches for a person's key for certificates, while they may issue: root, administrator, person, key.
pub(crate) fn certified_issuer(
    act: &Act,
    place: &Place,
    issuer: &Issuer,
) -> Result<Option<KeyCertificate>, Refusal> {
    let (Some(user), Some(own)) = (issuer.user, read(issuer.certificate.as_ref())) else { return Ok(None) };
    let active = act.record(user)?.is_some_and(|record| record.state.record::<User>().active == Some(true));
    let mut chain = match chain_of(act, user) {
        Ok(chain) => chain,
        Err(refusal) if refusal.code == Code::NotTrusted => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    chain.push(own);
    let certified = trust(&place.root, place.clinic, &chain).ok();
    Ok(certified.filter(|certified| active && certified.is_of(issuer)))
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

/// Who has signed the certificate of a user's record, as it says itself; none for the root.
pub(crate) fn certifier(user: &User) -> Option<RecordId> {
    read(user.certificate.as_ref())?.claimed().ok()?.by
}

/// The certificate over a workstation's keys that its record carries, when an administrator or the root
/// signed it and the record's keys are those.
pub(crate) fn certified_workstation(
    act: &Act,
    place: &Place,
    id: RecordId,
    workstation: &Workstation,
) -> Result<Option<KeyCertificate>, Refusal> {
    let Some(own) = read(workstation.certificate.as_ref()) else { return Ok(None) };
    let Ok(claimed) = own.claimed() else { return Ok(None) };
    let above = match claimed.by {
        Some(by) => chain_of(act, by),
        None => Ok(Vec::new()),
    };
    let mut chain = match above {
        Ok(chain) => chain,
        Err(refusal) if refusal.code == Code::NotTrusted => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    chain.push(own);
    let certified = trust(&place.root, place.clinic, &chain).ok().filter(|certified| {
        certified.kind == Subject::Workstation
            && certified.subject == id
            && certified.signs_with == array(workstation.signs_with.as_ref())
            && certified.issues_with == array(workstation.issues_with.as_ref())
    });
    Ok(certified)
}

/// What is vouched for about this workstation itself, as it was when it was founded or let in.
pub(crate) fn own_certificate(act: &Act, place: &Place) -> Result<Option<KeyCertificate>, Refusal> {
    let chain = own_chain(act, place)?;
    let last = chain.last().and_then(|last| Signed::<KeyCertificate>::from_bytes(&last.0).ok());
    let own = last.and_then(|last| last.claimed().ok());
    Ok(own.filter(|own| own.clinic == place.clinic && own.subject == place.workstation))
}

/// The certificates that lead from the root to this workstation.
pub(crate) fn own_chain(act: &Act, place: &Place) -> Result<Vec<Bytes>, Refusal> {
    if let Some(kept) = act.local(CHAIN)? {
        let chain = cbor::decode(&kept).ok().and_then(|value| Vec::<Bytes>::from_value(&value));
        return chain.ok_or_else(|| Refusal::new(Code::StoreDamaged));
    }
    let record = act.record(place.workstation)?.ok_or_else(|| Refusal::new(Code::StoreDamaged))?;
    let workstation: Workstation = record.state.record();
    Ok(vec![Bytes(workstation.certificate.unwrap_or_default().bytes())])
}

/// Keeps the certificates that lead to this workstation.
pub(crate) fn keep_chain(act: &Act, chain: &[Bytes]) -> Result<(), Refusal> {
    Ok(act.set_local(CHAIN, &cbor::encode(&chain.to_vec().to_value()))?)
}

/// Keeps the certificates that lead to `former`, which this installation follows: a server that begins is shown them.
pub(crate) fn keep_former_chain(act: &Act, former: Incarnation, chain: &[Bytes]) -> Result<(), Refusal> {
    Ok(act.set_local(&former_chain_name(former), &cbor::encode(&chain.to_vec().to_value()))?)
}

/// The certificates that lead to an installation before this one, where they were kept.
pub(crate) fn former_chain(act: &Act, former: Incarnation) -> Result<Option<Vec<Bytes>>, Refusal> {
    let kept = act.local(&former_chain_name(former))?.and_then(|kept| cbor::decode(&kept).ok());
    Ok(kept.and_then(|value| Vec::<Bytes>::from_value(&value)))
}

/// Which workstation the last certificate of a chain is about, as it says itself.
pub(crate) fn subject(chain: &[Bytes]) -> Option<RecordId> {
    let last = Signed::<KeyCertificate>::from_bytes(&chain.last()?.0).ok()?;
    Some(last.claimed().ok()?.subject)
}

/// What the certificates of `chain` say of the installation `incarnation`, where they lead to it from the clinic's root.
pub(crate) fn led_to(place: &Place, chain: &[Bytes], incarnation: Incarnation) -> Option<KeyCertificate> {
    let chain = chain.iter().map(|bytes| Signed::from_bytes(&bytes.0).ok()).collect::<Option<Vec<_>>>()?;
    let certified = trust(&place.root, place.clinic, &chain).ok()?;
    let fits = certified.kind == Subject::Workstation && certified.incarnation == Some(incarnation);
    Some(certified).filter(|_| fits)
}

fn former_chain_name(former: Incarnation) -> String {
    format!("{CHAIN}/{former}")
}

/// The certificates that lead from the root to `user`.
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
        block: None,
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

/// The keys that the clinic's own records and certificates vouch for.
pub(crate) struct Vouched<'a> {
    pub(crate) place: &'a Place,
}

/// What is installed at each workstation, as far as that is known here.
pub(crate) fn installed(act: &Act, place: &Place) -> Result<BTreeMap<RecordId, Incarnation>, Refusal> {
    let mut installed: BTreeMap<RecordId, Incarnation> = BTreeMap::new();
    for bytes in act.peers()? {
        let certificate = KeyCertificate::from_bytes(&bytes).ok();
        installed.extend(certificate.and_then(|known| Some((known.subject, known.incarnation?))));
    }
    installed.insert(place.workstation, place.incarnation);
    Ok(installed)
}

impl Vouched<'_> {
    fn key_of(&self, act: &Act, id: RecordId, user: User) -> Option<[u8; 32]> {
        check_user(act, self.place, id, &user).ok()?;
        user.signs_with?.bytes().try_into().ok()
    }
}

impl Keys for Vouched<'_> {
    fn author(&self, act: &Act, entry: &Entry) -> Option<[u8; 32]> {
        let id = entry.transaction.author;
        if act.record(id).ok()?.is_some() {
            return self.person(act, id);
        }
        // Whoever founds a clinic writes their own record.
        let own = entry.ops.iter().filter(|op| op.header.record == id);
        self.key_of(act, id, fold(User::KIND, id, &own.cloned().collect::<Vec<_>>()).record())
    }

    fn person(&self, act: &Act, person: RecordId) -> Option<[u8; 32]> {
        let record = act.record(person).ok()?.filter(|record| record.kind == User::KIND.name)?;
        self.key_of(act, person, record.state.record())
    }

    fn workstation(&self, act: &Act, incarnation: Incarnation) -> Option<[u8; 32]> {
        if incarnation == self.place.incarnation {
            return Some(*self.place.key.public());
        }
        let certificate = KeyCertificate::from_bytes(&act.peer(incarnation).ok()??).ok()?;
        (certificate.kind == Subject::Workstation).then_some(certificate.signs_with?)
    }
}
