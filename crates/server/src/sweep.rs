//! Bytes that nothing names any more are taken away from the media when the operator says so: parts of a file that was begun again, and what a database
//! that went back to an older copy does not know. Each op that names a file has its row, a quarantined one too, and no row
//! goes while its op is here; so what no row names, no op does.

use std::collections::BTreeSet;

use deadpool_postgres::Pool;
use domain::sync::BlobName;
use domain::{Digest, Scope};

use crate::database::{column, query};
use crate::media::{Media, PART, Part};
use crate::{Problem, clinic, epoch};

/// What nothing names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many parts of files.
    pub parts: u64,
    /// Bytes that they have, sealed.
    pub bytes: u64,
}

/// Why nothing is swept.
#[derive(Debug, thiserror::Error)]
pub enum NotSwept {
    /// What a database that was just made or put back does not name, another one may.
    #[error(
        "this database was set up, moved or put back less than {GRACE_DAYS} days ago: nothing is removed yet"
    )]
    Recent,
    /// No clinic has this server, or the database or the media do not answer.
    #[error(transparent)]
    Problem(#[from] Problem),
}

/// Nothing younger is taken away, in days, and nothing so soon after the database went back: whoever put it back may put the
/// newer one back once more.
pub const GRACE_DAYS: u64 = 30;
const DAY: u64 = 24 * 3600 * 1000;

/// Tells what no op names and has lain in `media` for [`GRACE_DAYS`] at least; with `remove` that is taken away. The server
/// never does so by itself: on a database that is not the one of these media nothing there has a name.
///
/// # Errors
/// [`NotSwept`]; what was taken away by then is gone, and the rest goes another time.
pub async fn sweep(pool: &Pool, media: &Media, now: u64, remove: bool) -> Result<Swept, NotSwept> {
    let connection = pool.get().await.map_err(Problem::from)?;
    epoch::check(&connection, now).await?;
    let clinic = clinic::require(&connection).await?;
    drop(connection);
    let before = now.saturating_sub(GRACE_DAYS * DAY);
    // An epoch is named by the time at which it began.
    if clinic.epoch > before {
        return Err(NotSwept::Recent);
    }
    // The store is asked first: what is put there meanwhile is none of what it told.
    let old = media.older_than(before).await?;
    let known = known(pool, media).await?;
    let mut swept = Swept::default();
    for object in old.iter().filter(|object| !known.contains(&object.name)) {
        if remove {
            media.discard(object).await?;
        }
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
