//! Sealed bytes: nobody without the key reads them, and nobody passes them off as something else.
//!
//! Two messages in deterministic CBOR, both of version 1. Under a key that is shared, ChaCha20-Poly1305
//! (RFC 8439): `{v, kind, nonce, text}`. To the owner of an X25519 key, HPKE base mode (RFC 9180:
//! DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305): `{v, kind, enc, text}`. What the bytes
//! are about is not inside: whoever opens them has to know. It is the CBOR map `{kind, ids, epoch}`,
//! associated data of the first and info of the second.

use std::convert::Infallible;

use domain::wire::{Bytes, Message, Wire};
use domain::{Value, cbor, wire};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::entropy::{Entropy, random};
use crate::keys::SealingKey;
use crate::secret::Secret;

/// What sealed bytes are about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The sort of thing: `bundle`, `slot`.
    pub kind: &'a str,
    /// Whose it is, in the order that the kind fixes.
    pub ids: &'a [&'a [u8]],
    /// Which of several in time; an older one does not pass for a newer.
    pub epoch: u64,
}

/// Sealed bytes that do not open: another key, another thing, or damage. Which of them is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it does not open")]
pub struct NotOpened;

/// A public key that nothing can be sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be sealed to this key")]
pub struct NotSealed;

const FORMAT: u64 = 1;

wire! {
    /// Sealed under a shared key.
    pub struct Sealed {
        /// The format's version.
        v: u64,
        /// The sort of thing.
        kind: String,
        /// Random, never used twice.
        nonce: [u8; 12],
        /// The cipher text with its tag.
        text: Bytes,
    }
}

wire! {
    /// Sealed to the owner of a key.
    pub struct SealedTo {
        /// The format's version.
        v: u64,
        /// The sort of thing.
        kind: String,
        /// The encapsulated key.
        enc: [u8; 32],
        /// The cipher text with its tag.
        text: Bytes,
    }
}

/// Seals `plain` under `key`.
#[must_use]
pub fn seal(entropy: &mut dyn Entropy, key: &Secret<32>, about: About, plain: &[u8]) -> Vec<u8> {
    let nonce = random(entropy);
    // Room for the tag, so that growing leaves no copy of the plain text behind.
    let mut text = Vec::with_capacity(plain.len() + CHACHA20_POLY1305.tag_len());
    text.extend_from_slice(plain);
    let sealed = cipher(key).and_then(|cipher| {
        let nonce = Nonce::assume_unique_for_key(nonce);
        cipher.seal_in_place_append_tag(nonce, Aad::from(about.bytes()), &mut text).ok()
    });
    assert!(sealed.is_some(), "a key has 32 bytes and no text in memory is too long for the cipher");
    Sealed { v: FORMAT, kind: about.kind.to_owned(), nonce, text: Bytes(text) }.to_bytes()
}

/// What [`seal`] sealed under `key` about the same.
///
/// # Errors
/// [`NotOpened`] for anything else.
pub fn open(key: &Secret<32>, about: About, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
    let sealed = Sealed::from_bytes(bytes).map_err(|_| NotOpened)?;
    if sealed.v != FORMAT || sealed.kind != about.kind {
        return Err(NotOpened);
    }
    let mut text = Zeroizing::new(sealed.text.0);
    let nonce = Nonce::assume_unique_for_key(sealed.nonce);
    let length = cipher(key)
        .ok_or(NotOpened)?
        .open_in_place(nonce, Aad::from(about.bytes()), &mut text)
        .map_err(|_| NotOpened)?
        .len();
    text.truncate(length);
    Ok(text)
}

/// Seals `plain` to the owner of the public X25519 key `recipient`.
///
/// # Errors
/// [`NotSealed`] when the key is a point of small order.
pub fn seal_to(
    entropy: &mut dyn Entropy,
    recipient: &[u8; 32],
    about: About,
    plain: &[u8],
) -> Result<Vec<u8>, NotSealed> {
    let recipient = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(recipient).map_err(|_| NotSealed)?;
    let (enc, text) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &recipient,
        &about.bytes(),
        plain,
        &[],
        &mut Source(entropy),
    )
    .map_err(|_| NotSealed)?;
    Ok(SealedTo { v: FORMAT, kind: about.kind.to_owned(), enc: enc.to_bytes().into(), text: Bytes(text) }
        .to_bytes())
}

/// What [`seal_to`] sealed to the owner of `key` about the same.
///
/// # Errors
/// [`NotOpened`] for anything else.
pub fn open_with(key: &SealingKey, about: About, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
    let sealed = SealedTo::from_bytes(bytes).map_err(|_| NotOpened)?;
    if sealed.v != FORMAT || sealed.kind != about.kind {
        return Err(NotOpened);
    }
    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&sealed.enc).map_err(|_| NotOpened)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key.private().ok_or(NotOpened)?,
        &enc,
        &about.bytes(),
        &sealed.text.0,
        &[],
    )
    .map(Zeroizing::new)
    .map_err(|_| NotOpened)
}

impl About<'_> {
    fn bytes(&self) -> Vec<u8> {
        let ids = self.ids.iter().map(|id| Value::Bytes(id.to_vec())).collect();
        let members =
            [("kind", Value::text(self.kind)), ("ids", Value::List(ids)), ("epoch", self.epoch.to_value())];
        cbor::encode(&Value::Map(members.map(|(key, value)| (key.to_owned(), value)).into()))
    }
}

fn cipher(key: &Secret<32>) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key.expose()).ok().map(LessSafeKey::new)
}

/// Our entropy as HPKE asks for it.
struct Source<'a>(&'a mut dyn Entropy);

impl TryRng for Source<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(random(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(random(self.0)))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Source<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{About, NotOpened, NotSealed, open, open_with, seal, seal_to};
    use crate::keys::SealingKey;
    use crate::secret::Secret;
    use crate::testing::TestEntropy;

    const ABOUT: About = About { kind: "note", ids: &[b"one", b"two"], epoch: 3 };
    const OTHERS: [About; 4] = [
        About { kind: "nots", ..ABOUT },
        About { epoch: 2, ..ABOUT },
        About { ids: &[b"two", b"one"], ..ABOUT },
        About { ids: &[b"onetwo"], ..ABOUT },
    ];

    proptest! {
        // Each case is four exchanges of keys.
        #![proptest_config(ProptestConfig::with_cases(50))]

        #[test]
        fn what_is_sealed_opens_and_any_changed_byte_does_not(
            plain in proptest::collection::vec(any::<u8>(), 0..100),
            seed in any::<u64>(),
            place in any::<prop::sample::Index>(),
            flip in 1u8..,
        ) {
            let entropy = &mut TestEntropy::new(seed);
            let (key, owner) = (Secret::random(entropy), SealingKey::random(entropy));
            let mut shared = seal(entropy, &key, ABOUT, &plain);
            let mut owned = seal_to(entropy, owner.public(), ABOUT, &plain).unwrap();
            prop_assert_eq!(&*open(&key, ABOUT, &shared).unwrap(), &plain);
            prop_assert_eq!(&*open_with(&owner, ABOUT, &owned).unwrap(), &plain);
            let at = place.index(shared.len());
            shared[at] ^= flip;
            prop_assert_eq!(open(&key, ABOUT, &shared), Err(NotOpened));
            let at = place.index(owned.len());
            owned[at] ^= flip;
            prop_assert_eq!(open_with(&owner, ABOUT, &owned), Err(NotOpened));
        }
    }

    /// Made by Python's `cryptography` with CBOR written for it from the standard.
    #[test]
    fn what_another_implementation_sealed_opens() {
        let sealed = "a4617601646b696e64646e6f74656474657874555c19904a029efc15acc6de07956eab7b4c510d4bab656e6f\
             6e63654c000102030405060708090a0b";
        let sealed = domain::hex::decode(sealed).unwrap();
        assert_eq!(open(&Secret::new(&[7; 32]), ABOUT, &sealed).unwrap().as_slice(), b"plain");
    }

    #[test]
    fn another_key_another_kind_other_ids_or_another_epoch_open_nothing() {
        let entropy = &mut TestEntropy::new(1);
        let (key, owner) = (Secret::random(entropy), SealingKey::random(entropy));
        let shared = seal(entropy, &key, ABOUT, b"plain");
        let owned = seal_to(entropy, owner.public(), ABOUT, b"plain").unwrap();
        for other in OTHERS {
            assert_eq!(open(&key, other, &shared), Err(NotOpened), "{other:?}");
            assert_eq!(open_with(&owner, other, &owned), Err(NotOpened), "{other:?}");
        }
        assert_eq!(open(&Secret::random(entropy), ABOUT, &shared), Err(NotOpened));
        assert_eq!(open_with(&SealingKey::random(entropy), ABOUT, &owned), Err(NotOpened));
        assert_eq!(open(&key, ABOUT, &owned), Err(NotOpened));
        assert_eq!(open_with(&owner, ABOUT, &shared), Err(NotOpened));
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let entropy = &mut TestEntropy::new(1);
        let key = Secret::random(entropy);
        assert_ne!(seal(entropy, &key, ABOUT, b"x"), seal(entropy, &key, ABOUT, b"x"));
    }

    #[test]
    fn nothing_is_sealed_to_a_key_that_everybody_can_open() {
        let entropy = &mut TestEntropy::new(1);
        assert_eq!(seal_to(entropy, &[0; 32], ABOUT, b"x"), Err(NotSealed));
    }
}
