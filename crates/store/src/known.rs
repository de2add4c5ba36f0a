//! What admission looks up in this store: for what is written here by what is known now, for what a server let in
//! by what it may have known then.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crypto::Signed;
use crypto::session::is_signed;
use domain::access::User;
use domain::admit::View;
use domain::clinic::Clinic;
use domain::fold::{State, fold, seen_by};
use domain::op::{Op, Transaction};
use domain::record::{Kind, Record};
use domain::session::{Session, Told};
use domain::wire::Message;
use domain::{Hlc, Incarnation, OpId, RecordId, Scope};
use rusqlite::Connection;

use crate::{StoreError, listing, local, log, records, sessions};

/// The records as they stand.
pub(crate) struct Known<'a>(pub(crate) &'a Connection);

impl View for Known<'_> {
    fn user(&self, user: RecordId) -> Option<User> {
        let row = records::read(self.0, user).ok()??;
        (row.kind == User::KIND.name).then(|| row.state.record())
    }

    fn ops(&self, record: RecordId) -> Vec<Op> {
        // A row that does not read back looks like a missing one, and a step on it is refused.
        log::ops(self.0, record, None).unwrap_or_default()
    }

    fn stamp_before(&self, op: OpId) -> Option<Hlc> {
        log::stamp_of_the_one_before(self.0, op, 0).ok()?
    }

    fn arrived(&self, op: OpId) -> Option<u64> {
        log::arrived(self.0, op).ok()?
    }

    fn bearing(&self, number: &str) -> Vec<RecordId> {
        listing::borne(self.0, number).unwrap_or_default()
    }

    fn clinics(&self) -> Vec<RecordId> {
        records::of_kind(self.0, Clinic::KIND.name).unwrap_or_default()
    }

    fn workstation(&self, incarnation: Incarnation) -> Option<RecordId> {
        local::workstation(self.0, incarnation).ok()?
    }
}

/// The records as they stand and as they stood: the role, licence or template by which a server judged may have
/// changed since, and the change may be here before what it let in.
pub(crate) struct Past<'a> {
    known: Known<'a>,
    /// Who wrote lately, as they stand; it must be forgotten when one of them changes.
    users: RefCell<BTreeMap<RecordId, Option<User>>>,
    /// Whether messages about who sat somewhere that were looked at lately are signed by the person whom they name.
    sessions: RefCell<BTreeMap<Vec<u8>, bool>>,
    /// Of each log the op that was asked about last, and the stamp before it: under a clock that stands years behind,
    /// everything lies far ahead, and the whole log would be read again for each op.
    stamps: RefCell<BTreeMap<(Incarnation, Scope), Stamped>>,
}

/// An op by its sequence number, and the stamp before it.
type Stamped = (u64, Option<Hlc>);

impl<'a> Past<'a> {
    /// Everything that the store has.
    pub(crate) fn of(connection: &'a Connection) -> Self {
        Self {
            known: Known(connection),
            users: RefCell::default(),
            sessions: RefCell::default(),
            stamps: RefCell::default(),
        }
    }

    /// What had been said last, before `transaction` was written, of who sits at its installation; `key` finds that of a
    /// person. Who passes messages on could put one of their own beside the true ones: what the person whom it names did
    /// not sign says nothing where another says something.
    pub(crate) fn told(
        &self,
        transaction: &Transaction,
        key: impl Fn(RecordId) -> Option<[u8; 32]>,
    ) -> Result<Option<Told>, StoreError> {
        let Transaction { incarnation, scope, first, .. } = *transaction;
        let is_theirs = |signed: &Signed<Session>| {
            let mut known = self.sessions.borrow_mut();
            let theirs = || signed.claimed().is_ok_and(|said| is_signed(signed, key(said.user).as_ref()));
            *known.entry(signed.to_bytes()).or_insert_with(theirs)
        };
        let told = sessions::before(self.known.0, OpId { incarnation, scope, seq: first }, is_theirs)?;
        let Some(told) = told else { return Ok(None) };
        let said = told.claimed().map_err(|_| StoreError::Damaged("session"))?;
        Ok(Some(Told { said, signed: is_theirs(&told) }))
    }

    /// Looks everybody up anew.
    pub(crate) fn forget_users(&self) {
        self.users.take();
        self.sessions.take();
    }
}

impl View for Past<'_> {
    fn user(&self, user: RecordId) -> Option<User> {
        self.users.borrow_mut().entry(user).or_insert_with(|| self.known.user(user)).clone()
    }

    fn ops(&self, record: RecordId) -> Vec<Op> {
        self.known.ops(record)
    }

    fn stamp_before(&self, op: OpId) -> Option<Hlc> {
        let mut stamps = self.stamps.borrow_mut();
        let (from, before) = stamps.get(&(op.incarnation, op.scope)).copied().unwrap_or_default();
        let (from, before) = if from <= op.seq { (from, before) } else { (0, None) };
        let stamp = log::stamp_of_the_one_before(self.known.0, op, from).ok()?.or(before);
        stamps.insert((op.incarnation, op.scope), (op.seq, stamp));
        stamp
    }

    fn arrived(&self, op: OpId) -> Option<u64> {
        self.known.arrived(op)
    }

    fn bearing(&self, number: &str) -> Vec<RecordId> {
        self.known.bearing(number)
    }

    fn clinics(&self) -> Vec<RecordId> {
        self.known.clinics()
    }

    fn workstation(&self, incarnation: Incarnation) -> Option<RecordId> {
        self.known.workstation(incarnation)
    }

    /// After each of its ops: as all of them came here, and as its author saw it, who had not what came from
    /// elsewhere.
    fn formerly(&self, kind: &Kind, record: RecordId) -> Vec<State> {
        let ops = self.ops(record);
        let mut states = Vec::new();
        for (here, op) in ops.iter().enumerate().rev() {
            states.push(fold(kind, record, ops.get(..=here).unwrap_or_default()));
            states.push(fold(kind, record, &seen_by(ops.clone(), op.id())));
        }
        states
    }
}
