//! What reading and writing happen in: all of it or nothing.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crypto::Entropy;
use domain::kinds::KINDS;

use crate::StoreError;
use crate::beside::{Beside, Last};
use crate::files::Files;

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
    /// What follows the commit, and what it follows with: sealed entries, and marks where anything was logged.
    pub(crate) beside: Option<&'a Beside>,
    /// The files beside the store.
    pub(crate) files: Option<&'a Files>,
    last: RefCell<Vec<u8>>,
    logged: Cell<bool>,
}

impl<'a> Act<'a> {
    pub(crate) fn new(
        transaction: rusqlite::Transaction<'a>,
        beside: Option<(&'a Beside, &'a Files)>,
    ) -> Self {
        let (touched, last, logged) = (RefCell::default(), RefCell::default(), Cell::default());
        let (beside, files) = beside.unzip();
        Self { transaction, touched, beside, files, last, logged }
    }

    /// Has `last` kept once more beside the store, once this act is done.
    pub(crate) fn follow_with(&self, entropy: &mut dyn Entropy, last: &Last) {
        if let Some(beside) = self.beside {
            self.last.borrow_mut().extend(beside.sealed(entropy, last));
        }
    }

    /// What the logs are known to amount to outside of the store: by marks that it does not reach.
    pub(crate) fn wanted(&self) -> Option<crypto::marks::Marks> {
        self.beside.and_then(Beside::wanted)
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
        self.logged.set(true);
        self.transaction.prepare_cached("insert or ignore into write_gate (open) values (1)")?.execute([])?;
        Ok(())
    }

    /// Makes everything that this act did last.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing of it was done.
    pub fn commit(self) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from write_gate")?.execute([])?;
        // Marks that cannot be made stay behind the store: that keeps nobody from what they do.
        let marks =
            self.beside.filter(|_| self.logged.get()).and_then(|beside| self.marks(beside).ok().flatten());
        let Self { transaction, beside, last, logged, .. } = self;
        transaction.commit()?;
        if let Some(beside) = beside.filter(|_| logged.get()) {
            beside.follow(&last.into_inner(), marks);
        }
        Ok(())
    }
}
