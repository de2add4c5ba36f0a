//! Steps of weight whose author nobody here vouches for yet: their record travels in another feed than the steps,
//! or the server leaves it out. They stand in the log and count for nothing until the author's key is known and
//! the signatures are theirs. So does what the server has quarantined once and lets in later.

use crypto::log::{EntryBytes, bears_signatures, check_entry, check_signatures};
use domain::RecordId;
use domain::admit::Entry;
use domain::wire::Bytes;
use rusqlite::params;

use crate::apply::Keys;
use crate::rebuild::remake;
use crate::write::Act;
use crate::{StoreError, Unbelieved};

/// How the log marks them: as a fault of their author, found here and not by the server.
pub(crate) const HELD: &str = r#"{"code":"unknown_author","held":true}"#;

impl Act<'_> {
    /// Whether `entry`, which the server let in at `position` of a feed, must be held.
    pub(crate) fn must_hold(
        &self,
        keys: &dyn Keys,
        entry: &Entry,
        bytes: &EntryBytes,
        position: u64,
    ) -> Result<bool, Unbelieved> {
        if is_unsigned(bytes) {
            return Ok(false);
        }
        let Some(author) = keys.author(self, entry) else { return Ok(true) };
        check_signatures(bytes, &author).map_err(|_| Unbelieved::Entry(position))?;
        Ok(false)
    }

    /// Lets in what was held and whose author is known now, with every signature that it needs and all of them
    /// theirs; returns the records that changed. What is let in may vouch for the next.
    pub(crate) fn release(&self, keys: &dyn Keys) -> Result<Vec<RecordId>, StoreError> {
        let mut changed = Vec::new();
        loop {
            let before = changed.len();
            let mut statement = self.transaction.prepare_cached(
                "select position, bytes from tx where position in
                     (select tx from op where quarantine is not null and quarantine = ?1)
                 order by position",
            )?;
            let rows = statement.query_map([HELD], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
            for (tx, transaction) in rows.collect::<Result<Vec<_>, _>>()? {
                let bytes = EntryBytes { transaction: Bytes(transaction), ops: self.ops_of(tx)? };
                let entry = check_entry(&bytes, None).map_err(|_| StoreError::Damaged("held entry"))?;
                let theirs = || {
                    let author = keys.author(self, &entry);
                    author.is_some_and(|author| check_signatures(&bytes, &author).is_ok())
                };
                if bears_signatures(&entry, &bytes) && (is_unsigned(&bytes) || theirs()) {
                    self.transaction
                        .prepare_cached("update op set quarantine = null where tx = ?1")?
                        .execute([tx])?;
                    for op in &entry.ops {
                        remake(&self.transaction, op.header.record)?;
                        changed.push(op.header.record);
                    }
                }
            }
            if changed.len() == before {
                return Ok(changed);
            }
        }
    }

    /// Takes the signatures of the transaction `tx`, if it is held, as they came this time: those that came first
    /// may have been false. None is taken away.
    pub(crate) fn sign_held(&self, tx: i64, first: u64, bytes: &EntryBytes) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "update op set signature = ?3 where tx = ?1 and seq = ?2 and quarantine = ?4 and signature is not ?3",
        )?;
        for (op, seq) in bytes.ops.iter().zip(first..) {
            if let Some(signature) = &op.signature {
                statement.execute(params![tx, seq.cast_signed(), signature.as_slice(), HELD])?;
            }
        }
        Ok(())
    }
}

fn is_unsigned(bytes: &EntryBytes) -> bool {
    bytes.ops.iter().all(|op| op.signature.is_none())
}
