//! A person's or a workstation's own keys, and the bundle in which a password keeps them.

use std::fmt;

use domain::wire::{Bytes, Message};
use domain::{RecordId, wire};
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use zeroize::Zeroizing;

use crate::derive::{Cost, Floor, NoMemory, stretch};
use crate::entropy::{Entropy, random};
use crate::seal::{About, NotOpened, open, seal};
use crate::secret::Secret;

/// A private Ed25519 key (RFC 8032).
#[derive(Clone)]
pub struct SigningKey {
    seed: Secret<32>,
    public: [u8; 32],
}

/// A private X25519 key (RFC 7748).
#[derive(Clone)]
pub struct SealingKey {
    private: Secret<32>,
    public: [u8; 32],
}

/// What a person's password keeps.
#[derive(Clone)]
pub struct Bundle {
    /// Opens what is sealed to them.
    pub sealing: SealingKey,
    /// Signs as them.
    pub signing: SigningKey,
    /// The seed of their second factor.
    pub second_factor: Option<Zeroizing<Vec<u8>>>,
    /// Rises each time the keys or the second factor change.
    pub epoch: u64,
}

/// Bytes that are not what they claim to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    /// Not the one encoding of the message that was expected.
    #[error("not the expected message")]
    Bytes,
    /// A part is not the one whose digest was named.
    #[error("a part is not the one that was named")]
    Digest,
    /// Not signed by this key.
    #[error("the signature is false")]
    Signature,
    /// It says itself that another key signed it.
    #[error("signed by another key")]
    Signer,
}

impl SigningKey {
    /// A new key.
    pub fn random(entropy: &mut dyn Entropy) -> Self {
        Self::from_seed(Secret::random(entropy))
    }

    /// The key of a seed: the private key of RFC 8032.
    #[must_use]
    pub fn from_seed(seed: Secret<32>) -> Self {
        let mut public = [0; 32];
        public.copy_from_slice(pair(&seed).public_key().as_ref());
        Self { seed, public }
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// The signature over `message`. What is signed as one thing must never read as another: prefer
    /// [`crate::Signed`], which says what it signs.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(pair(&self.seed).sign(message).as_ref());
        signature
    }
}

/// Whether `signature` over `message` is of the owner of `public`.
///
/// # Errors
/// [`NotGenuine::Signature`] when it is not.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> Result<(), NotGenuine> {
    UnparsedPublicKey::new(&ED25519, public).verify(message, signature).map_err(|_| NotGenuine::Signature)
}

impl SealingKey {
    /// A new key.
    pub fn random(entropy: &mut dyn Entropy) -> Self {
        Self::from_private(Secret::random(entropy))
    }

    /// The key of these private bytes.
    #[must_use]
    pub fn from_private(private: Secret<32>) -> Self {
        let mut key = Self { private, public: [0; 32] };
        if let Some(private) = key.private() {
            key.public = X25519HkdfSha256::sk_to_pk(&private).to_bytes().into();
        }
        key
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// Any 32 bytes are a private key, so there always is one.
    pub(crate) fn private(&self) -> Option<<X25519HkdfSha256 as Kem>::PrivateKey> {
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(self.private.expose()).ok()
    }
}

const FORMAT: u64 = 1;

wire! {
    /// A sealed bundle with what its key is made from.
    pub struct SealedBundle {
        /// The format's version.
        v: u64,
        /// The epoch.
        epoch: u64,
        /// The salt of the password's key.
        salt: [u8; 16],
        /// Memory of the password's key, in KiB.
        memory: u64,
        /// Passes of the password's key.
        passes: u64,
        /// The [`crate::seal`] of the keys.
        sealed: Bytes,
    }
}

/// Seals `bundle` of `user` under `password`: all that a change of password has to do.
///
/// # Errors
/// [`NoMemory`] when the computer cannot pay the cost.
pub fn seal_bundle(
    entropy: &mut dyn Entropy,
    password: &str,
    cost: Cost,
    user: RecordId,
    bundle: &Bundle,
) -> Result<Vec<u8>, NoMemory> {
    let salt = random(entropy);
    let key = stretch(password, &salt, cost)?.derive("bundle");
    let sealed = seal(entropy, &key, about(&[user.0.as_bytes()], bundle.epoch), &bundle.to_bytes());
    let message = SealedBundle {
        v: FORMAT,
        epoch: bundle.epoch,
        salt,
        memory: u64::from(cost.memory_kib()),
        passes: u64::from(cost.passes()),
        sealed: Bytes(sealed),
    };
    Ok(message.to_bytes())
}

/// What a guess at the password of a sealed bundle costs; `None` for bytes that are no bundle.
#[must_use]
pub fn bundle_cost(floor: Floor, bytes: &[u8]) -> Option<Cost> {
    let message = SealedBundle::from_bytes(bytes).ok()?;
    floor.cost(message.memory, message.passes).ok()
}

/// The bundle that [`seal_bundle`] sealed for `user` under `password`.
///
/// # Errors
/// [`NotOpened`], for a wrong password as for damaged bytes or a cost under [`Cost::FLOOR`].
pub fn open_bundle(password: &str, bytes: &[u8], user: RecordId) -> Result<Bundle, NotOpened> {
    open_bundle_above(Floor::default(), password, bytes, user)
}

/// [`open_bundle`] with a floor of the caller's choice; only [`crate::testing`] has a lower one.
///
/// # Errors
/// [`NotOpened`], as [`open_bundle`].
pub fn open_bundle_above(
    floor: Floor,
    password: &str,
    bytes: &[u8],
    user: RecordId,
) -> Result<Bundle, NotOpened> {
    let message = SealedBundle::from_bytes(bytes).map_err(|_| NotOpened)?;
    if message.v != FORMAT {
        return Err(NotOpened);
    }
    let cost = floor.cost(message.memory, message.passes).map_err(|_| NotOpened)?;
    let key = stretch(password, &message.salt, cost).map_err(|_| NotOpened)?.derive("bundle");
    let bytes = open(&key, about(&[user.0.as_bytes()], message.epoch), &message.sealed.0)?;
    Bundle::from_bytes(&bytes, message.epoch).ok_or(NotOpened)
}

impl Bundle {
    /// The X25519 key, the Ed25519 seed, and the seed of the second factor where there is one.
    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let factor = self.second_factor.as_ref().map_or(&[][..], |seed| seed);
        let mut bytes = Zeroizing::new(Vec::with_capacity(64 + factor.len()));
        bytes.extend_from_slice(self.sealing.private.expose());
        bytes.extend_from_slice(self.signing.seed.expose());
        bytes.extend_from_slice(factor);
        bytes
    }

    fn from_bytes(bytes: &[u8], epoch: u64) -> Option<Self> {
        let (sealing, rest) = bytes.split_at_checked(32)?;
        let (signing, factor) = rest.split_at_checked(32)?;
        Some(Self {
            sealing: SealingKey::from_private(Secret::from_slice(sealing)?),
            signing: SigningKey::from_seed(Secret::from_slice(signing)?),
            second_factor: (!factor.is_empty()).then(|| Zeroizing::new(factor.to_vec())),
            epoch,
        })
    }
}

fn about<'a>(ids: &'a [&'a [u8]], epoch: u64) -> About<'a> {
    About { kind: "bundle", ids, epoch }
}

#[expect(
    clippy::expect_used,
    reason = "every 32 bytes are a seed, and a secret of 32 bytes has no other length"
)]
fn pair(seed: &Secret<32>) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed.expose()).expect("a seed has 32 bytes")
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("SigningKey")
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("Bundle")
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("SealingKey")
    }
}

#[cfg(test)]
mod tests {
    use domain::hex;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{self, TestEntropy};

    fn bundle(entropy: &mut dyn Entropy) -> Bundle {
        Bundle {
            sealing: SealingKey::random(entropy),
            signing: SigningKey::random(entropy),
            second_factor: Some(Zeroizing::new(vec![9; 20])),
            epoch: 4,
        }
    }

    fn user() -> RecordId {
        RecordId::derived(b"user")
    }

    fn other() -> RecordId {
        RecordId::derived(b"other")
    }

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    /// RFC 8032, section 7.1, tests 2 and 3.
    #[test]
    fn the_signatures_of_the_standard_come_out() {
        let examples = [
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            ),
        ];
        for (seed, public, message, signature) in examples {
            let key = SigningKey::from_seed(Secret::new(&bytes(seed)));
            let message = hex::decode(message).unwrap();
            assert_eq!(*key.public(), bytes(public));
            assert_eq!(key.sign(&message), bytes(signature));
            assert_eq!(verify(key.public(), &message, &bytes(signature)), Ok(()));
        }
    }

    /// RFC 7748, section 6.1.
    #[test]
    fn the_public_key_of_the_standard_comes_out() {
        let private = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        let public = bytes("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        let key = SealingKey::from_private(Secret::new(&private));
        assert_eq!(*key.public(), public);
    }

    proptest! {
        #[test]
        fn a_signature_speaks_of_one_message_by_one_key(
            seed in any::<u64>(),
            message in proptest::collection::vec(any::<u8>(), 1..50),
            place in any::<prop::sample::Index>(),
            flip in 1u8..,
        ) {
            let entropy = &mut TestEntropy::new(seed);
            let (key, other) = (SigningKey::random(entropy), SigningKey::random(entropy));
            let signature = key.sign(&message);
            prop_assert_eq!(verify(key.public(), &message, &signature), Ok(()));
            prop_assert!(verify(other.public(), &message, &signature).is_err());
            let (mut forged, mut changed) = (signature, message.clone());
            forged[place.index(64)] ^= flip;
            changed[place.index(message.len())] ^= flip;
            prop_assert!(verify(key.public(), &message, &forged).is_err());
            prop_assert!(verify(key.public(), &changed, &signature).is_err());
        }
    }

    #[test]
    fn a_bundle_opens_for_its_person_and_password_alone() {
        let entropy = &mut TestEntropy::new(1);
        let kept = bundle(entropy);
        let sealed = seal_bundle(entropy, "a password", testing::COST, user(), &kept).unwrap();
        let open = |password, user| open_bundle_above(testing::FLOOR, password, &sealed, user);
        let opened = open("a password", user()).unwrap();
        assert_eq!(opened.sealing.public(), kept.sealing.public());
        assert_eq!(opened.signing.sign(b"x"), kept.signing.sign(b"x"));
        assert_eq!(opened.second_factor, kept.second_factor);
        assert_eq!(opened.epoch, 4);
        assert_eq!(open("another password", user()).unwrap_err(), NotOpened);
        assert_eq!(open("a password", other()).unwrap_err(), NotOpened);
    }

    #[test]
    fn a_bundle_without_a_second_factor_comes_back_without_one() {
        let entropy = &mut TestEntropy::new(2);
        let kept = Bundle { second_factor: None, ..bundle(entropy) };
        let sealed = seal_bundle(entropy, "p", testing::COST, user(), &kept).unwrap();
        let opened = open_bundle_above(testing::FLOOR, "p", &sealed, user()).unwrap();
        assert_eq!(opened.second_factor, None);
    }

    #[test]
    fn every_damaged_byte_of_a_bundle_is_as_a_wrong_password() {
        let entropy = &mut TestEntropy::new(3);
        let kept = bundle(entropy);
        let sealed = seal_bundle(entropy, "p", testing::COST, user(), &kept).unwrap();
        for place in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[place] ^= 1;
            let opened = open_bundle_above(testing::FLOOR, "p", &damaged, user());
            assert_eq!(opened.unwrap_err(), NotOpened, "byte {place}");
        }
    }

    #[test]
    fn a_bundle_that_is_cheap_to_guess_at_is_not_opened() {
        let entropy = &mut TestEntropy::new(4);
        let kept = bundle(entropy);
        let cheap = seal_bundle(entropy, "p", testing::COST, user(), &kept).unwrap();
        assert_eq!(open_bundle("p", &cheap, user()).unwrap_err(), NotOpened);
        let dear = seal_bundle(entropy, "p", Cost::FLOOR, user(), &kept).unwrap();
        assert!(open_bundle("p", &dear, user()).is_ok());
    }

    #[test]
    fn no_private_key_is_shown() {
        let kept = bundle(&mut TestEntropy::new(5));
        let shown = format!("{kept:?} {:?} {:?}", kept.sealing, kept.signing);
        assert_eq!(shown, "Bundle SealingKey SigningKey");
    }
}
