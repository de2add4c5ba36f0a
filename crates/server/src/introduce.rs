//! `POST /introduce`: a clinic takes possession of an empty server, or one more workstation joins it.
//!
//! A clinic's first workstation shows the one-time code that the server's operator gave out, and a chain
//! from the clinic's root. Every other shows a ticket that an administrator signed, and a certificate
//! signed by the ticket's seed: so the server can enrol nobody by itself.

use axum::extract::State;
use axum::response::Response;
use crypto::certify::{KeyCertificate, Subject, trust};
use crypto::{Secret, Signed, SystemEntropy};
use deadpool_postgres::GenericClient;
use domain::sync::{Introduction, LARGEST_INTRODUCTION, VERSION, Welcome};
use domain::wire::{Bytes, Message, Wire};
use domain::{Incarnation, cbor};

use crate::body::Body;
use crate::clinic::Clinic;
use crate::database::execute;
use crate::http::Server;
use crate::{Problem, body, claim, clinic, epoch, peer, ticket};

/// Makes the workstation known; told again, the same answer is given again.
pub(crate) async fn introduce(State(server): State<Server>, body: Body) -> Result<Response, Problem> {
    let introduction: Introduction = body::read(&body, LARGEST_INTRODUCTION)?;
    if introduction.v != VERSION {
        return Err(Problem::WrongVersion);
    }
    let now = server.clock.now();
    let mut connection = server.pool.get().await?;
    let clinic = clinic::read(&connection).await?;
    if clinic.is_none() {
        // Counted by itself, so that a refusal does not undo it.
        let code = introduction.claim.as_ref().ok_or(Problem::NoLeave)?;
        claim::attempt(&connection, code, now).await?;
    }
    let transaction = connection.transaction().await?;
    let clinic = match clinic {
        None => take_possession(&transaction, &introduction, now).await?,
        Some(clinic) => join(&transaction, clinic, &introduction, now).await?,
    };
    transaction.commit().await?;
    let server = *clinic.key.public();
    body::answer(&Welcome { v: VERSION, clinic: clinic.id, server, epoch: clinic.epoch, now })
}

async fn take_possession(
    client: &impl GenericClient,
    introduction: &Introduction,
    now: u64,
) -> Result<Clinic, Problem> {
    let certificate = trust(&introduction.root, introduction.clinic, &chain(&introduction.chain)?)
        .map_err(|_| Problem::NotTrusted)?;
    let whose = (introduction.clinic, &introduction.root, introduction.clinic_scope);
    let key = Secret::random(&mut SystemEntropy::new());
    let home = epoch::home(client).await?;
    clinic::found(client, whose, &key, now, &home).await?;
    claim::use_up(client).await?;
    register(client, introduction, &certificate).await?;
    for former in introduction.formers.iter().flatten() {
        register_former(client, introduction, former).await?;
    }
    clinic::require(client).await
}

/// Makes an installation known that was before the one that takes possession, and speaks no more: that one carries its logs.
async fn register_former(
    client: &impl GenericClient,
    introduction: &Introduction,
    former: &[Bytes],
) -> Result<(), Problem> {
    let certificate =
        trust(&introduction.root, introduction.clinic, &chain(former)?).map_err(|_| Problem::NotTrusted)?;
    let of_it =
        Introduction { workstation: certificate.subject, chain: former.to_vec(), ..introduction.clone() };
    register(client, &of_it, &certificate).await
}

async fn join(
    client: &impl GenericClient,
    clinic: Clinic,
    introduction: &Introduction,
    now: u64,
) -> Result<Clinic, Problem> {
    let same = (introduction.clinic, introduction.root, introduction.clinic_scope)
        == (clinic.id, clinic.root, clinic.scope);
    let Some(ticket) = &introduction.ticket else {
        // A first answer may have been lost. Whoever else shows a code comes too late.
        let again = same && is_known(client, introduction, &last(introduction)?).await?;
        return match introduction.claim {
            _ if again => Ok(clinic),
            Some(_) => Err(Problem::AlreadyClaimed),
            None => Err(Problem::NoLeave),
        };
    };
    if !same {
        return Err(Problem::WrongClinic);
    }
    let certificate = ticket::check(client, &clinic, introduction, &ticket.0, now).await?;
    if !is_known(client, introduction, &certificate).await? {
        register(client, introduction, &certificate).await?;
    }
    Ok(clinic)
}

/// Whether this very installation was introduced before.
async fn is_known(
    client: &impl GenericClient,
    introduction: &Introduction,
    certificate: &KeyCertificate,
) -> Result<bool, Problem> {
    let Some((peer, _)) = peer::find(client, introduction.workstation).await? else { return Ok(false) };
    let same = Some(peer.key) == certificate.signs_with && Some(peer.incarnation) == certificate.incarnation;
    Ok(same && peer.site_scope == introduction.site_scope)
}

async fn register(
    client: &impl GenericClient,
    introduction: &Introduction,
    certificate: &KeyCertificate,
) -> Result<(), Problem> {
    let (key, Incarnation(incarnation)) = keys(introduction, certificate)?;
    let chain = cbor::encode(&introduction.chain.to_value());
    let ticket = introduction.ticket.as_ref().map(|ticket| ticket.0.as_slice());
    let sql = "insert into workstation (incarnation, record, key, site_scope, chain, ticket)
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    let (record, scope) = (introduction.workstation.0, introduction.site_scope.0);
    let made =
        execute(client, sql, &[&incarnation, &record, &key.as_slice(), &scope, &chain, &ticket]).await?;
    if made == 1 { Ok(()) } else { Err(Problem::WorkstationExists) }
}

/// The key and the incarnation that a certificate gives to the workstation that is introduced.
pub(crate) fn keys(
    introduction: &Introduction,
    certificate: &KeyCertificate,
) -> Result<([u8; 32], Incarnation), Problem> {
    let fits = certificate.kind == Subject::Workstation
        && certificate.subject == introduction.workstation
        && certificate.clinic == introduction.clinic;
    let keys = certificate.signs_with.zip(certificate.incarnation);
    keys.filter(|_| fits).ok_or(Problem::NotTrusted)
}

/// What the last certificate says, whoever signed it.
fn last(introduction: &Introduction) -> Result<KeyCertificate, Problem> {
    let chain = chain(&introduction.chain)?;
    chain.last().and_then(|last| last.claimed().ok()).ok_or(Problem::NotTrusted)
}

/// The certificates of a chain.
pub(crate) fn chain(chain: &[Bytes]) -> Result<Vec<Signed<KeyCertificate>>, Problem> {
    let read = |bytes: &Bytes| Signed::from_bytes(&bytes.0).map_err(|_| Problem::Malformed);
    chain.iter().map(read).collect()
}
