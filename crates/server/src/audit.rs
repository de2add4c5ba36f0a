//! The audit log of each workstation, kept entry for entry and fed to nobody.

use crypto::audit::AuditEntry;
use crypto::{Frontier, Head, Signed};
use deadpool_postgres::GenericClient;
use domain::sync::{AuditPush, TrailFork};
use domain::wire::{Bytes, Message, Wire};
use domain::{Incarnation, cbor};

use crate::Problem;
use crate::clinic::Clinic;
use crate::database::{column, execute, number, query};
use crate::peer::Peer;

/// So many forked trails are told of; more are as bad.
const MOST_FORKS: i64 = 20;
/// Whom entries are about is noted of so many at a time.
const AT_ONCE: i64 = 2_000;

/// Keeps the entries of `push` that are new, and returns up to which entry the workstation need tell nothing again.
/// Beyond a gap nothing is kept. What does not follow from what was told before is kept beside it: a trail that was put
/// back or cloned keeps no record from coming in.
pub(crate) async fn append(
    client: &impl GenericClient,
    clinic: &Clinic,
    peer: &Peer,
    push: &AuditPush,
) -> Result<u64, Problem> {
    let head = checked(clinic, peer, push)?;
    let mut frontier = hold(client, peer.incarnation).await?;
    let size = frontier.size();
    if push.from > size + 1 {
        return match forks_at(client, peer.incarnation, push.from - 1).await? {
            true => keep_fork(client, peer, push, &head, push.from).await,
            false => Ok(size),
        };
    }
    let seen = usize::try_from(size + 1 - push.from).unwrap_or(usize::MAX).min(push.entries.len());
    let (seen, fresh) = push.entries.split_at(seen);
    if let Some(seq) = first_other(client, peer.incarnation, push.from, seen).await? {
        return keep_fork(client, peer, push, &head, seq).await;
    }
    if fresh.is_empty() {
        return Ok(head.size);
    }
    fresh.iter().for_each(|entry| frontier.append(&entry.0));
    if (frontier.size(), frontier.root()) != (head.size, head.root) {
        // The entries follow, and yet the log is another one: it differs somewhere before them.
        return keep_fork(client, peer, push, &head, size + 1).await;
    }
    let seqs: Vec<_> = (size + 1..=frontier.size()).map(number).collect();
    let entries: Vec<_> = fresh.iter().map(|entry| entry.0.as_slice()).collect();
    let sql = "insert into audit_entry (incarnation, seq, bytes)
               select $1, seq, bytes from unnest($2::bigint[], $3::bytea[]) as new (seq, bytes)";
    execute(client, sql, &[&peer.incarnation.0, &seqs, &entries]).await?;
    let end = number(frontier.size());
    let sql = "update audit_log set size = $2, frontier = $3 where incarnation = $1";
    execute(client, sql, &[&peer.incarnation.0, &end, &frontier.to_bytes()]).await?;
    let sql = "insert into audit_head (incarnation, size, bytes) values ($1, $2, $3)";
    execute(client, sql, &[&peer.incarnation.0, &end, &push.head.0]).await?;
    note(client, peer.incarnation).await?;
    Ok(frontier.size())
}

/// The entries that were told at the place `seq` of a log, also otherwise than at first.
pub(crate) async fn told_at(
    client: &impl GenericClient,
    incarnation: Incarnation,
    seq: u64,
) -> Result<Vec<AuditEntry>, Problem> {
    let sql = "select bytes from audit_entry where incarnation = $1 and seq = $2";
    let rows = query(client, sql, &[&incarnation.0, &number(seq)]).await?;
    let mut told = rows.iter().map(|row| read(row.try_get("bytes")?)).collect::<Result<Vec<_>, Problem>>()?;
    let sql = "select entries from audit_fork where incarnation = $1 and seq <= $2 and size >= $2";
    for row in query(client, sql, &[&incarnation.0, &number(seq)]).await? {
        let entries =
            cbor::decode(row.try_get("entries")?).ok().and_then(|list| Vec::<Bytes>::from_value(&list));
        for bytes in entries.ok_or(Problem::Damaged("audit fork"))? {
            let entry = read(&bytes.0)?;
            told.extend(Some(entry).filter(|entry| entry.seq == seq));
        }
    }
    Ok(told)
}

/// Notes whom those entries of a log are about that were not noted yet.
pub(crate) async fn note(client: &impl GenericClient, incarnation: Incarnation) -> Result<(), Problem> {
    let sql = "select seq, bytes from audit_entry
               where incarnation = $1 and seq > (select noted from audit_log where incarnation = $1)
               order by seq limit $2";
    loop {
        let rows = query(client, sql, &[&incarnation.0, &AT_ONCE]).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        let (mut seqs, mut patients, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for row in &rows {
            let entry = read(row.try_get("bytes")?)?;
            let Some(patient) = entry.patient else { continue };
            seqs.push(number(entry.seq));
            patients.push(patient.0);
            times.push(number(entry.hlc.milliseconds()));
        }
        let new = "insert into audit_patient (incarnation, seq, patient, at)
                   select $1, seq, patient, at from unnest($2::bigint[], $3::uuid[], $4::bigint[]) as new (seq, patient, at)
                   on conflict do nothing";
        execute(client, new, &[&incarnation.0, &seqs, &patients, &times]).await?;
        let noted: i64 = last.try_get("seq")?;
        let sql = "update audit_log set noted = greatest(noted, $2) where incarnation = $1";
        execute(client, sql, &[&incarnation.0, &noted]).await?;
    }
}

/// An entry of a trail.
pub(crate) fn read(bytes: &[u8]) -> Result<AuditEntry, Problem> {
    AuditEntry::from_bytes(bytes).map_err(|_| Problem::Damaged("audit entry"))
}

/// How many entries of an incarnation's audit log are kept, of what was told otherwise too.
pub(crate) async fn size(client: &impl GenericClient, incarnation: Incarnation) -> Result<u64, Problem> {
    let sql = "select coalesce(max(size), 0)::bigint as size
               from (select size from audit_log where incarnation = $1
                     union all select size from audit_fork where incarnation = $1) as told";
    let rows = query(client, sql, &[&incarnation.0]).await?;
    rows.first().map_or(Ok(0), |row| column(row, "size"))
}

/// The workstations whose audit log was told in two ways, each with the first entry that differs and both heads over it.
pub(crate) async fn forks(client: &impl GenericClient) -> Result<Vec<TrailFork>, Problem> {
    let sql = "select distinct on (incarnation) incarnation, seq, head as told,
                      coalesce((select bytes from audit_head
                                where audit_head.incarnation = audit_fork.incarnation and audit_head.size >= seq
                                order by audit_head.size limit 1),
                               (select bytes from audit_head where audit_head.incarnation = audit_fork.incarnation
                                order by audit_head.size desc limit 1)) as known
               from audit_fork join workstation using (incarnation)
               where not revoked order by incarnation, seq, size limit $1";
    let rows = query(client, sql, &[&MOST_FORKS]).await?;
    let forks = rows.iter().map(|row| {
        let known: Option<Vec<u8>> = row.try_get("known")?;
        Ok(known.map(|known| TrailFork {
            incarnation: Incarnation(row.get("incarnation")),
            seq: row.get::<_, i64>("seq").unsigned_abs(),
            known: Bytes(known),
            told: Bytes(row.get("told")),
        }))
    });
    Ok(forks.collect::<Result<Vec<_>, Problem>>()?.into_iter().flatten().collect())
}

/// Keeps `push`, which differs from what was told before from the entry `seq` on.
async fn keep_fork(
    client: &impl GenericClient,
    peer: &Peer,
    push: &AuditPush,
    head: &Head,
    seq: u64,
) -> Result<u64, Problem> {
    let sql = "insert into audit_fork (incarnation, size, root, seq, head, entries)
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    let entries = cbor::encode(&push.entries.to_value());
    let (size, root) = (number(head.size), head.root.as_slice());
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
        [&peer.incarnation.0, &size, &root, &number(seq), &push.head.0, &entries];
    execute(client, sql, &values).await?;
    tracing::warn!(incarnation = peer.incarnation.to_string(), seq, "an audit log was told in two ways");
    Ok(head.size)
}

/// Whether what was told otherwise ends at this size.
async fn forks_at(client: &impl GenericClient, incarnation: Incarnation, size: u64) -> Result<bool, Problem> {
    let sql = "select from audit_fork where incarnation = $1 and size = $2 limit 1";
    Ok(!query(client, sql, &[&incarnation.0, &number(size)]).await?.is_empty())
}

/// The head of a push whose entries are the peer's and stand where it says.
fn checked(clinic: &Clinic, peer: &Peer, push: &AuditPush) -> Result<Head, Problem> {
    let signed = Signed::<Head>::from_bytes(&push.head.0).map_err(|_| Problem::Malformed)?;
    let head = signed.open(&peer.key).map_err(|_| Problem::FalseSignature)?;
    for (bytes, seq) in push.entries.iter().zip(push.from..) {
        let entry = AuditEntry::from_bytes(&bytes.0).map_err(|_| Problem::Malformed)?;
        if entry.workstation != peer.incarnation {
            return Err(Problem::ForeignIncarnation);
        }
        if entry.seq != seq {
            return Err(Problem::Torn);
        }
    }
    let blank = Head::audit(clinic.id, peer.incarnation, &Frontier::default(), head.hlc);
    let size = (push.from + push.entries.len() as u64).checked_sub(1).filter(|_| push.from > 0);
    let expected = Head { size: size.ok_or(Problem::Torn)?, root: head.root, ..blank };
    if head == expected { Ok(head) } else { Err(Problem::FalseHead) }
}

async fn hold(client: &impl GenericClient, incarnation: Incarnation) -> Result<Frontier, Problem> {
    let new = "insert into audit_log (incarnation, size, frontier) values ($1, 0, $2) on conflict do nothing";
    execute(client, new, &[&incarnation.0, &Frontier::default().to_bytes()]).await?;
    let sql = "select frontier from audit_log where incarnation = $1 for update";
    let rows = query(client, sql, &[&incarnation.0]).await?;
    let row = rows.first().ok_or(Problem::Damaged("audit log"))?;
    Frontier::from_bytes(row.try_get("frontier")?).map_err(|_| Problem::Damaged("audit frontier"))
}

/// The first of the entries from `from` on that is not what was pushed before.
async fn first_other(
    client: &impl GenericClient,
    incarnation: Incarnation,
    from: u64,
    seen: &[Bytes],
) -> Result<Option<u64>, Problem> {
    if seen.is_empty() {
        return Ok(None);
    }
    let sql = "select bytes from audit_entry where incarnation = $1 and seq >= $2 order by seq limit $3";
    let rows = query(client, sql, &[&incarnation.0, &number(from), &number(seen.len() as u64)]).await?;
    for ((row, entry), seq) in rows.iter().zip(seen).zip(from..) {
        if row.try_get::<_, &[u8]>("bytes")? != entry.0.as_slice() {
            return Ok(Some(seq));
        }
    }
    Ok(None)
}
