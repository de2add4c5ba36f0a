//! How a kind of record is declared: once, with the type and the merge class of each field and the
//! permission of each verb. A kind or field without a class does not compile.

mod answer;
mod blob;

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use answer::is_answer;
pub use answer::{LONGEST_ANSWER, MOST_MEMBERS};
pub use blob::{BlobRef, LARGEST_BLOB, MEDIA_TYPES};

use crate::access::Permission;
use crate::{Decimal, Instant, PartialDate, RecordId, Value};

/// What a kind of record is to the merge (`docs/formats/fold.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Fields are edited and merge one by one.
    Ordinary,
    /// Written once; the union of what everyone wrote.
    Fact,
    /// Said of a person until somebody withdraws it: an edit wins over a removal.
    Claim,
    /// Frozen when signed; later edits of the draft come to its author.
    Document,
}

/// Where a kind of record lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// At every workstation of the clinic.
    Clinic,
    /// At the site that wrote it, and where its patient was pulled.
    Site,
}

/// How two edits of one field merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Set when the record is made and never again.
    Fixed,
    /// The later is shown, both are kept.
    Ordinary,
    /// Never settled by itself: the last agreed value stands beside both candidates.
    Critical,
    /// Moves along the lattice of its [`Choice`]; an impossible pair is a conflict.
    State,
    /// The narrower right holds until somebody settles it.
    Narrowing,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text of at most [`LONGEST_TEXT`] characters without control characters but new line and tab.
    Text,
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// A [`Decimal`].
    Decimal,
    /// A [`PartialDate`].
    Date,
    /// An [`Instant`].
    Instant,
    /// The id of another record.
    Record,
    /// A [`Coding`].
    Coding,
    /// A [`Quantity`].
    Quantity,
    /// Bytes as lower-case hexadecimal text.
    Hex,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Words, each once, in order.
    Words,
    /// A [`BlobRef`].
    Blob,
    /// An answer of a form; its form says which members it may have.
    Answer,
    /// Entries keyed by their own id, each with these fields. An id has at most [`LONGEST_ENTRY`] of the
    /// ASCII letters, digits and `.`, `_`, `:`, `-`, so that every store and every address can carry it.
    Entries(&'static [(&'static str, Type)]),
}

/// More characters than this in one field are refused.
pub const LONGEST_TEXT: usize = 20_000;

/// The id of an entry is no longer than so many characters.
pub const LONGEST_ENTRY: usize = 64;

/// A step that a [`Choice`] may take, from a word to a word, and who may take it.
pub type Move = (&'static str, &'static str, Permission);

/// A field of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name, the same in every layer.
    pub name: &'static str,
    /// What it holds.
    pub holds: Type,
    /// How it merges.
    pub class: Class,
    /// The steps of a field of class [`Class::State`].
    pub moves: &'static [Move],
    /// The permission that setting it asks for instead of the step's. [`Permission::SessionUse`] is
    /// asked of the person whose own record it is; everybody else is asked for the step's.
    pub by: Option<Permission>,
    /// The field of class [`Class::State`] with whose steps it is set, and so after signing too: the
    /// reason for a step.
    pub with: Option<&'static str>,
}

/// The fields that say whose word a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// Who writes it; nobody else changes it.
    pub author: Option<&'static str>,
    /// Who signed it.
    pub signer: Option<&'static str>,
    /// From where it was imported; to make a record that has one asks for [`Permission::ImportRun`] alone.
    pub source: Option<&'static str>,
    /// What its source said and no field holds: an export needs it and nobody sees it, so nobody has to choose in it.
    pub original: Option<&'static str>,
}

/// A kind of record.
#[derive(Debug)]
pub struct Kind {
    /// Its name, the same in every layer.
    pub name: &'static str,
    /// How records of it merge.
    pub nature: Nature,
    /// Where they live.
    pub home: Home,
    /// Its fields.
    pub fields: &'static [Field],
    /// The permission that each possible verb asks for.
    pub verbs: &'static [(Verb, Permission)],
    /// The permission by which a person sees what a record says: a chart's, where it declares no other.
    pub seen: Permission,
    /// The verbs that carry their author's own signature.
    pub signed_by_author: &'static [Verb],
    /// The fields that say when it happened, best first; `None` for a kind that is not on the timeline.
    pub happened: Option<&'static [&'static str]>,
    /// The fields that say whose word it is.
    pub roles: Roles,
    /// The fields under whose values it stands in lists.
    pub lists: &'static [&'static str],
}

/// What an op does to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Makes it.
    Create,
    /// Sets fields.
    Patch,
    /// Makes it as an addition to a signed record.
    Append,
    /// Makes it as a reversible tie between records.
    Link,
    /// Withdraws it with a reason.
    Void,
    /// Freezes it.
    Sign,
    /// Settles a conflict by naming its contenders.
    Resolve,
}

impl Verb {
    /// Whether it makes a record.
    #[must_use]
    pub fn makes(self) -> bool {
        matches!(self, Self::Create | Self::Append | Self::Link)
    }
}

impl Roles {
    /// A kind without such fields.
    pub const NONE: Self = Self { author: None, signer: None, source: None, original: None };
}

impl Kind {
    /// The field that `path` (`name` or `name/entry/part`) leads to, and what it holds there.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<(&'static Field, Type)> {
        let mut parts = path.split('/');
        let name = parts.next()?;
        let field = self.fields.iter().find(|field| field.name == name)?;
        let holds = match (field.holds, parts.next(), parts.next()) {
            (Type::Entries(members), Some(entry), Some(part)) if is_entry(entry) => {
                members.iter().find(|(name, _)| *name == part)?.1
            }
            (Type::Entries(_), ..) | (_, Some(_), _) => return None,
            (holds, None, _) => holds,
        };
        parts.next().is_none().then_some((field, holds))
    }

    /// The permission that `verb` asks for, if records of this kind know it.
    #[must_use]
    pub const fn permission(&self, verb: Verb) -> Option<Permission> {
        // A constant asks too, so no iterator can.
        let mut rest = self.verbs;
        while let [(known, permission), others @ ..] = rest {
            if *known as u8 == verb as u8 {
                return Some(*permission);
            }
            rest = others;
        }
        None
    }
}

impl Type {
    /// Whether a field of this type may hold `value`; nothing at all it always may.
    #[must_use]
    pub fn accepts(self, value: &Value) -> bool {
        let text = value.as_text();
        match self {
            _ if value.is_null() => true,
            Self::Text => text.is_some_and(is_plain),
            Self::Bool => matches!(value, Value::Bool(_)),
            Self::Int => matches!(value, Value::Int(_)),
            Self::Decimal => parses::<Decimal>(text),
            Self::Date => parses::<PartialDate>(text),
            Self::Instant => parses::<Instant>(text),
            Self::Record => parses::<RecordId>(text),
            Self::Hex => text.is_some_and(|text| crate::hex::decode(text).is_some()),
            Self::Choice(words) => text.is_some_and(|text| words.contains(&text)),
            Self::Words => match value {
                Value::List(words) => words.iter().all(|word| word.as_text().is_some_and(is_plain)),
                _ => false,
            },
            Self::Coding => {
                members(value, &[("system", Self::Text), ("code", Self::Text), ("display", Self::Text)])
            }
            Self::Quantity => {
                members(
                    value,
                    &[
                        ("value", Self::Decimal),
                        ("unit", Self::Text),
                        ("system", Self::Text),
                        ("code", Self::Text),
                    ],
                ) && value.get("value").is_some()
            }
            Self::Blob => BlobRef::read(value).is_some(),
            Self::Answer => is_answer(value),
            Self::Entries(_) => false,
        }
    }
}

fn is_entry(id: &str) -> bool {
    let fits = |sign: u8| sign.is_ascii_alphanumeric() || b"._:-".contains(&sign);
    (1..=LONGEST_ENTRY).contains(&id.len()) && id.bytes().all(fits)
}

fn is_plain(text: &str) -> bool {
    text.chars().count() <= LONGEST_TEXT
        && !text.chars().any(|sign| sign.is_control() && sign != '\n' && sign != '\t')
}

fn parses<T: std::str::FromStr>(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.parse::<T>().is_ok())
}

fn members(value: &Value, allowed: &[(&str, Type)]) -> bool {
    match value {
        Value::Map(map) => map
            .iter()
            .all(|(key, member)| allowed.iter().any(|(name, holds)| name == key && holds.accepts(member))),
        _ => false,
    }
}

/// A code from a terminology, with the words that stood beside it (FHIR R4 `Coding`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Coding {
    /// The terminology's URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub system: Option<String>,
    /// The code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub display: Option<String>,
}

/// A measured amount (FHIR R4 `Quantity`); the code is of UCUM unless a system says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Quantity {
    /// How much, digit for digit.
    pub value: Decimal,
    /// The unit as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unit: Option<String>,
    /// The unit's system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub system: Option<String>,
    /// The unit's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
}

/// Entries keyed by their own id, so that two people may add one each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(transparent)]
pub struct Entries<T>(pub BTreeMap<String, T>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// A Rust type that a field may have.
pub trait Holds {
    /// What the field then holds.
    const TYPE: Type;
    /// The steps that it may take.
    const MOVES: &'static [Move] = &[];
}

macro_rules! holds {
    ($($ty:ty => $variant:ident),* $(,)?) => {
        $(impl Holds for $ty { const TYPE: Type = Type::$variant; })*
    };
}

holds! {
    String => Text, bool => Bool, i64 => Int, Decimal => Decimal, PartialDate => Date, Instant => Instant,
    RecordId => Record, Coding => Coding, Quantity => Quantity, Vec<String> => Words, Hex => Hex,
}

/// Bytes as a field holds them: lower-case hexadecimal text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(transparent)]
pub struct Hex(pub String);

impl Hex {
    /// The text of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(crate::hex::encode(bytes))
    }

    /// The bytes; empty where the text is none.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        crate::hex::decode(&self.0).unwrap_or_default()
    }
}

/// One entry's fields.
pub trait Entry {
    /// Their names and what they hold.
    const FIELDS: &'static [(&'static str, Type)];
}

impl<T: Entry> Holds for Entries<T> {
    const TYPE: Type = Type::Entries(T::FIELDS);
}

/// A kind of record as a Rust type: each field may be missing.
pub trait Record: Serialize + serde::de::DeserializeOwned + Default {
    /// Its declaration.
    const KIND: &'static Kind;
}

/// A kind of which a person says what they say in one type, when it is made and when it is changed.
pub trait Told: Record {
    /// What may be said of it, field by field: what is left out stays as it was, and null clears.
    type Text: Clone + Serialize + serde::de::DeserializeOwned + TS + JsonSchema;
    /// The names of the fields that it may have.
    const WRITTEN: &'static [&'static str];
    /// The texts without which it says nothing.
    const REQUIRED: &'static [&'static str];

    /// Whether it is over on the day `today`: such rows stand behind those that hold.
    fn is_over(&self, _today: Date) -> bool {
        false
    }
}

/// Reads a field of a [`Told::Text`] that is there: null is something said.
///
/// # Errors
/// When it is of another shape.
pub fn said<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Declares a kind of record.
///
/// With `told Text;` behind its head the kind is [`Told`], by the type `Text`, where a field that is declared
/// `String as Words` takes the words of that closed set alone: the command's rule. Older and imported words are still
/// read and shown. A group `written` behind `fields` holds those that a person writes, where the program sets others:
/// then `Text` has these alone. Before `fields` stand, where the kind has them, `required`, the texts without which it says
/// nothing, and `over`, whether a record is over on a day.
#[macro_export]
macro_rules! record {
    (
        $(#[$outer:meta])*
        pub struct $name:ident: $kind:literal, $nature:ident, $place:ident;
        told $text:ident;
        $($rest:tt)*
    ) => {
        $crate::record! { $(#[$outer])* pub struct $name: $kind, $nature, $place; $($rest)* }
        $crate::told! { $name $text [] [] $($rest)* }
    };
    (
        $(#[$outer:meta])*
        pub struct $name:ident: $kind:literal, $nature:ident, $place:ident;
        verbs $verbs:tt
        $(seen $seen:tt)?
        $(signed_by_author $signed_by_author:tt)?
        $(happened $happened:tt)?
        $(roles $roles:tt)?
        $(lists $lists:tt)?
        $(required $required:tt)?
        $(over $over:tt)?
        fields { $($field:tt)* }
        written { $($written:tt)* }
    ) => {
        $crate::record! {
            $(#[$outer])* pub struct $name: $kind, $nature, $place;
            verbs $verbs
            $(seen $seen)?
            $(signed_by_author $signed_by_author)?
            $(happened $happened)?
            $(roles $roles)?
            $(lists $lists)?
            fields { $($field)* $($written)* }
        }
    };
    (
        $(#[$outer:meta])*
        pub struct $name:ident: $kind:literal, $nature:ident, $place:ident;
        verbs { $($verb:ident: $permission:ident,)* }
        $(seen { $seen:ident, })?
        $(signed_by_author { $($signed_by_author:ident,)* })?
        $(happened { $($when:ident,)* })?
        $(roles { $($role:ident: $named:ident,)* })?
        $(lists { $($listed:ident,)* })?
        $(required $required:tt)?
        $(over $over:tt)?
        fields { $(
            $(#[$inner:meta])*
            $field:ident: $ty:ty $(as $words:ty)?, $class:ident $(by $by:ident)? $(with $with:ident)?;
        )* }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$inner])*
                #[serde(skip_serializing_if = "Option::is_none")]
                #[ts(optional)]
                pub $field: Option<$ty>,
            )*
        }

        impl $crate::record::Record for $name {
            const KIND: &'static $crate::record::Kind = &$crate::record::Kind {
                name: $kind,
                nature: $crate::record::Nature::$nature,
                home: $crate::record::Home::$place,
                fields: &[$($crate::record::Field {
                    name: stringify!($field),
                    holds: <$ty as $crate::record::Holds>::TYPE,
                    class: $crate::record::Class::$class,
                    moves: <$ty as $crate::record::Holds>::MOVES,
                    by: [$(Some($crate::access::Permission::$by),)? None][0],
                    with: [$(Some(stringify!($with)),)? None][0],
                },)*],
                verbs: &[$(($crate::record::Verb::$verb, $crate::access::Permission::$permission),)*],
                seen: [$($crate::access::Permission::$seen,)? $crate::access::Permission::ChartRead][0],
                signed_by_author: &[$($($crate::record::Verb::$signed_by_author,)*)?],
                happened: [$(Some(&[$(stringify!($when),)*] as &[&str]),)? None][0],
                roles: $crate::record::Roles {
                    $($($role: Some(stringify!($named)),)*)?
                    ..$crate::record::Roles::NONE
                },
                lists: &[$($(stringify!($listed),)*)?],
            };
        }
    };
}

/// What a person says of a kind, from its declaration.
#[doc(hidden)]
#[macro_export]
macro_rules! told {
    (
        $name:ident $text:ident [$($required:ident)*] [$($over:expr)?]
        written { $(
            $(#[$inner:meta])*
            $field:ident: $ty:ty $(as $words:ty)?, $class:ident $(by $by:ident)? $(with $with:ident)?;
        )* }
    ) => {
        /// What a person says of it: what is left out stays as it was, and null clears.
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $text {
            $(
                $(#[$inner])*
                #[serde(deserialize_with = "crate::record::said", skip_serializing_if = "Option::is_none")]
                #[ts(optional)]
                pub $field: Option<Option<$crate::words!($ty $(, $words)?)>>,
            )*
        }

        impl $crate::record::Told for $name {
            type Text = $text;
            const WRITTEN: &'static [&'static str] = &[$(stringify!($field),)*];
            const REQUIRED: &'static [&'static str] = &[$(stringify!($required),)*];

            $(fn is_over(&self, today: jiff::civil::Date) -> bool {
                let is_over: fn(&Self, jiff::civil::Date) -> bool = $over;
                is_over(self, today)
            })?
        }
    };
    ($name:ident $text:ident $none:tt $over:tt required { $($required:ident,)* } $($rest:tt)*) => {
        $crate::told! { $name $text [$($required)*] $over $($rest)* }
    };
    ($name:ident $text:ident $required:tt $none:tt over { $over:expr } $($rest:tt)*) => {
        $crate::told! { $name $text $required [$over] $($rest)* }
    };
    ($name:ident $text:ident $required:tt $over:tt fields $body:tt) => {
        $crate::told! { $name $text $required $over written $body }
    };
    ($name:ident $text:ident $required:tt $over:tt $group:ident $body:tt $($rest:tt)*) => {
        $crate::told! { $name $text $required $over $($rest)* }
    };
}

/// The last of the types given: the words that a person may choose, where a field has such.
#[doc(hidden)]
#[macro_export]
macro_rules! words {
    ($ty:ty) => {
        $ty
    };
    ($ty:ty, $words:ty) => {
        $words
    };
}

/// Declares the fields of one entry of [`Entries`].
#[macro_export]
macro_rules! entry {
    ($(#[$outer:meta])* pub struct $name:ident { $($(#[$inner:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$inner])*
                #[serde(skip_serializing_if = "Option::is_none")]
                #[ts(optional)]
                pub $field: Option<$ty>,
            )*
        }

        impl $crate::record::Entry for $name {
            const FIELDS: &'static [(&'static str, $crate::record::Type)] =
                &[$((stringify!($field), <$ty as $crate::record::Holds>::TYPE),)*];
        }
    };
}

/// Declares a closed set of words; with `moves`, the steps between them and who may take each.
#[macro_export]
macro_rules! choice {
    (
        $(#[$outer:meta])*
        pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }
        $(moves { $($from:literal => $to:literal: $permission:ident,)* })?
    ) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its word.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::record::Holds for $name {
            const TYPE: $crate::record::Type = $crate::record::Type::Choice(&[$($word,)*]);
            $(const MOVES: &'static [$crate::record::Move] = &[$(($from, $to, $crate::access::Permission::$permission),)*];)?
        }
    };
}
