//! What a vector file holds.

use domain::{Value, hex};
use serde_json::Value as Json;

/// The vectors of one page.
pub struct Vectors(Json);

impl Vectors {
    /// Those of this text.
    pub fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap())
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> &Json {
        &self.0[name]
    }

    /// The items of the list of this name, at least one.
    pub fn list(&self, name: &str) -> &[Json] {
        let items = self.0[name].as_array().unwrap();
        assert!(!items.is_empty(), "{name} is empty");
        items
    }
}

/// The text of a member.
pub fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_else(|| panic!("{json} is no text"))
}

/// The number of a member.
pub fn number(json: &Json) -> u64 {
    json.as_u64().unwrap_or_else(|| panic!("{json} is no number"))
}

/// The bytes of a member in hexadecimal digits.
pub fn bytes(json: &Json) -> Vec<u8> {
    hex::decode(text(json)).unwrap()
}

/// The bytes of a member of this length.
pub fn array<const N: usize>(json: &Json) -> [u8; N] {
    bytes(json).try_into().unwrap()
}

/// The arrays of a list.
pub fn arrays<const N: usize>(json: &Json) -> Vec<[u8; N]> {
    json.as_array().unwrap().iter().map(array).collect()
}

/// A value: bytes stand as `{"bytes": hex}` and maps as `{"map": {...}}`.
pub fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Int(number.as_i64().unwrap()),
        Json::String(text) => Value::text(text),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(object) => match object.get("map") {
            Some(map) => Value::Map(
                map.as_object().unwrap().iter().map(|(key, member)| (key.clone(), value(member))).collect(),
            ),
            None => Value::Bytes(bytes(&json["bytes"])),
        },
    }
}
