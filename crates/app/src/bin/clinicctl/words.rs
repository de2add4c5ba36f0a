//! Every text that `clinicctl` says, in one place. `{name}` is filled in.

use app::Code;

/// `text` with `{name}` filled in.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        out.push_str(value.map_or("", |(_, value)| *value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// So many of something: `1 file`, `2 files`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The sentence of a refusal.
pub(crate) fn sentence(code: Code) -> &'static str {
    SENTENCES.iter().find(|(known, _)| *known == code).map_or("It was refused.", |(_, sentence)| sentence)
}

/// What to do where the records of the data folder do not open.
pub(crate) const RECORDS_DAMAGED: &str = "The data folder is damaged: its records do not read. Keep it as it is. A backup and its papers bring them back: clinicctl restore DIR --papers FILE --here. What is here is set aside then, and never deleted.";

/// What to do where a small file beside the records is damaged.
pub(crate) const DOOR_DAMAGED: &str = "The data folder is damaged: {file}. The recovery sheet of this computer makes it again: clinicctl call open_by_sheet, with its four lines in the field sheet. If that is refused, a backup and its papers bring all back: clinicctl restore DIR --papers FILE --here.";

/// A sentence for each refusal. What differs from case to case stands in its fields.
const SENTENCES: &[(Code, &str)] = &[
    (Code::UnknownCommand, "There is no such command."),
    (Code::WrongInput, "The input does not have the command's shape."),
    (Code::Missing, "Something that must be given is missing."),
    (Code::Invalid, "A value is not possible."),
    (Code::Implausible, "A value is unusual: check it, and confirm it if it is right."),
    (Code::NotSignedIn, "Nobody is signed in."),
    (Code::ScreenLocked, "The screen is locked."),
    (Code::NoClinic, "No clinic was set up in this data folder."),
    (Code::ClinicExists, "A clinic was set up in this data folder already."),
    (Code::NotRecognised, "The name or the password is wrong."),
    (Code::Wait, "There were too many tries: wait before the next one."),
    (
        Code::SlotDisabled,
        "This sign-in is switched off after too many tries: an administrator switches it on again. Waiting does not help.",
    ),
    (Code::NotSwitchedOff, "This sign-in is not switched off here: there is nothing to release."),
    (Code::WeakPassword, "The password is too weak."),
    (
        Code::PasswordNotChanged,
        "Somebody else made this password: change it into one of your own first, by the command change_password.",
    ),
    (Code::SomebodySitsHere, "Somebody sits at this computer: they sign out first."),
    (Code::WrongSheet, "The characters are not those of the paper. Nothing was opened or changed."),
    (Code::NotTrusted, "No administrator of this clinic vouches for this account."),
    (
        Code::RestsOnThem,
        "This person vouches for your own account, so you cannot change their role: ask an administrator they did not add.",
    ),
    (Code::NotPermitted, "Your role does not permit it."),
    (Code::AccountInactive, "The account is not active."),
    (Code::AccountExpired, "The account's last day is over."),
    (Code::LicenceExpired, "It needs a licence that is valid today."),
    (Code::NotAuthor, "Only its author may do this."),
    (Code::NotFound, "There is no such record here."),
    (Code::Frozen, "The record is signed and cannot change."),
    (Code::IllegalMove, "The record's present state does not permit this step."),
    (Code::InVisit, "They are in a visit here already: go on with that one, or end it first."),
    (Code::Stale, "Somebody changed it meanwhile: look at it again."),
    (Code::Disputed, "Two people disagree about it: somebody has to settle that first."),
    (Code::ClockBehind, "The clock of this computer is behind what was already written down."),
    (Code::ClockRight, "The clock of this computer is not behind what was written down."),
    (
        Code::OnlyItsAuthor,
        "A signature, a choice or an addition counts only from the person who made it: ask them to do it again, or let it go.",
    ),
    (
        Code::WrittenOnce,
        "What was imported cannot be changed, so nobody can choose one of the two: withdraw the record instead.",
    ),
    (Code::NoNumbers, "This workstation has no block of numbers."),
    (
        Code::NoIssuingKey,
        "No key to issue certificates with was made when this person signed in here: sign in again.",
    ),
    (Code::Unprintable, "The page cannot be made."),
    (Code::NotAsIssued, "What would be shown is not what was issued."),
    (Code::NoPrinter, "There is no such printer."),
    (Code::NotPrinted, "The printer did not take it."),
    (
        Code::TooLarge,
        "This is more than can be kept in one step, and nothing of it was: keep it in several smaller steps.",
    ),
    (Code::NotSaved, "The copy was not saved."),
    (Code::NotBackedUp, "That was not backed up."),
    (Code::BackupsNotWhole, "The data folder is whole. Something is wrong with the backups of it."),
    (Code::Rules, "The rules of the records refuse it."),
    (Code::FileRefused, "The file cannot be imported, and nothing of it was."),
    (
        Code::FileUnfit,
        "This file is not filed, and nothing was changed: file a JPEG, PNG, WebP, TIFF, PDF, DICOM or text file instead.",
    ),
    (
        Code::AnotherPerson,
        "The file names somebody else. Nothing was filed: look whose it is, and add --confirm if it is this person's all the same.",
    ),
    (
        Code::NotHere,
        "The bytes of this file are not at this workstation: ask for it, and look again after a sync.",
    ),
    (
        Code::NotSent,
        "The server has received nothing of this clinic yet. Wait until it was sent, and ask again.",
    ),
    (Code::NotAttached, "The clinic is not attached to a server; everything goes on here."),
    (Code::Offline, "The server cannot be reached; everything goes on here, and nothing is lost."),
    (Code::ServerRefused, "The server refuses; everything that was written here is still here."),
    (
        Code::ServerNotBelieved,
        "What the server sent is not what its authors signed; nothing of it was accepted.",
    ),
    (
        Code::Forked,
        "The server and this workstation disagree about what was written here; nothing was changed. An administrator lets it go on as a new installation: clinicctl rejoin.",
    ),
    (Code::NotForked, "The server has nothing else under this workstation's numbers; nothing was changed."),
    (
        Code::Restored,
        "This workstation was restored from a backup: everything can be read. Before anything is written or backed up an administrator lets it in, with or without a network: clinicctl rejoin.",
    ),
    (Code::BackupRefused, "The backup is not brought back; nothing was changed, here or there."),
    (Code::WrongCode, "The enrolment code is mistyped."),
    (
        Code::MeetsAllergy,
        "The medicine meets an allergy that is recorded. Nothing was written: give the reason in despite, or choose another.",
    ),
    (
        Code::KnownAllergy,
        "An allergy like this one is recorded. Nothing was written: change that one, or say in despite why this is another.",
    ),
    (
        Code::NotGenuine,
        "The certificate is not genuine: no one authorised by this clinic signed what its code says.",
    ),
    (Code::UnknownIssuer, "The certificate's issuer is not known here; nothing can be said of it."),
    (Code::Unrecorded, "No record known here holds this certificate: ask the clinic before you accept it."),
    (Code::CertificateRevoked, "The clinic has revoked this certificate: it is not valid."),
    (Code::CertificateSuperseded, "Another certificate has replaced this one: it is not valid."),
    (Code::UnreadableCode, "No certificate's code could be read from the file."),
    (
        Code::ToothGone,
        "That tooth is not there, as it is recorded. Nothing was written: withdraw the finding that says so, if it is wrong.",
    ),
    (Code::NothingPlanned, "Nothing is planned for this mouth: there is no plan to print."),
    (Code::NothingMeasured, "Nothing was measured of these eyes in this time: there is nothing to print."),
    (
        Code::NotAgreed,
        "Nobody has agreed to this treatment of this tooth. Nothing was written: have it agreed to first.",
    ),
    (Code::GuardianToAgree, "They may be under age. Nothing was written: their guardian agrees first."),
    (
        Code::OtherTooth,
        "The tooth that was said is not the one of the plan. Nothing was written: look at the tooth and the plan again.",
    ),
    (
        Code::AskAgain,
        "That tooth is easily mixed up. Nothing was written: look again, and say that it is meant.",
    ),
    (Code::StoreInUse, "Another ClinicDesk is open on this data folder."),
    (Code::StoreDamaged, "The data folder is damaged."),
    (
        Code::StoreBehind,
        "Entries that were written here are missing, and nothing new is written until they are back: run sync.",
    ),
    (
        Code::StoreNewer,
        "This data folder was written by a newer version of ClinicDesk; nothing was changed. Install the newest one, or go back to the copy from before the update.",
    ),
    (
        Code::RestoreBegun,
        "The restore was held up while the records were exchanged: the disk is full or refused. Nothing is lost, and what was here is set aside. Make room on the disk; the next start of ClinicDesk ends it, and the restored records stand here then.",
    ),
    (Code::DiskFull, "The disk is full; nothing was changed."),
    (Code::StoreFailed, "The store failed; nothing was changed."),
];

pub(crate) const USAGE: &str = "clinicctl: {sentence}";
pub(crate) const MADE_AGAIN: &str = "records made ready: {done} of {of}";
pub(crate) const NO_DATA: &str = "name the data folder: --data DIR";
pub(crate) const NO_USER: &str = "say who signs in: --user NAME";
pub(crate) const NO_USER_OR_HERE: &str =
    "say who signs in: --user NAME; where the records here do not open, add --here instead";
pub(crate) const NO_PASSWORD: &str = "give the password by CLINICDESK_PASSWORD or --password-file FILE";
pub(crate) const NO_FIRST_PASSWORD: &str =
    "give the first password by CLINICDESK_FIRST_PASSWORD or --first-password-file FILE";
pub(crate) const NO_INPUT: &str = "standard input is not text: {error}";
pub(crate) const NOT_READ: &str = "{file} could not be read: {error}";
pub(crate) const NOT_MADE: &str = "{file} could not be made: {error}; nothing was set up";
pub(crate) const FILE_NOT_WRITTEN: &str = "{file} could not be written: {error}";
pub(crate) const PDF_WRITTEN: &str = "{name} is in {file}.";
pub(crate) const KEY_WRITTEN: &str = "The key {kid} is in {file}.";
pub(crate) const NOT_WRITTEN: &str = "what was asked for was done, and its answer could not be written: {error}; do not repeat it, look whether it is there";

pub(crate) const NOBODY: &str = "Nobody was found.";
pub(crate) const PERSON: &str = "{family}, {given}\t{born}\t{sex}\t{number}\t{id}";
pub(crate) const WHO_IS_MEANT: &str = "several people fit {who}: name one by the number or the id:{rows}";
pub(crate) const CHART_ALLERGIES: &str = "Allergies";
pub(crate) const CHART_ALERTS: &str = "Alerts";
pub(crate) const CHART_PERSON_DISPUTED: &str = "Two people disagree about";
pub(crate) const CHART_LACKS: &str = "Not agreed to yet";
pub(crate) const CHART_UNREAD: &str = "What this version cannot read";
pub(crate) const CHART_TIMELINE: &str = "What happened, latest first";
pub(crate) const CHART_FILES: &str = "Files";
/// What stands by itself, before all that happened.
pub(crate) const CHART_KNOWN: &[(&str, &str)] = &[
    ("allergy", "Allergies"),
    ("problem", "Problems"),
    ("medicine", "Medicines"),
    ("immunisation", "Immunisations"),
    ("background", "Background"),
    ("banner_alert", "Alerts"),
];
pub(crate) const CHART_SIGNED: &str = "signed";
pub(crate) const CHART_IMPORTED: &str = "imported";
pub(crate) const CHART_IN_PART: &str = "long texts in part";
pub(crate) const CHART_DISPUTED: &str = "two people disagree about it";
pub(crate) const CHART_YES: &str = "yes";
/// Kinds and fields that have another word here.
pub(crate) const CHART_KINDS: &[(&str, &str)] = &[
    ("filled", "form"),
    ("identifiers", "number"),
    ("contacts", "to reach them"),
    ("addresses", "address"),
    ("relations", "to call"),
    ("consents", "may agree for them"),
    ("latin", "in Latin letters"),
    ("died", "died on"),
    ("deceased", "has died"),
    ("attachment", "file"),
    ("tooth_exam", "look at the teeth"),
    ("tooth_mark", "tooth"),
    ("procedure", "dental treatment"),
    ("none_known", "none known"),
    ("not_recorded", "nobody has asked"),
];
pub(crate) const OPEN: &str = "open";
pub(crate) const COMMAND: &str = "{name}  {permission}  {audit}";
pub(crate) const SCHEMA: &str = "  {key} {schema}";
pub(crate) const ATTACHED: &str = "The clinic is attached to the server.";
pub(crate) const ENROLLED: &str =
    "This is now a workstation of {clinic}, {site}. Its recovery sheet, to be written down and kept safe:";
pub(crate) const RESTORE_PLANNED: &str = "The backup of {at} was read whole. Entries that are not here: {added}. In both: {same}. Here and not in the backup: {lacking}.";
pub(crate) const TAKEN_BACK: &str = "{added} entries were taken in.";
pub(crate) const FILES_PLANNED: &str =
    "Files whose content is not on this computer and lies in the backup: {count}.";
pub(crate) const FILES_MISSING: &str = "Files whose content is not on this computer: {count}. The records name them; a server or another backup that has them brings them.";
pub(crate) const NOT_RESTORED: &str = "Left out, for it does not read: {object}";
pub(crate) const LATER_POINT: &str = "Passed over, for it does not open: {object}. If a later backup was made there, what came since is not in this one.";
pub(crate) const REPLACED: &str = "The records of the backup are here now; those before are set aside beside them. Nothing new is written until an administrator lets this computer in, with or without a network: clinicctl rejoin.";
pub(crate) const LOOKED_HERE: &str = "The backup of {at} is whole: {entries} entries would come back.";
pub(crate) const LOOKED_IN_PART: &str =
    "Not all of the backup of {at} is whole. {entries} entries would come back.";
pub(crate) const RESTORED_HERE: &str = "{entries} entries of {at} are back. Everybody signs in with their own password and reads. Nothing new is written until an administrator lets this computer in, with or without a network: clinicctl rejoin.";
pub(crate) const PAPERS_ARE_NO_TEXT: &str =
    "{file} is no text, such as the PDF of a paper. Type its lines into a text file, and name that.";
pub(crate) const FILES_WOULD_MISS: &str =
    "Files whose content would not come: {count}. In the backup they are not, or do not read.";
pub(crate) const WOULD_BE_LEFT_OUT: &str = "Would be left out, for it does not read: {object}";
pub(crate) const PAPERS_ARE_NO_FILE: &str =
    "{file} is no file, so nothing was read. Type the lines of the papers into a text file, and name that.";
pub(crate) const PAPERS_ARE_LARGE: &str =
    "{file} is too large for papers, so nothing was read. Type their lines into a text file, and name that.";
pub(crate) const NO_PAPERS: &str =
    "Name the file with the recovery sheet or two of the clinic's shares: --papers FILE.";
pub(crate) const WHICH_INSTALLATION: &str =
    "Backups of several computers lie there. Name one with --installation NAME:{rows}";
pub(crate) const AN_INSTALLATION: &str = "\n  {name}  last point {at}, {entries} entries";
pub(crate) const LET_IN: &str = "This computer is let in: everybody can write here.";
pub(crate) const LET_IN_WAITS: &str = "This computer is let in: everybody can write here. The server was not reached; the next exchange with it introduces this computer there.";
pub(crate) const REJOINED: &str = "This is a new installation now. {stranded} entries that the server never had are written again when their authors sign in here.";
pub(crate) const SYNCED: &str =
    "Entries of this computer that the server has: {received}. Changes received from others: {applied}.";
pub(crate) const CODES_TAKEN: &str =
    "{names} names of {system} {version} are here now; {left} lines were left out.";
pub(crate) const CODES_LOOKED: &str =
    "It holds {names} names of {system} {version}; {left} lines would be left out.";
pub(crate) const CODES_LEFT: &str = "  line {line}: {fault}";
pub(crate) const TEETH: &str = "Teeth on {day}: DMFT {sum} (D {decayed}, M {missing}, F {filled}; {seen} of {of} seen), \
     dmft {milk_sum} (d {milk_decayed}, m {milk_missing}, f {milk_filled}; {milk_seen} of {milk_of} seen).";
pub(crate) const TOOTH: &str = "{tooth}  {code}  {stands}  {marks}";
pub(crate) const PLANNED: &str = "planned  {treatment}  {teeth}  {status}";
pub(crate) const MORE_TREATMENTS: &str = "{more} more rows: ask for a tooth by `clinicctl call tooth`.";
pub(crate) const FORM: &str = "{at}  {title}  {state}  {line}  {author}  {id}";
pub(crate) const NO_FORMS: &str = "No form was filled for them.";
pub(crate) const MORE_FORMS: &str = "There are more: ask for them by `clinicctl call filled_forms`.";
pub(crate) const OUTCOME: &str = "{title}, {unit}. Readings: {readings}.";
pub(crate) const COMPARED: &str = "{side}  {about}  since {start}  {before} ({before_count})  {after} ({after_count})  {change}  {not}  {left_out}  {between}";
pub(crate) const COUNTED_OPEN: &str = "{count}, {open} not signed";
pub(crate) const NO_TREATMENT: &str = "No treatment of an eye is in the chart.";
pub(crate) const MEASURE: &str = "{at}  {code}  {side}  {number} {unit}  {word}  {flags}  {record}";
pub(crate) const NO_MEASURES: &str = "Nothing was measured of them.";
pub(crate) const CODE_FOUND: &str = "{name}\t{code}\t{system}\t{version}";
pub(crate) const NO_NAME: &str = "No name fits.";
pub(crate) const IMPORTED: &str = "{files} with {patients}: {records} imported, {here} here already.";
pub(crate) const LEFT_OUT: &str =
    "Left out, because something about it is wrong or no longer in use: {left}.";
pub(crate) const LEFT_WHICH: &str = "  {reason}: {file}, {place}";
pub(crate) const NOTHING_TO_READ: &str = "{file} holds no file that ends in .json or .ndjson";
pub(crate) const PASSED_OVER: &str =
    "{file}: passed over, because their names end neither in .json nor in .ndjson: {count}";
pub(crate) const CHANGED_THERE: &str = "Records here of which the files say something else than at first, or that they are a \
    mistake: {changed}. They stay as they are: ask the other system what changed.";
pub(crate) const CHANGED_WHICH: &str = "  {kind} {record}: {file}, {place}";
pub(crate) const LIST_ROWS: &str = "{name}: {rows} rows.";
pub(crate) const LIST_COUNT: &str = "  {outcome}: {all}, imported: {taken}";
pub(crate) const LIST_BAD: &str = "  line {line}: {why}";
pub(crate) const LIST_DUE: &str = "{due} rows would be imported.";
pub(crate) const FILE_ADDED: &str = "{title} is filed: {id}";
pub(crate) const FILED_TWICE: &str = "It is filed twice in this chart: {id} has the same bytes.";
pub(crate) const NO_FILES: &str = "There is no file in this chart.";
pub(crate) const FILE_ROW: &str = "{day}\t{sort}\t{title}\t{bytes}\t{state}\t{id}";
pub(crate) const FILE_HERE: &str = "here";
pub(crate) const FILE_COMING: &str = "coming {percent} %";
pub(crate) const FILE_AT_SERVER: &str = "at the server";
pub(crate) const FILE_ELSEWHERE: &str = "only at {workstation}";
pub(crate) const FILE_NOT_HERE: &str = "not at this computer";
pub(crate) const FILE_DAMAGED: &str = "damaged";
pub(crate) const FILE_ERASED: &str = "erased";
pub(crate) const FILES_EXPORTED: &str = "{files} files of this chart are in {file}.";
pub(crate) const FILES_ABSENT: &str =
    "{absent} of them are named there without their bytes, which are not at this computer.";
pub(crate) const FILE_SAVED: &str = "A copy is in {file}.";
pub(crate) const TRAIL_WHOLE: &str = "The trail is whole. Entries: {entries}; signed heads: {heads}.";
pub(crate) const TABLES_TRUE: &str = "Records: {records}. Every table is what the log says.";
pub(crate) const TABLES_DIFFER: &str =
    "Records: {records}. These tables are not what the log says: {tables}.";
pub(crate) const TABLES_MENDED: &str =
    "Records: {records}. These tables were made again from the log: {tables}.";

pub(crate) const STAFF: &str = "{sign_in}\t{name}\t{role}\t{state}";
pub(crate) const ROLE_DISPUTED: &str = "role disputed";
pub(crate) const ACTIVE: &str = "active";
pub(crate) const INACTIVE: &str = "not active";
pub(crate) const SWITCHED_OFF: &str = "switched off here";
pub(crate) const USER_ADDED: &str = "{name} can sign in here as {sign_in}.";

pub(crate) const FOUNDED: &str = "{clinic} is set up; its administrator signs in as {sign_in}.";
pub(crate) const FINGERPRINT: &str = "The clinic's fingerprint: {fingerprint}";
pub(crate) const UNCONFIRMED: &str = "The recovery sheet is not confirmed yet: ClinicDesk asks two of its \
                                      characters back when the administrator signs in.";

pub(crate) const OPENING_LATER: &str = "They bring the records back where this computer's own files are damaged, and from a backup \
     on an empty computer. They cannot replace a forgotten password yet: have two administrators who know theirs.";
pub(crate) const PAPERS_HERE: &str =
    "Copy these four papers now, seal each in an envelope and clear this screen: they are shown only once.";
pub(crate) const PAPER_KEPT: &str = "{paper}: {file}";
pub(crate) const PAPER_NOT_KEPT: &str = "{file} could not be written ({error}); the paper follows here.";

pub(crate) const CODE_GENUINE: &str =
    "The code is genuine. It says nothing of the paper around it: compare. The paper must read:";
pub(crate) const UNRECORDED: &str = "A key of the clinic signed the code, and no record known here holds it: it may not have \
                                     arrived yet. If it was issued, the paper must read:";
pub(crate) const NUMBER_ISSUED: &str = "A certificate was issued here under this number. Anybody can copy a number: \
                                        compare. The paper must read:";
pub(crate) const SAME_FILE: &str = "Genuine: this file is the one that was issued, byte for byte. It reads:";
pub(crate) const OTHER_FILE: &str = "The code is genuine. This file is not the one that was issued: it is a scan, it was \
                                     saved anew, or somebody changed it. Compare. The paper must read:";
pub(crate) const EXPIRED: &str = "Its last day is over.";
pub(crate) const SIGNED_ONCE: &str = "This is what the clinic once signed:";
pub(crate) const CLAIM: &str = "  {name}  {value}";
pub(crate) const CLAIM_NAMES: [&str; 11] = [
    "certificate",
    "number",
    "name",
    "born",
    "identifier",
    "finding",
    "first day",
    "last day",
    "signed by",
    "clinic",
    "issued",
];
pub(crate) const FIT: &str = "fit";
pub(crate) const FIT_WITH_LIMITS: &str = "fit, with limits";
pub(crate) const NOT_FIT: &str = "not fit";
pub(crate) const PRESCRIBED: &str = "spectacles prescribed";
pub(crate) const SIGNER: &str = "{name}, licence {licence}";
pub(crate) const REVOCATION_KNOWN: &str = "Not revoked, as of {day}.";
pub(crate) const REVOCATION_UNKNOWN: &str = "Revocation was not checked.";
pub(crate) const NUMBER_WITHOUT_RECORDS: &str =
    "a number is looked up in the clinic's records: give --data, or the code instead of the number";
pub(crate) const NOT_A_KEY: &str = "{file} holds no P-256 public key in PEM";

pub(crate) const CHECK: &str = "{state}  {name}  {text}";
pub(crate) const FOLDER_HELD: &str = "held by this program alone";
pub(crate) const CLINIC_HERE: &str = "{clinic}, {site}";
pub(crate) const STORE_WHOLE: &str = "every page, table and index is whole";
pub(crate) const STORE_NOT_WHOLE: &str = "a page, table or index is damaged: {faults}";
pub(crate) const FILES_WHOLE: &str = "the small files beside the store are whole";
pub(crate) const FILES_DAMAGED: &str = "damaged or gone: {files}; a sign-in makes the clinic's slot and people's files again, new_sheet the sheet's slot";
pub(crate) const CHARTS_FILES_WHOLE: &str = "every file of a chart that is kept here is whole";
pub(crate) const CHARTS_FILES_DAMAGED: &str = "files of charts that are damaged ({damaged}) or gone ({gone}), by their records: {files}; nothing else is touched, and they are fetched again from wherever they are";
pub(crate) const TRAIL_FAULT: &str = "{fault}";
pub(crate) const CLOCK_RIGHT: &str = "{today} {time}, not behind what was written down";
pub(crate) const CLOCK_BEHIND: &str = "behind what was already written down: set it right; if it is right, and ran ahead before, acknowledge_clock goes on from it";
pub(crate) const SERVER_CLOCK: &str = "the server's clock is {minutes} minutes ahead of this computer's (behind where negative): one of them is wrong";
pub(crate) const DISK_SHORT: &str = "it has little room left: nothing new can be written until there is more";
pub(crate) const NOT_TO_THE_END: &str = "{sentence} {fields}";
pub(crate) const KEY_IN_FILE: &str =
    "the workstation's own key lies in a file of the data folder: a copy of the folder holds it too";
pub(crate) const KEY_KEPT: &str = "the workstation's own key is kept in: {place}";
pub(crate) const SHEET_CONFIRMED: &str = "the recovery sheet was read back";
pub(crate) const SHEET_OPEN: &str = "the recovery sheet was not read back yet";
pub(crate) const NOTHING_REFUSED: &str =
    "no change made at this workstation was refused and waits for review";
pub(crate) const REFUSED: &str = "changes made at this workstation that the server refused: {count}; review them under Sync and health, and write again what is still needed";
pub(crate) const NOTHING_HELD: &str = "no change of others waits outside the records";
pub(crate) const HELD: &str = "changes of others that wait outside the records: {count}; they are added by themselves once this computer can confirm who made them; if they stay, look at them under Sync and health";
pub(crate) const NOTHING_DISPUTED: &str = "the server refused nothing without a reason that is known here";
pub(crate) const DISPUTED: &str = "changes that the server refused for no reason that is known: {count}; the charts show them under Alerts; write them anew or let them go, and tell whoever runs the server";
pub(crate) const NO_TRAIL_FORKED: &str = "no workstation told the server its trail in two ways";
pub(crate) const TRAIL_FORKED: &str = "{workstation} told the server its trail in two ways from entry {entry} on: {known}, and {told}; it was put back to an older copy, or it is there twice; its records are taken in as before";
pub(crate) const TRAIL_HEAD: &str = "{entries} entries with root {root}";
pub(crate) const LOG_WHOLE: &str =
    "{entries} entries in {logs} logs agree with {vouchers} heads, receipts and marks over them";
pub(crate) const LOG_FAULT: &str = "{workstation}, {scope}: {what}";
pub(crate) const LOG_OF_CLINIC: &str = "records of the clinic";
pub(crate) const LOG_OF_SITE: &str = "records of the site";
pub(crate) const OPENED_AS_LEFT: &str = "the store was opened as it was left";

/// What is wrong with a log.
pub(crate) fn wrong(what: &str) -> &'static str {
    match what {
        "missing" => "entry {entry} is missing",
        "moved" => "entry {entry} is in another place than it was written in",
        "between" => "an entry after {from} and up to {entry} was changed: {by} says otherwise",
        "short" => "the entries from {entry} on are missing: {by} knows of them",
        "head" => "that computer did not sign the head up to entry {entry}",
        "unseated" => {
            "before entry {entry} nobody's signed word stands that its author sat there; where the server refuses it for that, its author writes it anew under Sync and health"
        }
        _ => "entry {entry} is not as it was written",
    }
}

/// What vouches for a log.
pub(crate) fn voucher(by: &str) -> &'static str {
    match by {
        "receipt" => "the server's receipt",
        "head" => "the head that the computer signed",
        "marks" => "the marks beside the store",
        _ => "the store's own count",
    }
}

/// What the opening of the store found.
pub(crate) fn finding(kind: &str) -> &'static str {
    match kind {
        "mended" => {
            "{time}: the end of the store was damaged; entries written again from the copy beside it: {ops} of the records, {trail} of the trail"
        }
        "behind" => {
            "{time}: the newest entries of this computer's records are missing ({ops}); they come back with the next sync, and until then nothing new is written here"
        }
        "returned" => "{time}: entries that were missing here came back from the server: {ops}",
        "lost" => {
            "{time}: the newest entries of this computer's records ({ops}) and of the trail ({trail}) are gone, and nobody else has them: look at what was written last here, and write it again"
        }
        "unsaid" => {
            "{time}: signed words of people who sat here were gone from the store ({ops}); what lies beside it is said again, and the check of the log names the entries that lack one"
        }
        "server_key" => {
            "{time}: what this computer keeps of the server, its key or its address, was not what the clinic's record of it says; somebody changed it; the record holds again"
        }
        "dated_back" => {
            "{time}: the server dated entries back to a time at which it cannot have had them ({ops}); they keep the time that their author's computer signed; tell whoever runs the server: its clock was wrong, or it lies"
        }
        "not_carried" => {
            "{time}: entries of another computer ({ops}) stay here: the server has something else in their place, or does not take them"
        }
        "trail_lost" => "{time}: the newest entries of the trail are gone ({trail}); the records are whole",
        "changed" => "{time}: the records or the trail are not what they were when the store was last left",
        "unmarked" => {
            "{time}: the marks beside the store were damaged or removed, and were made again; what was lost before that would not show"
        }
        "gone" => {
            "{time}: entries were taken out of the records ({ops}); the check of the log names the first"
        }
        "reckoned" => "{time}: the count of the logs' entries was lost, and was made again from the entries",
        _ => {
            "{time}: something was found that this version does not know: install the newest ClinicDesk, which names it"
        }
    }
}

pub(crate) const NOT_CHECKED: &str = "not checked: {sentence}";

/// Where an entry of this computer's trail was made.
pub(crate) const HERE: &str = "this computer";
pub(crate) const UNKNOWN_COMPUTER: &str = "a computer that is not known here";
pub(crate) const NOT_IN_THIS_LIST: &str = "Not in this list: {names}.";

pub(crate) const TARGET: &str = "{name}: {state}; last {at}; lacks {lacking}; {place}";
pub(crate) const NEVER: &str = "never";
pub(crate) const EVERYTHING: &str = "everything";
pub(crate) const NO_TARGETS: &str =
    "There is no target: backup targets --add DIR or backup targets --server makes one.";
pub(crate) const BESIDE: &str = "{name}: what lay there until {at} has entries that this computer lacks. It was put back and worked on, so they never come here by themselves. All of it stays there, in a folder that ends in -before- and a number. To read it: clinicctl open DIR PERSON --installation NAME --papers FILE. To put it in the place of the records here: clinicctl restore DIR --installation NAME --replace --older. Without --installation the names are told.";
pub(crate) const SERVER: &str = "Server";
pub(crate) const SAME_DISK: &str =
    "  It lies on the disk on which the records lie: what takes that disk takes both.";
pub(crate) const POINT: &str = "  {number}  {at}  {entries} entries";
pub(crate) const POINT_NOT_WHOLE: &str = "  {number}  {at}  {entries} entries, not whole";
pub(crate) const MORE_POINTS: &str = "  There are earlier ones: clinicctl call restore_points '{input}'";
pub(crate) const POINTS_AWAY: &str = "  It is not there now.";
pub(crate) const OUTSIDE: &str = "Entries in no verified backup: {count}, the oldest since {since}.";
pub(crate) const NOTHING_OUTSIDE: &str = "Every entry on this computer is in a verified backup.";
pub(crate) const ALL_AT: &str = "Every entry on this computer is in a verified backup: {targets}.";
pub(crate) const THERE_LAST: &str = "{name}, there last {at}";
pub(crate) const BACKUP_DONE: &str = "{name}: done, and read back.";
pub(crate) const READ_WHOLE: &str = "{name}: read whole. Nothing of it is damaged or gone.";
pub(crate) const READ_LACKS: &str = " Entries on this computer that are not in it yet: {lacking}.";
pub(crate) const MENDED: &str = " Objects that were damaged or gone there and {how}: {count} ({objects}).";
pub(crate) const MENDED_AT: &str =
    "  On {at} objects were found that were damaged or gone there and {how}: {count} ({objects}).";
pub(crate) const MENDED_BEFORE: &str =
    " Before that it was backed up, and objects that were damaged or gone there were put right: {count}.";
pub(crate) const AND_MORE: &str = " and {count} more";
pub(crate) const DAMAGE: &str =
    "  Damaged or gone: {objects}. What lies there counts as no backup until it is whole again. {next}";
pub(crate) const CHANGED: &str = "  Much of what was written there before was changed or is gone. It counts as no backup, and nothing more is written there. Keep it as it is, and call whoever looks after your computers.";
pub(crate) const NOT_KNOWN: &str = "what is not known until it is whole again";
pub(crate) const TRIED: &str = "{name}: restored and compared in {seconds} s: {entries} entries, {records} records, {files} files, no difference.";
pub(crate) const NO_BACKUPS: &str = "There is no backup: backups have no target yet.";
pub(crate) const TARGET_UNSEEN: &str = "{name} was not seen for {days} days.";
pub(crate) const TARGET_DAMAGED: &str =
    "{name}: damaged or gone: {objects}. What lies there counts as no backup until it is whole again. {next}";
pub(crate) const TARGET_CHANGED: &str = "{name}: much of what was written there before was changed or is gone. It counts as no backup. Keep it as it is, and call whoever looks after your computers.";
pub(crate) const TRIAL_PASSED: &str = "The last trial passed: {at}.";
pub(crate) const TRIAL_FAILED: &str = "The last trial failed: {at}.";
pub(crate) const NO_TRIAL: &str = "None of the targets there are now has had a test restore yet.";

/// What the next backup does with these objects, which are damaged or gone.
pub(crate) fn next_backup(objects: &str) -> String {
    let (points, others) = points_and_others(objects);
    let said = [
        (others, "The next backup writes it again."),
        (
            points,
            "No point is written again: the next backup takes a damaged one away and makes a new one. The other points stay.",
        ),
    ];
    said.into_iter().filter(|(is_so, _)| *is_so).map(|(_, said)| said).collect::<Vec<_>>().join(" ")
}

/// What a backup did with these objects, which were damaged or gone.
pub(crate) fn put_right(objects: &str) -> &'static str {
    match points_and_others(objects) {
        (false, _) => "were written again",
        (true, false) => "count no more",
        (true, true) => "were written again, or count no more where they are points",
    }
}

/// Whether there are points among these objects, and whether there are others.
fn points_and_others(objects: &str) -> (bool, bool) {
    let is_point = |object: &str| object.starts_with("points/");
    (objects.split(", ").any(is_point), !objects.split(", ").all(is_point))
}

/// Why a backup was not made, or does not come back.
pub(crate) fn backup_fault(word: &str) -> &'static str {
    match word {
        "gone" => {
            "{name}: it is not here now. It is not plugged in or not connected, it was erased, or another one is in its place. Nothing was written there. Plug it in or connect it, and ask again. One that was erased or exchanged is added anew: backup targets --add DIR."
        }
        "waits" => {
            "{name}: it is not here now. Nothing was written there. It gets its backup once it is there again."
        }
        "stopped" => "{name}: it was stopped before its end. The backups before are as they were. Ask again.",
        "no_target" => NO_TARGETS,
        "not_found" => "{name}: there is no backup of this computer. `backup now` makes one.",
        "hangs" => {
            "{name}: it does not answer. Nothing was written there. Look whether it opens elsewhere; the next run tries again."
        }
        "enough" => "{name}: so much went to the server today. It goes on tomorrow.",
        "no_media" => {
            "{name}: this server keeps no files, and so no backups. Whoever runs it names a place for them."
        }
        "full" => {
            "{name}: there is no room. The backups before are as they were. Make room, or choose another place."
        }
        "read_only" => {
            "{name}: nothing can be written there. The backups before are as they were. Unlock it, ask for the right to write there, or choose another place."
        }
        "unreadable" => {
            "{name}: {object} cannot be read: this person of the computer may not. Ask for the right to read it."
        }
        "no_file" => {
            "{name}: something that is no file lies at {object}. Nothing was written there. Take it away, and ask again."
        }
        "elsewhere" => {
            "{name}: it belongs to another clinic. Nothing was written there. Choose another place."
        }
        "copied" => {
            "What lies there is a copy of {name}, and {name} is still where it was. Nothing was changed. Choose an empty place, or take {name} away first."
        }
        "attacked" => {
            "{name}: much of what was written there before was changed or is gone. Nothing more was written. Keep it as it is, and call whoever looks after your computers."
        }
        "newer" => {
            "{name}: it has entries that are not on this computer, which was put back to an older state. Nothing was written there. Restore from it first."
        }
        "store_behind" => {
            "{name}: entries that were written on this computer are missing here. They come back from the server or from a backup; until then nothing is backed up."
        }
        "damaged" => {
            "{name}: damaged or gone: {object}. What lies there counts as no backup until it is whole again. {next}"
        }
        "differs" => "{name}: what came back is not what was backed up.",
        "no_room" => "{name}: this computer has no room to try it out.",
        _ => "{name}: it did not succeed.",
    }
}

/// How a target stands.
pub(crate) fn target_state(word: &str) -> &'static str {
    match word {
        "new" => "nothing there yet",
        "former" => {
            "nothing there yet of this computer since it was restored; what it had there before stays"
        }
        "verified" => "verified",
        "not_seen" => "not seen for long",
        "damaged" => "damaged",
        _ => "not backed up",
    }
}

#[cfg(test)]
mod tests {
    use app::Code;

    use super::{SENTENCES, fill, next_backup, put_right};

    #[test]
    fn each_refusal_has_one_sentence_of_its_own() {
        for code in Code::ALL {
            let of = SENTENCES.iter().filter(|(known, _)| known == code);
            let sentences: Vec<&str> = of.map(|(_, sentence)| *sentence).collect();
            assert_eq!(sentences.len(), 1, "{}", code.word());
            let alike = SENTENCES.iter().filter(|(_, sentence)| *sentence == sentences[0]).count();
            assert!(alike == 1 && sentences[0].ends_with('.'), "{}", code.word());
        }
    }

    #[test]
    fn a_point_is_never_said_to_be_written_again() {
        assert_eq!(next_backup("log/1-2, blobs/ab/1"), "The next backup writes it again.");
        assert!(next_backup("points/0000001").starts_with("No point is written again"));
        assert!(next_backup("slots/sheet, points/0000001").contains("writes it again. No point"));
        assert_eq!(put_right("points/0000001, points/0000002"), "count no more");
        assert_eq!(put_right("slots/sheet"), "were written again");
    }

    #[test]
    fn a_text_is_filled_and_what_fills_it_is_not_filled_again() {
        assert_eq!(fill("{a} and {b}.", &[("a", "{b}"), ("b", "two")]), "{b} and two.");
        assert_eq!(fill("{a", &[("a", "one")]), "one");
    }
}
