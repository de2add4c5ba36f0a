//! Messages that are signed, hashed or sent: structs with a declared deterministic CBOR form.
//!
//! [`wire!`] declares a struct once and derives its map of text keys; a reader skips keys that it
//! does not know, because whoever keeps a message keeps its bytes, not its meaning of today.

use std::collections::BTreeMap;

use uuid::Uuid;

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
        }

        impl $crate::wire::Member for $name {
            fn members(value: &$crate::Value) -> Result<Self, $crate::wire::Malformed> {
                Ok(Self { $($member: $crate::wire::member(value, stringify!($member))?,)* })
            }
        }

        impl $crate::wire::Message for $name {
            fn from_bytes(bytes: &[u8]) -> Result<Self, $crate::wire::Malformed> {
                <Self as $crate::wire::Member>::members(&$crate::cbor::decode(bytes)?)
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
}

#[cfg(test)]
mod tests {
    use super::{Malformed, Message};
    use crate::{Value, cbor};

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
