//! The state of a record as a function of the set of its ops - never of the order of their arrival.
//!
//! For each field its *heads* are the ops that no other known op names as base. One head, or several
//! that agree, is a value. Several that differ are a clash, and the field's class says what is shown
//! until a person settles it. Everything shown points back at the ops it came from.
//! `docs/formats/fold.md` states the rules and their laws.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::op::{KEPT, Op, WHOLE};
use crate::record::{Class, Field, Kind, Nature, Record, Type, Verb};
use crate::{Hlc, OpId, PartialDate, RecordId, Value};

/// What is known of a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Values by path.
    pub fields: BTreeMap<String, Settled>,
    /// Values of fields that this version does not know, kept for one that does.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unknown: BTreeMap<String, Settled>,
    /// The ops that no other op of this record has seen.
    pub heads: Vec<OpId>,
    /// The op that withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voided: Option<OpId>,
    /// The op that froze it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<OpId>,
    /// Edits of the draft that the signer had not seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<OpId>,
    /// What a person has to settle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// The stamp of the first op.
    pub made: Hlc,
    /// The stamp of the last op.
    pub last: Hlc,
}

/// The value of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// What is shown.
    pub value: Value,
    /// The ops that nobody overwrote knowingly.
    pub heads: Vec<OpId>,
}

/// A clash of ops that only a person can settle; every replica derives the same one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Derived from the record, the path and the contenders.
    pub id: RecordId,
    /// The field, or [`WHOLE`].
    pub path: String,
    /// What kind of clash it is.
    pub clash: Clash,
    /// The ops that clash, in the order of their ids.
    pub contenders: Vec<OpId>,
}

/// The kinds of clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clash {
    /// Two values for one field.
    Values,
    /// Two moves that exclude each other.
    Moves,
    /// Withdrawn by one, edited by another who had not seen it.
    Removal,
    /// Signed twice.
    Signatures,
}

impl State {
    /// The value shown at `path`; [`Value::Null`] where nothing is known.
    #[must_use]
    pub fn value(&self, path: &str) -> &Value {
        self.fields.get(path).map_or(&Value::Null, |settled| &settled.value)
    }

    /// The same once `patch` was written, for what is asked before it is.
    #[must_use]
    pub fn with(mut self, patch: &BTreeMap<String, Value>) -> Self {
        for (path, value) in patch {
            self.fields.insert(path.clone(), Settled { value: value.clone(), heads: Vec::new() });
        }
        self
    }

    /// The heads of `path`, for the base of an edit that saw this state.
    #[must_use]
    pub fn base(&self, path: &str) -> Vec<OpId> {
        if path == WHOLE {
            return self.heads.clone();
        }
        let known = self.fields.get(path).or_else(|| self.unknown.get(path));
        known.map_or_else(Vec::new, |settled| settled.heads.clone())
    }

    /// The conflicts of a record of `kind` that wait for a person: none in what nobody sees, and of a withdrawn record
    /// those alone that are about the record itself.
    pub fn unsettled<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a Conflict> {
        let unseen = kind.roles.original;
        let waits = move |path: &str| unseen != Some(path) && (self.voided.is_none() || path == WHOLE);
        self.conflicts.iter().filter(move |conflict| waits(&conflict.path))
    }

    /// The record as its Rust type: values by name, entries by id. A value that does not read back is left out,
    /// and nothing else with it; [`State::unread`] names it.
    #[must_use]
    pub fn record<T: Record>(&self) -> T {
        read(&self.fields.iter().collect::<Vec<_>>())
            .unwrap_or_else(|| read(&self.readable::<T>()).unwrap_or_default())
    }

    /// What is here and [`State::record`] cannot say: values that this version does not know or that do not read
    /// back, by path.
    #[must_use]
    pub fn unread<T: Record>(&self) -> BTreeMap<&str, &Value> {
        let mut unread: BTreeMap<&str, &Value> =
            self.unknown.iter().map(|(path, settled)| (path.as_str(), &settled.value)).collect();
        if read::<T>(&self.fields.iter().collect::<Vec<_>>()).is_none() {
            let readable = self.readable::<T>();
            let lost = self.fields.iter().filter(|(path, _)| !readable.iter().any(|(read, _)| read == path));
            unread.extend(lost.map(|(path, settled)| (path.as_str(), &settled.value)));
        }
        unread.retain(|_, value| !value.is_null());
        unread
    }

    /// The fields that read back each by itself.
    fn readable<T: Record>(&self) -> Vec<(&String, &Settled)> {
        self.fields.iter().filter(|field| read::<T>(&[*field]).is_some()).collect()
    }
}

/// The record that these fields make; `None` where one of them does not read back.
fn read<T: Record>(fields: &[(&String, &Settled)]) -> Option<T> {
    let mut whole = serde_json::Map::new();
    for (path, settled) in fields.iter().filter(|(_, settled)| !settled.value.is_null()) {
        let value = serde_json::to_value(&settled.value).ok()?;
        match path.splitn(3, '/').collect::<Vec<_>>()[..] {
            [name, entry, part] => {
                let entries = whole.entry(name).or_insert_with(|| serde_json::json!({})).as_object_mut()?;
                let entry = entries.entry(entry).or_insert_with(|| serde_json::json!({})).as_object_mut()?;
                entry.insert(part.to_owned(), value);
            }
            _ => {
                whole.insert((*path).clone(), value);
            }
        }
    }
    serde_json::from_value(serde_json::Value::Object(whole)).ok()
}

/// The state that `ops`, all of one record and none of them quarantined, amount to.
#[must_use]
pub fn fold(kind: &Kind, record: RecordId, ops: &[Op]) -> State {
    match ops {
        [op] if op.header.verb.makes() && op.saw().next().is_none() => just_made(kind, op),
        ops => fold_all(kind, record, ops),
    }
}

/// The state of a record that nobody touched since it was made, as most are.
fn just_made(kind: &Kind, op: &Op) -> State {
    let stamp = op.order().0;
    let mut state = State { heads: vec![op.id()], made: stamp, last: stamp, ..State::default() };
    for (path, value) in op.sets() {
        let known = kind.field(path).is_some_and(|(_, holds)| holds.accepts(value));
        let settled = Settled { value: value.clone(), heads: vec![op.id()] };
        if known { &mut state.fields } else { &mut state.unknown }.insert(path.to_owned(), settled);
    }
    state
}

fn fold_all(kind: &Kind, record: RecordId, ops: &[Op]) -> State {
    let graph = Graph::of(ops);
    let signing = Signing::of(&graph);
    let mut state = State {
        heads: graph.heads(),
        signed: signing.first,
        made: graph.ops.first().map_or_else(Hlc::default, |op| op.order().0),
        last: graph.ops.last().map_or_else(Hlc::default, |op| op.order().0),
        ..State::default()
    };
    let paths: BTreeSet<&str> = graph.ops.iter().flat_map(|op| op.sets().map(|(path, _)| path)).collect();
    for path in paths {
        let field = kind.field(path);
        let frozen =
            signing.frozen.as_ref().filter(|_| kind.nature == Nature::Document && !moves(kind, path));
        let writers: Vec<&Op> = graph
            .ops
            .iter()
            .filter(|op| op.value(path).is_some())
            .filter(|op| frozen.is_none_or(|seen| seen.contains(&op.id())))
            .copied()
            .collect();
        let (settled, clash) = settle(&graph, path, field, &writers);
        if let Some(clash) = clash {
            state.conflicts.push(Conflict::of(record, path, clash, &settled.heads));
        }
        let known = field.is_some_and(|(_, holds)| holds.accepts(&settled.value));
        if known { &mut state.fields } else { &mut state.unknown }.insert(path.to_owned(), settled);
    }
    if kind.nature == Nature::Document {
        state.late = signing.late(&graph, kind);
    }
    if signing.all.len() > 1 {
        state.conflicts.push(Conflict::of(record, WHOLE, Clash::Signatures, &signing.all));
    }
    withdraw(&mut state, &graph, kind, record);
    state
}

/// Of `ops`, all of one record, the first that makes it.
#[must_use]
pub fn made(ops: &[Op]) -> Option<&Op> {
    ops.iter().filter(|op| op.header.verb.makes()).min_by_key(|op| op.order())
}

/// The patient whom a record of these `ops` concerns: whom it named when it was made.
#[must_use]
pub fn patient(ops: &[Op]) -> Option<RecordId> {
    made(ops).and_then(|op| op.header.patient)
}

/// Of `ops`, all of one record, the op `last` and what its author had seen, at first or second hand.
#[must_use]
pub fn seen_by(ops: Vec<Op>, last: OpId) -> Vec<Op> {
    let seen = Graph::of(&ops).before(last);
    ops.into_iter().filter(|op| op.id() == last || seen.contains(&op.id())).collect()
}

/// Whether `path` goes on after signing: a state, or what is declared with one.
pub(crate) fn moves(kind: &Kind, path: &str) -> bool {
    kind.field(path).is_some_and(|(field, _)| field.class == Class::State || field.with.is_some())
}

impl Conflict {
    fn of(record: RecordId, path: &str, clash: Clash, contenders: &[OpId]) -> Self {
        let mut contenders = contenders.to_vec();
        contenders.sort_unstable();
        let name = format!("conflict {record} {path} {contenders:?}");
        Self { id: RecordId::derived(name.as_bytes()), path: path.to_owned(), clash, contenders }
    }
}

/// The ops of one record in the order of what is shown, and who saw whom.
struct Graph<'a> {
    ops: Vec<&'a Op>,
    by_id: BTreeMap<OpId, &'a Op>,
}

impl<'a> Graph<'a> {
    fn of(ops: &'a [Op]) -> Self {
        let by_id: BTreeMap<OpId, &Op> = ops.iter().map(|op| (op.id(), op)).collect();
        let mut ops: Vec<&Op> = by_id.values().copied().collect();
        ops.sort_by_key(|op| op.order());
        Self { ops, by_id }
    }

    /// The ops that no other op has seen.
    fn heads(&self) -> Vec<OpId> {
        let seen: BTreeSet<&OpId> = self.ops.iter().flat_map(|op| op.saw()).collect();
        self.by_id.keys().filter(|id| !seen.contains(id)).copied().collect()
    }

    /// Everything that the author of `from` had seen, at first or second hand.
    fn before(&self, from: OpId) -> BTreeSet<OpId> {
        self.reach(from, |op| op.saw().copied().collect())
    }

    /// As [`Graph::before`], of one field only.
    fn before_at(&self, from: OpId, path: &str) -> BTreeSet<OpId> {
        self.reach(from, |op| op.base(path).to_vec())
    }

    /// Each resolve without values, which settles a clash about the whole record, and what its author
    /// had seen.
    fn settled_whole(&self) -> impl Iterator<Item = (&Op, BTreeSet<OpId>)> {
        let settles = |op: &&&Op| op.header.verb == Verb::Resolve && op.sets().next().is_none();
        self.ops.iter().filter(settles).map(|op| (*op, self.before(op.id())))
    }

    /// The signatures that stand, in order: those that nobody saw who settled a clash, and of the others the
    /// one that each of those keeps whom nobody overruled knowingly.
    fn standing(&self) -> Vec<OpId> {
        let settled: Vec<_> = self.settled_whole().collect();
        let overruled: BTreeSet<&OpId> = settled.iter().flat_map(|(_, seen)| seen).collect();
        let mut signs: Vec<OpId> =
            self.ops.iter().filter(|op| op.header.verb == Verb::Sign).map(|op| op.id()).collect();
        let (mut known, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for (op, seen) in settled.iter().filter(|(op, _)| !overruled.contains(&op.id())) {
            let before: Vec<OpId> = signs.iter().copied().filter(|sign| seen.contains(sign)).collect();
            let named = before.iter().find(|sign| op.base(KEPT).contains(sign));
            kept.extend(named.or(before.first()).copied());
            known.extend(before);
        }
        signs.retain(|sign| kept.contains(sign) || !known.contains(sign));
        signs
    }

    fn reach(&self, from: OpId, next: impl Fn(&Op) -> Vec<OpId>) -> BTreeSet<OpId> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(op) = open.pop().and_then(|id| self.by_id.get(&id)) {
            open.extend(next(op).into_iter().filter(|id| self.by_id.contains_key(id) && reached.insert(*id)));
        }
        reached
    }
}

/// What the signatures on a document froze.
struct Signing {
    all: Vec<OpId>,
    first: Option<OpId>,
    frozen: Option<BTreeSet<OpId>>,
}

impl Signing {
    fn of(graph: &Graph) -> Self {
        let all = graph.standing();
        let first = all.first().copied();
        let frozen = first.map(|sign| {
            let mut seen = graph.before(sign);
            seen.insert(sign);
            seen
        });
        Self { all, first, frozen }
    }

    fn late(&self, graph: &Graph, kind: &Kind) -> Vec<OpId> {
        let Some(frozen) = &self.frozen else {
            return Vec::new();
        };
        graph
            .ops
            .iter()
            .filter(|op| !frozen.contains(&op.id()))
            .filter(|op| op.sets().any(|(path, _)| !moves(kind, path)))
            .map(|op| op.id())
            .collect()
    }
}

fn settle(
    graph: &Graph,
    path: &str,
    field: Option<(&Field, Type)>,
    writers: &[&Op],
) -> (Settled, Option<Clash>) {
    let overwritten: BTreeSet<OpId> = writers.iter().flat_map(|op| op.base(path).iter().copied()).collect();
    let heads: Vec<&Op> = writers.iter().copied().filter(|op| !overwritten.contains(&op.id())).collect();
    let value = |op: &Op| op.value(path).cloned().unwrap_or_default();
    let latest = heads.last().map(|op| value(op)).unwrap_or_default();
    let settled = |value| Settled { value, heads: heads.iter().map(|op| op.id()).collect() };
    if heads.iter().all(|op| value(op) == latest) {
        return (settled(latest), None);
    }
    let ids: Vec<OpId> = heads.iter().map(|op| op.id()).collect();
    match field.map_or(Class::Ordinary, |(field, _)| field.class) {
        Class::Ordinary => (settled(latest), Some(Clash::Values)),
        Class::Critical | Class::Fixed => (settled(agreed(graph, path, &ids)), Some(Clash::Values)),
        Class::Narrowing => {
            // Where neither is narrower nobody has the right.
            let narrow = narrowest(&heads.iter().map(|op| value(op)).collect::<Vec<_>>());
            (settled(narrow.unwrap_or_default()), Some(Clash::Values))
        }
        Class::State => {
            let values: Vec<Value> = heads.iter().map(|op| value(op)).collect();
            match field.and_then(|(field, _)| furthest(field, &values)) {
                Some(value) => (settled(value), None),
                None => (settled(agreed(graph, path, &ids)), Some(Clash::Moves)),
            }
        }
    }
}

/// The last value on which all of `heads` rest; nothing where they have none in common.
fn agreed(graph: &Graph, path: &str, heads: &[OpId]) -> Value {
    let mut common: Option<BTreeSet<OpId>> = None;
    for head in heads {
        let mut line = graph.before_at(*head, path);
        line.insert(*head);
        common = Some(match common {
            Some(common) => common.intersection(&line).copied().collect(),
            None => line,
        });
    }
    let sets = |id: &OpId| graph.by_id.get(id).is_some_and(|op| op.value(path).is_some());
    let common: BTreeSet<OpId> = common.unwrap_or_default().into_iter().filter(sets).collect();
    let overwritten: BTreeSet<OpId> = common
        .iter()
        .filter_map(|id| graph.by_id.get(id))
        .flat_map(|op| op.base(path).iter().copied())
        .collect();
    let last: Vec<OpId> = common.into_iter().filter(|id| !overwritten.contains(id)).collect();
    let values: BTreeSet<&Value> =
        last.iter().filter_map(|id| graph.by_id.get(id)).filter_map(|op| op.value(path)).collect();
    match values.len() {
        0 => Value::Null,
        1 => values.into_iter().next().cloned().unwrap_or_default(),
        _ => agreed(graph, path, &last),
    }
}

/// The narrower of several rights: no rather than yes, the earlier end, the words that all contain.
fn narrowest(values: &[Value]) -> Option<Value> {
    let all = |test: fn(&Value) -> bool| values.iter().all(test);
    if all(|value| matches!(value, Value::Bool(_))) {
        return Some(Value::Bool(!values.contains(&Value::Bool(false))));
    }
    if all(|value| matches!(value, Value::List(_))) {
        let lists = values.iter().filter_map(|value| match value {
            Value::List(words) => Some(words),
            _ => None,
        });
        let mut lists = lists.cloned();
        let first = lists.next()?;
        return Some(Value::List(
            lists.fold(first, |narrow, list| narrow.into_iter().filter(|word| list.contains(word)).collect()),
        ));
    }
    let date = |value: &Value| value.as_text().and_then(|text| text.parse::<PartialDate>().ok());
    let end = |value: &Value| date(value).map(|date| date.latest());
    let dated: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    if !dated.is_empty() && dated.iter().all(|value| date(value).is_some()) {
        return dated.into_iter().min_by_key(|value| end(value)).cloned();
    }
    None
}

/// The word that all the others can still reach by the field's moves.
fn furthest(field: &Field, values: &[Value]) -> Option<Value> {
    let reaches = |from: &str, to: &str| {
        let mut reached = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(word) = open.pop() {
            open.extend(
                field
                    .moves
                    .iter()
                    .filter(|step| step.0 == word)
                    .map(|step| step.1)
                    .filter(|next| reached.insert(next)),
            );
        }
        reached.contains(to)
    };
    let mut candidates = values.iter().filter(|end| {
        values.iter().all(|value| match (value.as_text(), end.as_text()) {
            (Some(value), Some(end)) => reaches(value, end),
            _ => false,
        })
    });
    let first = candidates.next()?;
    candidates.all(|other| other == first).then(|| first.clone())
}

fn withdraw(state: &mut State, graph: &Graph, kind: &Kind, record: RecordId) {
    let undone: BTreeSet<OpId> = graph.settled_whole().flat_map(|(_, seen)| seen).collect();
    let voids: Vec<OpId> = graph
        .ops
        .iter()
        .filter(|op| op.header.verb == Verb::Void && !undone.contains(&op.id()))
        .map(|op| op.id())
        .collect();
    let Some(first) = voids.first() else { return };
    let mut known: BTreeSet<OpId> = voids.iter().flat_map(|void| graph.before(*void)).collect();
    known.extend(&voids);
    let unseen = graph.ops.iter().map(|op| op.id()).filter(|id| !known.contains(id));
    let disputed: Vec<OpId> =
        unseen.filter(|id| graph.before(*id).is_disjoint(&voids.iter().copied().collect())).collect();
    if disputed.is_empty() {
        state.voided = Some(*first);
        return;
    }
    let contenders: Vec<OpId> = voids.iter().chain(&disputed).copied().collect();
    state.conflicts.push(Conflict::of(record, WHOLE, Clash::Removal, &contenders));
    if kind.nature != Nature::Claim {
        state.voided = Some(*first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;
    use crate::op::{Body, FORMAT, Header};
    use crate::{ClinicId, Incarnation, Scope};

    #[test]
    fn what_was_just_made_is_what_the_rules_make_of_any_ops() {
        for kind in KINDS {
            let record = RecordId::derived(kind.name.as_bytes());
            let patch = |value: Value| {
                let known = kind.fields.iter().map(|field| field.name.to_owned());
                let paths = known.chain(["later".to_owned(), "later/entry/part".to_owned()]);
                paths.map(|path| (path, value.clone())).collect::<BTreeMap<_, _>>()
            };
            for (verb, clamp) in [(Verb::Create, None), (Verb::Append, Some(Hlc::at(7))), (Verb::Link, None)]
            {
                for value in [Value::text("2026-11-22"), Value::Int(1), Value::Null, Value::Bool(true)] {
                    let header = Header {
                        v: FORMAT,
                        clinic: ClinicId::derived(b"c"),
                        incarnation: Incarnation::derived(b"i"),
                        scope: Scope::derived(b"s"),
                        seq: 1,
                        tx: [0; 32],
                        kind: kind.name.to_owned(),
                        record,
                        patient: None,
                        verb,
                        hlc: Hlc::at(1000),
                        body: [0; 32],
                    };
                    let body = Body { salt: [0; 16], patch: patch(value), base: [].into(), reason: None };
                    let mut op = Op { header, body: Some(body), clamp };
                    assert_eq!(just_made(kind, &op), fold_all(kind, record, std::slice::from_ref(&op)));
                    op.body = None;
                    assert_eq!(just_made(kind, &op), fold_all(kind, record, std::slice::from_ref(&op)));
                }
            }
        }
    }
}
