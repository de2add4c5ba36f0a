//! Identifiers: one newtype for each thing that is pointed at, none of them a name or a number of a person.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::{Builder, Uuid};

use crate::Value;
use crate::wire::{Malformed, Wire};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(#[schemars(with = "String")] pub Uuid);

        impl $name {
            /// A new identifier (UUID version 7, RFC 9562) from milliseconds since 1970 and ten random bytes.
            #[must_use]
            pub fn new(milliseconds: u64, random: &[u8; 10]) -> Self {
                Self(Builder::from_unix_timestamp_millis(milliseconds, random).into_uuid())
            }

            /// The identifier that follows from what it names (UUID version 5): the same on every machine.
            #[must_use]
            pub fn derived(from: &[u8]) -> Self {
                Self(Uuid::new_v5(&NAMESPACE, from))
            }

            /// Whether it follows from what it names.
            #[must_use]
            pub fn is_derived(&self) -> bool {
                self.0.get_version_num() == 5
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl Wire for $name {
            fn to_value(&self) -> Value {
                self.0.to_value()
            }

            fn from_value(value: &Value) -> Option<Self> {
                Uuid::from_value(value).map(Self)
            }
        }
    )*};
}

id! {
    /// A clinic: one organisation, however many sites.
    ClinicId;
    /// A record of any kind.
    RecordId;
    /// One installation of a workstation: made at install, after a restore and when a clone is found.
    Incarnation;
    /// A unit of authorship and partial sync: one for the clinic, one for each site.
    Scope;
    /// One person's session on one workstation.
    SessionId;
}

/// The namespace of every derived identifier of this product.
const NAMESPACE: Uuid = Uuid::from_u128(0x5f0c_7a3e_2d51_5b0e_9d0e_c11a_1cde_5c01);

/// The place of one op: dense from 1 within (incarnation, scope).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId {
    /// Who wrote it.
    pub incarnation: Incarnation,
    /// For whom.
    pub scope: Scope,
    /// Its serial number, from 1.
    pub seq: u64,
}

impl fmt::Display for OpId {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}/{}/{}", self.incarnation, self.scope, self.seq)
    }
}

impl fmt::Debug for OpId {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for OpId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let mut parts = text.split('/');
        let mut next = || parts.next().unwrap_or_default();
        (|| {
            Some(Self {
                incarnation: next().parse().ok()?,
                scope: next().parse().ok()?,
                seq: next().parse().ok()?,
            })
        })()
        .ok_or(Malformed::Member("op id"))
    }
}

impl Serialize for OpId {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for OpId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Wire for OpId {
    fn to_value(&self) -> Value {
        Value::List(vec![self.incarnation.to_value(), self.scope.to_value(), self.seq.to_value()])
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::List(parts) => match parts.as_slice() {
                [incarnation, scope, seq] => Some(Self {
                    incarnation: Wire::from_value(incarnation)?,
                    scope: Wire::from_value(scope)?,
                    seq: Wire::from_value(seq)?,
                }),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A SHA-256 digest (FIPS 180-4).
pub type Digest = [u8; 32];

#[cfg(test)]
mod tests {
    use super::{Incarnation, OpId, RecordId, Scope};

    #[test]
    fn an_op_id_reads_back_from_its_text() {
        let op = OpId { incarnation: Incarnation::new(1, &[1; 10]), scope: Scope::new(2, &[2; 10]), seq: 7 };
        assert_eq!(op.to_string().parse(), Ok(op));
        assert!("x/y/1".parse::<OpId>().is_err());
    }

    #[test]
    fn a_new_id_sorts_by_its_time_and_a_derived_one_is_always_the_same() {
        assert!(RecordId::new(1, &[9; 10]) < RecordId::new(2, &[0; 10]));
        assert_eq!(RecordId::derived(b"a"), RecordId::derived(b"a"));
        assert_ne!(RecordId::derived(b"a"), RecordId::derived(b"b"));
    }
}
