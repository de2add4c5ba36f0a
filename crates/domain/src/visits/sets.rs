//! The sets by which a note's examination begins: systems in order, each with the sentence of a normal finding.
//!
//! The sentences are general knowledge in our own words, of an examination that was done: the clinic's clinicians read
//! them before they sign by them. A word or a system that a note once used is never taken away.

use super::VisitType;

/// A set of systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteSet {
    /// Its word, which a note keeps.
    pub key: &'static str,
    /// The kinds of visit that begin with it.
    pub kinds: &'static [VisitType],
    /// The systems in the order in which they are examined, each with its sentence where nothing was found. Without a
    /// sentence it is never normal by one key with the others: somebody says what was seen.
    pub systems: &'static [(&'static str, &'static str)],
}

/// The set of this word, where there is one.
#[must_use]
pub fn note_set(key: &str) -> Option<&'static NoteSet> {
    NOTE_SETS.iter().find(|set| set.key == key)
}

/// The sets that every clinic has; the first is the one for everything else.
pub const NOTE_SETS: &[NoteSet] = &[
    NoteSet {
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
    NoteSet {
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
    NoteSet {
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
    NoteSet {
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
    NoteSet {
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
    NoteSet {
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
        let keys: BTreeSet<&str> = NOTE_SETS.iter().map(|set| set.key).collect();
        assert_eq!(keys.len(), NOTE_SETS.len());
        for set in NOTE_SETS {
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
        for set in NOTE_SETS {
            for (system, sentence) in set.systems {
                let sentence = sentence.to_lowercase();
                assert!(!signs.iter().any(|sign| sentence.contains(sign)), "{} {system}", set.key);
            }
        }
    }

    #[test]
    fn a_kind_of_visit_begins_with_one_set_at_most() {
        for kind in VisitType::ALL {
            assert!(NOTE_SETS.iter().filter(|set| set.kinds.contains(kind)).count() <= 1, "{}", kind.word());
        }
    }
}
