//! Changes that the server accepted but this workstation cannot yet verify: signed steps whose author nobody here
//! vouches for yet (their record travels in another feed, or the server leaves it out), and steps that break the rules by
//! all that is known here. They stay in the log and are not applied until it can. Changes that the server first
//! quarantined and later accepts take the same path.

use crypto::NotGenuine;
use crypto::log::{EntryBytes, check_entry, check_signatures};
use crypto::papers::admitted_again;
use domain::RecordId;
use domain::admit::{Entry, Fault};
use domain::session::Told;
use domain::wire::Bytes;
use rusqlite::params;

use crate::StoreError;
use crate::act::Act;
use crate::keys::Keys;
use crate::known::Past;
use crate::rebuild::remake;
use crate::row::Col;
use crate::table::Pen;

/// How the log ends the fault of what is held: it was found here, and not by the server.
const MARK: &str = r#","held":true}"#;
/// What is held, in SQL.
pub(crate) const IS_HELD: &str = r#"quarantine like '%,"held":true}'"#;

/// Whether the log says of a quarantined op that it is held.
pub(crate) fn is_held(quarantine: &str) -> bool {
    quarantine.ends_with(MARK)
}

/// How the log marks what is held for `fault`.
pub(crate) fn held(fault: &Fault) -> Result<String, StoreError> {
    let fault = serde_json::to_string(fault).map_err(|_| StoreError::Damaged("fault"))?;
    Ok(fault.trim_end_matches('}').to_owned() + MARK)
}

impl Act<'_> {
    /// Why `entry`, whose bytes are `bytes` and which the server let in, is not believed here, by what `view` knows.
    ///
    /// # Errors
    /// [`NotGenuine`] for a signature that is not its author's.
    pub(crate) fn doubt(
        &self,
        keys: &dyn Keys,
        view: &Past,
        entry: &mut Entry,
        bytes: &EntryBytes,
    ) -> Result<Option<Fault>, NotGenuine> {
        let Ok(told) = self.who_sat(keys, view, entry) else { return Ok(Some(Fault::NoSession)) };
        entry.told = told;
        if bytes.ops.iter().any(|op| op.signature.is_some()) {
            let Some(author) = keys.author(self, entry) else { return Ok(Some(Fault::UnknownAuthor)) };
            check_signatures(entry, bytes, &author)?;
        }
        Ok(admitted_again(view, entry).err())
    }

    /// What had been said last of who sat where `entry` was written.
    pub(crate) fn who_sat(
        &self,
        keys: &dyn Keys,
        view: &Past,
        entry: &Entry,
    ) -> Result<Option<Told>, StoreError> {
        let author = entry.transaction.author;
        let key = |person| {
            if person == author { keys.author(self, entry) } else { keys.person(self, person) }
        };
        view.told(&entry.transaction, key)
    }

    /// The local positions of the transactions that are held because nobody told that their author sat there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unseated(&self) -> Result<Vec<i64>, StoreError> {
        let sql = "select distinct tx from op where quarantine is not null and quarantine = ?1";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let rows = statement.query_map([held(&Fault::NoSession)?], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Judges once more what is held, where anything is, and returns the records that changed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn judge_held(&self, keys: &dyn Keys) -> Result<Vec<RecordId>, StoreError> {
        let sql = format!("select exists (select 1 from op where quarantine is not null and {IS_HELD})");
        if !self.transaction.query_row(&sql, [], |row| row.get(0))? {
            return Ok(Vec::new());
        }
        self.open_gate()?;
        self.release(keys)
    }

    /// Lets in what was held and is believed now; returns the records that changed. What is let in may vouch for
    /// the next, or be what that rests on.
    pub(crate) fn release(&self, keys: &dyn Keys) -> Result<Vec<RecordId>, StoreError> {
        let mut changed = Vec::new();
        loop {
            let before = changed.len();
            for (tx, bytes) in self.all_held()? {
                // What was let in before may vouch for its author.
                let view = Past::of(&self.transaction);
                let doubt = check_entry(&bytes, None)
                    .and_then(|mut entry| self.doubt(keys, &view, &mut entry, &bytes));
                match doubt {
                    Ok(None) => changed.extend(self.let_in(tx)?),
                    Ok(Some(fault)) => self.mark(tx, &fault)?,
                    Err(_) => self.mark(tx, &Fault::NotSigned)?,
                }
            }
            if changed.len() == before {
                return Ok(changed);
            }
        }
    }

    fn all_held(&self) -> Result<Vec<(i64, EntryBytes)>, StoreError> {
        let mut statement = self.transaction.prepare_cached(&format!(
            "select position, bytes from tx where position in
                 (select tx from op where quarantine is not null and {IS_HELD})
             order by position"
        ))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?.into_iter();
        rows.map(|(tx, bytes)| Ok((tx, EntryBytes { transaction: Bytes(bytes), ops: self.ops_of(tx)? })))
            .collect()
    }

    fn mark(&self, tx: i64, fault: &Fault) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("update op set quarantine = ?2 where tx = ?1 and quarantine is not ?2")?
            .execute(params![tx, held(fault)?])?;
        Ok(())
    }

    /// Its ops count from here on: they stand behind everything that somebody may have seen without them.
    pub(crate) fn let_in(&self, tx: i64) -> Result<Vec<RecordId>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select seq, record from op where tx = ?1 order by seq")?;
        let ops = statement
            .query_map([tx], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Col<RecordId>>(1)?.0)))?;
        let ops = ops.collect::<Result<Vec<_>, _>>()?;
        for (seq, _) in &ops {
            self.transaction
                .prepare_cached(
                    "update op set quarantine = null, position = (select max(position) + 1 from op)
                     where tx = ?1 and seq = ?2",
                )?
                .execute([tx, *seq])?;
        }
        self.transaction.prepare_cached("insert or ignore into let_in (tx) values (?1)")?.execute([tx])?;
        let mut pen = Pen::writing(&self.transaction);
        for (_, record) in &ops {
            remake(&mut pen, *record)?;
        }
        Ok(ops.into_iter().map(|(_, record)| record).collect())
    }

    /// Takes the signatures of the transaction `tx`, if it is held, as they came this time: those that came first
    /// may have been false. None is taken away. Returns how many are others now.
    pub(crate) fn sign_held(&self, tx: i64, first: u64, bytes: &EntryBytes) -> Result<usize, StoreError> {
        let mut statement = self.transaction.prepare_cached(&format!(
            "update op set signature = ?3 where tx = ?1 and seq = ?2 and signature is not ?3
             and quarantine is not null and {IS_HELD}"
        ))?;
        let mut signed = 0;
        for (op, seq) in bytes.ops.iter().zip(first..) {
            if let Some(signature) = &op.signature {
                signed += statement.execute(params![tx, seq.cast_signed(), signature.as_slice()])?;
            }
        }
        Ok(signed)
    }
}
