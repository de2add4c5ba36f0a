//! What the opening of a store finds: entries that its end lost are written again from beside it, and what it holds is
//! compared with the marks of its last commit. The whole of it is looked at by `check.rs`.

use std::collections::BTreeSet;

use crypto::audit::AuditEntry;
use crypto::log::{EntryBytes, check_entry};
use crypto::marks::{FORMAT, Mark, Marks};
use crypto::{Frontier, Head, Secret, Signed, SigningKey};
use domain::op::Transaction;
use domain::wire::Message;
use domain::{ClinicId, Digest, Incarnation, Scope};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use uuid::Uuid;

use crate::act::Act;
use crate::append::{Arrival, Logs, read_frontier};
use crate::beside::{Beside, Copy, Last, Own};
use crate::log::OWN_STAMP;
use crate::rebuild::remake;
use crate::row::{Col, stamp};
use crate::table::Pen;
use crate::{Store, StoreError, reckon};

/// What the opening of a store found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Ops of the last commits that were gone and are written again.
    pub mended: u64,
    /// Entries of the trail likewise.
    pub mended_trail: u64,
    /// Ops that the marks tell of and nothing here has any more.
    pub missing: u64,
    /// Entries of the trail likewise.
    pub missing_trail: u64,
    /// Whether something else stands where the marks were made.
    pub changed: bool,
    /// Whether the marks themselves are damaged or gone.
    pub unmarked: bool,
    /// Ops that the reckoning counts and that are not there.
    pub gone: u64,
    /// Logs whose reckoning was gone and was made again from their ops.
    pub reckoned: u64,
    /// Words of people who sat here that were gone from the store.
    pub unsaid: u64,
}

impl Opened {
    /// Whether all is as it was left.
    #[must_use]
    pub fn is_as_left(&self) -> bool {
        *self == Self::default()
    }
}

/// Set once marks lie beside the store.
const MARKED: &str = "marked";
/// What the marks told of and was missing when this store went on as another installation.
const WANTED: &str = "wanted_before";
/// The signed head of the trail that older programs kept beside the store at each lock.
const BEFORE: &str = "audit-head";

impl Store {
    /// What the opening found.
    #[must_use]
    pub fn opened(&self) -> Opened {
        self.opened
    }

    /// How many ops that were written here lie nowhere in the store, by the marks of its last commit.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Looks whether what was missing is back. Where nobody else can have it any more, `for_good`, it is lost, and the
    /// store goes on from what it has. Returns how many ops are lost so; none while they may still come back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn look_again(&mut self, for_good: bool) -> Result<Option<u64>, StoreError> {
        let Some(marks) = self.beside.wanted() else { return Ok(None) };
        let compared = compare(&self.connection, &marks)?;
        self.missing = compared.missing;
        if compared.missing > 0 && !for_good {
            return Ok(None);
        }
        self.beside.want(None);
        self.missing = 0;
        Ok(Some(compared.missing))
    }

    /// Writes what lies beside the store to the disk.
    pub fn sync_beside(&self) {
        self.beside.sync();
    }

    /// Mends and compares; nothing is done before this.
    pub(crate) fn look(&mut self) -> Result<(), StoreError> {
        let Some(own) = own(&self.connection)? else { return Ok(()) };
        let mut opened = Opened { reckoned: self.reckon()?, ..Opened::default() };
        opened.gone = reckon::gone(&self.connection)?;
        (opened.mended, opened.mended_trail, opened.unsaid) = self.write_again(&own)?;
        let copies = self.beside.copies(own.key.public());
        let marks = latest(&copies)
            .filter(|marks| (marks.clinic, marks.incarnation) == (own.clinic, own.incarnation));
        let marked = local(&self.connection, MARKED)?.is_some();
        opened.unmarked = marked && copies.iter().any(|copy| !matches!(copy, Copy::Whole(_)));
        let number = marks.as_ref().map_or(0, |marks| marks.number);
        let marks = match marks {
            None if !marked => self.former(&own),
            marks => marks,
        };
        if number > 0 {
            // Marks stand in its stead.
            drop(self.folder.remove(BEFORE));
        }
        if let Some(marks) = marks {
            let compared = compare(&self.connection, &marks)?;
            let Compared { missing, missing_trail, changed } = compared;
            (opened.missing, opened.missing_trail, opened.changed) = (missing, missing_trail, changed);
            if missing + missing_trail > 0 {
                self.beside.want(Some(marks));
            }
        }
        self.beside.begin(number);
        self.beside.is_of(own);
        self.missing = opened.missing;
        self.opened = opened;
        Ok(())
    }

    /// The head of the trail that an older program left, as marks.
    fn former(&self, own: &Own) -> Option<Marks> {
        let bytes = self.folder.read(BEFORE).ok()??;
        let head = Signed::<Head>::from_bytes(&bytes).ok()?.open(own.key.public()).ok()?;
        let trail = Mark { scope: None, size: head.size, root: head.root };
        let (clinic, incarnation) = (own.clinic, own.incarnation);
        Some(Marks { v: FORMAT, clinic, incarnation, number: 0, logs: vec![trail], position: 0 })
    }

    /// Makes the reckoning of the logs again where its rows are gone or fall short.
    fn reckon(&mut self) -> Result<u64, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let made = reckon::remake_short(&transaction)?;
        transaction.commit()?;
        Ok(made)
    }

    /// Writes again what the end of the store lost, under its own bytes.
    /// Likewise the words of those who sat here, of which it tells too how many were gone.
    fn write_again(&mut self, own: &Own) -> Result<(u64, u64, u64), StoreError> {
        let last = self.beside.last();
        let act = Act::new(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?, None);
        let (mut ops, mut trail) = (0, 0);
        for last in &last {
            ops += act.write_transaction_again(own, last)?;
            trail += act.write_trail_again(own, last)?;
        }
        let unsaid = act.say_what_is_gone(own.incarnation, &last)? + act.told_and_gone(own.incarnation)?;
        if ops + trail + unsaid > 0 {
            act.commit()?;
        }
        Ok((ops, trail, unsaid))
    }
}

impl Act<'_> {
    fn write_transaction_again(&self, own: &Own, last: &Last) -> Result<u64, StoreError> {
        let Some(bytes) = last.entry.as_ref().and_then(|bytes| EntryBytes::from_bytes(&bytes.0).ok()) else {
            return Ok(0);
        };
        let Ok(said) = Transaction::from_bytes(&bytes.transaction.0) else { return Ok(0) };
        let next = read_frontier(&self.transaction, own.incarnation, said.scope)?.size() + 1;
        if (said.incarnation, said.first) != (own.incarnation, next) {
            return Ok(0);
        }
        let Ok(entry) = check_entry(&bytes, None) else { return Ok(0) };
        self.open_gate()?;
        if let Some(session) = &last.session {
            self.say_again(own.incarnation, &session.0)?;
        }
        let written = entry.ops.last().map_or(0, |op| op.header.hlc.milliseconds());
        let mut logs = Logs::open(&self.transaction, written)?;
        logs.append(&entry, &bytes, &Arrival::default())?;
        logs.close()?;
        if let Some(op) = entry.ops.last() {
            self.set_local(OWN_STAMP, &stamp(op.header.hlc).to_be_bytes())?;
        }
        let mut pen = Pen::writing(&self.transaction);
        for op in &entry.ops {
            remake(&mut pen, op.header.record)?;
        }
        Ok(entry.ops.len() as u64)
    }

    /// Says once more what was said of who sat here before the last entries, where it is gone and they are not.
    fn say_what_is_gone(&self, own: Incarnation, last: &[Last]) -> Result<u64, StoreError> {
        let mut known = BTreeSet::new();
        let mut said = 0;
        for last in last {
            let Some(session) = last.session.as_ref().filter(|session| !known.contains(&session.0)) else {
                continue;
            };
            let entry = last.entry.as_ref().and_then(|bytes| EntryBytes::from_bytes(&bytes.0).ok());
            let Some(bytes) = entry.map(|entry| entry.transaction.0) else { continue };
            let Ok(transaction) = Transaction::from_bytes(&bytes) else { continue };
            let key = (Col(own), Col(transaction.scope), transaction.first.cast_signed(), &bytes);
            let here = "select exists (select 1 from tx
                 where incarnation = ?1 and scope = ?2 and first = ?3 and bytes = ?4)";
            if self.transaction.prepare_cached(here)?.query_row(key, |row| row.get(0))? {
                known.insert(session.0.clone());
                said += u64::from(self.say_again(own, &session.0)?);
            }
        }
        Ok(said)
    }

    fn write_trail_again(&self, own: &Own, last: &Last) -> Result<u64, StoreError> {
        let Some(bytes) = &last.trail else { return Ok(0) };
        let Ok(entry) = AuditEntry::from_bytes(&bytes.0) else { return Ok(0) };
        let log = self.audit_frontier()?;
        if (entry.workstation, entry.seq) != (own.incarnation, log.size() + 1) {
            return Ok(0);
        }
        self.open_gate()?;
        self.keep_audit(log, &entry, &bytes.0, last.detail.as_ref().map(|detail| detail.0.as_slice()))?;
        Ok(1)
    }

    /// The latest marks beside the store that `public` signed.
    pub(crate) fn marked(&self, public: &[u8; 32]) -> Option<Marks> {
        self.beside.and_then(|beside| latest(&beside.copies(public)))
    }

    /// How many ops that were written here lie nowhere in the store, and may still come back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn missing(&self) -> Result<u64, StoreError> {
        self.wanted().map_or(Ok(0), |marks| Ok(compare(&self.transaction, &marks)?.missing))
    }

    /// Keeps what the marks tell of and this store lacks, before it goes on as another installation with marks of its own.
    pub(crate) fn keep_wanted(&self) -> Result<(), StoreError> {
        self.wanted().map_or(Ok(()), |marks| self.set_local(WANTED, &marks.to_bytes()))
    }

    /// How many ops that were missing when this store went on as another installation nobody has, asked once, when the
    /// server's feeds were read to their ends. `None` where none was missing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn lost_before(&self) -> Result<Option<u64>, StoreError> {
        let marks = self.local(WANTED)?.and_then(|bytes| Marks::from_bytes(&bytes).ok());
        let Some(marks) = marks else { return Ok(None) };
        self.forget_local(WANTED)?;
        let mut statement = self.transaction.prepare(
            "select max(first + size - 1) from stranded where incarnation = ?1 and scope = ?2 and settled is not 'known'",
        )?;
        let mut lost = 0;
        for mark in &marks.logs {
            let Some(scope) = mark.scope else { continue };
            // Where the server has others under its numbers, nothing that it has is what was missing.
            let apart: Option<i64> =
                statement.query_row((Col(marks.incarnation), Col(scope)), |row| row.get(0))?;
            let has = match apart {
                Some(last) => last.unsigned_abs(),
                None => read_frontier(&self.transaction, marks.incarnation, scope)?.size(),
            };
            lost += mark.size.saturating_sub(has);
        }
        Ok(Some(lost))
    }

    /// How long the trail is by the marks beside the store that `public` signed, and what it amounts to.
    #[must_use]
    pub fn marked_trail(&self, public: &[u8; 32]) -> Option<(u64, Digest)> {
        let marks = self.wanted().or_else(|| self.marked(public))?;
        marks.logs.iter().find(|mark| mark.scope.is_none()).map(|mark| (mark.size, mark.root))
    }

    /// What the store will amount to after this act; none where nobody has to know, or older marks have to stay.
    pub(crate) fn marks(&self, beside: &Beside) -> Result<Option<Marks>, StoreError> {
        let Some(number) = beside.next() else { return Ok(None) };
        let known = match beside.own() {
            Some(known) => Some(known),
            None => own(&self.transaction)?,
        };
        let Some(own) = known else { return Ok(None) };
        beside.is_of(own.clone());
        if number == 1 {
            self.set_local(MARKED, &[1])?;
        }
        let trail = self.audit_frontier()?;
        let mut logs = vec![Mark { scope: None, size: trail.size(), root: trail.root() }];
        let mut statement = self
            .transaction
            .prepare_cached("select scope, frontier from log where incarnation = ?1 order by scope")?;
        let mut rows = statement.query([Col(own.incarnation)])?;
        while let Some(row) = rows.next()? {
            let frontier = Frontier::from_bytes(&row.get::<_, Vec<u8>>(1)?);
            let frontier = frontier.map_err(|_| StoreError::Damaged("frontier"))?;
            let scope = Some(row.get::<_, Col<Scope>>(0)?.0);
            logs.push(Mark { scope, size: frontier.size(), root: frontier.root() });
        }
        let position: i64 = self
            .transaction
            .prepare_cached("select coalesce(max(position), 0) from op")?
            .query_row([], |row| row.get(0))?;
        let (clinic, incarnation, position) = (own.clinic, own.incarnation, position.unsigned_abs());
        Ok(Some(Marks { v: FORMAT, clinic, incarnation, number, logs, position }))
    }
}

/// The later of the copies that are whole.
fn latest(copies: &[Copy; 2]) -> Option<Marks> {
    let whole =
        copies.iter().filter_map(|copy| if let Copy::Whole(marks) = copy { Some(marks) } else { None });
    whole.max_by_key(|marks| marks.number).cloned()
}

/// How a store stands to its marks.
struct Compared {
    missing: u64,
    missing_trail: u64,
    changed: bool,
}

/// Compares the ends of the logs with `marks`. A store that has more was not followed to the end by them, and that is
/// no fault.
fn compare(connection: &Connection, marks: &Marks) -> Result<Compared, StoreError> {
    let mut compared = Compared { missing: 0, missing_trail: 0, changed: false };
    for mark in &marks.logs {
        let log = match mark.scope {
            Some(scope) => read_frontier(connection, marks.incarnation, scope)?,
            None => trail(connection)?,
        };
        let missing = mark.size.saturating_sub(log.size());
        match mark.scope {
            Some(_) => compared.missing += missing,
            None => compared.missing_trail += missing,
        }
        compared.changed |= log.size() == mark.size && log.root() != mark.root;
    }
    Ok(compared)
}

fn trail(connection: &Connection) -> Result<Frontier, StoreError> {
    let mut statement = connection.prepare_cached("select frontier from audit_log where one = 1")?;
    let bytes: Option<Vec<u8>> = statement.query_row([], |row| row.get(0)).optional()?;
    match bytes {
        Some(bytes) => Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("audit frontier")),
        None => Ok(Frontier::default()),
    }
}

pub(crate) fn own(connection: &Connection) -> Result<Option<Own>, StoreError> {
    let id = |name| -> Result<Option<Uuid>, StoreError> {
        Ok(local(connection, name)?.and_then(|bytes| Uuid::from_slice(&bytes).ok()))
    };
    let seed = local(connection, "workstation_key")?.and_then(|bytes| Secret::from_slice(&bytes));
    let ids = id("clinic")?.zip(id("incarnation")?);
    Ok(ids.zip(seed).map(|((clinic, incarnation), seed)| Own {
        clinic: ClinicId(clinic),
        incarnation: Incarnation(incarnation),
        key: SigningKey::from_seed(seed),
    }))
}

fn local(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached("select value from local where name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}
