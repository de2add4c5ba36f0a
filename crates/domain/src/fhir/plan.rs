//! What would be made of a bundle: the records by patient, and an account of each resource.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Bundle, Reason};
use crate::{Instant, RecordId, Value};

/// What would be made of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The patients, in the order of the bundle.
    pub patients: Vec<PatientPlan>,
    /// Resources that their source calls a mistake: their records may be here from before.
    pub mistakes: Vec<Mistake>,
    /// What becomes of the resources, by type.
    pub account: BTreeMap<String, Account>,
    /// What is left out because something about it is wrong or over, in the order of the bundle.
    pub left: Vec<Left>,
    /// The types of the resources that become records, by record.
    #[serde(skip)]
    pub types: BTreeMap<RecordId, String>,
}

/// A resource, or an element of one that is kept, that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Left {
    /// Where it stands, such as `Bundle.entry[3].resource.effectiveDateTime`.
    pub place: String,
    /// Why.
    pub reason: LeftOut,
}

/// A patient with their records: the patient first, then visits, then the others, each by time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PatientPlan {
    /// The patient's record.
    pub patient: RecordId,
    /// The records of the same person that this one replaces.
    pub replaces: Vec<RecordId>,
    /// The records, the patient's own among them.
    pub records: Vec<Planned>,
}

/// A record to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Its kind.
    pub kind: &'static str,
    /// Its id, which follows from its source.
    pub record: RecordId,
    /// Where its resource stands.
    pub place: String,
    /// Its fields, by path.
    pub patch: BTreeMap<String, Value>,
    /// When it happened, for the order alone: noon (UTC) where only a date is known.
    pub at: Option<Instant>,
    /// Further records that its resource becomes; empty in a plan, where each stands by itself.
    #[serde(skip)]
    pub beside: Vec<Planned>,
    /// The bytes of the file that it is, as they came: whoever writes it judges them first.
    #[serde(skip)]
    pub carried: Option<Carried>,
    /// The record that says of a resource what it says, where none of its files is taken in.
    #[serde(skip)]
    pub instead: Option<Box<Planned>>,
}

/// A file as another system hands it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its bytes in Base64 (RFC 4648, section 4), with the white space that FHIR allows.
    pub data: String,
    /// How many bytes it has, as the other system says.
    pub size: Option<String>,
    /// Their SHA-1 digest in Base64, as the other system says.
    pub hash: Option<String>,
    /// Where it stands, such as `Bundle.entry[3].resource.content[0].attachment`.
    pub place: String,
}

/// A record of a resource that its source calls a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The record that it would have become.
    pub record: RecordId,
    /// Where it stands.
    pub place: String,
}

/// What becomes of the resources of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Account {
    /// How many become a record.
    pub stored: u64,
    /// How many are a record here already.
    #[serde(default)]
    pub known: u64,
    /// How many become part of another's record.
    pub merged: u64,
    /// How many are left out, by reason.
    pub left_out: BTreeMap<LeftOut, u64>,
    /// How many elements of those that are kept are left out, by reason.
    #[serde(default)]
    pub cut: BTreeMap<LeftOut, u64>,
}

impl Account {
    /// How many resources it accounts for.
    #[must_use]
    pub fn resources(&self) -> u64 {
        self.stored + self.known + self.merged + self.left_out.values().sum::<u64>()
    }

    /// Adds what became of the resources of another file.
    pub fn add(&mut self, other: Self) {
        let Self { stored, known, merged, left_out, cut } = other;
        self.stored += stored;
        self.known += known;
        self.merged += merged;
        left_out.into_iter().for_each(|(reason, count)| *self.left_out.entry(reason).or_default() += count);
        cut.into_iter().for_each(|(reason, count)| *self.cut.entry(reason).or_default() += count);
    }
}

/// Why a resource, or an element of one, is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Claims and payments.
    ClaimsNotKept,
    /// An organisation; visits keep its name.
    AboutOrganisation,
    /// Somebody who gives care; visits keep their name.
    AboutPractitioner,
    /// A place; visits keep its name.
    AboutPlace,
    /// About a group, a device or a place.
    NotAboutAPatient,
    /// A medicine, or the bytes of a file, that no kept resource names.
    NotReferredTo,
    /// Its source says that it is a mistake.
    EnteredInError,
    /// It holds more than a record does, such as an attached file.
    TooLong,
    /// It says that its meaning may differ from what it seems to say.
    NotUnderstood,
    /// A type of resource for which there is no kind of record.
    KindNotKept,
    /// A name, number, address or person to call that is no longer in use.
    Ended,
    /// A date that cannot be, such as a birth after today.
    Unlikely,
    /// Nobody in the file is the person whom it is about.
    NoSubject,
    /// It names what is about another patient.
    TwoPatients,
    /// Another resource has the same name and says something else.
    Duplicate,
    /// An entry that asks for something other than to hold its resource.
    UnknownRequest,
    /// An entry without a resource.
    NoResource,
    /// Something that FHIR R4 does not have.
    NotR4,
    /// Text where a number belongs, one where a list belongs, and the like.
    WrongType,
    /// Something that cannot be left out is missing.
    Missing,
    /// Not a date.
    BadDate,
    /// Not a time with an offset.
    BadInstant,
    /// A number of more than 64 characters.
    BadDecimal,
    /// Text that cannot be kept.
    BadText,
    /// A word outside the list that FHIR R4 gives.
    BadCode,
    /// A file at an address outside of what was handed over.
    Elsewhere,
    /// A file of which size or digest are not those that its source tells.
    NotAsTold,
    /// A file that is not taken in by hand either: a program, something packed, damaged, locked or of an unknown sort.
    Unfit,
    /// A file of more bytes than its sort has.
    FileTooLarge,
    /// A file that names somebody else: a person looks at it and files it by hand.
    NamesAnother,
}

impl From<Reason> for LeftOut {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NoSubject | Reason::UnknownReference => Self::NoSubject,
            Reason::TwoPatients => Self::TwoPatients,
            Reason::Duplicate | Reason::DuplicateKey => Self::Duplicate,
            Reason::UnknownRequest => Self::UnknownRequest,
            Reason::NoResource => Self::NoResource,
            Reason::NotR4 | Reason::UnknownBundleType | Reason::NotABundle => Self::NotR4,
            Reason::BadDate => Self::BadDate,
            Reason::BadInstant => Self::BadInstant,
            Reason::BadDecimal => Self::BadDecimal,
            Reason::BadText | Reason::NotJson | Reason::NoFile | Reason::Unreadable => Self::BadText,
            Reason::BadCode => Self::BadCode,
            Reason::Unlikely => Self::Unlikely,
            Reason::TooLong | Reason::TooDeep | Reason::TooLarge | Reason::TooMany => Self::TooLong,
            Reason::NotUnderstood => Self::NotUnderstood,
            Reason::WrongType | Reason::AnotherPerson => Self::WrongType,
            Reason::Missing | Reason::NoIdentity | Reason::NoPatient => Self::Missing,
        }
    }
}

/// What becomes of one resource.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one a resource, and most are stored")]
pub(super) enum Fate {
    /// It becomes a record of this patient, without these of its elements.
    Stored(RecordId, Planned, Vec<Left>),
    /// It becomes part of another's record.
    Merged,
    /// Its source says that it is a mistake: the records that it would have become.
    Mistake(Vec<Mistake>),
    /// It is left out because of its type.
    Other(LeftOut),
    /// It is left out because of what is wrong with it.
    Faulty(Left),
}

/// What would be made of `bundle`.
#[must_use]
pub fn plan(bundle: Bundle) -> Plan {
    let mut plan = Plan::default();
    for (of, fate) in bundle.fates {
        let account = plan.account.entry(of.clone()).or_default();
        match fate {
            Fate::Stored(patient, mut record, cut) => {
                account.stored += 1;
                for left in &cut {
                    *account.cut.entry(left.reason).or_default() += 1;
                }
                plan.left.extend(cut);
                let beside = std::mem::take(&mut record.beside);
                let all = std::iter::once(record.record).chain(beside.iter().map(|record| record.record));
                let instead = record.instead.as_ref().map(|instead| instead.record);
                plan.types.extend(all.chain(instead).map(|record| (record, of.clone())));
                let records = std::iter::once(record).chain(beside);
                match plan.patients.iter_mut().find(|known| known.patient == patient) {
                    Some(known) => known.records.extend(records),
                    None => {
                        let replaces = bundle.replaces.get(&patient).cloned().unwrap_or_default();
                        plan.patients.push(PatientPlan { patient, replaces, records: records.collect() });
                    }
                }
            }
            Fate::Merged => account.merged += 1,
            Fate::Mistake(mistake) => {
                plan.mistakes.extend(mistake);
                *account.left_out.entry(LeftOut::EnteredInError).or_default() += 1;
            }
            Fate::Other(reason) => *account.left_out.entry(reason).or_default() += 1,
            Fate::Faulty(left) => {
                *account.left_out.entry(left.reason).or_default() += 1;
                plan.left.push(left);
            }
        }
    }
    for patient in &mut plan.patients {
        patient.records.sort_by_cached_key(|record| {
            let rank = ["patient", "visit"].iter().position(|kind| *kind == record.kind).unwrap_or(2);
            (rank, record.at.is_none(), record.at.clone(), record.record)
        });
    }
    plan
}
