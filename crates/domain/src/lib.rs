#![doc = include_str!("../README.md")]

pub mod access;
pub mod admit;
pub mod calendar;
pub mod cbor;
pub mod certificates;
pub mod clinic;
mod date;
mod decimal;
mod declared;
pub mod fhir;
pub mod fold;
pub mod hex;
mod hlc;
mod ids;
mod instant;
pub mod kinds;
pub mod listing;
pub mod medication;
pub mod op;
pub mod patients;
pub mod record;
pub mod rule;
pub(crate) mod settle;
pub mod sync;
pub mod timeline;
mod value;
pub mod verify;
pub mod visits;
pub mod wire;

pub use date::{Age, Ages, DateTrouble, NotADate, PartialDate, Span, read_date};
pub use decimal::{Decimal, NotADecimal};
pub use declared::declared;
pub use hlc::Hlc;
pub use ids::{ClinicId, Digest, Incarnation, OpId, RecordId, Scope, SessionId};
pub use instant::{Instant, NotAZone, NotAnInstant, Zone};
pub use value::Value;
