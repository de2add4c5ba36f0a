//! Whose signatures count.

use domain::admit::Entry;
use domain::{Incarnation, RecordId};

use crate::act::Act;

/// Whose keys are believed, as the records of the clinic vouch for them.
pub trait Keys {
    /// The public signing key of who wrote `entry`.
    fn author(&self, act: &Act, entry: &Entry) -> Option<[u8; 32]>;
    /// The public signing key of the person whose record `person` is.
    fn person(&self, act: &Act, person: RecordId) -> Option<[u8; 32]>;
    /// The public key of the workstation whose installation `incarnation` is.
    fn workstation(&self, act: &Act, incarnation: Incarnation) -> Option<[u8; 32]>;
}
