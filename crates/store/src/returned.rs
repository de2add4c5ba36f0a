//! Rejoin: what a backup holds and this log lacks is taken in, as a page of a feed is. Nothing is believed because a backup
//! has it: each transaction must be whole, an author's signature must be theirs, what broke the rules there is judged here
//! once more, and each log must end at a head that its workstation signed.

use std::collections::{BTreeMap, BTreeSet};

use crypto::log::EntryBytes;
use domain::backup::{LogRow, SessionRow, Standing};
use domain::op::Transaction;
use domain::sync::{Fed, Page, Ruling};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, RecordId, Scope};

use crate::StoreError;
use crate::act::Act;
use crate::append::Logs;
use crate::apply::{Applied, Taking, Unbelieved};
use crate::disputed;
use crate::held::is_held;
use crate::keys::Keys;
use crate::known::Past;
use crate::table::Pen;

/// What a backup brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Transactions that were not here.
    pub transactions: u64,
    /// Ops in them.
    pub entries: u64,
    /// The records that changed.
    pub records: BTreeSet<RecordId>,
    /// The logs that are longer now.
    pub logs: BTreeSet<(Incarnation, Scope)>,
}

/// A backup on its way into the log: all of it or nothing.
pub struct Returning<'a> {
    act: &'a Act<'a>,
    keys: &'a dyn Keys,
    taking: Taking<'a>,
    returned: Returned,
    given_back: u64,
}

impl<'a> Act<'a> {
    /// Begins to take in what a backup holds, at `now`, in milliseconds since 1970, at the installation `own`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn take_back(
        &'a self,
        own: Incarnation,
        keys: &'a dyn Keys,
        now: u64,
    ) -> Result<Returning<'a>, StoreError> {
        self.open_gate()?;
        let taking = Taking {
            own,
            logs: Logs::open(&self.transaction, now)?,
            view: Past::of(&self.transaction),
            pen: Pen::writing(&self.transaction),
            fresh: BTreeMap::new(),
            disputable: false,
        };
        Ok(Returning { act: self, keys, taking, returned: Returned::default(), given_back: 0 })
    }

    /// Whether the transaction of `bytes` is here just as it is there.
    fn is_here(&self, transaction: &Transaction, bytes: &EntryBytes) -> Result<Option<bool>, StoreError> {
        let Some((tx, known)) = self.transaction_like(transaction)? else { return Ok(None) };
        let here = self.ops_of(tx)?;
        let headers = here.iter().map(|op| &op.header).eq(bytes.ops.iter().map(|op| &op.header));
        Ok(Some(headers && known == bytes.transaction.0))
    }
}

impl Returning<'_> {
    /// Keeps who sat somewhere, in their own signed words.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn session(&mut self, row: &SessionRow) -> Result<(), StoreError> {
        self.act.keep_told(self.taking.own, row.scope, std::slice::from_ref(&row.said))
    }

    /// Takes in a transaction, unless it is here.
    ///
    /// # Errors
    /// [`Unbelieved`] with the place of it in the backup: the act must then be dropped.
    pub fn log(&mut self, row: &LogRow, standing: Option<&Standing>) -> Result<(), Unbelieved> {
        let place = row.place;
        let mut bytes = EntryBytes::from_sent(&row.entry.0).map_err(|_| Unbelieved::Entry(place))?;
        let transaction =
            Transaction::from_bytes(&bytes.transaction.0).map_err(|_| Unbelieved::Entry(place))?;
        match self.act.is_here(&transaction, &bytes)? {
            Some(true) => return Ok(()),
            Some(false) => return Err(Unbelieved::NotOurs(place)),
            None => {}
        }
        // Signatures that came later stand beside it.
        for (op, said) in bytes.ops.iter_mut().zip(standing.iter().flat_map(|standing| &standing.ops)) {
            op.signature = said.signature.or(op.signature);
        }
        let own = transaction.incarnation == self.taking.own;
        let frontier = self.taking.logs.frontier(transaction.incarnation, transaction.scope)?;
        if own && transaction.first != frontier.size() + 1 {
            return Err(Unbelieved::NotOurs(place));
        }
        let first = standing.and_then(|standing| standing.ops.first());
        let quarantine = first.and_then(|op| op.quarantine.as_deref()).filter(|fault| !is_held(fault));
        let fed = Fed {
            position: place,
            entry: Bytes(Vec::new()),
            verdict: if quarantine.is_some() { Ruling::Quarantined } else { Ruling::Accepted },
            fault: quarantine.map(disputed::plain),
            clamp: first.and_then(|op| op.clamp),
        };
        self.taking.disputable |= quarantine.is_some();
        let records = self.act.take(self.keys, &mut self.taking, &transaction, &bytes, &fed)?;
        self.returned.records.extend(records);
        self.returned.transactions += 1;
        self.returned.entries += transaction.size;
        self.returned.logs.insert((transaction.incarnation, transaction.scope));
        self.given_back += if own { transaction.size } else { 0 };
        Ok(())
    }

    /// Ends it: makes the records again that changed, and compares the ends of the logs with `heads`, which their
    /// workstations signed.
    ///
    /// # Errors
    /// [`Unbelieved`]: the act must then be dropped.
    pub fn close(self, heads: Vec<Bytes>) -> Result<Returned, Unbelieved> {
        let Self { act, keys, taking, mut returned, given_back } = self;
        let own = taking.own;
        let mut applied = Applied { given_back, records: returned.records, ..Applied::default() };
        act.close(keys, taking, &mut applied, true)?;
        returned.records = applied.records;
        // What was written here needs nobody else's word.
        let logs: BTreeSet<_> = returned.logs.iter().copied().filter(|log| log.0 != own).collect();
        for scope in logs.iter().map(|log| log.1).collect::<BTreeSet<Scope>>() {
            let page = Page {
                scope,
                entries: Vec::new(),
                heads: heads.clone(),
                next: 0,
                more: false,
                openings: None,
            };
            let of_it = logs.iter().copied().filter(|log| log.1 == scope).collect();
            act.check_heads(keys, &page, of_it)?;
        }
        Ok(returned)
    }
}
