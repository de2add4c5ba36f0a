//! The one write path: ops, rows, audit entries and the place in the outbox change in one SQLite
//! transaction, or nothing does.

use std::collections::BTreeMap;

use crypto::Entropy;
use crypto::log::{EntryBytes, Next, Written as Sealed, build};
use crypto::papers::admitted;
use domain::admit::{Change, Fault, Verdict};
use domain::fold::State;
use domain::op::{Body, KEPT, Repeated, WHOLE};
use domain::record::{Home, Kind, Record, Verb};
use domain::session::Turn;
use domain::sync::LARGEST_TRANSACTION;
use domain::wire::{Bytes, Message};
use domain::{OpId, RecordId, Scope, Value, cbor};
use rusqlite::Connection;

use crate::act::Act;
use crate::append::{Arrival, Logs};
use crate::beside::Last;
use crate::context::Context;
use crate::known::Known;
use crate::projection::Shown;
use crate::row::stamp;
use crate::table::Pen;
use crate::{StoreError, log, projections, records, sessions};

/// One step that somebody wants to take.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The kind of record.
    pub kind: &'static Kind,
    /// The record.
    pub record: RecordId,
    /// The patient whom it concerns.
    pub patient: Option<RecordId>,
    /// The step.
    pub verb: Verb,
    /// The fields that it sets, by path.
    pub patch: BTreeMap<String, Value>,
    /// Why.
    pub reason: Option<String>,
    /// The version that the author saw; `None` for what this act itself has just read.
    pub seen: Option<i64>,
    /// Of several signatures the one that holds, where it settles which.
    pub keeps: Option<OpId>,
}

impl Draft {
    /// The making of a record from its typed form.
    pub fn make<T: Record>(verb: Verb, record: RecordId, patient: Option<RecordId>, value: &T) -> Self {
        let patch = patch_of(value);
        Self { kind: T::KIND, record, patient, verb, patch, reason: None, seen: None, keeps: None }
    }

    /// A change of some fields of a record that the author saw in version `seen`.
    #[must_use]
    pub fn patch<T: Record>(
        record: RecordId,
        patient: Option<RecordId>,
        patch: BTreeMap<String, Value>,
        seen: Option<i64>,
    ) -> Self {
        Self { kind: T::KIND, record, patient, verb: Verb::Patch, patch, reason: None, seen, keeps: None }
    }

    /// About how many bytes its op will have.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let values = self.patch.iter().map(|(path, value)| path.len() + cbor::encode(value).len());
        AROUND + values.sum::<usize>() + self.reason.as_ref().map_or(0, String::len)
    }
}

/// What an op has beside its values: the header and the salt, about.
const AROUND: usize = 600;

/// The fields of a typed record by path, entries by `name/entry/part`.
pub fn patch_of<T: Record>(value: &T) -> BTreeMap<String, Value> {
    said_of(T::KIND, value)
}

/// The fields of what is said of a record of `kind`, by path, entries by `name/entry/part`.
pub fn said_of(kind: &Kind, value: &impl serde::Serialize) -> BTreeMap<String, Value> {
    let mut patch = BTreeMap::new();
    let Ok(Value::Map(fields)) = serde_json::to_value(value).and_then(serde_json::from_value) else {
        return patch;
    };
    for (name, value) in fields {
        let entries = kind
            .fields
            .iter()
            .any(|field| field.name == name && matches!(field.holds, domain::record::Type::Entries(_)));
        match value {
            Value::Map(entries_of) if entries => {
                for (entry, parts) in entries_of {
                    if let Value::Map(parts) = parts {
                        patch.extend(
                            parts.into_iter().map(|(part, value)| (format!("{name}/{entry}/{part}"), value)),
                        );
                    }
                }
            }
            value => {
                patch.insert(name, value);
            }
        }
    }
    patch
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The version token of what was just written: the local position of the last op; negative if its author had
    /// not seen everything that was already here. They have seen their own words since, not what had come between.
    pub version: i64,
    /// Whether a person has to settle something.
    pub conflict: bool,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The rules refuse it.
    #[error("the rules refuse it: {0:?}")]
    Refused(Fault),
    /// It could never be sent to the server; nothing was changed.
    #[error("it is more than one transaction can carry")]
    TooLarge,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Act<'_> {
    /// Writes `drafts`: those of the clinic's scope as one transaction, those of the site's as another.
    ///
    /// # Errors
    /// [`WriteError::Refused`] with the first reason against it.
    pub fn write(
        &self,
        context: &Context,
        entropy: &mut dyn Entropy,
        drafts: Vec<Draft>,
    ) -> Result<Written, WriteError> {
        let (clinic, site): (Vec<_>, Vec<_>) =
            drafts.into_iter().partition(|draft| draft.kind.home == Home::Clinic);
        self.open_gate()?;
        self.say(context, Turn::Open)?;
        let unseen = self.unseen(clinic.iter().chain(&site))?;
        let mut written = Written { version: 0, conflict: false };
        for (scope, drafts) in [(context.clinic_scope, clinic), (context.site_scope, site)] {
            if drafts.is_empty() {
                continue;
            }
            let sealed = self.seal(context, entropy, scope, drafts)?;
            let last = self.log(context, entropy, &sealed)?;
            written = Written { version: last.version, conflict: written.conflict || last.conflict };
        }
        if unseen {
            written.version = -written.version;
        }
        Ok(written)
    }

    /// Writes one transaction, of which each step names what its author saw.
    pub(crate) fn write_based(
        &self,
        context: &Context,
        entropy: &mut dyn Entropy,
        scope: Scope,
        drafts: Vec<crypto::log::Draft>,
        repeats: Option<Repeated>,
    ) -> Result<Written, WriteError> {
        self.say(context, Turn::Open)?;
        let seq =
            log::frontier(&self.transaction, context.incarnation, scope)?.map_or(0, |(size, _)| size) + 1;
        let sealed = self.seal_based(context, entropy, scope, seq, drafts, repeats)?;
        self.log(context, entropy, &sealed)
    }

    /// Adds what was sealed to the log, and to what lies beside the store.
    fn log(
        &self,
        context: &Context,
        entropy: &mut dyn Entropy,
        sealed: &Sealed,
    ) -> Result<Written, WriteError> {
        let written = self.append(sealed, context.now)?;
        let entry = Some(Bytes(sealed.bytes.to_bytes()));
        let session = self.last_said(context.incarnation, sealed.entry.transaction.scope)?;
        self.follow_with(entropy, &Last { v: 1, entry, session, trail: None, detail: None });
        Ok(written)
    }

    /// Whether a record that these drafts change is more than their author saw of it.
    fn unseen<'d>(&self, drafts: impl Iterator<Item = &'d Draft>) -> Result<bool, StoreError> {
        for draft in drafts.filter(|draft| draft.seen.is_some()) {
            let saw = log::state_at(&self.transaction, draft.kind.name, draft.record, draft.seen)?;
            let stands = records::read(&self.transaction, draft.record)?;
            if stands.is_some_and(|record| record.state.heads != saw.heads) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn seal(
        &self,
        context: &Context,
        entropy: &mut dyn Entropy,
        scope: Scope,
        drafts: Vec<Draft>,
    ) -> Result<Sealed, StoreError> {
        let seq =
            log::frontier(&self.transaction, context.incarnation, scope)?.map_or(0, |(size, _)| size) + 1;
        let mut bases = Bases::default();
        let mut based = Vec::with_capacity(drafts.len());
        for (draft, seq) in drafts.into_iter().zip(seq..) {
            let id = OpId { incarnation: context.incarnation, scope, seq };
            let base = bases.of(&self.transaction, &draft, id)?;
            based.push(crypto::log::Draft {
                kind: draft.kind.name.to_owned(),
                record: draft.record,
                patient: draft.patient,
                verb: draft.verb,
                patch: draft.patch,
                base,
                reason: draft.reason,
            });
        }
        self.seal_based(context, entropy, scope, seq, based, None)
    }

    fn seal_based(
        &self,
        context: &Context,
        entropy: &mut dyn Entropy,
        scope: Scope,
        seq: u64,
        based: Vec<crypto::log::Draft>,
        repeats: Option<Repeated>,
    ) -> Result<Sealed, StoreError> {
        let who = crypto::log::Context {
            clinic: context.clinic,
            incarnation: context.incarnation,
            scope,
            author: context.author,
            session: context.session,
            site: context.site,
            wall: context.wall.to_string(),
            app: context.app.to_owned(),
            repeats,
        };
        let next = Next { seq, last: log::stamp_before(&self.transaction, context.now)?, now: context.now };
        let mut sealed = build(entropy, &who, context.key, next, based);
        sealed.entry.told = sessions::here(&self.transaction, &sealed.entry.transaction)?;
        Ok(sealed)
    }

    fn append(&self, sealed: &Sealed, now: u64) -> Result<Written, WriteError> {
        let admission = admitted(&Known(&self.transaction), &sealed.entry);
        let conflict = match admission.verdict {
            Verdict::Quarantined(fault) => return Err(WriteError::Refused(fault)),
            verdict => verdict == Verdict::AcceptedWithConflict,
        };
        if !can_travel(&sealed.bytes) {
            return Err(WriteError::TooLarge);
        }
        let mut logs = Logs::open(&self.transaction, now)?;
        let version = logs.append(&sealed.entry, &sealed.bytes, &Arrival::default())?;
        logs.close()?;
        if let Some(op) = sealed.entry.ops.last() {
            self.set_local(log::OWN_STAMP, &stamp(op.header.hlc).to_be_bytes())?;
        }
        let mut pen = Pen::writing(&self.transaction);
        for (id, Change { kind, patient, state }) in admission.states {
            self.writes(kind.name);
            let is_one_op = log::first_two(&self.transaction, id)?.1.is_none();
            projections::keep(&mut pen, &Shown { id, kind, patient, state: &state, version, is_one_op })?;
        }
        Ok(Written { version, conflict })
    }
}

/// What the drafts of one transaction rest on: on each other, else on what their authors saw.
#[derive(Default)]
struct Bases {
    last: BTreeMap<RecordId, OpId>,
    set: BTreeMap<(RecordId, String), OpId>,
}

impl Bases {
    /// The ops whose values the author of `draft` saw: of each field that it sets, and of the record.
    fn of(
        &mut self,
        connection: &Connection,
        draft: &Draft,
        id: OpId,
    ) -> Result<BTreeMap<String, Vec<OpId>>, StoreError> {
        let known = if draft.verb.makes() {
            State::default()
        } else {
            log::state_at(connection, draft.kind.name, draft.record, draft.seen)?
        };
        let mut bases = BTreeMap::new();
        for path in draft.patch.keys() {
            let here = self.set.insert((draft.record, path.clone()), id);
            bases.insert(path.clone(), here.map_or_else(|| known.base(path), |op| vec![op]));
        }
        let here = self.last.insert(draft.record, id);
        bases.insert(WHOLE.to_owned(), here.map_or_else(|| known.base(WHOLE), |op| vec![op]));
        bases.extend(draft.keeps.map(|signature| (KEPT.to_owned(), vec![signature])));
        bases.retain(|_, base| !base.is_empty());
        Ok(bases)
    }
}

/// Whether a question to the server can carry the transaction, and a reader takes each body.
fn can_travel(bytes: &EntryBytes) -> bool {
    // No body of fewer bytes has more values than are read.
    let is_read = |body: &Bytes| body.0.len() <= cbor::MOST_VALUES || Body::from_bytes(&body.0).is_ok();
    bytes.ops.iter().filter_map(|op| op.body.as_ref()).all(is_read)
        && bytes.to_bytes().len() <= LARGEST_TRANSACTION
}

/// The state of a record in this act, where it is known.
impl Act<'_> {
    /// The record as it stands, with the version token for an edit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn record(&self, record: RecordId) -> Result<Option<crate::Record>, StoreError> {
        let found = records::read(&self.transaction, record)?;
        if let Some(found) = &found {
            self.reads(&found.kind);
        }
        Ok(found)
    }

    /// The record as it stood at the local `position`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn record_at(&self, kind: &str, record: RecordId, version: i64) -> Result<State, StoreError> {
        self.reads(kind);
        log::state_at(&self.transaction, kind, record, Some(version))
    }
}
