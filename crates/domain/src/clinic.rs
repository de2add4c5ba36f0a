//! The clinic, its sites and its workstations.

use crate::access::User;
use crate::fold::fold;
use crate::op::{Op, Transaction};
use crate::record::{Hex, Record, Verb};
use crate::{ClinicId, RecordId, record};

record! {
    /// The organisation.
    pub struct Clinic: "clinic", Ordinary, Clinic;
    told ClinicText;
    verbs { Create: ClinicEdit, Patch: ClinicEdit, Resolve: ClinicEdit, }
    seen { ClinicEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// The public root key (Ed25519); its digest names the clinic.
        root: Hex, Fixed;
        /// The public recovery key (X25519).
        recovery: Hex, Fixed;
    }
    written {
        /// Its name as it is printed.
        name: String, Critical;
        /// The line below the name in a letterhead.
        services: String, Ordinary;
        /// The postal address in one line.
        address: String, Ordinary;
        /// Telephone, e-mail or both.
        contact: String, Ordinary;
    }
}

record! {
    /// A place where the clinic works.
    pub struct Site: "site", Ordinary, Clinic;
    told SiteText;
    verbs { Create: ClinicEdit, Patch: ClinicEdit, Resolve: ClinicEdit, }
    seen { ClinicEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// The letters that begin its certificates' numbers.
        code: String, Fixed;
        /// The scope of its records.
        scope: String, Fixed;
    }
    written {
        /// Its name.
        name: String, Critical;
        /// The IANA time zone that decides its day.
        time_zone: String, Critical;
    }
}

record! {
    /// A computer that holds a copy of the records.
    pub struct Workstation: "workstation", Ordinary, Clinic;
    verbs { Create: WorkstationEdit, Patch: WorkstationEdit, Resolve: WorkstationEdit, }
    seen { ClinicEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// Its name.
        name: String, Ordinary;
        /// Its site.
        site: RecordId, Fixed;
        /// The public key that signs its log (Ed25519).
        signs_with: Hex, Fixed;
        /// The incarnation that the key belongs to.
        incarnation: String, Fixed;
        /// The name of its block of numbers, given with the leave to join.
        block: String, Fixed;
        /// The public key that signs certificates here (P-256, uncompressed).
        issues_with: Hex, Fixed;
        /// The administrator's or the root's certificate over the keys.
        certificate: Hex, Critical;
        /// Whether it may still sync.
        active: bool, Narrowing;
        /// The workstation as which it was installed before: it went on from an old copy of that one's folder.
        follows: RecordId, Fixed;
    }
}

record! {
    /// The clinic's server, as every workstation knows it.
    pub struct Server: "server", Ordinary, Clinic;
    verbs { Create: WorkstationEdit, Patch: WorkstationEdit, Resolve: WorkstationEdit, }
    seen { ClinicEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// The public key that signs its answers and receipts (Ed25519).
        signs_with: Hex, Critical;
        /// The address under which an administrator came to it.
        address: String, Ordinary;
    }
}

impl Workstation {
    /// The record of what the workstation `before` is when it goes on from an old copy of its folder for the `nth` time,
    /// from 1: two copies that do so apart reach for the same one, and only one of them gets it.
    #[must_use]
    pub fn after(before: RecordId, nth: u64) -> RecordId {
        RecordId::derived(&[b"workstation".as_slice(), before.0.as_bytes(), &nth.to_be_bytes()].concat())
    }
}

impl Server {
    /// The one record of it that a clinic has.
    #[must_use]
    pub fn id(clinic: ClinicId) -> RecordId {
        RecordId::derived(&[b"server".as_slice(), clinic.0.as_bytes()].concat())
    }
}

/// The administrator who founds a clinic with `ops`: the transaction that does so is written by the person whom it
/// makes, and is the first of its log.
#[must_use]
pub(crate) fn founder(transaction: &Transaction, ops: &[Op]) -> Option<User> {
    let founds = |op: &Op| op.header.kind == Clinic::KIND.name && op.header.verb == Verb::Create;
    ops.first().filter(|op| transaction.first == 1 && founds(op))?;
    let own =
        ops.iter().find(|op| op.header.record == transaction.author && op.header.verb == Verb::Create)?;
    Some(fold(User::KIND, transaction.author, std::slice::from_ref(own)).record())
}
