//! The blobs of a run: each as its object, and a large one as the file that it is, with what opens it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crypto::StoreKey;
use domain::Digest;
use domain::backup::{BlobRow, KEY};
use store::backup::{Backup, BackupFault, large_name, opens, opens_in, seal_blob, sum_of};

use crate::desk::Open;
use crate::people::store_key;
use crate::refusal::Refusal;
use crate::world::World;

/// Those of these blobs that lie in files of their own.
pub(super) fn large_ones(digests: &[(Digest, u64)]) -> impl Iterator<Item = Digest> {
    digests.iter().filter(|(_, bytes)| *bytes == 0).map(|(digest, _)| *digest)
}

/// The object of a blob.
pub(super) struct Sealed {
    pub(super) digest: Digest,
    pub(super) object: String,
    pub(super) bytes: Vec<u8>,
    pub(super) large: Option<Large>,
}

/// A large file, and what opens it.
pub(super) struct Large {
    pub(super) name: String,
    /// The folder in which it lies here under that name.
    from: PathBuf,
    key: StoreKey,
    row: BlobRow,
}

impl Large {
    /// How many bytes it has here.
    pub(super) fn bytes(&self) -> u64 {
        self.from.join(&self.name).metadata().map_or(0, |found| found.len())
    }

    /// Copies it; returns its bytes, or none where it is not here whole: what does not open there is no backup.
    pub(super) fn copy(&self, backup: &Backup) -> Result<Option<u64>, BackupFault> {
        let from = self.from.join(&self.name);
        // What is being fetched anew may be away for a moment.
        if !from.is_file() {
            return Ok(None);
        }
        // What a server signs for is what was sent: it is looked at before it goes over the line, and not after.
        if backup.keeps_all() {
            let opens = opens_in(self.from.clone(), &self.key, &self.row);
            return opens.then(|| backup.copy(&self.name, &from)).transpose();
        }
        let bytes = backup.copy(&self.name, &from)?;
        Ok(self.agree(backup)?.then_some(bytes))
    }

    /// Whether what lies there under its name opens; what does not goes.
    pub(super) fn agree(&self, backup: &Backup) -> Result<bool, BackupFault> {
        if backup.keeps_all() {
            let is_it = |(_, sum)| backup.stands(&format!("files/{}", self.name), &sum);
            let opens = sum_of(&self.from.join(&self.name)).is_ok_and(is_it);
            if !opens && backup.files()?.contains(&self.name) {
                backup.remove_file(&self.name)?;
            }
            return Ok(opens);
        }
        let opens = opens(backup, &self.key, &self.row)?;
        if !opens && backup.at_hand(&self.name)?.join(&self.name).is_file() {
            backup.remove_file(&self.name)?;
        }
        Ok(opens)
    }
}

/// Those of `some` blobs of which no object is `there`, sealed.
pub(super) fn missing_blobs(
    open: &mut Open,
    world: &mut World,
    some: &[(Digest, u64)],
    there: &BTreeSet<String>,
) -> Result<Vec<Sealed>, Refusal> {
    let (act, folder) = open.store.act_and_folder()?;
    let own = store_key(&act)?;
    let key = own.derive(KEY);
    let mut sealed = Vec::new();
    for (digest, _) in some {
        if there.contains(&crypto::backup::blob_name(&key, digest)) {
            continue;
        }
        if let Some(row) = act.blob_row(digest)? {
            let (object, bytes) = seal_blob(&mut *world.entropy, &key, open.place.incarnation, digest, &row)?;
            let large = large_name(&own, &row).map(|name| {
                let (from, key) = (folder.large_file(""), own.clone());
                Large { name, from, key, row }
            });
            sealed.push(Sealed { digest: *digest, object, bytes, large });
        }
    }
    Ok(sealed)
}
