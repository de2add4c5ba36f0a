//! A person's key for certificates at one workstation: ECDSA on P-256, made and kept by ring, and sealed to that person
//! alone.

use std::fmt;

use domain::{Incarnation, RecordId};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::cose::{NotIssued, SignsCertificates};
use crate::entropy::{Entropy, system};
use crate::keys::SealingKey;
use crate::pem;
use crate::seal::{About, NotOpened, NotSealed, open_with, seal_to};
use crate::signed::key_id;

/// A private P-256 key.
pub struct IssuingKey {
    pkcs8: Zeroizing<Vec<u8>>,
    public: [u8; 65],
}

/// Bytes that are not such a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a P-256 key")]
pub struct NotAKey;

/// SubjectPublicKeyInfo (RFC 5480) of an uncompressed P-256 key, up to the key itself.
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const LABEL: &str = "PUBLIC KEY";

impl IssuingKey {
    /// A new key, from the operating system's randomness: nothing else can seed it.
    ///
    /// # Errors
    /// [`NotAKey`] when the system gives none.
    pub fn generate() -> Result<Self, NotAKey> {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &system()).map_err(|_| NotAKey)?;
        Self::from_pkcs8(document.as_ref())
    }

    fn from_pkcs8(bytes: &[u8]) -> Result<Self, NotAKey> {
        let public = pair(bytes)?.public_key().as_ref().try_into().map_err(|_| NotAKey)?;
        Ok(Self { pkcs8: Zeroizing::new(bytes.to_vec()), public })
    }

    /// The private key as PKCS #8 (RFC 5958), sealed to `user`, the owner of the public X25519 key `recipient`, for
    /// this installation.
    ///
    /// # Errors
    /// [`NotSealed`] when nothing can be sealed to `recipient`.
    pub fn sealed(
        &self,
        entropy: &mut dyn Entropy,
        recipient: &[u8; 32],
        user: RecordId,
        incarnation: Incarnation,
    ) -> Result<Vec<u8>, NotSealed> {
        seal_to(entropy, recipient, about(&[user.0.as_bytes(), incarnation.0.as_bytes()]), &self.pkcs8)
    }

    /// What [`IssuingKey::sealed`] sealed.
    ///
    /// # Errors
    /// [`NotOpened`] for another person or installation, and for damage.
    pub fn open(
        key: &SealingKey,
        user: RecordId,
        incarnation: Incarnation,
        sealed: &[u8],
    ) -> Result<Self, NotOpened> {
        let plain = open_with(key, about(&[user.0.as_bytes(), incarnation.0.as_bytes()]), sealed)?;
        Self::from_pkcs8(&plain).map_err(|_| NotOpened)
    }

    /// The public key, uncompressed (SEC 1, section 2.3.3).
    #[must_use]
    pub fn public(&self) -> &[u8; 65] {
        &self.public
    }
}

/// Made when it is needed: its library does not wipe it.
fn pair(pkcs8: &[u8]) -> Result<EcdsaKeyPair, NotAKey> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &system()).map_err(|_| NotAKey)
}

fn about<'a>(ids: &'a [&'a [u8]]) -> About<'a> {
    About { kind: "issuing", ids, epoch: 0 }
}

/// A public key as others read it: SubjectPublicKeyInfo in PEM.
#[must_use]
pub fn public_pem(public: &[u8; 65]) -> String {
    pem::encode(LABEL, &[&SPKI[..], public].concat())
}

/// The public key of [`public_pem`].
///
/// # Errors
/// [`NotAKey`] when the text holds no P-256 key.
pub fn public_from_pem(text: &str) -> Result<[u8; 65], NotAKey> {
    let bytes = pem::decode(LABEL, text).ok_or(NotAKey)?;
    let public = bytes.strip_prefix(&SPKI).ok_or(NotAKey)?;
    let uncompressed = public.first() == Some(&4);
    public.try_into().ok().filter(|_| uncompressed).ok_or(NotAKey)
}

impl SignsCertificates for IssuingKey {
    fn kid(&self) -> [u8; 8] {
        key_id(&self.public)
    }

    fn sign(&self, to_be_signed: &[u8]) -> Result<[u8; 64], NotIssued> {
        let pair = pair(&self.pkcs8).map_err(|_| NotIssued)?;
        let signature = pair.sign(&system(), to_be_signed).map_err(|_| NotIssued)?;
        signature.as_ref().try_into().map_err(|_| NotIssued)
    }
}

impl fmt::Debug for IssuingKey {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("IssuingKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestEntropy;

    #[test]
    fn a_key_opens_to_its_owner_at_its_installation_alone_and_is_never_shown() {
        let entropy = &mut TestEntropy::new(1);
        let (owner, stranger) = (SealingKey::random(entropy), SealingKey::random(entropy));
        let (user, here) = (RecordId::derived(b"user"), Incarnation::derived(b"here"));
        let key = IssuingKey::generate().unwrap();
        let sealed = key.sealed(entropy, owner.public(), user, here).unwrap();
        let opened = |with: &SealingKey, user, at, bytes: &[u8]| IssuingKey::open(with, user, at, bytes);
        let again = opened(&owner, user, here, &sealed).unwrap();
        assert_eq!((again.public(), again.kid()), (key.public(), key.kid()));
        assert_ne!(IssuingKey::generate().unwrap().public(), key.public());
        assert_eq!(format!("{key:?}"), "IssuingKey");
        assert!(opened(&stranger, user, here, &sealed).is_err());
        assert!(opened(&owner, RecordId::derived(b"other"), here, &sealed).is_err());
        assert!(opened(&owner, user, Incarnation::derived(b"there"), &sealed).is_err());
        let mut damaged = sealed;
        *damaged.last_mut().unwrap() ^= 1;
        assert!(opened(&owner, user, here, &damaged).is_err());
    }

    #[test]
    fn bytes_that_are_no_key_are_refused() {
        let mut bytes = IssuingKey::generate().unwrap().pkcs8.to_vec();
        bytes.pop();
        assert_eq!(IssuingKey::from_pkcs8(&bytes).unwrap_err(), NotAKey);
    }

    #[test]
    fn others_read_the_public_key_from_pem() {
        let key = IssuingKey::generate().unwrap();
        let text = public_pem(key.public());
        assert!(text.starts_with("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"));
        assert_eq!(public_from_pem(&text), Ok(*key.public()));
        assert_eq!(public_from_pem(&text.replace('\n', "\r\n")), Ok(*key.public()));
        let mut compressed = *key.public();
        compressed[0] = 2;
        for wrong in [
            String::new(),
            text.replace("PUBLIC", "PRIVATE"),
            text.replace("MFkw", "MFkx"),
            public_pem(&compressed),
            pem::encode(LABEL, &SPKI),
        ] {
            assert_eq!(public_from_pem(&wrong), Err(NotAKey), "{wrong}");
        }
    }
}
