//! Kinds of record as the fold's vectors declare them.

use domain::access::Permission;
use domain::record::{Class, Field, Home, Kind, Move, Nature, Roles, Type};
use serde_json::Value as Json;

use crate::vectors::text;

/// The kind of this nature with these fields. It lives as long as the test's process, as a declared one does.
pub fn kind(nature: &str, fields: &Json) -> &'static Kind {
    let fields: Vec<Field> =
        fields.as_object().unwrap().iter().map(|(name, field)| declared(name, field)).collect();
    Box::leak(Box::new(Kind {
        name: leaked(nature),
        nature: match nature {
            "ordinary" => Nature::Ordinary,
            "fact" => Nature::Fact,
            "claim" => Nature::Claim,
            _ => Nature::Document,
        },
        home: Home::Site,
        fields: fields.leak(),
        verbs: &[],
        seen: Permission::ChartRead,
        signed_by_author: &[],
        happened: None,
        roles: Roles::NONE,
        lists: &[],
    }))
}

fn declared(name: &str, field: &Json) -> Field {
    let steps = field["moves"].as_array().map_or(&[][..], Vec::as_slice);
    let moves: Vec<Move> = steps
        .iter()
        .map(|step| (leaked(text(&step[0])), leaked(text(&step[1])), Permission::VisitEdit))
        .collect();
    Field {
        name: leaked(name),
        holds: holds(&field["holds"]),
        class: match text(&field["class"]) {
            "fixed" => Class::Fixed,
            "ordinary" => Class::Ordinary,
            "critical" => Class::Critical,
            "state" => Class::State,
            _ => Class::Narrowing,
        },
        moves: moves.leak(),
        by: None,
        // The vectors declare a reason by its name.
        with: name.strip_suffix("_reason").map(leaked),
    }
}

fn holds(json: &Json) -> Type {
    if let Some(words) = json["choice"].as_array() {
        return Type::Choice(words.iter().map(|word| leaked(text(word))).collect::<Vec<_>>().leak());
    }
    if let Some(parts) = json["entries"].as_object() {
        let parts: Vec<_> = parts.iter().map(|(name, part)| (leaked(name), holds(part))).collect();
        return Type::Entries(parts.leak());
    }
    match text(json) {
        "text" => Type::Text,
        "bool" => Type::Bool,
        "int" => Type::Int,
        "decimal" => Type::Decimal,
        "date" => Type::Date,
        "instant" => Type::Instant,
        "record" => Type::Record,
        "hex" => Type::Hex,
        "coding" => Type::Coding,
        "quantity" => Type::Quantity,
        "words" => Type::Words,
        "blob" => Type::Blob,
        other => panic!("no type is called {other}"),
    }
}

fn leaked(text: &str) -> &'static str {
    text.to_owned().leak()
}
