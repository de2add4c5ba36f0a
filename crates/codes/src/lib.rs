#![doc = include_str!("../README.md")]

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
