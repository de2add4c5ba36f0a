//! Messages that are signed, hashed or sent: structs with a declared deterministic CBOR form.
//!
//! [`wire!`] declares a struct once and derives its map of text keys; a reader skips keys that it
//! does not know, because whoever keeps a message keeps its bytes, not its meaning of today.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::cbor::Reader;
use crate::{Value, cbor};

/// A message whose bytes do not have the declared shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The bytes are not deterministic CBOR.
    #[error(transparent)]
    Bytes(#[from] cbor::NotCanonical),
    /// A member is missing or of another type.
    #[error("{0} is missing or of another type")]
    Member(&'static str),
}

/// A type with one CBOR form.
pub trait Wire: Sized {
    /// The form of this value.
    fn to_value(&self) -> Value;

    /// The value of this form; `None` where the form does not fit.
    fn from_value(value: &Value) -> Option<Self>;

    /// Reads it where it stands, without the [`Value`] of it: the same as [`Wire::from_value`] of that.
    fn read(from: &mut Reader) -> Option<Self> {
        Self::from_value(&from.value()?)
    }

    /// What a missing member means; `None` where it may not be missing.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// A message: a struct declared by [`wire!`].
pub trait Message: Wire {
    /// The one encoding of this message.
    fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(&self.to_value())
    }

    /// The message of these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are not canonical or a member does not fit.
    fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed>;
}

/// Declares a message: `wire! { /// Doc. pub struct Name { /// Doc. member: Type, } }`.
#[macro_export]
macro_rules! wire {
    ($(#[$outer:meta])* pub struct $name:ident { $($(#[$inner:meta])* $member:ident : $ty:ty,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$inner])* pub $member: $ty,)* }

        impl $crate::wire::Wire for $name {
            fn to_value(&self) -> $crate::Value {
                let mut map = ::std::collections::BTreeMap::new();
                $(
                    let member = $crate::wire::Wire::to_value(&self.$member);
                    if !member.is_null() {
                        map.insert(stringify!($member).to_owned(), member);
                    }
                )*
                $crate::Value::Map(map)
            }

            fn from_value(value: &$crate::Value) -> Option<Self> {
                <Self as $crate::wire::Member>::members(value).ok()
            }

            fn read(from: &mut $crate::cbor::Reader) -> Option<Self> {
                $(let mut $member: Option<$ty> = None;)*
                from.map(|from, key| {
                    $(if key == stringify!($member) {
                        $member = Some(<$ty as $crate::wire::Wire>::read(from)?);
                        return Some(());
                    })*
                    from.value().map(drop)
                })?;
                Some(Self { $($member: $member.or_else(<$ty as $crate::wire::Wire>::absent)?,)* })
            }
        }

        impl $crate::wire::Member for $name {
            fn members(value: &$crate::Value) -> Result<Self, $crate::wire::Malformed> {
                Ok(Self { $($member: $crate::wire::member(value, stringify!($member))?,)* })
            }
        }

        impl $crate::wire::Message for $name {
            fn from_bytes(bytes: &[u8]) -> Result<Self, $crate::wire::Malformed> {
                match $crate::cbor::Reader::whole(bytes, <Self as $crate::wire::Wire>::read) {
                    Some(message) => Ok(message),
                    // What is wrong with it is said by reading it slowly.
                    None => <Self as $crate::wire::Member>::members(&$crate::cbor::decode(bytes)?),
                }
            }
        }
    };
}

/// What [`wire!`] derives to name the member that does not fit.
#[doc(hidden)]
pub trait Member: Sized {
    fn members(value: &Value) -> Result<Self, Malformed>;
}

/// The member `key` of a map.
///
/// # Errors
/// [`Malformed::Member`] when it is missing or of another type.
#[doc(hidden)]
pub fn member<T: Wire>(map: &Value, key: &'static str) -> Result<T, Malformed> {
    match map.get(key) {
        Some(value) => T::from_value(value),
        None if matches!(map, Value::Map(_)) => T::absent(),
        None => None,
    }
    .ok_or(Malformed::Member(key))
}

impl Wire for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.value()
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Wire for bool {
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }
}

impl Wire for u64 {
    /// Numbers beyond 63 bits do not occur: sequence numbers, sizes and milliseconds stay far below.
    fn to_value(&self) -> Value {
        Value::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(number) => Self::try_from(*number).ok(),
            _ => None,
        }
    }
}

impl Wire for String {
    fn to_value(&self) -> Value {
        Value::text(self)
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_text().map(ToOwned::to_owned)
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.text().map(ToOwned::to_owned)
    }
}

impl Wire for Uuid {
    fn to_value(&self) -> Value {
        Value::Bytes(self.as_bytes().to_vec())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Self::from_slice(from.bytes()?).ok()
    }
}

/// Bytes of any length; [`Vec<u8>`] itself would read as a list of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub Vec<u8>);

impl Wire for Bytes {
    fn to_value(&self) -> Value {
        Value::Bytes(self.0.clone())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(Self(bytes.clone())),
            _ => None,
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.bytes().map(|bytes| Self(bytes.to_vec()))
    }
}

impl<const N: usize> Wire for [u8; N] {
    fn to_value(&self) -> Value {
        Value::Bytes(self.to_vec())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => bytes.as_slice().try_into().ok(),
            _ => None,
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.bytes()?.try_into().ok()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Wire::to_value)
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        if from.is_null() { from.null().map(|()| None) } else { T::read(from).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn to_value(&self) -> Value {
        Value::List(self.iter().map(Wire::to_value).collect())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::List(items) => items.iter().map(T::from_value).collect(),
            _ => None,
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.list(T::read)
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn to_value(&self) -> Value {
        Value::Map(self.iter().map(|(key, value)| (key.clone(), value.to_value())).collect())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Map(map) => {
                map.iter().map(|(key, value)| Some((key.clone(), T::from_value(value)?))).collect()
            }
            _ => None,
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let mut members = Self::new();
        from.map(|from, key| {
            members.insert(key.to_owned(), T::read(from)?);
            Some(())
        })?;
        Some(members)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use proptest::sample::Index;
    use uuid::Uuid;

    use super::{Bytes, Malformed, Member, Message, Wire};
    use crate::cbor::Reader;
    use crate::{Value, cbor};

    wire! {
        /// A message with a member of every sort.
        pub struct Parcel {
            /// A flag.
            fragile: bool,
            /// A number.
            weight: u64,
            /// A text.
            to: String,
            /// An id.
            id: Uuid,
            /// Bytes.
            seal: Bytes,
            /// So many bytes.
            four: [u8; 4],
            /// A message that may be missing.
            letter: Option<Letter>,
            /// A list.
            letters: Vec<Letter>,
            /// A map.
            marks: BTreeMap<String, Vec<u64>>,
            /// Anything.
            more: Value,
        }
    }

    fn any_letter() -> impl Strategy<Value = Letter> {
        (".{0,9}", 0..i64::MAX.unsigned_abs(), proptest::option::of(".{0,30}"))
            .prop_map(|(from, times, enclosed)| Letter { from, times, enclosed })
    }

    prop_compose! {
        fn any_parcel()(
            plain in (any::<bool>(), 0..1_000_u64, ".{0,9}", any::<[u8; 16]>(), any::<[u8; 4]>()),
            seal in proptest::collection::vec(any::<u8>(), 0..30),
            letter in proptest::option::of(any_letter()),
            letters in proptest::collection::vec(any_letter(), 0..3),
            marks in proptest::collection::btree_map(".{0,5}", proptest::collection::vec(0..300_u64, 0..3), 0..3),
            more in prop_oneof![Just(Value::Null), Just(Value::List(vec![Value::Null, Value::Int(-1)]))],
        ) -> Parcel {
            let (fragile, weight, to, id, four) = plain;
            let id = Uuid::from_bytes(id);
            Parcel { fragile, weight, to, id, seal: Bytes(seal), four, letter, letters, marks, more }
        }
    }

    /// A message read where it stands and by its value.
    fn both<M: Message + Member + PartialEq>(bytes: &[u8]) -> (Option<M>, Result<M, Malformed>) {
        let slowly = cbor::decode(bytes).map_err(Malformed::from).and_then(|value| M::members(&value));
        (Reader::whole(bytes, M::read), slowly)
    }

    proptest! {
        #[test]
        fn a_message_is_read_where_it_stands_as_by_its_value(
            parcel in any_parcel(),
            at in any::<Index>(),
            puts in proptest::collection::vec(any::<u8>(), 0..4),
            takes in 0_usize..4,
        ) {
            let mut bytes = parcel.to_bytes();
            prop_assert_eq!(both::<Parcel>(&bytes), (Some(parcel.clone()), Ok(parcel)));
            let at = at.index(bytes.len());
            let end = bytes.len().min(at + takes);
            bytes.splice(at..end, puts);
            let (at_once, slowly) = both::<Parcel>(&bytes);
            prop_assert_eq!(at_once, slowly.ok());
        }

        #[test]
        fn a_member_of_another_type_is_refused_either_way(
            parcel in any_parcel(),
            member in any::<Index>(),
            value in prop_oneof![
                Just(None),
                Just(Some(Value::Null)),
                Just(Some(Value::Int(-1))),
                Just(Some(Value::text("x"))),
                Just(Some(Value::Bytes(vec![1, 2, 3]))),
                Just(Some(Value::List(vec![Value::Bool(true)]))),
                Just(Some(Value::Map([("a".to_owned(), Value::Null)].into()))),
            ],
        ) {
            let Value::Map(mut map) = parcel.to_value() else { panic!("a message is a map") };
            let key = map.keys().nth(member.index(map.len())).unwrap().clone();
            match value {
                Some(value) => drop(map.insert(key, value)),
                None => drop(map.remove(&key)),
            }
            let (at_once, slowly) = both::<Parcel>(&cbor::encode(&Value::Map(map)));
            prop_assert_eq!(at_once, slowly.ok());
        }
    }

    wire! {
        /// A message for the test.
        pub struct Letter {
            /// Who writes.
            from: String,
            /// How often.
            times: u64,
            /// What is enclosed.
            enclosed: Option<String>,
        }
    }

    #[test]
    fn a_message_comes_back_and_skips_members_it_does_not_know() {
        let letter = Letter { from: "desk".into(), times: 3, enclosed: None };
        assert_eq!(Letter::from_bytes(&letter.to_bytes()), Ok(letter.clone()));
        let newer = Value::Map(
            [("from", "desk".into()), ("times", Value::Int(3)), ("stamp", "x".into())]
                .map(|(key, value): (&str, Value)| (key.to_owned(), value))
                .into(),
        );
        assert_eq!(Letter::from_bytes(&cbor::encode(&newer)), Ok(letter));
    }

    #[test]
    fn a_member_that_does_not_fit_is_named() {
        let broken = Value::Map([("from".to_owned(), Value::Int(1))].into());
        assert_eq!(Letter::from_bytes(&cbor::encode(&broken)), Err(Malformed::Member("from")));
        assert_eq!(Letter::from_bytes(&[0xff]), Err(Malformed::Bytes(cbor::NotCanonical)));
        assert_eq!(Letter::from_bytes(&[0x01]), Err(Malformed::Member("from")));
    }
}
