//! The op: one immutable step of one record, and the transaction in which it was taken.
//!
//! A header says what was done to which record; it is what the Merkle log hashes. The body holds the
//! values, salted and digested, so that it can be erased and the log still verifies.
//! `docs/formats/op.md` is the format page.

use std::collections::BTreeMap;

use crate::record::Verb;
use crate::wire::Wire;
use crate::{ClinicId, Digest, Hlc, Incarnation, OpId, RecordId, Scope, SessionId, Value, wire};

/// The version of the op format that this program writes.
pub const FORMAT: u64 = 1;

/// The path that stands for a whole record in [`Body::base`].
pub const WHOLE: &str = "";

/// The path in [`Body::base`] under which a step that settles a clash of signatures names the one it keeps.
pub const KEPT: &str = "/";

wire! {
    /// What was done to which record.
    pub struct Header {
        /// The format's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// Who wrote it.
        incarnation: Incarnation,
        /// For whom.
        scope: Scope,
        /// The serial number within (incarnation, scope), from 1, without gaps.
        seq: u64,
        /// SHA-256 of the transaction's bytes.
        tx: Digest,
        /// The record's kind.
        kind: String,
        /// The record.
        record: RecordId,
        /// The patient whom it concerns.
        patient: Option<RecordId>,
        /// The step.
        verb: Verb,
        /// When, by the writer's clock.
        hlc: Hlc,
        /// SHA-256 of the body's bytes.
        body: Digest,
    }
}

wire! {
    /// The values of an op.
    pub struct Body {
        /// Random bytes, so that the digest tells nothing.
        salt: [u8; 16],
        /// The fields that changed, by path.
        patch: BTreeMap<String, Value>,
        /// By path, the ops whose values the author saw; [`WHOLE`] for the heads of the record itself,
        /// which every step but the first names.
        base: BTreeMap<String, Vec<OpId>>,
        /// Why, in the author's words.
        reason: Option<String>,
    }
}

wire! {
    /// What several ops have in common: they were written together or not at all.
    pub struct Transaction {
        /// The format's version.
        v: u64,
        /// Who wrote it.
        incarnation: Incarnation,
        /// For whom.
        scope: Scope,
        /// The sequence number of its first op.
        first: u64,
        /// How many ops it has.
        size: u64,
        /// The person.
        author: RecordId,
        /// Their session.
        session: SessionId,
        /// The site of the workstation.
        site: RecordId,
        /// Wall time with offset, RFC 3339.
        wall: String,
        /// The program's version.
        app: String,
        /// The version of the declared kinds.
        schema: u64,
        /// What it repeats, where an installation went on as another one.
        repeats: Option<Repeated>,
    }
}

wire! {
    /// A transaction that the server never had: its installation went on as another one, which wrote it again.
    pub struct Repeated {
        /// Where it was written.
        incarnation: Incarnation,
        /// The sequence number of its first op there, in the log of the same scope.
        first: u64,
        /// Who wrote it.
        author: RecordId,
        /// When, by the wall there: RFC 3339 with offset.
        wall: String,
    }
}

/// An op as the fold sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    /// What was done.
    pub header: Header,
    /// The values; `None` after erasure.
    pub body: Option<Body>,
    /// The server's limit for a stamp that lay far ahead.
    pub clamp: Option<Hlc>,
}

impl Header {
    /// Its place in the log.
    #[must_use]
    pub fn id(&self) -> OpId {
        OpId { incarnation: self.incarnation, scope: self.scope, seq: self.seq }
    }
}

impl Op {
    /// Its place in the log.
    #[must_use]
    pub fn id(&self) -> OpId {
        self.header.id()
    }

    /// Its place in what is shown: by clock, ties by id.
    #[must_use]
    pub fn order(&self) -> (Hlc, OpId) {
        (self.clamp.map_or(self.header.hlc, |clamp| clamp.min(self.header.hlc)), self.id())
    }

    /// The ops that its author saw of `path`.
    pub fn base(&self, path: &str) -> &[OpId] {
        self.body.as_ref().and_then(|body| body.base.get(path)).map_or(&[], Vec::as_slice)
    }

    /// All ops that its author saw of the record.
    pub fn saw(&self) -> impl Iterator<Item = &OpId> {
        self.body.iter().flat_map(|body| body.base.values().flatten())
    }

    /// The values that it sets, by path.
    pub fn sets(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.body.iter().flat_map(|body| body.patch.iter().map(|(path, value)| (path.as_str(), value)))
    }

    /// The value that it sets at `path`.
    #[must_use]
    pub fn value(&self, path: &str) -> Option<&Value> {
        self.body.as_ref().and_then(|body| body.patch.get(path))
    }
}

impl Wire for Verb {
    fn to_value(&self) -> Value {
        Value::text(match self {
            Self::Create => "create",
            Self::Patch => "patch",
            Self::Append => "append",
            Self::Link => "link",
            Self::Void => "void",
            Self::Sign => "sign",
            Self::Resolve => "resolve",
        })
    }

    fn from_value(value: &Value) -> Option<Self> {
        let verbs =
            [Self::Create, Self::Patch, Self::Append, Self::Link, Self::Void, Self::Sign, Self::Resolve];
        verbs.into_iter().find(|verb| verb.to_value() == *value)
    }
}
