//! When a visit is withdrawn: after two imports told it differently, for nobody can choose between what is written once.
//! A visit of this clinic is cancelled instead.

use super::Visit;
use crate::record::{Class, Record, Verb};
use crate::rule::{Asked, Fault};

/// The rule of visits: a withdrawal takes one that was imported, and that differs in what is written once, as its author
/// saw it.
///
/// # Errors
/// [`Fault::IllegalMove`] for any other visit.
pub(crate) fn check_withdrawal(asked: &Asked) -> Result<(), Fault> {
    let Asked { op, seen, .. } = asked;
    if op.header.verb != Verb::Void {
        return Ok(());
    }
    let is_fixed = |path: &str| Visit::KIND.field(path).is_some_and(|(field, _)| field.class == Class::Fixed);
    let differs = seen.unsettled(Visit::KIND).any(|conflict| is_fixed(&conflict.path));
    let is_imported = Visit::KIND.roles.source.is_some_and(|source| !seen.value(source).is_null());
    if differs && is_imported { Ok(()) } else { Err(Fault::IllegalMove("status".to_owned())) }
}
