//! The code systems that a clinic has taken in. Their names are at each workstation that was given the file, and never ops.

use crate::access::NotAllowed;
use crate::patients::plain;
use crate::record;
use crate::record::{Hex, Verb};
use crate::rule::{Asked, Fault};
use crate::{RecordId, Value};

record! {
    /// A file of codes that the clinic may use, and who answers for that.
    pub struct CodePack: "code_pack", Ordinary, Clinic;
    verbs { Create: CodeEdit, Patch: CodeEdit, Resolve: CodeEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// Its code system (a URI as FHIR names them).
        system: String, Fixed;
        /// Its version.
        version: String, Fixed;
        /// Its language (BCP 47).
        language: String, Fixed;
        /// The licence by which the clinic uses it, in words.
        licence: String, Critical;
        /// The administrator who confirmed the licence.
        confirmed_by: RecordId, Critical;
        /// The digest of the file: by it a workstation knows that it was given the same one.
        sha256: Hex, Fixed;
        /// Whether its names are found.
        active: bool, Narrowing;
    }
}

/// Whoever takes a pack in, or changes its licence, confirms the licence themselves.
///
/// # Errors
/// [`Fault::Empty`] without a licence, [`Fault::NotAllowed`] in somebody else's name.
pub(crate) fn check_pack(asked: &Asked) -> Result<(), Fault> {
    let Asked { subject, op, .. } = asked;
    let makes = op.header.verb == Verb::Create;
    let confirms = op.sets().any(|(path, _)| path == "licence" || path == "confirmed_by");
    if op.header.verb == Verb::Resolve || !(makes || confirms) {
        return Ok(());
    }
    let said = |path: &str| op.value(path).and_then(Value::as_text);
    if said("licence").is_none_or(|licence| licence.trim().is_empty()) {
        return Err(Fault::Empty);
    }
    if said("confirmed_by") != Some(subject.user.to_string().as_str()) {
        return Err(Fault::NotAllowed(NotAllowed::Author));
    }
    Ok(())
}

/// What two writings of one name have in common, accents, capitals and marks aside: by it uses of a name are counted.
#[must_use]
pub fn key(name: &str) -> String {
    let plain = plain(name);
    let words = plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn writings_of_one_name_have_one_key() {
        for name in ["Acute tonsillitis", "  acute   TONSILLITIS.", "Acute-tonsillitis"] {
            assert_eq!(key(name), "acute tonsillitis", "{name}");
        }
        assert_eq!(key("Ménière disease"), "meniere disease");
        assert_eq!(key(" ·"), "");
    }
}
