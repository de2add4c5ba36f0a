//! Short texts that a key typed after a dot opens into: `.throat`. What stands in braces is a stop, to be filled in.

use crate::access::{self, Object, Permission};
use crate::record::Verb;
use crate::rule::{Asked, Fault};
use crate::{RecordId, Value, choice, record};

choice! {
    /// The part of a note to which a snippet belongs.
    pub enum NoteSection {
        /// What brings them.
        Concern = "concern",
        /// History.
        History = "history",
        /// Examination, in free text.
        Examination = "examination",
        /// Treatment.
        Treatment = "treatment",
        /// Plan.
        Plan = "plan",
        /// Remarks.
        Remarks = "remarks",
    }
}

record! {
    /// A short text of a person's own, or of the clinic where it names no owner.
    pub struct Snippet: "snippet", Ordinary, Clinic;
    told SnippetText;
    verbs { Create: NoteWrite, Patch: NoteWrite, Void: NoteWrite, Resolve: ConflictResolve, }
    roles { author: owner, }
    fields {
        /// Whose it is; nobody's in particular where the clinic wrote it for everybody.
        owner: RecordId, Fixed;
    }
    written {
        /// What is typed for it, without its dot.
        key: String, Ordinary;
        /// What it opens into.
        text: String, Ordinary;
        /// Where it opens; everywhere, where nothing is said.
        section: NoteSection, Ordinary;
    }
}

/// More characters than this in a snippet are refused.
pub const LONGEST_SNIPPET: usize = 2_000;
const LONGEST_KEY: usize = 24;

/// Whether `key` may stand for a snippet: a small letter, then small letters, digits, `-` and `_`.
#[must_use]
pub fn is_snippet_key(key: &str) -> bool {
    let fits = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-' || sign == b'_';
    (2..=LONGEST_KEY).contains(&key.len())
        && key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.bytes().all(fits)
}

/// The rule of snippets: everybody writes their own, and who may edit templates those of the clinic.
///
/// # Errors
/// [`Fault::NotAllowed`] for another's, and for the clinic's without that right.
pub(crate) fn check_snippet(asked: &Asked) -> Result<(), Fault> {
    let Asked { subject, op, seen, .. } = asked;
    // Whoever settles a clash takes one of its values.
    if op.header.verb == Verb::Resolve {
        return Ok(());
    }
    let said = if op.header.verb.makes() { op.value("owner") } else { Some(seen.value("owner")) };
    let (action, author) = match said.and_then(Value::as_text) {
        Some(owner) => (Permission::NoteWrite, owner.parse().ok()),
        None => (Permission::TemplateEdit, None),
    };
    access::allowed(subject, action, Object { author }).map_err(Fault::NotAllowed)
}

use NoteSection::{Concern, Examination, History, Plan, Remarks, Treatment};

/// The snippets that every clinic begins with: key, where it opens, and what it opens into. They are general knowledge in
/// our own words, name no dose, and are overruled by one of the same key that the clinic or the person writes.
pub const SHIPPED_SNIPPETS: &[(&str, NoteSection, &str)] = &[
    ("throat", Concern, "Sore throat for {days} days, {fever or no fever}."),
    ("cough", Concern, "Cough for {days} days, {dry or with sputum}, {fever or no fever}."),
    ("fever", Concern, "Fever for {days} days, highest {temperature} °C."),
    ("headache", Concern, "Headache since {when}, {where}, {how strong} of 10."),
    ("tummy", Concern, "Abdominal pain since {when}, {where}, {how strong} of 10."),
    ("loose", Concern, "Loose stools for {days} days, {number} a day, {blood or no blood}."),
    ("injury", Concern, "Injury of the {part} at {time}: {how it happened}."),
    ("clear", Concern, "Asks for medical clearance for {purpose}."),
    (
        "throat",
        History,
        "Swallowing hurts {since when}. {Cough or no cough}, no runny nose, no rash. Contact with {who was ill}.",
    ),
    (
        "cough",
        History,
        "No shortness of breath, no chest pain, no blood in sputum. Contact with {who was ill}. {Asthma or no asthma}.",
    ),
    (
        "fever",
        History,
        "No rash, no stiff neck, no bleeding. {Travel or no travel} in the last 14 days. Drinks {how much}.",
    ),
    (
        "headache",
        History,
        "Not sudden, no vomiting, no change of sight, no weakness. {Like earlier ones or new}.",
    ),
    (
        "tummy",
        History,
        "Last meal {what and when}. {Vomiting or no vomiting}. Last stool {when}. No pain on passing urine.",
    ),
    (
        "loose",
        History,
        "{Vomiting or no vomiting}. Drinks and keeps it: {yes or no}. Ate {what}. Others ill: {who}.",
    ),
    ("period", History, "Last menstrual period {date}, cycle {days} days, pain {how strong} of 10."),
    (
        "rash",
        History,
        "Rash since {when}, began at {where}, {itching or no itching}. New food, medicine or soap: {which}.",
    ),
    (
        "asthma",
        History,
        "Wheezing since {when}, after {trigger}. Uses {inhaler}, last puff {when}. Never in intensive care: {yes or no}.",
    ),
    ("wound", History, "Wound at {time} by {what}. Last tetanus vaccination {when}."),
    (
        "head",
        History,
        "No loss of consciousness, no vomiting, remembers the event. {Headache or no headache}.",
    ),
    (
        "well",
        History,
        "No complaint. No illness, operation or medicine since {last visit}. Sports without trouble.",
    ),
    ("noall", History, "Knows of no allergy."),
    (
        "tonsils",
        Examination,
        "Tonsils {size}, {exudate or no exudate}, nodes at the jaw angles {tender or not tender}.",
    ),
    (
        "wheeze",
        Examination,
        "Wheeze {where}, respiratory rate {number}, speaks in {full sentences or words}.",
    ),
    (
        "wound",
        Examination,
        "Wound of {part}, {length} cm, {clean or dirty}, edges {even or torn}; feeling and pulses beyond it intact.",
    ),
    (
        "ankle",
        Examination,
        "{Side} ankle: swelling {where}; bone {tender or not tender} at the malleoli; {bears or does not bear} weight for four steps.",
    ),
    (
        "rash",
        Examination,
        "{Colour} {flat or raised} spots at {where}, {blanching or not blanching} under pressure.",
    ),
    ("rest", Treatment, "Rested in the clinic from {time} to {time}, then felt {how}."),
    ("given", Treatment, "Given {medicine}, {dose}, at {time}, by {route}."),
    ("cleaned", Treatment, "Wound cleaned with {what}, closed with {what}, dressed."),
    ("ice", Treatment, "Cold pack for {minutes} minutes, bandage, leg raised."),
    (
        "neb",
        Treatment,
        "Inhaled {medicine}, {dose}, at {time}; after {minutes} minutes {better or not better}.",
    ),
    ("fluids", Plan, "Rest, fluids in small sips, light food."),
    ("back", Plan, "Comes back in {days} days, at once if {sign} or if it gets worse."),
    (
        "fever",
        Plan,
        "Fluids, light clothing, {medicine and dose} if fever troubles. Comes back if fever lasts beyond {days} days.",
    ),
    ("breath", Plan, "Comes at once if it gets hard to breathe, to swallow or to drink."),
    (
        "headwatch",
        Plan,
        "Watched at home for 24 hours by {who}. To hospital at once with vomiting, drowsiness, confusion or worse headache.",
    ),
    ("sport", Plan, "No sport until {date}, then step by step."),
    ("refer", Plan, "Referred to {where} for {question}."),
    ("home", Plan, "Sent home with {who}, told what to look for."),
    ("class", Plan, "Back to class at {time}."),
    ("told", Remarks, "{Parent or guardian} told by {how} at {time}."),
    ("interp", Remarks, "Spoken in {language} with the help of {who}."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_shipped_has_keys_of_its_own_within_a_section_and_whole_stops() {
        let places: BTreeSet<_> = SHIPPED_SNIPPETS.iter().map(|(key, section, _)| (key, section)).collect();
        assert_eq!(places.len(), SHIPPED_SNIPPETS.len());
        for (key, _, text) in SHIPPED_SNIPPETS {
            assert!(is_snippet_key(key), "{key}");
            assert!(text.chars().count() <= LONGEST_SNIPPET, "{key}");
            assert_eq!(text.matches('{').count(), text.matches('}').count(), "{key}");
        }
    }

    #[test]
    fn a_key_is_a_short_word_of_small_letters() {
        for key in ["ab", "throat", "bp-2", "sore_throat"] {
            assert!(is_snippet_key(key), "{key}");
        }
        for key in ["", "a", "Throat", "2nd", ".throat", "sore throat", "ñam", "a-key-that-is-much-too-long"]
        {
            assert!(!is_snippet_key(key), "{key}");
        }
    }
}
