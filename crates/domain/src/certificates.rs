//! Certificates: templates, the workflow from draft to paper, and numbers that are all accounted for.

mod days;
mod facts;
mod filling;
mod issuer;
mod lacking;
pub mod lenses;
pub mod numbers;
mod steps;
pub mod words;

pub use days::{Days, Ends, Weekday};
pub use facts::{FACTS, Facts, Known, name as printed_name};
pub use filling::{Paragraph, Run};
pub use issuer::Issuer;
pub(crate) use issuer::check_made;
pub use lacking::{lacking, wrong};
pub use lenses::{Lenses, LensesFor};
pub(crate) use steps::{check_block, check_step};

use crate::forms::Answer;
use crate::record::{Entries, Hex};
use crate::{Decimal, Instant, PartialDate, RecordId, choice, entry, record};

choice! {
    /// What a certificate says.
    pub enum Verdict {
        /// Fit.
        Fit = "fit",
        /// Fit with limits.
        FitWithLimits = "fit_with_limits",
        /// Not fit.
        NotFit = "not_fit",
        /// Lenses are prescribed.
        Prescribed = "prescribed",
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

choice! {
    /// Where a slip says that somebody goes from here, in the words of their visit.
    pub enum SentTo {
        /// Back to class or to work.
        Class = "class",
        /// Home.
        Home = "home",
        /// To rest here.
        Rest = "rest",
        /// To somebody elsewhere.
        Referred = "referred",
        /// To hospital.
        Hospital = "hospital",
    }
}

choice! {
    /// The papers that a certificate can be printed on.
    pub enum PaperSize {
        /// A4.
        A4 = "a4",
        /// A5.
        A5 = "a5",
    }
}

record! {
    /// The text and shape of one sort of certificate.
    pub struct Template: "template", Ordinary, Clinic;
    verbs { Create: TemplateEdit, Patch: TemplateEdit, Resolve: TemplateEdit, }
    signed_by_author { Create, Patch, Resolve, }
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
    told CertificateText;
    verbs { Create: CertificateDraft, Patch: CertificateDraft, Sign: CertificateApprove, Resolve: ConflictResolve, }
    signed_by_author { Patch, Sign, Resolve, }
    happened { issued_at, }
    roles { signer: signer, }
    lists { status, until, number, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit in which it was written.
        visit: RecordId, Fixed;
        /// How far it is.
        status: CertificateStatus, State;
        /// Why it was returned, rejected or revoked.
        status_reason: String, Ordinary with status;
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
        /// The record of the key that signed the code; none where a program issued it that knew no such records.
        issuer: RecordId, Ordinary;
    }
    written {
        /// The template.
        template: RecordId, Ordinary;
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
        /// The reason for the verdict or for coming: kept, and printed only with consent, on a slip.
        reason: String, Ordinary;
        /// The recommendation, printed.
        recommendation: String, Ordinary;
        /// The diagnosis, printed only with consent.
        diagnosis: String, Ordinary;
        /// That the patient agreed to print the diagnosis.
        diagnosis_agreed: bool, Ordinary;
        /// To whom it is addressed.
        addressee: String, Ordinary;
        /// On which paper.
        paper: String as PaperSize, Ordinary;
        /// When they came, by the site's clock: `09:10`.
        came_at: String, Ordinary;
        /// When they left, likewise.
        left_at: String, Ordinary;
        /// Where they go from here.
        sent_to: SentTo, Ordinary;
        /// With whom.
        sent_with: String, Ordinary;
        /// That the patient agreed to print the reason.
        reason_agreed: bool, Ordinary;
        /// At which distances the lenses help.
        lenses_for: LensesFor, Ordinary;
        /// The lens of the right eye: one value, as a refraction's.
        right: Answer, Ordinary;
        /// The lens of the left eye.
        left: Answer, Ordinary;
        /// From pupil to pupil, in millimetres.
        pd: Decimal, Ordinary;
        /// The same for near, in millimetres.
        pd_near: Decimal, Ordinary;
        /// The refraction that the lenses come from.
        refraction: RecordId, Ordinary;
    }
}

impl Template {
    /// Whether it prescribes lenses.
    #[must_use]
    pub fn prescribes(&self) -> bool {
        self.verdicts.iter().flatten().any(|word| word == Verdict::Prescribed.word())
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
