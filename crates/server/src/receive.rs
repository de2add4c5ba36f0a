//! Taking in what a workstation pushes: everything of one question, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use crypto::Frontier;
use deadpool_postgres::{GenericClient, Pool};
use domain::admit::Entry;
use domain::sync::{Judged, Question, Ruling};
use domain::{Hlc, RecordId, Scope};

use crate::clinic::Clinic;
use crate::decide::decide;
use crate::intake::{Batch, Item};
use crate::peer::Peer;
use crate::{Problem, audit, feed, intake, known, log, records};

/// How often a push is tried again when another one interferes.
const ATTEMPTS: u32 = 5;

/// A transaction with what became of it.
pub(crate) struct Settled {
    pub(crate) item: Item,
    pub(crate) verdict: Ruling,
    pub(crate) fault: Option<String>,
    pub(crate) clamp: Option<Hlc>,
}

/// What was taken in: what became of each transaction, and how far the audit log that was pushed is kept.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) judged: Vec<Judged>,
    pub(crate) audit: Option<u64>,
}

/// Keeps what `question` pushes. What is known already is compared and left as it is, and its verdict
/// told again; what lies beyond a gap waits for the gap to be filled.
pub(crate) async fn receive(
    pool: &Pool,
    clinic: &Clinic,
    peer: &Peer,
    question: &Question,
    now: u64,
) -> Result<Taken, Problem> {
    let batches: Result<Vec<_>, _> =
        question.pushes.iter().map(|push| intake::read(clinic, peer, push)).collect();
    let mut batches: Vec<Batch> = batches?.into_iter().flatten().collect();
    // A site's transactions rest on the clinic's: on the people who write them.
    batches.sort_by_key(|batch| (batch.scope != clinic.scope, batch.from));
    if batches.is_empty() && question.audit.is_none() {
        return Ok(Taken::default());
    }
    let mut attempt = 1;
    loop {
        let mut connection = pool.get().await?;
        let transaction = connection.transaction().await?;
        let taken = take(&transaction, clinic, peer, &batches, question, now).await;
        match taken {
            Ok(taken) => match transaction.commit().await.map_err(Problem::from) {
                Err(Problem::Busy) if attempt < ATTEMPTS => attempt += 1,
                committed => return committed.map(|()| taken),
            },
            Err(Problem::Busy) if attempt < ATTEMPTS => {
                transaction.rollback().await?;
                attempt += 1;
            }
            Err(problem) => return Err(problem),
        }
    }
}

async fn take(
    client: &impl GenericClient,
    clinic: &Clinic,
    peer: &Peer,
    batches: &[Batch],
    question: &Question,
    now: u64,
) -> Result<Taken, Problem> {
    let audit = match &question.audit {
        Some(push) => Some(audit::append(client, clinic, peer, push).await?),
        None => None,
    };
    let mut frontiers = BTreeMap::new();
    for scope in batches.iter().map(|batch| batch.scope).collect::<BTreeSet<Scope>>() {
        frontiers.insert(scope, log::hold(client, peer.incarnation, scope).await?);
    }
    let mut judged = Vec::new();
    let mut new: Vec<Item> = Vec::new();
    let mut ends = Vec::new();
    for batch in batches {
        let Some(frontier) = frontiers.get_mut(&batch.scope) else { continue };
        if batch.from > frontier.size() + 1 {
            break;
        }
        let fresh = compare(client, peer, batch, frontier, &mut judged).await?;
        if !fresh.is_empty() {
            extend(frontier, batch, &fresh)?;
            ends.push(batch);
            new.extend(fresh);
        }
    }
    if new.is_empty() {
        return Ok(Taken { judged, audit });
    }
    let settled = settle(client, clinic, new, now).await?;
    log::append(client, peer.incarnation, &settled, now).await?;
    for batch in &ends {
        let Some(frontier) = frontiers.get(&batch.scope) else { continue };
        log::advance(client, peer.incarnation, batch.scope, frontier, &batch.signed_head).await?;
    }
    judged.extend(settled.iter().map(|settled| Judged {
        incarnation: peer.incarnation,
        scope: settled.item.entry.transaction.scope,
        first: settled.item.first(),
        verdict: settled.verdict,
        fault: settled.fault.clone(),
    }));
    let entries: Vec<feed::Entry> = settled.iter().map(|settled| entry(settled, &ends)).collect();
    feed::publish(client, peer.incarnation, &entries).await?;
    Ok(Taken { judged, audit })
}

/// What of `batch` is new. The rest must be what is kept, to the byte.
async fn compare(
    client: &impl GenericClient,
    peer: &Peer,
    batch: &Batch,
    frontier: &Frontier,
    judged: &mut Vec<Judged>,
) -> Result<Vec<Item>, Problem> {
    let size = frontier.size();
    let (seen, fresh): (Vec<&Item>, Vec<&Item>) = batch.items.iter().partition(|item| item.first() <= size);
    if seen.is_empty() {
        return Ok(fresh.into_iter().cloned().collect());
    }
    let through = size.min(batch.head.size);
    let kept = log::read(client, peer.incarnation, batch.scope, batch.from, through).await?;
    for (place, item) in seen.into_iter().enumerate() {
        let same = kept.get(place).filter(|kept| kept.first == item.first() && kept.bytes == item.bytes);
        let same = same.ok_or(Problem::Fork { scope: batch.scope, seq: item.first() })?;
        judged.push(Judged {
            incarnation: peer.incarnation,
            scope: batch.scope,
            first: same.first,
            verdict: same.verdict,
            fault: same.fault.clone(),
        });
    }
    Ok(fresh.into_iter().cloned().collect())
}

/// Grows the Merkle log by the new ops, to the root that the workstation signed.
fn extend(frontier: &mut Frontier, batch: &Batch, fresh: &[Item]) -> Result<(), Problem> {
    for op in fresh.iter().flat_map(|item| &item.bytes.ops) {
        frontier.append(&op.header.0);
    }
    if (frontier.size(), frontier.root()) == (batch.head.size, batch.head.root) {
        Ok(())
    } else {
        Err(Problem::FalseHead)
    }
}

/// Decides about each transaction in order, and keeps the states of the records that change.
async fn settle(
    client: &impl GenericClient,
    clinic: &Clinic,
    new: Vec<Item>,
    now: u64,
) -> Result<Vec<Settled>, Problem> {
    let touched: BTreeSet<RecordId> =
        new.iter().flat_map(|item| &item.entry.ops).map(|op| op.header.record).collect();
    let held = records::hold(client, &touched).await?;
    let entries: Vec<&Entry> = new.iter().map(|item| &item.entry).collect();
    let mut known = known::load(client, clinic, &entries).await?;
    let mut changes = BTreeMap::new();
    let settled: Result<Vec<_>, _> =
        new.into_iter().map(|item| decide(&mut known, item, now, &mut changes)).collect();
    let settled = settled?;
    records::keep(client, &held, &changes).await?;
    Ok(settled)
}

fn entry(settled: &Settled, ends: &[&Batch]) -> feed::Entry {
    let (scope, last) = (settled.item.entry.transaction.scope, settled.item.last());
    let end = ends.iter().find(|batch| batch.scope == scope && batch.head.size == last);
    let fault = settled.fault.as_ref().map_or(0, String::len) as u64;
    feed::Entry {
        scope,
        first: settled.item.first(),
        head: end.map(|batch| batch.head.size),
        bytes: settled.item.length + fault,
    }
}
