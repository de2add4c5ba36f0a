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
    Reader::whole(bytes, Reader::value).ok_or(NotCanonical)
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

/// Reads values one after the other. It answers nothing where the bytes are not the one encoding of a value, are nested too
/// deeply, or hold too many.
pub struct Reader<'b> {
    from: Decoder<'b>,
    /// How many levels there may still be.
    depth: usize,
    /// How many values there may still be.
    left: usize,
}

impl<'b> Reader<'b> {
    /// What `read` makes of all of `bytes`.
    #[must_use]
    pub fn whole<T>(bytes: &'b [u8], read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut reader = Self { from: Decoder::new(bytes), depth: DEEPEST, left: MOST_VALUES };
        let value = read(&mut reader)?;
        (reader.from.position() == bytes.len()).then_some(value)
    }

    /// A value of any sort.
    pub fn value(&mut self) -> Option<Value> {
        let begin = self.from.position();
        Some(match self.from.datatype().ok()? {
            Type::Null => {
                self.null()?;
                Value::Null
            }
            Type::Bool => {
                self.count()?;
                Value::Bool(self.from.bool().ok()?)
            }
            Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
                self.count()?;
                let number = self.from.i64().ok()?;
                let magnitude = if number < 0 { !number } else { number };
                self.is_shortest(begin, magnitude.unsigned_abs(), 0)?;
                Value::Int(number)
            }
            Type::String => Value::text(self.text()?),
            Type::Bytes => Value::Bytes(self.bytes()?.to_vec()),
            Type::Array => Value::List(self.list(Self::value)?),
            Type::Map => {
                let mut members = BTreeMap::new();
                self.map(|reader, key| {
                    members.insert(key.to_owned(), reader.value()?);
                    Some(())
                })?;
                Value::Map(members)
            }
            _ => return None,
        })
    }

    /// Whether nothing comes next.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.from.datatype().is_ok_and(|sort| sort == Type::Null)
    }

    /// Nothing.
    pub fn null(&mut self) -> Option<()> {
        self.count()?;
        self.from.null().ok()
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'b str> {
        self.count()?;
        self.words()
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Option<&'b [u8]> {
        self.count()?;
        let begin = self.from.position();
        let plain = self.from.bytes().ok()?;
        self.is_shortest(begin, plain.len() as u64, plain.len())?;
        Some(plain)
    }

    /// A list whose items `item` reads.
    pub fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.count()?;
        let begin = self.from.position();
        let length = self.from.array().ok()??;
        self.is_shortest(begin, length, 0)?;
        self.depth -= 1;
        // The length is the sender's word: it never sizes an allocation.
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(item(self)?);
        }
        self.depth += 1;
        Some(items)
    }

    /// A map, of which `member` reads the value of each key.
    pub fn map(&mut self, mut member: impl FnMut(&mut Self, &'b str) -> Option<()>) -> Option<()> {
        self.count()?;
        let begin = self.from.position();
        let length = self.from.map().ok()??;
        self.is_shortest(begin, length, 0)?;
        self.depth -= 1;
        let mut before = None;
        for _ in 0..length {
            let key = self.words()?;
            let place = (key.len(), key.as_bytes());
            if before.is_some_and(|before| before >= place) {
                return None;
            }
            before = Some(place);
            member(self, key)?;
        }
        self.depth += 1;
        Some(())
    }

    /// Counts a value.
    fn count(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        (self.depth > 0).then_some(())
    }

    fn words(&mut self) -> Option<&'b str> {
        let begin = self.from.position();
        let text = self.from.str().ok()?;
        self.is_shortest(begin, text.len() as u64, text.len())?;
        Some(text)
    }

    /// That what was read since `begin` is the shortest head of `number` and so many bytes of content: RFC 8949, section 4.2.1.
    fn is_shortest(&self, begin: usize, number: u64, content: usize) -> Option<()> {
        let head = match number {
            0..24 => 1,
            24..0x100 => 2,
            0x100..0x1_0000 => 3,
            0x1_0000..0x1_0000_0000 => 5,
            _ => 9,
        };
        (self.from.position() - begin == head + content).then_some(())
    }
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

        #[test]
        fn what_is_near_an_encoding_is_read_only_where_it_is_one(
            value in any_value(),
            at in any::<proptest::sample::Index>(),
            puts in proptest::collection::vec(any::<u8>(), 0..10),
            takes in 0_usize..10,
        ) {
            let mut bytes = encode(&value);
            let at = at.index(bytes.len());
            let end = bytes.len().min(at + takes);
            bytes.splice(at..end, puts);
            if let Ok(value) = decode(&bytes) {
                prop_assert_eq!(encode(&value), bytes);
            }
        }
    }

    #[test]
    fn other_encodings_of_the_same_value_are_refused() {
        let refused: &[(&str, &[u8])] = &[
            ("one in two bytes", &[0x18, 0x01]),
            ("minus one in two bytes", &[0x38, 0x00]),
            ("255 in three bytes", &[0x19, 0x00, 0xff]),
            ("65,535 in five bytes", &[0x1a, 0x00, 0x00, 0xff, 0xff]),
            ("32 bits in nine bytes", &[0x1b, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff]),
            ("a text with a longer head", &[0x78, 0x01, b'a']),
            ("bytes with a longer head", &[0x58, 0x01, 0x00]),
            ("a list with a longer head", &[0x98, 0x00]),
            ("a map with a longer head", &[0xb8, 0x00]),
            ("a key with a longer head", &[0xa1, 0x78, 0x01, b'a', 0x01]),
            ("an indefinite text", &[0x7f, 0x61, b'a', 0xff]),
            ("true in two bytes", &[0xf8, 0x15]),
            ("a longer key before a shorter", &[0xa2, 0x62, b'a', b'a', 0x02, 0x61, b'b', 0x01]),
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
