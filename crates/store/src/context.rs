//! Who acts.

use crypto::SigningKey;
use domain::{ClinicId, Incarnation, Instant, RecordId, Scope, SessionId};

/// Who acts, where and when: the same for all ops of an act.
pub struct Context<'a> {
    /// The clinic.
    pub clinic: ClinicId,
    /// This installation.
    pub incarnation: Incarnation,
    /// The scope of the clinic's own records.
    pub clinic_scope: Scope,
    /// The scope of this site's records.
    pub site_scope: Scope,
    /// The site.
    pub site: RecordId,
    /// The person.
    pub author: RecordId,
    /// Their session.
    pub session: SessionId,
    /// Their own key, for steps of legal weight.
    pub key: Option<&'a SigningKey>,
    /// Milliseconds since 1970.
    pub now: u64,
    /// The same with the site's offset.
    pub wall: Instant,
    /// The program's version.
    pub app: &'static str,
}
