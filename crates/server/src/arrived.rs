//! How much of each file has arrived, by the scope whose ops name it.

use std::collections::BTreeSet;

use deadpool_postgres::GenericClient;
use domain::op::Op;
use domain::sync::{BlobHeld, BlobName};
use domain::{BlobRef, Incarnation, Scope};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::Problem;
use crate::database::{column, execute, number, query};
use crate::media::Part;

/// A file that an op of a scope names.
pub(crate) struct Arrived {
    scope: Scope,
    pub(crate) blob: BlobName,
    begun: Uuid,
    /// How many of its bytes are here.
    pub(crate) through: u64,
    /// Whether all are here and right.
    pub(crate) whole: bool,
}

impl Arrived {
    /// Its part of this number.
    pub(crate) fn part(&self, number: u64) -> Part<'_> {
        Part { scope: self.scope, blob: &self.blob, begun: self.begun, number }
    }
}

/// Remembers the files that new ops name. What became of them does not matter: a quarantined one may be let in by a
/// person, and has its files then.
pub(crate) async fn name<'a>(
    client: &impl GenericClient,
    ops: impl Iterator<Item = &'a Op>,
) -> Result<(), Problem> {
    let named = ops.flat_map(|op| op.sets().map(move |(_, value)| (op.header.scope.0, value)));
    let named: BTreeSet<_> = named
        .filter_map(|(scope, value)| {
            let blob = BlobRef::read(value)?;
            Some((scope, blob.digest()?, number(blob.size)))
        })
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let sql = "insert into blob (scope, sha256, size)
               select scope, sha256, size from unnest($1::uuid[], $2::bytea[], $3::bigint[])
                                               as named (scope, sha256, size)
               on conflict do nothing";
    let scopes: Vec<_> = named.iter().map(|(scope, ..)| *scope).collect();
    let digests: Vec<_> = named.iter().map(|(_, digest, _)| digest.as_slice()).collect();
    let sizes: Vec<_> = named.iter().map(|(.., size)| *size).collect();
    execute(client, sql, &[&scopes, &digests, &sizes]).await?;
    Ok(())
}

/// How much is here of those of `blobs` that these scopes name. Where both name one, it is whole once both have it.
pub(crate) async fn held(
    client: &impl GenericClient,
    scopes: [Uuid; 2],
    blobs: &[BlobName],
) -> Result<Vec<BlobHeld>, Problem> {
    let sql = "select sha256, size, bool_and(whole) as whole,
                      (array_agg(through order by whole, scope))[1] as through
               from unnest($1::bytea[], $2::bigint[]) with ordinality as asked (sha256, size, place)
               join blob using (sha256, size) where scope = any($3)
               group by sha256, size order by min(place)";
    let digests: Vec<_> = blobs.iter().map(|blob| blob.sha256.as_slice()).collect();
    let sizes: Vec<_> = blobs.iter().map(|blob| number(blob.size)).collect();
    let rows = query(client, sql, &[&digests, &sizes, &scopes.as_slice()]).await?;
    let held = |row: &Row| {
        Ok(BlobHeld { blob: name_of(row)?, through: column(row, "through")?, whole: row.try_get("whole")? })
    };
    rows.iter().map(held).collect()
}

/// A file that these scopes name; where both do, one that is whole first, or last.
pub(crate) async fn find(
    client: &impl GenericClient,
    scopes: [Uuid; 2],
    blob: &BlobName,
    whole_first: bool,
) -> Result<Option<Arrived>, Problem> {
    let sql = "select scope, sha256, size, begun, through, whole from blob
               where scope = any($1) and sha256 = $2 and size = $3
               order by whole = $4 desc, scope limit 1";
    let (digest, size) = (blob.sha256.as_slice(), number(blob.size));
    let rows = query(client, sql, &[&scopes.as_slice(), &digest, &size, &whole_first]).await?;
    let row = |row: &Row| {
        Ok(Arrived {
            scope: Scope(row.try_get("scope")?),
            blob: name_of(row)?,
            begun: row.try_get("begun")?,
            through: column(row, "through")?,
            whole: row.try_get("whole")?,
        })
    };
    rows.first().map(row).transpose()
}

pub(crate) fn name_of(row: &Row) -> Result<BlobName, Problem> {
    let digest: &[u8] = row.try_get("sha256")?;
    let sha256 = digest.try_into().map_err(|_| Problem::Damaged("digest"))?;
    Ok(BlobName { sha256, size: column(row, "size")? })
}

/// The bytes of `row` that fill no part yet.
pub(crate) async fn pieces(client: &impl GenericClient, row: &Arrived) -> Result<Vec<u8>, Problem> {
    let sql = "select bytes from blob_piece where scope = $1 and sha256 = $2 and size = $3 order by at";
    let (digest, size) = (row.blob.sha256.as_slice(), number(row.blob.size));
    let mut bytes = Vec::new();
    for piece in query(client, sql, &[&row.scope.0, &digest, &size]).await? {
        bytes.extend_from_slice(piece.try_get("bytes")?);
    }
    Ok(bytes)
}

/// Notes that `row` is here up to `through`: whole parts up to `parts`, and `piece` as the last of what fills none; `whole`
/// once that is all of it. `false` where somebody else was quicker.
pub(crate) async fn advance(
    client: &impl GenericClient,
    row: &Arrived,
    (parts, through): (u64, u64),
    piece: &[u8],
    whole: bool,
) -> Result<bool, Problem> {
    let sql = "with moved as (
                   update blob set through = $5, whole = $6
                   where scope = $1 and sha256 = $2 and size = $3 and through = $4 and begun = $7
                   returning scope
               ), gone as (
                   delete from blob_piece where scope = $1 and sha256 = $2 and size = $3 and at < $8
                                                and exists (select from moved)
               ), come as (
                   insert into blob_piece (scope, sha256, size, at, bytes)
                   select $1, $2, $3, greatest($4, $8), $9::bytea from moved where length($9::bytea) > 0
               )
               select from moved";
    let (digest, size) = (row.blob.sha256.as_slice(), number(row.blob.size));
    let (before, after, parts) = (number(row.through), number(through), number(parts));
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 9] =
        [&row.scope.0, &digest, &size, &before, &after, &whole, &row.begun, &parts, &piece];
    Ok(!query(client, sql, &values).await?.is_empty())
}

/// Forgets what came of `row`, whose bytes are not its own.
pub(crate) async fn begin_again(client: &impl GenericClient, row: &Arrived) -> Result<(), Problem> {
    let sql = "with begun as (
                   update blob set through = 0, begun = gen_random_uuid()
                   where scope = $1 and sha256 = $2 and size = $3 and begun = $4 returning scope
               )
               delete from blob_piece where scope = $1 and sha256 = $2 and size = $3 and exists (select from begun)";
    let (digest, size) = (row.blob.sha256.as_slice(), number(row.blob.size));
    execute(client, sql, &[&row.scope.0, &digest, &size, &row.begun]).await?;
    Ok(())
}

/// Forgets that `row` is whole: its bytes do not read as they came. They may come again; what is kept of them stays.
pub(crate) async fn not_whole(client: &impl GenericClient, row: &Arrived) -> Result<(), Problem> {
    let sql = "update blob set through = 0, whole = false, begun = gen_random_uuid()
               where scope = $1 and sha256 = $2 and size = $3 and begun = $4";
    let (digest, size) = (row.blob.sha256.as_slice(), number(row.blob.size));
    execute(client, sql, &[&row.scope.0, &digest, &size, &row.begun]).await?;
    Ok(())
}

/// Counts bytes that a workstation sends or fetches; `false` where that were more than `most` on this day.
pub(crate) async fn count(
    client: &impl GenericClient,
    incarnation: Incarnation,
    (day, most): (u64, u64),
    bytes: u64,
) -> Result<bool, Problem> {
    let sql = "insert into blob_day as known (incarnation, day, bytes) values ($1, $2, $3)
               on conflict (incarnation) do update
               set day = excluded.day,
                   bytes = excluded.bytes + case when known.day = excluded.day then known.bytes else 0 end
               where known.day <> excluded.day or known.bytes + excluded.bytes <= $4";
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&incarnation.0, &number(day), &number(bytes), &number(most)];
    Ok(execute(client, sql, &values).await? > 0)
}
