//! Names of illnesses and their codes. A value in, a value out: no clock, no disk.
//!
//! [`starter`] is our own set of names; [`pack`] reads what a clinic takes in itself; [`Index`] finds a name by what
//! somebody types of it; [`rank`] puts first what this person and this clinic write most.

mod index;
pub mod pack;
pub mod rank;
mod search;
pub mod starter;
mod words;

pub use index::{Index, Set, Term};
pub use search::Match;
pub use words::sound;

/// ICD-10 as FHIR names it (<https://terminology.hl7.org/ICD.html>).
pub const ICD_10: &str = "http://hl7.org/fhir/sid/icd-10";
/// The clinical modification of the United States, likewise.
pub const ICD_10_CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
