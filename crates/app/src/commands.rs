//! Everything the product can do, top to bottom: one entry a command.
//!
//! `name: Input => Output` - who may (`open` before sign-in, or a permission), what the audit trail
//! keeps of it (`never`, `always`, or `opening`: once each time a chart is opened), and the cache tags
//! that its answer rests on and makes stale.
//!
//! `Kind as kind, kinds` under `claims` - the five commands of a kind that is said of a person: `add_kind`, `edit_kind`
//! and `void_kind`, who may each by the kind's verbs; `kind`, one record whole; `kinds`, a page of the card. Behind `before`
//! stands what is asked before it is written, and behind `with` the kinds that this writes too.

use domain::access::Permission;
use domain::certificates::CertificateText;
use domain::clinic::{ClinicText, SiteText};
use domain::dental::{ProcedureText, ToothMarkText};
use domain::enrolment::Enrolment;
use domain::files::AttachmentText;
use domain::medication::Medicine;
use domain::patients::{Allergy, Background, BannerAlert, Immunisation, Patient, Problem};
use domain::record::{Record, Told, Verb};
use domain::visits::VisitText;
use store::Draft;
use ts_rs::TS;

use crate::claims::{Claim, ClaimKind, Claims, Edit, ListOf, Make, OfRecord, Step, add, edit, list, one};
use crate::command::{Audit, Nothing, Tag, Tags};
use crate::desk::Desk;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::{
    access, addenda, audit, backups, certificates, chart, clinic, codes, conflicts, dental, enrol, files,
    findings, forms, history, import, jobs, lists, looked, measures, medication, outcome, patients, records,
    reopen, restore, scratch, settings, status, sync, verify, visits, workstations,
};

/// A kind of window, with its own closed part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Before sign-in and while the screen is locked.
    Lock,
    /// The clinic's work.
    Main,
    /// The board of the waiting room.
    Display,
}

/// The one command of the window in the waiting room.
const BOARD: &str = "board";

impl Window {
    /// Whether this kind of window can name `command` at all.
    #[must_use]
    pub fn offers(self, command: &Command) -> bool {
        match self {
            Self::Lock => command.permission.is_none(),
            Self::Main => true,
            Self::Display => command.name == BOARD,
        }
    }
}

/// A command as the list declares it.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// The permission that it asks for; `None` before sign-in.
    pub permission: Option<Permission>,
    /// What the audit trail keeps.
    pub audit: Audit,
    /// The tags that its answer rests on.
    pub reads: Tags,
    /// The tags that it makes stale.
    pub stales: Tags,
    /// The JSON schemas of its input and output.
    pub schemas: fn() -> (schemars::Schema, schemars::Schema),
    /// The TypeScript names of its input and output; exports their declarations.
    pub types: fn(&ts_rs::Config) -> Result<(String, String), ts_rs::ExportError>,
    /// Runs it.
    run: fn(&mut Desk, &Command, &str) -> Result<String, Refusal>,
}

impl Command {
    /// Whether it writes records: not so what is about the session, the trail or typing alone.
    fn writes_records(&self) -> bool {
        let aside =
            [Tag::SESSION, Tag::SCRATCH, Tag::AUDIT, Tag::STATUS, Tag::FILES, Tag::BACKUPS, Tag::JOBS];
        self.permission.is_some() && self.stales.iter().any(|tag| !aside.contains(&tag))
    }
}

macro_rules! commands {
    (
        claims { $(
            $kind:ident as $one:literal, $many:literal $(with $($with:ident)*)? $(, before $room:ident::$before:ident)?;
        )* }
        $($(#[doc = $doc:literal])* $module:ident::$name:ident: $input:ty => $output:ty,
        $who:tt $($permission:ident)?, $audit:ident, [$($read:ident)*] -> [$($stale:ident)*];)*
    ) => {
        $(impl ClaimKind for $kind {
            $(fn before(seat: &mut Seat, step: &mut Step<Self>) -> Result<Vec<Draft>, Refusal> {
                $room::$before(seat, step)
            })?
        })*

        /// The list.
        pub const COMMANDS: &[Command] = &[
            $(
                commands!(@written $kind, concat!("add_", $one), Create, Make<<$kind as Told>::Text>, add::<$kind>,
                    [$($(<$with as Record>::KIND.name,)*)?]),
                commands!(@written $kind, concat!("edit_", $one), Patch, Edit<<$kind as Told>::Text>, edit::<$kind>, []),
                commands!(@written $kind, concat!("void_", $one), Void, records::VoidClaim, records::void::<$kind>, []),
                commands!(@read $kind, $one, OfRecord, Claim<$kind>, one::<$kind>),
                commands!(@read $kind, $many, ListOf, Claims<$kind>, list::<$kind>),
            )*
            $(commands!(
                @command stringify!($name), $input, $output,
                (commands!(@permission $who $($permission)?)), $audit,
                [$(stringify!($read),)*] -> [$(stringify!($stale),)*],
                |desk, command, input| commands!(@run $who desk, command, input, $module::$name)
            ),)*
        ];
    };
    (@written $kind:ident, $name:expr, $verb:ident, $input:ty, $body:path, [$($with:expr,)*]) => {
        commands!(
            @command $name, $input, records::Kept, (<$kind as Record>::KIND.permission(Verb::$verb)), always,
            [] -> [<$kind as Record>::KIND.name, $($with,)*],
            |desk, command, input| commands!(@run needs desk, command, input, $body)
        )
    };
    (@read $kind:ident, $name:expr, $input:ty, $output:ty, $body:path) => {
        commands!(
            @command $name, $input, $output, (Some(Permission::ChartRead)), opening,
            [<$kind as Record>::KIND.name, Patient::KIND.name,] -> [],
            |desk, command, input| commands!(@run needs desk, command, input, $body)
        )
    };
    (
        @command $name:expr, $input:ty, $output:ty, ($permission:expr), $audit:ident,
        [$($read:expr,)*] -> [$($stale:expr,)*], |$desk:ident, $command:ident, $said:ident| $run:expr
    ) => {
        Command {
            name: $name,
            permission: $permission,
            audit: commands!(@audit $audit),
            reads: Tags(&[$($read,)*]),
            stales: Tags(&[$($stale,)*]),
            schemas: || (schemars::schema_for!($input), schemars::schema_for!($output)),
            types: |config| {
                <$input as TS>::export_all(config).or_else(unexportable)?;
                <$output as TS>::export_all(config).or_else(unexportable)?;
                Ok((<$input as TS>::name(config), <$output as TS>::name(config)))
            },
            run: |$desk, $command, input| {
                let $said: $input = read(input)?;
                let output: $output = $run?;
                Ok(serde_json::to_string(&output).unwrap_or_default())
            },
        }
    };
    (@permission open) => { None };
    (@permission needs $permission:ident) => { Some(Permission::$permission) };
    (@audit never) => { Audit::Never };
    (@audit always) => { Audit::Always };
    (@audit opening) => { Audit::Opening };
    (@run open $desk:ident, $command:ident, $input:ident, $body:path) => {{
        let _ = $command;
        $body($desk, $input)
    }};
    (@run needs $desk:ident, $command:ident, $input:ident, $body:path) => { {
        let Command { name, permission, audit, .. } = $command;
        $desk.seated(name, *permission, *audit, |seat| $body(seat, $input))
    } };
}

commands! {
    claims {
        Allergy as "allergy", "allergies" with Patient, before patients::before_allergy;
        Problem as "problem", "problems";
        Background as "background", "backgrounds", before patients::before_background;
        Immunisation as "immunisation", "immunisations";
        Medicine as "medicine", "medicines", before medication::before_medicine;
        BannerAlert as "banner_alert", "banner_alerts";
        Enrolment as "enrolment", "enrolments";
    }

    /// What the door shows: whether a clinic is here, who may sign in, and who is.
    access::door: Nothing => access::Door, open, never, [session user clinic site] -> [];
    /// Sets up a clinic on an empty workstation and signs its first administrator in.
    clinic::found_clinic: clinic::FoundClinic => clinic::Founded, open, always, [] -> [session clinic site workstation user template number_block];
    /// Turns an empty computer into a workstation of a clinic, by the code that an administrator gave.
    enrol::enrol: enrol::Enrol => enrol::Enrolled, open, always, [] -> [session every];
    /// Signs a person in.
    access::sign_in: access::SignIn => access::Session, open, always, [] -> [session];
    /// Makes what lies at the door again, by this workstation's recovery sheet; nobody is signed in by it.
    reopen::open_by_sheet: reopen::OpenBySheet => reopen::Reopened, open, always, [] -> [session];
    /// The installations whose backups lie in the place that was chosen at the door.
    restore::restore_sources_here: restore::RestoreFrom => restore::RestoreSources, open, never, [] -> [];
    /// Makes this computer the workstation that a backup is of, by its recovery sheet or two of the clinic's shares; nobody is signed in by it.
    restore::restore_here: restore::RestoreHere => restore::RestoredHere, open, always, [] -> [session every];
    /// Opens the locked screen again for the person who locked it.
    access::unlock: access::Unlock => access::Session, open, always, [] -> [session];
    /// Locks the screen; what is under way stays.
    access::lock: Nothing => Nothing, open, always, [] -> [session];
    /// Signs out and closes the store.
    access::sign_out: Nothing => Nothing, open, always, [] -> [session];
    /// Who is signed in, and what they may do.
    access::session: Nothing => access::Session, needs SessionUse, never, [session user clinic site] -> [];
    /// Checks that the recovery sheet was printed: two of its characters.
    clinic::confirm_sheet: clinic::ConfirmSheet => Nothing, needs SessionUse, always, [] -> [session status];
    /// The recovery papers that wait to be read back, for whoever founded the clinic or made a new sheet.
    clinic::recovery_papers: Nothing => clinic::RecoveryPapers, needs ClinicEdit, always, [session] -> [];
    /// Makes a new recovery sheet of this workstation; the one before opens nothing any more.
    clinic::new_sheet: Nothing => clinic::RecoveryPapers, needs ClinicEdit, always, [] -> [session status];
    /// Prints a recovery paper that waits to be read back.
    clinic::print_paper: clinic::PrintPaper => certificates::Printed, needs ClinicEdit, always, [] -> [];
    /// Keeps a recovery paper that waits to be read back as a file.
    clinic::save_paper: clinic::SavePaper => certificates::SavedCertificate, needs ClinicEdit, always, [] -> [];
    /// Changes one's own password.
    access::change_password: access::ChangePassword => Nothing, needs SessionUse, always, [] -> [user];

    /// When the school holds classes.
    clinic::calendar: Nothing => clinic::CalendarView, needs UserRead, never, [calendar] -> [];
    /// Changes when the school holds classes.
    clinic::edit_calendar: clinic::EditCalendar => records::Kept, needs ClinicEdit, always, [] -> [calendar];
    /// What the clinic and its sites are called, and where they are.
    clinic::clinic_and_sites: Nothing => clinic::ClinicView, needs UserRead, never, [clinic site] -> [];
    /// Changes what the clinic is called and what stands at the head of its papers.
    clinic::edit_clinic: Edit<ClinicText> => records::Kept, needs ClinicEdit, always, [] -> [clinic];
    /// Changes what a site is called, and the time zone that decides its day.
    clinic::edit_site: Edit<SiteText> => records::Kept, needs ClinicEdit, always, [] -> [site];
    /// The people who work here.
    clinic::staff: clinic::ListStaff => clinic::Staff, needs UserRead, never, [user session] -> [];
    /// Adds a person who works here, with a first password that they change.
    clinic::add_user: clinic::AddUser => clinic::Added, needs UserEdit, always, [] -> [user];
    /// Changes a person's title, role, position, licence or end.
    clinic::edit_user: clinic::EditUser => clinic::Added, needs UserEdit, always, [] -> [user];
    /// Ends a person's work here: they cannot sign in any more, and what they wrote stays.
    clinic::deactivate_user: clinic::DeactivateUser => clinic::Added, needs UserEdit, always, [] -> [user];
    /// Switches a sign-in on again that too many wrong tries have switched off at this workstation.
    access::release_sign_in: access::ReleaseSignIn => Nothing, needs UserEdit, always, [] -> [session];

    /// Finds people by names in any order, partial or misspelt, by number, phone or birth date.
    patients::find_patients: patients::FindPatients => patients::Found, needs PatientRead, never, [patient] -> [];
    /// The people whose charts this person opened last.
    patients::recent_patients: Nothing => patients::Recent, needs PatientRead, never, [patient] -> [];
    /// The registered people who may be the one being typed.
    patients::similar_patients: patients::SimilarPatients => patients::Similar, needs PatientRead, never, [patient] -> [];
    /// Registers a person.
    patients::register_patient: patients::RegisterPatient => records::Kept, needs PatientRegister, always, [] -> [patient consent];
    /// A person's details for editing.
    patients::patient: records::OfPatient => patients::Details, needs PatientRead, never, [patient] -> [];
    /// Changes a person's details.
    patients::edit_patient: patients::EditPatient => records::Kept, needs PatientEdit, always, [] -> [patient];
    /// Withdraws a registration made by mistake.
    patients::void_patient: patients::VoidPatient => records::Kept, needs PatientVoid, always, [] -> [patient];
    /// What stands above every screen about a person.
    chart::banner: records::OfPatient => chart::Banner, needs PatientRead, never, [patient user timeline status] -> [];
    /// Opens a chart: how much of each kind it holds, what is disputed, the banner and the first of each card.
    chart::chart: chart::OpenChart => chart::Chart, needs ChartRead, opening, [patient user timeline] -> [];
    /// The last of each vital sign, and what the newest of them ask for.
    chart::latest_vitals: records::OfPatient => chart::LatestVitals, needs ChartRead, opening, [patient observation user] -> [];
    /// What happened to a record of a chart: who changed what, when and where, from what to what.
    history::history: history::HistoryOf => history::History, needs ChartRead, opening, [every] -> [];
    /// A page of everything that happened to a person, latest first.
    chart::timeline: chart::TimelineOf => chart::Timeline, needs ChartRead, opening, [patient user timeline files template] -> [];

    /// Writes down what a person, or who decides for them, agreed to: the privacy notice, a guardian's consent.
    patients::record_consent: patients::RecordConsent => records::Kept, needs ConsentTake, always, [] -> [consent];
    /// Records that the person was asked and knows of no allergy.
    patients::declare_no_allergies: patients::DeclareNoAllergies => records::Kept, needs AllergyEdit, always, [] -> [patient];

    /// Starts a visit, with a ticket: somebody arrived, or is with the clinician already.
    visits::start_visit: visits::StartVisit => records::Kept, needs VisitEdit, always, [] -> [visit ticket];
    /// Takes a visit one step on with its ticket, and keeps the time of the step.
    visits::step_visit: visits::StepVisit => records::Kept, needs VisitEdit, always, [] -> [visit ticket];
    /// Changes what a visit is for, who attends, how soon they have to be seen, or where they went.
    visits::edit_visit: Edit<VisitText> => records::Kept, needs VisitEdit, always, [] -> [visit];
    /// What is said of a visit itself: why they came, and where they went from here.
    visits::visit_details: visits::OfVisit => visits::VisitDetails, needs VisitEdit, never, [visit patient] -> [];
    /// The visits under way at this site with their tickets, in the order in which people are called.
    visits::queue: Nothing => visits::Queue, needs PatientRead, never, [visit ticket call patient user workstation] -> [];
    /// Calls a ticket to a room, also once more.
    visits::call: visits::CallTicket => records::Kept, needs QueueRun, always, [] -> [ticket call];
    /// Moves a ticket to another queue, or ends it with its visit because its holder went away.
    visits::step_ticket: visits::StepTicket => records::Kept, needs QueueRun, always, [] -> [ticket visit];
    /// What the waiting room sees: tickets and rooms, and no name.
    visits::board: Nothing => visits::Board, needs QueueRun, never, [ticket call status] -> [];
    /// Prints the logbook of the day: who came, why, who saw them and where they went.
    visits::print_day_sheet: visits::PrintDaySheet => certificates::Printed, needs VisitEdit, always, [visit patient user] -> [];
    /// Keeps the logbook of the day as a PDF where the person chose.
    visits::save_day_sheet: visits::SaveDaySheet => certificates::SavedCertificate, needs VisitEdit, always, [visit patient user] -> [];
    /// Prints blank encounter forms.
    visits::print_encounter_form: visits::PrintEncounterForm => certificates::Printed, needs VisitEdit, always, [] -> [];
    /// A visit with its notes, what was measured in it and its certificates.
    visits::visit: visits::OfVisit => visits::VisitView, needs ChartRead, opening, [visit patient note addendum observation certificate template user] -> [];
    /// Keeps a note and leaves it open; a clinician's takes up a visit that waits.
    visits::save_note: visits::WriteNote => records::Kept, needs NoteWrite, always, [] -> [note visit ticket scratch];
    /// Keeps a note and signs it: from then on it is frozen.
    visits::sign_note: visits::WriteNote => records::Kept, needs NoteSign, always, [] -> [note visit ticket scratch];
    /// Withdraws an open note.
    visits::void_note: records::VoidClaim => records::Kept, needs NoteWrite, always, [] -> [note];
    /// The sets of systems by which a note's examination begins.
    visits::note_sets: visits::ListNoteSets => visits::NoteSets, needs SessionUse, never, [note_set user] -> [];
    /// A version of a set of systems of the clinic's own, also one that no note begins with any more.
    visits::note_set: visits::OfNoteSet => visits::NoteSetRow, needs SessionUse, never, [note_set user] -> [];
    /// Keeps a version of a set of systems of the clinic's own as a draft.
    visits::write_note_set: visits::WriteNoteSet => records::Kept, needs TemplateEdit, always, [] -> [note_set];
    /// Publishes a version of a set of systems of the clinic's own: notes begin with it, and it is frozen.
    visits::publish_note_set: visits::WriteNoteSet => records::Kept, needs TemplatePublish, always, [] -> [note_set];
    /// Withdraws a draft of a set of systems of the clinic's own, or ends a published version.
    visits::void_note_set: records::VoidClaim => records::Kept, needs TemplateEdit, always, [] -> [note_set];
    /// A page of the short texts that a key opens into: one's own, the clinic's, and those that everybody has.
    visits::snippets: visits::ListSnippets => visits::Snippets, needs NoteWrite, never, [snippet] -> [];
    /// Writes a short text of one's own, or of the clinic.
    visits::write_snippet: visits::WriteSnippet => records::Kept, needs NoteWrite, always, [] -> [snippet];
    /// Takes a short text away.
    visits::void_snippet: records::VoidClaim => records::Kept, needs NoteWrite, always, [] -> [snippet];
    /// Adds to a signed note.
    visits::add_addendum: visits::AddAddendum => records::Kept, needs NoteSign, always, [] -> [addendum];
    /// Withdraws what was added to a signed note or form in error.
    addenda::void_addendum: records::VoidClaim => records::Kept, needs NoteSign, always, [] -> [addendum];
    /// A note with its addenda.
    visits::note: visits::OfNote => visits::NoteView, needs ChartRead, opening, [note addendum visit user] -> [];
    /// What can be measured of a person, and what was, latest first.
    visits::vital_signs: records::OfPatient => visits::VitalSigns, needs ChartRead, opening, [patient observation user] -> [];
    /// Records one taking of vital signs, all of it or nothing.
    visits::record_vitals: visits::RecordVitals => visits::VitalsKept, needs ObservationRecord, always, [] -> [observation];
    /// Withdraws a measurement that was entered in error.
    visits::void_vital: records::VoidClaim => records::Kept, needs ObservationRecord, always, [] -> [observation];

    /// The forms that there are, and which of them this person may fill and sign.
    forms::forms: Nothing => forms::Forms, needs SessionUse, never, [user] -> [];
    /// A form as it is filled for somebody: what it asks, what was begun in this visit, and last time's answers.
    forms::form: forms::OpenForm => forms::FormView, needs ChartRead, opening, [filled addendum observation user] -> [];
    /// A page of the forms that were filled for somebody, latest first.
    forms::filled_forms: forms::ListFilled => forms::FilledForms, needs ChartRead, opening, [filled addendum user] -> [];
    /// A filled form.
    forms::filled: forms::OfFilled => forms::FilledView, needs ChartRead, opening, [filled addendum observation user] -> [];
    /// Looks at answers while they are typed; nothing is written.
    forms::check_form: forms::CheckForm => domain::forms::Checked, needs FormFill, never, [filled addendum observation] -> [];
    /// Keeps a form and leaves it open.
    forms::save_form: forms::WriteForm => records::Kept, needs FormFill, always, [] -> [filled scratch];
    /// Keeps a form and signs it: from then on it is frozen.
    forms::sign_form: forms::WriteForm => records::Kept, needs FormSign, always, [] -> [filled scratch];
    /// Prints a form as it was filled, or blank.
    forms::print_form: forms::PrintForm => certificates::Printed, needs ChartRead, always, [filled addendum observation patient user] -> [];
    /// Keeps a form as a PDF where the person chose, as it was filled or blank.
    forms::save_form_pdf: forms::SaveFormPdf => certificates::SavedCertificate, needs FileExport, always, [filled addendum observation patient user] -> [];
    /// Keeps the forms of one name as a table where the person chose.
    forms::export_forms: forms::ExportForms => certificates::SavedCertificate, needs FileExport, always, [filled addendum observation user] -> [];
    /// Adds to a signed form: later answers, and why.
    forms::amend_form: forms::AmendForm => records::Kept, needs FormSign, always, [] -> [addendum];
    /// Withdraws an open form.
    forms::void_form: records::VoidClaim => records::Kept, needs FormFill, always, [] -> [filled];
    /// A page of what was measured of somebody, number by number, latest first.
    measures::measures: measures::ListMeasures => measures::Measures, needs ChartRead, opening, [filled addendum observation] -> [];
    /// What treatments did to the eyes: one measure over time with all that was done, before and after.
    outcome::outcome: outcome::AskOutcome => outcome::EyeOutcome, needs ChartRead, opening, [filled addendum observation medicine background event] -> [];
    /// A page of the treatments of the eyes, latest first.
    outcome::eye_treatments: outcome::ListTreatments => outcome::EyeTreatments, needs ChartRead, opening, [medicine background event] -> [];
    /// Prints the outcome of treatments of the eyes.
    outcome::print_outcome: outcome::PrintOutcome => certificates::Printed, needs ChartRead, always, [patient filled addendum observation medicine background event user] -> [];
    /// Keeps the outcome of treatments of the eyes as a PDF where the person chose.
    outcome::save_outcome: outcome::SaveOutcome => certificates::SavedCertificate, needs FileExport, always, [patient filled addendum observation medicine background event user] -> [];

    /// The mouth of a person on a day: all teeth, what is open, what is planned and what is counted.
    dental::mouth: dental::OfMouth => dental::Mouth, needs ChartRead, opening, [patient tooth_exam tooth_mark procedure user] -> [];
    /// The story of one tooth.
    dental::tooth: dental::OfTooth => dental::ToothStory, needs ChartRead, opening, [patient tooth_exam tooth_mark procedure user] -> [];
    /// One finding of a tooth, whole, to be changed.
    dental::whole_mark: OfRecord => dental::FindingRow, needs ChartRead, opening, [tooth_mark] -> [];
    /// One dental treatment, whole, to be changed.
    dental::whole_treatment: OfRecord => dental::TreatmentRow, needs ChartRead, opening, [patient procedure] -> [];
    /// Writes one look at a mouth down with what is planned, all of it or nothing.
    dental::keep_findings: dental::KeepFindings => records::Kept, needs DentalChart, always, [] -> [tooth_exam tooth_mark procedure];
    /// Changes what is said of a finding, or ends it.
    dental::edit_mark: Edit<ToothMarkText> => records::Kept, needs DentalChart, always, [] -> [tooth_mark];
    /// Withdraws a finding that was entered in error.
    dental::void_mark: records::VoidClaim => records::Kept, needs DentalChart, always, [] -> [tooth_mark];
    /// Withdraws a look at a mouth that was entered in error, with all that was found in it.
    dental::void_exam: records::VoidClaim => records::Kept, needs DentalChart, always, [] -> [tooth_exam tooth_mark];
    /// Plans a treatment.
    dental::plan_treatment: dental::PlanTreatment => records::Kept, needs DentalPlan, always, [] -> [procedure];
    /// Changes a treatment that is still to be done.
    dental::edit_treatment: Edit<ProcedureText> => records::Kept, needs DentalPlan, always, [] -> [procedure];
    /// Writes down who agreed to which treatments.
    dental::agree_treatments: dental::AgreeTreatments => records::Kept, needs ConsentTake, always, [] -> [procedure];
    /// Takes a treatment a step further; done, it leaves its marks.
    dental::step_treatment: dental::StepTreatment => records::Kept, needs DentalPlan, always, [] -> [procedure tooth_mark];
    /// Withdraws a treatment that was entered in error, with the marks that it left.
    dental::void_treatment: records::VoidClaim => records::Kept, needs DentalPlan, always, [] -> [procedure tooth_mark];
    /// Prints the plan of a mouth.
    dental::print_plan: dental::PrintPlan => certificates::Printed, needs DentalChart, always, [patient tooth_exam tooth_mark procedure user] -> [];
    /// Keeps the plan of a mouth as a PDF where the person chose.
    dental::save_plan: dental::SavePlan => certificates::SavedCertificate, needs DentalChart, always, [patient tooth_exam tooth_mark procedure user] -> [];

    /// Names of illnesses by what was typed of them, with their codes: in any order, misspelt, in lay words, by code.
    codes::find_codes: codes::FindCodes => codes::CodesFound, needs NoteWrite, never, [code_pack note] -> [];
    /// Keeps a name on top of what this person finds, or not any more.
    codes::pin_code: codes::PinCode => Nothing, needs NoteWrite, never, [] -> [];
    /// The files of codes that the clinic has, and which of them were given to this workstation.
    codes::code_packs: Nothing => codes::CodePacks, needs CodeEdit, never, [code_pack user] -> [];
    /// Looks at a file of codes, or takes it in with its licence confirmed.
    codes::take_in_codes: codes::TakeInCodes => codes::CodesTaken, needs CodeEdit, always, [] -> [code_pack];
    /// Ends the use of a file of codes.
    codes::end_codes: codes::EndCodes => records::Kept, needs CodeEdit, always, [] -> [code_pack];
    /// What signed notes and problems say without a code; not whose they are.
    codes::uncoded: codes::UncodedAfter => codes::Uncoded, needs CodeEdit, always, [code_pack note problem] -> [];

    /// The templates that certificates are written on.
    certificates::templates: Nothing => certificates::Templates, needs CertificateDraft, never, [template user] -> [];
    /// Begins a certificate.
    certificates::draft_certificate: certificates::DraftCertificate => records::Kept, needs CertificateDraft, always, [] -> [certificate visit];
    /// Changes a certificate before it is issued.
    certificates::edit_certificate: Edit<CertificateText> => records::Kept, needs CertificateDraft, always, [] -> [certificate];
    /// Hands a certificate to whoever may issue it.
    certificates::submit_certificate: certificates::StepCertificate => records::Kept, needs CertificateDraft, always, [] -> [certificate];
    /// Takes one's own submission back, to go on writing.
    certificates::take_back_certificate: certificates::StepCertificate => records::Kept, needs CertificateDraft, always, [] -> [certificate];
    /// Sends a submitted certificate back with a reason.
    certificates::return_certificate: certificates::StepCertificate => records::Kept, needs CertificateApprove, always, [] -> [certificate];
    /// Refuses a submitted certificate for good.
    certificates::reject_certificate: certificates::StepCertificate => records::Kept, needs CertificateApprove, always, [] -> [certificate];
    /// Issues a certificate: number, signature and page in one act.
    certificates::issue_certificate: certificates::IssueCertificate => certificates::Issued, needs CertificateApprove, always, [] -> [certificate number_block];
    /// Revokes an issued certificate.
    certificates::revoke_certificate: certificates::StepCertificate => records::Kept, needs CertificateRevoke, always, [] -> [certificate];
    /// One certificate: what it says, what it lacks, what may be done with it and what happened to it.
    certificates::certificate: certificates::OfCertificate => certificates::CertificateView, needs CertificatePrint, opening, [certificate patient template user visit note audit calendar workstation site status filled addendum] -> [];
    /// The pages of a certificate as pictures: as it will be issued, or as it was.
    certificates::certificate_pages: certificates::PagesOf => certificates::CertificatePages, needs CertificatePrint, never, [certificate clinic patient site template user calendar filled addendum] -> [];
    /// The pages of what was typed, before anything is written.
    certificates::preview_certificate: certificates::PreviewCertificate => certificates::CertificatePreview, needs CertificateDraft, never, [clinic patient site template user calendar workstation filled addendum] -> [];
    /// The file of a certificate, to be kept outside.
    certificates::certificate_file: certificates::OfCertificate => certificates::CertificateFile, needs CertificatePrint, always, [certificate clinic patient site template user calendar filled addendum] -> [];
    /// Keeps a copy of an issued certificate where the person chose.
    certificates::save_certificate: certificates::SaveCertificate => certificates::SavedCertificate, needs CertificatePrint, always, [certificate clinic patient site template user calendar] -> [];
    /// Keeps issued spectacles as a FHIR VisionPrescription where the person chose.
    certificates::export_spectacles: certificates::SaveCertificate => certificates::SavedCertificate, needs FileExport, always, [certificate user] -> [];
    /// The printers of this machine.
    certificates::printers: Nothing => certificates::Printers, needs CertificatePrint, never, [] -> [];
    /// Prints a certificate: the PDF that was issued, or a draft with DRAFT across it.
    certificates::print_certificate: certificates::PrintCertificate => certificates::Printed, needs CertificatePrint, always, [] -> [audit];
    /// The public key with which anybody checks what this person has issued at this workstation.
    certificates::issuing_key: Nothing => certificates::IssuingPublic, needs UserRead, never, [] -> [];
    /// A page of a list of certificates.
    certificates::certificates: certificates::ListCertificates => certificates::Certificates, needs CertificatePrint, never, [certificate patient user template] -> [];
    /// The certificates of one person.
    certificates::certificates_of: records::OfPatient => certificates::CertificatesOf, needs CertificatePrint, never, [certificate patient user template] -> [];
    /// Whether a certificate's code is genuine and still holds, and what its paper must read; also by its number.
    verify::verify_certificate: verify::VerifyCertificate => verify::VerifiedCertificate, needs CertificatePrint, always, [certificate number_block patient user template workstation issuer clinic] -> [];

    /// A page of the files of a chart, latest first.
    files::files: files::ListFiles => files::Files, needs ChartRead, opening, [attachment patient user workstation files] -> [];
    /// One file: what is said of it, and where its bytes are.
    files::file: files::OfFile => files::FileView, needs ChartRead, opening, [attachment user workstation files] -> [];
    /// Pages of a file as pictures.
    files::file_pages: files::PagesOfFile => files::FilePages, needs ChartRead, never, [attachment files] -> [];
    /// Looks at a file before it is filed: what it is, what will be kept of it, and whom it names.
    files::look_at_file: files::LookAtFile => files::FileLooked, needs FileAdd, never, [attachment patient] -> [];
    /// Adds a file to a chart.
    files::add_file: files::AddFile => files::FileAdded, needs FileAdd, always, [] -> [attachment files];
    /// Changes what is said of a file.
    files::edit_file: Edit<AttachmentText> => records::Kept, needs FileEdit, always, [] -> [attachment];
    /// The results that nobody has read, those first that wait longest.
    files::unread_files: files::ListUnread => files::UnreadFiles, needs NoteSign, never, [attachment patient user] -> [];
    /// Notes that the person has read a result.
    files::read_file: files::ReadFile => records::Kept, needs NoteSign, always, [] -> [attachment];
    /// Withdraws a file that was filed in error.
    files::void_file: records::VoidClaim => records::Kept, needs FileVoid, always, [] -> [attachment];
    /// Moves a file that was filed in the wrong chart to whom it belongs.
    files::move_file: files::MoveFile => files::FileMoved, needs FileVoid, always, [] -> [attachment];
    /// Keeps a copy of a file where the person chose.
    files::save_file: files::SaveFile => certificates::SavedCertificate, needs FileExport, always, [attachment] -> [];
    /// Prints a copy of a file, each page marked as one.
    files::print_file: files::PrintFile => certificates::Printed, needs FileExport, always, [attachment patient user] -> [audit];
    /// Writes the files of a chart for another system where the person chose: one FHIR R4 bundle.
    files::export_files: files::ExportFiles => files::FilesExported, needs FileExport, always, [attachment patient visit user] -> [];
    /// Asks for the bytes of a file that are not here: they come before all others.
    files::fetch_file: files::OfFile => files::FileState, needs ChartRead, never, [] -> [files];
    /// The papers that the scanner has written and that wait for a patient.
    files::tray: Nothing => files::Tray, needs FileAdd, never, [files] -> [];
    /// Chooses the folder into which the scanner of this workstation writes, or none.
    files::set_tray: files::SetTray => Nothing, needs FileAdd, always, [] -> [files];
    /// Files a paper of the tray; its original goes once that is done.
    files::assign_from_tray: files::AssignFromTray => files::FileAdded, needs FileAdd, always, [] -> [attachment files];

    /// Takes in a FHIR R4 bundle: all of it or nothing.
    import::import_fhir: import::ImportFhir => import::Imported, needs ImportRun, always, [] -> [patient timeline files];

    /// Opens a registrar's list: CSV, XLSX, XLS or ODS. Nothing is written but at this workstation.
    lists::open_list: lists::OpenList => lists::HeldList, needs ImportRun, always, [] -> [import_run list];
    /// The list that is in hand at this workstation.
    lists::list_in_hand: Nothing => lists::InHand, needs ImportRun, never, [list] -> [];
    /// Looks at the next rows of the list in hand: what each comes to.
    lists::look_at_list: lists::LookAtList => lists::HeldList, needs ImportRun, never, [] -> [import_run list];
    /// A page of the rows that come to one thing.
    lists::list_rows: lists::ListRows => lists::RowsOfList, needs ImportRun, never, [list patient] -> [];
    /// Decides about a row of the list in hand.
    lists::settle_row: lists::SettleRow => lists::HeldList, needs ImportRun, always, [] -> [list];
    /// Decides about all its rows that say something else than what stands here.
    lists::settle_rows: lists::SettleRows => lists::HeldList, needs ImportRun, always, [] -> [list];
    /// Takes in the next rows of the list in hand.
    lists::apply_list: lists::ApplyList => lists::HeldList, needs ImportRun, always, [] -> [patient enrolment import_run list];
    /// Lets go of the list in hand; what was taken in stays.
    lists::forget_list: lists::OfList => Nothing, needs ImportRun, always, [] -> [import_run list];

    /// Keeps typing as it was typed.
    scratch::keep_scratch: scratch::KeepScratch => scratch::ScratchKept, needs SessionUse, never, [] -> [scratch];
    /// What this person left unfinished.
    scratch::scratches: Nothing => scratch::Scratches, needs SessionUse, never, [scratch] -> [];

    /// What waits for a person to settle it.
    conflicts::conflicts: conflicts::ListConflicts => conflicts::Conflicts, needs ConflictResolve, never, [every] -> [];
    /// Settles a clash by choosing what holds.
    conflicts::resolve_conflict: conflicts::ResolveConflict => records::Kept, needs ConflictResolve, always, [] -> [every];
    /// Withdraws a record of which two differ in what is written once.
    conflicts::withdraw_disputed: records::VoidClaim => records::Kept, needs ConflictResolve, always, [] -> [timeline];

    /// Who opened a person's chart, and when.
    looked::who_looked: records::OfPatient => looked::Looked, needs AccessRead, always, [audit user] -> [];
    /// Asks the server who opened a person's chart at the other computers; it answers with the next exchange.
    looked::ask_who_looked: records::OfPatient => Nothing, needs AccessRead, always, [] -> [status];
    /// Who opened a person's chart at the other computers, as far as the server has told whoever asked.
    looked::looked_elsewhere: records::OfPatient => looked::LookedElsewhere, needs AccessRead, never, [status user workstation] -> [];
    /// A page of the audit trail, latest first.
    audit::audit_trail: audit::AuditTrail => audit::Trail, needs AuditRead, always, [audit user patient] -> [];
    /// Keeps entries of the audit trail as a table where the person chose, with the reason.
    audit::export_trail: audit::ExportTrail => audit::TrailExported, needs AuditRead, always, [audit user patient] -> [audit];
    /// Checks the audit trail entry by entry against its signed heads.
    audit::verify_audit: Nothing => audit::Verified, needs AuditRead, always, [audit] -> [];

    /// Attaches the clinic to a server that has none yet.
    sync::attach: sync::Attach => Nothing, needs WorkstationEdit, always, [] -> [server status];
    /// Takes the new key of a server that was set up anew.
    sync::trust_server: sync::TrustServer => Nothing, needs WorkstationEdit, always, [] -> [server status];
    /// The installations whose backups lie in a place.
    restore::restore_sources: restore::RestoreFrom => restore::RestoreSources, needs BackupRestore, never, [] -> [];
    /// The stores that were set aside at this workstation.
    restore::stores_set_aside: Nothing => restore::StoresSetAside, needs BackupRestore, never, [] -> [];
    /// What bringing a backup back would do; nothing is written.
    restore::plan_restore: restore::Restore => restore::RestorePlan, needs BackupRestore, always, [every] -> [];
    /// Brings a backup back: takes in what is unknown here, or sets the store here aside.
    restore::restore: restore::Restore => restore::Restored, needs BackupRestore, always, [] -> [every session status backups];
    /// Goes on as another installation, where the server has other entries under this workstation's numbers.
    sync::rejoin: sync::Rejoin => sync::Rejoined, needs WorkstationEdit, always, [] -> [every session status];
    /// Introduces this workstation once more to a server that was put back to before it joined.
    sync::introduce_again: Nothing => Nothing, needs WorkstationEdit, always, [] -> [status];
    /// Gives leave for one more workstation: a code that holds for ten minutes.
    enrol::enrolment_code: enrol::EnrolmentCode => enrol::CodeGiven, needs WorkstationEdit, always, [] -> [workstation];
    /// Asks for an exchange of records with the server now; the state tells how it went.
    sync::send_now: Nothing => Nothing, needs SyncRun, never, [] -> [status];
    /// What sync can say for itself: where the records are safe, what waits, what was refused and why.
    sync::sync_report: Nothing => sync::SyncReport, needs StoreCheck, never, [every status] -> [];
    /// Notes that somebody has looked at a refused transaction; it stays where it is.
    sync::set_aside: sync::SetAside => Nothing, needs SyncRun, always, [] -> [status];
    /// Writes what the server refused without a known reason anew, under the name of whoever asks.
    sync::write_anew: sync::WriteAnew => records::Kept, needs SyncRun, always, [] -> [every status];
    /// The clinic's workstations.
    workstations::workstations: Nothing => workstations::Workstations, needs UserRead, never, [workstation site status] -> [];
    /// Ends a workstation: from then on it may not exchange records any more.
    workstations::revoke_workstation: workstations::RevokeWorkstation => records::Kept, needs WorkstationEdit, always, [] -> [workstation];
    /// The state of sync, store and clock in words that the top bar shows.
    status::status: Nothing => status::Status, needs StoreCheck, never, [every status] -> [];
    /// Goes on from this computer's clock, which is behind what was written down while it ran ahead.
    status::acknowledge_clock: Nothing => Nothing, needs WorkstationEdit, always, [] -> [status];
    /// Sets aside what the opening of the store found: somebody who answers for the computers has seen it.
    findings::acknowledge_findings: Nothing => Nothing, needs WorkstationEdit, always, [] -> [status];
    /// Checks the log of everybody entry by entry, against its digests and against all that vouches for it.
    status::check_log: Nothing => status::LogChecked, needs StoreCheck, always, [every] -> [];
    /// Checks every page of the store's file, every table, every index, and every file of a chart that is kept here.
    status::check_store: Nothing => status::StoreChecked, needs StoreCheck, always, [] -> [files];
    /// Makes every table again from the log and names those that differed.
    status::rebuild: status::Rebuild => status::RebuildReport, needs StoreCheck, always, [] -> [every status];

    /// Where the backups of this workstation are, what is in none, and what came of the last trial.
    backups::backups: Nothing => backups::Backups, needs BackupRun, never, [every backups jobs] -> [];
    /// The moments that can be brought back from a target, latest first.
    backups::restore_points: backups::PointsOf => backups::RestorePoints, needs BackupRun, never, [workstation backups] -> [];
    /// Asks for a backup now.
    backups::back_up_now: backups::BackUpNow => Nothing, needs BackupRun, always, [] -> [jobs];
    /// Changes where backups go.
    backups::edit_targets: backups::EditTargets => backups::Backups, needs BackupEdit, always, [] -> [backups jobs];
    /// Asks that a backup is read whole.
    backups::check_backup: backups::OfTarget => Nothing, needs BackupEdit, always, [] -> [jobs];
    /// Asks for a trial: a backup is restored into a folder of its own and compared.
    backups::test_restore: backups::OfTarget => Nothing, needs BackupEdit, always, [] -> [jobs];
    /// Signs the last trial of a target off.
    backups::sign_rehearsal: backups::SignRehearsal => records::Kept, needs RehearsalSign, always, [] -> [rehearsal backups];
    /// The work of this workstation that nobody waits for.
    jobs::jobs: Nothing => jobs::Jobs, needs BackupRun, never, [jobs] -> [];
    /// Stops a job; what it has written stays.
    jobs::cancel_job: jobs::CancelJob => Nothing, needs BackupEdit, always, [] -> [jobs];
    /// The settings as they hold here, and who chose them.
    settings::settings: Nothing => settings::Settings, needs StoreCheck, never, [setting] -> [];
    /// Chooses for the clinic, this site or this workstation.
    settings::set_setting: settings::SetSetting => records::Kept, needs SettingEdit, always, [] -> [setting];
}

/// The command by which this workstation becomes another installation.
const GOES_ON: &str = "rejoin";
/// The command by which another store takes the place of this one.
const RESTORES: &str = "restore";

/// Runs the command `name` with JSON `input` for `window`; the answer is JSON.
///
/// # Errors
/// [`Refusal`].
pub fn call(desk: &mut Desk, window: Window, name: &str, input: &str) -> Result<String, Refusal> {
    let command = COMMANDS.iter().find(|command| command.name == name && window.offers(command));
    let command = command.ok_or_else(|| Refusal::new(Code::UnknownCommand))?;
    if command.writes_records()
        && let Some(barred) = desk.bars_writing()
    {
        // Where the server has others under their numbers, what is missing does not come back by itself.
        let goes_on = name == GOES_ON && [Code::StoreBehind, Code::Restored].contains(&barred.code);
        // A store that takes nothing in is set aside whole.
        if !(goes_on || name == RESTORES && restore::replaces(input)) {
            return Err(barred);
        }
    }
    if !command.stales.is_empty() {
        desk.typed = desk.world.clock.monotonic();
    }
    (command.run)(desk, command, input).map_err(|refusal| desk.heard(refusal))
}

/// The tags that the command `name` makes stale.
#[must_use]
pub fn stales(name: &str) -> Tags {
    COMMANDS.iter().find(|command| command.name == name).map(|command| command.stales).unwrap_or_default()
}

/// Whether the desk is closed once the command `name` ended so: a sign-out closes it also where the disk has no room to note it.
#[must_use]
pub fn closes(name: &str, refusal: Option<&Refusal>) -> bool {
    let unnoted = |refusal: &Refusal| matches!(refusal.code, Code::DiskFull | Code::StoreFailed);
    name == "sign_out" && refusal.is_none_or(unnoted)
}

fn read<T: serde::de::DeserializeOwned>(input: &str) -> Result<T, Refusal> {
    // The error's own text quotes the input, which may be a person's data: only the place is kept.
    serde_json::from_str(input).map_err(|error| {
        Refusal::new(Code::WrongInput).with("line", error.line()).with("column", error.column())
    })
}

/// A type without a declaration of its own stands in the interface itself.
fn unexportable(error: ts_rs::ExportError) -> Result<(), ts_rs::ExportError> {
    match error {
        ts_rs::ExportError::CannotBeExported(_) => Ok(()),
        error => Err(error),
    }
}
