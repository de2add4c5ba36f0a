//! Statements that there is nothing, or that nothing is known: `No known allergies`, `NKDA`, `No information`.
//!
//! They are no allergies, problems, medicines or doses. What says something beside the denial is none: `NKDA,
//! but penicillin` still warns.

use super::datatypes::each_words;
use super::json::Node;

/// The code systems in which every code says that something is absent or not known: the International Patient
/// Summary's, HL7's reasons for missing data, and its flavours of null.
const ABSENT: [&str; 4] = [
    "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
    "http://hl7.org/fhir/v3/NullFlavor",
];

/// Codes of SNOMED CT that deny, or say that nothing is known: allergies at all, to drugs, latex, animals, the
/// environment, food, insects; problems, medicines, immunisations, devices; no information.
const DENYING: &str = "716186003|409137002|716184000|716220001|428607008|429625007|428197003|160245001|787481004|787482006|\
    787483001|1287211007";

/// What a clause of a denial begins with.
const HEADS: &str = "no known|no current problems|no history of|no family history|no significant family history|no evidence of|no record of|no information|no data|\
    no allergy|no allergies|no allergic|no intolerance|no intolerances|not known|not allergic|not taking any|\
    not on any|nil known|nil significant|none known|none reported|nothing known|denies";

/// What a clause that begins with `no` ends with, where it denies all of a sort: `No regular medications`.
const SORTS: &str = "allergy|allergies|intolerance|intolerances|sensitivity|sensitivities|reactions|medication|\
    medications|medicine|medicines|drugs|problem|problems|condition|conditions|diseases|diagnoses|immunization|\
    immunizations|immunisation|immunisations|vaccines|vaccinations";

/// Clauses that deny by themselves.
const WHOLE: &str = "nka|nkda|nkfa|nil|none|unknown|not recorded|not available|not asked|n/a|not applicable|no|denied|\
    information not available|allergies unknown|unknown allergies|allergy status unknown|unable to obtain|\
    nad|not stated|family history unknown|unknown family history";

/// Words that bring back what was denied.
const BUT: &str =
    "except|excepting|excluding|but|other|apart|aside|besides|however|though|although|until|unless|only";

/// Words that name what is denied, and nothing in particular.
const KINDS: &str = "allergy|allergies|allergic|drug|drugs|medication|medications|medicine|medicines|food|foods|\
    environmental|environment|latex|animal|animals|insect|insects|contact|seasonal|reaction|reactions|\
    adverse|intolerance|intolerances|sensitivity|sensitivities|problem|problems|condition|conditions|\
    disease|diseases|known|medical|surgical|history|active|current|type|types|and|or|to|any|of";

/// Whether the concept says that something is absent or not known, and nothing else. A code alone that is not
/// known may name anything.
pub(super) fn denies(concept: &Node<'_>) -> bool {
    let codings = concept.get("coding").map_or(&[][..], Node::items);
    if codings.iter().any(is_denying) {
        // Words in other languages are not read; those that deny nothing at all say something else than the code.
        let others = codings.iter().filter(|coding| !is_denying(coding));
        let mut said =
            others.filter_map(|coding| coding.text_at(&["display"])).chain(concept.text_at(&["text"]));
        return said.all(|words| !brings_back(words) && is_negative(words));
    }
    if codings.iter().any(|coding| coding.get("code").is_some() && coding.get("display").is_none()) {
        return false;
    }
    let mut said = each_words(concept).peekable();
    said.peek().is_some() && said.all(denies_in_words)
}

fn is_denying(coding: &Node<'_>) -> bool {
    let text = |name: &str| coding.text_at(&[name]).unwrap_or_default();
    ABSENT.contains(&text("system")) && !text("code").is_empty()
        || matches!(text("system"), "" | super::datatypes::SNOMED) && is_in(DENYING, text("code"))
}

fn is_in(list: &str, word: &str) -> bool {
    list.split('|').any(|known| known == word)
}

fn plain(words: &str) -> String {
    let plain: String = words.chars().map(|sign| if "()[]\"".contains(sign) { ' ' } else { sign }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether something is denied in `words`, in one of the languages that are likely to be met.
fn is_negative(words: &str) -> bool {
    const NEGATIVE: &str = "no|not|none|nil|nka|nkda|nkfa|never|unknown|denies|denied|negative|without|nad|pas|aucune|\
        aucun|keine|kein|unbekannt|nessuna|nessun|sin|ninguna|ninguno|niega|geen|ingen|inga|nenhuma|nega|wala|walang|\
        tidak|không|absent";
    let plain = plain(words);
    plain.split(|sign: char| !sign.is_alphanumeric()).any(|word| is_in(NEGATIVE, word))
}

fn brings_back(words: &str) -> bool {
    let plain = plain(words).replace("other type", "type");
    plain.split(|sign: char| !sign.is_alphanumeric()).any(|word| is_in(BUT, word))
}

/// Whether every clause of `words` denies, or only names the sort of thing that is denied.
pub(super) fn denies_in_words(words: &str) -> bool {
    if brings_back(words) {
        return false;
    }
    let plain = plain(words).replace(" - ", ";");
    let mut clauses =
        plain.split([',', ';', ':', '.', '\n', '+', '&']).map(str::trim).filter(|clause| !clause.is_empty());
    let denies = |clause: &str| {
        let bare =
            ["patient ", "pt ", "pt. "].iter().find_map(|who| clause.strip_prefix(who)).unwrap_or(clause);
        let begins =
            |head: &str| bare.strip_prefix(head).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let all =
            || bare.starts_with("no ") && bare.split(' ').next_back().is_some_and(|last| is_in(SORTS, last));
        is_in(WHOLE, bare) || HEADS.split('|').any(begins) || all()
    };
    let names = |clause: &str| clause.split([' ', '/']).all(|word| is_in(KINDS, word));
    clauses.next().is_some_and(denies) && clauses.all(|clause| denies(clause) || names(clause))
}

#[cfg(test)]
mod tests {
    use super::denies_in_words;

    #[test]
    fn a_denial_is_told_from_what_only_begins_like_one() {
        for denial in [
            "NKDA",
            "No known allergies.",
            "no known drug allergies",
            "No Known Allergies (Other Types)",
            "No known latex allergy",
            "Denies any allergies",
            "Patient denies allergies",
            "No information available",
            "No information about problems",
            "No known problems",
            "No current problems or disability",
            "None",
            "Unknown",
            "nil known",
            "No known medications",
            "NKDA, NKFA",
            "No known drug allergies, food allergies",
            "No regular medications",
            "No drug allergies",
            "No known allergy to penicillin",
            "Not taking any medicines",
            "No history of falls",
            "N/A",
            "No family history of diabetes",
            "Family history unknown",
        ] {
            assert!(denies_in_words(denial), "{denial}");
        }
        for presence in [
            "Penicillin",
            "NKDA, penicillin",
            "No known allergies except penicillin",
            "No known allergies but latex",
            "Unknown antibiotic",
            "Nonoxynol",
            "No light perception",
            "Not for resuscitation",
            "None of the above drugs",
            "No known drug allergies; rash with amoxicillin",
            "Known allergy",
            "Absence of kidney",
            "Nickel",
            "No fixed abode",
            "No food at home",
            "No regular periods",
            "Noise",
            "NKDA other than sulfa",
            "Nilotinib",
            "Unknown substance, anaphylaxis",
        ] {
            assert!(!denies_in_words(presence), "{presence}");
        }
    }
}
