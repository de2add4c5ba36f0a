//! Signed messages that open and end sessions. They are no ops: each is kept once a scope, and told with the entry of the
//! feed that came with it, or with the next one.

use std::collections::{BTreeMap, BTreeSet};

use crypto::sha256;
use deadpool_postgres::GenericClient;
use domain::Scope;
use domain::wire::Bytes;

use crate::Problem;
use crate::database::{column, execute, number, query};

/// Keeps `openings` of `scope`, to be told with the entry at `position`. Those that are kept already stay where they are.
pub(crate) async fn keep(
    client: &impl GenericClient,
    scope: Scope,
    position: u64,
    openings: &BTreeSet<Vec<u8>>,
) -> Result<(), Problem> {
    let digests: Vec<_> = openings.iter().map(|bytes| sha256(&[bytes])).collect();
    let digests: Vec<_> = digests.iter().map(<[u8; 32]>::as_slice).collect();
    let openings: Vec<_> = openings.iter().map(Vec::as_slice).collect();
    let sql = "insert into opening (scope, digest, position, bytes)
               select $1, digest, $2, bytes from unnest($3::bytea[], $4::bytea[]) as new (digest, bytes)
               on conflict do nothing";
    execute(client, sql, &[&scope.0, &number(position), &digests, &openings]).await?;
    Ok(())
}

/// How many bytes are told with each of the entries after `after`, up to `through`.
pub(crate) async fn sizes(
    client: &impl GenericClient,
    scope: Scope,
    after: u64,
    through: u64,
) -> Result<BTreeMap<u64, u64>, Problem> {
    let sql = "select position, sum(octet_length(bytes) + $4)::bigint as bytes from opening
               where scope = $1 and position > $2 and position <= $3 group by position";
    let rows = query(client, sql, &[&scope.0, &number(after), &number(through), &AROUND]).await?;
    rows.iter().map(|row| Ok((column(row, "position")?, column(row, "bytes")?))).collect()
}

/// What is told with the entries after `after`, up to `through`; none where there is nothing.
pub(crate) async fn told(
    client: &impl GenericClient,
    scope: Scope,
    after: u64,
    through: u64,
) -> Result<Option<Vec<Bytes>>, Problem> {
    let sql = "select bytes from opening where scope = $1 and position > $2 and position <= $3
               order by position, digest";
    let rows = query(client, sql, &[&scope.0, &number(after), &number(through)]).await?;
    let openings: Result<Vec<_>, Problem> = rows.iter().map(|row| Ok(Bytes(row.try_get("bytes")?))).collect();
    Ok(Some(openings?).filter(|openings| !openings.is_empty()))
}

/// What one takes in a page beside its own bytes, at most.
const AROUND: i32 = 9;
