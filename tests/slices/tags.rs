//! What the list says that a command makes stale, against what it writes. What its answer rests on, and that it writes
//! nothing that the list does not name, the harness asks of every call in every test.

use std::collections::{BTreeMap, BTreeSet};

use app::command::Tag;
use app::commands::COMMANDS;
use domain::access::{Role, grants};
use domain::kinds;
use serde_json::json;
use tests::desk::Clinic;

use crate::inputs::{input, targets};
use crate::permissions::needing;

/// Commands of which one call writes less than they may: what three settle, take in or make again is of many kinds, an
/// allergy takes back a word that there is none where that was said, a note takes up a visit that waits, only a ticket
/// whose holder went away ends its visit too, only a slip says in the visit where somebody went, of a list that was taken in nothing is left to write, and only a dentist
/// plans with a look.
const OF_MANY_KINDS: [&str; 13] = [
    "resolve_conflict",
    "import_fhir",
    "rebuild",
    "add_allergy",
    "save_note",
    "sign_note",
    "step_ticket",
    "draft_certificate",
    "open_list",
    "look_at_list",
    "apply_list",
    "forget_list",
    "keep_findings",
];

#[test]
fn the_list_names_tags_that_there_are_and_no_answer_rests_on_what_nobody_changes() {
    let known: BTreeSet<Tag> = Tag::all().collect();
    let changed: BTreeSet<Tag> = COMMANDS.iter().flat_map(|command| command.stales.iter()).collect();
    for command in COMMANDS {
        for tag in command.reads.iter().chain(command.stales.iter()) {
            assert!(known.contains(&tag), "{}: {}", command.name, tag.word());
        }
        for tag in command.reads.iter() {
            assert!(
                changed.contains(&tag) || kinds::kind(tag.word()).is_some(),
                "{}: {}",
                command.name,
                tag.word()
            );
        }
    }
}

#[test]
fn a_command_writes_every_kind_that_it_makes_stale() {
    let mut clinic = Clinic::staffed();
    let targets = targets(&mut clinic, Role::ALL.len());
    let mut written: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (role, targets) in Role::ALL.iter().zip(&targets) {
        clinic.seat(*role);
        for command in needing().filter(|command| command.permission.is_some_and(|may| grants(*role, may))) {
            if clinic.call(command.name, input(command, targets)).is_ok() {
                let touched = clinic.desk().touched().written.clone();
                written.entry(command.name).or_default().extend(touched);
            }
        }
        clinic.ok("sign_out", json!({}));
    }
    for command in needing().filter(|command| !OF_MANY_KINDS.contains(&command.name)) {
        let Some(written) = written.get(command.name) else { continue };
        let kinds = command.stales.iter().map(Tag::word).filter(|word| kinds::kind(word).is_some());
        let idle: Vec<&str> = kinds.filter(|kind| !written.contains(*kind)).collect();
        assert_eq!(idle, [""; 0], "{} never writes these", command.name);
    }
}
