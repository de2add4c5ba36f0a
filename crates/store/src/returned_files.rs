//! The bytes of one blob out of a backup, whoever's it is: opened with the key of the store that was backed up, and to be
//! kept under the key of another one.

use std::path::Path;

use crypto::{StoreKey, sha256};
use domain::backup::KEY;
use domain::{Digest, Incarnation, Value};

use crate::backup::{Backup, BackupFault, open_blob};
use crate::files::{FileSalt, Files};

impl Backup {
    /// All bytes of the blob with this digest, which the installation `own` backed up, whose store `key` opens; none where
    /// they do not lie there, or not as they were.
    ///
    /// # Errors
    /// [`BackupFault::Gone`] where the whole place is not there any more.
    pub fn whole_blob(
        &self,
        key: &StoreKey,
        own: Incarnation,
        digest: &Digest,
    ) -> Result<Option<Vec<u8>>, BackupFault> {
        let sealed = key.derive(KEY);
        let name = crypto::backup::blob_name(&sealed, digest);
        let mut blob = match self.opened(&name, |object| open_blob(&sealed, own, digest, object)) {
            Err(BackupFault::Gone) => return Err(BackupFault::Gone),
            Err(_) => return Ok(None),
            Ok(blob) => blob,
        };
        if let Some(Value::Bytes(bytes)) = blob.row.remove("bytes") {
            // Opening has compared them with the digest.
            return Ok(Some(bytes));
        }
        let (Some(Value::Bytes(salt)), Some(Value::Int(size))) = (blob.row.get("salt"), blob.row.get("size"))
        else {
            return Ok(None);
        };
        let Ok(salt) = FileSalt::try_from(salt.as_slice()) else { return Ok(None) };
        let size = size.unsigned_abs();
        let files = Files::at(Default::default(), key);
        let fits = |root: &Path| Files::at(root.to_owned(), key).check(digest, &salt, size).is_ok();
        let root = match self.fitting(&files.place(digest).to_string_lossy(), fits) {
            Err(BackupFault::Damaged(_) | BackupFault::Missing(_)) => return Ok(None),
            root => root?,
        };
        match Files::at(root, key).read(digest, &salt, size, 0..size) {
            Ok(bytes) if sha256(&[&bytes]) == *digest => Ok(Some(bytes)),
            Err(_) if !self.is_there() => Err(BackupFault::Gone),
            _ => Ok(None),
        }
    }
}
