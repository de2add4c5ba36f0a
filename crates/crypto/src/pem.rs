//! PEM (RFC 7468): bytes in base 64 between two lines that name them.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PER_LINE: usize = 64;

/// The text of `bytes` named `label`.
pub(crate) fn encode(label: &str, bytes: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    let encoded: Vec<char> = bytes.chunks(3).flat_map(quad).collect();
    for line in encoded.chunks(PER_LINE) {
        text.extend(line);
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

/// The bytes of the only text named `label`; space and line breaks do not matter.
pub(crate) fn decode(label: &str, text: &str) -> Option<Vec<u8>> {
    let inner = text
        .trim()
        .strip_prefix(&format!("-----BEGIN {label}-----"))?
        .strip_suffix(&format!("-----END {label}-----"))?;
    let signs: Vec<u8> = inner.bytes().filter(|sign| !sign.is_ascii_whitespace()).collect();
    let mut bytes = Vec::new();
    for quad in signs.chunks(4) {
        let digits = quad.iter().take_while(|sign| **sign != b'=');
        let mut held = 0u32;
        let mut count = 0;
        for sign in digits {
            let digit = ALPHABET.iter().position(|known| known == sign)?;
            held = held << 6 | u32::try_from(digit).ok()?;
            count += 1;
        }
        let kept = usize::checked_sub(count, 1)?;
        let block = (held << (6 * (4 - count))).to_be_bytes();
        bytes.extend_from_slice(block.get(1..=kept)?);
    }
    // One text for each value: padding and spare bits are as they are written.
    let written: Vec<u8> = bytes.chunks(3).flat_map(quad_bytes).collect();
    (written == signs).then_some(bytes)
}

fn quad(block: &[u8]) -> [char; 4] {
    let byte = |place: usize| u32::from(block.get(place).copied().unwrap_or(0));
    let held = byte(0) << 16 | byte(1) << 8 | byte(2);
    std::array::from_fn(|place| {
        if place > block.len() {
            return '=';
        }
        let digit = held >> (18 - 6 * place) & 63;
        char::from(ALPHABET.get(digit as usize).copied().unwrap_or_default())
    })
}

fn quad_bytes(block: &[u8]) -> Vec<u8> {
    quad(block).iter().map(|sign| *sign as u8).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, encode};

    proptest! {
        #[test]
        fn bytes_survive(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode("X", &encode("X", &bytes)), Some(bytes));
        }
    }

    #[test]
    fn the_examples_of_rfc_4648_come_out_and_other_writings_are_refused() {
        let body = |bytes: &str| encode("X", bytes.as_bytes()).lines().nth(1).map(str::to_owned);
        for (bytes, text) in [("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(body(bytes).as_deref(), Some(text));
        }
        let read = |body: &str| decode("X", &format!("-----BEGIN X-----\n{body}\n-----END X-----"));
        assert_eq!(read("Zm9v\nYg=="), Some(b"foob".to_vec()));
        for wrong in ["Zg", "Zh==", "Z===", "Zg==Zg==", "Zm9v=", "Z*=="] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(decode("Y", &encode("X", b"foo")), None);
    }
}
