//! Why a command did nothing: a code and fields at the border; the sentence is the screen's.

use std::collections::BTreeMap;

use crypto::paper::Mistyped;
use domain::access::NotAllowed;
use domain::admit::Fault;
use domain::choice;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{FolderError, StoreError, WriteError};
use ts_rs::TS;

choice! {
    /// The codes of refusals.
    pub enum Code {
        /// There is no such command in this window.
        UnknownCommand = "unknown_command",
        /// The input does not have the command's shape; `field` says where.
        WrongInput = "wrong_input",
        /// Something that must be given is missing; `field` names it.
        Missing = "missing",
        /// A value is not possible; `field` names it.
        Invalid = "invalid",
        /// A value is unusual; `field` names it, and it is kept when it is confirmed.
        Implausible = "implausible",
        /// Nobody is signed in.
        NotSignedIn = "not_signed_in",
        /// The screen is locked.
        ScreenLocked = "screen_locked",
        /// No clinic was set up here.
        NoClinic = "no_clinic",
        /// A clinic was set up here already.
        ClinicExists = "clinic_exists",
        /// The name or the password is wrong; the same for both.
        NotRecognised = "not_recognised",
        /// Too many tries; `seconds` are left.
        Wait = "wait",
        /// Too many tries: an administrator has to release it.
        SlotDisabled = "slot_disabled",
        /// The sign-in is not switched off here: there is nothing to release.
        NotSwitchedOff = "not_switched_off",
        /// The password is too weak; `fault` says how.
        WeakPassword = "weak_password",
        /// Somebody else made the password: it has to be changed before anything else.
        PasswordNotChanged = "password_not_changed",
        /// Somebody sits here: they sign out first.
        SomebodySitsHere = "somebody_sits_here",
        /// The characters are not those of the sheet; `line` says where, if that is known, and `reason` what else is
        /// wrong with the papers that were brought.
        WrongSheet = "wrong_sheet",
        /// The account is not vouched for by an administrator of this clinic.
        NotTrusted = "not_trusted",
        /// The own account rests on what they have certified: their role stays as it is.
        RestsOnThem = "rests_on_them",
        /// The role does not permit it.
        NotPermitted = "not_permitted",
        /// The account is not active.
        AccountInactive = "account_inactive",
        /// The account's last day is over.
        AccountExpired = "account_expired",
        /// It needs a licence that is valid today.
        LicenceExpired = "licence_expired",
        /// Only its author may do this.
        NotAuthor = "not_author",
        /// There is no such record here.
        NotFound = "not_found",
        /// The signed record cannot change.
        Frozen = "frozen",
        /// The present state does not permit this step.
        IllegalMove = "illegal_move",
        /// They are in a visit here already; `visit` names it, `status` says how far it is.
        InVisit = "in_visit",
        /// Somebody changed it meanwhile: it has to be looked at again.
        Stale = "stale",
        /// It is written once: nobody settles what two say of it by choosing.
        WrittenOnce = "written_once",
        /// Two people disagree about it; `field` says about what.
        Disputed = "disputed",
        /// The clock of this computer is behind what was already written down.
        ClockBehind = "clock_behind",
        /// The clock of this computer is not behind what was written down: there is nothing to acknowledge.
        ClockRight = "clock_right",
        /// This workstation has no block of numbers.
        NoNumbers = "no_numbers",
        /// No key to issue with was made when this person signed in here.
        NoIssuingKey = "no_issuing_key",
        /// The page cannot be made; `reason` says why, `character` which character is in no face.
        Unprintable = "unprintable",
        /// What would be shown is not what was issued.
        NotAsIssued = "not_as_issued",
        /// There is no such printer.
        NoPrinter = "no_printer",
        /// The printer did not take it.
        NotPrinted = "not_printed",
        /// The copy was not saved; `reason` is `full`, `not_allowed`, `gone`, `records`, `too_large` or `failed`.
        NotSaved = "not_saved",
        /// No backup can go there; `reason` is `no_target`, `gone`, `full`, `read_only`, `elsewhere`, `damaged` or `failed`.
        NotBackedUp = "not_backed_up",
        /// The data folder is whole, and something is wrong with the backups of it; `bad` names the checks that say so.
        BackupsNotWhole = "backups_not_whole",
        /// The rules of the log refuse it; `fault` says which.
        Rules = "rules",
        /// It is more than can be kept in one step, because it could never be sent; nothing was changed.
        TooLarge = "too_large",
        /// The file cannot be taken in; `place` and `reason` say why, and nothing of it was.
        FileRefused = "file_refused",
        /// The file cannot be filed; `reason` says why, `most` how many megabytes it may have.
        FileUnfit = "file_unfit",
        /// The file names somebody else; `differs` says by what. It is filed when that is confirmed.
        AnotherPerson = "another_person",
        /// The bytes of the file are not at this workstation.
        NotHere = "not_here",
        /// The clinic is not attached to a server.
        NotAttached = "not_attached",
        /// The server has received nothing from here yet, and knows nobody who may let a computer in.
        NotSent = "not_sent",
        /// The server cannot be reached; everything goes on here.
        Offline = "offline",
        /// The server refuses; `reason` is its code.
        ServerRefused = "server_refused",
        /// What the server sent is not what its authors signed; nothing of it was taken in.
        ServerNotBelieved = "server_not_believed",
        /// Nobody repeats for somebody else what they signed or settled.
        OnlyItsAuthor = "only_its_author",
        /// The server and this workstation disagree about what was written here.
        Forked = "forked",
        /// The server has no other entries under this workstation's numbers: it has nothing to go on from.
        NotForked = "not_forked",
        /// This workstation was restored from a backup: an administrator lets it in before anybody writes.
        Restored = "restored",
        /// The backup is not brought back; `reason` says why, and what lies there is as it was.
        BackupRefused = "backup_refused",
        /// The enrolment code is mistyped; `line` says where.
        WrongCode = "wrong_code",
        /// The certificate is none, or somebody changed it.
        NotGenuine = "not_genuine",
        /// No key that is known signed the certificate.
        UnknownIssuer = "unknown_issuer",
        /// A key of the clinic signed the certificate, and no record that is known here holds it.
        Unrecorded = "unrecorded",
        /// The clinic took the certificate back.
        CertificateRevoked = "certificate_revoked",
        /// Another certificate replaced it; `number` is that one's, where it is known.
        CertificateSuperseded = "certificate_superseded",
        /// No certificate's code could be read; `reason` is `kind`, `too_large`, `damaged`, `no_code` or
        /// `several`.
        UnreadableCode = "unreadable_code",
        /// The medicine meets an allergy of this person; `allergy` is its record, `class` what both belong to.
        MeetsAllergy = "meets_allergy",
        /// An allergy like this one is recorded; `allergy` is its record.
        KnownAllergy = "known_allergy",
        /// The tooth is not there, as it is recorded: nothing is found of it or done to it; `tooth` names it.
        ToothGone = "tooth_gone",
        /// Nothing is planned for this mouth: there is no plan to print.
        NothingPlanned = "nothing_planned",
        /// Nothing was measured of which there could be an outcome.
        NothingMeasured = "nothing_measured",
        /// Nobody has agreed to this treatment of these teeth.
        NotAgreed = "not_agreed",
        /// They may be under age: who decides for them agrees.
        GuardianToAgree = "guardian_to_agree",
        /// The tooth that was said is not the one of the plan; `said` and `tooth` name them.
        OtherTooth = "other_tooth",
        /// The tooth is easily mixed up; it is taken when it is meant. `tooth` names it, `why` is `premolar` or `no_successor`.
        AskAgain = "ask_again",
        /// Another process holds the data folder.
        StoreInUse = "store_in_use",
        /// A file of the data folder is damaged.
        StoreDamaged = "store_damaged",
        /// Entries that were written here are missing, and the server may still give them back; `missing` says how many.
        StoreBehind = "store_behind",
        /// A newer program has written the store.
        StoreNewer = "store_newer",
        /// Other records take the place of those here, and something kept them from doing so now: the next start ends it.
        RestoreBegun = "restore_begun",
        /// The disk is full; nothing was changed.
        DiskFull = "disk_full",
        /// The store failed; nothing was changed.
        StoreFailed = "store_failed",
    }
}

/// Why a command did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema, thiserror::Error)]
#[error("{}", code.word())]
pub struct Refusal {
    /// What it is.
    pub code: Code,
    /// What the sentence needs: numbers and names of fields, never a person's data.
    #[ts(type = "Record<string, string | number>")]
    pub fields: BTreeMap<String, serde_json::Value>,
}

impl Refusal {
    /// A refusal without fields.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, fields: BTreeMap::new() }
    }

    /// The same with a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    /// That `field` must be given.
    #[must_use]
    pub fn missing(field: &str) -> Self {
        Self::new(Code::Missing).with("field", field)
    }

    /// That the small file `name` is damaged or gone. Of a person's file only the folder is named.
    #[must_use]
    pub fn damaged(name: &str) -> Self {
        Self::new(Code::StoreDamaged).with("file", name.split_once("people/").map_or(name, |_| "people"))
    }

    /// What is wrong with the paper that stands at this place, from 1, among those that were typed.
    #[must_use]
    pub fn of_paper(paper: usize, fault: Mistyped) -> Self {
        let refusal = Self::new(Code::WrongSheet);
        match fault {
            Mistyped::Line(line) | Mistyped::Length(line) if paper == 1 => refusal.with("line", line),
            Mistyped::Line(line) | Mistyped::Length(line) => refusal.with("line", line).with("paper", paper),
            Mistyped::Lines => refusal.with("reason", "lines"),
            Mistyped::Whole => refusal.with("reason", "not_one"),
            Mistyped::Kind => refusal.with("reason", "no_sheet"),
        }
    }

    /// That a file cannot be taken in: where in it, and the word of the reason.
    #[must_use]
    pub fn of_file(place: impl Into<String>, reason: impl Serialize) -> Self {
        let reason = serde_json::to_value(reason).unwrap_or_default();
        Self::new(Code::FileRefused).with("place", place.into()).with("reason", reason)
    }

    /// That the value of `field` is not possible.
    #[must_use]
    pub fn invalid(field: &str) -> Self {
        Self::new(Code::Invalid).with("field", field)
    }
}

impl From<NotAllowed> for Refusal {
    fn from(reason: NotAllowed) -> Self {
        Self::new(match reason {
            NotAllowed::Inactive => Code::AccountInactive,
            NotAllowed::Expired => Code::AccountExpired,
            NotAllowed::Role => Code::NotPermitted,
            NotAllowed::Licence => Code::LicenceExpired,
            NotAllowed::Author => Code::NotAuthor,
        })
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotAllowed(reason) => reason.into(),
            Fault::NoRecord => Self::new(Code::NotFound),
            Fault::Frozen => Self::new(Code::Frozen),
            Fault::IllegalMove(field) => Self::new(Code::IllegalMove).with("field", field),
            Fault::WrongType(field) | Fault::UnknownField(field) | Fault::Fixed(field) => {
                Self::invalid(&field)
            }
            Fault::Empty => Self::missing("reason"),
            Fault::Lacking(field) => Self::missing(&field),
            other => {
                let fault = serde_json::to_value(&other).ok();
                let name = fault.as_ref().and_then(|fault| fault["code"].as_str()).unwrap_or_default();
                Self::new(Code::Rules).with("fault", name)
            }
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::new(match error {
            StoreError::Full => Code::DiskFull,
            StoreError::Newer => Code::StoreNewer,
            StoreError::NotOpened | StoreError::Damaged(_) => Code::StoreDamaged,
            StoreError::NotMigrated(_) | StoreError::Sqlite(_) | StoreError::Io(_) => Code::StoreFailed,
        })
    }
}

impl From<FolderError> for Refusal {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::InUse => Self::new(Code::StoreInUse),
            FolderError::Begun => Self::new(Code::RestoreBegun),
            FolderError::Damaged(name) => Self::damaged(&name),
            FolderError::Missing(name) => Self::damaged(name),
            FolderError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                Self::new(Code::DiskFull)
            }
            FolderError::Io(_) => Self::new(Code::StoreFailed),
        }
    }
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(fault) => fault.into(),
            WriteError::TooLarge => Self::new(Code::TooLarge),
            WriteError::Store(error) => error.into(),
        }
    }
}
