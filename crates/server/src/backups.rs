//! Backups of workstations: `PUT /backup` brings bytes of an object, `POST /backup/held` tells which objects are here,
//! `GET /backup/{sha256}` gives bytes of one, `POST /backup/doors` says to anybody who lost everything which installations
//! have a backup and what their papers open. What came stays: a workstation can add and take nothing away. Whoever runs
//! the server reads nothing in it.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::HeaderMap;
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post, put};
use crypto::exchange::digest_of;
use crypto::{Signed, Signs, sha256};
use domain::backup::is_object_name;
use domain::sync::{
    AskBackup, AskDoors, BackupDoors, BackupHeld, BackupPart, BlobHeld, BlobsHeld, LARGEST_ABOUT_BLOBS,
    LARGEST_CHUNK_MESSAGE, MOST_SLOTS, VERSION, WantObject,
};
use domain::wire::Bytes;
use domain::{ClinicId, Incarnation, Scope};

use crate::blobs::{self, Asker};
use crate::body::Body;
use crate::clinic::Clinic;
use crate::http::Server;
use crate::shelf::Slot;
use crate::{Problem, anonymous, arrived, body, clinic, shelf};

/// The routes. What anybody may ask without saying who they are is counted by address.
pub(crate) fn router(server: &Server) -> Router<Server> {
    let counted = middleware::from_fn_with_state(server.clone(), anonymous::count);
    let asked = || DefaultBodyLimit::max(LARGEST_ABOUT_BLOBS);
    Router::new()
        .route("/backup", put(part).layer(DefaultBodyLimit::max(LARGEST_CHUNK_MESSAGE)))
        .route("/backup/held", post(held).layer(asked()))
        .route("/backup/doors", post(doors).layer(asked()).layer(counted))
        .route("/backup/{sha256}", get(object))
}

/// Takes the next bytes of an object. Those that are here already are passed over.
async fn part(State(server): State<Server>, body: Body) -> Result<Response, Problem> {
    let signed: Signed<BackupPart> = body::read(&body, LARGEST_CHUNK_MESSAGE)?;
    let (asker, part): (_, BackupPart) = blobs::opened(&server, &signed).await?;
    if !is_object_name(&part.name) || part.line > shelf::MOST_LINES {
        return Err(Problem::Malformed);
    }
    blobs::within(&part.blob, part.offset, part.bytes.0.len() as u64)?;
    if server.media.is_none() {
        return Err(Problem::NoMedia);
    }
    if !shelf::has(&server.pool.get().await?, &part).await? {
        blobs::count(&server, &asker, shelf::ROW).await?;
    }
    shelf::begin(&server.pool, &part, server.backup_room).await?;
    let scopes = scopes(part.incarnation);
    let (media, row) = blobs::find(&server, scopes, &part.blob, false).await?;
    if !row.whole {
        blobs::take_fresh(&server, &asker, media, &row, (part.offset, &part.bytes.0)).await?;
    }
    let connection = server.pool.get().await?;
    let blobs = arrived::held(&connection, scopes, std::slice::from_ref(&part.blob)).await?;
    if blobs.iter().any(|held: &BlobHeld| held.whole) {
        shelf::came(&connection, &part).await?;
    }
    drop(connection);
    blobs::told(&asker.peer, "bytes of a backup came", part.bytes.0.len());
    let Asker { clinic, .. } = &asker;
    let (question, now) = (digest_of(&signed), server.clock.now());
    body::answer(&Signed::new(
        &clinic.key,
        &BlobsHeld { v: VERSION, clinic: clinic.id, question, now, blobs },
    ))
}

/// Tells which objects of a backup are here whole.
async fn held(State(server): State<Server>, body: Body) -> Result<Response, Problem> {
    let signed: Signed<AskBackup> = body::read(&body, LARGEST_ABOUT_BLOBS)?;
    let (clinic, asked) =
        read_by(&server, &signed, |asked| (asked.v, asked.clinic, asked.incarnation)).await?;
    let connection = server.pool.get().await?;
    let line = match asked.line {
        Some(line) => line,
        None => shelf::last_line(&connection, asked.incarnation).await?,
    };
    let (whose, names) = ((asked.incarnation, line), (asked.from.as_str(), asked.to.as_str()));
    let (objects, more) = shelf::objects(&connection, whose, names, asked.after).await?;
    let (question, now) = (digest_of(&signed), server.clock.now());
    let held = BackupHeld { v: VERSION, clinic: clinic.id, question, now, line, objects, more };
    body::answer(&Signed::new(&clinic.key, &held))
}

/// Gives bytes of an object. One that twice did not read as it came is here no more, so that it may come again.
async fn object(
    State(server): State<Server>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let signed: Signed<WantObject> = blobs::asks(&headers)?;
    let (_, wanted) = read_by(&server, &signed, |asked| (asked.v, asked.clinic, asked.incarnation)).await?;
    let (blob, offset) = (&wanted.blob, wanted.offset);
    blobs::is_named(&sha256, blob)?;
    let end = blobs::within(blob, offset, wanted.length)?;
    blobs::is_range(&headers, offset, end)?;
    if !shelf::is_object(&server.pool.get().await?, wanted.incarnation, blob).await? {
        return Err(Problem::UnnamedBlob);
    }
    let (media, row) = blobs::find(&server, scopes(wanted.incarnation), blob, true).await?;
    if !row.whole {
        return Err(Problem::NotWhole);
    }
    let mut bytes = blobs::read(media, &row, offset..end).await;
    if let Err(Problem::Damaged(_)) = bytes {
        // What was read wrong once may have been so on its way.
        bytes = blobs::read(media, &row, offset..end).await;
    }
    match bytes {
        Err(problem @ Problem::Damaged(_)) => {
            arrived::not_whole(&server.pool.get().await?, &row).await?;
            Err(problem)
        }
        bytes => blobs::partial(bytes?, blob, (offset, end)),
    }
}

/// Says which installations have a backup here, with what their papers open.
async fn doors(State(server): State<Server>, body: Body) -> Result<Response, Problem> {
    let asked: AskDoors = body::read(&body, LARGEST_ABOUT_BLOBS)?;
    if asked.v != VERSION {
        return Err(Problem::WrongVersion);
    }
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    let (mut rows, mut more) = shelf::doors(&connection, asked.after).await?;
    let of: Vec<_> = rows.iter().map(|row| row.incarnation).collect();
    let mut first = shelf::first_slots(&connection, &of).await?;
    drop(connection);
    let (mut read, mut told) = (0, 0);
    for row in &mut rows {
        let mut slots = first.remove(&row.incarnation).unwrap_or_default();
        slots.retain(|(name, blob)| row.slots.get(name).is_none_or(|last| sha256(&[&last.0]) != blob.sha256));
        if read > 0 && read + slots.len() > MOST_READ {
            more = true;
            break;
        }
        (read, told) = (read + slots.len(), told + 1);
        row.earlier = earlier(&server, row.incarnation, slots).await?;
    }
    rows.truncate(told);
    body::answer(&BackupDoors { v: VERSION, clinic: clinic.id, rows, more })
}

/// So many slots that came before others are read for one answer, at most.
const MOST_READ: usize = 4 * MOST_SLOTS;

/// The bytes of `slots`, but for those that do not read as they came.
async fn earlier(
    server: &Server,
    of: Incarnation,
    slots: Vec<Slot>,
) -> Result<Option<BTreeMap<String, Vec<Bytes>>>, Problem> {
    let mut earlier = BTreeMap::<_, Vec<_>>::new();
    for (name, blob) in slots {
        let (media, row) = blobs::find(server, scopes(of), &blob, true).await?;
        if !row.whole {
            continue;
        }
        match blobs::read(media, &row, 0..blob.size).await {
            Err(Problem::Damaged(_)) => {}
            bytes => earlier.entry(name).or_default().push(Bytes(bytes?)),
        }
    }
    Ok(Some(earlier).filter(|earlier| !earlier.is_empty()))
}

/// A question of whoever reads a backup: the key that signed it is the one that its workstation named.
async fn read_by<T: Signs>(
    server: &Server,
    signed: &Signed<T>,
    about: impl Fn(&T) -> (u64, ClinicId, Incarnation),
) -> Result<(Clinic, T), Problem> {
    let claimed = signed.claimed().map_err(|_| Problem::Malformed)?;
    let (version, id, of) = about(&claimed);
    if version != VERSION {
        return Err(Problem::WrongVersion);
    }
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    if id != clinic.id {
        return Err(Problem::WrongClinic);
    }
    let key = shelf::reader(&connection, of).await?.ok_or(Problem::NoBackup)?;
    let asked = signed.open(&key).map_err(|_| Problem::FalseSignature)?;
    Ok((clinic, asked))
}

/// Under which its objects' bytes are kept.
fn scopes(of: Incarnation) -> [uuid::Uuid; 2] {
    let Scope(own) = Scope(of.0);
    [own, own]
}
