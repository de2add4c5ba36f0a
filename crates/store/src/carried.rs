//! Logs that this workstation carries to the server for another one, which cannot send them itself any more: what a backup
//! held of it, and the server may lack. Who carries a log can change nothing of it: its own heads speak for it, and the
//! signatures of the people who wrote it.

use std::collections::{BTreeMap, BTreeSet};

use crypto::log::EntryBytes;
use crypto::{Frontier, Head, Signed};
use domain::backup::Local;
use domain::sync::{Carried, LARGEST_PUSH, Push};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, Scope, Value, wire};
use rusqlite::params;

use crate::StoreError;
use crate::act::Act;
use crate::row::Col;

wire! {
    /// What is known of a log that is carried.
    pub struct Carry {
        /// The heads that its workstation signed.
        heads: Vec<Bytes>,
        /// How many of its ops the server has; none before it was asked.
        through: Option<u64>,
    }
}

/// A log by whose it is and what it is about.
type Log = (Incarnation, Scope);

/// What the server's word about the logs that are carried has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeardCarried {
    /// Whether anything is known that was not.
    pub moved: bool,
    /// Ops that are not carried after all: the server has others in their place, or takes them from nobody else.
    pub stays: u64,
}

/// The next of what is carried.
#[derive(Debug, Default)]
pub struct Carrying {
    /// What the server is told.
    pub pushes: Vec<Push>,
    /// Ops that are carried no more: more bytes lie under their next head than one push takes.
    pub stays: u64,
}

/// How a name under which one is kept begins, and what comes behind all of them.
const CARRIED: &str = "carried/";
const CARRIED_END: &str = "carried0";
/// So many bytes of entries go under one head; the rest of a push is for who sat there.
pub(crate) const MOST: usize = LARGEST_PUSH - (1 << 20);

fn name((incarnation, scope): Log) -> String {
    format!("{CARRIED}{incarnation}/{scope}")
}

fn log_of(name: &str) -> Option<Log> {
    let (incarnation, scope) = name.strip_prefix(CARRIED)?.split_once('/')?;
    Some((incarnation.parse().ok()?, scope.parse().ok()?))
}

/// How many ops a signed head speaks of.
fn size_of(head: &Bytes) -> Option<u64> {
    Some(Signed::<Head>::from_bytes(&head.0).ok()?.claimed().ok()?.size)
}

/// The logs that the installation of a backup was still carrying itself, as its `local` says, each with its heads.
#[must_use]
pub fn carried_in(local: &Local) -> Vec<(Incarnation, Scope, Vec<Bytes>)> {
    let rows = local.tables.get("local").into_iter().flatten();
    rows.filter_map(|row| {
        let (incarnation, scope) = log_of(row.get("name")?.as_text()?)?;
        let Value::Bytes(bytes) = row.get("value")? else { return None };
        Some((incarnation, scope, Carry::from_bytes(bytes).ok()?.heads))
    })
    .collect()
}

impl Carry {
    /// Its heads by how many ops they speak of.
    fn sized(&self) -> BTreeMap<u64, &Bytes> {
        self.heads.iter().filter_map(|head| Some((size_of(head)?, head))).collect()
    }

    fn last(&self) -> u64 {
        self.sized().last_key_value().map_or(0, |(size, _)| *size)
    }
}

impl Act<'_> {
    /// Carries the log of `incarnation` in `scope` to the server from now on, under the `heads` that it signed. One that
    /// speaks of more than is here leads nowhere.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn carry(&self, incarnation: Incarnation, scope: Scope, heads: &[Bytes]) -> Result<(), StoreError> {
        let here = self.written(incarnation, scope)?;
        let kept = self.local(&name((incarnation, scope)))?;
        let kept = kept.and_then(|bytes| Carry::from_bytes(&bytes).ok());
        let mut carry = kept.unwrap_or(Carry { heads: Vec::new(), through: None });
        carry
            .heads
            .extend(heads.iter().filter(|head| size_of(head).is_some_and(|size| size <= here)).cloned());
        carry.heads = carry.sized().into_values().cloned().collect();
        if carry.heads.is_empty() {
            return Ok(());
        }
        self.set_local(&name((incarnation, scope)), &carry.to_bytes())
    }

    /// Carries what this store wrote as other installations, each log under the heads that were signed when it ended: nobody
    /// else offers them again where a server went back behind them.
    pub(crate) fn carry_former(&self) -> Result<(), StoreError> {
        for incarnation in self.formers()? {
            for scope in self.scopes_of(incarnation)? {
                self.carry(incarnation, scope, &self.heads_of(incarnation, scope)?)?;
            }
        }
        Ok(())
    }

    /// What the server is told of the logs that are carried, the clinic's scope of each first: at most `room` bytes, or more
    /// where no smaller part has a head of its own. Of a log that it was not asked about yet it is asked by a push without
    /// entries. A log of which no next part has a head is carried no more, and is in the way of none behind it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn carried(&self, clinics: Scope, room: usize) -> Result<Carrying, StoreError> {
        let mut carries = self.carries()?;
        carries.sort_by_key(|((incarnation, scope), _)| (*incarnation, *scope != clinics));
        let Carrying { mut pushes, mut stays } = Carrying::default();
        for (log, carry) in carries {
            let used: usize = pushes.iter().map(Push::bytes).sum();
            if used >= room {
                break;
            }
            let Some((push, end)) = self.carried_part(log, &carry, room - used)? else {
                stays += self.carry_no_more(log, &carry)?;
                continue;
            };
            pushes.push(push);
            if end < carry.last() && carry.through.is_some() {
                break;
            }
        }
        Ok(Carrying { pushes, stays })
    }

    /// The next part of a log that is carried, and up to which op it reaches; none where no head follows soon enough.
    fn carried_part(&self, log: Log, carry: &Carry, room: usize) -> Result<Option<(Push, u64)>, StoreError> {
        let (incarnation, scope) = log;
        let push = |from, entries, head, openings| Push {
            scope,
            from,
            entries,
            head,
            incarnation: Some(incarnation),
            openings,
        };
        let Some(through) = carry.through else {
            return Ok(Some((push(1, Vec::new(), Bytes(Vec::new()), None), 0)));
        };
        let heads = carry.sized();
        let mut statement = self.transaction.prepare_cached(
            "select position, bytes, first from tx where incarnation = ?1 and scope = ?2 and first > ?3 and first <= ?4
             order by first",
        )?;
        let key = params![Col(incarnation), Col(scope), through.cast_signed(), carry.last().cast_signed()];
        let mut rows = statement.query(key)?;
        let (mut entries, mut bytes, mut cut) = (Vec::new(), 0, None);
        while let Some(row) = rows.next()? {
            let entry = EntryBytes { transaction: Bytes(row.get(1)?), ops: self.ops_of(row.get(0)?)? };
            let end = row.get::<_, i64>(2)?.unsigned_abs() + entry.ops.len() as u64 - 1;
            let packed = entry.to_sent();
            bytes += packed.len();
            // One transaction goes whole: none is larger than a push takes.
            if (bytes > MOST && !entries.is_empty()) || (bytes > room && cut.is_some()) {
                break;
            }
            entries.push(Bytes(packed));
            if let Some(head) = heads.get(&end) {
                cut = Some((entries.len(), end, Bytes::clone(head)));
            }
        }
        let Some((count, end, head)) = cut else { return Ok(None) };
        entries.truncate(count);
        let openings = self.telling(incarnation, scope, through + 1, end)?;
        let openings = Some(openings).filter(|told| !told.is_empty());
        Ok(Some((push(through + 1, entries, head, openings), end)))
    }

    /// Carries a log no more. Returns how many of its ops the server is not known to have.
    fn carry_no_more(&self, log: Log, carry: &Carry) -> Result<u64, StoreError> {
        self.forget_local(&name(log))?;
        Ok(carry.last().saturating_sub(carry.through.unwrap_or_default()))
    }

    /// Hears what the server has of the logs that are carried, after it was told `pushed`. What it has is carried no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn hear_carried(&self, pushed: &[Log], told: &[Carried]) -> Result<HeardCarried, StoreError> {
        let mut heard = HeardCarried::default();
        for (log, carry) in self.carries()?.into_iter().filter(|(log, _)| pushed.contains(log)) {
            let received = told.iter().find(|told| told.incarnation == log.0);
            let received = received.map(|told| {
                let here = told.received.iter().find(|received| received.scope == log.1);
                here.map_or((0, Frontier::default().root()), |received| (received.through, received.root))
            });
            heard.moved = true;
            match received {
                Some((through, _)) if through >= carry.last() => self.forget_local(&name(log))?,
                // It moved on, and has what stands here: the rest follows.
                Some((through, root))
                    if carry.through != Some(through) && self.root_at(log, through)? == Some(root) =>
                {
                    let carry = Carry { through: Some(through), ..carry };
                    self.set_local(&name(log), &carry.to_bytes())?;
                }
                received => {
                    heard.stays += carry.last().saturating_sub(received.map_or(0, |(through, _)| through));
                    self.forget_local(&name(log))?;
                }
            }
        }
        Ok(heard)
    }

    /// The installations of which any log is carried.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn carrying(&self) -> Result<BTreeSet<Incarnation>, StoreError> {
        Ok(self.carries()?.into_iter().map(|((incarnation, _), _)| incarnation).collect())
    }

    /// Carries no log any more: the server takes none from here. Returns how many of their ops it is not known to have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_carried(&self) -> Result<u64, StoreError> {
        let mut stays = 0;
        for (log, carry) in self.carries()? {
            stays += self.carry_no_more(log, &carry)?;
        }
        Ok(stays)
    }

    fn scopes_of(&self, incarnation: Incarnation) -> Result<Vec<Scope>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select scope from log where incarnation = ?1 order by scope")?;
        let rows = statement.query_map([Col(incarnation)], |row| row.get::<_, Col<Scope>>(0))?;
        Ok(rows.map(|row| row.map(|column| column.0)).collect::<Result<_, _>>()?)
    }

    fn carries(&self) -> Result<Vec<(Log, Carry)>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("select name, value from local where name >= ?1 and name < ?2")?;
        let rows = statement.query_map([CARRIED, CARRIED_END], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(rows
            .iter()
            .filter_map(|(name, bytes)| Some((log_of(name)?, Carry::from_bytes(bytes).ok()?)))
            .collect())
    }
}
