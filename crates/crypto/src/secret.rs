//! Secret bytes: wiped when they are dropped, moved without a copy, never shown.

use std::fmt;

use domain::hex;
use ring::hkdf::{HKDF_SHA256, Salt};
use secrecy::{ExposeSecret, SecretBox};
use zeroize::Zeroizing;

use crate::entropy::Entropy;

/// `N` secret bytes.
pub struct Secret<const N: usize>(SecretBox<[u8; N]>);

/// What opens a workstation's store: a SQLCipher key and its salt, both random.
#[derive(Clone)]
pub struct StoreKey {
    key: Secret<32>,
    salt: [u8; 16],
}

impl<const N: usize> Secret<N> {
    /// How many bytes it has.
    pub const LENGTH: usize = N;

    /// These bytes. The caller's own copy is the caller's to wipe.
    #[must_use]
    pub fn new(bytes: &[u8; N]) -> Self {
        Self(SecretBox::new(Box::new(*bytes)))
    }

    /// New bytes.
    pub fn random(entropy: &mut dyn Entropy) -> Self {
        Self::written(|bytes| entropy.fill(bytes))
    }

    /// These bytes, if there are `N` of them.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    /// The bytes that `write` puts in place.
    pub(crate) fn written(write: impl FnOnce(&mut [u8; N])) -> Self {
        let mut bytes = Box::new([0; N]);
        write(&mut bytes);
        Self(SecretBox::new(bytes))
    }

    /// The bytes, to be used and not kept.
    #[must_use]
    pub fn expose(&self) -> &[u8; N] {
        self.0.expose_secret()
    }

    /// The key for one purpose: HKDF-SHA256 (RFC 5869) without salt, the info `clinicdesk/1/` and the purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Secret<32> {
        let extracted = Salt::new(HKDF_SHA256, &[]).extract(self.expose());
        Secret::written(|bytes| {
            let filled = extracted
                .expand(&[b"clinicdesk/1/", purpose.as_bytes()], HKDF_SHA256)
                .and_then(|material| material.fill(bytes));
            debug_assert!(filled.is_ok(), "one block is never too long");
        })
    }
}

impl<const N: usize> Clone for Secret<N> {
    fn clone(&self) -> Self {
        Self::new(self.expose())
    }
}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("Secret")
    }
}

impl StoreKey {
    /// How many bytes [`StoreKey::to_bytes`] gives.
    pub const LENGTH: usize = 48;

    /// A new key.
    pub fn random(entropy: &mut dyn Entropy) -> Self {
        let key = Secret::random(entropy);
        let salt = crate::entropy::random(entropy);
        Self { key, salt }
    }

    /// The key that [`StoreKey::to_bytes`] gave.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let (key, salt) = bytes.split_at_checked(32)?;
        Some(Self { key: Secret::from_slice(key)?, salt: salt.try_into().ok()? })
    }

    /// The key and then the salt.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(Self::LENGTH));
        bytes.extend_from_slice(self.key.expose());
        bytes.extend_from_slice(&self.salt);
        bytes
    }

    /// The 96 hexadecimal digits that SQLCipher takes as `x'…'`: the key and then the salt.
    #[must_use]
    pub fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(&self.to_bytes()))
    }

    /// The key for one purpose under this store, such as `attachment`, `log`, `audit` or `scratch`.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Secret<32> {
        self.key.derive(purpose)
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("StoreKey")
    }
}

#[cfg(test)]
mod tests {
    use super::{Secret, StoreKey};
    use crate::testing::TestEntropy;

    #[test]
    fn no_secret_is_shown() {
        let secret = Secret::new(&[0x5e; 32]);
        let store = StoreKey::random(&mut TestEntropy::new(1));
        assert_eq!(format!("{secret:?} {store:?}"), "Secret StoreKey");
    }

    #[test]
    fn the_store_takes_key_and_salt_as_digits() {
        let bytes: Vec<u8> = (0..48).collect();
        let key = StoreKey::from_slice(&bytes).unwrap();
        assert_eq!(key.to_bytes().as_slice(), bytes);
        assert_eq!(key.pragma().len(), 96);
        assert!(key.pragma().starts_with("000102"));
        assert!(key.pragma().ends_with("2d2e2f"));
        assert!(StoreKey::from_slice(&bytes[1..]).is_none());
    }

    #[test]
    fn each_purpose_has_its_own_key() {
        let key = StoreKey::random(&mut TestEntropy::new(1));
        let (log, audit) = (key.derive("log"), key.derive("audit"));
        assert_ne!(log.expose(), audit.expose());
        assert_ne!(log.expose(), key.key.expose());
        assert_eq!(log.expose(), key.clone().derive("log").expose());
    }

    /// HMAC-SHA256 twice, by Python's `hmac`: an implementation of RFC 5869 that is not ours.
    #[test]
    fn a_derived_key_is_the_one_that_others_derive() {
        let key = Secret::new(&[7; 32]).derive("log");
        assert_eq!(
            domain::hex::encode(key.expose()),
            "c05923f12441d7adfb6eac55eec3b64d5429a0d4a6f1d3af1c4c12221c7b2e94"
        );
    }
}
