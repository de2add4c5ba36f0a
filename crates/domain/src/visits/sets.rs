//! The sets by which a note's examination begins: systems in order, each with the sentence of a normal finding.
//!
//! The sentences are general knowledge in our own words, of an examination that was done: the clinic's clinicians read
//! them before they sign by them. A word or a system that a note once used is never taken away.

use super::VisitType;
use crate::record::Entries;
use crate::{entry, record};

entry! {
    /// A system of a clinic's own set; the entry's id is the system's word.
    pub struct SetSystem {
        /// Its place among the systems, in the order in which they are examined.
        place: i64,
        /// The sentence where nothing was found; none where somebody has to say what was seen.
        normal: String,
    }
}

record! {
    /// A set of systems of the clinic's own.
    pub struct NoteSet: "note_set", Ordinary, Clinic;
    told NoteSetText;
    verbs { Create: TemplateEdit, Patch: TemplateEdit, Void: TemplateEdit, Resolve: ConflictResolve, }
    fields {
        /// What it is called, and what a note keeps of it.
        name: String, Ordinary;
        /// The kind of visit that begins with it.
        kind: VisitType, Ordinary;
        /// The systems.
        systems: Entries<SetSystem>, Ordinary;
    }
}

impl NoteSet {
    /// Its systems in the order in which they are examined, each with its sentence. One that was taken out has no place.
    #[must_use]
    pub fn ordered(&self) -> Vec<(&str, &str)> {
        let entries = self.systems.iter().flat_map(|entries| &entries.0);
        let mut placed: Vec<(i64, &str, &str)> = entries
            .filter_map(|(system, of)| {
                Some((of.place?, system.as_str(), of.normal.as_deref().unwrap_or_default()))
            })
            .collect();
        placed.sort_unstable();
        placed.into_iter().map(|(_, system, normal)| (system, normal)).collect()
    }
}

/// More characters than these in the name of a set, and in the sentence of a system, are refused.
pub const LONGEST_SET_NAME: usize = 60;
/// See [`LONGEST_SET_NAME`].
pub const LONGEST_NORMAL: usize = 200;

/// A set of systems that every clinic has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedSet {
    /// Its word, which a note keeps.
    pub key: &'static str,
    /// The kinds of visit that begin with it.
    pub kinds: &'static [VisitType],
    /// The systems in the order in which they are examined, each with its sentence where nothing was found. Without a
    /// sentence it is never normal by one key with the others: somebody says what was seen.
    pub systems: &'static [(&'static str, &'static str)],
}

/// The set of this word, where every clinic has it.
#[must_use]
pub fn shipped_set(key: &str) -> Option<&'static ShippedSet> {
    SHIPPED_SETS.iter().find(|set| set.key == key)
}

/// Whether a note has words for this system.
#[must_use]
pub fn is_system(word: &str) -> bool {
    SHIPPED_SETS.iter().any(|set| set.systems.iter().any(|(system, _)| *system == word))
}

/// The sets that every clinic has; the first is the one for everything else.
pub const SHIPPED_SETS: &[ShippedSet] = &[
    ShippedSet {
        key: "general",
        kinds: &[],
        systems: &[
            ("general", "Alert, not in distress"),
            ("skin", "Warm, no rash, turgor good"),
            ("head_ent", "Conjunctivae pink, throat not red, no enlarged nodes"),
            ("heart", "Regular, no murmur"),
            ("lungs", "Clear on both sides, no wheeze"),
            ("abdomen", "Soft, not tender, no mass"),
            ("extremities", "No swelling, full pulses"),
            ("neurological", "Oriented, walks normally, no weakness"),
        ],
    },
    ShippedSet {
        key: "respiratory",
        kinds: &[],
        systems: &[
            ("general", "Alert, not in distress, speaks in full sentences"),
            ("ears", "Canals clear, eardrums not red and not bulging"),
            ("nose", "No discharge, mucosa not swollen, sinuses not tender"),
            ("throat", "Not red, tonsils not enlarged, no exudate"),
            ("neck", "Supple, no enlarged nodes"),
            ("heart", "Regular, no murmur"),
            ("lungs", "No retractions, clear on both sides, no wheeze, no crackles"),
            ("skin", "Warm, no rash, no cyanosis"),
        ],
    },
    ShippedSet {
        key: "abdomen",
        kinds: &[],
        systems: &[
            ("general", "Alert, not in distress, not dehydrated"),
            ("skin", "Warm, not jaundiced, turgor good"),
            ("heart", "Regular, no murmur"),
            ("lungs", "Clear on both sides"),
            ("abdomen", "Not distended, bowel sounds present, soft, not tender, no guarding, no mass"),
            ("flanks", "Not tender on either side"),
            ("groins", "No swelling, no hernia on coughing"),
        ],
    },
    ShippedSet {
        key: "injury",
        kinds: &[VisitType::Emergency],
        systems: &[
            ("general", "Alert, not in distress"),
            ("injured_part", ""),
            ("circulation", "Warm beyond the injury, pulses full, capillary refill below 2 seconds"),
            ("sensation", "Feeling and movement beyond the injury intact"),
            ("head", "No wound, no swelling, not tender"),
            ("neck", "Not tender in the midline, moves freely"),
            ("chest", "Not tender, breath sounds equal"),
            ("abdomen", "Soft, not tender"),
            ("back", "Not tender in the midline"),
            ("neurological", "Oriented, pupils equal and reacting, no weakness"),
        ],
    },
    ShippedSet {
        key: "skin",
        kinds: &[],
        systems: &[
            ("general", "Alert, not in distress"),
            ("skin", "No rash, no lesion"),
            ("scalp_nails", "Scalp clear, nails not changed"),
            ("mouth", "No lesion of lips or mucosa"),
            ("nodes", "Not enlarged"),
            ("joints", "Not swollen, not tender"),
        ],
    },
    ShippedSet {
        key: "wellness",
        kinds: &[VisitType::Routine],
        systems: &[
            ("general", "Well, not in distress"),
            ("skin", "No rash, no lesion"),
            ("eyes", "Conjunctivae pink, sclerae white, pupils equal and reacting"),
            ("head_ent", "Eardrums intact, throat not red, no enlarged nodes"),
            ("neck", "Supple, thyroid not enlarged"),
            ("heart", "Regular, no murmur at rest"),
            ("lungs", "Clear on both sides, no wheeze"),
            ("abdomen", "Soft, not tender, no mass"),
            ("spine", "Straight, moves fully without pain"),
            ("extremities", "Full movement and strength, joints not swollen"),
            ("neurological", "Gait and balance normal, no weakness"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::record::Record;
    use crate::visits::Note;

    #[test]
    fn every_system_stands_once_in_its_set_and_is_a_field_of_a_note() {
        let keys: BTreeSet<&str> = SHIPPED_SETS.iter().map(|set| set.key).collect();
        assert_eq!(keys.len(), SHIPPED_SETS.len());
        for set in SHIPPED_SETS {
            let systems: BTreeSet<&str> = set.systems.iter().map(|(system, _)| *system).collect();
            assert_eq!(systems.len(), set.systems.len(), "{}", set.key);
            for system in systems {
                assert!(Note::KIND.field(&format!("exam/{system}/text")).is_some(), "{system}");
            }
        }
    }

    #[test]
    fn no_normal_sentence_says_what_only_a_vital_sign_can() {
        let signs = [
            "fever",
            "febrile",
            "temperature",
            "pulse rate",
            "blood pressure",
            "saturation",
            "respiratory rate",
        ];
        for set in SHIPPED_SETS {
            for (system, sentence) in set.systems {
                let sentence = sentence.to_lowercase();
                assert!(!signs.iter().any(|sign| sentence.contains(sign)), "{} {system}", set.key);
            }
        }
    }

    #[test]
    fn a_clinics_own_set_has_its_systems_in_order_and_none_that_was_taken_out() {
        let of = |place, normal: &str| SetSystem { place, normal: Some(normal.to_owned()) };
        let systems =
            [("skin", of(Some(1), "Warm")), ("heart", of(Some(0), "Regular")), ("lungs", of(None, "Clear"))];
        let systems = systems.map(|(system, of)| (system.to_owned(), of));
        let set = NoteSet { systems: Some(Entries(systems.into())), ..NoteSet::default() };
        assert_eq!(set.ordered(), [("heart", "Regular"), ("skin", "Warm")]);
        assert!(is_system("skin") && is_system("injured_part") && !is_system("aura"));
    }

    #[test]
    fn a_kind_of_visit_begins_with_one_set_at_most() {
        for kind in VisitType::ALL {
            assert!(
                SHIPPED_SETS.iter().filter(|set| set.kinds.contains(kind)).count() <= 1,
                "{}",
                kind.word()
            );
        }
    }
}
