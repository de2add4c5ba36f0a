//! The one-time code with which a computer becomes a workstation: a seed that proves who holds it, and
//! the fingerprint of the clinic, so that no server can pass for it.

use zeroize::Zeroizing;

use crate::entropy::{Entropy, random};
use crate::keys::SigningKey;
use crate::paper::{self, LINES, Mistyped};
use crate::root::Fingerprint;
use crate::secret::Secret;

/// An enrolment code: a 128-bit seed and a fingerprint.
#[derive(Clone, Debug)]
pub struct EnrolmentCode(Secret<32>);

/// A code among the papers, after the sheet and the three shares.
const TAG: u8 = 4;

impl EnrolmentCode {
    /// A new code for the clinic with this fingerprint.
    pub fn random(entropy: &mut dyn Entropy, clinic: Fingerprint) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        let (seed, fingerprint) = bytes.split_at_mut(16);
        seed.copy_from_slice(&*Zeroizing::new(random::<16>(entropy)));
        fingerprint.copy_from_slice(&clinic.0);
        Self(Secret::new(&bytes))
    }

    /// What is shown, as [`crate::paper`] describes it.
    #[must_use]
    pub fn lines(&self) -> [Zeroizing<String>; LINES] {
        paper::print(TAG, &self.0)
    }

    /// The code that somebody typed.
    ///
    /// # Errors
    /// [`Mistyped`] says which line is wrong, or that it is another paper.
    pub fn parse(text: &str) -> Result<Self, Mistyped> {
        match paper::parse(text)? {
            (TAG, secret) => Ok(Self(secret)),
            _ => Err(Mistyped::Kind),
        }
    }

    /// The clinic's fingerprint.
    #[must_use]
    pub fn clinic(&self) -> Fingerprint {
        let mut fingerprint = [0; 16];
        fingerprint.copy_from_slice(self.0.expose().split_at(16).1);
        Fingerprint(fingerprint)
    }

    /// The key that proves who holds the code.
    #[must_use]
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_seed(self.0.derive("enrolment/sign"))
    }

    /// The key under which the clinic key travels.
    #[must_use]
    pub fn sealing(&self) -> Secret<32> {
        self.0.derive("enrolment/seal")
    }
}

#[cfg(test)]
mod tests {
    use super::EnrolmentCode;
    use crate::paper::Mistyped;
    use crate::root::{Fingerprint, Root};
    use crate::sheet::Sheet;
    use crate::testing::TestEntropy;

    #[test]
    fn a_code_is_read_back_with_its_clinic_and_another_paper_is_not_taken_for_one() {
        let entropy = &mut TestEntropy::new(1);
        let clinic = Fingerprint::of(Root::random(entropy).signing().public());
        let code = EnrolmentCode::random(entropy, clinic);
        let typed = code.lines().map(|line| line.to_lowercase()).join(" ");
        let read = EnrolmentCode::parse(&typed).unwrap();
        assert_eq!(read.clinic(), clinic);
        assert_eq!(read.signing().public(), code.signing().public());
        assert_eq!(read.sealing().expose(), code.sealing().expose());
        let sheet = Sheet::random(entropy).lines().map(|line| line.to_string()).join(" ");
        assert_eq!(EnrolmentCode::parse(&sheet).unwrap_err(), Mistyped::Kind);
    }
}
