//! Who may do what: permissions, roles, and the one question [`allowed`] that the workstation and
//! the server both ask. The page never decides.

mod password;
mod roles;
mod throttle;

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use password::{PasswordFault, check_password};
pub use roles::{Role, grants, matrix};
pub use throttle::{CAP, Throttle};

use crate::record::Entries;
use crate::record::Hex;
use crate::{PartialDate, RecordId, choice, entry, record};

choice! {
    /// What a person may be allowed to do.
    pub enum Permission {
        /// Open charts and find people.
        PatientRead = "patient.read",
        /// Register people.
        PatientRegister = "patient.register",
        /// Change a person's details.
        PatientEdit = "patient.edit",
        /// Withdraw a registration made by mistake.
        PatientVoid = "patient.void",
        /// Write down what a person, or who decides for them, agreed to.
        ConsentTake = "consent.take",
        /// See allergies, problems, immunisations, medicines, visits and results.
        ChartRead = "chart.read",
        /// Record and withdraw allergies.
        AllergyEdit = "allergy.edit",
        /// Record problems and their progress.
        ProblemEdit = "problem.edit",
        /// Record immunisations.
        ImmunisationEdit = "immunisation.edit",
        /// Record the medicines that a person takes.
        MedicineEdit = "medicine.edit",
        /// Start, move and close visits.
        VisitEdit = "visit.edit",
        /// Record vital signs and other observations.
        ObservationRecord = "observation.record",
        /// Run the queue: call tickets, move them, end those of who left.
        QueueRun = "queue.run",
        /// Write a visit's note.
        NoteWrite = "note.write",
        /// Sign a visit's note and add to a signed one.
        NoteSign = "note.sign",
        /// Write down what is seen and found of teeth.
        DentalChart = "dental.chart",
        /// Plan dental treatment, and say that it was done.
        DentalPlan = "dental.plan",
        /// Fill forms, those that name the role.
        FormFill = "form.fill",
        /// Sign forms, those that name the role.
        FormSign = "form.sign",
        /// Draft certificates and submit them.
        CertificateDraft = "certificate.draft",
        /// Issue, return and reject certificates.
        CertificateApprove = "certificate.approve",
        /// Prescribe spectacles.
        SpectaclesSign = "spectacles.sign",
        /// Revoke issued certificates.
        CertificateRevoke = "certificate.revoke",
        /// Print and save issued certificates.
        CertificatePrint = "certificate.print",
        /// Add files to charts.
        FileAdd = "file.add",
        /// Change what is said of a file.
        FileEdit = "file.edit",
        /// Withdraw files and move them to another person.
        FileVoid = "file.void",
        /// Keep copies of files outside of the records.
        FileExport = "file.export",
        /// Edit certificate templates.
        TemplateEdit = "template.edit",
        /// Publish the clinic's own sets of the examination.
        TemplatePublish = "template.publish",
        /// Take code systems in and end their use.
        CodeEdit = "code.edit",
        /// Settle conflicts.
        ConflictResolve = "conflict.resolve",
        /// Import records from files.
        ImportRun = "import.run",
        /// See the people who work here.
        UserRead = "user.read",
        /// Add, change and deactivate the people who work here.
        UserEdit = "user.edit",
        /// Change the clinic and its sites.
        ClinicEdit = "clinic.edit",
        /// Attach the clinic to a server, enrol and revoke workstations.
        WorkstationEdit = "workstation.edit",
        /// Read the audit trail and verify it.
        AuditRead = "audit.read",
        /// See who opened a chart.
        AccessRead = "access.read",
        /// Exchange records with the server.
        SyncRun = "sync.run",
        /// Back up now, and see the backups.
        BackupRun = "backup.run",
        /// Say where backups go, check them and try one out.
        BackupEdit = "backup.edit",
        /// Bring records back from a backup.
        BackupRestore = "backup.restore",
        /// Sign a rehearsal off.
        RehearsalSign = "rehearsal.sign",
        /// Change settings.
        SettingEdit = "setting.edit",
        /// See the state of this workstation and check its store.
        StoreCheck = "store.check",
        /// Use one's own session.
        SessionUse = "session.use",
    }
}

choice! {
    /// What a licence is for.
    pub enum LicenceKind {
        /// To practise a profession.
        Practice = "practice",
        /// To prescribe controlled medicines.
        Controlled = "controlled",
        /// To receive fees, as printed on receipts.
        Tax = "tax",
    }
}

entry! {
    /// A licence.
    pub struct Licence {
        /// What it is for; where nothing is said, to practise.
        kind: LicenceKind,
        /// Its number, as it is printed beside a signature.
        number: String,
        /// Who issued it.
        issuer: String,
        /// The last day on which it holds.
        until: PartialDate,
    }
}

impl Licence {
    /// Whether it is a licence of this kind.
    #[must_use]
    pub fn is(&self, kind: LicenceKind) -> bool {
        self.kind.unwrap_or(LicenceKind::Practice) == kind
    }
}

record! {
    /// A person who works here.
    pub struct User: "user", Ordinary, Clinic;
    verbs { Create: UserEdit, Patch: UserEdit, Resolve: UserEdit, }
    seen { UserEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// The name typed to sign in; unique in the clinic.
        sign_in: String, Critical;
        /// The full name as it is printed.
        name: String, Critical;
        /// The title before the name.
        title: String, Ordinary;
        /// The letters after the name.
        qualification: String, Ordinary;
        /// The built-in role.
        role: Role, Narrowing;
        /// What they do, printed below the signature.
        position: String, Ordinary;
        /// Licences to practise.
        licences: Entries<Licence>, Critical;
        /// Whether they may work here.
        active: bool, Narrowing;
        /// The last day on which the account is valid.
        valid_until: PartialDate, Narrowing;
        /// Their public signing key (Ed25519).
        signs_with: Hex, Critical;
        /// Their public sealing key (X25519).
        seals_with: Hex, Critical;
        /// Their sealed private keys.
        bundle: Hex, Ordinary by SessionUse;
        /// That somebody else made their password.
        first_password: bool, Ordinary by SessionUse;
        /// The administrator's or the root's certificate over the keys and rights.
        certificate: Hex, Critical;
    }
}

/// The person who asks, as their record and the day make them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Their record.
    pub user: RecordId,
    /// Their role; `None` while two administrators disagree about it or it is not known.
    pub role: Option<Role>,
    /// Whether the account is active.
    pub active: bool,
    /// The last day of the account.
    pub valid_until: Option<Date>,
    /// Of each kind of licence that they have, the last day of the one that lasts longest.
    pub licensed_until: BTreeMap<LicenceKind, Date>,
    /// The day at the site.
    pub today: Date,
}

/// The record that an action is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Object {
    /// Who wrote it, where only the author may.
    pub author: Option<RecordId>,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotAllowed {
    /// The account was deactivated.
    Inactive,
    /// The account's last day is over.
    Expired,
    /// The role does not have this permission.
    Role,
    /// Signing needs a licence that is valid today.
    Licence,
    /// Only its author may do this.
    Author,
}

impl Subject {
    /// The subject that a user's record makes on `today`.
    #[must_use]
    pub fn of(id: RecordId, user: &User, today: Date) -> Self {
        let mut licensed_until = BTreeMap::new();
        let licences = user.licences.iter().flat_map(|licences| licences.0.values());
        for licence in licences.filter(|licence| licence.number.is_some()) {
            let until = licence.until.map_or(Date::MAX, |date| date.latest());
            let last = licensed_until.entry(licence.kind.unwrap_or(LicenceKind::Practice)).or_insert(until);
            *last = until.max(*last);
        }
        Self {
            user: id,
            role: user.role,
            active: user.active == Some(true),
            valid_until: user.valid_until.map(|date| date.latest()),
            licensed_until,
            today,
        }
    }
}

/// Whether `subject` may do `action` to `object`.
///
/// # Errors
/// The first reason against it.
pub fn allowed(subject: &Subject, action: Permission, object: Object) -> Result<(), NotAllowed> {
    if !subject.active {
        return Err(NotAllowed::Inactive);
    }
    if subject.valid_until.is_some_and(|end| end < subject.today) {
        return Err(NotAllowed::Expired);
    }
    if !subject.role.is_some_and(|role| grants(role, action)) {
        return Err(NotAllowed::Role);
    }
    let end = subject.licensed_until.get(&LicenceKind::Practice);
    let licensed = match action {
        // What every note then begins with is medicine too.
        Permission::CertificateApprove | Permission::TemplatePublish => {
            end.is_some_and(|end| *end >= subject.today)
        }
        // A signature without any licence is a role's business; with a lapsed one it is refused.
        Permission::NoteSign | Permission::FormSign => end.is_none_or(|end| *end >= subject.today),
        _ => true,
    };
    if !licensed {
        return Err(NotAllowed::Licence);
    }
    if object.author.is_some_and(|author| author != subject.user) {
        return Err(NotAllowed::Author);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn doctor() -> Subject {
        Subject {
            user: RecordId::new(1, &[1; 10]),
            role: Some(Role::Doctor),
            active: true,
            valid_until: None,
            licensed_until: [(LicenceKind::Practice, date(2026, 11, 22))].into(),
            today: date(2026, 11, 22),
        }
    }

    #[test]
    fn each_reason_against_an_action_is_named() {
        let on = |change: fn(&mut Subject), action| {
            let mut subject = doctor();
            change(&mut subject);
            allowed(&subject, action, Object::default())
        };
        let approve = Permission::CertificateApprove;
        assert_eq!(on(|_| {}, approve), Ok(()));
        assert_eq!(on(|doctor| doctor.active = false, approve), Err(NotAllowed::Inactive));
        assert_eq!(
            on(|doctor| doctor.valid_until = Some(date(2026, 11, 21)), approve),
            Err(NotAllowed::Expired)
        );
        assert_eq!(on(|doctor| doctor.role = Some(Role::FrontDesk), approve), Err(NotAllowed::Role));
        assert_eq!(on(|doctor| doctor.role = None, approve), Err(NotAllowed::Role));
        assert_eq!(on(|doctor| doctor.licensed_until.clear(), approve), Err(NotAllowed::Licence));
        // Another licence is no licence to practise, whatever it is and however long it holds.
        let lapsed = |doctor: &mut Subject| {
            doctor.today = date(2026, 11, 23);
            doctor.licensed_until.insert(LicenceKind::Tax, Date::MAX);
        };
        assert_eq!(on(lapsed, approve), Err(NotAllowed::Licence));
        assert_eq!(on(lapsed, Permission::TemplatePublish), Err(NotAllowed::Licence));
        assert_eq!(on(lapsed, Permission::NoteSign), Err(NotAllowed::Licence));
        assert_eq!(on(|doctor| doctor.today = date(2026, 11, 23), approve), Err(NotAllowed::Licence));
        assert_eq!(
            on(|doctor| doctor.today = date(2026, 11, 23), Permission::NoteSign),
            Err(NotAllowed::Licence)
        );
        let theirs = Object { author: Some(RecordId::new(2, &[2; 10])) };
        assert_eq!(allowed(&doctor(), Permission::NoteWrite, theirs), Err(NotAllowed::Author));
    }

    #[test]
    fn a_users_record_says_since_when_and_until_when() {
        let mut user = User { role: Some(Role::Nurse), active: Some(true), ..User::default() };
        let subject = |user: &User| Subject::of(RecordId::new(1, &[1; 10]), user, date(2026, 1, 1));
        assert!(subject(&user).licensed_until.is_empty());
        let licence = Licence { number: Some("77".into()), until: "2027".parse().ok(), ..Licence::default() };
        let tax = Licence { kind: Some(LicenceKind::Tax), until: "2030".parse().ok(), ..licence.clone() };
        user.licences = Some(Entries([("a".to_owned(), licence), ("b".to_owned(), tax)].into()));
        let ends = [(LicenceKind::Practice, date(2027, 12, 31)), (LicenceKind::Tax, date(2030, 12, 31))];
        assert_eq!(subject(&user).licensed_until, ends.into());
        user.active = None;
        assert!(!subject(&user).active);
    }
}
