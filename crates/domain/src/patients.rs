//! People who get care, and what is known of them beside their visits.

mod consent;
mod duplicates;
mod gravity;
mod names;
mod phone;
mod substances;
mod writings;

pub(crate) use consent::check_consent;
pub use consent::{
    Consent, ConsentAnswer, ConsentBy, ConsentSort, ConsentText, consent_lacks, is_minor, lacking,
    may_be_minor,
};
pub use duplicates::{Likeness, Reason, WORTH_SHOWING, likeness};
pub use gravity::SEVERE;
pub use names::{Key, keys, plain, search_words, split_birth_date};
pub use phone::{is_telephone, share as is_same_telephone};
pub use writings::{in_full, other_writings, parted, stands_beside};

use jiff::civil::Date;

use crate::date::FIRST_YEAR;
use crate::measure::EyeSide;
use crate::record::{Coding, Entries};
use crate::{PartialDate, RecordId, choice, entry, record};

choice! {
    /// Sex as registered (FHIR R4 administrative gender).
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Another.
        Other = "other",
        /// Not known.
        Unknown = "unknown",
    }
}

choice! {
    /// How a person belongs to the clinic.
    pub enum Category {
        /// A student.
        Student = "student",
        /// Teaching staff.
        Faculty = "faculty",
        /// Other staff.
        Staff = "staff",
        /// Family of one of these.
        Dependant = "dependant",
        /// Anybody else.
        Public = "public",
    }
}

entry! {
    /// A telephone number or an e-mail address.
    pub struct Contact {
        /// The number or address.
        value: String,
        /// `phone` or `email`.
        system: String,
        /// Whose or where: `mobile`, `home`, `work`.
        purpose: String,
        /// Which one first, from 1.
        rank: i64,
    }
}

entry! {
    /// A postal address.
    pub struct Address {
        /// Street, house, building.
        line: String,
        /// Town.
        city: String,
        /// Province, state or region.
        region: String,
        /// Postal code.
        postcode: String,
        /// Country.
        country: String,
        /// `present` or `permanent`.
        purpose: String,
    }
}

entry! {
    /// A number by which somebody knows this person.
    pub struct Identifier {
        /// What kind of number: `student`, `employee`, `national`, `insurance` or a URI.
        system: String,
        /// The number.
        value: String,
        /// What people call it.
        label: String,
    }
}

entry! {
    /// Somebody to call, or who decides for this person.
    pub struct Relation {
        /// Their name.
        name: String,
        /// How they are related.
        relation: String,
        /// Their number.
        phone: String,
        /// Whether they may consent for this person.
        consents: bool,
    }
}

record! {
    /// A person who gets care.
    pub struct Patient: "patient", Ordinary, Site;
    verbs { Create: PatientRegister, Patch: PatientEdit, Void: PatientVoid, Resolve: ConflictResolve, }
    seen { PatientRead, }
    roles { source: source, original: original, }
    fields {
        /// Family name, or the one name of somebody who has one.
        family: String, Critical;
        /// Given names.
        given: String, Critical;
        /// Middle name or mother's family name.
        middle: String, Critical;
        /// `Jr`, `III`.
        suffix: String, Ordinary;
        /// `Mr`, `Dr`.
        title: String, Ordinary;
        /// Another name they are known by.
        known_as: String, Ordinary;
        /// The name in Latin letters as on a passport, given names first: printed where a paper cannot show the other.
        latin: String, Ordinary;
        /// Date of birth, as exactly as it is known.
        birth_date: PartialDate, Critical;
        /// Sex.
        sex: Sex, Critical;
        /// Gender in their own words.
        gender: String, Ordinary;
        /// Date of death.
        died: PartialDate, Critical;
        /// Whether they have died, where no date of it is known (FHIR R4 `Patient.deceasedBoolean`).
        deceased: bool, Critical;
        /// Civil status.
        civil_status: String, Ordinary;
        /// Nationality.
        nationality: String, Ordinary;
        /// Religion.
        religion: String, Ordinary;
        /// Blood group.
        blood_group: String, Critical;
        /// How they belong to the clinic.
        category: Category, Ordinary;
        /// School or college.
        school: String, Ordinary;
        /// Course.
        course: String, Ordinary;
        /// Year of the course.
        year_level: String, Ordinary;
        /// Department.
        department: String, Ordinary;
        /// Numbers by which they are known.
        identifiers: Entries<Identifier>, Critical;
        /// Telephone and e-mail.
        contacts: Entries<Contact>, Ordinary;
        /// Addresses.
        addresses: Entries<Address>, Ordinary;
        /// People to call and guardians.
        relations: Entries<Relation>, Ordinary;
        /// Language.
        language: String, Ordinary;
        /// That somebody asked and there is no known allergy.
        no_known_allergies: bool, Ordinary by AllergyEdit;
        /// That its source does not use this record any more (FHIR R4 `Patient.active`, `Patient.link`).
        inactive: bool, Ordinary;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

impl Patient {
    /// The same person under their name in Latin letters; nothing where none is recorded.
    #[must_use]
    pub fn in_latin_letters(&self) -> Option<Self> {
        let latin = self.latin.as_deref().map(str::trim).filter(|latin| !latin.is_empty())?;
        let given = Some(latin.to_owned());
        Some(Self { given, family: None, middle: None, suffix: None, ..self.clone() })
    }

    /// The number that people here know somebody by: a student's or employee's, else the one on their
    /// record. National and insurance numbers are nobody's business in a list or on a paper.
    #[must_use]
    pub fn known_number(&self) -> Option<&Identifier> {
        let all = || self.identifiers.iter().flat_map(|entries| entries.0.values());
        let of = |wanted: &str| all().find(|number| number.system.as_deref() == Some(wanted));
        let labelled = || all().find(|number| number.label.as_deref() == Some("Medical Record Number"));
        of("student").or_else(|| of("employee")).or_else(labelled)
    }

    /// Whether they have died, on a known day or not.
    #[must_use]
    pub fn has_died(&self) -> bool {
        self.died.is_some() || self.deceased == Some(true)
    }
}

/// Which of the dates of birth and death cannot be so: nobody alive was born before [`FIRST_YEAR`], and nobody is
/// born after today or dies before they are born.
#[must_use]
pub fn unlikely(born: Option<PartialDate>, died: Option<PartialDate>, today: Date) -> Option<&'static str> {
    let impossible = |date: &PartialDate| date.year() < FIRST_YEAR || date.earliest() > today;
    let first = |died: &PartialDate| born.is_some_and(|born| died.latest() < born.earliest());
    if born.as_ref().is_some_and(impossible) {
        Some("birth_date")
    } else if died.as_ref().is_some_and(|died| impossible(died) || first(died)) {
        Some("died")
    } else {
        None
    }
}

choice! {
    /// How bad a reaction is or was.
    pub enum Severity {
        /// Mild.
        Mild = "mild",
        /// Moderate.
        Moderate = "moderate",
        /// Severe.
        Severe = "severe",
    }
}

choice! {
    /// How sure it is that somebody has or had something.
    pub enum Certainty {
        /// It was found.
        Confirmed = "confirmed",
        /// It may be so.
        Suspected = "suspected",
        /// It was looked for and is not there.
        Excluded = "excluded",
    }
}

choice! {
    /// How sure an allergy is; one that was ruled out is over.
    pub enum AllergyCertainty {
        /// It was found.
        Confirmed = "confirmed",
        /// It may be so.
        Suspected = "suspected",
    }
}

choice! {
    /// How dangerous another exposure may be (FHIR R4 `criticality`).
    pub enum Criticality {
        /// Not of which people die.
        Low = "low",
        /// It may be life-threatening.
        High = "high",
        /// Nobody can tell.
        UnableToAssess = "unable-to-assess",
    }
}

choice! {
    /// Of two sides of the body, which.
    pub enum BodySide {
        /// Left.
        Left = "left",
        /// Right.
        Right = "right",
        /// Both.
        Both = "both",
    }
}

choice! {
    /// Whether a dose was given.
    pub enum DoseStatus {
        /// It was.
        Completed = "completed",
        /// It was not.
        NotDone = "not-done",
    }
}

record! {
    /// An allergy or intolerance.
    pub struct Allergy: "allergy", Claim, Site;
    told AllergyText;
    verbs { Create: AllergyEdit, Patch: AllergyEdit, Void: AllergyEdit, Resolve: ConflictResolve, }
    happened { since, recorded, }
    roles { source: source, original: original, }
    required { substance, }
    over { |allergy, _| allergy.resolved == Some(true) }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// To what.
        substance: String, Ordinary;
        /// Its code.
        code: Coding, Ordinary;
        /// What happens.
        reaction: String, Ordinary;
        /// How bad.
        severity: Severity, Ordinary;
        /// How sure it is.
        certainty: String as AllergyCertainty, Ordinary;
        /// How dangerous another exposure may be (FHIR R4 `criticality`).
        criticality: String as Criticality, Ordinary;
        /// Since when.
        since: PartialDate, Ordinary;
        /// When its source wrote it down.
        recorded: PartialDate, Fixed;
        /// Whether it is over; a withdrawn mistake is voided instead.
        resolved: bool, Ordinary;
        /// Why it is recorded beside one that it is like.
        despite: String, Ordinary;
        /// Remarks.
        remarks: String, Ordinary;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

choice! {
    /// How a problem stands.
    pub enum ProblemStatus {
        /// Just found.
        New = "new",
        /// Present.
        Active = "active",
        /// Unchanged.
        Stable = "stable",
        /// Getting worse.
        Progressing = "progressing",
        /// Getting better.
        Improving = "improving",
        /// Under control.
        Managed = "managed",
        /// Over.
        Resolved = "resolved",
    }
}

record! {
    /// A problem or condition. One that was ruled out is no more there than one that is over.
    pub struct Problem: "problem", Claim, Site;
    told ProblemText;
    verbs { Create: ProblemEdit, Patch: ProblemEdit, Void: ProblemEdit, Resolve: ConflictResolve, }
    happened { since, recorded, }
    roles { source: source, original: original, }
    required { name, }
    over { |problem, _| problem.status == Some(ProblemStatus::Resolved) || problem.certainty.as_deref() == Some("excluded") }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// Its name.
        name: String, Ordinary;
        /// Its code.
        code: Coding, Ordinary;
        /// How it stands.
        status: ProblemStatus, Ordinary;
        /// On which side of the body.
        side: String as BodySide, Ordinary;
        /// How bad.
        severity: Severity, Ordinary;
        /// How sure it is.
        certainty: String as Certainty, Ordinary;
        /// Since when.
        since: PartialDate, Ordinary;
        /// Until when.
        until: PartialDate, Ordinary;
        /// When its source wrote it down.
        recorded: PartialDate, Fixed;
        /// The visit in which it was found.
        visit: RecordId, Fixed;
        /// Remarks.
        remarks: String, Ordinary;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

record! {
    /// A dose of a vaccine given. One that was not stands behind those that were.
    pub struct Immunisation: "immunisation", Claim, Site;
    told ImmunisationText;
    verbs { Create: ImmunisationEdit, Patch: ImmunisationEdit, Void: ImmunisationEdit, Resolve: ConflictResolve, }
    happened { at, given, }
    roles { source: source, original: original, }
    required { vaccine, }
    over { |dose, _| dose.status.as_deref() == Some("not-done") }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The vaccine.
        vaccine: String, Ordinary;
        /// Its code.
        code: Coding, Ordinary;
        /// When it was given.
        given: PartialDate, Ordinary;
        /// When it was given, to the second, where that is known.
        at: crate::Instant, Fixed;
        /// Which dose of the series.
        dose: String, Ordinary;
        /// The lot.
        lot: String, Ordinary;
        /// When the next dose is due.
        next_due: PartialDate, Ordinary;
        /// Whether it was given; `subpotent` from elsewhere, where it was too weak to count.
        status: String as DoseStatus, Ordinary;
        /// The visit in which it was given.
        visit: RecordId, Fixed;
        /// Remarks.
        remarks: String, Ordinary;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

choice! {
    /// What part of somebody's background it is.
    pub enum BackgroundSort {
        /// An illness they had.
        Illness = "illness",
        /// An operation.
        Operation = "operation",
        /// A stay in a hospital.
        Stay = "stay",
        /// A disease of childhood.
        Childhood = "childhood",
        /// What somebody of their family has or had.
        Family = "family",
        /// What they need that others do not.
        Need = "need",
        /// A habit, such as smoking.
        Habit = "habit",
        /// A pregnancy.
        Pregnancy = "pregnancy",
    }
}

choice! {
    /// Whether a part of somebody's background is so.
    pub enum BackgroundStatus {
        /// It is.
        Present = "present",
        /// It was.
        Past = "past",
        /// It never was.
        Never = "never",
    }
}

record! {
    /// A part of somebody's medical background, or of their family's. It is mostly past, and still counts: none is over.
    pub struct Background: "background", Claim, Site;
    told BackgroundText;
    verbs { Create: ProblemEdit, Patch: ProblemEdit, Void: ProblemEdit, Resolve: ConflictResolve, }
    happened { when, recorded, }
    roles { source: source, original: original, }
    required { name, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// What it is a part of.
        sort: BackgroundSort, Ordinary;
        /// Its name.
        name: String, Ordinary;
        /// Its code.
        code: Coding, Ordinary;
        /// Who of the family has or had it, such as `mother`; then it is never the patient's own.
        relative: String, Ordinary;
        /// When it was or began.
        when: PartialDate, Ordinary;
        /// Until when; may lie ahead.
        until: PartialDate, Ordinary;
        /// How much, in words: `20 cigarettes a day`.
        amount: String, Ordinary;
        /// Of an operation of an eye, which.
        side: EyeSide, Ordinary;
        /// Whether it is so.
        status: BackgroundStatus, Ordinary;
        /// When its source wrote it down.
        recorded: PartialDate, Fixed;
        /// The visit in which it was told.
        visit: RecordId, Fixed;
        /// Remarks.
        remarks: String, Ordinary;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

record! {
    /// What somebody wrote for everyone who opens this person, such as `falls`. It stands in the banner until its day has
    /// passed.
    pub struct BannerAlert: "banner_alert", Claim, Site;
    told BannerAlertText;
    verbs { Create: ProblemEdit, Patch: ProblemEdit, Void: ProblemEdit, Resolve: ConflictResolve, }
    happened { since, }
    roles { source: source, original: original, }
    required { text, }
    over { |alert, today| alert.until.is_some_and(|until| until.latest() < today) }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// What everyone must know.
        text: String, Ordinary;
        /// Its code.
        code: Coding, Ordinary;
        /// What to do about it, such as `do not leave alone`.
        act: String, Ordinary;
        /// Since when, where its source says so.
        since: PartialDate, Fixed;
        /// The last day on which it holds.
        until: PartialDate, Ordinary;
        /// The visit in which it was written.
        visit: RecordId, Fixed;
        /// Remarks.
        remarks: String, Ordinary;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

#[cfg(test)]
mod tests {
    use super::{BannerAlert, unlikely};
    use crate::record::Told;

    #[test]
    fn an_alert_holds_through_the_last_day_on_which_it_may_end_and_without_one_until_it_is_withdrawn() {
        let today = "2026-11-22".parse().unwrap();
        for (until, over) in
            [(None, false), (Some("2026-11-22"), false), (Some("2026-11"), false), (Some("2026-11-21"), true)]
        {
            let until = until.map(|until| until.parse().unwrap());
            assert_eq!(BannerAlert { until, ..BannerAlert::default() }.is_over(today), over, "{until:?}");
        }
    }

    #[test]
    fn nobody_is_born_after_today_or_in_the_year_27_or_dies_before_they_are_born() {
        let today = "2026-11-22".parse().unwrap();
        let read = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        for (born, died, wrong) in [
            ("2001-02-20", "2001-02-20", None),
            ("2001", "2001-01", None),
            ("1926-01-01", "", None),
            ("", "2026-11-22", None),
            ("2026-11-23", "", Some("birth_date")),
            ("2096", "", Some("birth_date")),
            ("0027-01-01", "", Some("birth_date")),
            ("2001-02-20", "2000", Some("died")),
            ("", "2027", Some("died")),
            ("", "0001", Some("died")),
        ] {
            assert_eq!(unlikely(read(born), read(died), today), wrong, "{born} {died}");
        }
    }
}
