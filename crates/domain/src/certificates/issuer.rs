//! Who issues: each approver has a key of their own at each workstation, so that what a computer knows issues nothing
//! by itself.

use crate::access::{NotAllowed, Permission, grants};
use crate::clinic::{Site, Workstation};
use crate::fold::fold;
use crate::record::{Hex, Record};
use crate::rule::{Asked, Fault};
use crate::{Incarnation, RecordId, Value, record};

record! {
    /// The key with which one person issues certificates at one workstation, made at their first sign-in there.
    pub struct Issuer: "issuer", Fact, Clinic;
    verbs { Create: SessionUse, }
    signed_by_author { Create, }
    fields {
        /// The person.
        user: RecordId, Fixed;
        /// The workstation.
        workstation: RecordId, Fixed;
        /// Its incarnation, in whose block the numbers lie.
        incarnation: String, Fixed;
        /// What begins the numbers that it gives: the site's letters and the block, `MAIN-01`.
        block: String, Fixed;
        /// The public key (P-256, uncompressed).
        issues_with: Hex, Fixed;
        /// The person's own certificate over all of that.
        certificate: Hex, Fixed;
    }
}

/// The rule of these keys: who may issue makes their own, where they sit, for the numbers of that workstation.
///
/// # Errors
/// [`Fault::NotAllowed`] for somebody else's key or a role that issues nothing, [`Fault::IllegalMove`] for that of
/// another workstation or block.
pub(crate) fn check_made(asked: &Asked) -> Result<(), Fault> {
    let Asked { view, subject, op, .. } = asked;
    let text = |path: &str| op.value(path).and_then(Value::as_text);
    if text("user") != Some(subject.user.to_string().as_str()) {
        return Err(Fault::NotAllowed(NotAllowed::Author));
    }
    if !subject.role.is_some_and(|role| grants(role, Permission::CertificateApprove)) {
        return Err(Fault::NotAllowed(NotAllowed::Role));
    }
    if ["issues_with", "certificate"].into_iter().any(|path| text(path).is_none()) {
        return Err(Fault::Empty);
    }
    let id: RecordId = text("workstation").and_then(|id| id.parse().ok()).ok_or(Fault::Empty)?;
    let workstation: Workstation = fold(Workstation::KIND, id, &view.ops(id)).record();
    let site = workstation.site.map(|site| fold(Site::KIND, site, &view.ops(site)).record::<Site>());
    let here: Incarnation = op.header.incarnation;
    let block = Issuer::block_of(&site.unwrap_or_default(), &workstation);
    let other = |field: &str| Err(Fault::IllegalMove(field.to_owned()));
    match () {
        () if text("incarnation") != Some(here.to_string().as_str()) => other("incarnation"),
        () if view.workstation(here) != Some(id) => other("workstation"),
        () if block.is_none() || text("block") != block.as_deref() => other("block"),
        () => Ok(()),
    }
}

impl Issuer {
    /// What begins the numbers of `workstation`, at `site`; none where it has no block.
    #[must_use]
    pub fn block_of(site: &Site, workstation: &Workstation) -> Option<String> {
        Some(format!("{}-{}", site.code.as_deref()?, workstation.block.as_deref()?))
    }

    /// Whether the printed `number` is one of those that begin with `block`.
    #[must_use]
    pub fn gives(block: &str, number: &str) -> bool {
        let Some(rest) = number.strip_prefix(block).and_then(|rest| rest.strip_prefix('-')) else {
            return false;
        };
        let parts: Vec<&str> = rest.split('-').collect();
        let [year, serial, _] = parts.as_slice() else { return false };
        let counts = |part: &str| part.bytes().all(|sign| sign.is_ascii_digit());
        // A serial number has five digits, and more only where five are too few: no number is written in two ways.
        let whole = serial.len() == 5 || (serial.len() > 5 && !serial.starts_with('0'));
        year.len() == 2
            && counts(year)
            && whole
            && counts(serial)
            && super::numbers::canonical(number).is_some()
    }

    /// Whether the installation `here` gives `number`; it cannot be told where its record is not known.
    pub(crate) fn gives_here(asked: &Asked, here: Incarnation, number: &str) -> bool {
        let ops = asked.view.workstation(here).map(|id| (id, asked.ops(id)));
        let Some((id, ops)) = ops.filter(|(_, ops)| !ops.is_empty()) else { return true };
        let workstation: Workstation = fold(Workstation::KIND, id, &ops).record();
        let site = workstation.site.map(|site| fold(Site::KIND, site, &asked.ops(site)).record::<Site>());
        let block = Self::block_of(&site.unwrap_or_default(), &workstation);
        block.is_some_and(|block| Self::gives(&block, number))
    }
}

#[cfg(test)]
mod tests {
    use super::Issuer;

    #[test]
    fn a_number_is_given_by_its_own_block_alone() {
        let fits = |plain: &str| {
            let signs = "0123456789ACDEFGHJKMNPQRTUVWXYZ".chars();
            let mut numbers = signs.map(|sign| format!("{plain}-{sign}"));
            numbers.any(|number| Issuer::gives("MAIN-02", &number))
        };
        assert!(fits("MAIN-02-26-00418"));
        for other in [
            "MAIN-01-26-00418",
            "MAIN-02A-26-00418",
            "SIDE-02-26-00418",
            "MAIN-02-00418",
            "MAIN-02-2X-00418",
            "MAIN-02-26-000418",
            "MAIN-02-26-418",
            "MAIN-02-26-OO418",
        ] {
            assert!(!fits(other), "{other}");
        }
        assert!(!Issuer::gives("MAIN-02", "FREE TEXT"));
    }
}
