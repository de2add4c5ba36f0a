//! The logs of the installations that this store was before. Nobody else offers them again: where a server went back behind
//! them, they are carried there before anything that rests on them, under the heads under which they ended.

use crypto::log::EntryBytes;
use domain::sync::{Carried, LARGEST_PUSH, Push, Received};
use domain::wire::{Bytes, Wire};
use domain::{Incarnation, Scope, cbor};

use crate::StoreError;
use crate::act::Act;
use crate::append::read_frontier;
use crate::check::head_of;
use crate::row::Col;

/// What the server has of those logs by its last word, while they are carried to it.
const CARRYING: &str = "carrying";

impl Act<'_> {
    /// Has what the server lacks of the logs of before carried to it.
    pub(crate) fn carry_former(&self) -> Result<(), StoreError> {
        if self.formers()?.is_empty() { Ok(()) } else { self.keep_carried(&[]) }
    }

    /// Carries nothing any more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn end_carrying(&self) -> Result<(), StoreError> {
        self.forget_local(CARRYING)
    }

    /// What goes to the server before anything of this installation: of the first log of before that it lacks an end of, in the
    /// order of `scopes`, that end; or the question how much of each it has. Empty where nothing is to be carried.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn carried(&self, scopes: &[Scope]) -> Result<Vec<Push>, StoreError> {
        let Some(known) = self.known_carried()? else { return Ok(Vec::new()) };
        let mut asked = Vec::new();
        for scope in scopes {
            for incarnation in self.formers()? {
                let size = read_frontier(&self.transaction, incarnation, *scope)?.size();
                let Some(head) = self.local(&head_of(incarnation, *scope))?.filter(|_| size > 0) else {
                    continue;
                };
                let bare = Push {
                    scope: *scope,
                    from: 1,
                    entries: Vec::new(),
                    head: Bytes(Vec::new()),
                    incarnation: Some(incarnation),
                    openings: None,
                };
                let Some(told) = known.iter().find(|told| told.incarnation == incarnation) else {
                    asked.push(bare);
                    continue;
                };
                let has = through(&told.received, *scope);
                if has < size && asked.is_empty() {
                    let entries = self.entries_after(incarnation, *scope, has)?;
                    let told = self.telling(incarnation, *scope, has + 1, size)?;
                    let openings = Some(told).filter(|told| !told.is_empty());
                    let push = Push { from: has + 1, entries, head: Bytes(head), openings, ..bare };
                    // No head but the last is here, so that it goes at once or not at all.
                    if push.bytes() <= LARGEST_PUSH {
                        return Ok(vec![push]);
                    }
                }
            }
        }
        Ok(asked)
    }

    /// Takes the server's word on what it has of the logs that were carried; none, or one that brings nothing on, ends it.
    /// Returns whether anything was carried.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn heed_carried(&self, told: &[Carried], scopes: &[Scope]) -> Result<bool, StoreError> {
        let Some(known) = self.known_carried()? else { return Ok(false) };
        let others = known.iter().filter(|one| told.iter().all(|told| told.incarnation != one.incarnation));
        let heard: Vec<Carried> = others.chain(told).cloned().collect();
        let brings = heard.len() > known.len() || all(&heard) > all(&known);
        if brings {
            self.keep_carried(&heard)?;
        }
        if !brings || self.carried(scopes)?.is_empty() {
            self.end_carrying()?;
        }
        Ok(true)
    }

    fn entries_after(
        &self,
        incarnation: Incarnation,
        scope: Scope,
        has: u64,
    ) -> Result<Vec<Bytes>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select position, bytes from tx where incarnation = ?1 and scope = ?2 and first > ?3 order by first",
        )?;
        let mut rows = statement.query((Col(incarnation), Col(scope), has.cast_signed()))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = EntryBytes { transaction: Bytes(row.get(1)?), ops: self.ops_of(row.get(0)?)? };
            entries.push(Bytes(entry.to_sent()));
        }
        Ok(entries)
    }

    fn known_carried(&self) -> Result<Option<Vec<Carried>>, StoreError> {
        let kept = self.local(CARRYING)?;
        Ok(kept.and_then(|bytes| Vec::from_value(&cbor::decode(&bytes).ok()?)))
    }

    fn keep_carried(&self, told: &[Carried]) -> Result<(), StoreError> {
        self.set_local(CARRYING, &cbor::encode(&told.to_vec().to_value()))
    }
}

fn through(received: &[Received], scope: Scope) -> u64 {
    received.iter().find(|received| received.scope == scope).map_or(0, |received| received.through)
}

/// How many entries the server says that it has.
fn all(told: &[Carried]) -> u64 {
    let each = told.iter().flat_map(|told| &told.received).map(|received| received.through);
    each.fold(0, u64::saturating_add)
}
