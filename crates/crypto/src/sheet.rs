//! A workstation's recovery sheet: one random secret, printed once and kept in a safe.

use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::paper::{self, LINES, Mistyped};
use crate::secret::Secret;

/// The secret of a recovery sheet.
#[derive(Clone, Debug)]
pub struct Sheet(Secret<32>);

impl Sheet {
    /// A sheet among the papers; the clinic's shares bear the numbers after it.
    pub(crate) const TAG: u8 = 0;

    /// The sheet with this secret.
    pub(crate) fn of(secret: Secret<32>) -> Self {
        Self(secret)
    }

    /// A new sheet.
    pub fn random(entropy: &mut dyn Entropy) -> Self {
        Self(Secret::random(entropy))
    }

    /// What is printed, as [`crate::paper`] describes it.
    #[must_use]
    pub fn lines(&self) -> [Zeroizing<String>; LINES] {
        paper::print(Self::TAG, &self.0)
    }

    /// The sheet that somebody typed back.
    ///
    /// # Errors
    /// [`Mistyped`] says which line is wrong, or that it is another paper.
    pub fn parse(text: &str) -> Result<Self, Mistyped> {
        match paper::parse(text)? {
            (Self::TAG, secret) => Ok(Self(secret)),
            _ => Err(Mistyped::Kind),
        }
    }

    /// The key of the slot that the sheet opens.
    pub(crate) fn key(&self) -> Secret<32> {
        self.0.derive("sheet")
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use crate::paper::Mistyped;
    use crate::root::Root;
    use crate::testing::TestEntropy;

    #[test]
    fn a_sheet_is_read_back_and_a_share_of_the_clinic_is_not_taken_for_one() {
        let entropy = &mut TestEntropy::new(1);
        let sheet = Sheet::random(entropy);
        let text = sheet.lines().map(|line| line.to_string()).join("\n");
        let read = Sheet::parse(&text).unwrap();
        assert_eq!(read.key().expose(), sheet.key().expose());
        let [share, ..] = Root::random(entropy).shares(entropy);
        let text = share.lines().map(|line| line.to_string()).join("\n");
        assert_eq!(Sheet::parse(&text).unwrap_err(), Mistyped::Kind);
    }
}
