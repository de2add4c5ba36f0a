//! Making a store from what a backup holds: the log to its places, the trail, who sat where, and what belongs to the
//! workstation alone. The tables that follow from the log are made again by `rebuild`.
//!
//! What is restored is another installation: the one that the backup is of stays in the log as one of the others, and its
//! trail stands at zero and below, as of every installation that came before.

use std::collections::BTreeMap;

use crypto::Frontier;
use crypto::audit::AuditEntry;
use crypto::log::{EntryBytes, check_entry};
use domain::backup::{Local, LogRow, Rows, SessionRow, Standing, TrailRow};
use domain::op::Op;
use domain::wire::{Bytes, Message};
use domain::{Digest, Hlc, Incarnation, Scope, Value, cbor};
use rusqlite::types::Value as Column;
use rusqlite::{params, params_from_iter};

use crate::act::Act;
use crate::row::{Col, stamp};
use crate::stranded::trail_of;
use crate::{StoreError, reckon};

/// The tables that a backup brings back: what belongs to the workstation alone. What is between it and the server begins
/// anew.
const TABLES: [&str; 7] = ["local", "scratch", "opened", "peer", "code_term", "stranded", "blob"];
/// What another installation does not take over, by the names of `local`.
const ENDED: [&str; 14] = [
    "workstation_key", "audit_sent", "marked", "trouble", "epoch", "synced", "server_clock", "anew", "rejoining",
    "asked_who_sat", "asked_who_sat_up_to", "receipt", "findings", "protocol",
];
/// The same by how the name begins.
const ENDED_ALL: [&str; 3] = ["told/", "carried/", "issuing/"];

/// A store on its way out of a backup.
pub struct Restoring<'a> {
    act: &'a Act<'a>,
    standing: BTreeMap<u64, Standing>,
    logs: BTreeMap<(Incarnation, Scope), Frontier>,
    trails: BTreeMap<Incarnation, (Frontier, Option<Bytes>)>,
    /// How many entries of the trail there are: they end at zero.
    trail: u64,
    last: Hlc,
    entries: u64,
}

impl Act<'_> {
    /// Begins to make this store, which is empty, from a backup of which `local` is what no log has; its trail has `trail`
    /// entries.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn restore<'a>(&'a self, local: Local, trail: u64) -> Result<Restoring<'a>, StoreError> {
        self.open_gate()?;
        self.transaction.execute("insert or ignore into apart_gate (open) values (1)", [])?;
        for (table, rows) in &local.tables {
            self.put_rows(table, rows)?;
        }
        let standing = local.standing.into_iter().map(|standing| (standing.place, standing)).collect();
        let (logs, trails) = (BTreeMap::new(), BTreeMap::new());
        Ok(Restoring { act: self, standing, logs, trails, trail, last: Hlc::default(), entries: 0 })
    }

    /// Puts rows into a table that a backup brings back; those of others are passed over.
    ///
    /// # Errors
    /// [`StoreError`] where a row does not fit.
    pub fn put_rows(&self, table: &str, rows: &Rows) -> Result<(), StoreError> {
        let Some(table) = TABLES.iter().find(|known| **known == table) else { return Ok(()) };
        let mut known = self.transaction.prepare(&format!("select name from pragma_table_info('{table}')"))?;
        let known = known.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        for row in rows {
            if *table == "local" && has_ended(row.get("name")) {
                continue;
            }
            // A column of a newer program says nothing to this one.
            let (columns, values): (Vec<&str>, Vec<&Value>) = row
                .iter()
                .filter(|(column, _)| known.contains(*column))
                .map(|(column, value)| (column.as_str(), value))
                .unzip();
            let marks = vec!["?"; columns.len()].join(", ");
            let sql = format!("insert or replace into {table} ({}) values ({marks})", columns.join(", "));
            self.transaction.prepare_cached(&sql)?.execute(params_from_iter(values.into_iter().map(column)))?;
        }
        Ok(())
    }
}

impl Restoring<'_> {
    /// Puts a transaction in its place.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for one that is not whole, or does not follow the one before it in its log.
    pub fn log(&mut self, row: &LogRow) -> Result<(), StoreError> {
        let damaged = || StoreError::Damaged("entry of a backup");
        let mut bytes = EntryBytes::from_sent(&row.entry.0).map_err(|_| damaged())?;
        let entry = check_entry(&bytes, None).map_err(|_| damaged())?;
        let transaction = &entry.transaction;
        let frontier = self.logs.entry((transaction.incarnation, transaction.scope)).or_default();
        if transaction.first != frontier.size() + 1 || entry.ops.is_empty() {
            return Err(damaged());
        }
        bytes.ops.iter().for_each(|op| frontier.append(&op.header.0));
        let connection = &self.act.transaction;
        connection
            .prepare_cached(
                "insert into tx (position, incarnation, scope, first, author, wall, bytes, arrived)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                row.place.cast_signed(),
                Col(transaction.incarnation),
                Col(transaction.scope),
                transaction.first.cast_signed(),
                Col(transaction.author),
                transaction.wall,
                bytes.transaction.0,
                row.arrived.map(u64::cast_signed),
            ])?;
        if let Some(first) = &transaction.repeats {
            connection
                .prepare_cached("insert into repeated (incarnation, scope, first, tx) values (?1, ?2, ?3, ?4)")?
                .execute(params![
                    Col(first.incarnation),
                    Col(transaction.scope),
                    first.first.cast_signed(),
                    row.place.cast_signed()
                ])?;
        }
        let standing = self.standing.remove(&row.place).map(|standing| standing.ops).unwrap_or_default();
        for (nth, op) in entry.ops.iter().enumerate() {
            let said = standing.get(nth);
            let position = said.map_or(row.position + nth as u64, |said| said.position);
            let clamp = said.and_then(|said| said.clamp);
            let quarantine = said.and_then(|said| said.quarantine.clone());
            let signature = said.and_then(|said| said.signature);
            let Some(kept) = bytes.ops.get_mut(nth) else { return Err(damaged()) };
            kept.signature = signature.or(kept.signature);
            self.last = self.last.seen(clamp.map_or(op.header.hlc, |clamp| clamp.min(op.header.hlc)));
            put_op(self.act, row.place, position, (op, kept), clamp, quarantine)?;
        }
        self.entries += entry.ops.len() as u64;
        Ok(())
    }

    /// Puts an entry of the trail in its place.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for one that does not follow the one before it.
    pub fn trail(&mut self, row: &TrailRow) -> Result<(), StoreError> {
        let damaged = || StoreError::Damaged("trail of a backup");
        let entry = AuditEntry::from_bytes(&row.entry.0).map_err(|_| damaged())?;
        let (frontier, head) = self.trails.entry(entry.workstation).or_default();
        if entry.seq != frontier.size() + 1 {
            return Err(damaged());
        }
        frontier.append(&row.entry.0);
        head.clone_from(&row.head);
        self.act
            .transaction
            .prepare_cached(
                "insert into audit (seq, entry, hlc, user, action, object, patient, outcome, detail)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                row.place.cast_signed() - self.trail.cast_signed(),
                row.entry.0,
                stamp(entry.hlc),
                entry.user.map(Col),
                entry.action,
                entry.object.map(Col),
                entry.patient.map(Col),
                entry.outcome,
                row.detail.as_ref().map(|detail| &detail.0),
            ])?;
        Ok(())
    }

    /// Keeps a message about who sat somewhere.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for one that is none.
    pub fn session(&mut self, row: &SessionRow) -> Result<(), StoreError> {
        self.act.put_told(row.scope, row.size, &row.said.0)
    }

    /// What each log amounts to, and the trail of `own`, so far.
    #[must_use]
    pub fn ends(&self, own: Incarnation) -> BTreeMap<(Incarnation, Option<Scope>), (u64, Digest)> {
        let logs = self.logs.iter().map(|((incarnation, scope), frontier)| ((*incarnation, Some(*scope)), frontier));
        let trail = self.trails.get(&own).map(|(frontier, _)| ((own, None), frontier));
        logs.chain(trail).map(|(log, frontier)| (log, (frontier.size(), frontier.root()))).collect()
    }

    /// How many ops were put here.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// Ends it: keeps the reckonings, and makes the tables from the log. `progress` is told how many of how many records
    /// are done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn close(self, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, StoreError> {
        for ((incarnation, scope), frontier) in &self.logs {
            reckon::keep(&self.act.transaction, *incarnation, *scope, frontier)?;
        }
        // A trail that ended in the middle of a day may have no head of its own there.
        for (incarnation, (_, head)) in &self.trails {
            if let Some(head) = head {
                self.act.set_local(&trail_of(*incarnation), &head.0)?;
            }
        }
        self.act.set_local("hlc", &stamp(self.last).to_be_bytes())?;
        let rebuilt = self.act.rebuild(progress)?;
        self.act.transaction.execute("delete from apart_gate", [])?;
        Ok(rebuilt.records)
    }
}

fn put_op(
    act: &Act,
    place: u64,
    position: u64,
    (op, bytes): (&Op, &crypto::log::OpBytes),
    clamp: Option<Hlc>,
    quarantine: Option<String>,
) -> Result<(), StoreError> {
    act.transaction
        .prepare_cached(
            "insert into op (position, incarnation, scope, seq, tx, kind, record, hlc, header, body, signature, clamp,
                             quarantine)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            position.cast_signed(),
            Col(op.header.incarnation),
            Col(op.header.scope),
            op.header.seq.cast_signed(),
            place.cast_signed(),
            op.header.kind,
            Col(op.header.record),
            stamp(op.header.hlc),
            bytes.header.0,
            bytes.body.as_ref().map(|body| &body.0),
            bytes.signature.as_ref().map(<[u8; 64]>::as_slice),
            clamp.map(stamp),
            quarantine,
        ])?;
    Ok(())
}

fn has_ended(name: Option<&Value>) -> bool {
    let Some(name) = name.and_then(Value::as_text) else { return true };
    ENDED.contains(&name) || ENDED_ALL.iter().any(|beginning| name.starts_with(beginning))
}

/// A value of a row as SQLite has it. What no column holds was never written by one.
fn column(value: &Value) -> Column {
    match value {
        Value::Int(number) => Column::Integer(*number),
        Value::Bytes(bytes) => Column::Blob(bytes.clone()),
        Value::Text(text) => Column::Text(text.clone()),
        Value::Bool(is) => Column::Integer(i64::from(*is)),
        Value::Null => Column::Null,
        other => Column::Blob(cbor::encode(other)),
    }
}
