//! A secret in three parts of which any two give it back and one alone says nothing.
//!
//! Shamir's scheme (1979) over GF(2⁸) modulo x⁸ + x⁴ + x³ + x + 1, byte by byte: share number n is
//! secret + n · random. It stands here in a few lines because the published libraries either choose
//! weights with bias or bring curves and big numbers that nothing else here needs.

use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::paper::{self, LINES, Mistyped};
use crate::secret::Secret;

/// One of three parts of a secret.
#[derive(Clone, Debug)]
pub struct Share {
    number: u8,
    part: Secret<32>,
}

/// Two copies of one share are not two shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the same share twice")]
pub struct SameShare;

/// The three shares of `secret`.
pub fn split(entropy: &mut dyn Entropy, secret: &Secret<32>) -> [Share; 3] {
    let slope = Secret::<32>::random(entropy);
    [1, 2, 3].map(|number| Share {
        number,
        part: Secret::written(|part| {
            let bytes = secret.expose().iter().zip(slope.expose());
            for (place, (byte, slope)) in part.iter_mut().zip(bytes) {
                *place = byte ^ times(number, *slope);
            }
        }),
    })
}

/// The secret of which these are shares. Shares of two secrets give a third: check what comes out.
///
/// # Errors
/// [`SameShare`] when they are the same one.
pub fn combine(a: &Share, b: &Share) -> Result<Secret<32>, SameShare> {
    if a.number == b.number {
        return Err(SameShare);
    }
    // The line through both points, where it meets zero.
    let scale = inverse(a.number ^ b.number);
    let (weight_a, weight_b) = (times(b.number, scale), times(a.number, scale));
    Ok(Secret::written(|secret| {
        let parts = a.part.expose().iter().zip(b.part.expose());
        for (place, (a, b)) in secret.iter_mut().zip(parts) {
            *place = times(weight_a, *a) ^ times(weight_b, *b);
        }
    }))
}

impl Share {
    /// The share of this number; none where no share has it.
    pub(crate) fn of(number: u8, part: Secret<32>) -> Option<Self> {
        (1..=3).contains(&number).then_some(Self { number, part })
    }

    /// Its number, 1 to 3.
    #[must_use]
    pub fn number(&self) -> u8 {
        self.number
    }

    /// What is printed, as [`crate::paper`] describes it.
    #[must_use]
    pub fn lines(&self) -> [Zeroizing<String>; LINES] {
        paper::print(self.number, &self.part)
    }

    /// The share that somebody typed back.
    ///
    /// # Errors
    /// [`Mistyped`] says which line is wrong, or that it is another paper.
    pub fn parse(text: &str) -> Result<Self, Mistyped> {
        let (number, part) = paper::parse(text)?;
        Self::of(number, part).ok_or(Mistyped::Kind)
    }
}

/// The product in GF(2⁸), in the same steps whatever the factors are.
fn times(a: u8, b: u8) -> u8 {
    let (mut product, mut shifted) = (0, a);
    for bit in 0..8 {
        let take = (b >> bit & 1).wrapping_neg();
        product ^= shifted & take;
        let carry = (shifted >> 7).wrapping_neg();
        shifted = shifted << 1 ^ 0x1b & carry;
    }
    product
}

/// One divided by `a`: a to the power of 254, since every other number to the power of 255 is one.
fn inverse(a: u8) -> u8 {
    (0..253).fold(a, |power, _| times(power, a))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sheet::Sheet;
    use crate::testing::TestEntropy;

    proptest! {
        #[test]
        fn any_two_shares_give_the_secret_back(secret: [u8; 32], seed: u64) {
            let shares = split(&mut TestEntropy::new(seed), &Secret::new(&secret));
            for a in &shares {
                for b in &shares {
                    let combined = combine(a, b).map(|combined| *combined.expose());
                    let wanted = if a.number == b.number { Err(SameShare) } else { Ok(secret) };
                    prop_assert_eq!(combined, wanted);
                }
            }
        }

        #[test]
        fn one_share_fits_every_secret_equally_well(part: u8, number in 1u8..=3) {
            let mut fitting: Vec<u8> = (0..=255).map(|slope| part ^ times(number, slope)).collect();
            fitting.sort_unstable();
            prop_assert_eq!(fitting, (0..=255).collect::<Vec<u8>>());
        }

        #[test]
        fn a_share_is_read_back_from_paper(secret: [u8; 32], seed: u64) {
            for share in split(&mut TestEntropy::new(seed), &Secret::new(&secret)) {
                let text = share.lines().map(|line| line.to_string()).join("\n");
                let read = Share::parse(&text).unwrap();
                prop_assert_eq!(read.number(), share.number());
                prop_assert_eq!(read.part.expose(), share.part.expose());
            }
        }
    }

    #[test]
    fn the_field_is_the_one_of_the_standard_examples() {
        // FIPS 197, section 4.2: {57} times {83} is {c1}, {57} times {13} is {fe}.
        assert_eq!(times(0x57, 0x83), 0xc1);
        assert_eq!(times(0x57, 0x13), 0xfe);
        assert!((1..=255).all(|a| times(a, inverse(a)) == 1));
    }

    #[test]
    fn a_recovery_sheet_is_not_taken_for_a_share() {
        let sheet = Sheet::random(&mut TestEntropy::new(1));
        let text = sheet.lines().map(|line| line.to_string()).join("\n");
        assert_eq!(Share::parse(&text).unwrap_err(), Mistyped::Kind);
    }
}
