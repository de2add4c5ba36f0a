//! What a store that was made from a backup is: another installation than the one that the backup is of. That one stays in
//! the log as one of the others, its trail stands before the new one's, and the heads that it signed with the backup speak for it.

use crypto::log::EntryBytes;
use crypto::{Frontier, Head, Signed};
use domain::wire::{Bytes, Message};
use domain::{Digest, Hlc, Incarnation, Scope};

use crate::act::Act;
use crate::carried::MOST;
use crate::check::{HEADS, HEADS_END, head_of};
use crate::outbox::Signer;
use crate::row::Col;
use crate::stranded::trail_of;
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

/// A log by whose it is and what it is about, with how many ops of it are here.
pub type LogSize = ((Incarnation, Scope), u64);

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

    /// Signs the heads of this installation's logs and of its trail as they stand: by these a backup, which reads them in the
    /// same act and keeps nothing here, shows what was written by it also once nobody has its key any more. Of what a server
    /// lacks it signs some on the way too.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sign_heads(&self, signer: &Signer) -> Result<(), StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select scope, frontier from log where incarnation = ?1")?;
        let logs = statement.query_map([Col(signer.incarnation)], |row| {
            Ok((row.get::<_, Col<Scope>>(0)?.0, row.get::<_, Vec<u8>>(1)?))
        })?;
        for (scope, bytes) in logs.collect::<Result<Vec<_>, _>>()? {
            let frontier = Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("frontier"))?;
            let head = Head::ops(signer.clinic, signer.incarnation, scope, &frontier, Hlc::at(signer.now));
            self.set_local(&head_of(signer.incarnation, scope), &Signed::new(signer.key, &head).to_bytes())?;
            // Where there is no server nobody carries anything to one.
            if self.local("server")?.is_some() {
                self.sign_on_the_way(signer, scope, self.acknowledged(scope)?.1)?;
            }
        }
        let trail =
            Head::audit(signer.clinic, signer.incarnation, &self.audit_frontier()?, Hlc::at(signer.now));
        self.set_local(&trail_of(signer.incarnation), &Signed::new(signer.key, &trail).to_bytes())
    }

    /// Signs heads of this installation's log in `scope`, behind what amounts to `frontier`: of two that follow each other the
    /// second adds no more than one push takes, so that whoever carries the log comes to its end.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn sign_on_the_way(
        &self,
        signer: &Signer,
        scope: Scope,
        mut frontier: Frontier,
    ) -> Result<(), StoreError> {
        let incarnation = signer.incarnation;
        let mut statement = self.transaction.prepare_cached(
            "select position, bytes from tx where incarnation = ?1 and scope = ?2 and first > ?3 order by first",
        )?;
        let mut rows = statement.query((Col(incarnation), Col(scope), frontier.size().cast_signed()))?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let entry = EntryBytes { transaction: Bytes(row.get(1)?), ops: self.ops_of(row.get(0)?)? };
            // As it is sent it is no longer than this.
            let more = entry.to_bytes().len();
            if bytes > 0 && bytes + more > MOST {
                let head = Head::ops(signer.clinic, incarnation, scope, &frontier, Hlc::at(signer.now));
                let name = format!("{}/{}", head_of(incarnation, scope), frontier.size());
                self.set_local(&name, &Signed::new(signer.key, &head).to_bytes())?;
                bytes = 0;
            }
            bytes += more;
            entry.ops.iter().for_each(|op| frontier.append(&op.header.0));
        }
        Ok(())
    }

    /// The heads of one log that are kept: the last, and those on the way to it.
    pub(crate) fn heads_of(&self, incarnation: Incarnation, scope: Scope) -> Result<Vec<Bytes>, StoreError> {
        let last = head_of(incarnation, scope);
        let sql = "select value from local where name = ?1 or (name > ?2 and name < ?3)";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let heads = statement
            .query_map([&last, &format!("{last}/"), &format!("{last}0")], |row| row.get(0).map(Bytes))?;
        Ok(heads.collect::<Result<_, _>>()?)
    }

    /// The heads that each workstation signed last, or this one of its own logs, as far as these are kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn kept_heads(&self) -> Result<Vec<Bytes>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select value from local where name >= ?1 and name < ?2")?;
        let heads = statement.query_map([HEADS, HEADS_END], |row| row.get(0).map(Bytes))?;
        Ok(heads.collect::<Result<_, _>>()?)
    }

    /// How long each log is here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn log_sizes(&self) -> Result<Vec<LogSize>, StoreError> {
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
    ) -> Result<Option<Digest>, StoreError> {
        Ok(reckon::of_first(&self.transaction, incarnation, scope, size)?.map(|frontier| frontier.root()))
    }
}
