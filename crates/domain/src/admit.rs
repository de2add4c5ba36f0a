//! What is let into the log: the same rules on the workstation that writes a transaction and on the
//! server that receives it, so the two cannot disagree.
//!
//! A transaction is let in whole or quarantined whole. Quarantined ops are kept to the byte, stay
//! out of the fold on every side and are shown to their author with the reason.

mod clock;
mod made;

use std::collections::{BTreeMap, BTreeSet};

use crate::access::{self, Object, Permission, Subject, User};
use crate::certificates::NumberBlock;
use crate::clinic;
use crate::fold::{self, State};
use crate::kinds;
use crate::op::{Op, Transaction, WHOLE};
use crate::record::{Class, Field, Kind, Nature, Record, Verb};
use crate::rule::Asked;
pub use crate::rule::{Fault, View};
use crate::session::Told;
use crate::{OpId, RecordId, Value};

/// More ops than this in one transaction are refused.
pub const MOST_OPS: u64 = 10_000;

/// What became of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is part of the records.
    Accepted,
    /// It is part of the records, and a person has to settle something.
    AcceptedWithConflict,
    /// It is kept outside the records.
    Quarantined(Fault),
}

/// A transaction with its ops in order.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the ops have in common.
    pub transaction: Transaction,
    /// The ops.
    pub ops: Vec<Op>,
    /// The ops that carry a signature of their author, which was checked.
    pub signed: BTreeSet<OpId>,
    /// What had been said last, before it was written, of who sits at its installation; none before the first session
    /// there, as in what an older program wrote.
    pub told: Option<Told>,
}

/// The states of the records that `entry` changes, when it is let in.
#[derive(Clone, Debug)]
pub struct Admission {
    /// What became of it.
    pub verdict: Verdict,
    /// The new states, by record, with the kind and the patient.
    pub states: BTreeMap<RecordId, Change>,
}

/// The new state of one record.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its kind.
    pub kind: &'static Kind,
    /// The patient whom it concerns.
    pub patient: Option<RecordId>,
    /// Its state.
    pub state: State,
}

/// Decides about `entry` against what `view` knows.
#[must_use]
pub fn admit(view: &impl View, entry: &Entry) -> Admission {
    match whole(entry).and_then(|()| judge(view, entry)) {
        Ok(states) => {
            let clashes = |change: &Change| change.state.unsettled(change.kind).next().is_some();
            let clash = states.values().any(|change| clashes(change) || !change.state.late.is_empty());
            let verdict = if clash { Verdict::AcceptedWithConflict } else { Verdict::Accepted };
            Admission { verdict, states }
        }
        Err(fault) => Admission { verdict: Verdict::Quarantined(fault), states: BTreeMap::new() },
    }
}

/// Whether `entry`, which a server let in, keeps the rules as far as this version knows them: what it does not
/// know of it counts for nothing here. The server judged by what it had then; `view` has to know that too.
///
/// # Errors
/// The first fault, of the present where the author may not.
pub fn admit_again(view: &impl View, entry: &Entry) -> Result<(), Fault> {
    if entry.ops.iter().all(is_known) {
        return judge(view, entry).map(drop);
    }
    let mut known = entry.clone();
    known.ops.retain(|op| kinds::kind(&op.header.kind).is_some());
    for op in &mut known.ops {
        let kind = kinds::kind(&op.header.kind);
        if let Some(body) = &mut op.body {
            body.patch.retain(|path, value| holds(kind, path, value));
        }
    }
    judge(view, &known).map(drop)
}

/// Whether `entry`, which a server keeps outside the records, breaks no rule by anything that `view` knows: not by its
/// author's record as it stands, nor by any state in which that stood. A server that judged by one of them would have let
/// it in.
#[must_use]
pub fn is_right_by_all(view: &impl View, entry: &Entry) -> bool {
    let author = entry.transaction.author;
    let Some(known) = view.user(author).filter(|_| entry.ops.iter().all(is_known)) else { return false };
    let Ok(today) = clock::day(view, entry) else { return false };
    let formerly = view.formerly(User::KIND, author);
    let mut states = formerly.iter().map(State::record).chain([known]);
    whole(entry).is_ok()
        && states.all(|user: User| take(view, entry, &Subject::of(author, &user, today)).is_ok())
}

/// Whether this version knows all that `op` says.
fn is_known(op: &Op) -> bool {
    let kind = kinds::kind(&op.header.kind);
    kind.is_some() && op.sets().all(|(path, value)| holds(kind, path, value))
}

fn holds(kind: Option<&Kind>, path: &str, value: &Value) -> bool {
    kind.and_then(|kind| kind.field(path)).is_some_and(|(_, holds)| holds.accepts(value))
}

/// Cuts an unknown name to 100 characters: verdicts are sent to every workstation.
fn shortened(name: &str) -> String {
    name.chars().take(100).collect()
}

type Changes = BTreeMap<RecordId, Change>;

/// By the author's record as it stands, else as it stood.
fn judge(view: &impl View, entry: &Entry) -> Result<Changes, Fault> {
    let today = clock::day(view, entry)?;
    let author = entry.transaction.author;
    let founder = || clinic::founder(&entry.transaction, &entry.ops);
    let known = view.user(author).or_else(founder).ok_or(Fault::UnknownAuthor)?;
    if entry.told.as_ref().is_some_and(|told| !told.seats(&entry.transaction)) {
        return Err(Fault::NoSession);
    }
    let judged = |user: &User| take(view, entry, &Subject::of(author, user, today));
    match judged(&known) {
        Err(Fault::NotAllowed(fault)) => {
            let formerly = view.formerly(User::KIND, author);
            let then = formerly.iter().find_map(|state| judged(&state.record()).ok());
            then.ok_or(Fault::NotAllowed(fault))
        }
        judged => judged,
    }
}

/// Every step of `entry`, taken by `subject`.
fn take(view: &impl View, entry: &Entry, subject: &Subject) -> Result<Changes, Fault> {
    let mut records: BTreeMap<RecordId, Vec<Op>> = BTreeMap::new();
    let mut changes = BTreeMap::new();
    for (at, op) in entry.ops.iter().enumerate() {
        let record = op.header.record;
        let kind =
            kinds::kind(&op.header.kind).ok_or_else(|| Fault::UnknownKind(shortened(&op.header.kind)))?;
        let ops = records.entry(record).or_insert_with(|| view.ops(record));
        let step = Step { subject, kind, op, ops, signed: entry.signed.contains(&op.id()) };
        let seen = step.check(view)?;
        if let Some(rule) = kinds::rule(kind) {
            let earlier = entry.ops.get(..at).unwrap_or_default();
            let schema = entry.transaction.schema;
            let newer = schema > kinds::SCHEMA;
            rule(&Asked { view, subject, schema, newer, op, seen: &seen, earlier, changed: &records })?;
        }
        records.entry(record).or_default().push(op.clone());
        changes.insert(record, kind);
    }
    let fold = |(record, kind)| {
        let ops = records.get(&record).map_or(&[][..], Vec::as_slice);
        (record, Change { kind, patient: fold::patient(ops), state: fold::fold(kind, record, ops) })
    };
    Ok(changes.into_iter().map(fold).collect())
}

fn whole(entry: &Entry) -> Result<(), Fault> {
    let transaction = &entry.transaction;
    let size = entry.ops.len() as u64;
    let dense = entry.ops.iter().zip(transaction.first..).all(|(op, seq)| {
        let header = &op.header;
        header.incarnation == transaction.incarnation
            && header.scope == transaction.scope
            && header.seq == seq
    });
    let fits = size == transaction.size && size > 0 && size <= MOST_OPS && transaction.first > 0;
    if dense && fits { Ok(()) } else { Err(Fault::Torn) }
}

struct Step<'a> {
    subject: &'a Subject,
    kind: &'static Kind,
    op: &'a Op,
    ops: &'a [Op],
    signed: bool,
}

impl Step<'_> {
    /// That it keeps the rules of all kinds; returns the record as its author saw it.
    fn check(&self, view: &impl View) -> Result<State, Fault> {
        let verb = self.op.header.verb;
        let permission = self.kind.permission(verb).ok_or(Fault::UnknownStep)?;
        // A record keeps its kind: under another one's rules a step could do what its own forbid.
        let other_kind = self.ops.iter().any(|op| op.header.kind != self.kind.name);
        if other_kind || (!verb.makes() && self.ops.is_empty()) {
            return Err(Fault::NoRecord);
        }
        let known: BTreeSet<OpId> = self.ops.iter().map(Op::id).collect();
        if !self.op.saw().all(|base| known.contains(base)) {
            return Err(Fault::UnknownBase);
        }
        made::once(self.kind, self.op, self.ops)?;
        made::of_one_patient(self.kind, self.op, self.ops)?;
        clock::after(view, self.op, self.ops)?;
        let seen = self.seen();
        // What follows from a settlement elsewhere, the kind's own rule judges.
        if verb == Verb::Resolve && self.kind.name != NumberBlock::KIND.name {
            crate::settle::check(self.kind, self.op, self.ops, &seen)?;
        }
        self.check_fields(&seen)?;
        self.allow(permission, &seen)?;
        if self.kind.signed_by_author.contains(&verb) && !self.signed {
            return Err(Fault::NotSigned);
        }
        let body = self.op.body.as_ref();
        let reasoned =
            body.and_then(|body| body.reason.as_deref()).is_some_and(|reason| !reason.trim().is_empty());
        let rests = !self.op.base(WHOLE).is_empty();
        if (verb == Verb::Void && !(reasoned && rests)) || (verb == Verb::Sign && !rests) {
            return Err(Fault::Empty);
        }
        Ok(seen)
    }

    /// The record as the author saw it.
    fn seen(&self) -> State {
        let mut open: Vec<OpId> = self.op.saw().copied().collect();
        let by_id: BTreeMap<OpId, &Op> = self.ops.iter().map(|op| (op.id(), op)).collect();
        let mut seen = BTreeMap::new();
        while let Some(id) = open.pop() {
            if let Some(op) = by_id.get(&id)
                && seen.insert(id, (*op).clone()).is_none()
            {
                open.extend(op.saw());
            }
        }
        let ops: Vec<Op> = seen.into_values().collect();
        fold::fold(self.kind, self.op.header.record, &ops)
    }

    /// That every field may hold its value and may be set by this step.
    fn check_fields(&self, seen: &State) -> Result<(), Fault> {
        let verb = self.op.header.verb;
        for (path, value) in self.op.sets() {
            let named = || path.to_owned();
            let (field, holds) = self.kind.field(path).ok_or_else(|| Fault::UnknownField(shortened(path)))?;
            if !holds.accepts(value) {
                return Err(Fault::WrongType(named()));
            }
            match field.class {
                Class::State if verb != Verb::Resolve => self.check_move(field, value, seen)?,
                Class::Fixed if !verb.makes() => return Err(Fault::Fixed(named())),
                _ => {}
            }
        }
        let frozen = self.kind.nature == Nature::Document && seen.signed.is_some();
        let changes = verb == Verb::Void || self.op.sets().any(|(path, _)| !fold::moves(self.kind, path));
        if frozen && changes { Err(Fault::Frozen) } else { Ok(()) }
    }

    fn check_move(&self, field: &Field, value: &Value, seen: &State) -> Result<(), Fault> {
        let illegal = || Fault::IllegalMove(field.name.to_owned());
        let to = value.as_text().ok_or_else(illegal)?;
        let from = seen.value(field.name).as_text().unwrap_or_default();
        let step = field.moves.iter().find(|step| step.0 == from && step.1 == to).ok_or_else(illegal)?;
        if self.comes_from_elsewhere() { Ok(()) } else { self.allow_as(step.2, Object::default()) }
    }

    /// Whether it writes down what was nobody's act here: who may import may, and nobody else.
    fn comes_from_elsewhere(&self) -> bool {
        let source = self.kind.roles.source.and_then(|source| self.op.value(source));
        self.op.header.verb.makes() && source.is_some_and(|source| !source.is_null())
    }

    /// That the author may take this step and set each of its fields.
    fn allow(&self, permission: Permission, seen: &State) -> Result<(), Fault> {
        if self.comes_from_elsewhere() {
            return self.allow_as(Permission::ImportRun, Object::default());
        }
        // Who wrote a record is who made it, whatever the step says that it saw.
        let wrote = |author| {
            let made = fold::made(self.ops).and_then(|made| made.value(author));
            made.unwrap_or_else(|| seen.value(author)).as_text()?.parse().ok()
        };
        let author = self.kind.roles.author.and_then(wrote);
        self.asked(permission).into_iter().try_for_each(|asked| self.allow_as(asked, Object { author }))
    }

    /// The permissions that the step asks for: a change those of its fields alone, every other step its
    /// own too. A move along a lattice was asked for its own already. Who settles a clash sees what clashes.
    fn asked(&self, step: Permission) -> BTreeSet<Permission> {
        let verb = self.op.header.verb;
        let own = self.op.header.record == self.subject.user;
        let fields = self.op.sets().filter_map(|(path, _)| self.kind.field(path)).map(|(field, _)| field);
        let mut asked: BTreeSet<Permission> = match verb {
            Verb::Resolve => BTreeSet::from([self.kind.seen]),
            _ => fields
                .filter(|field| field.class != Class::State)
                .map(|field| field.by.unwrap_or(step))
                .collect(),
        };
        if !own && asked.remove(&Permission::SessionUse) {
            asked.insert(step);
        }
        if verb != Verb::Patch || self.op.sets().next().is_none() {
            asked.insert(step);
        }
        asked
    }

    fn allow_as(&self, permission: Permission, object: Object) -> Result<(), Fault> {
        access::allowed(self.subject, permission, object).map_err(Fault::NotAllowed)
    }
}
