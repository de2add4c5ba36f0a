//! What a field of the type [`Type::Answer`] may hold, whatever its form asks.

use super::{LONGEST_TEXT, Type};
use crate::Value;

/// An answer, and a part of one, has no more members than this.
pub const MOST_MEMBERS: usize = 24;

/// The texts of an answer have no more bytes than this together.
pub const LONGEST_ANSWER: usize = 4_096;

const _: () = assert!(LONGEST_ANSWER <= LONGEST_TEXT);

/// Whether a field may hold `value` as an answer: few members of known names, short, and no part within a part.
pub(crate) fn is_answer(value: &Value) -> bool {
    size(value, true).is_some_and(|size| size <= LONGEST_ANSWER)
}

/// The bytes of its texts; none where it is no answer.
fn size(value: &Value, whole: bool) -> Option<usize> {
    let Value::Map(members) = value else { return None };
    if members.len() > MOST_MEMBERS {
        return None;
    }
    let absent = Type::Choice(&["not_tested", "unable", "refused", "eye_absent", "device_failed"]);
    let of = |(name, member): (&String, &Value)| {
        let holds = match name.as_str() {
            "n" => Type::Decimal,
            "u" | "c" | "w" | "t" => Type::Text,
            "s" => Type::Words,
            "x" => absent,
            "ok" => Type::Bool,
            "p" if whole => return parts(member),
            _ => return None,
        };
        let bytes = match member {
            Value::Text(text) => text.len(),
            Value::List(words) => words.iter().filter_map(Value::as_text).map(str::len).sum(),
            _ => 0,
        };
        (!member.is_null() && holds.accepts(member)).then_some(bytes)
    };
    members.iter().map(of).sum()
}

fn parts(value: &Value) -> Option<usize> {
    let Value::Map(parts) = value else { return None };
    let named = parts.keys().all(|key| key.len() <= 24);
    (parts.len() <= MOST_MEMBERS && named).then_some(())?;
    parts.values().map(|part| size(part, false)).sum()
}
