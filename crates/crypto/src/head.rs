//! Signed heads: what a workstation vouches for about one of its Merkle logs.

use domain::wire::Wire;
use domain::{ClinicId, Digest, Hlc, Incarnation, Scope, Value, wire};

use crate::merkle::Frontier;
use crate::signed::Signs;

/// The version of the format that this program writes.
pub const FORMAT: u64 = 1;

/// What a log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// The headers of one scope's ops.
    Ops,
    /// Audit entries.
    Audit,
}

wire! {
    /// How long a log is and what it amounts to.
    pub struct Head {
        /// The format's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// Who writes the log.
        incarnation: Incarnation,
        /// The scope of the ops; none for an audit log.
        scope: Option<Scope>,
        /// What the log holds.
        kind: Log,
        /// How many entries.
        size: u64,
        /// The root over them (RFC 9162, section 2.1.1).
        root: Digest,
        /// When, by the writer's clock.
        hlc: Hlc,
    }
}

impl Signs for Head {
    const SORT: &'static str = "clinicdesk/head/1";
}

impl Head {
    /// The head of a log of ops.
    #[must_use]
    pub fn ops(clinic: ClinicId, incarnation: Incarnation, scope: Scope, log: &Frontier, hlc: Hlc) -> Self {
        Self { scope: Some(scope), kind: Log::Ops, ..Self::audit(clinic, incarnation, log, hlc) }
    }

    /// The head of an audit log.
    #[must_use]
    pub fn audit(clinic: ClinicId, incarnation: Incarnation, log: &Frontier, hlc: Hlc) -> Self {
        Self {
            v: FORMAT,
            clinic,
            incarnation,
            scope: None,
            kind: Log::Audit,
            size: log.size(),
            root: log.root(),
            hlc,
        }
    }

    /// Whether it speaks of the same log as `other`.
    #[must_use]
    pub fn is_of_the_log_of(&self, other: &Self) -> bool {
        (self.clinic, self.incarnation, self.scope, self.kind)
            == (other.clinic, other.incarnation, other.scope, other.kind)
    }
}

impl Wire for Log {
    fn to_value(&self) -> Value {
        Value::text(match self {
            Self::Ops => "ops",
            Self::Audit => "audit",
        })
    }

    fn from_value(value: &Value) -> Option<Self> {
        [Self::Ops, Self::Audit].into_iter().find(|log| log.to_value() == *value)
    }
}

#[cfg(test)]
mod tests {
    use domain::wire::Message;
    use domain::{ClinicId, Hlc, Incarnation, Scope};

    use super::{Head, Log};
    use crate::keys::SigningKey;
    use crate::merkle::Frontier;
    use crate::signed::Signed;
    use crate::testing::TestEntropy;

    #[test]
    fn a_head_says_what_its_log_amounts_to_and_nobody_can_lengthen_it() {
        let key = SigningKey::random(&mut TestEntropy::new(1));
        let mut log = Frontier::default();
        log.append(b"entry");
        let (clinic, me, scope) = (ClinicId::derived(b"c"), Incarnation::derived(b"i"), Scope::derived(b"s"));
        let ops = Head::ops(clinic, me, scope, &log, Hlc::at(5));
        let audit = Head::audit(clinic, me, &log, Hlc::at(5));
        assert_eq!((ops.size, ops.root, ops.kind), (1, log.root(), Log::Ops));
        assert!(!ops.is_of_the_log_of(&audit));
        assert!(ops.is_of_the_log_of(&Head { size: 2, ..ops.clone() }));
        let signed = Signed::new(&key, &ops);
        let arrived = Signed::<Head>::from_bytes(&signed.to_bytes()).unwrap();
        assert_eq!(arrived.open(key.public()), Ok(ops.clone()));
        let longer = Signed::new(&SigningKey::random(&mut TestEntropy::new(2)), &Head { size: 2, ..ops });
        assert!(longer.open(key.public()).is_err());
        assert_eq!(Head::from_bytes(&audit.to_bytes()), Ok(audit));
    }
}
