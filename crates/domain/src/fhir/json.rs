//! JSON (RFC 8259) as a tree that keeps every digit and knows what was taken out of it.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::{LARGEST, Reason, Refused};

/// Deeper nesting is refused: no resource needs it, and a hostile file must not exhaust the stack.
const DEEPEST: usize = 64;
/// More values are refused: each takes many times its text in memory.
const MOST: usize = 5_000_000;

/// A value of JSON.
#[derive(Clone, Debug)]
pub(super) enum Node<'a> {
    /// It was taken and stands elsewhere now.
    Taken,
    /// A number, `true`, `false` or `null`, as it stands in the text.
    Literal(&'a str),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Self>),
    /// An object, in the order of the text.
    Object(Vec<(Cow<'a, str>, Self)>),
}

/// Reads `text`. `serde_json` judges the grammar; here the text is only cut, because its numbers would
/// lose digits.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Refused> {
    if text.len() > LARGEST {
        return Err(Refused::at("file", Reason::TooLarge));
    }
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        Refused::at(format!("line {} column {}", error.line(), error.column()), Reason::NotJson)
    })?;
    Cutter { text, at: 0, left: MOST }.value(0)
}

impl<'a> Node<'a> {
    /// The member `name` of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        match self {
            Self::Object(members) => members.iter_mut().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The elements of a list.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text at the end of `path`, the first element of each list on the way.
    pub(super) fn text_at(&self, path: &[&str]) -> Option<&str> {
        let mut node = self.first();
        for name in path {
            node = node.get(name)?.first();
        }
        node.as_text()
    }

    /// Makes every text one that a field can hold: a new line is one sign, and what is no sign at all is shown to
    /// be one that cannot be read.
    pub(super) fn tidy(&mut self) {
        match self {
            Self::Text(text)
                if text.chars().any(|sign| sign.is_control() && sign != '\n' && sign != '\t') =>
            {
                let lines = text.replace("\r\n", "\n").replace('\r', "\n");
                let odd = |sign: char| sign.is_control() && sign != '\n' && sign != '\t';
                *text = lines.replace(odd, "\u{fffd}").into();
            }
            Self::List(items) => items.iter_mut().for_each(Self::tidy),
            Self::Object(members) => members.iter_mut().for_each(|(_, member)| member.tidy()),
            _ => {}
        }
    }

    fn first(&self) -> &Self {
        match self {
            Self::List(items) => items.first().unwrap_or(self),
            _ => self,
        }
    }

    /// What was not taken, as compact JSON text; `None` when everything was. An element that was taken
    /// from before others leaves `null`, so that the others keep their places.
    pub(super) fn rest(&self) -> Option<String> {
        (!self.is_taken()).then(|| {
            let mut out = String::new();
            self.write(&mut out);
            out
        })
    }

    fn is_taken(&self) -> bool {
        match self {
            Self::Taken => true,
            Self::Literal(_) | Self::Text(_) => false,
            Self::List(items) => !items.is_empty() && items.iter().all(Self::is_taken),
            Self::Object(members) => {
                !members.is_empty() && members.iter().all(|(_, member)| member.is_taken())
            }
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Taken => out.push_str("null"),
            Self::Literal(text) => out.push_str(text),
            Self::Text(text) => quote(text, out),
            Self::List(items) => {
                let end = items.iter().rposition(|item| !item.is_taken()).map_or(0, |last| last + 1);
                out.push('[');
                for (index, item) in items.iter().take(end).enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    if item.is_taken() { Self::Taken.write(out) } else { item.write(out) }
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                // By name: the order of members says nothing, so it must not make two records of one.
                let mut left: Vec<_> = members.iter().filter(|(_, member)| !member.is_taken()).collect();
                left.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
                for (index, (key, member)) in left.into_iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    member.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn quote(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    /// How many values are still taken.
    left: usize,
}

impl<'a> Cutter<'a> {
    fn value(&mut self, depth: usize) -> Result<Node<'a>, Refused> {
        if depth > DEEPEST {
            return Err(self.refuse(Reason::TooDeep));
        }
        self.left = self.left.checked_sub(1).ok_or_else(|| self.refuse(Reason::TooMany))?;
        match self.next() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Node::Text),
            _ => {
                let start = self.at;
                let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
                let length = self.bytes().iter().position(ends).unwrap_or(self.bytes().len());
                self.at += length;
                self.text.get(start..self.at).map(Node::Literal).ok_or_else(|| self.refuse(Reason::NotJson))
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node<'a>, Refused> {
        let mut members = Vec::new();
        self.at += 1;
        while self.next() == Some(b'"') {
            let key = self.string()?;
            self.skip(b':');
            members.push((key, self.value(depth + 1)?));
            self.skip(b',');
        }
        let mut keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(self.refuse(Reason::DuplicateKey));
        }
        self.skip(b'}');
        Ok(Node::Object(members))
    }

    fn list(&mut self, depth: usize) -> Result<Node<'a>, Refused> {
        let mut items = Vec::new();
        self.at += 1;
        while self.next().is_some_and(|byte| byte != b']') {
            items.push(self.value(depth + 1)?);
            self.skip(b',');
        }
        self.skip(b']');
        Ok(Node::List(items))
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Refused> {
        let start = self.at;
        let mut escaped = false;
        let end = self.bytes().iter().skip(1).position(|byte| {
            let ends = !escaped && *byte == b'"';
            escaped = !escaped && *byte == b'\\';
            ends
        });
        let after = start + end.map_or(1, |end| end + 2);
        let quoted = self.text.get(start..after).ok_or_else(|| self.refuse_at(start, Reason::NotJson))?;
        self.at = after;
        match quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
            // An escape may still name half a surrogate pair, which is no character.
            _ => serde_json::from_str(quoted)
                .map(Cow::Owned)
                .map_err(|_| self.refuse_at(start, Reason::NotJson)),
        }
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<u8> {
        self.at += self.bytes().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.bytes().first().copied()
    }

    fn skip(&mut self, sign: u8) {
        if self.next() == Some(sign) {
            self.at += 1;
        }
    }

    fn refuse(&self, reason: Reason) -> Refused {
        self.refuse_at(self.at, reason)
    }

    fn refuse_at(&self, at: usize, reason: Reason) -> Refused {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Refused::at(format!("line {line} column {column}"), reason)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;
    use crate::fhir::Reason;

    #[test]
    fn numbers_keep_their_digits_and_text_its_characters() {
        let text =
            r#"{"a":[94.29886231743617,1.50,-0,1e3],"b":"\u00e9\"\\ \ud83d\ude00","c":{},"d":[],"e":null}"#;
        let again = r#"{"a":[94.29886231743617,1.50,-0,1e3],"b":"é\"\\ 😀","c":{},"d":[],"e":null}"#;
        assert_eq!(parse(text).unwrap().rest().unwrap(), again);
        assert_eq!(parse("\u{feff} [ true , 1 ] ").unwrap().rest().unwrap(), "[true,1]");
    }

    #[test]
    fn what_is_no_json_is_refused_with_line_and_column() {
        let cases = [
            ("", "line 1 column 0", Reason::NotJson),
            ("{\n \"a\": 01}", "line 2 column 8", Reason::NotJson),
            ("{\"a\":\n  \"\\ud800\"}", "line 2 column 3", Reason::NotJson),
            ("{\"a\":1,\"a\":2}", "line 1 column 13", Reason::DuplicateKey),
        ];
        for (text, place, reason) in cases {
            let refused = parse(text).unwrap_err();
            assert_eq!((refused.place.as_str(), refused.reason), (place, reason), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(parse(&deep).unwrap_err().reason, Reason::TooDeep);
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            let members = prop::collection::btree_map(any::<String>(), inner.clone(), 0..6);
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(Into::into),
                members.prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_tree_reads_as_serde_json_reads_it(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let again = parse(&text.unwrap()).unwrap().rest().unwrap();
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&again).unwrap(), value);
        }

        #[test]
        fn any_text_is_read_or_refused_as_serde_json_does(text in "[\\[\\]{}:,\"\\\\u0-9a-f.eE+ \n-]{0,40}") {
            let known = serde_json::from_str::<serde_json::Value>(&text);
            match parse(&text) {
                Ok(node) => { node.rest(); }
                Err(refused) => prop_assert!(known.is_err() || refused.reason == Reason::DuplicateKey),
            }
        }
    }
}
