//! What the code on a paper claims must be what the record says that is signed with it: asked on the workstation that
//! issues, on the server, and on each workstation that takes it in.

use domain::Value;
use domain::admit::{self, Admission, Entry, Fault, Verdict, View, admit, admit_again};
use domain::certificates::{Certificate, Facts, Issuer};
use domain::clinic::Workstation;
use domain::fold::fold;
use domain::op::Op;
use domain::record::{Record, Verb};

use crate::cose::{self, Claims};

/// As [`domain::admit::admit`]; of a certificate's code too.
#[must_use]
pub fn admitted(view: &impl View, entry: &Entry) -> Admission {
    let admission = admit(view, entry);
    match check(view, entry) {
        Err(fault) if !matches!(admission.verdict, Verdict::Quarantined(_)) => {
            Admission { verdict: Verdict::Quarantined(fault), states: Default::default() }
        }
        _ => admission,
    }
}

/// As [`domain::admit::admit_again`]; of a certificate's code too.
///
/// # Errors
/// The first fault.
pub fn admitted_again(view: &impl View, entry: &Entry) -> Result<(), Fault> {
    admit_again(view, entry)?;
    check(view, entry)
}

/// As [`domain::admit::is_right_by_all`]; of a certificate's code too.
#[must_use]
pub fn is_right_by_all(view: &impl View, entry: &Entry) -> bool {
    admit::is_right_by_all(view, entry) && check(view, entry).is_ok()
}

fn check(view: &impl View, entry: &Entry) -> Result<(), Fault> {
    let signs = |op: &&Op| op.header.kind == Certificate::KIND.name && op.header.verb == Verb::Sign;
    entry.ops.iter().filter(signs).try_for_each(|op| says_what_is_recorded(view, op))
}

/// That the code was signed by the key that the step names, and claims what its facts and number say. A program that
/// knew no such keys named none: it signed by the one key of its workstation.
fn says_what_is_recorded(view: &impl View, op: &Op) -> Result<(), Fault> {
    let text = |path: &str| op.value(path).and_then(Value::as_text);
    let code = text("payload").ok_or(Fault::Empty)?;
    let claims = match text("issuer") {
        Some(id) => {
            let id = id.parse().map_err(|_| Fault::NoRecord)?;
            let issuer: Issuer = fold(Issuer::KIND, id, &view.ops(id)).record();
            let key = issuer.issues_with.and_then(|key| key.bytes().try_into().ok());
            cose::verify(code, &[key.ok_or(Fault::NoRecord)?]).ok()
        }
        None => match of_workstation(view, op) {
            Some(workstation) => {
                let key = workstation.issues_with.and_then(|key| key.bytes().try_into().ok());
                cose::verify(code, &[key.ok_or(Fault::FalseCode)?]).ok()
            }
            None => cose::claimed(code),
        },
    };
    let facts = text("facts").and_then(Facts::read).ok_or(Fault::FalseCode)?;
    let recorded = Claims::of(&facts, text("number").ok_or(Fault::Empty)?);
    if claims.is_some() && claims == recorded { Ok(()) } else { Err(Fault::FalseCode) }
}

/// The workstation on which a step was taken, where it is known here.
fn of_workstation(view: &impl View, op: &Op) -> Option<Workstation> {
    let id = view.workstation(op.header.incarnation)?;
    let ops = view.ops(id);
    (!ops.is_empty()).then(|| fold(Workstation::KIND, id, &ops).record())
}
