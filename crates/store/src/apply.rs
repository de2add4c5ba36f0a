//! Taking in what others wrote: a page of a feed and the place in it change together.
//!
//! Nothing of a page is believed because the server sent it. Each transaction must be whole, an author's
//! signature must be theirs, and each log must end at a head that its workstation signed.

use std::collections::{BTreeMap, BTreeSet};

use crypto::log::{EntryBytes, bears_signatures, check_entry};
use crypto::{Head, Signed};
use domain::admit::Fault;
use domain::op::{Header, Op, Transaction};
use domain::sync::{Fed, Page, Ruling};
use domain::wire::{Bytes, Message};
use domain::{Hlc, Incarnation, RecordId, Scope};
use rusqlite::{OptionalExtension, params};

use crate::act::Act;
use crate::append::{Arrival, Logs, read_frontier};
use crate::check::head_of;
use crate::disputed::is_disputed;
use crate::held::{held, is_held};
use crate::keys::Keys;
use crate::known::Past;
use crate::limits::{Heard, Limits};
use crate::rebuild::{remake, show};
use crate::row::{Col, stamp, unstamp};
use crate::table::Pen;
use crate::{StoreError, log};

/// Why a page is not taken in; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Unbelieved {
    /// A transaction is not what its author wrote.
    #[error("transaction {0} of the page is not what its author wrote")]
    Entry(u64),
    /// A log of the page leaves something out or tells it in another order.
    #[error("transaction {0} of the page does not follow the one before it")]
    Order(u64),
    /// A log of the page does not end at a head that its workstation signed.
    #[error("a log of the page does not end at a head that its workstation signed")]
    Head,
    /// The server has more than it hands over.
    #[error("the page leaves out what the server has")]
    LeftOut,
    /// A body was taken out of a transaction, and nobody gave an order for that.
    #[error("transaction {0} of the page lacks a body")]
    Erased(u64),
    /// What came back as ours is not what was written here.
    #[error("transaction {0} of the page was never written here")]
    NotOurs(u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Unbelieved {
    /// What it is in one word, where people are told more of it than that nothing was taken in.
    #[must_use]
    pub fn word(&self) -> Option<&'static str> {
        match self {
            Self::LeftOut => Some("left_out"),
            Self::Erased(_) => Some("erased"),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for Unbelieved {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What a page changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Transactions of others that were taken in.
    pub transactions: u64,
    /// The records that changed.
    pub records: BTreeSet<RecordId>,
    /// Ops that were written here, were gone, and came back.
    pub given_back: u64,
    /// Ops whose stamp the server limited to a time at which it cannot have had them: they keep their own.
    pub dated_back: u64,
    /// Whether the place in the feed is another now.
    pub moved: bool,
}

/// What taking in a page, or a backup, keeps in memory until it is whole.
pub(crate) struct Taking<'a> {
    pub(crate) own: Incarnation,
    pub(crate) logs: Logs<'a>,
    pub(crate) view: Past<'a>,
    pub(crate) pen: Pen<'a>,
    /// The last op of each record that came and counts, with the position of its transaction.
    pub(crate) fresh: BTreeMap<RecordId, (Op, i64)>,
    /// Whether a quarantine was told, or somebody's record that bears one out or does not.
    pub(crate) disputable: bool,
}

impl Act<'_> {
    /// How far the feed of `scope` was applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn cursor(&self, scope: Scope) -> Result<u64, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select position from cursor where scope = ?1")?;
        let position: Option<i64> = statement.query_row([Col(scope)], |row| row.get(0)).optional()?;
        Ok(position.unwrap_or_default().unsigned_abs())
    }

    /// How many of this workstation's own ops the feed of `scope` has told back; none where that was not counted from
    /// the beginning.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn told(&self, scope: Scope) -> Result<Option<u64>, StoreError> {
        let mut statement = self.transaction.prepare_cached("select own from cursor where scope = ?1")?;
        let own: Option<Option<i64>> = statement.query_row([Col(scope)], |row| row.get(0)).optional()?;
        Ok(own.map_or(Some(0), |own| own.map(i64::unsigned_abs)))
    }

    /// Forgets how far the feeds were applied: after the server was restored they begin anew, and what is
    /// known already is skipped.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_cursors(&self) -> Result<(), StoreError> {
        self.transaction.execute("delete from cursor", [])?;
        Ok(())
    }

    /// Takes in a page of an answer that was `heard`.
    ///
    /// # Errors
    /// [`Unbelieved`]: the act must then be dropped.
    pub fn apply(
        &self,
        own: Incarnation,
        keys: &dyn Keys,
        page: &Page,
        heard: Heard,
    ) -> Result<Applied, Unbelieved> {
        self.open_gate()?;
        let openings = page.openings.as_deref().unwrap_or_default();
        self.keep_told(own, page.scope, openings)?;
        let known = self.cursor(page.scope)?;
        let again = begins_again(page, known);
        let mut position = if again { 0 } else { known };
        let mut told = if again { Some(0) } else { self.told(page.scope)? };
        let mut applied = Applied::default();
        let limits = self.limits(own, page.scope, heard)?;
        let mut taking = Taking {
            own,
            logs: Logs::open(&self.transaction, heard.now)?,
            view: Past::of(&self.transaction),
            pen: Pen::writing(&self.transaction),
            fresh: BTreeMap::new(),
            disputable: false,
        };
        let mut logs = BTreeSet::new();
        for fed in &page.entries {
            if fed.position <= position {
                continue;
            }
            if fed.position != position + 1 {
                return Err(Unbelieved::Order(fed.position));
            }
            position = fed.position;
            let bytes = EntryBytes::from_sent(&fed.entry.0).map_err(|_| Unbelieved::Entry(position))?;
            let transaction =
                Transaction::from_bytes(&bytes.transaction.0).map_err(|_| Unbelieved::Entry(position))?;
            if !is_limited_rightly(fed, &bytes) {
                return Err(Unbelieved::Entry(position));
            }
            taking.disputable |= fed.verdict == Ruling::Quarantined;
            if transaction.incarnation == own {
                told = Some(transaction.first.saturating_add(transaction.size).saturating_sub(1));
            }
            if self.has(&transaction)? {
                let changed = self.hear(own, limits, &transaction, &bytes, fed, &mut applied)?;
                changed.iter().for_each(|record| drop(taking.fresh.remove(record)));
                applied.records.extend(changed);
                continue;
            }
            // What was written here and is here no more comes back as it was; nothing else is taken for it.
            let gone = transaction.incarnation == own;
            if gone && transaction.first != taking.logs.frontier(own, transaction.scope)?.size() + 1 {
                return Err(Unbelieved::NotOurs(position));
            }
            logs.insert((transaction.incarnation, transaction.scope));
            let unlimited;
            let fed = if limits.hold(fed.clamp) {
                fed
            } else {
                applied.dated_back += transaction.size;
                unlimited = Fed { clamp: None, ..fed.clone() };
                &unlimited
            };
            applied.records.extend(self.take(keys, &mut taking, &transaction, &bytes, fed)?);
            applied.transactions += 1;
            applied.given_back += if gone { transaction.size } else { 0 };
        }
        self.close(keys, taking, &mut applied, !openings.is_empty())?;
        self.check_heads(keys, page, logs)?;
        // A page leads no further than to its last transaction, else a server could send us on without end.
        if page.next > position {
            return Err(Unbelieved::Order(page.next));
        }
        applied.moved = position != known;
        self.transaction
            .prepare_cached("insert or replace into cursor (scope, position, own) values (?1, ?2, ?3)")?
            .execute(params![Col(page.scope), position.cast_signed(), told.map(u64::cast_signed)])?;
        Ok(applied)
    }

    /// The kinds of these records, also of those that no op makes any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn kinds_of(&self, records: &BTreeSet<RecordId>) -> Result<BTreeSet<String>, StoreError> {
        // Each half has its index: what counts by its record, what does not because there is little of it.
        let mut statement = self.transaction.prepare_cached(
            "select kind from op where record = ?1 and quarantine is null
             union all select kind from op where record = ?1 and quarantine is not null limit 1",
        )?;
        let mut kinds = BTreeSet::new();
        for record in records {
            kinds.extend(statement.query_row([Col(*record)], |row| row.get::<_, String>(0)).optional()?);
        }
        Ok(kinds)
    }

    /// Keeps what was taken in, makes the records again that changed, and looks whether what was held or disputed is so
    /// still. `told` says whether anybody was told to have sat somewhere.
    pub(crate) fn close(
        &self,
        keys: &dyn Keys,
        taking: Taking,
        applied: &mut Applied,
        told: bool,
    ) -> Result<(), StoreError> {
        if applied.given_back > 0 {
            self.own_stamp_after(taking.own)?;
        }
        let Taking { logs: taken, mut pen, fresh, disputable, .. } = taking;
        taken.close()?;
        for record in &applied.records {
            match fresh.get(record) {
                Some((op, version)) if log::first_two(&self.transaction, *record)?.1.is_none() => {
                    show(&mut pen, *record, std::slice::from_ref(op), *version)?;
                }
                _ => {
                    remake(&mut pen, *record)?;
                }
            }
        }
        // What was held may have waited for a person, or for the word of one that they sat there.
        if !applied.records.is_empty() || told {
            applied.records.extend(self.release(keys)?);
        }
        if disputable {
            self.dispute(keys)?;
        }
        Ok(())
    }

    fn has(&self, transaction: &Transaction) -> Result<bool, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select exists (select 1 from tx where incarnation = ?1 and scope = ?2 and first = ?3)",
        )?;
        let key =
            params![Col(transaction.incarnation), Col(transaction.scope), transaction.first.cast_signed()];
        Ok(statement.query_row(key, |row| row.get(0))?)
    }

    /// The transaction here under the numbers of `transaction`, with its bytes: the same one, or that of a copy that was
    /// written on.
    pub(crate) fn transaction_like(
        &self,
        transaction: &Transaction,
    ) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
        let key =
            params![Col(transaction.incarnation), Col(transaction.scope), transaction.first.cast_signed()];
        Ok(self
            .transaction
            .prepare_cached(
                "select position, bytes from tx where incarnation = ?1 and scope = ?2 and first = ?3",
            )?
            .query_row(key, |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// Hears what became of a transaction that is here already.
    fn hear(
        &self,
        own: Incarnation,
        limits: Limits,
        transaction: &Transaction,
        bytes: &EntryBytes,
        fed: &Fed,
        applied: &mut Applied,
    ) -> Result<Vec<RecordId>, Unbelieved> {
        let Some((tx, _)) =
            self.transaction_like(transaction)?.filter(|(_, known)| *known == bytes.transaction.0)
        else {
            return Err(Unbelieved::NotOurs(fed.position));
        };
        let mut arrival = arrival(fed);
        let (before, clamp): (Option<String>, Option<i64>) = self
            .transaction
            .prepare_cached("select quarantine, clamp from op where tx = ?1 order by seq limit 1")?
            .query_row([tx], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let clamp = clamp.map(unstamp);
        let of = (transaction.incarnation == own, transaction.first);
        // What came before that was kept may have lain ahead.
        let ahead = || {
            let last = "select max(hlc) from op where tx = ?1";
            let last: i64 = self.transaction.prepare_cached(last)?.query_row([tx], |row| row.get(0))?;
            let arrived = "select arrived from tx where position = ?1";
            let arrived: Option<i64> =
                self.transaction.prepare_cached(arrived)?.query_row([tx], |row| row.get(0))?;
            Ok(arrived.is_none_or(|arrived| unstamp(last).is_far_ahead_of(arrived.unsigned_abs())))
        };
        if !limits.hold_still(of, (clamp, arrival.clamp), ahead)? {
            arrival.clamp = clamp;
            applied.dated_back += transaction.size;
        }
        // Whatever the server lets in later, of others it counts once `release` has looked at it.
        if let Some(before) =
            before.filter(|_| arrival.quarantine.is_none() && transaction.incarnation != own)
        {
            arrival.quarantine = Some(if is_held(&before) { before } else { held(&Fault::UnknownAuthor)? });
        }
        let changed = self
            .transaction
            .prepare_cached(
                "update op set quarantine = ?2, clamp = ?3
                 where tx = ?1 and (quarantine is not ?2 or clamp is not ?3)",
            )?
            .execute(params![tx, arrival.quarantine, arrival.clamp.map(stamp)])?;
        let signed = self.sign_held(tx, transaction.first, bytes)?;
        if changed + signed == 0 {
            return Ok(Vec::new());
        }
        let mut statement =
            self.transaction.prepare_cached("select distinct record from op where tx = ?1")?;
        let records = statement.query_map([tx], |row| row.get::<_, Col<RecordId>>(0))?;
        Ok(records.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
    }

    /// Takes in a transaction of somebody else.
    pub(crate) fn take(
        &self,
        keys: &dyn Keys,
        taking: &mut Taking,
        transaction: &Transaction,
        bytes: &EntryBytes,
        fed: &Fed,
    ) -> Result<Vec<RecordId>, Unbelieved> {
        let frontier = taking.logs.frontier(transaction.incarnation, transaction.scope)?;
        if transaction.first != frontier.size() + 1 || transaction.size != bytes.ops.len() as u64 {
            return Err(Unbelieved::Order(fed.position));
        }
        // A false signature is one reason for a quarantine; what is quarantined counts for nothing here.
        let counts = fed.verdict != Ruling::Quarantined;
        let mut entry = check_entry(bytes, None).map_err(|_| Unbelieved::Entry(fed.position))?;
        if entry.ops.iter().any(|op| op.body.is_none()) {
            return Err(Unbelieved::Erased(fed.position));
        }
        // No server lets in a step of weight that nobody signed.
        if counts && !bears_signatures(&entry, bytes) {
            return Err(Unbelieved::Entry(fed.position));
        }
        let dense = entry.ops.iter().zip(transaction.first..).all(|(op, seq)| {
            (op.header.incarnation, op.header.scope, op.header.seq)
                == (transaction.incarnation, transaction.scope, seq)
        });
        if !dense {
            return Err(Unbelieved::Order(fed.position));
        }
        let mut arrival = arrival(fed);
        // What was written here was judged here, by words that may be gone with it.
        if counts && transaction.incarnation != taking.own {
            let doubt = self.doubt(keys, &taking.view, &mut entry, bytes);
            let doubt = doubt.map_err(|_| Unbelieved::Entry(fed.position))?;
            arrival.quarantine = doubt.map(|fault| held(&fault)).transpose()?;
        }
        let version = taking.logs.append(&entry, bytes, &arrival)?;
        let records = entry.ops.iter().map(|op| op.header.record).collect::<Vec<_>>();
        // What a later transaction of this page rests on, such as a new colleague's key, must be read.
        if entry.ops.iter().any(|op| ["user", "workstation"].contains(&op.header.kind.as_str())) {
            for record in &records {
                remake(&mut taking.pen, *record)?;
            }
            taking.view.forget_users();
            taking.disputable = true;
        }
        if arrival.quarantine.is_none() {
            for mut op in entry.ops {
                op.clamp = arrival.clamp;
                taking.fresh.insert(op.header.record, (op, version));
            }
        }
        Ok(records)
    }

    /// That each log ends, with this page, at a head that its workstation signed.
    pub(crate) fn check_heads(
        &self,
        keys: &dyn Keys,
        page: &Page,
        logs: BTreeSet<(Incarnation, Scope)>,
    ) -> Result<(), Unbelieved> {
        let mut heads: BTreeMap<(Incarnation, Scope, u64), (Head, &Bytes)> = BTreeMap::new();
        for bytes in &page.heads {
            let signed = Signed::<Head>::from_bytes(&bytes.0).map_err(|_| Unbelieved::Head)?;
            let claimed = signed.claimed().map_err(|_| Unbelieved::Head)?;
            let Some(key) = keys.workstation(self, claimed.incarnation) else { continue };
            let head = signed.open(&key).map_err(|_| Unbelieved::Head)?;
            let scope = head.scope.unwrap_or(page.scope);
            if head.size > read_frontier(&self.transaction, head.incarnation, scope)?.size() {
                return Err(Unbelieved::LeftOut);
            }
            heads.insert((head.incarnation, scope, head.size), (head, bytes));
        }
        for (incarnation, scope) in logs {
            let frontier = read_frontier(&self.transaction, incarnation, scope)?;
            let (head, bytes) = heads.get(&(incarnation, scope, frontier.size())).ok_or(Unbelieved::Head)?;
            if head.root != frontier.root() || head.scope != Some(scope) {
                return Err(Unbelieved::Head);
            }
            // The self-check compares with it.
            self.set_local(&head_of(incarnation, scope), &bytes.0)?;
        }
        Ok(())
    }
}

/// Whether a server that was put back to an older copy tells its feed from the beginning. A page that was
/// under way for long ends before the cursor too, but does not begin at the beginning.
fn begins_again(page: &Page, known: u64) -> bool {
    page.next < known && page.entries.first().map_or(page.next == 0, |fed| fed.position == 1)
}

/// Whether the server may limit the stamps of these ops so: only what lay far ahead of its time has a limit.
fn is_limited_rightly(fed: &Fed, bytes: &EntryBytes) -> bool {
    let far = |clamp: Hlc, header: &Header| header.hlc.is_far_ahead_of(clamp.milliseconds());
    let headers = || bytes.ops.iter().filter_map(|op| Header::from_bytes(&op.header.0).ok());
    fed.clamp.is_none_or(|clamp| headers().any(|header| far(clamp, &header)))
}

/// What the server says of a transaction; that something is held or disputed is said here alone.
fn arrival(fed: &Fed) -> Arrival {
    let ours = |fault: &String| is_held(fault) || is_disputed(fault);
    let fault = || fed.fault.clone().filter(|fault| !ours(fault)).unwrap_or_default();
    let quarantine = (fed.verdict == Ruling::Quarantined).then(fault);
    Arrival { clamp: fed.clamp, quarantine }
}
