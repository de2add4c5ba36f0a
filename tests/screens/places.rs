//! The visits: one line a screen. A new route, tab or form of the task pane needs a line here, or
//! [`crate::routes`] says so.

use domain::access::Permission;
use domain::kinds;
use domain::record::Verb;
use tests::claims::{CLAIMS, Claim};

use Act::{Key, Open, Press, Read, Save, Type};
use Permission::{
    AllergyEdit, AuditRead, BackupEdit, BackupRestore, CertificateDraft, CertificatePrint, ChartRead,
    CodeEdit, ConflictResolve, ConsentTake, DentalChart, DentalPlan, FileAdd, FileVoid, FormSign, ImportRun,
    NoteSign, NoteWrite, ObservationRecord, PatientEdit, PatientRead, PatientRegister, PatientVoid,
    ProblemEdit, QueueRun, SessionUse, SpectaclesSign, StoreCheck, TemplateEdit, UserEdit, VisitEdit,
    WorkstationEdit,
};

/// A screen to look at.
#[derive(Clone, Copy)]
pub struct Visit {
    /// Its name, and its pictures'.
    pub name: &'static str,
    /// Its route as `ui/src/app/router.tsx` writes it.
    pub route: &'static str,
    /// What follows the route's own part of the address, with `{kind}` for the id of that record.
    pub search: &'static str,
    /// What opens it; whoever has not, does not go there. Of what asks for two, the one that fewer have.
    pub needs: Permission,
    /// Words that are there when it is drawn.
    pub shows: &'static str,
    /// What is done there before it is looked at.
    pub acts: &'static [Act],
}

/// Something that a person does.
pub enum Act {
    /// Presses what has this name.
    Press(&'static str),
    /// Opens the row of a list in which these words stand.
    Open(&'static str),
    /// Presses a key that works anywhere.
    Key(&'static str),
    /// Saves by the keys of every form.
    Save,
    /// Types into the field with this label.
    Type(&'static str, &'static str),
    /// Waits for words.
    Read(&'static str),
}

const fn visit(
    name: &'static str,
    route: &'static str,
    search: &'static str,
    needs: Permission,
    shows: &'static str,
) -> Visit {
    Visit { name, route, search, needs, shows, acts: &[] }
}

impl Visit {
    const fn does(self, acts: &'static [Act]) -> Self {
        Self { acts, ..self }
    }
}

const CHART: &str = "/patients/$patient";

/// Everywhere that somebody at work can go: the forms of every kind that is said of a person, and these.
pub fn visits() -> Vec<Visit> {
    let forms = CLAIMS.iter().flat_map(|claim| [("add", ""), ("edit", ".{}")].map(|act| form(claim, act)));
    forms.chain(VISITS.iter().copied()).collect()
}

/// The form that adds one, or changes one.
fn form(Claim { kind, label, .. }: &Claim, (act, of): (&str, &str)) -> Visit {
    let search = format!("?task={kind}.{act}{}", of.replace("{}", &format!("{{{kind}}}")));
    let needs = kinds::kind(kind).and_then(|kind| kind.permission(Verb::Create)).unwrap_or(ChartRead);
    // Who edits a person's details does not always open the chart, where the form stands.
    let needs = if needs == PatientEdit { ChartRead } else { needs };
    visit(format!("{kind}-{act}").leak(), CHART, search.leak(), needs, label)
}

const VISITS: &[Visit] = &[
    visit("today", "/today", "", SessionUse, "Left unfinished"),
    visit("find", "/today", "", PatientRead, "Left unfinished").does(&[Key("/"), Read("Commands")]),
    visit("found", "/today", "", PatientRead, "Left unfinished").does(&[
        Key("/"),
        Read("Commands"),
        Type("Find a patient", "mejia"),
        Read("Mejía"),
    ]),
    visit("shortcuts", "/today", "", SessionUse, "Left unfinished").does(&[Key("?"), Read("Close")]),
    visit("sync", "/today", "", SessionUse, "Left unfinished")
        .does(&[Press("needs you"), Read("Sync and health")]),
    visit("patients", "/patients", "", PatientRead, "Patients"),
    visit("queue", "/queue", "", QueueRun, "Show the board"),
    visit("register", "/patients/new", "", PatientRegister, "Family name"),
    visit("register-alike", "/patients/new", "", PatientRegister, "Family name").does(&[
        Type("Family name", "Mejía"),
        Type("Given names", "Gustavo"),
        Read("Open"),
    ]),
    visit("chart", CHART, "", PatientRead, "Mejía"),
    visit("chart-timeline", CHART, "?tab=timeline", ChartRead, "Mejía"),
    visit("chart-visits", CHART, "?tab=visits", ChartRead, "Acute tonsillitis"),
    visit("chart-vitals", CHART, "?tab=vitals", ChartRead, "168"),
    visit("chart-dental", CHART, "?tab=dental", ChartRead, "Teeth on"),
    visit("chart-dental-missing", CHART, "?tab=dental", DentalChart, "Keep findings")
        .does(&[Save, Read("Nothing is called yet")]),
    visit("chart-dental-called", CHART, "?tab=dental", DentalChart, "Keep findings").does(&[
        Type("Tooth, surfaces, code", "37 OD 1 D"),
        Press("All sound, then these"),
        Read("All sound, but for what is called"),
    ]),
    visit("mark", CHART, "?task=mark.edit.{tooth_mark}.36", DentalChart, "Change a finding"),
    visit("mark-withdraw", CHART, "?task=mark.withdraw.{tooth_mark}.36", DentalChart, "Withdraw a finding"),
    visit("exam-withdraw", CHART, "?task=exam.withdraw.{tooth_exam}.11", DentalChart, "Withdraw a look"),
    visit("treatment", CHART, "?task=treatment.add", DentalPlan, "Teeth and surfaces"),
    visit("treatment-change", CHART, "?task=treatment.edit.{procedure}", DentalPlan, "Teeth and surfaces"),
    visit("treatment-step", CHART, "?task=treatment.step.{procedure}", DentalPlan, "Where it goes"),
    visit(
        "treatment-withdraw",
        CHART,
        "?task=treatment.withdraw.{procedure}",
        DentalPlan,
        "Withdraw a treatment",
    ),
    visit("agree", CHART, "?task=agree", DentalChart, "Record an agreement"),
    visit("chart-eye", CHART, "?tab=eye", ChartRead, "Optic disc"),
    // A form that a role may not fill in says so.
    visit("form-acuity", CHART, "?tab=eye&task=form eye.acuity", ChartRead, "Optic disc"),
    visit("form-refraction", CHART, "?tab=eye&task=form eye.refraction", ChartRead, "Optic disc"),
    visit("form-pressure", CHART, "?tab=eye&task=form eye.pressure", ChartRead, "Optic disc"),
    visit("form-fundus", CHART, "?tab=eye&task=form eye.fundus", ChartRead, "Optic disc"),
    visit("form-dental", CHART, "?tab=dental&task=form dental.visit", DentalChart, "Teeth on"),
    visit("form-bpe", CHART, "?tab=dental&task=form dental.bpe", DentalChart, "Teeth on"),
    visit("form-hygiene", CHART, "?tab=dental&task=form dental.hygiene", DentalChart, "Teeth on"),
    visit("chart-outcome", CHART, "?tab=eye", ChartRead, "Optic disc")
        .does(&[Press("Outcome"), Read("Counted from")]),
    visit("form-amend", CHART, "?tab=eye&task=form.amend.{refraction}", FormSign, "Optic disc"),
    visit(
        "spectacles",
        "/patients/$patient/certificates/new",
        "?spectacles={refraction}",
        SpectaclesSign,
        "Template",
    ),
    visit("form-withdraw", CHART, "?tab=eye&task=form.withdraw.{filled}", NoteWrite, "Withdraw a form"),
    visit("chart-medicines", CHART, "?tab=medicines", ChartRead, "salbutamol"),
    visit("chart-immunisations", CHART, "?tab=immunisations", ChartRead, "Influenza"),
    visit("chart-documents", CHART, "?tab=documents", NoteWrite, "Submitted"),
    visit("file", CHART, "?task=file {file}", ChartRead, "Haemoglobin 131 g/l"),
    visit("file-two", CHART, "?task=file {file}", ChartRead, "Haemoglobin 131 g/l")
        .does(&[Key("c"), Read("Protein negative")]),
    visit("file-add", CHART, "?tab=documents&task=attachment.add", FileAdd, "Choose files"),
    visit("file-edit", CHART, "?tab=documents&task=attachment.edit.{file}", FileVoid, "Taken on"),
    visit("file-move", CHART, "?tab=documents&task=attachment.move.{file}", FileVoid, "To whom")
        .does(&[Save, Read("Choose the person")]),
    visit("file-withdraw", CHART, "?tab=documents&task=attachment.withdraw.{file}", FileVoid, "Withdraw"),
    visit("chart-who-looked", CHART, "?tab=who_looked", NoteWrite, "Opened a chart"),
    visit("allergies", CHART, "?task=allergies", ChartRead, "penicillin"),
    visit("allergy-withdraw", CHART, "?task=allergy.withdraw.{allergy}", AllergyEdit, "Withdraw"),
    visit("problem-missing", CHART, "?task=problem.add", ProblemEdit, "Problem").does(&[Save]),
    visit("history", CHART, "?task=history {problem}", ChartRead, "Asthma, mild intermittent"),
    visit("consent", CHART, "?task=consent", ConsentTake, "Version of the text"),
    visit("visit-change", CHART, "?task=visit {visit}", VisitEdit, "Kind of visit"),
    visit("note", CHART, "?task=note {visit}", ChartRead, "Visit note"),
    visit("note-read", CHART, "?task=note {visit} {note}", ChartRead, "No rash."),
    visit("note-withdraw", CHART, "?task=withdraw {visit} {open_note}", NoteWrite, "Withdraw a note"),
    visit("addendum", CHART, "?task=addendum {visit} {note}", NoteSign, "Why it is added"),
    visit("vital-withdraw", CHART, "?task=vital {vital}", ObservationRecord, "Withdraw measurements"),
    visit("details", "/patients/$patient/details", "", PatientEdit, "Family name"),
    visit("details-withdraw", "/patients/$patient/details", "", PatientVoid, "Family name").does(&[
        Press("Registered by mistake…"),
        Save,
        Read("Say why"),
    ]),
    visit(
        "details-withdrawing",
        "/patients/$patient/details",
        "?withdraw=true",
        PatientVoid,
        "What was wrong",
    ),
    visit("certificates", "/certificates", "", CertificatePrint, "Certificates"),
    visit("certificates-drafts", "/certificates", "?list=drafts", CertificatePrint, "Certificates"),
    visit("certificate", "/certificates/$certificate", "", CertificatePrint, "Submitted"),
    visit("certificate-new", "/patients/$patient/certificates/new", "", CertificateDraft, "Template"),
    visit("snippets", "/snippets", "", NoteWrite, ".throat"),
    visit("snippet-missing", "/snippets", "", NoteWrite, ".throat").does(&[Press("Write a snippet"), Save]),
    visit("note-sets", "/note-sets", "", SessionUse, "Wellness, fitness"),
    visit("note-set", "/note-sets", "", TemplateEdit, "Wellness, fitness")
        .does(&[Press("Write a set"), Save]),
    visit("conflicts", "/conflicts", "", ConflictResolve, "Macaraeg"),
    visit("health", "/health", "", StoreCheck, "Recovery sheet"),
    visit("health-checked", "/health", "", StoreCheck, "Recovery sheet")
        .does(&[Press("Check now"), Read("Every table is what the log says")]),
    visit("admin", "/admin", "", UserEdit, "maria.reyes"),
    visit("admin-add", "/admin", "", UserEdit, "maria.reyes").does(&[Press("Add a person"), Save]),
    visit("admin-release", "/admin", "", UserEdit, "Sign-in off here").does(&[
        Open("Nina Abad"),
        Press("Release the sign-in"),
        Read("somebody may have been guessing"),
    ]),
    visit("admin-health", "/admin/health", "", UserEdit, "Recovery sheet"),
    visit("workstations", "/admin/workstations", "", WorkstationEdit, "This computer"),
    visit("workstations-missing", "/admin/workstations", "", WorkstationEdit, "This computer")
        .does(&[Press("Attach the clinic"), Read("This is needed")]),
    visit("clinic", "/admin/clinic", "", UserEdit, "Name of the site"),
    visit("calendar", "/admin/calendar", "", UserEdit, "School years"),
    visit("codes", "/admin/codes", "", CodeEdit, "Starter set"),
    visit("codes-uncoded", "/admin/codes", "", CodeEdit, "Starter set")
        .does(&[Press("Show them"), Read("no code")]),
    visit("backups", "/admin/backups", "", UserEdit, "No backup leaves this computer."),
    visit("backups-target-missing", "/admin/backups", "", BackupEdit, "No backup leaves this computer.")
        .does(&[Press("Where backups go"), Save]),
    visit("backups-restore", "/admin/backups", "", BackupRestore, "No backup leaves this computer.").does(&[
        Press("Restore from another place"),
        Read("Choose the folder that holds"),
        Key("\u{e004}"),
    ]),
    visit("list", "/admin/list", "", ImportRun, "Choose a list"),
    visit("import", "/admin/import", "", ImportRun, "Choose files"),
    visit("trail", "/admin/trail", "", AuditRead, "Imported records from files"),
    visit("trail-checked", "/admin/trail", "", AuditRead, "Imported records from files")
        .does(&[Press("Check the trail"), Read("The trail is whole")]),
];
