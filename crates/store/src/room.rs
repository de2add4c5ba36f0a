//! Room for files: which of them the server has too and nobody has looked at for long.

use domain::record::Hex;
use domain::{BlobRef, Digest};
use rusqlite::params;

use crate::StoreError;
use crate::act::Act;

impl Act<'_> {
    /// How many bytes the files beside the store have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_room(&self) -> Result<u64, StoreError> {
        let sql = "select coalesce(sum(size), 0) from blob where state = 'here' and salt is not null";
        let bytes: i64 = self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(bytes.unsigned_abs())
    }

    /// Counts the time for which nobody looks at a file from `now` on, where it is not counted yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn note_unused(&self, now: u64) -> Result<(), StoreError> {
        let sql = "update blob set used = ?1 where state = 'here' and used = 0";
        self.transaction.prepare_cached(sql)?.execute([now.cast_signed()])?;
        Ok(())
    }

    /// At most `limit` files beside the store that the server has signed for and nobody has looked at since `before`, the
    /// longest unused first. What no record names is not among them: nobody would ask for it again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn spare_blobs(&self, before: u64, limit: u32) -> Result<Vec<BlobRef>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select sha256, size, media_type from blob
             where state = 'here' and received = 1 and salt is not null and used > 0 and used < ?1
                   and exists (select 1 from named_blob where named_blob.sha256 = blob.sha256)
             order by used, sha256 limit ?2",
        )?;
        let spare = statement.query_map(params![before.cast_signed(), limit], |row| {
            Ok(BlobRef {
                sha256: Hex::of(row.get_ref(0)?.as_blob()?),
                size: row.get::<_, i64>(1)?.unsigned_abs(),
                media_type: row.get(2)?,
            })
        })?;
        Ok(spare.collect::<Result<_, _>>()?)
    }

    /// Gives the bytes with this digest up here; the server has them. Their place on the disk is free from the next opening
    /// on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn give_room(&self, digest: &Digest) -> Result<(), StoreError> {
        let sql = "update blob set state = 'elsewhere', salt = null, through = 0, bytes = null
                   where sha256 = ?1 and state = 'here' and received = 1";
        self.transaction.prepare_cached(sql)?.execute([digest])?;
        Ok(())
    }

    /// Notes that the server has not all of the bytes with this digest, whatever it signed before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_not_received(&self, digest: &Digest) -> Result<(), StoreError> {
        let sql = "update blob set received = 0 where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute([digest])?;
        Ok(())
    }

    /// The same of all: the server went back to an older copy.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_blob_receipts(&self) -> Result<(), StoreError> {
        self.transaction.prepare_cached("update blob set received = 0 where received = 1")?.execute([])?;
        Ok(())
    }
}
