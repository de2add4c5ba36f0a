//! The clinic's root: one secret, made at set-up, printed as three shares and then forgotten. It
//! certifies the first administrator and opens every workstation when all else is lost.

use std::fmt;
use std::str::FromStr;

use domain::hex;

use crate::digest::sha256;
use crate::entropy::Entropy;
use crate::keys::{SealingKey, SigningKey};
use crate::secret::Secret;
use crate::shares::{self, SameShare, Share};

/// The secret that a clinic hangs on.
#[derive(Clone, Debug)]
pub struct Root(Secret<32>);

/// The short name of a clinic: the first 16 bytes of SHA-256 over its public root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 16]);

/// Shares that do not give the root back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCombined {
    /// Two of the same number.
    #[error(transparent)]
    Same(#[from] SameShare),
    /// They are not shares of this clinic.
    #[error("these are not shares of this clinic")]
    OtherClinic,
}

/// Text that is not a fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint")]
pub struct NotAFingerprint;

impl Root {
    /// A new root.
    pub fn random(entropy: &mut dyn Entropy) -> Self {
        Self(Secret::random(entropy))
    }

    /// The key that certifies.
    #[must_use]
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_seed(self.0.derive("root"))
    }

    /// The key that opens every workstation's [`crate::slot::clinic_slot`].
    #[must_use]
    pub fn recovery(&self) -> SealingKey {
        SealingKey::from_private(self.0.derive("recovery"))
    }

    /// Its three shares, new ones each time: shares of two calls do not fit together.
    pub fn shares(&self, entropy: &mut dyn Entropy) -> [Share; 3] {
        shares::split(entropy, &self.0)
    }

    /// The root of which these are two shares: whose it is shows by what it opens.
    ///
    /// # Errors
    /// [`SameShare`].
    pub fn of_shares(a: &Share, b: &Share) -> Result<Self, SameShare> {
        shares::combine(a, b).map(Self)
    }

    /// The root of the clinic with this fingerprint, from two of its shares.
    ///
    /// # Errors
    /// [`NotCombined`] when they are the same share or not of this clinic.
    pub fn combine(a: &Share, b: &Share, clinic: Fingerprint) -> Result<Self, NotCombined> {
        let root = Self::of_shares(a, b)?;
        if Fingerprint::of(root.signing().public()) == clinic {
            Ok(root)
        } else {
            Err(NotCombined::OtherClinic)
        }
    }
}

impl Fingerprint {
    /// The fingerprint of the clinic with this public root key.
    #[must_use]
    pub fn of(root: &[u8; 32]) -> Self {
        let digest = sha256(&[root]);
        Self(std::array::from_fn(|place| digest[place]))
    }
}

/// Eight groups of four hexadecimal digits, as they are printed and compared by eye.
impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        for (place, pair) in self.0.chunks(2).enumerate() {
            let gap = if place == 0 { "" } else { " " };
            write!(out, "{gap}{}", hex::encode(pair))?;
        }
        Ok(())
    }
}

impl FromStr for Fingerprint {
    type Err = NotAFingerprint;

    /// Case, spaces and hyphens do not matter.
    fn from_str(text: &str) -> Result<Self, NotAFingerprint> {
        let bare: String = text
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(|sign| sign.to_ascii_lowercase())
            .collect();
        hex::decode(&bare).and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(NotAFingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestEntropy;

    #[test]
    fn two_shares_of_a_clinic_give_its_keys_back() {
        let entropy = &mut TestEntropy::new(1);
        let root = Root::random(entropy);
        let clinic = Fingerprint::of(root.signing().public());
        let [one, two, three] = root.shares(entropy);
        for (a, b) in [(&one, &two), (&three, &one), (&two, &three)] {
            let again = Root::combine(a, b, clinic).unwrap();
            assert_eq!(again.signing().public(), root.signing().public());
            assert_eq!(again.recovery().public(), root.recovery().public());
        }
        assert_ne!(root.signing().public(), root.recovery().public());
    }

    #[test]
    fn shares_of_another_clinic_of_another_printing_or_the_same_one_are_refused() {
        let entropy = &mut TestEntropy::new(1);
        let (root, other) = (Root::random(entropy), Root::random(entropy));
        let clinic = Fingerprint::of(root.signing().public());
        let ([one, two, _], [_, reprinted, _]) = (root.shares(entropy), root.shares(entropy));
        let [first, second, _] = other.shares(entropy);
        let combine = |a, b| Root::combine(a, b, clinic).map(|_| ()).unwrap_err();
        assert_eq!(combine(&one, &second), NotCombined::OtherClinic);
        assert_eq!(combine(&first, &second), NotCombined::OtherClinic);
        assert_eq!(combine(&one, &reprinted), NotCombined::OtherClinic);
        assert_eq!(combine(&two, &two), NotCombined::Same(SameShare));
    }

    #[test]
    fn a_fingerprint_is_read_back_from_its_groups() {
        let print = Fingerprint::of(&[1; 32]);
        let text = print.to_string();
        assert_eq!(text.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8]);
        assert_eq!(text.to_uppercase().replace(' ', "-").parse(), Ok(print));
        for wrong in ["", &text[1..], &format!("{text} 00"), "zz"] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NotAFingerprint), "{wrong}");
        }
    }
}
