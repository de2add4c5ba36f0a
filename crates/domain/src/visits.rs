//! Visits, their notes, and what is measured: vital signs with their units, bands and levels.

mod advice;
mod bands;
mod exam;
mod level;
mod plausible;
mod queue;
mod sets;
mod signs;
mod snippets;
mod taking;
mod typed;
mod units;
mod withdrawal;

pub use advice::{ADVISED_FOR, Advice, advice, advice_about, is_raised_pressure};
pub use bands::{Band, Bands, bands};
pub(crate) use exam::check_note;
pub use exam::{BROUGHT_IN, Brought, ExamFinding, Examined, written};
pub use level::{Level, Levels, judge, levels};
pub use queue::{
    Call, LONG, Station, Ticket, TicketStatus, Turn, Urgency, Why, called_elsewhere, estimate, last_call,
    pace, ticket_count, ticket_letters, ticket_number, why,
};
pub(crate) use sets::check_set;
pub use sets::{
    LONGEST_NORMAL, LONGEST_SET_NAME, LONGEST_SET_TEXT, NoteSet, NoteSetStatus, NoteSetText, OLDEST,
    SHIPPED_SETS, SetSystem, SetVersion, SetVersions, ShippedSet, is_system, shipped_set,
};
pub(crate) use signs::LOINC;
pub use signs::SignName;
pub(crate) use snippets::check_snippet;
pub use snippets::{LONGEST_SNIPPET, NoteSection, SHIPPED_SNIPPETS, Snippet, SnippetText, is_snippet_key};
pub use taking::{Measured, Objection, Typed, observations, taking};
pub use typed::{AmountTrouble, read_amount};
pub use units::{UCUM, Unit, bmi};
pub(crate) use withdrawal::check_withdrawal;

use crate::measure::EyeSide;
use crate::record::{Coding, Entries, Quantity};
use crate::{Decimal, Instant, PartialDate, RecordId, choice, entry, record};

choice! {
    /// What a visit is for.
    pub enum VisitType {
        /// A new concern.
        Consultation = "consultation",
        /// A return for an earlier one.
        FollowUp = "follow_up",
        /// Something that cannot wait.
        Emergency = "emergency",
        /// A planned procedure.
        Procedure = "procedure",
        /// A test or examination.
        Diagnostic = "diagnostic",
        /// A check-up.
        Routine = "routine",
    }
}

choice! {
    /// How far a visit is.
    pub enum VisitStatus {
        /// Booked.
        Scheduled = "scheduled",
        /// Here.
        Arrived = "arrived",
        /// Seen by the nurse.
        Triaged = "triaged",
        /// With the clinician.
        InProgress = "in_progress",
        /// Over.
        Completed = "completed",
        /// Called off.
        Cancelled = "cancelled",
        /// Did not come.
        NoShow = "no_show",
    }
    moves {
        "" => "scheduled": VisitEdit,
        "" => "arrived": VisitEdit,
        "" => "in_progress": VisitEdit,
        "" => "completed": ImportRun,
        "" => "cancelled": ImportRun,
        "scheduled" => "arrived": VisitEdit,
        "scheduled" => "cancelled": VisitEdit,
        "scheduled" => "no_show": VisitEdit,
        "arrived" => "triaged": VisitEdit,
        "arrived" => "in_progress": VisitEdit,
        "arrived" => "cancelled": VisitEdit,
        "triaged" => "in_progress": VisitEdit,
        "triaged" => "cancelled": VisitEdit,
        "in_progress" => "completed": VisitEdit,
    }
}

choice! {
    /// Where somebody goes when their visit is over.
    pub enum Disposition {
        /// Home.
        Home = "home",
        /// Back to class or to work.
        Class = "class",
        /// To rest here.
        Rest = "rest",
        /// To somebody elsewhere, by a referral.
        Referred = "referred",
        /// To hospital.
        Hospital = "hospital",
        /// Away, before the visit was over.
        Left = "left",
    }
}

record! {
    /// One encounter of a patient with the clinic.
    pub struct Visit: "visit", Ordinary, Site;
    told VisitText;
    verbs { Create: VisitEdit, Patch: VisitEdit, Void: VisitEdit, Resolve: ConflictResolve, }
    happened { started_at, arrived_at, scheduled_at, day, }
    roles { source: source, original: original, }
    lists { status, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// How far it is.
        status: VisitStatus, State;
        /// When each step began.
        scheduled_at: Instant, Ordinary;
        /// Arrival.
        arrived_at: Instant, Ordinary;
        /// Nurse.
        triaged_at: Instant, Ordinary;
        /// Clinician.
        started_at: Instant, Ordinary;
        /// End.
        ended_at: Instant, Ordinary;
        /// The day, where the source knows no time.
        day: PartialDate, Fixed;
        /// The type in its source's words.
        code: Coding, Fixed;
        /// The reason in its source's words.
        reason: Coding, Fixed;
        /// Who attended, where they have no account here.
        attended_by: String, Fixed;
        /// Where, where that is not a site here.
        place: String, Fixed;
        /// What else its source says, a line each.
        remarks: String, Fixed;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
    written {
        /// What it is for.
        kind: VisitType, Ordinary;
        /// The concern in the patient's words, as the desk heard it.
        concern: String, Ordinary;
        /// Who attends.
        attending: RecordId, Ordinary;
        /// How soon they have to be seen.
        urgency: Urgency, Ordinary;
        /// Why they are urgent, where the concern does not say it: the sign that is critical.
        urgent_for: String, Ordinary;
        /// Where they went from here.
        disposition: Disposition, Ordinary;
        /// With whom they went home or to hospital.
        sent_with: String, Ordinary;
    }
}

entry! {
    /// A diagnosis of a note.
    pub struct Diagnosis {
        /// Its name.
        name: String,
        /// Its code; of ICD-10 where no system is said.
        code: String,
        /// The code's system (a URI as FHIR names them).
        system: String,
        /// The version of the system.
        version: String,
        /// The problem of the same person that it is.
        problem: RecordId,
        /// Whether it is the main one.
        primary: bool,
        /// `confirmed`, `suspected`.
        certainty: String,
    }
}

record! {
    /// A visit's note: frozen when it is signed.
    pub struct Note: "note", Document, Site;
    told NoteText;
    verbs { Create: NoteWrite, Patch: NoteWrite, Sign: NoteSign, Void: NoteWrite, Resolve: ConflictResolve, }
    signed_by_author { Sign, }
    happened { }
    roles { author: author, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// Who writes it.
        author: RecordId, Fixed;
    }
    written {
        /// What brings them.
        concern: String, Ordinary;
        /// History.
        history: String, Ordinary;
        /// The set by which they were examined.
        set: String, Ordinary;
        /// The version of it, where it is the clinic's own.
        set_version: RecordId, Ordinary;
        /// What was seen, system by system.
        exam: Entries<Examined>, Ordinary;
        /// Examination, in free text.
        examination: String, Ordinary;
        /// Diagnoses.
        diagnoses: Entries<Diagnosis>, Ordinary;
        /// Treatment.
        treatment: String, Ordinary;
        /// Plan.
        plan: String, Ordinary;
        /// Remarks.
        remarks: String, Ordinary;
        /// Which texts were brought in from an earlier note and stand as they did.
        brought: Entries<Brought>, Ordinary;
    }
}

entry! {
    /// A part of a measurement, such as the systolic part of a blood pressure.
    pub struct Component {
        /// What was measured.
        code: Coding,
        /// The measured amount.
        quantity: Quantity,
        /// Or the finding in words.
        text: String,
        /// Or the finding as a code.
        finding: Coding,
        /// Where it is only known to lie below or above an amount: `<`, `<=`, `>=`, `>`; the text says so too.
        comparator: String,
        /// That amount.
        bound: Quantity,
    }
}

record! {
    /// Something measured or observed; a mistake is voided and made anew.
    pub struct Observation: "observation", Fact, Site;
    verbs { Create: ObservationRecord, Void: ObservationRecord, Resolve: ConflictResolve, }
    happened { at, day, }
    roles { source: source, original: original, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// What was measured (LOINC where there is one).
        code: Coding, Fixed;
        /// `vital-signs`, `laboratory`, `survey`, `social-history`.
        category: String, Fixed;
        /// When it was so.
        at: Instant, Fixed;
        /// The day, where the source knows no time.
        day: PartialDate, Fixed;
        /// The amount.
        quantity: Quantity, Fixed;
        /// Or the finding in words.
        text: String, Fixed;
        /// Or the finding as a code.
        finding: Coding, Fixed;
        /// Where it is only known to lie below or above an amount: `<`, `<=`, `>=`, `>`; the text says so too.
        comparator: String, Fixed;
        /// That amount.
        bound: Quantity, Fixed;
        /// Or its parts.
        components: Entries<Component>, Fixed;
        /// How it stands in its source's words, such as `preliminary`; nothing means that it is final.
        status: String, Fixed;
        /// What else its source says, a line each.
        remarks: String, Fixed;
        /// That an implausible value was looked at and meant.
        confirmed: bool, Fixed;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

/// A measured amount, or the bound behind which it lies.
#[derive(Clone, Copy, Debug)]
pub struct Amount<'a> {
    /// `<`, `<=`, `>=` or `>`, where only a bound is known.
    pub comparator: Option<&'a str>,
    /// How much.
    pub quantity: &'a Quantity,
}

impl<'a> Amount<'a> {
    fn of(
        exact: Option<&'a Quantity>,
        comparator: Option<&'a str>,
        bound: Option<&'a Quantity>,
    ) -> Option<Self> {
        let exact = exact.map(|quantity| Self { comparator: None, quantity });
        exact.or_else(|| Some(Self { comparator: Some(comparator?), quantity: bound? }))
    }
}

impl Observation {
    /// What was measured.
    #[must_use]
    pub fn amount(&self) -> Option<Amount<'_>> {
        Amount::of(self.quantity.as_ref(), self.comparator.as_deref(), self.bound.as_ref())
    }
}

impl Component {
    /// What was measured.
    #[must_use]
    pub fn amount(&self) -> Option<Amount<'_>> {
        Amount::of(self.quantity.as_ref(), self.comparator.as_deref(), self.bound.as_ref())
    }
}

record! {
    /// Something that happened elsewhere, kept as a fact of the timeline: a procedure, a care plan, a report.
    pub struct Event: "event", Fact, Site;
    verbs { Create: ObservationRecord, Void: ObservationRecord, Resolve: ConflictResolve, }
    happened { at, day, }
    roles { source: source, original: original, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// `procedure`, `care-plan`, `report`, or the kind in its source's words.
        category: String, Fixed;
        /// What it was.
        code: Coding, Fixed;
        /// Of a procedure of an eye, which.
        side: EyeSide, Fixed;
        /// When it began.
        at: Instant, Fixed;
        /// The day, where the source knows no time.
        day: PartialDate, Fixed;
        /// When it ended.
        until: Instant, Fixed;
        /// How it stands in its source's words.
        status: String, Fixed;
        /// More in words.
        text: String, Fixed;
        /// An amount, where it has one.
        amount: Decimal, Fixed;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}
