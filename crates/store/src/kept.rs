//! The state of a record of several ops as its row keeps it: each log is named once, and an op by its number in one.

use std::collections::BTreeMap;

use domain::fold::{Clash, Conflict, Settled, State};
use domain::{Hlc, Incarnation, OpId, RecordId, Scope, Value};
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// Which of the logs, and the number in it.
type Place = (usize, u64);
type Fields = BTreeMap<String, (Value, Vec<Place>)>;

#[derive(Serialize, Deserialize)]
struct Kept {
    logs: Vec<(Incarnation, Scope)>,
    fields: Fields,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    unknown: Fields,
    heads: Vec<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voided: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signed: Option<Place>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    late: Vec<Place>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<(RecordId, String, Clash, Vec<Place>)>,
    made: Hlc,
    last: Hlc,
}

/// `state` as text.
pub(crate) fn write(state: &State) -> Result<String, StoreError> {
    let mut logs = Vec::new();
    let mut place = |op: &OpId| {
        let log = (op.incarnation, op.scope);
        let known = logs.iter().position(|known| *known == log);
        let at = known.unwrap_or_else(|| {
            logs.push(log);
            logs.len() - 1
        });
        (at, op.seq)
    };
    let mut fields = |fields: &BTreeMap<String, Settled>| -> Fields {
        let field = |(path, settled): (&String, &Settled)| {
            (path.clone(), (settled.value.clone(), settled.heads.iter().map(&mut place).collect()))
        };
        fields.iter().map(field).collect()
    };
    let (known, unknown) = (fields(&state.fields), fields(&state.unknown));
    let mut places = |ops: &[OpId]| -> Vec<Place> { ops.iter().map(&mut place).collect() };
    let heads = places(&state.heads);
    let late = places(&state.late);
    let conflict = |conflict: &Conflict| {
        (conflict.id, conflict.path.clone(), conflict.clash, places(&conflict.contenders))
    };
    let conflicts = state.conflicts.iter().map(conflict).collect();
    let (voided, signed) = (state.voided.as_ref().map(&mut place), state.signed.as_ref().map(&mut place));
    let (made, last) = (state.made, state.last);
    let kept = Kept { logs, fields: known, unknown, heads, voided, signed, late, conflicts, made, last };
    serde_json::to_string(&kept).map_err(|_| DAMAGED)
}

/// The state of this text.
pub(crate) fn read(text: &str) -> Result<State, StoreError> {
    let kept: Kept = serde_json::from_str(text).map_err(|_| DAMAGED)?;
    let op = |place: Place| -> Result<OpId, StoreError> {
        let (incarnation, scope) = *kept.logs.get(place.0).ok_or(DAMAGED)?;
        Ok(OpId { incarnation, scope, seq: place.1 })
    };
    let ops = |places: Vec<Place>| places.into_iter().map(op).collect::<Result<Vec<OpId>, _>>();
    let fields = |fields: Fields| -> Result<BTreeMap<String, Settled>, StoreError> {
        let field = |(path, (value, heads))| Ok((path, Settled { value, heads: ops(heads)? }));
        fields.into_iter().map(field).collect()
    };
    let conflict =
        |(id, path, clash, contenders)| Ok(Conflict { id, path, clash, contenders: ops(contenders)? });
    Ok(State {
        fields: fields(kept.fields)?,
        unknown: fields(kept.unknown)?,
        heads: ops(kept.heads)?,
        voided: kept.voided.map(op).transpose()?,
        signed: kept.signed.map(op).transpose()?,
        late: ops(kept.late)?,
        conflicts: kept.conflicts.into_iter().map(conflict).collect::<Result<_, StoreError>>()?,
        made: kept.made,
        last: kept.last,
    })
}

const DAMAGED: StoreError = StoreError::Damaged("record state");

#[cfg(test)]
mod tests {
    use super::*;

    fn op(log: &[u8], seq: u64) -> OpId {
        OpId { incarnation: Incarnation::derived(log), scope: Scope::derived(b"site"), seq }
    }

    #[test]
    fn a_state_reads_back_alike_and_names_each_log_once() {
        let settled = |seq| Settled { value: Value::text("x"), heads: vec![op(b"one", seq), op(b"two", 7)] };
        let conflict = Conflict {
            id: RecordId::derived(b"conflict"),
            path: "family".into(),
            clash: Clash::Values,
            contenders: vec![op(b"one", 1), op(b"two", 7)],
        };
        let state = State {
            fields: [("family".into(), settled(1)), ("given".into(), settled(2))].into(),
            unknown: [("later".into(), settled(3))].into(),
            heads: vec![op(b"two", 7), op(b"three", 1)],
            voided: Some(op(b"three", 1)),
            signed: Some(op(b"one", 2)),
            late: vec![op(b"two", 7)],
            conflicts: vec![conflict],
            made: Hlc::at(1000),
            last: Hlc::at(2000),
        };
        let text = write(&state).unwrap();
        assert_eq!(read(&text).unwrap(), state);
        for log in [b"one".as_slice(), b"two", b"three"] {
            assert_eq!(text.matches(&Incarnation::derived(log).to_string()).count(), 1);
        }
        let torn = text.replace("[2,1]", "[9,1]");
        assert!(torn != text && read(&torn).is_err());
        assert!(read("{").is_err());
    }
}
