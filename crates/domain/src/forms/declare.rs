//! How a form is declared: once, by [`form!`](crate::form), with the class and the sides of each item. An item without them
//! does not compile.

use super::{Cond, Holds, Item, Limits, Numeric, Offered, Reading, Scale, Sides, Words};
use crate::Decimal;

/// Declares a form: its name, version and title; who fills and who signs it; its sections, each of items; what is checked
/// between them; and the items of its line.
#[macro_export]
macro_rules! form {
    (
        $(#[$outer:meta])*
        $name:ident: $code:literal @ $version:literal, $title:literal;
        fill [$($fill:ident)*] sign [$($sign:ident)*]
        $(section $section:ident $heading:literal $layout:ident { $($items:tt)* })*
        checks [$($check:ident)*] line [$($line:ident)*]
    ) => {
        $(#[$outer])*
        pub(super) fn $name() -> $crate::forms::Spec {
            $crate::forms::Spec {
                code: $code.to_owned(),
                version: $version,
                title: $crate::forms::Words::english($title),
                fill: vec![$($crate::access::Role::$fill,)*],
                sign: vec![$($crate::access::Role::$sign,)*],
                sections: vec![$($crate::forms::Section {
                    key: stringify!($section).to_owned(),
                    title: $crate::forms::Words::english($heading),
                    layout: $crate::forms::Layout::$layout,
                    items: $crate::items! { $($items)* },
                },)*],
                checks: vec![$($crate::forms::Check::$check,)*],
                line: vec![$(stringify!($line).to_owned(),)*],
            }
        }
    };
}

/// The items of a section: name, what people call it, what it holds, its class, its sides; then `many`, `to_sign`, and when
/// it is asked.
#[doc(hidden)]
#[macro_export]
macro_rules! items {
    ($($key:ident $label:literal: $holds:expr, $class:ident, $sides:ident $(, $flag:ident)* $(=> $show:expr)?;)*) => {
        vec![$({
            let item = $crate::forms::declare::item(stringify!($key), $label, $holds);
            let item = item.of($crate::forms::Sides::$sides).$class();
            $(let item = item.$flag();)*
            $(let item = item.when($show);)?
            item
        },)*]
    };
}

/// The parts of a reading: name, what people call it, what it holds; then `to_sign`, and when it is asked.
#[doc(hidden)]
#[macro_export]
macro_rules! parts {
    ($($key:ident $label:literal: $holds:expr $(, $flag:ident)* $(=> $show:expr)?;)*) => {
        vec![$({
            let item = $crate::forms::declare::item(stringify!($key), $label, $holds);
            $(let item = item.$flag();)*
            $(let item = item.when($show);)?
            item
        },)*]
    };
}

/// An item that is asked once, of no side.
pub(super) fn item(key: &str, label: &str, holds: impl Into<Holds>) -> Item {
    Item {
        key: key.to_owned(),
        label: Words::english(label),
        holds: holds.into(),
        sides: Sides::One,
        many: false,
        critical: false,
        to_sign: false,
        show: Cond::Always,
    }
}

impl Item {
    pub(super) fn of(self, sides: Sides) -> Self {
        Self { sides, ..self }
    }

    pub(super) fn ordinary(self) -> Self {
        Self { critical: false, ..self }
    }

    pub(super) fn critical(self) -> Self {
        Self { critical: true, ..self }
    }

    pub(super) fn many(self) -> Self {
        Self { many: true, ..self }
    }

    #[expect(clippy::wrong_self_convention, reason = "a form says so of what it needs to be signed")]
    pub(super) fn to_sign(self) -> Self {
        Self { to_sign: true, ..self }
    }

    pub(super) fn when(self, show: Cond) -> Self {
        Self { show, ..self }
    }
}

/// A number in `unit`, none of a bare one, with so many digits behind the point, that can be from `low` to `high`.
pub(super) fn number(unit: &str, places: u8, low: &str, high: &str) -> Numeric {
    Numeric {
        units: Some(unit.to_owned()).filter(|unit| !unit.is_empty()).into_iter().collect(),
        places,
        step: None,
        possible: limits(low, high),
        plausible: None,
        since_last: None,
        signed: false,
    }
}

/// A decimal of a declaration; the test over all forms reads each back.
pub(super) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| Decimal::from(0))
}

fn limits(low: &str, high: &str) -> Limits {
    Limits { low: decimal(low), high: decimal(high) }
}

impl Numeric {
    /// A multiple of this.
    pub(super) fn step(self, step: &str) -> Self {
        Self { step: Some(decimal(step)), ..self }
    }

    /// Asked about outside of these.
    pub(super) fn asked(self, low: &str, high: &str) -> Self {
        Self { plausible: Some(limits(low, high)), ..self }
    }

    /// Asked about so far from the last time.
    pub(super) fn since_last(self, far: &str) -> Self {
        Self { since_last: Some(decimal(far)), ..self }
    }

    /// With its sign, as of a lens.
    pub(super) fn signed(self) -> Self {
        Self { signed: true, ..self }
    }
}

/// A scale of codes and what people say.
pub(super) fn scale(name: &str, options: &[(&str, &str)]) -> Scale {
    let offered =
        |(code, label): &(&str, &str)| Offered { code: (*code).to_owned(), label: Words::english(label) };
    Scale { name: name.to_owned(), edition: String::new(), options: options.iter().map(offered).collect() }
}

impl Scale {
    /// Of this edition.
    pub(super) fn edition(self, edition: &str) -> Self {
        Self { edition: edition.to_owned(), ..self }
    }
}

/// What can be found, beside normal and not examined.
pub(super) fn finding(name: &str, options: &[(&str, &str)]) -> Holds {
    Holds::Finding(scale(name, options))
}

/// Parts that are one value.
pub(super) fn reading(says: &str, parts: Vec<Item>) -> Holds {
    Holds::Reading(Reading { says: says.to_owned(), parts })
}

/// That an item, or a part, has this code.
pub(super) fn is(key: &str, code: &str) -> Cond {
    Cond::Is(key.to_owned(), code.to_owned())
}

/// That an item, or a part, was answered.
pub(super) fn answered(key: &str) -> Cond {
    Cond::Answered(key.to_owned())
}

/// All of these.
pub(super) fn all(conds: Vec<Cond>) -> Cond {
    Cond::All(conds)
}

/// One of these.
pub(super) fn any(conds: Vec<Cond>) -> Cond {
    Cond::Any(conds)
}

/// Not so.
pub(super) fn not(cond: Cond) -> Cond {
    Cond::Not(Box::new(cond))
}

impl From<Numeric> for Holds {
    fn from(number: Numeric) -> Self {
        Self::Number(number)
    }
}

impl From<Scale> for Holds {
    fn from(scale: Scale) -> Self {
        Self::Choice(scale)
    }
}
