//! Deterministic CBOR: RFC 8949, section 4.2.1, with text keys and no floating-point numbers.
//!
//! One value has exactly one encoding, so digests and signatures speak of the value. Reading
//! refuses every other encoding of it: a longer head, an indefinite length, keys out of order or
//! twice, tags, floats, `undefined`, or bytes after the end. `docs/formats/cbor.md` is the format page.

use std::collections::BTreeMap;

use minicbor::data::Type;
use minicbor::encode::{Error, Write};
use minicbor::{Decoder, Encoder};

use crate::Value;

/// Deeper nesting than this is refused: no message of ours comes near it.
const DEEPEST: usize = 32;

/// More values than these in one, itself counted and keys not, are refused: a map of one member takes three
/// bytes of a message and some six hundred of memory. The largest genuine message, a full page of the smallest
/// transactions beside as many verdicts, has fewer.
pub const MOST_VALUES: usize = 1 << 17;

/// Bytes that are not the deterministic encoding of a [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not deterministic CBOR")]
pub struct NotCanonical;

/// The one encoding of `value`.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    let written = write(&mut out, value);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    out.into_writer()
}

/// The value whose one encoding is `bytes`.
///
/// # Errors
/// [`NotCanonical`] for anything else.
pub fn decode(bytes: &[u8]) -> Result<Value, NotCanonical> {
    let mut from = Decoder::new(bytes);
    let value = read(&mut from, DEEPEST, &mut { MOST_VALUES }).ok_or(NotCanonical)?;
    let mut same = Encoder::new(Same(bytes));
    let is_same = write(&mut same, &value).is_ok() && same.into_writer().0.is_empty();
    if is_same { Ok(value) } else { Err(NotCanonical) }
}

/// What is still to be written, word for word.
struct Same<'b>(&'b [u8]);

impl Write for Same<'_> {
    type Error = NotCanonical;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), NotCanonical> {
        self.0 = self.0.strip_prefix(bytes).ok_or(NotCanonical)?;
        Ok(())
    }
}

fn write<W: Write>(out: &mut Encoder<W>, value: &Value) -> Result<(), Error<W::Error>> {
    match value {
        Value::Null => drop(out.null()?),
        Value::Bool(truth) => drop(out.bool(*truth)?),
        Value::Int(number) => drop(out.i64(*number)?),
        Value::Text(text) => drop(out.str(text)?),
        Value::Bytes(plain) => drop(out.bytes(plain)?),
        Value::List(items) => {
            out.array(items.len() as u64)?;
            items.iter().try_for_each(|item| write(out, item))?;
        }
        Value::Map(members) => {
            out.map(members.len() as u64)?;
            let mut sorted: Vec<_> = members.iter().collect();
            // Bytewise order of the encoded keys: the head holds the length, so shorter comes first.
            sorted.sort_by_key(|(key, _)| (key.len(), key.as_bytes()));
            for (key, member) in sorted {
                out.str(key)?;
                write(out, member)?;
            }
        }
    }
    Ok(())
}

/// Reads a value of at most `depth` levels and `left` values.
fn read(from: &mut Decoder, depth: usize, left: &mut usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    *left = left.checked_sub(1)?;
    Some(match from.datatype().ok()? {
        Type::Null => {
            from.null().ok()?;
            Value::Null
        }
        Type::Bool => Value::Bool(from.bool().ok()?),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
            Value::Int(from.i64().ok()?)
        }
        Type::String => Value::text(from.str().ok()?),
        Type::Bytes => Value::Bytes(from.bytes().ok()?.to_vec()),
        Type::Array => {
            // The length is the sender's word: it never sizes an allocation.
            let length = from.array().ok()??;
            let mut items = Vec::new();
            for _ in 0..length {
                items.push(read(from, depth, left)?);
            }
            Value::List(items)
        }
        Type::Map => {
            let length = from.map().ok()??;
            let mut members = BTreeMap::new();
            for _ in 0..length {
                let key = from.str().ok()?.to_owned();
                members.insert(key, read(from, depth, left)?);
            }
            Value::Map(members)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DEEPEST, MOST_VALUES, decode, encode};
    use crate::Value;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            ".{0,12}".prop_map(Value::Text),
            proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
                proptest::collection::btree_map(".{0,30}", inner, 0..6).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_comes_back_from_its_bytes(value in any_value()) {
            prop_assert_eq!(decode(&encode(&value)), Ok(value));
        }

        #[test]
        fn bytes_that_are_read_are_the_one_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = decode(&bytes) {
                prop_assert_eq!(encode(&value), bytes);
            }
        }
    }

    #[test]
    fn other_encodings_of_the_same_value_are_refused() {
        let refused: &[(&str, &[u8])] = &[
            ("one in two bytes", &[0x18, 0x01]),
            ("an indefinite list", &[0x9f, 0x01, 0xff]),
            ("keys out of order", &[0xa2, 0x61, b'b', 0x01, 0x61, b'a', 0x02]),
            ("a key twice", &[0xa2, 0x61, b'a', 0x01, 0x61, b'a', 0x02]),
            ("a tag", &[0xc1, 0x01]),
            ("a half float", &[0xf9, 0x3c, 0x00]),
            ("undefined", &[0xf7]),
            ("a number as key", &[0xa1, 0x01, 0x01]),
            ("a number beyond 63 bits", &[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            ("bytes after the end", &[0x01, 0x01]),
            ("text that is not UTF-8", &[0x61, 0xff]),
            ("a list longer than its bytes", &[0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            ("nothing", &[]),
        ];
        for (what, bytes) in refused {
            assert!(decode(bytes).is_err(), "{what}");
        }
        assert!(decode(&[0x81; 100_000]).is_err(), "a very deep list");
    }

    #[test]
    fn more_values_than_any_message_has_are_refused_however_few_bytes_they_take() {
        let list = |items: Vec<Value>| encode(&Value::List(items));
        assert!(decode(&list(vec![Value::Null; MOST_VALUES - 1])).is_ok());
        assert!(decode(&list(vec![Value::Null; MOST_VALUES])).is_err());
        let nested =
            (0..DEEPEST - 2).fold(Value::Null, |inner, _| Value::Map([(String::new(), inner)].into()));
        let held = (MOST_VALUES - 1) / (DEEPEST - 1);
        assert!(decode(&list(vec![nested.clone(); held])).is_ok());
        assert!(decode(&list(vec![nested; held + 1])).is_err());
    }

    #[test]
    fn a_shorter_key_stands_before_a_longer_one() {
        let map = Value::Map([("b".into(), Value::Int(1)), ("aa".into(), Value::Int(2))].into());
        assert_eq!(encode(&map), [0xa2, 0x61, b'b', 0x01, 0x62, b'a', b'a', 0x02]);
    }
}
