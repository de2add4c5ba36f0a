//! SHA-256, and for what others ask for by it SHA-1 (FIPS 180-4).

use domain::Digest;
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

/// The digest of `parts`, one after the other as if they were one.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> Digest {
    let mut digesting = Digesting::default();
    parts.iter().for_each(|part| digesting.update(part));
    digesting.finish()
}

/// The SHA-1 digest by which FHIR R4 tells an attachment that was cut short. Nothing here trusts it: whoever wants to
/// makes two files that have the same.
#[must_use]
pub fn sha1(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()
}

/// The digest of what comes part by part.
#[derive(Clone)]
pub struct Digesting(Context);

impl Default for Digesting {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl Digesting {
    /// Goes on by `part`.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The digest of all parts.
    #[must_use]
    pub fn finish(self) -> Digest {
        let mut digest = Digest::default();
        // The algorithm gives exactly as many bytes as the digest has.
        digest.copy_from_slice(self.0.finish().as_ref());
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::{Digesting, sha1, sha256};
    use domain::hex;

    #[test]
    fn the_examples_of_the_standard_come_out_however_they_are_cut() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(&sha256(&[b"abc"])), abc);
        assert_eq!(hex::encode(&sha256(&[b"a", b"", b"bc"])), abc);
        let mut digesting = Digesting::default();
        [&b"ab"[..], b"", b"c"].into_iter().for_each(|part| digesting.update(part));
        assert_eq!(hex::encode(&digesting.finish()), abc);
        assert_eq!(hex::encode(&sha1(b"abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex::encode(&sha256(&[])), nothing);
    }
}
