//! Why a workstation trusts a key: the root certifies administrators and the recovery key;
//! administrators certify people and workstations; a person who issues certifies their own keys for that.

use domain::access::{Permission, Role, grants};
use domain::certificates::Issuer;
use domain::wire::Wire;
use domain::{ClinicId, Hlc, Incarnation, RecordId, Value, wire};

use crate::keys::NotGenuine;
use crate::signed::{Signed, Signs};

/// The version of the format that this program writes.
pub const FORMAT: u64 = 1;

/// Longer chains are not followed.
pub const LONGEST_CHAIN: usize = 32;

/// Whom a certificate speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person who works here.
    User,
    /// A workstation.
    Workstation,
    /// The clinic's recovery key.
    Recovery,
    /// A person's key for certificates at one workstation.
    Issuer,
}

wire! {
    /// What an administrator or the root says about somebody's keys.
    pub struct KeyCertificate {
        /// The format's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// Whom it speaks of.
        kind: Subject,
        /// Their record.
        subject: RecordId,
        /// Their public signing key (Ed25519).
        signs_with: Option<[u8; 32]>,
        /// Their public sealing key (X25519).
        seals_with: Option<[u8; 32]>,
        /// The public key that issues certificates (P-256, uncompressed, SEC 1).
        issues_with: Option<[u8; 65]>,
        /// The workstation's incarnation, or the one at which the key issues.
        incarnation: Option<Incarnation>,
        /// What begins the numbers that an issuing key gives.
        block: Option<String>,
        /// The person's role, a [`Role`]'s word.
        role: Option<String>,
        /// When, by the clock of who signed.
        issued: Hlc,
        /// The administrator's record; none where the root signed.
        by: Option<RecordId>,
    }
}

impl Signs for KeyCertificate {
    const SORT: &'static str = "clinicdesk/key-certificate/1";
}

/// Why a key is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTrusted {
    /// The certificate at this place of the chain, from 0, is not signed by the one before.
    #[error("certificate {0} of the chain: {1}")]
    NotGenuine(usize, NotGenuine),
    /// The certificate at this place is of another clinic, names another signer, or lacks a key.
    #[error("certificate {0} of the chain does not fit")]
    Unfit(usize),
    /// Who signed the certificate at this place may not certify.
    #[error("who signed certificate {0} of the chain may not certify")]
    NotAllowed(usize),
    /// No certificate, or more than [`LONGEST_CHAIN`].
    #[error("the chain has no end that fits")]
    Length,
}

/// What the last certificate of `chain` says, when each is signed by the subject of the one before
/// and the first by the owner of the public key `root`.
///
/// Whether an administrator still was one when they signed is for the records to say: a chain knows
/// neither revocation nor time.
///
/// # Errors
/// [`NotTrusted`] names the first certificate that breaks the chain.
pub fn trust(
    root: &[u8; 32],
    clinic: ClinicId,
    chain: &[Signed<KeyCertificate>],
) -> Result<KeyCertificate, NotTrusted> {
    if chain.len() > LONGEST_CHAIN {
        return Err(NotTrusted::Length);
    }
    let mut signer: Option<KeyCertificate> = None;
    for (place, signed) in chain.iter().enumerate() {
        let public = match &signer {
            Some(signer) => signer.signs_with.ok_or(NotTrusted::Unfit(place))?,
            None => *root,
        };
        let certificate = signed.open(&public).map_err(|fault| NotTrusted::NotGenuine(place, fault))?;
        let named = signer.as_ref().map(|signer| signer.subject);
        if certificate.clinic != clinic || certificate.by != named || !certificate.is_whole() {
            return Err(NotTrusted::Unfit(place));
        }
        if signer.is_some_and(|signer| !signer.may_certify(certificate.kind)) {
            return Err(NotTrusted::NotAllowed(place));
        }
        signer = Some(certificate);
    }
    signer.ok_or(NotTrusted::Length)
}

impl KeyCertificate {
    /// The role that it gives.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        let word = self.role.as_deref()?;
        Role::ALL.iter().copied().find(|role| role.word() == word)
    }

    /// Whether it speaks of the key of this record, and says the same.
    #[must_use]
    pub fn is_of(&self, issuer: &Issuer) -> bool {
        let key = issuer.issues_with.as_ref().and_then(|key| key.bytes().try_into().ok());
        self.kind == Subject::Issuer
            && Some(self.subject) == issuer.user
            && self.issues_with == key
            && self.incarnation.map(|incarnation| incarnation.to_string()) == issuer.incarnation
            && self.block == issuer.block
    }

    /// Whether it has the keys that its subject needs.
    fn is_whole(&self) -> bool {
        self.v == FORMAT
            && match self.kind {
                Subject::User => {
                    self.signs_with.is_some() && self.seals_with.is_some() && self.role().is_some()
                }
                Subject::Workstation => self.signs_with.is_some() && self.incarnation.is_some(),
                Subject::Recovery => self.seals_with.is_some(),
                Subject::Issuer => {
                    self.by == Some(self.subject)
                        && self.issues_with.is_some()
                        && self.incarnation.is_some()
                        && self.block.is_some()
                }
            }
    }

    /// Whether its subject may certify others of this kind.
    fn may_certify(&self, kind: Subject) -> bool {
        let permission = match kind {
            Subject::User => Permission::UserEdit,
            Subject::Workstation => Permission::WorkstationEdit,
            Subject::Issuer => Permission::CertificateApprove,
            // Whoever opens every store is named by the root alone.
            Subject::Recovery => return false,
        };
        self.kind == Subject::User && self.role().is_some_and(|role| grants(role, permission))
    }
}

impl Wire for Subject {
    fn to_value(&self) -> Value {
        Value::text(match self {
            Self::User => "user",
            Self::Workstation => "workstation",
            Self::Recovery => "recovery",
            Self::Issuer => "issuer",
        })
    }

    fn from_value(value: &Value) -> Option<Self> {
        [Self::User, Self::Workstation, Self::Recovery, Self::Issuer]
            .into_iter()
            .find(|subject| subject.to_value() == *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{SealingKey, SigningKey};
    use crate::testing::TestEntropy;

    fn key(seed: u64) -> SigningKey {
        SigningKey::random(&mut TestEntropy::new(seed))
    }

    fn clinic() -> ClinicId {
        ClinicId::derived(b"clinic")
    }

    fn id(name: &str) -> RecordId {
        RecordId::derived(name.as_bytes())
    }

    fn user(name: &str, seed: u64, role: Role, by: Option<&str>) -> KeyCertificate {
        KeyCertificate {
            v: FORMAT,
            clinic: clinic(),
            kind: Subject::User,
            subject: id(name),
            signs_with: Some(*key(seed).public()),
            seals_with: Some(*SealingKey::random(&mut TestEntropy::new(seed)).public()),
            issues_with: None,
            block: None,
            incarnation: None,
            role: Some(role.word().to_owned()),
            issued: Hlc::at(1),
            by: by.map(id),
        }
    }

    fn workstation(by: &str) -> KeyCertificate {
        KeyCertificate {
            kind: Subject::Workstation,
            seals_with: None,
            issues_with: Some([4; 65]),
            incarnation: Some(Incarnation::derived(b"incarnation")),
            role: None,
            ..user("desk", 9, Role::Doctor, Some(by))
        }
    }

    fn administrator() -> Signed<KeyCertificate> {
        Signed::new(&key(0), &user("ada", 1, Role::Administrator, None))
    }

    fn tried(chain: &[Signed<KeyCertificate>]) -> Result<KeyCertificate, NotTrusted> {
        trust(key(0).public(), clinic(), chain)
    }

    #[test]
    fn the_root_vouches_for_administrators_and_they_for_people_and_workstations() {
        let doctor = user("bo", 2, Role::Doctor, Some("ada"));
        let chain = [administrator(), Signed::new(&key(1), &doctor)];
        assert_eq!(tried(&chain), Ok(doctor));
        let desk = workstation("ada");
        assert_eq!(tried(&[administrator(), Signed::new(&key(1), &desk)]), Ok(desk));
        let second = user("cy", 3, Role::Administrator, Some("ada"));
        let nurse = user("di", 4, Role::Nurse, Some("cy"));
        let chain = [administrator(), Signed::new(&key(1), &second), Signed::new(&key(3), &nurse)];
        assert_eq!(tried(&chain), Ok(nurse));
    }

    #[test]
    fn nobody_vouches_for_themselves_or_in_anothers_name() {
        let forged = user("eve", 5, Role::Administrator, None);
        assert_eq!(
            tried(&[Signed::new(&key(5), &forged)]),
            Err(NotTrusted::NotGenuine(0, NotGenuine::Signer))
        );
        let doctor = user("bo", 2, Role::Doctor, Some("ada"));
        assert_eq!(
            tried(&[administrator(), Signed::new(&key(5), &doctor)]),
            Err(NotTrusted::NotGenuine(1, NotGenuine::Signer))
        );
        let in_another_name = user("bo", 2, Role::Doctor, Some("cy"));
        assert_eq!(
            tried(&[administrator(), Signed::new(&key(1), &in_another_name)]),
            Err(NotTrusted::Unfit(1))
        );
    }

    #[test]
    fn only_who_may_edit_people_certifies_them_and_a_workstation_certifies_nobody() {
        let doctor = Signed::new(&key(1), &user("bo", 2, Role::Doctor, Some("ada")));
        let friend = user("eve", 5, Role::Administrator, Some("bo"));
        assert_eq!(
            tried(&[administrator(), doctor, Signed::new(&key(2), &friend)]),
            Err(NotTrusted::NotAllowed(2))
        );
        let desk = Signed::new(&key(1), &workstation("ada"));
        let friend = user("eve", 5, Role::Administrator, Some("desk"));
        assert_eq!(
            tried(&[administrator(), desk, Signed::new(&key(9), &friend)]),
            Err(NotTrusted::NotAllowed(2))
        );
    }

    #[test]
    fn the_recovery_key_is_the_roots_business_alone() {
        let recovery = |by: Option<&str>| KeyCertificate {
            kind: Subject::Recovery,
            signs_with: None,
            role: None,
            ..user("recovery", 6, Role::Doctor, by)
        };
        let signed = Signed::new(&key(0), &recovery(None));
        assert_eq!(tried(std::slice::from_ref(&signed)), Ok(recovery(None)));
        assert_eq!(
            tried(&[administrator(), Signed::new(&key(1), &recovery(Some("ada")))]),
            Err(NotTrusted::NotAllowed(1))
        );
        let after = user("eve", 5, Role::Administrator, Some("recovery"));
        assert_eq!(tried(&[signed, Signed::new(&key(5), &after)]), Err(NotTrusted::Unfit(1)));
    }

    #[test]
    fn a_certificate_of_another_clinic_or_without_its_keys_does_not_fit() {
        let fit = || user("ada", 1, Role::Administrator, None);
        let desk = || KeyCertificate { by: None, ..workstation("ada") };
        let unfit = [
            KeyCertificate { clinic: ClinicId::derived(b"other"), ..fit() },
            KeyCertificate { v: 2, ..fit() },
            KeyCertificate { signs_with: None, ..fit() },
            KeyCertificate { seals_with: None, ..fit() },
            KeyCertificate { role: Some("wizard".to_owned()), ..fit() },
            KeyCertificate { incarnation: None, ..desk() },
            KeyCertificate { signs_with: None, ..desk() },
            KeyCertificate { kind: Subject::Recovery, seals_with: None, ..fit() },
        ];
        for certificate in unfit {
            let signed = Signed::new(&key(0), &certificate);
            assert_eq!(tried(&[signed]), Err(NotTrusted::Unfit(0)), "{certificate:?}");
        }
    }

    #[test]
    fn an_empty_or_an_endless_chain_leads_nowhere() {
        assert_eq!(tried(&[]), Err(NotTrusted::Length));
        assert_eq!(tried(&vec![administrator(); LONGEST_CHAIN + 1]), Err(NotTrusted::Length));
    }
}
