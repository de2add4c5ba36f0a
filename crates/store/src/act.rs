//! What reading and writing happen in: all of it or nothing.

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::kinds::KINDS;

use crate::StoreError;

/// The kinds of record that an act has read and written, by name: what its answer rests on, and what it makes stale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Read, or looked for.
    pub read: BTreeSet<String>,
    /// Written.
    pub written: BTreeSet<String>,
}

/// An act under way; dropped without [`Act::commit`] it leaves no trace.
pub struct Act<'a> {
    pub(crate) transaction: rusqlite::Transaction<'a>,
    touched: RefCell<Touched>,
}

impl<'a> Act<'a> {
    pub(crate) fn new(transaction: rusqlite::Transaction<'a>) -> Self {
        Self { transaction, touched: RefCell::default() }
    }

    /// Notes that records of `kind` were looked for.
    pub(crate) fn reads(&self, kind: &str) {
        let mut touched = self.touched.borrow_mut();
        if !touched.read.contains(kind) {
            touched.read.insert(kind.to_owned());
        }
    }

    /// Notes that records of every kind were looked for.
    pub(crate) fn reads_all(&self) {
        KINDS.iter().for_each(|kind| self.reads(kind.name));
    }

    /// Notes that a record of `kind` was written.
    pub(crate) fn writes(&self, kind: &str) {
        let mut touched = self.touched.borrow_mut();
        if !touched.written.contains(kind) {
            touched.written.insert(kind.to_owned());
        }
    }

    /// The kinds that were read and written since this was last asked.
    pub fn touched(&self) -> Touched {
        self.touched.take()
    }

    /// Opens the gate of the synced tables until the end of this act. An act that only reads never
    /// does, and so costs no write to the disk.
    pub(crate) fn open_gate(&self) -> Result<(), StoreError> {
        self.transaction.prepare_cached("insert or ignore into write_gate (open) values (1)")?.execute([])?;
        Ok(())
    }

    /// Makes everything that this act did last.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing of it was done.
    pub fn commit(self) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from write_gate")?.execute([])?;
        Ok(self.transaction.commit()?)
    }
}
