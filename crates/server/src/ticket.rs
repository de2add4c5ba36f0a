//! Tickets: `POST /ticket` leaves one for the workstation that will join, `POST /ticket/{id}` fetches it
//! by the short name of its seed's public key, which only the holder of the printed code can know.

use axum::extract::{Path, State};
use axum::response::Response;
use crypto::Signed;
use crypto::certify::{KeyCertificate, Subject, trust};
use crypto::signed::key_id;
use deadpool_postgres::GenericClient;
use domain::access::Permission;
use domain::hex;
use domain::sync::{Deposit, Introduction, LARGEST_INTRODUCTION, Leave, Ticket, VERSION};
use domain::wire::{Bytes, Message};
use uuid::Uuid;

use crate::body::Body;
use crate::clinic::Clinic;
use crate::database::{execute, query};
use crate::http::Server;
use crate::introduce::{chain, keys};
use crate::{Problem, body, clinic, known, peer, records};

/// Keeps a ticket that an enrolled workstation brings.
pub(crate) async fn deposit(State(server): State<Server>, body: Body) -> Result<(), Problem> {
    let signed: Signed<Deposit> = body::read(&body, LARGEST_INTRODUCTION)?;
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    let (_, deposit) = peer::open(&connection, &clinic, &signed).await?;
    let leave = deposit.leave;
    let ticket = read(&connection, &clinic, &leave, server.clock.now()).await?;
    let sql = "insert into ticket (id, leave) values ($1, $2) on conflict (id) do nothing";
    execute(&connection, sql, &[&key_id(&ticket.seed).as_slice(), &leave.to_bytes()]).await?;
    Ok(())
}

/// Hands a ticket to whoever knows its name: only the seed opens what is sealed in it.
pub(crate) async fn fetch(State(server): State<Server>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = hex::decode(&id).ok_or(Problem::NoTicket)?;
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    let rows = query(&connection, "select leave, used_by from ticket where id = $1", &[&id]).await?;
    let row = rows.first().ok_or(Problem::NoTicket)?;
    if row.try_get::<_, Option<Uuid>>("used_by")?.is_some() {
        return Err(Problem::TicketUsed);
    }
    let leave = Leave::from_bytes(row.try_get("leave")?).map_err(|_| Problem::Damaged("ticket"))?;
    read(&connection, &clinic, &leave, server.clock.now()).await?;
    body::answer(&leave)
}

/// The certificate of a workstation that joins by `ticket`, which is used up by it.
pub(crate) async fn check(
    client: &impl GenericClient,
    clinic: &Clinic,
    introduction: &Introduction,
    ticket: &[u8],
    now: u64,
) -> Result<KeyCertificate, Problem> {
    let (last, above) = introduction.chain.split_last().ok_or(Problem::NotTrusted)?;
    let leave = Leave { ticket: Bytes(ticket.to_vec()), chain: above.to_vec() };
    let ticket = read(client, clinic, &leave, now).await?;
    let last = Signed::<KeyCertificate>::from_bytes(&last.0).map_err(|_| Problem::Malformed)?;
    let certificate = last.open(&ticket.seed).map_err(|_| Problem::NotTrusted)?;
    let (_, incarnation) = keys(introduction, &certificate)?;
    let fits = certificate.by == Some(ticket.by)
        && introduction.workstation == ticket.workstation
        && introduction.site_scope == ticket.site_scope;
    if !fits {
        return Err(Problem::NotTrusted);
    }
    // One ticket, one workstation, which may ask again.
    let sql = "insert into ticket as held (id, leave, used_by) values ($1, $2, $3)
               on conflict (id) do update set used_by = excluded.used_by
               where held.used_by is null or held.used_by = excluded.used_by";
    let id = key_id(&ticket.seed);
    let used = execute(client, sql, &[&id.as_slice(), &leave.to_bytes(), &incarnation.0]).await?;
    if used == 1 { Ok(certificate) } else { Err(Problem::TicketUsed) }
}

/// A ticket of this clinic that an administrator signed and that has not run out.
async fn read(
    client: &impl GenericClient,
    clinic: &Clinic,
    leave: &Leave,
    now: u64,
) -> Result<Ticket, Problem> {
    let giver = trust(&clinic.root, clinic.id, &chain(&leave.chain)?).map_err(|_| Problem::NotTrusted)?;
    let key = giver.signs_with.filter(|_| giver.kind == Subject::User).ok_or(Problem::NotTrusted)?;
    let signed = Signed::<Ticket>::from_bytes(&leave.ticket.0).map_err(|_| Problem::Malformed)?;
    let ticket = signed.open(&key).map_err(|_| Problem::NotTrusted)?;
    if ticket.v != VERSION {
        return Err(Problem::WrongVersion);
    }
    if (ticket.clinic, ticket.root, ticket.clinic_scope) != (clinic.id, clinic.root, clinic.scope) {
        return Err(Problem::WrongClinic);
    }
    if ticket.until <= now {
        return Err(Problem::TicketExpired);
    }
    if ticket.by != giver.subject {
        return Err(Problem::NotTrusted);
    }
    // The records must still say so of who gave it.
    if !known::may(client, clinic, ticket.by, Permission::WorkstationEdit, now).await? {
        return Err(Problem::NotAllowed);
    }
    // An administrator may end a workstation before it has joined.
    if records::is_ended(client, ticket.workstation).await? { Err(Problem::Revoked) } else { Ok(ticket) }
}
