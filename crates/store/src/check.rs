//! The self-check of the log: every op against its digests, its place and its columns, and every log against all that
//! vouches for it: its reckoning, what the server has signed for, the heads of other workstations, the marks beside the
//! store, and the words of those who sat there. Of each log the first thing that is wrong is named.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crypto::log::{EntryBytes, OpBytes, bears_signatures, check_entry, check_signatures};
use crypto::{Frontier, Head, Signed, sha256};
use domain::admit::Entry;
use domain::op::{Header, Transaction};
use domain::sync::Received;
use domain::wire::{Bytes, Message};
use domain::{Digest, Incarnation, RecordId, Scope};
use rusqlite::Row;

use crate::act::Act;
use crate::append::read_frontier;
use crate::keys::Keys;
use crate::known::Past;
use crate::row::{Col, stamp};
use crate::{StoreError, reckon, sessions};

/// What was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Logs.
    pub logs: u64,
    /// Ops in them.
    pub ops: u64,
    /// What vouched for the logs: reckonings, receipts, heads and marks.
    pub vouchers: u64,
    /// The first thing that is wrong with each log.
    pub faults: Vec<Fault>,
}

/// The first thing that is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whose log.
    pub incarnation: Incarnation,
    /// The scope of its ops.
    pub scope: Scope,
    /// The op at which it is, or before which.
    pub seq: u64,
    /// What it is.
    pub what: Wrong,
}

/// What is wrong with a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The op is not there.
    Missing,
    /// The op, its transaction, its signature or its columns are not as they were written.
    Changed,
    /// It stands in another order than it was written in.
    Moved,
    /// An op after `from` and up to this one was changed, by the word of `by`.
    Between {
        /// How many ops are vouched for.
        from: u64,
        /// Who says so.
        by: Voucher,
    },
    /// The log ends before what `by` vouches for.
    Short {
        /// Who says so.
        by: Voucher,
    },
    /// What stands as the signed head over so many ops was not signed by that workstation.
    Head,
    /// Nobody's signed word that they sat there stands before it; its author has to have said so.
    Unseated,
}

/// What vouches for a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voucher {
    /// The reckoning beside the ops.
    Reckoning,
    /// What the server has acknowledged, or signed for.
    Receipt,
    /// The head that its workstation signed.
    Head,
    /// The marks beside the store.
    Marks,
}

/// The version of the declared kinds since which whoever writes has said before that they sit there.
const SESSIONS_SINCE: u64 = 3;

/// Under which name the last signed head of a log is kept.
pub(crate) fn head_of(incarnation: Incarnation, scope: Scope) -> String {
    format!("{HEADS}{incarnation}/{scope}")
}

/// How these names begin, and what comes behind all of them.
pub(crate) const HEADS: &str = "head/";
pub(crate) const HEADS_END: &str = "head0";

type Log = (Incarnation, Scope);
/// Size, root and sort of each voucher, by log.
type Vouchers = BTreeMap<Log, Vec<(u64, Digest, Voucher)>>;

/// One log on its way through the check.
struct Walk {
    log: Log,
    frontier: Frontier,
    vouchers: Vec<(u64, Digest, Voucher)>,
    held: u64,
    place: i64,
    fault: Option<Fault>,
    /// The first op before which nobody said that its author sat there: looked at apart, else it would hide what follows.
    unseated: Option<u64>,
}

/// Whose logs are looked at, and what is known of them.
struct Look<'a> {
    own: Incarnation,
    formers: Vec<Incarnation>,
    view: Past<'a>,
    authors: RefCell<BTreeMap<RecordId, Option<[u8; 32]>>>,
}

/// An op as its row says.
struct Said {
    seq: u64,
    tx: i64,
    position: i64,
    counts: bool,
    columns: (String, RecordId, i64),
    bytes: OpBytes,
}

impl Act<'_> {
    /// Checks the whole log of everybody. `receipt` is what the server has signed for of the installation `own`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn check_log(
        &self,
        keys: &dyn Keys,
        own: Incarnation,
        public: &[u8; 32],
        receipt: &[Received],
    ) -> Result<Checked, StoreError> {
        let (mut vouchers, mut faults) = self.vouchers(keys, own, public, receipt)?;
        let mut checked =
            Checked { vouchers: vouchers.values().map(|all| all.len() as u64).sum(), ..Checked::default() };
        let look = Look {
            own,
            formers: self.formers()?,
            view: Past::of(&self.transaction),
            authors: RefCell::default(),
        };
        for log in reckon::logs(&self.transaction)? {
            let mut known = vouchers.remove(&log).unwrap_or_default();
            known.sort_unstable_by_key(|(size, _, by)| (*size, *by));
            let (frontier, vouchers) = (Frontier::default(), known);
            let mut walk = Walk { log, frontier, vouchers, held: 0, place: 0, fault: None, unseated: None };
            self.walk(keys, &look, &mut walk)?;
            checked.logs += 1;
            checked.ops += walk.frontier.size();
            let unseated = walk.unseated.map(|seq| walk.at(seq, Wrong::Unseated));
            faults.extend(walk.fault.or(unseated));
        }
        // Logs of which nothing is left but what vouches for them.
        for ((incarnation, scope), known) in vouchers {
            let by = known.into_iter().filter(|(size, ..)| *size > 0).map(|(_, _, by)| by).max();
            faults.extend(by.map(|by| Fault { incarnation, scope, seq: 1, what: Wrong::Short { by } }));
        }
        for (incarnation, scope, first) in self.bare_transactions()? {
            let missing = Fault { incarnation, scope, seq: first, what: Wrong::Missing };
            if !faults.iter().any(|fault| (fault.incarnation, fault.scope) == (incarnation, scope)) {
                faults.push(missing);
            }
        }
        checked.faults = faults;
        Ok(checked)
    }

    fn walk(&self, keys: &dyn Keys, look: &Look, walk: &mut Walk) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select op.seq, op.tx, op.position, op.quarantine is null, op.kind, op.record, op.hlc,
                    op.header, op.body, op.signature
             from op where op.incarnation = ?1 and op.scope = ?2 order by op.seq",
        )?;
        let mut rows = statement.query((Col(walk.log.0), Col(walk.log.1)))?;
        let mut together: Vec<Said> = Vec::new();
        while let Some(row) = rows.next()? {
            let said = read(row)?;
            if together.first().is_some_and(|first| first.tx != said.tx) {
                self.transaction_holds(keys, look, walk, &together)?;
                together.clear();
            }
            if walk.fault.is_some() {
                return Ok(());
            }
            together.push(said);
        }
        if !together.is_empty() {
            self.transaction_holds(keys, look, walk, &together)?;
        }
        if walk.fault.is_none() {
            let size = walk.frontier.size();
            if let Some((_, _, by)) = walk.vouchers.iter().find(|(vouched, ..)| *vouched > size) {
                walk.fault = Some(walk.at(size + 1, Wrong::Short { by: *by }));
            }
        }
        Ok(())
    }

    /// Checks the ops of one transaction, which stand together in the order of their numbers.
    fn transaction_holds(
        &self,
        keys: &dyn Keys,
        look: &Look,
        walk: &mut Walk,
        said: &[Said],
    ) -> Result<(), StoreError> {
        let next = walk.frontier.size() + 1;
        let Some(first) = said.first() else { return Ok(()) };
        if first.seq != next {
            walk.fault = Some(walk.at(next, Wrong::Missing));
            return Ok(());
        }
        let ordered = said.windows(2).all(|pair| match pair {
            [one, other] => other.seq == one.seq + 1 && other.position == one.position + 1,
            _ => true,
        });
        let bytes = self.transaction_bytes(first.tx, walk.log, first.seq)?;
        let Some(bytes) = bytes else {
            walk.fault = Some(walk.at(next, Wrong::Changed));
            return Ok(());
        };
        let size = Transaction::from_bytes(&bytes).map(|transaction| transaction.size);
        let named =
            Header::from_bytes(&first.bytes.header.0).is_ok_and(|header| header.tx == sha256(&[&bytes]));
        if named && size.is_ok_and(|size| size > said.len() as u64) {
            let gap = said.iter().zip(next..).find(|(said, seq)| said.seq != *seq);
            let missing = gap.map_or(next + said.len() as u64, |(_, seq)| seq);
            walk.fault = Some(walk.at(missing, Wrong::Missing));
            return Ok(());
        }
        if !ordered || first.tx <= walk.place {
            walk.fault = Some(walk.at(next, Wrong::Moved));
            return Ok(());
        }
        walk.place = first.tx;
        let whole = EntryBytes {
            transaction: Bytes(bytes),
            ops: said.iter().map(|said| said.bytes.clone()).collect(),
        };
        let Some(entry) = self.as_written(keys, look, walk.log, said, &whole) else {
            walk.fault = Some(walk.at(first_other(said).unwrap_or(next), Wrong::Changed));
            return Ok(());
        };
        if walk.unseated.is_none()
            && said.iter().all(|said| said.counts)
            && !self.is_seated(keys, look, &entry)?
        {
            walk.unseated = Some(next);
        }
        for op in said {
            walk.append(&op.bytes.header.0);
        }
        Ok(())
    }

    fn as_written(
        &self,
        keys: &dyn Keys,
        look: &Look,
        log: Log,
        said: &[Said],
        whole: &EntryBytes,
    ) -> Option<Entry> {
        let mut entry = check_entry(whole, None).ok()?;
        let fits = (entry.transaction.incarnation, entry.transaction.scope) == log
            && entry.transaction.size == said.len() as u64
            && said.iter().zip(&entry.ops).all(|(said, op)| {
                let Header { incarnation, scope, seq, kind, record, hlc, .. } = &op.header;
                (*incarnation, *scope, *seq) == (log.0, log.1, said.seq)
                    && (kind, record, stamp(*hlc)) == (&said.columns.0, &said.columns.1, said.columns.2)
            });
        // No body is taken away yet by any right; when one is, it leaves its own mark.
        let bodies = whole.ops.iter().all(|op| op.body.is_some());
        let counts = said.iter().all(|said| said.counts);
        let holds = fits && bodies && (!counts || self.is_signed(keys, look, &mut entry, whole));
        holds.then_some(entry)
    }

    /// Whether somebody's word stands before `entry` that its author sat there, where there has to be one: before what an older
    /// program wrote there is none. Of what was written here the server has the words with the entries that it has.
    fn is_seated(&self, keys: &dyn Keys, look: &Look, entry: &Entry) -> Result<bool, StoreError> {
        let transaction = &entry.transaction;
        let told = if transaction.incarnation == look.own {
            if transaction.first <= self.acknowledged(transaction.scope)?.0 {
                return Ok(true);
            }
            let told = sessions::here(&self.transaction, transaction)?;
            if told.is_none() && transaction.schema >= SESSIONS_SINCE {
                return Ok(false);
            }
            told
        } else if look.formers.contains(&transaction.incarnation) {
            None
        } else {
            self.who_sat(keys, &look.view, entry)?
        };
        Ok(told.is_none_or(|told| told.seats(transaction)))
    }

    fn is_signed(&self, keys: &dyn Keys, look: &Look, entry: &mut Entry, whole: &EntryBytes) -> bool {
        if !bears_signatures(entry, whole) {
            return false;
        }
        if whole.ops.iter().all(|op| op.signature.is_none()) {
            return true;
        }
        let mut authors = look.authors.borrow_mut();
        let author = *authors.entry(entry.transaction.author).or_insert_with(|| keys.author(self, entry));
        author.is_none_or(|author| check_signatures(entry, whole, &author).is_ok())
    }

    fn transaction_bytes(&self, tx: i64, log: Log, first: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select bytes, author, wall from tx
             where position = ?1 and incarnation = ?2 and scope = ?3 and first = ?4",
        )?;
        let mut rows = statement.query((tx, Col(log.0), Col(log.1), first.cast_signed()))?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let bytes: Vec<u8> = row.get(0)?;
        let said = (row.get::<_, Col<RecordId>>(1)?.0, row.get::<_, String>(2)?);
        let written = Transaction::from_bytes(&bytes).map(|written| (written.author, written.wall));
        Ok((written == Ok(said)).then_some(bytes))
    }

    /// Transactions of which no op is left.
    fn bare_transactions(&self) -> Result<Vec<(Incarnation, Scope, u64)>, StoreError> {
        let mut statement = self.transaction.prepare(
            "select incarnation, scope, first from tx
             where not exists (select 1 from op where op.tx = tx.position) order by position",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get::<_, Col<Incarnation>>(0)?.0,
                row.get::<_, Col<Scope>>(1)?.0,
                row.get::<_, i64>(2)?.unsigned_abs(),
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All that vouches for each log, and what among it is none.
    fn vouchers(
        &self,
        keys: &dyn Keys,
        own: Incarnation,
        public: &[u8; 32],
        receipt: &[Received],
    ) -> Result<(Vouchers, Vec<Fault>), StoreError> {
        let mut vouchers = Vouchers::new();
        let mut faults = Vec::new();
        let mut add = |log: Log, size, root, by| vouchers.entry(log).or_default().push((size, root, by));
        let mut logs = self.transaction.prepare("select incarnation, scope from log")?;
        let logs = logs.query_map([], |row| {
            Ok((row.get::<_, Col<Incarnation>>(0)?.0, row.get::<_, Col<Scope>>(1)?.0))
        })?;
        for log in logs {
            let log = log?;
            match read_frontier(&self.transaction, log.0, log.1) {
                Ok(frontier) => add(log, frontier.size(), frontier.root(), Voucher::Reckoning),
                Err(_) => faults.push(Fault {
                    incarnation: log.0,
                    scope: log.1,
                    seq: 1,
                    what: Wrong::Between { from: 0, by: Voucher::Reckoning },
                }),
            }
        }
        let mut sent = self.transaction.prepare("select scope from outbox")?;
        let sent = sent.query_map([], |row| Ok(row.get::<_, Col<Scope>>(0)?.0))?;
        for scope in sent {
            let scope = scope?;
            let (size, frontier) = self.acknowledged(scope)?;
            add((own, scope), size, frontier.root(), Voucher::Receipt);
        }
        for received in receipt {
            add((own, received.scope), received.through, received.root, Voucher::Receipt);
        }
        if let Some(marks) = self.marked(public) {
            for mark in marks.logs {
                if let Some(scope) = mark.scope {
                    add((own, scope), mark.size, mark.root, Voucher::Marks);
                }
            }
        }
        let mut heads = self
            .transaction
            .prepare("select value from local where name >= ?1 and name < ?2 order by name")?;
        let heads = heads.query_map([HEADS, HEADS_END], |row| row.get::<_, Vec<u8>>(0))?;
        for bytes in heads {
            let Ok(signed) = Signed::<Head>::from_bytes(&bytes?) else { continue };
            let Ok(claimed) = signed.claimed() else { continue };
            let Some(scope) = claimed.scope else { continue };
            let key = keys.workstation(self, claimed.incarnation);
            match key.map(|key| signed.open(&key)) {
                Some(Ok(head)) => add((head.incarnation, scope), head.size, head.root, Voucher::Head),
                Some(Err(_)) => faults.push(Fault {
                    incarnation: claimed.incarnation,
                    scope,
                    seq: claimed.size,
                    what: Wrong::Head,
                }),
                None => {}
            }
        }
        Ok((vouchers, faults))
    }
}

impl Walk {
    fn at(&self, seq: u64, what: Wrong) -> Fault {
        Fault { incarnation: self.log.0, scope: self.log.1, seq, what }
    }

    /// Goes on by one op, and compares with all that vouches for so many.
    fn append(&mut self, header: &[u8]) {
        self.frontier.append(header);
        let (size, root) = (self.frontier.size(), self.frontier.root());
        let here = self.vouchers.iter().filter(|(vouched, ..)| *vouched == size);
        let mut met = false;
        for (_, vouched, by) in here {
            met = true;
            if *vouched != root && self.fault.is_none() {
                let what = Wrong::Between { from: self.held, by: *by };
                self.fault = Some(Fault { incarnation: self.log.0, scope: self.log.1, seq: size, what });
            }
        }
        if met {
            self.held = size;
        }
    }
}

/// The first op whose columns do not say what its header says, or whose body is not the header's.
fn first_other(said: &[Said]) -> Option<u64> {
    let other = said.iter().find(|said| {
        let op = crypto::log::check_op(&said.bytes);
        let columns = |op: &domain::op::Op| {
            let header = &op.header;
            (header.kind.clone(), header.record, stamp(header.hlc)) == said.columns
        };
        !op.is_ok_and(|op| columns(&op) && op.body.is_some())
    });
    other.map(|said| said.seq)
}

fn read(row: &Row) -> Result<Said, StoreError> {
    Ok(Said {
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        tx: row.get(1)?,
        position: row.get(2)?,
        counts: row.get(3)?,
        columns: (row.get(4)?, row.get::<_, Col<RecordId>>(5)?.0, row.get(6)?),
        bytes: OpBytes {
            header: Bytes(row.get(7)?),
            body: row.get::<_, Option<Vec<u8>>>(8)?.map(Bytes),
            signature: row.get(9)?,
        },
    })
}
