//! The declarations of all kinds as text: one line for each thing that is accepted.
//!
//! A program knows by it that the declarations have changed since a store was written, and a test that no
//! line of an older declaration is missing: what was accepted once is accepted for ever. Lines that begin with
//! `shown` say how a record is shown and may change.

use crate::kinds::KINDS;
use crate::record::{Field, Kind, Roles, Type, Verb};
use crate::wire::Wire;

/// Every declaration, a line each, in the order of the kinds, and then of the forms.
#[must_use]
pub fn declared() -> Vec<String> {
    KINDS.iter().flat_map(|kind| of_kind(kind)).chain(crate::forms::declared()).collect()
}

fn of_kind(kind: &Kind) -> Vec<String> {
    let name = kind.name;
    let mut lines = vec![format!("{name}: {:?}, {:?}", kind.nature, kind.home).to_lowercase()];
    for (verb, permission) in kind.verbs {
        lines.push(format!("{name} {}: {}", word(*verb), permission.word()));
        if !kind.signed_by_author.contains(verb) {
            lines.push(format!("{name} {} unsigned", word(*verb)));
        }
    }
    let Roles { author, signer, source, original } = kind.roles;
    lines.push(format!("{name} changed by {}", author.unwrap_or("anybody")));
    lines.extend(source.map(|source| format!("{name} imported with {source}")));
    lines.extend(signer.map(|signer| format!("shown {name} signed by {signer}")));
    lines.extend(original.map(|original| format!("shown {name} without {original}")));
    lines.extend(kind.happened.map(|when| format!("shown {name} at {}", when.join(" "))));
    lines.extend(kind.lists.iter().map(|field| format!("shown {name} listed by {field}")));
    lines.extend(kind.fields.iter().flat_map(|field| of_field(name, field)));
    lines
}

fn of_field(kind: &str, field: &Field) -> Vec<String> {
    let path = format!("{kind}.{}", field.name);
    let mut lines = vec![format!("{path} {:?}", field.class).to_lowercase()];
    lines.extend(of_type(&path, field.holds));
    lines.extend(field.by.map(|permission| format!("{path} by {}", permission.word())));
    lines.extend(field.with.map(|state| format!("{path} with {state}")));
    for (from, to, permission) in field.moves {
        lines.push(format!("{path} from {from:?} to {to}: {}", permission.word()));
    }
    lines
}

fn of_type(path: &str, holds: Type) -> Vec<String> {
    match holds {
        Type::Choice(words) => words.iter().map(|word| format!("{path} is {word}")).collect(),
        Type::Entries(parts) => {
            parts.iter().flat_map(|(part, holds)| of_type(&format!("{path}/*/{part}"), *holds)).collect()
        }
        holds => vec![format!("{path} holds {holds:?}").to_lowercase()],
    }
}

fn word(verb: Verb) -> String {
    verb.to_value().as_text().unwrap_or_default().to_owned()
}
