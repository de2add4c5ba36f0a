//! What reading and writing happen in: all of it or nothing.

use crate::StoreError;

/// An act under way; dropped without [`Act::commit`] it leaves no trace.
pub struct Act<'a> {
    pub(crate) transaction: rusqlite::Transaction<'a>,
}

impl<'a> Act<'a> {
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
