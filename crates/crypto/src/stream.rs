//! Long bytes sealed in chunks, so that a part is read without the rest: `docs/formats/stream.md`.
//!
//! Each chunk of [`CHUNK`] plain bytes is sealed by ChaCha20-Poly1305 (RFC 8439) under a key that is derived for this one
//! stream. Its nonce is its number and whether it is the last: a chunk that is moved, cut off or put behind the end does
//! not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015, as the `age` format has it).

use domain::Digest;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use ring::hmac::{HMAC_SHA256, Key, sign};

use crate::seal::NotOpened;
use crate::secret::Secret;

/// So many plain bytes are in each chunk but the last.
pub const CHUNK: u64 = 64 << 10;
/// So many bytes longer a chunk is once it is sealed.
pub const TAG: u64 = 16;

/// What seals and opens the chunks of one stream.
pub struct Stream {
    cipher: LessSafeKey,
    size: u64,
}

impl Stream {
    /// The stream of `size` plain bytes under `key` and the salt that is its own: HKDF-SHA256 (RFC 5869) of the key with
    /// this salt and the info `clinicdesk/1/stream`.
    #[must_use]
    pub fn of(key: &Secret<32>, salt: &[u8; 32], size: u64) -> Self {
        let material = Salt::new(HKDF_SHA256, salt).extract(key.expose());
        let unbound = Secret::<32>::written(|bytes| {
            let filled = material
                .expand(&[b"clinicdesk/1/stream"], HKDF_SHA256)
                .and_then(|material| material.fill(bytes));
            debug_assert!(filled.is_ok(), "one block is never too long");
        });
        Self { cipher: cipher(&unbound), size }
    }

    /// How many chunks it has: one at least.
    #[must_use]
    pub fn chunks(&self) -> u64 {
        self.size.div_ceil(CHUNK).max(1)
    }

    /// How many plain bytes the chunk `number` has, from 0; none behind the last.
    #[must_use]
    pub fn plain(&self, number: u64) -> u64 {
        self.size.saturating_sub(number.saturating_mul(CHUNK)).min(CHUNK)
    }

    /// Where the sealed chunk `number` begins.
    #[must_use]
    pub fn begins(number: u64) -> u64 {
        number.saturating_mul(CHUNK + TAG)
    }

    /// How many bytes the whole of it has once it is sealed.
    #[must_use]
    pub fn sealed(&self) -> u64 {
        self.size + self.chunks() * TAG
    }

    /// Seals the chunk `number`, all of whose plain bytes `chunk` holds, in place.
    ///
    /// # Errors
    /// [`NotOpened`] where these are not so many bytes as the chunk has.
    pub fn seal(&self, number: u64, chunk: &mut Vec<u8>) -> Result<(), NotOpened> {
        if number >= self.chunks() || chunk.len() as u64 != self.plain(number) {
            return Err(NotOpened);
        }
        self.cipher.seal_in_place_append_tag(self.nonce(number), Aad::empty(), chunk).map_err(|_| NotOpened)
    }

    /// Opens the chunk `number` in place; it has its plain bytes then.
    ///
    /// # Errors
    /// [`NotOpened`] for anything else than what [`Stream::seal`] made of this chunk of this stream.
    pub fn open(&self, number: u64, chunk: &mut Vec<u8>) -> Result<(), NotOpened> {
        if number >= self.chunks() || chunk.len() as u64 != self.plain(number) + TAG {
            return Err(NotOpened);
        }
        let opened = self.cipher.open_in_place(self.nonce(number), Aad::empty(), chunk);
        let length = opened.map_err(|_| NotOpened)?.len();
        chunk.truncate(length);
        Ok(())
    }

    /// Eleven bytes of the number, the highest first, and one that says whether it is the last.
    fn nonce(&self, number: u64) -> Nonce {
        let mut nonce = [0; 12];
        if let Some(counter) = nonce.get_mut(3..11) {
            counter.copy_from_slice(&number.to_be_bytes());
        }
        if let Some(last) = nonce.last_mut() {
            *last = u8::from(number + 1 == self.chunks());
        }
        Nonce::assume_unique_for_key(nonce)
    }
}

/// The name under which the stream of bytes with this digest is kept: HMAC-SHA256 (RFC 2104) of the digest under `key`. Whoever
/// has a file but not the key cannot tell that it is kept here.
#[must_use]
pub fn name(key: &Secret<32>, sha256: &Digest) -> Digest {
    let mut name = Digest::default();
    // The algorithm gives exactly as many bytes as the name has.
    name.copy_from_slice(sign(&Key::new(HMAC_SHA256, key.expose()), sha256).as_ref());
    name
}

#[expect(clippy::expect_used, reason = "a secret of 32 bytes is a key of this cipher")]
fn cipher(key: &Secret<32>) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.expose()).expect("a key has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: [u8; 32] = [7; 32];
    const SALT: [u8; 32] = [9; 32];

    fn stream(size: u64) -> Stream {
        Stream::of(&Secret::new(&KEY), &SALT, size)
    }

    fn sealed(plain: &[u8]) -> Vec<Vec<u8>> {
        let stream = stream(plain.len() as u64);
        let chunks = (0..stream.chunks()).map(|number| {
            let from = usize::try_from(number * CHUNK).unwrap();
            let to = from + usize::try_from(stream.plain(number)).unwrap();
            let mut chunk = plain[from..to].to_vec();
            stream.seal(number, &mut chunk).unwrap();
            chunk
        });
        chunks.collect()
    }

    fn opened(size: u64, sealed: &[Vec<u8>]) -> Result<Vec<u8>, u64> {
        let stream = stream(size);
        let mut plain = Vec::new();
        for number in 0..stream.chunks() {
            let mut chunk = sealed.get(usize::try_from(number).unwrap()).cloned().ok_or(number)?;
            stream.open(number, &mut chunk).map_err(|_| number)?;
            plain.extend(chunk);
        }
        Ok(plain)
    }

    fn bytes(length: u64) -> Vec<u8> {
        (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
    }

    #[test]
    fn what_was_sealed_comes_back_whatever_its_length() {
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let (plain, stream) = (bytes(size), stream(size));
            let chunks = sealed(&plain);
            assert_eq!(chunks.concat().len() as u64, stream.sealed(), "{size}");
            assert_eq!(
                Stream::begins(stream.chunks() - 1),
                stream.sealed() - stream.plain(stream.chunks() - 1) - TAG
            );
            assert_eq!(opened(size, &chunks), Ok(plain), "{size}");
        }
    }

    #[test]
    fn the_end_is_the_end() {
        let size = 3 * CHUNK;
        let chunks = sealed(&bytes(size));
        // Whoever says a shorter length finds no last chunk there, nor one that goes on behind the last.
        assert_eq!(opened(2 * CHUNK, &chunks), Err(1));
        assert_eq!(opened(size + 1, &chunks), Err(2));
        assert_eq!(opened(size, &chunks[..2]), Err(2));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_chunk_that_was_flipped_swapped_or_cut_is_found(
            size in 1..5 * CHUNK,
            place in any::<prop::sample::Index>(),
            other in any::<prop::sample::Index>(),
            flip in 1u8..,
        ) {
            let chunks = sealed(&bytes(size));
            let (one, two) = (place.index(chunks.len()), other.index(chunks.len()));
            let mut flipped = chunks.clone();
            let at = other.index(flipped[one].len());
            flipped[one][at] ^= flip;
            prop_assert_eq!(opened(size, &flipped), Err(one as u64));
            let mut cut = chunks.clone();
            cut[one].pop();
            prop_assert_eq!(opened(size, &cut), Err(one as u64));
            if one != two {
                let mut swapped = chunks.clone();
                swapped.swap(one, two);
                prop_assert_eq!(opened(size, &swapped), Err(one.min(two) as u64));
            }
            let elsewhere = Stream::of(&Secret::new(&KEY), &[8; 32], size);
            prop_assert!(elsewhere.open(0, &mut chunks[0].clone()).is_err());
        }
    }
}
