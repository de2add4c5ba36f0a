//! `POST /sync`: one question, one answer.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use crypto::exchange::{digest_of, known};
use crypto::log::EntryBytes;
use crypto::{Frontier, Signed};
use deadpool_postgres::GenericClient;
use domain::sync::{
    Answer, Carried, Cursor, Judged, LARGEST, LARGEST_REPORT, MOST_ASKED_AGAIN, OLDEST, Page, Question,
    Receipt, Received, VERSION,
};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, hex};

use crate::body::Body;
use crate::clinic::Clinic;
use crate::http::Server;
use crate::peer::Peer;
use crate::receive::receive;
use crate::{Problem, audit, body, clinic, feed, log, looked, peer};

/// What an answer has beside pages and verdicts, at most: two logs, a receipt, who looked, and what holds them.
const AROUND: u64 = 128 << 10;
/// What a verdict takes beside its fault, at most.
const VERDICT: u64 = 160;

/// Takes in what is pushed, and tells what is new.
pub(crate) async fn sync(State(server): State<Server>, body: Body) -> Result<Response, Problem> {
    let signed: Signed<Question> = body::read(&body, LARGEST)?;
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    let (peer, question) = peer::open(&connection, &clinic, &signed).await?;
    drop(connection);
    let foreign = |scope| scope != clinic.scope && scope != peer.site_scope;
    if question.cursors.iter().any(|cursor| foreign(cursor.scope)) {
        return Err(Problem::ForgedScope);
    }
    let disputed = question.disputed.as_deref().unwrap_or_default();
    let report = question.report.as_ref().map_or(0, |report| report.0.len());
    if disputed.len() > MOST_ASKED_AGAIN || report > LARGEST_REPORT {
        return Err(Problem::TooLarge);
    }
    let now = server.clock.now();
    let mut taken = receive(&server.pool, &clinic, &peer, &question, now).await?;
    // Only what is committed is told, one's own ops too. What somebody carries in meanwhile may be in the pages alone.
    let connection = server.pool.get().await?;
    taken.judged.extend(log::judged(&connection, [clinic.scope, peer.site_scope], disputed).await?);
    let mut received = log::received(&connection, peer.incarnation).await?;
    let carried = carried(&connection, &peer, &question).await?;
    let looked = match &question.looked {
        Some(ask) => looked::answer(&connection, &clinic, &peer, ask, now).await?,
        None => None,
    };
    let mut pages = pages(&connection, &clinic, &question, &taken.judged).await?;
    let signs = question.v > OLDEST;
    if !signs {
        pages.iter_mut().try_for_each(in_protocol_1)?;
    }
    let pushed = !question.pushes.is_empty() || question.audit.is_some();
    let audit = match taken.audit {
        Some(through) => through,
        None => audit::size(&connection, peer.incarnation).await?,
    };
    if signs && !pushed && question.known == Some(known(&received)) {
        received.clear();
    } else {
        add_empty(&question, &mut received);
    }
    let answer = Answer {
        v: question.v,
        epoch: clinic.epoch,
        now,
        receipt: pushed.then(|| receipt(&clinic, &peer, &received, now)),
        // Whoever sits down or works pushes something: an idle question needs no more than it needed.
        forks: if pushed {
            Some(audit::forks(&connection).await?).filter(|forks| !forks.is_empty())
        } else {
            None
        },
        received,
        verdicts: taken.judged,
        present: peer::present(&connection, &pages).await?,
        pages,
        audit,
        question: signs.then(|| digest_of(&signed)),
        carried,
        notes: None,
        looked,
    };
    told(&question, &answer);
    if signs { body::answer_briefly(&Signed::new(&clinic.key, &answer)) } else { body::answer(&answer) }
}

/// Tells a page as protocol 1 has it: entries with every digest, and no openings.
fn in_protocol_1(page: &mut Page) -> Result<(), Problem> {
    page.openings = None;
    for fed in &mut page.entries {
        let entry = EntryBytes::from_sent(&fed.entry.0).map_err(|_| Problem::Damaged("entry"))?;
        fed.entry = Bytes(entry.to_bytes());
    }
    Ok(())
}

/// Says of each scope that the question follows and of which the server has nothing, that it has nothing: it may have lost
/// it.
fn add_empty(question: &Question, received: &mut Vec<Received>) {
    for Cursor { scope, .. } in &question.cursors {
        if !received.iter().any(|log| log.scope == *scope) {
            received.push(Received { scope: *scope, through: 0, root: Frontier::default().root() });
        }
    }
}

/// What the server has of the logs that the question carries.
async fn carried(
    client: &impl GenericClient,
    peer: &Peer,
    question: &Question,
) -> Result<Option<Vec<Carried>>, Problem> {
    let others: BTreeSet<Incarnation> = question.pushes.iter().filter_map(|push| push.incarnation).collect();
    let mut carried = Vec::new();
    for incarnation in others.into_iter().filter(|incarnation| *incarnation != peer.incarnation) {
        carried.push(Carried { incarnation, received: log::received(client, incarnation).await? });
    }
    Ok(Some(carried).filter(|carried| !carried.is_empty()))
}

/// The pages that fit. A cursor of another epoch means nothing: the feed begins again.
async fn pages(
    client: &impl GenericClient,
    clinic: &Clinic,
    question: &Question,
    verdicts: &[Judged],
) -> Result<Vec<Page>, Problem> {
    let told: u64 =
        verdicts.iter().map(|judged| VERDICT + judged.fault.as_ref().map_or(0, String::len) as u64).sum();
    let most = (LARGEST as u64).saturating_sub(AROUND + told);
    let mut room = feed::Room { wanted: question.budget.min(most), most };
    let same = question.epoch == clinic.epoch;
    let mut pages = Vec::new();
    for cursor in &question.cursors {
        let position = if same { cursor.position } else { 0 };
        pages.extend(feed::page(client, cursor.scope, position, &mut room).await?);
    }
    Ok(pages)
}

fn receipt(clinic: &Clinic, peer: &Peer, received: &[Received], now: u64) -> Bytes {
    let receipt = Receipt {
        v: VERSION,
        clinic: clinic.id,
        incarnation: peer.incarnation,
        received: received.to_vec(),
        now,
    };
    Bytes(Signed::new(&clinic.key, &receipt).to_bytes())
}

fn told(question: &Question, answer: &Answer) {
    let pushed: usize = question.pushes.iter().map(|push| push.entries.len()).sum();
    let fed: usize = answer.pages.iter().map(|page| page.entries.len()).sum();
    let faults = answer.verdicts.iter().filter(|judged| judged.fault.is_some()).count();
    let incarnation = question.incarnation.to_string();
    let act = question.act.map(|act| hex::encode(&act));
    let disputed = question.disputed.as_ref().map_or(0, Vec::len);
    tracing::info!(incarnation, act, pushed, faults, disputed, fed, audit = answer.audit, "synced");
}
