//! The rule of filled forms: who fills and signs which, and what its answers may be.

use super::{Filled, Last, Spec, Weight, answered_at, check, kept_at, spec};
use crate::Value;
use crate::access::NotAllowed;
use crate::fold::made;
use crate::record::Verb;
use crate::rule::{Asked, Fault};

/// The rule: a form that is known, by a role that it names; answers at its own paths that can be; and nothing is signed that
/// lacks what it needs.
///
/// # Errors
/// [`Fault::UnknownKind`] for a form that nobody knows, [`Fault::NotAllowed`] for another role, [`Fault::UnknownField`] and
/// [`Fault::WrongType`] for an answer that is none, [`Fault::Lacking`] for one that lacks.
pub(crate) fn check_filled(asked: &Asked) -> Result<(), Fault> {
    let verb = asked.op.header.verb;
    // Whoever settles a clash chooses among answers that were let in.
    if verb == Verb::Resolve {
        return Ok(());
    }
    let after: Filled = asked.after().record();
    // The form is that of the record, whatever the step says that it saw.
    let ops = asked.ops(asked.op.header.record);
    let form = made(&ops).unwrap_or(asked.op).value("form").and_then(Value::as_text).unwrap_or_default();
    let Some(spec) = spec(form) else {
        // A newer program knows more forms: what it let in stands, and is shown and not changed here.
        return if asked.newer { Ok(()) } else { Err(Fault::UnknownKind(form.chars().take(100).collect())) };
    };
    let named = if verb == Verb::Sign { &spec.sign } else { &spec.fill };
    if !asked.subject.role.is_some_and(|role| named.contains(&role)) {
        return Err(Fault::NotAllowed(NotAllowed::Role));
    }
    if verb == Verb::Create {
        let lacks = [("patient", after.patient.is_none()), ("at", after.at.is_none())];
        if let Some((field, _)) = lacks.into_iter().find(|(_, lacks)| *lacks) {
            return Err(Fault::Lacking(field.to_owned()));
        }
    }
    answers(asked, spec, &after)
}

/// That each answer that the step says stands at a path of the form and can be, and that a signature lacks nothing.
fn answers(asked: &Asked, spec: &Spec, after: &Filled) -> Result<(), Fault> {
    let mut said = Vec::new();
    for (path, value) in asked.op.sets() {
        let Some((_, answer)) = answered_at(path) else { continue };
        if kept_at(spec, answer).as_deref() != Some(path) {
            return Err(Fault::UnknownField(path.to_owned()));
        }
        if !value.is_null() {
            said.push(answer);
        }
    }
    let signs = asked.op.header.verb == Verb::Sign;
    if said.is_empty() && !signs {
        return Ok(());
    }
    let checked = check(spec, &after.all(), &Last::new());
    let own = |path: &str| signs || said.contains(&path);
    for remark in checked.remarks.iter().filter(|remark| own(&remark.path)) {
        match remark.weight {
            Weight::Refused => return Err(Fault::WrongType(remark.path.clone())),
            Weight::ToSign if signs => return Err(Fault::Lacking(remark.path.clone())),
            Weight::ToSign | Weight::Asked | Weight::Told => {}
        }
    }
    Ok(())
}
