//! Where randomness comes from: an argument, so that everything here can be run again alike.

use ring::rand::{SecureRandom, SystemRandom};

/// A source of random bytes.
pub trait Entropy {
    /// Fills `bytes`, all of them.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// `N` random bytes. A secret is better made by [`crate::Secret::random`], which leaves no copy.
pub fn random<const N: usize>(entropy: &mut dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// The operating system's source.
#[derive(Clone, Debug)]
pub struct SystemEntropy(SystemRandom);

impl SystemEntropy {
    /// The source of this machine.
    #[must_use]
    pub fn new() -> Self {
        Self(system())
    }
}

impl Default for SystemEntropy {
    fn default() -> Self {
        Self::new()
    }
}

impl Entropy for SystemEntropy {
    #[expect(
        clippy::panic,
        reason = "a machine without randomness must not go on and make keys that can be guessed"
    )]
    fn fill(&mut self, bytes: &mut [u8]) {
        if self.0.fill(bytes).is_err() {
            panic!("the operating system gives no random bytes");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one real source")]
pub(crate) fn system() -> SystemRandom {
    SystemRandom::new()
}

#[cfg(test)]
mod tests {
    use super::{SystemEntropy, random};
    use crate::testing::TestEntropy;

    #[test]
    fn the_system_never_gives_the_same_bytes_twice() {
        let mut system = SystemEntropy::new();
        assert_ne!(random::<32>(&mut system), random::<32>(&mut system));
    }

    #[test]
    fn a_seed_gives_the_same_bytes_again_and_another_seed_others() {
        let first = |seed| random::<100>(&mut TestEntropy::new(seed));
        assert_eq!(first(1), first(1));
        assert_ne!(first(1), first(2));
        let mut one = TestEntropy::new(1);
        assert_ne!(random::<32>(&mut one), random::<32>(&mut one));
    }
}
