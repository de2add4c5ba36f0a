//! What a workstation's logs amounted to after its last commit, signed, for a place beside the store: a store that holds
//! less was put back to an older copy or lost its end.

use domain::wire::Bytes;
use domain::{ClinicId, Digest, Incarnation, Scope, wire};

use crate::signed::Signs;

/// The version of the format that this program writes.
pub const FORMAT: u64 = 1;

wire! {
    /// How long one log of this workstation is and what it amounts to.
    pub struct Mark {
        /// The scope of its ops; none for the audit trail.
        scope: Option<Scope>,
        /// How many entries.
        size: u64,
        /// The root over them (RFC 9162, section 2.1.1).
        root: Digest,
    }
}

wire! {
    /// The marks of a store.
    pub struct Marks {
        /// The format's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// Whose logs.
        incarnation: Incarnation,
        /// One more with every commit: of two copies the greater is the later.
        number: u64,
        /// The logs, by scope; the trail first.
        logs: Vec<Mark>,
        /// The local position of the last op, whoever wrote it.
        position: u64,
    }
}

wire! {
    /// What a commit wrote, as it stands in the store: a transaction, or an entry of the trail.
    pub struct Last {
        /// The version of this form.
        v: u64,
        /// The bytes of a transaction with its ops.
        entry: Option<Bytes>,
        /// The signed message by which whoever wrote that had opened their session; none where no sessions are told.
        session: Option<Bytes>,
        /// The bytes of an entry of the trail.
        trail: Option<Bytes>,
        /// The detail beside that.
        detail: Option<Bytes>,
    }
}

impl Signs for Marks {
    const SORT: &'static str = "clinicdesk/marks/1";
}
