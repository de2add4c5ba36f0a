//! What was seen of a mouth on one occasion.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Tooth;
use crate::rule::{Asked, Fault};
use crate::{Instant, RecordId, record};

record! {
    /// One look at a mouth: which teeth were seen and bear nothing new. What was found of the others are marks of their own.
    pub struct ToothExam: "tooth_exam", Fact, Site;
    verbs { Create: DentalChart, Void: DentalChart, Resolve: ConflictResolve, }
    happened { at, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// When.
        at: Instant, Fixed;
        /// Teeth that are there and bear nothing.
        sound: Vec<String>, Fixed;
        /// Teeth that are as their marks say, and bear nothing new.
        as_before: Vec<String>, Fixed;
        /// Teeth that have not come through.
        unerupted: Vec<String>, Fixed;
        /// Milk teeth that have fallen out.
        shed: Vec<String>, Fixed;
        /// Teeth that nobody could look at.
        not_seen: Vec<String>, Fixed;
        /// Who looked and called, where somebody else wrote.
        called_by: RecordId, Fixed;
    }
}

impl ToothExam {
    /// The day on which it was, there.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        let at = self.at.as_ref()?;
        Some(at.day_there(u64::try_from(at.milliseconds()).ok()?))
    }

    /// Its lists by their fields.
    #[must_use]
    pub fn lists(&self) -> [(&'static str, &[String]); 5] {
        fn of(list: &Option<Vec<String>>) -> &[String] {
            list.as_deref().unwrap_or_default()
        }
        [
            ("sound", of(&self.sound)),
            ("as_before", of(&self.as_before)),
            ("unerupted", of(&self.unerupted)),
            ("shed", of(&self.shed)),
            ("not_seen", of(&self.not_seen)),
        ]
    }
}

/// The list in which a tooth stands that an earlier one has already.
#[must_use]
pub fn named_twice<'a>(lists: &[(&'static str, &'a [String])]) -> Option<(&'static str, &'a str)> {
    let mut named = BTreeSet::new();
    let mut all =
        lists.iter().flat_map(|(field, teeth)| teeth.iter().map(move |tooth| (*field, tooth.as_str())));
    all.find(|(_, tooth)| !named.insert(*tooth))
}

/// The rule of exams: they name teeth, each once, and only a milk tooth falls out.
///
/// # Errors
/// [`Fault::WrongType`] for the list that names another.
pub(crate) fn check_exam(asked: &Asked) -> Result<(), Fault> {
    if !asked.op.header.verb.makes() {
        return Ok(());
    }
    let exam: ToothExam = asked.after().record();
    let lists = exam.lists();
    for (field, teeth) in lists {
        let is_one =
            |tooth: &String| tooth.parse::<Tooth>().is_ok_and(|tooth| field != "shed" || tooth.is_milk());
        if !teeth.iter().all(is_one) {
            return Err(Fault::WrongType(field.to_owned()));
        }
    }
    named_twice(&lists).map_or(Ok(()), |(field, _)| Err(Fault::WrongType(field.to_owned())))
}
