//! What a person, or who decides for them, agreed to: which text, when, and who said so.
//!
//! Only what a registration needs is declared: the privacy notice, and a guardian's consent for somebody under age.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Patient;
use crate::record::Verb;
use crate::rule::{Asked, Fault};
use crate::{PartialDate, RecordId, choice, record};

choice! {
    /// What is agreed to.
    pub enum ConsentSort {
        /// The notice of what the clinic does with what it knows of a person.
        Privacy = "privacy",
        /// A guardian's consent to the care of somebody under age.
        Minors = "minors",
    }
}

choice! {
    /// What was answered.
    pub enum ConsentAnswer {
        /// Yes.
        Given = "given",
        /// No.
        Refused = "refused",
    }
}

choice! {
    /// Who answered.
    pub enum ConsentBy {
        /// The patient.
        Patient = "patient",
        /// Who decides for them.
        Guardian = "guardian",
    }
}

record! {
    /// An answer to a text that was laid before somebody; frozen as soon as it is given.
    pub struct Consent: "consent", Document, Site;
    told ConsentText;
    verbs { Create: ConsentTake, Sign: ConsentTake, Void: ConsentTake, Resolve: ConflictResolve, }
    happened { on, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
    }
    written {
        /// What it is about.
        sort: ConsentSort, Fixed;
        /// The version of the text, as it stands on it.
        text: String, Fixed;
        /// What was answered.
        answer: ConsentAnswer, Critical;
        /// Who answered.
        by: ConsentBy, Fixed;
        /// The guardian's name.
        guardian: String, Fixed;
        /// The day.
        on: PartialDate, Fixed;
    }
}

/// Below this age in years a guardian consents.
const OF_AGE: i8 = 18;

/// What somebody with these answers, the oldest first, has not agreed to yet: the privacy notice, and of who may be under
/// age on `today` a guardian's consent.
#[must_use]
pub fn lacking(answers: &[Consent], born: Option<PartialDate>, today: Date) -> Vec<ConsentSort> {
    let given = |sort: ConsentSort| {
        let last = answers.iter().rfind(|answer| answer.sort == Some(sort));
        last.is_some_and(|answer| answer.answer == Some(ConsentAnswer::Given))
    };
    let needed = |sort: &&ConsentSort| **sort != ConsentSort::Minors || may_be_minor(born, today);
    ConsentSort::ALL.iter().filter(needed).filter(|sort| !given(**sort)).copied().collect()
}

/// Whether somebody born then may be under age on `today`, when a guardian speaks for them.
#[must_use]
pub fn may_be_minor(born: Option<PartialDate>, today: Date) -> bool {
    born.is_some_and(|born| born.latest().saturating_add(i64::from(OF_AGE).years()) > today)
}

/// Whether somebody born then is under age on `today`, on whichever day of what is known of their birth they were born.
#[must_use]
pub fn is_minor(born: Option<PartialDate>, today: Date) -> bool {
    born.is_some_and(|born| born.earliest().saturating_add(i64::from(OF_AGE).years()) > today)
}

/// The field without which an answer says nothing; nothing where it says all. For somebody under age their guardian speaks.
#[must_use]
pub fn consent_lacks(consent: &Consent) -> Option<&'static str> {
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let by_guardian = consent.by == Some(ConsentBy::Guardian);
    let guarded = by_guardian || consent.sort == Some(ConsentSort::Minors);
    [
        ("sort", consent.sort.is_some()),
        ("text", says(&consent.text)),
        ("answer", consent.answer.is_some()),
        ("by", if consent.sort == Some(ConsentSort::Minors) { by_guardian } else { consent.by.is_some() }),
        ("guardian", !guarded || says(&consent.guardian)),
        ("on", consent.on.is_some()),
    ]
    .into_iter()
    .find_map(|(field, is_there)| (!is_there).then_some(field))
}

/// The rule of consents: what is signed says what was agreed to, by whom and when.
///
/// # Errors
/// [`Fault::Lacking`] for what it does not say.
pub(crate) fn check_consent(asked: &Asked) -> Result<(), Fault> {
    match consent_lacks(&asked.seen.record()).filter(|_| asked.op.header.verb == Verb::Sign) {
        Some(field) => Err(Fault::Lacking(field.to_owned())),
        None => Ok(()),
    }
}

impl Patient {
    /// What was agreed to when a notice of this version was handed over with the registration on `today`: of who may be
    /// under age by their guardian, who consents to their care with it. `None` where that guardian is not named.
    #[must_use]
    pub fn agreed(
        &self,
        id: RecordId,
        text: String,
        guardian: Option<String>,
        today: Date,
    ) -> Option<Vec<Consent>> {
        let privacy = Self::noticed(id, text, today);
        if !may_be_minor(self.birth_date, today) {
            return Some(vec![privacy]);
        }
        let privacy = Consent { by: Some(ConsentBy::Guardian), guardian: Some(guardian?), ..privacy };
        let minors = Consent { sort: Some(ConsentSort::Minors), ..privacy.clone() };
        Some(vec![privacy, minors])
    }

    /// The consent that a privacy notice of this version, handed over on `today`, is.
    #[must_use]
    pub fn noticed(id: RecordId, text: String, today: Date) -> Consent {
        Consent {
            patient: Some(id),
            sort: Some(ConsentSort::Privacy),
            text: Some(text),
            answer: Some(ConsentAnswer::Given),
            by: Some(ConsentBy::Patient),
            guardian: None,
            on: Some(PartialDate::day(today)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn answer(sort: ConsentSort, answer: ConsentAnswer) -> Consent {
        Consent { sort: Some(sort), answer: Some(answer), ..Consent::default() }
    }

    #[test]
    fn a_guardian_consents_until_the_day_of_age_and_the_last_answer_counts() {
        use ConsentAnswer::{Given, Refused};
        use ConsentSort::{Minors, Privacy};
        let born = |text: &str| text.parse().ok();
        let lacks = |answers: &[Consent], born| lacking(answers, born, date(2026, 11, 22));
        assert_eq!(lacks(&[], born("2008-11-23")), [Privacy, Minors]);
        assert_eq!(lacks(&[], born("2008-11-22")), [Privacy]);
        assert_eq!(lacks(&[], born("2008")), [Privacy, Minors], "who may be under age");
        assert_eq!(lacks(&[], None), [Privacy]);
        let given = [answer(Privacy, Given), answer(Minors, Given)];
        assert_eq!(lacks(&given, born("2015")), []);
        let taken = [answer(Minors, Given), answer(Privacy, Given), answer(Minors, Refused)];
        assert_eq!(lacks(&taken, born("2015")), [Minors]);
    }

    #[test]
    fn who_is_under_age_agrees_by_their_guardian_or_not_at_all() {
        let born = |text: &str| Patient { birth_date: text.parse().ok(), ..Patient::default() };
        let agreed = |patient: Patient, guardian: Option<&str>| {
            let (id, text) = (RecordId::derived(b"a"), "2026-01".to_owned());
            let guardian = guardian.map(ToOwned::to_owned);
            patient.agreed(id, text, guardian, date(2026, 11, 22))
        };
        assert_eq!(agreed(born("2012-03-01"), None), None);
        let guarded = agreed(born("2012-03-01"), Some("Rosa")).unwrap();
        assert_eq!(guarded.iter().filter_map(|consent| consent.sort).collect::<Vec<_>>(), ConsentSort::ALL);
        assert!(guarded.iter().all(|consent| consent.by == Some(ConsentBy::Guardian)));
        assert!(guarded.iter().all(|consent| consent_lacks(consent).is_none()));
        let own = agreed(born("1990-03-01"), Some("Rosa")).unwrap();
        assert_eq!(own.iter().map(|consent| consent.by).collect::<Vec<_>>(), [Some(ConsentBy::Patient)]);
    }

    #[test]
    fn an_answer_says_which_text_and_of_a_guardian_who_they_are() {
        let whole = Patient::noticed(RecordId::derived(b"a"), "2026-01".to_owned(), date(2026, 11, 22));
        assert_eq!(consent_lacks(&whole), None);
        let lacks = |consent: Consent| consent_lacks(&consent);
        assert_eq!(lacks(Consent::default()), Some("sort"));
        assert_eq!(lacks(Consent { text: Some(" ".to_owned()), ..whole.clone() }), Some("text"));
        assert_eq!(lacks(Consent { by: Some(ConsentBy::Guardian), ..whole.clone() }), Some("guardian"));
        let minors = Consent { sort: Some(ConsentSort::Minors), ..whole };
        assert_eq!(lacks(minors.clone()), Some("by"), "their guardian speaks");
        assert_eq!(lacks(Consent { by: Some(ConsentBy::Guardian), ..minors }), Some("guardian"));
    }
}
