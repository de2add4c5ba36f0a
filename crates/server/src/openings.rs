//! Signed messages that open and end sessions. They are no ops: each is kept once a scope, and told with the entry of the
//! feed that came with it, or with the next one. What they say is asked when an entry is judged; who signed them, too.

use std::collections::BTreeMap;

use crypto::{Signed, sha256};
use deadpool_postgres::GenericClient;
use domain::session::Session;
use domain::sync::Push;
use domain::wire::{Bytes, Message};
use domain::{Incarnation, Scope};

use crate::Problem;
use crate::clinic::Clinic;
use crate::database::{column, execute, number, query};
use crate::peer::Peer;

/// A message as it was told to the log of a scope. Nobody's signature was looked at yet.
#[derive(Clone)]
pub(crate) struct Opening {
    pub(crate) scope: Scope,
    pub(crate) said: Session,
    pub(crate) signed: Signed<Session>,
    bytes: Vec<u8>,
}

impl Opening {
    fn read(scope: Scope, bytes: &[u8]) -> Option<Self> {
        let signed = Signed::<Session>::from_bytes(bytes).ok()?;
        Some(Self { scope, said: signed.claimed().ok()?, signed, bytes: bytes.to_vec() })
    }

    /// How far the log was to which it was told.
    fn size(&self) -> u64 {
        self.said.reach(self.scope)
    }
}

/// What `push` tells of who sat at the workstation of `peer`.
pub(crate) fn read(clinic: &Clinic, peer: &Peer, push: &Push) -> Result<Vec<Opening>, Problem> {
    let read = |bytes: &Bytes| {
        let opening = Opening::read(push.scope, &bytes.0).ok_or(Problem::Malformed)?;
        if opening.said.clinic != clinic.id {
            return Err(Problem::WrongClinic);
        }
        if opening.said.incarnation != peer.incarnation {
            return Err(Problem::ForeignIncarnation);
        }
        Ok(opening)
    };
    push.openings.iter().flatten().map(read).collect()
}

/// What of `told`, all of one incarnation, is new to a log that had `held` ops before the question and has `has` now. What
/// stands beyond that waits for what is between. What stands before it would change what was judged, and is passed over: a
/// store that has lost its last ops says so before it has them back.
///
/// # Errors
/// [`Problem::Fork`] for a number that is not above those that are kept.
pub(crate) async fn fresh(
    client: &impl GenericClient,
    told: &[&Opening],
    held: u64,
    has: u64,
) -> Result<Vec<Opening>, Problem> {
    let Some(first) = told.first() else { return Ok(Vec::new()) };
    let least = told.iter().map(|opening| opening.said.number).min().unwrap_or_default();
    let sql = "select number, digest from opening where incarnation = $1 and scope = $2
               and number >= least($3, (select max(number) from opening where incarnation = $1 and scope = $2))";
    let rows = query(client, sql, &[&first.said.incarnation.0, &first.scope.0, &number(least)]).await?;
    let known: Result<BTreeMap<u64, Vec<u8>>, Problem> =
        rows.iter().map(|row| Ok((column(row, "number")?, row.try_get("digest")?))).collect();
    let known = known?;
    let last = known.keys().next_back().copied().unwrap_or_default();
    let mut fresh = Vec::new();
    for opening in told {
        let (number, size) = (opening.said.number, opening.size());
        let is_known = known.get(&number).is_some_and(|digest| *digest == sha256(&[&opening.bytes]));
        if is_known || size > has || size < held {
            continue;
        }
        if number <= last {
            return Err(Problem::Fork { scope: opening.scope, seq: size + 1 });
        }
        fresh.push(Opening::clone(opening));
    }
    Ok(fresh)
}

/// What was told of who sat there when the ops of `incarnation` from `from` on were written, to the log of `scope`; and
/// the first that was told at all.
pub(crate) async fn known(
    client: &impl GenericClient,
    incarnation: Incarnation,
    scope: Scope,
    from: u64,
) -> Result<Vec<Opening>, Problem> {
    let sql = "(select scope, bytes from opening where incarnation = $1 order by scope, size, number limit 1)
               union all
               select scope, bytes from opening where incarnation = $1 and scope = $2 and size >= coalesce(
                   (select max(size) from opening where incarnation = $1 and scope = $2 and size < $3), 0)";
    let rows = query(client, sql, &[&incarnation.0, &scope.0, &number(from)]).await?;
    let read = |row: &tokio_postgres::Row| {
        let scope = Scope(row.try_get("scope")?);
        Opening::read(scope, row.try_get("bytes")?).ok_or(Problem::Damaged("opening"))
    };
    rows.iter().map(read).collect()
}

/// Keeps `openings` of `scope`, to be told with the entry at `position`. Those that are kept already stay where they are.
pub(crate) async fn keep(
    client: &impl GenericClient,
    scope: Scope,
    position: u64,
    openings: &[Opening],
) -> Result<(), Problem> {
    let digests: Vec<_> = openings.iter().map(|opening| sha256(&[&opening.bytes])).collect();
    let digests: Vec<_> = digests.iter().map(<[u8; 32]>::as_slice).collect();
    let bytes: Vec<_> = openings.iter().map(|opening| opening.bytes.as_slice()).collect();
    let incarnations: Vec<_> = openings.iter().map(|opening| opening.said.incarnation.0).collect();
    let sizes: Vec<_> = openings.iter().map(|opening| number(opening.size())).collect();
    let numbers: Vec<_> = openings.iter().map(|opening| number(opening.said.number)).collect();
    let sql = "insert into opening (scope, position, digest, bytes, incarnation, size, number)
               select $1, $2, digest, bytes, incarnation, size, number
               from unnest($3::bytea[], $4::bytea[], $5::uuid[], $6::bigint[], $7::bigint[])
                    as new (digest, bytes, incarnation, size, number)
               on conflict do nothing";
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
        [&scope.0, &number(position), &digests, &bytes, &incarnations, &sizes, &numbers];
    execute(client, sql, &values).await?;
    Ok(())
}

/// Of what was told at one place of a log only the last speaks: the others are kept, and told to nobody.
const SPEAKS: &str = "not exists (select from opening as later
    where later.incarnation = opening.incarnation and later.scope = opening.scope
      and later.size = opening.size and later.number > opening.number)";

/// How many bytes are told with each of the entries after `after`, up to `through`.
pub(crate) async fn sizes(
    client: &impl GenericClient,
    scope: Scope,
    after: u64,
    through: u64,
) -> Result<BTreeMap<u64, u64>, Problem> {
    let sql = format!(
        "select position, sum(octet_length(bytes) + $4)::bigint as bytes from opening
         where scope = $1 and position > $2 and position <= $3 and {SPEAKS} group by position"
    );
    let rows = query(client, &sql, &[&scope.0, &number(after), &number(through), &AROUND]).await?;
    rows.iter().map(|row| Ok((column(row, "position")?, column(row, "bytes")?))).collect()
}

/// What is told with the entries after `after`, up to `through`; none where there is nothing.
pub(crate) async fn told(
    client: &impl GenericClient,
    scope: Scope,
    after: u64,
    through: u64,
) -> Result<Option<Vec<Bytes>>, Problem> {
    let sql = format!(
        "select bytes from opening where scope = $1 and position > $2 and position <= $3 and {SPEAKS}
         order by position, digest"
    );
    let rows = query(client, &sql, &[&scope.0, &number(after), &number(through)]).await?;
    let openings: Result<Vec<_>, Problem> = rows.iter().map(|row| Ok(Bytes(row.try_get("bytes")?))).collect();
    Ok(Some(openings?).filter(|openings| !openings.is_empty()))
}

/// What one takes in a page beside its own bytes, at most.
const AROUND: i32 = 9;
