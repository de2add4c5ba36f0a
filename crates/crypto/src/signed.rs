//! A signed message: the bytes as they were signed, who signed them, and the signature.
//!
//! Signed are the name of the sort of message, a zero byte and the message's bytes, so that what was
//! signed as one sort never passes for another. A reader keeps the bytes: a newer member survives.

use std::fmt;
use std::marker::PhantomData;

use domain::wire::{Bytes, Malformed, Message, Wire};
use domain::{Value, wire};

use crate::digest::sha256;
use crate::keys::{NotGenuine, SigningKey, verify};

/// A message that is signed.
pub trait Signs: Message {
    /// The sort of message with its version: `clinicdesk/head/1`. No two sorts share one.
    const SORT: &'static str;
}

/// A `T` as its signer wrote it.
pub struct Signed<T> {
    parts: Parts,
    of: PhantomData<fn() -> T>,
}

wire! {
    /// The form of [`Signed`].
    pub struct Parts {
        /// The message's bytes.
        message: Bytes,
        /// The [`key_id`] of who signed it.
        signer: [u8; 8],
        /// The Ed25519 signature.
        signature: [u8; 64],
    }
}

/// The short name of a public key: the first eight bytes of its SHA-256. It helps to find the key and
/// proves nothing.
#[must_use]
pub fn key_id(public: &[u8]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = sha256(&[public]);
    [a, b, c, d, e, f, g, h]
}

impl<T: Signs> Signed<T> {
    /// `message`, signed by `key`.
    #[must_use]
    pub fn new(key: &SigningKey, message: &T) -> Self {
        let message = message.to_bytes();
        let parts = Parts {
            signer: key_id(key.public()),
            signature: sign_as(key, T::SORT, &message),
            message: Bytes(message),
        };
        Self { parts, of: PhantomData }
    }

    /// The [`key_id`] of the key that it says has signed it.
    #[must_use]
    pub fn signer(&self) -> [u8; 8] {
        self.parts.signer
    }

    /// The message, if the owner of `public` signed it.
    ///
    /// # Errors
    /// [`NotGenuine`] when somebody else or nobody did, or the bytes are no `T`.
    pub fn open(&self, public: &[u8; 32]) -> Result<T, NotGenuine> {
        let Parts { message, signer, signature } = &self.parts;
        if *signer != key_id(public) {
            return Err(NotGenuine::Signer);
        }
        verify_as(public, T::SORT, &message.0, signature)?;
        self.claimed()
    }

    /// The message, whoever signed it: to find the key that [`Signed::open`] asks for.
    ///
    /// # Errors
    /// [`NotGenuine::Bytes`] when the bytes are no `T`.
    pub fn claimed(&self) -> Result<T, NotGenuine> {
        T::from_bytes(&self.parts.message.0).map_err(|_| NotGenuine::Bytes)
    }
}

/// The signature over `message` as one of its sort.
#[must_use]
pub fn sign_as(key: &SigningKey, sort: &str, message: &[u8]) -> [u8; 64] {
    key.sign(&[sort.as_bytes(), &[0], message].concat())
}

/// Whether `signature` is the one that [`sign_as`] made.
///
/// # Errors
/// [`NotGenuine::Signature`] when it is not.
pub fn verify_as(
    public: &[u8; 32],
    sort: &str,
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), NotGenuine> {
    verify(public, &[sort.as_bytes(), &[0], message].concat(), signature)
}

impl<T> Wire for Signed<T> {
    fn to_value(&self) -> Value {
        self.parts.to_value()
    }

    fn from_value(value: &Value) -> Option<Self> {
        Parts::from_value(value).map(|parts| Self { parts, of: PhantomData })
    }
}

impl<T> Message for Signed<T> {
    fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        Parts::from_bytes(bytes).map(|parts| Self { parts, of: PhantomData })
    }
}

impl<T> Clone for Signed<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), of: PhantomData }
    }
}

impl<T> PartialEq for Signed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl<T> Eq for Signed<T> {}

impl<T> fmt::Debug for Signed<T> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        self.parts.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestEntropy;

    wire! {
        /// A message for the test.
        pub struct Letter {
            /// Its words.
            text: String,
        }
    }

    wire! {
        /// Another sort of message with the same shape.
        pub struct Order {
            /// Its words.
            text: String,
        }
    }

    impl Signs for Letter {
        const SORT: &'static str = "test/letter/1";
    }

    impl Signs for Order {
        const SORT: &'static str = "test/order/1";
    }

    fn key(seed: u64) -> SigningKey {
        SigningKey::random(&mut TestEntropy::new(seed))
    }

    fn letter() -> Letter {
        Letter { text: "pay".to_owned() }
    }

    #[test]
    fn a_signed_message_survives_the_way_and_opens_for_its_signer_alone() {
        let signed = Signed::new(&key(1), &letter());
        let arrived = Signed::<Letter>::from_bytes(&signed.to_bytes()).unwrap();
        assert_eq!(arrived, signed);
        assert_eq!(arrived.open(key(1).public()), Ok(letter()));
        assert_eq!(arrived.open(key(2).public()), Err(NotGenuine::Signer));
        assert_eq!(arrived.signer(), key_id(key(1).public()));
    }

    #[test]
    fn one_sort_of_message_does_not_pass_for_another() {
        let signed = Signed::new(&key(1), &letter());
        let order = Signed::<Order>::from_bytes(&signed.to_bytes()).unwrap();
        assert!(order.claimed().is_ok());
        assert_eq!(order.open(key(1).public()), Err(NotGenuine::Signature));
    }

    #[test]
    fn changed_words_or_a_changed_name_of_the_signer_are_found() {
        let mut signed = Signed::new(&key(1), &letter());
        signed.parts.signer = key_id(key(2).public());
        assert_eq!(signed.open(key(2).public()), Err(NotGenuine::Signature));
        let mut signed = Signed::new(&key(1), &letter());
        signed.parts.message.0[8] ^= 1;
        assert_eq!(signed.open(key(1).public()), Err(NotGenuine::Signature));
    }

    #[test]
    fn signed_bytes_that_are_no_such_message_are_refused() {
        let nonsense = vec![0xff];
        let parts = Parts {
            signer: key_id(key(1).public()),
            signature: sign_as(&key(1), Letter::SORT, &nonsense),
            message: Bytes(nonsense),
        };
        let signed = Signed::<Letter>::from_bytes(&parts.to_bytes()).unwrap();
        assert_eq!(signed.open(key(1).public()), Err(NotGenuine::Bytes));
    }
}
