//! Feeds: what the workstations of a scope must see, at positions without gaps that become visible in
//! their order.
//!
//! A position from a sequence would be given before its transaction commits: a reader who is quicker
//! than a slow writer would pass it by for ever. Here the last statement of a transaction takes the row
//! of each scope, in their order, and with it the next numbers; until the commit nobody else gets any.

use std::collections::BTreeMap;

use deadpool_postgres::GenericClient;
use domain::sync::{Fed, Page};
use domain::wire::Bytes;
use domain::{Incarnation, Scope};

use crate::Problem;
use crate::database::{column, number, query};
use crate::{log, openings};

/// A transaction that goes into a feed.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The scope.
    pub scope: Scope,
    /// The sequence number of its first op.
    pub first: u64,
    /// The size of the signed head with which its push ends, for the last one of a push.
    pub head: Option<u64>,
    /// The length of its bytes.
    pub bytes: u64,
}

/// What an entry takes in a page beside its own bytes, at most.
const AROUND: u64 = 120;
/// No entry is smaller: a transaction and a header have keys and ids of this length.
const LEAST: u64 = 420;
/// So many rows hold the largest push.
const MOST_ROWS: i64 = 20_000;

/// Gives `entries` of one incarnation their positions, and tells the last one of each scope. Until the commit the
/// scopes stand still for everybody else: little comes after this.
///
/// # Errors
/// When the database refuses.
pub async fn publish(
    client: &impl GenericClient,
    incarnation: Incarnation,
    entries: &[Entry],
) -> Result<BTreeMap<Scope, u64>, Problem> {
    let sql = "with entry as (
                   select scope, row_number() over (partition by scope order by line) as place, first, head, bytes
                   from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[])
                        with ordinality as given (scope, first, head, bytes, line)
               ), asked as (
                   select scope, count(*) as size from entry group by scope order by scope
               ), taken as (
                   insert into scope_head as held (scope, position) select scope, size from asked order by scope
                   on conflict (scope) do update set position = held.position + excluded.position
                   returning scope, position
               ), fed as (
                   insert into feed (scope, position, incarnation, first, head, bytes)
                   select scope, taken.position - asked.size + entry.place, $1, first, head, bytes
                   from entry join asked using (scope) join taken using (scope)
               )
               select scope, position from taken";
    let scopes: Vec<_> = entries.iter().map(|entry| entry.scope.0).collect();
    let firsts: Vec<_> = entries.iter().map(|entry| number(entry.first)).collect();
    let heads: Vec<_> = entries.iter().map(|entry| entry.head.map(number)).collect();
    let bytes: Vec<_> = entries.iter().map(|entry| number(entry.bytes)).collect();
    let rows = query(client, sql, &[&incarnation.0, &scopes, &firsts, &heads, &bytes]).await?;
    rows.iter().map(|row| Ok((Scope(row.try_get("scope")?), column(row, "position")?))).collect()
}

/// The last position of a scope's feed, which stands still for everybody else until the commit.
pub(crate) async fn hold(client: &impl GenericClient, scope: Scope) -> Result<u64, Problem> {
    let sql = "insert into scope_head as held (scope, position) values ($1, 0)
               on conflict (scope) do update set position = held.position returning position";
    let rows = query(client, sql, &[&scope.0]).await?;
    rows.first().map_or(Ok(0), |row| column(row, "position"))
}

/// How much may still go into an answer.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// What the asker would take.
    pub wanted: u64,
    /// What fits at all: one push is given even if the asker wanted less.
    pub most: u64,
}

/// The part of a scope's feed after `cursor`, up to the end of a push; `None` where there is nothing
/// new. A cursor beyond the feed's end is of a server that knew more: the feed begins again.
///
/// # Errors
/// When the database refuses, or what it holds does not read back.
pub async fn page(
    client: &impl GenericClient,
    scope: Scope,
    cursor: u64,
    room: &mut Room,
) -> Result<Option<Page>, Problem> {
    let rows = query(client, "select position from scope_head where scope = $1", &[&scope.0]).await?;
    let end = rows.first().map_or(Ok(0), |row| column(row, "position"))?;
    if cursor == end {
        return Ok(None);
    }
    let after = if cursor > end { 0 } else { cursor };
    let empty = Page {
        scope,
        entries: Vec::new(),
        heads: Vec::new(),
        next: after,
        more: after < end,
        openings: None,
    };
    let rows = i64::try_from(room.wanted / LEAST).unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS);
    let cut = match cut(client, scope, after, rows, room.wanted).await? {
        None => first_push(client, scope, after).await?.filter(|cut| cut.bytes <= room.most),
        cut => cut,
    };
    let Some(cut) = cut else { return Ok(Some(empty)) };
    // Once something is given, nothing more than was wanted is.
    room.wanted = room.wanted.saturating_sub(cut.bytes);
    room.most = room.most.saturating_sub(cut.bytes).min(room.wanted);
    let entries = entries(client, scope, after, cut.position).await?;
    let mut heads = Vec::new();
    for (incarnation, size) in &cut.heads {
        heads.push(Bytes(log::head(client, *incarnation, scope, *size).await?));
    }
    let openings = openings::told(client, scope, after, cut.position).await?;
    Ok(Some(Page { entries, heads, next: cut.position, more: cut.position < end, openings, ..empty }))
}

/// The end of a push, with the last head of each log up to there.
struct Cut {
    position: u64,
    bytes: u64,
    heads: BTreeMap<Incarnation, u64>,
}

/// The last end of a push within `rows` and `bytes`.
async fn cut(
    client: &impl GenericClient,
    scope: Scope,
    after: u64,
    rows: i64,
    bytes: u64,
) -> Result<Option<Cut>, Problem> {
    let sql = "select position, incarnation, head, bytes from feed
               where scope = $1 and position > $2 order by position limit $3";
    let (mut total, mut heads, mut found) = (0, BTreeMap::new(), None);
    let openings = openings::sizes(client, scope, after, after.saturating_add(rows.unsigned_abs())).await?;
    for row in query(client, sql, &[&scope.0, &number(after), &rows]).await? {
        let beside = openings.get(&column(&row, "position")?).copied().unwrap_or_default();
        total += column(&row, "bytes")? + beside + AROUND;
        if total > bytes {
            break;
        }
        if row.try_get::<_, Option<i64>>("head")?.is_some() {
            let position = column(&row, "position")?;
            heads.insert(Incarnation(row.try_get("incarnation")?), column(&row, "head")?);
            found = Some((position, total));
        }
    }
    Ok(found.map(|(position, bytes)| Cut { position, bytes, heads }))
}

/// The first push, however large.
async fn first_push(client: &impl GenericClient, scope: Scope, after: u64) -> Result<Option<Cut>, Problem> {
    let sql = "select position, incarnation, head,
                      (select sum(bytes + $3)::bigint from feed
                       where scope = $1 and position > $2 and position <= ends.position) as bytes
               from feed as ends where scope = $1 and position > $2 and head is not null
               order by position limit 1";
    let rows = query(client, sql, &[&scope.0, &number(after), &number(AROUND)]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let heads = [(Incarnation(row.try_get("incarnation")?), column(row, "head")?)].into();
    let position = column(row, "position")?;
    let beside: u64 = openings::sizes(client, scope, after, position).await?.values().sum();
    Ok(Some(Cut { position, bytes: column(row, "bytes")? + beside, heads }))
}

/// The transactions at the positions after `after` and up to `through`.
async fn entries(
    client: &impl GenericClient,
    scope: Scope,
    after: u64,
    through: u64,
) -> Result<Vec<Fed>, Problem> {
    let sql = "select feed.position, tx.first, tx.bytes, tx.verdict, tx.fault, tx.clamp,
                      op.header, op.body, op.signature
               from feed
               join tx on tx.incarnation = feed.incarnation and tx.scope = feed.scope and tx.first = feed.first
               join op on op.incarnation = tx.incarnation and op.scope = tx.scope
                      and op.seq between tx.first and tx.first + tx.size - 1
               where feed.scope = $1 and feed.position > $2 and feed.position <= $3
               order by feed.position, op.seq";
    let rows = query(client, sql, &[&scope.0, &number(after), &number(through)]).await?;
    let mut entries = Vec::new();
    for chunk in rows.chunk_by(|one, next| one.get::<_, i64>("position") == next.get::<_, i64>("position")) {
        let Some(row) = chunk.first() else { continue };
        let kept = log::kept(chunk)?;
        entries.push(Fed {
            position: column(row, "position")?,
            entry: Bytes(kept.bytes.to_sent()),
            verdict: kept.verdict,
            fault: kept.fault,
            clamp: kept.clamp,
        });
    }
    Ok(entries)
}
