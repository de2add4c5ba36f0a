//! What can be said to `clinicctl`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The clinic from a terminal. The password comes from CLINICDESK_PASSWORD or --password-file.
#[derive(Parser)]
#[command(name = "clinicctl", version, subcommand_required = true, arg_required_else_help = false)]
pub(crate) struct Arguments {
    /// The data folder.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) data: Option<PathBuf>,
    /// The name typed to sign in; needed where more than one person may.
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) user: Option<String>,
    /// A file whose first line is the password.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) password_file: Option<PathBuf>,
    /// Answer with JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Set up a clinic in an empty data folder.
    Setup(Setup),
    /// Find people by names in any order, partial or misspelt, by number, phone or birth date.
    Find {
        /// What would be typed into the box.
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Print a whole chart: what is known, all that happened, latest first, and its files.
    Chart {
        /// The person's number or id, or what would be typed to find them.
        #[arg(required = true, value_name = "PERSON")]
        person: Vec<String>,
    },
    /// Take in what other systems hand over.
    Import {
        #[command(subcommand)]
        verb: Import,
    },
    /// Names of illnesses and their codes.
    Codes {
        #[command(subcommand)]
        verb: Codes,
    },
    /// The mouth of a person: what is found of which tooth, DMFT and dmft, and what is planned.
    Teeth {
        /// The person's id, as `find` tells it.
        #[arg(value_name = "ID")]
        patient: String,
        /// As it was on this day, such as 2026-02-11.
        #[arg(long, value_name = "DATE")]
        day: Option<String>,
    },
    /// The forms that were filled for a person, such as the pressures of their eyes, latest first.
    Forms {
        /// The person's id, as `find` tells it.
        #[arg(value_name = "ID")]
        patient: String,
        /// Those of this form alone, such as eye.pressure.
        #[arg(long, value_name = "NAME")]
        code: Option<String>,
        /// Writes a table of those of this form, such as eye.pressure@1, into --out: a column an item and side.
        #[arg(long, value_name = "FORM", requires = "out")]
        table: Option<String>,
        /// The file of the table.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// A declared form as a PDF: blank, or as it was filled.
    FormPdf {
        /// The form, such as eye.pressure@1.
        #[arg(value_name = "FORM")]
        form: String,
        /// The filled one's id, as `forms` tells it.
        #[arg(long, value_name = "ID")]
        filled: Option<String>,
        /// Names teeth by Universal numbers, and else by FDI numbers (ISO 3950).
        #[arg(long)]
        universal: bool,
        /// The file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// What was measured of a person, number by number, latest first.
    Measures {
        /// The person's id, as `find` tells it.
        #[arg(value_name = "ID")]
        patient: String,
        /// Those of this code alone, such as eye.iop or vital.pulse.
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
    },
    /// What a treatment did to the eyes of a person: a measure before and after it.
    Outcome {
        /// The person's id, as `find` tells it.
        #[arg(value_name = "ID")]
        patient: String,
        /// The measure, such as eye.iop or eye.va.best.
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        /// The treatment, by its words as `--json` tells them.
        #[arg(long, value_name = "WORDS")]
        about: Option<String>,
    },
    /// Attach the clinic to a server that has none yet.
    Attach(Server),
    /// Turn this empty data folder into a workstation of a clinic.
    Enrol(Server),
    /// Exchange records with the server until neither side lacks any.
    Sync,
    /// Let a computer in that was restored from a backup, with or without a network. Or go on as a new installation, where the
    /// server has other entries under this workstation's numbers: its folder was put back to an old copy and written on, or is
    /// there twice. Then exchange records.
    Rejoin(Rejoin),
    /// List every command with its permission and the schemas of its input and output.
    Commands,
    /// Call a command with JSON; `-` reads it from standard input.
    Call {
        /// The command's name.
        command: String,
        /// Its input.
        #[arg(value_name = "JSON|-")]
        input: Option<String>,
    },
    /// Certificates as files, and the key by which anybody checks them.
    Certificate {
        #[command(subcommand)]
        verb: Certificate,
    },
    /// Files of charts: scans, results, X-rays, photographs.
    Files {
        #[command(subcommand)]
        verb: Files,
    },
    /// Whether a certificate's code is genuine and still holds, and what its paper must read. Exit 0 when the code
    /// is, also after its last day; 1 when it is revoked, superseded, not genuine or nobody here knows its issuer.
    /// Compare the paper with what is printed: only a PDF that is the issued file itself is compared for you.
    Verify(Verify),
    /// The audit trail.
    Audit {
        #[command(subcommand)]
        verb: Audit,
    },
    /// Make every table again from the log and name those that differed.
    Rebuild {
        /// Only look: change nothing.
        #[arg(long)]
        check: bool,
    },
    /// Backups: back up now, what is there, where they go, and whether one comes back.
    Backup {
        #[command(subcommand)]
        verb: Backup,
    },
    /// Bring a backup back. In a folder without a clinic by its papers: it becomes the workstation that the backup is of. Else
    /// as an administrator: what is unknown here is taken in, or with --replace the store here is set aside.
    Restore(Restore),
    /// Read one chart out of a backup, with its papers and the password of somebody who may read it. Nothing is changed.
    Open(Open),
    /// Check the folder, the store, the trail, the clock, the keys and the age of the backups.
    Doctor,
    /// The people who work here.
    User {
        #[command(subcommand)]
        verb: User,
    },
}

#[derive(Subcommand)]
pub(crate) enum Import {
    /// FHIR R4 bundles: files, or folders of them.
    Fhir {
        /// The files and folders.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Only look: write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// A registrar's list: CSV, XLSX, XLS or ODS. One that was broken off goes on. What is unsure is left out and told:
    /// the window asks about it.
    List(Registrar),
}

#[derive(Args)]
pub(crate) struct Registrar {
    /// The file.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The school year that it covers, such as 2026-2027.
    #[arg(long, value_name = "YEARS")]
    pub(crate) school_year: String,
    /// The term.
    #[arg(long, value_name = "TERM")]
    pub(crate) term: Option<String>,
    /// The campus, where it covers one alone.
    #[arg(long, value_name = "CAMPUS")]
    pub(crate) campus: Option<String>,
    /// A programme, where it covers some alone; may be given several times.
    #[arg(long, value_name = "PROGRAMME")]
    pub(crate) programme: Vec<String>,
    /// The first day of the term, as 2026-08-10.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// What its columns mean, in their order and with commas between: number, name, family, given, middle, suffix, sex,
    /// birth_date, programme, year, section, campus, email, phone, guardian, guardian_phone, or nothing. Without it they
    /// are read as the last time, else as they look.
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) columns: Option<String>,
    /// The month stands first in its dates.
    #[arg(long)]
    pub(crate) month_first: bool,
    /// Whether numbers shorter than the others lost their zeros: true or false. Without it they are left out.
    #[arg(long, value_name = "BOOL")]
    pub(crate) zeros_lost: Option<bool>,
    /// Keep what stands here wherever the list says otherwise.
    #[arg(long, conflicts_with = "take")]
    pub(crate) keep: bool,
    /// Take what the list says wherever it says otherwise, names and birth dates too, if they are so many rows.
    #[arg(long, value_name = "COUNT")]
    pub(crate) take: Option<u64>,
    /// Mark those who are not on the list as having left, if they are so many.
    #[arg(long, value_name = "COUNT")]
    pub(crate) left: Option<u64>,
    /// Only look: write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Subcommand)]
pub(crate) enum Backup {
    /// Back up what is new.
    Now {
        /// Where: its name or its id; every target where none is named.
        #[arg(long, value_name = "TARGET")]
        target: Option<String>,
        /// Take all of it and read it whole.
        #[arg(long)]
        complete: bool,
    },
    /// The targets with the moments that can be brought back, and what is in no backup.
    List,
    /// Read all that lies at a target. Exit 1 where something is damaged; it is named.
    Check {
        /// Its name or its id.
        #[arg(value_name = "TARGET")]
        target: String,
    },
    /// Where backups go.
    Targets(Place),
    /// Restore a backup into a folder of its own, compare it, and throw it away.
    Rehearse {
        /// Its name or its id.
        #[arg(value_name = "TARGET")]
        target: String,
    },
}

#[derive(Args)]
pub(crate) struct Source {
    /// The folder or stick that holds the folder `ClinicDesk`, the server's address, or the name of a store that was set aside.
    #[arg(value_name = "FROM")]
    pub(crate) from: PathBuf,
    /// A file with the recovery sheet of that workstation, or with two of the clinic's shares; none for a backup of this one.
    #[arg(long, value_name = "FILE")]
    pub(crate) papers: Option<PathBuf>,
    /// What the folder of the installation is called, where there are several.
    #[arg(long, value_name = "NAME")]
    pub(crate) installation: Option<String>,
    /// The number of the point; the last where none is given.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) point: Option<u64>,
}

#[derive(Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Set the store here aside, and put that of the backup in its place.
    #[arg(long)]
    pub(crate) replace: bool,
    /// With --replace: entries that are here and not in the backup may be set aside.
    #[arg(long, requires = "replace")]
    pub(crate) older: bool,
    /// By the papers, also where records lie here that do not open.
    #[arg(long, requires = "papers")]
    pub(crate) here: bool,
    /// Only look: change nothing.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args)]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) source: Source,
    /// The person's number or id, or what would be typed to find them.
    #[arg(required = true, value_name = "PERSON")]
    pub(crate) person: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Place {
    /// A folder that becomes a target.
    #[arg(long, value_name = "DIR")]
    pub(crate) add: Option<PathBuf>,
    /// The clinic's server becomes a target.
    #[arg(long, conflicts_with = "add")]
    pub(crate) server: bool,
    /// What it is called; else as the folder.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// It is a stick: backed up to whenever it is plugged in.
    #[arg(long, requires = "add")]
    pub(crate) stick: bool,
    /// A target to which backups go no more; what lies there stays.
    #[arg(long, value_name = "TARGET", conflicts_with_all = ["add", "server", "name"])]
    pub(crate) remove: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Codes {
    /// Find names by words in any order, misspelt, in lay words, by a short form or a code.
    Find {
        /// What would be typed into the field.
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Take in a file of codes that the clinic has a licence for: ClaML, an order file of ICD-10-CM, a FHIR
    /// CodeSystem, or a table with a header. Each workstation is given the file; the clinic's word goes to all.
    TakeIn(TakeIn),
}

#[derive(Args)]
pub(crate) struct TakeIn {
    /// The file.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Its code system as a URI; where it is missing, as the file says.
    #[arg(long, value_name = "URI")]
    pub(crate) system: Option<String>,
    /// The version of the code system; where it is missing, as the file says.
    #[arg(long, value_name = "VERSION")]
    pub(crate) system_version: Option<String>,
    /// Its language, such as en.
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
    /// The licence by which the clinic uses it, in words.
    #[arg(long, value_name = "WORDS")]
    pub(crate) licence: Option<String>,
    /// Confirm that the clinic has this licence; your name is signed beside it.
    #[arg(long)]
    pub(crate) confirm_licence: bool,
    /// Only look: keep nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// A PDF, PNG or JPEG file, a file with the text of the code, the text itself, or a number.
    #[arg(value_name = "FILE|TEXT")]
    pub(crate) what: String,
    /// Check by this public key in PEM alone, without a data folder and without revocations.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Server {
    /// The server's address.
    #[arg(long, value_name = "URL")]
    pub(crate) server: String,
    /// The one-time code.
    #[arg(long, value_name = "CODE")]
    pub(crate) code: String,
}

#[derive(Args)]
pub(crate) struct Rejoin {
    /// What people will call it; its name stays where none is given.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Another computer works on under the former name, so that this one needs another; without this, what it was has ended.
    #[arg(long)]
    pub(crate) other_runs: bool,
}

#[derive(Args)]
pub(crate) struct Setup {
    /// The clinic's name as it is printed.
    #[arg(long)]
    pub(crate) clinic: String,
    /// The first site's name.
    #[arg(long)]
    pub(crate) site: String,
    /// The two to six letters that begin the site's numbers; taken from its name where they are missing.
    #[arg(long, value_name = "LETTERS")]
    pub(crate) site_code: Option<String>,
    /// The administrator's name as it is printed.
    #[arg(long, value_name = "FULL NAME")]
    pub(crate) name: String,
    /// The name typed to sign in; made from the administrator's name where it is missing.
    #[arg(long, value_name = "NAME")]
    pub(crate) sign_in: Option<String>,
    /// The IANA time zone that decides the site's day; TZ, or UTC, where it is missing.
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    /// Where the recovery papers go, as PDF if the name ends so, else as text: this one and, beside it,
    /// one file a share. Without it they are printed here.
    #[arg(long, value_name = "FILE")]
    pub(crate) sheet: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Certificate {
    /// Write a certificate's PDF: the one that was issued, or a draft with DRAFT across it.
    Pdf {
        /// Its id or its number.
        #[arg(value_name = "ID|NUMBER")]
        which: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Write issued spectacles as a FHIR VisionPrescription, for another system.
    Fhir {
        /// Their id or their number.
        #[arg(value_name = "ID|NUMBER")]
        which: String,
        /// The file to write.
        #[arg(long, value_name = "FILE.json")]
        out: PathBuf,
    },
    /// Write the public key with which anybody checks what this workstation has issued.
    Key {
        /// The file to write.
        #[arg(long, value_name = "FILE.pem")]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum Files {
    /// Add a file to a chart: JPEG, PNG, WebP, TIFF, PDF, DICOM or text. What it is its content says, not its name.
    Add(AddFile),
    /// List the files of a chart, latest first.
    List {
        /// The person's record.
        patient: String,
    },
    /// Write the files of a chart for another system: one FHIR R4 bundle.
    Export {
        /// The person's record.
        patient: String,
        /// Of this sort alone.
        #[arg(long)]
        sort: Option<String>,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Keep a copy of a file.
    Save {
        /// The file's record.
        file: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

#[derive(Args)]
pub(crate) struct AddFile {
    /// The file.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The person's record.
    #[arg(long, value_name = "ID")]
    pub(crate) patient: String,
    /// consultation, laboratory, xray, prescription, consent, referral, insurance, photo, device, outside_certificate,
    /// identity or other.
    #[arg(long)]
    pub(crate) sort: String,
    /// What it is called; the name of the file where it is missing.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// The day of what it shows, as 2026-11-22.
    #[arg(long, value_name = "DATE")]
    pub(crate) taken_on: Option<String>,
    /// What there is to say about it.
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// It is this person's although it names another.
    #[arg(long)]
    pub(crate) confirm: bool,
}

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Check the trail entry by entry against its signed heads.
    Verify,
    /// Who opened a person's chart: here, and at the other computers as far as the server tells. That it is asked is
    /// entered in the trail.
    Looked {
        /// The person's record.
        patient: String,
    },
}

#[derive(Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one of it, read once")]
pub(crate) enum User {
    /// List the people who work here.
    List,
    /// Add a person; their first password comes from CLINICDESK_FIRST_PASSWORD or a file.
    Add(AddUser),
}

#[derive(Args)]
pub(crate) struct AddUser {
    /// The name typed to sign in.
    #[arg(long, value_name = "NAME")]
    pub(crate) sign_in: String,
    /// Their name as it is printed.
    #[arg(long, value_name = "FULL NAME")]
    pub(crate) name: String,
    /// administrator, doctor, dentist, nurse, front_desk, optometrist, pharmacist or auditor.
    #[arg(long)]
    pub(crate) role: String,
    /// Their title.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Letters after the name.
    #[arg(long)]
    pub(crate) qualification: Option<String>,
    /// What they do, as it is printed.
    #[arg(long)]
    pub(crate) position: Option<String>,
    /// The number of their licence.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) licence: Option<String>,
    /// The last day of their licence, as 30/6/2027 or 2027-06-30.
    #[arg(long, value_name = "DATE")]
    pub(crate) licence_until: Option<String>,
    /// A file whose first line is their first password.
    #[arg(long, value_name = "FILE")]
    pub(crate) first_password_file: Option<PathBuf>,
}
