//! Certificates: templates, the workflow from draft to paper, and numbers that are all accounted for.

mod days;
mod facts;
mod filling;
mod lacking;
pub mod numbers;
pub mod words;

pub use days::{Days, Ends, Weekday};
pub use facts::{Facts, Known, name as printed_name};
pub use filling::{Paragraph, Run};
pub use lacking::{is_written, lacking, wrong};

use crate::access::NotAllowed;
use crate::fold::{State, fold};
use crate::op::Op;
use crate::record::{Entries, Hex, Record, Verb};
use crate::rule::{Asked, Fault};
use crate::{Instant, PartialDate, RecordId, Value, choice, entry, record};

choice! {
    /// What a certificate says.
    pub enum Verdict {
        /// Fit.
        Fit = "fit",
        /// Fit with limits.
        FitWithLimits = "fit_with_limits",
        /// Not fit.
        NotFit = "not_fit",
    }
}

choice! {
    /// How far a certificate is.
    pub enum CertificateStatus {
        /// Being written.
        Draft = "draft",
        /// Waiting for somebody who may issue it.
        Submitted = "submitted",
        /// Sent back with a reason.
        Returned = "returned",
        /// Refused for good.
        Rejected = "rejected",
        /// Numbered, signed and frozen.
        Issued = "issued",
        /// No longer valid.
        Revoked = "revoked",
        /// Replaced by another.
        Superseded = "superseded",
    }
    moves {
        "" => "draft": CertificateDraft,
        "draft" => "submitted": CertificateDraft,
        "returned" => "submitted": CertificateDraft,
        "returned" => "draft": CertificateDraft,
        "draft" => "issued": CertificateApprove,
        "submitted" => "draft": CertificateDraft,
        "submitted" => "issued": CertificateApprove,
        "submitted" => "returned": CertificateApprove,
        "submitted" => "rejected": CertificateApprove,
        "issued" => "revoked": CertificateRevoke,
        "issued" => "superseded": CertificateApprove,
    }
}

record! {
    /// The text and shape of one sort of certificate.
    pub struct Template: "template", Ordinary, Clinic;
    verbs { Create: TemplateEdit, Patch: TemplateEdit, Resolve: TemplateEdit, }
    weighty { Create, Patch, Resolve, }
    fields {
        /// Its name in lists.
        name: String, Critical;
        /// The printed title.
        title: String, Critical;
        /// The form's code.
        form_code: String, Critical;
        /// Since when the form is used.
        effective: PartialDate, Critical;
        /// The printed text with fields in braces, paragraphs apart by an empty line.
        text: String, Critical;
        /// What the verdict is about: `to attend classes`.
        purpose: String, Critical;
        /// To whom it is addressed.
        addressee: String, Critical;
        /// The verdicts that it can give.
        verdicts: Vec<String>, Critical;
        /// The roles that may issue it.
        approvers: Vec<String>, Narrowing;
        /// `a4` or `a5`.
        paper: String, Critical;
        /// The language of the text (BCP 47).
        language: String, Critical;
        /// Whether it may be used.
        active: bool, Narrowing;
    }
}

record! {
    /// A certificate: a draft until it is issued, then frozen.
    pub struct Certificate: "certificate", Document, Site;
    verbs { Create: CertificateDraft, Patch: CertificateDraft, Sign: CertificateApprove, Resolve: ConflictResolve, }
    weighty { Patch, Sign, Resolve, }
    happened { issued_at, }
    roles { signer: signer, }
    lists { status, until, number, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit in which it was written.
        visit: RecordId, Fixed;
        /// The template.
        template: RecordId, Ordinary;
        /// How far it is.
        status: CertificateStatus, State;
        /// Why it was returned, rejected or revoked.
        status_reason: String, Ordinary with status;
        /// What it says.
        verdict: Verdict, Ordinary;
        /// The day of the examination.
        examined: PartialDate, Ordinary;
        /// The first day.
        from: PartialDate, Ordinary;
        /// The last day.
        until: PartialDate, Ordinary;
        /// The limits, printed.
        limits: String, Ordinary;
        /// The reason for the verdict, kept and not printed.
        reason: String, Ordinary;
        /// The recommendation, printed.
        recommendation: String, Ordinary;
        /// The diagnosis, printed only with consent.
        diagnosis: String, Ordinary;
        /// That the patient agreed to print the diagnosis.
        diagnosis_agreed: bool, Ordinary;
        /// To whom it is addressed.
        addressee: String, Ordinary;
        /// `a4` or `a5`.
        paper: String, Ordinary;
        /// The certificate that this one extends.
        extends: RecordId, Fixed;
        /// The certificate in whose stead this one is issued.
        replaces: RecordId, Fixed;
        /// The printed number.
        number: String, Ordinary;
        /// Who issued it.
        signer: RecordId, Ordinary;
        /// When it was issued.
        issued_at: Instant, Ordinary;
        /// The facts as they stood, as JSON text.
        facts: String, Ordinary;
        /// The signed payload of the code.
        payload: String, Ordinary;
        /// SHA-256 of the issued PDF.
        pdf: Hex, Ordinary;
    }
}

entry! {
    /// What became of one number.
    pub struct NumberUse {
        /// The certificate for which it was drawn.
        certificate: RecordId,
        /// `used`, `void`.
        outcome: String,
        /// Why it is void: the number of the paper of the same draft that holds instead.
        reason: String,
    }
}

record! {
    /// A block of numbers that belongs to one incarnation.
    pub struct NumberBlock: "number_block", Ordinary, Site;
    verbs { Create: CertificateApprove, Patch: CertificateApprove, Resolve: ConflictResolve, }
    lists { prefix, }
    fields {
        /// What the numbers are for: `certificate`.
        purpose: String, Fixed;
        /// The incarnation that it belongs to.
        incarnation: String, Fixed;
        /// The letters and digits that name it.
        prefix: String, Fixed;
        /// The first number.
        first: i64, Fixed;
        /// The last number.
        last: i64, Fixed;
        /// What became of each.
        uses: Entries<NumberUse>, Critical;
        /// That its rest is closed.
        closed: bool, Ordinary;
    }
}

/// That a certificate is superseded only where one in its stead is issued, earlier in the same transaction.
///
/// # Errors
/// [`Fault::IllegalMove`] for one in whose stead none is.
fn check_superseded(asked: &Asked) -> Result<(), Fault> {
    let header = &asked.op.header;
    let instead = |issued: &&Op| {
        let issued = &issued.header;
        let ops = asked.changed.get(&issued.record).map_or(&[][..], Vec::as_slice);
        let certificate = || fold(Certificate::KIND, issued.record, ops).record::<Certificate>();
        issued.kind == Certificate::KIND.name
            && issued.verb == Verb::Sign
            && issued.record != header.record
            && issued.patient == header.patient
            && certificate().replaces == Some(header.record)
    };
    match asked.earlier.iter().find(instead) {
        Some(_) => Ok(()),
        None => Err(Fault::IllegalMove("status".to_owned())),
    }
}

/// What is set when a certificate is issued, and only then.
const ISSUED_WITH: [&str; 6] = ["number", "signer", "issued_at", "facts", "payload", "pdf"];

/// The rule of certificates: whether the template lets this person sign, and whether there is a number to bear.
/// It is issued by its signature alone, and its signer is who signs.
///
/// # Errors
/// [`Fault::NotAllowed`] when the template names other roles or the signer is somebody else,
/// [`Fault::Empty`] without number or code, [`Fault::IllegalMove`] for one that is issued unsigned or superseded
/// by none, [`Fault::Fixed`] for what only issuing sets, and for what issuing does not set.
pub(crate) fn check_step(asked: &Asked) -> Result<(), Fault> {
    let Asked { view, subject, op, seen, .. } = asked;
    let text = |path: &str| op.value(path).and_then(Value::as_text);
    // Whoever settles which of two moves holds chooses among moves that were taken.
    let settles = op.header.verb == Verb::Resolve;
    let issues = !settles && text("status") == Some(CertificateStatus::Issued.word());
    if !settles && text("status") == Some(CertificateStatus::Superseded.word()) {
        check_superseded(asked)?;
    }
    if op.header.verb != Verb::Sign {
        let early = ISSUED_WITH.into_iter().find(|path| op.value(path).is_some());
        return match early {
            Some(path) => Err(Fault::Fixed(path.to_owned())),
            None if issues => Err(Fault::IllegalMove("status".to_owned())),
            None => Ok(()),
        };
    }
    if !issues || !ISSUED_WITH.into_iter().all(|path| text(path).is_some()) {
        return Err(Fault::Empty);
    }
    // What it says was there to be read, its template too, by which it is judged who may sign it.
    let sets = |path: &&str| *path != "status" && !ISSUED_WITH.contains(path);
    if let Some(path) = op.sets().map(|(path, _)| path).find(sets) {
        return Err(Fault::Fixed(path.to_owned()));
    }
    if text("signer") != Some(subject.user.to_string().as_str()) {
        return Err(Fault::NotAllowed(NotAllowed::Author));
    }
    let certificate: Certificate = seen.record();
    let template = certificate.template.ok_or(Fault::Empty)?;
    let role = subject.role.map(crate::access::Role::word);
    let names = |state: State| {
        let named = state.record::<Template>().approvers.unwrap_or_default();
        role.is_some_and(|role| named.iter().any(|approver| approver == role))
    };
    let may = names(fold(Template::KIND, template, &view.ops(template)))
        || view.formerly(Template::KIND, template).into_iter().any(names);
    if may { Ok(()) } else { Err(Fault::NotAllowed(NotAllowed::Role)) }
}
