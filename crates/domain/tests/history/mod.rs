//! Histories of one record written on several workstations, by hand or by chance.

use std::collections::BTreeMap;

use domain::fold::{State, fold};
use domain::op::{Body, FORMAT, Header, Op, WHOLE};
use domain::record::{Kind, Record, Verb};
use domain::visits::{Note, Visit};
use domain::{
    ClinicId, Hlc, Incarnation, OpId, RecordId, Scope, Value, patients::Allergy, patients::Patient,
};
use proptest::prelude::*;

/// The ops of one record.
#[derive(Clone, Debug)]
pub struct History {
    /// Its kind.
    pub kind: &'static Kind,
    /// The record.
    pub record: RecordId,
    /// What was written, in the order of writing.
    pub ops: Vec<Op>,
    /// Milliseconds on every workstation's wall.
    pub clock: u64,
}

impl History {
    /// An empty history.
    pub fn new(kind: &'static Kind) -> Self {
        Self { kind, record: RecordId::new(1, &[7; 10]), ops: Vec::new(), clock: 1000 }
    }

    /// Makes the record on `workstation`.
    pub fn make(&mut self, workstation: u8, patch: &[(&str, Value)]) -> State {
        self.write(workstation, Verb::Create, patch, &State::default(), &[])
    }

    /// Writes one op by somebody who saw `seen`; returns what `seen` and it amount to.
    pub fn write(
        &mut self,
        workstation: u8,
        verb: Verb,
        patch: &[(&str, Value)],
        seen: &State,
        paths: &[&str],
    ) -> State {
        self.clock += 1;
        let incarnation = Incarnation::new(0, &[workstation; 10]);
        let seq = self.ops.iter().filter(|op| op.header.incarnation == incarnation).count() as u64 + 1;
        let base: BTreeMap<String, Vec<OpId>> = paths
            .iter()
            .chain(&[WHOLE])
            .map(|path| ((*path).to_owned(), seen.base(path)))
            .filter(|(_, base)| !base.is_empty())
            .collect();
        let body = Body {
            salt: [0; 16],
            patch: patch.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect(),
            base,
            reason: (verb == Verb::Void).then(|| "entered in error".to_owned()),
        };
        let header = Header {
            v: FORMAT,
            clinic: ClinicId::new(0, &[0; 10]),
            incarnation,
            scope: Scope::new(0, &[0; 10]),
            seq,
            tx: [0; 32],
            kind: self.kind.name.to_owned(),
            record: self.record,
            patient: None,
            verb,
            hlc: Hlc::at(self.clock),
            body: [0; 32],
        };
        self.ops.push(Op { header, body: Some(body), clamp: None });
        let seen: Vec<Op> = self.seen_by_last();
        fold(self.kind, self.record, &seen)
    }

    /// The last op and everything that its author had seen.
    fn seen_by_last(&self) -> Vec<Op> {
        let mut open = vec![self.ops.last().unwrap().id()];
        let mut seen: BTreeMap<OpId, Op> = BTreeMap::new();
        while let Some(id) = open.pop() {
            let op = self.ops.iter().find(|op| op.id() == id).unwrap();
            if seen.insert(id, op.clone()).is_none() {
                open.extend(op.saw());
            }
        }
        seen.into_values().collect()
    }

    /// What all of it amounts to.
    pub fn fold_all(&self) -> State {
        fold(self.kind, self.record, &self.ops)
    }
}

/// A history of three workstations that see each other now and then, and its ops in another order.
pub fn any_history() -> impl Strategy<Value = (History, Vec<Op>)> {
    let step = (0u8..3, 0u8..8, 0u8..3, any::<bool>());
    (0usize..4, proptest::collection::vec(step, 1..9))
        .prop_map(|(kind, steps)| {
            played([Patient::KIND, Allergy::KIND, Visit::KIND, Note::KIND][kind], &steps)
        })
        .prop_flat_map(|history| {
            let ops = history.ops.clone();
            (Just(history), Just(ops).prop_shuffle())
        })
}

fn played(kind: &'static Kind, steps: &[(u8, u8, u8, bool)]) -> History {
    let (path, status) = match kind.name {
        "patient" => ("family", None),
        "allergy" => ("substance", None),
        "visit" => ("concern", Some("status")),
        _ => ("plan", None),
    };
    let mut history = History::new(kind);
    let mut patch = vec![(path, Value::text("0"))];
    patch.extend(status.map(|status| (status, Value::text("arrived"))));
    let made = history.make(0, &patch);
    let mut seen = [made.clone(), made.clone(), made];
    for (workstation, what, value, meets) in steps {
        let at = usize::from(*workstation);
        if *meets {
            seen[at] = history.fold_all();
        }
        let value = Value::text(value.to_string());
        let state = seen[at].clone();
        let (verb, patch, base): (Verb, Vec<(&str, Value)>, &str) = match (what, status) {
            (0, None) if kind.permission(Verb::Void).is_some() => (Verb::Void, vec![], WHOLE),
            (1, None) if kind.permission(Verb::Sign).is_some() => (Verb::Sign, vec![], WHOLE),
            (0 | 1, Some(status)) => {
                let words = ["triaged", "in_progress", "cancelled"];
                (Verb::Patch, vec![(status, Value::text(words[at]))], status)
            }
            _ => (Verb::Patch, vec![(path, value)], path),
        };
        // A workstation knows its own writing: its next base is what it saw and what it wrote.
        history.write(*workstation, verb, &patch, &state, &[base]);
        let own: Vec<Op> = history
            .ops
            .clone()
            .into_iter()
            .filter(|op| {
                op.header.incarnation == history.ops.last().unwrap().header.incarnation
                    || state_knows(&state, &history, op)
            })
            .collect();
        seen[at] = fold(kind, history.record, &own);
    }
    history
}

fn state_knows(state: &State, history: &History, op: &Op) -> bool {
    let mut open: Vec<OpId> = state.heads.clone();
    open.extend(state.fields.values().flat_map(|settled| settled.heads.iter().copied()));
    while let Some(id) = open.pop() {
        if id == op.id() {
            return true;
        }
        open.extend(
            history.ops.iter().filter(|other| other.id() == id).flat_map(|other| other.saw().copied()),
        );
    }
    false
}
