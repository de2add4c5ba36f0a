//! Who sat at which installation, in their own signed words. Whoever writes here has opened a session before, in the same
//! act at the latest; what came from elsewhere is judged by what its installation had said before it.

use std::collections::{BTreeMap, BTreeSet};

use crypto::{Signed, SigningKey};
use domain::op::Transaction;
use domain::session::{FORMAT, Reach, Session, Told, Turn};
use domain::sync::Push;
use domain::wire::{Bytes, Message};
use domain::{Incarnation, OpId, Scope};
use rusqlite::{Connection, OptionalExtension, params};

use crate::act::Act;
use crate::context::Context;
use crate::row::Col;
use crate::{StoreError, log};

/// A signed opening or ending, with its number.
pub(crate) type Numbered = (u64, Signed<Session>);

/// What was said last, before the op `id` was written, of who sits where it was, of what `counts`. What was told to the
/// other log alone speaks of this one too: an installation that tells its sessions has none without. Where nothing counts,
/// what was said last.
pub(crate) fn before(
    connection: &Connection,
    id: OpId,
    counts: impl Fn(&Signed<Session>) -> bool,
) -> Result<Option<Signed<Session>>, StoreError> {
    let sql = "select bytes from session where incarnation = ?1 and scope = ?2 and size < ?3
               order by size desc, number desc";
    let here = params![Col(id.incarnation), Col(id.scope), id.seq.cast_signed()];
    let (counted, last) = first_of(connection, sql, here, &counts)?;
    if counted.is_some() {
        return Ok(counted);
    }
    let sql = "select bytes from session where incarnation = ?1 order by scope, size, number";
    let (counted, first) = first_of(connection, sql, params![Col(id.incarnation)], &counts)?;
    let Some(told) = counted.or(last).or(first) else { return Ok(None) };
    Ok((claimed(&told)?.reach(id.scope) < id.seq).then_some(told))
}

/// A message about who sat there, if there is one.
type Spoken = Option<Signed<Session>>;

/// The first of these messages that counts, and the first of all.
fn first_of(
    connection: &Connection,
    sql: &str,
    key: impl rusqlite::Params,
    counts: impl Fn(&Signed<Session>) -> bool,
) -> Result<(Spoken, Spoken), StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(key)?;
    let mut first = None;
    while let Some(row) = rows.next()? {
        let signed = Signed::from_bytes(&row.get::<_, Vec<u8>>(0)?);
        let signed = signed.map_err(|_| StoreError::Damaged("session"))?;
        if counts(&signed) {
            return Ok((Some(signed), first));
        }
        first.get_or_insert(signed);
    }
    Ok((None, first))
}

/// What a workstation says of `transaction`, which is written there now: its own word needs no proof.
pub(crate) fn here(connection: &Connection, transaction: &Transaction) -> Result<Option<Told>, StoreError> {
    let Transaction { incarnation, scope, first, .. } = *transaction;
    let told = before(connection, OpId { incarnation, scope, seq: first }, |_| true)?;
    told.map(|signed| Ok(Told { said: claimed(&signed)?, signed: true })).transpose()
}

/// How a name begins under which it is kept how far the server was told of who sat here, and what comes behind all of them.
const TOLD: &str = "told/";
const TOLD_END: &str = "told0";

fn name(scope: Scope) -> String {
    format!("{TOLD}{scope}")
}

fn claimed(signed: &Signed<Session>) -> Result<Session, StoreError> {
    signed.claimed().map_err(|_| StoreError::Damaged("session"))
}

fn one(
    connection: &Connection,
    sql: &str,
    key: impl rusqlite::Params,
) -> Result<Option<Numbered>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let row = statement.query_row(key, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
    let Some((number, bytes)) = row.optional()? else { return Ok(None) };
    let signed = Signed::from_bytes(&bytes).map_err(|_| StoreError::Damaged("session"))?;
    Ok(Some((number.unsigned_abs(), signed)))
}

/// The number of the last message about who sat here that each of `pushes` tells; what is carried for another workstation
/// tells who sat there.
#[must_use]
pub fn told(pushes: &[Push]) -> BTreeMap<Scope, u64> {
    let last = |push: &Push| {
        let signed = Signed::<Session>::from_bytes(&push.openings.as_ref()?.last()?.0).ok()?;
        Some((push.scope, signed.claimed().ok()?.number))
    };
    pushes.iter().filter(|push| push.incarnation.is_none()).filter_map(last).collect()
}

impl Act<'_> {
    /// Has the person of `context` open their session here, or end it, unless they have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn say(&self, context: &Context, turn: Turn) -> Result<(), StoreError> {
        // Who has no key here says nothing; what they write is judged by what was said.
        let Some(key) = context.key else { return Ok(()) };
        let last = self.last_session(context.incarnation, context.clinic_scope)?;
        let (number, last) = match last {
            Some((number, signed)) => (number, Some(claimed(&signed)?)),
            None => (0, None),
        };
        let theirs = last.filter(|last| {
            (last.turn, last.session, last.user) == (Turn::Open, context.session, context.author)
        });
        let is_done = match (turn, &theirs) {
            (Turn::Open, Some(said)) => self.speaks_still(said)?,
            (Turn::End, None) => true,
            _ => false,
        };
        if is_done {
            return Ok(());
        }
        // A store that was put back to an older copy goes on above what it said before.
        self.keep_session(key, context, context.now.max(number + 1), turn)
    }

    /// Whether nothing stands behind `said` here but what was written in its session: a store that had lost something and
    /// was given it back has older work there.
    fn speaks_still(&self, said: &Session) -> Result<bool, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select bytes from tx where incarnation = ?1 and scope = ?2 and first > ?3 order by first desc limit 1",
        )?;
        for log in &said.logs {
            let key = params![Col(said.incarnation), Col(log.scope), log.size.cast_signed()];
            let Some(bytes) = statement.query_row(key, |row| row.get::<_, Vec<u8>>(0)).optional()? else {
                continue;
            };
            let last = Transaction::from_bytes(&bytes).map_err(|_| StoreError::Damaged("transaction"))?;
            if last.session != said.session {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn keep_session(
        &self,
        key: &SigningKey,
        context: &Context,
        number: u64,
        turn: Turn,
    ) -> Result<(), StoreError> {
        let mut logs = Vec::new();
        for scope in BTreeSet::from([context.clinic_scope, context.site_scope]) {
            let size = log::frontier(&self.transaction, context.incarnation, scope)?.map_or(0, |log| log.0);
            logs.push(Reach { scope, size });
        }
        let said = Session {
            v: FORMAT,
            clinic: context.clinic,
            incarnation: context.incarnation,
            number,
            session: context.session,
            user: context.author,
            turn,
            logs,
        };
        let bytes = Signed::new(key, &said).to_bytes();
        said.logs.iter().try_for_each(|log| self.put_session(&said, log.scope, &bytes).map(drop))
    }

    /// The last word about who sits at the installation `incarnation`, of those that were told to the log of `scope`.
    fn last_session(&self, incarnation: Incarnation, scope: Scope) -> Result<Option<Numbered>, StoreError> {
        let sql = "select number, bytes from session where incarnation = ?1 and scope = ?2
                   order by size desc, number desc limit 1";
        one(&self.transaction, sql, params![Col(incarnation), Col(scope)])
    }

    /// The last message about who sits here, as it was signed.
    pub(crate) fn last_said(
        &self,
        incarnation: Incarnation,
        scope: Scope,
    ) -> Result<Option<Bytes>, StoreError> {
        let last = self.last_session(incarnation, scope)?;
        Ok(last.map(|(_, signed)| Bytes(signed.to_bytes())))
    }

    /// Keeps once more what was said of who sits at the installation `own`, after the store had lost it. Returns whether it had.
    pub(crate) fn say_again(&self, own: Incarnation, bytes: &[u8]) -> Result<bool, StoreError> {
        let said = Signed::<Session>::from_bytes(bytes).ok().and_then(|signed| signed.claimed().ok());
        let Some(said) = said.filter(|said| said.incarnation == own) else { return Ok(false) };
        let mut lost = false;
        for log in &said.logs {
            lost |= self.put_session(&said, log.scope, bytes)?;
        }
        Ok(lost)
    }

    /// In how many logs the message that the server was told last of who sat at the installation `own` is gone here. It is
    /// told the last that is left.
    pub(crate) fn told_and_gone(&self, own: Incarnation) -> Result<u64, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select name from local where name >= ?1 and name < ?2")?;
        let names = statement.query_map([TOLD, TOLD_END], |row| row.get::<_, String>(0))?;
        let mut gone = 0;
        for name in names.collect::<Result<Vec<_>, _>>()? {
            let Some(scope) = name.strip_prefix(TOLD).and_then(|scope| scope.parse().ok()) else { continue };
            let Some(number) = self.told_sessions(scope)? else { continue };
            let sql =
                "select exists (select 1 from session where incarnation = ?1 and scope = ?2 and number = ?3)";
            let key = params![Col(own), Col(scope), number.cast_signed()];
            if !self.transaction.prepare_cached(sql)?.query_row(key, |row| row.get::<_, bool>(0))? {
                self.forget_told(scope)?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    /// Keeps a message; returns whether it was not there.
    fn put_session(&self, said: &Session, scope: Scope, bytes: &[u8]) -> Result<bool, StoreError> {
        let put = self
            .transaction
            .prepare_cached(
                "insert or ignore into session (incarnation, scope, size, number, bytes)
                 values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                Col(said.incarnation),
                Col(scope),
                said.reach(scope).cast_signed(),
                said.number.cast_signed(),
                bytes
            ])?;
        Ok(put > 0)
    }

    /// What a push of the ops from `from` up to `through` tells of who sat here: of each message between which something
    /// was written the last, and the last before the end.
    pub(crate) fn telling(
        &self,
        incarnation: Incarnation,
        scope: Scope,
        from: u64,
        through: u64,
    ) -> Result<Vec<Bytes>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select bytes, max(number) from session
             where incarnation = ?1 and scope = ?2 and size <= ?4 and size >= coalesce(
                 (select max(size) from session where incarnation = ?1 and scope = ?2 and size < ?3), 0)
             group by size order by size",
        )?;
        let key = params![Col(incarnation), Col(scope), from.cast_signed(), through.cast_signed()];
        let messages = statement.query_map(key, |row| row.get(0).map(Bytes))?;
        Ok(messages.collect::<Result<_, _>>()?)
    }

    /// The last message about who sits here, unless it was told to the log of `scope`.
    pub(crate) fn untold(&self, incarnation: Incarnation, scope: Scope) -> Result<Option<Bytes>, StoreError> {
        let last = self.last_session(incarnation, scope)?;
        let told = self.told_sessions(scope)?;
        let untold = last.filter(|(number, _)| told.is_none_or(|told| told < *number));
        Ok(untold.map(|(_, signed)| Bytes(signed.to_bytes())))
    }

    /// Up to which message the server was told to the log of `scope` who sat here.
    pub(crate) fn told_sessions(&self, scope: Scope) -> Result<Option<u64>, StoreError> {
        Ok(self.local(&name(scope))?.and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes))
    }

    /// Takes the server's word that it keeps what was [`told`] of who sat here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn acknowledge_sessions(&self, told: &BTreeMap<Scope, u64>) -> Result<(), StoreError> {
        told.iter().try_for_each(|(scope, number)| self.set_local(&name(*scope), &number.to_be_bytes()))
    }

    /// Forgets that the server was told to the log of `scope` who sat here.
    pub(crate) fn forget_told(&self, scope: Scope) -> Result<(), StoreError> {
        self.forget_local(&name(scope))
    }

    /// Keeps what a page of `scope` tells of sessions elsewhere. What is no such message, or speaks of this installation,
    /// says nothing.
    pub(crate) fn keep_told(
        &self,
        own: Incarnation,
        scope: Scope,
        messages: &[Bytes],
    ) -> Result<(), StoreError> {
        for bytes in messages {
            let said = Signed::<Session>::from_bytes(&bytes.0).ok().and_then(|signed| signed.claimed().ok());
            if let Some(said) = said.filter(|said| said.incarnation != own) {
                self.put_session(&said, scope, &bytes.0)?;
            }
        }
        Ok(())
    }
}
