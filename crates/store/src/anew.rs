//! What a store that was made from a backup is: another installation than the one that the backup is of. That one stays in
//! the log as one of the others, and its trail stands before its own.

use crypto::{Head, Signed};
use domain::wire::Message;
use domain::{Incarnation, Scope};

use crate::act::Act;
use crate::row::Col;
use crate::{StoreError, reckon};

/// What is between an installation and its server, or is its secret: another one begins without it.
const ENDED: [&str; 15] = [
    "workstation_key",
    "chain",
    "audit_sent",
    "marked",
    "trouble",
    "epoch",
    "synced",
    "server_clock",
    "anew",
    "rejoining",
    "asked_who_sat",
    "asked_who_sat_up_to",
    "receipt",
    "findings",
    "protocol",
];

impl Act<'_> {
    /// Ends what this store is a copy of, the installation `former`: its trail ends, and what is between it and the server is
    /// forgotten. What it wrote is carried to the server under the heads that it signed last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn end_former(&self, former: Incarnation) -> Result<(), StoreError> {
        self.open_gate()?;
        self.transaction.execute("insert or ignore into apart_gate (open) values (1)", [])?;
        self.begin_trail()?;
        self.transaction.execute("delete from apart_gate", [])?;
        self.transaction.execute_batch("delete from outbox; delete from cursor")?;
        self.transaction.execute("delete from local where name >= 'told/' and name < 'told0'", [])?;
        ENDED.into_iter().try_for_each(|name| self.forget_local(name))?;
        for bytes in self.kept_heads()? {
            let head = Signed::<Head>::from_bytes(&bytes.0).ok().and_then(|head| head.claimed().ok());
            if let Some(scope) = head.filter(|head| head.incarnation == former).and_then(|head| head.scope) {
                self.carry(former, scope, &[bytes])?;
            }
        }
        Ok(())
    }

    /// How long each log is here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn log_sizes(&self) -> Result<Vec<((Incarnation, Scope), u64)>, StoreError> {
        let mut statement = self.transaction.prepare_cached("select incarnation, scope, size from log")?;
        let logs = statement.query_map([], |row| {
            let log = (row.get::<_, Col<Incarnation>>(0)?.0, row.get::<_, Col<Scope>>(1)?.0);
            Ok((log, row.get::<_, i64>(2)?.unsigned_abs()))
        })?;
        Ok(logs.collect::<Result<_, _>>()?)
    }

    /// What the first `size` ops of a log amount to; none where so many are not here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn root_at(
        &self,
        (incarnation, scope): (Incarnation, Scope),
        size: u64,
    ) -> Result<Option<domain::Digest>, StoreError> {
        Ok(reckon::of_first(&self.transaction, incarnation, scope, size)?.map(|frontier| frontier.root()))
    }
}
