//! All that the record of a person says of who they are and how they are reached.

use app::patients::Details;
use app::{Desk, Window};
use domain::patients::Patient;
use domain::record::Record;
use serde_json::{Map, Value, json};

use crate::chart::{lines, titled};
use crate::session::call as ask;
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words;

/// What the line of the person, and that of their allergies, says already.
const SAID_ABOVE: [&str; 6] = ["family", "given", "middle", "birth_date", "sex", "no_known_allergies"];

/// In which order an entry is read; whatever else it has comes behind.
const READ_FIRST: [&str; 9] =
    ["value", "name", "relation", "phone", "line", "city", "region", "postcode", "country"];

/// What the record of `patient` says.
pub(crate) fn of(desk: &mut Desk, patient: &str) -> Result<Details, Stop> {
    ask(desk, Window::Main, "patient", &json!({"patient": patient}))
}

/// Prints it, a line for each number, address and person to call.
pub(crate) fn print(person: &Details, terminal: &mut Terminal) -> Result<(), Stop> {
    let Details { details, disputed, .. } = person;
    let details = serde_json::to_value(details).unwrap_or_default();
    for field in Patient::KIND.fields.iter().filter(|field| !SAID_ABOVE.contains(&field.name)) {
        let title = titled(field.name);
        match &details[field.name] {
            Value::Object(entries) => entries
                .values()
                .filter_map(Value::as_object)
                .try_for_each(|entry| lines(&title, &in_order(entry), terminal))?,
            value => lines(&title, &in_words("", value), terminal)?,
        }
    }
    let disputed: Vec<String> = disputed.iter().map(|field| titled(field)).collect();
    lines(words::CHART_PERSON_DISPUTED, &disputed.join(", "), terminal)
}

/// An entry in a line.
fn in_order(entry: &Map<String, Value>) -> String {
    let place = |name: &str| READ_FIRST.iter().position(|first| *first == name).unwrap_or(READ_FIRST.len());
    let mut fields: Vec<(&String, &Value)> = entry.iter().collect();
    fields.sort_by_key(|(name, _)| place(name));
    let parts = fields.into_iter().map(|(name, value)| in_words(&titled(name).to_lowercase(), value));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A value, under its name where it would say nothing by itself.
fn in_words(name: &str, value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) if name.is_empty() => words::CHART_YES.to_owned(),
        Value::Bool(true) => name.to_owned(),
        Value::String(text) => text.clone(),
        value => format!("{name} {value}"),
    }
}
