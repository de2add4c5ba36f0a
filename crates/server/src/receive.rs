//! Taking in what a workstation pushes: everything of one question, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use crypto::Frontier;
use deadpool_postgres::{GenericClient, Pool};
use domain::admit::Entry;
use domain::sync::{Judged, Question, Ruling};
use domain::{Hlc, Scope};

use crate::clinic::Clinic;
use crate::decide::decide;
use crate::intake::{Batch, Item, Whose};
use crate::openings::Opening;
use crate::peer::Peer;
use crate::{Problem, arrived, audit, feed, intake, known, log, openings, peer, records};

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

/// What a question pushes, read and in the order in which it is taken in.
struct Pushed {
    batches: Vec<Batch>,
    openings: Vec<Opening>,
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
    let pushed = read(pool, clinic, peer, question).await?;
    if pushed.batches.is_empty() && pushed.openings.is_empty() && question.audit.is_none() {
        return Ok(Taken::default());
    }
    let mut attempt = 1;
    loop {
        let mut connection = pool.get().await?;
        let transaction = connection.transaction().await?;
        let taken = take(&transaction, clinic, peer, &pushed, question, now).await;
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

async fn read(pool: &Pool, clinic: &Clinic, peer: &Peer, question: &Question) -> Result<Pushed, Problem> {
    let mut pushed = Pushed { batches: Vec::new(), openings: Vec::new() };
    for push in &question.pushes {
        let carried = match push.incarnation.filter(|carried| *carried != peer.incarnation) {
            None => None,
            Some(carried) => {
                let owner = peer::of(&pool.get().await?, carried).await?;
                Some(owner.ok_or(Problem::ForeignIncarnation)?)
            }
        };
        let (owner, whose) = match &carried {
            None => (peer, Whose::Own),
            Some((owner, ended)) => (owner, if *ended { Whose::Ended } else { Whose::Carried }),
        };
        let batch = intake::read(clinic, (owner, whose), push, question.v)?;
        // Who carries a log speaks for it by its head alone.
        if whose == Whose::Own || batch.is_some() {
            pushed.openings.extend(openings::read(clinic, owner, push)?);
        }
        pushed.batches.extend(batch);
    }
    // What is carried comes first: the carrier's own may rest on it. A site's transactions rest on the clinic's: on the
    // people who write them.
    pushed.batches.sort_by_key(|batch| {
        let own = batch.incarnation == peer.incarnation;
        (own, batch.incarnation, batch.scope != clinic.scope, batch.from)
    });
    Ok(pushed)
}

async fn take(
    client: &impl GenericClient,
    clinic: &Clinic,
    peer: &Peer,
    pushed: &Pushed,
    question: &Question,
    now: u64,
) -> Result<Taken, Problem> {
    let audit = match &question.audit {
        Some(push) => Some(audit::append(client, clinic, peer, push).await?),
        None => None,
    };
    let mut brought = Brought::default();
    for batches in pushed.batches.chunk_by(|one, next| one.incarnation == next.incarnation) {
        continue_log(client, clinic, batches, &pushed.openings, now, &mut brought).await?;
    }
    // What is told alone.
    for opening in &pushed.openings {
        let (incarnation, scope) = (opening.said.incarnation, opening.scope);
        if !pushed.batches.iter().any(|batch| (batch.incarnation, batch.scope) == (incarnation, scope)) {
            let size = log::hold(client, incarnation, scope).await?.size();
            for fresh in openings::fresh(client, &[opening], size, size).await? {
                brought.openings.entry(scope).or_default().push(fresh);
            }
        }
    }
    for (scope, openings) in &brought.openings {
        let position = match brought.firsts.get(scope) {
            Some(first) => *first,
            None => feed::hold(client, *scope).await? + 1,
        };
        openings::keep(client, *scope, position, openings).await?;
    }
    Ok(Taken { judged: brought.judged, audit })
}

/// What a question brought.
#[derive(Default)]
struct Brought {
    judged: Vec<Judged>,
    /// The first new position of each scope.
    firsts: BTreeMap<Scope, u64>,
    /// The new messages of who sat where.
    openings: BTreeMap<Scope, Vec<Opening>>,
}

impl Brought {
    fn tell(&mut self, openings: Vec<Opening>) {
        for opening in openings {
            self.openings.entry(opening.scope).or_default().push(opening);
        }
    }
}

/// Takes in what continues one workstation's log, judged by what is known and told, among `openings`, of who sat there.
async fn continue_log(
    client: &impl GenericClient,
    clinic: &Clinic,
    batches: &[Batch],
    openings: &[Opening],
    now: u64,
    brought: &mut Brought,
) -> Result<(), Problem> {
    let Some(Batch { incarnation, whose, .. }) = batches.first() else { return Ok(()) };
    let (incarnation, whose) = (*incarnation, *whose);
    let mut frontiers = BTreeMap::new();
    for scope in batches.iter().map(|batch| batch.scope).collect::<BTreeSet<Scope>>() {
        frontiers.insert(scope, log::hold(client, incarnation, scope).await?);
    }
    let held: BTreeMap<Scope, u64> =
        frontiers.iter().map(|(scope, frontier)| (*scope, frontier.size())).collect();
    let mut new: Vec<Item> = Vec::new();
    let mut ends = Vec::new();
    for batch in batches {
        let Some(frontier) = frontiers.get_mut(&batch.scope) else { continue };
        if batch.from > frontier.size() + 1 {
            break;
        }
        let fresh = compare(client, batch, frontier, &mut brought.judged).await?;
        if !fresh.is_empty() {
            extend(frontier, batch, &fresh)?;
            ends.push(batch);
            new.extend(fresh);
        }
    }
    let mut told = Vec::new();
    for (scope, held) in held {
        let theirs = |opening: &&Opening| (opening.said.incarnation, opening.scope) == (incarnation, scope);
        let theirs: Vec<_> = openings.iter().filter(theirs).collect();
        let has = frontiers.get(&scope).map_or(held, Frontier::size);
        // Of what is carried a message speaks that stands before its last op, and no other.
        let has = if whose == Whose::Own { has } else { has.saturating_sub(1) };
        told.extend(openings::fresh(client, &theirs, held, has).await?);
    }
    if new.is_empty() {
        brought.tell(told);
        return Ok(());
    }
    let (settled, states) = settle(client, clinic, new, &mut told, whose, now).await?;
    brought.tell(told);
    log::append(client, incarnation, &settled, now).await?;
    arrived::name(client, settled.iter().flat_map(|settled| &settled.item.entry.ops)).await?;
    for batch in &ends {
        let Some(frontier) = frontiers.get(&batch.scope) else { continue };
        log::advance(client, incarnation, batch.scope, frontier, &batch.signed_head).await?;
    }
    brought.judged.extend(settled.iter().map(|settled| Judged {
        incarnation,
        scope: settled.item.entry.transaction.scope,
        first: settled.item.first(),
        verdict: settled.verdict,
        fault: settled.fault.clone(),
    }));
    let entries: Vec<feed::Entry> = settled.iter().map(|settled| entry(settled, &ends)).collect();
    let through = feed::publish(client, incarnation, &entries).await?;
    for (scope, last) in &through {
        let count = entries.iter().filter(|entry| entry.scope == *scope).count() as u64;
        brought.firsts.entry(*scope).or_insert(*last + 1 - count);
    }
    states.keep(client, &through).await
}

/// What of `batch` is new. The rest must be what is kept, to the byte.
async fn compare(
    client: &impl GenericClient,
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
    let kept = log::read(client, batch.incarnation, batch.scope, batch.from, through).await?;
    for (place, item) in seen.into_iter().enumerate() {
        let same = kept.get(place).filter(|kept| kept.first == item.first() && kept.bytes == item.bytes);
        let same = same.ok_or(Problem::Fork { scope: batch.scope, seq: item.first() })?;
        judged.push(Judged {
            incarnation: batch.incarnation,
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
        return Ok(());
    }
    // Whoever signs another root right behind what is kept here has others before it.
    let behind = batch.from > 1 && fresh.len() == batch.items.len();
    Err(match behind && batch.whose == Whose::Own {
        true => Problem::Fork { scope: batch.scope, seq: batch.from },
        false => Problem::FalseHead,
    })
}

/// Decides about each transaction in order, and tells the states of the records that change. Of what is `told` of a log that
/// somebody else carries only that stays which is signed by the person whom it names: the carrier may put messages of their
/// own among the true ones.
async fn settle(
    client: &impl GenericClient,
    clinic: &Clinic,
    new: Vec<Item>,
    told: &mut Vec<Opening>,
    whose: Whose,
    now: u64,
) -> Result<(Vec<Settled>, records::States), Problem> {
    let touched = new.iter().flat_map(|item| &item.entry.ops).map(|op| (op.header.record, op.header.scope));
    let mut states = records::States::hold(client, touched.collect()).await?;
    let entries: Vec<&Entry> = new.iter().map(|item| &item.entry).collect();
    let sat = told.iter().map(|opening| opening.said.user);
    let mut known = known::load(client, clinic, &entries, sat, now).await?;
    if whose != Whose::Own {
        told.retain(|opening| known.is_theirs(opening, &entries));
    }
    known.tell(told.clone());
    known.look_beside(client).await?;
    let settled: Result<Vec<_>, _> =
        new.into_iter().map(|item| decide(&mut known, item, whose, now, &mut states.changes)).collect();
    Ok((settled?, states))
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
