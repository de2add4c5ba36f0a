//! Files' bytes: `POST /blob/have` tells how much of each is here, `PUT /blob/{sha256}` brings the next ones,
//! `GET /blob/{sha256}` gives some. Of a file that no op names nothing is taken, and nothing is given of one that the
//! asker's feeds do not name. Ops never wait for any of this.

use std::ops::Range;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crypto::exchange::digest_of;
use crypto::{Digesting, Signed, Signs};
use domain::sync::{
    BlobChunk, BlobName, BlobsHeld, HaveBlobs, LARGEST_ABOUT_BLOBS, LARGEST_CHUNK, LARGEST_CHUNK_MESSAGE,
    MOST_BLOBS, VERSION, WantBlob,
};
use domain::wire::Message;
use domain::{Digest, hex};
use uuid::Uuid;

use crate::arrived::Arrived;
use crate::body::Body;
use crate::clinic::Clinic;
use crate::http::Server;
use crate::media::{Media, PART};
use crate::peer::{FromPeer, Peer};
use crate::{Problem, arrived, body, clinic, peer};

/// The scheme under which `GET` says who asks.
const SCHEME: &str = "ClinicDesk ";
const MEGABYTE: u64 = 1_000_000;
const DAY: u64 = 24 * 3600 * 1000;

/// Who asks.
pub(crate) struct Asker {
    pub(crate) clinic: Clinic,
    pub(crate) peer: Peer,
}

/// Tells how much of these files is here.
pub(crate) async fn have(State(server): State<Server>, body: Body) -> Result<Response, Problem> {
    let signed: Signed<HaveBlobs> = body::read(&body, LARGEST_ABOUT_BLOBS)?;
    let (asker, asked) = opened(&server, &signed).await?;
    if asked.blobs.len() > MOST_BLOBS {
        return Err(Problem::TooLarge);
    }
    answer(&server, &asker, &signed, &asked.blobs).await
}

/// Takes the next bytes of a file. Those that are here already are passed over.
pub(crate) async fn put(
    State(server): State<Server>,
    Path(sha256): Path<String>,
    body: Body,
) -> Result<Response, Problem> {
    let signed: Signed<BlobChunk> = body::read(&body, LARGEST_CHUNK_MESSAGE)?;
    let (asker, chunk) = opened(&server, &signed).await?;
    let (blob, bytes) = (&chunk.blob, &chunk.bytes.0);
    is_named(&sha256, blob)?;
    within(blob, chunk.offset, bytes.len() as u64)?;
    let (media, row) = find(&server, asker.scopes(), blob, false).await?;
    if !row.whole {
        take_fresh(&server, &asker, media, &row, (chunk.offset, bytes)).await?;
    }
    told(&asker.peer, "bytes of a file came", bytes.len());
    answer(&server, &asker, &signed, std::slice::from_ref(blob)).await
}

/// Gives bytes of a file that is here whole.
pub(crate) async fn get(
    State(server): State<Server>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (asker, wanted): (_, WantBlob) = opened(&server, &asks(&headers)?).await?;
    let (blob, offset) = (&wanted.blob, wanted.offset);
    is_named(&sha256, blob)?;
    let end = within(blob, offset, wanted.length)?;
    is_range(&headers, offset, end)?;
    let (media, row) = find(&server, asker.scopes(), blob, true).await?;
    if !row.whole {
        return Err(Problem::NotWhole);
    }
    count(&server, &asker, wanted.length).await?;
    let bytes = read(media, &row, offset..end).await?;
    told(&asker.peer, "bytes of a file went", bytes.len());
    partial(bytes, blob, (offset, end))
}

/// That the request asks for just these bytes, as its signed message does.
pub(crate) fn is_range(headers: &HeaderMap, offset: u64, end: u64) -> Result<(), Problem> {
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let same = range == Some(format!("bytes={offset}-{}", end - 1).as_str());
    if same { Ok(()) } else { Err(Problem::Malformed) }
}

/// The answer with the bytes from `offset` to `end`.
pub(crate) fn partial(
    bytes: Vec<u8>,
    blob: &BlobName,
    (offset, end): (u64, u64),
) -> Result<Response, Problem> {
    let range = HeaderValue::from_str(&format!("bytes {offset}-{}/{}", end - 1, blob.size));
    let range = range.map_err(|_| Problem::Damaged("range"))?;
    let content = HeaderValue::from_static("application/octet-stream");
    let headers = [(header::CONTENT_TYPE, content), (header::CONTENT_RANGE, range)];
    Ok((StatusCode::PARTIAL_CONTENT, headers, bytes).into_response())
}

impl Asker {
    /// The feeds that they follow.
    fn scopes(&self) -> [Uuid; 2] {
        [self.clinic.scope.0, self.peer.site_scope.0]
    }
}

// Nothing below holds a connection to the database while a slow store is spoken to: whoever brings ops needs them.

pub(crate) async fn opened<T: FromPeer>(server: &Server, signed: &Signed<T>) -> Result<(Asker, T), Problem> {
    let connection = server.pool.get().await?;
    let clinic = clinic::require(&connection).await?;
    let (peer, message) = peer::open(&connection, &clinic, signed).await?;
    Ok((Asker { clinic, peer }, message))
}

/// The signed message in the head of a request that has no body.
pub(crate) fn asks<T: Signs>(headers: &HeaderMap) -> Result<Signed<T>, Problem> {
    let said = headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
    let said = said.and_then(|said| URL_SAFE_NO_PAD.decode(said.strip_prefix(SCHEME)?).ok());
    said.and_then(|bytes| Signed::from_bytes(&bytes).ok()).ok_or(Problem::Malformed)
}

/// That the address names the file of the message.
pub(crate) fn is_named(sha256: &str, blob: &BlobName) -> Result<(), Problem> {
    if hex::encode(&blob.sha256) == sha256 { Ok(()) } else { Err(Problem::Malformed) }
}

/// Where `length` bytes from `offset` on end, if that is a chunk of the file.
pub(crate) fn within(blob: &BlobName, offset: u64, length: u64) -> Result<u64, Problem> {
    if length == 0 {
        return Err(Problem::Malformed);
    }
    if length > LARGEST_CHUNK {
        return Err(Problem::TooLarge);
    }
    let end = offset.checked_add(length).filter(|end| *end <= blob.size);
    end.ok_or(Problem::WrongOffset { through: blob.size })
}

/// The media, and how much is here of a file that these scopes have.
pub(crate) async fn find<'a>(
    server: &'a Server,
    scopes: [Uuid; 2],
    blob: &BlobName,
    whole_first: bool,
) -> Result<(&'a Media, Arrived), Problem> {
    let media = server.media.as_deref().ok_or(Problem::NoMedia)?;
    let row = arrived::find(&server.pool.get().await?, scopes, blob, whole_first).await?;
    Ok((media, row.ok_or(Problem::UnnamedBlob)?))
}

/// Counts bytes of files against what the workstation may send and fetch today.
pub(crate) async fn count(server: &Server, asker: &Asker, bytes: u64) -> Result<(), Problem> {
    let now = server.clock.now();
    let connection = server.pool.get().await?;
    let most = u64::from(server.files_a_day.get()) * MEGABYTE;
    let fits = arrived::count(&connection, asker.peer.incarnation, (now / DAY, most), bytes).await?;
    let seconds = (DAY - now % DAY).div_ceil(1000);
    if fits { Ok(()) } else { Err(Problem::Enough { seconds }) }
}

/// Takes those of `bytes`, which begin at `offset`, that are not here yet.
pub(crate) async fn take_fresh(
    server: &Server,
    asker: &Asker,
    media: &Media,
    row: &Arrived,
    (offset, bytes): (u64, &[u8]),
) -> Result<(), Problem> {
    let known = row.through.checked_sub(offset).ok_or(Problem::WrongOffset { through: row.through })?;
    let fresh = usize::try_from(known).ok().and_then(|known| bytes.get(known..)).unwrap_or_default();
    if fresh.is_empty() {
        return Ok(());
    }
    count(server, asker, bytes.len() as u64).await?;
    take(server, media, row, fresh).await
}

/// Appends bytes to those that are here. Whole parts go into the media. The last one ends the file, if all of it, as the
/// media give it back, is what the op named; else it begins again.
async fn take(server: &Server, media: &Media, row: &Arrived, fresh: &[u8]) -> Result<(), Problem> {
    let through = row.through + fresh.len() as u64;
    let whole = through == row.blob.size;
    let mut number = row.through / PART;
    let mut rest = fresh.to_vec();
    if whole || through / PART > number {
        let mut begins = arrived::pieces(&server.pool.get().await?, row).await?;
        begins.append(&mut rest);
        rest = begins;
        let most = usize::try_from(PART).unwrap_or(usize::MAX);
        while rest.len() >= most || (whole && !rest.is_empty()) {
            let next = rest.split_off(rest.len().min(most));
            media.keep(row.part(number), &rest).await?;
            (rest, number) = (next, number + 1);
        }
    }
    if whole && digest(media, row).await? != row.blob.sha256 {
        arrived::begin_again(&server.pool.get().await?, row).await?;
        for number in 0..number {
            media.remove(row.part(number)).await?;
        }
        return Err(Problem::WrongDigest);
    }
    let moved =
        arrived::advance(&server.pool.get().await?, row, (number * PART, through), &rest, whole).await?;
    // Somebody else has brought the same bytes meanwhile.
    if moved { Ok(()) } else { Err(Problem::Busy) }
}

/// The digest of a file as the media give it back.
async fn digest(media: &Media, row: &Arrived) -> Result<Digest, Problem> {
    let mut digesting = Digesting::default();
    for number in 0..row.blob.size.div_ceil(PART) {
        digesting.update(&media.read(row.part(number)).await?);
    }
    Ok(digesting.finish())
}

/// Bytes of a file that is whole.
pub(crate) async fn read(media: &Media, row: &Arrived, range: Range<u64>) -> Result<Vec<u8>, Problem> {
    let damaged = || Problem::Damaged("file");
    let mut bytes = Vec::new();
    for number in range.start / PART..range.end.div_ceil(PART) {
        let part = media.read(row.part(number)).await?;
        let begins = number * PART;
        let place = |at: u64| usize::try_from(at.saturating_sub(begins)).map_err(|_| damaged());
        let (from, to) = (place(range.start)?, place(range.end.min(begins + PART))?);
        bytes.extend_from_slice(part.get(from..to).ok_or_else(damaged)?);
    }
    Ok(bytes)
}

/// The server's signed word on what it has of these files: its receipt for those that are whole.
async fn answer<T>(
    server: &Server,
    asker: &Asker,
    question: &Signed<T>,
    blobs: &[BlobName],
) -> Result<Response, Problem> {
    let blobs = arrived::held(&server.pool.get().await?, asker.scopes(), blobs).await?;
    let (clinic, now) = (&asker.clinic, server.clock.now());
    let held = BlobsHeld { v: VERSION, clinic: clinic.id, question: digest_of(question), now, blobs };
    body::answer(&Signed::new(&clinic.key, &held))
}

pub(crate) fn told(peer: &Peer, what: &'static str, bytes: usize) {
    let incarnation = peer.incarnation.to_string();
    tracing::info!(incarnation, bytes, "{what}");
}
