//! Quarantines that nothing known here bears out: the server keeps a transaction outside the records although no rule is
//! broken, by its author's record as it stands and as it ever stood. It stays outside on every side, so that all agree on
//! what the records are; but it is shown in its place with the server's reason, its verdict is asked again with each
//! question, and a person writes it anew or lets it go.

use std::collections::BTreeMap;

use crypto::log::{EntryBytes, bears_signatures, check_entry, check_signatures};
use crypto::papers::is_right_by_all;
use domain::admit::{Fault, View};
use domain::clinic::Workstation;
use domain::fold::{State, fold};
use domain::kinds;
use domain::op::{Op, Transaction};
use domain::record::Record;
use domain::sync::{Judged, Named, Ruling};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, RecordId, Scope};
use rusqlite::{OptionalExtension, params};

use crate::StoreError;
use crate::act::Act;
use crate::held::{IS_HELD, held};
use crate::keys::Keys;
use crate::known::Past;
use crate::log;
use crate::row::Col;

/// How the log ends the reason of what is disputed.
const MARK: &str = r#","disputed":true}"#;
/// What is disputed, in SQL.
pub(crate) const IS_DISPUTED: &str = r#"quarantine like '%,"disputed":true}'"#;

/// Whether the log says of a quarantined op that it is disputed.
pub(crate) fn is_disputed(quarantine: &str) -> bool {
    quarantine.ends_with(MARK)
}

/// The server's reason without the mark.
pub(crate) fn plain(quarantine: &str) -> String {
    quarantine.strip_suffix(MARK).map_or_else(|| quarantine.to_owned(), |reason| format!("{reason}}}"))
}

/// The server's reason with the mark; one that is not readable is not known.
fn marked(reason: &str) -> String {
    let reads = serde_json::from_str::<Fault>(reason).is_ok();
    let reason = if reads { reason } else { r#"{"code":"unknown"}"# };
    reason.trim_end_matches('}').to_owned() + MARK
}

/// A change of one record that is disputed.
#[derive(Clone, Debug)]
pub struct Disputed {
    /// The local position of its transaction.
    pub tx: i64,
    /// The kind of the record.
    pub kind: String,
    /// The record.
    pub record: RecordId,
    /// Who wrote it.
    pub author: RecordId,
    /// When, by the wall.
    pub wall: String,
    /// The server's reason: a [`Fault`] as JSON.
    pub fault: String,
    /// The record as it would stand if the change counted.
    pub state: State,
}

/// Author, wall time and fault of what a transaction did to a record, and its ops.
type Change = (RecordId, String, String, Vec<Op>);

impl Act<'_> {
    /// Marks every quarantine that nothing known here bears out, and takes the mark from every other.
    pub(crate) fn dispute(&self, keys: &dyn Keys) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare_cached(&format!(
            "select tx.position, tx.bytes, min(op.quarantine) from op join tx on tx.position = op.tx
             where op.quarantine is not null and not op.{IS_HELD} group by tx.position order by tx.position"
        ))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows = rows.collect::<Result<Vec<(i64, Vec<u8>, String)>, _>>()?;
        for (tx, bytes, quarantine) in rows {
            let bytes = EntryBytes { transaction: Bytes(bytes), ops: self.ops_of(tx)? };
            let reason = plain(&quarantine);
            let right = !self.is_ended_rightly(&bytes, &reason) && self.is_right(keys, &bytes);
            let said = if right { marked(&reason) } else { reason };
            if said != quarantine {
                self.transaction
                    .prepare_cached("update op set quarantine = ?2 where tx = ?1")?
                    .execute(params![tx, said])?;
            }
        }
        Ok(())
    }

    /// Whether the server refused it because its workstation was ended, and that one's record bears it out.
    fn is_ended_rightly(&self, bytes: &EntryBytes, reason: &str) -> bool {
        let ended = matches!(serde_json::from_str(reason), Ok(Fault::Ended));
        let Some(transaction) = Transaction::from_bytes(&bytes.transaction.0).ok().filter(|_| ended) else {
            return false;
        };
        let past = Past::of(&self.transaction);
        let Some(workstation) = past.workstation(transaction.incarnation) else { return false };
        let states = past.formerly(Workstation::KIND, workstation);
        states.iter().any(|state| state.record::<Workstation>().active == Some(false))
    }

    fn is_right(&self, keys: &dyn Keys, bytes: &EntryBytes) -> bool {
        let Ok(mut entry) = check_entry(bytes, None) else { return false };
        if !bears_signatures(&entry, bytes) {
            return false;
        }
        if bytes.ops.iter().any(|op| op.signature.is_some()) {
            let signed = keys.author(self, &entry).map(|author| check_signatures(&mut entry, bytes, &author));
            if signed.is_none_or(|checked| checked.is_err()) {
                return false;
            }
        }
        let past = Past::of(&self.transaction);
        // Who did not sit there is refused by right.
        let Ok(told) = self.who_sat(keys, &past, &entry) else { return false };
        told.is_none_or(|told| told.seats(&entry.transaction)) && is_right_by_all(&past, &entry)
    }

    /// The first `most` transactions that are disputed, by their names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn disputed_names(&self, most: usize) -> Result<Vec<Named>, StoreError> {
        let mut statement = self.transaction.prepare_cached(&format!(
            "select incarnation, scope, first from tx where position in
                 (select tx from op where quarantine is not null and {IS_DISPUTED})
             order by position limit ?1"
        ))?;
        let rows = statement.query_map([most as i64], |row| {
            Ok(Named {
                incarnation: row.get::<_, Col<Incarnation>>(0)?.0,
                scope: row.get::<_, Col<Scope>>(1)?.0,
                first: row.get::<_, i64>(2)?.unsigned_abs(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Hears a verdict that was asked again: what is disputed here and let in by now takes the way of everything that the
    /// server first quarantined and later lets in. Returns the records that changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn heed(
        &self,
        own: Incarnation,
        keys: &dyn Keys,
        judged: &Judged,
    ) -> Result<Vec<RecordId>, StoreError> {
        let sql = format!(
            "select position from tx where incarnation = ?1 and scope = ?2 and first = ?3 and exists
                 (select 1 from op where op.tx = tx.position and quarantine is not null and {IS_DISPUTED})"
        );
        let key = params![Col(judged.incarnation), Col(judged.scope), judged.first.cast_signed()];
        let tx: Option<i64> =
            self.transaction.prepare_cached(&sql)?.query_row(key, |row| row.get(0)).optional()?;
        let Some(tx) = tx.filter(|_| judged.verdict != Ruling::Quarantined) else { return Ok(Vec::new()) };
        self.open_gate()?;
        if judged.incarnation == own {
            return self.let_in(tx);
        }
        self.transaction
            .prepare_cached("update op set quarantine = ?2 where tx = ?1")?
            .execute(params![tx, held(&Fault::UnknownAuthor)?])?;
        self.release(keys)
    }

    /// The changes of `patient` that are disputed, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn disputed(&self, patient: RecordId) -> Result<Vec<Disputed>, StoreError> {
        let mut statement = self.transaction.prepare_cached(&format!(
            "select op.header, op.body, op.clamp, op.tx, tx.author, tx.wall, op.quarantine
             from op join tx on tx.position = op.tx
             where op.quarantine is not null and op.{IS_DISPUTED} order by op.position"
        ))?;
        let mut rows = statement.query([])?;
        let mut changes: BTreeMap<(i64, RecordId), Change> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let op = log::read_op(row)?;
            if op.header.patient != Some(patient) {
                continue;
            }
            let said = (row.get::<_, Col<RecordId>>(4)?.0, row.get(5)?, row.get(6)?, Vec::new());
            changes.entry((row.get(3)?, op.header.record)).or_insert(said).3.push(op);
        }
        let mut disputed = Vec::new();
        for ((tx, record), (author, wall, fault, ops)) in changes {
            let Some(kind) = ops.first().and_then(|op| kinds::kind(&op.header.kind)) else { continue };
            self.reads(kind.name);
            let mut all = log::ops(&self.transaction, record, None)?;
            all.extend(ops);
            let state = fold(kind, record, &all);
            disputed.push(Disputed { tx, kind: kind.name.to_owned(), record, author, wall, fault, state });
        }
        Ok(disputed)
    }

    /// The ops of the transaction `tx`, if it is disputed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn disputed_ops(&self, tx: i64) -> Result<Vec<Op>, StoreError> {
        let mut statement = self.transaction.prepare_cached(&format!(
            "select header, body, clamp from op where tx = ?1 and quarantine is not null and {IS_DISPUTED}
             order by seq"
        ))?;
        let mut rows = statement.query([tx])?;
        let mut ops = Vec::new();
        while let Some(row) = rows.next()? {
            ops.push(log::read_op(row)?);
        }
        Ok(ops)
    }
}
