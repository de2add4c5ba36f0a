//! Reading what other systems hand over, and writing files for them: FHIR R4 bundles (<https://hl7.org/fhir/R4/bundle.html>).
//!
//! Nothing is dropped silently. A mapper takes from a resource what a field of ours holds exactly; what turns or
//! adds to its meaning is said in words, the rest stands in `original` (`elements` tells which), and each resource
//! is stored, merged into another, or left out with a reason. One thing wrong leaves out that one thing. Numbers,
//! codes and times keep the text that they had.

mod allergies;
mod bundle;
mod cursor;
mod datatypes;
mod denials;
mod documents;
mod draft;
mod elements;
mod events;
mod eyes;
mod family;
mod faults;
mod flags;
mod immunisations;
mod json;
mod links;
mod medicines;
mod observations;
mod patients;
mod plan;
mod problems;
mod r4;
mod spectacles;
mod visits;
mod when;
mod words;
mod written;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use draft::Resource;

pub use bundle::{Bundle, read};
pub use elements::{Becomes, Element, elements};
pub use plan::{Account, Carried, Left, LeftOut, Mistake, PatientPlan, Plan, Planned, plan};
pub use spectacles::vision_prescription;
pub use written::{Document, Encoded, documents};

/// The resources that become records of a kind of their own. Those of other types that are kept are events.
const RESOURCES: &[Resource] = &[
    visits::RESOURCE,
    observations::RESOURCE,
    problems::RESOURCE,
    allergies::RESOURCE,
    family::RESOURCE,
    immunisations::RESOURCE,
    medicines::REQUEST,
    medicines::STATEMENT,
    flags::RESOURCE,
    documents::RESOURCE,
];

/// Why a file is not taken in, and where; neither holds a value of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema, thiserror::Error)]
#[error("{place}: {reason:?}")]
pub struct Refused {
    /// A path such as `Bundle.entry[3].resource.subject`, or `line 4 column 12` where it is no JSON.
    pub place: String,
    /// Why.
    pub reason: Reason,
}

/// Why a file is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FileFault")]
pub enum Reason {
    /// Not JSON (RFC 8259).
    NotJson,
    /// A key that stands twice in one object.
    DuplicateKey,
    /// Objects and lists nested deeper than 64.
    TooDeep,
    /// A file of more than 64 MB.
    TooLarge,
    /// More values than five million.
    TooMany,
    /// A folder, a pipe or a device, and no file.
    NoFile,
    /// The system does not let it be read.
    Unreadable,
    /// Not a FHIR bundle.
    NotABundle,
    /// A bundle that is no collection of resources, such as an answer or a history.
    UnknownBundleType,
    /// An entry that asks for something other than to hold its resource.
    UnknownRequest,
    /// An entry without a resource.
    NoResource,
    /// A resource or an element that FHIR R4 does not have.
    NotR4,
    /// Text where a number belongs, one where a list belongs, and the like.
    WrongType,
    /// Something that cannot be left out.
    Missing,
    /// A resource with neither URL, identifier nor id.
    NoIdentity,
    /// The same resource twice.
    Duplicate,
    /// No patient.
    NoPatient,
    /// A resource that does not say about whom it is.
    NoSubject,
    /// One resource that is about two patients.
    TwoPatients,
    /// Somebody, or a resource about somebody, whose identity somebody else has here already.
    AnotherPerson,
    /// A reference to something that is not in the bundle.
    UnknownReference,
    /// Not a date (FHIR R4 `date`).
    BadDate,
    /// Not a time with an offset (FHIR R4 `dateTime`, `instant`).
    BadInstant,
    /// A number of more than 64 characters.
    BadDecimal,
    /// Text with control characters.
    BadText,
    /// A word outside the list that FHIR R4 gives.
    BadCode,
    /// More text than a field holds.
    TooLong,
    /// A date that cannot be, such as a birth after today.
    Unlikely,
    /// A `modifierExtension` or `implicitRules`, which may turn its meaning around.
    NotUnderstood,
}

/// Longer texts are refused unread, in bytes: 64 MB hold a hundred thousand people.
pub const LARGEST: usize = 64 << 20;

impl Refused {
    fn at(place: impl Into<String>, reason: Reason) -> Self {
        Self { place: place.into(), reason }
    }
}
