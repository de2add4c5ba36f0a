//! The log as it arrived: transactions and ops byte for byte, the Merkle frontier of each log, and the
//! heads that were signed over it.

use crypto::Frontier;
use crypto::log::{EntryBytes, OpBytes};
use deadpool_postgres::GenericClient;
use domain::sync::{Judged, Named, Received, Ruling};
use domain::wire::{Bytes, Message, Wire};
use domain::{Hlc, Incarnation, Scope, Value};
use tokio_postgres::Row;

use crate::Problem;
use crate::database::{column, execute, number, query};
use crate::receive::Settled;

/// A transaction that is kept, with what became of it.
pub(crate) struct Kept {
    pub(crate) first: u64,
    pub(crate) bytes: EntryBytes,
    pub(crate) verdict: Ruling,
    pub(crate) fault: Option<String>,
    pub(crate) clamp: Option<Hlc>,
}

/// The frontier of a log, held until the transaction ends; an empty one where there is no such log.
pub(crate) async fn hold(
    client: &impl GenericClient,
    incarnation: Incarnation,
    scope: Scope,
) -> Result<Frontier, Problem> {
    let new = "insert into log (incarnation, scope, size, frontier) values ($1, $2, 0, $3)
               on conflict do nothing";
    execute(client, new, &[&incarnation.0, &scope.0, &Frontier::default().to_bytes()]).await?;
    let sql = "select frontier from log where incarnation = $1 and scope = $2 for update";
    let rows = query(client, sql, &[&incarnation.0, &scope.0]).await?;
    frontier(rows.first().ok_or(Problem::Damaged("log"))?)
}

/// What the server has of an incarnation, by scope.
pub(crate) async fn received(
    client: &impl GenericClient,
    incarnation: Incarnation,
) -> Result<Vec<Received>, Problem> {
    let sql = "select scope, frontier from log where incarnation = $1 and size > 0 order by scope";
    let mut received = Vec::new();
    for row in query(client, sql, &[&incarnation.0]).await? {
        let frontier = frontier(&row)?;
        let scope = Scope(row.try_get("scope")?);
        received.push(Received { scope, through: frontier.size(), root: frontier.root() });
    }
    Ok(received)
}

/// The transactions of a log from the op `from` up to the op `through`.
pub(crate) async fn read(
    client: &impl GenericClient,
    incarnation: Incarnation,
    scope: Scope,
    from: u64,
    through: u64,
) -> Result<Vec<Kept>, Problem> {
    let sql = "select tx.first, tx.bytes, tx.verdict, tx.fault, tx.clamp, op.header, op.body, op.signature
               from tx join op on op.incarnation = tx.incarnation and op.scope = tx.scope
                              and op.seq between tx.first and tx.first + tx.size - 1
               where tx.incarnation = $1 and tx.scope = $2 and tx.first between $3 and $4
               order by op.seq";
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&incarnation.0, &scope.0, &number(from), &number(through)];
    let rows = query(client, sql, &values).await?;
    rows.chunk_by(|one, next| one.get::<_, i64>("first") == next.get::<_, i64>("first")).map(kept).collect()
}

/// What became of `named`, as far as these scopes have them.
pub(crate) async fn judged(
    client: &impl GenericClient,
    scopes: [Scope; 2],
    named: &[Named],
) -> Result<Vec<Judged>, Problem> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "select tx.incarnation, tx.scope, tx.first, tx.verdict, tx.fault
               from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as named (incarnation, scope, first)
               join tx using (incarnation, scope, first) where tx.scope = any($4)
               order by tx.incarnation, tx.scope, tx.first";
    let incarnations: Vec<_> = named.iter().map(|named| named.incarnation.0).collect();
    let of: Vec<_> = named.iter().map(|named| named.scope.0).collect();
    let firsts: Vec<_> = named.iter().map(|named| number(named.first)).collect();
    let scopes = scopes.map(|scope| scope.0);
    let rows = query(client, sql, &[&incarnations, &of, &firsts, &scopes.as_slice()]).await?;
    let judged = |row: &Row| {
        Ok(Judged {
            incarnation: Incarnation(row.try_get("incarnation")?),
            scope: Scope(row.try_get("scope")?),
            first: column(row, "first")?,
            verdict: ruling(row)?,
            fault: row.try_get("fault")?,
        })
    };
    rows.iter().map(judged).collect()
}

fn ruling(row: &Row) -> Result<Ruling, Problem> {
    let verdict = Ruling::from_value(&Value::text(row.try_get::<_, &str>("verdict")?));
    verdict.ok_or(Problem::Damaged("verdict"))
}

/// The transaction of rows that hold one op each.
pub(crate) fn kept(rows: &[Row]) -> Result<Kept, Problem> {
    let row = rows.first().ok_or(Problem::Damaged("transaction"))?;
    let ops: Result<Vec<OpBytes>, Problem> = rows.iter().map(op).collect();
    Ok(Kept {
        first: column(row, "first")?,
        bytes: EntryBytes { transaction: Bytes(row.try_get("bytes")?), ops: ops? },
        verdict: ruling(row)?,
        fault: row.try_get("fault")?,
        clamp: clamp(row)?,
    })
}

/// The stamp in the column `clamp`.
pub(crate) fn clamp(row: &Row) -> Result<Option<Hlc>, Problem> {
    let stamp: Option<i64> = row.try_get("clamp")?;
    Ok(stamp.and_then(|stamp| Hlc::from_value(&Value::Int(stamp))))
}

fn op(row: &Row) -> Result<OpBytes, Problem> {
    let signature: Option<&[u8]> = row.try_get("signature")?;
    let signature = signature.map(|bytes| bytes.try_into().map_err(|_| Problem::Damaged("signature")));
    Ok(OpBytes {
        header: Bytes(row.try_get("header")?),
        body: row.try_get::<_, Option<Vec<u8>>>("body")?.map(Bytes),
        signature: signature.transpose()?,
    })
}

fn frontier(row: &Row) -> Result<Frontier, Problem> {
    Frontier::from_bytes(row.try_get("frontier")?).map_err(|_| Problem::Damaged("frontier"))
}

/// Keeps new transactions of one incarnation.
pub(crate) async fn append(
    client: &impl GenericClient,
    incarnation: Incarnation,
    settled: &[Settled],
    now: u64,
) -> Result<(), Problem> {
    let sql =
        "insert into tx (incarnation, scope, first, size, author, verdict, fault, clamp, received, bytes)
               select $1, scope, first, size, author, verdict, fault, clamp, $2, bytes
               from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::text[], $8::text[],
                           $9::bigint[], $10::bytea[])
                    as new (scope, first, size, author, verdict, fault, clamp, bytes)";
    let of = |settled: &Settled| settled.item.entry.transaction.clone();
    let scopes: Vec<_> = settled.iter().map(|settled| of(settled).scope.0).collect();
    let firsts: Vec<_> = settled.iter().map(|settled| number(of(settled).first)).collect();
    let sizes: Vec<_> = settled.iter().map(|settled| number(of(settled).size)).collect();
    let authors: Vec<_> = settled.iter().map(|settled| of(settled).author.0).collect();
    let rulings: Vec<Value> = settled.iter().map(|settled| settled.verdict.to_value()).collect();
    let verdicts: Vec<_> = rulings.iter().map(Value::as_text).collect();
    let faults: Vec<_> = settled.iter().map(|settled| settled.fault.as_deref()).collect();
    let clamps: Vec<_> = settled.iter().map(|settled| settled.clamp.map(stamp)).collect();
    let bytes: Vec<_> = settled.iter().map(|settled| settled.item.bytes.transaction.0.as_slice()).collect();
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 10] = [
        &incarnation.0,
        &number(now),
        &scopes,
        &firsts,
        &sizes,
        &authors,
        &verdicts,
        &faults,
        &clamps,
        &bytes,
    ];
    execute(client, sql, &values).await?;
    append_ops(client, incarnation, settled).await
}

async fn append_ops(
    client: &impl GenericClient,
    incarnation: Incarnation,
    settled: &[Settled],
) -> Result<(), Problem> {
    let sql = "insert into op (incarnation, scope, seq, first, record, patient, header, body, signature)
               select $1, scope, seq, first, record, patient, header, body, signature
               from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[], $6::uuid[], $7::bytea[],
                           $8::bytea[], $9::bytea[])
                    as new (scope, seq, first, record, patient, header, body, signature)";
    let ops = || {
        settled.iter().flat_map(|settled| {
            let entry = &settled.item.entry;
            entry.ops.iter().zip(&settled.item.bytes.ops).map(|(op, bytes)| (&entry.transaction, op, bytes))
        })
    };
    let scopes: Vec<_> = ops().map(|(_, op, _)| op.header.scope.0).collect();
    let seqs: Vec<_> = ops().map(|(_, op, _)| number(op.header.seq)).collect();
    let firsts: Vec<_> = ops().map(|(transaction, ..)| number(transaction.first)).collect();
    let records: Vec<_> = ops().map(|(_, op, _)| op.header.record.0).collect();
    let patients: Vec<_> = ops().map(|(_, op, _)| op.header.patient.map(|patient| patient.0)).collect();
    let headers: Vec<_> = ops().map(|(.., bytes)| bytes.header.0.as_slice()).collect();
    let bodies: Vec<_> = ops().map(|(.., bytes)| bytes.body.as_ref().map(|body| body.0.as_slice())).collect();
    let signatures: Vec<_> =
        ops().map(|(.., bytes)| bytes.signature.as_ref().map(<[u8; 64]>::as_slice)).collect();
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 9] =
        [&incarnation.0, &scopes, &seqs, &firsts, &records, &patients, &headers, &bodies, &signatures];
    execute(client, sql, &values).await?;
    Ok(())
}

/// Moves a log's end, with the signed head that vouches for it.
pub(crate) async fn advance(
    client: &impl GenericClient,
    incarnation: Incarnation,
    scope: Scope,
    frontier: &Frontier,
    head: &[u8],
) -> Result<(), Problem> {
    let sql = "update log set size = $3, frontier = $4 where incarnation = $1 and scope = $2";
    let size = number(frontier.size());
    execute(client, sql, &[&incarnation.0, &scope.0, &size, &frontier.to_bytes()]).await?;
    let sql = "insert into signed_head (incarnation, scope, size, bytes) values ($1, $2, $3, $4)";
    execute(client, sql, &[&incarnation.0, &scope.0, &size, &head]).await?;
    Ok(())
}

/// The signed head of this size.
pub(crate) async fn head(
    client: &impl GenericClient,
    incarnation: Incarnation,
    scope: Scope,
    size: u64,
) -> Result<Vec<u8>, Problem> {
    let sql = "select bytes from signed_head where incarnation = $1 and scope = $2 and size = $3";
    let rows = query(client, sql, &[&incarnation.0, &scope.0, &number(size)]).await?;
    Ok(rows.first().ok_or(Problem::Damaged("signed head"))?.try_get("bytes")?)
}

fn stamp(stamp: Hlc) -> i64 {
    match stamp.to_value() {
        Value::Int(stamp) => stamp,
        _ => 0,
    }
}
