//! Bytes that nothing names any more are taken away from the media: parts of a file that was begun again, and what a database
//! that went back to an older copy does not know. Each op that names a file has its row, a quarantined one too, and no row
//! goes while its op is here; so what no row names, no op does.

use std::collections::BTreeSet;

use deadpool_postgres::Pool;
use domain::sync::BlobName;
use domain::{Digest, Scope};

use crate::database::{column, query};
use crate::media::{Media, PART, Part};
use crate::{Problem, Server};

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many parts of files.
    pub parts: u64,
    /// Bytes that they had, sealed.
    pub bytes: u64,
}

/// Nothing younger is taken away, in days: whoever put a database back may put the newer one back once more.
pub const GRACE_DAYS: u64 = 30;
const DAY: u64 = 24 * 3600 * 1000;
/// The first time it is looked after a start, and how often then, in milliseconds.
const FIRST: u64 = 600_000;

/// Sweeps once a day for as long as the server runs.
pub async fn daily(server: Server) {
    let Some(media) = server.media.clone() else { return };
    let mut wait = FIRST;
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
        wait = DAY;
        match sweep(&server.pool, &media, server.clock.now(), GRACE_DAYS).await {
            Ok(Swept { parts: 0, .. }) => {}
            Ok(Swept { parts, bytes }) => {
                tracing::info!(parts, bytes, "bytes that nothing names were removed")
            }
            Err(error) => tracing::warn!(%error, "the files were not swept"),
        }
    }
}

/// Takes away what no op names, and has lain in `media` for `days` at least.
///
/// # Errors
/// [`Problem`]; what was taken away by then is gone, and the rest goes another time.
pub async fn sweep(pool: &Pool, media: &Media, now: u64, days: u64) -> Result<Swept, Problem> {
    // The store is asked first: what is put there meanwhile is none of what it told.
    let old = media.older_than(now.saturating_sub(days * DAY)).await?;
    if old.is_empty() {
        return Ok(Swept::default());
    }
    let known = known(pool, media).await?;
    let mut swept = Swept::default();
    for object in old.iter().filter(|object| !known.contains(&object.name)) {
        media.discard(object).await?;
        swept.parts += 1;
        swept.bytes += object.bytes;
    }
    Ok(swept)
}

/// The names of all parts of the files that ops name, those that have not come yet among them.
async fn known(pool: &Pool, media: &Media) -> Result<BTreeSet<Digest>, Problem> {
    let rows = query(&pool.get().await?, "select scope, sha256, size, begun from blob", &[]).await?;
    let mut known = BTreeSet::new();
    for row in rows {
        let digest: &[u8] = row.try_get("sha256")?;
        let sha256 = digest.try_into().map_err(|_| Problem::Damaged("digest"))?;
        let blob = BlobName { sha256, size: column(&row, "size")? };
        let (scope, begun) = (Scope(row.try_get("scope")?), row.try_get("begun")?);
        for number in 0..blob.size.div_ceil(PART) {
            known.insert(media.digest_of(Part { scope, blob: &blob, begun, number }));
        }
    }
    Ok(known)
}
