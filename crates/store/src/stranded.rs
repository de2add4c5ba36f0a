//! What is stranded: entries of an installation that goes on as another one, since the server has others under their numbers.
//! They are set apart from the log, to the byte, and written again by their authors, or let go by a person.

use std::collections::{BTreeMap, BTreeSet};

use crypto::log::{EntryBytes, bears_signatures, check_entry, check_signatures};
use crypto::session::told;
use crypto::{Entropy, Frontier, Head, Signed};
use domain::fold::{State, fold};
use domain::op::{Op, Repeated, Transaction};
use domain::record::Kind;
use domain::session::Session;
use domain::wire::{Bytes, Message};
use domain::{Hlc, Incarnation, OpId, RecordId, Scope, Value, kinds};
use rusqlite::{OptionalExtension, Row, params};

use crate::act::Act;
use crate::check::head_of;
use crate::context::Context;
use crate::disputed::{Disputed, IS_DISPUTED};
use crate::held::IS_HELD;
use crate::outbox::Signer;
use crate::rebuild::remake;
use crate::row::Col;
use crate::table::Pen;
use crate::write::Written;
use crate::{Store, StoreError, WriteError, log, opened, reckon, sessions};

/// The reason of what nobody has tried to write again yet.
pub const WAITS: &str = r#"{"code":"stranded"}"#;

/// Numbers of the trail are moved through here, where none ever stands.
const FAR: i64 = 1 << 40;

const AGAIN: &str = "again";
const KNOWN: &str = "known";
const LET_GO: &str = "let_go";
/// What was not written again, also what was let go, in SQL.
const OPEN: &str = "(settled is null or settled = 'let_go')";

/// A transaction that is stranded.
#[derive(Clone, Debug)]
pub struct Stranded {
    /// Its place among these.
    pub place: i64,
    /// As it was written.
    pub transaction: Transaction,
    /// Its ops.
    pub ops: Vec<Op>,
    /// Why it could not be written again: a fault as JSON.
    pub fault: Option<String>,
    /// Whether somebody has let it go.
    pub let_go: bool,
    bytes: EntryBytes,
    session: Option<Vec<u8>>,
}

/// What an op that is named as a base is now.
enum Base {
    /// The op of this name.
    Is(OpId),
    /// Nothing: somebody has let it go.
    Gone,
    /// It waits to be written again.
    Waits,
}

impl Store {
    /// Follows the installation that this store has become.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn went_on(&mut self) -> Result<(), StoreError> {
        self.beside.want(None);
        self.missing = 0;
        if let Some(own) = opened::own(&self.connection)? {
            self.beside.is_of(own);
        }
        // Its marks take the place of the others, in both copies.
        self.beside.begin(0);
        let act = self.act()?;
        act.open_gate()?;
        act.commit()
    }
}

impl Act<'_> {
    /// Sets apart what the server has not acknowledged of the installation of `former`, with who sat there, and begins the
    /// trail anew. Its log ends at what is acknowledged, under heads that it signs once more. Returns how many entries
    /// are stranded.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_apart(&self, former: &Signer, scopes: &BTreeSet<Scope>) -> Result<u64, StoreError> {
        self.open_gate()?;
        self.keep_wanted()?;
        self.transaction.execute("insert into apart_gate (open) values (1)", [])?;
        let end: i64 =
            self.transaction.query_row("select coalesce(max(position), 0) from op", [], |row| row.get(0))?;
        let (mut records, mut stranded) = (BTreeSet::new(), 0);
        for (tx, transaction) in self.unacknowledged(former.incarnation)? {
            let bytes = EntryBytes { transaction: Bytes(transaction), ops: self.ops_of(tx)? };
            let entry = check_entry(&bytes, None).map_err(|_| StoreError::Damaged("transaction"))?;
            self.keep_stranded(&entry.transaction, &bytes)?;
            records.extend(entry.ops.iter().map(|op| op.header.record));
            self.transaction.prepare_cached("delete from repeated where tx = ?1")?.execute([tx])?;
            self.transaction.prepare_cached("delete from op where tx = ?1")?.execute([tx])?;
            self.transaction.prepare_cached("delete from tx where position = ?1")?.execute([tx])?;
            stranded += entry.ops.len() as u64;
        }
        for scope in scopes {
            self.end_log(former, *scope)?;
        }
        self.transaction.execute("delete from outbox", [])?;
        self.transaction.execute("update cursor set own = 0", [])?;
        records.extend(self.keep_place(end)?);
        let mut pen = Pen::writing(&self.transaction);
        for record in records {
            remake(&mut pen, record)?;
        }
        self.end_trail(former)?;
        self.transaction.execute("delete from apart_gate", [])?;
        Ok(stranded)
    }

    fn unacknowledged(&self, own: Incarnation) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        let mut statement = self.transaction.prepare(
            "select position, bytes from tx where incarnation = ?1 and first > coalesce(
                 (select acknowledged from outbox where outbox.scope = tx.scope), 0) order by position",
        )?;
        let rows = statement.query_map([Col(own)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn keep_stranded(&self, transaction: &Transaction, bytes: &EntryBytes) -> Result<(), StoreError> {
        let Transaction { incarnation, scope, first, .. } = *transaction;
        let session = sessions::before(&self.transaction, OpId { incarnation, scope, seq: first }, |_| true)?;
        self.transaction
            .prepare_cached(
                "insert into stranded (incarnation, scope, first, size, author, wall, bytes, session)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                Col(incarnation),
                Col(scope),
                first.cast_signed(),
                transaction.size.cast_signed(),
                Col(transaction.author),
                transaction.wall,
                bytes.to_bytes(),
                session.map(|signed| signed.to_bytes()),
            ])?;
        Ok(())
    }

    /// Lets the log of `scope` end at what is acknowledged, and forgets who sat there since: the server tells otherwise.
    fn end_log(&self, former: &Signer, scope: Scope) -> Result<(), StoreError> {
        let (acknowledged, frontier) = self.acknowledged(scope)?;
        if acknowledged > 0 {
            reckon::keep(&self.transaction, former.incarnation, scope, &frontier)?;
            let head = Head::ops(former.clinic, former.incarnation, scope, &frontier, Hlc::at(former.now));
            let head = Signed::new(former.key, &head).to_bytes();
            self.set_local(&head_of(former.incarnation, scope), &head)?;
            self.sign_on_the_way(former, scope, Frontier::default())?;
        } else {
            let sql = "delete from log where incarnation = ?1 and scope = ?2";
            self.transaction.execute(sql, (Col(former.incarnation), Col(scope)))?;
            self.forget_local(&head_of(former.incarnation, scope))?;
        }
        let told = self.told_sessions(scope)?.unwrap_or_default();
        let sql = "delete from session where incarnation = ?1 and scope = ?2 and number > ?3";
        self.transaction.execute(sql, params![Col(former.incarnation), Col(scope), told.cast_signed()])?;
        self.forget_told(scope)
    }

    /// Lets the last transaction that is left end at `end`, so that no place is given twice: what somebody saw up to a place
    /// is not what comes now. Returns the records that it changed.
    fn keep_place(&self, end: i64) -> Result<BTreeSet<RecordId>, StoreError> {
        let mut statement = self.transaction.prepare(
            "select position, record from op where tx = (select tx from op order by position desc limit 1)
             order by position desc",
        )?;
        let rows =
            statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Col<RecordId>>(1)?.0)))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        for ((position, _), to) in rows.iter().zip((i64::MIN..=end).rev()) {
            self.transaction.execute("update op set position = ?2 where position = ?1", [*position, to])?;
        }
        Ok(rows.into_iter().map(|(_, record)| record).collect())
    }

    /// Ends the trail of `former` under a head that it signs.
    fn end_trail(&self, former: &Signer) -> Result<(), StoreError> {
        let trail = self.audit_frontier()?;
        let head = Head::audit(former.clinic, former.incarnation, &trail, Hlc::at(former.now));
        self.set_local(&trail_of(former.incarnation), &Signed::new(former.key, &head).to_bytes())?;
        self.begin_trail()
    }

    /// Begins the trail anew: the entries of the installation before stand at zero and below from here on.
    pub(crate) fn begin_trail(&self) -> Result<(), StoreError> {
        let size = self.audit_frontier()?.size().cast_signed();
        self.transaction.execute("update audit set seq = seq - ?1", [FAR])?;
        self.transaction.execute("update audit set seq = seq + ?1", [FAR - size])?;
        self.transaction.execute_batch("delete from audit_head; delete from audit_log")?;
        self.forget_local("audit_sent")
    }

    /// Settles what the server had after all, once its feeds were read to their ends. What it keeps outside the records by
    /// right waits: somebody may still write it again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn compare_stranded(&self) -> Result<(), StoreError> {
        let sql = format!("{STRANDED} where {OPEN} order by position");
        for stranded in self.strandeds(&sql, [])? {
            let Transaction { incarnation, scope, first, .. } = stranded.transaction;
            let sql = format!(
                "select position, bytes from tx where incarnation = ?1 and scope = ?2 and first = ?3 and not exists
                     (select 1 from op where op.tx = tx.position and op.quarantine is not null
                          and not op.{IS_HELD} and not op.{IS_DISPUTED})"
            );
            let key = params![Col(incarnation), Col(scope), first.cast_signed()];
            let known: Option<(i64, Vec<u8>)> =
                self.transaction.query_row(&sql, key, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some((tx, bytes)) = known else { continue };
            if (EntryBytes { transaction: Bytes(bytes), ops: self.ops_of(tx)? }) == stranded.bytes {
                let sql = "update stranded set settled = ?2 where position = ?1";
                self.transaction.prepare_cached(sql)?.execute(params![stranded.place, KNOWN])?;
            }
        }
        Ok(())
    }

    /// Settles what a transaction of the log repeats already, whoever wrote it and wherever: a copy of this store may have
    /// gone on too. Returns how many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle_repeated(&self) -> Result<u64, StoreError> {
        let sql = format!(
            "{STRANDED} where {OPEN} and exists (select 1 from repeated
                 where repeated.incarnation = stranded.incarnation and repeated.scope = stranded.scope
                       and repeated.first = stranded.first) order by position"
        );
        let mut settled = 0;
        for stranded in self.strandeds(&sql, [])? {
            if let Some((incarnation, first)) = self.repeated_by(&stranded)? {
                self.settle_again(stranded.place, incarnation, first)?;
                settled += 1;
            }
        }
        Ok(settled)
    }

    /// Where it was written again, by what counts and says the same.
    fn repeated_by(&self, stranded: &Stranded) -> Result<Option<(Incarnation, u64)>, StoreError> {
        let Transaction { incarnation, scope, first, .. } = stranded.transaction;
        let mut statement = self.transaction.prepare_cached(
            "select tx.position, tx.bytes from repeated join tx on tx.position = repeated.tx
             where repeated.incarnation = ?1 and repeated.scope = ?2 and repeated.first = ?3 and not exists
                 (select 1 from op where op.tx = tx.position and op.quarantine is not null)
             order by tx.position",
        )?;
        let mut rows = statement.query(params![Col(incarnation), Col(scope), first.cast_signed()])?;
        while let Some(row) = rows.next()? {
            let bytes = EntryBytes { transaction: Bytes(row.get(1)?), ops: self.ops_of(row.get(0)?)? };
            let again = check_entry(&bytes, None).ok();
            if let Some(again) = again.filter(|again| say_the_same(&stranded.ops, &again.ops)) {
                return Ok(Some((again.transaction.incarnation, again.transaction.first)));
            }
        }
        Ok(None)
    }

    fn settle_again(&self, place: i64, incarnation: Incarnation, first: u64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "update stranded set settled = ?2, became_in = ?3, became = ?4, fault = null where position = ?1",
            )?
            .execute(params![place, AGAIN, Col(incarnation), first.cast_signed()])?;
        Ok(())
    }

    /// The installations that this store was before.
    pub(crate) fn formers(&self) -> Result<Vec<Incarnation>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select name from local where name >= ?1 and name < ?2")?;
        let names = statement.query_map([TRAILS, TRAILS_END], |row| row.get::<_, String>(0))?;
        let names = names.collect::<Result<Vec<_>, _>>()?;
        Ok(names.iter().filter_map(|name| name.strip_prefix(TRAILS)?.parse().ok()).collect())
    }

    /// What waits to be written again, of `author` or of everybody, in the order in which it was written.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn waiting(&self, author: Option<RecordId>) -> Result<Vec<Stranded>, StoreError> {
        let sql =
            format!("{STRANDED} where settled is null and (?1 is null or author = ?1) order by position");
        self.strandeds(&sql, params![author.map(Col)])
    }

    /// How many transactions wait.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn waiting_count(&self) -> Result<u64, StoreError> {
        let sql = "select count(*) from stranded where settled is null";
        let count: i64 = self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// What was stranded and was not written again, also what was let go: at most `limit`, the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn stranded(&self, limit: u32) -> Result<Vec<Stranded>, StoreError> {
        self.reads_all();
        let sql = format!(
            "{STRANDED} where {OPEN}
             order by settled is null desc, position desc limit ?1"
        );
        self.strandeds(&sql, params![limit])
    }

    /// What stands at `place` and was not written again, also what was let go.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn stranded_at(&self, place: i64) -> Result<Option<Stranded>, StoreError> {
        let sql = format!("{STRANDED} where {OPEN} and position = ?1");
        Ok(self.strandeds(&sql, params![place])?.pop())
    }

    fn strandeds(&self, sql: &str, key: impl rusqlite::Params) -> Result<Vec<Stranded>, StoreError> {
        let mut statement = self.transaction.prepare_cached(sql)?;
        let mut rows = statement.query(key)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// Lets go of what waits at `place`: somebody has looked at it, and it stays there to be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn let_stranded_go(&self, place: i64) -> Result<(), StoreError> {
        let sql = "update stranded set settled = ?2 where position = ?1 and settled is null";
        self.transaction.prepare_cached(sql)?.execute(params![place, LET_GO])?;
        Ok(())
    }

    /// Notes why what waits at `place` could not be written again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn bar_stranded(&self, place: i64, fault: &str) -> Result<(), StoreError> {
        let sql = "update stranded set fault = ?2 where position = ?1 and fault is not ?2";
        self.transaction.prepare_cached(sql)?.execute(params![place, fault])?;
        Ok(())
    }

    /// Writes what is stranded again, in the session of `context`: the same steps of the same records, each on what its author
    /// saw, with the values of `patches`. `None` where it rests on something that waits itself.
    ///
    /// # Errors
    /// [`WriteError::Refused`] with the first reason against it; then nothing of it was written.
    pub fn repeat(
        &self,
        context: &Context,
        entropy: &mut dyn Entropy,
        stranded: &Stranded,
        patches: Vec<BTreeMap<String, Value>>,
    ) -> Result<Option<Written>, WriteError> {
        self.open_gate()?;
        let Transaction { incarnation, scope, first, .. } = stranded.transaction;
        let size = log::frontier(&self.transaction, context.incarnation, scope)?.map_or(0, |log| log.0);
        let became =
            |op: &OpId| OpId { incarnation: context.incarnation, scope, seq: size + 1 + op.seq - first };
        let own: BTreeSet<OpId> = stranded.ops.iter().map(Op::id).collect();
        let mut drafts = Vec::with_capacity(stranded.ops.len());
        for (op, patch) in stranded.ops.iter().zip(patches) {
            let mut base = BTreeMap::new();
            for (path, seen) in op.body.iter().flat_map(|body| &body.base) {
                let mut now = Vec::new();
                for id in seen {
                    let stands = if own.contains(id) { Base::Is(became(id)) } else { self.base_now(*id)? };
                    match stands {
                        Base::Is(id) => now.push(id),
                        Base::Gone => {}
                        Base::Waits => return Ok(None),
                    }
                }
                if !now.is_empty() {
                    base.insert(path.clone(), now);
                }
            }
            drafts.push(crypto::log::Draft {
                kind: op.header.kind.clone(),
                record: op.header.record,
                patient: op.header.patient,
                verb: op.header.verb,
                patch,
                base,
                reason: op.body.as_ref().and_then(|body| body.reason.clone()),
            });
        }
        let repeats = Repeated {
            incarnation,
            first,
            author: stranded.transaction.author,
            wall: stranded.transaction.wall.clone(),
        };
        let written = self.write_based(context, entropy, scope, drafts, Some(repeats))?;
        self.settle_again(stranded.place, context.incarnation, size + 1)?;
        Ok(Some(written))
    }

    /// What the op `id`, which an author saw, is now.
    fn base_now(&self, mut id: OpId) -> Result<Base, StoreError> {
        type Became = (i64, Option<String>, Option<Incarnation>, Option<i64>);
        let mut statement = self.transaction.prepare_cached(
            "select first, settled, became_in, became from stranded
             where incarnation = ?1 and scope = ?2 and first <= ?3 and ?3 < first + size",
        )?;
        loop {
            let key = params![Col(id.incarnation), Col(id.scope), id.seq.cast_signed()];
            let read = |row: &Row| {
                let became_in = row.get::<_, Option<Col<Incarnation>>>(2)?.map(|column| column.0);
                Ok((row.get(0)?, row.get(1)?, became_in, row.get(3)?))
            };
            let row: Option<Became> = statement.query_row(key, read).optional()?;
            let Some((first, settled, became_in, became)) = row else { return Ok(Base::Is(id)) };
            match (settled.as_deref(), became_in.zip(became)) {
                (Some(AGAIN), Some((incarnation, became))) => {
                    let seq = became.unsigned_abs() + id.seq - first.unsigned_abs();
                    id = OpId { incarnation, seq, ..id };
                }
                (Some(KNOWN), _) => return Ok(Base::Is(id)),
                (Some(_), _) => return Ok(Base::Gone),
                (None, _) => return Ok(Base::Waits),
            }
        }
    }

    /// The changes of `patient` that are stranded, as if each counted. The place of each transaction is told below zero.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn stranded_changes(&self, patient: RecordId) -> Result<Vec<Disputed>, StoreError> {
        // A person's id stands as it is in each step about them; most entries are about others.
        let sql = format!("{STRANDED} where settled is null and instr(bytes, ?1) > 0 order by position");
        let waiting = self.strandeds(&sql, params![Col(patient)])?;
        let ids = names(&waiting);
        let mut changes = Vec::new();
        for stranded in waiting {
            let mut records: BTreeMap<RecordId, Vec<Op>> = BTreeMap::new();
            for op in stranded.ops.iter().filter(|op| op.header.patient == Some(patient)) {
                records.entry(op.header.record).or_default().push(named_apart(op, &ids));
            }
            for (record, ops) in records {
                let Some(kind) = ops.first().and_then(|op| kinds::kind(&op.header.kind)) else { continue };
                self.reads(kind.name);
                let mut all = log::ops(&self.transaction, record, None)?;
                all.extend(ops);
                changes.push(Disputed {
                    tx: -stranded.place,
                    kind: kind.name.to_owned(),
                    record,
                    author: stranded.transaction.author,
                    wall: stranded.transaction.wall.clone(),
                    fault: stranded.fault.clone().unwrap_or_else(|| WAITS.to_owned()),
                    state: fold(kind, record, &all),
                });
            }
        }
        Ok(changes)
    }

    /// The records of `kind` about which something waits, each as it would stand if that counted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn with_what_waits(&self, kind: &Kind) -> Result<BTreeMap<RecordId, State>, StoreError> {
        // The name of a kind stands as it is in each step of its records.
        let sql = format!("{STRANDED} where settled is null and instr(bytes, ?1) > 0 order by position");
        let waiting = self.strandeds(&sql, params![kind.name.as_bytes()])?;
        let ids = names(&waiting);
        let mut steps: BTreeMap<RecordId, Vec<Op>> = BTreeMap::new();
        for op in waiting.iter().flat_map(|stranded| &stranded.ops) {
            if op.header.kind == kind.name {
                steps.entry(op.header.record).or_default().push(named_apart(op, &ids));
            }
        }
        let stands = |(record, ops): (RecordId, Vec<Op>)| {
            let mut all = log::ops(&self.transaction, record, None)?;
            all.extend(ops);
            Ok((record, fold(kind, record, &all)))
        };
        steps.into_iter().map(stands).collect()
    }
}

impl Stranded {
    /// Whether the holder of `public` wrote it: they signed that they sat there, and each step that has weight.
    #[must_use]
    pub fn is_of(&self, public: &[u8; 32]) -> bool {
        let Ok(mut entry) = check_entry(&self.bytes, None) else { return false };
        let session = self.session.as_deref().and_then(|bytes| Signed::<Session>::from_bytes(bytes).ok());
        let told = session.and_then(|signed| told(&signed, Some(public)).ok());
        let sat = told.is_some_and(|told| {
            told.seats(&self.transaction) && told.said.reach(self.transaction.scope) < self.transaction.first
        });
        sat && bears_signatures(&entry, &self.bytes)
            && check_signatures(&mut entry, &self.bytes, public).is_ok()
    }
}

/// The signed head under which the trail of an installation before this one ended.
pub(crate) fn trail_of(incarnation: Incarnation) -> String {
    format!("{TRAILS}{incarnation}")
}

/// What the names of those begin with, and what comes behind all of them.
pub(crate) const TRAILS: &str = "trail/";
pub(crate) const TRAILS_END: &str = "trail0";

const STRANDED: &str = "select position, bytes, session, fault, settled from stranded";

fn read(row: &Row) -> Result<Stranded, StoreError> {
    let damaged = || StoreError::Damaged("stranded");
    let bytes = EntryBytes::from_bytes(&row.get::<_, Vec<u8>>(1)?).map_err(|_| damaged())?;
    let entry = check_entry(&bytes, None).map_err(|_| damaged())?;
    let settled: Option<String> = row.get(4)?;
    Ok(Stranded {
        place: row.get(0)?,
        transaction: entry.transaction,
        ops: entry.ops,
        session: row.get(2)?,
        fault: row.get(3)?,
        let_go: settled.as_deref() == Some(LET_GO),
        bytes,
    })
}

/// The names of what these have written.
fn names(stranded: &[Stranded]) -> BTreeSet<OpId> {
    stranded.iter().flat_map(|stranded| &stranded.ops).map(Op::id).collect()
}

/// Whether both take the same steps with the same words. Whoever writes something again for another person puts their own
/// name under it, and it came from no other system.
fn say_the_same(first: &[Op], again: &[Op]) -> bool {
    let step = |op: &Op| (op.header.kind.clone(), op.header.record, op.header.patient, op.header.verb);
    first.len() == again.len()
        && first.iter().zip(again).all(|(one, other)| step(one) == step(other) && words(one) == words(other))
}

fn words(op: &Op) -> BTreeMap<&str, &Value> {
    let roles = kinds::kind(&op.header.kind).map(|kind| &kind.roles);
    let own = |path: &str| {
        roles.is_some_and(|roles| [roles.author, roles.source, roles.original].contains(&Some(path)))
    };
    op.sets().filter(|(path, _)| !own(path)).collect()
}

/// An op under a name of its own: the server has another one under its name. So are those among `stranded` that it saw.
fn named_apart(op: &Op, stranded: &BTreeSet<OpId>) -> Op {
    let apart = |incarnation: Incarnation| Incarnation::derived(incarnation.0.as_bytes());
    let mut op = op.clone();
    op.header.incarnation = apart(op.header.incarnation);
    for id in op.body.iter_mut().flat_map(|body| body.base.values_mut()).flatten() {
        if stranded.contains(id) {
            id.incarnation = apart(id.incarnation);
        }
    }
    op
}
