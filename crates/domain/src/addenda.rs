//! What is added to a signed document. The document stays as it was signed; what is added stands beside it, with who added it,
//! when and why.

use crate::access::NotAllowed;
use crate::fold::fold;
use crate::forms::{self, Answers, Filled, Given, Last, Spec, Weight, answered_at};
use crate::record::{Entries, Record, Verb};
use crate::rule::{Asked, Fault};
use crate::{RecordId, record};

record! {
    /// What is added to a signed document; it never overwrites.
    pub struct Addendum: "addendum", Fact, Site;
    verbs { Append: NoteSign, Void: NoteSign, }
    signed_by_author { Append, }
    happened { }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The signed note, where it is one.
        note: RecordId, Fixed;
        /// The signed document, where it is another than a note.
        document: RecordId, Fixed;
        /// Of a form its name and version, by which its answers are read.
        form: String, Fixed;
        /// The addition.
        text: String, Fixed;
        /// Why.
        reason: String, Fixed;
        /// What a form says from then on, by the paths of its answers.
        answers: Entries<Given>, Fixed;
    }
}

impl Addendum {
    /// Its answers by their paths.
    #[must_use]
    pub fn given(&self) -> Answers {
        let given = self.answers.iter().flat_map(|entries| &entries.0);
        given.filter_map(|(path, given)| Some((path.clone(), given.v.clone()?))).collect()
    }
}

/// The field without which it says nothing.
#[must_use]
pub fn addendum_lacks(addendum: &Addendum) -> Option<&'static str> {
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    [("text", says(&addendum.text) || !addendum.given().is_empty()), ("reason", says(&addendum.reason))]
        .into_iter()
        .find_map(|(field, is_there)| (!is_there).then_some(field))
}

/// The rule of addenda: one to a form names a signed form of the same person, is written and withdrawn by who may sign that
/// form, says what and why, and its answers can be. One to a note is let in as it always was.
///
/// # Errors
/// [`Fault::UnknownKind`] for a form that nobody knows, [`Fault::NotAllowed`] for another role, [`Fault::Lacking`] for what it
/// does not say, [`Fault::NoRecord`] and [`Fault::IllegalMove`] for a document that is not there or not signed,
/// [`Fault::UnknownField`] and [`Fault::WrongType`] for an answer that is none.
pub(crate) fn check_addendum(asked: &Asked) -> Result<(), Fault> {
    let makes = asked.op.header.verb.makes();
    let addendum: Addendum = if makes { asked.after().record() } else { asked.seen.record() };
    let Some(document) = addendum.document else { return Ok(()) };
    let form = addendum.form.as_deref().unwrap_or_default();
    let spec = forms::spec(form);
    if spec.is_none() && !asked.newer {
        return Err(Fault::UnknownKind(form.chars().take(100).collect()));
    }
    if spec.is_some_and(|spec| !asked.subject.role.is_some_and(|role| spec.sign.contains(&role))) {
        return Err(Fault::NotAllowed(NotAllowed::Role));
    }
    if asked.op.header.verb == Verb::Void {
        return Ok(());
    }
    if addendum.note.is_some() {
        return Err(Fault::WrongType("note".to_owned()));
    }
    if let Some(field) = addendum_lacks(&addendum) {
        return Err(Fault::Lacking(field.to_owned()));
    }
    let signed = signed(asked, document)?;
    // A newer program knows more forms, and adds to those alone by a form that is unknown here.
    let same = [("patient", signed.patient == addendum.patient), ("form", signed.form == addendum.form)];
    if let Some((field, _)) = same.into_iter().find(|(_, same)| !same) {
        return Err(Fault::WrongType(field.to_owned()));
    }
    spec.map_or(Ok(()), |spec| answers(asked, spec, &signed, &addendum))
}

/// The form `document` as it was signed.
fn signed(asked: &Asked, document: RecordId) -> Result<Filled, Fault> {
    let ops = asked.ops(document);
    if ops.first().is_none_or(|op| op.header.kind != Filled::KIND.name) {
        return Err(Fault::NoRecord);
    }
    let state = fold(Filled::KIND, document, &ops);
    if state.signed.is_none() {
        return Err(Fault::IllegalMove("document".to_owned()));
    }
    Ok(state.record())
}

/// That each answer stands at a path of the form and can be, beside what was signed.
fn answers(asked: &Asked, spec: &Spec, signed: &Filled, addendum: &Addendum) -> Result<(), Fault> {
    for (path, _) in asked.op.sets() {
        if answered_at(path).is_some_and(|(_, answer)| spec.at(answer).is_none()) {
            return Err(Fault::UnknownField(path.to_owned()));
        }
    }
    let given = addendum.given();
    let mut all = signed.all();
    all.extend(given.clone());
    let checked = forms::check(spec, &all, &Last::new());
    let wrong =
        |remark: &&forms::Remark| remark.weight == Weight::Refused && given.contains_key(&remark.path);
    checked.remarks.iter().find(wrong).map_or(Ok(()), |remark| Err(Fault::WrongType(remark.path.clone())))
}
