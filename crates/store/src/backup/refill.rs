//! A store made of a backup: each transaction stands again at the place and the positions at which it stood, and the tables
//! are made from the log. Trials and restores fill a store in this one way.

use std::collections::BTreeMap;

use crypto::audit::AuditEntry;
use crypto::log::{EntryBytes, check_entry};
use crypto::{Frontier, Signed, StoreKey};
use domain::backup::{
    BlobRow, KindSum, Local, LogEnd, LogRow, Point, Segment, SessionRow, Standing, Stream, TrailRow,
};
use domain::op::Transaction;
use domain::session::Session;
use domain::wire::Message;
use domain::{Incarnation, Value};
use rusqlite::params;
use rusqlite::types::Value as Column;

use super::TABLES;
use crate::act::Act;
use crate::append::Logs;
use crate::row::{Col, stamp};
use crate::{Folder, Store, StoreError};

/// A store on its way out of a backup.
pub struct Refill {
    store: Store,
    through: BTreeMap<String, u64>,
    former: u64,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refilled {
    /// Records that were made.
    pub records: u64,
    /// What each kind amounts to.
    pub kinds: Vec<KindSum>,
    /// What each log amounts to; the trail last.
    pub logs: Vec<LogEnd>,
}

impl Refill {
    /// Begins with an empty folder, whose store `key` will open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn begin(folder: Folder, key: &StoreKey, point: &Point) -> Result<Self, StoreError> {
        let store = Store::open(folder, key, &mut |_, _| {})?;
        Ok(Self { store, through: point.through.clone(), former: point.former })
    }

    /// Adds a segment; those of a stream come in order. Returns how many ops it brought.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a row is not what it should be.
    pub fn segment(&mut self, segment: &Segment) -> Result<u64, StoreError> {
        let through = self.through.get(segment.stream.word()).copied().unwrap_or_default();
        let former = self.former;
        let act = self.store.act()?;
        act.open_gate()?;
        let mut brought = 0;
        match segment.stream {
            Stream::Log => brought = act.put_transactions(segment, through)?,
            Stream::Trail => act.put_trail(segment, through, former)?,
            Stream::Sessions => act.put_sessions(segment, through)?,
        }
        act.commit()?;
        Ok(brought)
    }

    /// Adds a blob.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob(&mut self, blob: &BlobRow) -> Result<(), StoreError> {
        let act = self.store.act()?;
        act.put_rows("blob", std::slice::from_ref(&blob.row))?;
        act.commit()
    }

    /// Adds what no log has, and makes every table again from the log; `progress` hears how many of how many records are
    /// done.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn finish(
        mut self,
        own: Incarnation,
        local: &Local,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Store, Refilled), StoreError> {
        let act = self.store.act()?;
        act.open_gate()?;
        for table in TABLES {
            if let Some(rows) = local.tables.get(table) {
                act.put_rows(table, rows)?;
            }
        }
        act.stand(&local.standing)?;
        let records = act.rebuild(progress)?.records;
        let (kinds, logs) = (act.kind_sums()?, act.log_ends(own)?);
        act.commit()?;
        Ok((self.store, Refilled { records, kinds, logs }))
    }
}

impl Act<'_> {
    fn put_transactions(&self, segment: &Segment, through: u64) -> Result<u64, StoreError> {
        let wrong = || StoreError::Damaged("backup");
        let mut logs = Logs::open(&self.transaction, 0)?;
        let mut brought = 0;
        for row in &segment.rows {
            let row = LogRow::from_bytes(&row.0).map_err(|_| wrong())?;
            if row.place > through {
                break;
            }
            let bytes = EntryBytes::from_sent(&row.entry.0).map_err(|_| wrong())?;
            let entry = check_entry(&bytes, None).map_err(|_| wrong())?;
            let said: &Transaction = &entry.transaction;
            let place = row.place.cast_signed();
            self.transaction
                .prepare_cached(
                    "insert into tx (position, incarnation, scope, first, author, wall, bytes, arrived)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    place,
                    Col(said.incarnation),
                    Col(said.scope),
                    said.first.cast_signed(),
                    Col(said.author),
                    said.wall,
                    bytes.transaction.0,
                    row.arrived.map(u64::cast_signed),
                ])?;
            if let Some(first) = &said.repeats {
                self.transaction
                    .prepare_cached(
                        "insert or ignore into repeated (incarnation, scope, first, tx) values (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![
                        Col(first.incarnation),
                        Col(said.scope),
                        first.first.cast_signed(),
                        place
                    ])?;
            }
            let mut insert = self.transaction.prepare_cached(
                "insert into op (position, incarnation, scope, seq, tx, kind, record, hlc, header, body, signature)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?;
            for ((op, bytes), position) in entry.ops.iter().zip(&bytes.ops).zip(row.position..) {
                insert.execute(params![
                    position.cast_signed(),
                    Col(op.header.incarnation),
                    Col(op.header.scope),
                    op.header.seq.cast_signed(),
                    place,
                    op.header.kind,
                    Col(op.header.record),
                    stamp(op.header.hlc),
                    bytes.header.0,
                    bytes.body.as_ref().map(|body| &body.0),
                    bytes.signature.as_ref().map(<[u8; 64]>::as_slice),
                ])?;
            }
            let frontier = logs.frontier(said.incarnation, said.scope)?;
            if said.first != frontier.size() + 1 {
                return Err(wrong());
            }
            bytes.ops.iter().for_each(|op| frontier.append(&op.header.0));
            brought += bytes.ops.len() as u64;
        }
        logs.close()?;
        Ok(brought)
    }

    fn put_trail(&self, segment: &Segment, through: u64, former: u64) -> Result<(), StoreError> {
        let wrong = || StoreError::Damaged("backup");
        let mut trail: Frontier = self.audit_frontier()?;
        for row in &segment.rows {
            let row = TrailRow::from_bytes(&row.0).map_err(|_| wrong())?;
            if row.place > through {
                break;
            }
            let entry = AuditEntry::from_bytes(&row.entry.0).map_err(|_| wrong())?;
            let seq = row.place.cast_signed() - former.cast_signed();
            self.transaction
                .prepare_cached(
                    "insert into audit (seq, entry, hlc, user, action, object, patient, outcome, detail)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    seq,
                    row.entry.0,
                    stamp(entry.hlc),
                    entry.user.map(Col),
                    entry.action,
                    entry.object.map(Col),
                    entry.patient.map(Col),
                    entry.outcome,
                    row.detail.map(|detail| detail.0),
                ])?;
            if seq > 0 {
                trail.append(&row.entry.0);
            }
            if let Some(head) = row.head {
                self.transaction
                    .prepare_cached("insert or replace into audit_head (size, bytes) values (?1, ?2)")?
                    .execute(params![seq, head.0])?;
            }
        }
        self.transaction
            .prepare_cached("insert or replace into audit_log (one, size, frontier) values (1, ?1, ?2)")?
            .execute(params![trail.size().cast_signed(), trail.to_bytes()])?;
        Ok(())
    }

    fn put_sessions(&self, segment: &Segment, through: u64) -> Result<(), StoreError> {
        let wrong = || StoreError::Damaged("backup");
        for row in &segment.rows {
            let row = SessionRow::from_bytes(&row.0).map_err(|_| wrong())?;
            if row.place > through {
                break;
            }
            let said = Signed::<Session>::from_bytes(&row.said.0).map_err(|_| wrong())?;
            let said = said.claimed().map_err(|_| wrong())?;
            self.transaction
                .prepare_cached(
                    "insert into session (place, incarnation, scope, size, number, bytes)
                     values (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    row.place.cast_signed(),
                    Col(said.incarnation),
                    Col(row.scope),
                    row.size.cast_signed(),
                    said.number.cast_signed(),
                    row.said.0,
                ])?;
        }
        Ok(())
    }

    /// Has the ops of these transactions stand as they stood.
    fn stand(&self, standing: &[Standing]) -> Result<(), StoreError> {
        for transaction in standing {
            let mut statement =
                self.transaction.prepare_cached("select seq from op where tx = ?1 order by seq")?;
            let seqs = statement.query_map([transaction.place.cast_signed()], |row| row.get::<_, i64>(0))?;
            for (seq, op) in seqs.collect::<Result<Vec<_>, _>>()?.into_iter().zip(&transaction.ops) {
                self.transaction
                    .prepare_cached(
                        "update op set position = ?3, clamp = ?4, quarantine = ?5, signature = coalesce(?6, signature)
                         where tx = ?1 and seq = ?2",
                    )?
                    .execute(params![
                        transaction.place.cast_signed(),
                        seq,
                        op.position.cast_signed(),
                        op.clamp.map(stamp),
                        op.quarantine,
                        op.signature.as_ref().map(<[u8; 64]>::as_slice),
                    ])?;
            }
            self.transaction
                .prepare_cached("insert or ignore into let_in (tx) values (?1)")?
                .execute([transaction.place.cast_signed()])?;
        }
        Ok(())
    }

    /// Adds rows to a table by the names of their columns; a column that this version does not have is left out.
    fn put_rows(&self, table: &str, rows: &[BTreeMap<String, Value>]) -> Result<(), StoreError> {
        let known: Vec<String> = {
            let mut statement =
                self.transaction.prepare_cached("select name from pragma_table_info(?1) order by cid")?;
            let names = statement.query_map([table], |row| row.get(0))?;
            names.collect::<Result<_, _>>()?
        };
        for row in rows {
            let columns: Vec<&String> = known.iter().filter(|name| row.contains_key(*name)).collect();
            let names = columns.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
            let places = (1..=columns.len()).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
            let sql = format!("insert or replace into {table} ({names}) values ({places})");
            let values = columns.iter().map(|name| column(row.get(*name)));
            self.transaction.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
        }
        Ok(())
    }
}

fn column(value: Option<&Value>) -> Column {
    match value {
        Some(Value::Int(number)) => Column::Integer(*number),
        Some(Value::Bool(truth)) => Column::Integer(i64::from(*truth)),
        Some(Value::Text(text)) => Column::Text(text.clone()),
        Some(Value::Bytes(bytes)) => Column::Blob(bytes.clone()),
        _ => Column::Null,
    }
}
