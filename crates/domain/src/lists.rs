//! The registrar's list: what its columns mean, what a row says, and who of the people here it is about.

mod changes;
mod columns;
mod fits;
mod student;

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use changes::{Changes, Held, ListChange, Listed, Taking};
pub use columns::{Column, DateOrder, date_order, guess, header_row, shape};
pub use fits::{Fits, POSSIBLE, fits};
pub use student::{Reading, Student, WhyBad, named, student, usual_length};

use crate::enrolment::{Enrolment, EnrolmentStatus, school_year};
use crate::patients::plain;
use crate::record::Hex;
use crate::{ClinicId, PartialDate, RecordId, choice, record};

choice! {
    /// What a row of a list comes to.
    pub enum RowOutcome {
        /// Somebody who is known here, as the list has them.
        Returning = "returning",
        /// Somebody who is known here, of whom the list says something else.
        Changed = "changed",
        /// Nobody here is like them.
        New = "new",
        /// Their number belongs to somebody here who is not like them.
        AnothersNumber = "anothers_number",
        /// More than one person fits, or one that is not surely meant.
        TwoFit = "two_fit",
        /// The row cannot be read.
        Bad = "bad",
        /// Enrolled in what the list covers, and not on it.
        Left = "left",
    }
}

choice! {
    /// What a person decided about a row.
    pub enum RowChoice {
        /// Take what the list says.
        Take = "take",
        /// Keep what stands here, and only add what was empty.
        Keep = "keep",
        /// It is the person who was named.
        Person = "person",
        /// It is somebody new.
        New = "new",
        /// Leave the row out.
        Leave = "leave",
    }
}

choice! {
    /// How far a run is.
    pub enum RunStatus {
        /// Begun, and neither finished nor given up.
        Applying = "applying",
        /// Finished.
        Applied = "applied",
        /// Given up: what was written stays.
        Stopped = "stopped",
    }
    moves {
        "" => "applying": ImportRun,
        "applying" => "applied": ImportRun,
        "applying" => "stopped": ImportRun,
    }
}

record! {
    /// One taking in of a list at one workstation.
    pub struct ImportRun: "import_run", Ordinary, Site;
    verbs { Create: ImportRun, Patch: ImportRun, Resolve: ConflictResolve, }
    fields {
        /// The digest of the file (SHA-256).
        sha256: Hex, Fixed;
        /// The words of its header, by which its columns are known the next time.
        header: String, Fixed;
        /// What its columns mean, in their order; an empty word where one was not read.
        columns: Vec<String>, Fixed;
        /// In which order its dates stand.
        dates: DateOrder, Fixed;
        /// The school year that it covers.
        school_year: String, Fixed;
        /// The term.
        term: String, Fixed;
        /// The campus, where it covers one alone.
        campus: String, Fixed;
        /// The programmes, where it covers some alone.
        programmes: Vec<String>, Fixed;
        /// How many rows it has.
        rows: i64, Fixed;
        /// Rows about somebody of whom nothing changed.
        returning: i64, Ordinary;
        /// Rows by which somebody was changed.
        changed: i64, Ordinary;
        /// People who were registered.
        added: i64, Ordinary;
        /// People who were marked as having left.
        left: i64, Ordinary;
        /// Rows that were left out.
        left_out: i64, Ordinary;
        /// How far it is.
        status: RunStatus, State;
    }
}

/// What a list covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCoverage {
    /// The school year.
    pub school_year: String,
    /// The term, where the school has such.
    pub term: Option<String>,
    /// The campus, where it covers one alone.
    pub campus: Option<String>,
    /// The programmes, where it covers some alone.
    pub programmes: Vec<String>,
    /// The first day of the term.
    pub from: Option<PartialDate>,
}

impl ListCoverage {
    /// The same as it is kept: nothing where the school year is none.
    #[must_use]
    pub fn tidied(self) -> Option<Self> {
        let said = |text: Option<String>| text.map(|text| tidy(&text)).filter(|text| !text.is_empty());
        let programmes = self.programmes.into_iter().filter_map(|programme| said(Some(programme))).collect();
        let school_year = school_year(&self.school_year)?;
        Some(Self {
            school_year,
            term: said(self.term),
            campus: said(self.campus),
            programmes,
            from: self.from,
        })
    }

    /// The id of somebody whom a list of this clinic makes known: the same at every workstation.
    #[must_use]
    pub fn person(clinic: ClinicId, number: &str) -> RecordId {
        RecordId::derived(format!("{clinic}/student/{}", signs(number)).as_bytes())
    }

    /// The id of their enrolment in what this covers: the same at every workstation and for every list of the term.
    #[must_use]
    pub fn enrolment(&self, clinic: ClinicId, number: &str) -> RecordId {
        let term = signs(self.term.as_deref().unwrap_or_default());
        let from = format!("{clinic}/enrolment/{}/{term}/{}", self.school_year, signs(number));
        RecordId::derived(from.as_bytes())
    }

    /// What an enrolment made of `student` says.
    #[must_use]
    pub fn enrolled(&self, student: &Student) -> Enrolment {
        let source = [Some("registrar"), Some(self.school_year.as_str()), self.term.as_deref()];
        Enrolment {
            school_year: Some(self.school_year.clone()),
            term: self.term.clone(),
            programme: student.programme.clone(),
            year: student.year.clone(),
            section: student.section.clone(),
            campus: student.campus.clone().or_else(|| self.campus.clone()),
            status: Some(EnrolmentStatus::Enrolled),
            from: self.from,
            source: Some(source.into_iter().flatten().collect::<Vec<_>>().join(" ")),
            ..Enrolment::default()
        }
    }

    /// Whether `enrolment` is of the very term.
    #[must_use]
    pub fn is_of(&self, enrolment: &Enrolment) -> bool {
        let term = |term: &Option<String>| signs(term.as_deref().unwrap_or_default());
        enrolment.school_year.as_deref() == Some(&self.school_year)
            && term(&enrolment.term) == term(&self.term)
    }

    /// Whether `enrolment` is of a later year or term: it is no matter of this list.
    #[must_use]
    pub fn is_before(&self, enrolment: &Enrolment) -> bool {
        let term = |term: &Option<String>| signs(term.as_deref().unwrap_or_default());
        let begins = |from: Option<PartialDate>| from.map(|from| from.earliest());
        let year = enrolment.school_year.as_deref().unwrap_or_default();
        match year.cmp(&self.school_year) {
            Ordering::Equal if term(&enrolment.term) != term(&self.term) => {
                let (its, ours) = (begins(enrolment.from), begins(self.from));
                match its.zip(ours) {
                    Some((its, ours)) => its > ours,
                    // Nobody knows which came first: it is left as it is.
                    None => true,
                }
            }
            order => order == Ordering::Greater,
        }
    }

    /// Whether it speaks of those who study where `enrolment` says, whenever that was.
    #[must_use]
    pub fn covers(&self, enrolment: &Enrolment) -> bool {
        let (campus, programme) = (enrolment.campus.as_deref(), enrolment.programme.as_deref());
        let is = |one: &str, other: &str| signs(one) == signs(other);
        let at = self.campus.as_deref().is_none_or(|wanted| campus.is_some_and(|campus| is(campus, wanted)));
        let named = |programme: &str| self.programmes.iter().any(|wanted| is(programme, wanted));
        at && (self.programmes.is_empty() || programme.is_some_and(named))
    }
}

/// Whether a list of `rows` people is as long as one that speaks of `enrolled`: a half list marks nobody as having left.
#[must_use]
pub fn is_whole(rows: u64, enrolled: u64) -> bool {
    rows.saturating_mul(10) >= enrolled.saturating_mul(8)
}

/// A text with single spaces and none around it.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters and digits by which two writings of a number or a word are compared.
#[must_use]
pub fn signs(text: &str) -> String {
    plain(text).chars().filter(|sign| sign.is_alphanumeric()).collect()
}
