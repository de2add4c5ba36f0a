//! The audit log of each workstation, kept entry for entry and fed to nobody.

use crypto::audit::AuditEntry;
use crypto::{Frontier, Head, Signed};
use deadpool_postgres::GenericClient;
use domain::Incarnation;
use domain::sync::AuditPush;
use domain::wire::{Bytes, Message};

use crate::Problem;
use crate::clinic::Clinic;
use crate::database::{column, execute, number, query};
use crate::peer::Peer;

/// Keeps the entries of `push` that are new. Those that are not must be what is kept, to the byte;
/// beyond a gap nothing is kept, and the answer says how many entries are.
pub(crate) async fn append(
    client: &impl GenericClient,
    clinic: &Clinic,
    peer: &Peer,
    push: &AuditPush,
) -> Result<(), Problem> {
    let head = checked(clinic, peer, push)?;
    let mut frontier = hold(client, peer.incarnation).await?;
    let size = frontier.size();
    if push.from > size + 1 {
        return Ok(());
    }
    let seen = usize::try_from(size + 1 - push.from).unwrap_or(usize::MAX).min(push.entries.len());
    let (seen, fresh) = push.entries.split_at(seen);
    compare(client, peer.incarnation, push.from, seen).await?;
    if fresh.is_empty() {
        return Ok(());
    }
    fresh.iter().for_each(|entry| frontier.append(&entry.0));
    if (frontier.size(), frontier.root()) != (head.size, head.root) {
        // The entries follow, and yet the log is another one: it differs somewhere before them.
        return Err(Problem::AuditFork { seq: size + 1 });
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
    Ok(())
}

/// How many entries of an incarnation's audit log are kept.
pub(crate) async fn size(client: &impl GenericClient, incarnation: Incarnation) -> Result<u64, Problem> {
    let sql = "select size from audit_log where incarnation = $1";
    let rows = query(client, sql, &[&incarnation.0]).await?;
    rows.first().map_or(Ok(0), |row| column(row, "size"))
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

/// That what is pushed again is what was pushed before.
async fn compare(
    client: &impl GenericClient,
    incarnation: Incarnation,
    from: u64,
    seen: &[Bytes],
) -> Result<(), Problem> {
    if seen.is_empty() {
        return Ok(());
    }
    let sql = "select bytes from audit_entry where incarnation = $1 and seq >= $2 order by seq limit $3";
    let rows = query(client, sql, &[&incarnation.0, &number(from), &number(seen.len() as u64)]).await?;
    for ((row, entry), seq) in rows.iter().zip(seen).zip(from..) {
        if row.try_get::<_, &[u8]>("bytes")? != entry.0.as_slice() {
            return Err(Problem::AuditFork { seq });
        }
    }
    Ok(())
}
