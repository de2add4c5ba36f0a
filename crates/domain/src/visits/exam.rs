//! The examination of a note, system by system: what was normal, what was found, and what nobody looked at.

use crate::record::{Entries, Verb};
use crate::rule::{Asked, Fault};
use crate::{PartialDate, RecordId, choice, entry};

choice! {
    /// How a system was found.
    pub enum ExamFinding {
        /// As it should be.
        Normal = "normal",
        /// Otherwise, in words.
        Finding = "finding",
        /// Nobody looked.
        NotExamined = "not_examined",
    }
}

entry! {
    /// What was seen of one system; the entry's id is the system's word.
    pub struct Examined {
        /// How it was found.
        finding: ExamFinding,
        /// The sentence as it stood when it was written.
        text: String,
    }
}

entry! {
    /// Where the text of a field was brought in from; the entry's id is the field's name.
    pub struct Brought {
        /// The note that it stood in.
        note: RecordId,
        /// The day on which that note was signed.
        on: PartialDate,
    }
}

/// The fields whose text may be brought in from an earlier note: what was seen is seen anew.
pub const BROUGHT_IN: [&str; 4] = ["history", "treatment", "plan", "remarks"];

/// The examination as a note writes it down, by the systems of its set: what says nothing is left out, and in a note that
/// is signed every other one of `systems` is not examined. Nothing where nobody examined anything.
///
/// # Errors
/// The path of the word or the text that lacks.
pub fn written(
    systems: &[&str],
    exam: Entries<Examined>,
    signs: bool,
) -> Result<Option<Entries<Examined>>, String> {
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let mut exam = exam.0;
    exam.retain(|_, examined| examined.finding.is_some() || says(&examined.text));
    for (system, examined) in &exam {
        match examined.finding {
            None => return Err(format!("exam/{system}/finding")),
            Some(ExamFinding::Finding) if !says(&examined.text) => return Err(format!("exam/{system}/text")),
            Some(_) => {}
        }
    }
    if exam.is_empty() {
        return Ok(None);
    }
    if signs {
        for system in systems {
            let left = || Examined { finding: Some(ExamFinding::NotExamined), text: None };
            exam.entry((*system).to_owned()).or_insert_with(left);
        }
    }
    Ok(Some(Entries(exam)))
}

/// The rule of notes: a finding says what was found.
///
/// # Errors
/// [`Fault::Lacking`] for one without words.
pub(crate) fn check_note(asked: &Asked) -> Result<(), Fault> {
    let Asked { op, seen, .. } = asked;
    // Whoever settles a clash chooses among words that were let in.
    if op.header.verb == Verb::Resolve {
        return Ok(());
    }
    let says = |path: &str| op.value(path).unwrap_or_else(|| seen.value(path)).as_text().unwrap_or_default();
    let wordless = |path: &str| {
        let system = path.strip_prefix("exam/")?.split('/').next()?;
        let text = format!("exam/{system}/text");
        let found = says(&format!("exam/{system}/finding")) == ExamFinding::Finding.word();
        (found && says(&text).trim().is_empty()).then_some(text)
    };
    match op.sets().find_map(|(path, _)| wordless(path)) {
        Some(text) => Err(Fault::Lacking(text)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exam(of: &[(&str, Option<ExamFinding>, &str)]) -> Entries<Examined> {
        let one = |(system, finding, text): &(&str, Option<ExamFinding>, &str)| {
            let text = Some((*text).to_owned()).filter(|text| !text.is_empty());
            ((*system).to_owned(), Examined { finding: *finding, text })
        };
        Entries(of.iter().map(one).collect())
    }

    #[test]
    fn what_is_left_alone_is_not_examined_once_the_note_is_signed_and_says_nothing_before() {
        let seen = [
            ("skin", Some(ExamFinding::Normal), "Warm, no rash"),
            ("heart", Some(ExamFinding::Finding), "Systolic murmur"),
            ("lungs", None, ""),
            ("teeth", Some(ExamFinding::Normal), "of another set"),
        ];
        let systems = ["general", "skin", "heart", "lungs", "neurological"];
        let open = written(&systems, exam(&seen), false).unwrap().unwrap();
        assert_eq!(open.0.keys().collect::<Vec<_>>(), ["heart", "skin", "teeth"]);
        let signed = written(&systems, exam(&seen), true).unwrap().unwrap();
        assert_eq!(signed.0.len(), systems.len() + 1);
        let left = |system: &str| signed.0[system].finding == Some(ExamFinding::NotExamined);
        assert!(left("lungs") && left("neurological") && !left("skin") && !left("heart") && !left("teeth"));
        assert_eq!(written(&[], exam(&seen[..1]), true).unwrap().unwrap().0.len(), 1);
    }

    #[test]
    fn without_any_examination_nothing_is_written_down_and_a_finding_needs_its_words() {
        assert_eq!(written(&["skin"], exam(&[("skin", None, " ")]), true), Ok(None));
        let wordless = exam(&[("skin", Some(ExamFinding::Finding), "  ")]);
        assert_eq!(written(&[], wordless, false), Err("exam/skin/text".to_owned()));
        let unjudged = exam(&[("skin", None, "a rash")]);
        assert_eq!(written(&[], unjudged, false), Err("exam/skin/finding".to_owned()));
    }
}
