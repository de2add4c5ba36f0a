//! `POST /sync`: one question, one answer.

use axum::extract::State;
use axum::response::Response;
use crypto::Signed;
use deadpool_postgres::GenericClient;
use domain::sync::{Answer, Judged, LARGEST, PROTOCOL, Page, Question, Receipt, Received};
use domain::wire::{Bytes, Message};

use crate::body::Body;
use crate::clinic::Clinic;
use crate::http::Server;
use crate::peer::Peer;
use crate::receive::receive;
use crate::{Problem, audit, body, clinic, feed, log, peer};

/// What an answer has beside pages and verdicts, at most: two logs, a receipt, and what holds them.
const AROUND: u64 = 64 << 10;
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
    let now = server.clock.now();
    let taken = receive(&server.pool, &clinic, &peer, &question, now).await?;
    // Only what is committed is told, one's own ops too.
    let connection = server.pool.get().await?;
    let pages = pages(&connection, &clinic, &question, &taken.judged).await?;
    let received = log::received(&connection, peer.incarnation).await?;
    let pushed = !question.pushes.is_empty() || question.audit.is_some();
    let audit = match taken.audit {
        Some(through) => through,
        None => audit::size(&connection, peer.incarnation).await?,
    };
    let answer = Answer {
        v: PROTOCOL,
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
    };
    told(&question, &answer);
    body::answer(&answer)
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
        v: PROTOCOL,
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
    tracing::info!(incarnation, pushed, faults, fed, audit = answer.audit, "synced");
}
