//! The sets by which a note's examination begins: systems in order, each with the sentence of a normal finding.
//!
//! The sentences are general knowledge in our own words, of an examination that was done: the clinic's clinicians read
//! them before they sign by them. A word or a system that a note once used is never taken away.
//!
//! A clinic's own set is a chain of versions. A version is a draft until it is published, and frozen then; a note names the
//! version by which it was examined, so it can always be read what that version offered.

use std::collections::{BTreeMap, BTreeSet};

use super::VisitType;
use crate::fold::State;
use crate::record::{Entries, Verb};
use crate::rule::{Asked, Fault};
use crate::{Hlc, OpId, RecordId, Value, choice, entry, record};

choice! {
    /// How far a version of a set is.
    pub enum NoteSetStatus {
        /// Being written: no note begins with it.
        Draft = "draft",
        /// Signed and frozen.
        Published = "published",
        /// No note begins with it any more.
        Retired = "retired",
    }
    moves {
        "" => "draft": TemplateEdit,
        "draft" => "published": TemplatePublish,
        "published" => "retired": TemplatePublish,
    }
}

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
    /// A version of a set of systems of the clinic's own.
    pub struct NoteSet: "note_set", Document, Clinic;
    told NoteSetText;
    verbs { Create: TemplateEdit, Patch: TemplateEdit, Sign: TemplatePublish, Void: TemplateEdit, Resolve: ConflictResolve, }
    signed_by_author { Sign, }
    fields {
        /// The published version in whose stead it stands; none where it is the first of its set.
        follows: RecordId, Fixed;
        /// How far it is.
        status: NoteSetStatus, State;
        /// Why no note begins with it any more.
        status_reason: String, Ordinary with status;
    }
    written {
        /// What it is called, and what a note keeps of it.
        name: String, Ordinary;
        /// The kind of visit that begins with it.
        kind: VisitType, Ordinary;
        /// From this age on visits begin with it, in whole years.
        from_age: i64, Ordinary;
        /// Up to this age, in whole years: whoever is of this age too.
        until_age: i64, Ordinary;
        /// The systems.
        systems: Entries<SetSystem>, Ordinary;
        /// With which words the history begins, with stops in braces.
        history: String, Ordinary;
        /// Likewise the treatment.
        treatment: String, Ordinary;
        /// Likewise the plan: what is usually asked for too.
        plan: String, Ordinary;
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

/// More characters than these in the name of a set, in the sentence of a system, and in one of its texts, are refused.
pub const LONGEST_SET_NAME: usize = 60;
/// See [`LONGEST_SET_NAME`].
pub const LONGEST_NORMAL: usize = 200;
/// See [`LONGEST_SET_NAME`].
pub const LONGEST_SET_TEXT: usize = 500;
/// An age of a set is at most this, in years.
pub const OLDEST: i64 = 130;

/// The rule of sets: a signature publishes what has a name and systems, nothing else does, and an end has its reason.
///
/// # Errors
/// [`Fault::IllegalMove`] and [`Fault::Lacking`].
pub(crate) fn check_set(asked: &Asked) -> Result<(), Fault> {
    let op = asked.op;
    let verb = op.header.verb;
    // Whoever settles a clash takes one of its values.
    if verb == Verb::Resolve {
        return Ok(());
    }
    let to = op.value("status").and_then(Value::as_text).unwrap_or_default();
    if (verb == Verb::Sign) != (to == NoteSetStatus::Published.word()) {
        return Err(Fault::IllegalMove("status".to_owned()));
    }
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let set: NoteSet = asked.after().record();
    let lacking = match verb {
        Verb::Sign if !says(&set.name) => Some("name"),
        Verb::Sign if set.ordered().is_empty() => Some("systems"),
        _ if to == NoteSetStatus::Retired.word() && !says(&set.status_reason) => Some("status_reason"),
        _ => None,
    };
    lacking.map_or(Ok(()), |field| Err(Fault::Lacking(field.to_owned())))
}

/// What is to be known of a version to say whether it holds.
#[derive(Clone, Debug)]
pub struct SetVersion {
    /// The version that it follows.
    follows: Option<RecordId>,
    status: Option<NoteSetStatus>,
    /// When it was published, in the order of all steps.
    published: Option<(Hlc, OpId)>,
}

impl SetVersion {
    /// Of a version in this state, which was published by a step of this order.
    #[must_use]
    pub fn of(state: &State, published: Option<(Hlc, OpId)>) -> Self {
        let NoteSet { follows, status, .. } = state.record();
        Self { follows, status, published }
    }
}

/// The versions of all sets.
#[derive(Clone, Debug, Default)]
pub struct SetVersions(pub BTreeMap<RecordId, SetVersion>);

impl SetVersions {
    /// The versions from the first of its set to `version`.
    fn chain(&self, version: RecordId) -> Vec<RecordId> {
        let mut chain = vec![version];
        let mut at = version;
        while let Some(before) = self.0.get(&at).and_then(|version| version.follows) {
            // What names itself by detours is no chain.
            if chain.contains(&before) {
                break;
            }
            chain.push(before);
            at = before;
        }
        chain.reverse();
        chain
    }

    /// The first version of its set.
    #[must_use]
    pub fn first(&self, version: RecordId) -> RecordId {
        self.chain(version).first().copied().unwrap_or(version)
    }

    /// The how-manieth version of its set it is.
    #[must_use]
    pub fn number(&self, version: RecordId) -> usize {
        self.chain(version).len()
    }

    /// The versions with which notes begin, by the first of their set; and behind each those that somebody published
    /// who did not know of it. Of such the older holds until somebody ends one of them.
    #[must_use]
    pub fn standing(&self) -> BTreeMap<RecordId, Vec<RecordId>> {
        let published = || self.0.iter().filter_map(|(id, version)| Some((version.published?, *id, version)));
        let followed: BTreeSet<RecordId> = published().filter_map(|(.., version)| version.follows).collect();
        let mut heads: Vec<_> = published()
            .filter(|(_, id, version)| {
                version.status == Some(NoteSetStatus::Published) && !followed.contains(id)
            })
            .map(|(at, id, _)| (at, id))
            .collect();
        heads.sort_unstable();
        let mut standing: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for (_, id) in heads {
            standing.entry(self.first(id)).or_default().push(id);
        }
        standing
    }
}

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
    fn the_last_published_version_holds_of_two_published_apart_the_older_and_of_none_that_was_ended_any() {
        let id = |name: &str| RecordId::derived(name.as_bytes());
        let op = |seq| OpId {
            incarnation: crate::Incarnation::derived(b"here"),
            scope: crate::Scope::derived(b"clinic"),
            seq,
        };
        let version = |follows: Option<&str>, status, at: Option<u64>| SetVersion {
            follows: follows.map(id),
            status: Some(status),
            published: at.map(|at| (Hlc::at(at), op(at))),
        };
        let (draft, published, retired) =
            (NoteSetStatus::Draft, NoteSetStatus::Published, NoteSetStatus::Retired);
        let mut versions = SetVersions::default();
        versions.0.insert(id("one"), version(None, published, Some(1)));
        versions.0.insert(id("two"), version(Some("one"), draft, None));
        assert_eq!(versions.standing(), [(id("one"), vec![id("one")])].into(), "a draft holds nothing");
        assert_eq!((versions.number(id("two")), versions.first(id("two"))), (2, id("one")));
        versions.0.insert(id("two"), version(Some("one"), published, Some(5)));
        versions.0.insert(id("also two"), version(Some("one"), published, Some(4)));
        assert_eq!(versions.standing(), [(id("one"), vec![id("also two"), id("two")])].into());
        versions.0.insert(id("also two"), version(Some("one"), retired, Some(4)));
        assert_eq!(versions.standing(), [(id("one"), vec![id("two")])].into());
        versions.0.insert(id("two"), version(Some("one"), retired, Some(5)));
        assert_eq!(versions.standing(), BTreeMap::new(), "the first does not come back by itself");
        // Whatever a program may write: nothing goes round for ever.
        versions.0.insert(id("round"), version(Some("about"), published, Some(6)));
        versions.0.insert(id("about"), version(Some("round"), draft, None));
        assert_eq!(versions.number(id("round")), 2);
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
