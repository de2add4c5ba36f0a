//! Messages on the way: deterministic CBOR, compressed with zstd.

use std::io::{Read, Write};

use domain::sync::{DICTIONARY, LARGEST};
use domain::wire::Message;

use crate::Unreached;

/// No window needs more than the largest body: 2^23 bytes.
const WINDOW_LOG: u32 = 23;

/// The body of `message`.
///
/// # Errors
/// [`Unreached::Answer`] when it is larger than any server takes.
pub fn pack(message: &impl Message) -> Result<Vec<u8>, Unreached> {
    let bytes = message.to_bytes();
    if bytes.len() > LARGEST {
        return Err(Unreached::Answer);
    }
    zstd::encode_all(bytes.as_slice(), 3).map_err(|_| Unreached::Answer)
}

/// The body of a question of protocol 2, whose compression begins from a dictionary.
///
/// # Errors
/// As [`pack`].
pub fn pack_briefly(message: &impl Message) -> Result<Vec<u8>, Unreached> {
    let bytes = message.to_bytes();
    if bytes.len() > LARGEST {
        return Err(Unreached::Answer);
    }
    let packed = || {
        let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 3, DICTIONARY)?;
        encoder.write_all(&bytes)?;
        encoder.finish()
    };
    packed().map_err(|_: std::io::Error| Unreached::Answer)
}

/// The message of `body`, whether its compression began from the dictionary or not; not one byte more than [`LARGEST`] is decompressed.
///
/// # Errors
/// [`Unreached::Answer`].
pub fn unpack<T: Message>(body: &[u8]) -> Result<T, Unreached> {
    let wrong = |_| Unreached::Answer;
    let mut decoder = zstd::stream::read::Decoder::with_dictionary(body, DICTIONARY).map_err(wrong)?;
    decoder.window_log_max(WINDOW_LOG).map_err(wrong)?;
    let mut plain = Vec::new();
    decoder.take(LARGEST as u64 + 1).read_to_end(&mut plain).map_err(wrong)?;
    if plain.len() > LARGEST {
        return Err(Unreached::Answer);
    }
    T::from_bytes(&plain).map_err(|_| Unreached::Answer)
}

#[cfg(test)]
mod tests {
    use domain::sync::{Cursor, LARGEST};
    use domain::{Scope, wire::Message};

    use super::{pack, pack_briefly, unpack};
    use crate::Unreached;

    #[test]
    fn a_message_survives_the_way() {
        let cursor = Cursor { scope: Scope::new(1, &[1; 10]), position: 7 };
        assert_eq!(unpack::<Cursor>(&pack(&cursor).unwrap()), Ok(cursor.clone()));
        let briefly = pack_briefly(&cursor).unwrap();
        assert!(briefly.len() < pack(&cursor).unwrap().len());
        assert_eq!(unpack::<Cursor>(&briefly), Ok(cursor));
    }

    #[test]
    fn an_answer_that_is_cut_off_foreign_or_grows_without_end_is_refused() {
        let cursor = Cursor { scope: Scope::new(1, &[1; 10]), position: 7 };
        let body = pack(&cursor).unwrap();
        let bomb = zstd::encode_all(vec![0; LARGEST + 1].as_slice(), 3).unwrap();
        for wrong in [&body[..body.len() - 1], b"plain", &cursor.to_bytes(), &bomb, &[]] {
            assert_eq!(unpack::<Cursor>(wrong), Err(Unreached::Answer));
        }
    }
}
