//! A workstation's key for certificates: ECDSA on P-256, made and kept by ring.

use std::fmt;

use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::cose::{NotIssued, SignsCertificates};
use crate::entropy::system;
use crate::pem;
use crate::signed::key_id;

/// A private P-256 key.
pub struct IssuingKey {
    pair: EcdsaKeyPair,
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

    /// The key that [`IssuingKey::pkcs8`] gave.
    ///
    /// # Errors
    /// [`NotAKey`] for anything else.
    pub fn from_pkcs8(bytes: &[u8]) -> Result<Self, NotAKey> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes, &system())
            .map_err(|_| NotAKey)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| NotAKey)?;
        Ok(Self { pair, pkcs8: Zeroizing::new(bytes.to_vec()), public })
    }

    /// The private key as PKCS #8 (RFC 5958), to be kept in the store alone.
    #[must_use]
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The public key, uncompressed (SEC 1, section 2.3.3).
    #[must_use]
    pub fn public(&self) -> &[u8; 65] {
        &self.public
    }
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
        let signature = self.pair.sign(&system(), to_be_signed).map_err(|_| NotIssued)?;
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

    #[test]
    fn a_key_comes_back_from_its_bytes_and_is_never_shown() {
        let key = IssuingKey::generate().unwrap();
        let again = IssuingKey::from_pkcs8(key.pkcs8()).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(again.kid(), key.kid());
        assert_ne!(IssuingKey::generate().unwrap().public(), key.public());
        assert_eq!(format!("{key:?}"), "IssuingKey");
    }

    #[test]
    fn bytes_that_are_no_key_are_refused() {
        let mut bytes = IssuingKey::generate().unwrap().pkcs8().to_vec();
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
